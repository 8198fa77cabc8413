//! One text with its notes in every convention that readers meet: each marker is tied to its own note, and the same
//! text with signs that only look like markers is left alone.

mod common;

use postil::model::block_text;

/// Sentences that a marker stands behind.
const TEXT: [&str; 8] = [
    "The weir was built by the monks in the year of the great flood, and it was paid for by the farmers below the mill",
    "Nobody knows who drew the plan of it, though three towns claim the man",
    "For two hundred years the wheel turned day and night, and the miller slept when there was no corn to grind",
    "The first to write about the place was a clerk who had come to count the sacks and stayed for the summer",
    "He describes the meadow with great care, and the miller with none at all",
    "When the railway came the corn went elsewhere, and the wheel was taken down and sold for what the iron brought",
    "What is left of the building was used as a school until the roof fell in",
    "Today the children fish there, and the water has made itself a new way round the stones",
];

/// The notes, in the order of their markers.
const NOTES: [&str; 8] = [
    "Ada Weaver, The Monks and the Water, p. 12.",
    "See the letters that were printed by the town of Upper Mill.",
    "Bruno Sand, “Of Wheels,” Valley Review 14 (1902): 55.",
    "His book was never printed; a copy lies in the school.",
    "Weaver, p. 44.",
    "The bill of sale is quoted in full by Sand.",
    "Clara Reed, A School by the River (1921), pp. 3–9.",
    "The county has its photograph.",
];

/// The text with a sign behind every sentence, and its notes under a heading.
fn text(marker: &dyn Fn(usize) -> String, head: &dyn Fn(usize) -> String, heading: &str) -> String {
    let paragraphs: Vec<String> =
        TEXT.iter().enumerate().map(|(i, s)| format!("{s}.{}", marker(i))).collect();
    let notes: Vec<String> = NOTES.iter().enumerate().map(|(i, n)| format!("{}{n}", head(i))).collect();
    let paragraphs: Vec<String> = paragraphs.chunks(2).map(|pair| pair.join(" ")).collect();
    format!("On the Weir\n\n{}\n\n{heading}\n\n{}\n", paragraphs.join("\n\n"), notes.join("\n\n"))
}

/// What is wrong with the pairs of a text that should have all eight.
fn faults(text: &str) -> Vec<String> {
    let document = common::read::text("weir.txt", text).read.document;
    let mut out = Vec::new();
    if document.notes.len() != NOTES.len() {
        out.push(format!("{} notes", document.notes.len()));
    }
    for (i, expected) in NOTES.iter().enumerate() {
        let found = document.markers.get(i).and_then(|m| document.notes.get(m.note?.0 as usize));
        let shown = found.map_or(String::new(), |n| block_text(&n.blocks));
        if shown.trim() != *expected {
            out.push(format!("note {}: {:?}", i + 1, shown.trim()));
        }
    }
    out
}

const ROMAN: [&str; 8] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"];

fn letter(alphabet: &str, i: usize) -> String {
    alphabet.chars().nth(i).map(String::from).unwrap_or_default()
}

fn full_width(i: usize) -> String {
    char::from_u32(u32::from('１') + i as u32).map(String::from).unwrap_or_default()
}

fn circled(i: usize) -> String {
    char::from_u32(u32::from('①') + i as u32).map(String::from).unwrap_or_default()
}

fn raised(i: usize) -> &'static str {
    ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸"][i]
}

