//! Two pictures of the archive, as places on a plane that a template draws: the texts in time, and what ties them.
//!
//! 1. [`timeline`]: years run down a line at their true distances; titles stand beside it, each as near to its year as
//!    the one above it lets it, with a thread to its place. The works that the texts cite are mostly much older, so they
//!    have a scale of their own: a bar for each stretch of years.
//! 2. [`map`]: the texts in a column, and an arc between every two that share something, thicker the more they share.
//!    What is shared comes as [`Group`]s (a work, a name or a tag, and the texts that have it).
//!
//! Places are pixels at the usual size of letters, sixteen to a `rem`; templates give the pictures their size in `rem`, so
//! that they grow with the letters that the reader chose.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::context::{DocumentCard, Listed};
use super::templates::Face;
use super::works::WorkCard;

/// Pixels between two lines of text.
const LINE: usize = 24;
/// Pixels above the first line and below the last.
const EDGE: usize = 18;
/// Texts that are drawn one by one; with more the eye finds nothing.
const MOST_DRAWN: usize = 300;
/// Stretches of years that the works' scale is cut into, at most.
const STRETCHES: usize = 24;
/// Pixels of the longest bar.
const BAR: usize = 320;
/// Members of a group above which it says nothing of any two of them: a third of the texts, within these.
const COMMON: (usize, usize) = (4, 40);
/// Ties drawn, the strongest.
const MOST_TIES: usize = 600;
/// What two texts share, as far as it is named.
const MOST_NAMED: usize = 12;
/// Ties of a text that are drawn in any case; of others only what is that for the text at their other end. Texts that
/// all share something would be one blot.
const STRONGEST: usize = 3;
/// The widest line of a tie. Each step up to it stands for twice as much in common.
const WIDEST: usize = 6;
/// Characters of a title that a picture shows.
const TITLE: usize = 44;
/// The same on a phone: beside the line of years, and beside the arcs.
const SHORT: (usize, usize) = (30, 24);

/// A text in a picture.
#[derive(Clone, Debug, Serialize)]
pub struct Spot<'a> {
    /// The text.
    pub document: Listed<'a>,
    /// Its title, cut to what the picture has room for.
    pub title: String,
    /// The same where there is less room.
    pub short: String,
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

/// Works of a stretch of years that the texts cite.
#[derive(Clone, Debug, Serialize)]
pub struct Cited<'a> {
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
    /// The works, by year.
    pub works: Vec<&'a WorkCard>,
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
    /// What they cite, the oldest first.
    pub cited: Vec<Cited<'a>>,
    /// Pixels of what they cite.
    pub cited_height: usize,
}

/// Something that texts share.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// What it is called.
    pub(crate) name: Cow<'a, str>,
    /// `work`, `name` or `tag`.
    pub(crate) kind: &'static str,
    /// Its page.
    pub(crate) url: Cow<'a, str>,
    /// The places of the texts, among the cards.
    pub(crate) members: Cow<'a, [usize]>,
}

/// What two texts share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InCommon {
    /// What it is called.
    pub name: String,
    /// `work`, `name` or `tag`.
    pub kind: String,
    /// Its page.
    pub url: String,
}

/// Two texts that share much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bond {
    /// Their places among the cards, the smaller one first.
    texts: (usize, usize),
    /// How many things they share.
    shared: usize,
    /// The first of these, works first.
    named: Vec<InCommon>,
}

/// A tie between two texts.
#[derive(Clone, Debug, Serialize)]
pub struct Tie<'a> {
    /// The upper one.
    pub from: &'a DocumentCard,
    /// The lower one.
    pub to: &'a DocumentCard,
    /// What they share, works first.
    pub shared: &'a [InCommon],
    /// What else they share, without names.
    pub more: usize,
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
    /// Pixels that the arcs have room in.
    pub left: usize,
    /// The texts that are tied to any other.
    pub spots: Vec<Spot<'a>>,
    /// The ties, the strongest first.
    pub ties: Vec<Tie<'a>>,
    /// What the lines' thicknesses mean: of those drawn the thinnest, a middle one and the thickest.
    pub legend: Vec<Thickness>,
}

