//! Names: what is one, which forms are one person's, and what the owner says of it.

use postil::model::{Marked, Stretch};
use postil::names::{Corpus, Index, Kind, Name, Owner, Record, merge, scan};
use postil::source::Source;

fn record(text: &str, lang: Option<&str>) -> Record {
    let marked = Marked { text: text.to_owned(), ..Marked::default() };
    scan(&[(Stretch::Body, marked)], lang, &[]).record
}

fn index_with(texts: &[&str], owner: &str) -> Index {
    let records: Vec<Record> = texts.iter().map(|t| record(t, Some("en"))).collect();
    let decoded = postil::decode::decode("names.yaml", owner.as_bytes().to_vec());
    let owner = decoded.value.map_or_else(Owner::default, |source: Source| Owner::parse(&source).value);
    merge(records.iter().collect(), &owner)
}

fn index(texts: &[&str]) -> Index {
    index_with(texts, "")
}

fn forms(index: &Index) -> Vec<&str> {
    index.names.iter().map(|n| n.form.as_str()).collect()
}

fn name<'a>(index: &'a Index, form: &str) -> &'a Name {
    let found = index.names.iter().find(|n| n.form == form);
    found.unwrap_or_else(|| panic!("no {form} among {:?}", forms(index)))
}

#[test]
fn the_variants_of_one_person_are_one() {
    let index = index(&[
        "We know that Joseph Varn dug wells. Later Joseph Varn moved. The wells of J. T. Varn are dry.",
        "People say Josef Varn was kind, and Varn’s well is deep. So they say of Varn still.",
        "In the end it was Varn who paid; nobody but Varn did.",
    ]);
    let varn = name(&index, "Joseph Varn");
    assert_eq!((varn.listed.as_str(), varn.kind, varn.mentions.count()), ("Varn, Joseph", Kind::Person, 8));
    assert_eq!(varn.mentions.by_document().count(), 3);
    assert!(!forms(&index).contains(&"Varn"));
}

#[test]
fn two_bearers_stay_apart_and_a_bare_name_is_neither() {
    let index = index(&[
        "Here Maria Orlen met Peter Orlen. Then Orlen laughed, and everybody saw that Orlen was glad.",
        "It was Maria Orlen who wrote. They asked Orlen why.",
    ]);
    assert_eq!(name(&index, "Maria Orlen").mentions.count(), 3, "the second text names one only");
    assert_eq!(name(&index, "Peter Orlen").mentions.count(), 1);
    assert_eq!(name(&index, "Orlen").mentions.count(), 2);
}

#[test]
fn the_first_word_of_a_sentence_is_no_name_for_its_capital() {
    let index = index(&[
        "Wells are deep. Water is cold. Nobody knows. Wells again. The water, the wells, all wells.",
    ]);
    assert!(index.names.is_empty(), "{:?}", forms(&index));
}

#[test]
fn acronyms_particles_titles_and_kinds() {
    let index = index(&[
        "The International Wellmen’s Union of the North (IWUN) met. The IWUN said so; they left.",
        "He read “The Wells of Old Harju” twice. It was Anna van der Meer who dug in Finland, and in Finland stayed.",
    ]);
    assert!(forms(&index).iter().any(|f| f.ends_with("(IWUN)") || *f == "IWUN"), "{:?}", forms(&index));
    assert_eq!(name(&index, "The Wells of Old Harju").kind, Kind::Title);
    assert_eq!(name(&index, "Anna van der Meer").kind, Kind::Person);
    assert_eq!(name(&index, "Finland").kind, Kind::Place);
}

#[test]
fn cases_of_russian_and_other_scripts() {
    let index =
        index(&["Вчера мы видели Варнова в саду. Потом Варнов ушёл, и о Варнове забыли. Это был Варнов."]);
    assert_eq!(name(&index, "Варнов").mentions.count(), 4, "{:?}", forms(&index));
}

#[test]
fn german_nouns_are_no_names() {
    let text = "Der Brunnen ist tief, und die Leute holen dort Wasser. Es war Karl Varn, der den Brunnen grub. \
                Die Leute nannten Varn einen Meister.";
    let record = record(text, Some("de"));
    let forms: Vec<&str> = record.names.iter().map(|c| c.form.as_str()).collect();
    assert_eq!(forms, ["Karl Varn", "Varn"]);
}

#[test]
fn capitals_throughout_and_shouting_say_nothing() {
    let index =
        index(&["THE WELLS OF THE NORTH ARE DRY AND KARL VARN IS DEAD.\nWELLS, WELLS AND WELLS AGAIN."]);
    assert!(index.names.is_empty(), "{:?}", forms(&index));
}

