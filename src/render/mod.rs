//! Documents + index → pages.

pub mod highlight;
pub mod html;
pub mod slug;
