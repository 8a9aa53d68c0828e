//! `hr log`: what it finds in a registry that somebody changed, and receipts without the registry.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use super::registry::Registry;
use super::vectors::{World, pretty};
use super::{collected, collected_by, json, printed, text};

/// Does something to the registry's file that its own rules forbid.
pub(super) fn by_hand(registry: &Registry, sql: &str) {
    let database = Connection::open(registry.home().join("registry.db")).expect("a database");
    let triggers: Vec<String> = {
        let mut statement =
            database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").expect("a schema");
        let names = statement.query_map([], |row| row.get(0)).expect("rows");
        names.collect::<Result<_, _>>().expect("names")
    };
    for trigger in triggers {
        database.execute_batch(&format!("DROP TRIGGER \"{trigger}\"")).expect("dropped");
    }
    database.execute_batch("PRAGMA foreign_keys = OFF").expect("set");
    database.execute_batch(sql).expect(sql);
}

/// Attacks, and looks for the words.
#[track_caller]
pub(super) fn check(sql: &str, words: &[&str]) {
    let registry = collected();
    printed(&registry.run(&["log", "verify"]), 0);
    by_hand(&registry, sql);
    let said = printed(&registry.run(&["log", "verify"]), 1);
    for words in words {
        assert!(said.contains(words), "{sql}\n{words}\n{said}");
    }
    let told = json(&registry.run(&["log", "verify", "--json"]), 1);
    let findings = told["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), said.lines().filter(|line| line.starts_with('\u{2717}')).count(), "{told:#}");
}

#[test]
fn rows_altered_deleted_and_added_are_found() {
    check(
        "UPDATE record SET passed = 0",
        &["was altered in the registry after it was logged: passed or failed"],
    );
    check("UPDATE record_file SET bytes = x'0041'", &["not the one that was logged"]);
    check("DELETE FROM record; DELETE FROM record_file", &["was logged and then deleted from the registry"]);
    check("DELETE FROM log_entry WHERE entry = 3", &["entry 3: this entry was deleted from the log"]);
    check(
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'passed', 'failed') AS BLOB)",
        &["was changed after it was hashed into the log"],
    );
    check(
        "UPDATE checkpoint SET note = x'00'",
        &["the checkpoint of", "that is kept in the registry was altered"],
    );
}

/// A completion that nobody sent: a copy of somebody's record under another digest.
#[test]
fn a_record_made_by_hand_was_never_logged() {
    let registry = collected();
    by_hand(
        &registry,
        "CREATE TEMP TABLE made AS SELECT * FROM record;
         UPDATE made SET entry = entry + 100, digest = randomblob(32);
         INSERT INTO record SELECT * FROM made;
         CREATE TEMP TABLE written AS SELECT * FROM record_file;
         UPDATE written SET entry = entry + 100;
         INSERT INTO record_file SELECT * FROM written",
    );
    let said = printed(&registry.run(&["log", "verify"]), 1);
    assert!(said.contains("was added to the registry by hand: it was never logged"), "{said}");
}

#[test]
fn what_is_of_another_log_is_a_finding() {
    let (registry, other) = (collected(), collected_by(Registry::another()));
    let kept = other.home().join("checkpoint");
    let said = printed(&registry.run(&["log", "verify", "--against", kept.to_str().expect("text")]), 1);
    assert!(said.contains("it is of another registry, or this registry was made anew"), "{said}");
    fs::remove_file(registry.home().join("checkpoint")).expect("removed");
    let said = printed(&registry.run(&["log", "verify"]), 1);
    assert!(said.contains("checkpoint is missing: "), "{said}");
    // The copy is made and is sound; only the head is missing.
    let backup = registry.inbox().join("copy.db");
    let copied = registry.run(&["backup", backup.to_str().expect("text")]);
    printed(&copied, 1);
    assert!(!text(&copied.stderr).contains("is not what its log says"), "{copied:?}");
    assert!(!registry.home().join("checkpoint").exists());
    // Whoever asks for a head gets one and is told; the log is what it was.
    let signed = registry.run(&["log", "checkpoint"]);
    printed(&signed, 1);
    assert!(text(&signed.stderr).contains("was missing and is written anew"), "{signed:?}");
    // Also whoever does not get it where they wanted it: it is signed by then.
    fs::remove_file(registry.home().join("checkpoint")).expect("there");
    let unwritten = registry.run(&["log", "checkpoint", "--out", backup.to_str().expect("text")]);
    printed(&unwritten, 2);
    assert!(text(&unwritten.stderr).contains("was missing and is written anew"), "{unwritten:?}");
    printed(&registry.run(&["log", "verify"]), 0);
}

