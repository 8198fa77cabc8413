//! Short citations in several styles and languages, and what each stands for: see `tests/citations/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use postil::cite::{self, Citation, Citations, Found};
use postil::model::{
    Block, BlockKind, Document, Form, Inline, InlineKind, Marker, MarkerId, Meta, Note, NoteId, Stretch,
    block_text,
};
use postil::source::Span;

/// Of the references that are tied to a work, how many must be right.
const PRECISION: f64 = 0.98;

/// Of the references that mean one work, how many must be tied to it.
const RECALL: f64 = 0.9;

/// What an entry says of one citation in it.
struct Expected {
    begins: String,
    means: Meaning,
}

enum Meaning {
    Defines(String),
    Is(String),
    Several,
    Nothing,
}

/// A `## ` section of a file.
struct Case {
    name: String,
    document: Document,
    /// By stretch and, in the body, the bytes of the entry.
    expected: Vec<(Stretch, std::ops::Range<usize>, Vec<Expected>)>,
}

fn inlines(text: &str) -> Vec<Inline> {
    let text_of = |t: &str| Inline { span: Span::default(), kind: InlineKind::Text(t.to_owned()) };
    let mut out = Vec::new();
    for (i, piece) in text.split('*').enumerate() {
        if !piece.is_empty() {
            let plain = text_of(piece);
            let kind = InlineKind::Emphasis(vec![plain.clone()]);
            out.push(if i % 2 == 1 { Inline { span: Span::default(), kind } } else { plain });
        }
    }
    out
}

fn block(kind: BlockKind) -> Block {
    Block { span: Span::default(), kind }
}

fn cases(text: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut body = 0; // bytes of the body's text
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        if let Some(name) = line.strip_prefix("## ") {
            let document = Document {
                form: Form::Plain,
                meta: Meta::default(),
                body: Vec::new(),
                markers: Vec::new(),
                notes: Vec::new(),
                notes_heading: None,
                repairs: Vec::new(),
                omissions: Vec::new(),
                words: 0,
            };
            out.push(Case { name: name.into(), document, expected: Vec::new() });
            body = 0;
            continue;
        }
        let case = out.last_mut().expect("a file begins with ##");
        if let Some(rest) = line.strip_prefix("  ") {
            let (begins, means) = rest[2..].rsplit_once(" = ").unwrap();
            let means = match (&rest[..1], means.split(' ').next().unwrap()) {
                ("+", id) => Meaning::Defines(id.into()),
                ("?", "nothing") => Meaning::Nothing,
                ("?", "several") => Meaning::Several,
                ("?", id) => Meaning::Is(id.into()),
                other => panic!("{other:?}"),
            };
            case.expected.last_mut().unwrap().2.push(Expected { begins: begins.into(), means });
            continue;
        }
        let before = body;
        let (head, words) = line.split_once(' ').unwrap();
        match head {
            "T:" | "L:" => case.document.body.push(block(BlockKind::Paragraph(inlines(words)))),
            "H:" => {
                let content = inlines(words);
                case.document.body.push(block(BlockKind::Heading { level: 2, content }));
            }
            label => {
                let id = case.document.notes.len() as u32;
                let label = label.trim_end_matches('.').to_owned();
                let marker = Inline { span: Span::default(), kind: InlineKind::Marker(MarkerId(id)) };
                case.document.body.push(block(BlockKind::Paragraph(vec![marker])));
                body += 1;
                case.document.markers.push(Marker {
                    label: label.clone(),
                    shown: label.clone(),
                    span: Span::default(),
                    note: Some(NoteId(id)),
                    evidence: String::new(),
                });
                let blocks = vec![block(BlockKind::Paragraph(inlines(words)))];
                case.document.notes.push(Note {
                    label,
                    shown: String::new(),
                    part: 1,
                    span: Span::default(),
                    blocks,
                });
                case.expected.push((Stretch::Note(NoteId(id)), 0..usize::MAX, Vec::new()));
                continue;
            }
        }
        body += words.len() - words.matches('*').count() + 1;
        case.expected.push((Stretch::Body, before..body, Vec::new()));
    }
    out
}

