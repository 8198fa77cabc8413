//! Markers afloat: what reads a PDF puts a raised figure at the end of the line it was printed on.
//!
//! Where the figure stood it often leaves a gap: a space before a comma, two spaces between words. The marker goes back
//! there if exactly one place stands out, by being the only gap or by what the note says; in doubt it stays.

use crate::fixes::Fixes;
use crate::layout::Layout;
use crate::model::{Marker, MarkerId, Repair, RepairKind};
use crate::notes::{Apparatus, FoundNote};
use crate::quotes;
use crate::said::said;
use crate::source::{Source, Span};

/// A marker that was printed elsewhere than where its line shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Float {
    /// Which.
    pub marker: MarkerId,
    /// The gap it left: first byte and one past the last.
    pub place: (usize, usize),
    /// What was done.
    pub repair: Repair,
}

/// What of a note is compared with the words around a gap, in bytes: it says early what it is about.
const OPENING: usize = 300;
/// What makes a gap stand out among several: more than a quotation mark alone.
const CLEAR: u32 = 2;

/// All markers that are to be put back.
pub fn floats(source: &Source, layout: &Layout, apparatus: &Apparatus, fixes: &Fixes) -> Vec<Float> {
    let mut afloat = afloat(source, layout, &apparatus.markers);
    let mut out: Vec<Float> = apparatus
        .moved
        .iter()
        .map(|&(marker, at)| float(source, &apparatus.markers, marker, at..at))
        .collect();
    afloat.retain(|&(_, i)| !apparatus.moved.iter().any(|m| m.0 == i));
    if afloat.is_empty() {
        return out;
    }
    let usual = Usual::of(source, layout, afloat.len());
    let mut rest = afloat.as_slice();
    while let Some(&(line, _)) = rest.first() {
        let here = rest.iter().take_while(|f| f.0 == line).count();
        let (group, later) = rest.split_at(here);
        rest = later;
        let markers: Vec<usize> = group.iter().map(|f| f.1).collect();
        put_back(source, layout, apparatus, line, &markers, &usual, &mut out);
    }
    out.retain(|f| apparatus.moved.iter().any(|m| m.1 == f.place.0) || !fixes.keep(f.place.0));
    out
}

/// A marker put back.
fn float(source: &Source, markers: &[Marker], index: usize, gap: std::ops::Range<usize>) -> Float {
    let marker = &markers[index];
    let printed = marker.span.start as usize;
    let (there, here) = (tail(&source.text[..printed]), tail(&source.text[..gap.start]));
    let detail =
        said!("the marker {} was printed behind “{}”; it belongs behind “{}”", marker.shown, there, here);
    let end = marker.span.end as usize;
    let repair = Repair {
        kind: RepairKind::Marker,
        span: Span::new(gap.start.min(printed), end.max(gap.start)),
        line: source.line_of(printed),
        detail,
        before: format!("{there} {}", marker.shown),
        after: format!("{here}{}", marker.shown),
        at: gap.start as u32,
    };
    Float { marker: MarkerId(index as u32), place: (gap.start, gap.end), repair }
}

/// The figures at the ends of lines, with a space before them, that point to a note: line and marker.
fn afloat(source: &Source, layout: &Layout, markers: &[Marker]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // From behind, since what stands after a figure may be another one.
    let mut open = usize::MAX;
    for (i, marker) in markers.iter().enumerate().rev() {
        let (start, end) = (marker.span.start as usize, marker.span.end as usize);
        let line = layout.line_at(start);
        let stop = layout.lines[line].end.min(open).max(end);
        let at_end = source.text[end..stop].trim().is_empty();
        let figure = !marker.shown.is_empty() && marker.shown.chars().all(|c| c.is_ascii_digit());
        let apart =
            source.text[layout.lines[line].start..start].chars().next_back().is_none_or(char::is_whitespace);
        if figure && apart && at_end && marker.note.is_some() {
            out.push((line, i));
            open = start;
        } else {
            open = usize::MAX;
        }
    }
    out.reverse();
    out
}

/// A gap in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    start: usize,
    end: usize,
}

/// Which kinds of gap are rare enough in the document to say anything.
struct Usual {
    before_sign: Vec<char>,
    doubled: bool,
}

impl Usual {
    /// Gaps beyond the number of markers afloat that a document may have by mistake.
    const STRAY: usize = 2;

    fn of(source: &Source, layout: &Layout, floats: usize) -> Usual {
        let mut counts = [0usize; SIGNS.len()];
        let mut doubled = 0;
        for line in layout.lines.iter().filter(|l| l.is_text()) {
            for gap in all_gaps(source, line.start, line.end) {
                match sign_behind(source, gap) {
                    Some(sign) => {
                        if let Some(i) = SIGNS.iter().position(|s| *s == sign) {
                            counts[i] += 1;
                        }
                    }
                    None => doubled += 1,
                }
            }
        }
        // As many again as there are markers: one reader of PDFs leaves a gap on either side.
        let rare = |n: usize| n <= 2 * floats + Self::STRAY;
        let before_sign = SIGNS.iter().zip(counts).filter(|(_, n)| rare(*n)).map(|(s, _)| *s).collect();
        Usual { before_sign, doubled: rare(doubled) }
    }

