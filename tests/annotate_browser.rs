//! A reader's annotation on its whole way, in Chromium and from disk: `tests/browser/annotate.mjs`.
//!
//! It needs what `tests/browser.rs` needs, and is left out where that is.

use std::fs;
use std::path::Path;
use std::process::Command;

mod common;

use common::read;
use postil::annotations::anchor::Haystack;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// Every kind of block that the browser has to count as the program does, with letters outside the first plane.
const FERRY: &str = "\
---
authors: [Ada Weir]
---
# The Ferry

It was built in the spring of 1841 (𝔄 in the parish’s own hand).

## The Rope

The miller paid
for the rope. He paid *twice*, since the first was eaten by goats,[^1] and the parish has kept both of his bills.[^2]

- a list that is tight
- with *two* items

1. and one

2. that is not

> A quotation, too, has its lines.

| river | high |
|-------|------|
| Orme  | 1841 |

In the dry years the ferryman walked across with his boots round his neck.

On one such day he carried, beside his own, a stranger’s boots and never gave them back.

The dog belongs to nobody in particular.

```rust
fn ferry_over(boots: &Boots) {}
```

[^1]: Goats eat rope.
[^2]: In a box.

    The box is locked.
";

#[test]
fn a_readers_annotation_goes_all_the_way_round() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let there = Path::new(&browser).exists()
        && Command::new("node").arg("--version").output().is_ok()
        && Path::new(REPOSITORY).join("tests/browser/node_modules/playwright-core").exists();
    if !there {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser part cannot run");
        eprintln!("SKIPPED, the browser part: Chromium, node or `npm ci` in tests/browser is missing");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/ferry.md"), FERRY).unwrap();
    let postil = env!("CARGO_BIN_EXE_postil");
    let built = Command::new(postil).arg("build").arg(folder.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let case = read::text("ferry.md", FERRY);
    let text = Haystack::new(&case.read.document, String::new()).text().chars().count();
    let output = Command::new("node")
        .arg(Path::new(REPOSITORY).join("tests/browser/annotate.mjs"))
        .args([folder.path().as_os_str(), postil.as_ref(), text.to_string().as_ref()])
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
