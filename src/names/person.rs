//! Persons' names: which forms may be one person's.

use super::token::behind_article;
use super::variant::{key, plain};
use super::vocabulary;

/// A full name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The family name, as it is compared.
    pub family: String,
    /// Given names and initials (one letter), as they are compared.
    pub given: Vec<String>,
}

impl Person {
    /// Takes a form apart; `None` if it has one word only.
    pub fn of(form: &str) -> Option<Person> {
        let words: Vec<&str> = form.split_whitespace().collect();
        let (last, before) = words.split_last()?;
        let (suffix, last, before) = match (generation(last), before.split_last()) {
            (true, Some((family, rest))) => (true, family, rest),
            _ => (false, last, before),
        };
        let first_particle = before.iter().enumerate().skip(1).find(|(_, w)| {
            w.chars().next().is_some_and(char::is_lowercase) && vocabulary::particle(w) || is_irish(w)
        });
        let given = &before[..first_particle.map_or(before.len(), |p| p.0)];
        // `De Quincey` is a family name.
        if given.first().is_none_or(|first| is_particle(first)) {
            return None;
        }
        let mut given: Vec<String> = given.iter().flat_map(|w| initials(w)).collect();
        if suffix {
            // A father and his son are two.
            given.push("junior".to_owned());
        }
        Some(Person { family: key(behind_article(last)), given })
    }

    /// True if the family name standing alone may be meant for a person: it is no place and no given name.
    pub fn stands_alone(&self) -> bool {
        !vocabulary::place(&self.family) && !vocabulary::given(&self.family)
    }

    /// The first letter of the first given name.
    pub fn initial(&self) -> char {
        self.given.first().and_then(|g| g.chars().next()).unwrap_or(' ')
    }

    /// True if the only given name of this form is one that another has behind the first: `B. Parkes` of `M. B. Parkes`.
    pub fn is_called_by_a_further_name(&self, other: &Person) -> bool {
        let [own] = self.given.as_slice() else { return false };
        self.family == other.family && other.given.iter().skip(1).any(|name| one_name(own, name))
    }

    /// True if both may be names of one person: the first given names agree, and those further ones that both have.
    pub fn agrees(&self, other: &Person) -> bool {
        let (short, long) = if self.given.len() <= other.given.len() { (self, other) } else { (other, self) };
        if short.given.iter().any(|g| g == "junior") != long.given.iter().any(|g| g == "junior") {
            return false;
        }
        let Some((first, rest)) = short.given.split_first() else { return false };
        if self.family != other.family || !one_name(first, &long.given[0]) {
            return false;
        }
        let mut left = long.given[1..].iter();
        rest.iter().all(|name| left.any(|l| one_name(name, l)))
    }
}

/// A family name without the particles before it: `quincey` of `de quincey`.
pub fn without_particles(family: &str) -> &str {
    let mut rest = family;
    while let Some((_, behind)) = rest.split_once(' ').filter(|(first, _)| is_particle(first)) {
        rest = behind;
    }
    rest
}

fn is_particle(word: &str) -> bool {
    vocabulary::particle(&word.to_lowercase()) || is_irish(word)
}

/// Particles with a capital.
fn is_irish(word: &str) -> bool {
    matches!(plain(&word.to_lowercase()).as_str(), "o" | "ni")
}

/// `J.V.` are two initials.
fn initials(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('.').filter(|p| !p.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|p| p.chars().count() == 1) {
        return parts.into_iter().map(key).collect();
    }
    vec![key(word)]
}

fn generation(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

/// Two spellings of a given name, or a name and its initial.
fn one_name(a: &str, b: &str) -> bool {
    let single = |w: &str| w.chars().count() == 1;
    if single(a) || single(b) {
        return a.chars().next() == b.chars().next();
    }
    let same = |list: &str| [a, b].iter().all(|n| list.split(' ').any(|w| w == *n));
    a == b
        || (a.chars().next() == b.chars().next() && sound(a) == sound(b))
        || ONE_NAME.iter().any(|list| same(list))
}

/// Given names that are one name in several languages, and that writers exchange in the names of the same people.
const ONE_NAME: [&str; 10] = [
    "lev leo leon",
    "iosif joseph josef josif josip",
    "nikolai nikolay nicholas nikolaus nicolas mykola",
    "mikhail michael mihail",
    "aleksandr alexander alexandre",
    "pyotr piotr petr peter",
    "friedrich frederick frederic",
    "fyodor fedor feodor theodor",
    "grigori grigory grigorii gregory",
    "georg georgi georgy george",
];

/// A name as it sounds, roughly: `Joseph` and `Josef`, `Alexei` and `Aleksey`, `Dmitri` and `Dimitry`.
fn sound(name: &str) -> String {
    let spelled = plain(name)
        .replace("ph", "f")
        .replace("ks", "x")
        .replace("ck", "k")
        .replace("th", "t")
        .replace("ch", "k")
        .replace(['y', 'j'], "i")
        .replace('w', "v")
        .replace('c', "k");
    let mut out = String::new();
    for (i, c) in spelled.chars().enumerate() {
        // Vowels differ most between languages; only the first counts.
        if i > 0 && matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') || out.ends_with(c) {
            continue;
        }
        out.push(c);
    }
    out
}
