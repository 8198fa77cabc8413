//! Heads of posts: who wrote what stands below, and when, in the forms in which sites and mail programs print it.

/// Fewest heads of a text that has posts: one such line is as well somebody's sentence.
pub const FEWEST: usize = 2;

/// True for a line that is the head of a post.
pub fn is_head(line: &str) -> bool {
    /// Characters of the longest head.
    const LONGEST: usize = 120;
    let line = line.trim();
    if line.chars().take(LONGEST + 1).count() > LONGEST || !line.contains(|c: char| c.is_alphabetic()) {
        return false;
    }
    tells_time(line)
        && (is_parted(line)
            || is_said_by(line)
            || is_counted(line)
            || is_scored(line)
            || is_linked(line)
            || is_attribution(line))
}

/// Fewest messages of a conversation, and the share of its lines that they begin.
const MESSAGES: (usize, usize) = (3, 3);

/// True for a line that begins a message of a conversation: `[12/05/2019, 10:31] Ada: …`, `12/05/2019, 10:31 - Ada: …`,
/// `[10:31] <ada> …`, `<ada> …`.
pub fn is_message(line: &str) -> bool {
    /// Characters of the longest name.
    const NAME: usize = 24;
    let line = line.trim_start();
    let named = |text: &str| {
        let name = text.strip_prefix('<').and_then(|t| t.split_once("> ")).map(|(name, _)| name);
        name.is_some_and(|n| {
            (1..=NAME).contains(&n.chars().count())
                && n.chars().all(|c| c.is_alphanumeric() || "_-|[]^`@+~ ".contains(c))
        })
    };
    let inner = line.strip_prefix('[');
    let stamped = inner.unwrap_or(line);
    let end =
        stamped.find(|c: char| !c.is_ascii_digit() && !"/-.:, \u{202f}".contains(c)).unwrap_or(stamped.len());
    let (stamp, mut rest) = stamped.split_at(end);
    for half in ["AM", "PM", "am", "pm"] {
        rest = rest.strip_prefix(half).unwrap_or(rest);
    }
    let digits = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let is_time = stamp
        .split_once(':')
        .is_some_and(|(hour, minute)| hour.ends_with(|c: char| c.is_ascii_digit()) && digits(minute));
    match inner {
        Some(_) if is_time => rest.starts_with("] "),
        _ if is_time => stamp.ends_with(" - ") || rest.starts_with(" - ") || named(rest),
        _ => named(line),
    }
}

/// True if lines are those of a conversation, of which each message is a paragraph.
pub fn is_conversation<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (fewest, share) = MESSAGES;
    let (mut all, mut messages) = (0, 0);
    for line in lines {
        all += 1;
        messages += usize::from(is_message(line));
    }
    messages >= fewest && messages * share >= all
}

/// True for what a site prints below a post for whoever wants to answer it: `reply`, `permalink save report reply`.
pub fn is_button(line: &str) -> bool {
    const BUTTONS: [&str; 21] = [
        "reply",
        "permalink",
        "embed",
        "save",
        "parent",
        "report",
        "give",
        "award",
        "gold",
        "share",
        "flag",
        "favorite",
        "hide",
        "edit",
        "quote",
        "like",
        "upvote",
        "downvote",
        "antworten",
        "répondre",
        "responder",
    ];
    let word = |w: &str| {
        BUTTONS.contains(&w.trim_matches(|c: char| c.is_ascii_punctuation()).to_lowercase().as_str())
    };
    let mut words = line.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).peekable();
    line.len() <= 80 && words.peek().is_some() && words.all(word)
}

/// True if a line may hold a date or a time: every head does, and most lines do not.
fn tells_time(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.iter().any(u8::is_ascii_digit) || bytes.windows(3).any(|word| word.eq_ignore_ascii_case(b"ago"))
}

/// True for what a site shows in the place of a post that is gone.
pub fn is_deleted(line: &str) -> bool {
    const GONE: [&str; 14] = [
        "[deleted]",
        "[removed]",
        "[deleted by user]",
        "[removed by moderator]",
        "[gelöscht]",
        "[entfernt]",
        "[supprimé]",
        "[eliminado]",
        "[удалено]",
        "deleted by creator",
        "deleted by author",
        "removed by mod",
        "comment deleted by user",
        "comment removed by moderator",
    ];
    GONE.contains(&line.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// `u/ada • 3y ago`, `Ada · 5 hr. ago`
fn is_parted(line: &str) -> bool {
    let mut parts = line.split(['•', '·']).map(str::trim).filter(|p| !p.is_empty());
    parts.next().is_some_and(is_handle) && parts.any(|p| is_ago(p) || is_date(p))
}

/// `Posted by Ada on 3 May 2015`, `Posted by u/ada 3 years ago`
fn is_said_by(line: &str) -> bool {
    let lower = line.to_lowercase();
    let by = ["posted by ", "submitted by ", "geschrieben von ", "publié par ", "publicado por "];
    by.iter().any(|b| lower.starts_with(b)) && ends_in_time(line)
}

/// `#12 Ada 3 May 2015`
fn is_counted(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=6).contains(&digits) && rest[digits..].starts_with([' ', '.', ':']) && ends_in_time(line)
}

/// `ada 2 points 3 days ago`
fn is_scored(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let points = words.iter().position(|w| matches!(*w, "point" | "points"));
    points.is_some_and(|at| {
        let number =
            |w: &str| w.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || ".k".contains(c));
        (2..=5).contains(&at) && number(words[at - 1]) && is_ago(&words[at + 1..].join(" "))
    })
}

