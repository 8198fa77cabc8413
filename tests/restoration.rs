//! Texts that give restoring little to hold on to, or lead it astray: each is left alone where nothing is sure, and none
//! loses a word.

mod common;

use std::path::Path;

use common::page::Page;
use common::read::{self, Case};
use postil::conserve;
use postil::model::{BlockKind, RepairKind};

/// Reads a text, and checks that its page has every word of it.
#[track_caller]
fn case(name: &str, text: &str) -> Case {
    let case = read::text(name, text);
    let shown = conserve::compare(&case.source, &case.read.document, &Page::read(&case.article.html).words);
    assert!(shown.is_none(), "{shown:?}");
    case
}

fn moved(case: &Case) -> bool {
    case.read.document.repairs.iter().any(|r| r.kind == RepairKind::PageOrder)
}

/// The paragraphs of an essay that ships with the project.
fn essay(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let long = |p: &&str| p.len() > 200 && !p.starts_with(['#', '>', '-', ' ']);
    text.split("\n\n").filter(long).map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The words of paragraphs cut into pages of so many words, with no regard to sentences.
fn pages(paragraphs: &[String], size: usize) -> Vec<String> {
    let words: Vec<&str> = paragraphs.iter().flat_map(|p| p.split(' ')).collect();
    words.chunks(size).map(|page| page.join(" ")).collect()
}

/// The order in which a booklet's sheets bring its pages.
fn booklet(count: usize) -> Vec<usize> {
    (0..count / 4).flat_map(|i| [count - 1 - 2 * i, 2 * i, 2 * i + 1, count - 2 - 2 * i]).collect()
}

fn printed(pages: &[String], order: &[usize]) -> String {
    order.iter().filter_map(|&i| pages.get(i)).map(|p| format!("{p}\n\n")).collect()
}

#[test]
fn the_booklet_that_ships_with_the_project_is_unfolded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/imposition-and-booklets.txt");
    let case = case("imposition-and-booklets.txt", &std::fs::read_to_string(path).unwrap());
    let order = case.read.document.repairs.iter().find(|r| r.kind == RepairKind::PageOrder).unwrap();
    // The essay names the order of its sheets itself.
    assert!(order.detail.to_string().ends_with("12, 1, 2, 11, 10, 3, 4, 9, 8, 5, 6, 7"), "{}", order.detail);
}

#[test]
fn a_booklet_without_two_of_its_pages_keeps_its_words() {
    let pages = pages(&essay("imposition-and-booklets.txt"), 70);
    let order: Vec<usize> = booklet(16).into_iter().filter(|&i| i != 4 && i != 11).collect();
    case("case.txt", &printed(&pages, &order));
}

#[test]
fn two_booklets_in_one_file_keep_their_words() {
    let (one, two) = (pages(&essay("the-gloss.txt"), 80), pages(&essay("the-footnote.txt"), 80));
    let text = printed(&one, &booklet(12)) + "\n\n" + &printed(&two, &booklet(12));
    case("case.txt", &text);
}

#[test]
fn pages_that_end_with_their_sentences_stay_as_printed() {
    let paragraphs = essay("commonplace-books.txt");
    let text = printed(&paragraphs, &booklet(paragraphs.len() / 4 * 4));
    assert!(!moved(&case("case.txt", &text)));
}

#[test]
fn page_numbers_that_lie_move_nothing() {
    let lies = [7, 3, 12, 1, 9, 14, 2, 30, 5, 11, 4, 8, 21, 6, 10, 13, 17, 40, 23, 19];
    let pages = pages(&essay("the-talmud-page.txt"), 70);
    let numbered: Vec<String> =
        pages.iter().zip(lies).map(|(page, number)| format!("{page}\n\n{number}")).collect();
    assert!(!moved(&case("case.txt", &printed(&numbered, &(0..numbered.len()).collect::<Vec<_>>()))));
}

#[test]
fn a_document_of_nothing_but_notes_is_shown() {
    let notes: String = (1..30).map(|n| format!("[{n}] The miller, p. {}.\n\n", n * 3)).collect();
    let case = case("case.txt", &notes);
    assert_eq!(case.read.document.markers.iter().filter(|m| m.note.is_some()).count(), 0);
}

#[test]
fn notes_may_begin_with_any_number() {
    let text: String =
        (139..151).map(|n| format!("The mill turned once more in the spring of that year.[{n}] ")).collect();
    let notes: String =
        (139..151).map(|n| format!("[{n}] The rolls of the mill, leaf {}.\n\n", n + 4)).collect();
    let case = case("case.txt", &format!("{text}\n\n{notes}"));
    assert_eq!(case.read.document.markers.iter().filter(|m| m.note.is_some()).count(), 12);
}

#[test]
fn a_thousand_notes_may_have_one_label() {
    let text = "The mill turned once.[1] Nobody saw it.\n\n[1] So the miller says.\n\n".repeat(1_000);
    let case = case("case.txt", &text);
    assert_eq!(case.read.document.markers.iter().filter(|m| m.note.is_some()).count(), 1_000);
}

#[test]
fn scripts_that_run_from_right_to_left_or_without_spaces_keep_their_order() {
    let arabic = "كان في القرية طاحونة قديمة على النهر[1] وكان صاحبها رجلا كثير الكلام.\n\n".repeat(8)
        + "[1] هكذا في الكتاب.\n";
    assert!(!moved(&case("case.txt", &arabic)));
    let hebrew = "הטחנה עמדה על הנהר שנים רבות ואיש לא ידע מי בנה אותה\n".repeat(20);
    assert!(!moved(&case("case.txt", &hebrew)));
    let chinese = "河邊有一座舊磨坊，誰也不知道是誰建的（註１），村裡的老人都說它比橋還老。\n\n".to_owned()
        + &"磨坊主人每天早上都要到橋上去看水，看了就回家，什麼也不說。\n\n".repeat(12)
        + "（註１）見村志。\n";
    assert!(!moved(&case("case.txt", &chinese)));
}

#[test]
fn a_poem_keeps_its_lines() {
    let stanza = "The river does not count the mills\nNor ask them what they grind\nIt comes from somewhere in the hills\n\
                  And leaves the wheel behind\n\n";
    let case = case("case.txt", &stanza.repeat(9));
    let verse = case.read.document.body.iter().filter(|b| matches!(b.kind, BlockKind::Verse(_))).count();
    assert_eq!(verse, 9);
    assert!(case.read.document.repairs.is_empty());
}

#[test]
fn source_code_has_no_notes() {
    let code = "fn grind(sacks: usize) -> usize {\n    let mut flour = 0;\n    for sack in 0..sacks {\n        flour += sack * 2; \
                // [1]\n    }\n    flour\n}\n\n";
    let case = case("case.txt", &code.repeat(12));
    assert!(case.read.document.markers.is_empty());
}

#[test]
fn dialogue_is_paragraphs() {
    let talk = "“Is the mill open?” she asked.\n\n“It was,” he said, “until the flood.”\n\n“And now?”\n\n“Now it is a \
                mill with the door open,” said the miller, who did not like questions, and went in.\n\n";
    let case = case("case.txt", &talk.repeat(10));
    assert_eq!(case.article.html.matches("“And now?”</p>").count(), 10);
    assert!(case.read.document.repairs.is_empty());
}
