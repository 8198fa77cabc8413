//! What a document says of itself without a sidecar.
//!
//! 1. `head`: the first lines, each sorted by what it is (banner, licence, date, by-line, prose, …)
//! 2. [`title`], [`author`], [`date`], [`address`]: asked of the sorted lines
//! 3. [`language`]: of the text itself
//! 4. what the owner gave wins, key by key
//!
//! Asked of the source's own lines rather than of the blocks: restoring may have set aside or joined
//! just the lines that tell. The blocks say where a clipped page's own text begins, and how a heading reads
//! without its markers.

mod address;
mod author;
mod date;
mod head;
mod kind;
pub mod language;
mod patterns;
mod person;
pub mod said;
mod summary;
mod title;
mod words;

pub use date::is_iso;
pub use summary::summary;

use crate::facts::Facts;
use crate::model::{Block, BlockKind, Form, InlineKind, Meta, Omission, Tag, plain_text};
use crate::source::Source;

/// Finds the metadata of a document. `body` may be empty (the source's lines are enough).
pub fn find(source: &Source, form: Form, body: &[Block], omissions: &[Omission], facts: &Facts) -> Meta {
    let whole = source.text.get(source.body_start..).unwrap_or("");
    // A clipped page's menus were set aside; what is left begins where its text does.
    let start = body.first().map_or(0, |b| (b.span.start as usize).saturating_sub(source.body_start));
    let start = if form == Form::Clipped { line_start(whole, start) } else { 0 };
    // What a print does not say of itself, its text did not say either; and only what the owner did not say is looked for.
    let printed = form == Form::Restored && facts.title.is_some();
    let said = facts.title.is_some() && facts.authors.is_some() && facts.date.is_some();
    let found = match printed || said {
        true => Found::default(),
        false => of_text(
            &whole[start..],
            |at| heading_at(body, source.body_start + start + at),
            |line| without_markers(body, line),
        ),
    };
    let if_asked = |find: &dyn Fn() -> Option<String>| if printed { None } else { find() };
    let given =
        |value: &Option<String>| value.as_ref().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    let running = || found.of_chapter.then(|| title::running(omissions, source.text.len())).flatten();
    let title = given(&facts.title)
        .or_else(running)
        .or(found.title)
        .or_else(|| if_asked(&|| first_heading(body)))
        .unwrap_or_else(|| title::from_path(&source.path));
    let (date, date_words) = match given(&facts.date) {
        Some(words) => match date::given(&words) {
            Some(date) => (Some(date), None),
            None => (None, Some(words)),
        },
        None => (found.date, None),
    };
    Meta {
        title,
        authors: facts.authors.clone().unwrap_or(found.authors),
        date,
        date_words,
        source: given(&facts.source).or_else(|| if_asked(&|| address::find(whole))),
        lang: given(&facts.lang)
            .or_else(|| if_asked(&|| language::detect(&spoken(body, whole)).map(str::to_owned))),
        tags: facts.tags.iter().flatten().map(|t| Tag { name: t.clone(), derived: false }).collect(),
        summary: given(&facts.summary),
        collection: given(&facts.collection),
        rights: given(&facts.rights),
        extra: facts.extra.clone(),
    }
}

/// True for a line that is a date and nothing else.
pub(super) fn is_lone_date(line: &str) -> bool {
    date::is_lone(line)
}

/// The date of a line that is a date and nothing else, as ISO 8601.
pub(super) fn lone_date(line: &str) -> Option<String> {
    date::of_lone(line)
}

/// True for the heading of a table of contents.
pub(super) fn titles_contents(line: &str) -> bool {
    kind::CONTENTS.is_match(line)
}

/// True for a line that is an address of the web or of e-mail and nothing else.
pub(super) fn is_lone_address(line: &str) -> bool {
    !line.is_empty() && line.split_whitespace().all(kind::is_address)
}

/// What the lines of a text say.
#[derive(Debug, Default, PartialEq)]
struct Found {
    title: Option<String>,
    /// True if the title is only that of a chapter.
    of_chapter: bool,
    authors: Vec<String>,
    date: Option<String>,
}

/// Asks the lines of a text. `heading_at` gives the words of the heading block at an offset, if there is one;
/// `without_markers` those of the paragraph that begins as a sentence does.
fn of_text(
    text: &str,
    heading_at: impl Fn(usize) -> Option<String>,
    without_markers: impl Fn(&str) -> Option<String>,
) -> Found {
    let head = head::read(text);
    let title = title::find(text, &head);
    let line = title.as_ref().and_then(|t| t.line);
    let at = line.and_then(|l| head.lines.get(l)).map(|l| l.at);
    let shown = title.map(|t| {
        // The block has the line's words without its markers; more only if the heading was broken in two.
        let block = at.and_then(&heading_at).filter(|b| !b.trim().is_empty());
        match block {
            Some(block) => title::cut(&block),
            None if at.is_none() || ends_in_figure(&t.text) => without_markers(&t.text).unwrap_or(t.text),
            None => t.text,
        }
    });
    Found {
        title: shown.filter(|t| !t.is_empty()),
        of_chapter: line.is_some_and(|line| title::is_of_chapter(&head, line)),
        authors: author::find(text, &head, line),
        date: date::find(text, &head, line).map(date::Date::iso),
    }
}

