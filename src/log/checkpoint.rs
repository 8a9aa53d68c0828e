//! Checkpoints (C2SP tlog-checkpoint): the head of the log at a size, signed with HR's key.

use super::fault::LogFault;
use super::hash::Hash;
use super::lines::Lines;
use super::note::{self, Note};
use super::size::Size;
use super::vkey::{Origin, VerifierKey};
use crate::record::key::SecretKey;

/// The head of a log. One that came from a file was signed by the log: there is no other way to get it out of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: Origin,
    /// How many entries it has.
    pub size: Size,
    /// The root over all of them.
    pub root: Hash,
}

impl Checkpoint {
    /// Signs this head under the name of the log.
    ///
    /// A log signs no head that contradicts one it signed before. The caller sees to it: compare with the last signed
    /// head ([`super::compare`]) first.
    #[must_use]
    pub fn sign(&self, key: &SecretKey) -> Note {
        Note::sign(format!("{}\n{}\n{}\n", self.origin, self.size, self.root), &self.origin, key)
    }

    /// The head that a note states, if this log signed it.
    ///
    /// # Errors
    /// When it did not, or the note is not a checkpoint.
    pub fn open(note: &Note, log: &VerifierKey) -> Result<Self, LogFault> {
        let checkpoint = Self::of_text(note.verified(log)?)?;
        // The key may sign for several logs.
        if checkpoint.origin == *log.origin() { Ok(checkpoint) } else { Err(LogFault::AnotherLog) }
    }

    /// Reads the file of a checkpoint of this log.
    ///
    /// # Errors
    /// When it is not a checkpoint, or not of this log.
    pub fn read(bytes: &[u8], log: &VerifierKey) -> Result<Self, LogFault> {
        Self::open(&Note::parse(bytes)?, log)
    }

    /// What a note states, whoever signed it.
    pub(super) fn of_text(text: &str) -> Result<Self, LogFault> {
        let mut lines = Lines::of(text.as_bytes(), note::MAX_BYTES)?;
        let origin = lines.next()?.parse().map_err(|_| LogFault::form(1, "is not the name of a log"))?;
        let size = Size::parse(lines.next()?, 2)?;
        let root = Hash::parse(lines.next()?, 3)?;
        if size == Size::ZERO && root != Hash::of_nothing() {
            return Err(LogFault::form(3, "is not the root of a log without entries"));
        }
        // Lines that later versions may add are signed with the rest; they change nothing about the three.
        while !lines.rest().is_empty() {
            if lines.next()?.is_empty() {
                return Err(LogFault::form(lines.read(), "is empty"));
            }
        }
        Ok(Self { origin, size, root })
    }
}

#[cfg(test)]
mod tests;
