//! Kept for years: a site says from what it was built, all of it, and what was changed since.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// One of everything that shapes a site.
const FILES: [(&str, &str); 11] = [
    ("seeds/essay.md", "# An Essay\n\nWords about mills.\n"),
    ("seeds/essay.yaml", "tags: [mills]\n"),
    ("archive.yaml", "title: An Archive\nlang: en\n"),
    ("names.yaml", "omit: [Mill]\n"),
    ("works.bib", "@book{a, author = {Miller, Anna}, title = {A Book of Mills}, year = {1901}}\n"),
    ("works.yaml", "b:\n  type: book\n  title: Of Weirs\n  author: Weir, Bert\n  date: 1902\n"),
    ("works.json", "[]\n"),
    ("strings/en.yaml", "notes: Remarks\n"),
    ("templates/parts/own.html", "<p>own</p>\n"),
    ("static/own.css", "p { color: red }\n"),
    ("annotations/mine.jsonld", "[]\n"),
];

fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn postil(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postil")).args(arguments).current_dir(folder).output().unwrap()
}

fn sources(folder: &Path) -> BTreeMap<String, String> {
    let manifest = fs::read(folder.join("site/postil.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    serde_json::from_value(manifest["sources"].clone()).unwrap()
}

#[test]
fn a_site_names_all_that_shaped_it_and_what_was_changed_since() {
    let folder = archive();
    let built = postil(folder.path(), &["build"]);
    assert!(built.status.code() < Some(2), "{built:?}");
    let before = sources(folder.path());
    let mut expected: Vec<&str> = FILES.iter().map(|f| f.0).collect();
    expected.sort_unstable();
    assert_eq!(before.keys().collect::<Vec<_>>(), expected);

    let asked = ["verify", "--archive", ".", "--format", "json"];
    let changed = |output: &Output| {
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        serde_json::from_value::<Vec<String>>(told["changed_sources"].clone()).unwrap()
    };
    let output = postil(folder.path(), &asked);
    assert_eq!((output.status.code(), changed(&output)), (Some(0), Vec::new()));
    for (name, text) in FILES {
        let path = folder.path().join(name);
        fs::write(&path, [text, "\n"].concat()).unwrap();
        assert_eq!(changed(&postil(folder.path(), &asked)), [name]);
        fs::remove_file(&path).unwrap();
        assert_eq!(changed(&postil(folder.path(), &asked)), [name]);
        fs::write(&path, text).unwrap();
    }
    // The site itself is as it was built, whatever became of its sources.
    fs::remove_dir_all(folder.path().join("seeds")).unwrap();
    assert_eq!(postil(folder.path(), &asked).status.code(), Some(0));
}

#[test]
fn a_manifest_makes_nobody_look_outside_of_the_archive() {
    let folder = archive();
    postil(folder.path(), &["build"]);
    let path = folder.path().join("site/postil.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(folder.path().join("secret"), "words").unwrap();
    let digest = postil::digest::of(b"words");
    let inner = folder.path().join("seeds");
    fs::write(
        &path,
        text.replacen("\"sources\": {", &format!("\"sources\": {{ \"../secret\": \"{digest}\","), 1),
    )
    .unwrap();
    let changed = postil::publish::changed_sources(&folder.path().join("site"), &inner).unwrap();
    assert!(changed.contains(&"../secret".to_owned()), "a file outside was read: {changed:?}");
}
