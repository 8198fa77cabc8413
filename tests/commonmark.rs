//! The examples of the CommonMark specification, and footnotes as GitHub writes them, through a published build: where
//! pulldown-cmark gives what the specification asks for, the page says the same, but for what it does on purpose.
//!
//! Each example is a document of one archive, which is built once, in a folder of its own with the files that it points
//! to. What an archive cannot have beside it is an address from the root of a host (`/url`): where the parser makes the
//! same of the example otherwise, such an address is given a scheme (`https:/url`). The article is read back out of the
//! page by html5ever and held against the parser's own HTML, both in a form in which only what is listed in [`ALIKE`] is
//! the same though written differently, and only the examples of [`ON_PURPOSE`] may differ.
//!
//! The specification comes with the npm package `commonmark-spec` (`npm ci --prefix tests/browser`); where that is
//! missing the test says so. Of raw HTML, which is the sanitiser's affair (`parse::html`, `tests/hostile`), there are the
//! examples that are whole.

#[path = "../fuzz/checks/tree.rs"]
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use postil::build::{self, Options as Build};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use tree::Step;

/// One example of the specification.
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

impl Example {
    /// What its document is called.
    fn name(&self) -> String {
        format!("example-{}", self.number)
    }

    /// What its document says.
    fn written(&self) -> String {
        if RAW.contains(&self.number) { self.markdown.clone() } else { with_schemes(&self.markdown) }
    }
}

/// The examples of `spec.txt`: fenced by 32 backquotes, Markdown and HTML parted by a dot, tabs as arrows.
fn examples(spec: &str) -> Vec<Example> {
    let mut out = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim().to_owned();
        }
        if !line.starts_with("````````````````````````````````") || !line.ends_with("example") {
            continue;
        }
        let mut part = |end: &str| {
            let mut text = String::new();
            for line in lines.by_ref().take_while(|l| *l != end) {
                writeln!(text, "{}", line.replace('→', "\t")).unwrap();
            }
            text
        };
        let (markdown, html) = (part("."), part("````````````````````````````````"));
        out.push(Example { number: out.len() + 1, section: section.clone(), markdown, html });
    }
    out
}

/// What is the same though it is written differently, with the contract's reason. Each is used by some example.
const ALIKE: [(&str, &str); 8] = [
    ("generated", "what is not the source's own words carries `data-generated`"),
    ("wrappers", "`header`, `section`, `div` and `span` around the text mean nothing by themselves"),
    (
        "attributes",
        "ids, classes and the like are the page's own; addresses, titles and the like are the text's",
    ),
    (
        "levels",
        "the page's title is its first heading: those of the text stand below it, and none skips a level",
    ),
    ("images", "a page loads nothing from elsewhere: an image from there is a link with its description"),
    ("files", "a link to a file beside the source leads to its copy below `files/`"),
    ("escapes", "an address is written as browsers send it"),
    ("blanks", "blanks between blocks, more than one of them, and those that end lines of code show nowhere"),
];

/// What is otherwise on purpose: why, and in which examples.
const ON_PURPOSE: [(&str, &[usize]); 8] = [
    ("an address that leads nowhere is no link", &[159, 162, 200, 475, 484, 485, 486, 487, 501, 502, 567]),
    ("an element that is not allowed by name is left out", &[163, 170, 171, 172, 176, 178]),
    ("words that raw HTML leaves without a block are a paragraph, and it ends there", &[164, 166, 167]),
    ("what is struck out is an `s`, however it is written", &[168]),
    ("a copy has a name that every file system can have", &[504, 522]),
    ("a scheme that is not allowed by name is no link", &[500, 596, 598, 599, 601]),
    ("a bare address is a link, as on GitHub", &[602, 608, 611]),
    ("a definition that nothing uses stays in sight: no word is lost", &[204]),
];

/// How many examples without raw HTML pulldown-cmark 0.13 has as version 0.31 of the specification asks (all), and these.
const LEAST: usize = 580 + RAW.len();

