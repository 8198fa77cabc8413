//! How well the text that ends at one gap goes on at another.
//!
//! Every figure here is a logarithm of odds: how much oftener a thing is seen where a page follows another than
//! between two pages of a text that are taken at random. They were counted on books that `examples/evaluate` makes
//! of the practice documents (10,000 breaks), with what is nearly the same brought together. The same figures
//! judge the printed order and every other, so that what favours all alike favours none.

use std::collections::HashMap;

use super::pages::{Gap, Printed};
use crate::layout::prose::{closes_sentence, is_set_apart};
use crate::layout::{Kind, Layout, looks_like_heading};
use crate::model::Marker;
use crate::quotes::{self, Part, Shape};
use crate::restore::body::Rest;
use crate::source::Source;

/// How a page's text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// With a word cut by a hyphen.
    Hyphen,
    /// Within a sentence.
    Open,
    /// With a colon or semicolon.
    Half,
    /// With a sentence's end.
    Closed,
    /// With a heading, a verse, a line of a title.
    Short,
}

/// How a page's text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// With a heading or an item.
    Apart,
    /// With the heading of the highest order.
    Title,
    /// With a figure or a letter without case.
    Other,
}

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
}

impl AsPrinted {
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

/// Kinds of signs that open and close: round and square brackets; curly, angled and corner marks.
const SIGNS: usize = 5;

#[derive(Debug, Default)]
struct Words {
    ids: HashMap<String, u32>,
    counts: Vec<u32>,
    pairs: HashMap<(u32, u32), u32>,
    /// Frequent words are classes of their own, the others are told by their endings.
    class: Vec<u32>,
    class_counts: HashMap<u32, u32>,
    class_pairs: HashMap<(u32, u32), u32>,
    total: u32,
    sorted: Vec<String>,
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

impl Words {
    fn id(&mut self, word: &str) -> u32 {
        let word = word.to_lowercase();
        let next = self.ids.len() as u32;
        let id = *self.ids.entry(word).or_insert(next);
        if id == next {
            self.counts.push(0);
        }
        self.counts[id as usize] += 1;
        id
    }

    /// Learns which words and endings follow one another.
    /// Whether they do over a gap is what is asked, so what meets at one is not learnt from.
    fn learn(&mut self, tokens: &[u32], gaps: &[usize]) {
        /// A word this frequent has habits of its own.
        const FREQUENT: u32 = 12;
        let mut endings: HashMap<String, u32> = HashMap::new();
        self.class = vec![0; self.ids.len()];
        let base = self.ids.len() as u32;
        for &id in self.ids.values() {
            if self.counts[id as usize] >= FREQUENT {
                self.class[id as usize] = id;
            }
        }
        let mut words: Vec<(&String, u32)> = self.ids.iter().map(|(w, &i)| (w, i)).collect();
        words.sort_unstable();
        for &(word, id) in &words {
            if self.counts[id as usize] < FREQUENT {
                let chars: Vec<char> = word.chars().collect();
                let ending: String = chars[chars.len().saturating_sub(2)..].iter().collect();
                let next = base + endings.len() as u32;
                self.class[id as usize] = *endings.entry(ending).or_insert(next);
            }
        }
        self.sorted = words.into_iter().map(|(w, _)| w.clone()).collect();
        for &t in tokens {
            *self.class_counts.entry(self.class[t as usize]).or_default() += 1;
        }
        let mut gaps = gaps.iter().peekable();
        for (i, pair) in tokens.windows(2).enumerate() {
            while gaps.next_if(|&&g| g <= i).is_some() {}
            if gaps.peek() == Some(&&(i + 1)) {
                continue;
            }
            *self.pairs.entry((pair[0], pair[1])).or_default() += 1;
            *self
                .class_pairs
                .entry((self.class[pair[0] as usize], self.class[pair[1] as usize]))
                .or_default() += 1;
        }
        self.total = tokens.len() as u32;
    }

    /// What it is worth that one word follows another.
    fn follows(&self, before: Option<u32>, behind: Option<u32>) -> f32 {
        let (Some(a), Some(b)) = (before, behind) else { return 0.0 };
        let total = self.total as f32;
        let ratio = |seen: u32, x: u32, y: u32| {
            let expected = x as f32 * y as f32 / total;
            ((seen as f32 + 0.6) / (expected + 0.6)).ln()
        };
        let word = ratio(
            self.pairs.get(&(a, b)).copied().unwrap_or(0),
            self.counts[a as usize],
            self.counts[b as usize],
        );
        let (ca, cb) = (self.class[a as usize], self.class[b as usize]);
        let count = |c: u32| self.class_counts.get(&c).copied().unwrap_or(0);
        let class = ratio(self.class_pairs.get(&(ca, cb)).copied().unwrap_or(0), count(ca), count(cb));
        (0.6 * word.max(-1.0) + 0.6 * class).clamp(-2.0, 2.0)
    }

