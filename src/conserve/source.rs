//! The words of a source that its page has to show, and those that it may.

use std::borrow::Cow;

use crate::model::Document;
use crate::source::Source;

/// Everything that may be shown: the text without its front matter. Markers, and what is set aside, stand apart from the
/// words they are glued to.
pub fn possible(source: &Source, document: &Document) -> String {
    let mut out = apart(source, document);
    if document.form.is_markdown() {
        let decoded = decode_entities(&out);
        out = if decoded == out { out } else { [out, decoded].join("\n") };
    }
    out
}

/// What is shown beyond doubt. Of plain text that is nearly everything.
pub fn certain(source: &Source, document: &Document) -> String {
    let text = apart(source, document);
    if !document.form.is_markdown() {
        return without_signs(&text);
    }
    let mut out = String::with_capacity(text.len());
    let mut comment = false;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        if let Some(end) = folded_definition(rest) {
            out.push('\n');
            rest = &rest[end..];
            continue;
        }
        let (line, below) = rest.split_at(rest.find('\n').map_or(rest.len(), |i| i + 1));
        out.push_str(shown_of_line(line, &mut comment).unwrap_or("\n"));
        rest = below;
    }
    decode(&shown_of_text(&out), false)
}

/// A text of the page or of what it leaves out, with references read as in the source's certain words: in code and in
/// programs that were no programs they are shown as they stand.
pub fn decoded<'t>(text: &'t str, document: &Document) -> Cow<'t, str> {
    if document.form.is_markdown() { decode_entities(text).into() } else { text.into() }
}

/// The halves of words that a hyphen cuts at the end of a line.
pub fn cut_words(source: &Source) -> impl Iterator<Item = (String, String)> {
    const HYPHENS: [char; 4] = ['-', '‐', '¬', '\u{ad}'];
    let word = |c: &char| c.is_alphanumeric();
    let mut lines =
        source.text[source.body_start..].lines().map(str::trim).filter(|l| !l.is_empty()).peekable();
    std::iter::from_fn(move || {
        let line = lines.next()?;
        let below = lines.peek().copied().unwrap_or_default();
        Some((line.strip_suffix(HYPHENS), below))
    })
    .filter_map(move |(above, below)| {
        let first: Vec<char> = above?.chars().rev().take_while(word).collect();
        Some((first.into_iter().rev().collect(), below.chars().take_while(word).collect()))
    })
}

