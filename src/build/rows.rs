//! The lines of the index: those are made that changed.

use rayon::prelude::*;

use crate::digest::Bytes;
use crate::render::context::IndexPart;
use crate::render::templates::{TemplateError, Templates};
use crate::render::{RenderError, Rows};

/// The lines made from these, as far as possible out of `before`; `None` if they are the same.
pub fn renewed(
    before: Option<&Rows>,
    parts: &[IndexPart],
    templates: &Templates,
) -> Result<Option<Rows>, RenderError> {
    let made_from: Vec<Bytes> =
        parts.par_iter().map(|part| templates.piece_inputs::<IndexPart>(part)).collect();
    if before.is_some_and(|before| before.are_made_from(&made_from)) {
        return Ok(None);
    }
    let known = before.map(Rows::by_digest).unwrap_or_default();
    let new = |(part, digest): (&IndexPart, &Bytes)| match known.contains_key(digest) {
        true => Ok(String::new()),
        // What a template yields is text.
        false => Ok(String::from_utf8_lossy(&templates.render(part)?).into_owned()),
    };
    let new = parts.par_iter().zip(&made_from).map(new).collect::<Result<Vec<String>, TemplateError>>()?;
    let lines = made_from.iter().zip(&new);
    Ok(Some(Rows::of(lines.map(|(digest, new)| (*digest, known.get(digest).copied().unwrap_or(new))))))
}
