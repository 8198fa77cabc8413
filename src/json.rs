//! JSON written by hand, where there is so much of it that a serialiser takes longer than all else.

/// Writes a text: most need no escape.
pub fn text(text: &str, out: &mut Vec<u8>) {
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // Texts can always be written.
        out.extend(serde_json::to_vec(text).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_the_serialiser_writes_them() {
        for one in ["", "plain – “so”", "a\"b", "a\\b", "line\nend\u{7}", "\u{7f}"] {
            let mut out = Vec::new();
            text(one, &mut out);
            assert_eq!(out, serde_json::to_vec(one).unwrap());
        }
    }
}
