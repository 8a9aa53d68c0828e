//! The append-only log of the registry: what happened, hashed into a tree whose signed head outsiders can hold.
//!
//! Every [`Entry`] is a leaf of a Merkle tree (RFC 6962 section 2.1, the same as RFC 9162 section 2.1) that is kept in
//! [`Tiles`]. A [`Checkpoint`] is its signed head, a [`Receipt`] shows that an entry is in it, an [`Extension`] that a
//! later head continues an earlier one, and [`compare`] says whether the present tree does. All files are formats of
//! others (C2SP); `docs/log-format.md` is the text for people who check them without this program.

mod base64;
mod checkpoint;
mod commitment;
mod edge;
pub mod entry;
mod extension;
mod fault;
mod hash;
mod lines;
mod note;
mod proof;
mod receipt;
mod relation;
mod saved;
mod size;
#[cfg(test)]
mod strategies;
mod tile;
mod tree;
mod vkey;

pub use checkpoint::Checkpoint;
pub use commitment::{Commitment, Pseudonym, Salt};
pub use entry::{Entry, Event};
pub use extension::Extension;
pub use fault::LogFault;
pub use hash::Hash;
pub use note::Note;
pub use proof::{ConsistencyProof, InclusionProof};
pub use receipt::{Receipt, Receipted};
pub use relation::{Relation, compare};
pub use saved::as_signed;
pub use size::{Index, Size};
pub use tile::{MemoryTiles, TILE_WIDTH, TileId, Tiles};
pub use tree::{AuditFault, Tree, TreeError};
pub use vkey::{Origin, VerifierKey};
