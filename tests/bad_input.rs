//! Input that is wrong in every way that is known: each is reported, none stops a build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use postil::build::{self, Options, Report};
use postil::decode::decode;
use postil::diagnostic::{Code, Diagnostic, Severity};

struct Archive(tempfile::TempDir);

impl Archive {
    fn new(files: &[(&str, &[u8])]) -> Archive {
        let archive = Archive(tempfile::tempdir().unwrap());
        fs::create_dir(archive.seeds()).unwrap();
        for (name, bytes) in files {
            archive.put(name, bytes);
        }
        archive
    }

    fn seeds(&self) -> PathBuf {
        self.0.path().join("seeds")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.seeds().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn check(&self) -> Report {
        build::check(&Options { archive: self.0.path().into(), ..Options::default() }).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        postil(self.0.path(), arguments)
    }
}

fn postil(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postil")).args(arguments).current_dir(folder).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The one finding about a file.
fn only<'a>(report: &'a Report, path: &str) -> &'a Diagnostic {
    let all: Vec<_> = report.diagnostics.iter().filter(|d| d.path == path).collect();
    assert_eq!(all.len(), 1, "about {path}: {:?}", report.diagnostics);
    all[0]
}

#[track_caller]
fn is(diagnostic: &Diagnostic, severity: Severity, code: Code) {
    assert_eq!((diagnostic.severity, diagnostic.code), (severity, code), "{diagnostic}");
}

#[test]
fn empty_and_wordless_files_are_pages_with_a_warning() {
    let archive = Archive::new(&[
        ("a.txt", b""),
        ("b.txt", b" \n\n***\n"),
        ("c.md", b"---\ntitle: A title\n---\n\n"),
        ("d.txt", b"word"),
    ]);
    let report = archive.check();
    assert_eq!((report.documents, report.words), (4, 1));
    for path in ["seeds/a.txt", "seeds/b.txt", "seeds/c.md"] {
        is(only(&report, path), Severity::Warning, Code::Empty);
    }
    assert_eq!(report.diagnostics.len(), 3);
}

