//! No word of a text is lost between its source and its page, and none is made up; and no input is too deep or slow.

mod common;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use postil::model::Form;
use proptest::prelude::*;

/// The words of a text, each with how often it comes.
fn count(text: &str) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

/// What a reader sees of an article that is the source's: text, and the texts of images, without what was generated.
fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut generated: Vec<bool> = Vec::new();
    for (i, piece) in html.split('<').enumerate() {
        let Some((tag, text)) = piece.split_once('>').filter(|_| i > 0) else {
            out.push_str(piece);
            continue;
        };
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if tag.starts_with('/') {
            generated.pop();
        } else if !["br", "hr", "img", "input", "wbr", "col"].contains(&name.as_str()) {
            let before = generated.last().copied().unwrap_or(false);
            generated.push(before || tag.contains(" data-generated"));
        } else if let Some((_, alt)) = tag.split_once(" alt=\"") {
            out.push_str(alt.split('"').next().unwrap_or_default());
        }
        // Elements part words here as they do in the source, whose signs stand in their places.
        out.push(' ');
        if !generated.last().copied().unwrap_or(false) {
            out.push_str(text);
        }
    }
    let plain = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&amp;", "&")
}

fn check(text: &str, form: Form) -> Result<(), TestCaseError> {
    let built = common::build("case", text, form);
    let mut page = shown(&built.article.html);
    for omission in &built.document.omissions {
        page.push(' ');
        page.push_str(&omission.text);
    }
    let (source, page) = (count(text), count(&page));
    for (word, times) in &source {
        // Every generated word begins with `w`; other letters are markup's (tags, labels, targets).
        if word.starts_with('w') {
            let have = page.get(word).copied().unwrap_or(0);
            prop_assert_eq!(have, *times, "{} in {:?}\n{}", word, text, built.article.html);
        }
    }
    let made = page.keys().find(|w| w.starts_with('w') && !source.contains_key(*w));
    prop_assert!(made.is_none(), "{:?} was made up from {:?}", made, text);
    let placeholder = built.article.html.contains(['\u{FDD0}', '\u{FDD1}']);
    prop_assert!(!placeholder, "a placeholder was left in {:?}", text);
    well_formed(&built.article.html, text)
}

/// Every element is closed by its own end, and every id is unique.
fn well_formed(html: &str, text: &str) -> Result<(), TestCaseError> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for piece in html.split('<').skip(1) {
        let tag = piece.split_once('>').map_or(piece, |p| p.0);
        if let Some(name) = tag.strip_prefix('/') {
            prop_assert_eq!(open.pop(), Some(name), "in {:?}\n{}", text, html);
            continue;
        }
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if !["br", "hr", "img", "input", "wbr", "col"].contains(&name) {
            prop_assert!(name != "a" || !open.contains(&"a"), "a link in a link: {:?}\n{}", text, html);
            open.push(name);
        }
        if let Some(id) = tag.split(" id=\"").nth(1).and_then(|r| r.split('"').next()) {
            prop_assert!(ids.insert(id.to_owned()), "the id {} twice: {:?}\n{}", id, text, html);
        }
    }
    prop_assert!(open.is_empty(), "left open: {:?} in {:?}", open, text);
    Ok(())
}

/// Pieces that mean something in Markdown, between words that begin with `w`.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let signs = prop::sample::select(vec![
        " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "*", "**", "_", "`", "```\n", "~~", "# ", "> ", "- ", "1. ", "    ", "\t",
        "[", "]", "(", ")", "![", "](", "[^", "]: ", "^[", "[^a]", "\n\n[^a]: ", "\n\n[b]: ", "|", "\n|--|--|\n", "---\n", "<b>",
        "</b>", "<sup>", "</sup>", "<span id=\"s\">", "</span>", "<a href=\"#s\">", "</a>", "<table>", "</table>", "<tr><td>",
        "</td></tr>", "<div>", "</div>", "<x-y>", "<p>", "<li>", "<ul>", "\\", "&amp;", "<", ">", "\"", "'", "$", "\u{FFFC}",
        "https://e.x/", "www.e.x", ".", "!", ":", "é", "[ ] ", "[x] ", "===\n", "<br>", "<h2>", "</h2>", "<pre>",
    ]);
    let word = (0..40_u8).prop_map(|n| ["w", &n.to_string()].concat());
    prop::collection::vec(prop_oneof![3 => signs.prop_map(str::to_owned), 2 => word], 0..60)
}

