//! Names of authors, editors and translators.
//!
//! 1. [`one`]: `Hannah Arendt`, `E. P. Thompson`, `Ludwig van Example`, `Arendt, Hannah` (in a list), `Лотман Ю. М.`
//! 2. [`several`]: with *and*, commas, *et al.*, `eds.` between and behind them

use super::model::Name;
use super::token::{Kind, Tokens};
use super::vocabulary::{AND, EDITORS, OF, PARTICLES, SIGNALS, begins_no_name, has};
use crate::quotes;

/// Words that a name may have.
const LONGEST: usize = 7;

/// Names that were read.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// They.
    pub names: Vec<Name>,
    /// More than are named.
    pub et_al: bool,
    /// True if they edited (`Barnard and McKenzie, eds.`).
    pub editors: bool,
    /// The token behind them.
    pub next: usize,
}

/// How the first name of a citation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As it is said.
    Natural,
    /// The surname first, as in an alphabetical list; the others as they are said.
    Inverted,
}

/// Reads names from `i` on.
pub fn several(tokens: &Tokens, i: usize, limit: usize, order: Order) -> Option<Names> {
    let inverted = (order == Order::Inverted).then(|| inverted(tokens, i, limit)).flatten();
    let (first, mut at) = inverted.or_else(|| one(tokens, i, limit))?;
    let mut out = Names { names: vec![first], next: at, ..Names::default() };
    loop {
        let mut next = at;
        let comma =
            next < limit && (tokens.sign(next, ',') || tokens.sign(next, ';') && order == Order::Inverted);
        next += usize::from(comma);
        if let Some(behind) = et_al(tokens, next, limit) {
            out.et_al = true;
            at = behind;
            out.next = at;
            break;
        }
        let behind = connective(tokens, next).filter(|_| next < limit);
        let joined = behind.is_some();
        next = behind.unwrap_or(next);
        // `Orme, J., Feld, N., & Varn, E.`
        let initials = || {
            inverted_later(tokens, next, limit, order)
                .filter(|(name, _)| name.given.split(' ').next().is_some_and(|g| g.ends_with('.')))
        };
        // A comma alone is followed by a title more often than by a name: only a name with others behind it counts.
        let more = match (joined, comma) {
            (true, _) => initials()
                .or_else(|| one(tokens, next, limit))
                .or_else(|| inverted_later(tokens, next, limit, order)),
            (false, true) => initials().or_else(|| {
                one(tokens, next, limit).filter(|(name, behind)| {
                    !name.given.is_empty()
                        && (enumerates(tokens, *behind, limit)
                            || order == Order::Inverted && tokens.sign(*behind, ',') && *behind < limit)
                        || order == Order::Inverted && initials_behind(tokens, next)
                })
            }),
            (false, false) => None,
        };
        let Some((name, behind)) = more.filter(|_| next < limit) else { break };
        out.names.push(name);
        at = behind;
        out.next = at;
    }
    // `Roy and Zhores Medvedev`
    if let [first, second] = out.names.as_mut_slice()
        && first.given.is_empty()
        && !second.given.is_empty()
        && !second.given.contains('.')
        && order == Order::Natural
    {
        first.given = std::mem::replace(&mut first.family, second.family.clone());
    }
    if let Some(behind) = editors_behind(tokens, out.next, limit) {
        out.editors = true;
        out.next = behind;
    }
    Some(out)
}

/// `Orme, Judith. Title`: names as a list of works has them, at the beginning of a clause, up to the stop behind them.
pub fn surname_first(tokens: &Tokens, i: usize, limit: usize) -> Option<Names> {
    let begins = i == 0 || [';', '\n'].iter().any(|s| tokens.sign(i - 1, *s));
    if !begins {
        return None;
    }
    inverted(tokens, i, limit)?;
    let names = several(tokens, i, limit, Order::Inverted)?;
    let initial = tokens.sign(names.next - 1, '.');
    // `Orme, J., “Title”`
    let marked = |k: usize| tokens.quotation(k).is_some() || tokens.get(k).is_some_and(|t| t.emphasis > 0);
    let comma = initial && tokens.sign(names.next, ',') && marked(names.next + 1);
    // `Orme, Judith: Title`
    let stop = comma || tokens.sign(names.next, '.') || tokens.sign(names.next, ':');
    let behind = names.next + usize::from(stop);
    let title = tokens.get(behind).filter(|_| behind < limit)?;
    let opens = title.kind == Kind::Word && title.capital && title.gap
        || title.emphasis > 0
        || tokens.quotation(behind).is_some();
    ((stop || initial) && opens).then_some(names)
}

