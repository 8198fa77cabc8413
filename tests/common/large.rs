//! Texts that are large in one respect: a million markers, one endless line, what opens and never closes.

/// A text of about so many bytes.
pub type Make = fn(usize) -> String;

/// Texts by what they are made of; each grows with its size in bytes.
pub const CASES: &[(&str, Make)] = &[
    ("markers", |size| "[1] ".repeat(size / 4)),
    ("markers with notes", |size| {
        ["word[1] ".repeat(size / 16), "\n\n".into(), "[1] note\n\n".repeat(size / 20)].concat()
    }),
    ("markers that count", |size| {
        (1..size / 30).map(|n| format!("word[{n}] and more words.\n\n[{n}] note\n\n")).collect()
    }),
    ("markers and notes that are alike", |size| {
        let (marker, note) =
            ("words go on, as it was said there[1] and so.\n\n", "[1] A note of the mill and the weir.\n\n");
        [marker.repeat(size / 2 / marker.len()), note.repeat(size / 2 / note.len())].concat()
    }),
    ("digits", |size| "1234567890".repeat(size / 10)),
    ("numbers", |size| "1 2 3 ".repeat(size / 6)),
    ("glued digits", |size| "word1 word2, ".repeat(size / 13)),
    ("one line", |size| "a word of many words, ".repeat(size / 22)),
    ("one word", |size| "a".repeat(size)),
    ("items", |size| "1. \n".repeat(size / 4)),
    ("items with words", |size| "1. item\n".repeat(size / 8)),
    ("pages", pages),
    ("pages without feeds", |size| pages(size).replace('\u{c}', "\n")),
    ("form feeds", |size| "\u{c}\n".repeat(size / 2)),
    ("blank lines", |size| "\n".repeat(size)),
    ("rules", |size| "---\n\n".repeat(size / 5)),
    ("open tags", |size| "<sup>".repeat(size / 5)),
    ("open tags with digits", |size| "<sup>1 ".repeat(size / 7)),
    ("open brackets", |size| "[".repeat(size)),
    ("open brackets with words", |size| "[a ".repeat(size / 3)),
    ("open carets", |size| "^[".repeat(size / 2)),
    ("open notes", |size| "[Footnote 1: a ".repeat(size / 15)),
    ("open parentheses", |size| "(1 ".repeat(size / 3)),
    ("open math", |size| "${ }^{1 ".repeat(size / 8)),
    ("stars", |size| "*".repeat(size)),
    ("stars at words", |size| "*a ".repeat(size / 3)),
    ("stars behind words", |size| "a* ".repeat(size / 3)),
    ("star notes", |size| "a*\n\n* b\n\n".repeat(size / 9)),
    ("raised digits", |size| "a¹ ".repeat(size / 4)),
    ("quotes", |size| "> ".repeat(size / 2)),
    ("indents", |size| (0..size / 500).map(|n| [" ".repeat(n % 1_000), "a\n".into()].concat()).collect()),
    ("links", |size| "[a](b \"c\") ".repeat(size / 11)),
    ("open links", |size| "[a](".repeat(size / 4)),
    ("open images", |size| "![a](<b".repeat(size / 7)),
    ("links in links", |size| ["[".repeat(size / 8), "a".into(), "](b)".repeat(size / 8)].concat()),
    ("backquotes", |size| (0..).map(|n| "`".repeat(n % 97 + 1) + " a ").take(size / 52).collect()),
    ("entities", |size| "&amp;&#38;&".repeat(size / 11)),
    ("definitions", |size| (0..size / 14).map(|n| format!("[a{n}]: /b{n}\n")).collect()),
    ("uses of definitions", |size| ["[a]: /b\n\n".into(), "[a] [a][] ".repeat(size / 10)].concat()),
    ("notes in notes", |size| (0..size / 18).map(|n| format!("[^{n}]: a[^{}]\n\n", n + 1)).collect()),
    ("feet of pages", |size| {
        let foot = "words${ }^{1}$ go\n\n[^0]\n[^0]:    ${ }^{1}$ A note.\n    The weir.\n\n";
        foot.repeat(size / foot.len())
    }),
    ("feet that are set in", |size| {
        ["[^0]\n[^0]: ${ }^{1}$ A note.\n".into(), "    [^0]: a\n".repeat(size / 12)].concat()
    }),
    ("open signs of notes", |size| format!("[^0]: a\n\n{}\n", "the mill [^a of a weir ".repeat(size / 23))),
    ("inline notes", |size| "a^[b] ".repeat(size / 6)),
    ("lists in lists", |size| (0..size / 500).map(|n| "  ".repeat(n % 500) + "- a\n").collect()),
    ("items that are set in", |size| {
        let deep = (0..10).map(|n| "  ".repeat(n) + "- a\n").collect();
        [deep, ("  ".repeat(9) + "- a\n").repeat(size / 22)].concat()
    }),
    ("items that count", |size| (1..size / 12).map(|n| format!("{n}. item\n\n")).collect()),
    ("elements", |size| "<b><i>a</i></b> ".repeat(size / 16)),
    ("blocks of HTML", |size| "<div>\n\na\n\n</div>\n\n".repeat(size / 19)),
    ("comments", |size| "<!-- a".repeat(size / 6)),
    ("attributes", |size| "<a href=\"b\" title='c".repeat(size / 21)),
    ("ends that nothing began", |size| "a</b></i></p>".repeat(size / 13)),
    ("headings", |size| "# A\n\n".repeat(size / 5)),
    ("underlined headings", |size| "A\n=\n\n".repeat(size / 5)),
    ("capitals", |size| "Anna Berta Cora ".repeat(size / 16)),
    ("names that count", |size| (0..size / 12).map(|n| format!("Anna B{}a, ", letters(n))).collect()),
    ("names that vary", |size| {
        (0..size / 36).map(|n| format!("Anna B{0}a spoke. A. B{0}a did not. ", letters(n))).collect()
    }),
    ("a name in two forms", |size| "Anna Miller spoke, and Miller did not.\n\n".repeat(size / 41)),
    ("different words", |size| (0..size / 8).map(|n| format!("q{} ", letters(n * 31))).collect()),
    ("short items", |size| "- a\n".repeat(size / 4)),
    ("a contents and its headings", |size| {
        let entry = |n: usize| format!("{n} Of {}\n", letters(n));
        let heading = |n: usize| format!("{n} Of {}\n\nIt was said.\n\n", letters(n));
        let count = 1..size / 40;
        [
            "Contents\n\n".into(),
            count.clone().map(entry).collect::<String>(),
            "\n".into(),
            count.map(heading).collect::<String>(),
        ]
        .concat()
    }),
    ("tags", |size| {
        let tags: String = (0..size / 10).map(|n| format!("- t{}\n", letters(n))).collect();
        format!("---\ntags:\n{tags}---\n\nWords.\n")
    }),
    ("citations in one note", |size| {
        let one = |n: usize| format!("A. B{}, A Book (Paris, 1901), p. {n}; ", letters(n));
        ["a[1]\n\n[1] ".into(), (1..size / 38).map(one).collect::<String>()].concat()
    }),
    ("shouting", |size| "ANNA BERTA CORA\n".repeat(size / 16)),
    ("quotations", |size| "“a ".repeat(size / 5)),
    ("ibidem", |size| (1..size / 30).map(|n| format!("a[{n}]\n\n[{n}] Ibid., p. {n}.\n\n")).collect()),
    ("ibidem in one note", |size| ["a[1]\n\n[1] ".into(), "Ibid.; ".repeat(size / 7)].concat()),
    ("books", |size| {
        (1..size / 60)
            .map(|n| format!("a.{n}\n\n{n} A. B{}, A Book of Mills (Paris, 1901), p. {n}.\n\n", letters(n)))
            .collect()
    }),
    ("years", |size| "(Miller 1901, 12; Weaver 1902) ".repeat(size / 31)),
    ("hyphens", |size| "mill-\nstone weir-\n".repeat(size / 18)),
    ("columns", |size| "one side of the page here          the other side of it\n".repeat(size / 57)),
    ("posts", |size| "Anna wrote:\n> what Berta said\nNo.\n\n".repeat(size / 35)),
    ("addresses", |size| "https://example.org/a/(b)?c=d ".repeat(size / 30)),
    ("an address of stops", |size| ["https://example.org/".into(), ".,".repeat(size / 2)].concat()),
    ("dates", |size| "3 May 1901, 4.5.1902; ".repeat(size / 22)),
    ("table", |size| "| a | b |\n|---|---|\n".repeat(size / 20)),
];

