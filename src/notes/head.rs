//! Lines that could open a note.

use std::collections::BTreeMap;

use super::label::is_symbol;
use super::marker::{
    self, floor, is_circled, is_label, opens_in_tag, raised_run, strip_markup, superscript, wide_bracket,
};
use super::{Label, Sign, link, listing};
use crate::layout::prose::closes_sentence;
use crate::layout::{Kind, Layout, Parted, looks_like_heading};
use crate::model::Form;
use crate::source::{Source, Span};

/// A line that could open a note.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// From the label's first byte to where the text begins.
    pub span: Span,
    /// The label.
    pub label: Label,
    /// What readers see of it.
    pub shown: String,
    /// How it is written.
    pub sign: Sign,
    /// How much it looks like a note's head, 0 to 3.
    pub weight: f32,
    /// Its line in the layout.
    pub line: usize,
    /// True if the note is closed by a bracket (`[Footnote 1: …]`).
    pub bracketed: bool,
    /// True if the label stands alone on its line and the text on the next.
    pub own_line: bool,
    /// True in a list that stands under a heading for notes.
    pub titled: bool,
    /// True in a quotation whose lines begin with `>`, as in a letter that answers another.
    pub quoted: bool,
}

/// Every candidate, in source order.
pub fn candidates(
    source: &Source,
    layout: &Layout,
    form: Form,
    markers: &[marker::Candidate],
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let defined = form.is_markdown() && marker::defines_notes(source, layout);
    let titles = listing::titles(source, layout);
    let lettered = marker::letters_notes(source, layout);
    for (index, line) in layout.lines.iter().enumerate() {
        if line.kind != Kind::Text {
            continue;
        }
        let at = line.text_start(source);
        let text = &source.text[at..line.end];
        if !form.is_markdown() {
            out.extend(tail(source, layout, index));
            out.extend(inside(source, layout, index));
        }
        in_a_row(source, layout, index, &mut out);
        let quoted = quotation(text).filter(|_| !form.is_markdown()).unwrap_or(0);
        let (at, text) = (at + quoted, &text[quoted..]);
        let read = read(text, form, defined).or_else(|| letter(text).filter(|_| lettered));
        let Some(mut read) = read else { continue };
        let mut end = at + read.len;
        let own_line = source.text[end..line.end].trim().is_empty();
        // A quotation's signs stand before every line of it, so that few labels in it can be told from its words.
        if quoted > 0 && (own_line || read.sign != Sign::Bracket) {
            continue;
        }
        if own_line && numbers_lines(source, layout, index) {
            continue;
        }
        if own_line {
            // the text is on the next line that has any
            let next = (index + 1..layout.lines.len().min(index + 4)).find(|&i| !layout.lines[i].is_blank());
            let Some(next) = next.filter(|&i| layout.lines[i].kind == Kind::Text) else { continue };
            end = layout.lines[next].text_start(source);
            read.weight *= if next == index + 1 { 0.7 } else { 0.5 };
        }
        let counted = matches!(read.sign, Sign::Bare | Sign::Dotted);
        let said = &source.text[end..layout.lines[layout.line_at(end)].end];
        let title = || listing::title(&read.label, said).is_some_and(|t| titles.contains(&t));
        if listed_in_contents(source, layout, index) || counted && title() {
            read.weight *= 0.2;
        }
        let empty = own_line && read.sign == Sign::Dotted; // `202.`, and the next note
        if counted && !empty && listing::is_listing(said) {
            continue;
        }
        if read.sign == Sign::Bare && !own_line && goes_on(source, layout, index, said) {
            read.weight *= 0.3;
        }
        if own_line && numbers_heading(source, layout, end) {
            read.weight *= 0.3;
        }
        let follows = source.text[end..].chars().find(|c| !c.is_whitespace());
        read.weight *= match follows {
            Some(c) if c.is_uppercase() || "“\"‘'«„(_*¿¡[§…—".contains(c) => 1.0,
            Some(c) if c.is_lowercase() && read.sign == Sign::Symbol => 0.85,
            Some(c) if c.is_lowercase() => 0.6,
            Some(c) if c.is_alphabetic() => 1.0, // scripts without case
            Some(c) if c.is_numeric() => 0.5,
            Some(_) => 0.8,
            None => 0.2,
        };
        let (label, shown) = (Label::new(&read.label), read.shown);
        out.push(Candidate {
            span: Span::new(at, end),
            label,
            shown,
            sign: read.sign,
            weight: read.weight,
            line: index,
            bracketed: read.bracketed,
            own_line,
            titled: false,
            quoted: quoted > 0,
        });
    }
    ways_back(source, layout, &mut out);
    out.extend(layout.parted.iter().map(|note| parted(source, layout, note)));
    out.sort_by_key(|h| h.span.start);
    bullets(layout, markers, &mut out);
    runs(source, layout, &mut out);
    feet(layout, &mut out);
    out
}

