//! What a text is called.
//!
//! In this order: a stated title (`Title: …`, `% …`), a first-level heading near the start, the first line that
//! can be a title, the name of a part (`Preface`), the first sentence, the file's name. Where the first is only a
//! chapter's, what the pages have for their head is the book's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::head::{Head, Line};
use super::kind::{self, Key, Kind};
use super::patterns::{compile, is_dotted};
use super::{author, person};
use crate::fold::key;
use crate::layout::post;
use crate::model::{Omission, OmissionReason};
use crate::quotes;

/// Characters of a title that are shown: longer ones are first sentences that never end.
const SHOWN: usize = 200;
/// Words a title has at most; more are a sentence of the text.
const WORDS: usize = 30;

/// Words that end no title.
const OPEN: [&str; 39] = [
    "of", "the", "and", "a", "an", "in", "on", "to", "for", "with", "from", "by", "at", "v.", "vs.", "or",
    "its", "&", "der", "die", "das", "und", "von", "zur", "zum", "für", "de", "du", "des", "la", "le", "les",
    "et", "del", "el", "y", "и", "о", "в",
];

/// Words before whom a text is by.
const BY: [&str; 6] = ["by", "von", "par", "por", "door", "av"];

/// A title, and the line of the head it stands on (`None`: it was made from running text).
#[derive(Debug, PartialEq)]
pub(super) struct Title {
    /// As shown.
    pub text: String,
    /// Index in [`Head::lines`].
    pub line: Option<usize>,
}

/// The title of a text; `None` if it has no words.
pub(super) fn find(text: &str, head: &Head) -> Option<Title> {
    let lines = &head.lines;
    if let Some(i) = lines.iter().position(|l| matches!(l.kind, Kind::Stated(Key::Title))) {
        let value = kind::stated(&lines[i].text).map_or("", |s| s.1);
        return Some(Title { text: cut(value), line: Some(i) });
    }
    let line = heading(head).or_else(|| if head.navigation { best(text, head) } else { first(text, head) });
    if let Some(i) = line {
        return Some(Title { text: cut(&joined(lines, i)), line });
    }
    if let Some(i) = case_name(lines) {
        return Some(Title { text: cut(&joined(lines, i)), line: Some(i) });
    }
    // `Book I` says which part this is, and of what it does not.
    let section =
        lines[..head.prose].iter().rposition(|l| l.kind == Kind::Section && !kind::is_numbered_part(&l.text));
    if let Some(i) = section {
        return Some(Title { text: cut(&lines[i].text), line: Some(i) });
    }
    // A story may well be called `Home`, as long as it is the one line over the text.
    if let [only, below, ..] = lines.as_slice()
        && only.kind == Kind::Navigation
        && below.kind == Kind::Prose
    {
        return Some(Title { text: cut(&only.text), line: Some(0) });
    }
    let prose = lines
        .iter()
        .find(|l| l.kind == Kind::Prose)
        .or_else(|| lines.iter().find(|l| l.text.chars().any(char::is_alphabetic)))
        .filter(|l| !post::is_message(&l.text))?;
    let running: Vec<&str> = lines
        .iter()
        .filter(|l| l.chunk == prose.chunk && l.at >= prose.at)
        .map(|l| l.text.as_str())
        .collect();
    let running = unwrapped(&running);
    // Half a sentence, cut where a column ends, says less than what the text has for headings.
    let open = running.split_whitespace().last().is_some_and(|w| OPEN.contains(&w));
    let torn = sentence_end(&running, 0).is_none() && (open || running.trim_end().ends_with([',', ';', '-']));
    (!torn).then(|| Title { text: cut(first_sentence(&running)), line: None })
}

/// True for a title below a chapter's number alone: it is that chapter's, where the text goes on to others.
pub(super) fn is_of_chapter(head: &Head, line: usize) -> bool {
    let before = line.checked_sub(1).and_then(|b| head.lines.get(b));
    before.is_some_and(|b| !b.text.is_empty() && b.text.chars().all(|c| "IVXLC".contains(c)))
}

