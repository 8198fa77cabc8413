//! Where each note ends.
//!
//! Between two notes whose markers both stand before the first of them there is nothing but the first
//! note: it may run to several paragraphs. The last note of a block ends with its paragraph, at a page's
//! end, at its closing bracket, or where the sentence that the notes interrupted goes on.

use std::iter;
use std::ops::Range;

use super::pair::Solution;
use super::{FoundNote, Sign, head, link, marker};
use crate::layout::prose::{closes_sentence, resumes};
use crate::layout::{Kind, Layout};
use crate::source::{Source, Span};

/// Fewest times that the text must go on between two notes, and most notes for each, where notes stand at the feet of
/// pages rather than in lists.
const FEET: (usize, usize) = (2, 4);

/// The notes with their text.
pub fn notes(
    source: &Source,
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    solution: &Solution,
) -> Vec<FoundNote> {
    let chosen: Vec<&head::Candidate> = solution.notes.iter().map(|n| &heads[n.candidate]).collect();
    let marks: Vec<usize> = {
        let mut lines: Vec<usize> = solution.markers.iter().map(|m| markers[m.candidate].line).collect();
        lines.sort_unstable();
        lines
    };
    let pages = layout.columns();
    let at_page_bottoms = layout.feeds && {
        let tied =
            solution.markers.iter().filter_map(|m| Some((markers[m.candidate].line, chosen[m.note?].line)));
        let (all, same) = tied.fold((0, 0), |(n, s), (m, h)| (n + 1, s + usize::from(pages[m] == pages[h])));
        same * 2 > all
    };
    // a line with a marker between a head and the next: the text goes on in between
    let marked = |head: &head::Candidate, next: &head::Candidate| {
        let from = marks.partition_point(|&l| l <= head.line);
        marks.get(from).is_some_and(|&l| l < next.line)
    };
    let at_feet = {
        let blocks = chosen.windows(2).filter(|w| marked(w[0], w[1])).count();
        blocks >= FEET.0 && blocks * FEET.1 >= chosen.len()
    };
    // a rule right above the next head: the notes of another page begin
    let under_rule: Vec<bool> = chosen.iter().map(|head| stands_under_rule(layout, head.line)).collect();
    let ruled = under_rule.iter().filter(|under| **under).count() >= FEET.0;
    let mut found: Vec<FoundNote> = Vec::with_capacity(chosen.len());
    for (i, &head) in chosen.iter().enumerate() {
        let next = chosen.get(i + 1);
        let text_between = next.is_none_or(|n| {
            let marked = marked(head, n);
            let page_ends = at_page_bottoms && pages[head.line] != pages[n.line];
            marked || page_ends || ruled && under_rule[i + 1] || series(head.sign) != series(n.sign)
        });
        let limit = next.map_or(source.text.len(), |n| n.span.start as usize);
        let pieces = if head.traits.bracketed {
            bracketed(source, head, limit)
        } else if head.traits.quoted {
            quoted(source, layout, head, limit)
        } else if text_between {
            last_of_block(source, layout, head, limit)
        } else {
            let below = next.map_or(layout.lines.len(), |n| n.line + usize::from(n.traits.runs_on));
            whole(source, layout, head, below, limit, at_feet)
        };
        found.push(FoundNote {
            label: head.label.clone(),
            shown: head.shown.clone(),
            head: head.span,
            pieces,
            part: solution.notes[i].part,
        });
    }
    continuations(source, layout, &marks, &chosen, &mut found);
    found
}

/// True if a rule parts a head from what stands above it.
fn stands_under_rule(layout: &Layout, head: usize) -> bool {
    let above = (0..head).rev().find(|&l| !layout.lines[l].is_blank());
    above.is_some_and(|l| layout.lines[l].kind == Kind::Rule)
}

/// Which notes follow upon one another: those of a list of works do not follow upon those at the foot of a page.
fn series(sign: Sign) -> u8 {
    match sign {
        Sign::Bracket => 0,
        Sign::Symbol => 1,
        Sign::Raised | Sign::Paren | Sign::Bare | Sign::Dotted | Sign::Worded => 2,
    }
}

/// `[Footnote 1: …]`: to the bracket that closes it.
fn bracketed(source: &Source, head: &head::Candidate, limit: usize) -> Vec<Span> {
    /// A note whose bracket does not close within this many bytes is taken to its paragraph's end.
    const LONGEST: usize = 20_000;
    let start = head.span.end as usize;
    let text = &source.text[start..limit];
    let mut depth = 1;
    for (i, b) in text.bytes().enumerate().take(LONGEST) {
        match b {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return vec![Span::new(start, start + i)];
        }
    }
    let end = text.find("\n\n").unwrap_or(text.len());
    vec![Span::new(start, start + end)]
}

