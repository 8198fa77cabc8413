//! What has to be done to a flow before `pulldown-cmark` reads it.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::model::Flow;
use crate::parse::reading::{Found, Reading};

/// Inline notes inside inline notes: deeper ones stay text. Nobody writes three.
const DEEPEST: usize = 8;

/// Cuts inline notes out (each leaves a mark) and escapes what would be taken for a link's definition although it is
/// text. Without either the flow is returned as it is.
pub(super) fn prepare(flow: &Flow, nested: usize, reading: &mut Reading) -> Flow {
    let text = flow.text.as_str();
    let notes = text.contains("^[");
    let in_html = reading.is_print && text.contains("[^") && text.contains('<');
    if !notes && !in_html && !may_define(text) {
        return flow.clone();
    }
    let seen = Seen::of(text);
    let notes =
        if notes { inline_notes(text, &seen.code, DEEPEST.saturating_sub(nested)) } else { Vec::new() };
    let mut cuts: Vec<(Range<usize>, Cut)> = notes.into_iter().map(|r| (r, Cut::Note)).collect();
    cuts.extend(seen.false_definitions(text).into_iter().map(|at| (at..at, Cut::Escape)));
    if in_html {
        cuts.extend(references(text, &seen.html).into_iter().map(|r| (r, Cut::Reference)));
    }
    cuts.sort_by_key(|c| c.0.start);
    let mut out = Flow::default();
    let mut at = 0;
    for (range, cut) in cuts {
        if range.start < at {
            continue;
        }
        out.append(flow, at..range.start);
        at = range.end;
        match cut {
            Cut::Note => {
                let span = flow.source_span(range.clone());
                let marker = reading.hidden_marker("", span, "written as `^[note]`");
                let inner = trimmed(text, range.start + 2..range.end - 1);
                reading.queue.push_back((reading.found.len(), flow.cut(inner), nested + 1));
                reading.found.push(Found { label: None, marker: Some(marker), span, blocks: Vec::new() });
                out.mark(marker);
            }
            Cut::Reference => {
                let span = flow.source_span(range.clone());
                let label = &text[range.start + 2..range.end - 1];
                out.mark(reading.reference(label, span));
            }
            Cut::Escape => out.glue("\\"),
        }
    }
    out.append(flow, at..text.len());
    out
}

/// What becomes of a stretch of the text.
#[derive(Clone, Copy)]
enum Cut {
    /// An inline note.
    Note,
    /// `[^label]` in HTML, which Markdown does not look into.
    Reference,
    /// The beginning of what would be taken for a definition.
    Escape,
}

/// Every `[^label]` in these ranges.
fn references(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for range in ranges {
        let html = &text[range.clone()];
        for (at, _) in html.match_indices("[^") {
            let Some(close) = html[at..].find(']') else { continue };
            if !html[at..at + close].contains(char::is_whitespace) && close > 2 {
                out.push(range.start + at..range.start + at + close + 1);
            }
        }
    }
    out
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..(start + inner.trim().len())
}

/// True if some line may begin the definition of a link.
fn may_define(text: &str) -> bool {
    text.match_indices("]:").any(|(at, _)| {
        let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let open = text[line..at].find('[').map(|i| line + i);
        open.is_some_and(|open| !text[open..].starts_with("[^"))
    })
}

/// What a first reading of the text shows.
struct Seen {
    /// Code spans and blocks, and inline HTML: no note begins there.
    code: Vec<Range<usize>>,
    /// Blocks of HTML.
    html: Vec<Range<usize>>,
    /// Labels that links refer to, folded.
    used: BTreeSet<String>,
    /// Stretches between blocks: link definitions are among them.
    gaps: Vec<Range<usize>>,
}

