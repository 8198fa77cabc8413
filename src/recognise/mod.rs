//! Text → its form, by evidence that is named and weighed.
//!
//! [`Shape::of`] counts what can be seen in one pass; each form has a list of observations that speak for or
//! against it; the heaviest wins. What no form explains is plain text.

mod data;
mod shape;

pub use data::is_data;
pub use shape::Shape;

use serde::Serialize;

use crate::facts::Facts;
use crate::model::Form;
use crate::said::{Said, said};
use crate::source::Source;

/// A form and why.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The form.
    pub form: Form,
    /// What spoke for it, heaviest first, for `explain` and the page's apparatus.
    pub evidence: Vec<Said>,
    /// True if its owner said so (`form:`).
    pub given: bool,
    /// True if the next best form was nearly as likely.
    pub doubtful: bool,
}

/// An observation that speaks for (or, below 0, against) a form.
struct Observation {
    form: Form,
    weight: f32,
    seen: Said,
}

/// A form needs this much to be believed.
const BELIEVED: f32 = 1.5;
/// … and this much more than the next best to be beyond doubt.
const CLEAR: f32 = 0.5;

/// Recognises the form of a document.
pub fn recognise(source: &Source, facts: &Facts) -> Recognised {
    if let Some(form) = facts.form {
        return Recognised {
            form,
            evidence: vec![said!("given by the document's owner")],
            given: true,
            doubtful: false,
        };
    }
    if source.is_read_out() {
        let evidence = vec![said!("a page in HTML, which says itself what its parts are")];
        return Recognised { form: Form::Html, evidence, given: false, doubtful: false };
    }
    let shape = Shape::of(&source.text[source.body_start..]);
    let observations = observe(&source.path, &shape);
    let forms =
        [Form::Markdown, Form::OcrMarkdown, Form::PdfText, Form::Superscript, Form::Clipped, Form::Thread];
    let sum = |form: Form| -> f32 { observations.iter().filter(|o| o.form == form).map(|o| o.weight).sum() };
    let mut ranked: Vec<(f32, Form)> = forms.iter().map(|&f| (sum(f), f)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, form) = ranked[0];
    if best < BELIEVED {
        let evidence = vec![said!("no form is recognised with certainty; read as plain text")];
        return Recognised { form: Form::Plain, evidence, given: false, doubtful: best > BELIEVED - CLEAR };
    }
    let mut seen: Vec<&Observation> =
        observations.iter().filter(|o| o.form == form && o.weight > 0.0).collect();
    seen.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let evidence = seen.iter().map(|o| o.seen.clone()).collect();
    Recognised { form, evidence, given: false, doubtful: best - ranked[1].0 < CLEAR }
}

/// A form with all that was seen for and against it.
#[derive(Clone, Debug, Serialize)]
pub struct Weighed {
    /// Its name.
    pub form: &'static str,
    /// What it weighs.
    pub weight: f32,
    /// What was seen, heaviest first.
    pub seen: Vec<Seen>,
}

/// Something that was seen of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// How much it speaks for the form; below 0, against it.
    pub weight: f32,
    /// What.
    pub what: String,
}

