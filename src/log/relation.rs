//! Whether the present tree continues a head that somebody kept: how a rollback and a second history are noticed.

use super::checkpoint::Checkpoint;
use super::proof::ConsistencyProof;
use super::size::Size;
use super::tile::Tiles;
use super::tree::{Tree, TreeError};

/// What the present tree is to an earlier head of the same log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// The same entries.
    Same,
    /// It begins with the entries of the head and goes on; the proof is for whoever holds the head.
    Extended(ConsistencyProof),
    /// It has fewer entries than the head: some were removed, or an old copy of the registry was put in its place.
    RolledBack {
        /// How many entries there are.
        present: Size,
        /// How many there were.
        older: Size,
    },
    /// It has as many entries as the head or more, but not those that the head was signed over: entries were changed, or
    /// an old copy of the registry went on differently.
    Forked {
        /// How many entries the head has. One of them is not what it was.
        older: Size,
    },
}

/// Compares the present tree with a head that was signed earlier, from a checkpoint or a receipt
/// ([`super::Receipted::checkpoint`]).
///
/// The tiles are believed; that they are what the entries make is for [`Tree::audit`] to say.
///
/// # Errors
/// When the tiles cannot be read or are damaged.
pub fn compare<T: Tiles>(tree: &Tree<T>, older: &Checkpoint) -> Result<Relation, TreeError<T::Error>> {
    if older.size > tree.size() {
        return Ok(Relation::RolledBack { present: tree.size(), older: older.size });
    }
    if tree.root_at(older.size)? != older.root {
        return Ok(Relation::Forked { older: older.size });
    }
    if older.size == tree.size() {
        return Ok(Relation::Same);
    }
    Ok(Relation::Extended(tree.consistency(older.size, tree.size())?))
}

#[cfg(test)]
mod tests;
