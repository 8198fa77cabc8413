//! A page from one gap to another, whatever its stream.

use super::super::evidence::Evidence;
use super::super::pages::Printed;
use super::worth::{AMISS, ENTRY, NUMBER, TITLE, TWO_NUMBERS, number_step, ordinal_step, step};

/// A page from one gap to another, whatever its stream.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) labels: Option<(u32, u32)>,
    pub(super) ordinals: Option<(u32, u32)>,
    pub(super) number: Option<u32>,
    pub(super) below: bool,
    pub(super) entry: Option<u32>,
    pub(super) is_contents: bool,
    /// What the printed order has where it begins, and what is against it in any order.
    pub(super) printed: f32,
}

impl Page {
    pub(super) fn new(printed: &Printed, evidence: &mut Evidence, from: usize, to: usize) -> Page {
        let labels = printed.labels(from, to);
        let ordinals = printed.ordinals(from, to);
        let number = printed.number(from, to);
        let (entry, one_entry) = printed.entry(from, to);
        let mut cost = 0.0;
        if from > 0 {
            cost -= evidence.seam(from, from).max(AMISS);
            if let Some((first, _)) = labels {
                cost -= step(printed.label_before(from), Some(first)).max(AMISS);
            }
            if let Some((first, _)) = ordinals {
                cost -= ordinal_step(printed.ordinal_before(from), Some(first)).max(AMISS);
            }
            if let (Some(n), Some(before)) = (number, printed.number_before(from)) {
                // Books may number every other page only.
                let apart = if n == before + 2 { 2 } else { 1 };
                cost -= number_step(Some((before, 0)), Some((n, apart)), NUMBER).max(AMISS);
            }
            if let (Some(n), Some(before)) = (entry, printed.entry_before(from)) {
                cost -= if before <= n { ENTRY.0 } else { AMISS };
            }
        }
        if printed.has_several_numbers(from, to) {
            cost += TWO_NUMBERS;
        }
        if !one_entry {
            cost += ENTRY.1;
        }
        // A title begins a page.
        if (from + 1..to).any(|gap| evidence.is_title(gap)) {
            cost += TITLE.1;
        }
        let is_contents = printed.has_contents(from, to);
        let below = printed.number_is_below(from, to);
        Page { from, to, labels, ordinals, number, below, entry, is_contents, printed: cost }
    }
}
