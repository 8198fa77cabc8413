//! Lists in plain text.
//!
//! A bullet is a sign and may vanish; a number is a word of the source, and a browser prints it only if it counts as
//! an `<ol>` does. So numbered lines become a list only where they count up by one.

use std::ops::Range;

use super::lines::{Group, Shape, trim};

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullet {
    Sign(char),
    /// The number and the sign behind it.
    Number(u64, char),
}

/// The bullet that a line begins with, and where the text begins.
pub(super) fn bullet(line: &str) -> Option<(Bullet, usize)> {
    let inner = line.trim_start();
    let indent = line.len() - inner.len();
    let first = inner.chars().next()?;
    let (bullet, len) = if "-*•◦▪‣–+".contains(first) {
        (Bullet::Sign(first), first.len_utf8())
    } else {
        let digits = inner.find(|c: char| !c.is_ascii_digit())?;
        let sign = inner[digits..].chars().next().filter(|c| matches!(c, '.' | ')'))?;
        (Bullet::Number(inner[..digits].parse().ok().filter(|_| digits <= 6)?, sign), digits + 1)
    };
    let after = &inner[len..];
    let text = after.trim_start();
    (after.starts_with([' ', '\t']) && !text.is_empty())
        .then(|| (bullet, indent + line_offset(len, after, text)))
}

fn line_offset(len: usize, after: &str, text: &str) -> usize {
    len + after.len() - text.len()
}

/// A list in a text.
pub(super) struct Found {
    /// The first number, if it is an ordered one.
    pub start: Option<u64>,
    /// True if no blank lines stood between the items.
    pub tight: bool,
    /// The items' texts.
    pub items: Vec<Range<usize>>,
    /// The group after the list.
    pub next: usize,
}

/// The list that begins with group `i`. It takes in the groups after it that go on in the same way.
pub(super) fn find(text: &str, groups: &[Group], shapes: &[Shape], i: usize) -> Option<Found> {
    let (first, _) = bullet(&text[groups[i].lines[0].clone()])?;
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut last: Option<Bullet> = None;
    let mut next = i;
    while next < groups.len() && shapes[next] == Shape::Items {
        let Some((more, bullet)) = items_of(text, &groups[next], last) else { break };
        items.extend(more);
        last = Some(bullet);
        next += 1;
    }
    // One hyphen or asterisk begins a speech or a remark; one number, a sentence or a section.
    let enough = match first {
        Bullet::Sign('•' | '◦' | '▪' | '‣') => 1,
        _ => 2,
    };
    let start = match first {
        Bullet::Number(n, _) => Some(n),
        Bullet::Sign(_) => None,
    };
    (items.len() >= enough).then_some(Found { start, tight: next == i + 1, items, next })
}

/// The items of one group that goes on with the bullet `last`, and its own last bullet; `None` if some line of it fits
/// neither as an item nor, set in, as the rest of one.
fn items_of(text: &str, group: &Group, mut last: Option<Bullet>) -> Option<(Vec<Range<usize>>, Bullet)> {
    let mut items: Vec<Range<usize>> = Vec::new();
    for line in &group.lines {
        let shown = &text[line.clone()];
        match bullet(shown) {
            Some((bullet, at)) if last.is_none_or(|l| follows(l, bullet)) => {
                items.push(trim(text, line.start + at..line.end));
                last = Some(bullet);
            }
            _ if shown.starts_with([' ', '\t']) && !items.is_empty() => {
                let item = items.last_mut()?;
                *item = item.start..trim(text, line.clone()).end;
            }
            _ => return None,
        }
    }
    Some((items, last?))
}

fn follows(last: Bullet, next: Bullet) -> bool {
    match (last, next) {
        (Bullet::Sign(a), Bullet::Sign(b)) => a == b,
        (Bullet::Number(a, x), Bullet::Number(b, y)) => a + 1 == b && x == y,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets() {
        assert_eq!(bullet("- a"), Some((Bullet::Sign('-'), 2)));
        assert_eq!(bullet("  12.  a"), Some((Bullet::Number(12, '.'), 7)));
        assert_eq!(bullet("-a"), None);
        assert_eq!(bullet("12.5 a"), None);
        assert_eq!(bullet("1234567890123. a"), None);
    }
}
