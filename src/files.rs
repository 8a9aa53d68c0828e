//! Plain files, read within limits and written whole or not at all.

mod error;
mod find;
mod folder;
mod nursery;
mod put;
mod read;
mod stamp;
mod temporary;
mod tree;
mod walk;
mod write;

pub use error::FileError;
pub use find::{Found, find};
pub use nursery::Nursery;
pub use read::{Tree, TreeLimits, look_through, read_beginning, read_limited, read_tree};
pub use stamp::Stamp;
pub use tree::{remove_tree_leftovers, write_tree, write_tree_while};
pub use walk::{Seen, Walk, open_patiently, open_regular};
pub use write::{
    Draft, Existing, Privacy, folder_of, is_private, make_folder, remove_leftovers, replace,
    replace_unsynced, require_private, sync_folder, write_all, write_beside, write_new,
};

/// Folders for the tests of other rooms.
#[cfg(test)]
pub(crate) use tempfile::tempdir;

#[cfg(test)]
mod tests;