/// How thick a line is for so much in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thickness {
    /// How thick it is.
    pub width: usize,
    /// The least that texts so tied share.
    pub from: usize,
}

/// The texts in time, and the works that they cite.
pub fn timeline<'a>(cards: &[&'a DocumentCard], works: &'a [WorkCard]) -> Timeline<'a> {
    let (cited, cited_height) = stretches(works);
    let mut dated: Vec<(i32, &str, &'a DocumentCard)> =
        cards.iter().filter_map(|c| Some((year(c.date.as_deref()?)?, c.date.as_deref()?, *c))).collect();
    dated.sort_by(|a, b| (a.0, a.1, &a.2.title).cmp(&(b.0, b.1, &b.2.title)));
    // Of more than can be drawn, the newest.
    dated.drain(..dated.len().saturating_sub(MOST_DRAWN));
    let (Some(first), Some(last)) = (dated.first().map(|d| d.0), dated.last().map(|d| d.0)) else {
        return Timeline { cited, cited_height, ..Timeline::default() };
    };
    let span = last.abs_diff(first) as usize + 1;
    let least = dated.len().max(8) * LINE;
    let at =
        |year: i32, month: usize| EDGE + (year.abs_diff(first) as usize * 12 + month) * least / (span * 12);

    let mut free = 0;
    let mut spots = Vec::new();
    for (year, date, card) in dated {
        let at = at(year, month(date));
        let y = at.max(free);
        free = y + LINE;
        let title = |most| super::wording::shortened(&card.title, most);
        spots.push(Spot { document: Face(card), title: title(TITLE), short: title(SHORT.0), at, y });
    }
    let step = step(span, 12);
    let start = first.div_euclid(step) * step;
    let ticks = (0..).map(|i| start + i * step).take_while(|y| *y <= last).filter(|y| *y >= first);
    let ticks = ticks.map(|year| Tick { year, y: at(year, 0) }).collect();
    Timeline { height: free.max(least + EDGE) + EDGE, ticks, spots, cited, cited_height }
}

/// The works by stretches of years, each at its true distance, and how high that is.
fn stretches(works: &[WorkCard]) -> (Vec<Cited<'_>>, usize) {
    let mut dated: Vec<(i32, &WorkCard)> =
        works.iter().filter_map(|w| Some((year(w.year.as_deref()?)?, w))).collect();
    dated.sort_by(|a, b| (a.0, &a.1.author, &a.1.title).cmp(&(b.0, &b.1.author, &b.1.title)));
    let (Some(first), Some(last)) = (dated.first().map(|d| d.0), dated.last().map(|d| d.0)) else {
        return (Vec::new(), 0);
    };
    let step = step(last.abs_diff(first) as usize + 1, STRETCHES);
    let mut by_stretch: BTreeMap<i32, Vec<&WorkCard>> = BTreeMap::new();
    for (year, work) in dated {
        by_stretch.entry(year.div_euclid(step)).or_default().push(work);
    }
    let most = by_stretch.values().map(Vec::len).max().unwrap_or(1);
    let top = first.div_euclid(step);
    let rows = last.div_euclid(step).abs_diff(top) as usize + 1;
    let cited = by_stretch.into_iter().map(|(stretch, works)| Cited {
        from: stretch * step,
        to: stretch * step + step - 1,
        y: EDGE + stretch.abs_diff(top) as usize * LINE,
        width: (works.len() * BAR / most).max(3),
        works,
    });
    (cited.collect(), (rows - 1) * LINE + 2 * EDGE)
}

/// The year that a date begins with: `1996`, `1996-03`, `1996a`.
fn year(date: &str) -> Option<i32> {
    let figures = date.split(|c: char| !c.is_ascii_digit()).next()?;
    (3..=4).contains(&figures.len()).then(|| figures.parse().ok())?
}

/// The months of its year before an ISO 8601 date; none where it has no month.
fn month(date: &str) -> usize {
    let month = date.split('-').nth(1).and_then(|m| m.parse::<usize>().ok());
    month.filter(|m| (1..=12).contains(m)).map_or(0, |m| m - 1)
}

/// The round number of years that cuts a span into at most so many pieces.
fn step(span: usize, most: usize) -> i32 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|s| span / *s as usize <= most).unwrap_or(1000)
}

