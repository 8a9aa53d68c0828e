//! HR's registry: who must be trained, what was assigned, what came back, and what follows from it. Nouns and rules,
//! without a disk, a clock or a face.
//!
//! Everything that happens is one [`Change`]. A store keeps each change together with the entry of the log that commits
//! to it, so that what is shown can always be compared with what was logged.

pub mod assign;
pub mod belonging;
pub mod change;
pub mod claimant;
pub mod collect;
pub mod dossier;
pub mod evidence;
pub mod listing;
pub mod office;
pub mod parcel;
pub mod person;
pub mod policy;
pub mod retention;
pub mod roster;
pub mod row;
#[cfg(test)]
pub(crate) mod samples;
pub mod similarity;
pub mod status;
pub mod summary;
pub mod terms;

pub use change::Change;
pub use dossier::Dossier;
pub use person::{PersonNumber, Profile};
pub use terms::Terms;
