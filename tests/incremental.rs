//! A site that grew with its archive, edit by edit, is the site that a first build makes of the same archive, byte for
//! byte; and where nothing changed, nothing is done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use postil::build::{self, Options, Report};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Something that a person does to an archive, or that befalls it.
#[derive(Clone, Debug)]
enum Edit {
    Document(usize, usize),
    Sidecar(usize, Option<usize>),
    Rename(usize, usize),
    Delete(usize),
    Annotation(Option<usize>),
    Template(Option<usize>),
    Static(Option<usize>),
    Strings(Option<usize>),
    Archive(Option<usize>),
    Names(bool),
    Works(bool),
    Image(bool),
    /// The time changes, and nothing else.
    Touch(usize),
    /// A page of the site is changed or deleted.
    Page(usize, bool),
    /// The cache is deleted, cut or another program's.
    Cache(usize),
}

fn edits() -> impl Strategy<Value = Edit> {
    let which = 0..5_usize;
    let text = 0..6_usize;
    let maybe = proptest::option::weighted(0.8, 0..3_usize);
    prop_oneof![
        6 => (which.clone(), text).prop_map(|(d, t)| Edit::Document(d, t)),
        2 => (which.clone(), maybe.clone()).prop_map(|(d, s)| Edit::Sidecar(d, s)),
        1 => (which.clone(), which.clone()).prop_map(|(a, b)| Edit::Rename(a, b)),
        2 => which.clone().prop_map(Edit::Delete),
        1 => maybe.clone().prop_map(Edit::Annotation),
        1 => maybe.clone().prop_map(Edit::Template),
        1 => maybe.clone().prop_map(Edit::Static),
        1 => maybe.clone().prop_map(Edit::Strings),
        1 => maybe.prop_map(Edit::Archive),
        1 => any::<bool>().prop_map(Edit::Names),
        1 => any::<bool>().prop_map(Edit::Works),
        1 => any::<bool>().prop_map(Edit::Image),
        1 => which.clone().prop_map(Edit::Touch),
        2 => (which.clone(), any::<bool>()).prop_map(|(d, gone)| Edit::Page(d, gone)),
        1 => which.prop_map(Edit::Cache),
    ]
}

/// Texts that speak of each other, of works and of persons, and share a passage.
const TEXTS: [&str; 6] = [
    "# The Mill\n\nMargarete Quandt went to the mill of Ostrand.[^1] See [[The Weir]] and [the lock](doc1.md).\n\n\
     [^1]: Quandt, Margarete. *The Water Laws of Ostrand*. Leipzig: Brauer, 1931, p. 12.\n",
    "# The Weir\n\nThe weir at Ostrand was built in 1784.[^1] Margarete Quandt wrote of it.[^2] ![plan](plan.svg)\n\n\
     [^1]: Ibid.\n\n[^2]: Quandt, *The Water Laws of Ostrand*, p. 40.\n",
    "THE LOCK\n\nIn the spring of that year the carriers went along the river as they had always gone, and nobody who \
     saw them thought of asking where the road behind the mill would lead them.[1]\n\n[1] As Quandt says, p. 3.\n",
    "---\ntitle: The Road\ntags: [roads, rivers]\naliases: [way]\n---\nThey said that in the spring of that year the \
     carriers went along the river as they had always gone, and nobody who saw them thought of asking where the road \
     behind the mill would lead them.\n\n## Part II\n\nSee part II of *The Mill*, by Jonas Weller.\n",
    "# The Road\n\nAnother text of one title; see [[The Road]] and [nothing](gone.md).\n\n```rust\nfn main() {}\n```\n\n\
     <details open><summary>More</summary><p title=\"x\">Press <kbd>K</kbd>[^1]</p></details>\n\n\
     Press <kbd>K</kbd>.\n\n| a | b |\n|:--|--:|\n| 1 | *2* |\n\n1. one\n2. - [x] two\n\n[^1]: A key.\n",
    "",
];

struct Archive(tempfile::TempDir);

impl Archive {
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn document(&self, which: usize) -> PathBuf {
        self.path(
            ["seeds/doc0.md", "seeds/doc1.md", "seeds/doc2.txt", "seeds/sub/doc3.md", "seeds/ü 4.md"][which],
        )
    }

    fn write(&self, path: &Path, text: Option<&str>) {
        match text {
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            None => drop(fs::remove_file(path)),
        }
    }

