//! Whoever has HR's line by another way: a pack is checked by that key, whatever key lies in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use countersign::log::VerifierKey;
use countersign::record::key::SecretKey;
use countersign::record::ssh;
use serde_json::Value;

use super::altered::check;
use super::follows::with_log_of;
use super::pack::{NAMESPACE, files, lay_out, pack, sign_as};
use super::refuted::{decided, of_record};
use super::vectors::HR;
use super::{excepted, json, text};

type Files = BTreeMap<String, Vec<u8>>;

fn verify(folder: &Path, key: &VerifierKey, code: i32) -> Value {
    verify_by(folder, &["--log-key", &key.to_string()], code)
}

fn verify_by(folder: &Path, key: &[&str], code: i32) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").arg(folder).arg("--json").args(key);
    json(&command.output().expect("it starts"), code)
}

/// The log of a stranger, who says in it whatever they like of what HR's has; with receipts that follow from it.
fn exchange_log(files: &mut Files, (hrs, stranger): (&VerifierKey, &SecretKey), says: (&str, &str)) {
    let (own, other) = (hrs.key().did(), stranger.public().did());
    let entries = text(&files["log/entries.jsonl"]).replace(&own, &other).replace(says.0, says.1);
    let lines: Vec<String> = entries.lines().map(str::to_owned).collect();
    with_log_of(files, &lines, stranger);
}

/// What is signed was checked by the key in the pack, or by none where that was missing.
#[test]
fn a_pack_is_checked_by_the_key_that_was_named() {
    let registry = excepted();
    let whole = files(&pack(&registry, "whole", &[]));
    let hrs = registry.log_key();
    let stranger = SecretKey::from_seed(&[9; 32]);
    let other = VerifierKey::new(hrs.origin().clone(), stranger.public());
    let laid_out = |name: &str, forge: &dyn Fn(&mut Files)| {
        let mut files = whole.clone();
        forge(&mut files);
        let folder = registry.inbox().join(name);
        lay_out(&folder, &files);
        folder
    };
    let exchange = |files: &mut Files| {
        files.insert("log/key".to_owned(), format!("{other}\n").into_bytes());
    };
    let record = |said: &Value, identity: &str, receipt: &str| {
        assert_eq!(said["records"][0]["levels"]["identity"]["outcome"], identity, "{said:#}");
        assert_eq!(said["records"][0]["receipt"]["outcome"], receipt, "{said:#}");
    };

    let said = verify(&laid_out("without", &|files| drop(files.remove("log/key"))), &hrs, 1);
    check(&said, "files", "fail", "log/key is missing");
    check(&said, "signature", "pass", "which is the one that you named");
    check(&said, "log", "pass", "entries under the root");
    record(&said, "pass", "pass");

    let said = verify(&laid_out("exchanged", &exchange), &hrs, 1);
    check(&said, "files", "fail", "log/key was changed");
    check(&said, "signature", "fail", "log/key is not the key of the log that you named");
    assert_eq!(said["pack"]["signature"]["reasons"].as_array().map(Vec::len), Some(1), "{said:#}");
    check(&said, "log", "pass", "entries under the root");
    record(&said, "pass", "pass");

    // Whoever exchanged it signs the list.
    let signed = |files: &mut Files| {
        exchange(files);
        let line = ssh::allowed_signer("hr", NAMESPACE, &stranger.public());
        files.insert("allowed_signers".to_owned(), line.into_bytes());
        sign_as(files, &stranger);
    };
    let said = verify(&laid_out("signed", &signed), &hrs, 1);
    check(&said, "signature", "fail", &format!("not a signature of the key {}", hrs.key().did()));
    check(&said, "signature", "fail", "allowed_signers does not name the key that you named");
    check(&said, "log", "pass", "entries under the root");
    record(&said, "pass", "pass");

    // And of a pack that is all right with the line of another log nothing is believed, and all is compared.
    let said = verify(&registry.inbox().join("whole"), &other, 1);
    check(&said, "signature", "fail", "log/key is not the key of the log that you named");
    check(
        &said,
        "log",
        "fail",
        "the key that you named is not the one that the log names in its first entry",
    );
    check(&said, "tables", "pass", "are what the log says");
    record(&said, "unknown", "fail");
}

/// With the byte order mark of an editor it was no key.
#[test]
fn a_key_is_named_by_a_file() {
    let registry = excepted();
    let folder = pack(&registry, "whole", &[]);
    let file = registry.inbox().join("hr.key");
    fs::write(&file, format!("\u{feff}{}\r\n\r\n", registry.log_key())).expect("written");
    let said = verify_by(&folder, &["--log-key", file.to_str().expect("text")], 0);
    check(&said, "signature", "pass", "log/key is the one that you named");
}

