//! The search: its files, and what a reader's browser finds with them (`tests/browser/search.mjs`).
//!
//! The browser part needs what `tests/browser.rs` needs, and is left out in the same way.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::process::Command;

use postil::build::search::build;
use postil::index::search::file::Script;
use postil::index::search::item::{Block, Card, Item, Part};
use postil::index::search::words::each_word;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// Texts of our own in ten languages; what comes after `---` is no part of the text.
const TEXTS: &[(&str, &str)] = &[
    (
        "lamps.md",
        "---\ntitle: Of Lamps\nauthors: [Ada Example]\ndate: 2001\nlang: en\ntags: [light]\n---\n\n# Of Lamps\n\nBefore the mains came, a lamp was filled with kerosene every evening.[^1] The keeper of a lighthouse trimmed each wick by hand, and wrote down how much it drank.\n\n## Mantles\n\nThe gas mantle glowed white. Nobody who had read by a candle went back to it.\n\n[^1]: Mantles of later lamps were steeped in thorium, and some in zirconium. Orlando Quillfeather, *Wicks and Keepers* (London: Harrow Press, 1931), p. 12.\n",
    ),
    (
        "coast.md",
        "---\ntitle: Keepers of the Coast\nauthors: [Ben Sample]\ndate: 1993\nlang: en\ntags: [shores]\nannotations: [{ quote: \"low tide\", note: \"A marginal remark of a reader.\" }]\n---\n\n# Keepers of the Coast\n\nA lighthouse keeper walked down to the shore at low tide. Orlando Quillfeather walked with him. The log of the house tells of ships, of fog, and of the day when the keeper went away.\n\nThe lens was carried off, and the tower is not lit.\n",
    ),
    (
        "ecluses.md",
        "---\ntitle: Les Écluses\nlang: fr\n---\n\n# Les Écluses\n\nLe bateau attend que l'écluse se remplisse. L'éclusier ferme les portes, et l'eau monte lentement.\n",
    ),
    (
        "strasse.md",
        "---\ntitle: Die Straße\nlang: de\n---\n\n# Die Straße\n\nAm Abend ging ein Mann durch die Straße und zündete jede Laterne an. Die Häuser wurden heller. In der Not schrieb er eine Note.\n",
    ),
    (
        "elka.md",
        "---\ntitle: Ёлка в лесу\nlang: ru\n---\n\n# Ёлка в лесу\n\nЁлка стояла среди других деревьев. Зимой под деревом лежал снег, а весной пели птицы.\n",
    ),
    (
        "logos.md",
        "---\ntitle: Ὁ λόγος\nlang: el\n---\n\n# Ὁ λόγος\n\nὉ λόγος τοῦ ἀνθρώπου ἐστὶν μακρός, καὶ ἡ νὺξ βραχεῖα.\n",
    ),
    (
        "todai.md",
        "---\ntitle: 灯台の話\nlang: ja\n---\n\n# 灯台の話\n\n灯台守は毎晩、海を見ていた。船は遠くを通り、霧の中で鐘を鳴らした。\n",
    ),
    (
        "library.md",
        "---\ntitle: 图书馆\nlang: zh\n---\n\n# 图书馆\n\n图书馆的门每天早上八点打开。老人坐在窗边看书，図書館とも書く。\n",
    ),
    (
        "manara.md",
        "---\ntitle: المنارة\nlang: ar\n---\n\n# المنارة\n\nكانت المنارة القديمة تضيء البحر كل ليلة.\n",
    ),
    (
        "migdalor.md",
        "---\ntitle: מגדלור\nlang: he\n---\n\n# מגדלור\n\nהמגדלור עמד על הצוק, ואור יצא ממנו אל הים. מגדלור אחר כבה.\n",
    ),
    ("prakash.md", "---\ntitle: प्रकाश\nlang: hi\n---\n\n# प्रकाश\n\nपुराने घर में प्रकाश कम था और किताबें बहुत थीं।\n"),
];

