//! How well the text that ends at one gap goes on at another.
//!
//! Every figure here is a logarithm of odds: how much oftener a thing is seen where a page follows another than
//! between two pages of a text that are taken at random. They were counted on books that `examples/evaluate` makes
//! of the practice documents (10,000 breaks), with what is nearly the same brought together. The same figures
//! judge the printed order and every other, so that what favours all alike favours none.
//!
//! [`side`] says how a text ends and begins by its signs, [`words`] which of its words follow one another.

mod side;
mod words;

use self::side::{Head, SIGNS, Tail, head_of, last_line, tail_of, unclosed, unopened};
use self::words::{Words, split};
use super::pages::{Gap, Printed};
use crate::layout::{Kind, Layout};
use crate::model::Marker;
use crate::restore::body::Rest;
use crate::source::Source;

/// What is seen on both sides of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A word that is cut by a hyphen.
    Hyphen,
    /// Lower case behind it.
    Torn,
    /// A sentence that does not end, and no lower case.
    Open,
    /// The end of a sentence and the beginning of one.
    Whole,
    /// A heading or an item on either side.
    Apart,
    /// A book's title behind it.
    Title,
    /// A heading before it.
    Headed,
}

/// What becomes of sentences that are cut at gaps if the pages are read as printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsPrinted {
    /// How many are cut.
    pub torn: usize,
    /// How many of them do not seem to go on.
    pub broken: usize,
    /// What it is worth that they do, in all.
    pub worth: f32,
}

impl AsPrinted {
    /// True if they go on, by and large.
    pub fn goes_on(self) -> bool {
        /// Breaks by which it can be judged, what each is worth on average, and how many of ten may be broken. Where
        /// the order is right the worth is about 1.4; in gatherings of one sheet every other break is wrong.
        const ENOUGH: (usize, f32, usize) = (6, 0.8, 2);
        self.torn >= ENOUGH.0
            && self.worth >= ENOUGH.1 * self.torn as f32
            && self.broken * 10 <= ENOUGH.2 * self.torn
    }

    /// True if more of them break off than not.
    pub fn breaks_off(self) -> bool {
        /// Fewest by which it can be judged.
        const FEWEST: usize = 3;
        self.torn >= FEWEST && self.broken * 2 >= self.torn && self.worth < 0.0
    }
}

/// Words on either side of a gap that tell what it is about.
const WINDOW: usize = 240;
/// A word that stands in a text more often than this tells nothing about a place.
const COMMON: u32 = 60;
/// Fewest words from which a document's own habits can be told.
const HABITS: usize = 400;
/// Most headings of the highest order that are titles rather than chapters.
const TITLES: usize = 3;
/// The most that can speak against two pages following one another: one in fifty that do looks as if they did not.
const WORST: f32 = -3.5;
/// Pairs of places by which chance is measured.
const SAMPLE: usize = 2_000;

/// One side of a gap.
#[derive(Clone, Debug)]
struct Side<K> {
    kind: K,
    /// Unclosed (or, of a head, unopened) signs by kind.
    balance: [bool; SIGNS],
    /// The word next to the gap.
    word: Option<u32>,
    /// … as text, for words cut by a hyphen.
    text: String,
    /// The rare words near, sorted.
    about: Vec<(u32, f32)>,
}

/// What is known of the places in a text.
#[derive(Debug)]
pub struct Evidence {
    tails: Vec<Side<Tail>>,
    heads: Vec<Side<Head>>,
    words: Words,
    /// Words before each gap.
    places: Vec<usize>,
    /// Mean and deviation of what two places chosen at random have in common.
    chance: (f32, f32),
    /// True if so few headings are of the highest order that they are titles.
    titled: bool,
    /// True for a gap right behind a heading.
    below_heading: Vec<bool>,
    seams: Vec<(f32, f32)>,
}

