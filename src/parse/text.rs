//! A run of text → inlines: markers, `[^label]`, bare addresses and, in plain text, `_emphasis_` and line ends.

use std::ops::Range;

use super::address;
use super::reading::Reading;
use crate::model::{Flow, Inline, InlineKind, MARK, MarkerId};

/// Text that is to become inlines, with the way back to the flow. Neighbouring pieces are gathered before they are
/// looked at, since a grammar may hand out one word, address or `[^label]` in several pieces.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The text, as readers see it.
    pub text: String,
    /// Where each piece begins in `text`, and the range of the flow it stands for.
    parts: Vec<(usize, Range<usize>)>,
}

/// What is looked for in a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looking {
    /// Bare web addresses (not inside a link).
    pub addresses: bool,
    /// `[^label]` without a definition.
    pub carets: bool,
    /// `_emphasis_` and `*emphasis*` as typed in plain text.
    pub emphasis: bool,
    /// What a line end is.
    pub line_end: LineEnd,
}

/// What a line end in a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A character like others (preformatted text).
    Kept,
    /// No more than a space.
    Space,
    /// Meant.
    Break,
}

/// Something in a run that is not simply text.
enum Spot {
    Marker(MarkerId),
    Caret(String),
    Address,
    LineEnd(LineEnd),
}

impl Run {
    /// Adds a piece: `text` is what readers see of `range`.
    pub fn push(&mut self, text: &str, range: Range<usize>) {
        if !text.is_empty() {
            self.parts.push((self.text.len(), range));
            self.text.push_str(text);
        }
    }

    /// The flow's range that a range of the text stands for.
    fn flow_range(&self, range: Range<usize>) -> Range<usize> {
        let part = |at: usize| self.parts.partition_point(|p| p.0 <= at).saturating_sub(1);
        let Some(_) = self.parts.first() else { return 0..0 };
        let place = |i: usize, at: usize, end: bool| {
            let (from, flow) = &self.parts[i];
            let len = self.parts.get(i + 1).map_or(self.text.len(), |p| p.0) - from;
            if len == flow.len() {
                flow.start + at - from
            } else if end {
                flow.end
            } else {
                flow.start
            }
        };
        let start = place(part(range.start), range.start, false);
        let last = part(range.end.max(range.start + 1) - 1);
        start..place(last, range.end, true).max(start)
    }

    /// The markers in the run: where in `text` their [`MARK`] stands, and which they are.
    pub fn markers(&self, flow: &Flow) -> Vec<(usize, MarkerId)> {
        let mut out = Vec::new();
        for (i, (at, range)) in self.parts.iter().enumerate() {
            let first = flow.marks.partition_point(|m| (m.0 as usize) < range.start);
            if flow.marks.get(first).is_none_or(|m| m.0 as usize >= range.end) {
                continue;
            }
            // The text may be shorter than what it stands for (a code span's ticks, an entity), but it holds the
            // same marks in the same order.
            let end = self.parts.get(i + 1).map_or(self.text.len(), |p| p.0);
            let here = self.text[*at..end].match_indices(MARK).map(|(o, _)| at + o);
            let there = flow.text[range.clone()].match_indices(MARK).map(|(o, _)| range.start + o);
            out.extend(here.zip(there).filter_map(|(h, t)| Some((h, flow.marker_at(t)?))));
        }
        out
    }

    /// Turns the run into inlines and empties it.
    pub fn take(&mut self, flow: &Flow, looking: Looking, reading: &mut Reading) -> Vec<Inline> {
        let run = std::mem::take(self);
        if run.text.is_empty() {
            return Vec::new();
        }
        let spots = run.spots(flow, looking);
        let pairs = if looking.emphasis { run.emphasis(&spots) } else { Vec::new() };
        let mut out = Emitter { run: &run, flow, reading, spots: &spots, next: 0 };
        let (mut inlines, mut at) = (Vec::new(), 0);
        for (open, close) in pairs {
            out.emit(at..open, &mut inlines);
            let mut content = Vec::new();
            out.emit(open + 1..close, &mut content);
            let span = flow.source_span(run.flow_range(open..close + 1));
            inlines.push(Inline { span, kind: InlineKind::Emphasis(content) });
            at = close + 1;
        }
        out.emit(at..run.text.len(), &mut inlines);
        // A list begins with room for four; most runs are one text.
        inlines.shrink_to_fit();
        inlines
    }

    /// Everything in the run that is not simply text, in order and without overlap.
    fn spots(&self, flow: &Flow, looking: Looking) -> Vec<(Range<usize>, Spot)> {
        let text = self.text.as_str();
        let mut markers = self.markers(flow).into_iter().peekable();
        let mut spots = Vec::new();
        let mut at = 0;
        let interesting = [MARK, '[', '\n', 'h', 'H', 'w', 'W'];
        while let Some(found) = text[at..].find(interesting) {
            let here = at + found;
            let rest = &text[here..];
            let spot = match rest.as_bytes()[0] {
                b'[' if looking.carets => {
                    self.caret(here, flow).map(|label| (label.len() + 3, Spot::Caret(label.to_owned())))
                }
                b'\n' if looking.line_end != LineEnd::Kept => Some((1, Spot::LineEnd(looking.line_end))),
                b'h' | b'H' | b'w' | b'W' if looking.addresses && !within_word(text, here) => {
                    address::bare(rest).map(|len| (len, Spot::Address))
                }
                _ => markers.next_if(|m| m.0 == here).map(|m| (MARK.len_utf8(), Spot::Marker(m.1))),
            };
            let first = rest.chars().next().map_or(1, char::len_utf8);
            match spot {
                Some((len, spot)) => {
                    spots.push((here..here + len, spot));
                    at = here + len;
                }
                None => at = here + first,
            }
        }
        spots
    }