/// Bytes of the signs that a quoted line begins with: `> `, `> > `.
pub fn quotation(line: &str) -> Option<usize> {
    let behind = line.trim_start_matches(['>', ' ']);
    line.starts_with('>').then(|| line.len() - behind.len())
}

/// A note whose label stands elsewhere.
fn parted(source: &Source, layout: &Layout, note: &Parted) -> Candidate {
    let at = layout.lines[note.line].text_start(source);
    Candidate {
        span: Span::new(at, at),
        label: Label::new(&note.label),
        shown: String::new(),
        sign: if note.label.starts_with(is_symbol) { Sign::Symbol } else { Sign::Bare },
        weight: 1.6,
        line: note.line,
        bracketed: false,
        own_line: true,
        titled: false,
        quoted: false,
    }
}

/// Notes that follow one another on one line, as a list does whose breaks were lost: `[1] Text. [2] Text.`
fn in_a_row(source: &Source, layout: &Layout, index: usize, out: &mut Vec<Candidate>) {
    let line = &layout.lines[index];
    let start = line.text_start(source);
    let text = &source.text[start..line.end];
    let Some(mut number) = text.strip_prefix('[').and_then(|t| t.split(']').next()?.parse::<u32>().ok())
    else {
        return;
    };
    let mut at = 0;
    loop {
        let Some(next) = number.checked_add(1) else { return };
        let sign = format!("[{next}] ");
        let Some(found) = text[at..].find(&sign).map(|i| at + i) else { return };
        let opens = text[found + sign.len()..].starts_with(|c: char| !c.is_lowercase());
        if !(opens && closes_sentence(&text[..found]) && text[..found].ends_with(' ')) {
            return;
        }
        out.push(Candidate {
            span: Span::new(start + found, start + found + sign.len()),
            label: Label::new(&next.to_string()),
            shown: sign.trim().to_owned(),
            sign: Sign::Bracket,
            weight: 1.6,
            line: index,
            bracketed: false,
            own_line: false,
            titled: false,
            quoted: false,
        });
        (number, at) = (next, found + sign.len());
    }
}

/// A way back without the number, which its page counts by itself: `^ Text`, `↑ Text`, or the sign on a line of its own.
/// The lines of one list are labelled in their order.
fn ways_back(source: &Source, layout: &Layout, out: &mut Vec<Candidate>) {
    /// Fewer may be anything.
    const FEWEST: usize = 3;
    /// Lines of the longest note that the list goes on behind.
    const APART: usize = 6;
    let leads_back = |&i: &usize| {
        let text = layout.text(source, i);
        let behind = ["^ ", "↑ "].iter().find_map(|back| text.strip_prefix(back));
        layout.lines[i].kind == Kind::Text
            && (matches!(text, "^" | "↑") && layout.text_from(i + 1).is_some()
                || behind.is_some_and(|b| !b.starts_with(|c: char| c.is_ascii_digit())))
    };
    let found: Vec<usize> = (0..layout.lines.len()).filter(leads_back).collect();
    for list in found.chunk_by(|a, b| b - a <= APART).filter(|list| list.len() >= FEWEST) {
        for (count, &index) in list.iter().enumerate() {
            let at = layout.lines[index].text_start(source);
            let own_line = !layout.text(source, index).contains(' ');
            let next = layout.text_from(index + 1).filter(|_| own_line);
            let sign = source.text[at..].find(' ').map_or(1, |i| i + 1);
            let end = next.map_or(at + sign, |n| layout.lines[n].text_start(source));
            out.push(Candidate {
                span: Span::new(at, end),
                label: Label::new(&(count + 1).to_string()),
                shown: String::new(),
                sign: Sign::Dotted,
                weight: 2.0,
                line: index,
                bracketed: false,
                own_line,
                titled: false,
                quoted: false,
            });
        }
    }
}