/// Texts of words that repeat, so that phrases of them stand in some and not in others.
fn fillers() -> impl Iterator<Item = (String, String)> {
    const SETS: [(&str, &str); 10] = [
        ("en", "river stone bridge over the old mill water runs under and stands by a field of barley"),
        ("fr", "rivière pierre pont sur le vieux moulin eau coule sous et près du champ d'orge"),
        ("de", "Fluss Stein Brücke über die alte Mühle Wasser läuft unter und steht am Feld"),
        ("ru", "река камень мост над старой мельницей вода течёт под и стоит у поля"),
        ("ja", "川石橋上古水車流下立野原麦畑道村人"),
        ("el", "ποταμός πέτρα γέφυρα πάνω από τον παλιό μύλο νερό τρέχει κάτω και στέκει"),
        ("es", "río piedra puente sobre el viejo molino agua corre bajo y está junto al campo"),
        ("ar", "نهر حجر جسر فوق الطاحونة القديمة ماء يجري تحت وقف عند حقل"),
        ("he", "נהר אבן גשר מעל הטחנה הישנה מים זורמים מתחת ועומד ליד שדה"),
        ("pl", "rzeka kamień most nad starym młynem woda płynie pod i stoi przy polu"),
    ];
    let mut state = 7_u32;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % n
    };
    (0..50).map(move |i| {
        let (lang, words) = SETS[i % SETS.len()];
        let words: Vec<String> = match lang {
            "ja" => words.chars().map(String::from).collect(),
            _ => words.split(' ').map(str::to_owned).collect(),
        };
        let space = if lang == "ja" { "" } else { " " };
        let mut text = format!("---\ntitle: Filler {i}\nlang: {lang}\n---\n\n");
        for _ in 0..6 {
            // Long enough that paragraphs are cut into passages.
            let count = 60 + random(300);
            let sentence: Vec<&str> = (0..count).map(|_| words[random(words.len())].as_str()).collect();
            text.extend([sentence.join(space).as_str(), if lang == "ja" { "。" } else { "." }, "\n\n"]);
        }
        (format!("filler-{i}.md"), text)
    })
}

fn postil(archive: &Path) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_postil")).arg("build").arg(archive).output().expect("postil runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
}

fn archive(folder: &Path, config: &str) {
    let seeds = folder.join("seeds");
    std::fs::create_dir_all(&seeds).unwrap();
    std::fs::write(folder.join("archive.yaml"), config).unwrap();
    let texts = TEXTS.iter().map(|(name, text)| (name.to_string(), text.to_string()));
    for (name, text) in texts.chain(fillers()).chain([("book.md".to_owned(), book())]) {
        std::fs::write(seeds.join(name), text).unwrap();
    }
    postil(folder);
}

/// A text of more passages than a file of the index holds, with a word at its end that nothing else has.
fn book() -> String {
    let paragraph = "The lockkeeper wrote down every barge that came by, and what it carried. ".repeat(12);
    let chapters: String = (0..160).map(|i| format!("## Day {i}\n\n{paragraph}\n\n")).collect();
    format!("---\ntitle: A Log of Barges\nlang: en\n---\n\n{chapters}The last barge carried turmeric.\n")
}

fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    each_word(text, |word, _| out.push(word.to_owned()));
    out
}

/// Every paragraph of the fillers as words, or as signs where its script sets no spaces: what the browser part compares
/// with what it finds.
fn truth() -> String {
    let text = |(name, text): (String, String)| {
        let spaceless = text.contains("lang: ja");
        let body = text.splitn(3, "---").nth(2).unwrap_or_default();
        let split = |block: &str| -> Vec<String> {
            if spaceless { block.trim().chars().map(String::from).collect() } else { words(block) }
        };
        let blocks: Vec<Vec<String>> =
            body.split(if spaceless { "。" } else { "\n\n" }).map(split).filter(|w| !w.is_empty()).collect();
        let url = format!("texts/{}.html", name.trim_end_matches(".md"));
        serde_json::json!({ "url": url, "between": if spaceless { "" } else { " " }, "blocks": blocks })
    };
    serde_json::to_string(&fillers().map(text).collect::<Vec<_>>()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target)
        } else {
            let _bytes = std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn a_reader_finds_what_is_there() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let modules = Path::new(REPOSITORY).join("tests/browser/node_modules/playwright-core");
    if !Path::new(&browser).exists()
        || !modules.exists()
        || Command::new("node").arg("--version").output().is_err()
    {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser part cannot run");
        eprintln!("SKIPPED, the browser part of the search: no browser, node or `npm ci`");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path(), "title: Lights\n");
    let site = folder.path().join("site");
    let truth_file = folder.path().join("truth.json");
    std::fs::write(&truth_file, truth()).unwrap();
    let broken = folder.path().join("broken");
    copy(&site, &broken);
    copy(&site, &broken.join("no-index"));
    std::fs::remove_dir_all(broken.join("no-index/search")).unwrap();
    for entry in std::fs::read_dir(broken.join("search/0")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with('t') {
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        } else if name == "x0.js" {
            std::fs::remove_file(&path).unwrap();
        }
    }
    node("search.mjs", &[&site, &truth_file, &broken]);
    let firefox = std::env::var("FIREFOX").unwrap_or_else(|_| "/usr/bin/firefox-esr".to_owned());
    if Path::new(&firefox).exists() {
        node("search-firefox.mjs", &[&site]);
    } else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "there is no Firefox");
        eprintln!("SKIPPED, the search in Firefox: no browser");
    }
}