/// `and`, `&`, `/`, `u.`: the token behind it.
fn connective(tokens: &Tokens, i: usize) -> Option<usize> {
    let word = tokens.lower(i);
    if word == "u" && tokens.sign(i + 1, '.') {
        return Some(i + 2);
    }
    (has(AND, &word) || tokens.sign(i, '&') || tokens.sign(i, '/')).then_some(i + 1)
}

/// `Orme, J., & Feld, N. (1997). Title`: names as a list of works has them, with the year behind them.
pub fn dated(tokens: &Tokens, i: usize, limit: usize) -> bool {
    let Some(names) = inverted(tokens, i, limit).and_then(|_| several(tokens, i, limit, Order::Inverted))
    else {
        return false;
    };
    let shut = tokens.parenthesis(names.next).filter(|&s| s < limit && tokens.year(names.next + 1).is_some());
    let stopped =
        shut.is_some_and(|s| [".", ":", ","].iter().any(|c| tokens.get(s + 1).is_some_and(|t| t.text == *c)));
    let title = shut.and_then(|s| tokens.get(s + 2));
    stopped
        && title.is_some_and(|t| {
            t.capital || t.emphasis > 0 || matches!(t.kind, Kind::Sign(c) if quotes::opens(c))
        })
}

/// True if names go on behind a name: `, and C` or `and C` or `, C, and D`.
fn enumerates(tokens: &Tokens, i: usize, limit: usize) -> bool {
    /// Names that may stand between this and the last one.
    const MOST: usize = 12;
    let mut at = i;
    for _ in 0..MOST {
        at += usize::from(tokens.sign(at, ','));
        if at >= limit {
            return false;
        }
        if connective(tokens, at).is_some() || et_al(tokens, at, limit).is_some() {
            return true;
        }
        // `A, B, C, and D`
        let Some((_, behind)) = one(tokens, at, limit).filter(|(name, _)| !name.given.is_empty()) else {
            return false;
        };
        at = behind;
    }
    false
}

fn initials_behind(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.is_initial()) && tokens.sign(i + 1, '.')
}

fn inverted_later(tokens: &Tokens, i: usize, limit: usize, order: Order) -> Option<(Name, usize)> {
    (order == Order::Inverted).then(|| inverted(tokens, i, limit)).flatten()
}

/// `et al.`, `u. a.`, `и др.`, `y otros`, `and others`
fn et_al(tokens: &Tokens, i: usize, limit: usize) -> Option<usize> {
    let stop = |at: usize| at + usize::from(tokens.sign(at, '.') && at < limit);
    let (first, second) = (tokens.lower(i), tokens.lower(i + 1));
    match (first.as_ref(), second.as_ref()) {
        ("et", "al" | "alii") | ("и", "др") | ("y", "otros") | ("and", "others") | ("und", "andere") => {
            Some(stop(i + 2))
        }
        ("u", _) if tokens.sign(i + 1, '.') && tokens.lower(i + 2) == "a" && i + 2 < limit => {
            Some(stop(i + 3))
        }
        _ => None,
    }
}

/// `, eds.`, `(Hrsg.)`, `, editor`
fn editors_behind(tokens: &Tokens, i: usize, limit: usize) -> Option<usize> {
    let mut at = i + usize::from(tokens.sign(i, ','));
    let open = tokens.sign(at, '(');
    at += usize::from(open);
    if at >= limit || !has(EDITORS, &tokens.lower(at)) || has(OF, &tokens.lower(at + 1)) {
        return None;
    }
    at += 1;
    at += usize::from(tokens.sign(at, '.') && at < limit);
    if open {
        return tokens.sign(at, ')').then_some(at + 1);
    }
    // `ed. Hannah Arendt` speaks of the name behind it.
    tokens.get(at).filter(|_| at < limit).is_none_or(|t| t.kind != Kind::Word || t.emphasis > 0).then_some(at)
}