#[test]
fn a_folder_named_like_a_document_is_searched() {
    let archive = Archive::new(&[("essay.txt/part.txt", b"words")]);
    let report = archive.check();
    assert_eq!(report.documents, 1);
    is(only(&report, "seeds/essay.txt"), Severity::Warning, Code::FolderNamedLikeDocument);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_among_the_sources_only() {
    use std::os::unix::fs::symlink;
    let archive = Archive::new(&[("a.txt", b"words"), ("sub/b.txt", b"words")]);
    let seeds = archive.seeds();
    fs::write(archive.0.path().join("secret.txt"), "secret").unwrap();
    symlink("nowhere", seeds.join("broken.txt")).unwrap();
    symlink("nowhere", seeds.join("broken.png")).unwrap();
    symlink("../secret.txt", seeds.join("out.txt")).unwrap();
    symlink("a.txt", seeds.join("in.txt")).unwrap();
    symlink(".", seeds.join("round")).unwrap();
    symlink("loop.txt", seeds.join("loop.txt")).unwrap();
    let report = archive.check();
    assert_eq!(report.documents, 3);
    is(only(&report, "seeds/broken.txt"), Severity::Error, Code::Unreadable);
    is(only(&report, "seeds/broken.png"), Severity::Warning, Code::Unreadable);
    is(only(&report, "seeds/out.txt"), Severity::Error, Code::LinkNotFollowed);
    is(only(&report, "seeds/round"), Severity::Warning, Code::LinkNotFollowed);
    is(only(&report, "seeds/loop.txt"), Severity::Error, Code::Unreadable);
    assert_eq!(report.diagnostics.len(), 5);
}

#[cfg(unix)]
#[test]
fn links_that_the_owner_names_may_lead_out() {
    use std::os::unix::fs::symlink;
    let archive = Archive::new(&[("a.txt", b"words")]);
    let seeds = archive.seeds();
    let outside = archive.0.path().join("letters");
    fs::create_dir_all(outside.join("sub")).unwrap();
    fs::write(outside.join("b.txt"), "words").unwrap();
    fs::write(outside.join("sub/c.txt"), "words").unwrap();
    symlink("../../a.txt", outside.join("sub/up.txt")).unwrap();
    symlink("../letters", seeds.join("letters")).unwrap();
    symlink("..", seeds.join("round")).unwrap();
    fs::write(archive.0.path().join("archive.yaml"), "follow: [letters, round, nothing]\n").unwrap();
    let report = archive.check();
    // Those of the folder once by its own link, and once more, with the sources, by the one that leads around.
    let shown: Vec<&str> = report.diagnostics.iter().map(|d| d.path.as_str()).collect();
    assert_eq!(report.documents, 6, "{shown:?}");
    is(only(&report, "seeds/letters/sub/up.txt"), Severity::Error, Code::Unreadable);
    is(only(&report, "seeds/round/seeds/letters"), Severity::Warning, Code::LinkNotFollowed);
    is(only(&report, "seeds/nothing"), Severity::Warning, Code::LinkNotFollowed);
}

#[cfg(unix)]
#[test]
fn a_device_is_never_read() {
    use std::os::unix::fs::symlink;
    let archive = Archive::new(&[("a.txt", b"words")]);
    for name in ["zero.txt", "zero.png", "a.yaml"] {
        symlink("/dev/zero", archive.seeds().join(name)).unwrap();
    }
    fs::write(archive.0.path().join("archive.yaml"), "follow: [zero.txt, zero.png, a.yaml]\n").unwrap();
    let report = archive.check();
    assert_eq!(report.documents, 1);
    for name in ["zero.txt", "zero.png", "a.yaml"] {
        assert_eq!(only(&report, &["seeds/", name].concat()).code, Code::Unreadable);
    }
}

/// File systems that know no case, and those that write `é` as two signs, are simulated: no two files of a site have
/// names that one of them would take for the same, and none has a name that one of them cannot have.
#[test]
fn a_site_lies_on_any_file_system() {
    use std::collections::BTreeMap;
    use unicode_normalization::UnicodeNormalization;

    fn files(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() { files(&entry, out) } else { out.push(entry) }
        }
    }
    let long = ["x".repeat(250), ".md".into()].concat();
    let archive = Archive::new(&[
        ("Essay.md", b"---\ntags: [Mill, mill, MILL]\n---\n\nWords about mills."),
        ("essay.md", b"---\ntags: [m\xC3\xAFll, mi\xCC\x88ll]\n---\n\nWords."),
        ("ESSAY.txt", b"Words."),
        ("\u{e9}.md", b"Words."),
        ("e\u{301}.md", b"Words."),
        ("\u{c9}.md", b"Words."),
        ("stra\u{df}e.md", b"Words."),
        ("STRASSE.md", b"Words."),
        ("sub/a.md", b"Words."),
        ("SUB/A.md", b"Words."),
        ("con.md", b"Words."),
        ("a:b.md", b"Words."),
        (&long, b"Words."),
    ]);
    assert!(status(&archive.run(&["build"])) < 2);
    let site = archive.0.path().join("site");
    let mut all = Vec::new();
    files(&site, &mut all);
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in all {
        let path = path.strip_prefix(&site).unwrap().to_str().unwrap().to_owned();
        for part in path.split('/') {
            assert!(part.len() <= 255 && part.nfd().collect::<String>().len() <= 255, "{path}");
            assert!(
                !part.ends_with(['.', ' ']) && !part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']),
                "{path}"
            );
            assert_ne!(part.split('.').next().unwrap().to_lowercase(), "con", "{path}");
        }
        let plain: String = path.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
        if let Some(other) = seen.insert(plain.nfc().collect(), path.clone()) {
            panic!("{other} and {path} are one file");
        }
    }
    assert!(seen.len() > 40, "{} files", seen.len());
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new(&[("a.txt", b"words"), ("b.txt", b"words")]);
    let path = archive.seeds().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let report = archive.check();
    assert_eq!(report.documents, 1);
    is(only(&report, "seeds/a.txt"), Severity::Error, Code::Unreadable);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_never_opened() {
    use std::os::unix::net::UnixListener;
    let archive = Archive::new(&[("a.txt", b"words")]);
    for name in ["pipe.txt", "a.yaml", "pipe.png"] {
        let made = Command::new("mkfifo").arg(archive.seeds().join(name)).status().unwrap();
        assert!(made.success());
    }
    let _socket = UnixListener::bind(archive.seeds().join("socket.md")).unwrap();
    // In another process, so that a defect here is a failure and not a test that never ends.
    let mut child = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["check", "--format", "json"])
        .current_dir(archive.0.path())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let start = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed().as_secs() > 60 {
            child.kill().unwrap();
            panic!("it waits for somebody to write into the pipe");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 1);
    let text = stderr(&output);
    assert_eq!(text.lines().count(), 4, "{text}");
    for (line, path) in text.lines().zip(["a.yaml", "pipe.png", "pipe.txt", "socket.md"]) {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(finding["path"], format!("seeds/{path}"));
        assert_eq!(finding["code"], "unreadable");
    }
}

