//! `postil new`: a folder to begin with.

use std::path::PathBuf;

use clap::Args;

use super::{DONE, NOT_DONE, report};
use crate::build::Format;
use crate::publish;

const AFTER_HELP: &str = "\
The folder is made if it is not there; one that holds anything is refused.

Example:
  postil new my-archive && postil build my-archive";

/// Start an archive with one sample document
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct New {
    /// The archive's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

const CONFIG: &str = "\
# What is said of the archive as a whole. Every key may be left out.
title: A reading archive
description: Collected texts, with their notes where they belong.
# The language of the archive's own words.
lang: en
# Where the site will stand; needed by nothing but addresses that must be given in full.
# base_url: https://example.org/archive
# No search:
# search: false
";

const SAMPLE: &str = "\
---
title: On keeping notes with their text
tags: [reading, notes]
---

A note is a second voice. It speaks more softly than the text, and a reader may pass it over, but it was put
there by somebody who thought that a sentence could not stand alone.[^voice]

When a text is copied from one place to another, the notes are what is lost first. They drift to the end of
the file, their numbers stick to the words before them, and in the end nobody can say which of them belonged
where.[^numbers] An archive that is meant to be read puts them back.

Replace this file with a text of your own. Markdown, plain text, text taken from a PDF and scanned pages are
all read; what postil was not sure of, `postil check` tells you.

[^voice]: Or that it could, but not without a witness: a note with a source in it lets the reader go and see.

[^numbers]: A year followed by a raised figure is the usual victim: out of 1968 and note 2 comes 19682.
";

impl New {
    pub(super) fn run(self) -> u8 {
        let files = [("archive.yaml", CONFIG), ("seeds/on-keeping-notes.md", SAMPLE)];
        match publish::create(&self.folder, &files) {
            Ok(()) => {
                let folder = self.folder.display();
                report::line(&format!(
                    "an archive was started in {folder}; build it with `postil build {folder}`"
                ));
                DONE
            }
            Err(error) => {
                let hint = "name a folder that is empty, or not there yet";
                report::failure(&crate::diagnostic::Failure::from(error).hint(hint), Format::Human);
                NOT_DONE
            }
        }
    }
}