/// The book's title, from the heads of its pages: words that run from the beginning to the end, whatever chapter is below.
pub(super) fn running(omissions: &[Omission], length: usize) -> Option<String> {
    /// Pages with it.
    const FEWEST: usize = 5;
    let mut heads: BTreeMap<String, Vec<&Omission>> = BTreeMap::new();
    let set_aside = omissions.iter().filter(|o| o.reason == OmissionReason::RunningHead);
    for head in set_aside {
        heads.entry(key(bare(&head.text))).or_default().push(head);
    }
    let runs = |found: &&Vec<&Omission>| {
        let place = |o: &&Omission| o.span.start as usize;
        let first = found.iter().map(place).min().unwrap_or(length);
        let last = found.iter().map(place).max().unwrap_or(0);
        let words = bare(&found[0].text).split_whitespace().filter(|w| w.chars().count() > 1).count();
        found.len() >= FEWEST && words > 1 && first < length / 3 && last > length / 3 * 2
    };
    let found = heads.values().filter(runs).max_by_key(|found| found.len())?;
    Some(cut(bare(&found[0].text)))
}

/// A head of a page without its number.
fn bare(head: &str) -> &str {
    head.trim_matches(|c: char| c.is_numeric() || c.is_whitespace() || "|·•-–—".contains(c))
}

/// The parties of a court's case, in capitals below the court's name: `WEIR COMPANY v.` and the line below.
fn case_name(lines: &[Line]) -> Option<usize> {
    /// Lines that are looked at.
    const NEAR: usize = 60;
    let parties = |l: &Line| {
        let text = l.text.as_str();
        let first = text.split_once(" v. ").map(|p| p.0).or_else(|| text.strip_suffix(" v."));
        let shouted = |t: &str| t.contains(char::is_uppercase) && !t.contains(char::is_lowercase);
        first.is_some_and(shouted) && text.chars().count() <= SHOWN
    };
    lines.iter().take(NEAR).position(parties)
}

/// A first-level heading in the head, or another heading that nothing but furniture precedes.
fn heading(head: &Head) -> Option<usize> {
    let fits = |l: &Line| l.kind == Kind::Other || l.kind == Kind::Prose || l.kind == Kind::Byline;
    let lines = &head.lines;
    let top = lines.iter().position(|l| l.heading == Some(1) && fits(l));
    let until = |i: usize| lines[..i].iter().filter(|l| l.kind == Kind::Prose).count();
    if let Some(i) = top.filter(|&i| until(i) <= 4) {
        return Some(i);
    }
    let any = lines.iter().position(|l| l.heading.is_some() && fits(l))?;
    (any < head.prose && lines[..any].iter().all(|l| l.kind != Kind::Other || l.heading.is_some()))
        .then_some(any)
}

/// The first line that can be a title. A personal name above another such line is its author.
fn first(text: &str, head: &Head) -> Option<usize> {
    let lines = &head.lines[..head.prose];
    let i = (0..lines.len()).find(|&i| can_be_title(lines, i))?;
    // The way to a page ends with its title, and the page begins with it.
    let again =
        |&n: &usize| can_be_title(lines, n) && lines.get(n + 1).is_some_and(|l| l.text == lines[n].text);
    if lines[0].kind == Kind::Navigation
        && let Some(again) = (i..lines.len()).find(again)
    {
        return Some(again + 1);
    }
    let next = (i + 1..lines.len()).find(|&n| can_be_title(lines, n));
    // What stands over a menu is the site's name.
    let own = lines[i].text.to_lowercase();
    let comes_again = head.lines[i + 1..].iter().any(|l| l.text.to_lowercase().ends_with(&own));
    let menu = |n: usize| !comes_again && lines[i + 1..n].iter().any(|l| l.kind == Kind::Navigation);
    if let Some(next) = next
        && menu(next)
    {
        return Some(next);
    }
    // Where an address stands under the name, nobody is its subject.
    let addressed = lines.get(i + 1).is_some_and(|l| kind::is_mail(&l.text));
    if let Some(next) = next
        && lines[next].chunk <= lines[i].chunk + 1
        && !lines[i].names.is_empty()
        && lines[next].names.is_empty()
        && (addressed || author::is_nobodys_subject(text, head.text_at(text), &lines[i].text))
    {
        return Some(next);
    }
    // A thesis begins with its university.
    let begins =
        |n: &usize| can_be_title(lines, *n) && lines[*n].names.is_empty() && !is_institution(&lines[*n].text);
    let below = || (i + 1..lines.len()).find(begins);
    if is_institution(&lines[i].text) { below().or(Some(i)) } else { Some(i) }
}

