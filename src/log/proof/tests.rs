use proptest::prelude::*;

use super::super::strategies::{index, leaf, size, tree};
use super::*;

#[test]
fn every_proof_of_small_trees_holds_and_no_other_leaf_or_root() {
    let tree = tree(20);
    for newer in 0..=20 {
        let root = tree.root_at(size(newer)).unwrap();
        for at in 0..newer {
            let proof = tree.inclusion(index(at), size(newer)).unwrap();
            assert!(proof.holds(leaf(at), root), "{at} in {newer}");
            assert!(!proof.holds(leaf(at + 1), root));
            assert!(!proof.holds(leaf(at), leaf(99)));
        }
        for older in 0..=newer {
            let older_root = tree.root_at(size(older)).unwrap();
            let proof = tree.consistency(size(older), size(newer)).unwrap();
            assert!(proof.holds(older_root, root), "{older} before {newer}");
            assert!(!proof.holds(leaf(99), root));
            assert_eq!(proof.holds(older_root, leaf(99)), older == 0 && newer > 0);
        }
    }
}

/// Proofs that no tree makes.
#[test]
fn what_no_tree_makes_is_refused() {
    let inclusion = |at, of, path: &[Hash]| {
        InclusionProof { index: index(at), size: size(of), path: path.to_vec() }.holds(leaf(0), leaf(0))
    };
    assert!(inclusion(0, 1, &[]), "a tree of one leaf is that leaf");
    assert!(!inclusion(0, 0, &[]));
    assert!(!inclusion(1, 1, &[]));
    assert!(!inclusion(0, 2, &[]));
    assert!(!inclusion(0, 1, &[leaf(1)]));
    assert!(!inclusion(i64::MAX.unsigned_abs() - 1, i64::MAX.unsigned_abs(), &[leaf(1); 200]));
    let consistency = |older, newer, path: &[Hash], older_root, newer_root| {
        ConsistencyProof { older: size(older), newer: size(newer), path: path.to_vec() }
            .holds(older_root, newer_root)
    };
    let empty = Hash::of_nothing();
    assert!(consistency(0, 5, &[], empty, leaf(0)), "every tree begins with nothing");
    assert!(!consistency(0, 5, &[], leaf(0), leaf(0)), "which has one root");
    assert!(!consistency(0, 5, &[leaf(0)], empty, leaf(0)), "and needs no proof");
    assert!(consistency(5, 5, &[], leaf(0), leaf(0)));
    assert!(!consistency(5, 5, &[], leaf(0), leaf(1)));
    assert!(!consistency(5, 5, &[leaf(0)], leaf(0), leaf(0)));
    assert!(!consistency(6, 5, &[], leaf(0), leaf(0)));
    assert!(!consistency(4, 5, &[], leaf(0), leaf(0)), "a power of two, of which the root is not sent");
    assert!(!consistency(3, 5, &[], leaf(0), leaf(0)));
    assert!(!consistency(3, 5, &[leaf(0)], leaf(0), leaf(0)));
    assert!(!consistency(1, i64::MAX.unsigned_abs(), &[leaf(0); 200], leaf(0), leaf(0)));
}

fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8 % Hash::BYTES] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

proptest! {
    #[test]
    fn any_change_to_an_inclusion_proof_is_refused(
        of in 2_u64..600,
        at in any::<prop::sample::Index>(),
        which in any::<prop::sample::Index>(),
        bit in 0_usize..256,
    ) {
        let tree = tree(of);
        let at = u64::try_from(at.index(usize::try_from(of).unwrap())).unwrap();
        let root = tree.root().unwrap();
        let good = tree.inclusion(index(at), size(of)).unwrap();
        prop_assert!(good.holds(leaf(at), root));
        prop_assert!(!good.holds(flipped(leaf(at), bit), root));
        prop_assert!(!good.holds(leaf(at), flipped(root, bit)));
        let which = which.index(good.path.len());
        let with = |change: &dyn Fn(&mut InclusionProof)| {
            let mut proof = good.clone();
            change(&mut proof);
            proof.holds(leaf(at), root)
        };
        prop_assert!(!with(&|proof| proof.path[which] = flipped(proof.path[which], bit)));
        let shorter = with(&|proof| _ = proof.path.remove(which));
        prop_assert!(!shorter);
        prop_assert!(!with(&|proof| proof.path.insert(which, leaf(at))));
        prop_assert!(!with(&|proof| proof.path.push(root)));
        prop_assert!(!with(&|proof| proof.index = index(at ^ 1 << (bit % 63).min(61))));
    }

    #[test]
    fn any_change_to_a_consistency_proof_is_refused(
        newer in 2_u64..600,
        older in any::<prop::sample::Index>(),
        which in any::<prop::sample::Index>(),
        bit in 0_usize..256,
    ) {
        let tree = tree(newer);
        let older = 1 + u64::try_from(older.index(usize::try_from(newer - 1).unwrap())).unwrap();
        let (old_root, root) = (tree.root_at(size(older)).unwrap(), tree.root().unwrap());
        let good = tree.consistency(size(older), size(newer)).unwrap();
        prop_assert!(good.holds(old_root, root));
        prop_assert!(!good.holds(flipped(old_root, bit), root));
        prop_assert!(!good.holds(old_root, flipped(root, bit)));
        let which = which.index(good.path.len());
        let with = |change: &dyn Fn(&mut ConsistencyProof)| {
            let mut proof = good.clone();
            change(&mut proof);
            proof.holds(old_root, root)
        };
        prop_assert!(!with(&|proof| proof.path[which] = flipped(proof.path[which], bit)));
        let shorter = with(&|proof| _ = proof.path.remove(which));
        prop_assert!(!shorter);
        prop_assert!(!with(&|proof| proof.path.insert(which, root)));
        prop_assert!(!with(&|proof| proof.path.push(root)));
    }

    #[test]
    fn a_hostile_proof_never_stops_the_verifier(
        at in 0..i64::MAX.unsigned_abs(),
        of in 0..=i64::MAX.unsigned_abs(),
        length in 0_usize..130,
    ) {
        let path = vec![leaf(1); length];
        let inclusion = InclusionProof { index: index(at), size: size(of), path: path.clone() };
        prop_assert!(!inclusion.holds(leaf(0), leaf(2)));
        let consistency = ConsistencyProof { older: size(at), newer: size(of), path };
        prop_assert!(!consistency.holds(leaf(0), leaf(2)));
    }
}
