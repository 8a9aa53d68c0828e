//! Where the hashes of the tree are kept: tiles of 256, as C2SP tlog-tiles cuts them.
//!
//! A tile of level 0 holds 256 leaves; one of level n + 1 holds the roots of 256 full tiles of level n. All other nodes
//! are hashed again when they are asked for. So a leaf costs 32 bytes and 1/255 more, an append writes the right edge
//! only, and a proof reads at most two tiles a level.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;

use super::hash::Hash;

/// How many hashes a full tile has.
pub const TILE_WIDTH: usize = 256;

/// `TILE_WIDTH` as a power of two: the levels of the tree that one level of tiles spans.
pub(super) const TILE_HEIGHT: u32 = 8;

/// Keeps tiles. A tile only grows: hashes that are in it never change, so it may be overwritten with a longer state of
/// itself and read when more of it is there than was asked for.
pub trait Tiles {
    /// Why tiles cannot be read or written.
    type Error;

    /// The hashes of a tile in a row, 32 bytes each; `None` when it was never written.
    ///
    /// # Errors
    /// When it cannot be read.
    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Self::Error>;

    /// Keeps the first 1 to 256 hashes of a tile in place of fewer of them.
    ///
    /// # Errors
    /// When it cannot be written.
    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> Result<(), Self::Error>;
}

impl<T: Tiles> Tiles for &mut T {
    type Error = T::Error;

    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Self::Error> {
        (**self).tile(id)
    }

    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> Result<(), Self::Error> {
        (**self).put_tile(id, hashes)
    }
}

/// Which tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    level: u8,
    index: u64,
}

impl TileId {
    /// The tile that holds the node number `position` of a level of tiles, and where in the tile it stands.
    pub(super) fn of(level: u8, position: u64) -> (Self, usize) {
        let within = usize::try_from(position % TILE_WIDTH as u64).expect("it is below 256");
        (Self { level, index: position / TILE_WIDTH as u64 }, within)
    }

    /// 0 to 7, 0 for leaves.
    #[must_use]
    pub fn level(self) -> u8 {
        self.level
    }

    /// Its place in the level, from 0; at most 2^55.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }
}

impl fmt::Display for TileId {
    /// The path of a full tile in C2SP tlog-tiles: `tile/0/x001/x234/067`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        let mut above = Vec::new();
        let mut rest = self.index / 1000;
        while rest > 0 {
            above.push(rest % 1000);
            rest /= 1000;
        }
        for part in above.iter().rev() {
            write!(f, "x{part:03}/")?;
        }
        write!(f, "{:03}", self.index % 1000)
    }
}

/// Tiles that last as long as the process.
#[derive(Debug, Clone, Default)]
pub struct MemoryTiles(BTreeMap<TileId, Vec<u8>>);

impl MemoryTiles {
    /// How many bytes of hashes there are.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

impl Tiles for MemoryTiles {
    type Error = Infallible;

    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.0.get(&id).cloned())
    }

    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> Result<(), Infallible> {
        self.0.insert(id, hashes.to_vec());
        Ok(())
    }
}

/// A tile as it is kept.
pub(super) fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// The first `width` hashes of a tile as it was kept; `None` if it is no tile, or fewer are there.
pub(super) fn hashes(kept: &[u8], width: usize) -> Option<Vec<Hash>> {
    let (row, rest) = kept.as_chunks::<{ Hash::BYTES }>();
    (rest.is_empty() && row.len() <= TILE_WIDTH && row.len() >= width)
        .then(|| row[..width].iter().map(|bytes| Hash::from_bytes(*bytes)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_have_the_paths_of_the_specification() {
        fn check(level: u8, index: u64, path: &str) {
            assert_eq!(TileId { level, index }.to_string(), path);
        }
        check(0, 0, "tile/0/000");
        check(0, 999, "tile/0/999");
        check(1, 1000, "tile/1/x001/000");
        check(0, 1_234_067, "tile/0/x001/x234/067");
        check(7, 1_000_000, "tile/7/x001/x000/000");
    }

    #[test]
    fn what_is_no_tile_is_not_read_as_one() {
        fn check(bytes: usize, width: usize, good: bool) {
            assert_eq!(hashes(&vec![7; bytes], width).is_some(), good, "{bytes} bytes, {width} hashes");
        }
        check(0, 0, true);
        check(32, 1, true);
        check(64, 1, true);
        check(32, 2, false);
        check(33, 1, false);
        check(31, 0, false);
        check(8192, 256, true);
        check(8224, 256, false);
    }
}
