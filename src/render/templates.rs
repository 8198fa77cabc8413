//! Templates: compiled once, filled with the typed contexts of [`context`](super::context).
//!
//! The only module that uses `tera`. Every value is escaped in a template whose name ends in `.html`; an
//! undefined variable is an error, so that a slip in an owner's template is told and not published.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::{Serialize, Serializer};
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::assets::Asset;
use super::wording;
use crate::digest::{self, Bytes};
use crate::hash::Fast;
use crate::strings::Strings;

/// What a template is filled with; names its template.
pub trait Context: Serialize {
    /// The template's file name.
    const TEMPLATE: &'static str;

    /// What it holds of finished HTML.
    fn html(&self) -> Vec<&Html<'_>> {
        Vec::new()
    }
}

/// What a slot begins and ends with.
const SLOT: [&str; 2] = ["\u{FDD0}", "\u{FDD1}"];

/// Finished HTML of any length: a template is given a slot for it, which is filled behind the template's back. A text
/// of megabytes would otherwise be copied four times on its way through.
#[derive(Clone, Debug)]
pub struct Html<'a> {
    text: &'a str,
    slot: String,
}

impl<'a> Html<'a> {
    /// Finished HTML.
    pub fn new(text: &'a str) -> Html<'a> {
        // Nobody can write the slot into a text: it would have to contain its own digest. The signs around it are no
        // characters, and `escape` lets none through.
        let slot = if text.is_empty() {
            String::new()
        } else {
            [SLOT[0], &digest::of(text.as_bytes()), SLOT[1]].concat()
        };
        Html { text, slot }
    }
}

impl Serialize for Html<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.slot)
    }
}

/// A value that many pages hold: it is hashed once and not for every page.
#[derive(Clone, Debug)]
pub struct Ready<T> {
    value: T,
    digest: Bytes,
    /// The digest of what a [`Face`] of it shows.
    face: Bytes,
}

impl<T: Serialize> Ready<T> {
    /// Makes it ready.
    pub fn of(value: T) -> Ready<T> {
        // What cannot be written fills no template either.
        let digest = digest::bytes_of_data("ready", &value).unwrap_or_default();
        Ready { value, digest, face: digest }
    }

    /// The same with more, which a [`Face`] of it does not show.
    pub(super) fn with_more<M: Serialize>(mut self, more: M, add: impl FnOnce(&mut T, M)) -> Ready<T> {
        self.digest = digest::bytes_of_data("ready", &(self.face, &more)).unwrap_or_default();
        add(&mut self.value, more);
        self
    }

    /// All of it may be shown.
    pub fn show_all(&mut self) {
        self.face = self.digest;
    }
}

/// A value as a page has it that shows only some of it, and need not be made again where the rest has changed.
#[derive(Debug)]
pub struct Face<'a, T>(pub &'a Ready<T>);

impl<T> Clone for Face<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Face<'_, T> {}

impl<T: Serialize> Serialize for Face<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => self.0.value.serialize(serializer),
            false => serializer.serialize_bytes(&self.0.face),
        }
    }
}

impl<T> std::ops::Deref for Ready<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Where nobody reads it, its digest stands for it.
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&self.digest);
        }
        self.value.serialize(serializer)
    }
}

fn escape(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let text = crate::invisible::without_controls(text);
    super::html::escaped(&text).try_for_each(|piece| out.write_all(piece.as_bytes()))
}

