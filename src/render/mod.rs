//! Documents + index → pages.

pub mod highlight;
pub mod html;
