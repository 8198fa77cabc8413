//! Annotations find their passage again, or none: never another one.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::read;
use postil::annotations::anchor::{Anchored, Haystack, How, Reason};
use postil::annotations::{Annotation, Quote, collect, jsonld};

/// An essay of our own. What stands between `⟦n` and `⟧` is marked; sentences like it stand elsewhere.
const ESSAY: &str = "\
# The Ferry at the Weir

The ferry at the weir was built in the spring of 1841, ⟦0and nobody who had seen the first one sink was asked to \
cross on the second⟧. The miller paid for the rope. He paid for it twice, because the first rope was eaten by goats, \
and the parish has kept both of his bills.[^1]

People who live by a river count their days by it. ⟦1They say that the water was high, or that it was low⟧, and \
everybody knows which year is meant. A stranger who asks for a date gets a flood instead.[^2]

In the dry years the ferryman walked across with his boots round his neck. ⟦2He charged the full fare for the \
company⟧, and it was paid, since the talk was held to be worth more than the boat.

The second ferryman was a woman called Judith Orme. ⟦3She kept a book in which every passenger had to write one line⟧ \
and the book has outlived the boat, the rope, the miller and the weir. ⟦4Of four hundred lines some thirty can \
still be read.⟧

> ⟦5Whoever crosses here has time to think of something, and no time to think it through.⟧

Of the third ferryman it is known that he kept a book in which every passenger had to pay one shilling, and that the \
book was lost. They say in the village that the water was cold, or that it was slow, but they say that of all years.

⟦6The weir itself was taken down in 1903.

Nothing marks the place but a post⟧ with a ring in it, to which on Sundays children tie a dog.

The post is oak. The ring is older than the post. ⟦7The dog⟧ belongs to nobody in particular.

[^1]: The bills are in the vestry, in a box that is marked as ⟦8holding candles and has never held one⟧.

[^2]: Which is not as foolish as it sounds: floods were measured, and dates were mostly guessed.
";

/// The essay without its marks, and what is marked: the words of each as they stand in the source, with the number of
/// equal words before.
fn parted(text: &str) -> (String, Vec<Option<(String, usize)>>) {
    let mut plain = String::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut marked = vec![None; 9];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '⟦' => open.push((chars.next().unwrap() as usize - '0' as usize, plain.len())),
            '⟧' => {
                if let Some((n, at)) = open.pop() {
                    marked[n] = Some((plain[at..].to_owned(), at));
                }
            }
            c => plain.push(c),
        }
    }
    let count = |(words, at): (String, usize)| {
        // Signs of notes stand between words, and are none of them.
        let bare = |text: &str| text.replace("[^1]", "").replace("[^2]", "");
        let words = bare(&words);
        let before = letters(&bare(&plain[..at])).matches(&letters(&words)).count();
        (words, before)
    };
    let marked = marked.into_iter().map(|m| m.map(count)).collect();
    (plain, marked)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the browser would have written at each mark.
fn annotations() -> Vec<Annotation> {
    let (plain, marked) = parted(ESSAY);
    let case = read::text("ferry.md", &plain);
    let hay = Haystack::new(&case.read.document, String::new());
    let text = hay.text();
    let make = |(n, words): (usize, &Option<(String, usize)>)| {
        let (words, before) = words.as_ref().unwrap();
        let words = words.replace("\n\n", "\n");
        let at = text.match_indices(&words).nth(*before).unwrap().0;
        let end = at + words.len();
        let head: Vec<char> = text[..at].chars().rev().take(32).collect();
        let quote = Quote {
            exact: words,
            prefix: head.into_iter().rev().collect(),
            suffix: text[end..].chars().take(32).collect(),
        };
        let start = text[..at].chars().count();
        let position = Some(start..start + quote.exact.chars().count());
        Annotation { id: n.to_string(), quote: Some(quote), position, ..Annotation::default() }
    };
    marked.iter().enumerate().map(make).collect()
}

