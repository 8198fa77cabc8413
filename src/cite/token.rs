//! Text → tokens: words, numbers, addresses, and signs one by one.

use std::borrow::Cow;
use std::ops::Range;

use crate::quotes;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the apostrophes and hyphens inside.
    Word,
    /// Digits.
    Number,
    /// An address of the web.
    Address,
    /// One character of anything else. A line end is one too: a block ends there.
    Sign(char),
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// First byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Which stretch of emphasis it lies in, from 1; 0 for none.
    pub emphasis: u32,
    /// True if white space stands before it.
    pub gap: bool,
    /// The initial is a capital.
    pub capital: bool,
}

impl Token<'_> {
    /// True if it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// True for a single capital letter.
    pub fn is_initial(&self) -> bool {
        self.kind == Kind::Word && self.capital && self.text.chars().count() == 1
    }
}

/// A text as tokens, with its quotations matched.
#[derive(Debug)]
pub struct Tokens<'a> {
    /// The tokens.
    pub all: Vec<Token<'a>>,
    /// For each token the one that closes the quotation that it opens.
    closes: Vec<u32>,
    /// For each token the `)` or `]` of the parenthesis that it opens.
    shuts: Vec<u32>,
}

impl<'a> Tokens<'a> {
    /// Takes a text apart. `emphasis` are ranges of it, ascending.
    pub fn of(text: &'a str, within: Range<usize>, emphasis: &[Range<usize>]) -> Self {
        let mut all = Vec::new();
        let mut at = within.start;
        let mut gap = false;
        let mut next = emphasis.partition_point(|e| e.end <= at);
        while at < within.end {
            let rest = &text[at..within.end];
            let Some(first) = rest.chars().next() else { break };
            if first.is_whitespace() && first != '\n' {
                gap = true;
                at += first.len_utf8();
                continue;
            }
            let (kind, len) = if first == '\n' {
                (Kind::Sign('\n'), 1)
            } else if is_address(rest) {
                (Kind::Address, address(rest))
            } else if first.is_numeric() && first.is_ascii_digit() {
                (Kind::Number, rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))
            } else if first.is_alphabetic() {
                (Kind::Word, word(rest))
            } else {
                (Kind::Sign(first), first.len_utf8())
            };
            while emphasis.get(next).is_some_and(|e| e.end <= at) {
                next += 1;
            }
            let emphasised = emphasis.get(next).is_some_and(|e| e.start <= at);
            all.push(Token {
                start: at,
                end: at + len,
                text: &text[at..at + len],
                kind,
                emphasis: if emphasised { next as u32 + 1 } else { 0 },
                gap,
                capital: first.is_uppercase(),
            });
            gap = false;
            at += len;
        }
        let closes = quotations(&all);
        let shuts = parentheses(&all);
        Tokens { all, closes, shuts }
    }

    /// The token at `i`.
    pub fn get(&self, i: usize) -> Option<&Token<'a>> {
        self.all.get(i)
    }

    /// True if the sign at `i` is this one.
    pub fn sign(&self, i: usize, sign: char) -> bool {
        self.get(i).is_some_and(|t| t.is(sign))
    }

    /// The word at `i` in small letters; empty if there is none.
    pub fn lower(&self, i: usize) -> Cow<'a, str> {
        match self.get(i) {
            Some(t) if t.kind == Kind::Word => match t.text.bytes().all(|b| b.is_ascii_lowercase()) {
                true => t.text.into(),
                false => t.text.to_lowercase().into(),
            },
            _ => "".into(),
        }
    }

    /// The token that closes the quotation opened at `i`.
    pub fn quotation(&self, i: usize) -> Option<usize> {
        self.closes.get(i).filter(|&&c| c > 0).map(|&c| c as usize)
    }

    /// The token that shuts the parenthesis opened at `i`.
    pub fn parenthesis(&self, i: usize) -> Option<usize> {
        self.shuts.get(i).filter(|&&c| c > 0).map(|&c| c as usize)
    }

    /// The token behind the stretch of emphasis that begins at `i`.
    pub fn emphasis(&self, i: usize) -> Option<usize> {
        let own = self.get(i)?.emphasis;
        if own == 0 || (i > 0 && self.all[i - 1].emphasis == own) {
            return None;
        }
        Some(i + self.all[i..].iter().take_while(|t| t.emphasis == own).count())
    }

    /// Four figures that may be a year.
    pub fn year(&self, i: usize) -> Option<u32> {
        let token = self.get(i).filter(|t| t.kind == Kind::Number && t.text.len() == 4)?;
        token.text.parse().ok().filter(|y| (1400..2100).contains(y))
    }
}

fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = (matches!(c, '-' | '‐' | '‑') || quotes::is_apostrophe(c))
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if c.is_alphabetic() || inner || is_mark(c) {
            end = i + c.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Combining marks, which belong to the letter before.
fn is_mark(c: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&c)
}

fn is_address(rest: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|s| rest.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s)))
}

fn address(rest: &str) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>') || quotes::is_mark(c))
        .unwrap_or(rest.len());
    rest[..end].trim_end_matches(|c| quotes::closes(c) || ".,;:)]".contains(c)).len().max(1)
}

/// Matches quotation marks inside a block. What is not closed opens nothing.
fn quotations(all: &[Token]) -> Vec<u32> {
    /// Tokens that a quotation may hold: a title is not longer, and the search stays short.
    const LONGEST: usize = 120;
    let mut closes = vec![0; all.len()];
    let mut i = 0;
    while i < all.len() {
        let Kind::Sign(open) = all[i].kind else {
            i += 1;
            continue;
        };
        // What may close as well, or be an apostrophe, opens only where it hugs what follows.
        let hugs = (i == 0 || all[i].gap) && all.get(i + 1).is_some_and(|next| !next.gap);
        let ends =
            if hugs || !matches!(open, '”' | '’' | '›' | '\'') { quotes::closing(open) } else { &[] };
        let mut close = None;
        if !ends.is_empty() {
            for (k, token) in all.iter().enumerate().skip(i + 1).take(LONGEST) {
                match token.kind {
                    Kind::Sign('\n') => break,
                    Kind::Sign(c) if ends.contains(&c) => {
                        close = Some(k);
                        break;
                    }
                    _ => {}
                }
            }
        }
        match close {
            Some(k) => {
                closes[i] = k as u32;
                i = k + 1;
            }
            None => i += 1,
        }
    }
    closes
}

fn parentheses(all: &[Token]) -> Vec<u32> {
    let mut shuts = vec![0; all.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, token) in all.iter().enumerate() {
        match token.kind {
            Kind::Sign('(' | '[') => open.push(i),
            Kind::Sign(')' | ']') => {
                if let Some(at) = open.pop() {
                    shuts[at] = i as u32;
                }
            }
            Kind::Sign('\n') => open.clear(),
            _ => {}
        }
    }
    shuts
}