/// The document's own text with a space on either side of each marker and of what is set aside, and behind the label of
/// each note.
fn apart(source: &Source, document: &Document) -> String {
    let text = &source.text;
    let set_aside = source.set_aside.iter().map(|aside| aside.span);
    let mut cuts: Vec<usize> = document
        .markers
        .iter()
        .map(|m| m.span)
        .chain(set_aside)
        .flat_map(|span| [span.start as usize, span.end as usize])
        .collect();
    for note in &document.notes {
        let start = note.span.start as usize;
        if !note.shown.is_empty() && text[start..].starts_with(&note.shown) {
            cuts.extend([start, start + note.shown.len()]);
        }
    }
    cuts.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = source.body_start;
    for cut in cuts {
        if cut > at && text.is_char_boundary(cut) {
            out.extend([&text[at..cut], " "]);
            at = cut;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// What stands before the text of a line: signs of quotations and lists.
const CONTAINERS: [char; 6] = ['>', ' ', '\t', '-', '*', '+'];

/// A line of Markdown without what is no text: `None` for a fence and a link's definition. `comment` says whether an
/// HTML comment is open.
fn shown_of_line<'t>(line: &'t str, comment: &mut bool) -> Option<&'t str> {
    let mut rest = line;
    if *comment {
        let end = rest.find("-->")?;
        *comment = false;
        rest = &rest[end + 3..];
    }
    if let Some(open) = rest.rfind("<!--").filter(|&at| !rest[at..].contains("-->")) {
        *comment = true;
        rest = &rest[..open];
    }
    let text = rest.trim_start_matches(CONTAINERS);
    if text.starts_with("```") || text.starts_with("~~~") || defines_link(text) {
        return None;
    }
    // Items are counted anew: `1.` three times is 1, 2, 3.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let item = digits > 0
        && text[digits..].starts_with(['.', ')'])
        && text[digits + 1..].starts_with(char::is_whitespace);
    Some(if item { &text[digits + 1..] } else { rest })
}

/// True for `[label]: address` and `[label]: address "title"`.
fn defines_link(text: &str) -> bool {
    let Some((label, rest)) = text.strip_prefix('[').and_then(|t| t.split_once("]:")) else { return false };
    let rest = rest.trim();
    let (_, title) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    !label.starts_with('^') && (title.is_empty() || title.trim().starts_with(['"', '\'', '(']))
}

/// Bytes of the link's definition that the text begins with, if its label goes over the end of a line.
fn folded_definition(text: &str) -> Option<usize> {
    if !text.trim_start_matches(CONTAINERS).starts_with('[') {
        return None;
    }
    let definition = near(text).trim_start_matches(CONTAINERS);
    let close = definition[1..].find(['[', ']'])? + 1;
    let end = definition[close..].find('\n').map_or(definition.len(), |i| close + i + 1);
    let folded = definition[..close].contains('\n') && defines_link(&definition[..end]);
    folded.then(|| near(text).len() - definition.len() + end)
}

/// A text without labels of notes, link targets and tags.
fn shown_of_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']', '<', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let near = || near(rest);
        let skipped = match rest.as_bytes() {
            [b'[', b'^', ..] => label(near()),
            [b'[', b'x' | b'X', b']', behind, ..] if behind.is_ascii_whitespace() => Some(3),
            // A bracket behind a backslash closes nothing; one behind two of them does.
            [b'\\', b'\\', ..] | [b'\\', b']', b'(' | b'[', ..] => Some(2),
            [b']', b'(', ..] => closing(near()),
            [b']', b'[', ..] => reference(near()),
            [b'<', b'!', b'-', b'-', ..] => near().find("-->").map(|i| i + 3),
            // In HTML this goes on over blank lines, and elsewhere it is text.
            [b'<', b'?', ..] => reach(rest).find('>').map(|i| i + 1),
            [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!', ..] => tag(near()).or_else(|| program_end(rest)),
            // `\dagger` in LaTeX is one sign.
            [b'\\', b'a'..=b'z' | b'A'..=b'Z', ..] => {
                let near = near();
                Some(near[1..].find(|c: char| !c.is_alphanumeric()).map_or(near.len(), |i| i + 1))
            }
            _ => None,
        };
        let (markup, behind) = rest.split_at(skipped.unwrap_or(1));
        rest = behind;
        let glued = behind.starts_with(char::is_alphanumeric);
        // `[wheel]s` is one word if that is the label of a link, and two if not; of `<s</i>t` some or all is a tag.
        // And `wheel[s]` is one if that opens the label.
        let uncertain = markup == "]"
            || markup == "[" && out.ends_with(char::is_alphanumeric)
            || markup.strip_prefix('<').is_some_and(|tag| tag.contains("</"));
        match markup {
            _ if glued && uncertain => {
                out.truncate(out.trim_end_matches(char::is_alphanumeric).len());
                rest = behind.trim_start_matches(char::is_alphanumeric);
            }
            // `[wheel](address)s` is one word.
            _ if glued && markup.starts_with("](") => {}
            _ => out.push(' '),
        }
    }
    out + rest
}

