//! Labels that are glued to a number, or whose figures were misread.

use crate::notes::sign::is_label;
use crate::quotes;

/// The label that is glued to a number with groups of thousands, which have three figures: `12,0004` is 12,000 and note 4.
pub fn behind_thousands(number: &str) -> Option<&str> {
    let (groups, last) = number.rsplit_once(',')?;
    let mut groups = groups.split(',');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && digits(g));
    let label = last.get(3..).filter(|l| (1..=2).contains(&l.len()) && is_label(l) && !l.starts_with('0'))?;
    (first && digits(last) && groups.all(|g| g.len() == 3 && digits(g))).then_some(label)
}

/// The label that is glued to the stop behind a number, and what it weighs: `1916,23` is a year, a comma and note 23, and
/// `1,250,000,11` a sum and note 11; `600,000,000.22` a sum with its cents or, at a sentence's end, note 22.
pub fn behind_stop(number: &str) -> Option<(&str, f32)> {
    let (count, label) = number.rsplit_once(['.', ','])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let plain = digits(label) && label.len() <= 2 && !label.starts_with('0');
    let year = count.len() == 4 && digits(count) && (count.starts_with('1') || count.starts_with("20"));
    let mut groups = count.split(',');
    let first = groups.next().is_some_and(|g| digits(g) && g.len() <= 3);
    let sum = first && groups.clone().count() > 0 && groups.all(|g| digits(g) && g.len() == 3);
    match number[count.len()..].starts_with('.') {
        true if sum => plain.then_some((label, 1.0)),
        false if sum || year => plain.then_some((label, 1.4)),
        _ => None,
    }
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
    let closes = sentence.ends_with(['.', ',', ';', '!', '?', ')']) || quotes::ends_quotation(sentence);
    (closes && digits.len() <= 2).then(|| format!("1{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_hang_at_the_stop_behind_a_number() {
        assert_eq!(behind_stop("1916,23"), Some(("23", 1.4)));
        assert_eq!(behind_stop("600,000,000.22"), Some(("22", 1.0)));
        assert_eq!(behind_stop("1,250,000,11"), Some(("11", 1.4)));
        for none in ["12,345", "23.3", "1,000.05", "916,23", "3.141", "10.30.12", "1,00.2", "12"] {
            assert_eq!(behind_stop(none), None, "{none}");
        }
    }
}
