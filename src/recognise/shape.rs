//! What can be counted in a text without understanding it.

use std::collections::HashMap;

use crate::hash::Fast;
use crate::layout::is_of_site;
use crate::quotes;

/// Counts over the lines of a text.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Lines that are not blank.
    pub text_lines: usize,
    /// `#` headings.
    pub headings: usize,
    /// Code fences.
    pub fences: usize,
    /// Rules under a table's head (`|---|`).
    pub table_rules: usize,
    /// `](` of links.
    pub markdown_links: usize,
    /// `](#` of links into the document itself.
    pub inner_links: usize,
    /// `[^name]` markers.
    pub markdown_notes: usize,
    /// `<sup>1</sup>`.
    pub raised_tags: usize,
    /// `${ }^{1}$`.
    pub raised_math: usize,
    /// Lines that begin with either of the two.
    pub raised_heads: usize,
    /// `¹` behind a letter or a punctuation mark.
    pub superscripts: usize,
    /// Digits behind a word of three letters or a closing mark, before a space.
    pub glued_figures: usize,
    /// Form feeds.
    pub form_feeds: usize,
    /// Lines that end with a letter and a hyphen.
    pub line_end_hyphens: usize,
    /// Blank lines between a line without a stop and one that begins in lower case.
    pub torn_paragraphs: usize,
    /// Numbers alone between blank lines that follow the one before by one.
    pub lone_numbers: usize,
    /// Lines behind a blank one that begin with a bare figure and a capital: `1 Text of a note.`
    pub bare_heads: usize,
    /// Lines that consist of one dash or dot.
    pub separators: usize,
    /// Different lines of a site at either end of the text: buttons, menus, invitations.
    pub site_lines: usize,
    /// Lines that begin with `>`.
    pub quoted_lines: usize,
    /// Lines of some length that stand in the text a second time.
    pub repeated_lines: usize,
    lengths: Vec<u32>,
    wrapped: usize,
    followed: usize,
    long_chars: usize,
    chars: usize,
    unspaced: usize,
    pairs: usize,
}

/// Characters from which a line is a paragraph of its own and not a line of one.
const PARAGRAPH: u32 = 160;

impl Shape {
    /// Counts.
    pub fn of(text: &str) -> Shape {
        let mut s = Shape::default();
        let mut seen: HashMap<&str, u32, Fast> = HashMap::default();
        let lines: Vec<&str> = text.lines().collect();
        let mut last_number = 0u32;
        for (i, &raw) in lines.iter().enumerate() {
            s.form_feeds += raw.matches('\x0c').count();
            let line = raw.trim();
            if line.is_empty() {
                s.torn_paragraphs += usize::from(torn(&lines, i));
                continue;
            }
            s.text_lines += 1;
            let count = line.chars().count() as u32;
            s.lengths.push(count);
            s.chars += count as usize;
            if count >= PARAGRAPH {
                s.long_chars += count as usize;
            }
            if i > 0 {
                s.pairs += 1;
                s.unspaced += usize::from(!lines[i - 1].trim().is_empty());
            }
            let blank = |k: Option<usize>| k.and_then(|k| lines.get(k)).is_none_or(|l| l.trim().is_empty());
            if let Some(number) =
                line.parse::<u32>().ok().filter(|_| blank(i.checked_sub(1)) && blank(Some(i + 1)))
            {
                s.lone_numbers += usize::from(
                    number.checked_sub(1) == Some(last_number) || number.checked_sub(2) == Some(last_number),
                );
                last_number = number;
            }
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let capital = line[digits..]
                .strip_prefix(' ')
                .and_then(|t| t.chars().next())
                .is_some_and(char::is_uppercase);
            s.bare_heads += usize::from((1..=3).contains(&digits) && capital && blank(i.checked_sub(1)));
            s.markup(line);
            s.figures(line);
            let mut tail = line.chars().rev();
            if matches!(tail.next(), Some('-' | '\u{ad}' | '‐'))
                && tail.next().is_some_and(char::is_alphabetic)
            {
                s.line_end_hyphens += 1;
            }
            s.separators += usize::from(matches!(line, "-" | "–" | "—" | "·" | "*"));
            s.quoted_lines += usize::from(line.starts_with('>'));
            if count >= 20 {
                *seen.entry(line).or_default() += 1;
            }
        }
        // A quotation stands twice; what stands more often is furniture.
        s.repeated_lines = seen.values().filter(|&&n| n == 2).count();
        s.wraps(&lines);
        s.sites(&lines);
        s
    }

