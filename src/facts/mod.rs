//! What the owner says of a document: front matter in the file, and a sidecar beside it.

use std::collections::BTreeMap;

use crate::model::Form;

/// The facts given for one document. The sidecar wins over the front matter, key by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// `title`
    pub title: Option<String>,
    /// `authors` (a list, or one name)
    pub authors: Option<Vec<String>>,
    /// `date`, as written by the owner
    pub date: Option<String>,
    /// `source`: the address it was found at
    pub source: Option<String>,
    /// `tags`
    pub tags: Option<Vec<String>>,
    /// `lang`
    pub lang: Option<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `collection`
    pub collection: Option<String>,
    /// `rights`
    pub rights: Option<String>,
    /// `slug`
    pub slug: Option<String>,
    /// `aliases`: old slugs that lead here
    pub aliases: Vec<String>,
    /// `publish`
    pub publish: Publish,
    /// `form`
    pub form: Option<Form>,
    /// `pages`
    pub pages: Option<String>,
    /// Keys the program does not know; they reach the templates.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// What of a document is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Publish {
    /// The page, and the untouched source beside it (`true`, the default).
    #[default]
    All,
    /// The page alone (`text`).
    Text,
    /// Nothing (`false`).
    Nothing,
}
