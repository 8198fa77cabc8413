//! A document → clean CommonMark: what the program believes the source says.
//!
//! 1. [`labels`]: every note gets a name of its own (`[^3]`, or `[^2-3]` where labels begin again in a second part)
//! 2. `block` and `inline`: the text, escaped so that it is read as it is meant
//! 3. [`front`]: the facts that the text itself does not carry
//!
//! The print is read back by the form `restored`, which looks for nothing that is not written as Markdown, so that
//! building it gives the same page. What Markdown has no sign for is said by a comment before it (`<!-- verse -->`,
//! `<!-- preformatted -->`): other readers of CommonMark pass over it and show lines as lines. What the page leaves out
//! stands in comments at the end.

use crate::facts::Facts;
use crate::model::{Block, BlockKind, Document};

mod block;
mod front;
mod inline;
mod labels;

/// A document as CommonMark, with front matter.
pub fn commonmark(document: &Document, facts: &Facts) -> String {
    let labels = labels::labels(document);
    let printer = inline::Printer { labels: &labels.markers };
    let mut out = front::matter(document, facts);
    let mut body = document.body.clone();
    if let Some(heading) = &document.notes_heading {
        let span = heading.first().map_or_else(Default::default, |i| i.span);
        body.push(Block { span, kind: BlockKind::Heading { level: 2, content: heading.clone() } });
    }
    let lines = block::blocks(&printer, &body);
    out.push('\n');
    out.push_str(&lines.join("\n"));
    out.push('\n');
    for (note, label) in document.notes.iter().zip(&labels.notes) {
        out.push('\n');
        out.push_str(&block::note(&printer, label, &note.blocks));
        out.push('\n');
    }
    if !document.omissions.is_empty() {
        out.push_str("\n<!-- Left out of the text:\n");
        for omission in &document.omissions {
            let reason = serde_json::to_value(omission.reason).unwrap_or_default();
            let reason = reason.as_str().unwrap_or_default();
            let text = omission.text.split_whitespace().collect::<Vec<_>>().join(" ");
            // A comment ends at `-->` and may hold no `--`.
            let text = text.replace("--", "- -").replace("->", "- >");
            // Notes are looked for in comments, too.
            let text = text.replace("[^", "[ ^");
            out.push_str(&format!("{reason}, line {}: {text}\n", omission.line));
        }
        out.push_str("-->\n");
    }
    out
}