    /// A page stands around its text, so only the lines at both ends are looked at.
    fn sites(&mut self, lines: &[&str]) {
        /// Lines at either end that are looked at.
        const ENDS: usize = 60;
        let mut said: Vec<&str> = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        if said.len() > 2 * ENDS {
            said.drain(ENDS..said.len() - ENDS);
        }
        said.retain(|line| is_of_site(line));
        said.sort_unstable();
        said.dedup();
        self.site_lines = said.len();
    }

    fn markup(&mut self, line: &str) {
        let hashes = line.bytes().take_while(|&b| b == b'#').count();
        self.headings += usize::from((1..=6).contains(&hashes) && line[hashes..].starts_with(' '));
        self.fences += usize::from(line.starts_with("```") || line.starts_with("~~~"));
        let ruled = line.starts_with('|') && line.contains("--") && line.chars().all(|c| "|-: ".contains(c));
        self.table_rules += usize::from(ruled);
        if let Some(end) = line.rfind(']') {
            self.markdown_links += count(line, "](");
            self.inner_links += count(line, "](#");
            self.markdown_notes += count(&line[..end], "[^");
        }
        self.raised_tags += count(line, "<sup>");
        if line.contains('$') {
            self.raised_math += count(line, "^{").min(count(line, "$"));
        }
        self.raised_heads +=
            usize::from(line.starts_with("<sup>") || line.starts_with("${") || line.starts_with("$^"));
    }

    fn figures(&mut self, line: &str) {
        // The first bytes of figures, raised and not: nearly all others are not looked at.
        let may_be = |byte: u8| byte.is_ascii_digit() || matches!(byte, 0xC2 | 0xE2);
        for (at, _) in line.bytes().enumerate().filter(|&(_, byte)| may_be(byte)) {
            let (before, here) = line.split_at(at);
            let mut signs = here.chars();
            let Some(c) = signs.next() else { break };
            let mut last = before.chars().rev();
            let previous = [(); 3].map(|()| last.next().unwrap_or(' '));
            let mut ends =
                || signs.next().is_none_or(|n| n.is_whitespace() || quotes::closes(n) || ".,;:)".contains(n));
            if matches!(c, '¹' | '²' | '³' | '⁴'..='⁹')
                && (previous[0].is_alphabetic() && previous[1].is_alphabetic()
                    || quotes::closes(previous[0])
                    || ".,;:!?)".contains(previous[0]))
            {
                self.superscripts += 1;
            }
            if c.is_ascii_digit()
                && (previous.iter().all(|p| p.is_alphabetic() && p.is_lowercase())
                    || "”)".contains(previous[0]))
                && ends()
            {
                self.glued_figures += 1;
            }
        }
    }

    /// A text is wrapped if lines that have a next one are nearly as long as lines get.
    fn wraps(&mut self, lines: &[&str]) {
        let mut lengths = self.lengths.clone();
        lengths.sort_unstable();
        let Some(&width) = lengths.get(lengths.len().saturating_mul(95) / 100) else { return };
        if width >= PARAGRAPH {
            return;
        }
        for pair in lines.windows(2) {
            let (this, next) = (pair[0].trim(), pair[1].trim());
            if this.is_empty() || next.is_empty() {
                continue;
            }
            self.followed += 1;
            let count = this.chars().count() as u32;
            self.wrapped += usize::from(count * 10 >= width * 7 && count <= width + width / 8 && width >= 30);
        }
    }

    /// Share of the lines with a line below that are nearly as long as lines get; 0 for texts of whole paragraphs.
    pub fn wrapped_share(&self) -> f32 {
        if self.followed < 4 { 0.0 } else { self.wrapped as f32 / self.followed as f32 }
    }

    /// Share of the characters that stand in lines as long as paragraphs.
    pub fn long_share(&self) -> f32 {
        if self.chars == 0 { 0.0 } else { self.long_chars as f32 / self.chars as f32 }
    }

    /// Share of the lines that follow another without a blank line.
    pub fn unspaced_share(&self) -> f32 {
        if self.pairs == 0 { 0.0 } else { self.unspaced as f32 / self.pairs as f32 }
    }
}

/// How often a line holds a sign that cannot overlap itself. Its first letter is looked for, which is quickly done.
fn count(line: &str, sign: &str) -> usize {
    let first = sign.chars().next().unwrap_or_default();
    line.match_indices(first).filter(|(at, _)| line[*at..].starts_with(sign)).count()
}

/// True if the blank line `i` tears a sentence.
fn torn(lines: &[&str], i: usize) -> bool {
    let (Some(above), Some(below)) =
        (i.checked_sub(1).map(|k| lines[k].trim()), lines.get(i + 1).map(|l| l.trim()))
    else {
        return false;
    };
    above.chars().next_back().is_some_and(|c| c.is_alphabetic() || c == ',')
        && above.chars().count() > 40
        && below.chars().next().is_some_and(char::is_lowercase)
}