#[test]
fn invalid_yaml_is_reported_with_its_line_and_shown() {
    let archive = Archive::new(&[
        ("a.md", b"\xEF\xBB\xBF---\r\ntitle: A\r\nlang: de\r\nsummary: a: b\r\n---\r\nText\r\n"),
        ("b.txt", b"Text"),
        ("b.yaml", b"title: B\n\ntags: [one\nlang: de\n"),
        ("c.md", b"---\ntitle: C\nlang: [de]\n---\nText\n"),
    ]);
    let report = archive.check();
    // The block of `a.md` is text now: title, A, lang, de, summary, a, b, Text.
    assert_eq!((report.documents, report.words), (3, 8 + 1 + 1));
    let a = only(&report, "seeds/a.md");
    is(a, Severity::Error, Code::BadFacts);
    assert_eq!(a.line, 4);
    let b = only(&report, "seeds/b.yaml");
    is(b, Severity::Error, Code::BadFacts);
    assert!((3..=4).contains(&b.line), "{b}");
    let c = only(&report, "seeds/c.md");
    is(c, Severity::Warning, Code::BadFact);
    assert_eq!((c.line, c.column), (3, 1));
}

#[test]
fn two_documents_with_one_address_both_get_one() {
    let archive = Archive::new(&[
        ("Essay One.txt", b"words"),
        ("essay-one.md", b"words"),
        ("other.md", b"---\nslug: essay-one\n---\nwords"),
    ]);
    let report = archive.check();
    assert_eq!(report.documents, 3);
    let second = only(&report, "seeds/essay-one.md");
    is(second, Severity::Warning, Code::SlugTaken);
    assert!(
        second.message.to_string().contains("seeds/Essay One.txt")
            && second.message.to_string().contains("essay-one-2"),
        "{second}"
    );
    is(only(&report, "seeds/other.md"), Severity::Warning, Code::SlugTaken);
}

#[test]
fn names_that_windows_reserves_are_changed() {
    let archive = Archive::new(&[("con.txt", b"words"), ("AUX.md", b"words"), ("com1.txt", b"words")]);
    let report = archive.check();
    assert_eq!(report.documents, 3);
    for path in ["seeds/con.txt", "seeds/AUX.md", "seeds/com1.txt"] {
        is(only(&report, path), Severity::Note, Code::BadSlug);
    }
}

#[test]
fn binary_data_is_left_out() {
    let archive = Archive::new(&[
        ("a.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\nwords"),
        ("b.md", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("c.txt", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 200, 201, 255]),
        ("d.txt", b"words"),
    ]);
    let report = archive.check();
    assert_eq!(report.documents, 1);
    for path in ["seeds/a.txt", "seeds/b.md", "seeds/c.txt"] {
        is(only(&report, path), Severity::Error, Code::Binary);
    }
}

#[test]
fn other_encodings_are_read() {
    let utf16: Vec<u8> = "\u{FEFF}Voilà, two words".encode_utf16().flat_map(u16::to_be_bytes).collect();
    // "Это обычный русский текст, и кодировка у него старая." in windows-1251.
    let russian =
        b"\xDD\xF2\xEE \xEE\xE1\xFB\xF7\xED\xFB\xE9 \xF0\xF3\xF1\xF1\xEA\xE8\xE9 \xF2\xE5\xEA\xF1\xF2, \xE8 \
        \xEA\xEE\xE4\xE8\xF0\xEE\xE2\xEA\xE0 \xF3 \xED\xE5\xE3\xEE \xF1\xF2\xE0\xF0\xE0\xFF.";
    let source = decode("a", russian.to_vec()).value.unwrap();
    assert_eq!(source.text, "Это обычный русский текст, и кодировка у него старая.");
    let archive = Archive::new(&[("a.txt", &utf16), ("b.txt", russian)]);
    let report = archive.check();
    assert_eq!((report.documents, report.words), (2, 3 + 9));
    is(only(&report, "seeds/a.txt"), Severity::Note, Code::Encoding);
    is(only(&report, "seeds/b.txt"), Severity::Note, Code::Encoding);
    assert!(only(&report, "seeds/b.txt").message.to_string().contains("windows-1251"));
}

#[test]
fn line_ends_and_nul_keep_the_lines() {
    let archive = Archive::new(&[("a.txt", b"one\r\ntwo\rthree\nfo\0ur")]);
    let report = archive.check();
    let nul = only(&report, "seeds/a.txt");
    is(nul, Severity::Warning, Code::Encoding);
    assert_eq!((nul.line, nul.column), (4, 3));
}

