//! The names of months and seasons in the languages that texts of an archive are dated in.

/// Spellings of the months. A name may be cut after its first three letters or more and end in a full stop
/// if it is marked so by `~` at the place where it may end.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan~uary",
        "jan~uar",
        "jän~ner",
        "janv~ier",
        "ene~ro",
        "янв~аря",
        "январь",
        "gennaio",
        "janeiro",
        "januari",
    ],
    &[
        "feb~ruary",
        "feb~ruar",
        "févr~ier",
        "fév~rier",
        "fevr~ier",
        "feb~rero",
        "фев~раля",
        "февр~аль",
        "febbraio",
        "fevereiro",
        "februari",
    ],
    &["mar~ch", "mär~z", "mars", "mar~zo", "марта", "март", "março", "maart"],
    &["apr~il", "avr~il", "abr~il", "апр~еля", "апрель", "aprile"],
    &["may", "mai", "mayo", "мая", "май", "maggio", "maio", "mei"],
    &["jun~e", "jun~i", "juin", "jun~io", "июн~я", "июнь", "giugno", "junho"],
    &["jul~y", "jul~i", "juil~let", "jul~io", "июл~я", "июль", "luglio", "julho"],
    &["aug~ust", "août", "aout", "ago~sto", "авг~уста", "август", "augustus"],
    &[
        "sep~tember",
        "sept~embre",
        "sept",
        "sep~tiembre",
        "set~iembre",
        "сент~ября",
        "сен~тябрь",
        "settembre",
        "setembro",
    ],
    &["oct~ober", "okt~ober", "oct~obre", "oct~ubre", "окт~ября", "октябрь", "ottobre", "outubro"],
    &["nov~ember", "nov~embre", "nov~iembre", "ноя~бря", "нояб~рь", "novembro"],
    &[
        "dec~ember",
        "dez~ember",
        "déc~embre",
        "dec~embre",
        "dic~iembre",
        "дек~абря",
        "декабрь",
        "dicembre",
        "dezembro",
    ],
];

/// The seasons, under which journals appear.
pub const SEASONS: [&str; 24] = [
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "frühling",
    "frühjahr",
    "sommer",
    "herbst",
    "printemps",
    "été",
    "automne",
    "hiver",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "estate",
    "autunno",
    "inverno",
    "весна",
    "лето",
    "осень",
    "зима",
];

/// The number of the month with this name, in small letters and without a stop.
pub fn number(name: &str) -> Option<i8> {
    let i = MONTHS.iter().position(|m| m.iter().any(|s| spells(s, name)))?;
    Some(i as i8 + 1)
}

/// True for `january` and `jan`, if that is spelled `jan~uary`.
fn spells(spelling: &str, name: &str) -> bool {
    match spelling.split_once('~') {
        Some((short, rest)) => {
            name.strip_prefix(short).is_some_and(|behind| behind.is_empty() || behind == rest)
        }
        None => spelling == name,
    }
}

/// True for the whole name of a month, in small letters, that hardly anybody bears: a *May* or a *Julio* may be a person.
pub fn is_nobody(name: &str) -> bool {
    const BORNE: [&str; 6] = ["may", "mai", "mayo", "julio", "junio", "augustus"];
    let whole = |spelling: &str| match spelling.split_once('~') {
        Some((short, rest)) => name.strip_prefix(short) == Some(rest),
        None => spelling == name,
    };
    !BORNE.contains(&name) && MONTHS.iter().copied().flatten().any(|spelling| whole(spelling))
}

/// All names of months, whole and cut.
pub fn names() -> impl Iterator<Item = String> {
    MONTHS.iter().flat_map(|m| m.iter()).flat_map(|spelling| {
        let short = spelling.split_once('~').map(|(short, _)| short.to_owned());
        std::iter::once(spelling.replace('~', "")).chain(short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_many_names() {
        for (name, expected) in [
            ("march", Some(3)),
            ("märz", Some(3)),
            ("mar", Some(3)),
            ("janv", Some(1)),
            ("springer", None),
            ("marc", None),
        ] {
            assert_eq!(number(name), expected, "{name}");
        }
        assert!(names().all(|name| number(&name).is_some()));
        for (name, expected) in
            [("march", true), ("januar", true), ("jan", false), ("may", false), ("mill", false)]
        {
            assert_eq!(is_nobody(name), expected, "{name}");
        }
    }
}
