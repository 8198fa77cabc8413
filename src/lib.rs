//! postil turns a folder of collected texts into an annotated reading archive: a static site.
//!
//! # The stages
//!
//! A build goes through these in order; `build` calls them.
//!
//! 1. [`discover`]: the folder → a sorted list of sources with their sidecars (reads the disk)
//! 2. [`decode`]: bytes → a [`Source`](source::Source): text, and the way back to lines and columns
//! 3. [`hypertext`]: the elements of a page in HTML → Markdown with front matter, which everything behind reads
//! 4. [`facts`]: front matter and sidecar → what the owner says of the document
//! 5. [`recognise`]: text → its [`Form`](model::Form), with the evidence
//! 6. [`layout`]: text → lines and pages: columns unfolded, running heads and page numbers told from the text
//! 7. [`notes`]: text → markers and notes, tied by solving the whole document at once
//! 8. [`restore`]: text + notes → [`Flow`](model::Flow)s: furniture set aside, lines joined, every word accounted for
//! 9. [`parse`]: flows → a [`Document`](model::Document) of blocks and inlines; its metadata
//! 10. [`cite`]: a document → its citations, and what each stands for
//! 11. [`names`]: the names that a document mentions; merged, the archive's index of names
//! 12. [`links`]: passages that documents share; what means another document or another place of this one
//! 13. [`index`]: small records of all documents → what only the archive knows (tags, works), with what the owner says
//!     of works ([`bibliography`])
//! 14. [`render`]: documents + index → pages
//! 15. [`publish`]: pages → `site/`, all or nothing (writes the disk)
//!
//! Beside that line stand [`annotations`], what readers marked, laid over the documents after they are parsed; and
//! [`cache`], by which a build is spared what an earlier one did. What several stages ask of signs and words stands in
//! [`quotes`], [`months`], [`roman`] and [`fold`].
//!
//! Notes are found *before* the text is restored, on the text as it stands in the file: where a page
//! ends, and which lines are its notes, is plainest there, and only who knows the notes can put the
//! text around them together again.
//!
//! # Invariants
//!
//! * Content never fails a build: a bad document earns a [`Diagnostic`](diagnostic::Diagnostic) and is shown as
//!   well as it can be. `Result` is for the disk, the configuration and the templates.
//! * Every word of a source is on its page once, or in its declared omissions. No note is dropped.
//! * A wrong link is worse than a missing one.
//! * The same input gives the same bytes, whatever the machine and the number of threads.
//! * Only `discover` (which reads for `facts`, `config` and `bibliography` too), the template loader, `cache` and
//!   `publish` touch the disk.

#![warn(missing_docs)]
// A module's doc begins with its steps, which are its private parts: `cargo doc --document-private-items`.
#![allow(rustdoc::private_intra_doc_links)]

pub mod annotations;
pub mod bibliography;
pub mod build;
pub mod cache;
pub mod cite;
pub mod cli;
pub mod config;
pub mod conserve;
pub mod decode;
pub mod diagnostic;
pub mod digest;
pub mod discover;
pub mod explain;
pub mod facts;
pub mod fixes;
pub mod fold;
pub mod hash;
pub mod hypertext;
pub mod index;
pub mod invisible;
pub mod json;
pub mod layout;
pub mod links;
pub mod misspelt;
pub mod model;
pub mod months;
pub mod names;
pub mod notes;
pub mod parse;
pub mod print;
pub mod printed;
pub mod publish;
pub mod quotes;
pub mod recognise;
pub mod render;
pub mod restore;
pub mod roman;
pub mod said;
pub mod serve;
pub mod source;
pub mod stored;
pub mod strings;
pub mod words;
