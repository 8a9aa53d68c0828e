//! What somebody can do to the file with another program, one attack each, with the words that catch it.

use super::*;

/// Does something to a registry that was sound, and looks for the words that catch it.
#[track_caller]
fn check(sql: &str, expected: &[&str]) {
    let (_home, path) = filled();
    assert_eq!(findings(&path), Vec::<String>::new());
    by_hand(&path, sql);
    let found = findings(&path);
    for words in expected {
        assert!(found.iter().any(|finding| finding.contains(words)), "{sql}\n{words}\n{found:#?}");
    }
    assert!(!found.is_empty(), "{sql}");
}

#[test]
fn a_record_that_was_altered_after_collection_is_found() {
    check(
        "UPDATE record SET passed = 1 WHERE entry = 9",
        &[
            "entry 9: the record",
            "was altered in the registry after it was logged: passed or failed is not what",
        ],
    );
    check("UPDATE record SET earned = 9999 WHERE entry = 9", &["altered", "the marks earned are not"]);
    check("UPDATE record SET treatment = 'accept' WHERE entry = 4", &["whether it counts is not"]);
    check("UPDATE record SET signed_at = signed_at - 1 WHERE entry = 4", &["the time of completion is not"]);
    check("UPDATE record SET at = at - 1 WHERE entry = 4", &["the time is not what the log says"]);
    check("UPDATE record SET levels = 'ppppp' WHERE entry = 4", &["levels are not what the log says"]);
    check("UPDATE record SET person = '012' WHERE entry = 4", &["whose it is"]);
    check("UPDATE record SET pins = 1 WHERE entry = 4", &["whether its key is the person's"]);
    check(
        "UPDATE record SET levels = 'xxxxx' WHERE entry = 4",
        &["a record was altered in the registry and cannot be"],
    );
    check("UPDATE record SET assignment = zeroblob(16) WHERE entry = 4", &["its texts"]);
    check(
        "UPDATE record_file SET answers = zeroblob(32) WHERE entry = 4",
        &["assignment is not what the log says"],
    );
    check("UPDATE record_file SET did = 'did:key:z6Mk' WHERE entry = 4", &["its texts (who, why, names)"]);
    check(
        "UPDATE record_file SET bytes = x'0041' WHERE entry = 4",
        &["the file of the record", "not the one that was logged"],
    );
    check("UPDATE decision SET decision = 'accepted'", &["the decision about the record", "decision is not"]);
    check("UPDATE decision SET by = 'Somebody'", &["the decision about the record", "its texts"]);
}

#[test]
fn what_was_deleted_or_added_by_hand_is_found() {
    // A record, deleted.
    check(
        "DELETE FROM record WHERE entry = 9; DELETE FROM record_file WHERE entry = 9",
        &["entry 9: the record", "was logged and then deleted from the registry"],
    );
    check("DELETE FROM decision", &["entry 5: the decision about the record", "then deleted"]);
    check(
        "DELETE FROM record WHERE entry = 9; DELETE FROM record_file WHERE entry = 9;
         INSERT INTO erased_entry VALUES (11, 9)",
        &["an erasure was altered", "entries and what it says of people", "entry 9: the record"],
    );
    // Rows added by hand.
    check(
        "INSERT INTO record SELECT person, 100, at, signed_at, zeroblob(32), course, version, assignment, possible,
                                   possible, 1, 'ppppp', 'accept', 0 FROM record WHERE entry = 9;
         INSERT INTO record_file SELECT 100, file, name, did, reasons, NULL, bytes FROM record_file WHERE entry = 9",
        &["entry 100: the record 00000000 was added to the registry by hand: it was never logged"],
    );
    check(
        "INSERT INTO record SELECT '012', entry, at, signed_at, zeroblob(32), course, version, assignment, possible,
                                   possible, 1, 'ppppp', 'accept', 0 FROM record WHERE entry = 4",
        &["the record"],
    );
    check(
        "INSERT INTO accepted_key VALUES ('012', 50, 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'me',
                                          'a new laptop')",
        &["entry 50:", "accepted key"],
    );
    check("DELETE FROM waiver_end", &["entry 8: the end of a waiver was logged and then deleted"]);
}

