//! How a text refers to itself and to the others.
//!
//! 1. [`shared`]: passages that two documents share, and documents that are nearly the same; [`again`]: which
//!    fingerprints of their words come again
//! 2. [`between`]: `[[…]]`, addresses and titles that mean another document of the archive
//! 3. [`inside`]: “part II”, “see note 12”, a line of a table of contents
//!
//! All are conclusions: they lie over the text as overlays and change nothing of it. What is not certain is left alone,
//! and told where its author meant it as a link.

pub mod again;
pub mod between;
pub mod inside;
pub mod shared;
