//! Documents and what the archive knows of them → the files of the site.
//!
//! Two kinds of input, by how long they live:
//!
//! * a [`Record`] for every document, kept for the whole build: all that listings, the archive's state and
//!   the catalogue need to know of it;
//! * a [`RenderedDocument`], made and dropped one at a time: the article and what its own page alone shows.
//!
//! So the pages of documents can be made in parallel and in any order, each by one call of [`document`],
//! while [`Lists`] makes everything that speaks of all documents.
//!
//! 1. [`html`]: blocks → the article, with [`highlight`]ed code; [`slug`]: addresses
//! 2. [`assets`]: default templates and static files, and the owner's that take their place
//! 3. [`templates`]: compiled once, filled many times
//! 4. [`context`]: what each template gets, one struct a template
//! 5. [`order`]: the orders of the index; `rows`: its lines, of which those are made that changed
//! 6. [`works`]: the pages of what is cited; [`bibliography`]: the same for other programs
//! 7. [`facsimile`]: the source beside the text
//! 8. [`catalogue`]: `archive.json` and `data/SLUG.json`; `feed`: what programs fetch; `cite`: what they read of a text
//! 9. [`readers`]: the page of annotations
//! 10. [`conversation`]: names, and what ties a document to others
//! 11. [`status`]: what is tied and what is not; [`nav`]: which parts the site has; [`figure`]: the archive in pictures

pub mod assets;
pub mod bibliography;
pub mod catalogue;
mod cite;
pub mod context;
pub mod conversation;
mod counts;
mod document;
pub mod facsimile;
mod feed;
pub mod figure;
pub mod highlight;
pub mod html;
mod lists;
mod model;
pub mod nav;
pub mod order;
mod page;
pub mod readers;
mod rows;
mod search;
pub mod slug;
pub mod status;
pub mod templates;
pub mod wording;
pub mod works;

pub use counts::{NoteCounts, ReferenceCounts, Unmarked, Unresolved};
pub use document::{alias, document, document_inputs, facsimile_page, facsimile_url};
pub use lists::Lists;
pub use model::{Around, Record, RenderedDocument, SiteFacts, SiteModel, TagEntry};
pub use page::{Page, RenderError, site_inputs};
pub use rows::Rows;
pub use search::search;