/// True for the name of a university, a faculty or the like, which begins with what it is.
fn is_institution(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let several = text.split_whitespace().count() > 2;
    several && person::is_affiliation(first)
}

/// Of a text that begins with a site's menus: the line that is most like a title. Menus too have short
/// lines alone; a title has several words, stands by itself, is followed by a date or an author or by the text,
/// and its words come again in the text.
fn best(text: &str, head: &Head) -> Option<usize> {
    let lines = &head.lines[..head.prose];
    let opening = &text[head.text_at(text)..];
    let opening = opening.chars().take(1_500).collect::<String>().to_lowercase();
    let score = |i: usize| {
        let line = &lines[i];
        let words: Vec<String> =
            line.text.split_whitespace().map(str::to_lowercase).filter(|w| w.chars().count() > 3).collect();
        let again =
            words.iter().filter(|w| opening.contains(w.trim_matches(|c: char| !c.is_alphanumeric()))).count();
        let followed = lines[i + 1..]
            .iter()
            .take(3)
            .any(|l| matches!(l.kind, Kind::Date | Kind::Byline | Kind::Stated(_)));
        let count = line.text.split_whitespace().count();
        3 * usize::from(followed)
            + 2 * usize::from(line.alone)
            + 2 * usize::from(count >= 3)
            + 3 * again / words.len().max(1)
            + usize::from(i + 1 == lines.len())
    };
    (0..lines.len()).filter(|&i| can_be_title(lines, i)).max_by_key(|&i| (score(i), usize::MAX - i))
}

/// True if a line has the shape of a title.
fn can_be_title(lines: &[Line], i: usize) -> bool {
    static MONTH_YEAR: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.{0,12},?\s\d{4}$",
        )
    });
    let line = &lines[i];
    let words = line.text.split_whitespace().count();
    // Running text goes on in small letters.
    let (joined, last) = run_on(lines, i);
    let goes_on = lines.get(last + 1).is_some_and(|n| {
        n.chunk == line.chunk
            && matches!(n.kind, Kind::Other | Kind::Prose)
            && n.text.chars().next().is_some_and(char::is_lowercase)
            && !is_version(&n.text)
    });
    // What a comma ends goes on: as running text, or with an edition, which is no more of the title.
    let edition = |n: &Line| n.chunk == line.chunk && matches!(n.kind, Kind::Boilerplate | Kind::Date);
    let open = lines[last].text.ends_with([',', ';']) && !lines.get(last + 1).is_some_and(edition);
    let small = line.text.chars().next().is_some_and(char::is_lowercase);
    let went_on = small && i.checked_sub(1).is_some_and(|b| lines[b].chunk == line.chunk);
    line.kind == Kind::Other
        && !went_on
        && !goes_on
        && line.text.chars().count() <= SHOWN
        && words <= WORDS
        && has_a_word(&line.text)
        && !(words == 1 && is_dotted(&line.text))
        && !["....", ". . ."].iter().any(|leader| line.text.contains(leader))
        && !open
        && joined.matches('(').count() == joined.matches(')').count()
        && !MONTH_YEAR.is_match(&line.text)
        && !super::date::has_address(&line.text)
        && !post::is_message(&line.text)
}

/// True for text with a word of three letters, or with a sign that is a word by itself.
fn has_a_word(text: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    text.split_whitespace().any(|w| letters(w) >= 3)
        || text.chars().any(|c| c.is_alphabetic() && c > '\u{2e80}')
}

