//! Archives of any size, the same for the same seed: what the measurements run on.
//!
//! Words are made of syllables and drawn by Zipf's law, as those of a language are, and so are the names in some of
//! their places. How many, and of how many, is set so that a megabyte holds as many different names as one of real texts.

#![allow(dead_code)] // no bench asks for all of it

/// Distinct words of the language.
const WORDS: usize = 30_000;

/// Distinct names, and of how many words one is a name: 290 texts of 25 KB get about 2,950 pages of names, as many as
/// real texts of that length have (37 of 7.2 MB together: 3,016).
const NAMES: usize = 30_000;
const NAME_IN: usize = 40;

/// Chance, xorshift*.
pub struct Chance(u64);

impl Chance {
    /// A new sequence.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// One of `0..n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number between 0 and 1.
    fn share(&mut self) -> f64 {
        (self.next() % (1 << 40)) as f64 / (1_u64 << 40) as f64
    }
}

/// A language made for the purpose.
pub struct Language {
    words: Vec<String>,
}

impl Language {
    /// The language of a seed.
    pub fn new(seed: u64) -> Language {
        const COMMON: &str = "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way";
        let mut words: Vec<String> = COMMON.split(' ').map(str::to_owned).collect();
        let mut chance = Chance::new(seed ^ 0x5eed);
        while words.len() < WORDS {
            let syllables = 1 + chance.below(3) + usize::from(words.len() > 2000);
            words.push(spelled(&mut chance, syllables));
        }
        Language { words }
    }

    /// A word, the commonest most often.
    pub fn word(&self, chance: &mut Chance) -> &str {
        &self.words[zipf(self.words.len(), chance)]
    }

    fn sentence(&self, chance: &mut Chance, out: &mut String) {
        let length = 8 + chance.below(22);
        for i in 0..length {
            let from = out.len();
            if chance.below(NAME_IN) == 0 {
                out.push_str(&name(zipf(NAMES, chance)));
            } else {
                out.push_str(self.word(chance));
            }
            if i == 0 || chance.below(60) == 0 {
                out[from..from + 1].make_ascii_uppercase();
            }
            out.push(if i + 1 == length { '.' } else { ' ' });
            if i + 1 < length && chance.below(12) == 0 {
                out.insert(out.len() - 1, ',');
            }
        }
    }
}

/// One of `0..n`, the first ones most often: Zipf's law turned round, the rank is exponential in chance.
fn zipf(n: usize, chance: &mut Chance) -> usize {
    ((n as f64).powf(chance.share()) as usize - 1).min(n - 1)
}

/// A name by its number.
fn name(number: usize) -> String {
    let mut chance = Chance::new(number as u64 + 77);
    let mut out = spelled(&mut chance, 3);
    out[..1].make_ascii_uppercase();
    out
}

fn spelled(chance: &mut Chance, syllables: usize) -> String {
    const HEADS: [&str; 20] = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "gr", "sh",
        "w",
    ];
    const CORES: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "io", "ou"];
    const TAILS: [&str; 8] = ["", "", "n", "r", "s", "t", "l", "nd"];
    let mut out = String::new();
    for _ in 0..syllables {
        out.push_str(HEADS[chance.below(HEADS.len())]);
        out.push_str(CORES[chance.below(CORES.len())]);
        out.push_str(TAILS[chance.below(TAILS.len())]);
    }
    out
}

