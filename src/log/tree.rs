//! The tree: appending, roots, proofs, and whether the tiles are what the entries make.

use std::collections::BTreeMap;
use std::fmt;

use super::edge::Edge;
use super::hash::Hash;
use super::proof::{ConsistencyProof, InclusionProof, split};
use super::size::{Index, Size};
use super::tile::{self, TILE_HEIGHT, TileId, Tiles};

/// A Merkle tree over the entries of a log, as much of it as `size` says. Tiles may hold more: another copy of the
/// program may have gone on, or an append was interrupted. What is beyond the size is never looked at.
#[derive(Debug, Clone)]
pub struct Tree<T> {
    tiles: T,
    size: Size,
}

/// Why a tree cannot be read or written.
#[derive(Debug, PartialEq, Eq)]
pub enum TreeError<E> {
    /// The tiles cannot be read or written.
    Store(E),
    /// A tile is missing, too short, or no tile at all.
    Damaged(TileId),
    /// There are not so many entries.
    Beyond {
        /// How many there would have to be.
        asked: u64,
        /// How many there are.
        size: Size,
    },
    /// There are [`Size::MAX`] entries.
    Full,
}

impl<E: fmt::Display> fmt::Display for TreeError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Damaged(tile) => write!(f, "the hashes of the log are damaged ({tile})"),
            Self::Beyond { asked, size } => {
                write!(f, "the log has {size} entries, and {asked} were asked for")
            }
            Self::Full => write!(f, "the log has {} entries and takes no more", Size::MAX),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for TreeError<E> {}

/// In what the entries and the tree differ.
#[derive(Debug, PartialEq, Eq)]
pub enum AuditFault<E> {
    /// This entry is not what was appended.
    Entry(Index),
    /// The entries are as many and as they were, but a tile above them is not.
    Tile(TileId),
    /// There are fewer or more entries than the tree has leaves.
    Count {
        /// At least so many.
        entries: u64,
        /// So many leaves.
        size: Size,
    },
    /// The tree cannot be read.
    Tree(TreeError<E>),
}

