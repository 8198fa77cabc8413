//! The book or journal that a piece stands in.

use super::Rest;
use crate::cite::model::Kind as WorkKind;
use crate::cite::name::{self, Order};
use crate::cite::reading::{Title, joined, marked_title};
use crate::cite::token::Kind;
use crate::cite::vocabulary::{EDITORS, PAGES, TRANSLATORS, VOLUMES, has};

impl Rest<'_, '_> {
    /// A second title: what the first stands in, or a part of it.
    pub(super) fn piece(&mut self, i: usize) -> bool {
        let Some((title, next)) = marked_title(self.tokens, i, self.limit) else { return false };
        if self.work.kind == WorkKind::Article && !title.quoted && self.work.container.is_none() {
            self.work.container = Some(title.text);
            self.done(next);
            return true;
        }
        if title.quoted
            && self.work.kind == WorkKind::Book
            && self.locator.is_none()
            && self.work.container.is_none()
        {
            // *Capital*, “Chapter 31”: a part of the book.
            self.locator =
                Some(crate::cite::model::Locator { shown: ["“", &title.text, "”"].concat(), page: None });
            self.done(next);
            return true;
        }
        false
    }

    /// `in *Illuminations*`, `In: Baier, Horst u. a. (Hrsg.): *Öffentliche Meinung*`
    pub(super) fn container(&mut self, from: usize) -> bool {
        let tokens = self.tokens;
        let mut at = from;
        while at < self.limit && matches!(tokens.get(at).map(|t| t.kind), Some(Kind::Sign(':' | '.'))) {
            at += 1;
        }
        let mut editors = Vec::new();
        let title = marked_title(tokens, at, self.limit).or_else(|| {
            let names = name::several(tokens, at, self.limit, Order::Inverted)
                .filter(|n| n.editors)
                .or_else(|| name::several(tokens, at, self.limit, Order::Natural))?;
            let mut behind = names.next;
            while behind < self.limit && matches!(tokens.get(behind)?.kind, Kind::Sign(',' | ':')) {
                behind += 1;
            }
            let plain = names.editors;
            editors = names.names;
            marked_title(tokens, behind, self.limit).or_else(|| self.plain_book(behind).filter(|_| plain))
        });
        let title = title.or_else(|| {
            editors.clear();
            self.plain_book(at).filter(|_| self.work.kind == WorkKind::Article)
        });
        let Some((title, next)) = title else { return false };
        self.work.kind = WorkKind::Chapter;
        self.work.container = Some(title.text);
        if !editors.is_empty() {
            self.work.editors = editors;
        }
        self.done(next);
        true
    }

    /// The title of a book without any mark, told by what follows it: its editor, where it was published, pages.
    pub(super) fn plain_book(&self, from: usize) -> Option<(Title, usize)> {
        /// Words of the longest.
        const LONGEST: usize = 16;
        let tokens = self.tokens;
        let ends = |k: usize| ['(', ',', '.', ';'].iter().any(|s| tokens.sign(k, *s));
        let end = (from..self.limit.min(from + LONGEST)).find(|&k| ends(k))?;
        let words = tokens.all.get(from..end)?;
        let plain = words.iter().all(|t| t.emphasis == 0 && t.kind != Kind::Address);
        if !plain || !words.first().is_some_and(|t| t.kind == Kind::Word && t.capital) {
            return None;
        }
        let next = tokens.lower(end + 1);
        let said = if tokens.sign(end, '(') {
            let shut = tokens.parenthesis(end).filter(|&s| s < self.limit)?;
            tokens.year(shut - 1).is_some()
        } else {
            let worded = has(EDITORS, &next) || has(TRANSLATORS, &next) || has(VOLUMES, &next);
            tokens.sign(end, ',') && (worded || has(PAGES, &next) && tokens.sign(end + 2, '.'))
        };
        let text = joined(tokens, from, end);
        said.then_some((Title { text, quoted: false, marked: true }, end))
    }
}
