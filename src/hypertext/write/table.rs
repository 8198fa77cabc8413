//! Tables: rows and columns where there are such, lines where cells go over several rows, and what tables hold that only
//! arrange a page.

use super::Writer;
use super::inline::Place;
use crate::hypertext::chrome::Fate;
use crate::hypertext::tape::{Index, Page};

/// A table, taken apart.
struct Table {
    caption: Option<Index>,
    /// The rows with their cells.
    rows: Vec<(Index, Vec<Index>)>,
    /// What stands between rows and cells, where nothing should.
    stray: Vec<Index>,
}

/// How a table is written.
#[derive(PartialEq, Eq)]
enum Way {
    /// Rows and columns.
    Grid,
    /// A line for each row.
    Lines,
    /// What its cells hold, one behind the other.
    Content,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, i: Index) {
        let table = Table::read(self.page, i);
        for &stray in &table.stray {
            self.blocks(stray..self.page.end(stray));
        }
        if let Some(caption) = table.caption
            && self.enters(caption)
        {
            self.paragraph(caption + 1..self.page.end(caption), Place::Text);
        }
        let width = table.rows.iter().map(|r| r.1.len()).max().unwrap_or(1);
        let way = way(self.page, i, &table);
        let mut first = true;
        // What is set aside between rows would end the table.
        let (shown, hidden): (Vec<_>, Vec<_>) =
            table.rows.iter().partition(|r| self.row_fate(i, r.0) == Fate::Shown);
        for (row, cells) in shown {
            if let Some(&note) = self.notes.at.get(row) {
                self.waiting.push(note);
                continue;
            }
            self.name_place(*row);
            match way {
                Way::Content => cells.iter().for_each(|&c| self.cell_blocks(c)),
                Way::Lines => self.row_as_line(cells),
                Way::Grid => {
                    let is_head = cells.iter().all(|&c| self.page.name(c) == "th");
                    if std::mem::take(&mut first) {
                        self.open();
                        if !is_head {
                            self.written.text.extend([&"|  ".repeat(width), "|"]);
                            self.next_row();
                        } else {
                            self.row(cells, width);
                            self.next_row();
                        }
                        self.written.text.extend([&"| --- ".repeat(width), "|"]);
                        if is_head {
                            continue;
                        }
                    }
                    self.next_row();
                    self.row(cells, cells.len());
                }
            }
        }
        for (row, _) in hidden {
            if let Fate::Aside(reason) = self.row_fate(i, *row) {
                self.aside(*row..self.page.end(*row), reason);
            }
        }
        self.after_list = None;
    }

    /// What becomes of a row, which the group that it is in may hide.
    fn row_fate(&self, table: Index, row: Index) -> Fate {
        let group = self.page.parent(row).filter(|&g| g != table);
        let of_group = group.map_or(Fate::Shown, |g| self.chrome.fate(self.page, g));
        if of_group == Fate::Shown { self.chrome.fate(self.page, row) } else { of_group }
    }

    fn next_row(&mut self) {
        self.written.text.push('\n');
        self.written.text.push_str(&self.prefix);
    }

    fn cell_blocks(&mut self, cell: Index) {
        match self.notes.at.get(&cell) {
            Some(&note) => self.waiting.push(note),
            None if self.enters(cell) => self.blocks(cell + 1..self.page.end(cell)),
            None => {}
        }
    }

    fn row(&mut self, cells: &[Index], width: usize) {
        self.written.text.push('|');
        for &cell in cells {
            self.written.text.push(' ');
            self.begin_line(Place::Cell);
            self.inline(cell);
            self.end_block();
            self.written.text.push_str(" |");
        }
        self.written.text.push_str(&"  |".repeat(width.saturating_sub(cells.len())));
    }

    fn row_as_line(&mut self, cells: &[Index]) {
        self.begin_line(Place::Text);
        let mut wrote = false;
        for &cell in cells {
            if wrote && self.page.has_text(cell..self.page.end(cell)) {
                self.written.text.push_str(" |");
                self.line.space = true;
            }
            self.inline(cell);
            wrote |= self.page.has_text(cell..self.page.end(cell));
        }
        self.end_block();
    }
}

impl Table {
    fn read(page: &Page, table: Index) -> Table {
        let mut out = Table { caption: None, rows: Vec::new(), stray: Vec::new() };
        let mut groups = vec![table];
        // Groups of rows are not within each other: a body in a body is no table any more.
        let inner: Vec<Index> =
            page.children(table).filter(|&c| matches!(page.name(c), "tbody" | "thead" | "tfoot")).collect();
        groups.extend(inner);
        let mut rows: Vec<Index> = Vec::new();
        for group in groups {
            for child in page.children(group) {
                match page.name(child) {
                    "tr" => rows.push(child),
                    "caption" if out.caption.is_none() => out.caption = Some(child),
                    "tbody" | "thead" | "tfoot" if group == table => {}
                    "colgroup" | "col" => {}
                    _ if page.has_text(child..page.end(child)) || page.text(child).is_none() => {
                        out.stray.push(child)
                    }
                    _ => {}
                }
            }
        }
        rows.sort_unstable();
        for row in rows {
            let mut cells = Vec::new();
            for child in page.children(row) {
                match page.name(child) {
                    "td" | "th" => cells.push(child),
                    _ if page.has_text(child..page.end(child)) || page.text(child).is_none() => {
                        out.stray.push(child)
                    }
                    _ => {}
                }
            }
            out.rows.push((row, cells));
        }
        out
    }
}

/// How a table is best written.
fn way(page: &Page, table: Index, parts: &Table) -> Way {
    /// Columns of the widest that is read with pleasure.
    const WIDEST: usize = 40;
    /// Characters of the longest cell of a grid.
    const LONGEST: usize = 1_200;
    let widest = parts.rows.iter().map(|r| r.1.len()).max().unwrap_or(0);
    let cells: usize = parts.rows.iter().map(|r| r.1.len()).sum();
    let all = || parts.rows.iter().flat_map(|r| r.1.iter().copied());
    let holds = |cell: Index| {
        let inner = |i: Index| {
            let name = page.name(i);
            page.is_block(i) && !matches!(name, "p" | "div" | "center") || name == "img"
        };
        (cell + 1..page.end(cell)).any(inner)
    };
    let is_layout = matches!(page.attribute(table, "role"), Some("presentation" | "none"))
        || widest < 2
        || parts.rows.len() < 2
        || all().any(|c| holds(c) || page.words(c..page.end(c)).len() > LONGEST);
    if is_layout {
        return Way::Content;
    }
    let spans = |c: Index, name: &str| page.attribute(c, name).is_some_and(|v| !matches!(v.trim(), "" | "1"));
    let is_even = cells * 2 >= widest * parts.rows.len() && widest <= WIDEST;
    if is_even && !all().any(|c| spans(c, "rowspan") || spans(c, "colspan")) { Way::Grid } else { Way::Lines }
}