impl<E: fmt::Display> fmt::Display for AuditFault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(index) => write!(f, "entry {index} is not the one that was appended to the log"),
            Self::Tile(tile) => write!(f, "the hashes of the log were changed ({tile})"),
            Self::Count { entries, size } if *entries > size.get() => {
                write!(f, "there are more entries than the {size} that were appended to the log")
            }
            Self::Count { entries, size } => {
                write!(f, "there are {entries} entries, and {size} were appended to the log")
            }
            Self::Tree(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for AuditFault<E> {}

impl<T: Tiles> Tree<T> {
    /// The tree of the first `size` entries in these tiles; [`Size::ZERO`] for a new one.
    pub fn new(tiles: T, size: Size) -> Self {
        Self { tiles, size }
    }

    /// How many entries it has.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The tiles.
    pub fn tiles(&self) -> &T {
        &self.tiles
    }

    /// Appends entries by their hashes ([`Hash::of_leaf`]) and gives the new size. Writes the tiles at the right edge
    /// only, each once, and keeps no more than those in memory.
    ///
    /// # Errors
    /// When the tiles cannot be read or written, or the tree is full. The size is then what it was, and with it the
    /// tree, even if some tiles have grown: they can be appended to again.
    pub fn append(&mut self, leaves: impl IntoIterator<Item = Hash>) -> Result<Size, TreeError<T::Error>> {
        let mut reading = Reading::of(&self.tiles);
        let mut edge = Edge::of(self.size, |tile, width| reading.hashes(tile, width).map(<[_]>::to_vec))?;
        let mut write =
            |id, hashes: &[Hash]| self.tiles.put_tile(id, &tile::bytes(hashes)).map_err(TreeError::Store);
        for leaf in leaves {
            edge.push(leaf, &mut write).ok_or(TreeError::Full)??;
        }
        edge.finish(write)?;
        self.size = edge.size();
        Ok(self.size)
    }

    /// The root of all entries.
    ///
    /// # Errors
    /// When the tiles cannot be read or are damaged.
    pub fn root(&self) -> Result<Hash, TreeError<T::Error>> {
        self.root_at(self.size)
    }

    /// The root that the tree had when it had `size` entries.
    ///
    /// # Errors
    /// When it never had so many, or the tiles cannot be read or are damaged.
    pub fn root_at(&self, size: Size) -> Result<Hash, TreeError<T::Error>> {
        self.reach(size.get())?;
        if size == Size::ZERO {
            return Ok(Hash::of_nothing());
        }
        Reading::of(&self.tiles).range(0, size.get())
    }

    /// The hash of one entry.
    ///
    /// # Errors
    /// When there is no such entry, or the tiles cannot be read or are damaged.
    pub fn leaf(&self, index: Index) -> Result<Hash, TreeError<T::Error>> {
        self.reach(index.get() + 1)?;
        Reading::of(&self.tiles).node(0, index.get())
    }

    /// Shows that an entry is in the tree as it was with `size` entries (RFC 9162, section 2.1.3.1).
    ///
    /// # Errors
    /// When the entry was not there yet, the tree never had so many, or the tiles cannot be read or are damaged.
    pub fn inclusion(&self, index: Index, size: Size) -> Result<InclusionProof, TreeError<T::Error>> {
        self.reach(size.get())?;
        Reading::of(&self.tiles).inclusion(index, size)
    }

    /// Shows that several entries are in it, whose paths have most of their hashes in common when they stand together.
    ///
    /// # Errors
    /// Those of [`Tree::inclusion`].
    pub fn inclusions(
        &self,
        indices: impl IntoIterator<Item = Index>,
        size: Size,
    ) -> Result<Vec<InclusionProof>, TreeError<T::Error>> {
        self.reach(size.get())?;
        let mut reading = Reading::of(&self.tiles);
        indices.into_iter().map(|index| reading.inclusion(index, size)).collect()
    }

    /// Shows that the tree of `newer` entries begins with the tree of `older` entries (RFC 9162, section 2.1.4.1).
    ///
    /// # Errors
    /// When `older` is the larger one, the tree never had so many, or the tiles cannot be read or are damaged.
    pub fn consistency(&self, older: Size, newer: Size) -> Result<ConsistencyProof, TreeError<T::Error>> {
        self.reach(newer.get())?;
        if older > newer {
            return Err(TreeError::Beyond { asked: older.get(), size: newer });
        }
        let mut path = Vec::new();
        if older != Size::ZERO {
            let mut reading = Reading::of(&self.tiles);
            let (mut start, mut end) = (0, newer.get());
            while end != older.get() {
                let middle = start + split(end - start);
                if older.get() <= middle {
                    path.push(reading.range(middle, end)?);
                    end = middle;
                } else {
                    path.push(reading.range(start, middle)?);
                    start = middle;
                }
            }
            // A verifier that has the older root has this hash already, unless the older tree ends inside a subtree.
            if start != 0 {
                path.push(reading.range(start, end)?);
            }
            path.reverse();
        }
        Ok(ConsistencyProof { older, newer, path })
    }

    /// Hashes all entries again and compares every tile. Reads the tree once, from left to right.
    ///
    /// A tree that passes is what the entries make; whether anybody else has seen it is for [`super::compare`] to say.
    ///
    /// # Errors
    /// The first difference.
    pub fn audit(&self, leaves: impl IntoIterator<Item = Hash>) -> Result<(), AuditFault<T::Error>> {
        let mut edge = Edge::empty();
        let compare = |id: TileId, expected: &[Hash]| {
            let mut reading = Reading::of(&self.tiles);
            let kept = reading.hashes(id, expected.len()).map_err(AuditFault::Tree)?;
            let Some(within) = kept.iter().zip(expected).position(|(kept, expected)| kept != expected) else {
                return Ok(());
            };
            let leaf = id.index() * tile::TILE_WIDTH as u64 + within as u64;
            match Index::new(leaf) {
                Some(index) if id.level() == 0 => Err(AuditFault::Entry(index)),
                Some(_) | None => Err(AuditFault::Tile(id)),
            }
        };
        for leaf in leaves {
            if edge.size() == self.size {
                return Err(AuditFault::Count { entries: self.size.get() + 1, size: self.size });
            }
            edge.push(leaf, compare).ok_or(AuditFault::Tree(TreeError::Full))??;
        }
        edge.finish(compare)?;
        if edge.size() == self.size {
            return Ok(());
        }
        Err(AuditFault::Count { entries: edge.size().get(), size: self.size })
    }

    fn reach(&self, asked: u64) -> Result<(), TreeError<T::Error>> {
        if asked > self.size.get() {
            return Err(TreeError::Beyond { asked, size: self.size });
        }
        Ok(())
    }
}

/// One operation's view of the tiles: each is read once, and each node within one is made once.
struct Reading<'a, T> {
    tiles: &'a T,
    read: BTreeMap<TileId, Vec<Hash>>,
    /// By height and number.
    made: BTreeMap<(u32, u64), Hash>,
}

