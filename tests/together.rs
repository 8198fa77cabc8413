//! The texts of an archive together: what links to what, what is tied and what is not, and which pages a change reaches.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use postil::build::{self, Options, Report};

/// An archive of these files, by their paths in it.
fn archive(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn built(folder: &tempfile::TempDir) -> Report {
    build::build(&Options { archive: folder.path().to_owned(), ..Options::default() }).unwrap()
}

fn page(folder: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join("site").join(path)).unwrap()
}

/// The files of the site with what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                out.insert(name, fs::read(path).unwrap());
            }
        }
    }
    out
}

/// Between `from` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}")) + from.len();
    let end = text[start..].find(to).unwrap_or_else(|| panic!("no {to}"));
    &text[start..start + end]
}

#[test]
fn the_state_counts_what_is_tied_and_names_what_is_not() {
    let cites = "Wells were dug by hand.[^1]\n\n[^1]: Judith Orme, *The Weir and Its Keepers* (London: Tarn Press, 1931), p. 4.\n";
    let folder = archive(&[
        (
            "seeds/a.md",
            &["# One\n\nSee [[Nowhere at all]] and [this](gone.md). A lost marker.[^9]\n\n", cites].concat(),
        ),
        (
            "seeds/a.yaml",
            "fixes:\n  - { quote: \"words that are not there\", heading: 2 }\nannotations:\n  - { quote: \"words of no text\", note: \"lost\" }\n  - { quote: \"dug by hand\", note: \"kept\" }\n",
        ),
        ("seeds/b.md", &["# Two\n\n", cites].concat()),
    ]);
    let report = built(&folder);
    let lost: Vec<usize> = report.state.documents[0].counts().iter().map(|c| c.0.lost).collect();
    assert_eq!(lost, [1, 0, 0, 1, 1], "{:?}", report.state.documents[0]);
    assert_eq!(report.state.documents[0].links_astray, 2);
    assert!(report.state.documents[1].counts().iter().all(|c| c.0.lost == 0));
    let wanted: Vec<_> = report.state.reading_list.iter().map(|w| (w.title.as_str(), w.documents)).collect();
    assert_eq!(wanted, [("The Weir and Its Keepers", 2)]);

    let status = page(&folder, "status.html");
    let row = between(&status, "<tr id=\"_a\">", "</tr>");
    assert_eq!(row.matches("class=\"doubt\"").count(), 4, "{row}");
    assert!(between(&status, "id=\"_wanted\"", "</section>").contains("The Weir and Its Keepers"));
    assert!(between(&status, "Links that lead nowhere", "</ul>").contains("Nowhere at all"));
}

#[test]
fn a_work_that_is_a_text_of_the_archive_is_not_wanted() {
    let folder = archive(&[
        (
            "seeds/a.md",
            "# One\n\nA claim.[^1]\n\n[^1]: Judith Orme, *The Weir and Its Keepers* (London: Tarn Press, 1931), p. 4.\n",
        ),
        ("seeds/weir.md", "---\ntitle: The Weir and Its Keepers\nauthors: [Judith Orme]\n---\nThe weir.\n"),
    ]);
    assert!(built(&folder).state.reading_list.is_empty());
    assert!(!page(&folder, "status.html").contains("_wanted"));
}

#[test]
fn a_cited_page_of_a_text_of_the_archive_is_led_to() {
    let page_of = |n: usize| {
        format!("{}\n\n{n}\n\u{c}", "The weir was mended by hand, and the keepers sang.\n".repeat(20))
    };
    let weir: String = (11..17).map(page_of).collect();
    let folder = archive(&[
        (
            "seeds/a.md",
            "# One\n\nA claim.[^1] Another.[^2] A third.[^3]\n\n[^1]: Judith Orme, *The Weir and Its Keepers* (London: Tarn Press, 1931).\n\n[^2]: Orme, p. 14.\n\n[^3]: Orme, p. 99.\n",
        ),
        ("seeds/weir.txt", &weir),
        ("seeds/weir.yaml", "title: The Weir and Its Keepers\nauthors: [Judith Orme]\n"),
    ]);
    built(&folder);
    let text = page(&folder, "texts/a.html");
    assert!(page(&folder, "texts/weir.html").contains("id=\"p14\""));
    assert!(text.contains("href=\"weir.html#p14\""), "the page that is cited");
    assert!(
        !text.contains("#p99") && text.contains("href=\"weir.html\""),
        "a page that the text does not have"
    );
}

