//! The lines of the index. All its pages have the same ones, each in its own order, and from one build to the next hardly
//! any is another.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::digest::Bytes;
use crate::hash::Fast;

/// A line for each document, as HTML.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    /// The digest of what each is made from.
    made_from: Vec<Bytes>,
    html: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Rows {
    /// Lines, each with the digest of what it is made from.
    pub fn of<'l>(lines: impl Iterator<Item = (Bytes, &'l str)>) -> Rows {
        let mut rows = Rows::default();
        for (made_from, line) in lines {
            rows.made_from.push(made_from);
            rows.html.push_str(line);
            rows.ends.push(rows.html.len());
        }
        rows
    }

    /// True if they are made from what has these digests, in this order.
    pub fn are_made_from(&self, all: &[Bytes]) -> bool {
        self.made_from == all
    }

    /// The lines by what they are made from.
    pub fn by_digest(&self) -> HashMap<Bytes, &str, Fast> {
        self.made_from.iter().enumerate().map(|(i, digest)| (*digest, self.line(i))).collect()
    }

    fn line(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let end = self.ends.get(index).copied();
        start.zip(end).and_then(|(start, end)| self.html.get(start..end)).unwrap_or_default()
    }

    /// The lines of these documents, one after the other.
    pub(super) fn in_order(&self, documents: &[usize]) -> String {
        let mut out = String::with_capacity(self.html.len());
        documents.iter().for_each(|&i| out.push_str(self.line(i)));
        out
    }
}