impl Evidence {
    /// Gathers it.
    pub fn gather(
        source: &Source,
        layout: &Layout,
        markers: &[Marker],
        rests: &[Rest],
        printed: &Printed,
    ) -> Evidence {
        let is_edge = &printed.is_apart;
        let text = |i: usize| {
            rests[i].ranges.iter().map(|&(s, e)| unmarked(source, markers, s, e)).collect::<String>()
        };
        let mut words = Words::default();
        let mut tokens: Vec<u32> = Vec::new();
        // Where the words of each line begin.
        let mut first_token = vec![0; rests.len() + 1];
        for (i, rest) in rests.iter().enumerate() {
            first_token[i] = tokens.len();
            if is_edge[rest.line] {
                continue;
            }
            for (_, word) in split(&text(i)) {
                tokens.push(words.id(word));
            }
        }
        first_token[rests.len()] = tokens.len();
        let mut apart: Vec<usize> =
            printed.gaps.iter().map(|g| first_token[g.before.min(rests.len())]).collect();
        apart.dedup();
        words.learn(&tokens, &apart);
        let width = usual_width(layout, rests);
        // The nearer to the gap, the more a word tells.
        let about = |near: &mut dyn Iterator<Item = u32>| {
            let mut ids: Vec<(u32, f32)> = near
                .take(WINDOW)
                .enumerate()
                .filter(|(_, w)| (2..=COMMON).contains(&words.counts[*w as usize]))
                .map(|(distance, w)| (w, (1.0 - distance as f32 / WINDOW as f32).powi(2)))
                .collect();
            ids.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            ids.dedup_by_key(|w| w.0);
            ids
        };
        let body = |i: &usize| !is_edge[rests[*i].line];
        let mut tails = Vec::new();
        let mut heads = Vec::new();
        let mut below_heading = Vec::new();
        for gap in &printed.gaps {
            let tail = paragraph_before(rests, gap, &body).map(text_of(&text));
            let head = paragraph_behind(rests, gap, &body).map(text_of(&text));
            let tail_text = tail.as_deref().unwrap_or_default();
            let head_text = head.as_deref().unwrap_or_default();
            let at = first_token[gap.before.min(rests.len())];
            let last = split(last_line(tail_text)).last().map(|(_, w)| w.to_owned()).unwrap_or_default();
            let first = split(head_text).next().map(|(_, w)| w.to_owned()).unwrap_or_default();
            below_heading.push(last_line(tail_text).starts_with('#'));
            tails.push(Side {
                kind: tail_of(tail_text, width),
                balance: unclosed(tail_text),
                word: words.ids.get(&last.to_lowercase()).copied(),
                text: last,
                about: about(&mut tokens[..at].iter().rev().copied()),
            });
            heads.push(Side {
                kind: head_of(head_text),
                balance: unopened(head_text),
                word: words.ids.get(&first.to_lowercase()).copied(),
                text: first,
                about: about(&mut tokens[at..].iter().copied()),
            });
        }
        let seams = vec![(f32::NAN, 0.0); printed.gaps.len() * printed.gaps.len()];
        let places: Vec<usize> =
            printed.gaps.iter().map(|g| first_token[g.before.min(rests.len())]).collect();
        let titles = heads.iter().filter(|head| head.kind == Head::Title).count();
        let titled = titles <= TITLES;
        if titled {
            title_pages_say_nothing(&mut tails, &heads, &places);
        }
        let chance = (0.0, 1.0);
        let mut evidence = Evidence { tails, heads, words, places, chance, titled, below_heading, seams };
        evidence.measure_chance();
        evidence
    }

    /// What it is worth that the text before gap `end` goes on behind gap `start`.
    pub fn seam(&mut self, end: usize, start: usize) -> f32 {
        let (form, subject) = self.parts(end, start);
        (form + subject).max(WORST)
    }

    /// What a gap looks like.
    pub fn form(&self, gap: usize) -> Form {
        match (self.tails[gap].kind, self.heads[gap].kind) {
            (Tail::Hyphen, _) => Form::Hyphen,
            (_, Head::Title) if self.titled => Form::Title,
            _ if self.below_heading[gap] => Form::Headed,
            (_, Head::Lower) => Form::Torn,
            (Tail::Open, _) => Form::Open,
            (Tail::Short, _) | (_, Head::Apart | Head::Title) => Form::Apart,
            _ => Form::Whole,
        }
    }