    fn tells(&self, source: &Source, gap: Gap) -> bool {
        sign_behind(source, gap).map_or(self.doubled, |s| self.before_sign.contains(&s))
    }
}

/// Signs that no space stands before, in most languages.
const SIGNS: [char; 10] = [',', '.', ';', ':', '!', '?', ')', ']', '”', '»'];

/// The sign that a gap stands before.
fn sign_behind(source: &Source, gap: Gap) -> Option<char> {
    let mut after = source.text[gap.end..].chars();
    let sign = after.next().filter(|c| SIGNS.contains(c))?;
    // `.5`, `.txt`, `. . .`: the sign belongs to what follows.
    after.next().is_none_or(|c| c.is_whitespace() || SIGNS.contains(&c)).then_some(sign)
}

/// Gaps of every kind in a stretch of a line, without those at its ends.
fn all_gaps(source: &Source, start: usize, end: usize) -> Vec<Gap> {
    /// More spaces than this set columns apart.
    const WIDEST: usize = 3;
    let text = &source.text[start..end];
    let mut gaps = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    let stop = text.trim_end().len();
    while let Some(found) = text.get(at..stop).and_then(|t| t.find(' ')) {
        let from = at + found;
        let width = text[from..].bytes().take_while(|b| *b == b' ').count();
        at = from + width;
        let gap = Gap { start: start + from, end: start + at };
        let before = text[..from].chars().next_back();
        let dots = text[at..].starts_with('.') && (before == Some('.') || text[at..].starts_with(". ."));
        // `’ ”`: a quotation ends within another.
        let opens = before.is_none_or(|c| "([«“„—–’”".contains(c) && !text[at..].starts_with([',', '.']));
        let sign = sign_behind(source, gap).is_some() && !dots && !opens;
        // Two spaces after a sentence are a typewriter's habit.
        let doubled = (2..=WIDEST).contains(&width) && before.is_some_and(|c| !".!?:".contains(c));
        if sign && width <= WIDEST || doubled {
            gaps.push(gap);
        }
    }
    gaps
}

/// Puts the markers afloat at the end of one line back, as far as that is clear.
fn put_back(
    source: &Source,
    layout: &Layout,
    apparatus: &Apparatus,
    line: usize,
    markers: &[usize],
    usual: &Usual,
    out: &mut Vec<Float>,
) {
    let Some(first) = markers.first().map(|&i| apparatus.markers[i].span.start as usize) else { return };
    let mut start = layout.lines[line].start;
    let mut end = first;
    if source.text[start..end].trim().is_empty() {
        // On a line of its own: the line it was printed on is the one before.
        let Some(before) = layout.text_before(line).filter(|b| b + 2 >= line) else { return };
        (start, end) = (layout.lines[before].start, layout.lines[before].end);
    }
    let mut gaps = all_gaps(source, start, end);
    gaps.retain(|g| usual.tells(source, *g) && !touched(&apparatus.markers, *g));
    // Two spaces before the figure: the place where it is printed is a gap as well.
    let own = source.text[start..end].len() - source.text[start..end].trim_end().len() >= 2;
    let in_order = gaps.len() == markers.len() && !own;
    let mut from = 0;
    for (k, &index) in markers.iter().enumerate() {
        let marker = &apparatus.markers[index];
        let note = marker.note.and_then(|n| apparatus.notes.get(n.0 as usize));
        let chosen = if in_order { Some(k) } else { standing_out(source, &gaps, from, note) };
        let Some(&gap) = chosen.and_then(|c| gaps.get(c)) else { continue };
        from = chosen.map_or(from, |c| c + 1);
        out.push(float(source, &apparatus.markers, index, gap.start..gap.end));
    }
}

/// True if a marker stands right beside a gap: it is no gap that another one left.
fn touched(markers: &[Marker], gap: Gap) -> bool {
    let next = markers.partition_point(|m| (m.span.end as usize) < gap.start);
    markers.get(next).is_some_and(|m| m.span.start as usize <= gap.end)
}

/// The one gap from `from` on that the note speaks for most.
fn standing_out(source: &Source, gaps: &[Gap], from: usize, note: Option<&FoundNote>) -> Option<usize> {
    let opening: String =
        note?.pieces.iter().map(|p| source.slice(*p)).flat_map(|t| t.chars().take(OPENING)).collect();
    let words: Vec<String> = opening
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let score = |gap: &Gap| bond(&source.text[..gap.start], &words);
    let scores: Vec<u32> = gaps.iter().skip(from).map(score).collect();
    let best = scores.iter().copied().max().filter(|s| *s >= CLEAR)?;
    let mut at = scores.iter().enumerate().filter(|(_, s)| **s == best).map(|(i, _)| i + from);
    at.next().filter(|_| at.next().is_none())
}