/// The strongest ties among so many texts: `groups` are what texts share, works first.
pub fn bonds(texts: usize, groups: &[Group]) -> Vec<Bond> {
    let common = (texts / 3).clamp(COMMON.0, COMMON.1);
    // There are many: in as few bytes as will do.
    let mut shared: Vec<((u32, u32), u32)> = Vec::new();
    for (g, group) in groups.iter().enumerate().filter(|(_, g)| g.members.len() <= common) {
        for (i, &a) in group.members.iter().enumerate() {
            let others = group.members[i + 1..].iter().filter(|b| **b != a);
            shared.extend(others.map(|&b| ((a.min(b) as u32, a.max(b) as u32), g as u32)));
        }
    }
    // A group comes with each pair of it, and groups in their order.
    shared.sort_unstable();
    let mut ties: Vec<_> = shared.chunk_by(|a, b| a.0 == b.0).map(|tie| (tie[0].0, tie)).collect();
    ties.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut drawn: BTreeMap<u32, usize> = BTreeMap::new();
    ties.retain(|((a, b), _)| {
        let among_strongest = [a, b].into_iter().any(|text| drawn.get(text).is_none_or(|&n| n < STRONGEST));
        for text in [a, b].into_iter().filter(|_| among_strongest) {
            *drawn.entry(*text).or_default() += 1;
        }
        among_strongest
    });
    ties.truncate(MOST_TIES);
    let common = |g: u32| {
        let group = &groups[g as usize];
        InCommon { name: group.name.to_string(), kind: group.kind.into(), url: group.url.to_string() }
    };
    let bond = |((a, b), shared): ((u32, u32), &[(_, u32)])| Bond {
        texts: (a as usize, b as usize),
        shared: shared.len(),
        named: shared.iter().take(MOST_NAMED).map(|&(_, g)| common(g)).collect(),
    };
    ties.into_iter().map(bond).collect()
}

