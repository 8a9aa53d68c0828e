//! What HR knew when it received a record, and a pack cannot show: what failed by that is no pass for whoever has the pack.

use std::path::Path;
use std::process::{Command, Output};

use countersign::digest::Digest;
use countersign::record::key::SecretKey;
use countersign::record::read_completion;
use serde_json::Value;

use super::follows::with_log;
use super::pack::{files, lay_out, pack, sign};
use super::tables::{Files, replace};
use super::vectors::{World, pretty};
use super::{Registry, collected, forge, json, learner, printed, text};

const STRANGER: [u8; 32] = [7; 32];

/// Somebody else signs a record of 012345, who is known by another key; HR holds it and then decides about it.
pub(super) fn decided(is_asked: bool, decision: &str, reason: &str) -> (Registry, Digest) {
    let registry = collected();
    let stranger = SecretKey::from_seed(&STRANGER);
    let world = &registry.world;
    let assignment = is_asked.then_some(&world.assignment);
    let claims = learner::claims(&world.course, &stranger.did(), assignment, &[8]);
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

/// What is told of this record.
pub(super) fn of_record(said: &Value, record: &Digest) -> Value {
    let named = record.to_string();
    let mut records = said["records"].as_array().expect("records").iter();
    records.find(|told| told["record"]["digest"] == named.as_str()).expect("it is here").clone()
}

fn verify(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").arg(folder).args(more).output().expect("it starts")
}

/// It passed, and `--require identity` ended with 0.
#[test]
fn a_key_that_hr_did_not_know_is_no_pass() {
    let (registry, _) = decided(true, "refuse", "not her key");
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

/// The same record in a pack that was changed and signed again.
fn altered(registry: &Registry, record: &Digest, name: &str, change: impl FnOnce(&mut Files)) -> Value {
    let whole = registry.inbox().join("whole");
    let whole = if whole.is_dir() { whole } else { pack(registry, "whole", &[]) };
    let mut files = files(&whole);
    change(&mut files);
    sign(&mut files);
    let folder = registry.inbox().join(name);
    lay_out(&folder, &files);
    let output = verify(&folder, &["--json"]);
    of_record(&serde_json::from_slice(&output.stdout).expect("JSON"), record)
}

fn without_receipt(files: &mut Files, record: &Digest) {
    let before = files.len();
    files.retain(|path, _| !(path.starts_with("receipts/") && path.contains(&record.short())));
    assert_eq!(files.len() + 1, before);
}

/// It failed as a refused one did, without a word of the decision; and passed when its receipt was taken away.
#[test]
fn what_hr_accepted_by_hand_is_told_of_the_record_and_makes_no_level_a_pass() {
    let (registry, record) = decided(true, "accept", "rang her: a new laptop");
    let told = altered(&registry, &record, "as-made", |_| {});
    let without = altered(&registry, &record, "no-receipt", |files| without_receipt(files, &record));
    for told in [&told, &without] {
        assert_eq!(told["levels"]["identity"]["outcome"], "unknown", "{told:#}");
        let decision = &told["decision"];
        let said = ["decision", "by", "reason"].map(|member| decision[member].as_str().expect("a text"));
        assert_eq!(said, ["accepted", "C. Hopper", "rang her: a new laptop"], "{told:#}");
    }
    // Where the text is not the one that was logged, nothing is told of it; that there was a decision is.
    let otherwise = altered(&registry, &record, "another-reason", |files| {
        replace(files, "log/opened.jsonl", "a new laptop", "an old laptop");
    });
    let decision = &otherwise["decision"];
    assert_eq!((&decision["decision"], &decision["by"]), (&"accepted".into(), &Value::Null), "{otherwise:#}");
    let said = printed(&verify(&registry.inbox().join("another-reason"), &[]), 1);
    assert!(words_of(&said).contains("(by whom and why is not here as it was logged): it counts"), "{said}");
    let folder = registry.inbox().join("as-made");
    let said = printed(&verify(&folder, &["--require", "identity"]), 1);
    let words = "2 records, 1 failed (1 of them accepted by hand)";
    let decision = "(by C. Hopper, because: rang her: a new laptop): it counts by that, which is HR's word and makes no level a pass";
    assert!(said.contains(words) && words_of(&said).matches(decision).count() == 1, "{said}");
    let line = said.lines().find(|line| line.starts_with("  decision            HR accepted it by hand at "));
    assert!(line.is_some(), "{said}");
    let said = json(&verify(&folder, &["--json", "--require", "identity"]), 1);
    assert_eq!((&said["failed"], &said["accepted"]), (&1.into(), &1.into()), "{said:#}");
}

/// The tables go as far as the moment of the pack, and what was decided later was told beside them.
#[test]
fn what_was_decided_after_the_moment_of_a_pack_is_not_told() {
    let (registry, record) = decided(true, "accept", "rang her");
    let told = altered(&registry, &record, "decided-later", |files| {
        let mut lines: Vec<String> = text(&files["log/entries.jsonl"]).lines().map(str::to_owned).collect();
        let last = lines.last_mut().expect("an entry");
        let mut entry: Value = serde_json::from_str(last).expect("JSON");
        assert_eq!(entry["entry"], "reviewed");
        entry["at"] = "2999-11-30T00:00:00Z".into();
        *last = text(&serde_json_canonicalizer::to_vec(&entry).expect("JSON"));
        with_log(files, &lines);
    });
    assert_eq!(told["decision"], Value::Null, "{told:#}");
    assert!(!told.to_string().contains("2999"), "{told:#}");
    assert_eq!(told["levels"]["identity"]["outcome"], "unknown", "{told:#}");
}

/// A level that cannot be told from here either way was told without a word of what HR had found.
#[test]
fn what_failed_when_it_came_is_told_where_it_is_unknown_here_too() {
    let (registry, record) = decided(false, "refuse", "not her key");
    let told = altered(&registry, &record, "as-made", |_| {});
    let without = altered(&registry, &record, "no-receipt", |files| without_receipt(files, &record));
    for told in [told, without] {
        let identity = &told["levels"]["identity"];
        assert_eq!(identity["outcome"], "unknown", "{told:#}");
        let reasons = identity["reasons"].to_string();
        for words in
            ["it failed when HR received the record", "self-declared: the record answers no assignment"]
        {
            assert!(reasons.contains(words), "{words}\n{told:#}");
        }
    }
}

/// What is said, whatever lines it stands in.
fn words_of(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
