//! `postil import`: annotations made elsewhere → `annotations/`.

use std::path::PathBuf;

use clap::Args;

use super::{DONE, FormatName, NOT_DONE, WITH_ERRORS, report};
use crate::annotations::import::{self, Merged};
use crate::annotations::jsonld;
use crate::build::Format;
use crate::diagnostic::{Code, Failure, Severity};
use crate::{discover, publish};

const AFTER_HELP: &str = "\
Read are exports of Hypothesis (JSON), a Kindle's `My Clippings.txt` in the languages of the device, and Web \
Annotations (JSON-LD) such as the site itself saves. What is new goes into a file of the same name in `annotations/`; \
importing the same file twice changes nothing. Which passages are meant is found out by `postil build`.

Examples:
  postil import ~/hypothesis-export.json
  postil import \"/media/Kindle/documents/My Clippings.txt\" my-archive
  postil import annotations-2026-01-02.jsonld my-archive";

/// Take annotations made elsewhere into the archive
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Import {
    /// The file to take in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The archive's folder
    #[arg(value_name = "ARCHIVE", default_value = ".", hide_default_value = true)]
    archive: PathBuf,
    /// How diagnostics and the summary are printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Import {
    pub(super) fn run(self) -> u8 {
        let format: Format = self.format.into();
        match self.import(format) {
            Ok(status) => status,
            Err(failure) => {
                report::failure(&failure, format);
                NOT_DONE
            }
        }
    }

    fn import(&self, format: Format) -> Result<u8, Failure> {
        let shown = self.file.to_string_lossy();
        let bytes = discover::read(&self.file, &shown, discover::MAX_ANNOTATIONS)?;
        let Some(read) = import::read(&shown, &bytes) else {
            let message = "neither a Hypothesis export, nor a Kindle's clippings, nor Web Annotations";
            return Err(Failure::new(Code::BadAnnotations, shown, message));
        };
        let (origin, imported) = read.value;
        if imported.is_empty() && read.diagnostics.iter().any(|d| d.severity == Severity::Error) {
            report::diagnostics(&read.diagnostics, format);
            return Ok(NOT_DONE);
        }
        let folder = self.archive.join("annotations");
        let name = [&file_name(&self.file.to_string_lossy()), ".jsonld"].concat();
        let own = ["annotations/", &name].concat();
        let (files, mut diagnostics) = discover::annotations(&folder);
        let (mut file, mut others) = (Vec::new(), Vec::new());
        for there in files {
            let known = jsonld::read(&there.shown, &there.bytes);
            if there.shown == own {
                // What cannot be read would be lost by writing the file anew.
                if !known.diagnostics.is_empty() {
                    let message = "a file of this name is there already, and cannot be read";
                    return Err(
                        Failure::new(Code::BadAnnotations, own, message).hint("mend it, or move it away")
                    );
                }
                file = known.value;
            } else {
                others.extend(known.value);
            }
        }
        diagnostics.extend(read.diagnostics);
        report::diagnostics(&diagnostics, format);
        let merged = import::merge(imported, file, &others);
        if merged.new + merged.changed + merged.conflicts > 0 {
            publish::replace(&folder.join(&name), &jsonld::write(&merged.file))?;
        }
        report::line(&summary(&merged, origin.name(), &own, format));
        let bad = diagnostics.iter().any(|d| d.severity == Severity::Error);
        Ok(if bad { WITH_ERRORS } else { DONE })
    }
}

fn summary(merged: &Merged, origin: &str, file: &str, format: Format) -> String {
    let Merged { new, changed, known, conflicts, .. } = merged;
    match format {
        Format::Json => serde_json::json!({
            "file": file, "new": new, "changed": changed, "known": known, "conflicts": conflicts,
        })
        .to_string(),
        Format::Human if new + changed + conflicts == 0 => {
            format!("{origin}: nothing new, {known} known already; no file is changed")
        }
        Format::Human => format!(
            "{origin}: {new} new, {changed} changed, {known} known already, {conflicts} beside another version; in {file}"
        ),
    }
}

/// The name of the file to write: letters and digits of the name of the file that is read.
fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |n| n.0);
    let slug = crate::render::slug::of_text(stem);
    if slug.is_empty() { "imported".to_owned() } else { slug }
}
