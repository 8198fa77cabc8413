//! Quotations that a text sets apart without a sign of their own: introduced by a colon, or with their source behind
//! them, as the mottoes under headings are.
//!
//! Marked ones (`>`) are read by the grammars. Here a paragraph becomes a quotation only where the words around it say
//! so; in a text full of speeches nothing does.

use crate::layout::works;
use crate::model::{Block, BlockKind, Inline, InlineKind, plain_text};
use crate::quotes;
use crate::source::Span;

/// Dashes that a source stands behind.
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// True for a mark that opens a quotation and is no apostrophe.
fn opens(c: char) -> bool {
    quotes::opens(c) && quotes::is_mark(c)
}

/// Puts the paragraphs that are quotations into quotations.
pub(super) fn set_apart(blocks: &mut Vec<Block>) {
    let talk = is_talk(blocks);
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = std::mem::take(blocks).into_iter();
    while let Some(block) = rest.next() {
        let following = rest.as_slice();
        let taken = match text(&block) {
            Some(_) if has_source_behind(out.last(), &block, following.first()) => 2,
            Some(_) if is_motto(out.last(), &block) => 1,
            Some(_) => introduced(out.last(), &block, following, talk),
            None => 0,
        };
        if taken == 0 {
            out.push(block);
            continue;
        }
        let mut quoted = vec![block];
        quoted.extend(rest.by_ref().take(taken - 1));
        let (first, last) = (quoted[0].span, quoted[quoted.len() - 1].span);
        // Where pages were moved, what comes next may stand before.
        let span =
            if last.end >= first.start { Span::new(first.start as usize, last.end as usize) } else { first };
        out.push(Block { span, kind: BlockKind::Quote(quoted) });
    }
    *blocks = out;
    beside_mottoes(blocks);
}

/// A paragraph in italics and quotation marks under a heading is a motto, source or none, where other headings have theirs.
fn beside_mottoes(blocks: &mut [Block]) {
    const FEWEST: usize = 2;
    let below_heading = |i: usize| is_heading(blocks.get(i.wrapping_sub(1)));
    let is_quote = |i: &usize| matches!(blocks[*i].kind, BlockKind::Quote(_));
    let is_quoted = |i: &usize| match &blocks[*i].kind {
        BlockKind::Paragraph(content) => {
            let words = plain_text(content);
            let words = words.trim();
            is_emphasised(content) && words.starts_with(opens) && words.ends_with(quotes::closes)
        }
        _ => false,
    };
    let below: Vec<usize> = (0..blocks.len()).filter(|&i| below_heading(i)).collect();
    if below.iter().filter(|i| is_quote(i)).count() < FEWEST {
        return;
    }
    for i in below.into_iter().filter(is_quoted).collect::<Vec<_>>() {
        let Block { span, kind } = &mut blocks[i];
        let kind = std::mem::replace(kind, BlockKind::Rule);
        blocks[i] = Block { span: *span, kind: BlockKind::Quote(vec![Block { span: *span, kind }]) };
    }
}

/// The words of a paragraph or verse.
fn text(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Paragraph(content) => Some(plain_text(content)),
        BlockKind::Verse(lines) => Some(lines.iter().map(|l| plain_text(l)).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}

/// True for a text that holds so many speeches that a colon before one says nothing.
fn is_talk(blocks: &[Block]) -> bool {
    /// Fewer are an essay's quotations.
    const FEWEST: usize = 5;
    let opens = |block: &&Block| {
        text(block)
            .is_some_and(|t| t.trim_start().starts_with(opens) || t.trim_start().starts_with(['—', '–']))
    };
    let paragraphs = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph(_))).count();
    let speeches = blocks.iter().filter(opens).count();
    speeches >= FEWEST && speeches * 7 > paragraphs
}