/// Puts each piece of HTML into its slots.
fn fill(page: String, all: &[&Html]) -> Vec<u8> {
    let slots: Vec<&Html> = all.iter().copied().filter(|html| !html.slot.is_empty()).collect();
    if slots.is_empty() {
        return page.into_bytes();
    }
    let by_slot: HashMap<&str, &str, Fast> = slots.iter().map(|h| (h.slot.as_str(), h.text)).collect();
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = page.as_str();
    while let Some(start) = rest.find(SLOT[0]) {
        let end = rest[start..].find(SLOT[1]).map_or(rest.len(), |end| start + end + SLOT[1].len());
        pieces.push(&rest[..start]);
        let (text, end) = match by_slot.get(&rest[start..end]) {
            Some(text) => (*text, end),
            None => (SLOT[0], start + SLOT[0].len()),
        };
        pieces.push(text);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces.concat().into_bytes()
}

/// The compiled templates of a site.
pub struct Templates {
    tera: Tera,
    /// Where the owner's templates are, by name.
    paths: BTreeMap<String, String>,
    /// What tells the templates and what they say from others.
    number: u64,
    standing: Option<Standing>,
}

/// Knows of a page, by its path, whether it stands in the site, made from what has this digest.
pub type Standing = Box<dyn Fn(&str, &Bytes) -> bool + Send + Sync>;

/// A template that cannot be compiled or filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The file: the owner's path, or the default's name.
    pub path: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column from 1; 0 where the whole file is meant.
    pub column: usize,
    /// What is the matter.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": error[template]: {}", self.message)
    }
}

impl std::error::Error for TemplateError {}

impl Templates {
    /// Compiles all templates together: they extend and include one another by name. `strings` is what `t` says.
    pub fn compile(sources: &BTreeMap<String, Asset>, strings: &Strings) -> Result<Self, TemplateError> {
        let paths: BTreeMap<String, String> = sources
            .iter()
            .filter_map(|(name, asset)| Some((name.clone(), asset.path.as_ref()?.display().to_string())))
            .collect();
        let all: Vec<(&String, &[u8])> =
            sources.iter().map(|(name, asset)| (name, asset.bytes.as_ref())).collect();
        let number = digest::number_of_data(&format!("{strings:?}"), &all);
        let mut templates = Templates { tera: Tera::default(), paths, number, standing: None };
        speak(&mut templates.tera, strings);
        templates.tera.set_escape_fn(escape);
        let mut texts = Vec::with_capacity(sources.len());
        for (name, asset) in sources {
            match std::str::from_utf8(&asset.bytes) {
                // The owner's stay as they are, so that errors are told at their places.
                Ok(text) if asset.path.is_some() => texts.push((name.as_str(), Cow::from(text))),
                Ok(text) => texts.push((name.as_str(), spoken(text, strings).into())),
                Err(e) => {
                    let line = asset.bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
                    let message = "not valid UTF-8".to_owned();
                    return Err(TemplateError { path: templates.path(name), line, column: 1, message });
                }
            }
        }
        match templates.tera.add_raw_templates(texts) {
            Ok(()) => Ok(templates),
            Err(error) => Err(templates.error("templates", &error)),
        }
    }

    /// Fills the template of a context.
    pub fn render<C: Context>(&self, context: &C) -> Result<Vec<u8>, TemplateError> {
        tera::Context::from_serialize(context)
            .and_then(|filled| self.tera.render(C::TEMPLATE, &filled))
            .map(|page| fill(page, &context.html()))
            .map_err(|error| self.error(C::TEMPLATE, &error))
    }

    /// True if the owner has none.
    pub fn are_built_in(&self) -> bool {
        self.paths.is_empty()
    }

    /// True if this one is the owner's.
    pub fn is_owners(&self, name: &str) -> bool {
        self.paths.contains_key(name)
    }

    /// Lets pages stand that were made from the same.
    pub fn sparing(mut self, standing: Standing) -> Self {
        self.standing = Some(standing);
        self
    }

    /// The digest of all that a page of this template is made from, if somebody asks for that. `all` need not be the
    /// context itself: anything will do that it follows from.
    pub fn inputs<C: Context>(&self, all: &impl Serialize) -> Option<Bytes> {
        self.standing.as_ref()?;
        digest::bytes_of_data(C::TEMPLATE, &(self.number, all))
    }

    /// The digest of all that a piece of a page is made from.
    pub fn piece_inputs<C: Context>(&self, all: &impl Serialize) -> Bytes {
        // What cannot be written fills no template either.
        digest::bytes_of_data(C::TEMPLATE, &(self.number, all)).unwrap_or_default()
    }

