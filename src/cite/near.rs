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
    if is_variant(&a, &b) {
        return false;
    }
    if longer <= SHORT && a.iter().zip(&b).take_while(|(x, y)| x == y).count() < HEAD {
        return false;
    }
    let distance = strsim::osa_distance(written, name);
    // Two letters that changed places, though not side by side.
    let swapped = distance == 2 && a.len() == b.len() && longer >= 6 && {
        let (mut x, mut y) = (a.clone(), b.clone());
        x.sort_unstable();
        y.sort_unstable();
        x == y
    };
    distance == 1 || swapped
}

/// True for two spellings of a name that are both somebody's: Brown and Browne, Roger and Rogers, Meier and Meyer.
fn is_variant(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if let Some(rest) = long.strip_prefix(short) {
        return matches!(rest, ['e' | 's']);
    }
    let same =
        |x: char, y: char| x == y || matches!((x, y), ('i', 'y') | ('y', 'i') | ('k', 'c') | ('c', 'k'));
    a.len() == b.len() && a.iter().zip(b).all(|(&x, &y)| same(x, y))
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
            ("burk", None),
            ("morgans", None),
            ("karter", None),
            ("moragn", Some("morgan")),
            ("brke", None),
            ("ilich", Some("illich")),
            ("barton", None),
            ("organ", None),
            ("charter", None),
        ] {
            assert_eq!(near.find(written), expected, "{written}");
        }
    }
}
