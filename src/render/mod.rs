//! To be written.

pub mod slug;
