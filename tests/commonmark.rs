//! The examples of the CommonMark specification through the whole reading of a text: where pulldown-cmark gives what
//! the specification asks for, so does postil, but for what it does on purpose.
//!
//! The specification comes with the npm package `commonmark-spec` (`npm ci --prefix tests/browser`); where that is
//! missing the test says so. Raw HTML is the sanitiser's affair (`parse::html`, `tests/hostile`) and left out here.

use std::fmt::Write as _;
use std::path::Path;

use postil::facts::{self, Facts};
use postil::model::{Document, Stretch};
use postil::render::html::{LinkTarget, Surroundings, article};
use postil::render::slug;
use postil::source::Source;
use postil::strings::Strings;
use postil::{build, decode, layout};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// One example of the specification.
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

/// The examples of `spec.txt`: fenced by 32 backquotes, Markdown and HTML parted by a dot, tabs as arrows.
fn examples(spec: &str) -> Vec<Example> {
    let mut out = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim().to_owned();
        }
        if !line.starts_with("````````````````````````````````") || !line.ends_with("example") {
            continue;
        }
        let mut part = |end: &str| {
            let mut text = String::new();
            for line in lines.by_ref().take_while(|l| *l != end) {
                writeln!(text, "{}", line.replace('→', "\t")).unwrap();
            }
            text
        };
        let (markdown, html) = (part("."), part("````````````````````````````````"));
        out.push(Example { number: out.len() + 1, section: section.clone(), markdown, html });
    }
    out
}

