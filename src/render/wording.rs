//! Numbers, dates and kinds as a reader is told of them.

use crate::model::{OmissionReason, RepairKind};
use crate::strings::Strings;

/// Words read in a minute: silent reading of English non-fiction by adults (Brysbaert 2019, a
/// meta-analysis of 190 studies: 238).
const WORDS_A_MINUTE: usize = 238;

/// `17000` → `17,000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 note`, `143 notes`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// The minutes that a text of so many words takes to read, at least one.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// True for a title in capitals alone, which pages set as small ones. Those of an abbreviation or two are left.
pub fn is_shouted(title: &str) -> bool {
    /// Letters of a title that may be an abbreviation.
    const ABBREVIATION: usize = 6;
    let capitals = title.chars().filter(|c| c.is_uppercase()).count();
    capitals > ABBREVIATION && !title.chars().any(char::is_lowercase)
}

/// A size on disk: `84 KB`, counted in thousands as file managers do.
pub fn file_size(bytes: u64, words: &Strings) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return words.count("bytes", usize::try_from(bytes).unwrap_or_default());
    }
    let (mut tenths, mut unit) = (bytes.div_ceil(100), 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths = tenths.div_ceil(1000);
        unit += 1;
    }
    if tenths < 100 {
        format!("{}{}{} {}", tenths / 10, words.say("decimal"), tenths % 10, UNITS[unit])
    } else {
        format!("{} {}", tenths.div_ceil(10), UNITS[unit])
    }
}

/// The name of a language by its primary subtag; the tag itself where the program knows no name.
pub fn language(tag: &str, words: &Strings) -> String {
    let key = ["language-", primary(tag)].concat();
    let name = words.say(&key);
    if name == key { tag.to_owned() } else { name.to_owned() }
}

/// The direction its script runs in: `ltr` or `rtl`.
pub fn direction(tag: &str) -> &'static str {
    match primary(tag) {
        "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The key of what a kind of repair is called on a page.
pub fn repair(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::PageOrder => "repair-page-order",
        RepairKind::Columns => "repair-columns",
        RepairKind::Joined => "repair-joined",
        RepairKind::Hyphen => "repair-hyphen",
        RepairKind::Marker => "repair-marker",
        RepairKind::Heading => "repair-heading",
        RepairKind::Quotation => "repair-quotation",
        RepairKind::Aside => "repair-aside",
    }
}

/// The key of what a reason for an omission is called on a page.
pub fn omission(reason: OmissionReason) -> &'static str {
    match reason {
        OmissionReason::SiteChrome => "omission-site-chrome",
        OmissionReason::RunningHead => "omission-running-head",
        OmissionReason::PageNumber => "omission-page-number",
        OmissionReason::NoteLabel => "omission-note-label",
        OmissionReason::NotesHeading => "omission-notes-heading",
        OmissionReason::WayBack => "omission-way-back",
        OmissionReason::ByOwner => "omission-by-owner",
        OmissionReason::Hidden => "omission-hidden",
        OmissionReason::UnsafeMarkup => "omission-unsafe-markup",
    }
}

/// Characters shown of an omitted text or of an unmarked note; the data file has them whole.
pub const CHARACTERS_SHOWN: usize = 140;

/// The first `limit` characters of a text on one line, cut at a space where there is one, with `…`.
pub fn shortened(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let room = limit.saturating_sub(length);
        let size = word.chars().count();
        if size + usize::from(length > 0) > room {
            if length == 0 {
                out.extend(word.chars().take(limit));
            }
            out.push('…');
            return out;
        }
        if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += size;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_people_write_them() {
        assert_eq!(["0", "999", "1,000", "1,234,567"], [0, 999, 1000, 1_234_567].map(thousands).as_slice());
        assert_eq!(
            (count(1, "note", "notes"), count(0, "note", "notes")),
            ("1 note".into(), "0 notes".into())
        );
        assert_eq!([1, 1, 2, 60], [0, 238, 239, 238 * 60].map(minutes));
        assert_eq!(
            ["999 bytes", "1.0 KB", "1.6 KB", "10 KB", "84 KB", "1.0 MB", "1.5 MB"],
            [999, 1000, 1501, 9_999, 83_512, 999_999, 1_500_000]
                .map(|n| file_size(n, &Strings::default()))
                .as_slice()
        );
    }

    #[test]
    fn a_title_in_capitals_is_shouted_and_an_abbreviation_is_not() {
        assert!(is_shouted("THE WELL OF 1907") && is_shouted("О КОЛОДЦАХ"));
        assert!(!is_shouted("NATO") && !is_shouted("The WELL of all") && !is_shouted("余白の余白の余白"));
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("  one\n two three ", 40), "one two three");
        assert_eq!(shortened("one two three", 8), "one two…");
        assert_eq!(shortened("Donaudampfschiff", 5), "Donau…");
    }
}
