//! Extensions: one file that shows that a later head of the log continues an earlier one.
//!
//! The format is what C2SP tlog-witness calls the body of `add-checkpoint`, so a witness takes the file as it is.

use std::fmt;

use super::checkpoint::Checkpoint;
use super::fault::LogFault;
use super::hash::Hash;
use super::lines::Lines;
use super::note::{self, Note};
use super::proof::ConsistencyProof;
use super::size::Size;
use super::vkey::VerifierKey;

/// The largest extension that is read, in bytes: a proof and the largest note.
const MAX_BYTES: usize = (4 << 10) + note::MAX_BYTES;

/// A signed head of the log, and the proof that it continues one with fewer entries. Nothing is said yet about whether
/// it does: that is [`Extension::open`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    older: Size,
    path: Vec<Hash>,
    note: Note,
}

impl Extension {
    /// The extension to a signed head.
    ///
    /// # Errors
    /// When the note is of a head with another number of entries than the proof leads to. Whether it is the head that the
    /// proof leads to is for [`Extension::open`].
    pub fn new(proof: ConsistencyProof, note: Note) -> Result<Self, LogFault> {
        if Checkpoint::of_text(note.unverified())?.size != proof.newer {
            return Err(LogFault::Inconsistent);
        }
        Ok(Self { older: proof.older, path: proof.path, note })
    }

    /// Reads the file of an extension.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(bytes: &[u8]) -> Result<Self, LogFault> {
        let mut file = Lines::of(bytes, MAX_BYTES)?;
        let older =
            file.next()?.strip_prefix("old ").ok_or_else(|| LogFault::form(1, "is not old and a number"))?;
        let older = Size::parse(older, 1)?;
        let path = file.hashes()?;
        let note = Note::parse(file.rest().as_bytes()).map_err(|fault| fault.behind(file.read()))?;
        Ok(Self { older, path, note })
    }

    /// Checks that the newer head is signed by this log and continues `older`, and gives it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn open(&self, older: &Checkpoint, log: &VerifierKey) -> Result<Checkpoint, LogFault> {
        let newer = Checkpoint::open(&self.note, log)?;
        if older.origin != newer.origin {
            return Err(LogFault::AnotherLog);
        }
        if older.size != self.older {
            return Err(LogFault::AnotherBeginning);
        }
        let proof = ConsistencyProof { older: older.size, newer: newer.size, path: self.path.clone() };
        if proof.holds(older.root, newer.root) { Ok(newer) } else { Err(LogFault::Inconsistent) }
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.older)?;
        for hash in &self.path {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.note)
    }
}

#[cfg(test)]
mod tests;
