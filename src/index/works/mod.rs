//! The works that the archive cites: the descriptions that its documents (and its owner) give, brought together.
//!
//! 1. `merge`: descriptions → works, by surname and main title; what year, volume, subtitle or given name tell apart
//!    stays apart
//! 2. relations: editions of one work, pieces of one book, works that are documents of the archive
//!
//! Every step sorts or looks up by a key. A false merge is worse than a missed one.

mod merge;

use std::collections::BTreeMap;

use crate::cite::{Description, Found, Kind, TitleKey};
use crate::fold;

/// What a document tells of works.
#[derive(Clone, Copy, Debug)]
pub struct Citing<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its authors.
    pub authors: &'a [String],
    /// The works that it cites.
    pub works: &'a [Description],
    /// Of each citation the work that it stands for, as an index of these.
    pub meant: &'a [Found<usize>],
}

/// A work of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// All that is said of it, put together.
    pub description: Description,
    /// Where it is cited: the document, and the place in its citations. In order.
    pub cited: Vec<(usize, usize)>,
    /// Where it may be meant, but it is not certain.
    pub perhaps: Vec<(usize, usize)>,
    /// Other editions of it.
    pub editions: Vec<usize>,
    /// Other pieces of the book that holds it.
    pub siblings: Vec<usize>,
    /// The work that holds it, where that is cited too.
    pub container: Option<usize>,
    /// The pieces of it that are cited.
    pub pieces: Vec<usize>,
    /// The document of the archive that it is.
    pub document: Option<usize>,
}

/// The works of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Works {
    /// They, by author, title and year.
    pub works: Vec<Work>,
    /// For each document, the work of each of its own works.
    pub of_document: Vec<Vec<usize>>,
}

/// Brings together what the documents cite; `given` is what the owner says of works.
pub fn collect(documents: &[Citing], given: &[Description]) -> Works {
    let said: Vec<&Description> = documents.iter().flat_map(|d| d.works).collect();
    let merged = merge::merge(&said, given);

    // In the order in which they are listed.
    let mut order: Vec<usize> = (0..merged.works.len()).collect();
    order.sort_by_cached_key(|&w| sort_key(&merged.works[w]));
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut descriptions: Vec<Option<Description>> = merged.works.into_iter().map(Some).collect();
    let mut works: Vec<Work> = Vec::with_capacity(order.len());
    works.extend(order.iter().filter_map(|&old| descriptions[old].take()).map(|description| Work {
        description,
        cited: Vec::new(),
        perhaps: Vec::new(),
        editions: Vec::new(),
        siblings: Vec::new(),
        container: None,
        pieces: Vec::new(),
        document: None,
    }));
    let mut all = merged.of.iter().map(|&w| place[w]);
    let of_document: Vec<Vec<usize>> =
        documents.iter().map(|d| all.by_ref().take(d.works.len()).collect()).collect();
    for (d, document) in documents.iter().enumerate() {
        for (c, meant) in document.meant.iter().enumerate() {
            match meant.one() {
                Some(&w) => works[of_document[d][w]].cited.push((d, c)),
                None => {
                    let mut doubtful: Vec<usize> = meant.all().iter().map(|&w| of_document[d][w]).collect();
                    doubtful.sort_unstable();
                    doubtful.dedup();
                    doubtful.into_iter().for_each(|w| works[w].perhaps.push((d, c)));
                }
            }
        }
    }
    for group in merged.editions {
        let mut group: Vec<usize> = group.into_iter().map(|w| place[w]).collect();
        group.sort_unstable();
        for &w in &group {
            works[w].editions = group.iter().copied().filter(|&other| other != w).collect();
        }
    }
    contain(&mut works);
    documents_among(&mut works, documents);
    Works { works, of_document }
}

/// By author, title and year; works without an author by their title.
fn sort_key(work: &Description) -> (String, String, Option<String>, Option<String>) {
    let title = TitleKey::of(&work.title);
    let who = match work.makers().first() {
        Some(name) => fold::key(&name.sorted()),
        None => title.key(),
    };
    (who, title.key(), work.year.clone(), work.volume.clone())
}

/// Pieces and the books that hold them.
fn contain(works: &mut [Work]) {
    /// Pieces of one book beyond which a page does not list them all.
    const MOST: usize = 40;
    let mut books: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut held: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (w, work) in works.iter().enumerate() {
        let d = &work.description;
        match &d.container {
            Some(container) if d.kind == Kind::Chapter => {
                held.entry(TitleKey::of(container).key()).or_default().push(w)
            }
            None => books.entry(TitleKey::of(&d.title).key()).or_default().push(w),
            _ => {}
        }
    }
    for (key, pieces) in held.into_iter().filter(|h| !h.0.is_empty()) {
        let candidates = books.get(&key).cloned().unwrap_or_default();
        for &piece in &pieces {
            let d = &works[piece].description;
            let same_maker = |&&book: &&usize| {
                let b: &Description = &works[book].description;
                let maker = b.makers().first().map(|n| fold::key(&n.family));
                let makers = d.authors.iter().chain(&d.editors).map(|n| fold::key(&n.family));
                maker.is_none_or(|maker| makers.into_iter().any(|m| m == maker))
            };
            let fits: Vec<usize> = candidates.iter().filter(same_maker).copied().collect();
            if let [book] = fits.as_slice() {
                works[piece].container = Some(*book);
                works[*book].pieces.push(piece);
            }
            if pieces.len() <= MOST {
                works[piece].siblings = pieces.iter().copied().filter(|&p| p != piece).collect();
            }
        }
    }
}

