//! Text → lines and pages: what each line looks like before anybody asks what it says.
//!
//! 1. [`line`]: the lines, their indentation, which are blank or fenced code
//! 2. [`unfold`]: two columns side by side become one, before anything else
//! 3. where pages meet in text without form feeds: [`numbered`], [`lead`]; [`furniture`]: page numbers and running heads,
//!    from what recurs where pages meet
//! 4. [`labels`]: of notes whose labels text extraction moved away from them
//! 5. [`wrapper`]: what a library puts around a text; [`chrome`]: what a clipped page brings along; [`aside`]: what a page
//!    in HTML says is around its text
//!
//! Later stages ask by line number (from 0, an index into [`Layout::lines`]).

mod aside;
mod chrome;
pub mod code;
mod columns;
mod furniture;
mod labels;
mod lead;
mod line;
mod numbered;
pub mod post;
pub mod prose;
pub mod works;
mod wrapper;

pub use chrome::is_of_site;
pub use columns::unfold;
pub use furniture::page_mark;
pub use labels::Parted;
pub use line::{Kind, Line};

use crate::fixes::{Action, Fixes};
use crate::model::Form;
use crate::source::{Source, Span};

/// The lines of a source's own text (behind its front matter).
#[derive(Clone, Debug)]
pub struct Layout {
    /// All lines in file order.
    pub lines: Vec<Line>,
    /// True if form feeds mark the pages.
    pub feeds: bool,
    /// Notes whose labels stand elsewhere; these are set aside.
    pub parted: Vec<Parted>,
}

/// True if form feeds, or what stands for them, show pages.
fn has_feeds(lines: &[Line]) -> bool {
    lines.iter().filter(|l| l.feed).count() >= 2
}

impl Layout {
    /// Reads the layout of a source; `form` says whether fences mark code.
    pub fn read(source: &Source, form: Form) -> Layout {
        let mut lines = line::split(source, form);
        if source.is_read_out() {
            // A page has no pages; what is around its text was told by its elements.
            aside::mark(source, &mut lines);
            return Layout { lines, feeds: false, parted: Vec::new() };
        }
        wrapper::mark(source, &mut lines);
        furniture::page_marks(source, &mut lines);
        if !has_feeds(&lines) && !form.is_markdown() {
            lead::pages(source, &mut lines);
        }
        if !has_feeds(&lines) {
            furniture::by_recurrence(source, &mut lines);
            if !form.is_markdown() {
                numbered::pages(source, &mut lines);
            }
        }
        let feeds = has_feeds(&lines);
        if feeds {
            furniture::at_page_edges(source, &mut lines);
        }
        let parted = if form.is_markdown() { Vec::new() } else { labels::mark(source, &mut lines) };
        chrome::mark(source, &mut lines, form);
        Layout { lines, feeds, parted }
    }

    /// Lets the owner say which lines are furniture and which are not.
    pub fn overrule(&mut self, source: &Source, fixes: &Fixes) {
        if fixes.is_empty() {
            return;
        }
        for line in self.lines.iter_mut().filter(|l| l.is_furniture()) {
            if fixes.keep_within(Span::new(line.start, line.end)) {
                line.kind = Kind::Text;
            }
        }
        for fix in fixes.iter() {
            let Action::Omit(reason) = fix.action else { continue };
            let first = self.line_at(fix.span.start as usize);
            let lines = self.lines.iter_mut().skip(first);
            for line in lines.take_while(|l| l.start < fix.span.end as usize) {
                let end = line.text_start(source) + line.text(source).len();
                if line.kind == Kind::Text && fix.touches(line.text_start(source)) && fix.touches(end) {
                    line.kind = Kind::Furniture(reason);
                }
            }
        }
    }

    /// The trimmed text of a line.
    pub fn text<'s>(&self, source: &'s Source, line: usize) -> &'s str {
        self.lines[line].text(source)
    }

    /// True if dots lead across a line to a page's number, as in a table of contents; three or four are an ellipsis.
    pub fn leads_to_page(&self, source: &Source, line: usize) -> bool {
        /// Bytes of an entry, with its dots; what is longer is prose, and is not looked through for each of its figures.
        const LONGEST: usize = 500;
        let text = self.text(source, line);
        text.len() <= LONGEST && [". . . . .", "....."].iter().any(|dots| text.contains(dots))
    }

    /// Index of the line that holds a byte offset of the source.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|l| l.start <= offset).saturating_sub(1)
    }

    /// The page of each line, counted by form feeds from 0.
    pub fn pages(&self) -> Vec<u32> {
        let mut page = 0;
        let count = |line: &Line| {
            page += u32::from(line.feed);
            page
        };
        self.lines.iter().map(count).collect()
    }

    /// The column of each line, counted from 0 through all pages; a page that was not unfolded is one.
    pub fn columns(&self) -> Vec<u32> {
        let mut column = 0;
        let count = |line: &Line| {
            column += u32::from(line.feed || line.column);
            column
        };
        self.lines.iter().map(count).collect()
    }

    /// For each line the run of lines it belongs to: runs are parted by blank lines, rules, furniture and pages.
    pub fn runs(&self) -> Vec<u32> {
        let mut run = 0;
        let mut open = false;
        let number = |line: &Line| {
            if !line.is_text() || line.feed || line.column {
                run += u32::from(open);
                open = false;
            }
            open |= line.is_text();
            run
        };
        self.lines.iter().map(number).collect()
    }

    /// The nearest line before `line` that carries text of the document (not blank, not furniture).
    pub fn text_before(&self, line: usize) -> Option<usize> {
        (0..line).rev().find(|&i| self.lines[i].is_text())
    }

    /// The nearest line from `line` on that carries text of the document.
    pub fn text_from(&self, line: usize) -> Option<usize> {
        (line..self.lines.len()).find(|&i| self.lines[i].is_text())
    }
}

/// True if a line looks like a heading: short, without the stop that ends a sentence, and either numbered,
/// in capitals, or with most of its long words capitalised.
pub fn looks_like_heading(text: &str) -> bool {
    /// Characters of the longest heading.
    const LONGEST: usize = 90;
    let text = text.trim();
    let count = text.chars().count();
    if count == 0
        || count > LONGEST
        || text.ends_with(['.', ',', ';', ':', '—', '-']) && !text.ends_with("...")
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let long: Vec<&&str> = words.iter().filter(|w| w.chars().count() > 3).collect();
    let capital = |w: &str| {
        w.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    };
    let capitals = long.iter().filter(|w| capital(w)).count();
    words.first().is_some_and(|w| capital(w))
        && (long.len() <= 2 || capitals * 2 >= long.len())
        && words.len() <= 14
}