#[test]
fn a_waiver_made_longer_or_turned_into_a_completion_is_found() {
    check(
        "UPDATE waiver SET until = until + 86400 WHERE entry = 6",
        &["the waiver", "until is not what the log says"],
    );
    check(
        "UPDATE waiver SET approver = 'Somebody' WHERE entry = 6",
        &["the waiver", "logged: who approved it and one of its texts (who, why, names) are not what"],
    );
    check(
        "INSERT INTO record SELECT waiver.person, waiver.entry, waiver.at, waiver.at, zeroblob(32), waiver.course,
                                   version, NULL, possible, possible, 1, 'ppppp', 'accept', 0
                            FROM waiver, record WHERE waiver.entry = 6 AND record.entry = 9;
         INSERT INTO record_file SELECT 6, file, name, did, reasons, NULL, bytes FROM record_file WHERE entry = 9;
         DELETE FROM waiver WHERE entry = 6",
        &["the record 00000000 was added to the registry by hand", "entry 6: a waiver for course-0 was logged and then"],
    );
}

#[test]
fn people_dates_and_courses_that_were_altered_are_found() {
    check(
        "UPDATE assignment SET due = due + 86400",
        &["the assignment", "the due date is not what the log says"],
    );
    check("UPDATE assignment_file SET bytes = x'00'", &["the file of the assignment"]);
    check(
        "UPDATE profile SET presence = 'gone' WHERE person = '012'",
        &["a roster was altered", "what it says of people", "of whom, the log does not say"],
    );
    check(
        "DELETE FROM profile WHERE person = '012'; DELETE FROM person WHERE number = '012'",
        &["a roster was altered"],
    );
    check(
        "UPDATE person SET salt = zeroblob(32) WHERE number = '7'",
        &["whose it is", "a roster was altered"],
    );
    check(
        "UPDATE person SET first = 7 WHERE number = '7'",
        &["a person was altered", "since when they are known"],
    );
    check("UPDATE course_version SET validity_days = 9999", &["the course", "its texts"]);
    check("UPDATE course_version SET pack = x'00'", &["the file of the course"]);
    check("UPDATE judgement SET state = 'added'", &["the judgement of the course", "change is not"]);
    check(
        "DELETE FROM erasure; DELETE FROM erased_entry",
        &["an erasure was logged and then deleted", "entry 10: the record"],
    );
}

/// A file that was put aside, a rule for people by name, and the first entry.
#[test]
fn what_was_put_aside_named_or_said_first_is_held_against_the_log() {
    fn check(sql: &str, words: &str) {
        let home = tempdir().unwrap();
        let path = home.path().join("registry.db");
        let mut store = SqliteRegistry::create(&path).unwrap();
        let rule = RuleSet {
            at: at(3),
            id: uuid("rule", 0),
            course: "course-0".parse().unwrap(),
            trigger: Trigger::OnHire { within_days: 30 },
            audience: Audience { people: Some([person(0), person(1)].into()), ..Audience::default() },
            by: "Grace".to_owned(),
        };
        let people = roster(1, &[(0, 0), (1, 1), (2, 0), (3, 0)]);
        let changes = [opened(0), people, put_aside(2, 4), Change::RuleSet(rule), erased(4, 1, true)];
        store.save(&changes).unwrap();
        drop(store);
        assert_eq!(findings(&path), Vec::<String>::new());
        by_hand(&path, sql);
        let found = findings(&path);
        assert!(found.iter().any(|finding| finding.contains(words)), "{sql}\n{words}\n{found:#?}");
        // One label stood there twice.
        let labels = |finding: &str| finding.split(" not what the log says").next().unwrap().to_owned();
        let twice = |finding: &String| labels(finding).matches("how many stand on the roster").count() > 1;
        assert!(!found.iter().any(twice), "{sql}\n{found:#?}");
    }
    check("DELETE FROM put_aside", "entry 2: the file");
    check("DELETE FROM put_aside", "that was put aside was logged and then deleted from the registry");
    check("UPDATE put_aside SET levels = 'ppppp'", "levels are not what the log says");
    check("UPDATE put_aside SET reasons = '[]'", "its texts (who, why, names) is not what the log says");
    check("UPDATE put_aside SET record = NULL", "the record's digest is not what the log says");
    check("UPDATE put_aside SET bytes = x'0041'", "that was put aside was altered in the registry");
    check("UPDATE rule_person SET person = '張 3' WHERE person IS NOT NULL", "the rule");
    check("DELETE FROM rule_person WHERE person IS NULL", "its texts");
    check("UPDATE rule SET by_name = 0; DELETE FROM rule_person", "its texts");
    check("UPDATE rule SET departments = '[\"ward 3\"]'", "its texts");
    check(
        "UPDATE opening SET origin = 'example.org/another'",
        "the log's name and key is not what the log says",
    );
    check("DELETE FROM opening", "the beginning of the log was logged and then deleted");
    // Whoever is dropped from the population, or whose leaving is made up.
    let dropped = "DELETE FROM profile WHERE person = '12'; DELETE FROM person WHERE number = '12'";
    check(dropped, "how many stand on the roster");
    check("UPDATE profile SET presence = 'gone' WHERE person = '12'", "how many stand on the roster");
    check("UPDATE erased_profile SET passage = 'none'", "how many stand on the roster");
    check("UPDATE erasure SET leaves = 0", "an erasure was altered");
    check("UPDATE roster SET total = 3", "the file of a roster was altered");
    check("UPDATE erasure SET total = 2", "the file of an erasure was altered");
}