impl<'a, T: Tiles> Reading<'a, T> {
    fn of(tiles: &'a T) -> Self {
        Self { tiles, read: BTreeMap::new(), made: BTreeMap::new() }
    }

    /// The first `width` hashes of a tile.
    fn hashes(&mut self, id: TileId, width: usize) -> Result<&[Hash], TreeError<T::Error>> {
        if !self.read.contains_key(&id) {
            let kept = self.tiles.tile(id).map_err(TreeError::Store)?.unwrap_or_default();
            let all = tile::hashes(&kept, kept.len() / Hash::BYTES).ok_or(TreeError::Damaged(id))?;
            self.read.insert(id, all);
        }
        self.read[&id].get(..width).ok_or(TreeError::Damaged(id))
    }

    /// The root of the leaves from `start` to below `end`. `start` is a multiple of the largest power of two that is
    /// not above their number, so that full subtrees stand from left to right, each smaller than the one before.
    fn range(&mut self, start: u64, end: u64) -> Result<Hash, TreeError<T::Error>> {
        let mut subtrees = Vec::new();
        let mut at = start;
        while at < end {
            let height = (end - at).ilog2();
            subtrees.push(self.node(height, at >> height)?);
            at += 1 << height;
        }
        let smallest = subtrees.pop().expect("a range is not empty");
        Ok(subtrees.into_iter().rev().fold(smallest, |right, left| Hash::of_node(left, right)))
    }

    /// The root of the full subtree number `number` of those with 2^`height` leaves.
    fn node(&mut self, height: u32, number: u64) -> Result<Hash, TreeError<T::Error>> {
        let level = u8::try_from(height / TILE_HEIGHT).expect("a tree has at most 63 levels");
        if height.is_multiple_of(TILE_HEIGHT) {
            let (tile, within) = TileId::of(level, number);
            return Ok(self.hashes(tile, within + 1)?[within]);
        }
        if let Some(made) = self.made.get(&(height, number)) {
            return Ok(*made);
        }
        // No deeper than a tile is high.
        let node = Hash::of_node(self.node(height - 1, 2 * number)?, self.node(height - 1, 2 * number + 1)?);
        self.made.insert((height, number), node);
        Ok(node)
    }

    fn inclusion(&mut self, index: Index, size: Size) -> Result<InclusionProof, TreeError<T::Error>> {
        if index.get() >= size.get() {
            return Err(TreeError::Beyond { asked: index.get() + 1, size });
        }
        let mut path = Vec::new();
        let (mut start, mut end) = (0, size.get());
        while end - start > 1 {
            let middle = start + split(end - start);
            if index.get() < middle {
                path.push(self.range(middle, end)?);
                end = middle;
            } else {
                path.push(self.range(start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Ok(InclusionProof { index, size, path })
    }
}

#[cfg(test)]
mod tests;
