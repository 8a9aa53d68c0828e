//! Whoever has HR's line by another way: a pack is checked by that key, whatever key lies in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use countersign::log::VerifierKey;
use countersign::record::key::SecretKey;
use countersign::record::ssh;
use serde_json::Value;

use super::altered::check;
use super::pack::{NAMESPACE, files, lay_out, pack, sign_as};
use super::{excepted, json};

type Files = BTreeMap<String, Vec<u8>>;

fn verify(folder: &Path, key: &VerifierKey, code: i32) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("verify").arg(folder).args(["--json", "--log-key", &key.to_string()]);
    json(&command.output().expect("it starts"), code)
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
