//! One or two sentences of a text for lists.

use super::title::sentence_end;
use super::{author, date, kind, person};
use crate::model::{Block, BlockKind, InlineKind, plain_text};
use crate::quotes;

/// Characters a summary has at most.
const LONGEST: usize = 220;
/// A summary shorter than this takes in the next sentence, if that fits.
const SHORT: usize = 110;
/// Blocks looked at.
const BLOCKS: usize = 60;

/// The first sentence or two of the text proper: no title, by-line, date, motto or table of contents.
pub fn summary(body: &[Block], title: &str) -> Option<String> {
    let paragraphs = body.iter().take(BLOCKS).filter_map(|b| match &b.kind {
        // A paragraph that is emphasised as a whole is a motto or a standfirst's credit.
        BlockKind::Paragraph(content)
            if !content.iter().all(|i| matches!(i.kind, InlineKind::Emphasis(_))) =>
        {
            Some(plain_text(content))
        }
        _ => None,
    });
    paragraphs
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|p| is_prose(p, title))
        .map(|p| shorten(&p))
}

/// True if a paragraph is a text's own prose.
fn is_prose(text: &str, title: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    let cjk = text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count();
    let leaders = text.contains(". . .") || text.contains(".....") || text.matches('…').count() > 3;
    (words >= 9 || cjk >= 20)
        && letters * 10 >= text.chars().count() * 6
        && !leaders
        && text.contains(['.', '!', '?', '…', '。', ':'])
        && !text.eq_ignore_ascii_case(title)
        && !kind::is_apparatus(text)
        && !date::is_lone(text)
        && author::byline(text).is_empty()
        // `“…” – Somebody`: a motto.
        && !(text.starts_with(quotes::opens) && text.rsplit_once(['–', '—']).is_some_and(|(_, who)| person::is_only_names(who.trim())))
}

/// Whole sentences up to the length; a first sentence that is longer is cut at a word.
fn shorten(text: &str) -> String {
    let mut end = 0;
    while let Some(next) = sentence_end(text, end) {
        if text[..next].chars().count() > LONGEST {
            break;
        }
        end = next;
        if text[..end].chars().count() >= SHORT {
            break;
        }
    }
    if end > 0 {
        return text[..end].trim().to_owned();
    }
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let limit = text.char_indices().nth(LONGEST - 1).map_or(text.len(), |(i, _)| i);
    let at = text[..limit].rfind(' ').filter(|&s| s > limit / 2).unwrap_or(limit);
    format!("{}…", text[..at].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Inline;
    use crate::source::Span;

    fn paragraph(text: &str) -> Block {
        let text = Inline { span: Span::default(), kind: InlineKind::Text(text.to_owned()) };
        Block { span: Span::default(), kind: BlockKind::Paragraph(vec![text]) }
    }

    #[test]
    fn the_first_prose() {
        let body = [
            paragraph("On Bread"),
            paragraph("By Nora Feld"),
            paragraph("May 3, 2011"),
            paragraph("The Flood . . . . . . . . . . . . 3 The Drought . . . . . . . 9"),
            paragraph("“All water is borrowed, and none of it is ever given back to us.” – Ada Mill"),
            paragraph(
                "Bread is never only bread to a miller in this valley. It is weather. It is also what the river left over after the flood, and nobody here forgets it for a day.",
            ),
            paragraph("A second paragraph that must not be taken, however fine it is."),
        ];
        let found = summary(&body, "On Bread");
        assert_eq!(
            found.as_deref(),
            Some(
                "Bread is never only bread to a miller in this valley. It is weather. It is also what the river left over after the flood, and nobody here forgets it for a day."
            )
        );
    }

    #[test]
    fn long_and_none() {
        assert_eq!(summary(&[], ""), None);
        assert_eq!(summary(&[paragraph("Too short.")], ""), None);
        let endless =
            summary(&[paragraph(&format!("{}.", "mill wheel ".repeat(500)))], "").unwrap_or_default();
        assert!(endless.ends_with('…') && endless.chars().count() <= LONGEST, "{endless}");
        let cjk = summary(&[paragraph(&"川の水は春から少なく。".repeat(40))], "").unwrap_or_default();
        assert!(cjk.chars().count() <= LONGEST && cjk.ends_with('。'), "{cjk}");
    }
}