#[test]
fn names_in_brackets_lead_to_one_text_or_are_told() {
    let folder = archive(&[
        (
            "seeds/a.md",
            "# The Round\n\nSee [[The Answer]], [[Twice]] and [[Never]]. And [[The Round]] itself.\n",
        ),
        ("seeds/b.md", "# The Answer\n\nAgainst [[the round]].\n"),
        ("seeds/c.md", "# Twice\n\nOnce.\n"),
        ("seeds/d.md", "# Twice\n\nAgain.\n"),
    ]);
    let report = built(&folder);
    let told: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|d| d.code == postil::diagnostic::Code::LinkAstray)
        .map(|d| d.message.to_string())
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Never") || told[1].contains("Never"), "{told:?}");
    // Each leads to the other, and says so.
    assert!(page(&folder, "texts/a.html").contains("href=\"b.html\""));
    assert!(page(&folder, "texts/b.html").contains("href=\"a.html\""));
    // What leads nowhere stays as it is written.
    assert!(page(&folder, "texts/a.html").contains("[[Never]]"));
}

#[test]
fn a_readers_note_means_the_texts_that_a_text_would() {
    let folder = archive(&[
        ("seeds/a.md", "# The Round\n\nNothing is said of it here.\n"),
        ("seeds/b.md", "---\naliases: [old-answer]\n---\n# The Answer\n\n## Its End\n\nIt ends.\n"),
        (
            "seeds/a.yaml",
            "annotations:\n  - { quote: \"Nothing is said\", note: \"See [[the answer#its end]], [[Old Answer|that]] and [[Nobody]].\" }\n",
        ),
    ]);
    built(&folder);
    let text = page(&folder, "texts/a.html");
    assert!(
        text.contains("href=\"../texts/b.html#its-end\"")
            && text.contains("href=\"../texts/b.html\">that</a>")
    );
    let all = page(&folder, "annotations.html");
    assert!(all.contains("href=\"texts/b.html#its-end\"") && all.contains("Nobody"));
}

#[test]
fn a_changed_text_changes_the_pages_that_show_something_of_it() {
    let text = |n: usize| {
        format!(
            "---\ntitle: Report {n}\ntags: [t{n}]\n---\nIn the year of the drought the well of farm {n} was \
                 dug by Anna Lind{n}. Later Anna Lind{n} left it.\n"
        )
    };
    let sources: Vec<(String, String)> = (0..30).map(|n| (format!("seeds/r{n:02}.md"), text(n))).collect();
    let sources: Vec<(&str, &str)> = sources.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let folder = archive(&sources);
    built(&folder);
    let before = files(&folder.path().join("site"));
    let changed = text(7).replace("left it", "came back to it");
    fs::write(folder.path().join("seeds/r07.md"), changed).unwrap();
    built(&folder);
    let after = files(&folder.path().join("site"));
    let differ: Vec<&String> =
        after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).map(|f| f.0).collect();
    let texts: Vec<&&String> =
        differ.iter().filter(|p| p.starts_with("texts/") || p.starts_with("names/")).collect();
    let of_it = |p: &&&String| p.contains("r07") || p.contains("lind7") || p.ends_with("index.html");
    assert!(texts.iter().all(of_it), "{texts:?}");
    assert!(differ.len() < 20, "{} files: {differ:?}", differ.len());
}
