//! How much each gap looks like the edge of a page, and how long pages are, learnt from the text itself.
//!
//! Whether a page ends at two blank lines or at one, behind notes, at a number or within a sentence, and how much
//! text it holds: all that differs from book to book and is much the same within one. So the text is cut into pages
//! of about one length, whatever their order; what is seen at these cuts and between them is counted, and it is cut
//! again by what was learnt (expectation-maximisation with hard assignments; Dempster, Laird and Rubin 1977).

use super::evidence::Form;
use super::pages::{EdgeKind, Foot, Gap, Signs};

/// What is learnt of the pages of a text.
#[derive(Clone, Debug)]
pub struct Looks {
    /// For each gap the logarithm of the odds that a page ends there: what is seen at the cuts against elsewhere.
    pub odds: Vec<f32>,
    /// The same where a title page ends, which bears neither head nor number.
    untitled: Vec<f32>,
    lengths: Lengths,
    /// How well the text can be cut so.
    pub score: f32,
    /// What the length is counted in.
    measure: usize,
    at: Vec<f32>,
    /// True for a gap that a book's title stands behind.
    is_title: Vec<bool>,
    /// Pages without any text that seem to stand at each gap.
    pub empty: Vec<u8>,
}

/// How long pages are.
#[derive(Clone, Copy, Debug)]
enum Lengths {
    /// Form feeds say where they end.
    Any,
    /// Most are about so long, in characters, with this deviation; gaps are so far apart.
    About { mean: f32, deviation: f32, apart: f32 },
}

/// Most gaps that a page can reach over.
const REACH: usize = 160;
/// Pages that are shorter or longer than the usual one: title pages, ends of chapters.
const UNUSUAL: f32 = 0.15;
/// How much shorter than usual title pages are, and how often a page that begins with a book's title holds little else.
const LITTLE: f32 = 0.35;
const TITLES: f32 = 0.7;
/// What holds less than this, and no title, is no page.
const LEAST: f32 = 0.04;
/// How much longer than usual a page can be.
const LONGEST: f32 = 1.9;
/// A page is not looked at whose end looks so much less like one than that of another from the same place: it saves nine
/// tenths of the work, and changed no outcome of the evaluation.
pub const UNLIKELY: f32 = 18.0;
/// Ends of pages from one place, those that look most like ends: of a text in short lines a hundred and more would do.
const MOST_ENDS: usize = 32;
/// Times that a text is cut to learn from it.
const ROUNDS: usize = 5;
/// How much what is usual in books weighs against what is counted in this one, in pages.
const USUAL: f32 = 5.0;
/// How often a thing is seen at the edges of pages and between lines within them, in books as they are.
type Rates<const N: usize> = [[f32; N]; 2];
const BLANKS: Rates<4> = [[0.05, 0.55, 0.28, 0.12], [0.02, 0.92, 0.04, 0.02]];
const FEET: Rates<3> = [[0.6, 0.1, 0.3], [0.965, 0.02, 0.015]];
const EDGES: Rates<3> = [[0.45, 0.15, 0.4], [0.97, 0.015, 0.015]];
const FORMS: Rates<7> =
    [[0.05, 0.45, 0.17, 0.21, 0.1, 0.02, 0.003], [0.002, 0.018, 0.03, 0.71, 0.18, 0.0005, 0.06]];
/// What a form feed is worth where form feeds mark pages.
const FEED: f32 = 4.0;

/// The rates of one text.
#[derive(Clone, Copy)]
struct Habits {
    blanks: Rates<4>,
    feet: Rates<3>,
    edges: Rates<3>,
    forms: Rates<7>,
}

fn blanks(signs: Signs) -> usize {
    usize::from(signs.blanks.min(3))
}

fn foot(signs: Signs) -> usize {
    match signs.foot {
        Foot::Bare => 0,
        Foot::Rule => 1,
        Foot::Notes => 2,
    }
}

