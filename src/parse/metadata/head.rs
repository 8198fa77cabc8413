//! The first lines of a document, sorted by what they are.
//!
//! A title can only be told from a banner, a page number or a licence by what stands around it, so the lines
//! are sorted first and the questions (title? author? date?) are asked of the sorted lines.

use std::sync::LazyLock;

use regex::Regex;

use super::kind::{self, Key, Kind};
use super::patterns::compile;
use super::person;
use super::words::clean;
use crate::quotes;

/// Lines looked at; longer apparatus before a text has not been met (the longest ebook header has 60).
const MAX_LINES: usize = 300;
/// Bytes of one line looked at: enough for any title that is shown, little enough for any line.
const MAX_LINE: usize = 12_000;
/// A paragraph from this many characters on is prose, whatever else it looks like.
const PROSE: usize = 200;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Byte offset in the text given.
    pub at: usize,
    /// The words without markup.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Level, if it is a heading.
    pub heading: Option<u8>,
    /// Number of the paragraph (lines without a blank one between them).
    pub chunk: usize,
    /// True if it is the only line of its paragraph.
    pub alone: bool,
    /// The persons it names, if it is nothing but their names.
    pub names: Vec<String>,
}

/// The beginning of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// Lines that are not blank, up to the text proper.
    pub lines: Vec<Line>,
    /// Index in `lines` of the first line of prose, or their number.
    pub prose: usize,
    /// True if the text begins with a site's menus.
    pub navigation: bool,
}

impl Head {
    /// Where the text proper begins.
    pub fn text_at(&self, text: &str) -> usize {
        self.lines.get(self.prose).map_or(text.len(), |l| l.at)
    }
}

/// Reads the head of `text`. Ends at the second paragraph of prose, or after the first if that is a long one
/// (a by-line may follow a standfirst).
pub(super) fn read(text: &str) -> Head {
    let raw = raw_lines(text);
    let mut head = Head { prose: usize::MAX, ..Head::default() };
    let mut i = 0;
    let mut chunk = 0;
    while i < raw.len() {
        if raw[i].1.trim().is_empty() {
            i += 1;
            continue;
        }
        let mut end = (i..raw.len()).find(|&j| raw[j].1.trim().is_empty()).unwrap_or(raw.len());
        if head.prose == usize::MAX {
            end = title_page(&raw[i..end]).map_or(end, |lines| i + lines);
        }
        let first = head.lines.len();
        read_chunk(&raw[i..end], chunk, &mut head.lines);
        chunk += 1;
        i = end;
        let lines = &mut head.lines[first..];
        let length: usize = lines.iter().map(|l| l.text.len()).sum();
        if is_prose(lines) {
            let title = usize::from(begins_with_title(lines));
            lines.iter_mut().skip(title).filter(|l| l.kind == Kind::Other).for_each(|l| l.kind = Kind::Prose);
            // A date that the wrapping put on a line by itself belongs to its sentence.
            for i in 1..lines.len() {
                let open = lines[i - 1].kind == Kind::Prose
                    && !(lines[i - 1].text.ends_with(['.', '!', '?'])
                        || quotes::ends_quotation(&lines[i - 1].text));
                if open && matches!(lines[i].kind, Kind::Date | Kind::Byline | Kind::Furniture) {
                    lines[i].kind = Kind::Prose;
                }
            }
            let begin = first + lines.iter().position(|l| l.kind == Kind::Prose).unwrap_or(0);
            let long = head.prose != usize::MAX || length > 2 * PROSE;
            head.prose = head.prose.min(begin);
            if long {
                break;
            }
        }
    }
    head.prose = head.prose.min(head.lines.len());
    mark_title_block(&mut head.lines);
    mark_letter_head(&mut head.lines);
    mark_handles(&mut head.lines);
    mark_running_heads(&raw, &mut head.lines);
    mark_banners(&mut head.lines);
    let text_at = head.text_at(text);
    let above = &mut head.lines[..head.prose];
    for line in above.iter_mut().filter(|l| l.kind == Kind::Other) {
        let names = persons(&line.text, text[line.at..].split('\n').next().unwrap_or_default());
        let of_words = names.iter().any(|name| person::is_of_words(name, &text[text_at..]));
        // What announces a list is nobody's name.
        line.names = if of_words || line.text.ends_with([':', '：']) { Vec::new() } else { names };
    }
    let shown = head.lines.iter().take(14);
    head.navigation = shown.filter(|l| l.kind == Kind::Navigation).count() >= 3;
    head
}

