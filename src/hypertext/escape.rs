//! Text → Markdown in which nothing of it is read as a sign, with as few backslashes as that takes.

/// Whether a sign of the text needs a backslash, by what stands before it in the Markdown and behind it in the text.
/// `after` is `None` where it is not known: another element begins there.
pub fn needs(c: char, before: Option<char>, after: Option<char>, rest: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match c {
        '\\' => after.is_none_or(|a| a.is_ascii_punctuation()),
        '`' => true,
        '*' => !(before.is_none_or(char::is_whitespace) && space(after)) || before.is_none(),
        '_' => !(word(before) && word(after)),
        '~' => !space(after),
        // `[1]` is no link as long as nothing follows that makes one of it.
        '[' => matches!(after, None | Some('^')) || matches!(before, Some('^' | '!')),
        ']' => matches!(after, None | Some('(' | '[' | ':')),
        '<' => after.is_none_or(|a| a.is_alphanumeric() || "/!?".contains(a)),
        '&' => after.is_none() || is_reference(rest),
        '!' | '^' => after == Some('['),
        _ => false,
    }
}

/// True if what follows an ampersand may make a reference of it, in this piece or with the next.
fn is_reference(rest: &str) -> bool {
    ends_reference(rest) || rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
}

/// True if what follows an ampersand makes a reference of it.
fn ends_reference(rest: &str) -> bool {
    /// Characters of the longest name.
    const LONGEST: usize = 34;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
    (1..=LONGEST).contains(&end) && rest[end..].starts_with(';')
}

/// Where in a line a backslash is needed so that the line opens no block; `None` if nowhere. A number is left as it
/// stands where a paragraph begins with it: so notes begin.
pub fn opening(line: &str, begins: bool) -> Option<usize> {
    /// Digits of the highest number that a note or an item has; more are a year.
    const DIGITS: usize = 3;
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &line[digits..];
    if (1..=9).contains(&digits)
        && behind.starts_with(['.', ')'])
        && behind[1..].chars().next().is_none_or(char::is_whitespace)
    {
        return (digits > DIGITS || !begins).then_some(digits);
    }
    let second = line.chars().nth(1);
    let spaced = second.is_none_or(char::is_whitespace);
    let opens = match line.chars().next()? {
        '#' => line.trim_start_matches('#').chars().next().is_none_or(char::is_whitespace),
        '>' | '=' | '|' => true,
        '-' => spaced || line.chars().all(|c| "-: |\t".contains(c)),
        '+' => spaced || line.starts_with("+++"),
        ':' => second == Some('-'),
        _ => false,
    };
    opens.then_some(0)
}

/// An address as a link's target; `None` for one that is longer than any that leads somewhere.
pub fn target(address: &str, in_cell: bool) -> Option<String> {
    /// Bytes of the longest address.
    const LONGEST: usize = 2_000;
    if address.is_empty() || address.len() > LONGEST {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for (i, c) in address.char_indices() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' if in_cell => out.push_str("%7C"),
            '&' if ends_reference(&address[i + 1..]) => out.push_str("&amp;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    let bare = !out.contains(|c: char| c.is_whitespace() || "()".contains(c));
    Some(if bare { out } else { ["<", &out, ">"].concat() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_would_open_a_block_are_kept_from_it() {
        for line in ["# a", "> a", "- a", "---", "===", "| a", "+ a", ":-- a"] {
            assert_eq!(opening(line, true), Some(0), "{line}");
        }
        for line in ["#a", "-a", "a - b", "1.5 m", "", ": a", "12. A note"] {
            assert_eq!(opening(line, true), None, "{line}");
        }
        assert_eq!((opening("1984. It was", true), opening("1. a", false)), (Some(4), Some(1)));
    }

    #[test]
    fn addresses_stay_one() {
        assert_eq!(target("https://e.org/a_(b)?c&d", false).unwrap(), "<https://e.org/a_(b)?c&d>");
        assert_eq!(target("a?b&copy;c|d", true).unwrap(), "a?b&amp;copy;c%7Cd");
        assert_eq!((target("", false), target(&"a".repeat(3000), false)), (None, None));
    }
}
