//! What a line of a document's head is, by itself.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::{EMAIL, Gapped, RETRIEVED, URL, compile, is_host};
use super::{author, date};
use crate::layout::{self, post};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Title: …`, `Author: …`, and what it states.
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

/// What a line is, by itself: as it stands, and its words.
pub(super) fn of_line(raw: &str, text: &str) -> Kind {
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
    if IMPRINT.is_match(text) {
        return Kind::Boilerplate;
    }
    if CONTENTS.is_match(text) {
        return Kind::Contents;
    }
    if SECTION.is_match(text) {
        return Kind::Section;
    }
    if text.split_whitespace().all(is_address) || is_mail(text) && !text.contains('@') {
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
    matches!(of_line(&start, &start), Kind::Boilerplate | Kind::Retrieval | Kind::Navigation | Kind::Contents)
}

/// The key and value of a `Title: …` line.
pub(super) fn stated(text: &str) -> Option<(Key, &str)> {
    static KEYS: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:(?P<t>title|titel|titre|título|titolo|название|заголовок)|(?P<a>authors?|autor(?:in|en|es|a)?|auteure?s?|verfasser(?:in)?|автор(?:ы)?|作者|著者|written by|text(?: by)?|texte(?: de)?|words(?: by)?)|(?P<d>date|published(?: on)?|publication date|date of publication|posted(?: on)?|datum|veröffentlicht(?: am)?|erschienen(?: am)?|publié le|fecha|publicado(?: el)?|дата(?: публикации)?|опубликовано))(?:\s*(?P<c>[:：])?\s+|(?P<w>：))(?P<v>\S.*)$",
        )
    });
    let found = KEYS.captures(text)?;
    let value = found.name("v")?.as_str().trim();
    // `作者：某某 来源：某刊`
    let next = value.find('：').and_then(|colon| value[..colon].rfind(' '));
    let value = next.map_or(value, |space| &value[..space]);
    let colon = found.name("c").or(found.name("w")).is_some();
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
        || is_host(word)
        || EMAIL.find(word).is_some_and(|m| m.len() == word.len())
}

/// True for an address of e-mail, also one that is hidden from machines: `name at mills dot example`.
pub(super) fn is_mail(text: &str) -> bool {
    static SPELT: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^\S+(?: dot \S+)*(?: at |\(at?\)|\[at\])\S+(?: dot \S+)+$"));
    EMAIL.is_match(text) || SPELT.is_match(text)
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
    let is_numbered = || raw.trim().starts_with(char::is_numeric) || raw.trim().ends_with(char::is_numeric);
    NUMBER.is_match(text)
        || is_numbered() && RUNNING.is_match(raw)
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

static MENU: Gapped = Gapped::new(
    r"(?i)^(?:(?:jump|skip) to\b.{0,30}|(?:zur|zum) \p{L}+ springen|aller (?:au|à)\b.{0,30}|(?:saltar|ir) al?\b.{0,30}|vai al?\b.{0,30}|przejdź do\b.{0,30}|(?:main )?menu|home(?:page)?|search|log ?in|sign (?:in|up|out)|register|create account|subscribe(?: now)?|share(?: this.{0,20})?|tweet|facebook|twitter|instagram|youtube|rss|newsletter|about(?: us)?|contact(?: us)?|donate(?: now)?|navigation|toggle.{0,20}|close|next|previous|prev|back|print|e-?mail|hide|edit|view history|talk|comments?|read more.{0,20}|\d+ (?:comments?|languages|views|min(?:ute)?s? read|min)|personal tools|tools|archives?|categories|tags?|issues?|login|menü|startseite|suche|anmelden|newsletter abonnieren|spenden|teilen|drucken|impressum|kontakt|accueil|rechercher|connexion|partager|s'abonner|imprimer|inicio|buscar|compartir|iniciar sesión|suscríbete|suscribirse|imprimir|главная|поиск|войти|меню|подписаться|поделиться|печать|.{0,30}\bcookies?)$",
);

pub(super) static CONTENTS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:(?:table of )?contents|inhalt(?:sverzeichnis|sübersicht)?|table des matières|sommaire|índice|contenido|содержание|оглавление|目录|目次|indice|inhoud|innehåll|indhold(?:sfortegnelse)?|obsah|spis treści|(?:list of|liste des|lijst van) \p{L}+)[.:]?$",
    )
});

/// Where an article was printed: `Journal of Mills, Vol. 2, No. 1, pp. 3-9`, `p. 41-58`, `12 Mill L. Rev. 401`; the number of a report.
static IMPRINT: Gapped = Gapped::new(
    r"(?i)^.{0,100}\b(?:vol(?:ume)?|tome|bd|band|jg|jahrgang|année|anno|año|ano|no|nr|n[°º]|issue|heft|núm|том|№)\.?\s*(?:\d+|[ivxlc]+)\b.{0,60}\b(?:pp?|pages?|seiten?|s|págs?|no|nr|n[°º]|issue|heft|núm|fasc|с|стр)\.?\s*\d+(?:\s*(?:[-–—]|à|bis|to)\s*\d+)?\W*$|^.{3,100}\b(?:19|20)\d\d\b.{1,40}\b(?:pp?\.|pages|seiten|s\.|págs?\.)\s*\d+\s*(?:[-–—]|à|bis|to)\s*\d+\W*$|^(?:pp?\.|pages|seiten|s\.|с\.)\s*\d+\s*[-–—]\s*\d+\.?$|^.{3,80},\s(?:19|20)\d\d,\s(?:vol|no|nr|n°)\.?\s*\d+$|^\S+(?:\s\S+)?[ -](?:19|20)\d\d-0\d+$|^\d{1,4}\s\p{Lu}(?:[\p{L}&]+\.?\s){0,6}\p{L}+\.\s\d{1,5}$",
);

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
        r"(?i)^(?:(?:the )?project gutenberg|this e-?(?:book|text) (?:is|was)|almost no restrictions|re-use it under|with this e-?book|\*{3} ?(?:start|end) of|produced by|transcribed (?:by|from)|digiti[sz]ed by|proofread|distributed proofread|e-?text prepared|(?:release|posting) date|language:|character set|copyright(?:$|\s*(?:[©(:\d]|by\b|notice|held|all\b|the\b))|©|\(c\)|anti-?copyright|no copyright|(?:in the )?public domain\.?$|all rights reserved|some rights reserved|creative commons|cc[- ]by|isbn|issn|doi:|arxiv:|published (?:by|in|as|under|at)\b|first published|originally (?:published|posted|appeared|printed)|reprinted|re-?posted|translat(?:ed\b|(?:ion|ors?)(?: by\b|:))|edit(?:ed|ors?)\b(?: by\b|:)|illustrat(?:ed|ions?) by|photo(?:s|graphs?)?(?: by|:)|image(?: by|:)|cover(?: by|:)|printed (?:in|by|for)|licen[sc]ed under|licen[sc]e:|this (?:work|text|document|documentation|article|page|book|file|manual|pamphlet|edition|translation) (?:is|was|may|can|has been|appeared)|permission (?:is|to)|trademarks? |version:? ?v?\d|ver\. ?\d|v\d+\.\d|build version|:[A-Z_]+:(?:$|\s)|draft(?:$| (?:of|\d))|revision:? ?v?\d|credits?:|source:|sources:|url:|link:|from (?:the )?(?:wikipedia|free encyclopedia)|(?:aus|uit|från|fra|da|de|un article de) wikip[eé]dia\b|z wikipedii|из википедии|出典:|维基百科|フリー百科事典|transcriber['’]?s?['’]? notes?|tags?:|categor(?:y|ies):|filed under|topics?:|part of (?:the|a) series|last (?:updated|edited|modified|revised)|updated(?: on)? \d|updated(?: on)? \w+ \d|update:|everyone is permitted|alle rechte|veröffentlicht (?:von|bei|in)|übersetz(?:t|ung:|er:)|aus dem \S+ (?:übersetzt|von)|herausgegeben|quelle:|lizenz:|schlagwörter|tous droits|traduit (?:de|du|par)|traduction(?: de\b| par\b|\s?:)|édité par|publié par|quelle est la source|source :|mots[- ]clés|todos los derechos|traducid[oa] (?:de|del|por)|traducción(?: de\b| por\b|:)|editado por|publicado (?:por|en)|fuente:|licencia:|etiquetas|перевод(?: с\b|:|чик:)|переведено|все права|источник:|редактор:|издательство:|лицензия:|底本|青空文庫)",
    )
});

#[cfg(test)]
mod tests {
    use super::super::words::clean;
    use super::*;

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
            assert_eq!(of_line(line, &clean(line)), expected, "{line}");
        }
    }
}
