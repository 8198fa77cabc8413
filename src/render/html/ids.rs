//! The addresses inside a page.
//!
//! An id should outlive a rebuild: a note's is made of its label, a heading's of its words, a paragraph's of a hash of
//! its words. All are unique on the page; where two would be the same, the later gets a number.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Surroundings;
use crate::hash::Fast;
use crate::model::{Block, BlockKind, Document, HtmlPart, Inline, InlineKind, MarkerId, NoteId, plain_text};
use crate::words::words;

/// All addresses of one page, except those of paragraphs, which are made as they are written.
pub(super) struct Ids {
    taken: Taken,
    /// By [`NoteId`].
    pub notes: Vec<String>,
    /// By [`MarkerId`].
    pub markers: Vec<String>,
    /// By [`MarkerId`]: how the marker stands in the document.
    standing: Vec<Marker>,
    /// By [`NoteId`]: the markers that point to it, and stand somewhere.
    pub back: Vec<Vec<MarkerId>>,
    /// By [`NoteId`]: what is shown where the source shows no label.
    pub numbers: Vec<String>,
    /// Of headings and anchors, in the order in which they are written.
    pub places: VecDeque<String>,
    /// What a link of the source may call a place (`#place`) → its id.
    fragments: HashMap<String, String>,
    /// Of the list of notes.
    pub endnotes: String,
}

/// How a marker stands in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// Nowhere: no place may lead to it.
    Absent,
    /// Somewhere.
    Waiting,
    /// On the page.
    Written,
}

impl Ids {
    pub fn of(document: &Document, around: &Surroundings) -> Ids {
        let mut taken = Taken::default();
        for id in around.reserved {
            taken.unique(id);
        }
        let endnotes = taken.unique("endnotes");
        let label = |part: u32, label: &str| {
            let mut out = part.to_string();
            out.push('-');
            out.push_str(&label_slug(label, around.slug));
            out
        };
        let notes: Vec<String> = document
            .notes
            .iter()
            .map(|n| taken.unique(&["fn-", &label(n.part, &n.label)].concat()))
            .collect();
        let mut back = vec![Vec::new(); notes.len()];
        let mut markers = Vec::with_capacity(document.markers.len());
        for (i, marker) in document.markers.iter().enumerate() {
            let note = marker.note.and_then(|n| document.notes.get(n.0 as usize));
            let id = ["fnref-", &label(note.map_or(1, |n| n.part), &marker.label)].concat();
            markers.push(taken.unique(&id));
            if let Some(back) = marker.note.and_then(|n| back.get_mut(n.0 as usize)) {
                back.push(MarkerId(i as u32));
            }
        }
        let mut ids = Ids {
            standing: vec![Marker::Absent; markers.len()],
            numbers: numbers(document),
            taken,
            notes,
            markers,
            back,
            places: VecDeque::new(),
            fragments: HashMap::new(),
            endnotes,
        };
        ids.blocks(&document.body, around);
        for note in &document.notes {
            ids.blocks(&note.blocks, around);
        }
        for back in &mut ids.back {
            back.retain(|id| ids.standing.get(id.0 as usize).is_some_and(|s| *s != Marker::Absent));
        }
        ids
    }

    /// The id of a marker that is about to be written. None for one that was written before: where pieces of a text
    /// overlap, a marker may stand in both.
    pub fn marker(&mut self, id: MarkerId) -> Option<String> {
        let standing = self.standing.get_mut(id.0 as usize)?;
        let again = std::mem::replace(standing, Marker::Written) == Marker::Written;
        if again { None } else { self.markers.get(id.0 as usize).cloned() }
    }

    fn stands(&mut self, id: MarkerId) {
        if let Some(standing) = self.standing.get_mut(id.0 as usize) {
            *standing = Marker::Waiting;
        }
    }

    /// The id that a fragment of the source's (without `#`) leads to.
    pub fn fragment(&self, fragment: &str) -> Option<&str> {
        let found = self.fragments.get(fragment).or_else(|| self.fragments.get(&fragment.to_lowercase()));
        found.map(String::as_str)
    }

    /// An id for a paragraph of these words; `None` if it has none.
    pub fn paragraph(&mut self, content: &[Inline]) -> Option<String> {
        let mut hash = Fnv::default();
        let mut any = false;
        let text = plain_text(content);
        for word in words(&text, |_| false) {
            let word = &text[word];
            match word.is_ascii() {
                true => word.bytes().for_each(|byte| hash.byte(byte.to_ascii_lowercase())),
                false => word.chars().flat_map(char::to_lowercase).for_each(|c| hash.write(c)),
            }
            hash.byte(b' ');
            any = true;
        }
        any.then(|| self.taken.unique(&["p-", &hash.base32()].concat()))
    }

    /// An id for a place of the program's own: the one wished, if it is free.
    pub fn claim(&mut self, wished: &str) -> String {
        self.taken.unique(wished)
    }

    /// The id of the note.
    pub fn note(&self, id: NoteId) -> Option<&str> {
        self.notes.get(id.0 as usize).map(String::as_str)
    }