/// What a reader and a browser get of HTML, whatever its ids, classes and white space: elements, addresses, words.
fn skeleton(html: &str) -> String {
    let mut out = String::new();
    let mut generated: Vec<bool> = Vec::new();
    let mut pre = 0;
    let mut rest = html;
    loop {
        let at = rest.find('<').unwrap_or(rest.len());
        if generated.last() != Some(&true) {
            let text = &rest[..at];
            if pre > 0 {
                out.push_str(text);
            } else {
                for (i, word) in text.split_whitespace().enumerate() {
                    if i > 0 || text.starts_with(char::is_whitespace) {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
                if text.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
            }
        }
        if at == rest.len() {
            break;
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = rest[at + 1..end].trim_end_matches('/').trim();
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        // The page's own title is its first heading: those of the text come below it.
        let name = if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") { "heading" } else { name };
        if tag.starts_with('/') {
            let hidden = generated.pop() == Some(true);
            if name == "pre" {
                pre -= 1;
            }
            if name == "code" && pre > 0 {
                // Spaces at the end of a line, and empty lines at the end, show nowhere.
                let start = out.rfind("<code>").unwrap_or_default();
                let lines: Vec<&str> = out[start..].split('\n').map(|l| l.trim_end_matches(' ')).collect();
                let shown = lines.join("\n");
                out.truncate(start);
                out.push_str(shown.trim_end_matches('\n'));
            }
            if !hidden && !["section", "div", "span"].contains(&name) {
                write!(out, "</{name}>").unwrap();
            }
            continue;
        }
        let hidden = generated.last() == Some(&true) || tag.contains(" data-generated");
        if !["br", "hr", "img", "input"].contains(&name) {
            generated.push(hidden);
        }
        if name == "pre" {
            pre += 1;
        }
        if !hidden && !["section", "div", "span"].contains(&name) {
            write!(out, "<{name}").unwrap();
            for wanted in ["href", "src", "alt", "title", "start"] {
                if let Some((_, value)) = tag.split_once(&format!(" {wanted}=\"")) {
                    let value = value.split('"').next().unwrap_or_default();
                    write!(out, " {wanted}={:?}", unescaped(&value.replace("&quot;", "\""))).unwrap();
                }
            }
            out.push('>');
        }
    }
    plain(&out)
}

/// An address without percent signs where none is needed: browsers write `%C3%A9` for a bare `é` themselves.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|c| std::str::from_utf8(c).ok());
        match code.and_then(|c| u8::from_str_radix(c, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// White space beside the borders of blocks shows nowhere, and a sign is a sign however it is written.
fn plain(skeleton: &str) -> String {
    let mut out =
        skeleton.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2F;", "/");
    let blocks = ["p", "ul", "ol", "li", "blockquote", "pre", "heading", "hr", "br"];
    for block in blocks {
        for edge in [format!("</{block}>"), format!("<{block}>")] {
            for (from, to) in [(format!(" {edge}"), edge.clone()), (format!("{edge} "), edge.clone())] {
                out = out.replace(&from, &to);
            }
        }
    }
    out.trim().to_owned()
}

/// What is otherwise on purpose: why, and in which examples.
const ON_PURPOSE: [(&str, &[usize]); 4] = [
    ("an address that leads nowhere is no link", &[200, 484, 485, 486, 487, 501, 567]),
    ("a scheme that is not allowed by name is no link", &[500, 596, 598, 599, 601]),
    ("a bare address is a link, as on GitHub", &[602, 608, 611]),
    ("a definition that nothing uses stays in sight: no word is lost", &[204]),
];

/// A text that its owner calls Markdown, read as a build does it.
fn read(markdown: &str) -> (Source, Document) {
    let text = format!("---\nform: markdown\ntitle: Example\n---\n\n{markdown}");
    let mut source = decode::decode("example.md", text.into_bytes()).value.expect("it is text");
    let facts: Facts = facts::read(&mut source, None).value;
    let source = layout::unfold(source);
    let read = build::read(&source, &facts).value;
    (source, read.document)
}

/// The article that a build makes of it.
fn built(markdown: &str) -> String {
    let (source, document) = read(markdown);
    let strings = Strings::default();
    let around = Surroundings {
        slug: slug::of_text,
        resolve: &|address| LinkTarget::File(address.to_owned()),
        reserved: &[],
        overlays: &[],
        strings: &strings,
    };
    article(&document, &source, &around).value.html
}

#[test]
fn what_the_parser_gets_right_stays_right() {
    let spec =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/commonmark-spec/spec.txt");
    let Ok(spec) = std::fs::read_to_string(spec) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the specification is missing");
        return eprintln!("SKIPPED: no specification (npm ci --prefix tests/browser)");
    };
    let (mut same, mut raw, mut unmet) = (0, 0, 0);
    let mut differ = Vec::new();
    for example in examples(&spec) {
        let events: Vec<Event> = Parser::new(&example.markdown).collect();
        if events.iter().any(|e| matches!(e, Event::Html(_) | Event::InlineHtml(_))) {
            raw += 1;
            continue;
        }
        let mut parsed = String::new();
        html::push_html(&mut parsed, events.into_iter());
        if skeleton(&parsed) != skeleton(&example.html) {
            unmet += 1;
            continue;
        }
        let ours = skeleton(&built(&example.markdown));
        if ours == skeleton(&example.html) {
            same += 1;
            continue;
        }
        differ.push((example, ours));
    }
    eprintln!(
        "{same} as asked, {} otherwise, {raw} with raw HTML, {unmet} that the parser has otherwise",
        differ.len()
    );
    let mut purposes: Vec<usize> = ON_PURPOSE.iter().flat_map(|p| p.1).copied().collect();
    purposes.sort_unstable();
    let numbers: Vec<usize> = differ.iter().map(|d| d.0.number).collect();
    let told: Vec<String> = differ
        .iter()
        .filter(|d| !purposes.contains(&d.0.number))
        .map(|(e, ours)| {
            let asked = skeleton(&e.html);
            format!("{} ({})\n{}\n  asked {asked}\n  built {ours}", e.number, e.section, e.markdown)
        })
        .collect();
    assert_eq!(numbers, purposes, "\n{}", told.join("\n"));
}

/// Footnotes as GitHub writes them, in our own words.
const FOOTNOTES: [&str; 22] = [
    "A mill[^1].\n\n[^1]: Of oak.\n",
    "[^1]: Of oak.\n\nA mill[^1].\n",
    "A mill[^1], a weir[^2].\n\n[^2]: Of stone.\n[^1]: Of oak.\n",
    "A mill[^oak] and a weir[^oak].\n\n[^oak]: Both of oak.\n",
    "A mill[^1].\n\n[^1]: Of oak.\n\n    Felled in winter.\n",
    "A mill[^1].\n\n[^1]: Of oak,\nfelled in winter.\n",
    "A mill[^1].\n\n[^1]: - of oak\n    - of elm\n",
    "A mill[^1].\n\n[^1]:\n    > Of oak.\n",
    "A mill[^1].\n\n[^1]: Of oak, see the weir[^2].\n\n[^2]: Of stone.\n",
    "A mill[^nothing].\n\n[^1]: Of oak.\n",
    "A mill[^1].\n",
    "A mill[^Oak].\n\n[^oak]: Of oak.\n",
    "A mill\\[^1].\n\n[^1]: Of oak.\n",
    "A mill `[^1]`.\n\n[^1]: Of oak.\n",
    "**A mill[^1]**, *a weir[^1]*.\n\n[^1]: Of oak.\n",
    "> A mill[^1].\n\n[^1]: Of oak.\n",
    "- A mill[^1]\n- a weir[^2]\n\n[^1]: Of oak.\n[^2]: Of stone.\n",
    "# A mill[^1]\n\nWords.\n\n[^1]: Of oak.\n",
    "| A | B |\n|---|---|\n| mill[^1] | weir |\n\n[^1]: Of oak.\n",
    "A mill![^1]\n\n[^1]: Of oak.\n",
    "A mill[^a b].\n\n[^a b]: Of oak.\n",
    "A mill[^long-name_2].\n\n[^long-name_2]: Of oak.\n\nMore of the text.\n",
];

/// The words of the note of each reference, as the parser by itself has it.
fn asked(markdown: &str) -> Vec<String> {
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut references = Vec::new();
    let mut inside = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                inside = Some(notes.len());
                notes.push((label.to_string(), String::new()));
            }
            Event::End(TagEnd::FootnoteDefinition) => inside = None,
            Event::FootnoteReference(label) => references.push(label.to_string()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(note) = inside {
                    notes[note].1.push_str(&text);
                }
            }
            _ => {}
        }
    }
    let words = |label: &str| {
        let note = notes.iter().find(|n| n.0.eq_ignore_ascii_case(label));
        note.map(|n| n.1.split_whitespace().collect::<String>())
    };
    references.iter().filter_map(|label| words(label)).collect()
}

#[test]
fn footnotes_are_tied_as_the_parser_ties_them() {
    for markdown in FOOTNOTES {
        let (_, document) = read(markdown);
        let tied: Vec<String> = document
            .markers
            .iter()
            .filter_map(|m| m.note)
            .map(|note| {
                let text = document.text(Stretch::Note(note));
                text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
            })
            .collect();
        let mut asked = asked(markdown);
        let mut sorted = tied.clone();
        asked.sort();
        sorted.sort();
        assert_eq!(sorted, asked, "{markdown:?}");
    }
}
