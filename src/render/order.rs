//! The orders of the index. Each is a page of its own, so that it can be had without a script.

use std::cmp::Reverse;

use super::context::DocumentCard;

/// What the index is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By title, leading articles and quotation marks aside.
    Title,
    /// By the first author's family name; texts without an author last.
    Author,
    /// The newest first; texts without a date last.
    Date,
    /// The shortest first.
    Length,
}

impl Order {
    /// All of them, in the order of the index's columns.
    pub const ALL: [Order; 4] = [Order::Title, Order::Author, Order::Date, Order::Length];

    /// The page sorted so.
    pub fn url(self) -> &'static str {
        match self {
            Order::Title => "index.html",
            Order::Author => "by-author.html",
            Order::Date => "by-date.html",
            Order::Length => "by-length.html",
        }
    }

    /// What the column is called; the key of its heading.
    pub fn name(self) -> &'static str {
        match self {
            Order::Title => "title",
            Order::Author => "author",
            Order::Date => "date",
            Order::Length => "length",
        }
    }

    /// The value of `aria-sort`.
    pub fn direction(self) -> &'static str {
        if self == Order::Date { "descending" } else { "ascending" }
    }

    /// The documents in this order. Ties are broken by their places in the order of titles.
    pub fn sorted(self, cards: &[&DocumentCard], title_places: &[usize]) -> Vec<usize> {
        let mut documents: Vec<usize> = (0..cards.len()).collect();
        let tie = |i: usize| title_places[i];
        match self {
            Order::Title => documents.sort_unstable_by_key(|&i| tie(i)),
            Order::Author => documents.sort_by_cached_key(|&i| {
                let author = cards[i].authors.first().map(|a| author_key(a));
                (author.is_none(), author, tie(i))
            }),
            Order::Date => documents.sort_unstable_by_key(|&i| {
                let date = cards[i].date.as_deref();
                (date.is_none(), Reverse(date), tie(i))
            }),
            Order::Length => documents.sort_unstable_by_key(|&i| (cards[i].words, tie(i))),
        }
        documents
    }
}

/// The place of each document in the order of titles. Ties are broken by slug, which is unique.
pub fn title_places(cards: &[&DocumentCard]) -> Vec<usize> {
    let mut documents: Vec<usize> = (0..cards.len()).collect();
    documents.sort_by_cached_key(|&i| (title_key(&cards[i].title), cards[i].slug.as_str()));
    let mut places = vec![0; cards.len()];
    documents.into_iter().enumerate().for_each(|(place, document)| places[document] = place);
    places
}

/// What a title sorts by: letters and digits in lower case without accents, an English article at the head
/// left out.
pub fn title_key(title: &str) -> String {
    let key = plain(title);
    ["the ", "an ", "a "]
        .iter()
        .find_map(|article| key.strip_prefix(article))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&key)
        .to_owned()
}

/// What an author sorts by: `Hannah Arendt` as `arendt hannah`; a name with a comma as it stands.
pub fn author_key(name: &str) -> String {
    if name.contains(',') {
        return plain(name);
    }
    let key = plain(name);
    match key.rsplit_once(' ') {
        Some((given, family)) => [family, given].join(" "),
        None => key,
    }
}

/// Lower case, accents of Latin letters folded, everything but letters and digits as one space.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(folded) => out.push_str(folded),
            None if c.is_alphanumeric() => out.push(c),
            None if !matches!(c, '\'' | '’') && !out.ends_with(' ') && !out.is_empty() => out.push(' '),
            None => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The plain letters of a lower-case Latin letter with a sign, as library catalogues file it.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_sort_without_articles_quotes_and_accents() {
        assert_eq!(title_key("“The Élan” of a Thing"), "elan of a thing");
        assert_eq!(title_key("The"), "the");
        assert_eq!(title_key("A Don’t"), "dont");
        assert_eq!(title_key("…"), "");
        assert_eq!(title_key("Über Größe"), "uber grosse");
    }

    #[test]
    fn authors_sort_by_family_name() {
        assert_eq!(author_key("Hannah Arendt"), "arendt hannah");
        assert_eq!(author_key("Arendt, Hannah"), "arendt hannah");
        assert_eq!(author_key("Plato"), "plato");
    }
}