/// The persons that a line names and nothing else; a wide gap may part them.
fn persons(words: &str, raw: &str) -> Vec<String> {
    let parts: Vec<Vec<String>> =
        raw.split("  ").filter(|p| !p.trim().is_empty()).map(|p| person::names(&clean(p), 2)).collect();
    let parted = parts.len() > 1 && parts.iter().all(|p| !p.is_empty());
    if parted { parts.concat() } else { person::names(words, 2) }
}

/// The lines of a title page that text follows without a blank line: a few short ones down to the head of an abstract, to
/// a date or an address, to a name below a title, or to a line that is a paragraph.
fn title_page(raw: &[(usize, &str)]) -> Option<usize> {
    /// Lines of the longest.
    const LINES: usize = 7;
    /// Characters of its longest line, and of one over a paragraph of one line.
    const SHORT: usize = 70;
    const SET_APART: usize = 120;
    let length = |n: usize| raw.get(n).map_or(0, |r| r.1.trim().chars().count());
    let paragraph = (0..raw.len().min(2 * LINES)).find(|&n| length(n) > PROSE).filter(|&n| n > 0);
    if let Some(n) = paragraph.filter(|&n| (0..n).all(|n| length(n) <= SET_APART)) {
        return Some(n);
    }
    let short = raw.iter().take(LINES).take_while(|r| r.1.trim().chars().count() <= SHORT).count();
    let of = |n: usize| kind::of_line(raw[n].1, &clean(raw[n].1));
    let opens = |n: &usize| of(*n) == Kind::Section && !kind::is_numbered_part(raw[*n].1);
    if let Some(n) = (1..short).find(opens) {
        return Some(n);
    }
    let ends = |n: &usize| matches!(of(*n), Kind::Date | Kind::Address);
    let signed = |n: &usize| {
        let full = 3 * length(n + 1) >= 2 * SHORT && length(n + 1) > length(n - 1);
        full && !person::names(&clean(raw[*n].1), 2).is_empty()
    };
    (1..short).rev().find(ends).or_else(|| (1..short).find(signed)).map(|n| n + 1)
}

/// Offset and text of the first lines, each cut at [`MAX_LINE`].
fn raw_lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split('\n').take(MAX_LINES) {
        let mut end = line.len().min(MAX_LINE);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        lines.push((at, line[..end].trim_start_matches('\u{feff}')));
        at += line.len() + 1;
    }
    lines
}

/// Sorts the lines of one paragraph, each by itself.
fn read_chunk(raw: &[(usize, &str)], chunk: usize, out: &mut Vec<Line>) {
    let first = out.len();
    for (n, &(at, line)) in raw.iter().enumerate() {
        let text = clean(line);
        let under = setext(line);
        // A line under or over a line of signs is a heading; the signs are no line.
        if let Some(level) = under.filter(|_| n > 0 && out.len() > first)
            && out.last().is_some_and(|l| l.heading.is_none() && l.kind == Kind::Other)
        {
            if let Some(last) = out.last_mut() {
                last.heading = Some(level);
            }
            continue;
        }
        let mut kind = kind::of_line(line, &text);
        // Boilerplate goes on to the end of its sentence.
        let before = out[first..].last();
        if kind == Kind::Other
            && before.is_some_and(|b| {
                matches!(b.kind, Kind::Boilerplate)
                    && (b.text.len() >= 50 || text.chars().next().is_some_and(char::is_lowercase))
            })
        {
            kind = Kind::Boilerplate;
        }
        // A stated value goes on in an indented line; what follows there is its subtitle.
        if kind == Kind::Other
            && line.starts_with([' ', '\t'])
            && before.is_some_and(|b| matches!(b.kind, Kind::Stated(_)))
        {
            kind = Kind::Boilerplate;
        }
        let heading =
            atx(line).or_else(|| framed(line)).or_else(|| (out.is_empty()).then(|| outlined(raw)).flatten());
        // What is set as the first heading is meant as a title, whatever word it begins with.
        if heading == Some(1) && matches!(kind, Kind::Boilerplate | Kind::Navigation) {
            kind = Kind::Other;
        }
        out.push(Line { at, text, kind, heading, chunk, alone: false, names: Vec::new() });
    }
    if let [only] = &mut out[first..] {
        only.alone = true;
    }
}

