//! How often each spelling of a name is written: a few for each of very many names, so they lie side by side.

use std::cmp::Reverse;

/// Spellings with their counts, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spellings<'f>(Vec<(&'f str, usize)>);

impl<'f> Spellings<'f> {
    /// Spellings, each so often.
    pub(super) fn of(written: impl Iterator<Item = (&'f str, usize)>) -> Spellings<'f> {
        let mut out = Spellings(Vec::new());
        for (spelling, more) in written {
            match out.place(spelling) {
                Ok(at) => out.0[at].1 += more,
                Err(at) => out.0.insert(at, (spelling, more)),
            }
        }
        out
    }

    fn place(&self, spelling: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|known| known.0.cmp(spelling))
    }

    /// How often one is written, if it is.
    pub(super) fn get(&self, spelling: &str) -> Option<usize> {
        self.place(spelling).ok().map(|at| self.0[at].1)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'f str, usize)> {
        self.0.iter().copied()
    }

    /// How often all of them are written.
    pub(super) fn all(&self) -> usize {
        self.0.iter().map(|s| s.1).sum()
    }

    /// The one that is written most.
    pub(super) fn commonest(&self) -> &'f str {
        let best = self.iter().max_by_key(|(form, count)| (*count, Reverse(*form)));
        best.map_or("", |b| b.0)
    }

    /// All but one, the commonest first.
    pub(super) fn others(mut self, shown: &str) -> Vec<String> {
        self.0.retain(|s| s.0 != shown);
        self.0.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        self.0.into_iter().map(|s| s.0.to_owned()).collect()
    }
}
