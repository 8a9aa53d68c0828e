//! The right edge of a tree: the tiles that are not full yet, which is all that is needed to go on.

use super::hash::Hash;
use super::size::Size;
use super::tile::{TILE_HEIGHT, TILE_WIDTH, TileId};

/// One unfinished tile a level, 2 KiB to 64 KiB in all. Finished tiles are given away.
pub(super) struct Edge {
    size: Size,
    levels: Vec<Level>,
}

#[derive(Default)]
struct Level {
    hashes: Vec<Hash>,
    /// How many of them were there already when the edge was read.
    kept: usize,
}

impl Edge {
    /// The edge of a tree without leaves.
    pub(super) fn empty() -> Self {
        Self { size: Size::ZERO, levels: Vec::new() }
    }

    /// The edge of a tree of `size` leaves; `read` gives the first hashes of a tile.
    pub(super) fn of<E>(
        size: Size,
        mut read: impl FnMut(TileId, usize) -> Result<Vec<Hash>, E>,
    ) -> Result<Self, E> {
        let mut levels = Vec::new();
        for level in 0.. {
            let nodes = nodes(size, level);
            if nodes == 0 {
                break;
            }
            let (tile, kept) = TileId::of(level, nodes);
            let hashes = if kept == 0 { Vec::new() } else { read(tile, kept)? };
            levels.push(Level { hashes, kept });
        }
        Ok(Self { size, levels })
    }

    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Adds a leaf and gives away every tile that it makes full. `None` when the tree can have no more leaves.
    pub(super) fn push<E>(
        &mut self,
        leaf: Hash,
        mut full: impl FnMut(TileId, &[Hash]) -> Result<(), E>,
    ) -> Option<Result<(), E>> {
        self.size = Size::new(self.size.get() + 1)?;
        let mut hash = leaf;
        for level in 0.. {
            let at = usize::from(level);
            if at == self.levels.len() {
                self.levels.push(Level::default());
            }
            let tile = &mut self.levels[at];
            tile.hashes.push(hash);
            if tile.hashes.len() < TILE_WIDTH {
                break;
            }
            let (id, _) = TileId::of(level, nodes(self.size, level) - 1);
            if let Err(error) = full(id, &tile.hashes) {
                return Some(Err(error));
            }
            hash = Hash::of_row(&tile.hashes);
            tile.hashes.clear();
            tile.kept = 0;
        }
        Some(Ok(()))
    }

    /// Gives away the tiles that are not full and have grown.
    pub(super) fn finish<E>(
        &self,
        mut partial: impl FnMut(TileId, &[Hash]) -> Result<(), E>,
    ) -> Result<(), E> {
        for (level, tile) in (0..).zip(&self.levels) {
            if tile.hashes.len() > tile.kept {
                let (id, _) = TileId::of(level, nodes(self.size, level));
                partial(id, &tile.hashes)?;
            }
        }
        Ok(())
    }
}

/// How many hashes the tiles of a level hold in a tree of this size.
fn nodes(size: Size, level: u8) -> u64 {
    size.get().checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0)
}