    /// True if the page at `path` stands in the site, made from what has this digest.
    pub fn stands(&self, path: &str, inputs: &Bytes) -> bool {
        self.standing.as_ref().is_some_and(|standing| standing(path, inputs))
    }

    /// Fills the template of a context for the page at `path`, unless it stands there already; and the digest of what
    /// it is made from, if somebody asks for that.
    pub fn page<C: Context>(
        &self,
        path: &str,
        context: &C,
    ) -> Result<(Option<Vec<u8>>, Option<Bytes>), TemplateError> {
        let inputs = self.inputs::<C>(context);
        if inputs.as_ref().is_some_and(|inputs| self.stands(path, inputs)) {
            return Ok((None, inputs));
        }
        Ok((Some(self.render(context)?), inputs))
    }

    fn error(&self, name: &str, error: &tera::Error) -> TemplateError {
        let (name, line, column, message) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                (report.filename(), span.start_line, span.start_col + 1, report.message().to_owned())
            }
            ErrorKind::MissingParent { current, parent } => {
                (current.as_str(), 1, 1, format!("extends `{parent}`, which is not there"))
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (tpl.as_str(), 1, 1, "extends itself, by way of others".to_owned())
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                (tpl.as_str(), 1, 1, "includes itself, by way of others".to_owned())
            }
            ErrorKind::Msg(report) => reported(report).unwrap_or((name, 0, 0, report.clone())),
            kind => (name, 0, 0, kind.to_string()),
        };
        TemplateError { path: self.path(name), line, column, message }
    }

    /// The owner's path of a template, or what a default is called.
    fn path(&self, name: &str) -> String {
        self.paths.get(name).cloned().unwrap_or_else(|| format!("built-in templates/{name}"))
    }
}

