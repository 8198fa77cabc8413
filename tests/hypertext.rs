//! Every word that a page in HTML shows is in the Markdown that is made of it, in the text or in what is set aside; and
//! no page, however it is broken, takes more time or depth than its size allows.
//!
//! What a page shows is told by a browser's own parser (`html5ever` with the tree of its makers), of which the stage uses
//! no more than the reading of signs; what Markdown shows is told by `pulldown-cmark`.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::page::Page;
use common::{large, read};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use postil::{conserve, decode, hypertext};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Elements that nobody sees, or whose content a browser shows only in place of something better.
const UNSEEN: [&str; 18] = [
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "title",
    "iframe",
    "object",
    "video",
    "audio",
    "canvas",
    "datalist",
    "rp",
    "noembed",
    "noframes",
    "annotation",
    "annotation-xml",
    "meta",
];

/// What a browser shows, with a space wherever an element begins or ends.
fn shown(html: &str) -> String {
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
    let mut out = String::new();
    // What is left to do: elements to look at, and spaces to write behind them.
    let mut left: Vec<Option<Handle>> = vec![Some(dom.document.clone())];
    while let Some(next) = left.pop() {
        let Some(node) = next else {
            out.push(' ');
            continue;
        };
        match &node.data {
            NodeData::Text { contents } => out.push_str(&contents.borrow()),
            NodeData::Element { name, .. } if UNSEEN.contains(&&*name.local) => {}
            _ => {
                out.push(' ');
                left.push(None);
                left.extend(node.children.borrow().iter().rev().cloned().map(Some));
            }
        }
    }
    out
}

/// What Markdown shows, with the names of notes, and a space wherever markup stands.
fn written(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::Code(text) => out.extend([" ", &text, " "]),
            Event::FootnoteReference(name) | Event::Start(Tag::FootnoteDefinition(name)) => {
                out.extend([" ", &name, " "]);
            }
            _ => out.push(' '),
        }
    }
    out
}

/// How often each word comes, and each figure, but for the short ones: lists count their items anew.
fn count(text: &str) -> BTreeMap<String, usize> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let figures = text.split(|c: char| !c.is_ascii_digit()).filter(|f| f.len() > 3);
    let mut out = BTreeMap::new();
    for word in words.chain(figures) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

/// What of one count is left when another is taken away.
fn more(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
    let left = |(word, n): (&String, &usize)| {
        let n = n.saturating_sub(b.get(word).copied().unwrap_or(0));
        (n > 0).then(|| (word.clone(), n))
    };
    a.iter().filter_map(left).collect()
}

/// Takes from `parts` what the words are made of, as far as they are; gives back those that are not wholly so.
fn put_together(words: &BTreeMap<String, usize>, parts: &mut BTreeMap<String, usize>) -> Vec<String> {
    let mut out = Vec::new();
    for word in words.iter().flat_map(|(word, &n)| std::iter::repeat_n(word, n)) {
        let mut rest = word.as_str();
        let ends =
            |rest: &str| (1..=rest.len()).rev().filter(|&i| rest.is_char_boundary(i)).collect::<Vec<_>>();
        while let Some(end) = ends(rest).into_iter().find(|&i| parts.get(&rest[..i]).is_some_and(|n| *n > 0))
        {
            if let Some(n) = parts.get_mut(&rest[..end]) {
                *n -= 1;
            }
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            out.push(word.clone());
        }
    }
    out
}

/// Words of a page that its Markdown has not. One of the Markdown may be several of the page, where what stood between
/// them means nothing to a reader, and the other way round, where a browser moves text out of a broken table.
fn lost(name: &str, html: &str) -> Vec<String> {
    let source = decode::decode(name, html.as_bytes().to_vec()).value.expect("a text");
    let decoded = source.text.clone();
    let markdown = hypertext::read(source).value.text;
    let body = match markdown.strip_prefix("---\n").and_then(|m| m.split_once("\n---\n")) {
        Some((_, body)) => body,
        None => &markdown,
    };
    let (page, have) = (count(&shown(&decoded)), count(&written(body)));
    let (mut lost, mut made) = (more(&page, &have), more(&have, &page));
    put_together(&made, &mut lost);
    lost.retain(|_, n| *n > 0);
    put_together(&lost, &mut made)
}

fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    ProptestConfig {
        cases: number("CASES").unwrap_or(400) as u32,
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Pieces of pages: what opens and closes, in any order, and words of which each tells where it stood.
const PIECES: [&str; 62] = [
    "weir",
    " mill ",
    "* a",
    "_b_",
    "[c]",
    "(d)",
    "`e`",
    "# f",
    "1. g",
    "&amp;h;",
    "&lt;i",
    "~j~",
    "|k|",
    "\\l",
    "!",
    "^",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em>m</em>",
    "<a href='#x'>",
    "<a href='/y'>",
    "</a>",
    "<sup>",
    "</sup>",
    "<a href='#n1' id=r1>1</a>",
    "<p id=n1>1 note <a href='#r1'>back</a>",
    "<li id=n2>two",
    "<a href='#n2'>[2]</a>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<blockquote>",
    "</blockquote>",
    "<h2>",
    "</h2>",
    "<br>",
    "<hr>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<nav>n</nav>",
    "<span hidden>o</span>",
    "<dl><dt>",
    "<dd>",
    "<figure><img src=a.png alt=p><figcaption>",
    "</figcaption></figure>",
    "<!-- q -->",
    "\n\n",
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_page_keeps_its_words(parts in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..40)) {
        let html = parts.concat();
        let lost = lost("case.htm", &html);
        let case = read::text("case.htm", &html);
        prop_assert!(lost.is_empty(), "{lost:?}\n{html}\n{}", case.source.text);
        let found = conserve::lost_and_made(&case.source, &case.read.document);
        prop_assert!(found.is_none(), "{found:?}\n{html}\n{}", case.source.text);
    }
}

/// What may stand around words, in any order; `@` is a word, each time another.
const FRAMES: [&str; 60] = [
    "@",
    " @ @ ",
    "@.",
    "<p>@ @",
    "</p>",
    "<div>@",
    "</div>@",
    "<em>@</em>",
    "<b> @ </b>@",
    "<i>@",
    "</i>",
    "<a href='/y'>@</a>@",
    "@<a href='#x'>@</a>",
    "<a id=x></a>@",
    "<a href='/y'>@<b>@</b>",
    "@<code>@</code>@",
    "<code>@<a href='/y'>@</a>@</code>",
    "<code>@<em>@</em></code>@",
    "<code>@<span hidden>@</span><script>@</script>@</code>",
    "<code>@<a href='#n1'>1</a>@</code>",
    "<kbd>`@|@`</kbd>",
    "<sup>@</sup>",
    "<del>@</del>@",
    "<q>@</q>",
    "<mark>@</mark>",
    "@<a href='#n1' id=r1>1</a>@",
    "<p id=n1>1 @ @<a href='#r1'>@</a>@",
    "<a href='#n2'>[2]</a>",
    "<li id=n2>@ <a href='#r1'>back</a>@",
    "<ul><li>@",
    "<ol start=7><li>@",
    "<li>@",
    "</ul>@",
    "</ol>",
    "<dl><dt>@<dd>@",
    "</dl>",
    "<table><tr><td>@<td>@<tr><td>@<td>@</table>",
    "<table><caption>@</caption><tr><td>@",
    "<th>@<td>@|@",
    "</table>@",
    "<blockquote>@",
    "</blockquote>@",
    "<h1>@</h1>",
    "<h2>@ @",
    "</h2>",
    "@<br>@",
    "<hr>",
    "<pre>@\n  @</pre>@",
    "<pre><code>@<b>@</b>",
    "</pre>",
    "<nav>@<a href=/>@</a></nav>@",
    "<footer>@</footer>",
    "<form>@<button>@</button><select><option>@</select></form>",
    "<span hidden>@</span>@",
    "<p style='display:none'>@",
    "<script>@</script>@<style>@</style>",
    "<!-- @ -->@<template>@</template>",
    "<figure><img src=a.png><figcaption>@ <em>@</em></figcaption></figure>",
    "<svg><text>@</text></svg>@",
    "<math><mi>@</mi></math>&#8203;@&shy;@",
];

