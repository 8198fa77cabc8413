//! All annotations as Markdown, for people and for other programs. (As JSON-LD: [`jsonld::write`](super::jsonld::write).)

use super::{Annotation, collect::Entry};

/// A document's annotations under its title; those without a document come under none.
pub struct Section<'a> {
    /// The document's title, authors and source.
    pub title: &'a str,
    /// Its authors.
    pub authors: &'a [String],
    /// Where it is in the archive.
    pub source: &'a str,
    /// Its annotations.
    pub entries: Vec<&'a Entry>,
}

/// Writes sections one after the other.
pub fn markdown(title: &str, sections: &[Section]) -> String {
    let mut out = format!("# {}: annotations\n", escaped(title));
    for section in sections.iter().filter(|s| !s.entries.is_empty()) {
        out.push_str(&format!("\n## {}\n", escaped(section.title)));
        let by = escaped(&section.authors.join(", "));
        match (by.as_str(), section.source) {
            ("", "") => {}
            ("", source) => out.push_str(&format!("\n`{source}`\n")),
            (by, source) => out.push_str(&format!("\n{by}, `{source}`\n")),
        }
        for entry in &section.entries {
            one(&entry.annotation, entry.answers.is_some(), &mut out);
            for (other, file) in &entry.others {
                out.push_str(&format!("\n*Another version, in `{file}`:*\n"));
                one(other, entry.answers.is_some(), &mut out);
            }
        }
    }
    out
}

fn one(annotation: &Annotation, answer: bool, out: &mut String) {
    out.push('\n');
    if let Some(quote) = &annotation.quote {
        for line in quote.exact.lines().map(str::trim).filter(|l| !l.is_empty()) {
            out.push_str(&format!("> {}\n", escaped(line)));
        }
        out.push('\n');
    }
    if !annotation.note.is_empty() {
        // The reader's own Markdown.
        out.push_str(annotation.note.trim());
        out.push_str("\n\n");
    }
    let tags: Vec<String> = annotation.tags.iter().map(|t| ["#", &t.replace(' ', "-")].concat()).collect();
    let kind = if answer { "Answer" } else { annotation.colour.name() };
    let facts =
        [kind, annotation.creator.as_deref().unwrap_or(""), annotation.date().unwrap_or(""), &tags.join(" ")];
    let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).map(escaped).collect();
    out.push_str(&format!("– {}\n", facts.join(", ")));
}

/// Text of which nothing is Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Quote;
    use super::*;

    #[test]
    fn a_quotation_and_its_note_are_told_apart() {
        let quote = Some(Quote { exact: "*words*\nof the text".into(), ..Quote::default() });
        let annotation = Annotation {
            quote,
            note: "Mine, *really*.".into(),
            tags: vec!["two words".into()],
            ..Annotation::default()
        };
        let entry = Entry { annotation, ..Entry::default() };
        let sections = [Section { title: "T", authors: &[], source: "seeds/t.txt", entries: vec![&entry] }];
        let text = markdown("A", &sections);
        assert!(
            text.contains("> \\*words\\*\n> of the text\n\nMine, *really*.\n\n– yellow, #two-words\n"),
            "{text}"
        );
    }
}
