//! Hashes of the tree: a leaf can never pass for a node, because each begins with a byte of its own.

use std::fmt;

use super::base64;
use super::fault::LogFault;
use crate::digest::Digest;

/// What stands before an entry (RFC 6962, section 2.1).
const LEAF: &[u8] = &[0];

/// What stands before the hashes of two subtrees.
const NODE: &[u8] = &[1];

/// The Merkle tree hash of a leaf, a subtree or a whole tree; 32 bytes, written in base64.
///
/// Not a [`Digest`]: that one names a content, and the two must not be mistaken for each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; Self::BYTES]);

impl Hash {
    /// How many bytes a hash has.
    pub const BYTES: usize = 32;

    /// The leaf of an entry.
    #[must_use]
    pub fn of_leaf(entry: &[u8]) -> Self {
        Self(*Digest::of_parts([LEAF, entry]).as_bytes())
    }

    /// The node above two subtrees.
    #[must_use]
    pub fn of_node(left: Self, right: Self) -> Self {
        Self(*Digest::of_parts([NODE, &left.0, &right.0]).as_bytes())
    }

    /// The root of a tree without leaves.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(*Digest::of(&[]).as_bytes())
    }

    /// The bytes as they were kept somewhere.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// The node above a row of hashes that are all there: their number is a power of two.
    pub(super) fn of_row(row: &[Self]) -> Self {
        debug_assert!(row.len().is_power_of_two());
        let mut row = row.to_vec();
        while row.len() > 1 {
            for at in 0..row.len() / 2 {
                row[at] = Self::of_node(row[2 * at], row[2 * at + 1]);
            }
            row.truncate(row.len() / 2);
        }
        row[0]
    }

    /// Reads the hash that stands alone in line `line` of a file.
    pub(super) fn parse(text: &str, line: usize) -> Result<Self, LogFault> {
        base64::read(text)
            .and_then(|bytes| <[u8; Self::BYTES]>::try_from(bytes).ok())
            .map(Self)
            .ok_or_else(|| LogFault::form(line, "is not a hash: 32 bytes in base64, with padding"))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::written(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
