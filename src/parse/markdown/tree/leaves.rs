//! What holds no blocks but is more than a paragraph: rows of tables, and code.

use std::ops::Range;

use super::{Kind, Tree};
use crate::model::{Inline, InlineKind, MARK};
use crate::parse::markdown::table::{Rows, surplus};
use crate::parse::text::{LineEnd, Looking, Run};

impl Tree<'_, '_, '_> {
    pub(super) fn rows(&mut self) -> Option<&mut Rows> {
        self.stack.iter_mut().rev().find_map(|o| match &mut o.kind {
            Kind::Table(rows) => Some(rows),
            _ => None,
        })
    }

    pub(super) fn row(&mut self, range: Range<usize>, put: impl FnOnce(&mut Rows, Vec<Vec<Inline>>)) {
        let text = self.flow.text.as_str();
        let Some(rows) = self.rows() else { return };
        let full = rows.current.len() >= rows.align.len();
        let last = std::mem::take(&mut rows.last_cell);
        let more = if full { surplus(text, range, last) } else { Vec::new() };
        let looking = Looking { addresses: true, carets: true, emphasis: false, line_end: LineEnd::Space };
        let mut extra = Vec::new();
        for cell in more {
            self.run.push(&text[cell.clone()], cell);
            extra.push(self.run.take(self.flow, looking, self.reading));
        }
        if let Some(rows) = self.rows() {
            let mut cells = std::mem::take(&mut rows.current);
            cells.extend(extra);
            put(rows, cells);
        }
    }

    pub(super) fn code_span(&mut self, text: &str, range: Range<usize>) {
        let mut run = Run::default();
        run.push(text, range.clone());
        let mut at = 0;
        for (here, id) in run.markers(self.flow) {
            self.code_piece(&text[at..here], range.clone());
            self.inline(InlineKind::Marker(id), range.clone());
            at = here + MARK.len_utf8();
        }
        self.code_piece(&text[at..], range);
    }

    fn code_piece(&mut self, text: &str, range: Range<usize>) {
        if !text.is_empty() {
            self.inline(InlineKind::Code(text.to_owned()), range);
        }
    }

    /// Text of a code block. A marker there (which `notes` does not look for) would be no link inside verbatim text: it
    /// comes after the block.
    pub(super) fn code_text(&mut self, piece: &str, range: Range<usize>) {
        let flow = self.flow;
        let mut run = Run::default();
        run.push(piece, range.clone());
        let found = run.markers(flow);
        let span = flow.source_span(range);
        if let Kind::Code { text, markers, .. } = &mut self.top().kind {
            let mut at = 0;
            for (here, id) in found {
                text.push_str(&piece[at..here]);
                markers.push(Inline { span, kind: InlineKind::Marker(id) });
                at = here + MARK.len_utf8();
            }
            text.push_str(&piece[at..]);
        }
    }
}
