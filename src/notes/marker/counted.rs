//! Words that make the figure behind them a number.

/// Words before a number that make it a number: what is counted or numbered, or what runs on into it. Languages of
/// the archive's usual texts; a short list is enough, since only a whole series makes floating digits markers.
const NUMBERED: [&str; 7] = [
    "chapter chap ch section sec sect page pages p pp vol volume no nos nr number article art \
     paragraph para figure fig table tab line lines note notes n part book bk act scene verse \
     verses step version item level type class",
    "about of the in than to and or by at for with from on a an is are was were only some \
     over under nearly least most every all these those between after before until since per \
     plus minus equals ca circa c aged age round",
    "january february march april may june july august september october november december \
     jan feb mar apr jun jul aug sept sep oct nov dec",
    "kapitel kap abschnitt seite s bd band abb der die das den dem und oder von vom im am bis \
     mit auf etwa nach vor seit über",
    "chapitre tome numéro le la les de du des et ou à en par pour sur",
    "capítulo página tomo el los las y o por con",
    "глава стр том в на и с до от",
];

/// True if a text ends with a word that makes the figure behind it a number. Behind a full stop only an
/// abbreviation does: `chap. 3`, not `it was. 3`.
pub fn counts_what_precedes(before: &str) -> bool {
    /// Letters of the longest abbreviation.
    const ABBREVIATION: usize = 4;
    let tail = before.trim_end_matches(['.', ' ']);
    let word = &tail[tail.trim_end_matches(char::is_alphabetic).len()..];
    let long = before.ends_with('.') && word.chars().count() > ABBREVIATION;
    if word.is_empty() || long {
        return false;
    }
    let word = word.to_lowercase();
    NUMBERED.iter().any(|words| words.split(' ').any(|w| w == word))
}
