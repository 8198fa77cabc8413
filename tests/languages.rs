//! Pages speak the reader's language: every word that is not the source's own comes from `strings/`.
//!
//! A language is made up in which every text stands in brackets, and an archive of Cyrillic texts with as many faults as one
//! can have. What is left on its pages in Latin letters outside brackets was written by a template or by the program.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// Latin words that are no language's: names of formats and of the program, and measures.
const NO_LANGUAGE: [&str; 14] = [
    "postil",
    "Markdown",
    "BibTeX",
    "CSL",
    "RIS",
    "JSON",
    "LD",
    "KB",
    "Esc",
    "UTF",
    "PDF",
    "windows",
    "seeds",
    "annotations",
];

/// Every text of the English strings in brackets.
fn bracketed() -> Value {
    let english = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("strings/en.yaml")).unwrap();
    let english: Map<String, Value> = serde_yaml::from_str(&english).unwrap();
    let bracket = |text: &Value| json!(format!("⟦{}⟧", text.as_str().unwrap()));
    let said = english.into_iter().map(|(key, saying)| {
        let saying = match &saying {
            _ if ["digits", "decimal"].contains(&key.as_str()) => saying,
            Value::Object(texts) => texts.iter().map(|(n, text)| (n.clone(), bracket(text))).collect(),
            text => bracket(text),
        };
        (key, saying)
    });
    Value::Object(said.collect())
}

/// What a page shows or says of itself: its text, and the attributes that are read out. Code is nobody's language.
fn spoken(html: &str) -> Vec<String> {
    const ATTRIBUTES: [&str; 5] =
        [" aria-label=\"", " title=\"", " alt=\"", " placeholder=\"", " data-label=\""];
    let mut out = Vec::new();
    let mut silent: Option<&str> = None;
    for piece in html.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let name = tag.split([' ', '\n', '/']).find(|n| !n.is_empty()).unwrap_or_default();
        for attribute in ATTRIBUTES {
            let value = tag.split_once(attribute).and_then(|(_, rest)| rest.split('"').next());
            out.extend(value.map(str::to_owned));
        }
        match silent {
            Some(open) if tag.strip_prefix('/') == Some(open) => silent = None,
            Some(_) => continue,
            None if ["script", "style", "code"].contains(&name) && !tag.starts_with('/') => {
                silent = Some(name);
                continue;
            }
            None => {}
        }
        out.push(text.to_owned());
    }
    out
}

/// A text without what stands in brackets, however deep.
fn outside(text: &str) -> String {
    let mut depth = 0;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The Latin words of a text that some language would have to say otherwise. Names of files are none.
fn foreign(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || "“”«»(),;·×`".contains(c));
    let no_file =
        words.filter(|word| !word.contains(['/', '_']) && !word.trim_end_matches(['.', ':']).contains('.'));
    let letters = no_file.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    let latin = letters.filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()));
    latin.filter(|word| !NO_LANGUAGE.contains(word)).map(str::to_owned).collect()
}

