//! What the commands of README.txt catch by themselves: files that would pass for a part of Python, a key that is not the log's, and
//! what was logged after a head that an auditor holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use countersign::record::key::SecretKey;
use countersign::record::ssh;
use serde_json::Value;

use super::pack::{NAMESPACE, failing, files, lay_out, pack, sign, sign_as};
use super::tools::{has_tools, tool};
use super::vectors::HR;
use super::{Registry, collected, collected_by, excepted, excepted_from, json, printed};

/// A module that says that all is well, and shows that it was run.
const MODULE: &[u8] =
    b"import os, sys\nopen('ran', 'w').close()\nprint('PASS', sys.argv, flush=True)\nos._exit(0)\n";

/// HR puts modules beside the scripts, which are those of the source, and signs the pack again.
#[test]
fn a_file_of_the_pack_never_runs_in_place_of_a_part_of_python() {
    if !has_tools() {
        return;
    }
    let registry = excepted();
    let sound = files(&pack(&registry, "whole", &[]));
    for (number, path) in ["verify/base64.py", "zipfile.py"].into_iter().enumerate() {
        let mut files = sound.clone();
        files.insert(path.to_owned(), MODULE.to_vec());
        alter(&mut files, "population.csv", "waived", "complete");
        sign(&mut files);
        let folder = registry.inbox().join(format!("modules-{number}"));
        lay_out(&folder, &files);
        let failed = failing(&folder);
        assert!(!folder.join("ran").exists(), "{path} was run");
        let said: String = failed.iter().map(|(_, said)| said.as_str()).collect();
        assert!(said.contains(&format!("FAIL {path}: is no part of the pack")), "{path}: {said}");
        let beside = said.contains("FAIL verify has not log.py, tables.py and verify.sh alone:");
        assert_eq!(beside, path.starts_with("verify/"), "{path}: {said}");
    }
}

/// Whoever has the pack on its way changes what is HR's word and signs it with a key of their own.
#[test]
fn a_key_that_is_not_the_logs_signs_no_pack() {
    if !has_tools() {
        return;
    }
    let registry = excepted();
    let sound = files(&pack(&registry, "whole", &[]));
    let stranger = SecretKey::from_seed(&[7; 32]);
    let theirs = ssh::allowed_signer("hr", NAMESPACE, &stranger.public());
    let hrs = ssh::allowed_signer("hr", NAMESPACE, &SecretKey::from_seed(&HR).public());
    let key_alone = hrs.trim_end().rsplit(' ').next().expect("a key");
    let commented = format!("{} ssh-ed25519 {key_alone}\n", theirs.trim_end());
    for (number, signers) in [format!("{theirs}{hrs}"), commented].into_iter().enumerate() {
        let mut files = sound.clone();
        alter(&mut files, "population.csv", "Ada Byron", "Eve Byron");
        files.insert("allowed_signers".to_owned(), signers.clone().into_bytes());
        sign_as(&mut files, &stranger);
        let said = caught(&registry, &format!("stranger-{number}"), &files);
        assert!(said.contains("FAIL allowed_signers: does not name the key in log/key"), "{signers}{said}");
        // The line as it must be, beside what is there.
        assert!(said.contains("> hr namespaces="), "{signers}{said}");
        assert!(!said.contains("Could not verify signature"), "stock tools take it: {said}");
    }
}

/// What the commands that fail say.
fn caught(registry: &Registry, name: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let folder = registry.inbox().join(name);
    lay_out(&folder, files);
    failing(&folder).into_iter().map(|(_, said)| said).collect()
}

/// HR excepts somebody after it gave a head away. Whatever date the entry has, it is after the head, and its date is told.
#[test]
fn what_was_logged_after_a_head_is_told_with_its_date() {
    let registry = collected();
    let (kept, newest) = (registry.inbox().join("kept.checkpoint"), registry.inbox().join("new.checkpoint"));
    let checkpoint = |path: &Path| {
        printed(&registry.run(&["log", "checkpoint", "--out", path.to_str().expect("text")]), 0);
        path.to_str().expect("text").to_owned()
    };
    let older = checkpoint(&kept);
    excepted_from(&registry, "12345", "parental leave");
    let newest = checkpoint(&newest);
    let folder = pack(&registry, "whole", &[]);
    let entries = fs::read_to_string(folder.join("log/entries.jsonl")).expect("entries");
    let waived: Value = serde_json::from_str(entries.lines().last().expect("an entry")).expect("JSON");
    assert_eq!(waived["entry"], "waived");
    let dated = format!("1 entry came after it, dated {}", waived["at"].as_str().expect("a time"));
    let against = |path: &str| printed(&registry.run(&["log", "verify", "--against", path]), 0);
    let said = against(&older).replace('\n', " ");
    assert!(said.contains(&dated) && said.contains("asks HR for the reason"), "{said}");
    assert!(against(&newest).contains("no entry came after it"));
    let told = json(&registry.run(&["log", "verify", "--json", "--against", &older]), 0);
    let after = serde_json::json!({ "entries": 1, "earliest": waived["at"] });
    assert_eq!(told["heads"][0]["after"], after, "{told:#}");
    if !has_tools() {
        return;
    }
    let script = |head: &str, entries: &str, path: &str| {
        let arguments = ["-I", "verify/log.py", "entries", "log/key", head, entries, path];
        tool("python3").args(arguments).current_dir(&folder).output().expect("it starts")
    };
    let said = printed(&script("log/checkpoint", "log/entries.jsonl", &older), 0);
    assert!(said.contains(&dated) && said.contains("asks HR"), "{said}");
    let said = printed(&script("log/checkpoint", "log/entries.jsonl", &newest), 0);
    assert!(said.contains("no entry came after it"), "{said}");
    // The head of another log is no head of this one, and neither is one with more entries than there are.
    let other = collected_by(Registry::another());
    let stranger = other.home().join("checkpoint");
    printed(&script("log/checkpoint", "log/entries.jsonl", stranger.to_str().expect("text")), 1);
    let (fewer, _) = entries.trim_end().rsplit_once('\n').expect("two entries");
    fs::write(folder.join("fewer.jsonl"), format!("{fewer}\n")).expect("written");
    let fewer = printed(&script(&older, "fewer.jsonl", &newest), 1);
    assert!(fewer.contains("does not continue"), "{fewer}");
}

#[track_caller]
fn alter(files: &mut BTreeMap<String, Vec<u8>>, path: &str, from: &str, to: &str) {
    let bytes = files.get_mut(path).expect("a file");
    let altered = String::from_utf8_lossy(bytes).replace(from, to);
    assert!(altered.as_bytes() != bytes.as_slice(), "nothing is changed");
    *bytes = altered.into_bytes();
}