/// True for an entry of a table of contents: dots lead from it, or from the entry below it, to a page's number.
fn listed_in_contents(source: &Source, layout: &Layout, index: usize) -> bool {
    let below = layout.lines.get(index + 1).is_some_and(|l| l.is_text());
    layout.leads_to_page(source, index) || below && layout.leads_to_page(source, index + 1)
}

/// True for a figure in the middle of a sentence, which a line's end has put at the head of the next: `of about / 3 feet`.
fn goes_on(source: &Source, layout: &Layout, index: usize, said: &str) -> bool {
    let above = index.checked_sub(1).filter(|&i| layout.lines[i].is_text() && !layout.lines[index].feed);
    let open = |text: &str| text.ends_with(char::is_lowercase) && !closes_sentence(text);
    said.starts_with(char::is_lowercase) && above.is_some_and(|i| open(layout.text(source, i).trim_end()))
}

/// True if the text that begins at a place is the heading of a section whose number stands above it: it stands alone,
/// and further text follows on its page.
fn numbers_heading(source: &Source, layout: &Layout, at: usize) -> bool {
    let line = layout.line_at(at);
    let alone = layout.lines.get(line + 1).is_some_and(|l| l.is_blank());
    let next = layout.text_from(line + 1);
    let goes_on =
        next.is_some_and(|n| !layout.lines[line + 1..=n].iter().any(|l| l.feed || l.is_furniture()));
    alone && goes_on && looks_like_heading(layout.text(source, line))
}

/// True if numbers stand alone on several lines running: they number the lines of a listing, or are a
/// table's column.
fn numbers_lines(source: &Source, layout: &Layout, index: usize) -> bool {
    let number = |i: usize| {
        let text = layout.text(source, i);
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    };
    let above = layout.text_before(index).filter(|&i| index - i <= 2);
    let below = layout.text_from(index + 1).filter(|&i| i - index <= 2);
    number(index) && (above.is_some_and(number) || below.is_some_and(number))
}

/// A block that reaches down to where a page ends is rather notes than a list.
fn feet(layout: &Layout, heads: &mut [Candidate]) {
    let lines = &layout.lines;
    // for every line, whether the text from there on reaches the page's end without a blank line
    let mut reaches = vec![false; lines.len() + 1];
    for i in (0..lines.len()).rev() {
        let ends_here = |k: usize| {
            let next = (k..lines.len()).find(|&n| !lines[n].is_blank());
            next.is_some_and(|n| lines[n].is_furniture() || lines[k..=n].iter().any(|l| l.feed || l.column))
        };
        reaches[i] = lines[i].is_text()
            && (reaches[i + 1] || (!lines.get(i + 1).is_some_and(|l| l.is_text()) && ends_here(i + 1)));
        if lines.get(i + 1).is_some_and(|l| l.feed || l.column) {
            reaches[i] = lines[i].is_text();
        }
    }
    for head in heads {
        let above =
            head.line.checked_sub(1).is_none_or(|a| lines[a].is_blank() || lines[a].kind == Kind::Rule);
        if reaches[head.line] && above && !head.own_line {
            head.weight += 0.4;
        }
    }
}

/// Heads that count on for long are rather the notes than a short list in the text; so are those under
/// a heading that says so.
fn runs(source: &Source, layout: &Layout, heads: &mut [Candidate]) {
    let mut by_sign: BTreeMap<Sign, Vec<usize>> = BTreeMap::new();
    for (i, head) in heads.iter().enumerate() {
        by_sign.entry(head.sign).or_default().push(i);
    }
    for indices in by_sign.values() {
        let mut start = 0;
        while start < indices.len() {
            let mut end = start + 1;
            let rank = |k: usize| heads[indices[k]].label.rank();
            while end < indices.len() && rank(end).is_some() && rank(end) == rank(end - 1).map(|r| r + 1) {
                end += 1;
            }
            let titled = layout
                .text_before(heads[indices[start]].line)
                .is_some_and(|l| titles_notes(layout.text(source, l)));
            let bonus = (0.15 * ((end - start) as f32).log2()).min(0.9) + if titled { 0.6 } else { 0.0 };
            for &i in &indices[start..end] {
                heads[i].weight += bonus;
                heads[i].titled = titled;
            }
            start = end;
        }
    }
}