/// True if the lines of a paragraph are running text rather than lines set apart.
fn is_prose(lines: &[Line]) -> bool {
    /// Lines of which most go on in small letters: however short, and however the last one ends, they are no titles.
    const LINES: usize = 8;
    if lines.iter().any(|l| l.heading.is_some()) {
        return false;
    }
    let own: Vec<&str> = lines.iter().filter(|l| l.kind == Kind::Other).map(|l| l.text.as_str()).collect();
    if own.is_empty() || own.len() * 2 < lines.len() {
        return false;
    }
    let length: usize = own.iter().map(|t| t.len()).sum();
    let words: usize = own.iter().map(|t| t.split_whitespace().count()).sum();
    let last = own.last().map_or("", |t| t.trim_end_matches(|c| quotes::closes(c) || ")]*".contains(c)));
    let ends = last.ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '！', '？']);
    let sentences: usize = own.iter().map(|t| sentence_ends(t)).sum();
    if own.len() == 1 {
        return length > 2 * PROSE
            || (length > PROSE && ends)
            || (ends && sentences >= 2 && words >= 8)
            || (ends && words > 16)
            || (own[0].ends_with('。') && own[0].chars().count() > 20);
    }
    let wrapped = own[..own.len() - 1].iter().all(|t| t.chars().count() >= 30);
    let lower = own[1..].iter().filter(|t| t.chars().next().is_some_and(char::is_lowercase)).count();
    (lower > 0 && ends && words >= 12)
        || (length > PROSE && (ends || wrapped))
        || (wrapped && (ends || lower > 0) && length > 80)
        || (sentences >= 2 && ends && words >= 12)
        || (own.len() >= LINES && lower * 2 > own.len())
}

/// True if the first line of a paragraph of wrapped lines is a title that lost the blank line under it: much
/// shorter than the lines it stands over, which begin a sentence.
fn begins_with_title(lines: &[Line]) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let length = |l: &Line| l.text.chars().count();
    let width = rest.iter().map(length).max().unwrap_or(0);
    let full = rest.iter().rev().skip(1).all(|l| length(l) * 10 >= width * 6);
    first.kind == Kind::Other
        && rest.len() >= 2
        && full
        && length(first) * 4 <= width * 3
        && !first.text.ends_with(['.', ',', ';', ':', '-'])
        && rest[0].text.chars().next().is_some_and(|c| c.is_uppercase() || quotes::opens(c))
}

/// Number of sentence ends in a line (a full stop after a word of three letters or more, so that initials
/// and most abbreviations do not count).
fn sentence_ends(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .iter()
        .filter(|w| {
            let bare = w.trim_end_matches(|c| quotes::closes(c) || c == ')');
            bare.ends_with(['.', '!', '?', '…']) && bare.chars().filter(|c| c.is_alphabetic()).count() >= 3
        })
        .count()
}

/// `% title`, `% authors`, `% date`: the title block of a Markdown that some converters read.
fn mark_title_block(lines: &mut [Line]) {
    const KEYS: [(Key, &str); 3] =
        [(Key::Title, "Title: "), (Key::Author, "Author: "), (Key::Date, "Date: ")];
    for (line, (key, name)) in lines.iter_mut().zip(KEYS) {
        let Some(value) = line.text.strip_prefix("% ").filter(|_| line.chunk == 0) else { return };
        line.text = format!("{name}{value}");
        line.kind = if kind::stated(&line.text).is_some() { Kind::Stated(key) } else { Kind::Boilerplate };
    }
}

/// The head of a letter that was sent by mail: `From: …`, `Date: …`, `Subject: …`.
fn mark_letter_head(lines: &mut [Line]) {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:(?P<a>from|von|de|da|от)|(?P<t>subject|betreff|objet|asunto|oggetto|assunto|тема)|(?P<d>date|sent|datum|gesendet|envoyé|fecha|data|дата)|to|an|à|para|cc|bcc|reply-to|message-id|in-reply-to|newsgroups|organization|x-[a-z-]+)\s?:\s*(?P<v>\S.*)$",
        )
    });
    // What was answered or sent on, in the names of lists.
    static AGAIN: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^(?:(?:re|fwd?|aw|wg|tr|rv|r)\s?:\s*|\[[^\]]{1,40}\]\s*)+"));
    static TIME: LazyLock<Regex> = LazyLock::new(|| compile(r",?\s+\d{1,2}:\d\d.*$"));
    let is_field = |l: &Line| l.chunk == 0 && FIELD.is_match(&l.text);
    let fields = lines.iter().take_while(|l| is_field(l)).count();
    let subject = |l: &Line| FIELD.captures(&l.text).is_some_and(|f| f.name("t").is_some());
    if fields < 2 || !lines[..fields].iter().any(subject) {
        return;
    }
    for line in &mut lines[..fields] {
        let Some(found) = FIELD.captures(&line.text) else { continue };
        let value = found.name("v").map_or("", |v| v.as_str());
        // `nora(at)mills.example (Nora Feld)`
        let named = value.strip_suffix(')').and_then(|v| v.rsplit_once(" (")).map(|v| v.1);
        let (key, text) = if found.name("t").is_some() {
            (Some(Key::Title), format!("Title: {}", AGAIN.replace(value, "")))
        } else if found.name("a").is_some() {
            (Some(Key::Author), format!("Author: {}", named.unwrap_or(value).replace('"', "")))
        } else if found.name("d").is_some() {
            (Some(Key::Date), format!("Date: {}", TIME.replace(value, "")))
        } else {
            (None, line.text.clone())
        };
        let stated = key.filter(|_| kind::stated(&text).is_some());
        line.kind = stated.map_or(Kind::Boilerplate, Kind::Stated);
        line.text = text;
    }
}