/// The examples with raw HTML that is whole: no error to a parser of HTML. The others are pieces of tags.
const RAW: [usize; 25] = [
    149, 152, 153, 154, 159, 160, 161, 162, 163, 164, 166, 167, 168, 169, 170, 171, 172, 176, 178, 185, 186,
    188, 189, 190, 475,
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 13] =
    ["blockquote", "br", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"];

/// Which rules of [`ALIKE`] were needed so far.
#[derive(Default)]
struct Used(BTreeMap<&'static str, usize>);

impl Used {
    fn mark(&mut self, rule: &'static str) {
        assert!(ALIKE.iter().any(|(name, _)| *name == rule));
        *self.0.entry(rule).or_default() += 1;
    }
}

/// Whose HTML it is.
#[derive(Clone, Copy)]
enum From<'a> {
    /// The parser's.
    Parser,
    /// That of a page whose document lies in this folder.
    Page(&'a str),
}

/// HTML as a reader of the page gets it.
fn reduced(steps: &[Step], from: From, used: &mut Used) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    // Of each open element, its name in `out`, if it is there.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut hidden = 0;
    // Levels of the headings that the next one may stand under, as written and as they are shown.
    let mut above: Vec<(u8, u8)> = Vec::new();
    for step in steps {
        match step {
            Step::Begin(name, attributes) => {
                let is_generated = attributes.iter().any(|(name, _)| name == "data-generated");
                if is_generated || hidden > 0 {
                    used.mark("generated");
                    hidden += 1;
                    continue;
                }
                if matches!(name.as_str(), "header" | "section" | "div" | "span") {
                    used.mark("wrappers");
                    open.push(None);
                    continue;
                }
                let mut name = name.clone();
                let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
                if let (From::Parser, Some(written)) = (from, level) {
                    above.retain(|a| a.0 < written);
                    let shown = above.last().map_or(2, |a| a.1 + 1).min(6);
                    above.push((written, shown));
                    if shown != written {
                        used.mark("levels");
                    }
                    name = format!("h{shown}");
                }
                let mut telling: Vec<(String, String)> = Vec::new();
                for (attribute, value) in attributes {
                    match attribute.as_str() {
                        "href" | "src" => telling.push((attribute.clone(), address(value, from, used))),
                        "alt" | "start" | "title" => telling.push((attribute.clone(), value.clone())),
                        _ => used.mark("attributes"),
                    }
                }
                if let (From::Parser, "img", Some(alt)) = (from, name.as_str(), described(&mut telling)) {
                    used.mark("images");
                    open.push(Some("a".to_owned()));
                    out.push(Step::Begin("a".to_owned(), telling));
                    tree::push_text(&mut out, &alt);
                    continue;
                }
                telling.sort();
                open.push(Some(name.clone()));
                out.push(Step::Begin(name, telling));
            }
            Step::End if hidden > 0 => hidden -= 1,
            Step::End => {
                if open.pop().flatten().is_some() {
                    out.push(Step::End);
                }
            }
            Step::Text(_) if hidden > 0 => {}
            Step::Text(text) => tree::push_text(&mut out, text),
        }
    }
    without_blanks(out, used)
}

/// The description of an image from elsewhere, whose attributes become those of a link.
fn described(attributes: &mut Vec<(String, String)>) -> Option<String> {
    let src = attributes.iter().position(|(name, address)| name == "src" && address.starts_with("https:"))?;
    let alt = attributes.iter().position(|(name, _)| name == "alt")?;
    attributes[src].0 = "href".to_owned();
    let alt = attributes.remove(alt).1;
    attributes.sort();
    Some(alt)
}

/// An address of a page as its source has it, and any without percent signs where none is needed.
fn address(address: &str, from: From, used: &mut Used) -> String {
    let own = match from {
        From::Parser => None,
        From::Page(folder) => address.strip_prefix(&["../files/", folder, "/"].concat()),
    };
    if own.is_some() {
        used.mark("files");
    }
    let own = own.unwrap_or(address);
    let mut bytes = Vec::new();
    let mut rest = own.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|c| std::str::from_utf8(c).ok());
        match code.and_then(|c| u8::from_str_radix(c, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    let plain = String::from_utf8_lossy(&bytes).into_owned();
    if plain != own {
        used.mark("escapes");
    }
    plain
}

/// Blanks as they show: one for any, none at the borders of blocks, none at the ends of lines of code.
fn without_blanks(steps: Vec<Step>, used: &mut Used) -> Vec<Step> {
    let is_block = |name: &str| BLOCKS.contains(&name);
    let mut out = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    // True where a block begins or ends; so does the article.
    let mut begins = true;
    for (i, step) in steps.iter().enumerate() {
        match step {
            Step::Begin(name, _) => {
                open.push(name);
                begins = is_block(name);
            }
            Step::End => begins = open.pop().is_some_and(is_block),
            Step::Text(text) => {
                let shown = if open.contains(&"pre") {
                    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches(' ')).collect();
                    lines.join("\n").trim_end_matches('\n').to_owned()
                } else {
                    let words: Vec<&str> = text.split_ascii_whitespace().collect();
                    let ends = match steps.get(i + 1) {
                        Some(Step::Begin(name, _)) => is_block(name),
                        Some(Step::End) => open.last().is_some_and(|name| is_block(name)),
                        Some(Step::Text(_)) => false,
                        None => true,
                    };
                    let blank =
                        |at_border: bool, is_blank: bool| if is_blank && !at_border { " " } else { "" };
                    let [first, last] = [
                        blank(begins, text.starts_with(|c: char| c.is_ascii_whitespace())),
                        blank(ends, text.ends_with(|c: char| c.is_ascii_whitespace()) && !words.is_empty()),
                    ];
                    [first, &words.join(" "), last].concat()
                };
                begins = false;
                if shown != *text {
                    used.mark("blanks");
                }
                tree::push_text(&mut out, &shown);
                continue;
            }
        }
        out.push(step.clone());
    }
    out
}

/// What stands in the one article of a page.
fn article(page: &str) -> Vec<Step> {
    let steps = tree::of_page(page);
    let is_article = |step: &Step| matches!(step, Step::Begin(name, _) if name == "article");
    assert_eq!(steps.iter().filter(|step| is_article(step)).count(), 1);
    let inside = steps.into_iter().skip_while(|step| !is_article(step)).skip(1);
    let mut depth = 1;
    let within = |step: &Step| {
        match step {
            Step::Begin(..) => depth += 1,
            Step::End => depth -= 1,
            Step::Text(_) => {}
        }
        depth > 0
    };
    inside.take_while(within).collect()
}

/// The parser's own HTML.
fn parsed(markdown: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new(markdown));
    out
}