/// Whoever took a waiver back was blamed for what was altered in it.
#[test]
fn what_was_altered_is_told_once() {
    fn check(sql: &str, expected: &[&str]) {
        let (_home, path) = filled();
        by_hand(&path, sql);
        let found = findings(&path);
        assert_eq!(found.len(), expected.len(), "{sql}\n{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{sql}\n{found}");
        }
    }
    check("UPDATE waiver SET approver = 'Somebody' WHERE entry = 6", &["entry 6: the waiver "]);
    check("UPDATE waiver SET reason = 'x' WHERE entry = 6", &["entry 6: the waiver "]);
    check("UPDATE waiver_end SET reason = 'x'", &["entry 8: the end of the waiver "]);
    // Names that no entry has were told as what differs.
    check(
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'a', 'b') AS BLOB) WHERE entry = 9",
        &["entry 9: was changed after it was hashed into the log"],
    );
}

/// What cannot be read was told in the words of a library, with the names of columns.
#[test]
fn a_row_that_cannot_be_read_is_told_in_plain_words() {
    fn check(sql: &str, words: &str) {
        let (_home, path) = filled();
        by_hand(&path, sql);
        let found = findings(&path);
        assert!(found.iter().any(|finding| finding.contains(words)), "{sql}\n{words}\n{found:#?}");
        let of_library = |finding: &String| {
            ["column", "index:", "Conversion", "expected"].iter().any(|words| finding.contains(words))
        };
        assert!(!found.iter().any(of_library), "{sql}\n{found:#?}");
    }
    check(
        "DELETE FROM log_entry WHERE entry > 4",
        "entry 5: a decision about a record was added to the registry by hand",
    );
    check(
        "DELETE FROM log_entry WHERE entry = 5",
        "entry 5: a decision about a record is here, and the entry that",
    );
    check(
        "UPDATE record SET levels = 'xxxxx' WHERE entry = 4",
        "cannot be read any more: levels is not in its form",
    );
    check("UPDATE record_file SET reasons = '{' WHERE entry = 4", "any more: reasons is not in its form");
}

#[test]
fn a_log_that_was_altered_is_found() {
    check(
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'failed', 'passed') AS BLOB)",
        &["was changed after it was hashed"],
    );
    check(
        "UPDATE record SET earned = 9999 WHERE entry = 9;
         UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"earned\":8500', '\"earned\":9999') AS BLOB)
         WHERE entry = 9",
        &["entry 9: was changed after it was hashed into the log"],
    );
    check(
        "UPDATE log_entry SET at = at - 5 WHERE entry = 9",
        &["entry 9: is dated before the entry in front of it"],
    );
    check(
        "DELETE FROM log_entry WHERE entry = 9",
        &[
            "entry 9: this entry was deleted from the log",
            "entry 9: the record 020a7c91 is here, and the entry that logged it is not",
            "the record",
        ],
    );
    check(
        "DELETE FROM log_entry WHERE entry = 11; DELETE FROM erasure; DELETE FROM erased_entry",
        &["there are hashes of entries after the 11 that are there"],
    );
    check("UPDATE log_tile SET hashes = zeroblob(length(hashes))", &["was changed after it was hashed"]);
    check("DELETE FROM log_tile", &["the hashes of the log do not fit its entries"]);
}

