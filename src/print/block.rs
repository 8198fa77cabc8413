//! Blocks → lines.

use super::inline::Printer;
use crate::model::{Align, Block, BlockKind, HtmlPart, Inline, InlineKind, Item, Role};

/// Blocks as lines, with a blank line between two of them.
pub fn blocks(printer: &Printer, blocks: &[Block]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // Two lists side by side are two lists only if their signs differ.
    let mut other = false;
    let mut listed = None;
    for block in blocks {
        let is_list = match &block.kind {
            BlockKind::List { start, .. } => Some(start.is_some()),
            _ => None,
        };
        other = is_list.is_some() && is_list == listed && !other;
        listed = is_list;
        let lines = lines(printer, block, other);
        if lines.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(String::new());
        }
        out.extend(lines);
    }
    out
}

/// A note's definition.
pub fn note(printer: &Printer, label: &str, content: &[Block]) -> String {
    let lines = blocks(printer, content);
    let plain = matches!(content.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
    let mut out = format!("[^{label}]:");
    let mut lines = lines.into_iter();
    if plain && let Some(first) = lines.next() {
        out.push(' ');
        out.push_str(&first);
    }
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(&line);
        }
    }
    out
}

fn lines(printer: &Printer, block: &Block, other: bool) -> Vec<String> {
    match &block.kind {
        BlockKind::Heading { level, content } => {
            let text = printer.one_line(content);
            vec![format!("{} {text}", "#".repeat(usize::from((*level).clamp(1, 6)))).trim_end().to_owned()]
        }
        BlockKind::Paragraph(content) => printer.paragraph(content),
        BlockKind::Aside(role, content) => {
            let date = match role {
                Role::Date(date) => [" ", date.as_str()].concat(),
                _ => String::new(),
            };
            let mut out = vec![format!("<!-- {}{date} -->", role.name())];
            out.extend(printer.paragraph(content));
            out
        }
        BlockKind::Quote(inner) => {
            let mut lines = blocks(printer, inner);
            if lines.is_empty() {
                lines.push(String::new());
            }
            lines.iter().map(|l| format!("> {l}").trim_end().to_owned()).collect()
        }
        BlockKind::List { start, tight, items } => list(printer, *start, *tight, items, other),
        BlockKind::Code { language, text } => {
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            let mut out = vec![format!("{fence}{}", language.as_deref().unwrap_or_default())];
            out.extend(text.strip_suffix('\n').unwrap_or(text).split('\n').map(str::to_owned));
            out.push(fence);
            out
        }
        BlockKind::Preformatted(content) => kept("preformatted", spaced(printer, content)),
        BlockKind::Verse(verse) => kept("verse", verse.iter().map(|l| printer.one_line(l)).collect()),
        BlockKind::Table { align, head, rows } => table(printer, align, head, rows),
        BlockKind::Rule => vec!["* * *".to_owned()],
        BlockKind::Html(parts) => match words_alone(parts) {
            Some(content) => printer.paragraph(&content),
            None => html(printer, parts),
        },
    }
}

/// Lines that are meant, under the comment that says what they are.
fn kept(name: &str, lines: Vec<String>) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let broken = lines.into_iter().enumerate().map(|(i, line)| {
        // A line without anything would end the paragraph.
        let line = if line.is_empty() { "&#8203;".to_owned() } else { line };
        if i < last { line + "\\" } else { line }
    });
    std::iter::once(format!("<!-- {name} -->")).chain(broken).collect()
}

/// The lines of preformatted text, with spaces that stay.
fn spaced(printer: &Printer, content: &[Inline]) -> Vec<String> {
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let InlineKind::Text(text) = &inline.kind else {
            if let Some(line) = lines.last_mut() {
                line.push(inline.clone());
            }
            continue;
        };
        for (i, piece) in text.split('\n').enumerate() {
            if i > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !piece.is_empty()) {
                line.push(Inline { span: inline.span, kind: InlineKind::Text(piece.replace('\t', "    ")) });
            }
        }
    }
    while lines.last().is_some_and(|l| l.is_empty()) && lines.len() > 1 {
        lines.pop();
    }
    // Single spaces within a line need no help.
    let fixed = |line: String| {
        let start = line.len() - line.trim_start_matches(' ').len();
        let inner = line[start..].replace("  ", "\u{a0}\u{a0}");
        ["\u{a0}".repeat(start), inner].concat()
    };
    lines.iter().map(|l| fixed(printer.raw_line(l))).collect()
}