/// The number of blocks, from this one on, that are the quotation which a paragraph before them announces.
fn introduced(before: Option<&Block>, block: &Block, following: &[Block], talk: bool) -> usize {
    /// Characters of the shortest quotation that is set apart.
    const SHORTEST: usize = 100;
    /// … and of the longest further paragraph of one.
    const FURTHER: usize = 600;
    /// Paragraphs of the longest quotation.
    const LONGEST: usize = 6;
    let Some(Block { kind: BlockKind::Paragraph(announcing), .. }) = before else { return 0 };
    let BlockKind::Paragraph(content) = &block.kind else { return 0 };
    let (announcing, words) = (plain_text(announcing), plain_text(content));
    let words = words.trim();
    let long = words.chars().take(SHORTEST).count() == SHORTEST;
    if !announcing.trim_end().ends_with(':') || words.starts_with(char::is_lowercase) {
        return 0;
    }
    let sourced = long && has_marker_at_end(content);
    let begins = words.starts_with(|c: char| c.is_alphabetic() || opens(c) || "[(…".contains(c));
    let said = long && !talk && begins && says(&announcing) && !words.ends_with(':') && !counts(words);
    let between =
        long && !talk && words.starts_with(opens) && words.trim_end_matches('.').ends_with(quotes::closes);
    if !(sourced || said || between || is_emphasised(content)) {
        return 0;
    }
    // Speeches within the quotation, or its further paragraphs, each with the sign that opens it.
    let goes_on = |b: &&Block| {
        matches!(b.kind, BlockKind::Paragraph(_))
            && text(b).is_some_and(|t| t.starts_with(opens) && t.chars().take(FURTHER + 1).count() <= FURTHER)
    };
    let more = if talk { 0 } else { following.iter().take(LONGEST - 1).take_while(goes_on).count() };
    1 + more
}

/// True for a paragraph whose one marker stands at its end: that of a quotation's source.
fn has_marker_at_end(content: &[Inline]) -> bool {
    let (mut markers, mut ends) = (0, false);
    visit(content, &mut |inline| match &inline.kind {
        InlineKind::Marker(_) => {
            markers += 1;
            ends = true;
        }
        InlineKind::Text(t) if ends => ends = !t.contains(char::is_alphanumeric),
        _ => {}
    });
    markers == 1 && ends
}

/// Shows the leaves of inlines.
fn visit(content: &[Inline], see: &mut dyn FnMut(&Inline)) {
    for inline in content {
        match inline.kind.content() {
            Some(inner) => visit(inner, see),
            None => see(inline),
        }
    }
}

/// True for a paragraph that is printed in italics as a whole.
fn is_emphasised(content: &[Inline]) -> bool {
    /// Characters of the shortest that is more than a stressed phrase.
    const SHORTEST: usize = 50;
    let plain = |i: &&Inline| !matches!(i.kind, InlineKind::Emphasis(_) | InlineKind::Marker(_));
    let words = |i: &Inline| plain_text(std::slice::from_ref(i)).contains(char::is_alphanumeric);
    let raised = |i: &Inline| matches!(&i.kind, InlineKind::Superscript(c) if !plain_text(c).contains(char::is_alphabetic));
    plain_text(content).chars().take(SHORTEST).count() == SHORTEST
        && content.iter().any(|i| matches!(i.kind, InlineKind::Emphasis(_)))
        && !content.iter().filter(plain).any(|i| words(i) && !raised(i))
}

