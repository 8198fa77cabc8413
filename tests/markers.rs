//! Markers that `notes` found: wherever in the text they stand, they are links of their own and never lost.

mod common;

use postil::model::{Flow, Form, Marker, MarkerId, NoteId};
use postil::restore::{Restored, RestoredNote};
use postil::source::{Source, Span};

/// Builds a text in which every `{n}` is a marker whose note is `n`.
fn build(text: &str, form: Form) -> String {
    let source = Source::new("case", text.to_owned());
    let (mut body, mut markers, mut notes) = (Flow::default(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(open) = text[at..].find('{') {
        let open = at + open;
        let close = open + text[open..].find('}').unwrap();
        body.copy(text, at..open);
        body.mark(MarkerId(markers.len() as u32));
        let label = text[open + 1..close].to_owned();
        let span = Span::new(open, close + 1);
        let note = Some(NoteId(notes.len() as u32));
        markers.push(Marker {
            label: label.clone(),
            shown: label.clone(),
            span,
            note,
            evidence: String::new(),
        });
        let mut flow = Flow::default();
        flow.glue("The note.");
        notes.push(RestoredNote { shown: [&label, "."].concat(), label, part: 1, span, text: flow });
        at = close + 1;
    }
    body.copy(text, at..text.len());
    let built =
        common::build_restored(&source, form, Restored { body, markers, notes, ..Restored::default() });
    let (article, _) = built.article.html.split_once("<section role=\"doc-endnotes\"").unwrap();
    for (i, marker) in built.document.markers.iter().enumerate() {
        let id = format!(" id=\"fnref-1-{}\"", marker.label);
        assert_eq!(article.matches(&id).count(), 1, "marker {i} of {text:?}: {article}");
    }
    article.trim_end().to_owned()
}

fn marker(n: u32) -> String {
    format!("<sup><a role=\"doc-noteref\" id=\"fnref-1-{n}\" href=\"#fn-1-{n}\">{n}</a></sup>")
}

#[test]
fn a_link_is_cut_around_a_marker() {
    let html = build("[a *b{1} c* d](https://example.org)", Form::Markdown);
    let link = "<a href=\"https://example.org\" rel=\"noopener noreferrer\">";
    assert!(html.contains(&format!("{link}a <em>b</em></a>{}{link}<em> c</em> d</a>", marker(1))), "{html}");
}

#[test]
fn markers_survive_wherever_they_stand() {
    for (text, form) in [
        ("<table><tr><td>a{1}</td><td>b{2}</td></tr></table>", Form::OcrMarkdown),
        ("<div title=\"{1}\"><!-- {2} --><a href=\"https://example.org\">x{3}</a></div>", Form::Markdown),
        ("`code{1}` and\n\n    indented{2}\n\n```in{3}fo\ncode\n```", Form::Markdown),
        (
            "![alt{1}](x.svg) [t](https://example.org/{2}) [r]\n\n[r]: https://example.org/{3} \"{4}\"",
            Form::Markdown,
        ),
        (
            "# Head{1}\n\n| a{2} | b |\n|--|--|\n| c | d | e{3} |\n\n<b title='{4}'>x</b> <!-- {5} -->",
            Form::Markdown,
        ),
        ("a^[inline{1}] *b{2}* <sup>{3}</sup> <script>{4}</script>", Form::Markdown),
        (
            "HEAD{1}\n\nyear   {2}   a\n1901   12   b{3}\n\n- a{4}\n- b _c{5}_\n\n> q{6} https://example.org/x{7}",
            Form::Plain,
        ),
    ] {
        build(text, form);
    }
}

#[test]
fn neighbours_are_kept_apart() {
    let html = build("word{1}{2}", Form::Plain);
    assert!(html.contains(&[marker(1), marker(2)].join("<sup data-generated>,</sup>")), "{html}");
}
