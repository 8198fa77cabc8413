//! Two pictures of the archive, as places on a plane that a template draws: the texts in time, and what ties them.
//!
//! 1. [`timeline`]: years run down a line at their true distances; titles stand beside it, each as near to its year as
//!    the one above it lets it, with a thread to its place.
//! 2. [`map`]: the texts in a column, and an arc between every two that share something, thicker the more they share.
//!    What is shared comes as groups (a tag and the texts that bear it), so that works and names draw as tags do.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::DocumentCard;

/// Pixels between two lines of text.
const LINE: usize = 24;
/// Pixels above the first line and below the last.
const EDGE: usize = 18;
/// Texts that are drawn one by one; with more the eye finds nothing.
const MOST_DRAWN: usize = 300;
/// Members of a group above which it says nothing of any two of them.
const COMMON: usize = 40;
/// Ties drawn, the strongest.
const MOST_TIES: usize = 600;
/// Characters of a title that a picture shows.
const TITLE: usize = 64;

/// A text in a picture.
#[derive(Clone, Debug, Serialize)]
pub struct Spot<'a> {
    /// The text.
    pub document: &'a DocumentCard,
    /// Its title, cut to what the picture has room for.
    pub title: String,
    /// Where its place is.
    pub at: usize,
    /// Where its title is.
    pub y: usize,
}

/// A year that is written at the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// The year.
    pub year: i32,
    /// Where.
    pub y: usize,
}

/// Works of one year that the texts cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The year.
    pub year: i32,
    /// How many.
    pub count: usize,
    /// Where.
    pub y: usize,
    /// How long its bar is.
    pub width: usize,
}

/// The texts in time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timeline<'a> {
    /// Pixels.
    pub height: usize,
    /// Years written at the line.
    pub ticks: Vec<Tick>,
    /// The texts that have a year, the oldest first.
    pub spots: Vec<Spot<'a>>,
    /// The years of what they cite.
    pub cited: Vec<Cited>,
}

/// A tie between two texts.
#[derive(Clone, Debug, Serialize)]
pub struct Tie<'a> {
    /// The upper one.
    pub from: &'a DocumentCard,
    /// The lower one.
    pub to: &'a DocumentCard,
    /// What they share.
    pub shared: Vec<&'a str>,
    /// Where the arc begins.
    pub y1: usize,
    /// Where it ends.
    pub y2: usize,
    /// How far it reaches out.
    pub reach: usize,
    /// How thick it is.
    pub width: usize,
}

/// What ties the texts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Map<'a> {
    /// Pixels.
    pub height: usize,
    /// The texts that are tied to any other.
    pub spots: Vec<Spot<'a>>,
    /// The ties.
    pub ties: Vec<Tie<'a>>,
}

/// The texts in time. `cited` are the years of the works that they cite, with how many.
pub fn timeline<'a>(cards: &[&'a DocumentCard], cited: &BTreeMap<i32, usize>) -> Timeline<'a> {
    let mut dated: Vec<(i32, &str, &'a DocumentCard)> =
        cards.iter().filter_map(|c| Some((year(c.date.as_deref()?)?, c.date.as_deref()?, *c))).collect();
    dated.sort_by(|a, b| (a.0, a.1, &a.2.title).cmp(&(b.0, b.1, &b.2.title)));
    // Of more than can be drawn, the newest.
    dated.drain(..dated.len().saturating_sub(MOST_DRAWN));
    let years = || dated.iter().map(|d| d.0).chain(cited.keys().copied());
    let (Some(first), Some(last)) = (years().min(), years().max()) else { return Timeline::default() };
    let span = usize::try_from(last - first).unwrap_or(0) + 1;
    let least = dated.len().max(8) * LINE;
    let twelfths = |year: i32, month: usize| usize::try_from(year - first).unwrap_or(0) * 12 + month;
    let at = |year: i32, month: usize| EDGE + twelfths(year, month) * least / (span * 12);
    let place = |year: i32| at(year, 0);

    let mut free = 0;
    let mut spots = Vec::new();
    for (year, date, card) in dated {
        let at = at(year, month(date));
        let y = at.max(free);
        free = y + LINE;
        spots.push(Spot { document: card, title: super::wording::shortened(&card.title, TITLE), at, y });
    }
    let step = step(span);
    let start = first.div_euclid(step) * step;
    let ticks = (0..).map(|i| start + i * step).take_while(|y| *y <= last).filter(|y| *y >= first);
    let ticks = ticks.map(|year| Tick { year, y: place(year) }).collect();
    let most = cited.values().copied().max().unwrap_or(1).max(1);
    let bars = cited.iter().map(|(&year, &count)| Cited {
        year,
        count,
        y: place(year),
        width: (count * 80 / most).max(2),
    });
    Timeline { height: free.max(least + EDGE) + EDGE, ticks, spots, cited: bars.collect() }
}

