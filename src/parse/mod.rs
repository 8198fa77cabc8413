//! Restored text → a [`Document`](crate::model::Document).

pub mod metadata;
