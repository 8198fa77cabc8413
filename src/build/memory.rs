//! What a build takes from the one before it, and leaves to the next.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::state::State;
use super::{Options, Report};
use crate::cache::documents::Documents;
use crate::cache::pages::Pages;
use crate::cache::standing::{Folders, Look};
use crate::cache::{Folder, Lost, Sight};
use crate::diagnostic::Diagnostic;
use crate::publish::{self, MANIFEST, Made, Published};
use crate::stored;

/// What a build told, as far as it is the same when there is nothing to do.
#[derive(Clone, Serialize, Deserialize)]
struct Told {
    /// Documents, words, notes and links.
    counts: [usize; 4],
    #[serde(with = "stored::diagnostics")]
    diagnostics: Vec<Diagnostic>,
    state: State,
    /// Files of the site.
    files: usize,
    /// Files in it that are not the program's.
    kept: Vec<String>,
}

/// The cache of an archive, and the archive as it was before it was read.
pub struct Memory {
    /// `None` where nothing is to be remembered.
    folder: Option<Folder>,
    site: PathBuf,
    look: Option<Look>,
    told: Option<Told>,
    /// The site as it was before anything was published.
    sight: Option<Sight>,
    /// Why something that was remembered is of no use.
    pub lost: Option<Lost>,
}

impl Memory {
    /// Looks at the archive, and recalls what there is.
    pub fn of(options: &Options) -> Memory {
        let site = options.out();
        let mut memory = Memory { folder: None, site, look: None, told: None, sight: None, lost: None };
        if options.no_cache {
            return memory;
        }
        let folder = Folder::of(&options.archive);
        let folders = Folders {
            archive: options.archive.clone(),
            seeds: options.seeds(),
            beside: vec![options.templates(), options.static_dir(), options.annotations(), options.strings()],
            site: memory.site.clone(),
        };
        let (look, told) = Look::at(folders, &folder);
        memory.told = memory.heard(told).flatten();
        memory.look = Some(look);
        memory.folder = Some(folder);
        memory
    }

    /// What the last build told, if there is nothing to do.
    pub fn standing(&self) -> Option<Report> {
        // Another build is at work, or was cut short.
        let at_work = publish::is_at_work(&self.site);
        let told = self.told.as_ref().filter(|_| !at_work)?;
        let [documents, words, notes, links] = told.counts;
        let published = Published { unchanged: told.files, kept: told.kept.clone(), ..Published::default() };
        Some(Report {
            documents,
            words,
            notes,
            links,
            diagnostics: told.diagnostics.clone(),
            state: told.state.clone(),
            published: Some(published),
            ..Report::default()
        })
    }

    /// Where what is found is kept, if anything is to be remembered.
    pub fn folder(&self) -> Option<&Folder> {
        self.folder.as_ref()
    }

    /// What was read of the documents.
    pub fn documents(&self) -> Option<Documents> {
        self.folder.as_ref().map(Documents::of)
    }

    /// Leaves to the next build what was read of the documents.
    pub fn keep_documents(&mut self, documents: Option<Documents>) {
        if let Some(lost) = documents.and_then(Documents::finish) {
            self.lost = Some(lost);
        }
    }

    /// The files of the site as the last build left them.
    pub fn pages(&mut self) -> Pages {
        let Some(folder) = &self.folder else { return Pages::default() };
        let pages = Pages::recall(folder, &self.site);
        self.heard(pages).unwrap_or_else(|| Pages::none(&self.site))
    }

    /// Those of them that stand so still. To be called while no other build can change one.
    pub fn standing_pages(&mut self, mut pages: Pages) -> Arc<Pages> {
        if self.folder.is_some() {
            pages.keep_standing(self.sight.insert(Sight::of(&self.site)));
        }
        Arc::new(pages)
    }

    /// Leaves to the next build what each file of the site holds and what it was made from. To be called while no other
    /// build can change one. True if it was seen that nothing else lies there.
    pub fn keep_pages(&mut self, files: &[Made], published: &Published) -> bool {
        let (Some(folder), Some(mut sight)) = (&self.folder, self.sight.take()) else { return false };
        let changed = published.written.iter().chain(&published.removed).map(String::as_str);
        sight.again(changed.chain([MANIFEST]));
        let kept = Pages::remember(files, &self.site, &sight, folder);
        self.heard(kept);
        if let Some(look) = &mut self.look {
            look.at_site(sight.seen());
        }
        sight.is_of(files.iter().map(|file| file.path.as_str()).chain([MANIFEST]))
    }

    /// Leaves to the next build the archive and the site as they stood then.
    pub fn keep_standing(&mut self, report: &Report) {
        let (Some(folder), Some(look)) = (&self.folder, self.look.take()) else { return };
        let told = Told {
            counts: [report.documents, report.words, report.notes, report.links],
            diagnostics: report.diagnostics.clone(),
            state: report.state.clone(),
            files: report.published.as_ref().map_or(0, |p| p.unchanged + p.written.len()),
            kept: report.published.as_ref().map_or_else(Vec::new, |p| p.kept.clone()),
        };
        let kept = look.remember(told, folder);
        self.heard(kept);
    }

    /// What came of asking the cache; why it is of no use is kept to be told.
    fn heard<T>(&mut self, answer: Result<T, Lost>) -> Option<T> {
        answer.map_err(|lost| self.lost = Some(lost)).ok()
    }
}