/// The year of an ISO 8601 date.
fn year(date: &str) -> Option<i32> {
    date.split('-').next()?.parse().ok()
}

/// The months of its year before an ISO 8601 date; none where it has no month.
fn month(date: &str) -> usize {
    let month = date.split('-').nth(1).and_then(|m| m.parse::<usize>().ok());
    month.filter(|m| (1..=12).contains(m)).map_or(0, |m| m - 1)
}

/// Years between two that are written, so that about ten are.
fn step(span: usize) -> i32 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|s| span / *s as usize <= 12).unwrap_or(1000)
}

/// What ties the texts: `groups` are what texts share, each with the places of those that do, among `cards`. `order` is
/// the order in which the texts stand.
pub fn map<'a>(
    cards: &[&'a DocumentCard],
    order: &[usize],
    groups: impl Iterator<Item = (&'a str, &'a [usize])>,
) -> Map<'a> {
    let mut shared: BTreeMap<(usize, usize), Vec<&'a str>> = BTreeMap::new();
    for (name, members) in groups.filter(|g| g.1.len() <= COMMON) {
        for (i, &a) in members.iter().enumerate() {
            for &b in members[i + 1..].iter().filter(|b| **b != a) {
                shared.entry((a.min(b), a.max(b))).or_default().push(name);
            }
        }
    }
    let mut ties: Vec<_> = shared.into_iter().collect();
    ties.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    ties.truncate(MOST_TIES);

    let mut place: BTreeMap<usize, usize> = ties.iter().flat_map(|t| [(t.0.0, 0), (t.0.1, 0)]).collect();
    let standing: Vec<usize> =
        order.iter().copied().filter(|i| place.contains_key(i)).take(MOST_DRAWN).collect();
    place.clear();
    place.extend(standing.iter().enumerate().map(|(n, &i)| (i, EDGE + n * LINE)));
    let spots = standing.iter().map(|i| Spot {
        document: cards[*i],
        title: super::wording::shortened(&cards[*i].title, TITLE),
        at: place[i],
        y: place[i],
    });
    let ties = ties.into_iter().filter_map(|((a, b), shared)| {
        let (a, b) = if place.get(&a)? <= place.get(&b)? { (a, b) } else { (b, a) };
        let (y1, y2) = (*place.get(&a)?, *place.get(&b)?);
        let reach = 20 + (y2 - y1) * 200 / (standing.len() * LINE).max(1);
        Some(Tie { from: cards[a], to: cards[b], width: shared.len().min(6), shared, y1, y2, reach })
    });
    Map { height: standing.len() * LINE + 2 * EDGE, spots: spots.collect(), ties: ties.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Form, Meta};
    use crate::strings::Strings;

    fn card(slug: &str, date: Option<&str>) -> DocumentCard {
        let meta = Meta { title: slug.to_owned(), date: date.map(str::to_owned), ..Meta::default() };
        DocumentCard::new(slug, &meta, Form::Plain, 100, 0, &Strings::default(), |_| String::new())
    }

    #[test]
    fn titles_stand_in_time_and_never_on_each_other() {
        let cards =
            [card("b", Some("1901")), card("a", Some("1900")), card("c", Some("1900-02")), card("d", None)];
        let cards: Vec<&DocumentCard> = cards.iter().collect();
        let line = timeline(&cards, &BTreeMap::from([(1850, 3), (1899, 1)]));
        let order: Vec<&str> = line.spots.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(order, ["a", "c", "b"]);
        assert!(line.spots.windows(2).all(|w| w[1].y >= w[0].y + LINE && w[1].at >= w[0].at));
        assert!(line.spots.iter().all(|s| s.y + EDGE <= line.height));
        assert_eq!((line.ticks[0].year, line.cited[0].width), (1850, 80));
        assert!(timeline(&[], &BTreeMap::new()).spots.is_empty());
    }

    #[test]
    fn an_arc_ties_what_shares_and_nothing_else() {
        let cards = [card("a", None), card("b", None), card("c", None)];
        let cards: Vec<&DocumentCard> = cards.iter().collect();
        let groups: [(&str, &[usize]); 3] = [("x", &[0, 2]), ("y", &[0, 2]), ("z", &[1])];
        let map = map(&cards, &[2, 1, 0], groups.into_iter());
        assert_eq!(map.ties.len(), 1);
        let tie = &map.ties[0];
        assert_eq!((tie.from.slug.as_str(), tie.to.slug.as_str(), tie.width), ("c", "a", 2));
        assert!(tie.y1 < tie.y2);
        assert_eq!(map.spots.len(), 2);
    }
}