fn edge(signs: Signs) -> usize {
    match signs.edge {
        EdgeKind::Bare => 0,
        EdgeKind::Head => 1,
        EdgeKind::Number => 2,
    }
}

fn form(form: Form) -> usize {
    match form {
        Form::Hyphen => 0,
        Form::Torn => 1,
        Form::Open => 2,
        Form::Whole => 3,
        Form::Apart => 4,
        Form::Title => 5,
        Form::Headed => 6,
    }
}

impl Habits {
    const OF_BOOKS: Habits = Habits { blanks: BLANKS, feet: FEET, edges: EDGES, forms: FORMS };

    /// The odds that a page ends where that is seen; `titled` if it or the next would be a title page, which bears
    /// neither head nor number.
    fn odds(&self, signs: Signs, of: Form, titled: bool) -> f32 {
        fn ratio<const N: usize>(rates: &Rates<N>, i: usize) -> f32 {
            (rates[0][i] / rates[1][i]).ln()
        }
        let edges = ratio(&self.edges, edge(signs));
        ratio(&self.blanks, blanks(signs))
            + ratio(&self.feet, foot(signs))
            + if titled { edges.max(0.0) } else { edges }
            + ratio(&self.forms, form(of))
    }

    /// Counts what is seen at the cuts and between them.
    fn learn(gaps: &[Gap], forms: &[Form], is_cut: &[bool]) -> Habits {
        fn start<const N: usize>(rates: &Rates<N>) -> Rates<N> {
            rates.map(|row| row.map(|rate| rate * USUAL))
        }
        fn share<const N: usize>(counts: Rates<N>) -> Rates<N> {
            counts.map(|row| row.map(|count| count / row.iter().sum::<f32>()))
        }
        let usual = Habits::OF_BOOKS;
        let (mut blank, mut feet) = (start(&usual.blanks), start(&usual.feet));
        let (mut edges, mut kinds) = (start(&usual.edges), start(&usual.forms));
        for i in 1..gaps.len() - 1 {
            let row = usize::from(!is_cut[i]);
            let signs = gaps[i].signs;
            blank[row][blanks(signs)] += 1.0;
            feet[row][foot(signs)] += 1.0;
            edges[row][edge(signs)] += 1.0;
            kinds[row][form(forms[i])] += 1.0;
        }
        Habits { blanks: share(blank), feet: share(feet), edges: share(edges), forms: share(kinds) }
    }
}

impl Lengths {
    /// What a page's length is worth.
    fn fit(self, length: f32, title: bool) -> f32 {
        let Lengths::About { mean, deviation, apart } = self else { return 0.0 };
        let titles = if title && self.is_short(length) { TITLES / (LITTLE * mean) } else { 0.0 };
        let usual = usual(length, mean, deviation) * (1.0 - UNUSUAL);
        let unusual = if length < LEAST * mean {
            0.02 / mean
        } else if length < mean {
            1.0 / mean
        } else {
            (-(length - mean) / (0.2 * mean)).exp() / mean
        };
        ((usual + UNUSUAL * unusual + titles) * apart).ln().max(-20.0)
    }

    /// True for a page as short as title pages are.
    fn is_short(self, length: f32) -> bool {
        matches!(self, Lengths::About { mean, .. } if length < LITTLE * mean)
    }

    /// More than pages are worth by their lengths, but for title pages.
    fn most(self) -> Most {
        let Lengths::About { mean, deviation, apart } = self else {
            return Most { mean: 0.0, deviation: 1.0, usual: f32::MAX, other: f32::MAX };
        };
        let other = (UNUSUAL * apart / mean).ln();
        Most { mean, deviation, usual: (usual(mean, mean, deviation) * apart).ln(), other }
    }
}

/// A bound of [`Lengths::fit`] without its exponentials and logarithms.
#[derive(Clone, Copy)]
struct Most {
    mean: f32,
    deviation: f32,
    /// What the usual length is worth, and at most any other.
    usual: f32,
    other: f32,
}