/// In a quotation: the rest of its paragraph, without the sign before each line.
fn quoted(source: &Source, layout: &Layout, head: &head::Candidate, limit: usize) -> Vec<Span> {
    let first = Span::new(head.span.end as usize, layout.lines[head.line].end.min(limit));
    let below = layout.lines[head.line + 1..].iter().take_while(|l| l.start < limit && l.is_text());
    let rest = below.map_while(|line| {
        let text = line.text(source);
        let start = line.text_start(source) + head::quotation(text)?;
        let end = line.end.min(limit);
        (start < end).then(|| Span::new(start, end))
    });
    iter::once(first).chain(rest).collect()
}

/// Everything up to the line of the next note, or to that note where it stands amid a line, without the furniture and
/// headings in between. Where notes stand at the feet of pages
/// a page's end ends them: what a note has left to say stands at the next foot, which [`continuations`] looks for.
fn whole(
    source: &Source,
    layout: &Layout,
    head: &head::Candidate,
    next_line: usize,
    limit: usize,
    at_feet: bool,
) -> Vec<Span> {
    let start = head.span.end as usize;
    let first = layout.line_at(start);
    let mut pieces: Vec<Span> = Vec::new();
    let mut open: Option<(usize, usize)> = Some((start, layout.lines[first].end.min(limit)));
    for index in first + 1..next_line {
        let line = &layout.lines[index];
        if at_feet && (line.feed || line.is_furniture()) {
            break;
        }
        match line.kind {
            Kind::Furniture(_) | Kind::Rule => {
                if let Some((s, e)) = open.take() {
                    pieces.push(Span::new(s, e.max(s)));
                }
            }
            Kind::Blank => {}
            Kind::Text | Kind::Code => {
                if ends_block(source, layout, index, next_line)
                    || numbers_page(source, layout, index, at_feet)
                {
                    break;
                }
                open = Some((open.map_or(line.start, |o| o.0), line.end.min(limit)));
            }
        }
    }
    pieces.extend(open.map(|(s, e)| Span::new(s, e.max(s))));
    pieces
}

/// True for a line between two notes that is no part of either: a heading that the next notes stand under.
fn ends_block(source: &Source, layout: &Layout, index: usize, next_line: usize) -> bool {
    let alone =
        layout.lines[index - 1].is_blank() && layout.lines.get(index + 1).is_none_or(|l| l.is_blank());
    let last = layout.text_from(index + 1).is_none_or(|n| n >= next_line);
    alone && last && super::super::layout::looks_like_heading(layout.text(source, index))
}

/// True for a number alone behind what is said to its end: where page numbers do not count on, as in a booklet in the order
/// of its sheets, it is the number of the next page, whose text is no part of the note.
fn numbers_page(source: &Source, layout: &Layout, index: usize, at_feet: bool) -> bool {
    let text = layout.text(source, index);
    let number = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let alone =
        layout.lines[index - 1].is_blank() && layout.lines.get(index + 1).is_none_or(|l| l.is_blank());
    let ended = || layout.text_before(index).is_some_and(|l| closes_sentence(layout.text(source, l)));
    number && alone && (at_feet || ended())
}

/// The last note before the text goes on (or before the document's end).
fn last_of_block(source: &Source, layout: &Layout, head: &head::Candidate, limit: usize) -> Vec<Span> {
    let start = head.span.end as usize;
    let first = layout.line_at(start);
    let hanging = layout.lines[head.line].indent;
    let interrupted = interrupted_sentence(source, layout, head.line);
    // The next note may begin within a line, or behind its indentation.
    let mut end = layout.lines[first].end.min(limit);
    let mut last_text = first;
    let mut index = first + 1;
    while let Some(line) = layout.lines.get(index).filter(|l| l.start < limit) {
        match line.kind {
            Kind::Blank => {
                // A further paragraph of the note is indented like the note, which is indented itself.
                let next = layout.text_from(index);
                let goes_on = hanging >= 2
                    && next.is_some_and(|n| {
                        layout.lines[n].start < limit
                            && layout.lines[n].indent >= hanging
                            && !opens_indented(layout, n, hanging)
                            && n <= index + 2
                            && !layout.lines[index..n]
                                .iter()
                                .any(|l| l.feed || l.column || l.kind == Kind::Rule)
                    })
                    && body_indent(layout, head.line) < hanging;
                let begins_below = last_text == first && only_leads_back(&source.text[start..end]);
                if !goes_on && !begins_below {
                    break;
                }
            }
            Kind::Furniture(_) | Kind::Rule => break,
            Kind::Text | Kind::Code => {
                if line.feed || line.column {
                    break;
                }
                if interrupted
                    && closes_sentence(layout.text(source, last_text))
                    && resumes(layout.text(source, index))
                {
                    break;
                }
                end = line.end.min(limit);
                last_text = index;
            }
        }
        index += 1;
    }
    vec![Span::new(start, end.max(start))]
}