/// The example with a scheme before each address from the root of a host, if the parser makes the same of it otherwise.
fn with_schemes(markdown: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        let opens = matches!(before, ' ' | '\n' | '\t' | '(' | '<' | ':');
        if c == '/' && opens && chars.peek().is_some_and(|next| next.is_alphabetic()) {
            out.push_str("https:");
        }
        out.push(c);
        before = c;
    }
    let without = |html: String| html.replace("https:/", "/");
    if without(parsed(&out)) == without(parsed(markdown)) { out } else { markdown.to_owned() }
}

/// The files beside a document that it points to.
fn beside(markdown: &str) -> BTreeSet<String> {
    let mut unused = Used::default();
    let addresses = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    let path = |target: String| {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        let is_beside = !path.is_empty() && !path.contains([':', '\\']) && !path.starts_with(['/', '.']);
        is_beside.then(|| address(path, From::Parser, &mut unused))
    };
    addresses.filter_map(path).collect()
}

/// An archive of these documents, each in a folder of its own with the files beside it, as a build publishes it.
struct Site(tempfile::TempDir);

impl Site {
    fn of(documents: impl Iterator<Item = (String, String)>) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path();
        fs::write(archive.join("archive.yaml"), "search: false\n").unwrap();
        for (name, markdown) in documents {
            let own = archive.join("seeds").join(&name);
            fs::create_dir_all(&own).unwrap();
            let text = format!("---\nform: markdown\ntitle: Example\nslug: {name}\n---\n\n{markdown}");
            fs::write(own.join("example.md"), text).unwrap();
            for file in beside(&markdown) {
                let file = own.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "a file").unwrap();
            }
        }
        build::build(&Build { archive: archive.into(), no_cache: true, ..Build::default() }).unwrap();
        Site(folder)
    }

    fn page(&self, name: &str) -> String {
        let path: PathBuf = self.0.path().join("site/texts").join(format!("{name}.html"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// The site that both tests look at: the examples that the parser has as the specification asks, and the footnotes.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let examples = MET.iter().map(|e| (e.name(), e.written()));
    let footnotes = FOOTNOTES.iter().enumerate().map(|(i, markdown)| (footnote(i), (*markdown).to_owned()));
    Site::of(examples.chain(footnotes))
});

/// The examples without raw HTML, and those of [`RAW`], of which the parser makes what the specification asks for.
static MET: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let form = |html: &str| reduced(&tree::of_article(html), From::Parser, &mut Used::default());
    let is_raw = |e: &Example| {
        Parser::new(&e.markdown).any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
    };
    let is_held = |e: &Example| RAW.contains(&e.number) || !is_raw(e);
    let is_met = |e: &Example| is_held(e) && form(&parsed(&e.markdown)) == form(&e.html);
    let mut met = SPECIFICATION.as_deref().map_or_else(Vec::new, examples);
    met.retain(is_met);
    met
});

