//! Code in colours: as classes, so that a page's theme decides.

use std::fmt::Write as _;
use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Longer lines are data, and the patterns of a grammar take their time over them.
const LONGEST_LINE: usize = 10_000;
/// Larger blocks are shown as they are.
const LARGEST: usize = 200_000;

const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// Code as HTML: text, escaped, and `<span class="hl-…">`. Only [`highlight`] makes it.
#[derive(Debug)]
pub struct Highlighted(String);

impl Highlighted {
    /// The markup.
    pub fn into_html(self) -> String {
        self.0
    }
}

/// Colours code in a language (its name or a file's ending); `None` if the language is unknown or the code too long.
pub fn highlight(language: &str, code: &str) -> Option<Highlighted> {
    if code.len() > LARGEST || code.lines().any(|l| l.len() > LONGEST_LINE) {
        return None;
    }
    let syntaxes = syntaxes();
    let syntax = syntaxes.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(Highlighted(generator.finalize()))
}

/// Read from the binary once and never changed.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// What is coloured: classes, the colour on a light page, the colour on a dark one. Each has a contrast of at least
/// 4.5 : 1 to white and to `#1b1b1b`.
const COLOURS: [(&str, &str, &str); 7] = [
    (".hl-comment", "#5f6368", "#a0a4a8"),
    (".hl-string", "#0b6b2f", "#9ccc65"),
    (".hl-constant", "#9a3b00", "#ffb074"),
    (".hl-keyword,.hl-storage", "#7a1fa2", "#d7a6f0"),
    (".hl-entity.hl-name,.hl-support", "#0b4fa8", "#8ab8ff"),
    (".hl-variable.hl-parameter", "#7a4b00", "#e6c07b"),
    (".hl-invalid", "#b00020", "#ff8a80"),
];

/// The style sheet for highlighted code on a light page.
pub fn light_css() -> String {
    css(|c| c.1)
}

/// The style sheet for highlighted code on a dark page.
pub fn dark_css() -> String {
    css(|c| c.2)
}

fn css(colour: fn(&(&'static str, &'static str, &'static str)) -> &'static str) -> String {
    let mut out = String::new();
    for row in &COLOURS {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}{{color:{}}}", row.0, colour(row));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_escaped_and_coloured() {
        let html =
            highlight("rust", "let x = \"<b>\"; // &\n").map(Highlighted::into_html).unwrap_or_default();
        assert!(html.contains("hl-string") && html.contains("&lt;b&gt;") && html.contains("&amp;"), "{html}");
        assert!(highlight("no such language", "x").is_none());
        assert!(highlight("rust", &"x".repeat(LONGEST_LINE + 1)).is_none());
    }
}
