//! Receipts (C2SP tlog-proof): one file that shows that an entry is in the log.

use std::fmt;

use super::base64;
use super::checkpoint::Checkpoint;
use super::entry::{self, Entry};
use super::fault::LogFault;
use super::hash::Hash;
use super::lines::Lines;
use super::note::{self, Note};
use super::proof::InclusionProof;
use super::size::Index;
use super::vkey::VerifierKey;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The largest receipt that is read, in bytes: the largest entry in base64, a proof, and the largest note.
const MAX_BYTES: usize = 2 * entry::MAX_BYTES + (4 << 10) + note::MAX_BYTES;

/// An entry, where it stands, and a signed head of the log. Nothing is said yet about whether they belong together:
/// that is [`Receipt::open`].
///
/// The entry travels as the `extra` of the format. The format calls it unauthenticated, and rightly: it counts for
/// nothing until it was hashed as the leaf and found in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    entry: Vec<u8>,
    index: Index,
    path: Vec<Hash>,
    note: Note,
}

/// What a receipt shows: this entry stands at this index of the log with this head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted {
    /// What happened.
    pub entry: Entry,
    /// Where it stands in the log.
    pub index: Index,
    /// A head of the log that has it. An older one than the present head: see [`super::compare`].
    pub checkpoint: Checkpoint,
}

impl Receipt {
    /// The receipt for the bytes of an entry, from its proof in the tree of a signed head.
    ///
    /// # Errors
    /// When the parts do not belong together, so that nobody would accept the receipt: the reason why [`Receipt::open`]
    /// would refuse it, the signature aside.
    pub fn new(entry: Vec<u8>, proof: InclusionProof, note: Note) -> Result<Self, LogFault> {
        let head = Checkpoint::of_text(note.unverified())?;
        Entry::parse(&entry)?;
        if head.size != proof.size || !proof.holds(Hash::of_leaf(&entry), head.root) {
            return Err(LogFault::NotIncluded);
        }
        Ok(Self { entry, index: proof.index, path: proof.path, note })
    }

    /// Whether these bytes begin like a receipt.
    #[must_use]
    pub fn is_receipt(bytes: &[u8]) -> bool {
        bytes.starts_with(HEADER.as_bytes())
    }

    /// Reads the file of a receipt.
    ///
    /// # Errors
    /// When it is not one, or carries no entry.
    pub fn parse(bytes: &[u8]) -> Result<Self, LogFault> {
        let mut file = Lines::of(bytes, MAX_BYTES)?;
        if file.next()? != HEADER {
            return Err(LogFault::form(1, "is not c2sp.org/tlog-proof@v1"));
        }
        let entry = file
            .next()?
            .strip_prefix("extra ")
            .and_then(base64::read)
            .ok_or_else(|| LogFault::form(2, "is not extra and the entry in base64"))?;
        if entry.len() > entry::MAX_BYTES {
            return Err(LogFault::form(2, "is larger than any entry"));
        }
        let index = file
            .next()?
            .strip_prefix("index ")
            .ok_or_else(|| LogFault::form(3, "is not index and a number"))?;
        let index = Index::parse(index, 3)?;
        let path = file.hashes()?;
        let note = Note::parse(file.rest().as_bytes()).map_err(|fault| fault.behind(file.read()))?;
        Ok(Self { entry, index, path, note })
    }

    /// Checks the receipt: the head is signed by this log, the entry hashes to a leaf at the index below the root of
    /// that head, and it is an entry of this program.
    ///
    /// Nothing is said about whether the entry is true, which record is meant (compare its digest), or whether the log
    /// still has it (compare the head).
    ///
    /// # Errors
    /// What is wrong.
    pub fn open(&self, log: &VerifierKey) -> Result<Receipted, LogFault> {
        let checkpoint = Checkpoint::open(&self.note, log)?;
        let proof = InclusionProof { index: self.index, size: checkpoint.size, path: self.path.clone() };
        if !proof.holds(Hash::of_leaf(&self.entry), checkpoint.root) {
            return Err(LogFault::NotIncluded);
        }
        Ok(Receipted { entry: Entry::parse(&self.entry)?, index: self.index, checkpoint })
    }

    /// Reads the file of a receipt and checks it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(bytes: &[u8], log: &VerifierKey) -> Result<Receipted, LogFault> {
        Self::parse(bytes)?.open(log)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\nextra {}\nindex {}", base64::written(&self.entry), self.index)?;
        for hash in &self.path {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.note)
    }
}

#[cfg(test)]
mod tests;