/// Which works are documents of the archive: the title is the same, and an author is.
fn documents_among(works: &mut [Work], documents: &[Citing]) {
    /// Words of a title that no two texts share by chance.
    const TELLING: usize = 4;
    let mut by_title: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (d, document) in documents.iter().enumerate() {
        by_title.entry(TitleKey::of(document.title).key()).or_default().push(d);
    }
    for work in works {
        let title = TitleKey::of(&work.description.title);
        let same = by_title.get(&title.key()).into_iter().flatten().copied();
        let fits: Vec<usize> = same
            .filter(|&d| {
                let families = work.description.makers().iter().map(|n| fold::key(&n.family));
                let authors: Vec<String> = documents[d].authors.iter().map(|a| fold::key(a)).collect();
                let shared =
                    families.into_iter().any(|f| !f.is_empty() && authors.iter().any(|a| a.ends_with(&f)));
                let anonymous = authors.is_empty() || work.description.makers().is_empty();
                TitleKey::of(documents[d].title).agrees(&title)
                    && (shared || anonymous && title.main.len() >= TELLING)
            })
            .collect();
        if let [document] = fits.as_slice() {
            work.document = Some(*document);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Name;

    fn work(author: &str, title: &str, year: Option<&str>) -> Description {
        let (given, family) = author.rsplit_once(' ').unwrap_or(("", author));
        let authors = if author.is_empty() {
            Vec::new()
        } else {
            vec![Name { given: given.into(), family: family.into() }]
        };
        Description { authors, title: title.into(), year: year.map(Into::into), ..Description::default() }
    }

    fn citing(works: &[Description]) -> Citing<'_> {
        Citing { title: "x", authors: &[], works, meant: &[] }
    }

    fn titles(all: &[&[Description]]) -> Vec<String> {
        let documents: Vec<Citing> = all.iter().map(|works| citing(works)).collect();
        let works = collect(&documents, &[]).works;
        let year = |d: &Description| d.year.clone().unwrap_or_default();
        works
            .iter()
            .map(|w| {
                format!(
                    "{} {} {}",
                    w.description.makers().first().map_or("", |n| &n.family),
                    w.description.title,
                    year(&w.description)
                )
            })
            .collect()
    }

    #[test]
    fn one_work_cited_differently_is_one() {
        let a = [work("Anthony Grafton", "The Footnote: A Curious History", Some("1997"))];
        let b = [work("A. Grafton", "The Footnote", None)];
        let c = [work("Grafton", "Footnote", Some("1997"))];
        assert_eq!(titles(&[&a, &b, &c]), ["Grafton The Footnote: A Curious History 1997"]);
    }

    #[test]
    fn what_differs_stays_apart() {
        let two = [work("Ann Smith", "History", Some("1990")), work("John Smith", "History", Some("1990"))];
        assert_eq!(titles(&[&two]).len(), 2);
        let editions =
            [work("Ann Smith", "History", Some("1990")), work("Ann Smith", "History", Some("2001"))];
        assert_eq!(titles(&[&editions]).len(), 2);
        let subtitles =
            [work("Ann Smith", "History: A Reader", None), work("Ann Smith", "History: A Primer", None)];
        assert_eq!(titles(&[&subtitles]).len(), 2);
        let nameless = [work("", "Report", Some("1990")), work("", "Report", Some("1990"))];
        assert_eq!(titles(&[&nameless[..1], &nameless[1..]]).len(), 2, "one word is too little to go by");
        // Which of two a third one means is not known.
        let doubt = [work("Ann Smith", "History", Some("1990")), work("John Smith", "History", Some("1990"))];
        assert_eq!(titles(&[&doubt, &[work("Smith", "History", None)]]).len(), 3);
    }

    #[test]
    fn editions_know_each_other() {
        let cited = [work("Ann Smith", "History", Some("1990")), work("Ann Smith", "History", Some("2001"))];
        let works = collect(&[citing(&cited)], &[]).works;
        assert_eq!((&works[0].editions[..], &works[1].editions[..]), (&[1][..], &[0][..]));
    }

    #[test]
    fn what_the_owner_says_is_taken_over() {
        let cited = [work("Smith", "History", None)];
        let given = [
            work("Ann Smith", "History: A Primer", Some("1990")),
            work("Not Cited", "Anything At All", None),
        ];
        let works = collect(&[citing(&cited)], &given).works;
        assert_eq!(works.len(), 1);
        assert_eq!(works[0].description.title, "History: A Primer");
        assert_eq!(works[0].description.authors[0].given, "Ann");
    }
}