impl Most {
    fn of(self, length: f32) -> f32 {
        /// Two addends are at most twice the larger; and a little for rounding.
        const TWICE: f32 = std::f32::consts::LN_2 + 0.01;
        let z = (length - self.mean) / self.deviation;
        TWICE + self.other.max(self.usual - 0.5 * z * z)
    }
}

/// Where no form feeds say so: at twice as many blank lines as most pages have between them an empty one may stand; but
/// not before a heading, which has more of them anyway.
fn empty_pages(gaps: &[Gap], forms: &[Form], cuts: &[usize]) -> Vec<u8> {
    let mut runs: Vec<u8> = cuts.iter().map(|&cut| gaps[cut].signs.blanks).collect();
    runs.sort_unstable();
    let usual = runs[runs.len() / 2].max(1);
    let headed = |form: &Form| matches!(form, Form::Apart | Form::Title | Form::Headed);
    let empty = |(gap, form): (&Gap, &Form)| gap.signs.blanks >= usual.saturating_mul(2) && !headed(form);
    gaps.iter().zip(forms).map(|both| u8::from(empty(both))).collect()
}

/// The normal distribution.
fn usual(length: f32, mean: f32, deviation: f32) -> f32 {
    let z = (length - mean) / deviation;
    (-0.5 * z * z).exp() / (deviation * (2.0 * std::f32::consts::PI).sqrt())
}

impl Looks {
    /// Where form feeds mark the pages, they alone do.
    pub fn of_feeds(gaps: &[Gap]) -> Looks {
        let odds: Vec<f32> = gaps.iter().map(|g| if g.signs.feeds > 0 { FEED } else { -FEED }).collect();
        let at = gaps.iter().map(|g| g.at[0]).collect();
        let is_title = vec![false; gaps.len()];
        let empty = gaps.iter().map(|g| g.signs.feeds.saturating_sub(1)).collect();
        let (score, untitled) = (odds.iter().sum(), odds.clone());
        Looks { empty, score, odds, untitled, lengths: Lengths::Any, measure: 0, at, is_title }
    }

    /// Learns how the pages of a text look if there are about so many.
    /// `forms` says what stands on both sides of each gap; `measure` is the one of [`Gap::at`].
    pub fn learn(gaps: &[Gap], forms: &[Form], pages: f32, measure: usize) -> Looks {
        let at: Vec<f32> = gaps.iter().map(|g| g.at[measure]).collect();
        let whole = at[at.len() - 1];
        let apart = whole / (gaps.len() - 1) as f32;
        let mean = whole / pages;
        let mut habits = Habits::OF_BOOKS;
        let lengths = Lengths::About { mean, deviation: 0.2 * mean, apart };
        let is_title = forms.iter().map(|&form| form == Form::Title).collect();
        let (odds, empty) = (vec![0.0; gaps.len()], vec![0; gaps.len()]);
        let untitled = odds.clone();
        let mut looks = Looks { odds, untitled, lengths, score: f32::MIN, measure, at, is_title, empty };
        for _ in 0..ROUNDS {
            for (i, (gap, &form)) in gaps.iter().zip(forms).enumerate() {
                looks.odds[i] = habits.odds(gap.signs, form, form == Form::Title);
                looks.untitled[i] = habits.odds(gap.signs, form, true);
            }
            let cuts = looks.cut();
            let mut is_cut = vec![false; gaps.len()];
            cuts.iter().for_each(|&cut| is_cut[cut] = true);
            habits = Habits::learn(gaps, forms, &is_cut);
            looks.lengths = looks.measured(&cuts);
            looks.empty = empty_pages(gaps, forms, &cuts);
        }
        looks
    }

    /// What it is worth that a page reaches from one gap to another.
    pub fn worth(&self, from: usize, to: usize) -> f32 {
        let length = self.at[to] - self.at[from];
        self.odds_of(from, to) + self.lengths.fit(length, self.is_title[from])
    }