#[test]
fn the_owner_has_the_last_word() {
    let texts = [
        "We saw Karl Varn and Tom Hale and Ruth Bell. Then Karl Varn sang; Tom Hale slept with Ruth Bell near.",
    ];
    let owner = "merge:\n  Karl Varn: [Tom Hale]\ndrop: [Ruth Bell]\nrename: {Karl Varn: Charles Varn}\nkind: {Karl Varn: place}\n";
    let index = index_with(&texts, owner);
    assert_eq!(forms(&index).iter().filter(|f| f.contains("Varn")).count(), 1);
    assert!(!forms(&index).contains(&"Ruth Bell"));
    let varn = index.names.iter().find(|n| n.form.ends_with("Varn")).unwrap();
    assert_eq!((varn.mentions.count(), varn.kind), (4, Kind::Place));
}

#[test]
fn ten_thousand_documents_with_one_name() {
    let text = "We met Karl Varn there. Later Varn left, and we asked Varn why.";
    let one = record(text, Some("en"));
    let records: Corpus = std::iter::repeat_n(&one, 10_000).collect();
    let index = merge(records, &Owner::default());
    assert_eq!(name(&index, "Karl Varn").mentions.count(), 30_000);
}

#[test]
fn ten_thousand_bearers_of_one_family_name() {
    let texts: Vec<String> = (0..10_000)
        .map(|i| format!("We met Karl {}{} Varn there.", ["Ba", "Ko", "Mi"][i % 3], "lo".repeat(1 + i % 40)))
        .collect();
    let records: Vec<Record> = texts.iter().map(|t| record(t, Some("en"))).collect();
    assert!(!merge(records.iter().collect(), &Owner::default()).names.is_empty());
}

#[test]
fn of_a_reference_only_who_wrote_it_is_a_name() {
    let text = "It was Karl Varn who wrote it, as they say. See Mara Ilves, Wells and Weirs, Finland: Vesi, 1987. \
                They met in Finland.";
    let marked = Marked { text: text.to_owned(), ..Marked::default() };
    let at = text.find("Mara").unwrap()..text.find(" They met").unwrap();
    let cited = [postil::model::Passage::in_body(at)];
    let stretches = [(Stretch::Body, marked)];
    let count = |cited: &[_], form: &str| {
        let record = scan(&stretches, Some("en"), cited).record;
        record.names.iter().find(|n| n.form == form).map_or(0, |n| n.mentions.len())
    };
    assert_eq!((count(&[], "Weirs"), count(&cited, "Weirs")), (1, 0));
    assert_eq!(count(&cited, "Finland"), 1, "the one in the text");
    assert_eq!((count(&cited, "Mara Ilves"), count(&cited, "Karl Varn")), (1, 1));
}

#[test]
fn a_further_given_name_may_be_the_one_that_is_used() {
    let index = index(&[
        "We read of M. B. Orlen there, and of B. Orlen here. Then came John Ulrich Varn, whom Ulrich Varn’s friends knew.",
        "So said Peter Harju. But P. K. Kalm and K. T. Kalm are two, and K. Kalm is the second.",
    ]);
    assert_eq!(name(&index, "M. B. Orlen").mentions.count(), 2, "{:?}", forms(&index));
    assert_eq!(name(&index, "John Ulrich Varn").mentions.count(), 2);
    assert_eq!(name(&index, "P. K. Kalm").mentions.count(), 1);
}

#[test]
fn family_names_with_particles_are_one_with_their_bearers() {
    let index = index(&[
        "The host Brann Ó Varnaigh spoke. Later Ó Varnaigh asked, and Ó Varnaigh’s guests were still.",
        "They met Hafez al-Orlen there. Later Orlen left, and all saw that Orlen was glad.",
    ]);
    assert_eq!(name(&index, "Brann Ó Varnaigh").mentions.count(), 3, "{:?}", forms(&index));
    assert_eq!(name(&index, "Hafez al-Orlen").mentions.count(), 3, "{:?}", forms(&index));
}

#[test]
fn kinds_of_things_and_followers_are_no_persons() {
    let index = index(&[
        "Under Clause 7 and Clause 9, but not Clause 12, the sheds fall. By Clause 3 they stand. See A. Varnists. \
         The Varnists left. So the Varnists say.",
        "They wrote a license for the public. It is the General Public License. By the General Public License they may.",
        "Nobody liked State Varnism, or so State Varnism’s friends say.",
    ]);
    let forms = forms(&index);
    assert!(!forms.contains(&"Clause"), "{forms:?}");
    assert!(!index.names.iter().any(|n| n.kind == Kind::Person), "{forms:?}");
    assert_eq!(name(&index, "State Varnism").kind, Kind::Doctrine);
}