#[test]
fn fifty_megabytes_in_one_line_are_a_document() {
    let mut line = b"one endless line without an end, ".repeat(50_000_000 / 33);
    let length = line.len();
    line.extend(b"caf\xE9 \0");
    let warned = decode("a.txt", line);
    let source = warned.value.unwrap();
    assert!(source.text.len() > length);
    assert_eq!(source.position(source.text.len()).line, 1);
    assert_eq!(warned.diagnostics.len(), 2, "{:?}", warned.diagnostics);
    assert!(warned.diagnostics.iter().all(|d| d.excerpt.as_ref().is_none_or(|e| e.text.len() < 500)));
}

#[test]
fn the_exit_status_says_what_happened() {
    let archive = Archive::new(&[("a.txt", b"words"), ("b.txt", b"")]);
    assert_eq!(status(&archive.run(&["check"])), 0);
    assert_eq!(status(&archive.run(&["check", "--strict"])), 1);
    archive.put("c.txt", b"%PDF-1.7");
    let output = archive.run(&["check"]);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("seeds/c.txt: error[binary]: "), "{}", stderr(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 documents, 1 word, 0 notes"));

    let output = archive.run(&["check", "--format", "json"]);
    let text = stderr(&output);
    let codes: Vec<String> = text
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(codes, ["empty", "binary"]);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["documents"], 2);

    for arguments in [&["check", "nowhere"][..], &["check", "--sternly"], &["explode"], &[]] {
        assert_eq!(status(&archive.run(arguments)), 2, "{arguments:?}");
    }
    assert!(stderr(&archive.run(&["check", "nowhere"])).contains("postil new"));
    for arguments in [&["--help"][..], &["build", "--help"], &["--version"]] {
        assert_eq!(status(&archive.run(arguments)), 0, "{arguments:?}");
    }
}

#[test]
fn a_mistake_in_the_configuration_changes_nothing() {
    let archive = Archive::new(&[("a.txt", b"words")]);
    assert_eq!(status(&archive.run(&["build"])), 0);
    let manifest = archive.0.path().join("site/postil.json");
    let before = fs::metadata(&manifest).unwrap().modified().unwrap();
    fs::write(archive.0.path().join("archive.yaml"), "title: A\nserach: false\n").unwrap();
    let output = archive.run(&["build"]);
    assert_eq!(status(&output), 2);
    let text = stderr(&output);
    assert!(text.starts_with("archive.yaml:2:1: error[configuration]: unknown key `serach`"), "{text}");
    assert!(text.contains("did you mean `search`?"), "{text}");
    assert_eq!(fs::metadata(&manifest).unwrap().modified().unwrap(), before);
}

#[test]
fn the_site_and_the_sources_are_kept_apart() {
    let archive = Archive::new(&[("a.txt", b"words")]);
    for out in ["seeds", "seeds/site", ".", "seeds/../seeds/x"] {
        let output = archive.run(&["build", "--out", out]);
        assert_eq!(status(&output), 2, "{out}");
    }
    assert_eq!(fs::read_dir(archive.seeds()).unwrap().count(), 1);
    // A folder of somebody else's.
    fs::create_dir(archive.0.path().join("home")).unwrap();
    fs::write(archive.0.path().join("home/letter.txt"), "dear").unwrap();
    let output = archive.run(&["build", "--out", "home"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("hint"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(archive.0.path().join("home")).unwrap().count(), 1);
}

#[test]
fn an_archive_is_started_and_built() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(status(&postil(dir.path(), &["new", "mine"])), 0);
    let output = postil(dir.path(), &["check", "--strict", "mine"]);
    assert_eq!((status(&output), stderr(&output).as_str()), (0, ""));
    let output = postil(dir.path(), &["new", "mine"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("empty"), "{}", stderr(&output));
    // No archive's folder is needed where both ends are named.
    let output = postil(dir.path(), &["build", "--seeds", "mine/seeds", "--out", "public"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(dir.path().join("public").is_dir());
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let archive = Archive::new(&[]);
    for i in 0..2000 {
        archive.put(&format!("{i}.txt"), b"");
    }
    for closed in ["stdout", "stderr"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_postil"))
            .arg("check")
            .current_dir(archive.0.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The reading end is closed before anything is written: `| true`.
        if closed == "stdout" {
            drop(child.stdout.take())
        } else {
            drop(child.stderr.take())
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0, "{closed}: {}", stderr(&output));
    }
}