/// What the log of a stranger has went before a sound receipt of HR's: the level passed, and the stranger's word was HR's.
#[test]
fn what_another_log_has_goes_before_no_receipt() {
    let (registry, record) = decided(true, "accept", "rang her");
    let (hrs, stranger) = (registry.log_key(), SecretKey::from_seed(&[9; 32]));
    let mut files = files(&pack(&registry, "whole", &[]));
    let genuine = files.clone();
    exchange_log(&mut files, (&hrs, &stranger), ("\"identity\":\"fail\"", "\"identity\":\"pass\""));
    assert!(!text(&files["log/entries.jsonl"]).contains("\"fail\""));
    files.extend(genuine.into_iter().filter(|(path, _)| path.starts_with("receipts/")));
    sign_as(&mut files, &stranger);
    let folder = registry.inbox().join("exchanged");
    lay_out(&folder, &files);
    // In `log/key` is HR's line.
    for named in [vec![], vec!["--log-key".to_owned(), hrs.to_string()]] {
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let said = verify_by(&folder, &named, 1);
        check(&said, "log", "fail", "is not the ");
        let told = of_record(&said, &record);
        for level in ["identity", "content"] {
            assert_eq!(told["levels"][level]["outcome"], "unknown", "{told:#}");
        }
        assert_eq!(
            (&told["receipt"]["outcome"], &told["decision"]),
            (&"pass".into(), &Value::Null),
            "{told:#}"
        );
        assert_eq!(said["accepted"], 0, "{said:#}");
    }
}

/// With the line of HR in it, which is what people compare, signature and receipts passed by the key that a stranger's log names.
#[test]
fn what_is_signed_with_another_key_than_the_one_in_the_pack_does_not_pass() {
    let registry = excepted();
    let (hrs, stranger) = (registry.log_key(), SecretKey::from_seed(&[9; 32]));
    let whole = files(&pack(&registry, "whole", &[]));
    let laid_out = |name: &str, forge: &dyn Fn(&mut Files)| {
        let mut files = whole.clone();
        forge(&mut files);
        let folder = registry.inbox().join(name);
        lay_out(&folder, &files);
        verify_by(&folder, &[], 1)
    };
    let theirs = laid_out("theirs", &|files| {
        exchange_log(files, (&hrs, &stranger), ("", ""));
        let line = ssh::allowed_signer("hr", NAMESPACE, &stranger.public());
        files.insert("allowed_signers".to_owned(), line.into_bytes());
        sign_as(files, &stranger);
    });
    // The other way round, HR is the stranger, who asks people.
    let ours = laid_out("ours", &|files| {
        let line = VerifierKey::new(hrs.origin().clone(), stranger.public());
        files.insert("log/key".to_owned(), format!("{line}\n").into_bytes());
        sign_as(files, &SecretKey::from_seed(&HR));
    });
    for (said, key, identity) in [(theirs, stranger.public(), "pass"), (ours, hrs.key(), "unknown")] {
        let words = format!("signed with the key {}, which the log names and log/key does not", key.did());
        check(&said, "signature", "unknown", &words);
        check(&said, "signature", "unknown", "make sure by another way that it is HR's");
        check(&said, "log", "fail", "log/key: is not the key that the log names in its first entry");
        check(&said, "tables", "pass", "are what the log says");
        let record = &said["records"][0];
        assert_eq!(record["receipt"]["outcome"], "unknown", "{said:#}");
        assert_eq!(record["levels"]["identity"]["outcome"], identity, "{said:#}");
        // Which versions count that log says, and no other.
        assert_eq!(record["levels"]["content"]["outcome"], "unknown", "{said:#}");
    }
}

/// Each was said to be a wrong signature.
#[test]
fn what_is_missing_of_the_signature_is_told_as_missing() {
    let registry = excepted();
    let whole = files(&pack(&registry, "whole", &[]));
    let missing = ["SHA256SUMS", "SHA256SUMS.sig", "allowed_signers"];
    for (number, path) in missing.into_iter().enumerate() {
        let mut files = whole.clone();
        files.remove(path);
        let folder = registry.inbox().join(format!("without-{number}"));
        lay_out(&folder, &files);
        let said = verify(&folder, &registry.log_key(), 1);
        check(&said, "signature", "fail", &format!("{path} is missing, "));
        let advice = &said["pack"]["files"]["advice"];
        assert!(advice.to_string().contains("ask HR for the whole pack again"), "{said:#}");
        assert_eq!(said["pack"]["signature"]["reasons"].as_array().map(Vec::len), Some(1), "{said:#}");
    }
}