/// Pages in HTML by what they are made of; each grows with its size in bytes.
pub const PAGES: &[(&str, Make)] = &[
    ("divisions", |size| "<div>".repeat(size / 5)),
    ("signs that cross", |size| "<b><i>x</b></i> ".repeat(size / 16)),
    ("tables in tables", |size| "<table><tr><td>".repeat(size / 15)),
    ("rows of a grid", |size| ["<table>".into(), "<tr><td>a<td>b".repeat(size / 14)].concat()),
    ("quotations", |size| "<blockquote><p>a".repeat(size / 16)),
    ("open lists", |size| "<ul><li>a".repeat(size / 9)),
    ("anchors of one name", |size| "<br><a href=#x>1</a><b id=x></b>".repeat(size / 32)),
    ("markers of one note", |size| {
        let back = "<a href=#r>b</a>".repeat(size / 160);
        ["<a href=#t><sup>1</sup></a>x ".repeat(size / 30), "<p id=t>1 ".into(), back].concat()
    }),
    ("markers in words", |size| {
        let marker = |n| format!("<a href=#n{n} role=doc-noteref>so it is</a> ");
        let place = |n| format!("<a id=n{n}></a>x<br>");
        let all = 0..size / 70;
        ["<p>".into(), all.clone().map(marker).collect(), "<p>".to_owned(), all.map(place).collect()].concat()
    }),
    ("places in one element", |size| {
        let marker = |n| format!("<a href=#n{n} role=doc-noteref>so it is</a> ");
        let place = |n| format!("<a id=n{n}></a>");
        let all = 0..size / 90;
        let words = "<i>x</i> y ".repeat(size / 40);
        let (markers, places): (String, String) =
            (all.clone().map(marker).collect(), all.map(place).collect());
        ["<p>", &markers, "<p><b>", &places, "</b>", &words].concat()
    }),
    ("menus in asides", |size| ["<aside>".repeat(100), "<nav>a</nav><p>b".repeat(size / 16)].concat()),
    ("deep programs", |size| ["<div>".repeat(170), "<script>a()</script>b ".repeat(size / 22)].concat()),
    ("listings in lists", |size| {
        ["<ol start=999999999><li>x".repeat(8), "<pre>a".into(), "\n".repeat(size), "b</pre>".into()].concat()
    }),
];

/// A number in letters.
fn letters(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}

/// Text as it comes from a book: pages with running heads, notes that count on, page numbers.
fn pages(size: usize) -> String {
    const LINE: &str = "and so the carriers went on along the river, which nobody had crossed\n";
    let mut out = String::new();
    let mut page = 1;
    while out.len() < size {
        out.push_str("THE RIVER AND THE MILL\n\n");
        out.push_str(&LINE.repeat(15));
        out.push_str(&format!("until the year 1784,{page} in which it froze.\n"));
        out.push_str(&LINE.repeat(15));
        out.push_str(&format!("\n{page} So the chronicle has it, p. {}.\n\n{page}\n\u{c}", page * 3));
        page += 1;
    }
    out
}
