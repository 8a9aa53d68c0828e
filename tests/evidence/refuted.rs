//! What HR knew when it received a record, and a pack cannot show: what failed by that is no pass for whoever has the pack.

use std::path::Path;
use std::process::{Command, Output};

use countersign::digest::Digest;
use countersign::record::key::SecretKey;
use countersign::record::read_completion;

use super::pack::{files, lay_out, pack, sign};
use super::tables::{Files, replace};
use super::vectors::{World, pretty};
use super::{Registry, collected, forge, json, learner, printed};

const STRANGER: [u8; 32] = [7; 32];

/// Somebody else signs a record of 012345, who is known by another key; HR holds it and then decides about it.
fn decided(decision: &str, reason: &str) -> (Registry, Digest) {
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
    let digest = read_completion(&bytes).expect("sound").digest;
    let decide = ["review", decision, &digest.short(), "--by", "C. Hopper", "--reason", reason];
    printed(&registry.run(&decide), 0);
    (registry, digest)
}

fn verify(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").arg(folder).args(more).output().expect("it starts")
}

/// It passed, and `--require identity` ended with 0.
#[test]
fn a_key_that_hr_did_not_know_is_no_pass() {
    let (registry, _) = decided("refuse", "not her key");
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
        "\u{2717} identity unknown it failed when HR received the record",
        "by what HR knew then, such as the key of this person, it fails: identity",
        "HR refused it at ",
        "(by C. Hopper, because: not her key): it does not count",
        "2 records, 1 failed; the pack",
    ] {
        assert!(words_of(&said).contains(words), "{words}\n{said}");
    }
}

/// What is said, whatever lines it stands in.
fn words_of(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// It failed as a refused one did, without a word of the decision; and passed when its receipt was taken away.
#[test]
fn what_hr_accepted_by_hand_is_told_beside_the_level_and_makes_it_no_pass() {
    let (registry, record) = decided("accept", "rang her: a new laptop");
    let whole = files(&pack(&registry, "whole", &[]));
    let identity = |name: &str, change: &dyn Fn(&mut Files)| {
        let mut files = whole.clone();
        change(&mut files);
        sign(&mut files);
        let folder = registry.inbox().join(name);
        lay_out(&folder, &files);
        let said = json(&verify(&folder, &["--json"]), i32::from(files != whole));
        let records = said["records"].as_array().expect("records").clone();
        let named = record.to_string();
        let of_it = records.into_iter().find(|told| told["record"]["digest"] == named.as_str());
        (folder, of_it.expect("it is here")["levels"]["identity"].clone())
    };
    let decision = "(by C. Hopper, because: rang her: a new laptop): it counts by that, which is HR's word and makes no level a pass";
    let receipt = whole.keys().find(|path| path.starts_with("receipts/") && path.contains(&record.short()));
    let receipt = receipt.expect("a receipt").clone();
    let (folder, told) = identity("as-made", &|_| {});
    let (_, without) = identity("no-receipt", &|files| drop(files.remove(&receipt)));
    for told in [&told, &without] {
        assert_eq!(told["outcome"], "unknown", "{told:#}");
        assert!(told["reasons"].to_string().contains(decision), "{told:#}");
    }
    // Where the text is not the one that was logged, nothing is told of it; that there was a decision is.
    let (_, otherwise) = identity("another-reason", &|files| {
        replace(files, "log/opened.jsonl", "a new laptop", "an old laptop");
    });
    let told = otherwise["reasons"].to_string();
    assert!(told.contains("(by whom and why is not here as it was logged): it counts"), "{told}");
    let said = printed(&verify(&folder, &["--require", "identity"]), 1);
    let words = "2 records, 1 failed (1 of them accepted by hand)";
    assert!(said.contains(words) && words_of(&said).contains(decision), "{said}");
}
