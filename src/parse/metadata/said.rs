//! Lines that say over again what is known of a text: its title, its authors, its date, where it was found. Title pages
//! are made of them, and what some sources repeat behind their text.

use super::Meta;
use crate::fold::key;
use crate::model::{Block, BlockKind, Inline, InlineKind, plain_text};

/// Words of a block of a title page.
const LONGEST: usize = 25;

/// Of each block of a run, given by its lines: true if it says what is known, or what another block of the run says too.
pub fn known(run: &[Vec<String>], meta: &Meta) -> Vec<bool> {
    /// Letters of what stands there twice.
    const SHORTEST: usize = 9;
    let whole: Vec<String> = run.iter().map(|lines| key(&lines.concat())).collect();
    let is_twice = |i: usize, said: &str| {
        said.len() >= SHORTEST && whole.iter().enumerate().any(|(j, other)| j != i && other.contains(said))
    };
    let is_known = |(i, lines): (usize, &Vec<String>)| {
        is_twice(i, &whole[i]) || lines.iter().all(|line| says(line, meta) || is_twice(i, &key(line)))
    };
    run.iter().enumerate().map(is_known).collect()
}

/// The lines of a block that may stand on a title page: a few words without a note or a picture.
pub fn lines_of_title_page(block: &Block) -> Option<Vec<String>> {
    let lines = match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. }
            if !has_more_than_words(content) =>
        {
            lines(content)
        }
        BlockKind::Verse(verse) if !verse.iter().any(|line| has_more_than_words(line)) => {
            verse.iter().map(|line| plain_text(line)).collect()
        }
        _ => return None,
    };
    let words = lines.iter().flat_map(|line| line.split_whitespace()).count();
    (1..=LONGEST).contains(&words).then_some(lines)
}

/// The lines of running text, as its breaks part them.
pub fn lines(content: &[Inline]) -> Vec<String> {
    content
        .split(|inline| matches!(inline.kind, InlineKind::HardBreak | InlineKind::SoftBreak))
        .map(plain_text)
        .filter(|line| !line.trim().is_empty())
        .collect()
}

fn has_more_than_words(content: &[Inline]) -> bool {
    content.iter().any(|inline| match &inline.kind {
        InlineKind::Marker(_) | InlineKind::Image { .. } => true,
        other => other.content().is_some_and(has_more_than_words),
    })
}

/// True if a line says the title, the authors, the date, or where the text was found.
fn says(line: &str, meta: &Meta) -> bool {
    /// Letters of the shortest piece of a title that says which one it is.
    const OF_TITLE: usize = 3;
    /// Letters that may stand around an author's name: `by`, `translated by`, `edited by`.
    const AROUND_NAME: usize = 12;
    let said = key(line);
    let words = line.split_whitespace().count();
    let is_title = || said.len() >= OF_TITLE && key(&meta.title).contains(&said);
    let is_author = || {
        let rest = meta.authors.iter().fold(said.clone(), |rest, author| rest.replace(&key(author), ""));
        rest.len() < said.len() && rest.len() <= AROUND_NAME && words <= LONGEST
    };
    let is_date =
        || words <= 4 && meta.date.as_ref().is_some_and(|date| said.contains(&date[..date.len().min(4)]));
    let is_address = || {
        let host = meta.source.as_deref().and_then(host);
        host.is_some_and(|host| line.contains(host)) || (words == 1 && host_like(line))
    };
    is_title() || is_author() || is_date() || is_address()
}

/// The name of an address's server.
fn host(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split('/').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// True for one word such as `example.org`.
fn host_like(word: &str) -> bool {
    let word = word.trim_end_matches('/');
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() > 1
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && parts.last().is_some_and(|last| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()))
}