    /// True if a sentence is cut at a gap.
    pub fn is_torn(&self, gap: usize) -> bool {
        matches!(self.tails[gap].kind, Tail::Open | Tail::Hyphen) || self.heads[gap].kind == Head::Lower
    }

    /// How the sentences that are cut at gaps go on as printed.
    pub fn as_printed(&mut self) -> AsPrinted {
        let torn: Vec<usize> = (1..self.tails.len() - 1).filter(|&gap| self.is_torn(gap)).collect();
        let worth: Vec<f32> = torn.iter().map(|&gap| self.seam(gap, gap)).collect();
        AsPrinted {
            torn: torn.len(),
            broken: worth.iter().filter(|&&worth| worth < 0.0).count(),
            worth: worth.iter().sum(),
        }
    }

    /// True if a heading of the highest order, of which a book has few, stands first behind a gap.
    pub fn is_title(&self, gap: usize) -> bool {
        self.titled && self.heads[gap].kind == Head::Title
    }

    fn parts(&mut self, end: usize, start: usize) -> (f32, f32) {
        let key = end * self.tails.len() + start;
        if self.seams[key].0.is_nan() {
            self.seams[key] = self.judge(end, start);
        }
        self.seams[key]
    }

    /// What it is worth that the text begins behind a gap.
    pub fn begins(&self, start: usize) -> f32 {
        match self.heads[start].kind {
            Head::Lower => -2.5,
            Head::Upper | Head::Other => 0.3,
            Head::Apart => 0.6,
            Head::Title => 2.0,
        }
    }

    /// What it is worth that the text (or a part of it, with a blank page behind) ends before a gap.
    pub fn ends(&self, end: usize) -> f32 {
        match self.tails[end].kind {
            Tail::Hyphen => -3.0,
            Tail::Open => -2.0,
            Tail::Half => -1.0,
            Tail::Closed => 0.3,
            Tail::Short => 0.3,
        }
    }

    fn judge(&self, end: usize, start: usize) -> (f32, f32) {
        let (tail, head) = (&self.tails[end], &self.heads[start]);
        let mut score = match (tail.kind, head.kind) {
            (Tail::Hyphen, Head::Lower) => self.words.joined(&tail.text, &head.text),
            (Tail::Hyphen, _) => -2.5,
            (Tail::Open, Head::Lower) => 0.3,
            (Tail::Open, Head::Upper) => -1.1,
            (Tail::Open, Head::Apart) => -1.2,
            (Tail::Open, Head::Title) => -4.0,
            (Tail::Open, Head::Other) => 0.2,
            (Tail::Half, Head::Lower) => -0.5,
            (Tail::Half, Head::Title) => -2.5,
            (Tail::Half, Head::Upper) => 0.4,
            (Tail::Half, Head::Apart | Head::Other) => 1.0,
            (Tail::Closed, Head::Lower) => -2.9,
            (Tail::Closed, Head::Title) => -3.0,
            (Tail::Closed, Head::Apart) => 0.9,
            (Tail::Closed, Head::Upper) => 0.8,
            (Tail::Closed, Head::Other) => 0.5,
            (Tail::Short, Head::Lower) => -0.4,
            (Tail::Short, Head::Title) => -2.5,
            (Tail::Short, _) => 0.5,
        };
        // Signs left open on one page are closed on the next.
        for (&open, &close) in tail.balance.iter().zip(&head.balance) {
            score += match (open, close) {
                (true, true) => 2.2,
                (true, false) => -1.3,
                (false, true) => -2.4,
                (false, false) => 0.0,
            };
        }
        if tail.kind == Tail::Open && self.words.total as usize >= HABITS {
            let follows = self.words.follows(tail.word, head.word);
            score += 1.25 * follows - 0.1 - if follows <= -1.75 { 1.0 } else { 0.0 };
        }
        if self.overlap(end, start) || tail.about.is_empty() || head.about.is_empty() {
            return (score, 0.0);
        }
        let z = (self.common(end, start) - self.chance.0) / self.chance.1;
        (score, (1.15 * z - 0.95).clamp(-2.2, 4.0))
    }

