//! Whether short lines are verse.
//!
//! Addresses, bylines, heads of letters, casts and captions are short lines too. They keep their ends without being set
//! as verse: only what reads like verse is.

use crate::model::MARK;
use crate::quotes;

/// Signs of tables, code, addresses and brackets, which verse has none of.
const SIGNS: [char; 16] = ['@', '=', '<', '>', '{', '}', '|', '\\', '#', '$', '%', '^', '+', '~', '[', ']'];
/// Lines of verse that do not each begin with a capital are shorter than what somebody wrapped by hand.
const NARROW: usize = 48;

/// What one line shows.
#[derive(Default)]
struct Line {
    /// Its first letter is a capital.
    capital: bool,
    /// Words, and the letters of scripts without capitals count as one.
    words: usize,
    /// A word but the first begins in lower case: it speaks, and is no name or title.
    speaks: bool,
    /// It ends in a sign that parts speech.
    stops: bool,
    /// … in the one that ends a sentence.
    closes: bool,
    /// It holds a figure, or begins with a label: `From: …`, `IV. …`.
    labelled: bool,
    width: usize,
}

/// True if short lines that stand together are verse.
pub(super) fn is_verse(lines: &[&str]) -> bool {
    let bare: Vec<String> = lines.iter().map(|l| bare(l)).collect();
    if bare.len() < 2 || bare.iter().any(|l| l.contains(SIGNS) || l.contains("://") || is_shouted(l)) {
        return false;
    }
    let seen: Vec<Line> = bare.iter().map(|l| see(l)).collect();
    let count = |is: fn(&Line) -> bool| seen.iter().filter(|l| is(l)).count();
    let all = seen.len();
    let words: usize = seen.iter().map(|l| l.words).sum();
    // Lines that are each a sentence are said one after the other.
    if count(|l| l.closes) * 3 > all * 2 || count(|l| l.labelled) * 4 > all {
        return false;
    }
    if bare.iter().all(|l| l.chars().all(|c| !c.is_lowercase() && !c.is_uppercase())) {
        return is_caseless(&seen);
    }
    let (capitals, speaking, stops) = (count(|l| l.capital), count(|l| l.speaks), count(|l| l.stops));
    let ends = seen[all - 1].stops && !bare[all - 1].ends_with(',');
    match all {
        2 => {
            let couplet = capitals == 2 && speaking == 2 && seen.iter().all(|l| l.words >= 3);
            couplet && ends && !seen[0].closes && !bare[0].ends_with(':')
        }
        _ if capitals == all && stops == 0 => speaking == all && is_measured(&seen, words),
        _ if capitals * 4 >= all * 3 => speaking * 2 >= all && stops * 4 >= all && words >= all * 2,
        _ => {
            let narrow = seen.iter().all(|l| l.width <= NARROW);
            let shaped = narrow && seen[0].capital && ends;
            shaped && all >= 4 && stops * 2 >= all && speaking * 4 >= all * 3 && words >= all * 3
        }
    }
}

/// Lines that no sign parts: alike in length, and of more words than entries of a list or a menu have.
fn is_measured(lines: &[Line], words: usize) -> bool {
    const FEWEST: usize = 4;
    const WORDS: usize = 5;
    let widths = || lines.iter().map(|l| l.width);
    let (shortest, longest) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
    lines.len() >= FEWEST && words >= lines.len() * WORDS && shortest * 2 >= longest
}

/// Lines of scripts without capitals: alike in length, and each but a few with a stop at its end.
fn is_caseless(lines: &[Line]) -> bool {
    const FEWEST: usize = 3;
    let stops = lines.iter().filter(|l| l.stops).count();
    let widths = || lines.iter().map(|l| l.width);
    let (shortest, longest) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
    lines.len() >= FEWEST && stops * 4 >= lines.len() * 3 && shortest * 2 >= longest
}

/// A line without its markers, and without its number in the margin.
fn bare(line: &str) -> String {
    let line: String = line.chars().filter(|&c| c != MARK).collect();
    let line = line.trim();
    let unnumbered = line.trim_end_matches(|c: char| c.is_ascii_digit());
    if unnumbered.ends_with("  ") { unnumbered.trim_end().to_owned() } else { line.to_owned() }
}