/// What ties the texts. `order` is the order in which they stand.
pub fn map<'a>(cards: &[&'a DocumentCard], order: &[usize], bonds: &'a [Bond]) -> Map<'a> {
    let mut place: BTreeMap<usize, usize> =
        bonds.iter().flat_map(|b| [(b.texts.0, 0), (b.texts.1, 0)]).collect();
    let standing: Vec<usize> =
        order.iter().copied().filter(|i| place.contains_key(i)).take(MOST_DRAWN).collect();
    place.clear();
    place.extend(standing.iter().enumerate().map(|(n, &i)| (i, EDGE + n * LINE)));
    let spots = standing.iter().map(|i| Spot {
        document: Face(cards[*i]),
        title: super::wording::shortened(&cards[*i].title, TITLE),
        short: super::wording::shortened(&cards[*i].title, SHORT.1),
        at: place[i],
        y: place[i],
    });
    let ties = bonds.iter().filter_map(|bond| {
        let (a, b) = bond.texts;
        let (a, b) = if place.get(&a)? <= place.get(&b)? { (a, b) } else { (b, a) };
        let (y1, y2) = (*place.get(&a)?, *place.get(&b)?);
        let reach = 20 + (y2 - y1) * 180 / (standing.len() * LINE).max(1);
        Some(Tie {
            from: cards[a],
            to: cards[b],
            width: (bond.shared.ilog2() as usize + 1).min(WIDEST),
            more: bond.shared.saturating_sub(MOST_NAMED),
            shared: &bond.named,
            y1,
            y2,
            reach,
        })
    });
    let ties: Vec<Tie<'_>> = ties.collect();
    // An arc comes as far out as three quarters of where its handles are.
    let left = ties.iter().map(|t| t.reach * 3 / 4).max().unwrap_or(0) + EDGE;
    let mut widths: Vec<usize> = ties.iter().map(|t| t.width).collect();
    widths.sort_unstable();
    widths.dedup();
    let legend =
        [0, widths.len() / 2, widths.len().saturating_sub(1)].into_iter().filter_map(|i| widths.get(i));
    let mut legend: Vec<Thickness> =
        legend.map(|&width| Thickness { width, from: 1 << (width - 1) }).collect();
    legend.dedup();
    Map { height: standing.len() * LINE + 2 * EDGE, left, spots: spots.collect(), ties, legend }
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

    fn work(year: &str, id: &str) -> WorkCard {
        WorkCard {
            id: id.to_owned(),
            url: format!("works/{id}.html"),
            author: String::new(),
            title: id.to_owned(),
            quoted: false,
            container: None,
            year: Some(year.to_owned()),
            citations: 1,
            documents: 1,
        }
    }

    #[test]
    fn titles_stand_in_time_and_never_on_each_other() {
        let cards =
            [card("b", Some("1901")), card("a", Some("1900")), card("c", Some("1900-02")), card("d", None)];
        let cards: Vec<&DocumentCard> = cards.iter().collect();
        let works =
            [work("1605", "a"), work("1851", "b"), work("1853b", "c"), work("n.d.", "d"), work("2004", "e")];
        let line = timeline(&cards, &works);
        let order: Vec<&str> = line.spots.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(order, ["a", "c", "b"]);
        assert!(line.spots.windows(2).all(|w| w[1].y >= w[0].y + LINE && w[1].at >= w[0].at));
        assert!(line.spots.iter().all(|s| s.y + EDGE <= line.height));
        assert_eq!(line.ticks[0].year, 1900);
        let cited: Vec<(i32, i32, usize)> =
            line.cited.iter().map(|c| (c.from, c.to, c.works.len())).collect();
        assert_eq!(cited, [(1600, 1619, 1), (1840, 1859, 2), (2000, 2019, 1)]);
        assert_eq!((line.cited[1].width, line.cited[1].y), (BAR, EDGE + 12 * LINE));
        assert!(line.cited.iter().all(|c| c.y + EDGE <= line.cited_height));
        assert!(timeline(&[], &[]).spots.is_empty());
    }

    #[test]
    fn an_arc_ties_what_shares_and_nothing_else() {
        let cards = [card("a", None), card("b", None), card("c", None)];
        let cards: Vec<&DocumentCard> = cards.iter().collect();
        let group = |name: &str, members: &'static [usize]| Group {
            name: name.to_owned().into(),
            kind: "tag",
            url: format!("tags/{name}.html").into(),
            members: members.into(),
        };
        let groups = [group("x", &[0, 2]), group("y", &[0, 2]), group("z", &[1])];
        let bonds = bonds(cards.len(), &groups);
        let map = map(&cards, &[2, 1, 0], &bonds);
        assert_eq!(map.ties.len(), 1);
        let tie = &map.ties[0];
        assert_eq!((tie.from.slug.as_str(), tie.to.slug.as_str(), tie.width), ("c", "a", 2));
        assert_eq!(tie.shared[1].url, "tags/y.html");
        assert!(tie.y1 < tie.y2 && tie.reach * 3 / 4 <= map.left);
        assert_eq!(map.spots.len(), 2);
    }

    #[test]
    fn where_everything_is_tied_to_everything_the_strongest_ties_are_drawn() {
        let cards: Vec<DocumentCard> = (0..12).map(|i| card(&format!("t{i}"), None)).collect();
        let cards: Vec<&DocumentCard> = cards.iter().collect();
        let order: Vec<usize> = (0..12).collect();
        let pairs = (0..12).flat_map(|a| (a + 1..12).map(move |b| [a, b]));
        // The last two share most.
        let groups: Vec<Group> = pairs
            .chain([[10, 11]; 3])
            .map(|pair| Group {
                name: "".into(),
                kind: "tag",
                url: "".into(),
                members: Vec::from(pair).into(),
            })
            .collect();
        let bonds = bonds(cards.len(), &groups);
        let map = map(&cards, &order, &bonds);
        assert_eq!((map.spots.len(), map.ties[0].width), (12, 3));
        assert!(map.ties.len() <= 12 * STRONGEST, "{} of 66 ties", map.ties.len());
    }
}
