//! A site is made, changed, shrunk and kept whole.

use std::fs;

use super::*;
use crate::diagnostic::Failure;

const CATALOGUE: &str = "archive.json";

fn publish(out: &Path, files: Vec<Output>) -> Result<Published, PublishError> {
    super::publish(out, files, BTreeMap::new())
}

fn pages(pages: &[(&str, &str)]) -> Vec<Output> {
    pages.iter().map(|(path, text)| Output::new(*path, *text)).collect()
}

/// Every file under a folder with what it holds, the manifest apart.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != MANIFEST {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                out.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    out
}

fn owned(pages: &[(&str, &str)]) -> BTreeMap<String, String> {
    pages.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

#[test]
fn a_site_is_made_changed_and_shrunk() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("deep/site");
    let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b"), ("tags/t.html", "t")];
    let published = publish(&out, pages(&first)).unwrap();
    assert_eq!(tree(&out), owned(&first));
    assert_eq!((published.written.len(), published.unchanged), (4, 0));

    let before = fs::metadata(out.join("texts/a.html")).unwrap().modified().unwrap();
    let second = [("index.html", "2"), ("texts/a.html", "a"), ("texts/c.html", "c")];
    let published = publish(&out, pages(&second)).unwrap();
    assert_eq!(tree(&out), owned(&second));
    assert_eq!(published.written, ["index.html", "texts/c.html"]);
    assert_eq!(published.removed, ["tags/t.html", "texts/b.html"]);
    assert_eq!((published.unchanged, published.kept.len()), (1, 0));
    assert!(!out.join("tags").exists(), "an empty folder is left");
    assert_eq!(fs::metadata(out.join("texts/a.html")).unwrap().modified().unwrap(), before);

    let published = publish(&out, pages(&second)).unwrap();
    assert_eq!((published.written.len(), published.removed.len(), published.unchanged), (0, 0, 3));
    let beside: Vec<_> = fs::read_dir(dir.path().join("deep")).unwrap().collect();
    assert_eq!(beside.len(), 1, "staging is left behind");
}

#[test]
fn the_manifest_is_the_same_for_the_same_site() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    publish(&one, pages(&[("b", "1"), ("a", "2")])).unwrap();
    publish(&two, pages(&[("c", "x")])).unwrap();
    publish(&two, pages(&[("a", "2"), ("b", "1")])).unwrap();
    assert_eq!(fs::read(one.join(MANIFEST)).unwrap(), fs::read(two.join(MANIFEST)).unwrap());
}

#[test]
fn a_persons_files_stay() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")])).unwrap();
    fs::write(out.join("CNAME"), "example.org").unwrap();
    fs::write(out.join("texts/mine.html"), "mine").unwrap();
    // A page changed by hand is the person's once no page is wanted there.
    fs::write(out.join("texts/b.html"), "changed").unwrap();
    let published = publish(&out, pages(&[("index.html", "1")])).unwrap();
    assert_eq!(published.kept, ["CNAME", "texts/b.html", "texts/mine.html"]);
    assert_eq!(published.removed, ["texts/a.html"]);
    assert_eq!(fs::read_to_string(out.join("texts/b.html")).unwrap(), "changed");

    let error = publish(&out, pages(&[("index.html", "2"), ("CNAME", "x")])).unwrap_err();
    assert!(matches!(error, PublishError::InTheWay(_)), "{error}");
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
    assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "example.org");
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("home");
    fs::create_dir(&out).unwrap();
    fs::write(out.join(".nojekyll"), "").unwrap();
    publish(&out, pages(&[("index.html", "1")])).unwrap();
    fs::remove_file(out.join(MANIFEST)).unwrap();
    let error = publish(&out, pages(&[("index.html", "2")])).unwrap_err();
    assert!(matches!(error, PublishError::NotASite(_)), "{error}");
    assert!(Failure::from(error).diagnostic.hint.is_some());
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
    // With a catalogue it is a site whose manifest was lost.
    fs::write(out.join(CATALOGUE), "{}").unwrap();
    publish(&out, pages(&[("index.html", "2")])).unwrap();
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "2");
    assert!(matches!(publish(&out.join("index.html"), vec![]), Err(PublishError::Disk(..))));
}