/// A template with the words put in that it says on every page alike, `{{ t(key="close") }}`: a page has some thirty of
/// them. Those with gaps stay as they are.
fn spoken(template: &str, strings: &Strings) -> String {
    const CALL: &str = "{{ t(key=\"";
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, call)) = rest.split_once(CALL) {
        out.push_str(before);
        let is_key = |key: &str| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let said = call.split_once("\") }}").filter(|(key, _)| is_key(key));
        let said = said.map(|(key, after)| (strings.say(key), after));
        match said.filter(|(words, _)| !words.contains('{') && !words.is_empty() && words.trim() == *words) {
            Some((words, after)) => {
                out.extend(super::html::escaped(&crate::invisible::without_controls(words)));
                rest = after;
            }
            None => {
                out.push_str(CALL);
                rest = call;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Gives templates the words of the pages: `t(key="notes", n=5)`, `t(key="note-n", label="7")` and `number(n=5000)`;
/// and `caps(title=…)`, the class of a title in capitals.
fn speak(tera: &mut Tera, strings: &Strings) {
    let words = strings.clone();
    tera.register_function("t", move |given: Kwargs, _: &State| -> TeraResult<String> {
        let key = given.must_get::<String>("key")?;
        let n = given.get::<usize>("n")?;
        let mut rest = n.map_or_else(|| words.say(&key), |n| words.pattern(&key, n));
        let mut out = String::with_capacity(rest.len());
        while let Some((before, gap)) = rest.split_once('{') {
            let Some((name, after)) = gap.split_once('}') else { break };
            out.push_str(before);
            match (name, n, given.get::<Value>(name)?) {
                ("n", Some(n), _) => out.push_str(&words.number(n)),
                (_, _, Some(value)) => out.push_str(&value.to_string()),
                // What is not given stays, for a script to fill.
                (_, _, None) => out.extend(["{", name, "}"]),
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    });
    let words = strings.clone();
    tera.register_function("number", move |given: Kwargs, _: &State| -> TeraResult<String> {
        Ok(words.number(given.must_get::<usize>("n")?))
    });
    tera.register_function("caps", |given: Kwargs, _: &State| -> TeraResult<&'static str> {
        Ok(if wording::is_shouted(&given.must_get::<String>("title")?) { " caps" } else { "" })
    });
}

/// Template, line, column and message out of tera's printed report, which is all that it gives of an unknown
/// filter, test, function or included template:
///
/// ```text
/// error: Unknown filter `shout`
///  --> index.html:3:12
/// ```
fn reported(report: &str) -> Option<(&str, usize, usize, String)> {
    let (_, report) = report.split_once("error: ")?;
    let mut lines = report.lines();
    let message = lines.next()?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    Some((place.next()?, line, column, message.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::render::assets::Assets;

    #[derive(Serialize)]
    struct Sample {
        word: &'static str,
    }

    impl Context for Sample {
        const TEMPLATE: &'static str = "sample.html";
    }

    fn compile(text: &str) -> Result<Templates, TemplateError> {
        let mut sources = Assets::embedded().templates;
        let bytes = Cow::Owned(text.as_bytes().to_vec());
        let path = Some(PathBuf::from("templates/sample.html"));
        sources.insert("sample.html".to_owned(), Asset { bytes, path });
        Templates::compile(&sources, &Strings::default())
    }

    fn told(text: &str) -> String {
        match compile(text).and_then(|t| t.render(&Sample { word: "<b>" })) {
            Ok(page) => String::from_utf8(page).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn html_is_put_into_its_slots() {
        let (a, b, none) = (Html::new("<i>a</i>"), Html::new("<b>b</b>"), Html::new(""));
        let page = ["1", &a.slot, &b.slot, "2", &none.slot, "3", &a.slot].concat();
        let filled = String::from_utf8(fill(page, &[&a, &b, &none])).unwrap();
        assert_eq!(filled, "1<i>a</i><b>b</b>23<i>a</i>");
        let mut escaped = Vec::new();
        escape(&a.slot, &mut escaped).unwrap();
        assert!(!fill(String::from_utf8(escaped).unwrap(), &[&a]).contains(&b'<'));
    }

    #[test]
    fn words_that_are_always_said_are_put_in() {
        let strings = Strings::default();
        let kept = "{{ t(key=\"note-n\") }}{{ t(key=\"notes\", n=2) }}{{ t(key=k) }}{{ t(key=\"";
        assert!(strings.say("note-n").contains('{'));
        let template = ["<p title=\"{{ t(key=\"close\") }}\">", kept].concat();
        assert_eq!(spoken(&template, &strings), ["<p title=\"", strings.say("close"), "\">", kept].concat());
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(told("{{ word }}"), "&lt;b&gt;");
    }

    #[test]
    fn errors_name_the_owners_file_and_line() {
        let undefined = "templates/sample.html:2:4: error[template]: Variable `wrod` is not defined";
        assert!(told("<p>\n{{ wrod }}").starts_with(undefined));
        assert!(told("<p>\n\n{% if word").starts_with("templates/sample.html:3:"));
        assert_eq!(
            told("{{ word | nofilter }}"),
            "templates/sample.html:1:11: error[template]: Unknown filter `nofilter`"
        );
        assert!(told("\n{% include \"no.html\" %}").starts_with("templates/sample.html:2:"));
        assert!(told("{% extends \"no.html\" %}").starts_with("templates/sample.html:1:1: "));
    }

    #[test]
    fn templates_without_an_end_are_refused_in_words() {
        assert!(told("{% include \"sample.html\" %}").contains("includes itself"));
        assert!(told("{% extends \"sample.html\" %}").contains("extends itself"));
        let calls_itself = "{% component r(n) %}{{ <r n={n} /> }}{% endcomponent r %}{{ <r n={1} /> }}";
        assert!(told(calls_itself).contains("recursion"));
        assert!(told("{% for n in range(end=100000000000) %}{% endfor %}").contains("exceeds the limit"));
        let nested = ["{% if word %}".repeat(20_000), "{% endif %}".repeat(20_000)].concat();
        assert!(told(&nested).contains("too deep"));
        let bracketed = ["{{ ", &"(".repeat(20_000), "1", &")".repeat(20_000), " }}"].concat();
        assert!(told(&bracketed).contains("too complex"));
    }
}
