//! Text → its form, by evidence that is named and weighed.
//!
//! [`Shape::of`] counts what can be seen in one pass; [`observe`](fn@observe) lists for each form what speaks for or
//! against it; the heaviest wins. What no form explains is plain text.

mod data;
mod observe;
mod shape;

pub use data::is_data;
pub use shape::Shape;

use serde::Serialize;

use self::observe::observe;
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