    /// Where the text ends a page does.
    fn odds_of(&self, from: usize, to: usize) -> f32 {
        match to + 1 < self.odds.len() {
            true if self.is_title_page(from, to) => self.untitled[to],
            true => self.odds[to],
            false => 0.0,
        }
    }

    /// True for a page that begins with a book's title and holds little else.
    fn is_title_page(&self, from: usize, to: usize) -> bool {
        self.is_title[from] && self.lengths.is_short(self.at[to] - self.at[from])
    }

    /// Where a page from a gap is likeliest to end, and what that is worth.
    pub fn ends(&self, from: usize) -> Vec<(usize, f32)> {
        let mut ends: Vec<(usize, f32)> = self.reach(from).map(|to| (to, self.worth(from, to))).collect();
        ends.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let likeliest = ends.first().map_or(f32::MIN, |end| end.1);
        ends.truncate(MOST_ENDS);
        // A title page, which bears no mark, is none the less one.
        ends.retain(|end| end.1 >= likeliest - UNLIKELY || self.is_title_page(from, end.0));
        ends.sort_unstable_by_key(|end| end.0);
        ends
    }

    /// The gaps that a page from a gap may end at.
    fn reach(&self, from: usize) -> std::ops::Range<usize> {
        let end = self.odds.len().min(from + 1 + REACH);
        let last = match self.lengths {
            Lengths::Any => {
                (from + 1..end).find(|&to| self.odds[to] > 0.0).map_or(end, |to| (to + 4).min(end))
            }
            Lengths::About { mean, .. } => {
                (from + 1..end).find(|&to| self.at[to] - self.at[from] > LONGEST * mean).unwrap_or(end)
            }
        };
        from + 1..last.max(from + 2).min(self.odds.len())
    }

    /// True if pages that look so are of the same length.
    pub fn is_like(&self, other: &Looks) -> bool {
        match (self.lengths, other.lengths) {
            (Lengths::About { mean: a, .. }, Lengths::About { mean: b, .. }) => {
                self.measure == other.measure && (a - b).abs() < 0.04 * a.min(b)
            }
            _ => true,
        }
    }

    /// The best cutting into pages, whatever their order.
    pub fn cut(&mut self) -> Vec<usize> {
        let end = self.odds.len() - 1;
        let mut best = vec![(f32::MIN, 0); end + 1];
        best[0].0 = 0.0;
        let most = self.lengths.most();
        for from in 0..end {
            for to in self.reach(from) {
                // Most ends are seen to be worse than a known one before their worth is computed.
                let most = self.odds_of(from, to) + most.of(self.at[to] - self.at[from]);
                if !self.is_title[from] && best[from].0 + most <= best[to].0 {
                    continue;
                }
                let worth = best[from].0 + self.worth(from, to);
                if worth > best[to].0 {
                    best[to] = (worth, from);
                }
            }
        }
        self.score = best[end].0;
        let mut cuts = vec![end];
        while let Some(&cut) = cuts.last().filter(|&&cut| cut > 0) {
            cuts.push(best[cut].1);
        }
        cuts.reverse();
        cuts
    }

