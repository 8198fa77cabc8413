//! Surnames that are nearly written: what names are known, found by a key of what their misspellings have in common.

use std::collections::BTreeMap;

/// Below this many letters a name is misspelled too easily for another.
const SHORTEST: usize = 4;

/// Up to this many letters the head of the name must be right.
const SHORT: usize = 5;

/// Letters of a short name that must be right.
const HEAD: usize = 3;

/// Names by what is left of them when one letter is left out, and by their letters sorted.
#[derive(Clone, Debug, Default)]
pub struct Near {
    by_shape: BTreeMap<String, Vec<u32>>,
    names: Vec<String>,
}

impl Near {
    /// Adds a name, as [`key`](crate::fold::key) writes it. Each once.
    pub fn add(&mut self, name: &str) {
        let id = self.names.len() as u32;
        self.names.push(name.to_owned());
        for shape in shapes(name) {
            self.by_shape.entry(shape).or_default().push(id);
        }
    }

    /// The one name that `written` is a misspelling of: two letters swapped, one too many, one missing or one wrong.
    /// `None` if there is none or several come as near.
    pub fn find(&self, written: &str) -> Option<&str> {
        let length = written.chars().count();
        if length < SHORTEST {
            return None;
        }
        let mut found: Option<&str> = None;
        for shape in shapes(written) {
            for &id in self.by_shape.get(&shape).into_iter().flatten().take(64) {
                let name = self.names[id as usize].as_str();
                if found.is_some_and(|f| f != name) && is_near(written, name) {
                    return None;
                }
                if is_near(written, name) {
                    found = Some(name);
                }
            }
        }
        found
    }
}

/// What a word shares with its misspellings.
fn shapes(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(40).collect();
    let mut out = vec![word.to_owned()];
    let mut sorted = letters.clone();
    sorted.sort_unstable();
    out.push(sorted.into_iter().chain(['*']).collect());
    for leave in 0..letters.len() {
        out.push(letters.iter().enumerate().filter(|l| l.0 != leave).map(|l| l.1).collect());
    }
    out.sort();
    out.dedup();
    out
}

fn is_near(written: &str, name: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), name.chars().collect());
    let longer = a.len().max(b.len());
    if b.len() < SHORTEST || a.first() != b.first() {
        return false;
    }
    if longer <= SHORT && a.iter().zip(&b).take_while(|(x, y)| x == y).count() < HEAD {
        return false;
    }
    let distance = distance(&a, &b);
    // Two letters that changed places, though not side by side.
    let swapped = distance == 2 && a.len() == b.len() && longer >= 6 && {
        let (mut x, mut y) = (a.clone(), b.clone());
        x.sort_unstable();
        y.sort_unstable();
        x == y
    };
    distance == 1 || swapped
}

/// Edits between two words, two letters that changed places being one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0usize; b.len() + 1]; 3];
    rows[1] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let (old, rest) = rows.split_at_mut(1);
        let (last, now) = rest.split_at_mut(1);
        let (old, last, now) = (&mut old[0], &mut last[0], &mut now[0]);
        now[0] = i;
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            now[j] = change.min(last[j] + 1).min(now[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                now[j] = now[j].min(old[j - 2] + 1);
            }
        }
        std::mem::swap(old, last);
        std::mem::swap(last, now);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_name_is_found_if_one_stands_out() {
        let mut near = Near::default();
        for name in ["chartier", "darnton", "burke", "carter", "morgan", "illich"] {
            near.add(name);
        }
        for (written, expected) in [
            ("chatrier", Some("chartier")),
            ("dranton", Some("darnton")),
            ("darntonn", Some("darnton")),
            ("burk", Some("burke")),
            ("brke", None),
            ("ilich", Some("illich")),
            ("barton", None),
            ("organ", None),
            ("charter", None),
        ] {
            assert_eq!(near.find(written), expected, "{written}");
        }
    }

    #[test]
    fn swapped_letters_are_one_edit() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!((d("ab", "ba"), d("abc", "abc"), d("kitten", "sitting"), d("", "abc")), (1, 0, 3, 3));
    }
}
