//! A build that is killed at any moment, or that runs out of room, costs nothing: the site is whole, and the next
//! build is right.
//!
//! `KILLS=500 cargo test --test killed` kills more often. `FULL=folder` names a small file system of its own (`mount -t
//! tmpfs -o size=3m tmpfs folder`) that is filled up to another mark before each of `FULLS=50` builds.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Every file of a site with its bytes.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    let mut out = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                out.insert(
                    path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(),
                    fs::read(path).unwrap(),
                );
            }
        }
    }
    out
}

fn postil(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Two archives that differ in every page, in pages that come and in pages that go, and the sites they become.
struct Two {
    folder: tempfile::TempDir,
    sites: [Tree; 2],
}

impl Two {
    fn new(documents: usize) -> Two {
        let folder = tempfile::tempdir().unwrap();
        for state in 0..2 {
            let seeds = folder.path().join(state.to_string()).join("seeds");
            fs::create_dir_all(&seeds).unwrap();
            for i in 0..documents {
                // Each state has documents that the other has not.
                let name = if i % 5 == 0 { format!("own-{state}-{i}.md") } else { format!("both-{i}.md") };
                let words =
                    format!("# Piece {i}\n\nWritten in state {state}.[^a]\n\n[^a]: A note of {state}.\n");
                fs::write(seeds.join(name), words).unwrap();
            }
        }
        let mut two = Two { folder, sites: Default::default() };
        for state in 0..2 {
            let out = two.folder.path().join("right");
            assert!(two.build(state, &out).status().unwrap().success());
            two.sites[state] = tree(&out);
            fs::remove_dir_all(out).unwrap();
        }
        two
    }

    fn build(&self, state: usize, out: &Path) -> Command {
        let archive: PathBuf = self.folder.path().join(state.to_string());
        postil(&["build", "--out", text(out), text(&archive)])
    }

    /// After `verify`, the site is one of the two, whole.
    fn is_one(&self, out: &Path, said: &str) {
        let output =
            postil(&["verify", text(out)]).stderr(Stdio::piped()).stdout(Stdio::piped()).output().unwrap();
        let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}: {words}");
        let site = tree(out);
        assert!(self.sites.contains(&site), "{said}: the site is neither the one nor the other\n{words}");
    }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// Numbers between 0 and 1, the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        // Knuth's MMIX generator; its high bits are good enough to choose moments.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let two = Two::new(12);
    let out = two.folder.path().join("site");
    assert!(two.build(0, &out).status().unwrap().success());
    // As long as a build takes here and now.
    let start = Instant::now();
    assert!(two.build(1, &out).status().unwrap().success());
    let mut whole = start.elapsed();
    let (mut chance, mut killed, mut left) = (Chance(1), 0, 0);
    for round in 0..number("KILLS", 12) {
        let state = round % 2;
        let mut child = two.build(state, &out).spawn().unwrap();
        // Every second one towards the end, where the files are moved.
        let part = chance.next();
        let part = if round % 4 < 2 { part } else { 0.6 + 0.5 * part };
        let start = Instant::now();
        thread::sleep(whole.mul_f64(part));
        child.kill().unwrap();
        if child.wait().unwrap().code().is_none() {
            killed += 1;
        } else {
            whole = (whole + start.elapsed().min(whole)) / 2 + Duration::from_millis(1);
        }
        left += usize::from(out.join(".postil-work").exists());
        two.is_one(&out, &format!("killed {killed} of {round}"));
        if round % 8 == 7 {
            let next = 1 - state;
            assert!(two.build(next, &out).status().unwrap().success());
            assert!(tree(&out) == two.sites[next], "the next build is not right");
        }
    }
    assert!(killed > 0, "no build was killed: each was done before");
    eprintln!("{killed} builds killed, {left} of them amid their work in the site; the site whole each time");
}

#[test]
fn a_full_disk_costs_nothing() {
    let Some(folder) = std::env::var_os("FULL").map(PathBuf::from) else {
        eprintln!("SKIPPED, the full disk: FULL names no small file system");
        return;
    };
    let two = Two::new(12);
    let out = folder.join("site");
    let ballast = folder.join("ballast");
    let _ = fs::remove_file(&ballast);
    let _ = fs::remove_dir_all(&out);
    assert!(two.build(0, &out).status().unwrap().success());
    let room: usize = two
        .sites
        .iter()
        .map(|s| s.values().map(|b| b.len().next_multiple_of(4096)).sum::<usize>())
        .max()
        .unwrap();
    let (mut chance, mut failed, mut state) = (Chance(2), 0, 1);
    for round in 0..number("FULLS", 50) {
        // All but a random part of what the build needs is taken; what does not fit is taken too.
        let free = (room as f64 * 1.2 * chance.next()) as usize;
        let mut file = fs::File::create(&ballast).unwrap();
        let _ = std::io::copy(&mut std::io::repeat(1), &mut file);
        let taken = file.metadata().unwrap().len();
        file.set_len(taken.saturating_sub(free as u64)).unwrap();
        drop(file);
        let status = two.build(state, &out).status().unwrap();
        two.is_one(&out, &format!("round {round}, {free} bytes free"));
        assert!(!out.join(".postil-work").exists(), "round {round}: leftovers");
        let is = tree(&out);
        if status.success() {
            assert!(is == two.sites[state], "round {round}");
            state = 1 - state;
        } else {
            assert_eq!(status.code(), Some(2));
            assert!(is == two.sites[1 - state], "round {round}: the earlier site is not as it was");
            failed += 1;
        }
        fs::remove_file(&ballast).unwrap();
    }
    assert!(two.build(state, &out).status().unwrap().success());
    assert!(tree(&out) == two.sites[state]);
    eprintln!("{failed} builds without room; the earlier site whole each time");
}