/// True for a heading that a list of notes stands under.
pub fn titles_notes(line: &str) -> bool {
    const TITLES: &[&str] = &[
        "notes",
        "note",
        "footnotes",
        "endnotes",
        "end notes",
        "references",
        "notes and references",
        "anmerkungen",
        "fußnoten",
        "endnoten",
        "einzelnachweise",
        "notes de bas de page",
        "références",
        "notes et références",
        "notas",
        "notas al pie",
        "referencias",
        "примечания",
        "сноски",
        "註",
        "注",
        "注釈",
        "脚注",
        "注释",
        "註釋",
        "przypisy",
        "poznámky",
        "noten",
        "voetnoten",
        "noter",
        "fotnoter",
        "viitteet",
        "jegyzetek",
    ];
    let bare: String = line.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    TITLES.contains(&bare.trim().to_lowercase().as_str())
}

/// Stars that follow one another are the bullets of a list, not notes: notes of one page count on
/// (`*`, `†`, …).
fn bullets(layout: &Layout, markers: &[marker::Candidate], heads: &mut [Candidate]) {
    /// Lines of the longest list item that this looks over.
    const ITEM: usize = 6;
    let star = |h: &Candidate| h.sign == Sign::Symbol && matches!(h.shown.as_str(), "*" | "∗");
    let stars: Vec<usize> = (0..heads.len()).filter(|&i| star(&heads[i])).collect();
    let mut bullet = vec![false; stars.len()];
    // … but not where a star behind a word stands between them.
    let marks: Vec<usize> =
        markers.iter().filter(|m| m.sign == Sign::Symbol && m.weight >= 0.7).map(|m| m.line).collect();
    for k in 1..stars.len() {
        let (above, below) = (&heads[stars[k - 1]], &heads[stars[k]]);
        let same_indent = layout.lines[above.line].indent == layout.lines[below.line].indent;
        let marked = marks.get(marks.partition_point(|&l| l <= above.line)).is_some_and(|&l| l < below.line);
        if below.line - above.line <= ITEM && same_indent && !marked {
            (bullet[k - 1], bullet[k]) = (true, true);
        }
    }
    for (k, &i) in stars.iter().enumerate() {
        if bullet[k] {
            heads[i].weight *= 0.1;
        }
    }
}

/// Bytes of the shortest line that is cut by a column's edge rather than ended.
const FULL_LINE: usize = 28;

/// A head glued to the end of the line above it, as text extraction leaves it where a word was cut at
/// the foot of the page: `philoso3` and then the note.
fn tail(source: &Source, layout: &Layout, index: usize) -> Option<Candidate> {
    let line = &layout.lines[index];
    let text = source.text[..line.end].trim_end();
    if text.len() <= line.start {
        return None;
    }
    let line_text = &text[line.start..];
    let label_at = line_text.rfind(|c: char| !(c.is_ascii_digit() || is_symbol(c)))?;
    let label_at = label_at + line_text[label_at..].chars().next()?.len_utf8();
    let label = &line_text[label_at..];
    let word = line_text[..label_at].chars().rev().take_while(|c| c.is_alphabetic()).count();
    if !is_label(label) || word < 2 || label.starts_with('0') || line_text.len() < FULL_LINE {
        return None;
    }
    let next = (index + 1..layout.lines.len().min(index + 3)).find(|&i| !layout.lines[i].is_blank())?;
    let opens =
        layout.text(source, next).chars().next().is_some_and(|c| c.is_uppercase() || "“\"‘".contains(c));
    if layout.lines[next].kind != Kind::Text || !opens || layout.lines[next].feed {
        return None;
    }
    let sign = if label.starts_with(is_symbol) { Sign::Symbol } else { Sign::Bare };
    let start = line.start + label_at;
    Some(Candidate {
        span: Span::new(start, layout.lines[next].text_start(source)),
        label: Label::new(label),
        shown: label.to_string(),
        sign,
        weight: if next > index + 1 { 0.9 } else { 0.4 },
        line: index,
        bracketed: false,
        own_line: true,
        titled: false,
        quoted: false,
    })
}

