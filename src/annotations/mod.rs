//! The reader's own annotations: passages marked and notes written beside them, kept as files of the archive.
//!
//! 1. [`jsonld`] reads `annotations/*.jsonld` (the W3C's Web Annotation Data Model), [`hand`] what is written by hand
//!    in a document's facts: both yield [`Annotation`]s
//! 2. [`collect`](collect()) puts the files side by side: the same annotation twice is one, two that bear one id and differ are both
//!    kept, replies find what they answer
//! 3. [`assign`] finds the document of each: by its path, its page, its address, its fingerprint, its title
//! 4. [`anchor`] finds the passage in the document's restored text, by the words, then by the place, then by words that
//!    are nearly the same ([`approximate`]); what is not found beyond doubt is an orphan, listed and kept
//! 5. [`page`] says what a document's page and the page of all annotations show
//! 6. [`export`] writes them all as JSON-LD and as Markdown; [`import`] reads what was marked elsewhere
//!
//! Nothing here touches the disk. What one document yields is a pure function of its text and its annotations.

pub mod anchor;
pub mod approximate;
pub mod assign;
pub mod collect;
pub mod export;
pub mod hand;
pub mod import;
pub mod jsonld;
mod model;
pub mod note;
pub mod page;

pub use anchor::{Anchored, How};
pub use collect::{Collection, collect};
pub use model::{Annotation, Colour, Quote, Target};