/// What was weighed to recognise a form: the form that was taken first, then the others that anything spoke for.
pub fn weigh(source: &Source, facts: &Facts, taken: Form) -> Vec<Weighed> {
    if taken == Form::Html && facts.form.is_none() {
        let what = "a page in HTML, which says itself what its parts are".to_owned();
        return vec![Weighed { form: taken.name(), weight: 0.0, seen: vec![Seen { weight: 0.0, what }] }];
    }
    let observations = observe(&source.path, &Shape::of(&source.text[source.body_start..]));
    let mut out: Vec<Weighed> = Vec::new();
    for observation in observations {
        let form = observation.form.name();
        let seen = Seen { weight: observation.weight, what: observation.seen.to_string() };
        match out.iter_mut().find(|w| w.form == form) {
            Some(weighed) => {
                weighed.weight += seen.weight;
                weighed.seen.push(seen);
            }
            None => out.push(Weighed { form, weight: seen.weight, seen: vec![seen] }),
        }
    }
    if facts.form.is_some() {
        let what = "given by the document's owner, which overrules the rest".to_owned();
        out.retain(|w| w.form != taken.name());
        out.push(Weighed { form: taken.name(), weight: 0.0, seen: vec![Seen { weight: 0.0, what }] });
    } else if taken == Form::Plain {
        let what = format!("what no form weighs {BELIEVED} or more for is plain text");
        out.push(Weighed { form: taken.name(), weight: 0.0, seen: vec![Seen { weight: 0.0, what }] });
    }
    out.retain(|w| w.form == taken.name() || w.weight > 0.0);
    out.sort_by(|a, b| {
        (b.form == taken.name()).cmp(&(a.form == taken.name())).then(b.weight.total_cmp(&a.weight))
    });
    for weighed in &mut out {
        weighed.seen.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    out
}

/// A share in whole hundredths.
fn percent(share: f32) -> usize {
    (share * 100.0).round() as usize
}

/// What speaks for which form.
fn observe(path: &str, s: &Shape) -> Vec<Observation> {
    let mut out = Vec::new();
    let mut saw = |form: Form, weight: f32, seen: Said| {
        if weight != 0.0 {
            out.push(Observation { form, weight, seen });
        }
    };
    // A handful in a short text says as much as one in fifty lines in a long one.
    let few = |n: usize, enough: f32| (n as f32 / enough.max(s.text_lines as f32 * enough / 300.0)).min(1.0);
    let named_markdown = path.ends_with(".md") || path.ends_with(".markdown");

    // Nobody but a program that writes Markdown links a document to itself.
    let markup = s.headings + s.fences + s.table_rules + s.markdown_notes + s.inner_links;
    if named_markdown {
        saw(Form::Markdown, 2.0, said!("the file is named as Markdown"));
        saw(Form::OcrMarkdown, 1.2, said!("the file is named as Markdown"));
    }
    saw(
        Form::Markdown,
        2.0 * few(markup, 6.0),
        said!("{} headings, fences, tables, notes and inner links of Markdown", markup),
    );
    saw(Form::Markdown, 1.0 * few(s.markdown_links, 5.0), said!("{} Markdown links", s.markdown_links));
    saw(
        Form::Markdown,
        2.0 * few(s.markdown_notes, 2.0),
        said!("{} notes written [^name]", s.markdown_notes),
    );
    saw(
        Form::OcrMarkdown,
        1.5 * few(s.headings + s.table_rules, 4.0),
        said!("{} headings of Markdown", s.headings),
    );
    let raised = s.raised_tags + s.raised_math;
    saw(Form::OcrMarkdown, 2.0 * few(raised, 3.0), said!("{} raised figures in tags or LaTeX", raised));
    saw(
        Form::OcrMarkdown,
        1.0 * few(s.raised_heads, 2.0),
        said!("{} notes that begin with a raised figure", s.raised_heads),
    );
    if s.raised_heads == 0 {
        saw(Form::OcrMarkdown, -1.5, said!("no note begins with a raised figure"));
    }
    if markup == 0 && !named_markdown {
        saw(Form::Markdown, -1.5, said!("no structure of Markdown"));
        saw(Form::OcrMarkdown, -1.0, said!("no structure of Markdown"));
    }

    let wrapped = s.wrapped_share();
    saw(
        Form::PdfText,
        1.4 * ((wrapped - 0.5) * 2.0).max(0.0),
        said!("{} % of the lines are wrapped at one width", percent(wrapped)),
    );
    saw(Form::PdfText, 2.0 * (s.form_feeds as f32 / 3.0).min(1.0), said!("{} form feeds", s.form_feeds));
    saw(
        Form::PdfText,
        if wrapped > 0.5 { 0.8 * few(s.bare_heads, 2.0) } else { 0.0 },
        said!("{} paragraphs that begin with a bare figure, as notes at page bottoms do", s.bare_heads),
    );
    saw(
        Form::PdfText,
        0.8 * few(s.lone_numbers, 3.0),
        said!("{} numbers alone between blank lines, counting on", s.lone_numbers),
    );
    saw(
        Form::PdfText,
        0.8 * few(s.line_end_hyphens, 8.0),
        said!("{} words cut by a hyphen at a line end", s.line_end_hyphens),
    );
    saw(
        Form::PdfText,
        0.8 * few(s.torn_paragraphs, 2.0),
        said!("{} paragraphs torn within a sentence", s.torn_paragraphs),
    );
    if wrapped < 0.3 && s.form_feeds < 3 {
        saw(Form::PdfText, -2.0, said!("the lines are not wrapped"));
    }
    if markup > 3 {
        saw(Form::PdfText, -1.5, said!("structure of Markdown"));
    }
    saw(
        Form::Superscript,
        2.5 * few(s.superscripts, 3.0),
        said!("{} superscript figures behind words", s.superscripts),
    );
    if wrapped > 0.6 || markup > 0 {
        saw(Form::Superscript, -1.5, said!("wrapped lines or Markdown"));
    }

    let long = s.long_share();
    let lines = few(s.text_lines, 6.0);
    saw(
        Form::Clipped,
        1.2 * long * lines,
        said!("{} % of the text stands in lines of a whole paragraph", percent(long)),
    );
    saw(Form::Clipped, 1.0 * few(s.glued_figures, 3.0), said!("{} figures glued to words", s.glued_figures));
    saw(Form::Clipped, 1.2 * few(s.site_lines, 3.0), said!("{} lines of a site", s.site_lines));
    if s.superscripts >= 3 {
        saw(Form::Clipped, -1.0, said!("superscript figures"));
    }
    let unspaced = s.unspaced_share();
    if wrapped < 0.4 && long > 0.2 {
        saw(
            Form::Thread,
            1.2 * ((unspaced - 0.5) * 2.0).max(0.0) * lines,
            said!("{} % of the paragraphs follow one another without a blank line", percent(unspaced)),
        );
        saw(
            Form::Thread,
            1.2 * few(s.repeated_lines, 2.0),
            said!("{} lines that quote an earlier line", s.repeated_lines),
        );
        saw(Form::Thread, 0.8 * few(s.separators, 1.0), said!("{} separators between posts", s.separators));
        saw(Form::Thread, 0.8 * few(s.quoted_lines, 2.0), said!("{} lines marked as quoted", s.quoted_lines));
    }
    if s.form_feeds > 0 {
        saw(Form::Markdown, -2.0, said!("pages"));
        saw(Form::Thread, -2.0, said!("pages"));
        saw(Form::Clipped, -2.0, said!("pages"));
    }
    if unspaced > 0.6 {
        saw(Form::Clipped, -0.8, said!("no blank lines between paragraphs"));
    }
    if markup > 0 {
        saw(Form::Clipped, -1.0, said!("structure of Markdown"));
        saw(Form::Thread, -1.0, said!("structure of Markdown"));
    }
    if named_markdown {
        saw(Form::Clipped, -1.0, said!("the file is named as Markdown"));
        saw(Form::Thread, -1.0, said!("the file is named as Markdown"));
        saw(Form::Superscript, -0.5, said!("the file is named as Markdown"));
    }
    out
}