#[test]
fn every_convention_is_read() {
    type Sign<'a> = &'a dyn Fn(usize) -> String;
    let cases: &[(&str, Sign, Sign, &str)] = &[
        ("[1] and 1.", &|i| format!("[{}]", i + 1), &|i| format!("{}. ", i + 1), "Notes"),
        ("[1] and 1)", &|i| format!("[{}]", i + 1), &|i| format!("{}) ", i + 1), "Notes"),
        ("[1] and (1)", &|i| format!("[{}]", i + 1), &|i| format!("({}) ", i + 1), "Notes"),
        ("figures and [1]", &|i| format!("{}", i + 1), &|i| format!("[{}] ", i + 1), "Notes"),
        ("(1)", &|i| format!(" ({})", i + 1), &|i| format!("({}) ", i + 1), "Notes"),
        ("/1/", &|i| format!("/{}/", i + 1), &|i| format!("/{}/ ", i + 1), "Notes"),
        (
            "[a] and a.",
            &|i| format!("[{}]", letter("abcdefgh", i)),
            &|i| format!("{}. ", letter("abcdefgh", i)),
            "Notes",
        ),
        (
            "[A]",
            &|i| format!("[{}]", letter("ABCDEFGH", i)),
            &|i| format!("[{}] ", letter("ABCDEFGH", i)),
            "FOOTNOTES:",
        ),
        (
            "(a)",
            &|i| format!("({})", letter("abcdefgh", i)),
            &|i| format!("({}) ", letter("abcdefgh", i)),
            "Notes",
        ),
        (
            "raised a",
            &|i| format!("<sup>{}</sup>", letter("abcdefgh", i)),
            &|i| format!("{}. ", letter("abcdefgh", i)),
            "Notes",
        ),
        (
            "[а]",
            &|i| format!("[{}]", letter("абвгдежз", i)),
            &|i| format!("[{}] ", letter("абвгдежз", i)),
            "Примечания",
        ),
        (
            "[α]",
            &|i| format!("[{}]", letter("αβγδεζηθ", i)),
            &|i| format!("[{}] ", letter("αβγδεζηθ", i)),
            "Notes",
        ),
        ("[i]", &|i| format!("[{}]", ROMAN[i]), &|i| format!("[{}] ", ROMAN[i]), "Notes"),
        ("raised i", &|i| format!("<sup>{}</sup>", ROMAN[i]), &|i| format!("{}. ", ROMAN[i]), "Notes"),
        ("［１］", &|i| format!("［{}］", full_width(i)), &|i| format!("［{}］", full_width(i)), "注釈"),
        ("①", &circled, &|i| format!("{} ", circled(i)), "注"),
        ("[*1]", &|i| format!("[*{}]", i + 1), &|i| format!("[*{}] ", i + 1), "FOOTNOTES"),
        ("¹ and a space", &|i| format!(" {}", raised(i)), &|i| format!("{} ", raised(i)), "Notes"),
        ("[1] and the way back", &|i| format!("[{}]", i + 1), &|_| "^ ".to_owned(), "References"),
        (
            "[1](#_ftn1)",
            &|i| format!("[{0}](#_ftn{0})", i + 1),
            &|i| format!("[{0}](#_ftnref{0}) ", i + 1),
            "Notes",
        ),
        ("labels above their notes", &|i| format!("{}", i + 1), &|i| format!("{}\n\n", i + 1), ""),
    ];
    for (name, marker, head, heading) in cases {
        let text = text(marker, head, heading);
        let faults = faults(&text);
        assert!(faults.is_empty(), "{name}: {faults:?}\n{text}");
    }
}

#[test]
fn notes_on_one_line_are_told_apart() {
    let text = text(&|i| format!("[{}]", i + 1), &|i| format!("[{}] ", i + 1), "Notes");
    let (body, notes) = text.split_once("Notes\n\n").unwrap();
    assert_eq!(faults(&format!("{body}Notes\n\n{}\n", notes.replace("\n\n", " "))), Vec::<String>::new());
}

#[test]
fn symbols_count_through_the_section_sign() {
    let signs = ["*", "†", "‡", "§"];
    let mut text = "On the Weir\n\n".to_owned();
    for page in 0..2 {
        for i in 0..4 {
            text += &format!("{}.{} ", TEXT[page * 4 + i], signs[i]);
        }
        text += "\n\n";
        for i in 0..4 {
            text += &format!("{} {}\n", signs[i], NOTES[page * 4 + i]);
        }
        text += "\n";
    }
    assert_eq!(faults(&text), Vec::<String>::new());
}

#[test]
fn what_is_counted_in_the_text_is_no_note() {
    let prose = TEXT.join(". ");
    for text in [
        format!(
            "{prose}.\n\nThe miller owed (a) the monks, (b) the town and (c) his brother:\n\n(a) the monks for the weir;\n\n(b) the town for the road;\n\n(c) his brother for the cow.\n"
        ),
        format!(
            "{prose}. Section 2(a), section 2(b) and section 2(c) say so.\n\n(a) The weir.\n\n(b) The mill.\n\n(c) The road.\n"
        ),
        format!(
            "{prose}. The mill(s) and weir(s) stand there.\n\ni. The weir.\n\nii. The mill.\n\niii. The road.\n"
        ),
        format!("{prose}. It cost 3/4/5 and 1/2/3 marks.\n\n1. The weir.\n\n2. The mill.\n\n3. The road.\n"),
        format!(
            "{prose}. By § 1, § 2 and § 3 of the law it is so.\n\n§ 1 The weir.\n\n§ 2 The mill.\n\n§ 3 The road.\n"
        ),
    ] {
        let document = common::read::text("weir.txt", &text).read.document;
        assert!(document.markers.is_empty(), "{:?}\n{text}", document.markers);
    }
}

