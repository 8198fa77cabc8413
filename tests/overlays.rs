//! What is concluded of a passage lies over exactly its words, whatever markup they stand in, and changes none of them.

mod common;

use std::fs;
use std::path::Path;

use common::page::Page;
use common::read::{self, Case};
use common::site;
use postil::model::{Passage, Stretch};
use postil::render::html::{Article, Overlay, OverlayKind, Surroundings, article};

/// The golden cases: every kind of block, and every kind of marker.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<_> =
        paths.filter(|p| p.extension().is_some_and(|e| e == "md" || e == "txt")).collect();
    texts.sort();
    texts.iter().map(|path| read::file(path).unwrap()).collect()
}

fn written(case: &Case, overlays: &[Overlay]) -> Article {
    let around = Surroundings { overlays, ..site::surroundings() };
    article(&case.read.document, &case.source, &around).value
}

/// Every stretch cut into passages of some length, which begin and end inside words, emphases, cells and links.
fn passages(case: &Case, length: usize) -> Vec<(Passage, String)> {
    let mut out = Vec::new();
    for stretch in case.read.document.stretches() {
        let text = case.read.document.text(stretch);
        let mut from = 0;
        while from < text.len() {
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) {
                to += 1;
            }
            out.push((Passage { stretch, range: from..to }, text[from..to].to_owned()));
            from = to;
        }
    }
    out
}

fn mark(i: usize) -> OverlayKind {
    OverlayKind::Mark {
        key: i.to_string(),
        class: "mark-blue".into(),
        title: "Note by Ada".into(),
        noted: !i.is_multiple_of(3),
    }
}

/// Text without white space, for what is broken into lines on the page.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words inside the links with this `data-work`, in the order of the page.
fn inside(html: &str, id: &str) -> String {
    let mut out = String::new();
    for piece in html.split(&["<a class=\"work\" data-work=\"", id, "\""].concat()).skip(1) {
        let piece = piece.split_once('>').unwrap().1;
        out.push_str(piece.split("</a>").next().unwrap());
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn words_are_the_same_under_any_overlay() {
    for case in cases() {
        let bare = Page::read(&case.article.html);
        for length in [1, 7, 40] {
            let mut overlays = Vec::new();
            for (i, (passage, _)) in passages(&case, length).into_iter().enumerate() {
                let kind = match i % 5 {
                    4 => mark(i),
                    0 => OverlayKind::Work { id: i.to_string(), href: "../works/w.html".into() },
                    1 => OverlayKind::Link { href: "#there".into(), title: None },
                    2 => OverlayKind::Place { id: ["p", &i.to_string()].concat(), shown: Some("45".into()) },
                    _ => OverlayKind::Gloss { text: "= somebody".into(), href: None },
                };
                overlays.push(Overlay { passage, kind });
            }
            let page = Page::read(&written(&case, &overlays).html);
            assert_eq!(dense(&page.words), dense(&bare.words), "{}", case.source.path);
            assert!(page.ids.values().all(|count| *count == 1), "{}: an id twice", case.source.path);
        }
    }
}

#[test]
fn a_reference_lies_over_its_own_words() {
    let mut seen = 0;
    for case in cases() {
        let all = passages(&case, 23);
        let overlays: Vec<Overlay> = all
            .iter()
            .enumerate()
            .map(|(i, (passage, _))| Overlay {
                passage: passage.clone(),
                kind: OverlayKind::Work { id: i.to_string(), href: "w.html".into() },
            })
            .collect();
        let html = written(&case, &overlays).html;
        for (i, (_, text)) in all.iter().enumerate() {
            let got = inside(&html, &i.to_string());
            // Inside a link of the source's, a code block or an image nothing is laid over.
            if !got.is_empty() {
                seen += usize::from(dense(&got) == dense(text));
                assert!(
                    is_within(&dense(&got), &dense(text)),
                    "{}: {got:?} is no part of {text:?}",
                    case.source.path
                );
            }
        }
    }
    assert!(seen > 1000, "only {seen} passages are whole");
}

/// True if `part` is what is left of `whole` where pieces of it are taken out.
fn is_within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|c| rest.any(|w| w == c))
}

