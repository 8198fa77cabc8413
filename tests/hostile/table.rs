//! The hostile documents: what each tries, and the files it consists of.
//!
//! What would run calls `owned()` or `alert()`; what would load asks 127.0.0.1, where nobody answers.

use serde_json::json;

// `valid` reads this file, too, from beside its folder.
#[path = "pages.rs"]
mod pages;

/// One attempt.
pub struct Hostile {
    /// What it tries, in words.
    pub tries: String,
    /// Paths below `seeds/`, with their contents.
    pub files: Vec<(String, String)>,
}

/// Raw HTML within Markdown and clipped pages: what it tries, and the markup.
const MARKUP: &[(&str, &str)] = &[
    ("a plain script", "<script>owned('script')</script>"),
    ("a script in capitals with a stray slash", "<SCRIPT/x>owned('caps')</SCRIPT >"),
    ("a script split by a comment", "<scr<!-- -->ipt>owned('split')</scr<!-- -->ipt>"),
    ("a script within a script's name", "<scr<script>ipt>owned('nested')</scr</script>ipt>"),
    ("a script that never ends", "<script>owned('open')"),
    ("a script from elsewhere", "<script src=http://127.0.0.1:9/x.js></script>"),
    ("a module", "<script type=module>owned('module')</script>"),
    ("an image that fails", "<img src=x onerror=owned('img')>"),
    ("an image without quotes or spaces", "<img/src=x/onerror=owned('img2')>"),
    ("an attribute broken over lines", "<img src=x\nonerror\n=\nowned('lines')>"),
    ("an attribute with a form feed before it", "<img\u{c}src=x\u{c}onerror=owned('ff')>"),
    ("a quote that closes too early", "<img alt=\"`\"onerror=owned('quote') src=x>"),
    ("backquotes as quotes", "<img src=`x` onerror=`owned('bq')`>"),
    ("an image from elsewhere", "<img src=http://127.0.0.1:9/x.png>"),
    ("an image without a scheme", "<img src=//127.0.0.1:9/y.png>"),
    ("an image set", "<img srcset='http://127.0.0.1:9/z.png 1x'>"),
    ("a picture with sources", "<picture><source srcset=http://127.0.0.1:9/p.png><img src=x></picture>"),
    ("a drawing that loads", "<svg onload=owned('svg')>"),
    ("a drawing with a script", "<svg><script>owned('svgscript')</script></svg>"),
    ("a drawing with a script as data", "<svg><script href=data:,owned('svgdata') /></svg>"),
    (
        "a drawing that animates an address",
        "<svg><a><animate attributeName=href values=javascript:owned('anim') /><text>x</text></a></svg>",
    ),
    ("a drawing that sets a handler", "<svg><set attributeName=onmouseover to=owned('set')></svg>"),
    (
        "a foreign object",
        "<svg><foreignObject><iframe srcdoc='<script>parent.owned(1)</script>'></iframe></foreignObject></svg>",
    ),
    (
        "a drawing that uses another",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=owned(1)>#x'></use></svg>",
    ),
    (
        "a style within a drawing, to leave it early",
        "<svg><style><img src=x onerror=owned('svgstyle')></style></svg>",
    ),
    (
        "a title within a drawing, to leave it early",
        "<svg><title><img src=x onerror=owned('svgtitle')></title></svg>",
    ),
    ("mathematics with an address", "<math><mtext href=javascript:owned('math')>x</mtext></math>"),
    (
        "mathematics that changes how a table is read",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=owned('mxss')&gt;\">",
    ),
    (
        "an annotation that is HTML",
        "<math><annotation-xml encoding=text/html><script>owned('ann')</script></annotation-xml></math>",
    ),
    (
        "a form around a form",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=owned('form')>",
    ),
    ("a frame", "<iframe src=http://127.0.0.1:9/></iframe>"),
    ("a frame with a script's address", "<iframe src=javascript:parent.owned('frame')></iframe>"),
    ("a frame with a document", "<iframe srcdoc=\"<script>parent.owned('srcdoc')</script>\"></iframe>"),
    ("an object", "<object data=http://127.0.0.1:9/o></object>"),
    ("an embedded file", "<embed src=http://127.0.0.1:9/e>"),
    ("an applet", "<applet code=x archive=http://127.0.0.1:9/a.jar></applet>"),
    ("another base for all addresses", "<base href=http://127.0.0.1:9/>"),
    ("a refresh", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>"),
    ("a refresh into a script", "<meta http-equiv=refresh content='0;url=javascript:owned(1)'>"),
    (
        "a policy of its own",
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    ),
    ("a style sheet from elsewhere", "<link rel=stylesheet href=http://127.0.0.1:9/s.css>"),
    ("a prefetch", "<link rel=prefetch href=http://127.0.0.1:9/pre>"),
    ("an import", "<link rel=import href=http://127.0.0.1:9/i.html>"),
    (
        "a style that loads",
        "<style>@import url(http://127.0.0.1:9/i.css); body{background:url(http://127.0.0.1:9/b.png)}</style>",
    ),
    (
        "a style on an element",
        "<div style=\"background:url(http://127.0.0.1:9/d.png);position:fixed;inset:0\">over all</div>",
    ),
    ("a style with an expression", "<div style='width:expression(owned(1))'>x</div>"),
    (
        "a form to phish with",
        "<form action=http://127.0.0.1:9/><input name=password autofocus onfocus=owned('focus')><button>Log in</button></form>",
    ),
    ("a button with another target", "<button formaction=javascript:owned('button')>x</button>"),
    ("a field that takes the focus", "<input autofocus onfocus=owned('input')>"),
    ("a choice that takes the focus", "<select autofocus onfocus=owned('select')><option>x</select>"),
    (
        "an area to write in that ends early",
        "<textarea autofocus onfocus=owned('area')></textarea><img src=x onerror=owned('area2')>",
    ),
    ("details that open", "<details open ontoggle=owned('toggle')><summary>x</summary>y</details>"),
    ("a marquee", "<marquee onstart=owned('marquee')>x</marquee>"),
    ("a video", "<video autoplay onerror=owned('video')><source src=http://127.0.0.1:9/v.mp4></video>"),
    ("a sound", "<audio src=http://127.0.0.1:9/a.mp3 onerror=owned('audio')></audio>"),
    ("a poster", "<video poster=http://127.0.0.1:9/poster.png></video>"),
    ("a body with a handler", "<body onload=owned('body') background=http://127.0.0.1:9/bg.png>"),
    ("the page's own end", "</article></main></body></html><script>owned('end')</script>"),
    (
        "the end of the article and another beginning",
        "</article><article onclick=owned(1) tabindex=0 autofocus onfocus=owned('art')>",
    ),
    ("a template element", "<template><script>owned('template')</script></template>"),
    (
        "a template in shadow",
        "<div><template shadowrootmode=open><script>owned('shadow')</script></template></div>",
    ),
    (
        "markup in noscript",
        "<noscript><p title=\"</noscript><img src=x onerror=owned('noscript')>\"></noscript>",
    ),
    (
        "markup in noembed",
        "<noembed><img title=\"</noembed><img src=x onerror=owned('noembed')>\"></noembed>",
    ),
    ("markup in noframes", "<noframes></noframes><img src=x onerror=owned('noframes')>"),
    ("old plain text", "<plaintext><img src=x onerror=owned('plaintext')>"),
    ("an old listing", "<xmp><img title='</xmp><img src=x onerror=owned(1)>'></xmp>"),
    ("a title that ends early", "<title></title><script>owned('title')</script>"),
    ("a comment that ends early", "<!--><script>owned('comment')</script>-->"),
    ("a comment that ends with a bang", "<!-- --!><script>owned('bang')</script>"),
    ("a conditional comment", "<!--[if true]><script>owned('if')</script><![endif]-->"),
    ("a section of character data", "<![CDATA[><script>owned('cdata')</script>]]>"),
    ("a processing instruction", "<?xml-stylesheet href='javascript:owned(1)'?><script>owned('pi')</script>"),
    ("a declaration with an entity", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;"),
    ("a tag with a NUL in it", "<scr\u{0}ipt>owned('nul')</scr\u{0}ipt>"),
    ("a tag with a soft hyphen in it", "<scr\u{ad}ipt>owned('shy')</scr\u{ad}ipt>"),
    ("full-width angle brackets", "\u{ff1c}script\u{ff1e}owned('wide')\u{ff1c}/script\u{ff1e}"),
    ("a bracket that overlong UTF-8 would spell", "\u{c0}\u{bc}script>owned('overlong')"),
    (
        "entities for a tag",
        "&lt;script&gt;owned('entity')&lt;/script&gt; &#60;img src=x onerror=owned(1)&#62;",
    ),
    ("entities without an end", "&lt script&gt owned('noend')&lt/script&gt"),
    (
        "the name of a part of the program",
        "<a id=postil name=document><b id=location name=cookie>x</b></a><img name=getElementById>",
    ),
    (
        "the ids of the page's own parts",
        "<h2 id=contents>x</h2><p id=main>y</p><p id=note-1>z</p><p id=endnotes>z</p>",
    ),
    ("a role of the page's own", "<p role=doc-endnotes data-generated data-work=x>not generated</p>"),
    (
        "a link that opens a window",
        "<a href=https://example.org target=_blank rel=opener ping=http://127.0.0.1:9/ping>x</a>",
    ),
    ("a link that downloads", "<a download=x.exe href=data:,x>x</a>"),
    (
        "a map with a script's address",
        "<map name=m><area shape=default href=javascript:owned('area')></map><img usemap=#m src=x>",
    ),
    ("a quotation with a source to load", "<blockquote cite=javascript:owned('cite')>x</blockquote>"),
    (
        "a table with a background",
        "<table background=http://127.0.0.1:9/t.png><tr><td background=http://127.0.0.1:9/u.png>x</table>",
    ),
    ("a portal", "<portal src=http://127.0.0.1:9/></portal>"),
    ("keys that run", "<p accesskey=x tabindex=1 onfocus=owned(1) contenteditable autofocus>x</p>"),
    ("an element of its own making", "<x-y onfocus=owned('custom') tabindex=1 autofocus>x</x-y>"),
    ("a popover", "<button popovertarget=p>x</button><div popover id=p onbeforetoggle=owned(1)>y</div>"),
    (
        "an animation that ends",
        "<b style='animation:x' onanimationend=owned(1) onanimationstart=owned(2)>x</b>",
    ),
    (
        "deep nesting around a script",
        "<b><i><u><s><sub><sup><q><small><div><p><div><script>owned('deep')</script>",
    ),
    (
        "a table that throws its content out",
        "<table><script>owned('foster')</script><img src=x onerror=owned('foster2')><tr><td>x</table>",
    ),
    ("an attribute with a tag in it", "<a title=\"<img src=x onerror=owned('attr')>\">x</a>"),
    ("an attribute twice", "<a href=https://example.org href=javascript:owned('twice')>x</a>"),
    ("an attribute named like a prototype", "<a __proto__=x constructor=y href='#'>x</a>"),
    ("an equals sign as a name", "<img =\"src=x onerror=owned('eq')\" src=x>"),
];

/// Addresses in disguise, put into Markdown links, HTML links, images and facts in turn.
const ADDRESSES: &[&str] = &[
    "javascript:owned(1)",
    "JaVaScRiPt:owned(1)",
    "java&#9;script:owned(1)",
    "java&#10;script:owned(1)",
    "java&Tab;script&colon;owned(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;owned(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;owned(1)",
    "&#1;javascript:owned(1)",
    "%6a%61%76%61script:owned(1)",
    "javascript&#58;owned(1)",
    "javascript://example.org/%0aowned(1)",
    "javascript:%6fwned(1)//http://example.org",
    "data:text/html,<script>owned(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5vd25lZCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=owned(1)>",
    "vbscript:owned(1)",
    "livescript:owned(1)",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x",
    "view-source:https://example.org",
    "about:blank#<script>owned(1)</script>",
    "chrome://settings",
    "intent://x#Intent;scheme=javascript;end",
    "jar:http://127.0.0.1:9/x!/y",
    "feed:javascript:owned(1)",
    "ms-word:ofe|u|http://127.0.0.1:9/x",
    "//127.0.0.1:9/x.png",
    "\\\\127.0.0.1\\share\\x.png",
    "/\\127.0.0.1/x.png",
    "http://127.0.0.1:9/\" onmouseover=\"owned(1)",
    "https://example.org/'><script>owned(1)</script>",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/secret.txt",
    "\u{202e}txt.exe//:ptth",
];

/// Values for facts, names and titles.
const WORDS: &[(&str, &str)] = &[
    ("a script", "</title></script><script>owned('fact')</script>"),
    ("the end of a block of data", "</script><!--<script>]]>\u{2028}\"}];owned(1)//"),
    ("an attribute's end", "\"'><img src=x onerror=owned('value')>"),
    ("a template's syntax", "{{ config }}{% include \"/etc/passwd\" %}{# x #}{{ 7 * 7 }}"),
    (
        "another template's syntax",
        "${owned(1)} #{owned(1)} <%= owned(1) %> [[${1}]] {{constructor.constructor('owned(1)')()}}",
    ),
    ("a path", "../../../../tmp/owned"),
    ("a turn of direction", "invoice\u{202e}cod.exe"),
    ("signs that nobody sees", "pay\u{200b}pal\u{2060}\u{feff}\u{e0041}"),
    ("a line end and a header", "x\r\nSet-Cookie: owned=1\r\n\r\n<script>owned(1)</script>"),
    ("a very long word", "LONG"),
];

/// Names of files.
const NAMES: &[&str] = &[
    "<img src=x onerror=owned(1)>.md",
    "\"onmouseover=\"owned(1).md",
    "'><script>owned(1)<!--.md",
    "{{ 7*7 }}.md",
    "javascript:owned(1).md",
    "..\\..\\evil.md",
    "con.md",
    "NUL.txt",
    "lpt1.text",
    "trailing dot..md",
    " leading space.md",
    "%2e%2e%2fup.md",
    "line\nend.md",
    "escape\u{1b}[2J.md",
    "turn\u{202e}dm.exe.md",
    "zero\u{200b}width.md",
    "#fragment?query=1&x.md",
    "E\u{301}tude.md",
    "\u{c9}tude.md",
    "\u{e9}TUDE.md",
    "SAME.md",
    "same.md",
    "Same.MD",
    "folder.md/inside.md",
    "Folder.MD/inside.md",
    "index.md",
    "-rf.md",
    "~.md",
    "$(owned).md",
    "`owned`;owned|owned&.md",
];

/// All of them.
pub fn all() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |tries: String, files: Vec<(String, String)>| all.push(Hostile { tries, files });
    for (i, (what, markup)) in MARKUP.iter().enumerate() {
        let markdown = format!(
            "# Piece {i}\n\nBefore {markup} after.[^n]\n\n{markup}\n\nLast words.\n\n[^n]: In a note {markup} too.\n"
        );
        add(format!("markup in Markdown: {what}"), vec![(format!("markup/{i:03}.md"), markdown)]);
        if i % 2 == 0 {
            let page = format!(
                "<!DOCTYPE html><title>Page {i}</title><body onload=owned('body')><h1>Page {i}</h1><p>Before {markup} after\
                 <sup><a href=#n id=r>1</a></sup>.</p>{markup}<p>Last words.</p><p id=n><a href=#r>1</a> In a note {markup} too.</p>"
            );
            add(format!("markup in a page: {what}"), vec![(format!("pages/{i:03}.html"), page)]);
        }
        // As a clipped page may hold it: every third one, within long paragraphs.
        if i % 3 == 0 {
            let clipped = format!(
                "A Piece Clipped\n\nShare\nPrint\n\nSome words stand before it, as on any page,1 and {markup} stands among them.\n\n{markup}\n\n\
                 More words come behind it, so that there is a paragraph to speak of.2\n\n1 A note with {markup} in it.\n\n2 Another.\n"
            );
            add(format!("markup in a clipped page: {what}"), vec![(format!("clipped/{i:03}.txt"), clipped)]);
        }
    }
    for (i, (what, page)) in pages::PAGES.iter().enumerate() {
        let ending = if i % 4 == 3 { "xhtml" } else { "html" };
        add(format!("a page: {what}"), vec![(format!("whole/{i:02}.{ending}"), (*page).to_owned())]);
    }
    for (i, address) in ADDRESSES.iter().enumerate() {
        let html = address.replace('"', "&quot;");
        let markdown = format!(
            "# Address {i}\n\n[link]({address}) [angle](<{address}>) ![image]({address}) <{address}> {address} [ref][r] \
             <a href=\"{html}\">raw</a> <a href='{address}'>single</a> <img src=\"{html}\" alt=raw>\n\n[r]: {address}\n\n\
             <div><a href=\"{html}\">block</a><img src=\"{html}\"></div>\n"
        );
        add(format!("the address {address}"), vec![(format!("address/{i:02}.md"), markdown)]);
        if i % 4 == 0 {
            let facts = format!("source: {}\ncover: {0}\n", quoted(address));
            let text = "Words of a text.\n".to_owned();
            add(
                format!("the address {address} as the source of a text"),
                vec![(format!("source/{i:02}.txt"), text), (format!("source/{i:02}.yaml"), facts)],
            );
        }
    }
    for (i, (what, word)) in WORDS.iter().enumerate() {
        let long = "x".repeat(5000);
        let word = if *word == "LONG" { &long } else { *word };
        let value = quoted(word);
        let facts = format!(
            "title: {value}\nauthors: [{value}]\ntags: [{value}, plain]\ncollection: {value}\nrights: {value}\nlang: {value}\n\
             date: {value}\naliases: [{value}]\n{value}: {value}\n"
        );
        add(
            format!("facts in a sidecar: {what}"),
            vec![(format!("facts/{i}.txt"), "Words.\n".into()), (format!("facts/{i}.yaml"), facts.clone())],
        );
        add(
            format!("facts in front matter: {what}"),
            vec![(
                format!("front/{i}.md"),
                format!("---\n{facts}slug: {value}\nsummary: {value}\n---\n\nWords.\n"),
            )],
        );
        let plain: String = word.chars().filter(|c| !c.is_control()).collect();
        let text = format!(
            "# {plain}\n\nBy {plain}\n\n## {plain}\n\n`{plain}` and {plain}[^{plain}] and ![{plain}](x \"{plain}\")\n\n\
             ```{plain}\n{plain}\n```\n\n| {plain} | b |\n|---|---|\n| {plain} | d |\n\n[^{plain}]: {plain}\n"
        );
        add(format!("headings, code, tables and labels: {what}"), vec![(format!("words/{i}.md"), text)]);
    }
    for (i, (what, word)) in WORDS.iter().enumerate() {
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        let text = format!(
            "The mill stood at Weir Place.1 It stands no more, and of Weir Place{i} little is left.2\n\n1 Ann Milner, “{word}”, \
             Journal of {word} 3 (1950), 1-20.\n2 Ann Miller{i}, *The {word} of Mills* (London: {word}, 195{i}), 12.\n"
        );
        add(format!("a work that is cited: {what}"), vec![(format!("cited/{i}.txt"), text)]);
    }
    for (i, name) in NAMES.iter().enumerate() {
        let text = format!("# Name {i}\n\nWords of a file with a strange name. [self](<{name}>)\n");
        add(format!("the file name {name:?}"), vec![(format!("names/{name}"), text)]);
    }
    all
}

/// What lies beside the sources, and comes from elsewhere too: lists of works and names, annotations. Their paths in
/// the archive.
pub fn beside() -> Vec<(&'static str, String)> {
    let mut names = String::from("rename:\n");
    let (mut works, mut marks) = (Vec::new(), Vec::new());
    for (i, (_, word)) in WORDS.iter().enumerate() {
        names.push_str(&format!("  Weir Place{i}: {}\n", quoted(&format!("Weir {word}"))));
        works.push(json!({
            "id": word, "type": "book", "title": format!("The {word} of Mills"), "publisher": word, "URL": word,
            "author": [{ "family": format!("Miller{i}"), "given": "Ann" }], "issued": { "date-parts": [[1950 + i]] },
        }));
        marks.push(json!({
            "id": format!("urn:{word}"), "type": "Annotation", "motivation": word, "creator": { "type": "Person", "name": word },
            "created": word,
            "body": [
                { "type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": format!("Owned: {word} [[{word}]]") },
                { "type": "TextualBody", "purpose": "tagging", "value": word },
            ],
            "target": {
                "source": format!("seeds/cited/{i}.txt"), "styleClass": word,
                "selector": [{ "type": "TextQuoteSelector", "exact": "It stands no more", "prefix": word, "suffix": word }],
            },
        }));
    }
    let page =
        json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": marks });
    vec![
        ("names.yaml", names),
        ("works.json", json!(works).to_string()),
        ("annotations/owned.jsonld", page.to_string()),
    ]
}

/// A value as YAML can always hold it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x20 || matches!(c, '\u{2028}' | '\u{feff}') => {
                out.push_str(&format!("\\U{:08x}", c as u32))
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