/// Runs a script of `tests/browser`, and fails with what it says.
fn node(script: &str, arguments: &[&Path]) {
    let path = Path::new(REPOSITORY).join("tests/browser").join(script);
    let output = Command::new("node").arg(path).args(arguments).output().expect("node runs");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn an_archive_without_search_has_none_of_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("seeds")).unwrap();
    std::fs::write(folder.path().join("seeds/a.md"), TEXTS[0].1).unwrap();
    std::fs::write(folder.path().join("archive.yaml"), "search: false\n").unwrap();
    postil(folder.path());
    let site = folder.path().join("site");
    assert!(!site.join("search").exists() && !site.join("search.html").exists());
    assert!(!site.join("static/search.js").exists());
    assert!(!std::fs::read_to_string(site.join("texts/a.html")).unwrap().contains("search"));
}

/// The index of some items, by path.
fn index(items: &[Item]) -> BTreeMap<String, Vec<u8>> {
    let urls: Vec<String> = items.iter().map(|i| i.card.url.clone()).collect();
    let mut files = BTreeMap::new();
    let Ok(()) = build(
        &urls,
        urls.len(),
        |i, counter| Ok::<_, Infallible>(counter.count(items[i].clone())),
        |Script { path, bytes }| {
            assert!(files.insert(path, bytes).is_none(), "two files of one name");
        },
    );
    files
}

fn items(count: usize) -> Vec<Item> {
    let item = |i: usize| {
        let text =
            format!("The {i} of many texts, each with words such as w{} and w{}.", i * 7 % 40, i * 13 % 40);
        let block = Block { part: Part::Body, text, id: format!("p-{i}") };
        let card = Card {
            url: format!("texts/{i}.html"),
            title: format!("Text {i}"),
            lang: Some("en".into()),
            ..Card::default()
        };
        Item { card, blocks: vec![block] }
    };
    (0..count).map(item).collect()
}

#[test]
fn the_same_items_in_any_order_give_the_same_bytes() {
    let items = items(300);
    let mut turned = items.clone();
    turned.reverse();
    assert_eq!(index(&items), index(&turned));
}

#[test]
fn a_change_touches_the_files_of_one_segment() {
    let before = items(6000);
    let mut after = before.clone();
    after[1234].blocks[0].text.push_str(" And a word more.");
    let card = Card { url: "texts/new.html".into(), title: "New".into(), ..Card::default() };
    after.push(Item { card, ..Item::default() });
    let (before, after) = (index(&before), index(&after));
    let changed: Vec<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|f| f.0).collect();
    let mut segments: Vec<&str> =
        changed.iter().filter_map(|p| p.split('/').nth(1)).filter(|s| !s.contains('.')).collect();
    segments.dedup();
    assert!(segments.len() <= 2, "{changed:?}");
    assert!(after.len() < 150, "{} files for things as small as names", after.len());
    assert!(
        after
            .keys()
            .filter_map(|p| p.split('/').nth(1))
            .filter(|s| !s.contains('.'))
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            > 2
    );
}

#[test]
fn a_document_of_ten_megabytes_is_cut_into_files() {
    let long = "A sentence that is said again and again, a great many times. ".repeat(160_000);
    let text = Block { part: Part::Body, text: long, id: String::new() };
    let card = Card { url: "texts/book.html".into(), title: "Book".into(), ..Card::default() };
    let book = Item { card, blocks: vec![text] };
    let files = index(&[book, Item::default()]);
    // No file is larger for it: a place in it is shown without the rest.
    assert!(files.keys().filter(|path| path.starts_with("search/0/x")).count() > 50);
    let largest = files.iter().filter(|f| f.0.starts_with("search/0/x")).map(|f| f.1.len()).max();
    assert!(largest < Some(200_000), "{largest:?}");
    assert!(index(&[]).contains_key("search/index.js"));
}
