//! The language a text is written in.

use whatlang::{Lang, Script};

use super::patterns::URL;
use crate::quotes;

/// Letters looked at; trigram counts do not change any more beyond.
const SAMPLE: usize = 6_000;
/// Fewer letters than this are not enough for an alphabet that several languages share.
const ENOUGH: usize = 100;
/// A script that one language alone is written in needs fewer.
const ENOUGH_OF_ITS_OWN: usize = 12;

/// ISO 639-1 code (639-3 where there is no shorter one) of the language of `text`, or `None` where the text
/// is too short or too mixed to say.
pub fn detect(text: &str) -> Option<&'static str> {
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let info = whatlang::detect(&sample)?;
    let own = matches!(
        info.script(),
        Script::Hangul
            | Script::Hiragana
            | Script::Katakana
            | Script::Mandarin
            | Script::Greek
            | Script::Thai
            | Script::Georgian
            | Script::Armenian
    );
    let sure = if own { letters >= ENOUGH_OF_ITS_OWN } else { letters >= ENOUGH && info.is_reliable() };
    sure.then(|| code(info.lang()))
}

/// A stretch of the text without addresses, numbers and code lines, taken from behind its first tenth, so
/// that title pages and licences do not count for more than the text.
fn sample(text: &str) -> String {
    let mut start = if text.len() > 4 * SAMPLE { text.len() / 10 } else { 0 };
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut out = String::new();
    let mut letters = 0;
    let mut fenced = false;
    for line in text[start..].split_inclusive('\n') {
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced || line.starts_with("    ") && line.contains(['{', '}', ';', '=', '$']) {
            continue;
        }
        let mut end = line.len().min(SAMPLE);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        let line = URL.replace_all(&line[..end], " ");
        for c in line
            .chars()
            .map(|c| if c.is_alphabetic() || c == '-' || quotes::is_apostrophe(c) { c } else { ' ' })
        {
            if c != ' ' || !out.ends_with(' ') {
                out.push(c);
            }
            letters += usize::from(c != ' ');
        }
        if letters >= SAMPLE {
            break;
        }
    }
    out
}

/// The code used on pages.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_languages() {
        for (text, expected) in [
            (
                "The river had been low since the spring, and nobody in the village could remember another year in which the great wheel of the mill had stood still for so many weeks together.",
                "en",
            ),
            (
                "Der Fluss führte seit dem Frühjahr wenig Wasser, und niemand im Dorf konnte sich an ein anderes Jahr erinnern, in dem das große Rad der Mühle so viele Wochen lang stillgestanden hatte.",
                "de",
            ),
            (
                "La rivière était basse depuis le printemps, et personne au village ne se souvenait d’une autre année où la grande roue du moulin était restée immobile pendant tant de semaines.",
                "fr",
            ),
            (
                "El río bajaba con poca agua desde la primavera, y nadie en el pueblo recordaba otro año en que la gran rueda del molino hubiera estado parada durante tantas semanas seguidas.",
                "es",
            ),
            (
                "Река обмелела ещё весной, и никто в деревне не мог вспомнить другого года, когда большое колесо мельницы стояло неподвижно столько недель подряд и когда было так тихо.",
                "ru",
            ),
            ("川の水は春から少なく、村の誰もこんな年を覚えていなかった。", "ja"),
        ] {
            assert_eq!(detect(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn too_little_to_say() {
        for text in [
            "",
            "Ibid.",
            "12 34 56",
            "A mill.",
            "https://mills.example/a/very/long/address/that/is/no/language/at/all",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn code_and_addresses_are_no_language() {
        let code = "```\nlet der = die(das); und und und\n```\n".repeat(50);
        let text = format!(
            "{code}The river had been low since the spring, and nobody in the village could remember another year in which the wheel had stood still for so long a time."
        );
        assert_eq!(detect(&text), Some("en"));
    }
}