/// A page of such frames, and its words. None holds the beginning of another, so that each is found where it is glued to
/// others.
fn framed(frames: &[&str]) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let pieces = frames.concat();
    let mut html = String::new();
    for (n, piece) in pieces.split('@').enumerate() {
        if n > 0 {
            let letters = [n / 676, n / 26 % 26, n % 26].map(|d| char::from(b'A' + d as u8));
            words.push(letters.iter().chain(['z'].iter()).collect::<String>());
            html.extend(words.last().map(String::as_str));
        }
        html.push_str(piece);
    }
    (html, words)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn each_word_of_a_page_is_shown_or_set_aside_once(
        frames in prop::collection::vec(prop::sample::select(&FRAMES[..]), 1..24),
    ) {
        let (html, words) = framed(&frames);
        let seen = shown(&html);
        let case = read::text("case.htm", &html);
        let mut found = Page::read(&case.article.html).words;
        case.read.document.omissions.iter().for_each(|o| found.extend([" ", &o.text]));
        for word in words {
            let (is, should) = (found.matches(&word).count(), seen.matches(&word).count());
            prop_assert_eq!(is, should, "{}\n{}\n{}\n{}", word, html, case.source.text, found);
        }
    }
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(pages(&path));
        } else if path.extension().is_some_and(|e| ["htm", "xhtml"].iter().any(|h| e == *h)) {
            out.push(path);
        }
    }
    out.sort();
    out
}

#[test]
fn the_golden_pages_keep_their_words() {
    let all = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden"));
    assert!(all.len() > 5);
    for path in all {
        let html = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        assert_eq!(lost(&name, &html), [""; 0], "{name}");
    }
}