/// A power cut may empty the file, and a wrong hand may put something else there: nothing is added, and everything can be seen.
#[test]
fn with_a_damaged_checkpoint_one_can_look_and_make_a_backup() {
    let registry = collected();
    let path = registry.home().join("checkpoint");
    let empty = |path: &Path| fs::write(path, "").expect("written");
    let long = |path: &Path| fs::write(path, "x".repeat(20_000)).expect("written");
    let folder = |path: &Path| fs::create_dir(path).expect("made");
    for (number, put) in [empty as fn(&Path), long, folder].into_iter().enumerate() {
        fs::remove_file(&path).expect("removed");
        put(&path);
        let backup = registry.inbox().join(format!("copy-{number}.db"));
        for verb in [&["status"][..], &["log", "verify"], &["backup", backup.to_str().expect("text")]] {
            printed(&registry.run(verb), 1);
        }
        assert!(backup.exists());
        let inbox = registry.inbox();
        for verb in [&["collect", inbox.to_str().expect("text")][..], &["log", "checkpoint"]] {
            let refused = registry.run(verb);
            assert_eq!(printed(&refused, 2), "", "{verb:?}");
            assert!(text(&refused.stderr).contains("checkpoint"), "{refused:?}");
        }
        if path.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) }.expect("removed");
        printed(&registry.run(&["log", "checkpoint"]), 1);
        printed(&registry.run(&["log", "verify"]), 0);
    }
}