/// The specification, if it is there.
static SPECIFICATION: LazyLock<Option<String>> = LazyLock::new(|| {
    let path = "tests/browser/node_modules/commonmark-spec/spec.txt";
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
});

fn footnote(i: usize) -> String {
    format!("footnote-{i}")
}

#[test]
fn what_the_parser_gets_right_stays_right() {
    if SPECIFICATION.is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the specification is missing");
        return eprintln!("SKIPPED: no specification (npm ci --prefix tests/browser)");
    }
    let mut used = Used::default();
    let mut differ = Vec::new();
    for example in MET.iter() {
        let (name, markdown) = (example.name(), example.written());
        let asked = reduced(&tree::of_article(&parsed(&markdown)), From::Parser, &mut used);
        let built = reduced(&article(&SITE.page(&name)), From::Page(&name), &mut used);
        if built != asked {
            let about = format!("{} ({})\n{markdown}", example.number, example.section);
            differ.push((example.number, format!("{about}\n  asked {asked:?}\n  built {built:?}")));
        }
    }
    let [met, otherwise] = [MET.len(), differ.len()];
    assert!(met >= LEAST, "the parser made more of the examples right: {met}");
    eprintln!("{} of {met} as asked, {otherwise} otherwise; alike by {:?}", met - otherwise, used.0);
    let mut purposes: Vec<usize> = ON_PURPOSE.iter().flat_map(|p| p.1).copied().collect();
    purposes.sort_unstable();
    let numbers: Vec<usize> = differ.iter().map(|d| d.0).collect();
    let told: Vec<&str> = differ.iter().filter(|d| !purposes.contains(&d.0)).map(|d| d.1.as_str()).collect();
    assert_eq!(numbers, purposes, "\n{}", told.join("\n"));
    for (rule, why) in ALIKE {
        assert!(used.0.contains_key(rule), "{rule} ({why}) is needed by no example");
    }
}

