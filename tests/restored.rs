//! Building what `postil restore` prints gives the same page; and every fix that is offered undoes what it says.
//!
//! The same golden cases as in `golden`, and texts made by `damage`. `POSTIL_CORPUS=folder` looks at every text in a
//! folder too.

mod common;
mod damage;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use common::diff;
use common::read::{self, Case};
use postil::fixes::offer::Offers;
use postil::model::{
    Block, BlockKind, Document, HtmlPart, Inline, InlineKind, OmissionReason, RepairKind, plain_text,
};
use postil::print;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What a reader gets of a document, a line a block: its blocks with their words, where the markers stand and which
/// note each leads to, the notes, the metadata.
fn reading(document: &Document) -> String {
    let mut out = String::new();
    let meta = &document.meta;
    writeln!(out, "title {:?} authors {:?} date {:?}", meta.title, meta.authors, meta.date).unwrap();
    writeln!(out, "source {:?} lang {:?}", meta.source, meta.lang).unwrap();
    blocks(document, &document.body, 0, &mut out);
    if let Some(heading) = &document.notes_heading {
        writeln!(out, "heading of the notes: {}", inlines(document, heading)).unwrap();
    }
    for (i, note) in document.notes.iter().enumerate() {
        writeln!(out, "note {i} of part {}", note.part).unwrap();
        blocks(document, &note.blocks, 1, &mut out);
    }
    out
}

fn blocks(document: &Document, content: &[Block], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let text = |content: &[Inline]| inlines(document, content);
    for block in content {
        match &block.kind {
            BlockKind::Heading { level, content } => writeln!(out, "{pad}h{level} {}", text(content)),
            BlockKind::Paragraph(content) => writeln!(out, "{pad}p {}", text(content)),
            BlockKind::Aside(role, content) => writeln!(out, "{pad}{role:?} {}", text(content)),
            BlockKind::Preformatted(content) => writeln!(out, "{pad}pre {}", text(content)),
            BlockKind::Code { language, text } => {
                // The last line of a file may have no end.
                writeln!(out, "{pad}code {language:?} {:?}", text.trim_end_matches('\n'))
            }
            BlockKind::Rule => writeln!(out, "{pad}rule"),
            BlockKind::Verse(lines) => {
                let lines: Vec<String> = lines.iter().map(|l| text(l)).collect();
                writeln!(out, "{pad}verse {}", lines.join(" / "))
            }
            BlockKind::Quote(inner) => {
                writeln!(out, "{pad}quote").unwrap();
                blocks(document, inner, depth + 1, out);
                continue;
            }
            BlockKind::List { start, tight, items } => {
                writeln!(out, "{pad}list {start:?} tight {tight}").unwrap();
                for item in items {
                    writeln!(out, "{pad} item {:?} {:?}", item.task, item.number).unwrap();
                    blocks(document, &item.blocks, depth + 1, out);
                }
                continue;
            }
            BlockKind::Table { align, head, rows } => {
                writeln!(out, "{pad}table {align:?}").unwrap();
                for row in std::iter::once(head).chain(rows) {
                    let cells: Vec<String> = row.iter().map(|c| text(c)).collect();
                    writeln!(out, "{pad}  {}", cells.join(" | ")).unwrap();
                }
                continue;
            }
            BlockKind::Html(parts) => {
                let mut inside = String::new();
                for part in parts {
                    match part {
                        HtmlPart::Open { name, attributes } => {
                            write!(inside, "<{name} {attributes:?}>").unwrap()
                        }
                        HtmlPart::Close(name) => write!(inside, "</{name}>").unwrap(),
                        HtmlPart::Text(text) => inside.push_str(text),
                        HtmlPart::Marker(id) => inside.push_str(&marker(document, id.0)),
                    }
                }
                let inside = inside.split_whitespace().collect::<Vec<_>>().join(" ");
                let words = parts.iter().all(|p| matches!(p, HtmlPart::Text(_) | HtmlPart::Marker(_)));
                // HTML of which only words are left is written as a paragraph.
                writeln!(out, "{pad}{} {inside}", if words { "p" } else { "html" })
            }
        }
        .unwrap();
    }
}