/// Takes out of a case what is no word by the contract: targets of links and information of fences.
fn without_targets(pieces: &[String]) -> String {
    let mut out = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        let before = i.checked_sub(1).map(|b| pieces[b].as_str());
        let target = matches!(before, Some("](" | "```\n" | "`" | "[" | "![" | "[^" | "\n\n[b]: " | "]: " | "https://e.x/" | "www.e.x"));
        if piece.starts_with('w') && piece != "www.e.x" && target {
            out.push('t');
        } else {
            out.push_str(piece);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_text_keeps_its_words(pieces in pieces()) {
        check(&pieces.concat(), Form::Plain)?;
    }

    #[test]
    fn markdown_keeps_its_words(pieces in pieces()) {
        check(&without_targets(&pieces), Form::Markdown)?;
    }
}

/// Time that no input of this size may take, in a debug build on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn hostile_input_is_neither_too_deep_nor_slow() {
    let n = 20_000;
    let cases = [
        ("quotes", "> ".repeat(n) + "w"),
        ("lines of quotes", ["> ".repeat(200), "w\n".to_owned()].concat().repeat(100)),
        ("lists", "- ".repeat(n) + "w"),
        ("emphasis", "*w ".repeat(n)),
        ("emphasis both ways", "*w".repeat(n) + &"w*".repeat(n)),
        ("brackets", "[".repeat(n) + "w" + &"]".repeat(n)),
        ("links", "[".repeat(n) + "w" + &"](u)".repeat(n)),
        ("images", "![".repeat(n) + "w" + &"](u)".repeat(n)),
        ("inline notes", "^[w ".repeat(n) + &"]".repeat(n)),
        ("open inline notes", "^[w ".repeat(n)),
        ("tags", "<b>".repeat(n) + "w"),
        ("closed tags", "<b>".repeat(n) + "w" + &"</b>".repeat(n)),
        ("html", "<div>".repeat(n) + "w" + &"</div>".repeat(n)),
        ("rows", ["<table>\n\n", &"<tr><td>w</td></tr>\n\n".repeat(2000)].concat()),
        ("comments", "<!-- ".repeat(n)),
        ("scripts", "<script>w ".repeat(n)),
        ("definitions", "[^a]: w\n\n".repeat(2000)),
        ("references", ["[^a]".repeat(5000), "\n\n[^a]: w".to_owned()].concat()),
        ("carets", "[^".repeat(n)),
        ("addresses", "http:///".repeat(n)),
        ("more addresses", "http://a)))".repeat(n)),
        ("underscores", "_w ".repeat(n)),
        ("equal headings", "# w\n\n".repeat(3000)),
        ("one line", "w".repeat(400_000)),
        ("cells", ["|a|\n|-|\n", &"|w|w|w|w|w|w|\n".repeat(1000)].concat()),
        ("ticks", (1..600).map(|i| "`".repeat(i) + "w").collect()),
    ];
    for (name, text) in &cases {
        for form in [Form::Markdown, Form::Plain] {
            let start = Instant::now();
            let built = common::build(name, text, form);
            let took = start.elapsed();
            assert!(took < PATIENCE, "{name} as {form:?} took {took:?}");
            assert!(built.article.html.contains('w') || !text.contains('w'), "{name} lost its words");
            if std::env::var_os("TIMES").is_some() {
                println!("{name:24} {form:?} {took:?} {} bytes", text.len());
            }
        }
    }
}
