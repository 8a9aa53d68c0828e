use super::super::strategies::{checkpoint, entries, index, log, secret, tree_of};
use super::*;
use crate::log::{MemoryTiles, Tree};

fn world() -> (Vec<Entry>, Tree<MemoryTiles>) {
    let entries = entries();
    let tree = tree_of(entries.iter().map(Entry::leaf));
    (entries, tree)
}

fn receipt(entries: &[Entry], tree: &Tree<MemoryTiles>, at: usize) -> Receipt {
    let proof = tree.inclusion(index(at as u64), tree.size()).unwrap();
    Receipt::new(entries[at].bytes(), proof, checkpoint(tree).sign(&secret())).unwrap()
}

#[test]
fn every_entry_has_a_receipt_that_shows_it() {
    let (entries, tree) = world();
    for (at, entry) in entries.iter().enumerate() {
        let file = receipt(&entries, &tree, at).to_string();
        let shown = Receipt::read(file.as_bytes(), &log()).unwrap();
        assert_eq!(shown.entry, *entry);
        assert_eq!(shown.index, index(at as u64));
        assert_eq!(shown.checkpoint, checkpoint(&tree));
        assert_eq!(Receipt::parse(file.as_bytes()).unwrap().to_string(), file);
    }
}

#[test]
fn any_flipped_bit_is_refused() {
    let (entries, tree) = world();
    let file = receipt(&entries, &tree, 9).to_string().into_bytes();
    for bit in 0..file.len() * 8 {
        let mut changed = file.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(Receipt::read(&changed, &log()).is_err(), "bit {bit}");
    }
}

#[test]
fn a_receipt_for_something_else_is_refused() {
    let (entries, tree) = world();
    let good = receipt(&entries, &tree, 9);
    let refused = |change: &dyn Fn(&mut Receipt)| {
        let mut receipt = good.clone();
        change(&mut receipt);
        receipt.open(&log()).unwrap_err()
    };
    assert_eq!(refused(&|receipt| receipt.entry = entries[10].bytes()), LogFault::NotIncluded);
    assert_eq!(refused(&|receipt| receipt.index = index(10)), LogFault::NotIncluded);
    assert_eq!(refused(&|receipt| receipt.index = index(100)), LogFault::NotIncluded);
    let shorter = tree_of(entries[..10].iter().map(Entry::leaf));
    let head = checkpoint(&shorter).sign(&secret());
    assert_eq!(refused(&|receipt| receipt.note = head.clone()), LogFault::NotIncluded);
    // A node passed off as an entry: 64 bytes of two hashes.
    let [left, right] = [good.path[0], entries[9].leaf()];
    let node = [left.as_bytes().as_slice(), right.as_bytes()].concat();
    let forged = refused(&|receipt| {
        receipt.entry.clone_from(&node);
        receipt.index = index(4);
        receipt.path.remove(0);
    });
    assert_eq!(forged, LogFault::NotIncluded);
}

#[test]
fn a_leaf_that_is_no_entry_gives_no_receipt_and_none_is_believed() {
    let text = b"{\"entry\":\"collected\"}".to_vec();
    let tree = tree_of([Hash::of_leaf(&text)]);
    let proof = tree.inclusion(index(0), tree.size()).unwrap();
    let note = checkpoint(&tree).sign(&secret());
    assert!(matches!(Receipt::new(text.clone(), proof, note.clone()), Err(LogFault::Entry(_))));
    let forged = Receipt { entry: text, index: index(0), path: Vec::new(), note };
    assert!(matches!(forged.open(&log()), Err(LogFault::Entry(_))));
}

#[test]
fn parts_that_do_not_belong_together_give_no_receipt() {
    let (entries, tree) = world();
    let proof = tree.inclusion(index(3), tree.size()).unwrap();
    let note = checkpoint(&tree).sign(&secret());
    let made = |entry: &Entry, proof: InclusionProof, note: Note| Receipt::new(entry.bytes(), proof, note);
    assert!(made(&entries[3], proof.clone(), note.clone()).is_ok());
    assert_eq!(made(&entries[4], proof.clone(), note), Err(LogFault::NotIncluded));
    let older = tree_of(entries[..5].iter().map(Entry::leaf));
    assert_eq!(made(&entries[3], proof, checkpoint(&older).sign(&secret())), Err(LogFault::NotIncluded));
}

#[test]
fn what_is_no_receipt_is_refused_with_its_line() {
    let (entries, tree) = world();
    let file = receipt(&entries, &tree, 9).to_string();
    let check = |from: &str, to: &str, line: usize| {
        let changed = file.replacen(from, to, 1);
        assert_ne!(changed, file, "{from}");
        match Receipt::parse(changed.as_bytes()) {
            Err(LogFault::Form { line: found, .. }) => assert_eq!(found, line, "{from:?} {to:?}"),
            other => panic!("{from:?} {to:?}: {other:?}"),
        }
    };
    let hash = file.lines().nth(3).unwrap();
    check("@v1", "@v2", 1);
    check("extra ", "extra  ", 2);
    check("extra ", "extra: ", 2);
    check("index 9", "index 09", 3);
    check("index 9", "index 9223372036854775807", 3);
    check("index 9\n", "", 3);
    check(hash, &hash[..43], 4);
    check(hash, &[hash; 64].join("\n"), 67);
    check("\n16\n", "\n16\r\n", 10);
    assert!(Receipt::parse(b"").is_err());
    assert_eq!(Receipt::parse(&vec![b'a'; 1 << 20]), Err(LogFault::TooLarge { limit: MAX_BYTES }));
}