/// True if all that a note has so far is a link without words, a way back on a line of its own: the note itself is the
/// paragraph below.
fn only_leads_back(text: &str) -> bool {
    let wordless = |part: &str| !part.contains(char::is_alphanumeric);
    let mut parts = text.split("](");
    let label = parts.next().is_some_and(|part| part.contains('[') && wordless(part));
    let mut behind = parts.map(|part| link::closing(part).map_or(part, |end| &part[end..])).peekable();
    label && behind.peek().is_some() && behind.all(wordless)
}

/// True for the first line of a paragraph whose other lines are not indented.
fn opens_indented(layout: &Layout, line: usize, hanging: u16) -> bool {
    layout.lines.get(line + 1).is_some_and(|below| below.kind == Kind::Text && below.indent < hanging)
}

/// The usual indentation of the text around a note.
fn body_indent(layout: &Layout, line: usize) -> u16 {
    let from = line.saturating_sub(60);
    let mut indents: Vec<u16> =
        layout.lines[from..line].iter().filter(|l| l.kind == Kind::Text).map(|l| l.indent).collect();
    indents.sort_unstable();
    indents.get(indents.len() / 2).copied().unwrap_or(0)
}

/// True if the text before a block of notes stops in the middle of a sentence.
fn interrupted_sentence(source: &Source, layout: &Layout, head_line: usize) -> bool {
    // upwards over the block of notes (no blank line inside), then over the blank lines
    let mut line = head_line;
    while line > 0 && layout.lines[line - 1].is_text() {
        line -= 1;
    }
    layout.text_before(line).is_some_and(|l| !closes_sentence(layout.text(source, l)))
}

/// A note that breaks off at the foot of a page goes on above the next block of notes, without a label.
fn continuations(
    source: &Source,
    layout: &Layout,
    marks: &[usize],
    heads: &[&head::Candidate],
    found: &mut [FoundNote],
) {
    for i in 0..found.len().saturating_sub(1) {
        let next = heads[i + 1];
        let Some(last) = found[i].pieces.last().copied() else { continue };
        if heads[i].traits.bracketed
            || next.sign == Sign::Worded
            || closes_sentence(source.slice(last).trim_end())
        {
            continue;
        }
        // the lines right above the next head; with a blank line between only under a rule
        let bottom = (0..next.line).rev().find(|&l| !layout.lines[l].is_blank()).map_or(0, |l| l + 1);
        let spaced = bottom < next.line;
        let mut top = bottom;
        while top > 0
            && layout.lines[top - 1].is_text()
            && layout.lines.get(top).is_none_or(|l| !l.feed && !l.column)
        {
            top -= 1;
        }
        let first = begins_page(layout, top);
        if first {
            let Some(split) = smaller_type(layout, marks, top..bottom) else { continue };
            top = split;
        }
        let start = layout.lines[top].start;
        let ruled = stands_under_rule(layout, top);
        let beside_blank = top.checked_sub(1).is_some_and(|t| layout.lines[t].is_blank());
        let own = top < bottom
            && start > last.end as usize
            && resumes(layout.text(source, top))
            && (ruled || first || beside_blank && !spaced);
        if own {
            found[i].pieces.push(Span::new(start, layout.lines[bottom - 1].end));
        }
    }
}

/// True if no other text of its page stands above a line: it is the text that goes on there, not the notes.
fn begins_page(layout: &Layout, line: usize) -> bool {
    let before = layout.text_before(line);
    before.is_none_or(|before| {
        let between = &layout.lines[before + 1..=line];
        between.iter().any(|l| l.feed || l.column || l.is_furniture())
    })
}

/// The line of a page's text from which on it is a note that goes on: notes are set smaller, so their lines hold more.
fn smaller_type(layout: &Layout, marks: &[usize], lines: Range<usize>) -> Option<usize> {
    /// The lines of a note are longer by this factor at least.
    const LONGER: f32 = 1.08;
    /// Lines of the longest page; every line of it is tried as the first of the note.
    const PAGE: usize = 200;
    if lines.len() > PAGE {
        return None;
    }
    let length = |i: usize| (layout.lines[i].end - layout.lines[i].start) as f32;
    let median = |lines: Range<usize>| {
        let mut lengths: Vec<f32> = lines.map(length).collect();
        lengths.sort_unstable_by(f32::total_cmp);
        lengths[lengths.len() / 2]
    };
    // The text goes on at least as far as its last marker. The last line of either is as long as it happens to be.
    let first = marks[..marks.partition_point(|&m| m < lines.end)].last().map_or(0, |m| m + 1);
    let off = |lines: Range<usize>, middle: f32| lines.map(|i| (length(i) - middle).abs()).sum::<f32>();
    (first.max(lines.start + 1)..lines.end)
        .filter_map(|split| {
            let (text, note) = (lines.start..split, split..(lines.end - 1).max(split + 1));
            let (short, long) = (median(text.clone()), median(note.clone()));
            (long >= short * LONGER).then(|| (split, off(text, short) + off(note, long)))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|found| found.0)
}
