//! The running text: the lines that are left when the notes are taken out, joined where they were torn.

use std::ops::Range;

use super::Tools;
use super::cut::Cut;
use super::join::{self, Join, Seen};
use super::{overrule, thread};
use crate::layout::prose::{closes_sentence, is_set_apart, resumes};
use crate::layout::{Kind, Layout, post};
use crate::model::{Flow, Form, Repair, RepairKind};
use crate::said::said;
use crate::source::{Source, Span};

/// What is left of a line.
#[derive(Debug)]
pub struct Rest {
    /// The line.
    pub line: usize,
    /// Ranges of the source, in order.
    pub ranges: Vec<(usize, usize)>,
    /// Blank lines before it.
    pub blanks: usize,
    /// True if something was cut between it and the line before.
    pub cut: bool,
}

/// The running text as one flow.
pub(super) fn flow(
    tools: &Tools,
    layout: &Layout,
    form: Form,
    cuts: &[Cut],
    pages: &[Range<usize>],
    repairs: &mut Vec<Repair>,
) -> Flow {
    let rests = remaining(tools.source, layout, cuts);
    let mut rests = in_order(overrule::parted(tools.source, rests, tools.fixes), pages);
    drop_rules(tools.source, layout, &mut rests);
    let seen: Vec<Seen> = rests.iter().map(|rest| seen(tools, layout, rest)).collect();
    let mut joins = join::joins(form, &seen, &tools.hyphens);
    let thread = if form == Form::Thread { thread::Lines::of(&seen) } else { thread::Lines::default() };
    for (join, _) in joins.iter_mut().zip(&thread.bullets).filter(|(_, bullet)| **bullet) {
        *join = Join::Wrapped;
    }
    if !form.is_markdown() {
        part_posts(&seen, &mut joins);
        part_messages(&seen, &mut joins);
    }
    overrule::joins(tools.source, tools.fixes, &rests, &mut joins);
    let quoted = |i: usize| thread.quoted.get(i).copied().unwrap_or(false);
    let mut flow = Flow::default();
    for (i, rest) in rests.iter().enumerate() {
        if quoted(i) {
            flow.glue("> ");
        }
        let join = joins.get(i).copied();
        let last = rest.ranges.len() - 1;
        let goes_on = i > 0 && matches!(joins[i - 1], Join::Wrapped | Join::Torn | Join::Whole { .. });
        for (k, &(mut start, end)) in rest.ranges.iter().enumerate() {
            if goes_on && k == 0 {
                // the indentation of a line that goes on is no space between words
                let text = &tools.source.text[start..end];
                start += text.len() - text.trim_start().len();
            }
            let printed = &tools.source.text[start..end];
            match join {
                Some(Join::Whole { dropped: true }) if k == last => {
                    tools.copier.copy_without_hyphen(&mut flow, start, end);
                }
                Some(Join::Wrapped | Join::Torn | Join::Whole { .. }) if k == last => {
                    tools.copier.copy(&mut flow, start, start + printed.trim_end().len());
                }
                _ => tools.copier.copy(&mut flow, start, end),
            }
        }
        let (Some(join), Some(next)) = (join, rests.get(i + 1)) else { continue };
        flow.glue(&match join {
            Join::Line => "\n".to_owned(),
            Join::Wrapped | Join::Torn => " ".to_owned(),
            Join::Whole { .. } => String::new(),
            Join::Break if form.is_markdown() && !next.cut => "\n".repeat(next.blanks.clamp(1, 20) + 1),
            Join::Break if quoted(i) && quoted(i + 1) => "\n>\n".to_owned(),
            Join::Break => "\n\n".to_owned(),
        });
        repairs.extend(repair(tools.source, join, rest, next));
    }
    flow
}

