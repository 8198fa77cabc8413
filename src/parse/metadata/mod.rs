//! What a document says of itself: title, authors, date and the rest, given by its owner or found.

use crate::facts::Facts;
use crate::model::{Block, BlockKind, Form, Meta, block_text, plain_text};
use crate::source::Source;

/// The facts as given; a title from the first heading or the first line where none is.
pub fn find(source: &Source, _form: Form, body: &[Block], facts: &Facts) -> Meta {
    let heading = body.iter().find_map(|b| match &b.kind {
        BlockKind::Heading { content, .. } => Some(plain_text(content)),
        _ => None,
    });
    let first_line = || block_text(body).lines().find(|l| !l.trim().is_empty()).map(|l| l.trim().to_owned());
    let title = facts.title.clone().or(heading).or_else(first_line).unwrap_or_else(|| source.path.clone());
    Meta { title, ..Meta::default() }
}
