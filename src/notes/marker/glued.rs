//! Labels that are glued to a number, or whose figures were misread.

use crate::notes::sign::is_label;

/// The label that is glued to a number with groups of thousands, which have three figures: `12,0004` is 12,000 and note 4.
pub fn behind_thousands(number: &str) -> Option<&str> {
    let (groups, last) = number.rsplit_once(',')?;
    let mut groups = groups.split(',');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && digits(g));
    let label = last.get(3..).filter(|l| (1..=2).contains(&l.len()) && is_label(l) && !l.starts_with('0'))?;
    (first && digits(last) && groups.all(|g| g.len() == 3 && digits(g))).then_some(label)
}

/// The label that is glued to a year, which has four figures: `131917` is 1319 and note 17.
pub fn behind_year(number: &str) -> Option<&str> {
    let (year, label) = number.split_at_checked(4)?;
    let is_year = year.starts_with('1') || year.starts_with("20");
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    (digits && is_year && (1..=2).contains(&label.len()) && !label.starts_with('0')).then_some(label)
}

/// A label whose first figure was read as the letter that looks like it: `.l2` behind a sentence is note 12.
pub fn misread(before: &str, digits: &str) -> Option<String> {
    let sentence = before.strip_suffix(['l', 'I'])?;
    let closes = sentence.ends_with(['.', ',', ';', '!', '?', '”', '"', ')']);
    (closes && digits.len() <= 2).then(|| format!("1{digits}"))
}