/// The head of a post is a paragraph of its own, as soon as a text has several.
fn part_posts(seen: &[Seen], joins: &mut [Join]) {
    let heads: Vec<usize> = (0..seen.len()).filter(|&i| post::is_head(&seen[i].text)).collect();
    for i in heads.iter().filter(|_| heads.len() >= post::FEWEST) {
        for join in [i.checked_sub(1), Some(*i)].into_iter().flatten() {
            if let Some(join) = joins.get_mut(join) {
                *join = Join::Break;
            }
        }
    }
}

/// Each message of a conversation is a paragraph, with the lines that follow its first.
fn part_messages(seen: &[Seen], joins: &mut [Join]) {
    if !post::is_conversation(seen.iter().map(|line| line.text.as_str())) {
        return;
    }
    for (join, below) in joins.iter_mut().zip(&seen[1..]) {
        *join = match post::is_message(&below.text) || below.blanks > 0 {
            true => Join::Break,
            false => Join::Line,
        };
    }
}

/// Takes out the rules within a sentence: they stood between a page's text and notes that are no longer there.
fn drop_rules(source: &Source, layout: &Layout, rests: &mut Vec<Rest>) {
    /// Characters of the shortest line that is torn rather than a heading or a line of verse.
    const SHORTEST: usize = 40;
    let text = |rest: &Rest| layout.lines[rest.line].text(source);
    let mut torn = vec![false; rests.len()];
    for i in 1..rests.len().saturating_sub(1) {
        let (above, below) = (text(&rests[i - 1]), text(&rests[i + 1]));
        torn[i] = layout.lines[rests[i].line].kind == Kind::Rule
            && rests[i].blanks > 0
            && above.chars().take(SHORTEST).count() == SHORTEST
            && !closes_sentence(above)
            && (join::is_listed(above) || !is_set_apart(above))
            && (resumes(below) || join::opens_quotation(above) && join::closes_quotation(below));
    }
    for i in 1..rests.len() {
        rests[i].cut |= torn[i - 1];
    }
    let mut torn = torn.into_iter();
    rests.retain(|_| !torn.next().unwrap_or(false));
}

/// The repair that a join is, if it is one: that wrapped lines are one paragraph is no more than reading.
pub(super) fn repair(source: &Source, join: Join, above: &Rest, below: &Rest) -> Option<Repair> {
    let from = above.ranges.last().map_or(0, |r| r.1);
    let to = below.ranges.first().map_or(from, |r| r.0);
    let (kind, detail) = match join {
        Join::Line | Join::Wrapped | Join::Break => return None,
        Join::Torn => (RepairKind::Joined, said!("a sentence torn by a page or paragraph break was joined")),
        Join::Whole { dropped } => {
            let first = |(start, end): (usize, usize)| source.text[start..end].split_whitespace().next();
            let last = |(start, end): (usize, usize)| source.text[start..end].split_whitespace().next_back();
            let halves = (
                above.ranges.last().copied().and_then(last)?,
                below.ranges.first().copied().and_then(first)?,
            );
            let detail = if dropped {
                said!("“{} {}”: the hyphen was closed", halves.0, halves.1)
            } else {
                said!("“{} {}”: the hyphen was kept, its line end taken out", halves.0, halves.1)
            };
            (RepairKind::Hyphen, detail)
        }
    };
    let end = source.text[..from].trim_end().len();
    let (above, below) = (last_words(&source.text[..end]), first_words(&source.text[to..]));
    let after = match join {
        Join::Whole { dropped: true } => {
            let cut = super::hyphen::place(above).map_or(above.len(), |h| h.start);
            [&above[..cut], below].concat()
        }
        Join::Whole { dropped: false } => [above, below].concat(),
        _ => [above, " ", below].concat(),
    };
    let shown = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (shown([above, " ⏎ ", below].concat()), shown(after));
    // Where pages were moved, what comes next may stand before.
    let span = Span::new(from.min(to), to.max(from));
    Some(Repair { kind, span, line: source.line_of(to), detail, before, after, at: end as u32 })
}

/// Words shown on either side of a break.
const SHOWN: usize = 4;

/// The last words of the line that a text ends with.
fn last_words(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let start = line.rmatch_indices(char::is_whitespace).nth(SHOWN - 1).map_or(0, |(i, _)| i);
    line[start..].trim()
}

