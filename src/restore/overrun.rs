//! Notes that took the running text with them.
//!
//! Where a page's notes are followed by the next page without a blank line, the last note seems to go on with the text.
//! If the text before the notes stops within a sentence, and a line of the note goes on with one though the note has
//! come to an end, the page begins there.

use crate::layout::prose::{closes_sentence, resumes};
use crate::layout::{Kind, Layout};
use crate::notes::{Apparatus, FoundNote};
use crate::source::{Source, Span};

/// Gives the running text back what such notes took.
pub fn give_back(source: &Source, layout: &Layout, apparatus: &mut Apparatus) {
    for i in 0..apparatus.notes.len() {
        let Some(line) = page_begins(source, layout, &apparatus.notes[i]) else { continue };
        let end = layout.lines[..line].iter().rev().find(|l| l.is_text()).map_or(0, |l| l.end);
        if let Some(piece) = apparatus.notes[i].pieces.first_mut() {
            *piece = Span::new(piece.start as usize, end.max(piece.start as usize));
        }
    }
}

/// The line within a note where the text goes on.
fn page_begins(source: &Source, layout: &Layout, note: &FoundNote) -> Option<usize> {
    let [piece] = note.pieces.as_slice() else { return None };
    let head = layout.line_at(note.head.start as usize);
    let last = layout.line_at((piece.end as usize).saturating_sub(1).max(piece.start as usize));
    if last <= head || !is_interrupted(source, layout, head) {
        return None;
    }
    // What follows the note does not go on with the sentence, so something in it must.
    if layout.text_from(last + 1).is_some_and(|l| resumes(layout.text(source, l))) {
        return None;
    }
    let usual = layout.lines[head].indent;
    let mut begins = (head + 1..=last).filter(|&i| {
        let (above, line) = (&layout.lines[i - 1], &layout.lines[i]);
        let set_in =
            line.indent > above.indent && layout.lines.get(i + 1).is_none_or(|l| l.indent < line.indent);
        let ended =
            closes_sentence(layout.text(source, i - 1)) || ends_in_address(layout.text(source, i - 1));
        line.kind == Kind::Text && resumes(layout.text(source, i)) && ended && set_in && line.indent > usual
    });
    begins.next().filter(|_| begins.next().is_none())
}

/// True if the text before a block of notes stops in the middle of a sentence.
fn is_interrupted(source: &Source, layout: &Layout, head: usize) -> bool {
    let block = layout.lines[..head].iter().rev().take_while(|l| l.is_text()).count();
    layout.text_before(head - block).is_some_and(|l| !closes_sentence(layout.text(source, l)))
}

/// True for a line that ends in a web address: that closes a note as a full stop does.
fn ends_in_address(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.contains("://") || last.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Form;
    use crate::notes::Label;

    fn kept(text: &str) -> String {
        let source = Source::new("case.txt", text.to_owned());
        let layout = Layout::read(&source, Form::PdfText);
        let start = text.find("1 ").unwrap();
        let end = text[start..].find("\n\n").map_or(text.len(), |e| start + e);
        let note = FoundNote {
            label: Label::new("1"),
            shown: "1".into(),
            head: Span::new(start, start + 2),
            pieces: vec![Span::new(start + 2, end)],
            part: 1,
        };
        let mut apparatus = Apparatus { notes: vec![note], ..Apparatus::default() };
        give_back(&source, &layout, &mut apparatus);
        source.slice(apparatus.notes[0].pieces[0]).to_owned()
    }

    #[test]
    fn a_note_ends_where_the_torn_sentence_goes_on() {
        let text = "and the miller of the valley was never seen in\n\n1 So the farmers say, see\nhttps://example.org/mill\n the \
                    yard again, nor was his\nboy.\n\nThe end.";
        assert_eq!(kept(text), "So the farmers say, see\nhttps://example.org/mill");
    }

    #[test]
    fn a_note_within_its_own_sentence_goes_on() {
        let text = "and the miller of the valley was never seen in\n\n1 So the farmers say, and\n the smith as well.\n\nThe end.";
        assert!(kept(text).ends_with("as well."));
        let whole = "The miller of the valley was never seen.\n\n1 So the farmers say.\n the smith as well.\n\nThe end.";
        assert!(kept(whole).ends_with("as well."));
    }
}