    /// The label of the `[^label]` at `at`, if one stands there that the source did not escape. Only what labels are
    /// made of counts as one: of `[^|]` in a text every sign is shown.
    fn caret(&self, at: usize, flow: &Flow) -> Option<&str> {
        /// Longer than any label people write; it keeps a stray `[^` from being searched far.
        const LONGEST: usize = 100;
        let rest = self.text[at..].strip_prefix("[^")?;
        let of_label = |c: char| c.is_alphanumeric() || "-_.:+*/#@'’&†‡§".contains(c);
        let end = rest.char_indices().take(LONGEST).find(|(_, c)| !of_label(*c))?.0;
        let place = self.flow_range(at..at + 1).start;
        let escaped = flow.text[..place].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        (rest[end..].starts_with(']') && end > 0 && !escaped).then(|| &rest[..end])
    }

    /// Pairs of underscores or asterisks that are clearly meant as emphasis: the first opens a word, the second closes
    /// one. What is left of asterisks here is no note's sign: those have become markers.
    fn emphasis(&self, spots: &[(Range<usize>, Spot)]) -> Vec<(usize, usize)> {
        /// An emphasis in a text is a phrase or a title; more than this is two stray signs.
        const LONGEST: usize = 600;
        let text = self.text.as_str();
        let mut pairs = Vec::new();
        let mut open: Option<(usize, &str)> = None;
        for (at, sign) in text.match_indices(['_', '*']) {
            let i = spots.partition_point(|s| s.0.end <= at);
            if spots.get(i).is_some_and(|s| s.0.start <= at) {
                continue;
            }
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '_' && c != '*');
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '*');
            let (opens, closes) = (solid(after) && apart(before), solid(before) && apart(after));
            match open {
                Some((from, by)) if by == sign && closes && at - from <= LONGEST => {
                    pairs.push((from, at));
                    open = None;
                }
                _ if opens => open = Some((at, sign)),
                _ => {}
            }
        }
        pairs
    }
}

/// True if the character before `at` belongs to the same word.
fn within_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "/.@-_".contains(c))
}

/// Writes stretches of a run as inlines, spot by spot.
struct Emitter<'r, 'a, 's> {
    run: &'r Run,
    flow: &'r Flow,
    reading: &'r mut Reading<'a>,
    spots: &'s [(Range<usize>, Spot)],
    next: usize,
}

impl Emitter<'_, '_, '_> {
    fn emit(&mut self, range: Range<usize>, out: &mut Vec<Inline>) {
        let mut at = range.start;
        while let Some((place, spot)) = self.spots.get(self.next).filter(|s| s.0.start < range.end) {
            self.next += 1;
            self.text(at..place.start, out);
            at = place.end;
            let span = self.flow.source_span(self.run.flow_range(place.clone()));
            let kind = match spot {
                Spot::Marker(id) => InlineKind::Marker(*id),
                Spot::Caret(label) => InlineKind::Marker(self.reading.reference(label, span)),
                Spot::LineEnd(LineEnd::Break) => InlineKind::HardBreak,
                Spot::LineEnd(_) => InlineKind::SoftBreak,
                Spot::Address => {
                    let shown = &self.run.text[place.clone()];
                    let text = Inline { span, kind: InlineKind::Text(shown.to_owned()) };
                    match address::allowed(shown) {
                        Some(href) => InlineKind::Link { href, title: String::new(), content: vec![text] },
                        None => text.kind,
                    }
                }
            };
            out.push(Inline { span, kind });
        }
        self.text(at..range.end, out);
    }

    fn text(&self, range: Range<usize>, out: &mut Vec<Inline>) {
        let mut at = range.start;
        let torn = self.torn(&range);
        for end in torn.into_iter().chain([range.end]).filter(|end| *end > range.start) {
            if at < end {
                let span = self.flow.source_span(self.run.flow_range(at..end));
                out.push(Inline { span, kind: InlineKind::Text(self.run.text[at..end].to_owned()) });
                at = end;
            }
        }
    }

    /// Where something stands between two neighbouring words in the source that is not in the text (a page's edge,
    /// notes), or where they do not follow one another there. Each piece then knows exactly where it comes from.
    fn torn(&self, range: &Range<usize>) -> Vec<usize> {
        let there = self.run.flow_range(range.clone());
        if there.len() != range.len() {
            return Vec::new();
        }
        let source = &self.reading.source.text;
        let first = self.flow.pieces.partition_point(|p| p.at as usize <= there.start).saturating_sub(1);
        let mut out = Vec::new();
        let mut last: Option<usize> = None;
        for (i, piece) in self.flow.pieces.iter().enumerate().skip(first) {
            if piece.at as usize >= there.end {
                break;
            }
            let Some(from) = piece.from.map(|f| f as usize) else { continue };
            let end = self.flow.pieces.get(i + 1).map_or(self.flow.text.len(), |p| p.at as usize);
            let apart = last.is_some_and(|last| {
                let between = source.get(last..from);
                between.is_none_or(|b| b.contains('\u{c}') || b.contains(char::is_alphanumeric))
            });
            if apart && piece.at as usize > there.start {
                out.push(range.start + piece.at as usize - there.start);
            }
            last = Some(from + end - piece.at as usize);
        }
        out
    }
}