/// A head glued to a word cut at a column's foot, the note following on the same line: `com8 I also omit`.
fn inside(source: &Source, layout: &Layout, index: usize) -> Option<Candidate> {
    let line = &layout.lines[index];
    let text = &source.text[line.start..line.end];
    if text.len() > 400 {
        return None; // not a line of a page
    }
    let mut previous = "";
    for (at, word) in text.split(' ').map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w)) {
        let cut = previous.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let (stem, label) = previous.split_at(cut);
        let stem_ok = stem.chars().count() >= 2 && stem.chars().all(char::is_lowercase);
        let opens = word.chars().next().is_some_and(char::is_uppercase);
        if stem_ok && opens && is_label(label) && !label.starts_with('0') {
            let start = line.start + at - 1 - label.len();
            let (span, label, shown) =
                (Span::new(start, line.start + at), Label::new(label), label.to_string());
            let (sign, line) = (Sign::Bare, index);
            return Some(Candidate {
                span,
                label,
                shown,
                sign,
                weight: 0.4,
                line,
                bracketed: false,
                own_line: false,
                titled: false,
                quoted: false,
            });
        }
        previous = word;
    }
    None
}

struct Read {
    sign: Sign,
    label: String,
    shown: String,
    len: usize,
    weight: f32,
    bracketed: bool,
}

fn read(text: &str, form: Form, defined: bool) -> Option<Read> {
    let mut anchor = anchors(text);
    let anchored = anchor > 0;
    // Wikipedia's way back, as some print it: "↑ 1 Text"
    for back in ["↑ ", "^ "] {
        let behind = text[anchor..].strip_prefix(back).map(str::trim_start);
        if let Some(behind) = behind.filter(|b| b.starts_with(|c: char| c.is_ascii_digit())) {
            anchor = text.len() - behind.len();
        }
    }
    let rest = &text[anchor..];
    let first = rest.chars().next()?;
    let mut read = match first {
        '<' => {
            raised_tag(rest).or_else(|| linked(rest)).or_else(|| small(rest)).or_else(|| enclosed(rest, '>'))
        }
        '{' => enclosed(rest, '}'),
        '/' => enclosed(rest, '/'),
        '$' => raised_math(rest),
        '[' if form.is_markdown() => linked(rest).or_else(|| bracket(rest, form, defined)),
        '\\' if form.is_markdown() && rest[1..].starts_with('*') => escaped_star(rest),
        '^' | '[' | '\\' => bracket(rest, form, defined).or_else(|| caret(rest)),
        '［' | '〔' | '【' => wide(rest),
        '(' | '（' => paren(rest),
        '0'..='9' => number(rest),
        _ if is_circled(first) => circled(rest, first),
        _ if superscript(first).is_some() => raised_digits(rest),
        _ if is_symbol(first) => symbol(rest, first, form),
        _ if first.is_alphabetic() => worded(rest).or_else(|| lettered(rest)),
        _ => None,
    }?;
    read.len += anchor;
    read.weight += if anchored { 0.8 } else { 0.0 };
    read.len += text[read.len..].len() - text[read.len..].trim_start().len();
    // Wikipedia's way back, printed by text browsers: "1. ^ Text", "1. ↑ Text"
    for back in ["^ ", "↑ "] {
        if let Some(behind) = text[read.len..].strip_prefix(back) {
            read.len += back.len() + (behind.len() - behind.trim_start().len());
            read.weight += 1.0;
        }
    }
    Some(read)
}

/// Bytes of empty anchors (`<span id="x"></span>`) that an extractor put before the text.
fn anchors(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text[at..].strip_prefix("<span ").or_else(|| text[at..].strip_prefix("<a ")) {
        let Some(close) = floor(rest, 200).find('>') else { break };
        let behind = &rest[close + 1..];
        let Some(end) = ["</span>", "</a>"].iter().find(|t| behind.starts_with(**t)) else { break };
        at = text.len() - behind.len() + end.len();
    }
    at
}

fn raised_tag(rest: &str) -> Option<Read> {
    if !rest.get(..5)?.eq_ignore_ascii_case("<sup>") {
        return None;
    }
    let window = floor(rest, 120);
    let close = window.find("</sup>").or_else(|| window.find("</SUP>"))?;
    if opens_in_tag(&window[5..close]) {
        return None;
    }
    let inner = strip_markup(&window[5..close]).trim().to_string();
    let label = inner.trim_matches(|c: char| "[]().,:".contains(c)).to_string();
    is_label(&label).then(|| {
        let len = close + 6;
        let stop = rest[len..].starts_with('.') as usize;
        Read { sign: Sign::Raised, label, shown: inner, len: len + stop, weight: 2.5, bracketed: false }
    })
}

