//! `postil explain`: what it says of a document, place by place.

use std::fs;
use std::process::Command;

const TEXT: &str = "# On wells

The wells were dug by hand.[^1] Nobody remembers when.[^2] They are dry now.[^3]

[^1]: Mara Ilves, *Wells and Weirs* (Tallinn: Vesi, 1987), 12.
[^2]: Ibid., 45.
[^3]: Ilves, 99.
";

fn explained(format: &[&str]) -> String {
    explained_of(TEXT, format)
}

fn explained_of(text: &str, format: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wells.md");
    fs::write(&file, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    let output = command.arg("explain").args(format).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_citation_is_told_with_its_work_its_place_and_why() {
    let said = explained(&[]);
    let (_, citations) = said.split_once("CITATIONS (3)\n").expect("three citations");
    let lines: Vec<&str> = citations.lines().map(str::trim).collect();
    for wanted in ["= Ilves 1987, p. 12 (full)", "= Ilves 1987, p. 45 (ibid)", "= Ilves 1987, p. 99 (short)"]
    {
        assert!(lines.contains(&wanted), "{wanted} is not in\n{citations}");
    }
    assert!(lines.contains(&"why: the work that note 1 cites"), "{citations}");
    assert!(lines.iter().any(|l| l.contains("wells.md:6") && l.contains("Ibid")), "{citations}");
}

#[test]
fn programs_are_told_the_same() {
    let said: serde_json::Value = serde_json::from_str(&explained(&["--format", "json"])).unwrap();
    let citations = said["citations"].as_array().unwrap();
    let told: Vec<_> =
        citations.iter().map(|c| (c["manner"].as_str().unwrap(), c["line"].as_u64().unwrap())).collect();
    assert_eq!(told, [("full", 5), ("ibid", 6), ("short", 7)]);
    assert!(citations.iter().all(|c| c["works"][0] == "Ilves 1987" && c["certain"] == true));
}

#[test]
fn labels_of_feet_are_no_markers_that_were_refused() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/feet-of-read-pages.md"));
    let said = explained_of(&text.unwrap(), &["--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["markers"].as_array().map(Vec::len), Some(4), "{said:#}");
    assert_eq!(said["refused"].as_array().map(Vec::len), Some(0), "{said:#}");
}