/// The title's line together with the lines it is broken into.
fn joined(lines: &[Line], i: usize) -> String {
    run_on(lines, i).0
}

/// A line with those it goes on in, and the last of them: one that ends in a word that asks for another, or in a hyphen,
/// goes on in the next one of its paragraph; on a title page also one that goes on in small letters or is full.
fn run_on(lines: &[Line], i: usize) -> (String, usize) {
    /// A title is broken into four lines at most.
    const LINES: usize = 4;
    /// Characters of a line of a title page that is full.
    const FULL: usize = 36;
    let mut text = lines[i].text.clone();
    let mut end = i;
    let on_title_page = is_title_page(lines, i);
    for line in lines[i + 1..].iter().take(LINES - 1) {
        let above = lines[end].text.as_str();
        let last = above.split_whitespace().last().unwrap_or("").to_lowercase();
        let small =
            line.text.starts_with(char::is_lowercase) && !is_version(&line.text) && !is_dotted(&line.text);
        let hyphen = text.ends_with('-') && small;
        let asks = OPEN.contains(&last.as_str());
        let is_author = !line.names.is_empty() && (!asks || BY.contains(&last.as_str()));
        let length = |text: &str| text.chars().count();
        let full = length(above) >= FULL
            && length(&line.text) < length(above)
            && !above.ends_with(['.', '!', '?', ':']);
        if line.chunk != lines[i].chunk
            || line.kind != Kind::Other
            || is_author
            || !(hyphen || asks || on_title_page && (small || full))
        {
            break;
        }
        if hyphen {
            text.pop();
        } else {
            text.push(' ');
        }
        text.push_str(&line.text);
        end += 1;
    }
    // `ARTICLE: …`, as databases label what they have.
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"^(?:ARTICLE|ESSAY|NOTE|COMMENT|(?:BOOK )?REVIEW|SPEECH|LECTURE|ADDRESS):\s+")
    });
    let text = LABEL.find(&text).map_or(text.as_str(), |label| &text[label.end()..]);
    let text = text.trim_end_matches([':', ',']).trim_end();
    let by = text.rsplit_once(' ').filter(|t| BY.contains(&t.1) && t.0.contains(' '));
    (by.map_or(text, |t| t.0).to_owned(), end)
}

/// True if a name, a date or the like follows a line in its paragraph, or begins the next one.
fn is_title_page(lines: &[Line], i: usize) -> bool {
    /// Lines that are looked at.
    const LINES: usize = 6;
    let (chunk, below) = (lines[i].chunk, &lines[i + 1..]);
    let own = below.iter().take(LINES).take_while(|l| l.chunk == chunk);
    let next = below.iter().find(|l| l.chunk != chunk).filter(|l| l.chunk == chunk + 1);
    own.chain(next).any(|l| {
        !matches!(l.kind, Kind::Other | Kind::Prose | Kind::Rule | Kind::Furniture) || !l.names.is_empty()
    })
}

/// True for the number of a version alone: `v1.1`.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix(['v', 'V']).unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit()) && !number.contains(' ')
}

