//! Where a text holds nearly these letters: the edit distance of a pattern to every place of a text.
//!
//! Myers' bit-parallel algorithm (*A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming*, J. ACM 46, 1999) in Hyyrö's formulation for patterns longer than a machine word: a column of the
//! matrix of distances is kept as its vertical differences, 64 rows to a word, so that a text of `n` letters and a
//! pattern of `m` cost `n · ⌈m / 64⌉` steps, whatever they hold. Nothing is skipped: the best place is the best place.

use std::collections::HashMap;

/// Rows of the matrix in one word.
const WORD: usize = u64::BITS as usize;

/// Steps that [`distances`] takes.
pub fn steps(pattern: usize, text: usize) -> usize {
    text.saturating_mul(pattern.div_ceil(WORD))
}

/// For every letter of the text, the distance of the pattern to the nearest text that ends with it.
pub fn distances(pattern: &[char], text: &[char]) -> Vec<u32> {
    Column::new(pattern, 0).run(text.iter())
}

/// Where the text nearest to the pattern begins that ends at `end`.
pub fn start(pattern: &[char], text: &[char], end: usize) -> usize {
    let backwards: Vec<char> = pattern.iter().rev().copied().collect();
    let most = pattern.len() * 2;
    let costs = Column::new(&backwards, 1).run(text[..end].iter().rev().take(most));
    // Of several the longest: it is the one that does not leave out the first letters.
    let best = costs.iter().enumerate().min_by_key(|&(i, cost)| (*cost, std::cmp::Reverse(i)));
    end - best.map_or(0, |b| b.0 + 1).min(end)
}

/// The distance of `inner` to the nearest beginning of `outer`: for letters before or behind an edge, each in the
/// order that leads away from it.
pub fn from_edge(inner: &[char], outer: &[char]) -> u32 {
    let most = inner.len() as u32;
    Column::new(inner, 1).run(outer.iter()).into_iter().min().unwrap_or(most).min(most)
}

/// A column of the matrix.
struct Column {
    length: usize,
    /// For each letter of the pattern, the rows where it stands.
    rows: Rows,
    /// Rows whose value is one more than that above.
    up: Vec<u64>,
    /// Rows whose value is one less.
    down: Vec<u64>,
    /// What a letter of the text adds to the row above the first: 0 where the pattern may begin anywhere.
    above: i32,
}

impl Column {
    fn new(pattern: &[char], above: i32) -> Column {
        let words = pattern.len().div_ceil(WORD);
        Column {
            length: pattern.len(),
            rows: Rows::new(pattern),
            up: vec![!0; words],
            down: vec![0; words],
            above,
        }
    }

    /// The last row's value for every letter of the text.
    fn run<'a>(mut self, text: impl Iterator<Item = &'a char>) -> Vec<u32> {
        if self.length == 0 {
            return Vec::new();
        }
        let last = 1_u64 << ((self.length - 1) % WORD);
        let words = self.up.len();
        let mut value = self.length as i64;
        let mut out = Vec::new();
        for &c in text {
            let mut carry = self.above;
            for word in 0..words {
                let high = if word + 1 == words { last } else { 1 << (WORD - 1) };
                carry = self.step(word, self.rows.of(c, word), high, carry);
            }
            value += i64::from(carry);
            out.push(u32::try_from(value).unwrap_or(0));
        }
        out
    }

    fn step(&mut self, word: usize, equal: u64, high: u64, carry: i32) -> i32 {
        let (up, down) = (self.up[word], self.down[word]);
        let vertical = equal | down;
        let equal = if carry < 0 { equal | 1 } else { equal };
        let horizontal = ((equal & up).wrapping_add(up) ^ up) | equal;
        let mut plus = down | !(horizontal | up);
        let mut minus = up & horizontal;
        let out = i32::from(plus & high != 0) - i32::from(minus & high != 0);
        plus = plus << 1 | u64::from(carry > 0);
        minus = minus << 1 | u64::from(carry < 0);
        self.up[word] = minus | !(vertical | plus);
        self.down[word] = plus & vertical;
        out
    }
}

/// The rows of each letter.
struct Rows {
    words: usize,
    ascii: [u32; 128],
    others: HashMap<char, u32>,
    /// The words of each letter, one letter after the other; those of letters that do not occur come first.
    bits: Vec<u64>,
}

impl Rows {
    fn new(pattern: &[char]) -> Rows {
        let words = pattern.len().div_ceil(WORD);
        let mut rows = Rows { words, ascii: [0; 128], others: HashMap::new(), bits: vec![0; words] };
        for (i, &c) in pattern.iter().enumerate() {
            let next = (rows.bits.len() / words) as u32;
            let place = match rows.ascii.get_mut(c as usize) {
                Some(place) => place,
                None => rows.others.entry(c).or_default(),
            };
            if *place == 0 {
                *place = next;
                rows.bits.resize(rows.bits.len() + words, 0);
            }
            let at = *place as usize * words + i / WORD;
            rows.bits[at] |= 1 << (i % WORD);
        }
        rows
    }

    fn of(&self, c: char, word: usize) -> u64 {
        let place = match self.ascii.get(c as usize) {
            Some(place) => *place,
            None => self.others.get(&c).copied().unwrap_or(0),
        };
        self.bits[place as usize * self.words + word]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The matrix, as one would write it down.
    fn slowly(pattern: &[char], text: &[char], above: u32) -> Vec<u32> {
        let mut column: Vec<u32> = (0..=pattern.len() as u32).collect();
        let mut out = Vec::new();
        for (j, t) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = above * (j as u32 + 1);
            for i in 1..column.len() {
                let cost = diagonal + u32::from(pattern[i - 1] != *t);
                diagonal = column[i];
                column[i] = cost.min(column[i] + 1).min(column[i - 1] + 1);
            }
            out.push(column[pattern.len()]);
        }
        out
    }

    #[test]
    fn distances_are_those_of_the_matrix() {
        let mut seed = 7_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for round in 0..200 {
            let mut letters = |most: u64| -> Vec<char> {
                let length = next(most) + 1;
                (0..length).map(|_| ['a', 'b', 'é', 'd'][next(4) as usize]).collect()
            };
            let (pattern, text) = (letters(if round % 2 == 0 { 20 } else { 200 }), letters(300));
            assert_eq!(distances(&pattern, &text), slowly(&pattern, &text, 0));
            assert_eq!(Column::new(&pattern, 1).run(text.iter()), slowly(&pattern, &text, 1));
        }
    }

    #[test]
    fn a_place_begins_where_it_begins() {
        let text = chars("thegreatmarginofthepage");
        let pattern = chars("graetmargin");
        let costs = distances(&pattern, &text);
        let end = costs.iter().enumerate().min_by_key(|c| *c.1).unwrap().0 + 1;
        assert_eq!(text[start(&pattern, &text, end)..end].iter().collect::<String>(), "greatmargin");
        assert_eq!(from_edge(&chars("abc"), &chars("abxxxx")), 1);
    }
}