    fn heading(&mut self, text: &str, around: &Surroundings) {
        let slug = (around.slug)(text);
        let wanted = if slug.is_empty() { "section" } else { &slug };
        let id = self.taken.unique(wanted);
        self.fragments.entry(id.clone()).or_insert_with(|| id.clone());
        self.fragments.entry(hyphenated(text)).or_insert_with(|| id.clone());
        self.places.push_back(id);
    }

    fn anchor(&mut self, name: &str) {
        let wanted: String = name.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        // What begins with a low line is the templates'.
        let wanted = wanted.trim_start_matches('_');
        let id = self.taken.unique(if wanted.is_empty() { "place" } else { wanted });
        // What an author named goes before what a heading happens to be called.
        self.fragments.insert(name.to_owned(), id.clone());
        self.places.push_back(id);
    }

    fn blocks(&mut self, blocks: &[Block], around: &Surroundings) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } => {
                    self.heading(&plain_text(content), around);
                    self.inlines(content);
                }
                BlockKind::Paragraph(content)
                | BlockKind::Aside(_, content)
                | BlockKind::Preformatted(content) => self.inlines(content),
                BlockKind::Quote(blocks) => self.blocks(blocks, around),
                BlockKind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks, around)),
                BlockKind::Verse(lines) => lines.iter().for_each(|l| self.inlines(l)),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| self.inlines(cell));
                }
                BlockKind::Html(parts) => self.html(parts, around),
                BlockKind::Code { .. } | BlockKind::Rule => {}
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Anchor(name) => self.anchor(name),
                InlineKind::Marker(id) => self.stands(*id),
                kind => self.inlines(kind.content().unwrap_or_default()),
            }
        }
    }

    fn html(&mut self, parts: &[HtmlPart], around: &Surroundings) {
        for (i, part) in parts.iter().enumerate() {
            let (name, attributes) = match part {
                HtmlPart::Open { name, attributes } => (name, attributes),
                HtmlPart::Marker(id) => {
                    self.stands(*id);
                    continue;
                }
                HtmlPart::Text(_) | HtmlPart::Close(_) => continue,
            };
            if let Some(anchor) = anchor_of(attributes) {
                self.anchor(anchor);
            } else if heading_level(name).is_some() {
                self.heading(&text_until_close(&parts[i..], name), around);
            }
        }
    }
}

/// What an HTML element of a source is called by links.
pub(super) fn anchor_of<'a>(attributes: &'a [(&'static str, String)]) -> Option<&'a str> {
    let value = |name: &str| attributes.iter().find(|a| a.0 == name && !a.1.is_empty()).map(|a| a.1.as_str());
    value("id").or_else(|| value("name"))
}

/// 1 to 6 for `h1` to `h6`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// The text of the element that begins `parts`.
pub(super) fn text_until_close(parts: &[HtmlPart], name: &str) -> String {
    let inside = parts.iter().take_while(|p| !matches!(p, HtmlPart::Close(n) if *n == name));
    let texts = inside.filter_map(|p| match p {
        HtmlPart::Text(t) => Some(t.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers of notes without a label of the source's: the name in `[^name]` where all names are numbers and none
/// comes twice, else counted from 1 in the order in which they are listed.
fn numbers(document: &Document) -> Vec<String> {
    let hidden = || document.notes.iter().filter(|n| n.shown.is_empty());
    let mut seen = HashSet::new();
    let counts = |c: char| c.is_ascii_digit() || "*†‡§‖¶".contains(c);
    let own = hidden().all(|n| n.label.chars().all(counts) && seen.insert((n.part, n.label.as_str())));
    let mut count = 0;
    let number = |note: &crate::model::Note| {
        if own || !note.shown.is_empty() {
            return note.label.clone();
        }
        count += 1;
        count.to_string()
    };
    document.notes.iter().map(number).collect()
}

/// A label as part of an id. Signs have names, so that `*` and `†` differ.
fn label_slug(label: &str, slug: fn(&str) -> String) -> String {
    let named: Vec<&str> = label
        .chars()
        .map_while(|c| match c {
            '*' => Some("star"),
            '†' => Some("dagger"),
            '‡' => Some("double-dagger"),
            '§' => Some("section"),
            '¶' => Some("paragraph"),
            _ => None,
        })
        .collect();
    if !named.is_empty() && named.len() == label.chars().count() {
        return named.join("-");
    }
    let slug = slug(label);
    if slug.is_empty() { "note".to_owned() } else { slug }
}

/// A heading's text as most programs make a fragment of it: `Of *Mills*, and more` → `of-mills-and-more`.
fn hyphenated(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Ids given out.
#[derive(Default)]
struct Taken {
    ids: HashSet<String, Fast>,
    /// How often each was asked for, so that a thousand equal ones do not take a million tries.
    next: HashMap<String, u32>,
}

impl Taken {
    fn unique(&mut self, wanted: &str) -> String {
        if self.ids.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(1);
        loop {
            *next += 1;
            let id = [wanted, "-", &next.to_string()].concat();
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// FNV-1a, 64 bits: small, fast, and the same on every machine. It need not be safe against an adversary; a collision
/// costs a number at the end of an id.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, c: char) {
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer).bytes().for_each(|byte| self.byte(byte));
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The upper 40 bits, in eight digits that cannot be misread (Crockford's).
    fn base32(&self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..8).map(|i| DIGITS[(self.0 >> (59 - 5 * i)) as usize & 31] as char).collect()
    }
}
