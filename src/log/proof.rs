//! Proofs that need no tree: an entry is in it, a newer tree begins with an older one.

use super::hash::Hash;
use super::size::{Index, Size};

/// Shows that an entry is at an index of a tree (RFC 9162, section 2.1.3). Whoever wrote the path may have written
/// anything; [`InclusionProof::holds`] is what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// Where the entry stands.
    pub index: Index,
    /// How many entries the tree has.
    pub size: Size,
    /// The neighbours on the way from the leaf to the root.
    pub path: Vec<Hash>,
}

/// Shows that a tree begins with an earlier one (RFC 9162, section 2.1.4). Whoever wrote the path may have written
/// anything; [`ConsistencyProof::holds`] is what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// How many entries the earlier tree has.
    pub older: Size,
    /// How many entries the later tree has.
    pub newer: Size,
    /// The subtrees from which both roots are hashed.
    pub path: Vec<Hash>,
}

impl InclusionProof {
    /// Whether the leaf is at this index of the tree with this root (RFC 9162, section 2.1.3.2).
    #[must_use]
    pub fn holds(&self, leaf: Hash, root: Hash) -> bool {
        if self.index.get() >= self.size.get() {
            return false;
        }
        let mut way = Way { node: self.index.get(), last: self.size.get() - 1 };
        let mut hash = leaf;
        for neighbour in &self.path {
            match way.up() {
                None => return false,
                Some(Side::Left) => hash = Hash::of_node(*neighbour, hash),
                Some(Side::Right) => hash = Hash::of_node(hash, *neighbour),
            }
        }
        way.last == 0 && hash == root
    }
}

impl ConsistencyProof {
    /// Whether the tree with the newer root begins with the tree with the older one (RFC 9162, section 2.1.4.2).
    ///
    /// Beyond the RFC, as C2SP tlog-witness has it: every tree begins with the one that has no entries, and with
    /// itself; both need an empty path.
    #[must_use]
    pub fn holds(&self, older_root: Hash, newer_root: Hash) -> bool {
        if self.older == self.newer {
            return self.path.is_empty() && older_root == newer_root;
        }
        if self.older == Size::ZERO {
            return self.path.is_empty() && older_root == Hash::of_nothing();
        }
        if self.older > self.newer {
            return false;
        }
        let mut way = Way { node: self.older.get() - 1, last: self.newer.get() - 1 };
        while way.node & 1 == 1 {
            way.step();
        }
        // The older tree is one full subtree: its root is the beginning and is not sent.
        let (first, rest) = if self.older.get().is_power_of_two() {
            (older_root, &self.path[..])
        } else {
            let Some((first, rest)) = self.path.split_first() else { return false };
            (*first, rest)
        };
        let (mut older, mut newer) = (first, first);
        for subtree in rest {
            match way.up() {
                None => return false,
                Some(Side::Left) => {
                    older = Hash::of_node(*subtree, older);
                    newer = Hash::of_node(*subtree, newer);
                }
                Some(Side::Right) => newer = Hash::of_node(newer, *subtree),
            }
        }
        way.last == 0 && older == older_root && newer == newer_root
    }
}

/// The largest power of two below `leaves`, which is at least 2: where the RFC splits a tree.
pub(super) fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// On which side of the way the neighbour stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root, by the numbers of the node and of the last node of its level.
struct Way {
    node: u64,
    last: u64,
}

impl Way {
    /// Goes up to the next node that has a neighbour, and says on which side it stands; `None` at the root.
    fn up(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let left = self.node & 1 == 1 || self.node == self.last;
        if left {
            // The last node of a level has no right neighbour: it is its own parent until it is a right child.
            while self.node & 1 == 0 && self.node != 0 {
                self.step();
            }
        }
        self.step();
        Some(if left { Side::Left } else { Side::Right })
    }

    fn step(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }
}

#[cfg(test)]
mod tests;
