//! What speaks for which form, and what against it.

use super::Observation;
use super::shape::Shape;
use crate::model::Form;
use crate::said::{Said, said};

/// What speaks for which form, form by form.
pub(super) fn observe(path: &str, shape: &Shape) -> Vec<Observation> {
    let s = shape;
    let mut witness = Witness {
        shape,
        named: path.ends_with(".md") || path.ends_with(".markdown"),
        // Nobody but a program that writes Markdown links a document to itself.
        markup: s.headings + s.fences + s.table_rules + s.markdown_notes + s.inner_links,
        seen: Vec::new(),
    };
    witness.markdown();
    witness.ocr_markdown();
    witness.pdf_text();
    witness.superscript();
    witness.clipped();
    witness.thread();
    witness.seen
}

/// A share in whole hundredths.
fn percent(share: f32) -> usize {
    (share * 100.0).round() as usize
}

/// A text that is looked at.
struct Witness<'a> {
    shape: &'a Shape,
    /// The file is named as Markdown.
    named: bool,
    /// Signs of Markdown's structure.
    markup: usize,
    seen: Vec<Observation>,
}

impl Witness<'_> {
    fn saw(&mut self, form: Form, weight: f32, seen: Said) {
        if weight != 0.0 {
            self.seen.push(Observation { form, weight, seen });
        }
    }

    /// How near a number comes to `enough`, at most 1. A handful in a short text says as much as one in fifty lines in a
    /// long one.
    fn few(&self, n: usize, enough: f32) -> f32 {
        (n as f32 / enough.max(self.shape.text_lines as f32 * enough / 300.0)).min(1.0)
    }

    fn markdown(&mut self) {
        let s = self.shape;
        if self.named {
            self.saw(Form::Markdown, 2.0, said!("the file is named as Markdown"));
        }
        self.saw(
            Form::Markdown,
            2.0 * self.few(self.markup, 6.0),
            said!("{} headings, fences, tables, notes and inner links of Markdown", self.markup),
        );
        let links = self.few(s.markdown_links, 5.0);
        self.saw(Form::Markdown, 1.0 * links, said!("{} Markdown links", s.markdown_links));
        let notes = self.few(s.markdown_notes, 2.0);
        self.saw(Form::Markdown, 2.0 * notes, said!("{} notes written [^name]", s.markdown_notes));
        if self.markup == 0 && !self.named {
            self.saw(Form::Markdown, -1.5, said!("no structure of Markdown"));
        }
        if s.form_feeds > 0 {
            self.saw(Form::Markdown, -2.0, said!("pages"));
        }
    }

    fn ocr_markdown(&mut self) {
        let s = self.shape;
        if self.named {
            self.saw(Form::OcrMarkdown, 1.2, said!("the file is named as Markdown"));
        }
        self.saw(
            Form::OcrMarkdown,
            1.5 * self.few(s.headings + s.table_rules, 4.0),
            said!("{} headings of Markdown", s.headings),
        );
        let raised = s.raised_tags + s.raised_math;
        self.saw(
            Form::OcrMarkdown,
            2.0 * self.few(raised, 3.0),
            said!("{} raised figures in tags or LaTeX", raised),
        );
        self.saw(
            Form::OcrMarkdown,
            1.0 * self.few(s.raised_heads, 2.0),
            said!("{} notes that begin with a raised figure", s.raised_heads),
        );
        if s.raised_heads == 0 {
            self.saw(Form::OcrMarkdown, -1.5, said!("no note begins with a raised figure"));
        }
        if self.markup == 0 && !self.named {
            self.saw(Form::OcrMarkdown, -1.0, said!("no structure of Markdown"));
        }
    }

    fn pdf_text(&mut self) {
        let s = self.shape;
        let wrapped = s.wrapped_share();
        self.saw(
            Form::PdfText,
            1.4 * ((wrapped - 0.5) * 2.0).max(0.0),
            said!("{} % of the lines are wrapped at one width", percent(wrapped)),
        );
        let feeds = (s.form_feeds as f32 / 3.0).min(1.0);
        self.saw(Form::PdfText, 2.0 * feeds, said!("{} form feeds", s.form_feeds));
        self.saw(
            Form::PdfText,
            if wrapped > 0.5 { 0.8 * self.few(s.bare_heads, 2.0) } else { 0.0 },
            said!("{} paragraphs that begin with a bare figure, as notes at page bottoms do", s.bare_heads),
        );
        self.saw(
            Form::PdfText,
            0.8 * self.few(s.lone_numbers, 3.0),
            said!("{} numbers alone between blank lines, counting on", s.lone_numbers),
        );
        self.saw(
            Form::PdfText,
            0.8 * self.few(s.line_end_hyphens, 8.0),
            said!("{} words cut by a hyphen at a line end", s.line_end_hyphens),
        );
        self.saw(
            Form::PdfText,
            0.8 * self.few(s.torn_paragraphs, 2.0),
            said!("{} paragraphs torn within a sentence", s.torn_paragraphs),
        );
        if wrapped < 0.3 && s.form_feeds < 3 {
            self.saw(Form::PdfText, -2.0, said!("the lines are not wrapped"));
        }
        if self.markup > 3 {
            self.saw(Form::PdfText, -1.5, said!("structure of Markdown"));
        }
    }

    fn superscript(&mut self) {
        let s = self.shape;
        self.saw(
            Form::Superscript,
            2.5 * self.few(s.superscripts, 3.0),
            said!("{} superscript figures behind words", s.superscripts),
        );
        if s.wrapped_share() > 0.6 || self.markup > 0 {
            self.saw(Form::Superscript, -1.5, said!("wrapped lines or Markdown"));
        }
        if self.named {
            self.saw(Form::Superscript, -0.5, said!("the file is named as Markdown"));
        }
    }

    fn clipped(&mut self) {
        let s = self.shape;
        let long = s.long_share();
        self.saw(
            Form::Clipped,
            1.2 * long * self.few(s.text_lines, 6.0),
            said!("{} % of the text stands in lines of a whole paragraph", percent(long)),
        );
        let glued = self.few(s.glued_figures, 3.0);
        self.saw(Form::Clipped, 1.0 * glued, said!("{} figures glued to words", s.glued_figures));
        let site = self.few(s.site_lines, 3.0);
        self.saw(Form::Clipped, 1.2 * site, said!("{} lines of a site", s.site_lines));
        if s.superscripts >= 3 {
            self.saw(Form::Clipped, -1.0, said!("superscript figures"));
        }
        if s.form_feeds > 0 {
            self.saw(Form::Clipped, -2.0, said!("pages"));
        }
        if s.unspaced_share() > 0.6 {
            self.saw(Form::Clipped, -0.8, said!("no blank lines between paragraphs"));
        }
        self.structured(Form::Clipped);
    }

    fn thread(&mut self) {
        let s = self.shape;
        let unspaced = s.unspaced_share();
        if s.wrapped_share() < 0.4 && s.long_share() > 0.2 {
            self.saw(
                Form::Thread,
                1.2 * ((unspaced - 0.5) * 2.0).max(0.0) * self.few(s.text_lines, 6.0),
                said!("{} % of the paragraphs follow one another without a blank line", percent(unspaced)),
            );
            self.saw(
                Form::Thread,
                1.2 * self.few(s.repeated_lines, 2.0),
                said!("{} lines that quote an earlier line", s.repeated_lines),
            );
            let separators = self.few(s.separators, 1.0);
            self.saw(Form::Thread, 0.8 * separators, said!("{} separators between posts", s.separators));
            let quoted = self.few(s.quoted_lines, 2.0);
            self.saw(Form::Thread, 0.8 * quoted, said!("{} lines marked as quoted", s.quoted_lines));
        }
        if s.form_feeds > 0 {
            self.saw(Form::Thread, -2.0, said!("pages"));
        }
        self.structured(Form::Thread);
    }

    /// What Markdown's structure and name say against a form that has none.
    fn structured(&mut self, form: Form) {
        if self.markup > 0 {
            self.saw(form, -1.0, said!("structure of Markdown"));
        }
        if self.named {
            self.saw(form, -1.0, said!("the file is named as Markdown"));
        }
    }
}