/// True for a title with a figure glued to its last word.
fn ends_in_figure(title: &str) -> bool {
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.len() < title.len() && bare.ends_with(char::is_alphabetic)
}

/// What a title was taken from, the beginning of a paragraph or one of the lines over it, as its block has it: in the
/// source, markers may be glued to its words.
fn without_markers(body: &[Block], taken: &str) -> Option<String> {
    /// It is among the first blocks.
    const BLOCKS: usize = 20;
    /// Characters that show that it is the same.
    const SAME: usize = 12;
    let start: String = taken.chars().take(SAME).collect();
    let bare = taken.trim_end_matches(|c: char| c.is_ascii_digit());
    let of_lines =
        |lines: Vec<String>| lines.iter().map(|l| l.trim()).find(|l| *l == bare).map(str::to_owned);
    body.iter().take(BLOCKS).find_map(|b| match &b.kind {
        BlockKind::Paragraph(content) if content.iter().any(|i| i.kind == InlineKind::HardBreak) => {
            of_lines(said::lines(content))
        }
        BlockKind::Paragraph(content) => {
            let text = plain_text(content);
            text.trim().starts_with(&start).then(|| title::cut(title::first_sentence(&text)))
        }
        BlockKind::Verse(lines) => of_lines(lines.iter().map(|l| plain_text(l)).collect()),
        _ => None,
    })
}

/// The first heading near the beginning.
fn first_heading(body: &[Block]) -> Option<String> {
    /// Blocks before it.
    const NEAR: usize = 8;
    body.iter().take(NEAR).find_map(|b| match &b.kind {
        BlockKind::Heading { content, .. } => {
            Some(title::cut(&plain_text(content))).filter(|t| !t.is_empty())
        }
        _ => None,
    })
}

/// The words of the heading that holds the offset of a source.
fn heading_at(body: &[Block], at: usize) -> Option<String> {
    /// The title is among the first blocks.
    const BLOCKS: usize = 60;
    body.iter().take(BLOCKS).find_map(|b| match &b.kind {
        BlockKind::Heading { content, .. } if b.span.contains(at) => Some(plain_text(content)),
        _ => None,
    })
}

/// Where the line that holds `at` begins.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.rfind('\n').map_or(0, |n| n + 1))
}