fn marker(document: &Document, id: u32) -> String {
    match document.markers[id as usize].note {
        Some(note) => format!("⟦{}⟧", note.0),
        None => "⟦no note⟧".to_owned(),
    }
}

/// The words of inlines with their markup, whatever white space is between them.
fn inlines(document: &Document, content: &[Inline]) -> String {
    fn go(document: &Document, content: &[Inline], out: &mut String) {
        for inline in content {
            let (open, close) = match &inline.kind {
                InlineKind::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                InlineKind::SoftBreak => {
                    out.push(' ');
                    continue;
                }
                InlineKind::HardBreak => {
                    out.push('⏎');
                    continue;
                }
                InlineKind::Marker(id) => {
                    out.push_str(&marker(document, id.0));
                    continue;
                }
                InlineKind::Code(text) => (format!("`{text}"), "`".to_owned()),
                InlineKind::Image { src, title, alt } => {
                    (format!("<img {src} {title} {alt}>"), String::new())
                }
                InlineKind::Anchor(name) => (format!("<place {name}>"), String::new()),
                InlineKind::Link { href, title, .. } => (format!("<link {href} {title}>"), "</link>".into()),
                InlineKind::Emphasis(_) => ("<em>".into(), "</em>".into()),
                InlineKind::Strong(_) => ("<strong>".into(), "</strong>".into()),
                InlineKind::Strike(_) => ("<del>".into(), "</del>".into()),
                InlineKind::Superscript(_) => ("<sup>".into(), "</sup>".into()),
                InlineKind::Subscript(_) => ("<sub>".into(), "</sub>".into()),
                InlineKind::Element(name, _) => (format!("<{name}>"), format!("</{name}>")),
            };
            out.push_str(&open);
            go(document, inline.kind.content().unwrap_or_default(), out);
            out.push_str(&close);
        }
    }
    let mut out = String::new();
    go(document, content, &mut out);
    let words: Vec<&str> = out.split(' ').filter(|w| !w.is_empty()).collect();
    words.join(" ").replace(" ⏎", "⏎").replace("⏎ ", "⏎").trim_matches(['\n', ' ', '⏎']).to_owned()
}

/// What the print of a case changes, if anything.
fn changed(case: &Case) -> Option<String> {
    let text = print::commonmark(&case.read.document, &case.facts);
    let again = read::text("print.md", &text);
    let (before, after) = (reading(&case.read.document), reading(&again.read.document));
    if before != after {
        return Some(format!("{}\n--- the print ---\n{text}", diff::lines(&before, &after)));
    }
    let toc =
        |case: &Case| case.article.anchors.toc.iter().map(|e| (e.level, e.text.clone())).collect::<Vec<_>>();
    assert_eq!(toc(case), toc(&again));
    None
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"))
        .collect();
    out.sort();
    out
}

fn cases() -> Vec<PathBuf> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut all = texts(&golden);
    all.extend(texts(&golden.join("known")));
    all.extend(texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")));
    if let Some(corpus) = std::env::var_os("POSTIL_CORPUS") {
        all.extend(texts(Path::new(&corpus)));
    }
    all
}

