//! What says nothing of names: code, headings set with capitals, what is shouted, publishers with their places.

use super::super::token::Tokens;
use super::super::vocabulary;
use crate::model::Marked;
use crate::quotes;

/// Which words say nothing: code, capitalised headings, lines in capitals, publishers with their places.
pub fn set_aside(marked: &Marked, tokens: &Tokens) -> Vec<bool> {
    let mut out = vec![false; tokens.words.len()];
    let words = &tokens.words;
    let index = |at: usize| words.partition_point(|w| w.start() < at);
    for range in marked.code.iter().chain(&marked.headings) {
        out[index(range.start)..index(range.end)].iter_mut().for_each(|a| *a = true);
    }
    let mut at = 0;
    for line in marked.text.split_inclusive('\n') {
        let (from, to) = (index(at), index(at + line.len()));
        at += line.len();
        let sentence = line.trim_end().ends_with(|c| quotes::closes(c) || ".!?:;,)".contains(c));
        // A line of its own with capitals throughout is a heading, a byline, an entry of a table of contents.
        let may_be_heading = !sentence && to - from < 16;
        let may_be_shouted = words[from..to].iter().filter(|w| w.capitals).count() > 2;
        let (mut weighty, mut capital, mut shouted) = (0, 0, 0);
        if may_be_heading || may_be_shouted {
            for word in words[from..to].iter().filter(|w| !vocabulary::function(&w.folded)) {
                weighty += 1;
                capital += usize::from(word.capital);
                shouted += usize::from(word.capitals);
            }
        }
        let heading = may_be_heading && capital * 4 >= weighty * 3 && capital > 0;
        // `Wells . . . . 12`
        let leaders = || line.contains(". . .") || line.contains("....");
        if heading || (shouted * 2 > weighty && shouted > 2) || leaders() {
            out[from..to].iter_mut().for_each(|a| *a = true);
        }
    }
    publishers(&marked.text, tokens, &mut out);
    out
}

/// Sets aside `City: Publisher, 1999` and `(Publisher, 1999)`.
fn publishers(text: &str, tokens: &Tokens, aside: &mut [bool]) {
    /// Words between the place and the year.
    const REACH: usize = 9;
    let words = &tokens.words;
    let gap = |i: usize| &text[words[i - 1].end()..words[i].start()];
    for year in 1..words.len() {
        let word = &words[year].folded;
        let is_year = word.len() == 4
            && word.bytes().all(|b| b.is_ascii_digit())
            && matches!(&word[..2], "15" | "16" | "17" | "18" | "19" | "20");
        if !is_year || !gap(year).contains(',') {
            continue;
        }
        let mut from = year;
        let mut opened = false;
        while from > 0 && year - from < REACH {
            from -= 1;
            if from == 0 || words[from + 1].first {
                break;
            }
            let before = gap(from);
            if before.contains(':') {
                // The place, back to the parenthesis, the comma or the stop before it.
                opened = true;
                let mut place = from;
                while place > 0 && from - place < 4 && words[place - 1].capital {
                    place -= 1;
                    if place == 0 || !words[place].joined && !gap(place).trim().eq("/") {
                        break;
                    }
                }
                from = place;
                break;
            }
            if before.contains('(') {
                opened = true;
                break;
            }
            if before.contains(quotes::is_mark)
                || !(words[from].capital || vocabulary::function(&words[from].folded))
            {
                break;
            }
        }
        let publisher = words[from..year].iter().any(|w| w.capital);
        let dated = words[from..year].iter().all(|w| {
            w.capital || vocabulary::function(&w.folded) || w.folded.bytes().all(|b| b.is_ascii_digit())
        });
        if opened && publisher && dated {
            aside[from..=year].iter_mut().for_each(|a| *a = true);
        }
    }
}