/// Footnotes as GitHub writes them, in our own words.
const FOOTNOTES: [&str; 22] = [
    "A mill[^1].\n\n[^1]: Of oak.\n",
    "[^1]: Of oak.\n\nA mill[^1].\n",
    "A mill[^1], a weir[^2].\n\n[^2]: Of stone.\n[^1]: Of oak.\n",
    "A mill[^oak] and a weir[^oak].\n\n[^oak]: Both of oak.\n",
    "A mill[^1].\n\n[^1]: Of oak.\n\n    Felled in winter.\n",
    "A mill[^1].\n\n[^1]: Of oak,\nfelled in winter.\n",
    "A mill[^1].\n\n[^1]: - of oak\n    - of elm\n",
    "A mill[^1].\n\n[^1]:\n    > Of oak.\n",
    "A mill[^1].\n\n[^1]: Of oak, see the weir[^2].\n\n[^2]: Of stone.\n",
    "A mill[^nothing].\n\n[^1]: Of oak.\n",
    "A mill[^1].\n",
    "A mill[^Oak].\n\n[^oak]: Of oak.\n",
    "A mill\\[^1].\n\n[^1]: Of oak.\n",
    "A mill `[^1]`.\n\n[^1]: Of oak.\n",
    "**A mill[^1]**, *a weir[^1]*.\n\n[^1]: Of oak.\n",
    "> A mill[^1].\n\n[^1]: Of oak.\n",
    "- A mill[^1]\n- a weir[^2]\n\n[^1]: Of oak.\n[^2]: Of stone.\n",
    "# A mill[^1]\n\nWords.\n\n[^1]: Of oak.\n",
    "| A | B |\n|---|---|\n| mill[^1] | weir |\n\n[^1]: Of oak.\n",
    "A mill![^1]\n\n[^1]: Of oak.\n",
    "A mill[^a b].\n\n[^a b]: Of oak.\n",
    "A mill[^long-name_2].\n\n[^long-name_2]: Of oak.\n\nMore of the text.\n",
];

/// The words of the note of each reference, as the parser by itself has it.
fn asked(markdown: &str) -> Vec<String> {
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut references = Vec::new();
    let mut inside = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                inside = Some(notes.len());
                notes.push((label.to_string(), String::new()));
            }
            Event::End(TagEnd::FootnoteDefinition) => inside = None,
            Event::FootnoteReference(label) => references.push(label.to_string()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(note) = inside {
                    notes[note].1.push_str(&text);
                }
            }
            _ => {}
        }
    }
    let words = |label: &str| {
        let note = notes.iter().find(|n| n.0.eq_ignore_ascii_case(label));
        note.map(|n| n.1.split_whitespace().collect::<String>())
    };
    references.iter().filter_map(|label| words(label)).collect()
}

/// The words of an element without what is generated, white space left out.
fn words(steps: &[Step]) -> String {
    let mut out = String::new();
    let (mut depth, mut hidden) = (0, None);
    for step in steps {
        match step {
            Step::Begin(_, attributes) => {
                depth += 1;
                if attributes.iter().any(|(name, _)| name == "data-generated") {
                    hidden.get_or_insert(depth);
                }
            }
            Step::End => {
                if hidden == Some(depth) {
                    hidden = None;
                }
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Step::Text(text) if hidden.is_none() => out.extend(text.split_whitespace()),
            Step::Text(_) => {}
        }
    }
    out
}

/// The words of the note that each marker of a page leads to.
fn tied(page: &str) -> Vec<String> {
    let steps = article(page);
    let has = |step: &Step, name: &str, value: &str| matches!(step, Step::Begin(_, all) if all.iter().any(|(n, v)| n == name && v == value));
    let marker = |step: &&Step| has(step, "role", "doc-noteref");
    let note = |step: &Step| {
        let Step::Begin(_, attributes) = step else { return None };
        let href = attributes.iter().find(|(name, _)| name == "href")?;
        let id = href.1.strip_prefix('#')?;
        Some(words(&steps[steps.iter().position(|step| has(step, "id", id))?..]))
    };
    steps.iter().filter(marker).map(|step| note(step).expect("a marker leads to its note")).collect()
}

#[test]
fn footnotes_are_tied_as_the_parser_ties_them() {
    for (i, markdown) in FOOTNOTES.iter().enumerate() {
        let (mut built, mut asked) = (tied(&SITE.page(&footnote(i))), asked(markdown));
        built.sort();
        asked.sort();
        assert_eq!(built, asked, "{markdown:?}");
    }
}
