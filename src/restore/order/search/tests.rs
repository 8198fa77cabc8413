//! Pages of small texts of our own.

use super::super::evidence::Evidence;
use super::super::imposition::{Imposition, Stream};
use super::super::looks::Looks;
use super::super::pages::{Printed, Side};
use super::page::Page;
use super::state::{Beam, Open, State, add, with_blanks};
use super::worth::{self, fold};
use super::{Cutting, Leaf, polish};
use crate::layout::Layout;
use crate::model::Form;
use crate::notes::Apparatus;
use crate::restore::body;
use crate::source::Source;

/// What is seen of a text, which has a gap at each blank line.
fn read(text: &str) -> (Printed, Evidence) {
    let source = Source::new("text.txt", text.to_owned());
    let layout = Layout::read(&source, Form::Plain);
    let rests = body::remaining(&source, &layout, &[]);
    let printed = Printed::read(&source, &layout, &Apparatus::default(), &rests);
    let evidence = Evidence::gather(&source, &layout, &[], &rests, &printed);
    assert_eq!(printed.gaps.len(), text.split("\n\n").count() + 1);
    (printed, evidence)
}

const ITEMS: &str = "\n3. Fold each sheet once across its longer side.\n\n\
    7. Press the folds with a bone.\n\n\
    1984. That was a bad year for bone.\n12. is how many a press holds.\n\n\
    ## 8) Sew them through the fold.";

#[test]
fn sections_and_items_have_numbers() {
    let (printed, _) = read(ITEMS);
    // Neither a year nor what stands within a paragraph is one.
    let ranks: Vec<u32> = printed.ordinals.iter().map(|o| o.1).collect();
    assert_eq!(ranks, [3, 7, 8]);
    assert_eq!(printed.ordinals(1, 4), Some((7, 8)));
    assert_eq!(printed.ordinal_before(1), Some(3));
}

#[test]
fn numbers_of_sections_and_items_count_on_in_either_stream() {
    let (printed, mut evidence) = read(ITEMS);
    let page = Page::new(&printed, &mut evidence, 1, 2);
    let start = State::start(&evidence, Imposition::Booklet, 4);
    let mut gain = |stream, ordinal| {
        let open = Open { gap: Some(1), ordinal, ..Open::default() };
        let state = State { up: open, down: open, ..start };
        worth::gain(&mut evidence, Imposition::Booklet, &state, &page, stream)
    };
    for (stream, next, near, far) in [(Stream::Up, 6, 4, 9), (Stream::Down, 8, 10, 5)] {
        let [next, near, none, far] = [Some(next), Some(near), None, Some(far)].map(|n| gain(stream, n));
        assert!(next > near && near > none && none > far, "{stream:?}: {next} {near} {none} {far}");
    }
}

#[test]
fn numbers_that_do_not_count_on_as_printed_speak_for_another_order() {
    let of = |text: &str| {
        let (printed, mut evidence) = read(text);
        Page::new(&printed, &mut evidence, 1, 2).printed
    };
    assert!(of(ITEMS) > of(&ITEMS.replace("7.", "4.")));
}

#[test]
fn streams_of_numbered_items_meet() {
    let (_, mut evidence) = read(ITEMS);
    let start = State::start(&evidence, Imposition::Booklet, 4);
    let open = |ordinal| Open { ordinal: Some(ordinal), ..Open::default() };
    let mut met = |n| fold(&mut evidence, &State { up: open(3), down: open(n), ..start });
    assert!(met(4) > met(9));
}

#[test]
fn an_empty_page_that_the_file_shows_is_left_out() {
    let (_, mut evidence) = read(ITEMS);
    let start = State::start(&evidence, Imposition::Booklet, 4);
    let mut cost = |empty| {
        let mut out = Vec::new();
        with_blanks(&mut evidence, Imposition::Booklet, &start, empty, &mut out);
        out.iter().map(|state| start.total - state.total).collect::<Vec<f32>>()
    };
    let [none, one, two] = [0, 1, 2].map(&mut cost);
    assert!(none[0] == 0.0 && none[0] < none[1] && none[1] < none[2], "{none:?}");
    assert!(one[1] == 0.0 && one[1] < one[0] && one[1] < one[2], "{one:?}");
    assert!(two[2] == 0.0 && two[2] < two[1] && two[1] < two[0], "{two:?}");
}

