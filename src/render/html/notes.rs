//! The list of notes.

use super::Page;
use crate::model::{BlockKind, MarkerId, Note, NoteId, Stretch};

impl Page<'_> {
    pub(super) fn notes(&mut self) {
        let document = self.document;
        if document.notes.is_empty() {
            return;
        }
        self.is_listed = false;
        let strings = self.around.strings;
        let heading = self.ids.endnotes.clone();
        self.out.open("section").attr("role", "doc-endnotes").attr("aria-labelledby", &heading);
        self.out.line();
        match document.notes_heading.as_deref() {
            Some(own) => {
                self.out.open("h2").attr("id", &heading);
                self.inlines(own);
            }
            None => {
                self.out.open("h2").attr("id", &heading).generated();
                self.out.text(strings.say("notes-title"));
            }
        }
        self.out.close("h2").line();
        // The labels are written out, as the source has them; the list's own numerals are none of its words.
        self.out.open("ol").attr("class", "notes").attr("role", "list");
        self.out.line();
        for (i, note) in document.notes.iter().enumerate() {
            self.note(i, note);
            self.out.line();
        }
        self.out.close("ol").line().close("section").line();
    }

    fn note(&mut self, i: usize, note: &Note) {
        self.out.open("li").attr("id", &self.ids.notes[i]);
        if note.shown.is_empty() {
            self.out.open("span").attr("class", "note-label").generated();
            self.out.text(&self.ids.numbers[i]);
        } else {
            self.out.open("span").attr("class", "note-label");
            self.out.text(&note.shown);
        }
        self.out.close("span").text(" ");
        self.out.open("div").attr("class", "note-body");
        self.out.line();
        let back = std::mem::take(&mut self.ids.back[i]);
        self.layer.enter(Stretch::Note(NoteId(i as u32)));
        match note.blocks.split_last() {
            // The ways back stand at the end of the last line.
            Some((last, before)) => match &last.kind {
                BlockKind::Paragraph(content) => {
                    self.blocks(before);
                    let from = self.layer.at();
                    let id = self.open_paragraph(content);
                    self.inlines(content);
                    self.backlinks(&back);
                    self.out.close("p").line();
                    self.end_block(from, id, None);
                }
                _ => {
                    self.blocks(&note.blocks);
                    self.backlink_line(&back);
                }
            },
            None => self.backlink_line(&back),
        }
        self.leave(&note.blocks);
        self.out.close("div").close("li");
    }

    fn backlink_line(&mut self, back: &[MarkerId]) {
        self.out.open("p");
        self.backlinks(back);
        self.out.close("p").line();
    }

    fn backlinks(&mut self, back: &[MarkerId]) {
        let strings = self.around.strings;
        if back.is_empty() {
            self.out.text(" ");
            self.out.open("span").attr("class", "note-state").generated();
            self.out.text(strings.say("no-marker")).close("span");
        }
        for (n, marker) in back.iter().enumerate() {
            let href = ["#", &self.ids.markers[marker.0 as usize]].concat();
            self.out.text(" ");
            let link = self.out.open("a").attr("role", "doc-backlink").attr("href", &href);
            let label = match back.len() {
                1 => strings.say("back-to-text").to_owned(),
                _ => strings.say("back-to-text-nth").replace("{letter}", &letters(n)),
            };
            drop(link.generated().attr("aria-label", &label));
            self.out.text("↩");
            if back.len() > 1 {
                self.out.open("sup");
                self.out.text(&letters(n)).close("sup");
            }
            self.out.close("a");
        }
    }
}

/// a, b, …, z, aa, ab, …
fn letters(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            break;
        }
        n -= 1;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_count_on_after_z() {
        let some: Vec<String> = [0, 25, 26, 27, 702].into_iter().map(super::letters).collect();
        assert_eq!(some, ["a", "z", "aa", "ab", "aaa"]);
    }
}