/// How much the word before a gap has to do with a note: 3 for an abbreviation that the note writes out, 2 for a word
/// that it repeats or varies, 1 more for a word in quotation marks.
fn bond(before: &str, note: &[String]) -> u32 {
    /// Letters that two forms of one word or name share at least.
    const SHARED: usize = 4;
    let quoted = before.ends_with(quotes::closes);
    let stem = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = &stem[stem.trim_end_matches(char::is_alphanumeric).len()..];
    let letters = word.trim_end_matches('s');
    let lower = word.to_lowercase();
    let abbreviates = letters.chars().filter(|c| c.is_uppercase()).count() >= 2 && spells(letters, note);
    let shares = |w: &String| {
        let same = w.chars().zip(lower.chars()).take_while(|(a, b)| a == b).count();
        same >= SHARED && same * 3 >= lower.chars().count() * 2
    };
    let repeated = lower.chars().count() > 2 && note.contains(&lower) && word.starts_with(char::is_uppercase);
    let told = if abbreviates {
        3
    } else if repeated || note.iter().any(shares) {
        2
    } else {
        0
    };
    told + u32::from(quoted)
}

/// True if successive words of the note begin with the letters of an abbreviation, one or more each.
fn spells(letters: &str, note: &[String]) -> bool {
    let letters: Vec<char> = letters.to_lowercase().chars().collect();
    (0..note.len()).any(|from| {
        let mut at = 0;
        for word in &note[from..] {
            let same = word.chars().zip(&letters[at..]).take_while(|(a, b)| a == *b).count();
            if same == 0 {
                break;
            }
            at += same;
        }
        at == letters.len()
    })
}

/// The last words of a text, for a message.
fn tail(text: &str) -> String {
    const LONGEST: usize = 24;
    let text = text.trim_end();
    let start = text.char_indices().rev().take(LONGEST).last().map_or(0, |(i, _)| i);
    text[start..].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Form, NoteId};
    use crate::notes::Label;

    /// Marks every `@n` of a text as a marker for the n-th note and says where each goes: the words before it.
    fn places(text: &str, notes: &[&str]) -> Vec<String> {
        let mut plain = text.replace('@', "");
        let starts: Vec<usize> = text.match_indices('@').enumerate().map(|(i, (at, _))| at - i).collect();
        let markers: Vec<Marker> = starts
            .iter()
            .enumerate()
            .map(|(i, &at)| Marker {
                label: (i + 1).to_string(),
                shown: (i + 1).to_string(),
                span: Span::new(at, at + 1),
                note: Some(NoteId(i as u32)),
                evidence: String::new(),
            })
            .collect();
        let mut found = Vec::new();
        for (i, note) in notes.iter().enumerate() {
            plain.push('\n');
            let start = plain.len();
            plain.push_str(note);
            found.push(FoundNote {
                label: Label::new(&(i + 1).to_string()),
                shown: (i + 1).to_string(),
                head: Span::new(start, start),
                pieces: vec![Span::new(start, plain.len())],
                part: 1,
            });
        }
        let source = Source::new("case.txt", plain);
        let layout = Layout::read(&source, Form::PdfText);
        let apparatus = Apparatus { markers, notes: found, ..Apparatus::default() };
        let floats = floats(&source, &layout, &apparatus, &Fixes::none());
        let last = |at: usize| source.text[..at].rsplit(' ').next().unwrap_or_default().to_owned();
        floats.iter().map(|f| last(f.place.0)).collect()
    }

    #[test]
    fn the_only_gap_takes_the_marker() {
        let text = "The millers of the valley , who had seen the flood, said @1\nnothing of it.";
        assert_eq!(places(text, &["They were seven."]), ["valley"]);
        let own_line = "The millers of the valley , who had seen the flood, said\n@1\nnothing.";
        assert_eq!(places(own_line, &["They were seven."]), ["valley"]);
        let doubled = "The millers of the  valley who had seen the flood said @1\nnothing.";
        assert_eq!(places(doubled, &["They were seven."]), ["the"]);
    }

    #[test]
    fn among_several_gaps_the_note_tells() {
        let text = "The “weirs” , the MGV , and the flood , were spoken of @1\nthere.";
        assert_eq!(places(text, &["Millers’ Guild of the Valley."]), Vec::<String>::new());
        assert_eq!(places(text, &["Millers’ Guild Valley, a league."]), ["MGV"]);
        assert_eq!(places(text, &["A weir holds the water back."]), ["“weirs”"]);
    }

    #[test]
    fn in_doubt_it_stays() {
        assert!(
            places("The millers said nothing of the flood that came. @1\nNothing.", &["In May."]).is_empty()
        );
        assert!(
            places("The miller , the baker , and the smith said so. @1\nNothing.", &["In May."]).is_empty()
        );
        assert!(places("The miller , who was old, said so.  @1\nNothing.", &["In May."]).is_empty());
        assert!(places("And so on . . . and on it went for years and @1\nyears.", &["In May."]).is_empty());
    }

    #[test]
    fn several_on_one_line_keep_their_order() {
        let text = "The miller , and after him the baker , went home @1 @2\nat night.";
        assert_eq!(places(text, &["Old.", "Young."]), ["miller", "baker"]);
    }
}