/// Whoever had compared the log with a head that somebody else keeps was told to change nothing, for ever.
#[test]
fn with_a_lost_checkpoint_the_way_on_is_told() {
    let registry = collected();
    let path = registry.home().join("checkpoint");
    let kept = registry.inbox().join("kept.checkpoint");
    fs::copy(&path, &kept).expect("copied");
    let kept = kept.to_str().expect("text");
    let lost = |change: &dyn Fn()| {
        fs::copy(kept, &path).expect("copied");
        change();
        let [alone, compared] = [&["log", "verify"][..], &["log", "verify", "--against", kept]].map(|verb| {
            let output = registry.run(verb);
            let said = printed(&output, 1) + &text(&output.stderr);
            assert!(said.contains(": 1 finding\n") && !said.contains("change nothing"), "{said}");
            said.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        assert!(alone.contains("if you have it") && !alone.contains("nothing of the"), "{alone}");
        assert!(
            compared.contains(" entries under ") && compared.contains(" was changed or taken away"),
            "{compared}"
        );
        for said in [&alone, &compared] {
            assert!(said.contains("log checkpoint signs the log as it is; then go on"), "{said}");
        }
        compared
    };
    let missing = lost(&|| fs::remove_file(&path).expect("removed"));
    assert!(!missing.contains("if you have it") && !missing.contains("--against FILE"), "{missing}");
    for damaged in ["", "x", "\u{feff}countersign\n"] {
        let said = lost(&|| fs::write(&path, damaged).expect("written"));
        assert!(said.contains("away and keep it for the auditor as evidence"), "{said}");
    }
    // It is what is told, and then all is well.
    fs::remove_file(&path).expect("removed");
    printed(&registry.run(&["log", "checkpoint"]), 1);
    printed(&registry.run(&["log", "verify", "--against", kept]), 0);
    // Where something else is wrong, too, nothing is to be changed.
    fs::remove_file(&path).expect("removed");
    by_hand(&registry, "UPDATE record SET earned = 1");
    let output = registry.run(&["log", "verify", "--against", kept]);
    printed(&output, 1);
    assert!(text(&output.stderr).contains("change nothing"), "{output:?}");
}

/// Mail programs and Notepad end lines as Windows does: that was a control character, or a signature of somebody else.
#[test]
fn a_checkpoint_that_windows_saved_is_read_as_it_was_signed() {
    let registry = collected();
    let path = registry.home().join("checkpoint");
    let head = fs::read_to_string(&path).expect("text");
    let kept = registry.inbox().join("kept.checkpoint");
    let receipt = fs::read_to_string(receipt_of(&registry)).expect("text");
    let against = |bytes: &[u8], code: i32| {
        fs::write(&kept, bytes).expect("written");
        let output = registry.run(&["log", "verify", "--against", kept.to_str().expect("text")]);
        printed(&output, code) + &text(&output.stderr)
    };
    let crlf = |text: &str| text.replace('\n', "\r\n");
    for signed in [&head, &receipt] {
        for saved in [crlf(signed), format!("\u{feff}{signed}"), format!("\u{feff}{}", crlf(signed))] {
            let said = against(saved.as_bytes(), 0);
            assert!(said.contains("entries are here, unchanged"), "{said}");
            assert!(said.contains("kept.checkpoint was saved with the line ends or"), "{said}");
        }
        assert!(!against(signed.as_bytes(), 0).contains("Windows"));
        // It is what was signed that is compared: another number of entries is no head.
        let changed = crlf(signed).replacen("\r\n", "\r\n1", 1);
        assert!(against(changed.as_bytes(), 2).contains("no sound checkpoint or receipt"));
        let mixed = crlf(signed).replacen("\r\n", "\n", 1);
        against(mixed.as_bytes(), 2);
    }
    let unicode: Vec<u8> =
        "\u{feff}".chars().chain(head.chars()).flat_map(|c| (c as u16).to_le_bytes()).collect();
    assert!(against(&unicode, 2).contains("Notepad calls Unicode: save it as UTF-8"));
    // The one in the folder, and beside a backup that is restored.
    let backup = registry.inbox().join("copy.db");
    let backup = backup.to_str().expect("text");
    printed(&registry.run(&["backup", backup]), 0);
    for saved in [crlf(&head), format!("\u{feff}{head}")] {
        fs::write(&path, &saved).expect("written");
        for verb in [&["status"][..], &["log", "verify"]] {
            printed(&registry.run(verb), 0);
        }
        assert_eq!(printed(&registry.run(&["log", "checkpoint"]), 0), head);
        let folder = registry.inbox().join("restored");
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("checkpoint"), &saved).expect("written");
        let key = registry.home().join("hr.key");
        fs::copy(key, folder.join("hr.key")).expect("copied");
        let restored = registry.run(&["restore", backup, folder.to_str().expect("text")]);
        let said = printed(&restored, 0) + &text(&restored.stderr);
        assert!(said.contains("is restored") && !said.contains("warning"), "{said}");
        fs::remove_dir_all(&folder).expect("removed");
    }
}

/// Without the file the heads that the database keeps are left: none is signed that contradicts them.
#[test]
fn no_head_is_signed_that_contradicts_one_that_is_kept() {
    for sql in [
        "DELETE FROM log_entry WHERE entry > 1; DELETE FROM log_tile",
        "DELETE FROM log_entry; DELETE FROM log_tile",
        "UPDATE checkpoint SET note = x'00'",
    ] {
        let registry = collected();
        by_hand(&registry, sql);
        let path = registry.home().join("checkpoint");
        fs::remove_file(&path).expect("removed");
        let inbox = registry.inbox();
        for verb in [&["log", "checkpoint"][..], &["collect", inbox.to_str().expect("text")]] {
            let refused = registry.run(verb);
            assert_eq!(printed(&refused, 2), "", "{sql}: {verb:?}");
            assert!(text(&refused.stderr).contains("was changed, or hr.key is not its key"), "{refused:?}");
        }
        assert!(!path.exists(), "{sql}");
    }
}

/// A file that is no head of any log says nothing about this registry.
#[test]
fn what_is_no_checkpoint_is_no_finding_about_the_registry() {
    let registry = collected();
    let record = registry.inbox().join("012345.completion.json");
    let damaged = registry.inbox().join("damaged.checkpoint");
    let head = fs::read_to_string(registry.home().join("checkpoint")).expect("text");
    fs::write(&damaged, head.replacen('\n', "\n1", 1)).expect("a file");
    for file in [record, damaged] {
        let output = registry.run(&["log", "verify", "--against", file.to_str().expect("text")]);
        assert_eq!(printed(&output, 2), "");
        let said = text(&output.stderr);
        assert!(
            said.contains("is no sound checkpoint or receipt, so nothing can be compared with it"),
            "{said}"
        );
    }
}

/// Whom it is about, and what stands where.
#[test]
fn a_difference_names_the_person_and_the_values() {
    check(
        "UPDATE record SET earned = 13000, passed = 0",
        &[
            "(012345 Ada Byron; the marks earned: 14 in the log, 13 in the registry; passed or failed: passed in the log, \
           failed in the registry)",
        ],
    );
    check(
        "UPDATE record SET levels = 'pppfp'; UPDATE assignment SET due = due + 86400 WHERE person = '012345'",
        &["identity: pass in the log, fail in the registry", "the due date: 20"],
    );
    check(
        "UPDATE record SET person = '12345'",
        &[
            "(12345 Grace Brewster; whose it is: 012345 Ada Byron in the log, 12345 Grace Brewster in the registry)",
        ],
    );
}

/// What leaves HR, and what HR looks at, is what the log says, or it is told that it is not.
#[test]
fn an_altered_registry_is_neither_exported_nor_shown_without_a_word() {
    let registry = collected();
    by_hand(&registry, "UPDATE record SET person = '12345'");
    let difference = "whose it is: 012345 Ada Byron in the log, 12345 Grace Brewster in the registry";
    let badges = registry.inbox().join("badges");
    let badges = badges.to_str().expect("text");
    for format in ["openbadges", "xapi", "csv", "json"] {
        let output = registry.run(&["export", "--format", format, "--out", badges]);
        printed(&output, 1);
        let said = text(&output.stderr);
        assert!(said.contains(difference) && said.contains("nothing was exported"), "{format}: {said}");
        assert!(!registry.inbox().join("badges").exists(), "{format}");
    }
    let page = registry.inbox().join("page.html");
    let (page, copy) = (page.to_str().expect("text"), registry.inbox().join("copy.db"));
    for looked in [
        &["status"][..],
        &["person", "12345"],
        &["report"],
        &["report", "--html", page],
        &["log", "checkpoint"],
        &["backup", copy.to_str().expect("text")],
    ] {
        let output = registry.run(looked);
        printed(&output, 1);
        let said = text(&output.stderr);
        assert!(said.contains(difference) && said.contains("is not what its log says"), "{looked:?}: {said}");
    }
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("the registry is not what its log says ("), "{page}");
}