/// One name as it is said, from `i` on.
pub fn one(tokens: &Tokens, i: usize, limit: usize) -> Option<(Name, usize)> {
    let mut at = i;
    let mut words: Vec<(String, bool)> = Vec::new(); // with: is a particle
    while at < limit && words.len() < LONGEST {
        let Some(token) = tokens.get(at) else { break };
        if token.kind != Kind::Word || token.emphasis > 0 {
            break;
        }
        let lower = tokens.lower(at);
        if token.capital {
            // `Cfr. F. Orme`
            let signal = has(SIGNALS, &lower) && lower.chars().count() > 2 && tokens.sign(at + 1, '.');
            if signal && words.is_empty() {
                break;
            }
            if begins_no_name(&lower)
                && !(token.is_initial()
                    && tokens.sign(at + 1, '.')
                    && lower != "i"
                    && !has(super::vocabulary::PAGES, &lower))
            {
                // A surname may be such a word where a given name stands before it (`Robert Young`, `Ernest R. May`), and may
                // begin with one that is a particle (`Le Weir Orme`).
                let given = !words.is_empty() && words.iter().all(|w| !w.1);
                let leads =
                    words.is_empty() && has(PARTICLES, &lower) && is_surname_behind(tokens, at + 1, limit);
                if !given && !leads {
                    break;
                }
            }
            if token.is_initial() && tokens.sign(at + 1, '.') && at + 1 < limit {
                let (initials, behind) = initial(tokens, at);
                words.push((initials, false));
                at = behind;
                // `Лотман Ю. М. Структура …`: behind the initials the title begins.
                let inverted = words.first().is_some_and(|w| !w.0.ends_with('.') && is_cyrillic(&w.0));
                if inverted && !tokens.get(at).is_some_and(|t| t.is_initial() && tokens.sign(at + 1, '.')) {
                    break;
                }
                continue;
            }
            if matches!(lower.as_ref(), "jr" | "sr" | "ii" | "iii") && !words.is_empty() {
                at += 1;
                at += usize::from(tokens.sign(at, '.') && at < limit);
                break;
            }
            words.push((token.text.to_owned(), false));
            at += 1;
            // `St. John`, `Ph. Ariès`, `Ch. Péguy`: a short given name with a stop.
            let short = token.text.chars().count() <= 3 && tokens.sign(at, '.') && words.len() == 1;
            if short
                && tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Word && t.capital && at + 1 < limit)
            {
                words[0].0.push('.');
                at += 1;
            }
        } else if has(PARTICLES, &lower) && particle_leads_on(tokens, at, limit, words.is_empty()) {
            words.push((token.text.to_owned(), true));
            at += 1;
        } else {
            break;
        }
    }
    Some((split(words)?, at))
}

/// `J.`, `J.-P.`: an initial with its stop, and the token behind.
fn initial(tokens: &Tokens, at: usize) -> (String, usize) {
    let mut text = [tokens.get(at).map_or("", |t| t.text), "."].concat();
    let mut next = at + 2;
    while tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '‐' | '‑' | '–')) && !t.gap)
        && let Some(second) = tokens.get(next + 1).filter(|t| t.is_initial() && !t.gap)
        && tokens.sign(next + 2, '.')
    {
        text.extend(["-", second.text, "."]);
        next += 3;
    }
    (text, next)
}

/// True if one or two words with a capital and a comma stand at `i`.
fn is_surname_behind(tokens: &Tokens, i: usize, limit: usize) -> bool {
    let capital = |k: usize| {
        k < limit
            && tokens
                .get(k)
                .is_some_and(|t| t.kind == Kind::Word && t.capital && t.emphasis == 0 && !t.is_initial())
    };
    capital(i) && (tokens.sign(i + 1, ',') || capital(i + 1) && tokens.sign(i + 2, ','))
}

/// True for a word of Cyrillic letters.
pub fn is_cyrillic(text: &str) -> bool {
    text.chars().next().is_some_and(|c| ('\u{400}'..'\u{530}').contains(&c))
}

