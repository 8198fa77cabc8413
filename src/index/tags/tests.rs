//! Topics of small texts of our own.

use super::weight::weight;
use super::{KEPT, Terms, derive, terms};
use crate::index::Record;
use crate::model::{Marked, Tag};

/// A text of paragraphs; a line that begins with `# ` is a heading, one that begins with `> ` is code.
fn lines(text: &str) -> Marked {
    let mut out = Marked::default();
    for line in text.lines() {
        let from = out.text.len();
        let heading = line.strip_prefix("# ");
        let code = line.strip_prefix("> ");
        out.text.push_str(heading.or(code).unwrap_or(line));
        if heading.is_some() {
            out.headings.push(from..out.text.len());
        }
        if code.is_some() {
            out.code.push(from..out.text.len());
        }
        out.text.push('\n');
    }
    out
}

/// A text of paragraphs on two subjects, in which much else is said as well. The subjects are put in by
/// the caller.
fn essay(a: &str, b: &str, seed: usize) -> String {
    let others = [
        "ladder", "kettle", "harbour", "violin", "glacier", "pepper", "lantern", "saddle", "compass",
        "orchard", "pulley",
    ];
    (0..24)
        .map(|i| {
            let other = others[(i * 7 + seed * 3) % others.len()];
            format!(
                "Nobody had seen the {a} in that light before, and those who looked after a {b} were the first to notice. \
                 It was said that every {a} needs its {other}, although the old people laughed when they were told about it. \
                 What the {b} had been, they would have added, is now forgotten; and so it goes with the {a}.\n\n"
            )
        })
        .collect()
}

fn record(slug: &str, title: &str, text: &str, lang: &str, given: &[&str]) -> Record {
    Record {
        slug: slug.to_owned(),
        title: title.to_owned(),
        lang: Some(lang.to_owned()),
        words: text.split_whitespace().count(),
        given: given.iter().map(|t| (*t).to_owned()).collect(),
        terms: terms(title, &lines(text), Some(lang)),
        ..Record::default()
    }
}

fn names(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|t| t.name.as_str()).collect()
}

fn archive() -> Vec<Record> {
    let subjects = [
        ("windmill", "miller"),
        ("miller", "bread"),
        ("bread", "oven"),
        ("oven", "windmill"),
        ("bridge", "ferry"),
        ("ferry", "windmill"),
        ("clock", "bell"),
        ("bell", "bridge"),
        ("bees", "honey"),
        ("honey", "bread"),
        ("canal", "ferry"),
        ("clock", "canal"),
    ];
    let record = |(i, (a, b)): (usize, &(&str, &str))| {
        record(&format!("e{i}"), &format!("On the {a}"), &essay(a, b, i), "en", &[])
    };
    subjects.iter().enumerate().map(record).collect()
}

#[test]
fn subjects_are_found() {
    let records = archive();
    for (tags, record) in derive(&records).iter().zip(&records) {
        let subject = record.title.trim_start_matches("On the ");
        assert!(names(tags).contains(&subject), "{}: {tags:?}", record.title);
        assert!((2..=6).contains(&tags.len()) && tags.iter().all(|t| t.derived), "{tags:?}");
        assert!(!names(tags).iter().any(|n| ["people", "light", "nobody", "first"].contains(n)), "{tags:?}");
    }
}

#[test]
fn one_document_more_or_less_changes_little() {
    let records = archive();
    let all = derive(&records);
    for drop in 0..records.len() {
        let (mut rest, mut before) = (records.clone(), all.clone());
        rest.remove(drop);
        before.remove(drop);
        let after = derive(&rest);
        let changed: usize =
            before.iter().zip(&after).map(|(b, a)| b.iter().filter(|t| !a.contains(t)).count()).sum();
        let count: usize = before.iter().map(Vec::len).sum();
        assert!(changed * 10 <= count, "without {drop}: {changed} of {count}");
    }
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let records = archive();
    let mut turned = records.clone();
    turned.reverse();
    let mut again = derive(&turned);
    again.reverse();
    assert_eq!(derive(&records), again);
}

#[test]
fn given_tags_stay_and_are_adopted() {
    let records = [
        record("a", "Mills", &essay("windmill", "miller", 1), "en", &["Windmills", "Old crafts"]),
        record("b", "Wind", &essay("windmill", "ferry", 2), "en", &[]),
    ];
    let tags = derive(&records);
    assert_eq!(names(&tags[0]), ["Windmills", "Old crafts"]);
    assert!(tags[0].iter().all(|t| !t.derived));
    assert!(tags[1].contains(&Tag { name: "Windmills".into(), derived: true }), "{:?}", tags[1]);
    assert!(!names(&tags[1]).contains(&"Old crafts"));
}

#[test]
fn names_phrases_and_variants() {
    let text = "Nobody understood Ada Lindqvist as well as her brother. The water clock of Lindqvist was famous, and a water clock was rare. \
        In that year the printers met; every printer brought a press. Then Ada Lindqvist spoke of the water clock to the printer, and of the USPN. \
        What Lindqvist said of a printer was copied by the USPN. A clock is no water clock, as Ada Lindqvist knew.\n\n"
        .repeat(12);
    let tags = derive(&[record("a", "A Visit", &text, "en", &[])]);
    let tags = names(&tags[0]);
    assert!(tags.contains(&"water clock") && tags.iter().any(|t| t.contains("Lindqvist")), "{tags:?}");
    assert!(tags.contains(&"USPN"), "{tags:?}");
    assert!(!tags.contains(&"Ada") && !tags.contains(&"water"), "{tags:?}");
    assert!(!(tags.contains(&"printer") && tags.contains(&"printers")), "{tags:?}");
}

