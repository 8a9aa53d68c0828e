use std::cell::Cell;
use std::convert::Infallible;

use proptest::prelude::*;

use super::super::strategies::{index, leaf, size, tree, tree_of};
use super::super::tile::{MemoryTiles, TILE_WIDTH};
use super::*;

fn from_hex(text: &str) -> Vec<u8> {
    let digit = |c: u8| u8::try_from((c as char).to_digit(16).unwrap()).unwrap();
    text.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// The Merkle tree hash as RFC 6962, section 2.1, defines it, with nothing saved or kept.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_nothing(),
        [leaf] => *leaf,
        _ => {
            let mut middle = 1;
            while middle * 2 < leaves.len() {
                middle *= 2;
            }
            Hash::of_node(defined(&leaves[..middle]), defined(&leaves[middle..]))
        }
    }
}

#[test]
fn roots_are_those_of_the_certificate_transparency_tests() {
    // The eight leaves with which every implementation since the first is tested, and the roots over the first of them.
    let leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let tree = tree_of(leaves.iter().map(|leaf| Hash::of_leaf(&from_hex(leaf))));
    for (number, root) in (0..).zip(roots) {
        assert_eq!(tree.root_at(size(number)).unwrap().as_bytes()[..], from_hex(root), "{number} leaves");
    }
}

#[test]
fn tiles_are_those_of_the_specification() {
    // The example of C2SP tlog-tiles: 70,000 leaves.
    let tree = tree(70_000);
    let width = |level, position| {
        let (id, _) = TileId::of(level, position * TILE_WIDTH as u64);
        tree.tiles().tile(id).unwrap().map(|tile| tile.len() / Hash::BYTES)
    };
    assert!((0..273).all(|index| width(0, index) == Some(256)));
    assert_eq!([width(0, 273), width(0, 274)], [Some(112), None]);
    assert_eq!([width(1, 0), width(1, 1), width(1, 2)], [Some(256), Some(17), None]);
    assert_eq!([width(2, 0), width(2, 1), width(3, 0)], [Some(1), None, None]);
    // Level 1 holds the roots of full tiles.
    let leaves: Vec<Hash> = (256..512).map(leaf).collect();
    let (id, _) = TileId::of(1, 0);
    let above = tile::hashes(&tree.tiles().tile(id).unwrap().unwrap(), 2).unwrap();
    assert_eq!(above[1], defined(&leaves));
}

#[test]
fn what_is_not_there_is_an_error() {
    let tree = tree(10);
    let beyond = |asked, there| TreeError::Beyond { asked, size: size(there) };
    assert_eq!(tree.root_at(size(11)), Err(beyond(11, 10)));
    assert_eq!(tree.leaf(index(10)), Err(beyond(11, 10)));
    assert_eq!(tree.inclusion(index(10), size(10)), Err(beyond(11, 10)));
    assert_eq!(tree.inclusion(index(5), size(5)), Err(beyond(6, 5)));
    assert_eq!(tree.inclusion(index(5), size(11)), Err(beyond(11, 10)));
    assert_eq!(tree.consistency(size(5), size(11)), Err(beyond(11, 10)));
    assert_eq!(tree.consistency(size(6), size(5)), Err(beyond(6, 5)));
    assert_eq!(tree.consistency(size(0), size(0)).unwrap().path, []);
    assert_eq!(tree.leaf(index(9)), Ok(leaf(9)));
}

#[test]
fn sizes_end_where_they_must() {
    // The right edge of a tree of 2^63 − 2 leaves, made up: one leaf fits, the next does not.
    let most = Size::MAX.get();
    let mut tiles = MemoryTiles::default();
    for level in 0..8 {
        let nodes = (most - 1) >> (8 * level);
        let (id, width) = TileId::of(level, nodes);
        tiles.put_tile(id, &vec![7; width * Hash::BYTES]).unwrap();
    }
    let mut tree = Tree::new(tiles, size(most - 1));
    assert_eq!(tree.append([leaf(0)]), Ok(Size::MAX));
    assert_eq!(tree.append([leaf(0)]), Err(TreeError::Full));
    assert_eq!(tree.inclusion(index(most - 1), Size::MAX).unwrap().path.len(), 62);
}

