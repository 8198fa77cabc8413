//! A flow of the Markdown family → blocks: CommonMark with tables, strikethrough, task lists and notes.
//!
//! 1. [`prepare`]: what `pulldown-cmark` does not know or would swallow (`^[inline notes]`, definitions of links that
//!    are none) is cut out of the flow or escaped in it.
//! 2. [`tree`]: its events are gathered on an explicit stack, never by recursion, into blocks and inlines.
//!
//! No smart punctuation (a source's quotation marks are its own), no mathematics, no definition lists and no heading
//! attributes: in texts saved from elsewhere their signs are mostly meant as they stand.

use pulldown_cmark::{Options, Parser};

use super::reading::Reading;
use crate::model::{Block, Flow};

mod prepare;
mod table;
mod tree;

/// Reads a flow. `nested` says how many inline notes it stands in.
pub(super) fn blocks(flow: &Flow, nested: usize, reading: &mut Reading) -> Vec<Block> {
    let flow = prepare::prepare(flow, nested, reading);
    let mut tree = tree::Tree::new(&flow, reading);
    for (event, range) in parser(&flow.text).into_offset_iter() {
        tree.event(event, range);
    }
    tree.finish()
}

fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options)
}