type Edit = (&'static str, fn(&str) -> String);

fn wrapped(text: &str, width: usize) -> String {
    let wrap = |paragraph: &str| {
        let mut out = String::new();
        let mut column = 0;
        for word in paragraph.split(' ') {
            if column + word.len() > width && column > 0 {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
            }
            out.push_str(word);
            column += word.len() + 1;
        }
        out
    };
    text.split("\n\n").map(wrap).collect::<Vec<_>>().join("\n\n")
}

/// Thirty ways to change the text. Marks stay with the words that they are at, or go with them.
const EDITS: [Edit; 30] = [
    ("a preface", |t| {
        t.replacen(
            "The ferry at",
            "This was written for a calendar, which never came out.\n\nThe ferry at",
            1,
        )
    }),
    ("a word before", |t| t.replace("in the spring of 1841", "in the late spring of 1841")),
    ("words before and behind", |t| {
        t.replace("People who live by a river", "Those who dwell near one")
            .replace("and everybody knows", "so all of them know")
    }),
    ("a word inside", |t| t.replace("sink was asked", "go down was asked")),
    ("a word taken out", |t| t.replace("He charged the full fare", "He charged the fare")),
    ("a word put in", |t| {
        t.replace("Of four hundred lines some", "Of the four hundred lines no more than some")
    }),
    ("spelling", |t| t.replace("Whoever crosses", "Who ever crosses").replace("through.⟧", "thru.⟧")),
    ("quotation marks and dashes", |t| {
        t.replace(" , ", " – ").replace("the water was high, or that", "the water was “high”, or that")
    }),
    ("emphasis", |t| t.replace("asked to", "*asked* to").replace("one line⟧", "**one** line⟧")),
    ("capitals", |t| t.replace("The weir itself", "THE WEIR ITSELF")),
    ("lines of 40 letters", |t| wrapped(t, 40)),
    ("lines of 66 letters", |t| wrapped(t, 66)),
    ("hyphens at line ends", |t| {
        t.replace("passenger had", "passen-\nger had").replace("nobody who", "no-\nbody who")
    }),
    ("a paragraph moved up", |t| moved(t, "> ⟦5", "The ferry at")),
    ("a paragraph moved down", |t| moved(t, "In the dry years", "The post is oak")),
    ("paragraphs in turns", |t| moved(&moved(t, "The second", "People who"), "⟦6", "In the dry")),
    ("two paragraphs joined", |t| t.replace("in 1903.\n\nNothing", "in 1903. Nothing")),
    ("a paragraph parted", |t| t.replace("weir. ⟦4", "weir.\n\n⟦4")),
    ("a sentence taken out before", |t| t.replace("People who live by a river count their days by it. ", "")),
    ("the marked sentence taken out", |t| cut(t, 1)),
    ("the marked words taken out where others are like them", |t| cut(t, 3)),
    ("the short words taken out", |t| cut(t, 7)),
    ("the marked words written anew", |t| {
        t.replace("holding candles and has never held one", "empty, which it is")
    }),
    ("the same words put elsewhere first", |t| {
        t.replacen(
            "The ferry at",
            "He charged the full fare for the company, said the notice.\n\nThe ferry at",
            1,
        )
    }),
    ("the whole paragraph said again later", |t| {
        t.replace("The post is oak.", "The second ferryman was a woman called Judith Orme. She kept a book in which every passenger had to write one line.\n\nThe post is oak.")
    }),
    ("a dog before the dog", |t| t.replace("The ring is older", "The dog is brown. The ring is older")),
    ("another title and other notes", |t| {
        t.replace("# The Ferry at the Weir", "# A Ferry").replace("[^1]", "[^a]").replace("[^2]", "[^b]")
    }),
    ("a note in the midst of the words", |t| {
        t.replace("goats,", "goats,[^2]").replace("had to write one", "had to[^2] write one")
    }),
    ("a heading put in", |t| t.replace("> ⟦5", "## From the book\n\n> ⟦5")),
    ("numbers and names", |t| {
        t.replace("1903", "1904").replace("Judith Orme", "Edith Horne").replace("four hundred", "400")
    }),
];

/// The paragraph that begins so, in front of the one that begins so.
fn moved(text: &str, what: &str, to: &str) -> String {
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    let from = paragraphs.iter().position(|p| p.starts_with(what)).unwrap();
    let mut taken = vec![paragraphs.remove(from)];
    // What is marked across two paragraphs moves whole.
    if taken[0].contains('⟦') && !taken[0].contains('⟧') {
        taken.push(paragraphs.remove(from));
    }
    let at = paragraphs.iter().position(|p| p.starts_with(to)).unwrap();
    paragraphs.splice(at..at, taken);
    paragraphs.join("\n\n")
}

/// The text without what is marked so.
fn cut(text: &str, n: usize) -> String {
    let open = ["⟦", &n.to_string()].concat();
    let (before, rest) = text.split_once(&open).unwrap();
    let (_, behind) = rest.split_once('⟧').unwrap();
    [before, behind].concat()
}

#[test]
fn a_text_edited_in_thirty_ways() {
    let annotations = annotations();
    let (mut right, mut orphaned, mut gone, mut wrong) = (0, Vec::new(), 0, Vec::new());
    for (name, edit) in EDITS {
        let edited = edit(ESSAY);
        assert_ne!(edited, ESSAY, "`{name}` changes nothing");
        let (plain, truth) = parted(&edited);
        let case = read::text("ferry.md", &plain);
        let mut hay = Haystack::new(&case.read.document, String::new());
        for (annotation, truth) in annotations.iter().zip(&truth) {
            let found = hay.find(annotation);
            let Anchored::At(passage, _) = &found else {
                if truth.is_some() {
                    orphaned.push(format!("{name}: {}", annotation.id));
                } else {
                    gone += 1;
                }
                continue;
            };
            let words = hay.words(passage);
            // Where the place is, and where it should be, as the number of letters before.
            let at = words.as_ptr() as usize - hay.text().as_ptr() as usize;
            let meant = truth.as_ref().and_then(|(words, before)| {
                let (text, words) = (letters(hay.text()), letters(words));
                let start = text.match_indices(&words).nth(*before)?.0;
                Some(start..start + words.len())
            });
            let start = letters(&hay.text()[..at]).len();
            let got = start..start + letters(words).len();
            let same = meant.as_ref().is_some_and(|m| {
                let common = m.end.min(got.end).saturating_sub(m.start.max(got.start));
                common * 10 >= m.len().max(got.len()) * 8
            });
            if same {
                right += 1;
            } else {
                wrong.push(format!("{name}: {} is at “{words}”", annotation.id));
            }
        }
    }
    println!(
        "{right} found again, {gone} rightly orphans, {} orphans that could have been found: {orphaned:#?}",
        orphaned.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right >= 250, "{right} are found, these are not: {orphaned:#?}");
}

fn hay(text: &str) -> Haystack {
    let case = read::text("some.md", text);
    Haystack::new(&case.read.document, "0a".into())
}

fn quoted(exact: &str) -> Annotation {
    let quote = Quote { exact: exact.into(), ..Quote::default() };
    Annotation { id: "urn:a".into(), quote: Some(quote), ..Annotation::default() }
}

fn reason(found: &Anchored) -> Option<Reason> {
    match found {
        Anchored::Orphan { reason, .. } => Some(*reason),
        _ => None,
    }
}

#[test]
fn a_mark_made_on_the_raw_text_fits_the_restored_one() {
    let raw = "Some words come first.\n\nThe carriers went along the river, which had be-\ngun to rise[1] in the night, and nobody\nhad seen it.\n\n\
               Then came the morning, and with it the ferryman.\n\n[1] It rose by a foot.\n";
    let case = read::text("river.txt", raw);
    let mut hay = Haystack::new(&case.read.document, String::new());
    let mut annotation =
        quoted("which had be-\ngun to rise[1] in the night, and nobody\nhad seen it.\n\nThen came");
    annotation.quote.as_mut().unwrap().prefix = "went along the river, ".into();
    let Anchored::At(passage, how) = hay.find(&annotation) else { panic!("an orphan") };
    assert!(letters(hay.words(&passage)).starts_with("whichhadbeguntorise"), "{}", hay.words(&passage));
    assert!(hay.words(&passage).ends_with("Then came"), "{}", hay.words(&passage));
    assert!(matches!(how, How::Nearly { changed: 1, .. }), "{how:?}");
}

#[test]
fn words_in_many_places_are_an_orphan_until_something_tells() {
    let text = "The water was high. It fell. ".repeat(50);
    let mut hay = hay(&text);
    let mut annotation = quoted("The water was high.");
    let found = hay.find(&annotation);
    assert_eq!(reason(&found), Some(Reason::Ambiguous));
    assert!(matches!(found, Anchored::Orphan { candidates, .. } if candidates.len() == 3));
    annotation.position = Some(29..48);
    assert!(matches!(hay.find(&annotation), Anchored::At(p, How::Position) if p.range.start == 29));
}

#[test]
fn bad_selectors_are_orphans() {
    let mut hay = hay("A short text about a river and its ferry.\n");
    assert_eq!(reason(&hay.find(&quoted("words that are in no text at all"))), Some(Reason::Nowhere));
    assert_eq!(reason(&hay.find(&quoted("…"))), Some(Reason::Nowhere));
    let long: String = (0..2_000).map(|n| format!("w{n} ")).collect();
    assert_eq!(reason(&hay.find(&quoted(&long))), Some(Reason::Nowhere));
    let beyond = |range| Annotation { position: Some(range), ..Annotation::default() };
    assert_eq!(reason(&hay.find(&beyond(5..usize::MAX))), Some(Reason::NoWords));
    assert_eq!(reason(&hay.find(&beyond(1_000..2_000))), Some(Reason::NoWords));
    let mut words = quoted("a river");
    words.position = Some(usize::MAX - 1..usize::MAX);
    assert!(matches!(hay.find(&words), Anchored::At(_, How::Exact)));
}

#[test]
fn a_quotation_of_ten_thousand_letters_is_found_although_it_changed() {
    let long: String = (0..1_800).map(|n| format!("word{n} ")).collect();
    let mut hay = hay(&["Before it.\n\n", &long.replace("word900 ", "nine "), "\n\nBehind it.\n"].concat());
    let Anchored::At(passage, How::Nearly { changed, .. }) = hay.find(&quoted(long.trim())) else {
        panic!("an orphan")
    };
    assert!(changed < 12 && hay.words(&passage).ends_with("word1799"));
}

#[test]
fn a_hundred_thousand_annotations_are_read() {
    let one = |n: usize| format!("{{\"id\":\"urn:{n}\",\"target\":\"seeds/a.md\",\"bodyValue\":\"n\"}}");
    let file = ["[", &(0..100_000).map(one).collect::<Vec<_>>().join(","), "]"].concat();
    let read = jsonld::read("annotations/many.jsonld", file.as_bytes());
    assert_eq!((read.value.len(), read.diagnostics.len()), (100_000, 0));
    let twice = vec![("a".to_owned(), read.value.clone()), ("b".to_owned(), read.value)];
    assert_eq!(collect(twice).value.entries.len(), 100_000);
}

// ---- the whole program

fn postil(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postil")).args(arguments).output().unwrap()
}

fn archive(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn built(folder: &Path) -> (String, i32) {
    let output = postil(&["build", &folder.to_string_lossy()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (told, output.status.code().unwrap())
}

const TEXT: &str =
    "# On Rivers\n\nA river is never twice the same, and the [map](https://example.org/) is always late.\n";

#[test]
fn annotations_reach_the_pages_and_nothing_live_does() {
    let folder = archive(&[
        ("seeds/rivers.md", TEXT),
        (
            "seeds/rivers.yaml",
            "annotations:\n  - quote: never twice the same, and the map is\n    note: 'See [[On Rivers]] <script>alert(1)</script>.'\n    tags: [flux]\n",
        ),
        ("seeds/kept.md", "# Kept\n\nNobody is to read this private sentence.\n"),
        ("seeds/kept.yaml", "publish: false\n"),
        ("annotations/bad.jsonld", "{ \"id\": "),
        (
            "annotations/private.jsonld",
            "[{\"id\":\"urn:p\",\"target\":{\"source\":\"seeds/kept.md\",\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"this private sentence\"}}}]",
        ),
        (
            "annotations/lost.jsonld",
            "[{\"id\":\"urn:l\",\"target\":{\"source\":\"seeds/rivers.md\",\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"words that it has not\"}}}]",
        ),
    ]);
    let (told, status) = built(folder.path());
    assert_eq!(status, 1, "{told}");
    assert!(told.contains("annotations/bad.jsonld:1:") && told.contains("error[bad-annotations]"), "{told}");
    assert!(told.contains("warning[orphan-annotation]"), "{told}");
    let site = folder.path().join("site");
    let page = fs::read_to_string(site.join("texts/rivers.html")).unwrap();
    assert!(page.contains("<a href=\"https://example.org/\" rel=\"noopener noreferrer\"><mark"), "{page}");
    assert!(
        page.contains("</mark><a class=\"reader-sign"),
        "the way to the note is not behind the mark: {page}"
    );
    assert!(!page.contains("<script>") && page.contains("words that it has not"), "{page}");
    let all = fs::read_to_string(site.join("annotations.html")).unwrap();
    assert!(all.contains("flux") && all.contains("href=\"texts/rivers.html\">On Rivers</a>"), "{all}");
    let export = fs::read_to_string(site.join("data/annotations.jsonld")).unwrap();
    for text in [&page, &all, &export, &told] {
        assert!(!text.contains("private sentence"), "a text that is not published is quoted");
    }
    assert!(fs::read_to_string(site.join("index.html")).unwrap().contains("2 annotations"));
}

#[test]
fn a_renamed_document_is_found_again_and_told() {
    let folder = archive(&[("seeds/rivers.md", TEXT)]);
    built(folder.path());
    let page = fs::read_to_string(folder.path().join("site/texts/rivers.html")).unwrap();
    let fingerprint = page.split("data-fingerprint=\"").nth(1).unwrap().split('"').next().unwrap();
    let annotation = format!(
        "{{\"id\":\"urn:a\",\"target\":{{\"source\":\"seeds/old-name.md\",\"postil:fingerprint\":\"{fingerprint}\",\"selector\":{{\"type\":\"TextQuoteSelector\",\"exact\":\"is always late\"}}}}}}"
    );
    fs::create_dir(folder.path().join("annotations")).unwrap();
    fs::write(folder.path().join("annotations/a.jsonld"), annotation).unwrap();
    let (told, status) = built(folder.path());
    assert_eq!(status, 0);
    assert!(told.contains("note[annotation-moved]"), "{told}");
    assert!(fs::read_to_string(folder.path().join("site/texts/rivers.html")).unwrap().contains("<mark"));
}

#[test]
fn importing_twice_changes_nothing() {
    let clippings = "On Rivers (Ada Example)\r\n- Your Highlight on page 1 | location 3-4 | Added on Tuesday, March 6, 2018 10:11:12 PM\r\n\r\nnever twice the same\r\n==========\r\n";
    let folder =
        archive(&[("seeds/rivers.md", TEXT), ("My Clippings.txt", clippings), ("a.txt", "no annotations\n")]);
    let archive = folder.path().to_string_lossy().into_owned();
    let file = folder.path().join("My Clippings.txt").to_string_lossy().into_owned();
    let first = postil(&["import", &file, &archive]);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let made = folder.path().join("annotations/my-clippings.jsonld");
    let before = fs::read(&made).unwrap();
    let second = postil(&["import", &file, &archive]);
    assert!(String::from_utf8_lossy(&second.stdout).contains("nothing new, 1 known"));
    assert_eq!(fs::read(&made).unwrap(), before);
    assert_eq!(built(folder.path()).1, 0);
    assert!(fs::read_to_string(folder.path().join("site/texts/rivers.html")).unwrap().contains("<mark"));
    // What the site offers for saving is what was put into it.
    let export = folder.path().join("site/data/annotations.jsonld").to_string_lossy().into_owned();
    assert!(String::from_utf8_lossy(&postil(&["import", &export, &archive]).stdout).contains("nothing new"));
    let none = folder.path().join("a.txt").to_string_lossy().into_owned();
    assert_eq!(postil(&["import", &none, &archive]).status.code(), Some(2));
}
