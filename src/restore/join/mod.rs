//! How each line stands to the next: the same paragraph, wrapped; a new one; one sentence, torn.
//!
//! A program that wraps text, and a page, fill their lines. So a line that the next word would still have fitted on ends
//! something: a paragraph, a heading, a verse. How full a line is can only be said in a document whose lines are mostly
//! full ([`measure`]); in others every line stays what it is, and only torn sentences are joined. [`kept`](mod@kept) are
//! the lines whose ends are meant; [`looks`] says what one line's words tell.

mod kept;
mod looks;
mod measure;

pub use looks::{closes_quotation, is_listed, opens_quotation};

use self::kept::kept;
use self::looks::{
    begins, closes_han, holds, is_bare, is_counted, is_rule, numbers_section, stops_short, titles,
};
use self::measure::{Measure, is_unwrapped};
use super::entries::{self, Part};
use super::hyphen::{Closing, Hyphens};
use crate::layout::prose::{closes_sentence, is_item, is_set_apart, resumes};
use crate::model::Form;

/// Characters of the shortest line that can be torn: shorter ones may be verse or headings.
const SHORTEST: usize = 40;

/// What can be seen of a line.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Its text, without markers and without the space around it.
    pub text: String,
    /// Columns before the text.
    pub indent: usize,
    /// Characters of the text.
    pub width: usize,
    /// Blank lines before it.
    pub blanks: usize,
    /// True if something was cut between it and the line before: a page's edge, notes.
    pub cut: bool,
    /// True for fenced code.
    pub code: bool,
    /// True if a marker stands at its end.
    pub marked: bool,
    /// True if a full-width space stands before it, as one does before a paragraph in Chinese and Japanese.
    pub opens: bool,
}

/// How two lines stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The next line of the same block, whatever the block is.
    Line,
    /// The next line of the same paragraph.
    Wrapped,
    /// A new block.
    Break,
    /// One sentence, torn by a break.
    Torn,
    /// One word, cut by a hyphen.
    Whole {
        /// True if the hyphen goes.
        dropped: bool,
    },
}

/// How each line but the last stands to the next.
pub fn joins(form: Form, lines: &[Seen], hyphens: &Hyphens) -> Vec<Join> {
    let measure = if form.is_markdown() || form == Form::Thread { None } else { Measure::of(lines) };
    let kept = kept(lines, measure.as_ref());
    let unwrapped = !form.is_markdown() && form != Form::Thread && measure.is_none() && is_unwrapped(lines);
    let entries = if form == Form::Thread { vec![Part::Unknown; lines.len()] } else { entries::parts(lines) };
    let mut out: Vec<Join> = Vec::with_capacity(lines.len().saturating_sub(1));
    for i in 0..lines.len().saturating_sub(1) {
        let pair = Pair {
            lines,
            at: i,
            form,
            measure: measure.as_ref(),
            kept: &kept,
            unwrapped,
            broken: out.last() == Some(&Join::Break),
        };
        let join = match entries[i + 1] {
            Part::Begins => Join::Break,
            Part::GoesOn => Join::Wrapped,
            Part::Unknown => pair.join(),
        };
        out.push(match join {
            Join::Torn | Join::Wrapped => pair.word(hyphens).unwrap_or(join),
            _ => join,
        });
    }
    out
}

/// Two neighbouring lines and all there is to know about them.
struct Pair<'a> {
    lines: &'a [Seen],
    at: usize,
    form: Form,
    measure: Option<&'a Measure>,
    kept: &'a [bool],
    /// True if each long line is a paragraph.
    unwrapped: bool,
    /// True if the upper line begins a block.
    broken: bool,
}