/// `by miller_7` beside a date: one who writes under a name of no person's shape.
fn mark_handles(lines: &mut [Line]) {
    /// Signs of the longest handle. (In the pattern the bound would take most of the time that a whole text takes.)
    const LONGEST: usize = 31;
    static BY: LazyLock<Regex> = LazyLock::new(|| compile(r"^by ([A-Za-z0-9][\w.-]+)$"));
    for i in 0..lines.len() {
        let dated = |n: Option<usize>| n.and_then(|n| lines.get(n)).is_some_and(|l| l.kind == Kind::Date);
        if lines[i].kind == Kind::Other
            && (dated(Some(i + 1)) || dated(i.checked_sub(1)))
            && let Some(found) = BY.captures(&lines[i].text)
            && found[1].chars().count() <= LONGEST
        {
            let text = format!("Author: {}", &found[1]);
            (lines[i].text, lines[i].kind) = (text, Kind::Stated(Key::Author));
        }
    }
}

/// A line that says again, with a page number, what another says alone: the first is a running head, the
/// second what it runs from. And the page numbers' neighbours at the very top of a text from pages.
fn mark_running_heads(raw: &[(usize, &str)], lines: &mut [Line]) {
    // `1`, `2`, `CHAPTER 1. BOOK I`: a number of its own paragraph, then a line that is only a part's name.
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:chapter|part|section|kapitel|chapitre|capítulo|глава)\s+(?:\d{1,3}|[ivxlcdm]{1,8})\.\s+\S",
        )
    });
    debug_assert!(raw.len() >= lines.len());
    for i in 1..lines.len() {
        if lines[i].kind == Kind::Other
            && lines[i - 1].kind == Kind::Furniture
            && PART.is_match(&lines[i].text)
        {
            lines[i].kind = Kind::Furniture;
        }
    }
}

/// The name of a library that offers the text, told by the copyright statement under it.
fn mark_banners(lines: &mut [Line]) {
    static LIBRARY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)(?:\b(?:library|archives?|bibliothek|archiv|bibliothèque|biblioteca|archivo|библиотека|архив)\b.{0,30}|\((?:mirror|spiegel|miroir|espejo|зеркало)\))$",
        )
    });
    for i in 0..lines.len().min(6) {
        let stated = lines[i + 1..]
            .iter()
            .take(2)
            .any(|l| l.kind == Kind::Boilerplate && l.text.to_lowercase().contains("copy"));
        if lines[i].kind == Kind::Other
            && lines[i].heading.is_none()
            && (stated || i == 0 && lines[i].text.ends_with(')'))
            && LIBRARY.is_match(&lines[i].text)
        {
            lines[i].kind = Kind::Navigation;
        }
    }
}

/// Level of a `# heading`.
pub(super) fn atx(line: &str) -> Option<u8> {
    let line = line.trim_start();
    let level = line.bytes().take_while(|&b| b == b'#').count();
    ((1..=6).contains(&level) && line[level..].starts_with([' ', '\t'])).then_some(level as u8)
}

/// Level of `****** a heading ******`.
fn framed(line: &str) -> Option<u8> {
    let line = line.trim();
    let words = line.trim_matches('*');
    let stars = line.starts_with("***") && line.ends_with("***");
    (stars && words.starts_with(' ') && !words.trim().is_empty()).then_some(1)
}

/// Level of the first line of an outline, `* A heading`, that no further item follows.
fn outlined(paragraph: &[(usize, &str)]) -> Option<u8> {
    let (first, rest) = paragraph.split_first()?;
    (first.1.starts_with("* ") && !rest.iter().any(|r| r.1.trim_start().starts_with("* "))).then_some(1)
}

/// Level that a line of signs gives the line above it.
fn setext(line: &str) -> Option<u8> {
    let line = line.trim();
    let first = line.chars().next()?;
    let same = line.chars().count() >= 3 && line.chars().all(|c| c == first);
    match first {
        '=' | '*' | '═' | '#' if same => Some(1),
        '-' | '~' | '─' if same => Some(2),
        _ => None,
    }
}
