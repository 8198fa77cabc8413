//! What the place of a head makes of it.

use crate::layout::prose::closes_sentence;
use crate::layout::{Layout, looks_like_heading};
use crate::source::Source;

/// True for an entry of a table of contents: dots lead from it, or from the entry below it, to a page's number.
pub fn listed_in_contents(source: &Source, layout: &Layout, index: usize) -> bool {
    let below = layout.lines.get(index + 1).is_some_and(|l| l.is_text());
    layout.leads_to_page(source, index) || below && layout.leads_to_page(source, index + 1)
}

/// Bytes of the sign of a quotation that holds nothing but this line: so extractors write a line that stands set in.
pub fn set_in(layout: &Layout, index: usize, text: &str) -> usize {
    let alone = index.checked_sub(1).is_none_or(|i| layout.lines[i].is_blank())
        && layout.lines.get(index + 1).is_none_or(|l| l.is_blank());
    if alone && text.starts_with("> ") { "> ".len() } else { 0 }
}

/// True for a figure in the middle of a sentence, which a line's end has put at the head of the next: `of about / 3 feet`.
pub fn goes_on(source: &Source, layout: &Layout, index: usize, said: &str) -> bool {
    let above = index.checked_sub(1).filter(|&i| layout.lines[i].is_text() && !layout.lines[index].feed);
    let open = |text: &str| text.ends_with(char::is_lowercase) && !closes_sentence(text);
    said.starts_with(char::is_lowercase) && above.is_some_and(|i| open(layout.text(source, i).trim_end()))
}

/// True if the text that begins at a place is the heading of a section whose number stands above it: it stands alone,
/// and further text follows on its page.
pub fn numbers_heading(source: &Source, layout: &Layout, at: usize) -> bool {
    let line = layout.line_at(at);
    let alone = layout.lines.get(line + 1).is_some_and(|l| l.is_blank());
    let next = layout.text_from(line + 1);
    let goes_on =
        next.is_some_and(|n| !layout.lines[line + 1..=n].iter().any(|l| l.feed || l.is_furniture()));
    alone && goes_on && looks_like_heading(layout.text(source, line))
}

/// True if numbers stand alone on several lines running: they number the lines of a listing, or are a
/// table's column. Beyond a blank line only the next number is one of them: above a page's notes a marker may stand so.
pub fn numbers_lines(source: &Source, layout: &Layout, index: usize) -> bool {
    let number = |i: usize| -> Option<u32> {
        let text = layout.text(source, i);
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let Some(own) = number(index) else { return false };
    let above = layout.text_before(index).filter(|&i| index - i <= 2);
    let below = layout.text_from(index + 1).filter(|&i| i - index <= 2);
    let above = above.and_then(|i| Some((i + 1 == index, number(i)?.checked_add(1) == Some(own))));
    let below = below.and_then(|i| Some((i == index + 1, own.checked_add(1) == Some(number(i)?))));
    [above, below].into_iter().flatten().any(|(next, counts_on)| next || counts_on)
}
