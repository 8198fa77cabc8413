//! No word of a text is lost between its source and its page, and none is made up; and no input is too deep or slow.

mod common;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use postil::model::Form;
use proptest::prelude::*;

/// The words of a case, each with how often it comes. All are a `w`, digits and a `z`, so that two that stand side by side
/// where markup vanished are still two.
fn count(text: &str) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    for piece in text.split('w').skip(1) {
        let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() && piece[digits.len()..].starts_with('z') {
            *out.entry(digits).or_default() += 1;
        }
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
    let certain = if form == Form::Markdown { certain(text) } else { text.to_owned() };
    let (source, page, certain) = (count(text), count(&page), count(&certain));
    for (word, most) in &source {
        let have = page.get(word).copied().unwrap_or(0);
        let least = certain.get(word).copied().unwrap_or(0);
        let html = &built.article.html;
        prop_assert!((least..=*most).contains(&have), "{} times w{}: {:?}\n{}", have, word, text, html);
    }
    let made = page.keys().find(|w| !source.contains_key(*w));
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
        " ",
        " ",
        " ",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[^",
        "]: ",
        "^[",
        "[^a]",
        "\n\n[^a]: ",
        "\n\n[b]: ",
        "|",
        "\n|--|--|\n",
        "---\n",
        " <b>",
        "</b> ",
        " <sup>",
        "</sup> ",
        " <span id=\"s\">",
        "</span> ",
        " <a href=\"#s\">",
        "</a> ",
        "<table>",
        "</table>",
        "<tr><td>",
        "</td></tr>",
        "<div>",
        "</div>",
        "<x-y>",
        "<p>",
        "<li>",
        "<ul>",
        "\\",
        "&amp;",
        "< ",
        ">",
        "\"",
        "'",
        "$",
        "\u{FFFC}",
        "https://e.x/",
        "www.e.x",
        ".",
        "!",
        ":",
        "é",
        "[ ] ",
        "[x] ",
        "===\n",
        "<br>",
        "<h2>",
        "</h2>",
        "<pre>",
    ]);
    let word = (0..40_u8).prop_map(|n| ["w", &n.to_string(), "z"].concat());
    prop::collection::vec(prop_oneof![3 => signs.prop_map(str::to_owned), 2 => word], 0..60)
}

/// The text without what may be no word by the contract: labels, targets and titles of links, tags, information of
/// fences. It takes out too much rather than too little.
fn certain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let signs =
        ["[^", "](", "]:", "```", "~~~", "</", "<b", "<s", "<a", "<t", "<d", "<x", "<p", "<l", "<u", "<h"];
    while let Some(at) = signs.iter().filter_map(|s| rest.find(s)).min() {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end: &[&str] = match rest.get(..2).unwrap_or_default() {
            "[^" => &["]"],
            "](" => &[")", "\n\n"],
            "]:" => {
                out.truncate(out.rfind('[').unwrap_or(out.len()));
                &["\n\n"]
            }
            "``" | "~~" => &["\n"],
            _ => &[">"],
        };
        let from = rest.char_indices().nth(1).map_or(rest.len(), |c| c.0);
        let end = end.iter().filter_map(|e| rest[from..].find(e)).min().map_or(rest.len(), |e| from + e);
        rest = &rest[end..];
        out.push(' ');
        if rest.starts_with('>') {
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The same cases in every run, so that a change is judged and not luck. `SEED=n CASES=n` look further.
fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let rng_seed = proptest::test_runner::RngSeed::Fixed(number("SEED").unwrap_or(1));
    let cases = number("CASES").unwrap_or(1000) as u32;
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn plain_text_keeps_its_words(pieces in pieces()) {
        check(&pieces.concat(), Form::Plain)?;
    }

    #[test]
    fn markdown_keeps_its_words(pieces in pieces()) {
        check(&pieces.concat(), Form::Markdown)?;
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