#[test]
fn links_are_never_inside_links() {
    for case in cases() {
        let link = |passage| Overlay { passage, kind: OverlayKind::Link { href: "#x".into(), title: None } };
        // Two layers that overlap each other.
        let overlays: Vec<Overlay> =
            [11, 17].iter().flat_map(|&l| passages(&case, l)).map(|(p, _)| link(p)).collect();
        let mut open = 0;
        for piece in written(&case, &overlays).html.split('<') {
            open += i32::from(piece.starts_with("a ")) - i32::from(piece.starts_with("/a>"));
            assert!((0..=1).contains(&open), "{}: a link in a link", case.source.path);
        }
    }
}

#[test]
fn every_block_knows_its_place_and_its_id() {
    for case in cases() {
        let page = Page::read(&case.article.html);
        let mut last = (Stretch::Body, 0);
        for block in &case.article.anchors.blocks {
            let Passage { stretch, range } = &block.passage;
            assert!((*stretch, range.start) >= last, "{}: blocks out of order", case.source.path);
            assert!(case.read.document.text(*stretch).get(range.clone()).is_some(), "{}", case.source.path);
            last = (*stretch, range.start);
            if let Some(id) = &block.id {
                assert!(page.ids.contains_key(id), "{}: no element has the id {id}", case.source.path);
            }
        }
    }
}

/// HTML without the marks in it and the ways to their notes.
fn unmarked(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end = if tag.starts_with("<a class=\"reader-sign") {
            tag.find("</a>").unwrap() + "</a>".len()
        } else if tag.starts_with("<span id=\"_mark") {
            tag.find("</span>").unwrap() + "</span>".len()
        } else {
            tag.find('>').unwrap() + 1
        };
        if !["<mark id=\"_mark-", "<mark class=", "</mark>", "<a class=\"reader-sign", "<span id=\"_mark"]
            .iter()
            .any(|m| tag.starts_with(m))
        {
            out.push_str(&tag[..end]);
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    out
}

/// HTML with the colours of code taken out: where code is marked, the marks are shown in their place.
fn uncoloured(html: &str) -> String {
    let mut out = String::new();
    for (i, piece) in html.split("<code").enumerate() {
        let (code, behind) = piece.split_once("</code>").unwrap_or(("", piece));
        if i > 0 {
            out.push_str("<code");
        }
        let mut coloured = code.split("<span class=\"hl-");
        out.push_str(&coloured.next().unwrap_or_default().replace("</span>", ""));
        for span in coloured {
            out.push_str(&span.split_once('>').unwrap_or_default().1.replace("</span>", ""));
        }
        out.push_str(if code.is_empty() { "" } else { "</code>" });
        out.push_str(behind);
    }
    out
}

#[test]
fn marks_lie_over_links_markers_and_each_other_and_break_none() {
    let mut marks = 0;
    for case in cases() {
        let link = |(i, (passage, _)): (usize, (Passage, String))| Overlay {
            passage,
            kind: OverlayKind::Work { id: i.to_string(), href: "w.html".into() },
        };
        let below: Vec<Overlay> = passages(&case, 29).into_iter().step_by(2).enumerate().map(link).collect();
        let mut all = below.clone();
        // Three layers: within words, over many paragraphs, and one within the other.
        for (layer, length) in [5, 400, 37].into_iter().enumerate() {
            let layer = passages(&case, length)
                .into_iter()
                .enumerate()
                .map(|(i, (passage, _))| Overlay { passage, kind: mark(layer * 1_000_000 + i) });
            all.extend(layer);
        }
        let marked = written(&case, &all).html;
        marks += marked.matches("<mark ").count();
        // A source may have marks of its own, which end as these do.
        if !case.article.html.contains("<mark>") {
            let unmarked = |html: &str| uncoloured(&unmarked(html));
            assert_eq!(unmarked(&marked), unmarked(&written(&case, &below).html), "{}", case.source.path);
        }
        let page = Page::read(&marked);
        assert!(page.ids.values().all(|count| *count == 1), "{}: an id twice", case.source.path);
        let mut open = 0;
        for piece in marked.split('<') {
            open += i32::from(piece.starts_with("a ")) - i32::from(piece.starts_with("/a>"));
            assert!((0..=1).contains(&open), "{}: a link in a link", case.source.path);
        }
    }
    assert!(marks > 10_000, "only {marks} marks");
}
