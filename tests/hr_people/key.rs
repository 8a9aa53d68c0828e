//! HR's key: protected, kept from being written over, and missing.

use std::fs;

use super::Office;

#[test]
fn a_passphrase_protects_the_key_and_is_asked_for() {
    let office = Office::new();
    let made = office.run(&["hr", "init", "safe", "--passphrase"], "open sesame\n");
    assert!(made.status.success(), "{made:?}");
    let key = fs::read_to_string(office.path("safe/hr.key")).expect("a key file");
    assert!(key.contains("argon2id"), "{key}");
    let add = ["hr", "--registry", "safe", "course", "add", "bundled"];
    assert_eq!(office.run(&add, "wrong\n").status.code(), Some(2));
    assert_eq!(office.run(&add, "open sesame\n").status.code(), Some(0));
    for weak in ["", "\n", "a\n", "sesame!\n"] {
        let refused = office.run(&["hr", "init", "other", "--passphrase"], weak);
        assert_eq!(refused.status.code(), Some(2), "{weak:?}");
        assert!(!office.path("other").exists());
    }
}

/// A slip in a name must not cost the registry.
#[test]
fn a_database_and_a_key_are_not_written_over() {
    let office = Office::new();
    for (own, what) in [("registry/registry.db", "a database"), ("registry/hr.key", "a signing key")] {
        let before = fs::read(office.path(own)).expect("a file");
        for verb in [
            &["log", "checkpoint", "--out"][..],
            &["report", "--html"],
            &["export", "--format", "csv", "--out"],
        ] {
            let refused =
                office.run(&[&["hr", "--registry", "registry"], verb, &[own, "--force"]].concat(), "");
            assert_eq!(refused.status.code(), Some(2), "{verb:?}: {refused:?}");
            let said = String::from_utf8_lossy(&refused.stderr);
            assert!(said.contains(&format!("is {what}, which is not written over")), "{said}");
        }
        assert!(fs::read(office.path(own)).expect("a file") == before, "{own} was changed");
    }
}

/// An auditor's copy, or a key that was lost, could not even be looked at.
#[test]
fn without_its_key_a_registry_is_read_and_nothing_is_signed() {
    let office = Office::new();
    let key = office.hr(&["key", "show"]);
    fs::remove_file(office.path("registry/hr.key")).expect("there");
    for reading in [
        &["status"][..],
        &["report"],
        &["person", "007"],
        &["roster", "list"],
        &["log", "verify"],
        &["log", "checkpoint"],
        &["review"],
        &["quarantine"],
    ] {
        office.hr(reading);
    }
    assert_eq!(office.hr(&["key", "show"]), key, "the log says whose it is");
    for signing in [
        &["assign", "--course", "app-data-and-byod", "--due", "2099-12-18"][..],
        &["course", "retention", "app-data-and-byod", "--class", "x", "--years", "1", "--by", "J. Doe"],
        &["collect", "people.csv"],
    ] {
        let said = office.refused(&[&["hr", "--registry", "registry"], signing].concat());
        assert!(said.contains("HR's key registry/hr.key is missing or cannot be read"), "{said}");
        assert!(said.contains("put back the copy that you keep apart"), "{said}");
    }
}