#[test]
fn labels_that_are_all_alike_are_not_searched_for_without_end() {
    let text =
        ["The mill stood there[1] and so did the weir.\n\n".repeat(700), "[1] A note of it.\n\n".repeat(700)];
    let read = common::read::text("weir.md", &text.concat()).read;
    assert!(read.conventions.len() <= 8, "{} series", read.conventions.len());
}

/// The only note of a text, in every way that one is set.
#[test]
fn a_single_note_is_tied_where_nothing_else_explains_it() {
    let (first, rest) = (TEXT[..2].join(". "), TEXT[2..].join(". "));
    for (sign, head) in [("*", "* "), ("*", "*"), ("∗", "∗ "), ("†", "† "), ("1", "1 "), (".1", "1 ")]
    {
        for text in [
            format!("On the Weir\n\n{first}{sign} and so it is told.\n\n{rest}.\n\n{head}{}\n", NOTES[1]),
            format!(
                "{first}.\n\n1\n\x0c{first}{sign}\n\n{head}{}\n\n2\n\x0c{rest}.\n\n3\n\x0c{rest}.\n",
                NOTES[1]
            ),
        ] {
            let document = common::read::text("weir.txt", &text).read.document;
            let notes: Vec<String> =
                document.notes.iter().map(|n| block_text(&n.blocks).trim().to_owned()).collect();
            assert_eq!(notes, [NOTES[1]], "{text}");
            assert_eq!(
                document.markers.iter().map(|m| m.note.is_some()).collect::<Vec<_>>(),
                [true],
                "{text}"
            );
        }
    }
}

/// A single note and its marker that lead to one another, beside a numbered list.
#[test]
fn a_single_note_is_tied_by_its_links() {
    for (marker, head, back) in [
        ("[[1]](#cite_note-1)", "1. [↑](#cite_ref-1) ", ""),
        ("[1](#fn1)", "1. ", " [↩︎](#fnref1)"),
        ("[[1]](#fn1)", "1. \n", " [↩︎](#fnref1)"),
    ] {
        let text = format!(
            "# On the Weir\n\n{}{marker}.\n\n1. Open the sluice.\n2. Shut the door.\n\n{}.\n\n---\n\n{head}{}{back}\n",
            TEXT[0], TEXT[1], NOTES[1]
        );
        let document = common::read::text("weir.md", &text).read.document;
        assert_eq!(document.markers.len(), 1, "{text}");
        assert!(document.markers[0].note.is_some(), "{text}");
        let note = document.notes.first().map(|n| block_text(&n.blocks)).unwrap_or_default();
        assert!(note.contains(NOTES[1]), "{note}\n{text}");
    }
}

/// What looks like a single note, but has another explanation.
#[test]
fn a_single_sign_that_could_be_something_else_is_left_alone() {
    let rest = TEXT.join(". ");
    for text in [
        // a list, of which the sign is the bullet
        format!("Remove the files wheel* first.\n\n{rest}.\n\n* The weir.\n\n* The mill.\n"),
        // the word goes on behind the sign
        format!("Set mill.*.wheel first.\n\n{rest}.\n\n* The weir was larger.\n"),
        // the line goes on with the text
        format!("The wheel* was large.\n\n* The weir was larger.\n\n{rest}.\n"),
        // two signs, one note
        format!("The wheel1 was large, and the weir1 larger.\n\n{rest}.\n\n1 The bill of sale is lost.\n"),
        // a figure that the words need
        format!("By order No 1 it was sold.\n\n{rest}.\n\n1 The bill of sale is lost.\n"),
        // the first of several steps
        format!("The wheel1 was large.\n\n1 Open the sluice.\n\n2 Shut the door.\n\n{rest}.\n"),
    ] {
        let document = common::read::text("weir.txt", &text).read.document;
        assert!(document.markers.is_empty(), "{:?}\n{text}", document.markers);
    }
}