    /// What it is worth that the two halves of a word cut by a hyphen meet.
    fn joined(&self, left: &str, right: &str) -> f32 {
        let word = format!("{left}{right}").to_lowercase();
        if self.ids.contains_key(&word) {
            return 5.5;
        }
        // Another form of the word.
        let chars = word.chars().count();
        let stem: String = word.chars().take(chars.saturating_sub(2).max(5)).collect();
        let at = self.sorted.partition_point(|w| w.as_str() < stem.as_str());
        let kin = chars >= 6 && self.sorted.get(at).is_some_and(|w| w.starts_with(&stem));
        if kin { 0.7 } else { -1.0 }
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

/// The words of a text: runs of letters and digits; where letters have no case and no spaces, each by itself.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let solid = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7ff}').contains(&c);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let first = rest.chars().next()?;
            if !first.is_alphabetic() {
                at += first.len_utf8();
                continue;
            }
            let start = at;
            let len = if solid(first) {
                first.len_utf8()
            } else {
                rest.find(|c: char| !c.is_alphabetic() && !quotes::is_apostrophe(c) || solid(c))
                    .unwrap_or(rest.len())
            };
            at += len;
            return Some((start, rest[..len].trim_end_matches(quotes::is_apostrophe)));
        }
    })
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

fn last_line(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}

fn tail_of(text: &str, width: usize) -> Tail {
    let line = without_label(last_line(text).trim());
    let bare = line.trim_end_matches(['*', '_']);
    let cut = bare.strip_suffix(['-', '\u{ad}', '‐', '¬']);
    if cut.is_some_and(|c| c.ends_with(char::is_alphabetic)) {
        return Tail::Hyphen;
    }
    if line.starts_with('#')
        || line.is_empty()
        || line.ends_with('|')
        || line.ends_with(')') && line.starts_with('!')
    {
        return Tail::Short;
    }
    if closes_sentence(line) {
        let end = bare.trim_end_matches(|c: char| {
            c.is_ascii_digit() || quotes::closes(c) || c.is_whitespace() || ")]".contains(c)
        });
        return if end.ends_with([':', ';']) { Tail::Half } else { Tail::Closed };
    }
    let is_short = |line: &str| line.trim().chars().count() * 2 < width.min(80);
    let alone = !text.trim().contains('\n');
    // A short line under full ones is where a paragraph was cut.
    let above = text.trim_end().rsplit('\n').nth(1);
    let short = is_short(line) && above.is_none_or(is_short);
    if short || alone && looks_like_heading(line) && line.chars().count() < 60 {
        Tail::Short
    } else {
        Tail::Open
    }
}

/// The line without a label at its end that may be a marker which was not recognised: `[12]`, `¹²`.
fn without_label(line: &str) -> &str {
    let line = line.trim_end_matches(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    let line = line.strip_suffix("</sup>").and_then(|l| Some(&l[..l.rfind("<sup>")?])).unwrap_or(line);
    let inner =
        line.strip_suffix([']', ')']).map(|l| l.trim_end_matches(|c: char| c.is_ascii_digit() || c == '*'));
    inner
        .and_then(|l| l.strip_suffix(['[', '(']))
        .filter(|l| l.len() + 2 < line.len())
        .unwrap_or(line)
        .trim_end()
}

fn head_of(text: &str) -> Head {
    let first = text.lines().next().unwrap_or_default();
    if first.starts_with("# ") {
        return Head::Title;
    }
    // `(a)`, `(iv)`, `b)`
    let item = first.trim_start().trim_start_matches('(').split_once(')');
    let is_item =
        item.is_some_and(|(i, _)| (1..=4).contains(&i.len()) && i.bytes().all(|b| b.is_ascii_alphanumeric()));
    if is_item || is_set_apart(first) || first.trim_start().starts_with("![") {
        return Head::Apart;
    }
    let start =
        first.trim_start_matches(|c: char| c.is_whitespace() || quotes::opens(c) || "([_*¿¡—–…".contains(c));
    match start.chars().next() {
        Some(c) if c.is_lowercase() => Head::Lower,
        Some(c) if c.is_uppercase() => Head::Upper,
        _ => Head::Other,
    }
}

/// For each kind of sign, whether a text leaves one open.
fn unclosed(text: &str) -> [bool; SIGNS] {
    let mut depth = [0usize; SIGNS];
    for (kind, part) in signs(text) {
        depth[kind] = match part {
            Part::Opens => depth[kind] + 1,
            Part::Closes => depth[kind].saturating_sub(1),
        };
    }
    depth.map(|d| d > 0)
}

/// For each kind of sign, whether the first of a text closes what it does not open.
fn unopened(text: &str) -> [bool; SIGNS] {
    let mut first = [None; SIGNS];
    for (kind, part) in signs(text) {
        first[kind].get_or_insert(part);
    }
    first.map(|part| part == Some(Part::Closes))
}

/// The signs of a text that open and close, each kind in order.
fn signs(text: &str) -> impl Iterator<Item = (usize, Part)> {
    let brackets = text.chars().filter_map(|c| match c {
        '(' => Some((0, Part::Opens)),
        ')' => Some((0, Part::Closes)),
        '[' => Some((1, Part::Opens)),
        ']' => Some((1, Part::Closes)),
        _ => None,
    });
    let marks = quotes::marks(text).filter_map(|mark| match mark.shape {
        Shape::Curly => Some((2, mark.part)),
        Shape::Angled => Some((3, mark.part)),
        Shape::Corner => Some((4, mark.part)),
        // What may be an apostrophe or a sign of inches says nothing.
        Shape::Single | Shape::StraightSingle | Shape::Straight => None,
    });
    brackets.chain(marks)
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
