//! Words that somebody mistyped, and the one of a few that was meant.

/// Edits between a mistyped word and the one that was meant: more is another word.
const NEAR: usize = 3;

/// The one of `known` that `written` comes nearest to, if it comes near: with an edit for every three
/// of its letters, and three at most.
pub fn meant<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = |word: &&'k str| (strsim::levenshtein(word, written), *word);
    let (edits, word) = known.iter().map(near).min()?;
    (edits <= NEAR && edits * 3 <= word.chars().count() + 1).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_if_it_is_near() {
        let known = ["title", "tags", "annotations", "form", "fixes"];
        assert_eq!(meant("fix", &known), Some("fixes"));
        for (written, expected) in [
            ("titel", Some("title")),
            ("tag", Some("tags")),
            ("anotation", Some("annotations")),
            ("tools", None),
            ("from", None),
            ("mood", None),
        ] {
            assert_eq!(meant(written, &known), expected, "{written}");
        }
        assert_eq!(meant("x", &[]), None);
    }
}