#[test]
fn two_names_of_one_thing_are_one_where_the_text_says_so() {
    let text = "In the Northern Union, also known as the RNV, it snows. The RNV is cold. The Northern Union is large.";
    let index = index(&[text]);
    assert_eq!(name(&index, "Northern Union (RNV)").mentions.count(), 4, "{:?}", forms(&index));
    let apart =
        self::index(&["We flew from the Northern Union (RNV) home. The RNV is cold, and the RNV is old."]);
    assert!(forms(&apart).contains(&"RNV"), "{:?}", forms(&apart));
}

#[test]
fn a_text_in_capitals_and_a_name_that_is_a_word_are_no_names() {
    let shouted =
        index(&["THE WELLS OF ORLEN ARE DEEP. NOBODY KNOWS WHO DUG THEM. ORLEN IS FAR FROM HERE, THEY SAY."]);
    assert!(shouted.names.is_empty(), "{:?}", forms(&shouted));
    let word = index(&[
        "The mason cut a stone. Stone was dear. A stone, they say. In the end Stone was all that was left.",
    ]);
    assert!(word.names.is_empty(), "{:?}", forms(&word));
}

#[test]
fn ten_thousand_texts_may_share_a_name() {
    let one = record("Here we met Anna Varn. Later they saw that Varn was glad.", Some("en"));
    let index = merge(std::iter::repeat_n(&one, 10_000).collect(), &Owner::default());
    assert_eq!(name(&index, "Anna Varn").mentions.by_document().count(), 10_000);
    assert_eq!(index.names.len(), 1);
}

#[test]
fn what_people_say_is_no_title() {
    let said = "“Dig no more, Sir Miller of Orlen,” said he. “We have dug wells for years.” ".repeat(2);
    let talk = ["“Why do you dig here all day?” they asked. ".repeat(60), said].concat();
    let titles = |text: &str| {
        let index = index(&[text]);
        index.names.into_iter().filter(|n| n.kind == Kind::Title).map(|n| n.form).collect::<Vec<_>>()
    };
    assert!(titles(&talk).is_empty(), "{:?}", titles(&talk));
    let read = "They read “Dig no More, Sir Miller” and “The Wells of Orlen” there.";
    assert_eq!(titles(read), ["Dig no More, Sir Miller", "The Wells of Orlen"]);
    assert!(titles("They say “No the Orlen Wells were dug by Varn” and laugh.").is_empty());
}

#[test]
fn what_a_body_is_for_is_in_its_name_and_what_a_war_is_against_is_not() {
    let index = index(&[
        "We joined the Society for Deep Wells. It was the Long War against Orlen, the Diggers’ Union said; all diggers \
         knew the International Wellmen’s Association.",
        "Under the Treaty Finland pays for Varn’s Army.",
    ]);
    let found = forms(&index);
    for form in [
        "Society for Deep Wells",
        "Long War",
        "Diggers’ Union",
        "International Wellmen’s Association",
        "Finland",
    ] {
        assert!(found.contains(&form), "{form}: {found:?}");
    }
    assert!(
        !found.iter().any(|f| f.contains("against") || f.contains("Varn") || f.starts_with("Treaty")),
        "{found:?}"
    );
}

#[test]
fn what_opens_sentences_and_what_is_shouted_are_no_names() {
    let index = index(&[
        "Deeply they dug. Deeply they slept. Digging is hard. Digging tires. Sink it. Sink it again. It had sinked.",
        "It is GOOD FOR ANY WELL here. We send for it; SEND WATER now. See Annex II and IV Annex V.",
        "The board says “DIG A WELL IN 1917: ORLEN AND VARN” and greets Y. R. Highness.",
    ]);
    assert!(index.names.is_empty(), "{:?}", forms(&index));
}

#[test]
fn a_given_name_alone_is_somebody_where_one_text_speaks_of_nobody_else() {
    let tale = "They waited for Alfred at the well. When Alfred came, the well was dry, and Alfred laughed. "
        .repeat(4);
    assert_eq!(name(&index(&[&tale]), "Alfred").kind, Kind::Person);
    let other = "We waited for Alfred, and then Alfred came.";
    assert!(!forms(&index(&[&tale, other])).contains(&"Alfred"), "whether it is the same nobody can say");
    assert!(!forms(&index(&[other])).contains(&"Alfred"));
}

#[test]
fn a_given_name_that_is_a_place_too_names_a_person_before_a_family_name() {
    let index = index(&[
        "It was Jordan Welbeck who dug it, not the others. Much later Jordan Welbeck came to Christian Europe again.",
    ]);
    assert_eq!(name(&index, "Jordan Welbeck").kind, Kind::Person);
    assert_eq!(name(&index, "Christian Europe").kind, Kind::Place);
}