fn list(printer: &Printer, start: Option<u64>, tight: bool, items: &[Item], other: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut number = start.unwrap_or(1);
    for (i, item) in items.iter().enumerate() {
        number = item.number.unwrap_or(number);
        let sign = match (start, other) {
            (Some(_), false) => format!("{number}. "),
            (Some(_), true) => format!("{number}) "),
            (None, false) => "- ".to_owned(),
            (None, true) => "+ ".to_owned(),
        };
        number = number.saturating_add(1);
        let task = match item.task {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let mut lines = if tight { tightly(printer, &item.blocks) } else { blocks(printer, &item.blocks) };
        if !tight && items.len() == 1 && item.blocks.len() < 2 {
            // Only a second block makes a list of one item a loose one; a comment is no block of the page.
            lines.extend([String::new(), "<!-- -->".to_owned()]);
        }
        if i > 0 && !tight {
            out.push(String::new());
        }
        let indent = " ".repeat(sign.len());
        let mut lines = lines.into_iter();
        out.push([&sign, task, lines.next().unwrap_or_default().as_str()].concat().trim_end().to_owned());
        out.extend(lines.map(|l| if l.is_empty() { l } else { [&indent, l.as_str()].concat() }));
    }
    out
}

/// The blocks of a tight item, without blank lines between them.
fn tightly(printer: &Printer, content: &[Block]) -> Vec<String> {
    content.iter().flat_map(|b| lines(printer, b, false)).collect()
}

fn table(printer: &Printer, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let row = |cells: &[Vec<Inline>]| {
        let cells: Vec<String> = cells.iter().map(|c| printer.cell(c)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<&str> = align
        .iter()
        .map(|a| match a {
            Align::None => "---",
            Align::Left => ":--",
            Align::Center => ":-:",
            Align::Right => "--:",
        })
        .collect();
    let mut out = vec![row(head), format!("| {} |", rule.join(" | "))];
    out.extend(rows.iter().map(|r| row(r)));
    out
}

/// HTML of which only words are left is a paragraph, as it is on the page.
fn words_alone(parts: &[HtmlPart]) -> Option<Vec<Inline>> {
    let inline = |part: &HtmlPart| {
        let kind = match part {
            HtmlPart::Text(text) => InlineKind::Text(text.clone()),
            HtmlPart::Marker(id) => InlineKind::Marker(*id),
            HtmlPart::Open { .. } | HtmlPart::Close(_) => return None,
        };
        Some(Inline { span: Default::default(), kind })
    };
    parts.iter().map(inline).collect()
}

/// Raw HTML, on lines none of which is blank.
fn html(printer: &Printer, parts: &[HtmlPart]) -> Vec<String> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = |text: &str| escaped(text).replace('"', "&quot;");
    let mut out = String::new();
    for part in parts {
        match part {
            HtmlPart::Open { name, attributes } => {
                out.push('<');
                out.push_str(name);
                for (key, value) in attributes {
                    out.push_str(&format!(" {key}=\"{}\"", quoted(value)));
                }
                out.push('>');
            }
            HtmlPart::Close(name) => out.push_str(&format!("</{name}>")),
            HtmlPart::Text(text) => out.push_str(&escaped(text)),
            HtmlPart::Marker(id) => out.push_str(&printer.marker(*id)),
        }
    }
    let mut lines: Vec<String> =
        out.lines().map(str::trim_end).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    // What begins with a word or with an element of running text begins no block of HTML.
    if let Some(first) = lines.first_mut() {
        *first = first.trim_start().to_owned();
    }
    lines
}