impl Seen {
    fn of(text: &str) -> Seen {
        let mut seen = Seen { code: Vec::new(), html: Vec::new(), used: BTreeSet::new(), gaps: Vec::new() };
        let mut covered = 0;
        for (event, range) in super::parser(text).into_offset_iter() {
            if let Event::Start(Tag::HtmlBlock) = &event {
                seen.html.push(range.clone());
            }
            match &event {
                Event::Code(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    seen.code.push(range.clone());
                }
                Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                    if !matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email) =>
                {
                    seen.used.insert(fold(id));
                }
                _ => {}
            }
            let container = matches!(
                &event,
                Event::End(_)
                    | Event::Start(
                        Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)
                    )
            );
            if !container {
                if range.start > covered {
                    seen.gaps.push(covered..range.start);
                }
                covered = covered.max(range.end);
            }
        }
        if covered < text.len() {
            seen.gaps.push(covered..text.len());
        }
        seen
    }

    /// Where definitions of links begin that are none: what they would define is no address, and nothing refers to
    /// them, or only what looks like a note's number does. `[1]: Smith` is a note somebody typed.
    fn false_definitions(&self, text: &str) -> Vec<usize> {
        let mut out = Vec::new();
        let mut defined = BTreeSet::new();
        for gap in &self.gaps {
            let mut at = gap.start;
            while let Some(found) = text[at..gap.end].find("]:") {
                let close = at + found;
                let open = text[at..close].find('[').map(|i| at + i);
                at = close + 2;
                let Some(open) = open else { continue };
                let label = fold(&text[open + 1..close]);
                let target = text[at..gap.end].split_whitespace().next().unwrap_or_default();
                let address = target.starts_with(['<', '#', '/'])
                    || target.contains(['/', '.', '@', ':', '#'])
                        && !target.ends_with(['.', ':', ','])
                        && target.len() > 3;
                let numbered = label.chars().all(|c| c.is_ascii_digit());
                let first = defined.insert(label.clone());
                if !address && (!first || numbered || !self.used.contains(&label)) && !label.starts_with('^')
                {
                    out.push(open);
                }
            }
        }
        out
    }
}

fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The outermost `^[…]` of a text, in order. Brackets balance within a paragraph; those in `code` and escaped ones do
/// not count. `^[12]` is no note but a raised number, and what stands in `[^…]` is no note but of a label.
fn inline_notes(text: &str, code: &[Range<usize>], deepest: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut open: Vec<Bracket> = Vec::new();
    let mut notes: Vec<Range<usize>> = Vec::new();
    let mut code = code.iter().peekable();
    let (mut depth, mut labels) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        while code.peek().is_some_and(|c| c.end <= at) {
            code.next();
        }
        if let Some(range) = code.peek().filter(|c| c.start <= at) {
            at = range.end;
            continue;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => {
                let note =
                    at > 0 && bytes[at - 1] == b'^' && !(at > 1 && bytes[at - 2] == b'\\') && depth < deepest;
                let label = !note && bytes.get(at + 1) == Some(&b'^');
                depth += usize::from(note);
                labels += usize::from(label);
                open.push(Bracket { start: at, note, label });
            }
            b']' => {
                if let Some(closed) = open.pop() {
                    depth -= usize::from(closed.note);
                    labels -= usize::from(closed.label);
                    if closed.note && labels == 0 && is_note(&text[closed.start + 1..at]) {
                        // What was found inside belongs to the inner text.
                        while notes.last().is_some_and(|n| n.start > closed.start) {
                            notes.pop();
                        }
                        notes.push(closed.start - 1..at + 1);
                    }
                }
            }
            b'\n' if blank_line(&bytes[at + 1..]) => {
                open.clear();
                (depth, labels) = (0, 0);
            }
            _ => {}
        }
        at += 1;
    }
    notes
}

/// A bracket that is open: of a note, of a label, or of something else.
struct Bracket {
    start: usize,
    note: bool,
    label: bool,
}

fn blank_line(bytes: &[u8]) -> bool {
    let next = bytes.iter().find(|b| !matches!(b, b' ' | b'\t' | b'>'));
    next.is_none_or(|b| *b == b'\n')
}

/// False if it reads like a label: digits, one letter, or signs.
fn is_note(content: &str) -> bool {
    let content = content.trim();
    let alphanumeric = content.chars().filter(|c| c.is_alphanumeric()).count();
    alphanumeric > 1 && !content.chars().all(|c| c.is_numeric()) && !content.starts_with('^')
}
