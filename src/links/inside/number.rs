//! The numbers that parts of a text are called by.

use crate::fold::folded;

/// The value of `12`, `XII`, `three`.
pub(super) fn of(written: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if let Some(figures) = of_figures(written) {
        return Some(figures);
    }
    let lower = folded(written);
    if let Some(i) = WORDS.iter().position(|w| *w == lower) {
        return Some(i as u32 + 1);
    }
    let values: Option<Vec<i32>> = lower
        .chars()
        .map(|c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            _ => None,
        })
        .collect();
    let values = values.filter(|v| !v.is_empty() && v.len() <= 7)?;
    let sum = values.iter().enumerate().fold(0i32, |sum, (i, &value)| {
        // A smaller figure before a larger one is taken from it.
        let taken = values.get(i + 1).is_some_and(|&next| next > value);
        if taken { sum - value } else { sum + value }
    });
    u32::try_from(sum).ok()
}

/// The value of `12`.
pub(super) fn of_figures(written: &str) -> Option<u32> {
    let is_figures = (1..=4).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_digit());
    is_figures.then(|| written.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        let values = ["IV", "ix", "XIV", "12", "three", "mix", ""].map(of);
        assert_eq!(values, [Some(4), Some(9), Some(14), Some(12), Some(3), None, None]);
    }
}
