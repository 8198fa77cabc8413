//! What the program knows of a language: its stems, its words that say nothing, and how its nouns are told.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::super::general;
use super::super::stem::{self, Stemmer};
use crate::hash::Fast;

/// Words of the program's own.
pub(super) type Words = HashSet<&'static str, Fast>;

/// What the program knows of a language.
pub(super) struct Language {
    pub(super) stemmer: Stemmer,
    pub(super) stop: Words,
    pub(super) general: HashSet<String, Fast>,
    /// Words that may stand before a noun.
    pub(super) opening: Words,
    pub(super) nouns: Nouns,
}

/// How nouns are told from other words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nouns {
    /// They follow an article or preposition, and no other content word follows (the adjective stands first).
    AfterArticle,
    /// They follow an article or preposition; adjectives come behind them.
    BeforeAdjective,
    /// They are written with capitals.
    Capital,
    /// By their endings.
    Russian,
    /// They are not.
    Unknown,
}

impl Language {
    /// The language of a code.
    pub(super) fn of(lang: &str) -> Option<&'static Language> {
        LANGUAGES.get(lang)
    }

    /// Puts a language together; `None` for one there are no stems or stop-words for.
    fn new(lang: &str) -> Option<Language> {
        let nouns = match lang {
            "en" => Nouns::AfterArticle,
            "de" => Nouns::Capital,
            "fr" => Nouns::BeforeAdjective,
            "es" => Nouns::BeforeAdjective,
            "ru" => Nouns::Russian,
            "it" => Nouns::BeforeAdjective,
            "pt" => Nouns::BeforeAdjective,
            "nl" => Nouns::AfterArticle,
            "sv" => Nouns::Unknown,
            "da" => Nouns::Unknown,
            "nb" => Nouns::Unknown,
            "fi" => Nouns::Unknown,
            "hu" => Nouns::Unknown,
            "ro" => Nouns::Unknown,
            "tr" => Nouns::Unknown,
            "el" => Nouns::Unknown,
            _ => return None,
        };
        let stop = stop_words::lookup(if lang == "nb" { "no" } else { lang })?;
        let stemmer = stem::stemmer(lang)?;
        let stem = |word: &str| stemmer.stem(&word.to_lowercase()).into_owned();
        let words = general::words(lang).split_whitespace();
        let apparatus = general::APPARATUS.split_whitespace();
        let mut general: HashSet<String, Fast> = words.clone().chain(apparatus).map(stem).collect();
        if lang == "en" {
            general.extend(words.map(|word| stem(&adverb(word))));
        }
        let opening = opening(lang).split(' ').collect();
        Some(Language { stemmer, stop: stop.iter().copied().collect(), general, opening, nouns })
    }
}

/// The adverb of an English adjective; of another word, no word at all.
fn adverb(adjective: &str) -> String {
    if let Some(start) = adjective.strip_suffix("le") {
        return format!("{start}ly");
    }
    if let Some(start) = adjective.strip_suffix('y') {
        return format!("{start}ily");
    }
    let ending = if adjective.ends_with("ic") { "ally" } else { "ly" };
    format!("{adjective}{ending}")
}

/// The languages there are stems and stop-words for.
static LANGUAGES: LazyLock<BTreeMap<&'static str, Language>> = LazyLock::new(|| {
    const CODES: [&str; 16] =
        ["en", "de", "fr", "es", "ru", "it", "pt", "nl", "sv", "da", "nb", "fi", "hu", "ro", "tr", "el"];
    CODES.iter().filter_map(|c| Some((*c, Language::new(c)?))).collect()
});

/// Words that stand before a noun. Prepositions that an infinitive may follow (`de`, `para`, `to`) are none.
pub(super) fn opening(lang: &str) -> &'static str {
    match lang {
        "en" => {
            "the a an this that these those his her its their our your my of in on for with by from as no any every each some into against between about under over through without toward towards upon within among whose another"
        }
        "fr" => {
            "le la les l un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos chaque"
        }
        "es" => {
            "el la los las un una unos unas del al su sus este esta estos estas ese esa cada nuestro nuestra"
        }
        "it" => {
            "il lo la i gli le l un uno una del della dei delle dello degli al alla ai alle nel nella nei nelle sul sulla suo sua questo questa"
        }
        "pt" => "o a os as um uma do da dos das no na nos nas pelo pela ao à seu sua este esta",
        "nl" => "de het een van in op met voor door deze dit die zijn haar hun over tegen uit",
        _ => "",
    }
}

/// True for a word of publishers' imprints.
pub(super) fn is_imprint(word: &str) -> bool {
    static IMPRINTS: LazyLock<Words> = LazyLock::new(|| general::IMPRINTS.split(' ').collect());
    IMPRINTS.contains(word)
}

/// Endings of Russian adjectives, participles and verbs; nouns that share one are lost as tags.
pub(super) fn russian_adjective_or_verb(word: &str) -> bool {
    const ENDINGS: [&str; 44] = [
        "ый", "ого", "ому", "ыми", "ых", "ую", "ое", "ые", "ыми", "ими", "его", "ему", "юю", "ее", "ая",
        "яя", "ский", "ской", "ском", "ским", "ских", "ный", "ной", "ном", "ным", "ать", "ять", "еть", "ить",
        "ться", "тся", "ает", "яет", "ует", "ют", "ут", "ал", "ала", "али", "ил", "ила", "или", "лся",
        "лись",
    ];
    ENDINGS.iter().any(|e| word.ends_with(e))
}

/// How much a Russian form looks like a nominative.
pub(super) fn russian_nominative(form: &str) -> u32 {
    match form.chars().next_back() {
        Some('ь' | 'а' | 'я' | 'о') => 3,
        Some('е') if form.ends_with("ие") || form.ends_with("ье") => 3,
        Some(c) if !"аеёиоуыэюяй".contains(c) => 3,
        Some('й') => 2,
        _ => 1,
    }
}
