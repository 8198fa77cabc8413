//! Texts that are no texts: listings, dumps and floods of signs, which would become more markup than words.
//!
//! What a build makes of a document — blocks, links, notes, their ids and the page itself — takes some hundred bytes a
//! piece. In what people write a piece has a sentence or at least a line of words to it; a megabyte of brackets would
//! take a hundred times its size.

/// Pieces that any text may have: a small one never takes much.
const ALWAYS: usize = 60_000;

/// Bytes to a piece, in a large text. Verse and hard-wrapped prose have forty and more, a page of links eighty.
const DENSEST: usize = 25;

/// Bytes to a number (any may be a marker) or to the sign of an item or a quotation (any may stand within another), in
/// a large text. An index of pages has twelve and more.
const DENSEST_NUMBERS: usize = 8;

/// True for a text that has more lines and signs, or more numbers, than a text of its size can have.
pub fn is_data(text: &str) -> bool {
    // None can be one that is smaller; nearly all texts are.
    if text.len() <= ALWAYS {
        return false;
    }
    let bytes = text.as_bytes();
    // White space that sets a line in, however wide, makes no text of it.
    let size = text.len() - bytes.windows(2).filter(|pair| pair.iter().all(|b| b" \t".contains(b))).count();
    let signs = bytes.windows(2).filter(|pair| may_begin_a_piece(pair[1]) || *pair == b"//");
    let numbers = bytes.windows(2).filter(|pair| match pair {
        [b'>', _] | [b'-' | b'+', b' '] => true,
        [before, here] => !before.is_ascii_digit() && here.is_ascii_digit(),
        _ => false,
    });
    signs.count() > ALWAYS + size / DENSEST || numbers.count() > ALWAYS + size / DENSEST_NUMBERS
}

/// True for a line end and, like the `//` of an address, for what opens a link, an element, an entity, a note, a cell or emphasis. Raised figures are
/// known by their first byte, which they share with guillemets and little else.
fn may_begin_a_piece(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\x0c' | b'[' | b'<' | b'&' | b'*' | b'|' | b'`' | b'^' | b'{' | b'(' | 0xC2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_signs_is_data_and_a_text_is_none() {
        let lines = "and so the carriers went on along the river\n";
        let size = 2_000_000;
        assert!(!is_data(&lines.repeat(size / lines.len())));
        assert!(!is_data(&"a word[1] and (more)\n\n".repeat(2_000)));
        for flood in [
            "[",
            "1 2 3 ",
            "https://example.org/(a) ",
            "> ",
            "- ",
            "a*\n\n",
            "| a | b |\n",
            "<b>a</b>",
            "# A\n\n",
            "              - a\n",
        ] {
            assert!(is_data(&flood.repeat(size / flood.len())), "{flood}");
        }
    }
}