/// Tiles that fail at the write number `left`.
struct Failing {
    tiles: MemoryTiles,
    left: usize,
}

impl Tiles for Failing {
    type Error = &'static str;

    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, &'static str> {
        Ok(self.tiles.tile(id).unwrap())
    }

    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> Result<(), &'static str> {
        self.left = self.left.checked_sub(1).ok_or("the disk is full")?;
        self.tiles.put_tile(id, hashes).unwrap();
        Ok(())
    }
}

#[test]
fn an_append_that_fails_anywhere_leaves_the_tree_as_it_was() {
    let whole = tree(2000);
    let mut failures = 0;
    for left in 0.. {
        let mut tree = Tree::new(Failing { tiles: MemoryTiles::default(), left: usize::MAX }, Size::ZERO);
        tree.append((0..300).map(leaf)).unwrap();
        let before = tree.root().unwrap();
        tree.tiles.left = left;
        let appended = tree.append((300..2000).map(|number| leaf(number + 5_000)));
        if appended.is_ok() {
            break;
        }
        failures += 1;
        assert_eq!(appended, Err(TreeError::Store("the disk is full")));
        assert_eq!((tree.size(), tree.root().unwrap()), (size(300), before));
        tree.audit((0..300).map(leaf)).unwrap();
        // Other entries than those of the attempt that failed.
        tree.tiles.left = usize::MAX;
        tree.append((300..2000).map(leaf)).unwrap();
        assert_eq!(tree.root(), Ok(whole.root().unwrap()));
        tree.audit((0..2000).map(leaf)).unwrap();
    }
    assert_eq!(failures, 8, "six full tiles and the last one of leaves, and the one above them");
}

#[test]
fn an_append_writes_the_right_edge_only() {
    let mut tree = Tree::new(Failing { tiles: MemoryTiles::default(), left: usize::MAX }, Size::ZERO);
    tree.append((0..100_000).map(leaf)).unwrap();
    tree.tiles.left = 1;
    tree.append([leaf(0)]).unwrap();
    assert_eq!(tree.tiles.left, 0);
}

#[test]
fn a_damaged_tile_is_an_error_and_never_a_panic() {
    let (leaves, _) = TileId::of(0, 0);
    for kept in [vec![], vec![1], vec![1; 31], vec![1; 33], vec![1; 99 * 32], vec![1; 257 * 32]] {
        let mut tree = tree(100);
        tree.tiles.put_tile(leaves, &kept).unwrap();
        assert_eq!(tree.root(), Err(TreeError::Damaged(leaves)));
        assert_eq!(tree.inclusion(index(3), size(100)), Err(TreeError::Damaged(leaves)));
        assert_eq!(tree.consistency(size(99), size(100)), Err(TreeError::Damaged(leaves)));
        assert_eq!(tree.append([leaf(100)]), Err(TreeError::Damaged(leaves)));
        assert_eq!(tree.audit((0..100).map(leaf)), Err(AuditFault::Tree(TreeError::Damaged(leaves))));
    }
}