#[test]
fn a_failure_leaves_the_earlier_site() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")];
    publish(&out, pages(&first)).unwrap();
    let manifest = fs::read(out.join(MANIFEST)).unwrap();

    let mut files = pages(&[("index.html", "2"), ("texts/c.html", "c")]);
    files.push(Output::copy("files/x.pdf", dir.path().join("not there"), None));
    assert!(publish(&out, files).is_err());
    assert_eq!(tree(&out), owned(&first));

    // A name that no file system takes shows only when the file is moved into its folder, which is not
    // there before: by then another page and the manifest have been moved.
    let too_long = format!("texts/new/{}", "x".repeat(300));
    let files = pages(&[("new/deep/d.html", "d"), (&too_long, ""), ("index.html", "2")]);
    let error = publish(&out, files).unwrap_err();
    assert!(matches!(&error, PublishError::Disk(path, _) if path.ends_with(&too_long)), "{error:?}");
    assert_eq!(tree(&out), owned(&first));
    assert!(!out.join("new").exists());
    assert_eq!(fs::read(out.join(MANIFEST)).unwrap(), manifest);
}

#[test]
fn paths_stay_inside() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    for path in ["../x", "a/../../x", "/x", "a//b", "a/", "", ".", "a\\b", "a\0b", MANIFEST] {
        let error = publish(&out, pages(&[(path, "")])).unwrap_err();
        assert!(matches!(error, PublishError::BadPath(_)), "{path}: {error}");
    }
    for twice in [[("a", "1"), ("a", "2")], [("a/b", "1"), ("a", "2")]] {
        assert!(matches!(publish(&out, pages(&twice)), Err(PublishError::Twice(_))));
    }
    // A manifest that names files elsewhere deletes none of them.
    publish(&out, pages(&[("a", "1")])).unwrap();
    fs::write(dir.path().join("precious"), "1").unwrap();
    let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap().replace("\"a\"", "\"../precious\"");
    fs::write(out.join(MANIFEST), manifest).unwrap();
    publish(&out, vec![]).unwrap();
    assert!(dir.path().join("precious").exists());
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_pages_out_of_the_site() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1")])).unwrap();
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("texts")).unwrap();
    let error = publish(&out, pages(&[("index.html", "2"), ("texts/a.html", "a")])).unwrap_err();
    assert!(matches!(error, PublishError::InTheWay(_)), "{error}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

#[test]
fn a_second_name_of_a_file_keeps_what_it_held() {
    let dir = tempfile::tempdir().unwrap();
    let (out, precious) = (dir.path().join("site"), dir.path().join("precious"));
    publish(&out, pages(&[("index.html", "1"), ("old.html", "o")])).unwrap();
    fs::hard_link(out.join("index.html"), &precious).unwrap();
    publish(&out, pages(&[("index.html", "2")])).unwrap();
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "2");
    assert_eq!(fs::read_to_string(precious).unwrap(), "1");
}

#[test]
fn an_archive_is_started_in_an_empty_folder_only() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join(".git")).unwrap();
    create(dir.path(), &[("seeds/a.md", "words")]).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("seeds/a.md")).unwrap(), "words");
    assert!(matches!(create(dir.path(), &[("b", "")]), Err(PublishError::NotASite(_))));
    assert!(!dir.path().join("b").exists());
}