/// `[\[1\]](#_ftnref1) text`, `<a id="fn1">1</a>. text`.
fn linked(rest: &str) -> Option<Read> {
    let found = link::read(rest)?;
    let stop = usize::from(rest[found.len..].starts_with(['.', ':', ')']));
    Some(Read {
        sign: Sign::Raised,
        label: found.label,
        shown: found.shown,
        len: found.len + stop,
        weight: if found.named { 2.2 } else { 1.6 },
        bracketed: false,
    })
}

/// `<sup id="fn1">1. text</sup>`: a note that is set small as a whole and bears its number as its place.
fn small(rest: &str) -> Option<Read> {
    let open = floor(rest, 120).find('>')? + 1;
    let tag = &rest[..open];
    let set = ["<sup ", "<sub ", "<small ", "<p ", "<li ", "<div "].into_iter().any(|t| tag.starts_with(t));
    let label: String = rest[open..].chars().take_while(char::is_ascii_digit).collect();
    let behind = &rest[open + label.len()..];
    let stop = usize::from(behind.starts_with(['.', ':', ')']));
    let ok = set && is_label(&label) && spaced(&behind[stop..]) && link::bears(tag, &label);
    let len = open + label.len() + stop;
    ok.then(|| Read {
        sign: Sign::Raised,
        shown: rest[open..len].into(),
        label,
        len,
        weight: 2.2,
        bracketed: false,
    })
}

/// `{1} text`, `<1> text`.
fn enclosed(rest: &str, close: char) -> Option<Read> {
    let label = marker::enclosed(rest, close)?.to_owned();
    let len = label.len() + 2;
    spaced(&rest[len..]).then(|| Read {
        sign: Sign::Bracket,
        label,
        shown: rest[..len].into(),
        len,
        weight: 1.6,
        bracketed: false,
    })
}

/// `［１］text`
fn wide(rest: &str) -> Option<Read> {
    let (label, len) = wide_bracket(rest)?;
    let shown = rest[..len].to_owned();
    Some(Read { sign: Sign::Bracket, label: label.to_owned(), shown, len, weight: 2.0, bracketed: false })
}

/// `① text`
fn circled(rest: &str, first: char) -> Option<Read> {
    let shown = rest[..first.len_utf8()].to_owned();
    let (label, len) = (shown.clone(), shown.len());
    Some(Read { sign: Sign::Raised, label, shown, len, weight: 1.4, bracketed: false })
}

/// `a. text`, `iv) text`
fn lettered(rest: &str) -> Option<Read> {
    let letters = rest.find(|c: char| !c.is_lowercase())?;
    let (label, behind) = rest.split_at(letters);
    let len = letters + usize::from(behind.starts_with(['.', ')']));
    (len > letters && is_label(label) && spaced(&rest[len..])).then(|| Read {
        sign: Sign::Dotted,
        label: label.to_owned(),
        shown: rest[..len].to_owned(),
        len,
        weight: 1.0,
        bracketed: false,
    })
}

/// `a Text`, in an edition that labels its notes so.
fn letter(rest: &str) -> Option<Read> {
    let behind = rest.strip_prefix(|c: char| c.is_ascii_lowercase())?.strip_prefix(' ')?;
    let opens = behind.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'«".contains(c));
    let label = rest[..1].to_owned();
    opens.then(|| Read {
        sign: Sign::Bare,
        shown: label.clone(),
        label,
        len: 1,
        weight: 0.8,
        bracketed: false,
    })
}

/// `^1 text`, `^1^ text`, `^1: text`.
fn caret(rest: &str) -> Option<Read> {
    let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
    let label = rest.get(1..1 + digits)?.to_owned();
    let mut len = 1 + digits;
    len += usize::from(rest[len..].starts_with('^'));
    len += usize::from(rest[len..].starts_with([':', '.', ')']));
    let ok = rest.starts_with('^') && is_label(&label) && spaced(&rest[len..]);
    ok.then(|| Read { sign: Sign::Raised, shown: label.clone(), label, len, weight: 2.2, bracketed: false })
}

/// True if nothing stands glued to a label.
fn spaced(behind: &str) -> bool {
    behind.chars().next().is_none_or(char::is_whitespace)
}