#[test]
fn an_audit_names_what_differs() {
    let size_of_it = 70_000;
    let good = tree(size_of_it);
    assert_eq!(good.audit((0..size_of_it).map(leaf)), Ok(()));
    let count = |entries| Err(AuditFault::Count { entries, size: size(size_of_it) });
    assert_eq!(good.audit((0..size_of_it - 1).map(leaf)), count(size_of_it - 1));
    assert_eq!(good.audit((0..=size_of_it).map(leaf)), count(size_of_it + 1));
    assert_eq!(good.audit([]), count(0));
    for changed in [0, 255, 256, 40_000, 69_999] {
        let leaves = (0..size_of_it).map(|number| leaf(if number == changed { 1 << 40 } else { number }));
        assert_eq!(good.audit(leaves), Err(AuditFault::Entry(index(changed))));
        let without = (0..size_of_it).filter(|number| *number != changed).map(leaf);
        let expected =
            if changed == 69_999 { count(size_of_it - 1) } else { Err(AuditFault::Entry(index(changed))) };
        assert_eq!(good.audit(without), expected);
    }
    // Somebody changed an entry, its leaf, and not what stands above; or only what stands above.
    for (level, position) in [(1, 200), (1, 272), (2, 0)] {
        let mut tree = good.clone();
        let (id, within) = TileId::of(level, position);
        let mut tile = tree.tiles.tile(id).unwrap().unwrap();
        tile[within * Hash::BYTES] ^= 1;
        tree.tiles.put_tile(id, &tile).unwrap();
        assert_eq!(tree.audit((0..size_of_it).map(leaf)), Err(AuditFault::Tile(id)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn in_whatever_portions_the_tree_is_the_same(portions in prop::collection::vec(0_u64..700, 0..8)) {
        let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
        let mut next = 0;
        for portion in portions {
            tree.append((next..next + portion).map(leaf)).unwrap();
            next += portion;
        }
        let leaves: Vec<Hash> = (0..next).map(leaf).collect();
        prop_assert_eq!(tree.root().unwrap(), defined(&leaves));
        prop_assert_eq!(tree.tiles().bytes(), tree_of(leaves.iter().copied()).tiles().bytes());
        for end in [next / 3, next / 2, next.saturating_sub(1)] {
            let defined = defined(&leaves[..usize::try_from(end).unwrap()]);
            prop_assert_eq!(tree.root_at(size(end)).unwrap(), defined);
        }
        tree.audit(leaves).unwrap();
    }
}

/// Tiles that count how often they are read.
struct Counting(MemoryTiles, Cell<usize>);

impl Tiles for Counting {
    type Error = Infallible;

    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Infallible> {
        self.1.set(self.1.get() + 1);
        self.0.tile(id)
    }

    fn put_tile(&mut self, id: TileId, hashes: &[u8]) -> Result<(), Infallible> {
        self.0.put_tile(id, hashes)
    }
}

#[test]
fn a_proof_reads_two_tiles_a_level_at_most() {
    // Three levels of tiles. The hashes do not matter here, so all of them are the same.
    let most = 70_000;
    let mut tree = Tree::new(Counting(MemoryTiles::default(), Cell::new(0)), Size::ZERO);
    tree.append((0..most).map(|_| leaf(0))).unwrap();
    let edges = [1, 2, 255, 256, 257, 511, 40_000, 65_535, 65_536, 65_537, 69_631, 69_632, most];
    for (older, newer) in edges.iter().flat_map(|older| edges.map(|newer| (*older, newer))) {
        if older <= newer {
            tree.tiles.1.set(0);
            tree.inclusion(index(older - 1), size(newer)).unwrap();
            assert!(tree.tiles.1.replace(0) <= 6, "inclusion {older} {newer}");
            tree.consistency(size(older), size(newer)).unwrap();
            assert!(tree.tiles.1.get() <= 6, "consistency {older} {newer}");
        }
    }
}

#[test]
fn several_proofs_at_once_are_those_one_by_one() {
    for entries in [1, 2, 7, 255, 256, 257, 700] {
        let leaves = (0..entries).map(|number: u64| Hash::of_leaf(&number.to_le_bytes()));
        let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
        tree.append(leaves).unwrap();
        let all = (0..entries).map(index);
        let one_by_one: Vec<_> =
            all.clone().map(|index| tree.inclusion(index, size(entries)).unwrap()).collect();
        assert_eq!(tree.inclusions(all, size(entries)).unwrap(), one_by_one, "{entries} entries");
    }
}