/// A site of three pages with a build of another three begun in it: `done` of its five steps are done.
fn cut_short(out: &Path, done: usize) -> [BTreeMap<String, String>; 2] {
    let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")];
    let second = [("index.html", "2"), ("texts/a.html", "a"), ("new/c.html", "c")];
    publish(out, pages(&first)).unwrap();
    let manifest = fs::read(out.join(MANIFEST)).unwrap();
    publish(out, pages(&second)).unwrap();
    let newer = fs::read(out.join(MANIFEST)).unwrap();
    publish(out, pages(&first)).unwrap();
    assert_eq!(fs::read(out.join(MANIFEST)).unwrap(), manifest);

    let work = work::Work::of(out);
    fs::create_dir(&work.folder).unwrap();
    let change = |path: &str, number: u64, new: Option<&[u8]>, old: bool| {
        if let Some(bytes) = new {
            fs::write(work.new_file(number), bytes).unwrap();
        }
        if old {
            work.keep(&out.join(path), number).unwrap();
        }
        let new = new.map(crate::digest::of);
        journal::Change { path: path.into(), number, new, old }
    };
    let changes = vec![
        change("new/c.html", 0, Some(b"c"), false),
        change("index.html", 1, Some(b"2"), true),
        change("texts/b.html", 2, None, true),
        change(MANIFEST, 3, Some(&newer), true),
    ];
    journal::Journal::new(changes.clone()).begin(&work).unwrap();
    journal::Journal::new(changes[..done].to_vec()).apply(&work).unwrap();
    [owned(&first), owned(&second)]
}

#[test]
fn what_was_begun_is_finished() {
    for done in 0..=4 {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        let [_, second] = cut_short(&out, done);
        let verified = verify(&out).unwrap();
        assert_eq!((verified.recovered, verified.is_whole()), (Some(Recovered::Finished), true), "{done}");
        assert_eq!(tree(&out), second, "{done} steps");
        assert!(!out.join(WORK).exists());
    }
}

#[test]
fn what_cannot_be_finished_is_undone() {
    for done in 0..=4 {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        let [first, _] = cut_short(&out, done);
        // A power cut: the file is there, its bytes are not.
        let moved = out.join("new/c.html");
        let lost = if moved.exists() { moved } else { work::Work::of(&out).new_file(0) };
        fs::write(lost, "").unwrap();
        let verified = verify(&out).unwrap();
        assert_eq!((verified.recovered, verified.is_whole()), (Some(Recovered::Undone), true), "{done}");
        assert_eq!(tree(&out), first, "{done} steps");
        assert!(!out.join(WORK).exists() && !out.join("new").exists());
    }
}

#[test]
fn a_second_kill_amid_the_undoing_costs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    let [first, _] = cut_short(&out, 3);
    let work = work::Work::of(&out);
    fs::write(out.join("new/c.html"), "").unwrap();
    // Undone in part: one page is back already.
    fs::rename(work.old_file(1), out.join("index.html")).unwrap();
    assert_eq!(verify(&out).unwrap().recovered, Some(Recovered::Undone));
    assert_eq!(tree(&out), first);
}

#[test]
fn leftovers_without_a_journal_are_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1")])).unwrap();
    fs::create_dir(out.join(WORK)).unwrap();
    fs::write(out.join(WORK).join("new-7"), "half a pa").unwrap();
    let published = publish(&out, pages(&[("index.html", "1")])).unwrap();
    assert_eq!((published.recovered, published.unchanged), (Some(Recovered::Discarded), 1));
    assert!(!out.join(WORK).exists());
}

#[test]
fn a_journal_leads_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1")])).unwrap();
    fs::write(dir.path().join("precious"), "1").unwrap();
    fs::create_dir(out.join(WORK)).unwrap();
    for journal in [
        r#"{"version":1,"changes":[{"path":"../precious","number":0,"new":null,"old":false}]}"#,
        r#"{"version":9,"changes":[]}"#,
        "not a journal",
    ] {
        fs::write(out.join(WORK).join("journal.json"), journal).unwrap();
        let error = verify(&out).unwrap_err();
        assert!(matches!(error, PublishError::Unreadable(..)), "{journal}: {error}");
        assert!(publish(&out, pages(&[("index.html", "2")])).is_err());
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
    }
    assert!(dir.path().join("precious").exists());
}