/// `ada 3 days ago | root | parent | next [–]`, `ada on 3 May 2015 | link | reply`: links to the posts around it.
fn is_linked(line: &str) -> bool {
    const LINKS: [&str; 19] = [
        "root",
        "parent",
        "prev",
        "next",
        "context",
        "focus",
        "link",
        "permalink",
        "reply",
        "flag",
        "favorite",
        "hide",
        "vouch",
        "edit",
        "delete",
        "unvote",
        "undown",
        "on",
        "[–]",
    ];
    let mut parts = line.split('|').map(str::trim);
    let written = parts.next().is_some_and(|said| {
        let words = said.split_whitespace().count();
        (3..=8).contains(&words) && ends_in_time(said)
    });
    let mut links = parts.flat_map(str::split_whitespace).peekable();
    written && links.peek().is_some() && links.all(|w| LINKS.contains(&w) || w == "[-]" || w == "[+]")
}

/// `On 3 May 2015, Ada wrote:`, `Ada wrote on 3 May 2015:`
fn is_attribution(line: &str) -> bool {
    let Some(line) = line.strip_suffix(':') else { return false };
    let verbs = ["wrote", "said", "schrieb", "a écrit", "escribió", "ha scritto", "пишет", "написал"];
    let verb = |text: &str| {
        verbs.iter().any(|v| text == *v || text.strip_suffix(v).is_some_and(|t| t.ends_with(' ')))
    };
    let on = ["On ", "Am ", "Le ", "El ", "Il "].iter().any(|o| line.starts_with(o));
    let before = verbs.iter().find_map(|v| line.split_once(&[" ", v, " "].concat()));
    on && verb(line) && is_date(line) || before.is_some_and(|(name, when)| is_handle(name) && is_date(when))
}

/// A name of one to four words.
fn is_handle(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=4).contains(&words) && name.chars().count() <= 40 && !name.ends_with(['.', ',', ';', ':', '!', '?'])
}

/// True for a line whose last words are `3 days ago` or a date.
fn ends_in_time(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let last = |count: usize| words[words.len().saturating_sub(count)..].join(" ");
    (2..=3).any(|count| is_ago(&last(count))) || words.len() <= 12 && is_date(&last(5))
}

/// `3y ago`, `5 hr. ago`, `an hour ago`
fn is_ago(text: &str) -> bool {
    const UNITS: [&str; 28] = [
        "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs",
        "hour", "hours", "d", "day", "days", "w", "wk", "week", "weeks", "mo", "month", "months", "y", "yr",
        "year",
    ];
    let lower = text.trim().to_lowercase();
    let Some(when) = lower.strip_suffix("ago") else { return false };
    let when = when.trim().trim_end_matches('.');
    let digits = when.bytes().take_while(u8::is_ascii_digit).count();
    let unit = match digits {
        0 => when.strip_prefix("an ").or_else(|| when.strip_prefix("a ")).unwrap_or_default(),
        _ => when[digits..].trim(),
    };
    UNITS.contains(&unit) || matches!(unit, "yrs" | "years" | "few minutes" | "few hours" | "few days")
}

/// True for words with a year in them or a day in figures, and little else.
fn is_date(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || ",()".contains(c));
    let year = |w: &str| w.len() == 4 && w.parse::<u16>().is_ok_and(|y| (1970..2200).contains(&y));
    let figures = |w: &str| {
        let parts: Vec<&str> = w.split(['/', '-', '.']).collect();
        parts.len() == 3
            && parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    words.into_iter().any(|w| year(w) || figures(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        for line in [
            "u/millwright • 3y ago",
            "millwright · 5 hr. ago",
            "Ada Weaver wrote on 3 May 2015:",
            "Posted by Ada Weaver on May 3, 2015",
            "Posted by u/ada 3 years ago",
            "On 3 May 2015, Ada Weaver wrote:",
            "ada 2 points 3 days ago",
            "#12 Ada 2015-05-03",
            "ada 21 hours ago | root | parent | prev | next [–]",
            "ada on Feb 6, 2018 | parent | next [–]",
        ] {
            assert!(is_head(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_none() {
        for line in [
            "The mill was built long ago",
            "Bread · Water · Salt",
            "On Sunday the miller wrote:",
            "He scored 2 points and went home",
            "#12 on the list",
            "Posted by the gate stood a guard.",
            "In 2015 Ada wrote a book:",
            "wheel built 3 years ago | oak | turns",
        ] {
            assert!(!is_head(line), "{line}");
        }
    }

    #[test]
    fn buttons() {
        assert!(is_button("reply") && is_button("permalink save report reply") && is_button("Reply · Share"));
        assert!(!is_button("Reply to the miller") && !is_button("") && !is_button("—"));
    }
}