/// Verbs that announce what somebody said or wrote.
const SAYING: [&str; 99] = [
    "added",
    "adds",
    "admits",
    "admitted",
    "argued",
    "argues",
    "asked",
    "asks",
    "claimed",
    "claims",
    "commented",
    "comments",
    "complained",
    "complains",
    "concluded",
    "concludes",
    "confessed",
    "declared",
    "declares",
    "described",
    "describes",
    "explained",
    "explains",
    "insisted",
    "insists",
    "lamented",
    "laments",
    "noted",
    "notes",
    "observed",
    "observes",
    "quoted",
    "quotes",
    "quote",
    "recalled",
    "recalls",
    "recounted",
    "recounts",
    "reflected",
    "reflects",
    "remarked",
    "remarks",
    "remembered",
    "remembers",
    "replied",
    "replies",
    "reported",
    "reports",
    "said",
    "say",
    "saying",
    "says",
    "stated",
    "states",
    "tells",
    "told",
    "testified",
    "warned",
    "warns",
    "write",
    "writes",
    "writing",
    "wrote",
    "bemerkt",
    "bemerkte",
    "berichtet",
    "berichtete",
    "erklärt",
    "erklärte",
    "erinnert",
    "heißt",
    "meint",
    "meinte",
    "notiert",
    "notierte",
    "sagt",
    "sagte",
    "schreibt",
    "schrieb",
    "déclare",
    "dit",
    "explique",
    "observe",
    "raconte",
    "remarque",
    "écrit",
    "écrivait",
    "afirma",
    "dice",
    "dijo",
    "escribe",
    "escribió",
    "explica",
    "recuerda",
    "señala",
    "scrive",
    "пишет",
    "писал",
    "сказал",
];

/// True if the last sentence of a paragraph announces somebody's words.
fn says(announcing: &str) -> bool {
    let sentence = announcing.rsplit(['.', '!', '?']).next().unwrap_or_default();
    let words = sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.into_iter().any(|w| SAYING.contains(&w.as_str()))
}

/// True for a paragraph that begins to count what was announced.
fn counts(words: &str) -> bool {
    const FIRST: [&str; 10] =
        ["first", "firstly", "one", "1", "a", "erstens", "zunächst", "primero", "premièrement", "во"];
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    FIRST.contains(&first.as_str()) && words[first.len()..].starts_with([',', '.', ')', ':'])
}

/// True if the next paragraph is the source of this one: `— Ada Example`.
fn has_source_behind(before: Option<&Block>, block: &Block, next: Option<&Block>) -> bool {
    /// Characters of the longest motto that nothing but its place and source shows.
    const MOTTO: usize = 500;
    let Some(Block { kind: BlockKind::Paragraph(source), .. }) = next else { return false };
    let source = plain_text(source);
    if !source.trim_start().strip_prefix(DASHES).is_some_and(is_source) {
        return false;
    }
    let words = text(block).unwrap_or_default();
    let quoted = words.trim_start().starts_with(opens);
    let shown = match &block.kind {
        BlockKind::Verse(_) => true,
        BlockKind::Paragraph(content) => quoted || is_emphasised(content),
        _ => false,
    };
    // In a list of works a dash stands for the author of the entry before.
    let listed = match before.map(|b| &b.kind) {
        Some(BlockKind::Heading { content, .. }) => works::heads(&plain_text(content)),
        _ => false,
    };
    shown || is_heading(before) && !listed && words.chars().take(MOTTO + 1).count() <= MOTTO
}

/// True for a paragraph under a heading that is a quotation with its source, or with the marker of a note that names it.
fn is_motto(before: Option<&Block>, block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    let words = plain_text(content);
    let words = words.trim();
    let quoted = words.starts_with(opens);
    if !is_heading(before) || !quoted && !is_emphasised(content) {
        return false;
    }
    let source = words.rfind(['—', '–', '―']).is_some_and(|at| {
        words[..at].trim_end().ends_with(quotes::closes) && is_source(words[at..].trim_start_matches(DASHES))
    });
    let closed = words.trim_end_matches('.').ends_with(quotes::closes) || is_emphasised(content);
    source || quoted && closed && has_marker_at_end(content)
}

fn is_heading(block: Option<&Block>) -> bool {
    matches!(block, Some(Block { kind: BlockKind::Heading { .. }, .. }))
}