/// `POSTIL_PAGES=folder` looks at every page in a folder too.
#[test]
fn a_folder_of_pages_keeps_its_words() {
    let Some(folder) = std::env::var_os("POSTIL_PAGES") else { return };
    let mut faults = Vec::new();
    let mut left = vec![PathBuf::from(folder)];
    while let Some(folder) = left.pop() {
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()) {
            if path.is_dir() {
                left.push(path);
            } else if hypertext::is_named(&path.to_string_lossy()) {
                let html = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                let lost = lost("page.html", &html);
                if !lost.is_empty() {
                    faults.push(format!("{}: {lost:?}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the Markdown of a page may have for each of its bytes.
#[test]
fn no_page_grows() {
    for (what, page) in large::PAGES {
        let page = page(400_000);
        let source = decode::decode("a.html", page.clone().into_bytes()).value.expect("a text");
        let text = hypertext::read(source).value.text;
        assert!(text.len() < 100 + 12 * page.len(), "{what}: {} of {}", text.len(), page.len());
    }
}

/// The Markdown of a page.
fn markdown(html: &str) -> String {
    read::text("page.htm", html).source.text.to_string()
}

#[test]
fn the_number_of_an_item_is_a_number() {
    let last = u64::MAX;
    let page = |list: &str| format!("<p>The weir.<a href=#n role=doc-noteref>so it is</a><hr>{list}");
    let high = markdown(&page(&format!("<ol start={last}><li>one<li id=n>The second note.</ol>")));
    assert!(high.contains("[^2]: The second note."), "{high}");
    let high = markdown(&page("<ol start=4294967295><li>one<li id=n>The second note.</ol>"));
    assert!(high.contains("[^4294967295]:"), "{high}");
    for odd in ["a|b", "x\ry", &"9".repeat(400)] {
        let named = markdown(&page(&format!("<ol><li value='{odd}' id=n>The first note.</ol>")));
        assert!(named.contains("[^1]: The first note."), "{named}");
    }
}

#[test]
fn a_finding_before_the_first_word_has_a_place_in_the_page() {
    // The sign of the link stands before its words, of which it is known where they stand.
    let case = read::text("page.htm", "<a href='/weir'>The weir</a> stands.<h1>Of Mills</h1>");
    assert!(case.diagnostics.iter().any(|d| d.line == 1), "{:?}", case.diagnostics);
}

#[test]
fn a_place_has_the_name_that_links_lead_to() {
    let both = markdown("<p><a id='x\"><img src=y>' name=good>the mill</a> and <a href='#good'>to it</a>.");
    assert!(both.contains("<a id=\"good\"></a>") && !both.contains("img"), "{both}");
    let two = markdown("<p><a id=a name=b>the mill</a>, <a href=#a>one</a>, <a href=#b>two</a>.");
    assert!(two.contains("<a id=\"a\"></a><a id=\"b\"></a>"), "{two}");
    let coded =
        markdown("<p id='%22%3E%3Cimg%3E'>the mill</p><p id='\"><img>'>b <a href='#%22%3E%3Cimg%3E'>c</a>");
    assert!(!coded.contains("id=\"") && !coded.contains("<img>"), "{coded}");
    let letters = markdown("<p id='caf%C3%A9'>the mill</p><p><a href='#caf%C3%A9'>to it</a>");
    assert!(letters.contains("<a id=\"café\"></a>") && letters.contains("](#café)"), "{letters}");
}

#[test]
fn links_lead_to_rows_cells_captions_and_listings() {
    let table = "<table id=t><caption id=c>Weirs</caption><tr><td>a<td>b<tr id=r><td>c<td id=d>d</table>";
    let links: String = ["c", "r", "d", "l", "f"].iter().map(|p| format!("<p><a href=#{p}>go</a>")).collect();
    let figure = "<figure><img src=a.png><figcaption id=f>A mill</figcaption></figure>";
    let text = markdown(&format!("{table}<pre id=l>let a = 1;</pre>{figure}<p>behind</p>{links}"));
    for place in
        ["</a>Weirs", "<a id=\"r\"></a>c", "<a id=\"d\"></a>d", "<a id=\"f\"></a>", "<a id=\"l\"></a>\n\n```"]
    {
        assert!(text.contains(place), "{place}: {text}");
    }
}

#[test]
fn what_is_hidden_in_tables_and_figures_is_set_aside() {
    let row = "<tr><td>one</td><td>two</td></tr>";
    for hidden in [
        format!("<table>{row}<tr><td>three</td><td style='display:none'>secret</td></tr>{row}</table>"),
        format!("<table>{row}<tr hidden><td>secret</td><td>secret</td></tr>{row}</table>"),
        format!("<table>{row}{row}<tbody hidden><tr><td>secret</td><td>b</td></tr></tbody></table>"),
        format!("<table><caption hidden>secret</caption>{row}{row}</table>"),
        "<table><tr><td hidden>secret<td rowspan=2>b<tr><td>c<td>d</table>".to_owned(),
        "<figure><img src=a.png alt=a><figcaption hidden>secret</figcaption></figure>".to_owned(),
    ] {
        let page = format!("<p>{}</p>{hidden}<p>behind</p>", "The miller counts his sacks. ".repeat(4));
        let source = read::text("page.htm", &page).source;
        let at = source.text.find("secret").expect("it is not lost");
        let aside = source.set_aside.iter().any(|s| s.span.range().contains(&at));
        assert!(aside, "{}", &*source.text);
        let rows = hidden.matches("<td>one</td>").count();
        assert_eq!(source.text.matches("| one | two |").count(), rows, "{}", &*source.text);
    }
}

#[test]
fn programs_are_no_text_however_deep() {
    for (open, close) in [("<script>", "</script>"), ("<style>", "</style>"), ("<noscript>", "</noscript>")] {
        let deep = "<div>".repeat(170);
        let page =
            format!("<p>before</p>{deep}{open}secret(){close}<p>shown</p>{}<p>behind", "</div>".repeat(170));
        let text = markdown(&page);
        assert!(!text.contains("secret") && text.contains("shown") && text.contains("behind"), "{text}");
    }
    let page =
        format!("{}<template><p><template>secret</template>secret</template>shown", "<div>".repeat(170));
    let text = markdown(&page);
    assert!(!text.contains("secret") && text.contains("shown"), "{text}");
}

#[test]
fn a_note_within_a_listing_is_defined() {
    let page = "<p>The weir.<a href=#n role=doc-noteref>1</a></p><pre>let a = 1;\n<span id=n role=doc-footnote>1 \
                The note in it has words.</span>\n</pre>";
    let text = markdown(page);
    assert!(text.contains("[^1]:") && !text.contains("```"), "{text}");
}

#[test]
fn what_is_no_part_of_a_listing_stands_behind_it() {
    let words = "The miller counts his sacks. ".repeat(4);
    let listing = "<pre>let a = 1;<button>Copy</button><template>hidden</template>\nlet b = 2;</pre>";
    let source = read::text("page.htm", &format!("<p>{words}</p>{listing}")).source;
    assert!(source.text.contains("```\nlet a = 1;\nlet b = 2;\n```"), "{}", &*source.text);
    assert!(!source.text.contains("hidden"), "{}", &*source.text);
    let copy = source.text.find("Copy").expect("it is not lost");
    assert!(source.set_aside.iter().any(|aside| aside.span.range().contains(&copy)));
}

#[test]
fn empty_lines_are_not_set_in() {
    let page = format!("{}<pre>a{}b</pre>", "<ol start=999999999><li>x".repeat(8), "\n".repeat(10_000));
    let text = markdown(&page);
    assert!(text.len() < page.len() * 2, "{}", text.len());
}