fn write(archive: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = archive.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Texts in Cyrillic with every kind of fault that a small file can have.
fn archive(archive: &Path) {
    let words = "Мельник жил у реки и слушал воду, пока она не ушла. ".repeat(12);
    let text = format!(
        "---\nязык: да\ndate: вчера\ntitle: Мельница\ntitle: Мельница у реки\nlang: xxxxxxxxxxxx\npublish: maybe\nform: stone\nfixes:\n  - {{ quote: 'нет таких слов', \
         keep: true }}\n  - {{ quote: 'Мельник', keep: true }}\n  - {{ quote: 'Плотина', heading: 9 }}\nannotations: [{{ quote: 'слова, которых нет', note: 'Где?' }}, 3]\n---\n\
         # Мельница у реки\n\n{words}[^1] И еще слово.[^3]\n\n![картина](нет.png) [ссылка](нет.txt) [другая](javascript:1) [[Никто]] [[Пустота]]\n\n\
         <script>плохо()</script> <blink>мигает</blink> \u{202E}\u{200B}знаки\n\n{words}\n\n[^1]: И. Мельников, *Вода и камень* (Москва, 1907), с. 12.\n[^2]: Там же.\n"
    );
    write(archive, "seeds/a.md", &text);
    write(archive, "seeds/b.md", text.replace("title: Мельница у реки\n", "title: Вторая\n"));
    write(
        archive,
        "seeds/c.txt",
        format!(
            "О колодцах\n\n{words}[1] {words}[2]\n\n{words} [7]\n\n[1] И. Мельников, Вода и камень, с. 3.\n[2] Там же, с. 4.\n[5] Без знака.\n"
        ),
    );
    write(archive, "seeds/c.yaml", "pages: 9-12\ntags: [вода]\nauthors: [Анна Речная]\ncolumns: 3\n");
    write(archive, "seeds/d.md", "# Четвертый\n\nСлово.\n");
    write(archive, "seeds/d.yaml", "a: b: c\n");
    let page = |n: usize| format!("{words}{n} слово и дру-\nгое{n}\n\n\u{c}");
    write(
        archive,
        "seeds/e.txt",
        (1..8).map(page).collect::<String>() + "1 И. Мельников, с. 1.\n\n12\n\n13\n\n14\n",
    );
    write(archive, "seeds/f.txt", b"%PDF-1.4\n\xE2\xE3\xCF\xD3");
    write(archive, "seeds/g.txt", "");
    write(archive, "seeds/h.yaml", "title: Никто\n");
    write(archive, "seeds/i.txt", [0xCC, 0xE5, 0xEB, 0xFC, 0xED, 0xE8, 0xEA, 0x20].repeat(40));
    write(archive, "seeds/j.png", b"\x89PNG\r\n\x1a\n");
    write(archive, "works.bib", "@book{a, author = {Мельников}}\n@book{b,\n  title = {Вода\n");
    write(archive, "names.yaml", "merge: [река]\nmill: 1\n");
    write(
        archive,
        "annotations/a.json",
        "[{\"target\": 3}, 5, {\"id\": \"urn:x\", \"target\": {\"source\": \"seeds/нет.md\"}, \"bodyValue\": \"Где?\"}]",
    );
    write(archive, "annotations/b.json", "нет");
    write(archive, "archive.yaml", "title: Бумаги\nlang: xx\n");
    write(archive, "strings/xx.yaml", bracketed().to_string());
}

#[test]
fn words_outside_brackets_are_found() {
    let html =
        "<p title=\"Told here\">⟦said ⟦twice⟧⟧ seeds/a.md: <code>not this</code> while <b>building</b></p>";
    let found: Vec<String> = spoken(html).iter().flat_map(|text| foreign(&outside(text))).collect();
    assert_eq!(found, ["Told", "here", "while", "building"]);
}

#[test]
fn no_page_says_a_word_that_is_not_in_the_strings() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    archive(folder.path());
    let mut postil = std::process::Command::new(env!("CARGO_BIN_EXE_postil"));
    let output =
        postil.args(["build", "--no-cache", "--out"]).arg(&site).arg(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
    // What the terminal says is not in brackets: it is English.
    assert!(!told.contains('⟦') && told.matches(": ").count() > 40, "{told}");
    let mut faults = Vec::new();
    let mut pages = 0;
    for entry in walkdir::WalkDir::new(&site).into_iter().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "html") {
            continue;
        }
        pages += 1;
        let html = fs::read_to_string(path).unwrap();
        for text in spoken(&html) {
            let words = foreign(&outside(&text));
            if !words.is_empty() {
                faults
                    .push(format!("{}: {words:?} in {text:?}", path.strip_prefix(&site).unwrap().display()));
            }
        }
    }
    assert!(pages > 20, "{pages} pages");
    let state = fs::read_to_string(site.join("status.html")).unwrap();
    assert!(state.matches("<span class=\"warning\">").count() > 20, "{state}");
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} of {pages} pages:\n{}", faults.len(), faults.join("\n"));
}