/// Wrapped lines as one, hyphens at line ends closed.
fn unwrapped(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let broken = out.ends_with('-') && line.chars().next().is_some_and(char::is_lowercase);
        if broken {
            out.pop();
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The first sentence of a text (the whole of it if it does not end).
pub(super) fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    sentence_end(text, 0).map_or(text, |end| text[..end].trim_end())
}

/// Where the sentence that begins at `from` ends.
pub(super) fn sentence_end(text: &str, from: usize) -> Option<usize> {
    /// Abbreviations before names and numbers, where a capital follows inside a sentence.
    const SHORT: [&str; 26] = [
        "mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "no", "vol", "p", "pp", "cf", "vs", "v", "e.g",
        "i.e", "z.b", "d.h", "nr", "hr", "fr", "bzw", "sr", "sra", "др",
    ];
    /// Bytes that none of them has.
    const LONGER: usize = 16;
    let mut chars = text[from..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let at = from + i;
        if "。！？".contains(c) {
            return Some(at + c.len_utf8());
        }
        if !".?!…".contains(c) {
            continue;
        }
        // Closing quotes belong to the sentence.
        let mut end = at + c.len_utf8();
        while let Some(&(j, n)) = chars.peek() {
            if !(quotes::closes(n) || ")]*.?!…".contains(n)) {
                break;
            }
            end = from + j + n.len_utf8();
            chars.next();
        }
        let next = text[end..].trim_start();
        if next.is_empty() {
            return Some(end);
        }
        let spaced = next.len() < text[end..].len();
        let starts = next.trim_start_matches(|c| quotes::opens(c) || "([¿¡—- ".contains(c)).chars().next();
        let starts = starts
            .is_some_and(|s| s.is_uppercase() || s.is_numeric() || (s.is_alphabetic() && !s.is_lowercase()));
        // Of a word that is longer than any of these the end will do: an address may go on for a megabyte.
        let near = text.floor_char_boundary(at.saturating_sub(LONGER)).max(from);
        let word = text[near..at]
            .rsplit(|w: char| w.is_whitespace() || w == '(' || quotes::is_mark(w))
            .next()
            .unwrap_or("");
        let abbreviation = c == '.'
            && (SHORT.contains(&word.to_lowercase().as_str())
                || (word.chars().count() == 1 && word.chars().all(char::is_uppercase)));
        if spaced && starts && !abbreviation {
            return Some(end);
        }
    }
    None
}

/// Cuts a title for display at a word boundary.
pub(super) fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= SHOWN {
        return text;
    }
    let end = text.char_indices().nth(SHOWN - 1).map_or(text.len(), |(i, _)| i);
    // A script without spaces is cut between its signs.
    let end = text[..end].rfind(' ').filter(|&s| s > end / 2).unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']))
}

