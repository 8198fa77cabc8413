//! The words that citations are put together with, in five languages. All in small letters.

use crate::months;

/// Stands for the work cited just before.
pub const IBID: &[&str] = &["ibid", "ibidem", "ibíd", "ibídem", "ebd", "ebda", "ebenda", "ivi"];

/// The work before if nothing follows but a place; its author if a title does.
pub const IDEM: &[&str] = &["id", "idem", "íd", "ídem", "ders", "dies", "derselbe", "dieselbe"];

/// Two words that say: the work of this author that was cited. `a. a. o.` is read apart.
pub const OP_CIT: &[(&str, &str)] = &[
    ("op", "cit"),
    ("loc", "cit"),
    ("art", "cit"),
    ("ob", "cit"),
    ("opere", "citato"),
    ("loco", "citato"),
    ("ouvr", "cité"),
    ("указ", "соч"),
    ("указ", "изд"),
];

/// Words after which a citation may begin.
pub const SIGNALS: &[&str] = &[
    "see",
    "also",
    "cf",
    "e.g",
    "g",
    "compare",
    "contra",
    "accord",
    "and",
    "or",
    "but",
    "in",
    "by",
    "from",
    "with",
    "to",
    "per",
    "e",
    "siehe",
    "s",
    "vgl",
    "auch",
    "bei",
    "nach",
    "dazu",
    "und",
    "oder",
    "z",
    "b",
    "voir",
    "cf",
    "v",
    "et",
    "ou",
    "par",
    "dans",
    "selon",
    "véase",
    "ver",
    "cfr",
    "y",
    "por",
    "en",
    "según",
    "см",
    "ср",
    "также",
    "и",
    "по",
    "цит",
    "generally",
    "esp",
    "especially",
    "namely",
    "cited",
    "quoted",
    "citing",
    "quoting",
    "cité",
    "citado",
    "zit",
    "zitiert",
    "vide",
    "viz",
    "example",
    "instance",
    "beispiel",
    "exemple",
    "ejemplo",
    "например",
];

/// What is published and has a name of its own, which is nobody's surname.
pub const PUBLICATIONS: &[&str] =
    &["review", "reviews", "manual", "handbook", "journal", "guide", "encyclopedia", "dictionary", "gazette"];

/// True for a word with a capital at the head of a sentence or a reference that begins no name.
pub fn begins_no_name(word: &str) -> bool {
    has(NO_NAME, word) || months::is_nobody(word)
}

/// Such words, but for the months.
const NO_NAME: &[&str] = &[
    "see",
    "also",
    "cf",
    "compare",
    "contra",
    "but",
    "and",
    "or",
    "for",
    "on",
    "in",
    "at",
    "by",
    "from",
    "with",
    "to",
    "as",
    "if",
    "when",
    "while",
    "although",
    "though",
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "his",
    "her",
    "their",
    "our",
    "my",
    "there",
    "here",
    "one",
    "some",
    "most",
    "many",
    "all",
    "no",
    "not",
    "quoted",
    "cited",
    "quoting",
    "citing",
    "ibid",
    "ibidem",
    "chapter",
    "part",
    "article",
    "section",
    "book",
    "volume",
    "vol",
    "page",
    "pages",
    "note",
    "notes",
    "figure",
    "table",
    "appendix",
    "line",
    "lines",
    "act",
    "what",
    "which",
    "who",
    "how",
    "why",
    "where",
    "of",
    "e.g",
    "eg",
    "translated",
    "edited",
    "ed",
    "eds",
    "trans",
    "pp",
    "accessed",
    "retrieved",
    "available",
    "originally",
    "reprinted",
    "first",
    "second",
    "third",
    "siehe",
    "vgl",
    "der",
    "die",
    "das",
    "dem",
    "den",
    "ein",
    "eine",
    "dazu",
    "zur",
    "zum",
    "im",
    "am",
    "und",
    "kapitel",
    "seite",
    "band",
    "anm",
    "abschnitt",
    "ebd",
    "ebenda",
    "hrsg",
    "hg",
    "voir",
    "le",
    "la",
    "les",
    "un",
    "une",
    "dans",
    "et",
    "sur",
    "selon",
    "cité",
    "chapitre",
    "tome",
    "véase",
    "el",
    "los",
    "las",
    "una",
    "en",
    "según",
    "citado",
    "capítulo",
    "tomo",
    "см",
    "ср",
    "там",
    "цит",
    "в",
    "о",
    "и",
    "на",
    "глава",
    "том",
    "часть",
    "с",
    "стр",
    "по",
    "её",
    "его",
    "это",
    "under",
    "consult",
    "consulter",
    "consultez",
    "konsultieren",
    "consúltese",
];

/// Small words inside a surname.
pub const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "du", "la", "le", "los", "zu", "zur",
    "zum", "ter", "ten", "bin", "ibn", "al", "el", "dos", "das", "af", "av", "y", "do", "des", "vom", "d",
    "фон", "де", "ван",
];