    fn apply(&self, edit: &Edit) {
        let one_of = |texts: [&'static str; 3], which: Option<usize>| which.map(|i| texts[i]);
        let put = |name: &str, text: Option<&str>| self.write(&self.path(name), text);
        match *edit {
            Edit::Document(d, t) => self.write(&self.document(d), Some(TEXTS[t])),
            Edit::Sidecar(d, s) => {
                let texts = [
                    "title: Another Title\nmine: {a: [1, 2.5, null]}\nannotations: [{quote: the mill, note: so}]\n",
                    "publish: false\n",
                    "tags: [roads]\nslug: the-road\nfixes: [{quote: nowhere to be found, keep: true}]\n",
                ];
                self.write(&self.document(d).with_extension("yaml"), one_of(texts, s));
            }
            Edit::Rename(a, b) => drop(fs::rename(self.document(a), self.document(b))),
            Edit::Delete(d) => self.write(&self.document(d), None),
            Edit::Annotation(a) => {
                let of = |quote: &str| {
                    format!(
                        "{{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:x:1\", \"type\": \
                         \"Annotation\", \"target\": {{\"source\": \"seeds/doc0.md\", \"selector\": {{\"type\": \
                         \"TextQuoteSelector\", \"exact\": \"{quote}\"}}}}}}"
                    )
                };
                let quotes = ["went to the mill", "built in 1784", "nowhere at all"];
                put("annotations/mine.jsonld", a.map(|a| of(quotes[a])).as_deref());
            }
            Edit::Template(t) => {
                let texts = ["{{ form }}", "<p>{{ form }}</p>", "{{ form }}, {{ mentions }}"];
                put("templates/name.html", one_of(texts, t));
            }
            Edit::Static(s) => put("static/postil.css", one_of(["a{}", "b{}", "c{}"], s)),
            Edit::Strings(s) => {
                put("strings/en.yaml", one_of(["tags: Subjects\n", "tags: Topics\n", "search: Find\n"], s));
            }
            Edit::Archive(a) => {
                let texts = ["title: Mine\n", "search: false\n", "base_url: https://example.org\nlang: de\n"];
                put("archive.yaml", one_of(texts, a));
            }
            Edit::Names(there) => put("names.yaml", there.then_some("not: [Ostrand]\n")),
            Edit::Works(there) => {
                let text = "@book{q, author = {Quandt, Margarete}, title = {The Water Laws of Ostrand}, year = 1932}\n";
                put("works.bib", there.then_some(text));
            }
            Edit::Image(there) => put("seeds/plan.svg", there.then_some("<svg/>")),
            Edit::Touch(d) => {
                if let Ok(file) = fs::File::options().write(true).open(self.document(d)) {
                    file.set_modified(SystemTime::now() - Duration::from_secs(1_000)).unwrap();
                }
            }
            Edit::Page(d, gone) => {
                let pages =
                    ["site/index.html", "site/texts/doc0.html", "site/archive.json", "site/names/index.html"];
                let path = self.path(pages.get(d).unwrap_or(&pages[0]));
                if path.exists() {
                    self.write(&path, (!gone).then_some("changed by hand"));
                }
            }
            Edit::Cache(how) => {
                // What follows from all documents, and of what was read of each every other piece.
                let files = |folder: &Path| {
                    let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
                    all.collect::<Vec<PathBuf>>()
                };
                let (folders, mut kept): (Vec<_>, Vec<_>) =
                    files(&self.path(".postil")).into_iter().partition(|path| path.is_dir());
                folders.iter().for_each(|folder| kept.extend(files(folder).into_iter().step_by(2)));
                for path in kept {
                    let Ok(bytes) = fs::read(&path) else { continue };
                    match how {
                        0 => fs::remove_file(&path).unwrap(),
                        1 => fs::write(&path, &bytes[..bytes.len() / 2]).unwrap(),
                        2 if bytes.is_empty() => continue,
                        2 => {
                            let at = bytes.len().min(61) - 1;
                            let changed = [&bytes[..at], &[bytes[at] ^ 1], &bytes[at + 1..]].concat();
                            fs::write(&path, changed).unwrap();
                        }
                        3 => fs::write(&path, "something else").unwrap(),
                        _ => fs::write(&path, "").unwrap(),
                    }
                }
            }
        }
    }

    fn build(&self, out: Option<PathBuf>) -> Report {
        let no_cache = out.is_some();
        let options = Options { archive: self.0.path().into(), out, no_cache, ..Options::default() };
        build::build(&options).unwrap()
    }
}

/// Every file of a site with what it holds.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                out.insert(name, fs::read(path).unwrap());
            }
        }
    }
    out
}

fn archive() -> Archive {
    let archive = Archive(tempfile::tempdir().unwrap());
    for d in 0..5 {
        archive.apply(&Edit::Document(d, d));
    }
    archive
}

/// Waits until no file counts as just written.
fn rest() {
    std::thread::sleep(Duration::from_millis(40));
}