/// The words of a citation, which must be those of its passage.
fn words(case: &Case, citation: &Citation) -> String {
    let text = match citation.passage.stretch {
        Stretch::Body => block_text(&case.document.body),
        Stretch::Note(id) => block_text(&case.document.notes[id.0 as usize].blocks),
    };
    text[citation.passage.range.clone()].trim_start_matches(['“', '"', '«']).to_owned()
}

#[derive(Default)]
struct Tally {
    counted: usize,
    right: usize,
    wrong: usize,
    wanted: usize,
    doubts: usize,
    doubts_shown: usize,
    faults: Vec<String>,
}

fn judge(case: &Case, tally: &mut Tally) {
    let read: Citations = cite::read(&case.document);
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut used = vec![false; read.citations.len()];
    let mut found = |(stretch, bytes): (Stretch, &std::ops::Range<usize>), begins: &str| {
        let at = read.citations.iter().enumerate().position(|(i, c)| {
            let here = c.passage.stretch == stretch && bytes.contains(&c.passage.range.start);
            here && !used[i] && words(case, c).starts_with(begins)
        })?;
        used[at] = true;
        Some(at)
    };
    let mut places = Vec::new();
    for (stretch, bytes, expected) in &case.expected {
        for e in expected {
            places.push((e, found((*stretch, bytes), &e.begins)));
        }
    }
    for (e, at) in &places {
        if let Meaning::Defines(id) = &e.means {
            match at.and_then(|i| read.citations[i].work.one()) {
                Some(&work) => {
                    ids.insert(id, work);
                }
                None => {
                    tally.faults.push(format!("{}: `{}` is not read as a full citation", case.name, e.begins))
                }
            }
        }
    }
    let named: Vec<usize> = ids.values().copied().collect();
    for (e, at) in &places {
        let work = at.map(|i| &read.citations[i].work);
        let one = work.and_then(Found::one).copied().filter(|w| named.contains(w));
        let mut fault = |what: &str| {
            let place = at.map(|i| words(case, &read.citations[i])).unwrap_or_default();
            tally.faults.push(format!("{}: `{}`: {what} ({place} → {work:?}; {ids:?})", case.name, e.begins));
        };
        match &e.means {
            Meaning::Defines(_) => continue,
            Meaning::Is(id) => {
                tally.wanted += 1;
                match (one, ids.get(id.as_str())) {
                    (Some(got), Some(&want)) if got == want => tally.right += 1,
                    (Some(_), _) => {
                        tally.wrong += 1;
                        fault("tied to another work");
                    }
                    (None, _) => fault("not tied"),
                }
            }
            Meaning::Several | Meaning::Nothing => {
                if one.is_some() {
                    tally.wrong += 1;
                    fault("tied, and should not be");
                }
                if matches!(e.means, Meaning::Several) {
                    tally.doubts += 1;
                    tally.doubts_shown += usize::from(matches!(work, Some(Found::Several(_))));
                }
            }
        }
        tally.counted += 1;
    }
    // What is tied to a work and is nowhere in the file is wrong too.
    for (citation, _) in read.citations.iter().zip(&used).filter(|u| !u.1) {
        if citation.work.one().is_some_and(|w| named.contains(w)) {
            tally.wrong += 1;
            tally.faults.push(format!(
                "{}: `{}` is tied, and is no citation",
                case.name,
                words(case, citation)
            ));
        }
    }
}

#[test]
fn short_citations_mean_what_they_mean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citations");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut tally = Tally::default();
    for file in files {
        for case in cases(&fs::read_to_string(file).unwrap()) {
            judge(&case, &mut tally);
        }
    }
    let precision = tally.right as f64 / (tally.right + tally.wrong).max(1) as f64;
    let recall = tally.right as f64 / tally.wanted.max(1) as f64;
    println!("{}", tally.faults.join("\n"));
    println!(
        "{} short citations: {} right of {} that mean one work, {} wrong; precision {precision:.3}, recall {recall:.3}; {} of {} doubts shown",
        tally.counted, tally.right, tally.wanted, tally.wrong, tally.doubts_shown, tally.doubts
    );
    assert!(tally.counted >= 150, "{} are too few to judge by", tally.counted);
    assert!(precision >= PRECISION, "precision {precision:.3}");
    assert!(recall >= RECALL, "recall {recall:.3}");
}

