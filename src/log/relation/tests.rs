use super::super::hash::Hash;
use super::super::strategies::{checkpoint, leaf, size, tree, tree_of};
use super::*;

#[test]
fn the_four_relations() {
    let present = tree(300);
    assert_eq!(compare(&present, &checkpoint(&tree(300))), Ok(Relation::Same));
    for older in [0, 1, 255, 256, 299] {
        let head = checkpoint(&tree(older));
        let Ok(Relation::Extended(proof)) = compare(&present, &head) else { panic!("{older}") };
        assert!(proof.holds(head.root, present.root().unwrap()));
    }
    let rolled_back = Relation::RolledBack { present: size(300), older: size(301) };
    assert_eq!(compare(&present, &checkpoint(&tree(301))), Ok(rolled_back));
    // An old copy of the registry went on: the last entry that both have is not the last of either.
    let other: Vec<Hash> =
        (0..300).map(|number| leaf(if number < 290 { number } else { number + 1000 })).collect();
    for (older, forked) in [(290, false), (291, true), (300, true)] {
        let head = checkpoint(&tree_of(other[..older].iter().copied()));
        let relation = compare(&present, &head).unwrap();
        let expected = Relation::Forked { older: size(older as u64) };
        assert_eq!(relation == expected, forked, "{older}: {relation:?}");
    }
}

#[test]
fn an_empty_log_in_place_of_ours_is_rolled_back() {
    let rolled_back = Relation::RolledBack { present: size(0), older: size(1) };
    assert_eq!(compare(&tree(0), &checkpoint(&tree(1))), Ok(rolled_back));
    assert_eq!(compare(&tree(0), &checkpoint(&tree(0))), Ok(Relation::Same));
}
