use super::super::strategies::{checkpoint, leaf, log, secret, size, tree, tree_of};
use super::*;

fn extension(older: u64, newer: u64) -> Extension {
    let tree = tree(newer);
    let proof = tree.consistency(size(older), size(newer)).unwrap();
    Extension::new(proof, checkpoint(&tree).sign(&secret())).unwrap()
}

#[test]
fn a_later_head_is_opened_by_an_earlier_one() {
    for (older, newer) in [(0, 0), (0, 5), (1, 2), (3, 5), (4, 8), (5, 5), (255, 300), (256, 300)] {
        let file = extension(older, newer).to_string();
        let read = Extension::parse(file.as_bytes()).unwrap();
        assert_eq!(read.to_string(), file);
        assert_eq!(read.open(&checkpoint(&tree(older)), &log()), Ok(checkpoint(&tree(newer))), "{file}");
    }
}

#[test]
fn another_history_is_not_opened() {
    let good = extension(7, 12);
    let forked = tree_of((0..7).map(|number| leaf(number + 100)));
    assert_eq!(good.open(&checkpoint(&forked), &log()), Err(LogFault::Inconsistent));
    assert_eq!(good.open(&checkpoint(&tree(6)), &log()), Err(LogFault::AnotherBeginning));
    let other = Checkpoint { origin: "another.example".parse().unwrap(), ..checkpoint(&tree(7)) };
    assert_eq!(good.open(&other, &log()), Err(LogFault::AnotherLog));
    // Backwards: the signed head is the smaller one.
    let tree = tree(12);
    let proof = ConsistencyProof { older: size(12), newer: size(7), path: Vec::new() };
    let head = Checkpoint { size: size(7), root: tree.root_at(size(7)).unwrap(), ..checkpoint(&tree) };
    let backwards = Extension::new(proof, head.sign(&secret())).unwrap();
    assert_eq!(backwards.open(&checkpoint(&tree), &log()), Err(LogFault::Inconsistent));
    let proof = tree.consistency(size(5), size(11)).unwrap();
    assert_eq!(Extension::new(proof, checkpoint(&tree).sign(&secret())), Err(LogFault::Inconsistent));
}

#[test]
fn any_flipped_bit_is_refused() {
    let file = extension(7, 12).to_string().into_bytes();
    let older = checkpoint(&tree(7));
    for bit in 0..file.len() * 8 {
        let mut changed = file.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let opened = Extension::parse(&changed).and_then(|extension| extension.open(&older, &log()));
        assert!(opened.is_err(), "bit {bit}");
    }
}

#[test]
fn what_is_no_extension_is_refused_with_its_line() {
    let file = extension(7, 12).to_string();
    let check = |from: &str, to: &str, line: usize| {
        let changed = file.replacen(from, to, 1);
        assert_ne!(changed, file, "{from}");
        match Extension::parse(changed.as_bytes()) {
            Err(LogFault::Form { line: found, .. }) => assert_eq!(found, line, "{from:?} {to:?}"),
            other => panic!("{from:?} {to:?}: {other:?}"),
        }
    };
    check("old 7", "old 07", 1);
    check("old 7", "size 7", 1);
    check("old 7\n", "old 7\n-\n", 2);
    assert!(Extension::parse(b"old 7\n").is_err());
}
