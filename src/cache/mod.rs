//! What one build remembers for the next: `.postil/` in the archive's folder, safe to delete and never wrong.
//!
//! 1. `folder`: the cache's files, each with the program that wrote it and the digest of what it holds. What is of
//!    another program, cut short or damaged is as if it were not there.
//! 2. `look`: what the disk says of all files of some folders, without opening one
//! 3. [`standing`]: the archive as it was, the site as it was left, and what there was to tell. Where both are
//!    still so, there is nothing to do.
//! 4. [`pages`]: for each file of the site what it was made from. A page of the same template and the same data is
//!    not made again, and what is as it was left is not read again.
//! 5. [`documents`]: what was read of each document, by the digests of what it was read from
//! 6. `table`: what follows from each document together with something that all have in common
//! 7. `kept`: what follows from all documents together, such as the index of names
//! 8. `aside`: what one build puts out of its memory, and forgets
//!
//! Times of files are only believed where they are older than the look at them by more than the disk's clock can
//! tell; a file that has just been written is looked at anew.

mod aside;
pub mod documents;
mod folder;
mod kept;
mod look;
mod packed;
pub mod pages;
pub mod standing;
mod table;

pub use aside::{Aside, Piece, Texts};
pub use folder::{FOLDER, Folder, Lost};
pub use kept::{Kept, kept, renewed};
pub use look::{Mark, Sight};
pub use packed::{Packed, Series};
pub use table::Table;
