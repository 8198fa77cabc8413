//! Passages planted in a hundred documents come back, and nothing else does.

use std::collections::BTreeSet;
use std::convert::Infallible;

use postil::links::again::Again;
use postil::links::shared::{self, Compared, Match, Prints, Sketch, Word};

/// Numbers that look random and are the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Text of made-up words, as unevenly frequent as words are, in sentences and paragraphs.
fn text(numbers: &mut Numbers, words: usize) -> Vec<String> {
    const SYLLABLES: [&str; 12] =
        ["ba", "ren", "to", "mil", "sa", "vor", "ne", "lu", "ka", "tri", "do", "we"];
    let word = |n: usize| {
        let mut n = n;
        let mut out = String::new();
        loop {
            out.push_str(SYLLABLES[n % SYLLABLES.len()]);
            n /= SYLLABLES.len();
            if n == 0 {
                return out;
            }
        }
    };
    (0..words)
        .map(|_| {
            let limit = 1 + numbers.below(3000);
            word(numbers.below(limit))
        })
        .collect()
}

fn written(words: &[String], numbers: &mut Numbers, paragraph: usize) -> String {
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        out.push_str(word);
        let sign = numbers.below(12);
        out.push_str(if i % paragraph == paragraph - 1 {
            ".\n"
        } else if sign == 0 {
            ", "
        } else if sign == 1 {
            " – "
        } else {
            " "
        });
    }
    out
}

fn matches(texts: &[String]) -> (Vec<Match>, Vec<[usize; 2]>) {
    let words: Vec<Vec<Word>> = texts.iter().map(|t| shared::words(t)).collect();
    let prints: Vec<Prints> = words.iter().map(|w| shared::prints(w)).collect();
    let sketches: Vec<Sketch> = prints.iter().map(Prints::sketch).collect();
    let sketches: Vec<&Sketch> = sketches.iter().collect();
    let twins = shared::near_duplicates(&sketches);
    let some = |some: &[usize]| Ok::<_, Infallible>(some.iter().map(|&i| &prints[i]).collect::<Vec<_>>());
    let Ok(again) = Again::of(vec![String::new(); texts.len()], &sketches, some);
    let prints = |i: usize| Ok(&prints[i]);
    let words = |i: usize| Ok::<_, Infallible>(&words[i]);
    let Ok((found, _)) = shared::matches(&again, &Compared::default(), prints, words, &twins);
    (found, twins)
}

#[test]
fn planted_passages_come_back() {
    let mut numbers = Numbers(7);
    let mut documents: Vec<Vec<String>> = (0..100).map(|_| text(&mut numbers, 800)).collect();
    let mut planted = BTreeSet::new();
    // Two by two: 50 pairs; each with a passage of 40 words in another manner.
    for pair in 0..50 {
        let (a, b) = (pair * 2, pair * 2 + 1);
        let mut passage = text(&mut numbers, 40);
        documents[a].splice(200..200, passage.iter().cloned());
        // Every tenth word is another one.
        if pair % 4 == 1 {
            for i in (5..40).step_by(10) {
                passage[i] = "zzyx".to_owned();
            }
        }
        // Words put in and left out.
        if pair % 4 == 3 {
            passage.insert(12, "zzyx".to_owned());
            passage.remove(28);
        }
        // In the manner of 2 the paragraphs, and in all the punctuation, fall elsewhere.
        documents[b].splice(390..390, passage);
        planted.insert([a, b]);
    }
    let texts: Vec<String> = documents
        .iter()
        .enumerate()
        .map(|(i, words)| written(words, &mut numbers, if i % 8 == 5 { 17 } else { 90 }))
        .collect();
    let (found, twins) = matches(&texts);
    assert!(twins.is_empty());
    let pairs: BTreeSet<[usize; 2]> = found.iter().map(|m| m.documents).collect();
    let right = pairs.intersection(&planted).count();
    println!("{} planted, {} found, {right} of them right", planted.len(), pairs.len());
    assert_eq!(right, planted.len(), "recall");
    assert_eq!(pairs.len(), right, "precision");
    for m in &found {
        assert!((38..=46).contains(&m.words[0].len()), "its ends are where it was planted: {m:?}");
    }
}

#[test]
fn documents_that_are_nearly_the_same_are_told_and_not_taken_apart() {
    let mut numbers = Numbers(11);
    let mut words = text(&mut numbers, 900);
    let first = written(&words, &mut numbers, 80);
    words[450] = "zzyx".to_owned();
    words.truncate(890);
    let second = written(&words, &mut numbers, 60);
    let other = text(&mut numbers, 900);
    let other = written(&other, &mut numbers, 80);
    let (found, twins) = matches(&[first, other, second]);
    assert_eq!(twins, [[0, 2]]);
    assert!(found.is_empty());
}

#[test]
fn what_everybody_has_and_what_a_reference_has_is_no_passage() {
    let mut numbers = Numbers(13);
    let licence = text(&mut numbers, 60);
    let texts: Vec<String> = (0..40)
        .map(|_| {
            let mut words = text(&mut numbers, 300);
            words.extend(licence.iter().cloned());
            written(&words, &mut numbers, 70)
        })
        .collect();
    assert!(matches(&texts).0.is_empty(), "a licence");
    let reference = "Mara Ilves, The Wells of Old Harju: A History of Water, Tallinn: Kirjastus Vesi, 1987, \
                     Volume 2, Chapter 14, Pages 112 to 139, Translated by Tom Rees";
    let texts: Vec<String> = (0..2)
        .map(|_| {
            let words = text(&mut numbers, 300);
            [written(&words, &mut numbers, 70), reference.to_owned()].join("\n")
        })
        .collect();
    assert!(matches(&texts).0.is_empty(), "a reference");
}

#[test]
fn ten_thousand_documents_with_one_sentence_are_quick() {
    let mut numbers = Numbers(17);
    let sentence = text(&mut numbers, 30).join(" ");
    let texts: Vec<String> =
        (0..10_000).map(|_| [text(&mut numbers, 20).join(" "), sentence.clone()].join("\n")).collect();
    assert!(matches(&texts).0.is_empty());
}

/// A document's key and fingerprints.
type Document = (String, Prints);

#[test]
fn what_comes_again_is_known_anew_from_what_was_known() {
    let mut numbers = Numbers(11);
    for _ in 0..200 {
        // Of few words, so that runs of them come again and cease to.
        let mut document = |key: usize| {
            let words = 20 + numbers.below(40);
            let text: String = (0..words).map(|_| ["a ", "b ", "c "][numbers.below(3)]).collect();
            (key.to_string(), shared::prints(&shared::words(&text)))
        };
        let all: Vec<Document> = (0..30).map(&mut document).collect();
        let before: Vec<&Document> = all[..27].iter().collect();
        let after: Vec<&Document> = all[2..].iter().rev().collect();
        let keys = |of: &[&Document]| of.iter().map(|d| d.0.clone()).collect::<Vec<String>>();
        let anew = |of: &[&Document]| {
            let sketches: Vec<Sketch> = of.iter().map(|d| d.1.sketch()).collect();
            let prints = |some: &[usize]| Ok::<_, Infallible>(some.iter().map(|&i| &of[i].1).collect());
            let Ok(again) = Again::of::<&Prints, _>(keys(of), &sketches.iter().collect::<Vec<_>>(), prints);
            again
        };
        let prints = |some: &[usize]| Ok::<_, Infallible>(some.iter().map(|&i| &after[i].1).collect());
        let Ok(renewed) = anew(&before).renewed::<&Prints, _>(keys(&after), prints);
        assert_eq!(renewed, Some(anew(&after)));
    }
}
