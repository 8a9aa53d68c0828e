//! What HR knew when it received a record, and a pack cannot show: what failed by that is no pass for whoever has the pack.

use std::path::Path;
use std::process::{Command, Output};

use countersign::record::key::SecretKey;

use super::pack::pack;
use super::vectors::{World, pretty};
use super::{Registry, collected, forge, json, learner, printed};

const STRANGER: [u8; 32] = [7; 32];

/// Somebody else signs a record of 012345, who is known by another key; HR holds it and then refuses it.
fn refused() -> Registry {
    let registry = collected();
    let stranger = SecretKey::from_seed(&STRANGER);
    let world = &registry.world;
    let claims = learner::claims(&world.course, &stranger.did(), Some(&world.assignment), &[8]);
    let mut document = World::signed(&claims);
    forge::set_key(&mut document, stranger.public().as_bytes());
    forge::sign(&mut document, &STRANGER);
    let bytes = pretty(&document);
    registry.send("another.completion.json", &bytes);
    registry.collect();
    let digest = countersign::record::read_completion(&bytes).expect("sound").digest;
    let refuse = ["review", "refuse", &digest.short(), "--by", "C. Hopper", "--reason", "not her key"];
    printed(&registry.run(&refuse), 0);
    registry
}

fn verify(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").arg(folder).args(more).output().expect("it starts")
}

/// It passed, and `--require identity` ended with 0.
#[test]
fn a_key_that_hr_did_not_know_is_no_pass() {
    let registry = refused();
    let folder = pack(&registry, "whole", &[]);
    let said = json(&verify(&folder, &["--json"]), 0);
    let records = said["records"].as_array().expect("records");
    let outcomes = |level: &str| -> Vec<&str> {
        records.iter().filter_map(|record| record["levels"][level]["outcome"].as_str()).collect()
    };
    let mut identity = outcomes("identity");
    identity.sort_unstable();
    assert_eq!((identity, outcomes("grading")), (vec!["pass", "unknown"], vec!["pass", "pass"]), "{said:#}");
    assert_eq!((&said["failed"], &said["unknown"]), (&0.into(), &1.into()));
    printed(&verify(&folder, &["--require", "grading"]), 0);
    let said = printed(&verify(&folder, &["--require", "identity"]), 1);
    for words in [
        "\u{2717} identity   unknown  it failed when HR received the record",
        "by what HR knew then, such as the key of this person, it fails: identity",
        "2 records, 1 failed",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}