    /// True if the words before the one gap are those behind the other, which tells nothing.
    fn overlap(&self, end: usize, start: usize) -> bool {
        start < end && (self.places[end] - self.places[start]) * 2 < WINDOW * 3
    }

    /// What two places have in common: rare words near both, the rarer the more.
    fn common(&self, end: usize, start: usize) -> f32 {
        let (a, b) = (&self.tails[end].about, &self.heads[start].about);
        let (mut i, mut k, mut sum) = (0, 0, 0.0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(k)) {
            if x.0 == y.0 {
                sum += x.1 * y.1 / (self.words.counts[x.0 as usize] as f32).sqrt();
            }
            i += usize::from(x.0 <= y.0);
            k += usize::from(y.0 <= x.0);
        }
        sum
    }

    fn measure_chance(&mut self) {
        let n = self.tails.len();
        let mut values = Vec::new();
        // Steps that share no factor with one another visit pairs of all distances.
        for i in 0..SAMPLE.min(n * n) {
            let (a, b) = (i * 7 % n, (i * 13 + i / n * 5) % n);
            if a != b && !self.overlap(a, b) {
                values.push(self.common(a, b));
            }
        }
        if values.len() < 16 {
            return;
        }
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / values.len() as f32;
        self.chance = (mean, variance.sqrt().max(0.25));
    }
}

/// What stands before the end of a title page is another page's, and its own few words do not tell what the book is about.
fn title_pages_say_nothing(tails: &mut [Side<Tail>], heads: &[Side<Head>], places: &[usize]) {
    /// Most words of a title page.
    const WORDS: usize = 60;
    let mut title: Option<usize> = None;
    for (gap, tail) in tails.iter_mut().enumerate() {
        if title.is_some_and(|at| places[gap] - at <= WORDS) {
            tail.about.clear();
        }
        if heads[gap].kind == Head::Title {
            title = Some(places[gap]);
        }
    }
}

/// A stretch of text without the markers in it.
fn unmarked(source: &Source, markers: &[Marker], start: usize, end: usize) -> String {
    let mut out = String::with_capacity(end - start);
    let mut at = start;
    let first = markers.partition_point(|m| (m.span.start as usize) < start);
    for marker in markers[first..].iter().take_while(|m| m.span.end as usize <= end) {
        out.push_str(&source.text[at.min(marker.span.start as usize)..marker.span.start as usize]);
        at = at.max(marker.span.end as usize);
    }
    out.push_str(&source.text[at..end]);
    out
}

/// Lines of the longest paragraph that is looked at.
const PARAGRAPH: usize = 40;

fn paragraph_before(rests: &[Rest], gap: &Gap, body: &impl Fn(&usize) -> bool) -> Option<Vec<usize>> {
    let mut lines: Vec<usize> = Vec::new();
    for i in (0..gap.before.min(rests.len())).rev().filter(body).take(PARAGRAPH) {
        lines.push(i);
        if rests[i].blanks > 0 || rests[i].cut {
            break;
        }
    }
    lines.reverse();
    (!lines.is_empty()).then_some(lines)
}

fn paragraph_behind(rests: &[Rest], gap: &Gap, body: &impl Fn(&usize) -> bool) -> Option<Vec<usize>> {
    let mut lines: Vec<usize> = Vec::new();
    for i in (gap.before..rests.len()).filter(body).take(PARAGRAPH) {
        if !lines.is_empty() && (rests[i].blanks > 0 || rests[i].cut) {
            break;
        }
        lines.push(i);
    }
    (!lines.is_empty()).then_some(lines)
}

fn text_of<'a>(text: &'a impl Fn(usize) -> String) -> impl FnOnce(Vec<usize>) -> String + 'a {
    move |lines| lines.into_iter().map(text).collect::<Vec<_>>().join("\n")
}

fn usual_width(layout: &Layout, rests: &[Rest]) -> usize {
    let mut widths: Vec<usize> = rests
        .iter()
        .map(|r| &layout.lines[r.line])
        .filter(|l| l.kind == Kind::Text)
        .map(|l| l.end - l.start)
        .collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}