/// True for what a line may begin with before its first letter.
fn opens(c: char) -> bool {
    quotes::opens(c) || "—–-(_*".contains(c)
}

fn see(line: &str) -> Line {
    let words: Vec<&str> = line.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).collect();
    let inner = line.trim_start_matches(|c: char| opens(c) || c.is_whitespace());
    let end = line.trim_end_matches(|c| quotes::closes(c) || ")_*".contains(c));
    Line {
        capital: inner.starts_with(char::is_uppercase),
        words: words.len(),
        speaks: words.iter().skip(1).any(|w| w.trim_start_matches(opens).starts_with(char::is_lowercase)),
        stops: end.ends_with(|c: char| ",;:.!?—–…，、；：。！？،؛؟·".contains(c)),
        closes: end.ends_with(['.', '!', '?', '。']),
        labelled: has_figure(line) || is_labelled(line),
        width: line.chars().count(),
    }
}

/// True for a line with a figure; `’79` is a word.
fn has_figure(line: &str) -> bool {
    let figure = |w: &str| w.contains(|c: char| c.is_numeric()) && !w.starts_with(quotes::is_apostrophe);
    line.split_whitespace().any(figure)
}

/// `From: somebody`, `IV. Something`, `Name -- what she is`.
fn is_labelled(line: &str) -> bool {
    /// Words before the colon.
    const LONGEST: usize = 3;
    let named = line
        .split_once([':', '：'])
        .is_some_and(|(name, rest)| !rest.trim().is_empty() && name.split_whitespace().count() <= LONGEST);
    let counted = line.split_once(". ").is_some_and(|(n, _)| n.bytes().all(|b| b"IVXLC".contains(&b)));
    named || counted
}

/// True for a line that is in capitals, or begins with a word in capitals: a title, a name of a cast.
fn is_shouted(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let letters = || first.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && letters().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> bool {
        is_verse(&text.lines().collect::<Vec<_>>())
    }

    #[test]
    fn verse() {
        for text in [
            "The mill stands still, the wheel is dry,\nAnd no one knows the reason why.",
            "So ended the flood of ’79,    \n    And nobody ground for a year.      16",
            "The mill stands still,\nThe wheel is dry,\nThe miller will\nNot tell us why.",
            "The mill stands still,\nthe wheel is dry,\nand no one will\nremember why.",
            "“Who stopped the wheel?” the miller cried,\n—And no one there replied.",
            "The mill stands still at last\nThe wheel is dry and cold\nThe miller will not say\nWhat made him grow so old",
            "水が止まり、\n車が止まり、\n粉屋も眠る。",
        ] {
            assert!(judged(text), "{text}");
        }
    }

    #[test]
    fn short_lines_that_are_none() {
        for text in [
            "From: Ada Weaver <ada@mills.example>\nTo: the list",
            "Yours ever,\nTom",
            "Read the mill's letters\nWrite to the miller\nShare this weir\nAbout the mill",
            "THE TWO MILLS\nA Dialogue",
            "BRUNO, an old miller\nADA, a young one\nA VOICE, from the weir",
            "Mill Press,\nWeir Street,\nLower Valley",
            "作者：某甲\n二〇一五年",
            "מאת: פלוני\nירושלים",
            "The terms are a miller’s.\nThey mean something else there.",
            "There is one at the lower weir, I think,\nthough it has no wheel.",
            "Alder, 12.\nBarley, 14, 17.\nCorn and its prices, 3.",
            "I am, with my best regards,\nYour old miller,",
            "What you will need\nA sack for the corn.\nA wheel that turns.\nThe weir in good order.",
            "A tale of the weir\ntold by an old miller,\nset down by his son,\nand given to the county,",
            "I. Of the weir\nII. Of the wheel\nIII. Of the stone",
            "Wheel: Bruno\nStone: Ada\nWeir: nobody at all",
            "MILL OF THE LOWER VALLEY v. THE WEIR\nOn appeal from the court of the county\nNo. 12",
        ] {
            assert!(!judged(text), "{text}");
        }
    }
}
