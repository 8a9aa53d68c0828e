//! Stock `ssh-keygen` accepts the signature of a file, and no other file, signer or namespace under it.

#![expect(
    clippy::disallowed_methods,
    reason = "a test lays out files, and asks whether tools may be missing"
)]

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use countersign::record::key::SecretKey;
use countersign::record::ssh::{allowed_signer, sign_file};

const NAMESPACE: &str = "evidence-pack@countersign";

fn accepts(folder: &Path, namespace: &str, content: &str) -> bool {
    fs::write(folder.join("content"), content).expect("a file");
    let input = File::open(folder.join("content")).expect("the file");
    let status = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-f", "allowed_signers", "-I", "hr", "-n", namespace, "-s", "content.sig"])
        .current_dir(folder)
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("ssh-keygen is installed");
    status.success()
}

#[test]
fn ssh_keygen_checks_what_we_sign() {
    // A machine may have no OpenSSH; the one that decides about a change has.
    if Command::new("ssh-keygen").arg("-?").output().is_err() {
        assert!(env::var_os("CI").is_none(), "ssh-keygen is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let (key, other) = (SecretKey::from_seed(&[1; 32]), SecretKey::from_seed(&[2; 32]));
    fs::write(folder.join("content.sig"), sign_file(b"abc\n", NAMESPACE, &key)).expect("a file");
    let trust = |key: &SecretKey| {
        let line = allowed_signer("hr", NAMESPACE, &key.public());
        fs::write(folder.join("allowed_signers"), line).expect("a file");
    };
    trust(&key);
    assert!(accepts(folder, NAMESPACE, "abc\n"));
    assert!(!accepts(folder, NAMESPACE, "abd\n"));
    assert!(!accepts(folder, "other@countersign", "abc\n"));
    trust(&other);
    assert!(!accepts(folder, NAMESPACE, "abc\n"));
}