fn raised_math(rest: &str) -> Option<Read> {
    let window = floor(rest, 48);
    let close = window[1..].find('$')? + 1;
    let inner: String = window[1..close].chars().filter(|c| !c.is_whitespace()).collect();
    let label = inner
        .trim_start_matches("{}")
        .strip_prefix('^')?
        .trim_matches(|c: char| "{}[]().,".contains(c))
        .to_string();
    is_label(&label).then(|| Read {
        sign: Sign::Raised,
        shown: label.clone(),
        label,
        len: close + 1,
        weight: 2.5,
        bracketed: false,
    })
}

fn raised_digits(rest: &str) -> Option<Read> {
    let (len, label) = raised_run(rest);
    Some(Read {
        sign: Sign::Raised,
        label,
        shown: rest[..len].to_string(),
        len,
        weight: 2.5,
        bracketed: false,
    })
}

/// `[1] text`, `^[1] text`, `[^1]: text`, `[1]: text`, `[Footnote 1: text]`.
fn bracket(rest: &str, form: Form, defined: bool) -> Option<Read> {
    let caret = usize::from(rest.starts_with('^'));
    let open = if rest[caret..].starts_with("\\[") { 2 } else { 1 };
    if !rest[caret..].starts_with('[') && open == 1 {
        return None;
    }
    let window = floor(rest, 64);
    let doubled = usize::from(rest[caret + open..].starts_with('['));
    let inner_at = caret + open + doubled;
    let inner = window.get(inner_at..)?;
    if defined && inner.starts_with('^') {
        return None; // `parse::markdown` reads it
    }
    let hat = usize::from(inner.starts_with('^'));
    let inner = &inner[hat..];
    let stop = inner.find([']', ':'])?;
    let content = inner[..stop].trim_end_matches('\\').trim();
    let behind = inner_at + hat + stop;
    if inner[stop..].starts_with(':') {
        // [Footnote 1: text]
        let word: String = content.chars().take_while(|c| c.is_alphabetic()).collect();
        let label = content[word.len()..].trim().trim_start_matches(['.', '№']).trim();
        let is_word = (2..=14).contains(&word.chars().count());
        if !is_word
            || !(is_label(label)
                || (1..=4).contains(&label.len()) && label.chars().all(|c| c.is_ascii_alphanumeric()))
        {
            return None;
        }
        let shown = format!("[{content}:");
        return Some(Read {
            sign: Sign::Worded,
            label: label.into(),
            shown,
            len: behind + 1,
            weight: 3.0,
            bracketed: true,
        });
    }
    let mut len = behind + 1 + doubled;
    if doubled == 1 && !rest[behind + 1..].starts_with(']') {
        return None;
    }
    let colon = rest[len..].starts_with(':');
    if colon && form.is_markdown() && defines_link(&rest[len + 1..]) {
        return None;
    }
    len += usize::from(colon);
    if rest[len..].starts_with('(') {
        return None; // a Markdown link
    }
    let label = if is_label(content) { content } else { behind_word(content)? };
    let weight = match (Label::new(label).number().is_some(), spaced(&rest[len..])) {
        (true, true) => 2.0,
        (true, false) => 1.2,
        (false, true) => 1.0,
        (false, false) => return None, // [s]ocieties
    };
    let shown = rest[..behind + 1 + doubled].replace(['\\', '^'], "");
    Some(Read {
        sign: Sign::Bracket,
        label: label.into(),
        shown,
        len,
        weight: weight + caret as f32,
        bracketed: false,
    })
}

/// True if what stands behind `[1]:` is an address, with a title perhaps.
fn defines_link(rest: &str) -> bool {
    let rest = rest.trim_start();
    let address = rest.split_whitespace().next().unwrap_or("");
    let title = rest[address.len()..].trim_start();
    let alone = title.is_empty() || title.starts_with(['"', '\'', '(']);
    alone && (address.starts_with('<') || address.contains(['/', '#', '.', ':']))
}

fn paren(rest: &str) -> Option<Read> {
    let window = floor(rest, 32);
    let open = window.chars().next()?.len_utf8();
    let close = window.find([')', '）'])?;
    let inner = window[open..close].trim();
    let label = inner.trim_start_matches(['註', '注', '※']);
    let len = close + window[close..].chars().next()?.len_utf8();
    let noted = label.len() < inner.len();
    let ok = is_label(label)
        && (noted
            || Label::new(label).number().is_some()
            || label.chars().all(is_symbol)
            || label.chars().all(char::is_alphabetic));
    ok.then(|| Read {
        sign: Sign::Paren,
        label: label.into(),
        shown: window[..len].into(),
        len,
        // "(2). The next": a marker at the end of a sentence, which a line's end parted from it
        weight: match (noted, rest[len..].starts_with(['.', ',', ';'])) {
            (true, _) => 3.0,
            (_, true) => 0.4,
            _ => 1.5,
        },
        bracketed: false,
    })
}

