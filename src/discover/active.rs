//! Files that a browser would run programs of if it opened them in the site, as the site's own.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::hypertext;

/// Kinds of which some browser makes a page, or that a page may take its programs from.
const KINDS: [&str; 18] = [
    "xht", "shtml", "shtm", "xml", "xsl", "xslt", "rdf", "rss", "atom", "mathml", "mml", "mht", "mhtml",
    "hta", "htc", "js", "mjs", "svgz",
];

/// True if a file is such a one. A drawing (`.svg`) is, unless it only draws: as an image of a text it would run nothing,
/// but whoever knows its address can open it by itself.
pub fn is_active(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    hypertext::is_named(&name) || KINDS.contains(&kind.as_str()) || kind == "svg" && !only_draws(path)
}

/// True for a drawing in which nothing is found by which it could run a program. What cannot be read might.
fn only_draws(path: &Path) -> bool {
    /// Bytes of the largest that is looked through.
    const MOST: u64 = 16 << 20;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    read.is_ok() && bytes.len() as u64 <= MOST && String::from_utf8(bytes).is_ok_and(|text| draws(&text))
}

fn draws(text: &str) -> bool {
    /// Programs, what holds them, and what hides such words from who looks for them.
    const SIGNS: [&str; 10] = [
        "<script",
        ":script",
        "javascript",
        "vbscript",
        "foreignobject",
        "1999/xhtml",
        "<!entity",
        "<!attlist",
        "xml-stylesheet",
        "&#",
    ];
    let text = text.to_ascii_lowercase();
    let is_handler = |(at, _): (usize, &str)| {
        let name = &text[at + 2..];
        let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        let parted = text[..at].ends_with(|c: char| c.is_whitespace() || "\"'/:".contains(c));
        parted && end > 0 && name[end..].trim_start().starts_with('=')
    };
    // Other encodings could write all this otherwise.
    let first = text.split('>').next().unwrap_or_default();
    let is_utf8 = !text.contains('\0') && (!first.contains("encoding") || first.contains("utf-8"));
    is_utf8 && !SIGNS.iter().any(|sign| text.contains(sign)) && !text.match_indices("on").any(is_handler)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_that_only_draw_are_told_from_others() {
        assert!(draws(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg><title>on = a</title><path d='M0 0'/></svg>"
        ));
        for runs in [
            "<svg><script>a</script></svg>",
            "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script/></svg>",
            "<svg onload='a()'/>",
            "<svg id='b'ONLOAD = 'a()'/>",
            "<svg><a href='JavaScript:a()'/></svg>",
            "<svg><a href='java&#115;cript:a()'/></svg>",
            "<svg><foreignObject/></svg>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
            "<?xml version='1.0' encoding='utf-7'?><svg/>",
            "<?xml version='1.0' encoding =",
        ] {
            assert!(!draws(runs), "{runs}");
        }
        let folder = tempfile::tempdir().unwrap();
        let drawing = folder.path().join("a.svg");
        assert!(is_active(&drawing), "it is not there");
        std::fs::write(&drawing, "<svg/>").unwrap();
        assert!(!is_active(&drawing) && !is_active(Path::new("a.png")));
        assert!(["a.HTM", "a.xht", "a.JS", "a.svgz"].iter().all(|name| is_active(Path::new(name))));
    }
}
