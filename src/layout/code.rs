//! Lines that were never running text: what a program, a shell or a drawing of signs is made of.

/// What lines that stand together hold of a listing or a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Nothing, or too little to tell.
    None,
    /// They are one, with sentences between its lines or lines longer than a listing's.
    Mixed,
    /// They are one: their breaks and spaces are meant.
    Whole,
}

/// What lines that stand together hold of a listing or a drawing.
pub fn listing<'a>(lines: impl Iterator<Item = &'a str>) -> Listing {
    /// Characters of the longest line of a listing, and of the longest in one that is no code: a comment, a word of output.
    const WIDEST: usize = 100;
    const WORDS: usize = 72;
    let (mut all, mut code, mut drawn, mut wide) = (0, 0, 0, false);
    for line in lines {
        let line = line.trim();
        let (is_code, is_drawn) = (is_code(line), is_drawn(line));
        all += 1;
        drawn += usize::from(is_drawn);
        code += usize::from(is_code);
        let most = if is_code || is_drawn { WIDEST } else { WORDS };
        wide |= line.chars().take(most + 1).count() > most;
    }
    // One such line may be quoted in a sentence.
    let is_one = all >= 2 && ((code + drawn) * 2 > all || drawn >= 2 && drawn * 3 >= all);
    match is_one {
        false => Listing::None,
        true if wide => Listing::Mixed,
        true => Listing::Whole,
    }
}

/// True for a line of a listing or a drawing.
pub fn is_of_listing(line: &str) -> bool {
    is_code(line.trim()) || is_drawn(line.trim())
}

/// True for a line of a program or of what is typed into a shell.
fn is_code(line: &str) -> bool {
    const WITHIN: [&str; 8] = ["&&", "||", "==", "!=", ":=", "+=", "();", "::"];
    const COMMENTS: [&str; 5] = ["//", "/*", "*/", "%", "#!"];
    let called = |c: char| "()[]=_\"".contains(c);
    line.starts_with("$ ")
        || line.ends_with(['{', '}'])
        || line.ends_with(';') && line.contains(called)
        || line.ends_with("*/")
        || line.ends_with("-->")
        || COMMENTS.iter().any(|sign| line.starts_with(sign))
        || WITHIN.iter().any(|sign| line.contains(sign)) && !line.contains("://")
        || follows(line, '#', char::is_lowercase) && !line.ends_with('.')
        || follows(line, '\\', char::is_alphabetic)
        || is_tag(line)
        || is_request(line)
}

fn follows(line: &str, sign: char, next: impl Fn(char) -> bool) -> bool {
    line.strip_prefix(sign).and_then(|rest| rest.chars().next()).is_some_and(next)
}

/// A line that begins and ends with a tag; figures are raised by tags in running text too.
fn is_tag(line: &str) -> bool {
    let opens = follows(line, '<', |c| c == '/' || c == '!' || c.is_ascii_lowercase());
    opens && line.ends_with('>') && !line.starts_with("<sup") && !line.starts_with("<a ")
}

/// `.sp 2`: a request of a typesetter.
fn is_request(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('.') else { return false };
    let name = rest.split(' ').next().unwrap_or_default();
    name.len() == 2 && name.bytes().all(|b| b.is_ascii_lowercase())
}

/// True for a line of a box or a tree drawn with signs.
fn is_drawn(line: &str) -> bool {
    const CORNERS: [&str; 6] = ["+--", "+==", "--+", "==+", "+-+", "|--"];
    let sides = line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    sides
        || CORNERS.iter().any(|corner| line.contains(corner))
        || line.contains(['│', '┌', '└', '├', '┐', '┘', '║'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_and_drawings() {
        for lines in [
            "$ grind corn\n$ sift flour > sack",
            "if (corn_left(sack))\n{\n    grind(sack);\n}",
            "#include <mill.h>\n#include <weir.h>",
            "<sack>\n  <corn/>\n</sack>",
            "+------+\n| Mill | the upper one\n+------+",
            "mill\n├── wheel\n└── stone",
            ".pp\n.sp 2",
        ] {
            assert!(listing(lines.lines()) == Listing::Whole, "{lines}");
        }
        for lines in [
            "The wheel is dry;\nthe weir (the old one) is dry;\nthe miller is dry.",
            "<sup>1</sup>\n<sup>2</sup>",
            "He typed $ grind corn\nand nothing came.",
            "$ 12 a sack",
            "See https://mills.example/a::b\nfor more.",
        ] {
            assert!(listing(lines.lines()) == Listing::None, "{lines}");
        }
        let mixed =
            format!("{} as follows:\n$ grind corn\n$ sift flour", "To grind corn is to type ".repeat(4));
        assert_eq!(listing(mixed.lines()), Listing::Mixed);
    }
}