    /// The usual length of these pages.
    fn measured(&self, cuts: &[usize]) -> Lengths {
        let Lengths::About { mean, deviation, apart } = self.lengths else { return self.lengths };
        let (mut weight, mut sum, mut squares) = (0.5, 0.5 * mean, 0.5 * deviation * deviation);
        let lengths: Vec<(f32, f32)> = cuts
            .windows(2)
            .map(|w| {
                let length = self.at[w[1]] - self.at[w[0]];
                let usual = usual(length, mean, deviation) * (1.0 - UNUSUAL);
                (length, usual / (usual + UNUSUAL / mean))
            })
            .collect();
        for &(length, share) in &lengths {
            weight += share;
            sum += share * length;
        }
        let mean = sum / weight;
        for &(length, share) in &lengths {
            squares += share * (length - mean) * (length - mean);
        }
        let deviation = (squares / weight).sqrt().clamp(0.015 * mean, 0.2 * mean);
        Lengths::About { mean, deviation, apart }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve pages of six paragraphs each; `torn` says what stands at their edges.
    fn text(at_edges: Signs, torn: Form) -> (Vec<Gap>, Vec<Form>) {
        let signs =
            |i: usize| if i.is_multiple_of(6) { at_edges } else { Signs { blanks: 1, ..Signs::default() } };
        let form = |i: usize| if i.is_multiple_of(6) { torn } else { Form::Whole };
        // No two paragraphs of a page are of one length.
        let room = |i: usize| (i / 6 * 1_000 + i % 6 * (i % 6) * 30) as f32;
        let gap = |i: usize| Gap::at_room(i, room(i), signs(i));
        ((0..=72).map(gap).collect(), (0..=72).map(form).collect())
    }

    #[test]
    fn pages_are_cut_where_they_differ_from_what_is_between() {
        let edges: Vec<usize> = (0..=12).map(|page| page * 6).collect();
        let plain = Signs { blanks: 1, ..Signs::default() };
        for (signs, form) in [
            (plain, Form::Torn),
            (Signs { blanks: 2, ..plain }, Form::Whole),
            (Signs { edge: EdgeKind::Number, ..plain }, Form::Whole),
        ] {
            let (gaps, forms) = text(signs, form);
            // The number of pages need not be known.
            assert_eq!(Looks::learn(&gaps, &forms, 10.5, 0).cut(), edges, "{signs:?} {form:?}");
        }
    }

    #[test]
    fn pages_of_their_usual_length_are_worth_most() {
        let (gaps, forms) = text(Signs { blanks: 2, ..Signs::default() }, Form::Torn);
        let looks = Looks::learn(&gaps, &forms, 12.0, 0);
        assert!(looks.worth(6, 12) > looks.worth(6, 11));
        assert!(looks.worth(6, 12) > looks.worth(5, 12));
    }

    #[test]
    fn title_pages_bear_no_marks() {
        let marked = Signs { blanks: 2, edge: EdgeKind::Number, foot: Foot::Notes, ..Signs::default() };
        let (gaps, mut forms) = text(marked, Form::Torn);
        let untitled = Looks::learn(&gaps, &forms, 12.0, 0);
        forms[30] = Form::Title;
        let titled = Looks::learn(&gaps, &forms, 12.0, 0);
        assert!(titled.worth(30, 32) > untitled.worth(30, 32));
        // However well other pages show, they may end there.
        let may_end = |looks: &Looks| looks.ends(30).iter().any(|end| end.0 == 32);
        assert!(may_end(&titled) && !may_end(&untitled));
    }

    #[test]
    fn pages_without_text_show() {
        // One form feed ends a page, two end an empty one too.
        let gap = |i: usize, signs| Gap::at_room(i, 0.0, signs);
        let feeds = [0, 1, 2, 3, 0].map(|feeds| Signs { feeds, ..Signs::default() });
        let gaps: Vec<Gap> = feeds.into_iter().enumerate().map(|(i, signs)| gap(i, signs)).collect();
        assert_eq!(Looks::of_feeds(&gaps).empty, [0, 0, 1, 2, 0]);
        // Where blank lines part the pages there are twice as many about it.
        let (mut gaps, forms) = text(Signs { blanks: 2, ..Signs::default() }, Form::Torn);
        gaps[30].signs.blanks = 4;
        let empty = Looks::learn(&gaps, &forms, 12.0, 0).empty;
        assert_eq!(empty.iter().position(|&pages| pages > 0), Some(30));
        assert_eq!(empty.iter().sum::<u8>(), 1);
    }
}