/// The name of the log is made of it, and the head that was signed last is of another one.
#[test]
fn a_registry_that_calls_itself_another_exports_nothing() {
    let registry = collected();
    by_hand(&registry, "UPDATE registry SET id = randomblob(16)");
    let badges = registry.inbox().join("badges");
    let output = registry.run(&["export", "--format", "openbadges", "--out", badges.to_str().expect("text")]);
    printed(&output, 2);
    assert!(!badges.exists(), "{}", text(&output.stderr));
}

fn receipt_of(registry: &Registry) -> PathBuf {
    let receipts = fs::read_dir(registry.home().join("receipts")).expect("receipts");
    receipts.map(|entry| entry.expect("an entry").path()).next().expect("a receipt")
}

/// An employee has a record, a receipt and the key of the log, and nothing of HR's.
#[test]
fn a_receipt_needs_no_registry() {
    let registry = collected();
    let key = printed(&registry.run(&["log", "key"]), 0).trim().to_owned();
    let (record, receipt) = (registry.inbox().join("012345.completion.json"), receipt_of(&registry));
    let verify = |receipt: &PathBuf, key: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.arg("verify").arg(&record).arg("--receipt").arg(receipt).args(["--log-key", key]);
        command.output().expect("it starts")
    };
    let said = printed(&verify(&receipt, &key), 0);
    assert!(said.contains("\u{2713} receipt    pass     HR's log has it as entry"), "{said}");
    assert!(said.contains("logged as passed with 14 of 14 points; it counted at once"), "{said}");
    // Made again it says the same, from a later head or from the same.
    let again = registry.run(&["log", "receipt", record.to_str().expect("text")]);
    assert_eq!(printed(&again, 0), fs::read_to_string(&receipt).expect("text"));
    // The receipt of another's record, one that was edited, and another key.
    let other = registry.inbox().join("other.tlog-proof");
    let claims = registry.world.claims(false, &[9]);
    registry.send("other.completion.json", &pretty(&World::signed(&claims)));
    registry.collect();
    let digest =
        countersign::record::read_completion(&pretty(&World::signed(&claims))).expect("sound").digest;
    let made = registry.run(&["log", "receipt", &digest.short(), "--out", other.to_str().expect("text")]);
    assert!(text(&made.stderr).contains("countersign verify RECORD --receipt"), "{}", text(&made.stderr));
    let said = printed(&verify(&other, &key), 1);
    assert!(
        said.contains("\u{2717} receipt    fail") && said.contains("is for another record than those"),
        "{said}"
    );
    assert!(said.contains("1 record, 1 failed, 1 receipt wrong"), "{said}");
    let edited = fs::read_to_string(&receipt).expect("text").replace("index ", "index 1");
    fs::write(&other, edited).expect("a file");
    let said = printed(&verify(&other, &key), 1);
    assert!(said.contains("is not in the log of this checkpoint at this index"), "{said}");
    let key = Registry::another().log_key().to_string();
    let said = printed(&verify(&receipt, &key), 1);
    assert!(said.contains("is not signed with the key of the log"), "{said}");
}
