//! Threads: posts that quote each other, and lists whose bullets stand on lines of their own.

use std::collections::{HashMap, HashSet};

use super::join::Seen;

/// Which lines of a thread are something else than a paragraph of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines that repeat what was said before: quotations.
    pub quoted: Vec<bool>,
    /// Lines of a bullet alone, whose item is the next line.
    pub bullets: Vec<bool>,
}

impl Lines {
    /// Reads the lines of a thread.
    pub fn of(lines: &[Seen]) -> Lines {
        Lines { quoted: quoted(lines), bullets: bullets(lines) }
    }
}

/// Lines that say again, word for word, a line before or one that begins or ends with them, and are answered by the next.
fn quoted(lines: &[Seen]) -> Vec<bool> {
    /// Shorter lines come about again by chance.
    const WORDS: usize = 3;
    /// A part of a line that is repeated is longer than a whole one.
    const PART_WORDS: usize = 5;
    /// What is repeated more often than this belongs to the site, not to the talk.
    const OFTEN: usize = 3;
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in lines {
        *times.entry(&line.text).or_default() += 1;
    }
    let mut said: HashSet<&str> = HashSet::new();
    let mut parts: HashSet<&str> = HashSet::new();
    let mut out = vec![false; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        let words = text.split_whitespace().take(PART_WORDS).count();
        let again = words >= WORDS && said.contains(text) || words >= PART_WORDS && parts.contains(text);
        // The same post twice, one below the other, is no answer to itself.
        let beside = |j: Option<usize>| j.and_then(|j| lines.get(j)).is_some_and(|l| l.text == text);
        let apart = !beside(i.checked_sub(1)) && !beside(Some(i + 1));
        out[i] = again && apart && i + 1 < lines.len() && times[text] <= OFTEN;
        said.insert(text);
        parts.extend(clauses(text));
    }
    out
}

/// What a line begins with and what it ends with, cut where a sentence or clause ends.
fn clauses(text: &str) -> Vec<&str> {
    /// Quoting cuts off a sentence or two, not the twentieth.
    const CUTS: usize = 20;
    let ends = text.char_indices().filter(|(_, c)| ".!?…,;:)–—".contains(*c));
    let mut out = Vec::new();
    for (at, sign) in ends.take(CUTS) {
        let end = at + sign.len_utf8();
        out.extend([&text[..end], &text[..at], text[end..].trim_start()]);
    }
    out
}

/// Lines of a single `-` that follow a line ending in a colon, each with one line of text behind it.
fn bullets(lines: &[Seen]) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let is_bullet = |i: usize| lines.get(i).is_some_and(|l| matches!(l.text.as_str(), "-" | "*" | "•"));
    let mut i = 1;
    while i < lines.len() {
        if is_bullet(i) && lines[i - 1].text.ends_with(':') {
            let mut end = i;
            while is_bullet(end) && end + 1 < lines.len() && !is_bullet(end + 1) {
                end += 2;
            }
            if end >= i + 4 {
                (i..end).step_by(2).for_each(|k| out[k] = true);
            }
            i = end;
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Lines {
        let seen = |l: &str| Seen { text: l.to_owned(), width: l.len(), ..Seen::default() };
        Lines::of(&text.lines().map(seen).collect::<Vec<_>>())
    }

    fn quoted_in(text: &str) -> Vec<&str> {
        text.lines().zip(lines(text).quoted).filter(|(_, q)| *q).map(|(l, _)| l).collect()
    }

    #[test]
    fn what_is_said_again_and_answered_is_a_quotation() {
        let text = "Mills are loud, and they never stop at night. I live by one.\nMove, then.\nMills are loud, and they never \
                    stop at night.\nMine does.\nI live by one.\nMills are loud\nYes";
        assert_eq!(quoted_in(text), ["Mills are loud, and they never stop at night."]);
        let text = "No mill here.\nWhat?\nNo mill here.\nI know.";
        assert_eq!(quoted_in(text), ["No mill here."]);
    }

    #[test]
    fn what_a_site_repeats_is_none() {
        assert!(quoted_in("removed by a moderator\nremoved by a moderator\nOh.").is_empty());
        assert!(
            quoted_in("show this again\na\nshow this again\nb\nshow this again\nc\nshow this again\nd")
                .is_empty()
        );
        assert!(quoted_in("Yes\nNo\nYes\nNo").is_empty());
    }

    #[test]
    fn bullets_on_lines_of_their_own() {
        assert_eq!(
            lines("Two things:\n-\nmills\n-\nweirs\nSo.\n-\nNo.").bullets,
            [false, true, false, true, false, false, false, false]
        );
        assert!(!lines("One thing:\n-\nmills\nSo.").bullets.contains(&true));
    }
}
