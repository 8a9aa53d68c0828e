//! What somebody may try with the registry's file and `sqlite3`, one attack a test, and the words that catch it. What may be
//! tried with a record stands in `tests/collect/attacks.rs`.

use std::fs;

use super::log::{by_hand, check};
use super::vectors::{World, pretty};
use super::{collected, excepted, json, printed};

/// Better marks, in the row and nowhere else.
#[test]
fn a_record_altered_in_the_registry_after_collection() {
    check(
        "UPDATE record SET earned = 13000, levels = 'ppppp', passed = 0",
        &[
            "the record c6ad753a was altered in the registry after it was logged: ",
            "the marks earned, passed or failed are not what the log says",
        ],
    );
}

/// And the file with it, as it would have to be.
#[test]
fn a_record_deleted_from_the_registry() {
    check(
        "DELETE FROM record; DELETE FROM record_file",
        &["the record c6ad753a was logged and then deleted from the registry"],
    );
}

/// The whole folder is put back, checkpoint file and all: only what somebody else kept shows it.
#[test]
fn a_log_rolled_back() {
    let registry = collected();
    let kept = registry.inbox().join("kept.checkpoint");
    let copy = |from: &str, to: &str| {
        let home = registry.home();
        // Everything is in the one file when nobody has it open.
        fs::copy(home.join(from), home.join(to)).expect("copied");
    };
    copy("registry.db", "old.db");
    copy("checkpoint", "old.checkpoint");
    let earlier = registry.world.claims(false, &[9]);
    registry.send("later.completion.json", &pretty(&World::signed(&earlier)));
    registry.collect();
    printed(&registry.run(&["log", "checkpoint", "--out", kept.to_str().expect("text")]), 0);
    let against = ["log", "verify", "--against", kept.to_str().expect("text")];
    let said = printed(&registry.run(&against), 0);
    assert!(said.contains("all its"), "{said}");
    copy("old.db", "registry.db");
    // With the head that was signed last still there, nobody else is needed.
    let said = printed(&registry.run(&["log", "verify"]), 1);
    assert!(
        said.contains("checkpoint was signed over") && said.contains("the log was rolled back"),
        "{said}"
    );
    copy("old.checkpoint", "checkpoint");
    printed(&registry.run(&["log", "verify"]), 0);
    let said = printed(&registry.run(&against), 1);
    assert!(said.contains("the log was rolled back: ") && said.contains("kept.checkpoint"), "{said}");
    // And it goes on differently.
    fs::remove_dir_all(registry.home().join("receipts")).expect("removed");
    for attempts in [&[1, 9][..], &[2, 9]] {
        let record = World::signed(&registry.world.claims(true, attempts));
        registry.send(&format!("{}.completion.json", attempts[0]), &pretty(&record));
    }
    registry.collect();
    let said = printed(&registry.run(&against), 1);
    assert!(said.contains("the log was rewritten: "), "{said}");
}

/// The exception goes, and in its place, under its entry, stands a record that says that the person passed.
#[test]
fn a_waiver_turned_into_a_completion() {
    let registry = excepted();
    let status = |kind: &str, code| {
        let listed = json(&registry.run(&["status", "--json", "--course", "vector-course"]), code);
        let rows = listed["rows"].as_array().expect("a list");
        rows.iter().filter(|row| row["number"] == "12345" && row["status"] == kind).count()
    };
    assert_eq!((status("waived", 0), status("complete", 0)), (1, 0));
    by_hand(
        &registry,
        "CREATE TEMP TABLE made AS SELECT * FROM record;
         UPDATE made SET person = '12345', entry = (SELECT entry FROM waiver), digest = randomblob(32), pins = 0;
         INSERT INTO record SELECT * FROM made;
         CREATE TEMP TABLE written AS SELECT * FROM record_file;
         UPDATE written SET entry = (SELECT entry FROM waiver);
         INSERT INTO record_file SELECT * FROM written;
         DELETE FROM waiver",
    );
    // The table alone would fool whoever believes it; the exit code and a note say that the log is not fooled.
    assert_eq!((status("waived", 1), status("complete", 1)), (0, 1));
    let said = printed(&registry.run(&["log", "verify"]), 1);
    for words in [
        " was added to the registry by hand: it was never logged",
        ": a waiver for vector-course was logged and then deleted from the registry",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}
