//! The Merkle tree of the log against an implementation that shares no code with it (crate `ct-merkle`).

use countersign::log::{Hash, Index, MemoryTiles, Size, Tree};
use ct_merkle::RootHash;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

type Theirs = MemoryBackedTree<Sha256, Vec<u8>>;

/// Both trees, grown leaf by leaf.
struct Both {
    ours: Tree<MemoryTiles>,
    theirs: Theirs,
    /// Their root at every size, from 1.
    roots: Vec<RootHash<Sha256>>,
}

impl Both {
    fn new() -> Self {
        Self { ours: Tree::new(MemoryTiles::default(), Size::ZERO), theirs: Theirs::new(), roots: Vec::new() }
    }

    fn entry(number: u64) -> Vec<u8> {
        format!("entry {number}").into_bytes()
    }

    fn grow_to(&mut self, size: u64, keep_roots: bool) {
        let now = self.ours.size().get();
        self.ours
            .append((now..size).map(|number| Hash::of_leaf(&Self::entry(number))))
            .expect("memory takes everything");
        for number in now..size {
            self.theirs.push(Self::entry(number));
            if keep_roots {
                self.roots.push(self.theirs.root());
            }
        }
    }

    fn root_at(&self, size: u64) -> Hash {
        self.ours.root_at(Size::new(size).expect("a size")).expect("a root")
    }

    fn compare_root(&self) {
        let root = self.root_at(self.ours.size().get());
        assert_eq!(root.as_bytes()[..], self.theirs.root().as_bytes()[..]);
    }

    /// The proof for an entry in the present tree.
    fn compare_inclusion(&self, at: u64) {
        let size = self.ours.size();
        let ours = self.ours.inclusion(Index::new(at).expect("an index"), size).expect("a proof");
        let theirs = self.theirs.prove_inclusion(usize::try_from(at).expect("small"));
        assert_eq!(joined(&ours.path), theirs.as_bytes(), "entry {at} of {size}");
        assert!(ours.holds(Hash::of_leaf(&Self::entry(at)), self.root_at(size.get())));
        self.theirs
            .root()
            .verify_inclusion(&Self::entry(at), at, &theirs)
            .expect("they accept what is ours, too");
    }

    /// The proof from an earlier tree to the present one.
    fn compare_consistency(&self, older: u64, older_root: Option<&RootHash<Sha256>>) {
        let size = self.ours.size();
        let ours = self.ours.consistency(Size::new(older).expect("a size"), size).expect("a proof");
        let theirs = self.theirs.prove_consistency(usize::try_from(size.get() - older).expect("small"));
        assert_eq!(joined(&ours.path), theirs.as_bytes(), "{older} before {size}");
        assert!(ours.holds(self.root_at(older), self.root_at(size.get())));
        if let Some(older_root) = older_root {
            self.theirs.root().verify_consistency(older_root, &theirs).expect("they accept it, too");
        }
    }
}

fn joined(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

#[test]
fn every_tree_of_up_to_300_leaves_has_their_root_and_their_proofs() {
    let mut both = Both::new();
    for size in 1..=300 {
        both.grow_to(size, true);
        both.compare_root();
        // All of them up to 70 leaves, which is beyond every shape of the upper levels; then those at the edges of the
        // subtrees and a tenth of the others, a different tenth at every size.
        let all = size <= 70;
        let edges = |at: u64| at.is_power_of_two() || (at + 1).is_power_of_two() || at + 2 > size;
        for at in (0..size).filter(|at| all || edges(*at) || (at + size) % 10 == 0) {
            both.compare_inclusion(at);
            let older = at + 1;
            both.compare_consistency(older, both.roots.get(usize::try_from(at).expect("small")));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn larger_trees_have_their_root_and_their_proofs(
        sizes in prop::collection::btree_set(300_u64..70_000, 1..4),
        at in prop::collection::vec(any::<prop::sample::Index>(), 8),
    ) {
        let mut both = Both::new();
        for size in sizes {
            both.grow_to(size, false);
            both.compare_root();
            for at in &at {
                let at = u64::try_from(at.index(usize::try_from(size).expect("small"))).expect("small");
                both.compare_inclusion(at);
                both.compare_consistency(at + 1, None);
            }
        }
    }
}