/// A title made from a file's name: `seeds/on-bread_2.txt` → `On bread 2`.
pub(super) fn from_path(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(s, _)| if s.is_empty() { name } else { s });
    let words: Vec<&str> = stem.split(['-', '_', ' ', '.']).filter(|w| !w.is_empty()).collect();
    let text = words.join(" ");
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => cut(&first.to_uppercase().chain(chars).collect::<String>()),
        None => "Untitled".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    const PROSE: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit. \
        Nobody spoke of it afterwards, though everybody remembered it well enough, and in Puerto Largo they still tell it, \
        with more water in it every time, and with more millers too, until the bank can hardly hold them all together.\n";

    fn found(top: &str) -> String {
        let text = format!("{top}\n\n{PROSE}\n{PROSE}");
        find(&text, &head::read(&text)).map_or(String::new(), |t| t.text)
    }

    #[test]
    fn a_books_title_is_the_head_of_pages_from_its_beginning_to_its_end() {
        let head = |text: &str, at: usize| Omission {
            text: text.to_owned(),
            reason: OmissionReason::RunningHead,
            span: crate::source::Span::new(at, at + text.len()),
            line: 1,
        };
        let all: Vec<Omission> = (0..10).map(|i| head(&format!("{i}   OF WELLS"), i * 100)).collect();
        assert_eq!(running(&all, 1_000).as_deref(), Some("OF WELLS"));
        assert_eq!(running(&all[..5], 1_000), None, "a chapter's ends with it");
        assert_eq!(running(&all[..4], 400), None, "too few");
    }

    #[test]
    fn titles() {
        for (top, expected) in [
            ("On Bread", "On Bread"),
            ("\n\n   ON BREAD   \n\nA Weekday History", "ON BREAD"),
            ("# On Bread", "On Bread"),
            ("On Bread\n========", "On Bread"),
            ("******\nOn Bread\n******", "On Bread"),
            ("## IV\n\n## The Flood", "The Flood"),
            (
                "The Valley Library (Mirror)  \nAnti-Copyright\n\n# On Bread\n\nA Weekday History\n\nNora Feld",
                "On Bread",
            ),
            ("The Valley Library\nAnti-Copyright\n\nOn Bread\nA Weekday History\nNora Feld", "On Bread"),
            ("THE LONG WAY   11\n\nTHE LONG WAY¹\n\nOr, The Road", "THE LONG WAY"),
            ("II   11\n\nII\n\nThe Valley Before the Flood", "The Valley Before the Flood"),
            ("1\n\n2\n\nThe Valley Before the Flood", "The Valley Before the Flood"),
            ("12 May 2011\n\nOn Bread", "On Bread"),
            ("mills.example, 12/05/2011\nOn Bread", "On Bread"),
            ("https://mills.example/bread\n\nOn Bread", "On Bread"),
            ("Preface", "Preface"),
            (
                "BOOK I",
                "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit.",
            ),
            ("Syllabus\n\nWEIR COMPANY v.\nMILLERS ET AL.", "WEIR COMPANY v. MILLERS ET AL."),
            ("Home", "Home"),
            ("# Copyright", "Copyright"),
            ("Preface\n\nOn Bread", "On Bread"),
            (
                "Taking the Waters: Coming to Terms with a River\n\nMay 3, 2011",
                "Taking the Waters: Coming to Terms with a River",
            ),
            ("What Is a Mill?", "What Is a Mill?"),
            ("ON THE NATURE OF\nTHE MILL WHEEL\n\nNora Feld", "ON THE NATURE OF THE MILL WHEEL"),
            ("River Notes\n\nHome About Contact\n\nOn Bread\n\nby Nora Feld", "On Bread"),
            ("Feld v.\nWeir et al.", "Feld v. Weir et al."),
            ("Nora Feld\nThe Quiet Wheels of Winter", "The Quiet Wheels of Winter"),
            (
                "The Project Gutenberg EBook of On Bread, by Nora Feld\n\nThis eBook is for the use of anyone\nanywhere\n\nTitle: On Bread\n       A Weekday History\n\nAuthor: Nora Feld",
                "On Bread",
            ),
            ("% On Bread\n% Nora Feld\n% May 2011", "On Bread"),
            (
                "Skip to content\n[ ] Main menu\n• Home\n• Essays\n\nLog in\n\nThe Millers on the Bank\n\n[ ] 6 languages\n• Article\n• Talk",
                "The Millers on the Bank",
            ),
            ("狼の記\n中村太郎", "狼の記"),
            // Title pages.
            (
                "Mill wheels and weirs of the lower river:\nthe stones, the timber\nand the iron\nNora Feld\nUniversity of Largo",
                "Mill wheels and weirs of the lower river: the stones, the timber and the iron",
            ),
            (
                "On the Grinding of Wheat and Rye in Older\nMills of the River\nNora Feld\n\nJonas Ardent\n\nAbstract",
                "On the Grinding of Wheat and Rye in Older Mills of the River",
            ),
            ("On Bread\nA Weekday History\nNora Feld\n3 May 2011", "On Bread"),
            ("How to read essay.txt\nNora Feld\n2011/05/03", "How to read essay.txt"),
            ("essay.txt\nOn Bread\nNora Feld\n2011/05/03", "On Bread"),
            ("A history of bread by\nNora Feld", "A history of bread"),
            ("Nora Feld\nfeld at mills dot example\n\nOn Bread", "On Bread"),
            ("2011/05/03 v1.2\n\nOn Bread", "On Bread"),
            // Where it was printed.
            ("Journal of Mills, Vol. 3, No. 2 (Spring, 1978), pp. 20-29\n\nOn Bread", "On Bread"),
            ("Largo 2015-012\n\nOn Bread", "On Bread"),
            ("Largo 1936-39", "Largo 1936-39"),
            ("Symphony No. 5", "Symphony No. 5"),
            // Other places' menus.
            (
                "Brot\naus Wikipedia, der freien Enzyklopädie\n\nZur Navigation springen\nZur Suche springen",
                "Brot",
            ),
            ("Accueil\nNuméros\n64\nDu pain\nDu pain\nNora Feld\np. 41-58", "Du pain"),
            ("Mills and Law\n* Upload\n* View\n\nPreview\n\nPage 1: Mills and Law", "Mills and Law"),
            ("12 Largo L. Rev. 401\n\nOn Bread", "On Bread"),
            ("Dear Madam,\n\nOn Bread", "On Bread"),
            ("On Bread,\nVersion 0.2\nNora Feld", "On Bread"),
            ("ARTICLE: ON BREAD\n\nNORA FELD", "ON BREAD"),
            ("Tables of bread. . . . . . . 4\n\nOn Bread", "On Bread"),
            ("Università degli Studi di Largo\nFACOLTÀ DI SCIENZE\n\nDel pane", "Del pane"),
            ("University Life", "University Life"),
            ("Home\nNora Feld\nOn Bread and Water", "On Bread and Water"),
            // Headings of other ways of marking.
            ("****** On Bread ******\n\n****** On Bread ******\nNora Feld", "On Bread"),
            ("* On Bread\n  :PROPERTIES:\n  :CUSTOM_ID: bread\n  :END:\n\n/Nora Feld/", "On Bread"),
            ("On Bread v2\nv0.5, May 2011", "On Bread v2"),
            // Letters that were sent by mail.
            (
                "From: Nora Feld <nora@mills.example>\nTo: list@mills.example\nDate: Tue, 3 May 2011 10:22:31 +0100\nSubject: Re: [mills] On bread",
                "On bread",
            ),
            ("From: the Weir\nTo the Mill", "From: the Weir"),
            ("رسالة في الخبز", "رسالة في الخبز"),
            ("Inhaltsverzeichnis\n\nÜber das Brot", "Über das Brot"),
        ] {
            assert_eq!(found(top), expected, "{top}");
        }
    }

    #[test]
    fn text_that_lost_the_blank_line_under_its_title() {
        let of = |top: &str| {
            let text = format!("{top}\n{PROSE}\n{PROSE}");
            find(&text, &head::read(&text)).map_or(String::new(), |t| t.text)
        };
        assert_eq!(of("Home\nOn Bread and Water"), "On Bread and Water");
        let wrapped = "The Loaf\nNora Feld\nThe weir was low that year, and the millers stood idle on\nthe bank from noon until the lamps were lit. Nobody spoke\nof it afterwards.\n";
        assert_eq!(find(wrapped, &head::read(wrapped)).map(|t| t.text).as_deref(), Some("The Loaf"));
    }

    #[test]
    fn without_a_title_the_first_sentence() {
        let text = "Is it only the water that turns it? I have watched the wheel for a year and I am not sure of anything, not even of the water, which comes and goes as it likes.\nNo, it is not.\n";
        let of = |t: &str| find(t, &head::read(t)).map(|t| t.text);
        assert_eq!(of(text).as_deref(), Some("Is it only the water that turns it?"));
        assert_eq!(
            of(PROSE).as_deref(),
            Some(
                "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit."
            )
        );
        let wrapped = "The weir was low that year, and the millers stood on the bank with Mr. Feld, wait-\ning for rain that did not come before the lamps were lit. Nobody spoke of it\nafterwards, though everybody remembered.\n";
        assert!(of(wrapped).is_some_and(|t| {
            t.ends_with("Mr. Feld, waiting for rain that did not come before the lamps were lit.")
        }));
        assert_eq!(of(""), None);
        assert_eq!(of("\n \n\n"), None);
    }

    #[test]
    fn endless_titles_are_cut() {
        let of = |t: &str| find(t, &head::read(t)).map_or(String::new(), |t| t.text);
        for text in [
            format!("# {}", "mill wheel ".repeat(1_000)),
            "mill ".repeat(2_000),
            "水".repeat(10_000),
            "w".repeat(10_000),
        ] {
            let title = of(&text);
            assert!(title.chars().count() <= SHOWN && title.ends_with('…'), "{title}");
        }
    }

    #[test]
    fn file_names() {
        for (path, expected) in [
            ("seeds/on-bread_2.txt", "On bread 2"),
            ("a.b.md", "A b"),
            (".md", "Md"),
            ("", "Untitled"),
            ("---.txt", "Untitled"),
        ] {
            assert_eq!(from_path(path), expected, "{path}");
        }
    }
}