const COVERED: &str = "The last of the sheets was sewn in spring, and what was then begun by the binder\n\n\
    went on until the fair.\n\n# Bound at the Mill";

#[test]
fn the_insides_of_covers_may_be_blank() {
    let (printed, mut evidence) = read(COVERED);
    let covered = Imposition::Covered;
    let start = State::start(&evidence, covered, 3);
    let mut trail = |top, from| {
        let top = Open { gap: Some(top), ..Open::default() };
        let state = State { top, slot: 6, ..start };
        let page = Page::new(&printed, &mut evidence, from, from + 1);
        add(&mut evidence, covered, &state, &page, Stream::End, 0.0).trail
    };
    // What does not go on has a blank page before it; what does has none.
    assert_eq!((trail(2, 2), trail(1, 1)), (2, 1));
    // The front's inner side may be blank, the front may not.
    let mut leads = Vec::new();
    with_blanks(&mut evidence, covered, &start, 0, &mut leads);
    assert_eq!(leads.len(), 1);
    leads.clear();
    with_blanks(&mut evidence, covered, &State { slot: 1, ..start }, 0, &mut leads);
    assert!(leads.len() > 1);
}

#[test]
fn numbers_tell_whether_the_inside_of_a_cover_is_blank() {
    let (printed, mut evidence) = read(COVERED);
    let start = State::start(&evidence, Imposition::Covered, 3);
    let page = Page::new(&printed, &mut evidence, 1, 2);
    let mut trail = |number, place| {
        let top = Open { gap: Some(1), blank: place > 0, number: Some((14, place)), ..Open::default() };
        let state = State { top, slot: 14, ..start };
        let page = Page { number: Some(number), ..page };
        add(&mut evidence, Imposition::Covered, &state, &page, Stream::End, 0.0).trail
    };
    // Though the sentence goes on.
    assert_eq!([15, 16].map(|number| trail(number, 0)), [1, 2]);
    // Behind a blank page of the outermost sheet it is one more.
    assert_eq!([16, 17].map(|number| trail(number, 1)), [1, 2]);
}

#[test]
fn the_edge_between_pages_that_are_read_one_after_the_other_may_stand_anywhere() {
    let (printed, mut evidence) = read(ITEMS);
    let looks = Looks::of_feeds(&printed.gaps);
    let mut sharp = |imposition: Imposition, slots: [u16; 2]| {
        let leaf = |slot, from, to| Leaf { from, to, stream: imposition.stream(slot), slot };
        let leaves = vec![leaf(slots[0], 0, 2), leaf(slots[1], 2, 4)];
        let side = Side::Above;
        let cutting =
            Cutting { imposition, leaves, pages: 4, gain: 0.0, total: 0.0, margin: 0.0, sharp: 0.0, side };
        polish(&printed, &mut evidence, &looks, &cutting).sharp
    };
    assert_eq!(sharp(Imposition::Booklet, [1, 2]), f32::INFINITY);
    assert!(sharp(Imposition::Reversed, [0, 1]) < f32::INFINITY);
}

#[test]
fn a_book_does_not_end_with_its_title_page() {
    let of = |text: &str| {
        let (printed, mut evidence) = read(text);
        let start = State::start(&evidence, Imposition::Booklet, printed.gaps.len() - 1);
        let page = Page::new(&printed, &mut evidence, 0, 1);
        worth::gain(&mut evidence, Imposition::Booklet, &start, &page, Stream::Down)
    };
    let titled = "# Of Paste and Thread\n\nPaste holds the spine.\n\nThread holds the folds.";
    assert!(of(titled) < of(&titled.replace("# ", "## ")));
}

#[test]
fn a_beam_keeps_the_best_of_each_kind() {
    let (_, evidence) = read(ITEMS);
    let start = State::start(&evidence, Imposition::Booklet, 4);
    let mut beam = Beam { width: 2, states: Vec::new() };
    let mut keep = |node, slot, total| beam.keep(State { node, slot, total, ..start });
    let kept = [(0, 1, 5.0), (1, 1, 7.0), (2, 1, 6.0), (3, 2, 3.0), (4, 3, 3.0), (5, 3, 4.0)];
    assert_eq!(kept.map(|(n, s, t)| keep(n, s, t)), [true, true, false, true, false, true]);
    assert_eq!(beam.states.iter().map(|s| s.node).collect::<Vec<_>>(), [1, 5]);
}
