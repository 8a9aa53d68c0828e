//! Test vectors of the log: checkpoints, receipts and extensions with what is to be said of each.
//!
//! `cargo test --test log_vectors -- --ignored` writes them anew; that they come out the same is a test of its own.

use std::collections::BTreeSet;
use std::fs;

use countersign::log::{
    Checkpoint, Entry, Extension, LogFault, MemoryTiles, Receipt, Relation, Size, Tree, VerifierKey, compare,
};
use serde_json::{Map, Value, json};

#[path = "support/log_story.rs"]
mod story;

use story::{Story, Vector, all, folder, log};

/// `expected.json`: what another implementation needs to check itself.
fn expected(story: &Story, vectors: &[Vector]) -> Value {
    let files: Map<String, Value> = vectors
        .iter()
        .map(|vector| {
            let said = match vector.because {
                None => json!({ "kind": vector.kind, "verdict": "pass" }),
                Some(because) => json!({ "kind": vector.kind, "verdict": "fail", "because": because }),
            };
            (vector.name.clone(), said)
        })
        .collect();
    json!({
        "log": log().to_string(),
        "did": log().key().did(),
        "older": "valid/checkpoint-9",
        "digests": story.digests,
        "files": files,
    })
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("JSON");
    bytes.push(b'\n');
    bytes
}

fn entries(story: &Story) -> Vec<u8> {
    story.entries.iter().flat_map(|entry| [entry.bytes(), b"\n".to_vec()].concat()).collect()
}

#[test]
#[ignore = "writes the vectors"]
#[expect(clippy::disallowed_methods, reason = "test vectors are under version control")]
fn write() {
    let story = Story::new();
    let vectors = all(&story);
    for part in ["valid", "invalid"] {
        let _ = fs::remove_dir_all(folder().join(part));
        fs::create_dir_all(folder().join(part)).expect("a folder");
    }
    for vector in &vectors {
        fs::write(folder().join(&vector.name), &vector.bytes).expect("a file");
    }
    fs::write(folder().join("entries.jsonl"), entries(&story)).expect("a file");
    fs::write(folder().join("expected.json"), pretty(&expected(&story, &vectors))).expect("a file");
}

#[test]
fn the_files_are_those_of_the_table() {
    let story = Story::new();
    let vectors = all(&story);
    for vector in &vectors {
        let file = fs::read(folder().join(&vector.name)).expect("a file");
        assert!(file == vector.bytes, "{} is not what the table makes: write the vectors anew", vector.name);
    }
    assert!(fs::read(folder().join("entries.jsonl")).expect("a file") == entries(&story));
    let stored = fs::read(folder().join("expected.json")).expect("a file");
    assert_eq!(serde_json::from_slice::<Value>(&stored).expect("JSON"), expected(&story, &vectors));
    let named: BTreeSet<String> = vectors.iter().map(|vector| vector.name.clone()).collect();
    let found: BTreeSet<String> = ["valid", "invalid"]
        .into_iter()
        .flat_map(|part| {
            let entries = fs::read_dir(folder().join(part)).expect("a folder");
            entries.map(move |entry| {
                format!("{part}/{}", entry.expect("an entry").file_name().to_string_lossy())
            })
        })
        .collect();
    assert_eq!(found, named, "every file has an expected verdict");
}

#[test]
fn every_file_gets_the_verdict_that_stands_beside_it() {
    let expected: Value =
        serde_json::from_slice(&fs::read(folder().join("expected.json")).expect("a file")).expect("JSON");
    let log = expected["log"].as_str().expect("a text").parse().expect("a vkey");
    let read = |name: &str| fs::read(folder().join(name)).expect("a file");
    let older = Checkpoint::read(&read(expected["older"].as_str().expect("a text")), &log).expect("good");
    let mut wrong = Vec::new();
    for (name, said) in expected["files"].as_object().expect("an object") {
        let bytes = read(name);
        let verdict: Result<(), LogFault> = match said["kind"].as_str().expect("a text") {
            "checkpoint" => Checkpoint::read(&bytes, &log).map(drop),
            "receipt" => Receipt::read(&bytes, &log).map(drop),
            "entries" => {
                assert!(said["because"].is_string(), "{name}: nothing here finds what is wrong with them");
                check_under_their_head(&read, name, &bytes, &log);
                continue;
            }
            "extension" => Extension::parse(&bytes).and_then(|file| file.open(&older, &log)).map(drop),
            other => panic!("{other} is no kind of file"),
        };
        match (verdict, said["because"].as_str()) {
            (Ok(()), None) => {}
            (Err(fault), Some(because)) if fault.to_string().contains(because) => {}
            (verdict, because) => wrong.push(format!("{name}: {verdict:?}, expected {because:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever only hashes finds nothing wrong: each is an entry, and the head is over them.
fn check_under_their_head(read: &dyn Fn(&str) -> Vec<u8>, name: &str, bytes: &[u8], log: &VerifierKey) {
    let head = name.replace("invalid/", "valid/checkpoint-").replace(".jsonl", "");
    let head = Checkpoint::read(&read(&head), log).expect("good");
    let lines = bytes.strip_suffix(b"\n").expect("lines").split(|byte| *byte == b'\n');
    let leaves: Vec<_> = lines.map(|line| Entry::parse(line).expect("an entry").leaf()).collect();
    let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
    tree.append(leaves).expect("memory takes everything");
    assert_eq!((tree.size(), tree.root().expect("a root")), (head.size, head.root), "{name}");
}

#[test]
fn the_present_log_continues_every_head_that_is_held_and_no_other() {
    let story = Story::new();
    let tree = story.tree();
    let of_other_entries = |vector: &&Vector| vector.name.contains("checkpoint-entries-");
    let vectors = all(&story);
    for vector in vectors.iter().filter(|vector| vector.because.is_none() && !of_other_entries(vector)) {
        let head = match vector.kind {
            "checkpoint" => Checkpoint::read(&vector.bytes, &log()).expect("good"),
            "receipt" => Receipt::read(&vector.bytes, &log()).expect("good").checkpoint,
            _ => continue,
        };
        let relation = compare(&tree, &head).expect("memory");
        assert!(matches!(relation, Relation::Same | Relation::Extended(_)), "{}", vector.name);
        // The same in a registry in which an entry of the first nine was changed.
        let relation = compare(&story.forked(), &head).expect("memory");
        let forked = relation == Relation::Forked { older: head.size };
        assert_eq!(forked, head.size.get() >= 9, "{}: {relation:?}", vector.name);
    }
}

#[test]
fn entries_are_read_back_line_by_line() {
    let story = Story::new();
    let file = fs::read_to_string(folder().join("entries.jsonl")).expect("a file");
    let read: Vec<Entry> =
        file.lines().map(|line| Entry::parse(line.as_bytes()).expect("an entry")).collect();
    assert_eq!(read, story.entries);
    story.tree().audit(read.iter().map(Entry::leaf)).expect("the tree of these entries");
}