/// Words between two names.
pub const AND: &[&str] = &["and", "und", "et", "y", "e", "и", "&"];

/// Said of names in front of them (`ed. Hannah Arendt`) or behind (`Arendt, ed.`).
pub const EDITORS: &[&str] = &[
    "ed",
    "eds",
    "edited",
    "editor",
    "editors",
    "hrsg",
    "hg",
    "hgg",
    "herausgegeben",
    "éd",
    "éds",
    "dir",
    "coord",
    "comp",
    "ред",
    "сост",
    "edición",
    "édition",
];

/// Said of names in front of them.
pub const TRANSLATORS: &[&str] = &[
    "trans",
    "transl",
    "translated",
    "tr",
    "übers",
    "übersetzt",
    "trad",
    "traduit",
    "traducción",
    "пер",
    "перевод",
];

/// Between such a word and the name.
pub const OF: &[&str] = &["by", "von", "v", "par", "por", "de", "and", "und", "et", "u"];

/// Before the book or journal that holds a piece.
pub const WITHIN: &[&str] = &["in", "dans", "en", "kn", "кн", "apud"];

/// Before pages.
pub const PAGES: &[&str] = &[
    "p", "pp", "page", "pages", "pg", "s", "seite", "seiten", "с", "стр", "pág", "págs", "págs", "página",
    "páginas", "at", "sp", "bl", "f", "fol", "fols", "col",
];

/// Before a chapter or another part.
pub const PARTS: &[(&str, &str)] = &[
    ("ch", "ch."),
    ("chap", "ch."),
    ("chaps", "chs."),
    ("chapter", "ch."),
    ("chapters", "chs."),
    ("kap", "ch."),
    ("kapitel", "ch."),
    ("chapitre", "ch."),
    ("cap", "ch."),
    ("capítulo", "ch."),
    ("гл", "ch."),
    ("глава", "ch."),
    ("sec", "sec."),
    ("section", "sec."),
    ("letter", "letter"),
    ("art", "art."),
    ("para", "para."),
    ("note", "note"),
    ("fn", "note"),
];

/// Before a volume.
pub const VOLUMES: &[&str] = &[
    "vol", "vols", "volume", "bd", "band", "bde", "t", "tome", "tomo", "т", "том", "вып", "jg", "год", "cilt",
];

/// Before the number of a journal.
pub const ISSUES: &[&str] =
    &["no", "nos", "nr", "n", "number", "issue", "heft", "h", "núm", "num", "n°", "№"];

/// Behind a number: an edition.
pub const EDITION: &[&str] = &["ed", "edn", "edition", "aufl", "auflage", "éd", "édition", "edición", "изд"];

/// Before the day on which a page of the web was looked at.
pub const ACCESSED: &[&str] = &[
    "accessed",
    "retrieved",
    "visited",
    "archived",
    "abgerufen",
    "zugriff",
    "consulté",
    "consultado",
    "обращения",
];

/// Behind the figures of a day.
pub const ORDINALS: &[&str] = &["st", "nd", "rd", "th"];

/// Follow a page: and what follows it.
pub const FOLLOWING: &[&str] = &["f", "ff", "sq", "sqq", "n", "passim", "et", "след"];

/// Small words that may stand within the name of a place or a publisher.
pub const WITHIN_NAMES: &[&str] = &[
    "and", "of", "the", "am", "de", "du", "der", "des", "für", "und", "et", "la", "le", "les", "di", "del",
    "y", "an", "a", "for", "in", "los", "au", "en", "das", "die", "von",
];

/// Abbreviations whose stop ends no sentence.
pub const ABBREVIATIONS: &[&str] = &[
    "ibid", "id", "op", "loc", "cit", "art", "ob", "cf", "vgl", "ebd", "ders", "hrsg", "hg", "eds", "ed",
    "trans", "transl", "tr", "übers", "trad", "vol", "vols", "bd", "no", "nos", "nr", "p", "pp", "pg", "ch",
    "chap", "chaps", "esp", "al", "st", "mr", "mrs", "dr", "prof", "jr", "sr", "univ", "repr", "rev", "edn",
    "aufl", "anm", "fn", "pág", "págs", "núm", "см", "ср", "цит", "указ", "соч", "изд", "ред", "пер", "др",
    "стр", "кн", "вып", "сост", "viz", "ca", "etc", "co", "inc", "ltd", "bros", "calif", "mass", "conn",
    "ill", "penn", "mich", "minn", "wash", "ont", "eng", "dept", "kap", "sq", "sqq", "cap", "íd", "ibíd",
    "ff", "f", "bl", "fol", "sec", "u", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep",
    "oct", "nov", "dec",
];

/// True if `word` is in `list`.
pub fn has(list: &[&str], word: &str) -> bool {
    !word.is_empty() && list.contains(&word)
}