/// The text to tell the language from: the paragraphs, or without blocks the source.
fn spoken(body: &[Block], whole: &str) -> String {
    /// Bytes that are plenty for `language` to choose its sample from.
    const PLENTY: usize = 60_000;
    let mut out = String::new();
    for block in body {
        if let BlockKind::Paragraph(content)
        | BlockKind::Heading { content, .. }
        | BlockKind::Aside(_, content) = &block.kind
        {
            out.push_str(&plain_text(content));
            out.push('\n');
        }
        if out.len() > PLENTY {
            break;
        }
    }
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).take(200).count();
    if letters(&out) < 200 && letters(whole) > letters(&out) {
        return whole[..whole.floor_char_boundary(PLENTY)].to_owned();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit. \
        Nobody spoke of it afterwards, though everybody remembered it well enough, and in Puerto Largo they still tell it, \
        with more water in it every time, and with more millers too, until the bank can hardly hold them all together.\n";

    fn of(text: &str, facts: &Facts) -> Meta {
        find(&Source::new("seeds/on-bread.txt", text.to_owned()), Form::Plain, &[], &[], facts)
    }

    #[test]
    fn a_title_page() {
        let text = format!(
            "The Valley Library (Mirror)\nAnti-Copyright\n\n# On Bread\n\nA History of “Our Daily”  \nLoaf\n\nNora Feld\n\n\
             Nora Feld  \nOn Bread  \nNovember 2018\n\nRetrieved on 10<sup>th</sup> May 2021 from [mills.example](http://mills.example)\n\n# Contents\n\n{PROSE}\n{PROSE}"
        );
        let meta = of(&text, &Facts::default());
        assert_eq!(meta.title, "On Bread");
        assert_eq!(meta.authors, ["Nora Feld"]);
        assert_eq!(meta.date.as_deref(), Some("2018-11"));
        assert_eq!(meta.source.as_deref(), Some("http://mills.example"));
        assert_eq!(meta.lang.as_deref(), Some("en"));
    }

    #[test]
    fn a_title_page_that_text_follows_without_a_blank_line() {
        let meta = of(
            &format!("The Loaf\nNora Feld3 and Ada Korn4\nJune 27, 2008\nAbstract\n{PROSE}\n"),
            &Facts::default(),
        );
        assert_eq!(meta.title, "The Loaf");
        assert_eq!(meta.authors, ["Nora Feld", "Ada Korn"]);
        assert_eq!(meta.date.as_deref(), Some("2008-06-27"));
        let meta = of(
            &format!("On bread\nand on those who bake it\nNora Feld\n27 June 2008\n\n{PROSE}\n"),
            &Facts::default(),
        );
        assert_eq!(meta.title, "On bread and on those who bake it");
        assert_eq!(meta.authors, ["Nora Feld"]);
        let meta = of(&format!("Loaf\nv1.1\n\n{PROSE}\n"), &Facts::default());
        assert_eq!(meta.title, "Loaf");
        let text = format!("loaf.txt Explained\nNora Feld\nAbstract\nIn short:\n{PROSE}\n");
        let meta = of(&text, &Facts::default());
        assert_eq!((meta.title.as_str(), meta.authors), ("loaf.txt Explained", vec!["Nora Feld".to_owned()]));
        let meta = of(&format!("A book of bread\n\nde Nora Feld\n\n{PROSE}\n"), &Facts::default());
        assert_eq!(meta.authors, ["Nora Feld"]);
        let meta = of(&format!("--- PAGE 3 ---\n\nOn Bread\n\n{PROSE}\n"), &Facts::default());
        assert_eq!(meta.title, "On Bread");
    }

    #[test]
    fn a_titles_marker_is_no_word_of_it() {
        use crate::model::Inline;
        use crate::source::Span;
        let words = |text: &str| vec![Inline { span: Span::new(0, 0), kind: InlineKind::Text(text.into()) }];
        let lines = BlockKind::Verse(vec![words("A valley and its mills"), words("Nora Feld (the text)")]);
        let body = [Block { span: Span::new(0, 0), kind: lines }];
        let text = format!("A valley and its mills1\nNora Feld (the text)\n12 December 2008\n\n{PROSE}\n");
        let title = |body: &[Block]| {
            let source = Source::new("seeds/on-bread.txt", text.clone());
            find(&source, Form::Plain, body, &[], &Facts::default()).title
        };
        assert_eq!(title(&body), "A valley and its mills");
        assert_eq!(title(&[]), "A valley and its mills1");
    }

    #[test]
    fn heads_of_posts_are_no_title() {
        let meta = of(&format!("ada 21 hours ago | parent | next [–]\n\n{PROSE}\n"), &Facts::default());
        assert!(meta.title.starts_with("The weir was low"), "{}", meta.title);
    }

    #[test]
    fn the_owner_wins() {
        let facts = Facts {
            title: Some("Bread".into()),
            authors: Some(vec!["N. F.".into()]),
            date: Some("3 May 2011".into()),
            lang: Some("de".into()),
            tags: Some(vec!["flour".into()]),
            ..Facts::default()
        };
        let meta = of(&format!("On Bread\n\nBy Nora Feld\n\n{PROSE}"), &facts);
        assert_eq!(
            (meta.title.as_str(), meta.date.as_deref(), meta.lang.as_deref()),
            ("Bread", Some("2011-05-03"), Some("de"))
        );
        assert_eq!(meta.authors, ["N. F."]);
        assert_eq!(meta.tags, [Tag { name: "flour".into(), derived: false }]);
    }

    #[test]
    fn nothing_to_find() {
        for text in ["", "\n\n\n", "***\n", "1\n", "\u{feff}", "https://mills.example\n"] {
            let meta = of(text, &Facts::default());
            assert!(!meta.title.is_empty(), "{text:?}");
            assert_eq!((meta.authors.len(), meta.date, meta.lang), (0, None, None), "{text:?}");
        }
        assert_eq!(of("", &Facts::default()).title, "On bread");
    }

    #[test]
    fn any_input_ends_well() {
        let signs = [
            "#",
            "# ",
            "\n",
            "By ",
            "12/",
            "May ",
            "2011",
            "*",
            "<sup>1</sup>",
            "[",
            "](",
            "Title: ",
            "é",
            "水",
            "ا",
            " ",
            ".",
            "\u{feff}",
            "|",
            "=\n",
            "(1)",
        ];
        // A small generator of its own: the same texts on every machine.
        let mut state = 7u32;
        for _ in 0..400 {
            let mut text = String::new();
            for _ in 0..60 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(signs[(state >> 16) as usize % signs.len()]);
            }
            assert!(!of(&text, &Facts::default()).title.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn large_texts_take_linear_time() {
        let text = format!("On Bread\n\n{}", "3 May 2011 and\n".repeat(60_000));
        assert_eq!(of(&text, &Facts::default()).title, "On Bread");
        let line = format!("By {}", "a, ".repeat(300_000));
        assert!(!of(&line, &Facts::default()).title.is_empty());
    }
}
