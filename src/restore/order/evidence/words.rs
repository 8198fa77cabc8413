//! Which words of a text follow one another, by their own habits and by those of words that end alike.

use std::collections::HashMap;

use crate::quotes;

/// The words of a text, and what it shows of those that follow one another.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) ids: HashMap<String, u32>,
    pub(super) counts: Vec<u32>,
    pairs: HashMap<(u32, u32), u32>,
    /// Frequent words are classes of their own, the others are told by their endings.
    class: Vec<u32>,
    class_counts: HashMap<u32, u32>,
    class_pairs: HashMap<(u32, u32), u32>,
    pub(super) total: u32,
    /// All of them, for other forms of one.
    sorted: Vec<String>,
}

impl Words {
    pub(super) fn id(&mut self, word: &str) -> u32 {
        let word = word.to_lowercase();
        let next = self.ids.len() as u32;
        let id = *self.ids.entry(word).or_insert(next);
        if id == next {
            self.counts.push(0);
        }
        self.counts[id as usize] += 1;
        id
    }

    /// Learns which words and endings follow one another.
    /// Whether they do over a gap is what is asked, so what meets at one is not learnt from.
    pub(super) fn learn(&mut self, tokens: &[u32], gaps: &[usize]) {
        /// A word this frequent has habits of its own.
        const FREQUENT: u32 = 12;
        let mut endings: HashMap<String, u32> = HashMap::new();
        self.class = vec![0; self.ids.len()];
        let base = self.ids.len() as u32;
        for &id in self.ids.values() {
            if self.counts[id as usize] >= FREQUENT {
                self.class[id as usize] = id;
            }
        }
        let mut words: Vec<(&String, u32)> = self.ids.iter().map(|(w, &i)| (w, i)).collect();
        words.sort_unstable();
        for &(word, id) in &words {
            if self.counts[id as usize] < FREQUENT {
                let chars: Vec<char> = word.chars().collect();
                let ending: String = chars[chars.len().saturating_sub(2)..].iter().collect();
                let next = base + endings.len() as u32;
                self.class[id as usize] = *endings.entry(ending).or_insert(next);
            }
        }
        self.sorted = words.into_iter().map(|(w, _)| w.clone()).collect();
        for &t in tokens {
            *self.class_counts.entry(self.class[t as usize]).or_default() += 1;
        }
        let mut gaps = gaps.iter().peekable();
        for (i, pair) in tokens.windows(2).enumerate() {
            while gaps.next_if(|&&g| g <= i).is_some() {}
            if gaps.peek() == Some(&&(i + 1)) {
                continue;
            }
            *self.pairs.entry((pair[0], pair[1])).or_default() += 1;
            *self
                .class_pairs
                .entry((self.class[pair[0] as usize], self.class[pair[1] as usize]))
                .or_default() += 1;
        }
        self.total = tokens.len() as u32;
    }

    /// What it is worth that one word follows another.
    pub(super) fn follows(&self, before: Option<u32>, behind: Option<u32>) -> f32 {
        let (Some(a), Some(b)) = (before, behind) else { return 0.0 };
        let total = self.total as f32;
        let ratio = |seen: u32, x: u32, y: u32| {
            let expected = x as f32 * y as f32 / total;
            ((seen as f32 + 0.6) / (expected + 0.6)).ln()
        };
        let word = ratio(
            self.pairs.get(&(a, b)).copied().unwrap_or(0),
            self.counts[a as usize],
            self.counts[b as usize],
        );
        let (ca, cb) = (self.class[a as usize], self.class[b as usize]);
        let count = |c: u32| self.class_counts.get(&c).copied().unwrap_or(0);
        let class = ratio(self.class_pairs.get(&(ca, cb)).copied().unwrap_or(0), count(ca), count(cb));
        (0.6 * word.max(-1.0) + 0.6 * class).clamp(-2.0, 2.0)
    }

    /// What it is worth that the two halves of a word cut by a hyphen meet.
    pub(super) fn joined(&self, left: &str, right: &str) -> f32 {
        let word = format!("{left}{right}").to_lowercase();
        if self.ids.contains_key(&word) {
            return 5.5;
        }
        // Another form of the word.
        let chars = word.chars().count();
        let stem: String = word.chars().take(chars.saturating_sub(2).max(5)).collect();
        let at = self.sorted.partition_point(|w| w.as_str() < stem.as_str());
        let kin = chars >= 6 && self.sorted.get(at).is_some_and(|w| w.starts_with(&stem));
        if kin { 0.7 } else { -1.0 }
    }
}

/// The words of a text: runs of letters and digits; where letters have no case and no spaces, each by itself.
pub(super) fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let solid = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7ff}').contains(&c);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let first = rest.chars().next()?;
            if !first.is_alphabetic() {
                at += first.len_utf8();
                continue;
            }
            let start = at;
            let len = if solid(first) {
                first.len_utf8()
            } else {
                rest.find(|c: char| !c.is_alphabetic() && !quotes::is_apostrophe(c) || solid(c))
                    .unwrap_or(rest.len())
            };
            at += len;
            return Some((start, rest[..len].trim_end_matches(quotes::is_apostrophe)));
        }
    })
}