/// A plain text without what makes the signs of notes there: the tags of `<sup>1</sup>` and `<span id="fn1">1.</span>`,
/// the address of `[1](#fn1)`, the name of the sign in `${ }^{\dagger}$`. They are no words.
fn without_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', ']', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let digit = |c: char| c.is_ascii_digit();
        let skipped = match rest.as_bytes() {
            [b'<', ..] => tag(near(rest)).filter(|&end| {
                let (tag, behind) = rest.split_at(end);
                matches!(tag, "<sup>" | "</sup>")
                    || tag.contains(" id=") && behind.starts_with(digit)
                    || tag.starts_with("</") && out.trim_end_matches(['.', ')']).ends_with(digit)
            }),
            [b']', b'(', b'#', ..] if out.ends_with(digit) => {
                closing(near(rest)).filter(|&end| !rest[..end].contains(char::is_whitespace))
            }
            [b'\\', b'a'..=b'z' | b'A'..=b'Z', ..] if out.ends_with('{') => {
                let near = near(rest);
                Some(near[1..].find(|c: char| !c.is_alphanumeric()).map_or(near.len(), |i| i + 1))
            }
            _ => None,
        };
        match skipped {
            Some(end) => {
                out.push(' ');
                rest = &rest[end..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// As much of a paragraph as markup is looked for in: what opens and does not close in it is no markup.
fn near(rest: &str) -> &str {
    let near = reach(rest);
    &near[..near.find("\n\n").unwrap_or(near.len())]
}

/// As much of a text as markup is looked for in.
fn reach(rest: &str) -> &str {
    const REACH: usize = 4_000;
    &rest[..rest.floor_char_boundary(REACH)]
}

/// Bytes of the label `[^name]`, which has a name and no brackets; `[^name](address)` is a link.
fn label(rest: &str) -> Option<usize> {
    let end = rest[1..].find(['[', ']'])? + 1;
    if end == "[^".len() {
        return None;
    }
    let link = rest[end..].starts_with("](").then(|| closing(&rest[end..])).flatten();
    if let Some(target) = link.filter(|&to| !rest[end..end + to].contains(char::is_whitespace)) {
        return Some(end + target);
    }
    rest[end..].starts_with(']').then_some(end + 1)
}

/// Bytes of `][label]`; a bracket that opens within the label makes it none.
fn reference(rest: &str) -> Option<usize> {
    let label = &rest["][".len()..];
    let mut escaped = false;
    for (i, b) in label.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => return None,
            b']' => return Some("][".len() + i + 1),
            _ => {}
        }
    }
    None
}

/// Bytes up to the parenthesis that closes `](`.
fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, b) in rest.bytes().enumerate() {
        match b {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(i + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Bytes of a tag; `None` for an address in angle brackets, which is shown. `<o:p>` and `</st1:place>` are tags of
/// word processors.
fn tag(rest: &str) -> Option<usize> {
    let end = tag_end(rest)?;
    let name = rest[1..end].trim_start_matches('/');
    let closing = rest.starts_with("</");
    let name = &name[..name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len())];
    let behind = &rest[rest.find(name)? + name.len()..];
    let address = behind.starts_with("://")
        || behind.starts_with(['@', '.'])
        || name == "mailto" && behind.starts_with(':');
    (closing || !address).then_some(end)
}

/// Bytes of the end tag of a program or a style sheet, which may go over blank lines as these do.
fn program_end(rest: &str) -> Option<usize> {
    let named = |tag: &&str| rest.get(..tag.len()).is_some_and(|own| own.eq_ignore_ascii_case(tag));
    let name = ["</script", "</style"].into_iter().find(named)?.len();
    let behind = rest[name..].trim_start();
    behind.starts_with('>').then(|| rest.len() - behind.len() + 1)
}

/// Where a tag ends: a quoted value may hold what would end it.
fn tag_end(rest: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let stop = at + rest[at..].find(['>', '='])?;
        at = stop + 1;
        if rest[stop..].starts_with('>') {
            return Some(at);
        }
        let value = rest[at..].trim_start();
        if let Some(quote) = value.chars().next().filter(|c| "\"'".contains(*c)) {
            let open = rest.len() - value.len() + 1;
            at = rest[open..].find(quote).map_or(at, |close| open + close + 1);
        }
    }
}

/// The text with character references decoded.
fn decode_entities(text: &str) -> String {
    decode(text, true)
}

/// The text with character references decoded: numeric ones and those that are usual in running text. Of any other it is
/// not known whether it is one: it stays as it stands, or is left out as what may be shown or not.
fn decode(text: &str, keeps_unknown: bool) -> String {
    const NAMED: &[(&str, &str)] = &[
        ("amp", "&"),
        ("lt", " "),
        ("gt", " "),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", "\u{a0}"),
        ("shy", "\u{ad}"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
        ("agrave", "à"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("ccedil", "ç"),
        ("ntilde", "ñ"),
        ("auml", "ä"),
        ("ouml", "ö"),
        ("uuml", "ü"),
        ("szlig", "ß"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        /// The longest name of a reference.
        const LONGEST: usize = 31;
        let end = rest.bytes().take(LONGEST + 2).position(|b| b == b';');
        let name = end.and_then(|end| rest.get(1..end)).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let named = NAMED.iter().find(|n| n.0 == name).map(|n| n.1.to_owned());
        match number.and_then(char::from_u32).map(String::from).or(named) {
            Some(decoded) => {
                out.push_str(&decoded);
                rest = &rest[name.len() + 2..];
            }
            None if !keeps_unknown && is_name(name) => {
                out.push(' ');
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// True for what may be the name of a reference.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(line: &str, words: &str) {
        let out = decode(&shown_of_text(shown_of_line(line, &mut false).unwrap_or_default()), false);
        let out: Vec<&str> = out.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        assert_eq!(out.join(" "), words, "{line}");
    }

    #[test]
    fn what_markdown_does_not_show_is_no_word() {
        shows("a [text](https://example.org/(b) \"c\") d", "a text d");
        shows("a [mill](https://example.org)s b", "a mills b");
        shows("a[^note] b [^note]: c", "a b c");
        shows("a[^note](b.png) c[^note](d e)", "a c d e");
        shows("a [b c]d e", "a b e");
        shows("[a][b] [c][d\\[e] [f][g [h](i)", "a c f g h");
        shows("[a\\](b) [c\\][\\[d\\]](e) [f\\\\](g)", "a b c d f");
        shows("a b[c d](e) [f g](h)", "a d f g");
        shows("[label]: https://example.org \"title\"", "");
        shows("[1]: A note, not an address", "1 A note not an address");
        shows("```rust", "");
        shows("a<b>c</b> 1 < 2 <https://example.org>", "a c 1 2 https example org");
        shows("a<o:p></o:p> <mailto:b@example.org> <c@example.org>", "a mailto b example org c example org");
        shows("caf&#233; a &amp; b &c", "café a b c");
        shows("a&copy;b &mill; c &not one;", "a b c not one");
        shows("- [x] done ${ }^{\\dagger}$ \\tÑa", "done");
        shows("- [x]\u{c}done", "done");
        shows("a <!-- b --> c <!-- d", "a c");
        shows("a <script></script\n\n> b </i\n\n> c", "a b i c");
        shows("a <img alt=\"b > c\" onerror=\"d()\"> e", "a e");
        shows("a <a href=\"b\"\ntitle=\"c d\">e</a>", "a e");
    }

    #[test]
    fn the_signs_of_notes_are_no_words_of_plain_text() {
        let shown = |text: &str| without_signs(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(shown("a<sup>1</sup> b[2](#fn2)"), "a 1 b[2");
        assert_eq!(shown("a${ }^{\\dagger}$ \\b"), "a${ }^{ }$ \\b");
        assert_eq!(shown("<span id=\"fn1\">1.</span> c"), "1. c");
        assert_eq!(shown("d <i>e</i> [f](#g) 2 < 3"), "d <i>e</i> [f](#g) 2 < 3");
    }

    #[test]
    fn a_definition_whose_label_is_folded_is_taken_whole() {
        let definition = "> [a\n> b]: https://example.org\n";
        assert_eq!(folded_definition(&format!("{definition}c")), Some(definition.len()));
        assert_eq!(folded_definition("[a]: https://example.org\n"), None, "that is a line's own affair");
        assert_eq!(folded_definition("[a\nb] c\n"), None);
        assert_eq!(folded_definition("[a\n\nb]: https://example.org\n"), None);
    }
}
