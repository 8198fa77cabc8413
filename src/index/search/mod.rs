//! Search that works from disk: the index that `static/search-core.js` reads.
//!
//! 1. [`item`]: texts, works, names: what has an address and words
//! 2. [`words`]: what a word is, and when two are the same
//! 3. [`passage`]: an item → passages of about 1.2 KB, each block with its id
//! 4. [`terms`]: words → numbers
//! 5. [`count`]: an item → its words with their places; in parallel, each item by itself
//! 6. [`segment`]: items → lists of occurrences, passages in files
//! 7. [`shard`]: sorted words with their lists, in files
//! 8. [`facets`]: tags and authors, for filters
//! 9. [`mod@file`]: bytes → scripts
//!
//! # Why an index of our own
//!
//! A page that is opened from disk may load scripts and nothing else: no `fetch`, no modules, no WASM by address. No
//! maintained crate makes an index for that (looked for in November 2026):
//!
//! * *Pagefind* is the best of its kind for hosts. Its loader is a module that fetches WASM and chunks (its issues 202
//!   and 241, the second still open), so as a library it needs a bridge to scripts and `'wasm-unsafe-eval'`; it brings
//!   160 crates, keeps one index a language, and its quoted phrases are not exact (799 wrong hits over 64 queries).
//! * *Stork* (archived), *tinysearch* and *elasticlunr-rs* make one file that is loaded whole: tens of megabytes for
//!   thousands of texts, without phrases or scripts without spaces.
//! * *tantivy* has no form that a browser reads in pieces.
//!
//! Of 2,000 generated documents of 25 KB (`benches/search.rs`; Pagefind 1.5.2 on the same words as plain pages; two
//! runs each in turn, on a busy machine of two cores):
//!
//! | | this | Pagefind |
//! |---|---|---|
//! | seconds of processors | 5.1, 5.1 | 22.7, 23.0 |
//! | seconds | 8.8, 7.5 | 29.9, 35.8 |
//! | memory | 148 MB | 2.7 GB |
//! | size, of the text | 0.86 | 0.97 |
//! | files | 1,026 | 2,585 |
//!
//! At 10,000 this takes 188 MB, 0.85 of the text, and 498 files a thousand documents; of 37 real documents 0.78. What
//! is written here is small because it does one thing: its unit is the passage, its files are scripts, and the browser
//! needs neither a stemmer nor a decoder other than its own. `benches/search-latency.mjs` measures what a reader waits.
//!
//! # What keeps its bytes
//!
//! The index falls into segments by the hash of addresses ([`segment::segments`]). A changed, added or removed
//! document changes the words of its own segment (they are numbered through it, so that nearly all of its shards differ),
//! a few files of passages (on average one in sixteen documents begins a new one, almost whatever came before), the list of
//! segments and, if its tags or authors changed, the facets. Up to 2,500 documents there is one segment. What a
//! document yields is a record by itself ([`count::Counted`]), so that a build that kept it need not read it again.

pub mod count;
pub mod facets;
pub mod file;
pub mod item;
pub mod passage;
pub mod segment;
pub mod shard;
pub mod terms;
pub mod words;
