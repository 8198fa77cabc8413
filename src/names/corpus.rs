//! What the records of all documents say, each form and each key written once: a name is mentioned in hundreds of
//! documents, and a record opened takes twenty times the room.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::variant::key;
use super::{Kind, Record};
use crate::hash::Fast;

/// Texts by their numbers, and numbers by their texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32, Fast>,
}

impl Pool {
    /// The number of a text, which is a new one for a new text.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known(text) {
            return known;
        }
        let number = self.texts.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// The number of a text that has one.
    pub(super) fn known(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// All numbers with their texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..).zip(self.texts.iter().map(AsRef::as_ref))
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// A form as one document writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// The document.
    pub(super) document: u32,
    /// The form.
    pub(super) form: u32,
    /// The key of the form that it is short for.
    pub(super) expansion: Option<u32>,
    /// Where the ranks of its mentions end.
    end: u32,
    /// What it is taken for there.
    pub(super) kind: Kind,
    /// True if it is a person's for certain.
    pub(super) person: bool,
}

/// The names of all documents, as [`merge`](super::merge()) asks for them.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// As written.
    pub(super) forms: Pool,
    /// As compared.
    pub(super) keys: Pool,
    /// The key of each form.
    pub(super) key_of: Vec<u32>,
    /// Of one document after the other, in the order of its record.
    pub(super) written: Vec<Written>,
    /// For each mention its rank in the order of its document's text.
    ranks: Vec<u32>,
    /// Where each document's end among what is written.
    ends: Vec<u32>,
}

impl Corpus {
    /// Adds the record of the next document.
    pub fn add(&mut self, record: &Record) {
        let (document, order) = (self.ends.len() as u32, record.order());
        for candidate in &record.names {
            let form = self.form(&candidate.form);
            let expansion = candidate.expansion.as_deref().map(|long| self.keys.number(&key(long)));
            self.ranks.extend(candidate.mentions.iter().map(|m| order.rank(m)));
            let (kind, person, end) = (candidate.kind, candidate.person, self.ranks.len() as u32);
            self.written.push(Written { document, form, expansion, end, kind, person });
        }
        self.ends.push(self.written.len() as u32);
    }

    fn form(&mut self, form: &str) -> u32 {
        let number = self.forms.number(form);
        if number as usize == self.key_of.len() {
            self.key_of.push(self.keys.number(&key(form)));
        }
        number
    }

    /// For each document where what it writes is.
    pub(super) fn documents(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start as usize..end as usize)
    }

    /// Where a document's begin.
    pub(super) fn start(&self, document: u32) -> u32 {
        document.checked_sub(1).map_or(0, |before| self.ends[before as usize])
    }

    /// The ranks of the mentions of something written.
    pub(super) fn mentions(&self, written: usize) -> &[u32] {
        let start = written.checked_sub(1).map_or(0, |before| self.written[before].end);
        &self.ranks[start as usize..self.written[written].end as usize]
    }

    /// The key of something written.
    pub(super) fn key(&self, written: usize) -> u32 {
        self.key_of[self.written[written].form as usize]
    }
}

impl<'r> FromIterator<&'r Record> for Corpus {
    fn from_iter<I: IntoIterator<Item = &'r Record>>(records: I) -> Corpus {
        let mut corpus = Corpus::default();
        records.into_iter().for_each(|record| corpus.add(record));
        corpus
    }
}
