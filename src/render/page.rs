//! A file of the site, and what every page has: the site around it, the way back to its root.

use std::fmt;

use serde::Serialize;

use super::context::{DocumentCard, Link, Site};
use super::model::SiteFacts;
use super::templates::{Context, TemplateError, Templates};
use super::wording;
use crate::digest::{self, Bytes};

/// Name and version, for `<meta name="generator">`.
const GENERATOR: &str = concat!("postil ", env!("CARGO_PKG_VERSION"));

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it goes, relative to the root of the site, with `/`.
    pub path: String,
    /// Its content; `None` if it stands there already, made from the same.
    pub bytes: Option<Vec<u8>>,
    /// The digest of what it was made from, of a page whose making may be spared.
    pub inputs: Option<Bytes>,
}

impl Page {
    /// A file of these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Page {
        Page { path: path.into(), bytes: Some(bytes.into()), inputs: None }
    }
}

/// Why pages could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenderError {
    /// A template that cannot be filled.
    Template(TemplateError),
    /// Data that cannot be written as JSON.
    Json {
        /// The file of the site.
        path: String,
        /// What is the matter.
        message: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderError::Template(error) => error.fmt(f),
            RenderError::Json { path, message } => write!(f, "{path}: error: {message}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<TemplateError> for RenderError {
    fn from(error: TemplateError) -> Self {
        RenderError::Template(error)
    }
}

/// What tells all that every page of a folder shows of the site from what it was.
pub fn site_inputs(facts: &SiteFacts, root: &str) -> u64 {
    digest::number_of_data("site", &site(facts, root))
}

pub(super) fn filled<C: Context>(
    path: &str,
    context: &C,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let (bytes, inputs) = templates.page(path, context)?;
    Ok(Page { path: path.to_owned(), bytes, inputs })
}

/// As [`filled`], of a page that is much more work to put together than what it follows from.
pub(super) fn filled_from<C: Context>(
    path: &str,
    follows_from: &impl Serialize,
    templates: &Templates,
    fill: impl FnOnce() -> Result<Vec<u8>, TemplateError>,
) -> Result<Page, RenderError> {
    let inputs = templates.inputs::<C>(follows_from);
    let stands = inputs.as_ref().is_some_and(|inputs| templates.stands(path, inputs));
    let bytes = if stands { None } else { Some(fill()?) };
    Ok(Page { path: path.to_owned(), bytes, inputs })
}

pub(super) fn site<'a>(facts: &'a SiteFacts, root: &'a str) -> Site<'a> {
    Site {
        title: &facts.title,
        description: facts.description.as_deref(),
        lang: &facts.lang,
        generator: GENERATOR,
        root,
        search: facts.search,
        base_url: facts.base_url.as_deref(),
        dir: wording::direction(&facts.lang),
        has_own_look: facts.has_own_look,
        nav: &facts.nav,
        views: &facts.views,
    }
}

pub(super) fn link(card: &DocumentCard) -> Link<'_> {
    Link { url: &card.url, title: &card.title }
}

/// The way from a page back to the root of the site.
pub(super) fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// True if a browser would follow it as a web address.
pub(super) fn is_web_address(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}