proptest! {
    #![proptest_config(Config { cases: 6, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_site_that_grew_is_the_site_that_is_made_at_once(
        edits in proptest::collection::vec((edits(), any::<bool>()), 14)
    ) {
        let archive = archive();
        archive.build(None);
        for (edit, at_once) in edits {
            if !at_once {
                rest();
            }
            archive.apply(&edit);
            let grown = archive.build(None);
            let fresh = tempfile::tempdir().unwrap();
            let made = archive.build(Some(fresh.path().join("site")));
            let (grown_site, made_site) = (tree(&archive.path("site")), tree(&fresh.path().join("site")));
            let names = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
            prop_assert_eq!(names(&grown_site), names(&made_site), "after {:?}", &edit);
            for (name, bytes) in &grown_site {
                prop_assert!(bytes == &made_site[name], "{} differs after {:?}", name, &edit);
            }
            prop_assert_eq!(&grown.diagnostics, &made.diagnostics, "after {:?}", &edit);
            let counts = |r: &Report| (r.documents, r.words, r.notes, r.links);
            prop_assert_eq!(counts(&grown), counts(&made));
        }
    }
}

/// What a build did, by the stages that it went through.
fn stages(report: &Report) -> usize {
    report.stages.len()
}

#[test]
fn where_nothing_changed_nothing_is_done_and_the_same_is_told() {
    let archive = archive();
    rest();
    let first = archive.build(None);
    let second = archive.build(None);
    assert_eq!(stages(&second), 1, "only a look");
    assert_eq!(first.diagnostics, second.diagnostics);
    assert!(!first.diagnostics.is_empty());
    let (wrote, found) = (first.published.unwrap(), second.published.unwrap());
    assert_eq!((found.written.len(), found.unchanged), (0, wrote.written.len()));
    // A file of the site is changed, another is deleted, a person puts one of their own there.
    fs::write(archive.path("site/index.html"), "changed").unwrap();
    assert_eq!(archive.build(None).published.unwrap().written, ["index.html"]);
    fs::remove_file(archive.path("site/texts/doc0.html")).unwrap();
    assert_eq!(archive.build(None).published.unwrap().written, ["texts/doc0.html"]);
    fs::write(archive.path("site/CNAME"), "example.org").unwrap();
    assert_eq!(archive.build(None).published.unwrap().kept, ["CNAME"]);
    let last = archive.build(None);
    assert_eq!((stages(&last), last.published.unwrap().kept), (1, vec!["CNAME".to_owned()]));
}

#[test]
fn only_what_changed_is_written() {
    let archive = archive();
    rest();
    archive.build(None);
    archive.apply(&Edit::Document(4, 5));
    let written = archive.build(None).published.unwrap().written;
    assert!(written.contains(&"texts/u-4.html".to_owned()), "{written:?}");
    assert!(!written.contains(&"texts/doc2.html".to_owned()), "{written:?}");
}

#[test]
fn a_cache_of_no_use_is_told_and_made_anew() {
    let archive = archive();
    rest();
    archive.build(None);
    archive.apply(&Edit::Cache(1));
    assert!(archive.build(None).cache.is_some());
    assert!(archive.build(None).cache.is_none());
    // No cache can be written where there is a file in its place.
    fs::remove_dir_all(archive.path(".postil")).unwrap();
    fs::write(archive.path(".postil"), "").unwrap();
    let report = archive.build(None);
    assert!(report.cache.is_some() && report.published.is_some());
}

#[cfg(unix)]
#[test]
fn a_cache_that_can_only_be_read_is_told_and_the_site_is_right() {
    use std::os::unix::fs::PermissionsExt;
    let archive = archive();
    rest();
    archive.build(None);
    let cache = archive.path(".postil");
    let may_write = |mode| {
        for folder in [cache.clone(), cache.join("details"), cache.join("readings"), cache.join("sentences")]
        {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    may_write(0o555);
    if fs::write(cache.join("probe"), "").is_ok() {
        may_write(0o755);
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    archive.apply(&Edit::Document(4, 5));
    let report = archive.build(None);
    assert!(report.cache.is_some(), "it is told");
    let written = report.published.unwrap().written;
    assert!(written.contains(&"texts/u-4.html".to_owned()), "{written:?}");
    // What was remembered before is of the archive as it was, and no build takes it for anything else.
    let again = archive.build(None);
    assert!(again.published.unwrap().written.is_empty());
    may_write(0o755);
    let fresh = tempfile::tempdir().unwrap();
    archive.build(Some(fresh.path().join("site")));
    assert!(tree(&archive.path("site")) == tree(&fresh.path().join("site")));
}

#[test]
fn an_archive_that_moves_takes_nothing_of_the_old_place_along() {
    let archive = archive();
    rest();
    archive.build(None);
    let other = tempfile::tempdir().unwrap();
    fs::create_dir(other.path().join(".postil")).unwrap();
    fs::create_dir(other.path().join("seeds")).unwrap();
    fs::write(other.path().join("seeds/one.md"), "# One\n").unwrap();
    for name in ["standing", "pages"] {
        fs::copy(archive.path(".postil").join(name), other.path().join(".postil").join(name)).unwrap();
    }
    let options = Options { archive: other.path().into(), ..Options::default() };
    assert_eq!(build::build(&options).unwrap().documents, 1);
}