/// True if capitals follow the particles at `at`, and it is not the connective of two people.
fn particle_leads_on(tokens: &Tokens, at: usize, limit: usize, first: bool) -> bool {
    let word = tokens.lower(at);
    let mut next = at + 1;
    while next < limit && has(PARTICLES, &tokens.lower(next)) && !tokens.get(next).is_some_and(|t| t.capital)
    {
        next += 1;
    }
    let capital = next < limit
        && tokens.get(next).is_some_and(|t| t.capital && t.kind == Kind::Word && t.emphasis == 0);
    // `José Ortega y Gasset`, but `Bouvard y Pécuchet` are two: one surname ends the name.
    let two = word == "y"
        && tokens.get(next + 1).is_some_and(|t| t.capital && t.kind == Kind::Word && next + 1 < limit);
    // `Orme von der Weir`; by itself it is an article before a noun.
    let article = word == "der" && !has(PARTICLES, &tokens.lower(at.saturating_sub(1)));
    capital && !first && !two && !article && !matches!(word.as_ref(), "e" | "la")
}

/// Words of a name → given names and surname.
fn split(words: Vec<(String, bool)>) -> Option<Name> {
    let last = words.iter().rposition(|w| !w.1)?;
    let words = &words[..=last];
    let initial = |w: &str| w.ends_with('.') && (w.chars().count() == 2 || w.contains(".-"));
    // `Лотман Ю. М.`: initials behind the surname.
    if words.len() > 1 && initial(&words[last].0) {
        let first = words.iter().position(|w| initial(&w.0)).filter(|&f| f > 0)?;
        if words[first..].iter().any(|w| !initial(&w.0)) {
            return None;
        }
        let join = |part: &[(String, bool)]| part.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
        return Some(Name { family: join(&words[..first]), given: join(&words[first..]) });
    }
    let mut start = last;
    while start > 1 && words[start - 1].1 {
        start -= 1;
        // `Ortega y Gasset`: the word before the `y` is a surname too.
        if words[start].0 == "y" && start > 1 {
            start -= 1;
        }
    }
    if words.len() == 3 && words[1].0 == "y" {
        start = 0;
    }
    // `de Solla Price`: what follows a particle is the surname, though it has two words.
    if let Some(particle) =
        words.iter().position(|w| w.1).filter(|&p| p > 0 && last - p <= 2 && words[p].0 != "y")
    {
        start = start.min(particle);
    }
    // `Van Example`, `Le Weir Orme`: a capital particle in front of all.
    if start >= 1 && words.len() <= 3 && has(PARTICLES, &words[0].0.to_lowercase()) {
        start = 0;
    }
    let join = |part: &[(String, bool)]| part.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
    let family = join(&words[start..]);
    (family.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .then(|| Name { given: join(&words[..start]), family })
}

/// True if a title begins behind initials: `Orme, J. B. Of Weirs`. A given name may stand there too, behind one and with
/// a sign behind it (`Orme, J. Barnaby. Of Weirs`).
fn title_opens(tokens: &Tokens, i: usize, limit: usize, initials: usize) -> bool {
    let particle = has(PARTICLES, &tokens.lower(i)) && !tokens.get(i).is_some_and(|t| t.capital);
    if particle || has(AND, &tokens.lower(i)) {
        return false;
    }
    let behind = tokens.get(i + 1).filter(|_| i + 1 < limit);
    let person = |at| one(tokens, at, limit).is_some_and(|(name, _)| !name.given.is_empty());
    let given = match behind {
        None => true,
        Some(token) if token.kind == Kind::Word => {
            has(AND, &tokens.lower(i + 1)) && (person(i + 2) || inverted(tokens, i + 2, limit).is_some())
        }
        Some(token) => matches!(token.kind, Kind::Sign('.' | ',' | '(' | '&' | ';')),
    };
    initials > 1 || !given
}

/// `Arendt, Hannah`, `Roberts, Colin H.`
fn inverted(tokens: &Tokens, i: usize, limit: usize) -> Option<(Name, usize)> {
    let mut at = i;
    let mut family: Vec<&str> = Vec::new();
    while at < limit && family.len() < 4 {
        let token = tokens.get(at)?;
        let fits = token.kind == Kind::Word && token.emphasis == 0;
        if !fits || !(token.capital || has(PARTICLES, &tokens.lower(at))) {
            break;
        }
        family.push(token.text);
        at += 1;
    }
    // `Noam Shazeer, Niki Parmar`: two capitals in front of the comma are a name as it is said.
    let capitals = family.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    if capitals != 1 || !tokens.sign(at, ',') || at + 1 >= limit {
        return None;
    }
    at += 1;
    let mut given: Vec<String> = Vec::new();
    while at < limit && given.len() < 4 {
        let Some(token) = tokens.get(at) else { break };
        if token.kind != Kind::Word || token.emphasis > 0 {
            break;
        }
        if token.is_initial() && tokens.sign(at + 1, '.') {
            let (initials, behind) = initial(tokens, at);
            given.push(initials);
            at = behind;
        } else if given.last().is_some_and(|g| g.ends_with('.'))
            && title_opens(tokens, at, limit, given.len())
        {
            break;
        } else if token.capital && !token.is_initial() && !begins_no_name(&tokens.lower(at))
            || has(PARTICLES, &tokens.lower(at)) && !given.is_empty() && !has(AND, &tokens.lower(at))
        {
            given.push(token.text.to_owned());
            at += 1;
        } else {
            break;
        }
    }
    // `Voline, The Unknown Revolution` has a title there: a given name is one to three words and is followed by a sign.
    let sign = tokens
        .get(at)
        .filter(|_| at < limit)
        .is_none_or(|t| matches!(t.kind, Kind::Sign(_)) || has(AND, &tokens.lower(at)));
    let sign = sign || tokens.sign(at - 1, '.');
    (!given.is_empty() && given.len() <= 3 && sign)
        .then(|| (Name { given: given.join(" "), family: family.join(" ") }, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Order) -> Vec<String> {
        let tokens = Tokens::of(text, 0..text.len(), &[]);
        let names = several(&tokens, 0, tokens.all.len(), order).unwrap_or_default();
        names.names.iter().map(Name::sorted).collect()
    }

    #[test]
    fn names_are_taken_apart() {
        for (text, expected) in [
            ("Hannah Arendt,", &["Arendt, Hannah"][..]),
            ("E. P. Thompson,", &["Thompson, E. P."]),
            ("Derek J. de Solla Price,", &["de Solla Price, Derek J."]),
            ("José Ortega y Gasset,", &["Ortega y Gasset, José"]),
            ("Ortega y Gasset,", &["Ortega y Gasset"]),
            ("Лотман Ю. М. Структура", &["Лотман, Ю. М."]),
            ("Shannon and Weaver 5", &["Shannon", "Weaver"]),
            ("Roy and Zhores Medvedev,", &["Medvedev, Roy", "Medvedev, Zhores"]),
            ("Ernest R. May,", &["May, Ernest R."]),
            ("See Smith", &[]),
            ("Lynn White Jr.,", &["White, Lynn"]),
            ("Le Weir Orme, Mills", &["Le Weir Orme"]),
            ("Dagegen der Müller", &["Dagegen"]),
            ("Ada von der Weir,", &["von der Weir, Ada"]),
            ("J.-P. Weir, ", &["Weir, J.-P."]),
            ("Cfr. F. Orme,", &[]),
            ("Ann Orme u. Nora Feld, ", &["Orme, Ann", "Feld, Nora"]),
            (
                "Ann Orme, Nora Feld, Eva Varn, et Li Korn. ",
                &["Orme, Ann", "Feld, Nora", "Varn, Eva", "Korn, Li"],
            ),
        ] {
            assert_eq!(read(text, Order::Natural), expected, "{text}");
        }
        assert_eq!(
            read("Roberts, Colin H., and T. C. Skeat.", Order::Inverted),
            ["Roberts, Colin H.", "Skeat, T. C."]
        );
        for (text, expected) in [
            ("Marshall McLuhan, The Galaxy", "McLuhan, Marshall"),
            ("Orme, J. B. 1992. Of Weirs", "Orme, J. B."),
            ("Orme, J.B. Weir and Mill. Leeds", "Orme, J. B."),
            ("Orme, J. Weir and Mill. Leeds", "Orme, J."),
            ("Orme, J. Barnaby. Weir and Mill", "Orme, J. Barnaby"),
            ("Orme, J. von. Weir and Mill", "Orme, J. von"),
        ] {
            assert_eq!(read(text, Order::Inverted), [expected], "{text}");
        }
        assert_eq!(
            read("Orme, J., Feld, N. B., & Varn, E. (1997). Mills", Order::Inverted),
            ["Orme, J.", "Feld, N. B.", "Varn, E."]
        );
        assert_eq!(
            read("Orme, J. Barnaby and Ann Varn. Mills", Order::Inverted),
            ["Orme, J. Barnaby", "Varn, Ann"]
        );
    }
}