#[test]
fn a_site_that_was_altered_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")];
    publish(&out, pages(&first)).unwrap();
    let before = verify(&out).unwrap();
    assert!(before.is_whole() && before.foreign.is_empty() && before.files == 3, "{before:?}");
    assert_eq!(before.postil, env!("CARGO_PKG_VERSION"));
    fs::write(out.join("texts/a.html"), "A").unwrap();
    fs::remove_file(out.join("texts/b.html")).unwrap();
    fs::write(out.join("mine.txt"), "").unwrap();
    let after = verify(&out).unwrap();
    assert_eq!(
        (after.altered, after.missing, after.foreign),
        (vec!["texts/a.html".to_owned()], vec!["texts/b.html".to_owned()], vec!["mine.txt".to_owned()],)
    );
    assert_eq!(after.seal, before.seal);
    // The next build puts it right.
    let published = publish(&out, pages(&first)).unwrap();
    assert_eq!((published.written.len(), published.kept), (2, vec!["mine.txt".to_owned()]));
    assert!(verify(&out).unwrap().is_whole());
    // A manifest of a version to come is not guessed at.
    let newer = fs::read_to_string(out.join(MANIFEST)).unwrap().replace("\"version\": 2", "\"version\": 3");
    fs::write(out.join(MANIFEST), newer).unwrap();
    assert!(matches!(verify(&out), Err(PublishError::Unreadable(..))));
    assert!(matches!(publish(&out, pages(&first)), Err(PublishError::Unreadable(..))));
}

#[test]
fn a_site_of_the_first_version_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1"), ("old.html", "o"), ("changed.html", "x")])).unwrap();
    fs::remove_file(out.join(MANIFEST)).unwrap();
    let (one, o) = (crate::hash::hex(b"1"), crate::hash::hex(b"o"));
    let first =
        serde_json::json!({ "version": 1, "files": { "index.html": one, "old.html": o, "changed.html": o } });
    fs::write(out.join(".postil-manifest.json"), first.to_string()).unwrap();
    let published = publish(&out, pages(&[("index.html", "2")])).unwrap();
    assert_eq!(published.written, ["index.html"]);
    assert_eq!(published.removed, [".postil-manifest.json", "old.html"]);
    assert_eq!(published.kept, ["changed.html"]);
    assert!(verify(&out).unwrap().is_whole());
}

#[test]
fn a_site_of_a_later_version_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, pages(&[("index.html", "1")])).unwrap();
    let later = serde_json::json!({ "version": 99, "files": "told in another way" }).to_string();
    fs::write(out.join(MANIFEST), &later).unwrap();
    let refused = publish(&out, pages(&[("index.html", "2")])).unwrap_err().to_string();
    assert!(refused.contains("a manifest of version 99"), "{refused}");
    assert!(verify(&out).unwrap_err().to_string().contains("version 99"));
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
    assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), later);
}

#[test]
fn files_are_put_from_any_thread_and_dropped_without_a_trace() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    let publication = Publication::begin(&out, None).unwrap();
    std::thread::scope(|scope| {
        for i in 0..8 {
            let publication = &publication;
            scope.spawn(move || publication.put(Output::new(format!("texts/{i}.html"), "x"), None).unwrap());
        }
    });
    drop(publication);
    assert!(!out.exists());
}

#[test]
fn paths_that_a_file_system_could_not_keep_apart_are_a_defect() {
    let dir = tempfile::tempdir().unwrap();
    for twice in [["A.html", "a.html"], ["\u{e9}", "e\u{301}"], ["X/a", "x"]] {
        let files = pages(&twice.map(|path| (path, "")));
        assert!(matches!(publish(&dir.path().join("site"), files), Err(PublishError::Twice(_))), "{twice:?}");
    }
}
