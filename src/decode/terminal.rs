//! What a text says to a terminal and not to a reader: overstrikes (`n\u{8}n` prints bold, `_\u{8}n` underlines) and
//! escape sequences for colours (ECMA-48, 5.4). Manuals printed into files are full of both.

/// The text without them; `None` if it has none.
pub(super) fn plain(text: &str) -> Option<String> {
    if [OVER, ESCAPE].iter().all(|sign| !text.as_bytes().contains(sign)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([OVER as char, ESCAPE as char]) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        rest = match sequence(behind) {
            Some(length) => &behind[length..],
            None => {
                let printed = &behind[1..];
                // Over what stands on the same line something may be printed; what is left of two signs is the letter.
                let over = behind.as_bytes()[0] == OVER;
                match (out.chars().next_back(), printed.chars().next()) {
                    (Some(under), Some(sign)) if over && is_overstrike(under, sign) => {
                        out.pop();
                        out.push(if sign == '_' { under } else { sign });
                        &printed[sign.len_utf8()..]
                    }
                    _ => {
                        out.push(behind.as_bytes()[0] as char);
                        printed
                    }
                }
            }
        };
    }
    out.push_str(rest);
    (out.len() < text.len()).then_some(out)
}

const OVER: u8 = 0x08;
const ESCAPE: u8 = 0x1B;

/// True for a letter printed twice, one underlined, and a bullet made of a plus sign and an `o`.
fn is_overstrike(under: char, sign: char) -> bool {
    under == sign && !under.is_whitespace() || under == '_' || sign == '_' || (under, sign) == ('+', 'o')
}

/// Bytes of the control sequence that a text begins with: `ESC [`, parameters, a final byte.
fn sequence(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !matches!(c, ' '..='?'))?;
    matches!(parameters[end..].chars().next()?, '@'..='~').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_over_is_read_once() {
        let read = |text: &str| plain(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(read("N\u{8}NA\u{8}AM\u{8}ME\u{8}E"), "NAME");
        assert_eq!(read("_\u{8}f_\u{8}i_\u{8}l_\u{8}e and s\u{8}_o"), "file and so");
        assert_eq!(read("_\u{8}ü"), "ü");
        assert_eq!(read("+\u{8}o one"), "o one");
    }

    #[test]
    fn colours_are_left_out() {
        assert_eq!(
            plain("\u{1b}[1mbold\u{1b}[0m, \u{1b}[38;5;12mblue\u{1b}[m").as_deref(),
            Some("bold, blue")
        );
    }

    #[test]
    fn other_controls_stay_to_be_shown() {
        for text in ["ab", "a\u{8}b", "\u{8}", "\u{1b}", "\u{1b}[", "\u{1b}[12", "\u{1b}[é", "\n\u{8}\n"] {
            assert_eq!(plain(text), None, "{text:?}");
        }
    }
}