/// Whoever takes the newest changes away with their entries and hashes leaves nothing inside that tells: a head that
/// was signed before does, kept here or by anybody else.
#[test]
fn a_log_that_was_rolled_back_or_written_anew_is_told_by_a_checkpoint() {
    let (_home, path) = filled();
    let key = SecretKey::from_seed(&[2; 32]);
    let log = VerifierKey::new("example.org/registry/1".parse().unwrap(), key.public());
    let head = |store: &SqliteRegistry| {
        let size = store.log_size().unwrap();
        let root = store.log_root(size).unwrap().unwrap();
        Checkpoint { origin: log.origin().clone(), size, root }
    };
    let mut store = SqliteRegistry::open(&path).unwrap();
    let early = path.with_file_name("early.db");
    store.back_up(&early).unwrap();
    store.save(&[record(30, 0, 1), record(31, 1, 2)]).unwrap();
    let signed = head(&store);
    let note = signed.sign(&key).to_string().into_bytes();
    store.keep_checkpoint(&KeptCheckpoint { size: signed.size, note: note.clone() }).unwrap();
    assert_eq!(Checkpoint::read(&note, &log).unwrap(), signed);
    assert_eq!(store.relation(&signed).unwrap(), Relation::Same);
    assert_eq!(findings(&path), Vec::<String>::new());

    // An old copy in its place: sound in itself, and behind.
    let mut restored = SqliteRegistry::open(&early).unwrap();
    assert_eq!(restored.log_size().unwrap().get(), 12);
    assert!(matches!(restored.relation(&signed).unwrap(), Relation::RolledBack { .. }));
    assert_eq!(findings(&early), Vec::<String>::new());
    restored.keep_checkpoint(&KeptCheckpoint { size: signed.size, note: note.clone() }).unwrap();
    let words = "the log was rolled back: a checkpoint of 14 entries is kept here, and there are 12";
    assert_eq!(findings(&early), [words]);

    // It goes on differently: the same number of entries, and not the same ones.
    restored.save(&[record(30, 0, 2), record(31, 1, 4)]).unwrap();
    assert_eq!(restored.relation(&signed).unwrap(), Relation::Forked { older: signed.size });
    assert!(findings(&early)[0].contains("the log is not the one that was signed"));

    // It goes on as it should, from the same beginning.
    store.save(&[record(40, 0, 4)]).unwrap();
    let Relation::Extended(proof) = store.relation(&signed).unwrap() else { panic!("not extended") };
    assert!(proof.holds(signed.root, head(&store).root));
}

#[test]
fn history_cannot_be_rewritten_by_accident() {
    fn check(sql: &str, words: &str) {
        let (_home, path) = filled();
        let connection = Connection::open(&path).unwrap();
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(words), "{sql}: {error}");
    }
    for table in ["record", "profile", "assignment", "decision", "waiver", "waiver_end", "person"] {
        check(&format!("DELETE FROM {table}"), "until the person is erased");
    }
    for table in ["record_file", "assignment_file"] {
        check(&format!("DELETE FROM {table}"), "until the person is erased");
    }
    for table in
        ["log_entry", "roster", "course_version", "judgement", "erasure", "erased_entry", "erased_record"]
    {
        check(&format!("DELETE FROM {table}"), if table == "log_entry" { "only grows" } else { "stay" });
    }
    check("UPDATE record SET passed = 1", "records stay as they are");
    check("UPDATE log_entry SET at = 0", "the log only grows");
    check("UPDATE log_tile SET hashes = zeroblob(32)", "the log only grows");
    check("DELETE FROM log_tile", "the log only grows");
    check("UPDATE waiver SET until = 0", "waivers stay as they are");
    check("UPDATE course_version SET validity_days = 1", "courses stay as they are");
}
