//! What stands in quotation marks, and whether it is what somebody says.

use super::super::token::Tokens;
use super::runs::is_title_case;
use crate::model::{Marked, Stretch};
use crate::quotes;

/// True for a text in which people talk: of many quotations that begin with a capital nearly all end with a stop, and
/// hardly any is written like a title.
pub fn is_speech(stretches: &[(Stretch, Marked)], read: &[Tokens]) -> bool {
    /// Quotations that tell; of how many one may end without a stop, of how many one may look like a title.
    const LEAST: usize = 40;
    const UNSTOPPED: usize = 20;
    const TITLES: usize = 10;
    let (mut said, mut unstopped, mut titles) = (0, 0, 0);
    for ((_, marked), tokens) in stretches.iter().zip(read) {
        for span in quotes::quoted(&marked.text) {
            let from = tokens.words.partition_point(|w| w.start() < span.start);
            let to = tokens.words.partition_point(|w| w.end() <= span.end).max(from);
            let inside = &tokens.words[from..to];
            if inside.len() > 2 && inside[0].capital {
                said += 1;
                unstopped += usize::from(marked.text[span].ends_with(char::is_alphanumeric));
                titles += usize::from(is_title_case(inside));
            }
        }
    }
    said >= LEAST && unstopped * UNSTOPPED <= said && titles * TITLES <= said
}