/// A name made of letters only, different for each number.
fn surname(mut n: usize) -> String {
    let mut out = String::from("Z");
    for _ in 0..5 {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    out
}

fn only(text: &str) -> (Case, Citations) {
    let case = cases(text).remove(0);
    let read = cite::read(&case.document);
    (case, read)
}

#[test]
fn a_long_chain_of_ibid_keeps_its_work() {
    let mut text = "## chain\n1. Ann Example, *A Book* (London: Press, 1950), 1.\n".to_owned();
    for n in 2..=5000 {
        text.push_str(&format!("{n}. Ibid., {n}.\n"));
    }
    let (_, read) = only(&text);
    assert_eq!(read.citations.len(), 5000);
    assert!(read.citations.iter().all(|c| c.work == Found::One(0)));
    assert_eq!(read.citations[4999].locator.as_ref().unwrap().page, Some(5000));
}

#[test]
fn a_chain_after_what_nobody_knows_stays_unresolved() {
    let mut text = "## chain\n1. Nobody 12.\n".to_owned();
    for n in 2..=50 {
        text.push_str(&format!("{n}. Ibid., {n}.\n"));
    }
    let (_, read) = only(&text);
    assert_eq!(read.citations.len(), 50);
    assert!(read.citations.iter().all(|c| c.work == Found::Nothing), "{:?}", read.citations[1]);
    assert_eq!(read.works, []);
}

#[test]
fn a_large_bibliography_is_looked_up_by_name() {
    let works = 50_000;
    let mut text = "## large\n".to_owned();
    for n in 0..1000 {
        text.push_str(&format!("{}. {} {}.\n", n + 1, surname(n * 37), n + 1));
    }
    text.push_str("H: Bibliography\n");
    for n in 0..works {
        text.push_str(&format!(
            "L: {}, Ann. *Volume of {} things*. London: Press, 1950.\n",
            surname(n),
            surname(n + 7)
        ));
    }
    let (_, read) = only(&text);
    assert_eq!(read.works.len(), works);
    for citation in read.citations.iter().filter(|c| c.passage.stretch != Stretch::Body) {
        let work = *citation.work.one().unwrap_or_else(|| panic!("{citation:?}"));
        assert!(citation.words.starts_with(&read.works[work].authors[0].family));
    }
}

#[test]
fn a_record_survives_being_written_down() {
    let (_, read) =
        only("## record\n1. Ann Example, *A Book* (London: Press, 1950), 1.\n2. Ibid.\n3. Exampel 7.\n");
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Citations>(&written).unwrap(), read);
}

#[test]
fn passages_are_places_in_the_text_whatever_it_holds() {
    let odd = [
        "(",
        "Ibid",
        "Ibid.(",
        "“",
        "«Ibid»",
        "Ann Example, “",
        "p.",
        "Example (1950",
        "—",
        "a. a. O",
        "там",
        "Ÿ́ 12.",
        "Example 999999999999999999999999.",
        "Id., Id., Id.",
        "http://",
        "www.",
        "[1] ]",
        "Example, supra note",
        "Example, op. cit",
        "*",
        "Ḱ. Example 45",
        "Example 1–",
        "et al. 5",
        "In: In: In:",
    ];
    for one in odd {
        for other in odd {
            let (case, read) = only(&format!(
                "## odd\n1. {one} {other}\nT: {one} {other} ({one} 1950) {other}\nH: References\nL: {other} {one}\n"
            ));
            for citation in &read.citations {
                assert_eq!(words(&case, citation).is_empty(), citation.words.is_empty());
            }
        }
    }
}
