//! The first lines of a document, sorted by what they are.
//!
//! A title can only be told from a banner, a page number or a licence by what stands around it, so the lines
//! are sorted first and the questions (title? author? date?) are asked of the sorted lines.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::{DOMAIN, EMAIL, RETRIEVED, URL, compile};
use super::{author, date};
use crate::layout::{self, post};

/// Lines looked at; longer apparatus before a text has not been met (the longest ebook header has 60).
const MAX_LINES: usize = 300;
/// Bytes of one line looked at: enough for any title that is shown, little enough for any line.
const MAX_LINE: usize = 12_000;
/// A paragraph from this many characters on is prose, whatever else it looks like.
const PROSE: usize = 200;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Title: …`, `Author: …`: the key is in [`Line::key`].
    Stated(Key),
    /// A rule.
    Rule,
    /// A page or chapter number alone, or a running head with a page number.
    Furniture,
    /// An address alone.
    Address,
    /// A date alone, or with a place or site.
    Date,
    /// `By …`.
    Byline,
    /// When and where somebody found the text.
    Retrieval,
    /// Licence, copyright, production notes.
    Boilerplate,
    /// A site's menus.
    Navigation,
    /// The heading of a table of contents.
    Contents,
    /// The name of a part that any document may have (`Preface`).
    Section,
    /// Running text.
    Prose,
    /// None of these: may be a title, a subtitle, a name.
    Other,
}

/// A fact that a line states by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `Title:`
    Title,
    /// `Author:`
    Author,
    /// `Date:`, `Published:`
    Date,
}

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
                    && !lines[i - 1].text.ends_with(['.', '!', '?', '”', '"']);
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
    mark_running_heads(&raw, &mut head.lines);
    mark_banners(&mut head.lines);
    let shown = head.lines.iter().take(14);
    head.navigation = shown.filter(|l| l.kind == Kind::Navigation).count() >= 3;
    head
}

/// The lines of a title page that text follows without a blank line: a few short ones down to a date or an address.
fn title_page(raw: &[(usize, &str)]) -> Option<usize> {
    /// Lines of the longest.
    const LINES: usize = 7;
    /// Characters of its longest line.
    const SHORT: usize = 70;
    let short = raw.iter().take(LINES).take_while(|r| r.1.trim().chars().count() <= SHORT).count();
    let ends = |n: &usize| matches!(kind(raw[*n].1, &clean(raw[*n].1)), Kind::Date | Kind::Address);
    (1..short).rev().find(ends).map(|n| n + 1)
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
        let mut kind = kind(line, &text);
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
        let heading = atx(line);
        // What is set as the first heading is meant as a title, whatever word it begins with.
        if heading == Some(1) && matches!(kind, Kind::Boilerplate | Kind::Navigation) {
            kind = Kind::Other;
        }
        out.push(Line { at, text, kind, heading, chunk, alone: false });
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
    let last = own.last().map_or("", |t| t.trim_end_matches(['"', '”', '»', '’', ')', ']', '*']));
    let ends = last.ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '！', '？', '」']);
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
        && rest[0].text.chars().next().is_some_and(|c| c.is_uppercase() || "“\"«„".contains(c))
}

/// Number of sentence ends in a line (a full stop after a word of three letters or more, so that initials
/// and most abbreviations do not count).
fn sentence_ends(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .iter()
        .filter(|w| {
            let bare = w.trim_end_matches(['"', '”', '»', '’', ')']);
            bare.ends_with(['.', '!', '?', '…']) && bare.chars().filter(|c| c.is_alphabetic()).count() >= 3
        })
        .count()
}

/// What a line is, by itself.
fn kind(raw: &str, text: &str) -> Kind {
    /// Nothing but these is longer than any line a person set apart.
    const LONGEST: usize = 400;
    if !text.chars().any(char::is_alphanumeric) {
        return if raw.contains('[') || raw.trim().len() < 3 { Kind::Furniture } else { Kind::Rule };
    }
    if text.len() > LONGEST {
        return Kind::Other;
    }
    if let Some((key, _)) = stated(text) {
        return Kind::Stated(key);
    }
    if RETRIEVED.is_match(text) && (date::first(text).is_some() || URL.is_match(text)) {
        return Kind::Retrieval;
    }
    if BOILERPLATE.is_match(text) {
        return Kind::Boilerplate;
    }
    if is_furniture(raw, text) || layout::page_mark(raw.trim()).is_some() {
        return Kind::Furniture;
    }
    if is_navigation(raw, text) {
        return Kind::Navigation;
    }
    if CONTENTS.is_match(text) {
        return Kind::Contents;
    }
    if SECTION.is_match(text) {
        return Kind::Section;
    }
    if text.split_whitespace().all(is_address) {
        return Kind::Address;
    }
    if date::is_lone(text) {
        return Kind::Date;
    }
    if !author::byline(text).is_empty() {
        return Kind::Byline;
    }
    if post::is_head(text) {
        return Kind::Furniture;
    }
    Kind::Other
}

/// True if a paragraph belongs to the making of a text or the site around it rather than to the text.
pub(super) fn is_apparatus(text: &str) -> bool {
    let start: String = text.chars().take(300).collect();
    matches!(kind(&start, &start), Kind::Boilerplate | Kind::Retrieval | Kind::Navigation | Kind::Contents)
}

/// The key and value of a `Title: …` line.
pub(super) fn stated(text: &str) -> Option<(Key, &str)> {
    static KEYS: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:(?P<t>title|titel|titre|título|titolo|название|заголовок)|(?P<a>authors?|autor(?:in|en|es|a)?|auteure?s?|verfasser(?:in)?|автор(?:ы)?|written by|text(?: by)?|texte(?: de)?|words(?: by)?)|(?P<d>date|published(?: on)?|publication date|date of publication|posted(?: on)?|datum|veröffentlicht(?: am)?|erschienen(?: am)?|publié le|fecha|publicado(?: el)?|дата(?: публикации)?|опубликовано))\s*(?P<c>[:：])?\s+(?P<v>\S.*)$",
        )
    });
    let found = KEYS.captures(text)?;
    let value = found.name("v")?.as_str().trim();
    let colon = found.name("c").is_some();
    // Without the colon only a date makes the line a statement: `Published May 2018`.
    if found.name("d").is_some() {
        return date::is_lone(value).then_some((Key::Date, value));
    }
    let key = if found.name("t").is_some() { Key::Title } else { Key::Author };
    colon.then_some((key, value))
}

/// `An address alone`: a URL, a host name or an e-mail address, with brackets around it or not.
pub(super) fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "<>()[],;".contains(c)).trim_end_matches('.');
    URL.find(word).is_some_and(|m| m.start() == 0)
        || DOMAIN.is_match(word)
        || EMAIL.find(word).is_some_and(|m| m.len() == word.len())
}

/// Page numbers, chapter numbers, running heads with a page number.
fn is_furniture(raw: &str, text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:[-–—\[( ]*(?:\d{1,3}|[ivxlcdm]{1,8})[-–—\]). ]*|(?:page|seite|p\.|с\.|стр\.|página)\s*\d+(?:\s*(?:of|/|von|de|из)\s*\d+)?|\d+\s*(?:/|of)\s*\d+|\d{1,4}(?:\s+\d{1,4})+|\d{1,3}\s+[ivxlcdm]{1,7}(?:\s+\d{1,3})?)$",
        )
    });
    static RUNNING: LazyLock<Regex> =
        LazyLock::new(|| compile(r"^\s*(?:\S(?:.*\S)?(?:\s{3,}|\t+)\d{1,4}|\d{1,4}(?:\s{3,}|\t+)\S.*)\s*$"));
    NUMBER.is_match(text)
        || RUNNING.is_match(raw)
        || (text.starts_with('(') && text.ends_with(')') && !date::is_lone(text))
}

/// Menus, breadcrumbs, tick boxes, lists of short links.
fn is_navigation(raw: &str, text: &str) -> bool {
    /// Longest entry of a menu.
    const ENTRY: usize = 40;
    let raw = raw.trim_start();
    if raw.starts_with("[ ]") || raw.starts_with("[  ") {
        return true;
    }
    let bullet =
        raw.starts_with(['•', '·', '▪', '»', '›', '☰']) || raw.starts_with("* ") || raw.starts_with("- ");
    if bullet && text.len() <= ENTRY {
        return true;
    }
    let menu = |t: &str| MENU.is_match(t.trim());
    // `Home About Contact`
    let entries = text.split_whitespace().count();
    if menu(text) || (2..=12).contains(&entries) && text.split_whitespace().all(menu) {
        return true;
    }
    let parts: Vec<&str> = text.split(['|', '›', '»', '>', '•', '·', '/']).map(str::trim).collect();
    let spaced: Vec<&str> = raw.split("  ").map(str::trim).filter(|p| !p.is_empty()).collect();
    [parts, spaced]
        .iter()
        .any(|p| p.len() >= 2 && p.iter().all(|t| t.len() <= ENTRY) && p.iter().any(|t| menu(t)))
}

static MENU: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:(?:jump|skip) to\b.{0,30}|(?:main )?menu|home(?:page)?|search|log ?in|sign (?:in|up|out)|register|create account|subscribe(?: now)?|share(?: this.{0,20})?|tweet|facebook|twitter|instagram|youtube|rss|newsletter|about(?: us)?|contact(?: us)?|donate(?: now)?|navigation|toggle.{0,20}|close|next|previous|prev|back|print|e-?mail|hide|edit|view history|talk|comments?|read more.{0,20}|\d+ (?:comments?|languages|views|min(?:ute)?s? read|min)|personal tools|tools|archives?|categories|tags?|issues?|login|menü|startseite|suche|anmelden|newsletter abonnieren|spenden|teilen|drucken|impressum|kontakt|accueil|rechercher|connexion|partager|s'abonner|imprimer|inicio|buscar|compartir|iniciar sesión|suscríbete|suscribirse|imprimir|главная|поиск|войти|меню|подписаться|поделиться|печать|.{0,30}\bcookies?)$",
    )
});

pub(super) static CONTENTS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:(?:table of )?contents|inhalt(?:sverzeichnis|sübersicht)?|table des matières|sommaire|índice|contenido|содержание|оглавление|目录|目次|indice|inhoud)[.:]?$",
    )
});

static SECTION: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:preface|foreword|introduct(?:ion|ory)|abstract|summary|prologue|epigraph|dedication|syllabus|notes?|footnotes|endnotes|references|bibliography|acknowledge?ments|appendix|preamble|vorwort|einleitung|vorbemerkung|zusammenfassung|anmerkungen|préface|avant-propos|résumé|remerciements|introducción|prólogo|prefacio|resumen|notas|введение|предисловие|вступление|примечания|аннотация|序|前言|序言|はじめに)[.:]?$|^(?:chapter|part|book|section|volume|vol\.|kapitel|teil|buch|band|chapitre|partie|livre|tome|capítulo|parte|libro|tomo|глава|часть|книга|том)\s+(?:\d{1,3}|[ivxlcdm]{1,8}|one|two|three|first|eins?|un|uno|premi(?:er|ère)|первая)[.:]?(?:\s+(?:chapter|part|book|section)\s+(?:\d{1,3}|[ivxlcdm]{1,8})[.:]?)?$|^(?:première|erste[rs]?|primera?|первая|вторая|(?:the )?first|(?:the )?second)\s+(?:partie|teil|kapitel|buch|parte|часть|глава|part|chapter|book)[.:]?$",
    )
});

/// True for a line that only counts a part: `Book I`, `Chapter One`.
pub(super) fn is_numbered_part(text: &str) -> bool {
    // The others name what the part is for.
    SECTION.is_match(text) && text.split_whitespace().count() > 1
}

/// Beginnings of lines that belong to the making, the licence or the edition of a text.
static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:(?:the )?project gutenberg|this e-?(?:book|text) (?:is|was)|almost no restrictions|re-use it under|with this e-?book|\*{3} ?(?:start|end) of|produced by|transcribed (?:by|from)|digiti[sz]ed by|proofread|distributed proofread|e-?text prepared|(?:release|posting) date|language:|character set|copyright(?:$|\s*(?:[©(:\d]|by\b|notice|held|all\b|the\b))|©|\(c\)|anti-?copyright|no copyright|(?:in the )?public domain\.?$|all rights reserved|some rights reserved|creative commons|cc[- ]by|isbn|issn|doi:|arxiv:|published (?:by|in|as|under|at)\b|first published|originally (?:published|posted|appeared|printed)|reprinted|re-?posted|translat(?:ed\b|(?:ion|ors?)(?: by\b|:))|edit(?:ed|ors?)\b(?: by\b|:)|illustrat(?:ed|ions?) by|photo(?:s|graphs?)?(?: by|:)|image(?: by|:)|cover(?: by|:)|printed (?:in|by|for)|licen[sc]ed under|licen[sc]e:|this (?:work|text|document|documentation|article|page|book|file|manual|pamphlet|edition|translation) (?:is|was|may|can|has been|appeared)|permission (?:is|to)|trademarks? |version:? ?v?\d|build version|draft(?:$| (?:of|\d))|revision:? ?v?\d|credits?:|source:|sources:|url:|link:|from (?:the )?(?:wikipedia|free encyclopedia)|transcriber['’]?s?['’]? notes?|tags?:|categor(?:y|ies):|filed under|topics?:|part of (?:the|a) series|last (?:updated|edited|modified|revised)|updated(?: on)? \d|updated(?: on)? \w+ \d|update:|everyone is permitted|alle rechte|veröffentlicht (?:von|bei|in)|übersetz(?:t|ung:|er:)|aus dem \S+ (?:übersetzt|von)|herausgegeben|quelle:|lizenz:|schlagwörter|tous droits|traduit (?:de|du|par)|traduction(?: de\b| par\b|\s?:)|édité par|publié par|quelle est la source|source :|mots[- ]clés|todos los derechos|traducid[oa] (?:de|del|por)|traducción(?: de\b| por\b|:)|editado por|publicado (?:por|en)|fuente:|licencia:|etiquetas|перевод(?: с\b|:|чик:)|переведено|все права|источник:|редактор:|издательство:|лицензия:|底本|青空文庫)",
    )
});

/// `% title`, `% authors`, `% date`: the title block of a Markdown that some converters read.
fn mark_title_block(lines: &mut [Line]) {
    const KEYS: [(Key, &str); 3] =
        [(Key::Title, "Title: "), (Key::Author, "Author: "), (Key::Date, "Date: ")];
    for (line, (key, name)) in lines.iter_mut().zip(KEYS) {
        let Some(value) = line.text.strip_prefix("% ").filter(|_| line.chunk == 0) else { return };
        line.text = format!("{name}{value}");
        line.kind = if stated(&line.text).is_some() { Kind::Stated(key) } else { Kind::Boilerplate };
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
fn atx(line: &str) -> Option<u8> {
    let line = line.trim_start();
    let level = line.bytes().take_while(|&b| b == b'#').count();
    ((1..=6).contains(&level) && line[level..].starts_with([' ', '\t'])).then_some(level as u8)
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

/// The words of a line without markup and without a trailing note sign.
pub(super) fn clean(line: &str) -> String {
    static NOTE_TAG: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"(?i)<sup[^>]*>\s*(?:<a[^>]*>)?[\[(]?[\d*†‡§,\s]+[\])]?(?:</a>)?\s*</sup>|\[\^[^\]\s]*\]")
    });
    static BREAK: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)<br\s*/?>"));
    static TAG: LazyLock<Regex> = LazyLock::new(|| compile(r"</?[A-Za-z][^<>@]*>"));
    static IMAGE: LazyLock<Regex> = LazyLock::new(|| compile(r"!\[[^\]]*\]\([^)]*\)"));
    static LINK: LazyLock<Regex> = LazyLock::new(|| compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+[^)]*)?\)"));
    static TRAILING_NOTE: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?:[¹²³⁰⁴-⁹]+|[*∗†‡§]+|\s?\[\d{1,3}\]|(?:\p{L}|[.?!”’»])\(\d{1,2}\))$"));
    let mut unmarked = line.trim().to_owned();
    if unmarked.contains('<') || unmarked.contains('[') {
        unmarked = NOTE_TAG.replace_all(&unmarked, "").into_owned();
    }
    if unmarked.contains('<') {
        unmarked = BREAK.replace_all(&unmarked, " ").into_owned();
        unmarked = TAG.replace_all(&unmarked, "").into_owned();
    }
    if unmarked.contains('[') {
        unmarked = IMAGE.replace_all(&unmarked, "").into_owned();
        unmarked = LINK.replace_all(&unmarked, "$1").into_owned();
    }
    let mut text = unmarked.as_str();
    if let Some(level) = atx(text) {
        text = text[level as usize..].trim().trim_end_matches('#').trim_end();
    }
    let mut text = text.trim_start_matches(['>', '•', '·', '▪']).trim_start();
    for bullet in ["* ", "- "] {
        text = text.strip_prefix(bullet).unwrap_or(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let edge = !before.is_alphanumeric() || !next.is_alphanumeric();
        match c {
            '\\' if next.is_ascii_punctuation() => continue,
            '*' | '`' => {}
            '_' if edge => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
        before = c;
    }
    if out.contains('&') {
        for (entity, sign) in
            [("&amp;", "&"), ("&quot;", "\""), ("&#39;", "’"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">")]
        {
            out = out.replace(entity, sign);
        }
    }
    let mut out = out.trim().to_owned();
    if let Some(found) = TRAILING_NOTE.find(&out) {
        // The letter before `(1)` belongs to the word.
        let keep =
            out[found.start()..].char_indices().next().filter(|(_, c)| !"[(¹²³⁰⁴⁵⁶⁷⁸⁹*∗†‡§ ".contains(*c));
        let cut = found.start() + keep.map_or(0, |(_, c)| c.len_utf8());
        if cut > 0 {
            out.truncate(cut);
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_note_signs_are_not_words_of_a_line() {
        for (raw, expected) in [
            ("## The *Quiet* River", "The Quiet River"),
            ("THE LIGHTHOUSE¹", "THE LIGHTHOUSE"),
            ("THE LIGHTHOUSE(1)", "THE LIGHTHOUSE"),
            ("On Bread [2]", "On Bread"),
            ("On Bread<sup>2</sup>", "On Bread"),
            ("the 10<sup>th</sup> hour", "the 10th hour"),
            ("**[A Walk](https://walks.example)**", "A Walk"),
            ("snake_case stays", "snake_case stays"),
            ("What is *this*?", "What is this?"),
        ] {
            assert_eq!(clean(raw), expected, "{raw}");
        }
    }

    #[test]
    fn lines_are_sorted() {
        for (line, expected) in [
            ("12", Kind::Furniture),
            ("- 12 -", Kind::Furniture),
            ("iv", Kind::Furniture),
            ("THE LONG WAY   11", Kind::Furniture),
            ("=====", Kind::Rule),
            ("www.example.org/essays", Kind::Address),
            ("Skip to content", Kind::Navigation),
            ("Home > Essays > Rivers", Kind::Navigation),
            ("© 2017 The Mill Press", Kind::Boilerplate),
            ("Retrieved on 4 May 2019 from example.org", Kind::Retrieval),
            ("Title: On Bread", Kind::Stated(Key::Title)),
            ("Published: 4 May 2019", Kind::Stated(Key::Date)),
            ("4 May 2019", Kind::Date),
            ("by Nora Feld", Kind::Byline),
            ("Inhaltsverzeichnis", Kind::Contents),
            ("Chapter IV", Kind::Section),
            ("On Bread", Kind::Other),
            ("Published writers and their debts", Kind::Other),
            ("Translation and Treason", Kind::Other),
            ("Copyright and Its Enemies", Kind::Other),
            ("Übersetzung als Verrat", Kind::Other),
            ("Translated by Nora Feld", Kind::Boilerplate),
            ("Copyright 2011 by Nora Feld", Kind::Boilerplate),
        ] {
            assert_eq!(kind(line, &clean(line)), expected, "{line}");
        }
    }
}