impl Pair<'_> {
    fn join(&self) -> Join {
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        if above.code || below.code {
            return if below.blanks > 0 || self.form.is_markdown() && below.cut {
                Join::Break
            } else {
                Join::Line
            };
        }
        if self.form == Form::Thread {
            return Join::Break;
        }
        if below.opens && (!above.opens || closes_han(&above.text)) {
            return Join::Break;
        }
        if self.is_torn() {
            return Join::Torn;
        }
        if below.blanks > 0 {
            return Join::Break;
        }
        if below.cut {
            // A page's edge without a blank line: a short line that closes a sentence closes the paragraph.
            let short = match self.measure {
                Some(measure) => !measure.is_filled(above, below),
                None => true,
            };
            if short && closes_sentence(&above.text) || is_set_apart(&below.text) {
                return Join::Break;
            }
        }
        if self.kept[self.at + 1] && !self.kept[self.at] && above.text.ends_with(':') {
            return Join::Break;
        }
        if self.unwrapped && above.width.max(below.width) > SHORTEST {
            return Join::Break;
        }
        match self.measure {
            Some(measure) if !self.kept[self.at] && !self.kept[self.at + 1] => self.wrapped(measure),
            _ => Join::Line,
        }
    }

    /// True if a break between the lines tears a sentence.
    fn is_torn(&self) -> bool {
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        let may_be = below.cut || below.blanks > 0 && self.form != Form::Markdown;
        // What a page says are two paragraphs are two.
        let may_be = may_be && self.form != Form::Html;
        if !may_be || is_rule(&above.text) || is_rule(&below.text) {
            return false;
        }
        // An item of a list may be torn too, where a page ends in it.
        let item = below.cut && is_listed(&above.text) && resumes(&below.text);
        let apart = is_set_apart(&above.text) && !item || is_set_apart(&below.text);
        if apart || closes_sentence(&above.text) || self.is_signed() {
            return false;
        }
        /// The same as a share of the full width, at a page's edge.
        const HALF: f64 = 0.5;
        let long = self.measure.map_or(above.width >= SHORTEST, |m| {
            // What is set in, as quotations are, has shorter lines.
            below.cut && above.width as f64 >= m.edge * HALF || m.is_filled(above, below)
        });
        if !long || self.kept[self.at] || self.kept[self.at + 1] {
            return false;
        }
        let quoted = below.cut && opens_quotation(&above.text) && closes_quotation(&below.text);
        resumes(&below.text) || quoted || stops_short(&above.text) && (below.cut || below.width >= SHORTEST)
    }

    /// True for a title of one line and whom it is by, each a paragraph of its own.
    fn is_signed(&self) -> bool {
        /// Words before whom a text is by, or where it is from.
        const BY: [&str; 9] = ["by", "von", "par", "por", "door", "av", "di", "from", "translated"];
        /// Words of the longest such line.
        const LONGEST: usize = 10;
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        let alone = |i: usize| {
            let after = self.lines.get(i + 1);
            (i == 0 || self.lines[i].blanks > 0) && after.is_none_or(|a| a.blanks > 0)
        };
        let mut words = below.text.split_whitespace();
        let by = words.next().is_some_and(|w| BY.contains(&w));
        let named = words.clone().count() < LONGEST && words.any(|w| w.starts_with(char::is_uppercase));
        let goes_on = self.lines.get(self.at + 2).is_some_and(|l| resumes(&l.text));
        // Behind a comma a sentence goes on.
        by && named && !goes_on && !above.text.ends_with(',') && alone(self.at) && alone(self.at + 1)
    }

    /// How the lines of one block of a wrapped document stand to each other.
    fn wrapped(&self, measure: &Measure) -> Join {
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        let after = self.lines.get(self.at + 2).filter(|l| l.blanks == 0);
        let before = self.at.checked_sub(1).filter(|_| above.blanks == 0).map(|i| &self.lines[i]);
        if is_bare(&above.text)
            || is_bare(&below.text) && after.is_none()
            || is_rule(&above.text)
            || is_rule(&below.text)
        {
            return Join::Break;
        }
        if numbers_section(self.lines, self.at) || numbers_section(self.lines, self.at + 1) {
            return Join::Break;
        }
        if is_item(&below.text) {
            // A hyphen may as well be a dash that a line end set at the head of the next line.
            let ends = closes_sentence(&above.text)
                || !measure.is_filled(above, below)
                || below.text.starts_with('•');
            return if ends && !self.in_list() { Join::Break } else { Join::Line };
        }
        if self.begins_indented(measure) {
            return Join::Break;
        }
        let filled = measure.is_filled(above, below);
        if filled && !is_set_apart(&below.text) {
            return Join::Wrapped;
        }
        if filled || resumes(&below.text) {
            return Join::Line;
        }
        let full_below = measure.is_long(below) || after.is_some_and(|a| measure.is_filled(below, a));
        let first = above.blanks > 0 || above.cut || before.is_none() || self.broken;
        if first && self.is_heading(measure, full_below) {
            return Join::Break;
        }
        let prose = full_below || before.is_some_and(|b| measure.is_filled(b, above));
        if closes_sentence(&above.text) && prose && !is_set_apart(&below.text) {
            Join::Break
        } else {
            Join::Line
        }
    }

    /// True if the upper line, which begins a block, is a heading right above its text, or above the heading of the
    /// first part of that text.
    fn is_heading(&self, measure: &Measure, full_below: bool) -> bool {
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        if !titles(&above.text) || !begins(&below.text) {
            return false;
        }
        let counted = is_counted(&above.text);
        if full_below || counted && closes_sentence(&below.text) {
            return true;
        }
        let text_follows =
            self.lines.get(self.at + 2).is_some_and(|l| measure.is_long(l) || closes_sentence(&l.text));
        text_follows
            && titles(&below.text)
            && (counted || is_counted(&below.text) || holds(&above.text, &below.text))
    }

    /// True if an item of a list stands above the lower line in the same block.
    fn in_list(&self) -> bool {
        for line in self.lines[..=self.at].iter().rev() {
            if is_item(&line.text) {
                return true;
            }
            if line.blanks > 0 {
                break;
            }
        }
        false
    }

    /// True if the lower line is set in as the first of a paragraph is.
    fn begins_indented(&self, measure: &Measure) -> bool {
        /// Columns that a paragraph's first line is set in by, at least and at most.
        const INDENT: std::ops::RangeInclusive<usize> = 2..=12;
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        let set_in = |line: &Seen, by: &Seen| INDENT.contains(&line.indent.saturating_sub(by.indent));
        // The second line of an entry that hangs is set in as well, but goes on with a sentence.
        let ends = closes_sentence(&above.text) || !measure.is_filled(above, below);
        let after = self.lines.get(self.at + 2).filter(|l| l.blanks == 0);
        ends && set_in(below, above) && after.is_none_or(|a| a.indent < below.indent)
    }

    /// What becomes of a word that the line end cuts.
    fn word(&self, hyphens: &Hyphens) -> Option<Join> {
        let (above, below) = (&self.lines[self.at], &self.lines[self.at + 1]);
        if above.marked {
            return None;
        }
        let closing = hyphens.close(&above.text, &below.text)?;
        Some(Join::Whole { dropped: closing == Closing::Dropped })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::source::Source;

    /// The blocks of a text in which nothing was cut but at form feeds.
    fn blocks(text: &str) -> Vec<String> {
        let source = Source::new("case.txt", text.to_owned());
        let layout = Layout::read(&source, Form::PdfText);
        let (mut lines, mut blanks) = (Vec::new(), 0);
        for line in &layout.lines {
            if line.is_blank() {
                blanks += 1;
                continue;
            }
            let (text, indent) = (line.text(&source).to_owned(), usize::from(line.indent));
            let width = text.chars().count();
            lines.push(Seen { text, indent, width, blanks, cut: line.feed, ..Seen::default() });
            blanks = 0;
        }
        let joins = joins(Form::PdfText, &lines, &Hyphens::of(&source, &layout));
        let mut out = vec![String::new()];
        for (i, line) in lines.iter().enumerate() {
            let last = out.len() - 1;
            out[last].push_str(&line.text);
            match joins.get(i) {
                Some(Join::Line) => out[last].push('|'),
                Some(Join::Wrapped | Join::Torn) => out[last].push(' '),
                Some(Join::Whole { dropped: true }) => drop(out[last].pop()),
                Some(Join::Whole { .. }) => {}
                Some(Join::Break) => out.push(String::new()),
                None => {}
            }
        }
        out
    }

    /// Wrapped prose, as context.
    const PROSE: &str = "\n\nThe wheel turned all the summer long and the miller slept\nlittle, for the farmers came by night as well as by day and\nwaited in the yard until their corn was ground and weighed\nand carried to the carts.\n\n";

    fn after_prose(text: &str) -> Vec<String> {
        blocks(&format!("{PROSE}{text}")).split_off(1)
    }

    #[test]
    fn a_short_line_ends_a_paragraph() {
        let text = "The weir was old and leaked, and nobody had the money\nto mend it.\nIn spring the water rose above the lower meadow and the\nsluice gave way at night.";
        assert_eq!(after_prose(text).iter().map(|b| &b[..8]).collect::<Vec<_>>(), ["The weir", "In sprin"]);
        let set_in = "The weir was old and leaked, and nobody had the money to\nmend it or would have lent a penny for the weir or mill.\n    In spring the water rose above the lower meadow and\nthe sluice gave way.";
        assert_eq!(after_prose(set_in).iter().map(|b| &b[..8]).collect::<Vec<_>>(), ["The weir", "In sprin"]);
    }

    #[test]
    fn a_heading_stands_right_above_its_text() {
        let text = "Mills, Weirs, The 1890s.\nMills\n\nThe weir was old and leaked, and nobody had the money\nto mend it.";
        assert_eq!(after_prose(text)[..2], ["Mills, Weirs, The 1890s.", "Mills"]);
        let text = "The Weir\nThe weir was old and leaked, and nobody had the money\nto mend it.";
        assert_eq!(after_prose(text)[0], "The Weir");
        let text =
            "2. Weirs\n2.1. Of Wood\nThe weir was old and leaked, and nobody had the money\nto mend it.";
        assert_eq!(after_prose(text)[..2], ["2. Weirs", "2.1. Of Wood"]);
        let page = "The Mill on the Weir\nA Tale\n\nThe weir was old and leaked, and nobody had the money\nto mend it.";
        assert_eq!(after_prose(page)[0], "The Mill on the Weir|A Tale");
    }

    #[test]
    fn a_numbered_heading_may_be_written_as_a_sentence_is() {
        let text = "2.1 Of mills and of those who keep them\nThe weir was old and leaked, and nobody had the money\nto mend it.";
        assert_eq!(after_prose(text)[0], "2.1 Of mills and of those who keep them");
    }

    #[test]
    fn a_line_for_each_paragraph() {
        let paragraph =
            "The weir was old and leaked, and nobody in the valley had the money to mend it. ".repeat(3);
        let text = format!("Of Weirs\nby Nora Feld\n{p}\nOf Mills\n{p}\n{p}", p = paragraph.trim_end());
        assert_eq!(blocks(&text).len(), 5);
    }

    #[test]
    fn whom_a_text_is_by_is_no_part_of_its_title() {
        let title = "The mill and the weir in the valley towns of the north";
        let text = format!("{title}\n\nby Nora Feld\n\nThe weir was old.");
        assert_eq!(blocks(&text)[..2], [title, "by Nora Feld"]);
        let torn = format!("{title}\n\nby which it stood.\n\nThe weir was old.");
        assert_eq!(blocks(&torn).len(), 2);
    }

    #[test]
    fn a_section_may_have_nothing_but_a_number() {
        let text = "The weir was old and leaked, and nobody had the money to\nmend it.\nII\nA\nIn spring the water rose above the lower meadow and the\nsluice gave way at night.";
        let starts: Vec<String> = after_prose(text).iter().map(|b| b.chars().take(9).collect()).collect();
        assert_eq!(starts, ["The weir ", "II", "A", "In spring"]);
        let torn = "The weir was old and leaked, and nobody had the money, said\nI\nand mended it.";
        assert_eq!(after_prose(torn).len(), 1);
    }

    #[test]
    fn a_full_width_space_opens_a_paragraph() {
        let line = |text: &str, opens: bool| Seen {
            text: text.into(),
            width: text.chars().count(),
            opens,
            ..Seen::default()
        };
        let source = Source::new("case.txt", String::new());
        let hyphens = Hyphens::of(&source, &Layout::read(&source, Form::Plain));
        let lines = [
            line("水は止まった", true),
            line("。車も。", false),
            line("粉屋は眠る。", true),
            line("誰も", true),
        ];
        assert_eq!(joins(Form::Plain, &lines, &hyphens), [Join::Line, Join::Break, Join::Break]);
    }

    #[test]
    fn what_is_torn_is_whole_again() {
        let text = "The weir was old and leaked, and nobody in the valley had\n\nthe money to mend it.";
        assert_eq!(after_prose(text).len(), 1);
        let name = "The weir was old and leaked, and it had been lent to the\n\nMiddletons, who had no money to mend it at all.";
        assert_eq!(after_prose(name).len(), 1);
        let page = "The weir was old and leaked, and nobody had asked the mil-\n\u{c}ler or the smith.\n\u{c}Nobody.";
        assert!(after_prose(page)[0].ends_with("asked the miller or the smith."), "{:?}", after_prose(page));
        let apart = "The weir was old and leaked, and nobody had the money.\n\nthe end";
        assert_eq!(after_prose(apart).len(), 2);
    }

    #[test]
    fn verse_lists_and_tables_keep_their_lines() {
        let verse = "The mill stands still, the wheel is dry,\nAnd no one knows the reason why,\nThe miller least of all\nWho sleeps beside the wall.";
        assert_eq!(after_prose(verse), [verse.replace('\n', "|")]);
        let list = "The miller kept:\n• a book in which the farmers’ names stood with what they\nowed him;\n• a cat.\nNobody ever read the book but the miller himself and\nthe cat never.";
        assert_eq!(
            after_prose(list),
            [
                "The miller kept:",
                "• a book in which the farmers’ names stood with what they owed him;|• a cat.",
                "Nobody ever read the book but the miller himself and the cat never."
            ]
        );
        let table = "Year     Sacks    Millers\n1891     1,200    two\n1892     1,350    two and a boy from the village\n";
        assert_eq!(after_prose(table)[0].matches('|').count(), 2);
    }

    #[test]
    fn without_wrapped_lines_every_line_is_its_own() {
        assert_eq!(
            blocks("The weir.\nThe mill.\nThe wheel, which was broken."),
            ["The weir.|The mill.|The wheel, which was broken."]
        );
    }
}
