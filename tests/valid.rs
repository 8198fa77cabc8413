//! Every page is what the HTML standard calls valid, and what other programs fetch is what its own specification asks
//! for: the project's archive, the hostile documents and the golden cases, each built as a site.
//!
//! Pages go through the checker of the Nu validator (npm package `vnu-jar`, `npm ci --prefix tests/browser`; it needs
//! Java); without them the test says so. The rules for the feeds are those of RFC 4287 and of JSON Feed 1.1,
//! checked here: the grammar in the RFC's appendix is informative and cannot say the half of them (an id once, an
//! author for each entry), JSON Feed has no schema of its own, and schema.org asks for no property of anything.

#[path = "hostile/table.rs"]
#[allow(dead_code)] // what each tries is for `hostile` to tell
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postil::build::{self, Options};
use roxmltree::Node;
use serde_json::Value;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

fn built(archive: &Path, out: &Path) {
    let options = Options { archive: archive.to_owned(), out: Some(out.to_owned()), ..Options::default() };
    build::build(&options).unwrap_or_else(|failure| panic!("{failure}"));
}

/// An archive of texts that try to break a page.
fn hostile(folder: &Path) {
    for one in table::all() {
        for (name, text) in &one.files {
            let path = folder.join("seeds").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// An archive of the golden cases.
fn golden(folder: &Path) {
    let seeds = folder.join("seeds");
    fs::create_dir_all(&seeds).unwrap();
    for entry in fs::read_dir(Path::new(REPOSITORY).join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| ["md", "txt", "yaml"].iter().any(|x| e == *x)) {
            fs::copy(&path, seeds.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// The three sites, in folders of their own.
fn sites(folder: &Path) -> Vec<PathBuf> {
    hostile(&folder.join("hostile-archive"));
    golden(&folder.join("golden-archive"));
    let archives = [
        ("own", PathBuf::from(REPOSITORY)),
        ("hostile", folder.join("hostile-archive")),
        ("golden", folder.join("golden-archive")),
    ];
    let of = |(name, archive): (&str, PathBuf)| {
        let out = folder.join(name);
        built(&archive, &out);
        out
    };
    archives.map(of).into()
}

#[test]
fn pages_are_valid_html() {
    let jar = Path::new(REPOSITORY).join("tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    let java = Command::new("java").arg("-version").output().is_ok_and(|o| o.status.success());
    if !jar.exists() || !java {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the checker or Java is missing");
        return eprintln!("SKIPPED: no checker (npm ci --prefix tests/browser) or no Java");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("java");
    command.arg("-Xss8m").arg("-jar").arg(jar);
    command.args(["--errors-only", "--skip-non-html", "--stdout", "--exit-zero-always", "--format", "gnu"]);
    command.args(sites(folder.path()));
    let output = command.output().expect("the checker runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let faults: Vec<&str> = said.lines().collect();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn children<'a>(node: Node<'a, 'a>, name: &'static str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|n| n.has_tag_name((ATOM, name))).collect()
}

/// A day and a time with its zone (RFC 3339).
fn is_moment(text: &str) -> bool {
    let form = "0000-00-00T00:00:00Z";
    text.len() == form.len()
        && text.chars().zip(form.chars()).all(|(c, f)| if f == '0' { c.is_ascii_digit() } else { c == f })
}

/// What RFC 4287 asks of a feed and of an entry (4.1.1, 4.1.2).
fn check_atom(text: &str) {
    let document = roxmltree::Document::parse(text).expect("the feed is XML");
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let entries = children(feed, "entry");
    let mut ids = Vec::new();
    for node in std::iter::once(feed).chain(entries.iter().copied()) {
        for name in ["id", "title", "updated"] {
            let found = children(node, name);
            assert_eq!(found.len(), 1, "one <{name}> in {:?}", node.tag_name());
            assert!(!found[0].text().unwrap_or_default().trim().is_empty(), "<{name}> is empty");
        }
        assert!(is_moment(children(node, "updated")[0].text().unwrap_or_default()));
        let id = children(node, "id")[0].text().unwrap_or_default();
        assert!(id.contains(':') && !ids.contains(&id), "the id {id:?} is no address, or there twice");
        ids.push(id);
        // Without content an entry has an alternate; without an author of its own it has its feed's.
        let links = children(node, "link");
        assert!(
            links.iter().any(|l| l.attribute("rel") == Some("alternate") && l.attribute("href").is_some())
        );
        let alone = children(node, "author").is_empty() && children(feed, "author").is_empty();
        assert!(!alone, "nobody wrote {id}");
        for author in children(node, "author") {
            assert_eq!(children(author, "name").len(), 1);
        }
        assert!(
            children(node, "category").iter().all(|c| c.attribute("term").is_some_and(|t| !t.is_empty()))
        );
    }
}

/// What JSON Feed 1.1 asks of a feed and of an item.
fn check_json_feed(text: &str) {
    let feed: Value = serde_json::from_str(text).expect("the feed is JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(feed["title"].as_str().is_some_and(|t| !t.is_empty()));
    let mut ids = Vec::new();
    for item in feed["items"].as_array().expect("there are items") {
        let id = item["id"].as_str().expect("an item has an id");
        assert!(!ids.contains(&id), "the id {id:?} is there twice");
        ids.push(id);
        let content = ["content_text", "content_html"].iter().any(|k| item[k].is_string());
        assert!(content, "{id} has no content");
        assert!(item["date_published"].as_str().is_none_or(is_moment), "{item}");
        let named = |a: &Value| a["name"].is_string() || a["url"].is_string() || a["avatar"].is_string();
        assert!(item["authors"].as_array().is_none_or(|all| all.iter().all(named)), "{item}");
        assert!(item["tags"].as_array().is_none_or(|all| all.iter().all(Value::is_string)), "{item}");
    }
}

/// What schema.org's vocabulary, as search engines read it, asks of a page's own data.
fn check_linked_data(page: &Path, text: &str) {
    for piece in text.split("<script type=\"application/ld+json\">").skip(1) {
        let piece = piece.split("</script>").next().unwrap_or_default();
        let data: Value = serde_json::from_str(piece).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        assert_eq!(data["@context"], "https://schema.org", "{}", page.display());
        for piece in data["@graph"].as_array().unwrap_or(&vec![data.clone()]) {
            assert!(piece["@type"].is_string(), "{}: {piece}", page.display());
        }
    }
}

fn pages(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => pages(&path, out),
            false if path.extension().is_some_and(|e| e == "html") => out.push(path),
            false => {}
        }
    }
}

#[test]
fn what_programs_fetch_is_as_specified() {
    let folder = tempfile::tempdir().unwrap();
    for site in sites(folder.path()) {
        check_atom(&fs::read_to_string(site.join("feed.xml")).unwrap());
        check_json_feed(&fs::read_to_string(site.join("feed.json")).unwrap());
        let mut all = Vec::new();
        pages(&site, &mut all);
        let mut found = 0;
        for page in all.iter().filter(|p| !p.components().any(|c| c.as_os_str() == "files")) {
            let text = fs::read_to_string(page).unwrap();
            found += usize::from(text.contains("application/ld+json"));
            check_linked_data(page, &text);
        }
        assert!(found > 0, "no page of {} says what it is", site.display());
    }
}