#[test]
fn a_short_word_that_leads_a_name_is_shown_with_it() {
    let text = "Nobody on that shore understood Ó Raghnaill, and what Ó Raghnaill had built was soon gone. The weir of Ó Raghnaill \
        stood for a year. They asked him for another weir, and of the weir they spoke.\n\n"
        .repeat(8);
    let tags = derive(&[record("a", "A Weir", &text, "en", &[])]);
    let tags = names(&tags[0]);
    assert!(tags.contains(&"Ó Raghnaill") && !tags.contains(&"Raghnaill"), "{tags:?}");
}

#[test]
fn a_heading_weighs_more_than_a_paragraph_and_code_weighs_nothing() {
    let text = essay("windmill", "miller", 1);
    let code = "> let gearbox = the gearbox of a gearbox(the gearbox);\n".repeat(30);
    let plain = terms("", &lines(&text), Some("en"));
    let with = |line: &str| terms("", &lines(&format!("{line}\n{text}")), Some("en"));
    let weight_of = |all: &Terms, form: &str| {
        let term = all.list.iter().find(|term| term.form == form);
        term.map(|term| (term.heading, weight(term, all.total)))
    };
    let (before, after) =
        (weight_of(&plain, "miller").unwrap(), weight_of(&with("# The Miller"), "miller").unwrap());
    assert!(!before.0 && after.0 && after.1 > before.1, "{before:?} {after:?}");
    assert!(weight_of(&with(&code), "gearbox").is_none());
    assert!(weight_of(&with(&code.replace("> ", "")), "gearbox").is_some());
}

#[test]
fn the_first_word_of_a_line_has_its_capital_from_that() {
    let text = "Plainly put, it was a weir.\nPlainly put, nobody wanted a weir.\nThe weir was plainly his.\n"
        .repeat(20);
    let tags = derive(&[record("a", "A Weir", &text, "en", &[])]);
    assert_eq!(names(&tags[0]), ["weir"]);
}

#[test]
fn an_acronym_keeps_its_capitals_though_some_write_it_small() {
    let text = "Nobody trusted the OKM on that coast. What the okm wanted with a weir, and the OKM with a ferry, they never said of the weir.\n"
        .repeat(12);
    let tags = derive(&[record("a", "A Visit", &text, "en", &[])]);
    assert!(names(&tags[0]).contains(&"OKM"), "{:?}", tags[0]);
}

#[test]
fn other_languages() {
    let texts = [
        (
            "de",
            "Am Fluss",
            "Am Fluss steht eine Windmühle, und der Müller kennt den Wind. Wer die Windmühle sucht, fragt den Müller nach dem Mehl. Die alte Windmühle mahlt, solange der Müller lebt, und das Mehl reicht für alle. ",
            "Windmühle",
        ),
        (
            "fr",
            "Le moulin",
            "Le moulin tourne près de la rivière, et le meunier écoute le vent. Sans le moulin, le meunier ne vend pas la farine. On disait que le moulin dormait quand la farine manquait et que la rivière baissait. ",
            "moulin",
        ),
        (
            "es",
            "El molino",
            "El molino gira junto al río, y el molinero escucha el viento. Sin el molino no se vende la harina. Decían que el molino dormía cuando faltaba la harina y bajaba el río. ",
            "molino",
        ),
        (
            "ru",
            "Мельница",
            "Мельница стоит у реки, и мельник слушает ветер. Без мельницы мельник не продаёт муку. Говорили, что мельница спит, когда нет муки и ветра, а мельник ждёт. ",
            "мельница",
        ),
    ];
    for (lang, title, text, expected) in texts {
        let tags = derive(&[record("a", title, &text.repeat(10), lang, &[])]);
        assert!(names(&tags[0]).contains(&expected), "{lang}: {:?}", tags[0]);
    }
}

#[test]
fn nothing_to_say() {
    for (text, lang) in [
        (String::new(), Some("en")),
        ("The windmill turns.".to_owned(), Some("en")),
        (essay("windmill", "miller", 1), None),
        (essay("windmill", "miller", 1), Some("xx")),
        ("川の水は春から少なく、".repeat(100), Some("ja")),
        ("12 34 56 https://mills.example/a <br/> ".repeat(200), Some("en")),
        (
            "In January and February of the third chapter, see page five of the edition. ".repeat(60),
            Some("en"),
        ),
    ] {
        let record = Record { words: 2_000, terms: terms("", &lines(&text), lang), ..Record::default() };
        assert_eq!(derive(&[record]), [vec![]], "{text:.60}");
    }
    assert!(derive(&[]).is_empty());
}

#[test]
fn any_input_ends_well() {
    let bits = [
        "The ",
        "windmill ",
        "l’",
        "'",
        "-",
        "’s ",
        "<",
        ">",
        ".",
        "É",
        "\u{301}",
        "水",
        "ا",
        "\n",
        "\n\n",
        "# ",
        "://",
        "A B C ",
        "…",
        "\u{feff}",
    ];
    // A small generator of its own: the same texts on every machine.
    let mut state = 3u32;
    for lang in ["en", "de", "fr", "ru", "tr"] {
        let mut text = String::new();
        for _ in 0..3_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(bits[(state >> 16) as usize % bits.len()]);
        }
        assert!(terms("", &lines(&text), Some(lang)).list.len() <= KEPT);
    }
}

#[test]
fn records_stay_small() {
    let letters: Vec<char> = ('a'..='z').collect();
    let text: String = (0..40_000usize)
        .map(|i| format!("the {}{}{}ing ", letters[i % 26], letters[i / 5 % 26], letters[i / 31 % 26]))
        .collect();
    assert!(terms("", &lines(&text), Some("en")).list.len() <= KEPT);
}