#[test]
fn building_the_print_gives_the_same_page() {
    let mut wrong = Vec::new();
    for path in cases() {
        let Some(case) = read::file(&path) else { continue };
        if let Some(difference) = changed(&case) {
            wrong.push(format!("{}:\n{difference}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn building_the_print_of_a_damaged_text_gives_the_same_page(damaged in damage::damaged()) {
        let case = read::text(damaged.name(), &damaged.text());
        prop_assert_eq!(changed(&case), None);
    }

    #[test]
    fn no_sign_of_a_text_is_lost_in_the_print(text in "([ -~]{0,60}\n){1,6}") {
        let case = read::text("signs.txt", &text);
        let again = read::text("print.md", &print::commonmark(&case.read.document, &case.facts));
        let words = |d: &Document| {
            let text = reading(d);
            text.lines().skip(2).flat_map(str::split_whitespace).map(str::to_owned).collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&case.read.document), words(&again.read.document));
    }
}

/// A text with a line of facts at its head.
fn with_fact(path: &Path, text: &str, fact: &str) -> String {
    let beside = std::fs::read_to_string(path.with_extension("yaml")).unwrap_or_default();
    let fact = if fact.starts_with('{') { format!("fixes:\n- {fact}\n") } else { format!("{fact}\n") };
    match text.strip_prefix("---\n").filter(|_| beside.is_empty()) {
        Some(rest) if rest.contains("\n---\n") => format!("---\n{fact}{rest}"),
        _ => format!("---\n{beside}\n{fact}---\n{text}"),
    }
}

#[test]
fn every_fix_that_is_offered_undoes_its_repair() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for path in cases() {
        let Some(case) = read::file(&path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !case.facts.fixes.is_empty() {
            continue; // its owner has overruled it already
        }
        let (document, offers) = (&case.read.document, Offers::new(&case.source));
        let mut check = |what: String, fix: Option<String>, is_there: &dyn Fn(&Document) -> usize| {
            let Some(fix) = fix else { return wrong.push(format!("{name}: no fix for {what}")) };
            tried += 1;
            let fixed = read::text(&name, &with_fact(&path, &case.source.text, &fix));
            let complaints: Vec<String> = fixed
                .diagnostics
                .iter()
                .filter(|d| d.code.name().starts_with("fix") || d.code.name().starts_with("bad-fact"))
                .map(|d| d.message.to_string())
                .collect();
            if is_there(&fixed.read.document) >= is_there(document) || !complaints.is_empty() {
                wrong.push(format!("{name}: {fix} does not undo {what}; {complaints:?}"));
            }
        };
        for repair in &document.repairs {
            let same = |d: &Document| {
                let like = |r: &&postil::model::Repair| r.kind == repair.kind && r.before == repair.before;
                d.repairs.iter().filter(like).count()
            };
            check(format!("{:?} {:?}", repair.kind, repair.before), offers.repair(repair), &same);
        }
        for omission in document.omissions.iter().filter(|o| o.reason != OmissionReason::UnsafeMarkup) {
            let same = |d: &Document| d.omissions.iter().filter(|o| o.text == omission.text).count();
            check(format!("{:?} {:?}", omission.reason, omission.text), offers.omission(omission), &same);
        }
    }
    assert!(tried > 20, "only {tried} fixes were offered");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

/// A text read with one fix.
fn fixed(text: &str, fix: &str) -> Case {
    read::text("mill.txt", &format!("---\nform: plain\nfixes:\n  - {fix}\n---\n{text}"))
}

fn kinds(case: &Case) -> Vec<String> {
    let name = |b: &Block| match &b.kind {
        BlockKind::Heading { level, content } => format!("h{level} {}", plain_text(content)),
        BlockKind::Paragraph(content) => format!("p {}", plain_text(content)),
        BlockKind::Quote(_) => "quote".into(),
        BlockKind::Verse(lines) => format!("verse {}", lines.len()),
        other => format!("{other:?}"),
    };
    case.read.document.body.iter().map(name).collect()
}

#[test]
fn fixes_say_what_a_block_is() {
    let text = "The mill stood by the weir for ninety years and more, and nobody had ever asked whose it was.\n\n\
                The flood\n\nThen the water came over the meadow in a single night,\nand took the wheel with it.\n";
    let quote = |what: &str| fixed(text, what);
    let headings = kinds(&quote(
        "{ quote: 'The flood', heading: 2 }\n  - { quote: 'Then the water came over', heading: 3 }",
    ));
    assert_eq!(headings[1], "h2 The flood");
    assert!(headings[2].starts_with("h3 Then the water"), "{headings:?}");
    assert_eq!(kinds(&quote("{ quote: 'Then the water came over', as: quotation }"))[2], "quote");
    let split = kinds(&quote("{ quote: 'and nobody had ever', split: true }"));
    assert_eq!(split[1], "p and nobody had ever asked whose it was.", "{split:?}");
    let joined = kinds(&quote("{ quote: 'The flood', join: true }"));
    assert!(joined.iter().any(|k| k.starts_with("p The flood Then")), "{joined:?}");
    let out = quote("{ quote: 'The flood', omit: running-head }");
    assert_eq!(out.read.document.omissions[0].text, "The flood");
    let verse = quote(
        "{ quote: 'Then the water came over the meadow in a single night, and took the wheel with it.', as: verse }",
    );
    assert_eq!(kinds(&verse)[2], "verse 2");
}

#[test]
fn fixes_say_what_a_marker_and_a_note_is() {
    let text = "He bought the mill[1] and sold the weir in 1802 to the abbot.\n\n\
                Nobody knew [2] why he did it.\n\n[1] For ninety crowns.\n[2] The books are lost.\n";
    let tied = |case: &Case| case.read.document.markers.iter().filter(|m| m.note.is_some()).count();
    assert_eq!(tied(&fixed(text, "{ quote: 'For ninety crowns', keep: true }")), 2);
    let moved = fixed(text, "{ quote: 'sold the weir', marker: '1' }");
    assert_eq!(tied(&moved), 2);
    let more = fixed(text, "{ quote: 'to the abbot', marker: 2 }");
    assert!(tied(&more) >= 2);
    let none = fixed(text, "{ quote: 'Nobody knew', marker: false }");
    assert_eq!(tied(&none), 1);
}

#[test]
fn a_fix_that_does_not_fit_is_reported_where_it_is_written() {
    let text = "A mill.\n\nA weir, and a mill.\n";
    let said = |fix: &str| {
        let case = fixed(text, fix);
        case.diagnostics
            .into_iter()
            .map(|d| (d.line, d.code.name(), d.message.to_string()))
            .collect::<Vec<_>>()
    };
    let nowhere = said("{ quote: 'a windmill', heading: 2 }");
    assert_eq!((nowhere[0].0, nowhere[0].1.as_str()), (4, "fix-misfit"), "{nowhere:?}");
    let twice = said("{ quote: 'mill', heading: 2 }");
    assert!(twice[0].2.contains("2 places"), "{twice:?}");
    let unused = said("{ quote: 'A weir', keep: true }");
    assert_eq!(unused[0].1, "fix-unused", "{unused:?}");
    let unread = said("{ quote: 'A weir', keep: true, heading: 2 }");
    assert!(unread[0].2.contains("two things"), "{unread:?}");
    let odd = said("{ quote: 'A weir', omit: because }");
    assert_eq!(odd[0].1, "bad-fact", "{odd:?}");
}

#[test]
fn headings_of_plain_text_are_repairs() {
    let long = "The mill stood by the weir for ninety years and more, and nobody had ever asked whose it was, \
                until the water came over the meadow in a single night and took the wheel with it, and the miller.";
    let case = read::text("a.txt", &format!("{long}\n\nThe Great Flood\n\n{long}\n\n{long}\n"));
    assert!(case.read.document.repairs.iter().any(|r| r.kind == RepairKind::Heading), "{:?}", kinds(&case));
}

#[test]
fn a_translator_is_no_author_and_stays_in_the_text() {
    let prose = "The mill stood by the weir for ninety years and more, and nobody had ever asked whose it was, \
                 until the water came over the meadow in a single night and took the wheel with it, and the miller.";
    let by_author =
        format!("The Great Flood\n\nBy Nora Feld\n\nTranslated by Ada Weaver\n\n{prose}\n\n{prose}\n");
    let alone = format!("The Great Flood\n\nTranslated by Ada Weaver\n\n{prose}\n\n{prose}\n");
    for (text, authors) in [(by_author, vec!["Nora Feld"]), (alone, Vec::new())] {
        let case = read::text("a.txt", &text);
        assert_eq!(case.read.document.meta.authors, authors, "{text}");
        assert_eq!(case.read.document.meta.title, "The Great Flood");
        assert!(case.article.html.contains("Translated by Ada Weaver"), "{}", case.article.html);
    }
}
