//! What is said, and to whom an officer is sent next.

use super::registry::Registry;
use super::vectors::{World, pretty};

#[test]
fn an_honest_record_counts_and_is_answered() {
    let registry = Registry::new();
    registry.send("a.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["acceptedNotPassed"], code), (&1.into(), &0.into(), 0), "{said:#}");
    let receipts: Vec<_> = std::fs::read_dir(registry.home().join("receipts")).expect("a folder").collect();
    assert_eq!(receipts.len(), 1);
}