/// The first words of the line that a text begins with.
fn first_words(text: &str) -> &str {
    let line = text.trim_start().split('\n').next().unwrap_or(text);
    let end = line.match_indices(char::is_whitespace).nth(SHOWN - 1).map_or(line.len(), |(i, _)| i);
    line[..end].trim()
}

/// What can be seen of what is left of a line.
fn seen(tools: &Tools, layout: &Layout, rest: &Rest) -> Seen {
    let line = &layout.lines[rest.line];
    let text: String = rest.ranges.iter().map(|&(s, e)| tools.copier.words(s, e)).collect();
    let whole = rest.ranges.first().is_some_and(|r| r.0 == line.start);
    let printed = rest.ranges.last().map_or("", |&(s, e)| tools.source.text[s..e].trim_end());
    Seen {
        indent: usize::from(if whole { line.indent } else { 0 }),
        width: text.trim().chars().count(),
        marked: !text.trim_end().ends_with(|c| printed.ends_with(c)),
        text: text.trim().to_owned(),
        blanks: rest.blanks,
        cut: rest.cut,
        code: line.kind == Kind::Code,
        opens: whole && tools.source.text[line.start..line.end].starts_with('\u{3000}'),
    }
}

/// What is left of the lines, page by page in reading order.
fn in_order(rests: Vec<Rest>, pages: &[Range<usize>]) -> Vec<Rest> {
    if pages.len() < 2 {
        return rests;
    }
    let mut rests: Vec<Option<Rest>> = rests.into_iter().map(Some).collect();
    let place = |line: usize, rests: &[Option<Rest>]| {
        rests.partition_point(|r| r.as_ref().is_some_and(|r| r.line < line))
    };
    let bounds: Vec<Range<usize>> =
        pages.iter().map(|p| place(p.start, &rests)..place(p.end, &rests)).collect();
    let mut out: Vec<Rest> = Vec::with_capacity(rests.len());
    for (page, bounds) in pages.iter().zip(bounds) {
        let mut first = true;
        for slot in &mut rests[bounds] {
            let Some(mut rest) = slot.take() else { continue };
            // Where pages meet that did not in the file, their edge lies between.
            if std::mem::take(&mut first) && out.last().is_some_and(|o| o.line + 1 != page.start) {
                (rest.cut, rest.blanks) = (true, rest.blanks.max(1));
            }
            out.push(rest);
        }
    }
    // No line is lost, whatever the pages say.
    out.extend(rests.into_iter().flatten());
    out
}

/// The lines minus the cuts.
pub fn remaining(source: &Source, layout: &Layout, cuts: &[Cut]) -> Vec<Rest> {
    let mut out = Vec::new();
    let mut next = 0;
    let (mut blanks, mut cut) = (0, false);
    for (index, line) in layout.lines.iter().enumerate() {
        if line.is_blank() {
            blanks += 1;
            continue;
        }
        while cuts.get(next).is_some_and(|c| c.span.end as usize <= line.start) {
            next += 1;
        }
        let mut ranges = Vec::new();
        let mut at = line.start;
        let mut k = next;
        // The sign of a page's edge before the first word.
        cut |= cuts.get(k).is_some_and(|c| c.span.start as usize == line.text_start(source));
        while let Some(c) = cuts.get(k).filter(|c| (c.span.start as usize) < line.end) {
            if c.span.start as usize > at {
                ranges.push((at, c.span.start as usize));
            }
            at = at.max(c.span.end as usize);
            k += 1;
        }
        if at < line.end {
            ranges.push((at, line.end));
        }
        ranges.retain(|&(s, e)| !source.text[s..e].trim().is_empty());
        let touched = k > next;
        if ranges.is_empty() {
            cut = true;
            continue;
        }
        out.push(Rest { line: index, ranges, blanks, cut });
        (blanks, cut) = (0, touched && cuts[k - 1].span.end as usize >= line.end);
    }
    out
}
