//! A stand-in for the site around an article: `other.md` has a page, `picture.svg` is a file.

use std::sync::LazyLock;

use postil::render::html::{LinkTarget, Surroundings};
use postil::render::slug;
use postil::strings::Strings;

static ENGLISH: LazyLock<Strings> = LazyLock::new(Strings::default);

/// What an article is written in.
pub fn surroundings() -> Surroundings<'static> {
    Surroundings { slug: slug::of_text, resolve: &resolve, reserved: &[], overlays: &[], strings: &ENGLISH }
}

fn resolve(address: &str) -> LinkTarget {
    match address.split('#').next().unwrap_or_default() {
        "other.md" => LinkTarget::Page(address.replace("other.md", "other.html")),
        "picture.svg" => LinkTarget::File("../files/picture.svg".to_owned()),
        outside if outside.starts_with("..") || outside.starts_with('/') => LinkTarget::Outside,
        _ => LinkTarget::Missing,
    }
}