/// The Markdown of a document of about `size` bytes: front matter with four tags, eight headings, forty notes.
pub fn document(language: &Language, number: usize, size: usize) -> String {
    const SECTIONS: usize = 8;
    const NOTES: usize = 40;
    let mut chance = Chance::new(number as u64 + 1);
    let mut out = String::with_capacity(size + size / 8);
    let mut notes = String::new();
    let title: Vec<String> = (0..3).map(|_| language.word(&mut chance).to_owned()).collect();
    let tags: Vec<String> = (0..4).map(|_| name(chance.below(60))).collect();
    out.push_str(&format!(
        "---\ntitle: {} {number}\nauthors: [{}]\ndate: {}\nlang: en\ntags: [{}]\n---\n",
        title.join(" "),
        name(chance.below(400)),
        1900 + chance.below(120),
        tags.join(", ")
    ));
    let (mut section, mut note) = (0, 0);
    while out.len() + notes.len() < size {
        let done = (out.len() + notes.len()) as f64 / size as f64;
        if done * SECTIONS as f64 >= section as f64 {
            section += 1;
            out.push_str(&format!(
                "\n## {} {}\n",
                name(zipf(NAMES, &mut chance)),
                language.word(&mut chance)
            ));
        }
        out.push('\n');
        for _ in 0..3 + chance.below(4) {
            language.sentence(&mut chance, &mut out);
            if note < NOTES && done * NOTES as f64 >= note as f64 {
                note += 1;
                out.push_str(&format!("[^{note}]"));
                notes.push_str(&format!("\n[^{note}]: "));
                language.sentence(&mut chance, &mut notes);
                notes.push('\n');
            }
            out.push(' ');
        }
        out.push('\n');
    }
    out.push_str(&notes);
    out
}

/// The paragraphs of a document's text without front matter, each with the labels of the notes it calls; and its notes.
fn parts(markdown: &str) -> (Vec<&str>, Vec<&str>) {
    let body = markdown.splitn(3, "---\n").nth(2).unwrap_or(markdown);
    body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).partition(|p| !p.starts_with("[^"))
}

/// The same document as text taken from a PDF: hard lines, running heads, notes at the bottoms of pages, page numbers.
pub fn as_pdf(markdown: &str) -> String {
    const LINES: usize = 36;
    const WIDTH: usize = 72;
    let (paragraphs, notes) = parts(markdown);
    let mut out = String::new();
    let (mut page, mut used, mut next) = (1, 0, 0);
    let mut called: Vec<usize> = Vec::new();
    let mut turn = |out: &mut String, called: &mut Vec<usize>, used: &mut usize| {
        out.push('\n');
        for note in called.drain(..) {
            let text = notes.get(note).and_then(|n| n.split_once("]: ")).map_or("", |n| n.1);
            for line in lines(&format!("{} {text}", note + 1), WIDTH) {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out.push_str(&format!("\n{page}\n\u{c}"));
        page += 1;
        out.push_str("THE ARCHIVE OF MEASURES\n\n");
        *used = 0;
    };
    for paragraph in paragraphs {
        let text = paragraph.trim_start_matches("## ");
        for line in lines(text, WIDTH) {
            let mut line = line;
            while let Some(at) = line.find("[^") {
                let end = line[at..].find(']').map_or(line.len(), |e| at + e + 1);
                line.replace_range(at..end, &(next + 1).to_string());
                called.push(next);
                next += 1;
            }
            out.push_str(&line);
            out.push('\n');
            used += 1;
            if used >= LINES {
                turn(&mut out, &mut called, &mut used);
            }
        }
        out.push('\n');
    }
    turn(&mut out, &mut called, &mut used);
    out
}

/// The same document as Markdown made from scanned pages: raised markers, notes below a rule at the bottoms of pages.
pub fn as_ocr(markdown: &str) -> String {
    const PARAGRAPHS: usize = 4;
    let (paragraphs, notes) = parts(markdown);
    let mut out = String::new();
    let mut next = 0;
    for page in paragraphs.chunks(PARAGRAPHS) {
        let first = next;
        for paragraph in page {
            let mut text = (*paragraph).to_owned();
            while let Some(at) = text.find("[^") {
                let end = text[at..].find(']').map_or(text.len(), |e| at + e + 1);
                next += 1;
                text.replace_range(at..end, &format!("${{ }}^{{{next}}}$"));
            }
            out.push_str(&text);
            out.push_str("\n\n");
        }
        if next > first {
            out.push_str("---\n\n");
        }
        for note in first..next {
            let text = notes.get(note).and_then(|n| n.split_once("]: ")).map_or("", |n| n.1);
            out.push_str(&format!("${{ }}^{{{}}}$ {text}\n\n", note + 1));
        }
    }
    out
}

fn lines(text: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}