/// `1 text`, `1. text`, `1) text`, a number alone on its line.
fn number(rest: &str) -> Option<Read> {
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    if rest[run..].chars().next().is_some_and(|c| superscript(c).is_some()) {
        return raised_digits(rest);
    }
    if run > 3 || rest.starts_with('0') {
        return None;
    }
    let label = rest[..run].to_string();
    let behind = &rest[run..];
    let next = behind.chars().next();
    let (sign, len, weight) = match next {
        None => (Sign::Bare, run, 1.3),
        Some(c) if c.is_whitespace() => (Sign::Bare, run, 1.2),
        Some('.' | ')' | ':') => {
            let spaced = behind[1..].chars().next().is_none_or(char::is_whitespace);
            if !spaced {
                return None; // 3.5, 10:30
            }
            (Sign::Dotted, run + 1, 1.2)
        }
        Some(c) if c.is_uppercase() || c == '“' || c == '"' => (Sign::Raised, run, 1.2), // 1Text: it was raised in print
        _ => return None,
    };
    Some(Read { sign, shown: rest[..len].to_string(), label, len, weight, bracketed: false })
}

/// `\* text` in Markdown.
fn escaped_star(rest: &str) -> Option<Read> {
    let stars = marker::escaped_stars(rest);
    let label = "*".repeat(stars);
    (stars <= 4).then(|| Read {
        sign: Sign::Symbol,
        shown: label.clone(),
        label,
        len: 2 * stars,
        weight: 1.6,
        bracketed: false,
    })
}

fn symbol(rest: &str, first: char, form: Form) -> Option<Read> {
    let shown: String = rest.chars().take_while(|&c| c == first).collect();
    let len = shown.len();
    let star = first == '*' || first == '∗';
    if shown.chars().count() > 4 || (star && form.is_markdown()) {
        return None;
    }
    let next = rest[len..].chars().next();
    if next.is_some_and(is_symbol) || (first == '§' && next.is_some_and(char::is_numeric)) {
        return None;
    }
    let spaced = next.is_none_or(char::is_whitespace);
    let weight = match (star, spaced) {
        (true, true) if first == '∗' => 1.6, // what typesetting makes of a star that is no bullet
        (true, true) => 1.0,
        (true, false) => 0.8,
        (false, _) => 2.0,
    };
    Some(Read { sign: Sign::Symbol, label: shown.clone(), shown, len, weight, bracketed: false })
}

/// Words that introduce the number of a note.
const WORDS: &[&str] = &[
    "note",
    "notes",
    "footnote",
    "endnote",
    "fn",
    "n",
    "anm",
    "anmerkung",
    "fußnote",
    "fussnote",
    "nota",
    "прим",
    "примечание",
    "сноска",
    "註",
    "注",
    "注釈",
    "脚注",
];

/// The label behind a word for notes: `1` of `note 1`, `註1`, `Anm. 1`.
pub fn behind_word(text: &str) -> Option<&str> {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let label = text[word.len()..].trim_start_matches(['.', ' ', '№', '#']).trim();
    (WORDS.contains(&word.to_lowercase().as_str()) && is_label(label)).then_some(label)
}

/// `Note 1. text`, `Footnote 1: text`, `Anm. 3: text`: a word, a number, a stop.
fn worded(rest: &str) -> Option<Read> {
    let window = floor(rest, 48);
    let word: String = window.chars().take_while(|c| c.is_alphabetic()).collect();
    if !WORDS.contains(&word.to_lowercase().as_str()) {
        return None;
    }
    let behind = window[word.len()..].trim_start_matches(['.', ' ']);
    let label: String =
        behind.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).collect();
    let stop = behind[label.len()..].chars().next()?;
    if !is_label(&label) || !".:)—–".contains(stop) {
        return None;
    }
    let len = window.len() - behind.len() + label.len() + stop.len_utf8();
    Some(Read {
        sign: Sign::Worded,
        label,
        shown: window[..len].to_string(),
        len,
        weight: 2.0,
        bracketed: false,
    })
}