/// True for a name, with a work or a year perhaps, and no sentence.
fn is_source(words: &str) -> bool {
    /// Characters of the longest source.
    const LONGEST: usize = 110;
    let words = words.trim();
    let begins = |w: &str| {
        w.trim_start_matches(|c| quotes::opens(c) || "(_*".contains(c)).starts_with(char::is_uppercase)
    };
    let mut all = words.split_whitespace();
    let named =
        all.next().is_some_and(begins) && all.next().is_none_or(|w| begins(w) || w.chars().count() <= 3);
    (3..=LONGEST).contains(&words.chars().count()) && named && !words.ends_with(['!', '?', ':', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        let span = Span::new(0, 0);
        let emphasised = text.strip_prefix('*').and_then(|t| t.strip_suffix('*'));
        let plain = |t: &str| Inline { span, kind: InlineKind::Text(t.to_owned()) };
        let content = match emphasised {
            Some(inner) => vec![Inline { span, kind: InlineKind::Emphasis(vec![plain(inner)]) }],
            None => vec![plain(text)],
        };
        let kind = match text.strip_prefix("# ") {
            Some(title) => BlockKind::Heading { level: 2, content: vec![plain(title)] },
            None => BlockKind::Paragraph(content),
        };
        Block { span, kind }
    }

    /// The number of paragraphs in each quotation of a text.
    fn quotations(paragraphs: &[&str]) -> Vec<usize> {
        let mut blocks: Vec<Block> = paragraphs.iter().map(|p| paragraph(p)).collect();
        set_apart(&mut blocks);
        let quoted = |b: &Block| match &b.kind {
            BlockKind::Quote(inner) => Some(inner.len()),
            _ => None,
        };
        blocks.iter().filter_map(quoted).collect()
    }

    const LONG: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit, and said nothing.";

    #[test]
    fn words_that_are_announced() {
        assert_eq!(quotations(&["As Ada Weaver writes in her memoirs:", LONG, "That was long ago."]), [1]);
        assert_eq!(quotations(&["Er schrieb in seinem Tagebuch:", LONG]), [1]);
        assert_eq!(
            quotations(&["She recalls the night:", LONG, "“Run!” cried the miller.", "They ran."]),
            [2]
        );
        assert_eq!(quotations(&["There are three reasons:", LONG]), Vec::<usize>::new());
        assert_eq!(
            quotations(&["They said there were three reasons:", &format!("First, {LONG}")]),
            Vec::<usize>::new()
        );
        assert_eq!(quotations(&["There it stands:", &format!("“{LONG}”")]), [1]);
        assert_eq!(quotations(&["There it stands:", &format!("*{LONG}*")]), [1]);
    }

    #[test]
    fn a_motto_without_its_source_among_others() {
        let long = "*“Water is older than the mill and will outlast the miller and his sons.”*";
        let sourced = "“Water is older than the mill.” — Ada Weaver";
        assert_eq!(quotations(&["# A", sourced, "x", "# B", sourced, "x", "# C", long, "x"]), [1, 1, 1]);
        assert_eq!(quotations(&["# A", sourced, "x", "# C", long, "x"]), [1], "one is no custom");
    }

    #[test]
    fn mottoes_with_their_source() {
        assert_eq!(quotations(&["# The Weir", "“Water remembers.”", "— Ada Weaver, Letters", LONG]), [2]);
        assert_eq!(quotations(&["# The Weir", "“Water remembers.” – Ada Weaver", LONG]), [1]);
        assert_eq!(quotations(&["# The Weir", "Water remembers.", "— Ada Weaver", LONG]), [2]);
        assert_eq!(
            quotations(&["# The Weir", "“Water remembers,” he said – and went home.", LONG]),
            Vec::<usize>::new()
        );
        assert_eq!(
            quotations(&["The Weir.", "Water remembers.", "— and so do we", LONG]),
            Vec::<usize>::new()
        );
    }

    #[test]
    fn a_tale_full_of_speeches_is_left_alone() {
        let speech = format!("“{LONG}”");
        let tale =
            ["Then the miller said:", &speech, "“No.”", "“Yes.”", "“Why?”", "“So.”", "“Well.”", "He went."];
        assert_eq!(quotations(&tale), Vec::<usize>::new());
    }
}
