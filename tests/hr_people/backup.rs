//! Copies of the registry: made, restored, refused, and compared with what others hold.

use std::collections::BTreeMap;
use std::fs;

use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use rusqlite::Connection;

use super::{Office, write};

#[test]
fn a_backup_comes_back_and_an_old_one_is_noticed() {
    let office = Office::new();
    let people = office.hr(&["roster", "list", "--csv"]);
    office.hr(&["backup", "copy.db"]);
    office.roster("number,name\n99,Late\n");
    let later = office.hr(&["roster", "list", "--csv"]);
    assert_ne!(later, people);

    // With another key the folder would be of no use, and in the way of the next try.
    office.fine(&["hr", "init", "other"]);
    let refused = office.refused(&["hr", "restore", "copy.db", "restored", "--key", "other/hr.key"]);
    assert!(refused.contains("other/hr.key is not the key of this registry"), "{refused}");
    assert!(!office.path("restored").exists());
    office.fine(&["hr", "restore", "copy.db", "restored", "--key", "registry/hr.key"]);
    assert_eq!(office.fine(&["hr", "--registry", "restored", "roster", "list", "--csv"]), people);
    office.fine(&["hr", "--registry", "restored", "roster", "import", "people.csv", "--yes"]);
    assert_eq!(office.fine(&["hr", "--registry", "restored", "roster", "list", "--csv"]), later);

    // The database is lost and an old copy put in its place; the head of the log is still there.
    fs::remove_file(office.path("registry/registry.db")).expect("there");
    let restored = office.run(&["hr", "restore", "copy.db", "registry"], "");
    assert!(
        String::from_utf8_lossy(&restored.stderr).contains("was put back to an old state"),
        "{restored:?}"
    );
    assert_eq!(restored.status.code(), Some(1), "{restored:?}");
    let told = String::from_utf8_lossy(&restored.stderr).into_owned();
    assert!(told.contains("countersign hr --registry registry log verify"), "{told}");
    let refused =
        office.refused(&["hr", "--registry", "registry", "roster", "import", "people.csv", "--yes"]);
    assert!(refused.contains("was put back to an old state"), "{refused}");
    // Nothing but the guide named a way on when there is no newer backup.
    for words in [
        "look for a newer copy of registry.db first",
        "move registry/checkpoint away and keep it for the auditor",
        "countersign hr --registry registry log checkpoint signs the log as it is",
    ] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let help = office.fine(&["hr", "restore", "--help"]);
    assert!(help.contains("if there is none, move the file checkpoint away and keep it"), "{help}");
    fs::rename(office.path("registry/checkpoint"), office.path("for-the-auditor")).expect("moved");
    let refused =
        office.refused(&["hr", "--registry", "registry", "roster", "import", "people.csv", "--yes"]);
    assert!(refused.contains("registry/checkpoint is missing"), "{refused}");
    let signed = office.run(&["hr", "--registry", "registry", "log", "checkpoint"], "");
    assert_eq!(signed.status.code(), Some(1), "{signed:?}");
    office.hr(&["roster", "import", "people.csv", "--yes"]);
    assert_eq!(office.hr(&["roster", "list", "--csv"]), later);
    let verified =
        office.run(&["hr", "--registry", "registry", "log", "verify", "--against", "for-the-auditor"], "");
    assert_eq!(verified.status.code(), Some(1), "it stays on record: {verified:?}");
}

#[test]
fn a_backup_that_was_changed_is_not_restored() {
    let office = Office::new();
    office.hr(&["backup", "copy.db"]);
    let mut bytes = fs::read(office.path("copy.db")).expect("a file");
    let name = b"Ada Byron";
    let place = bytes.windows(name.len()).position(|window| window == name).expect("a name");
    bytes[place] = b'E';
    write(&office.path("copy.db"), &bytes);
    let said = office.refused(&["hr", "restore", "copy.db", "restored", "--key", "registry/hr.key"]);
    assert!(said.contains("is not what its log says"), "{said}");
    assert!(!office.path("restored").exists());
}

/// Nothing made the comparison fail before a copy was made.
#[test]
fn a_backup_that_is_fine_is_sound_and_one_that_could_not_be_compared_is_not_made() {
    let office = Office::new();
    let database = office.path("registry/registry.db");
    let sound = fs::read(&database).expect("a registry");
    let backup = |name: &str| {
        let output = office.run(&["hr", "--registry", "registry", "backup", name], "");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"), office.path(name).exists())
    };
    // What was altered is evidence, so a copy of it is made, and it is said.
    let name = b"Ada Byron";
    let place = sound.windows(name.len()).position(|window| window == name).expect("a name");
    let mut altered = sound.clone();
    altered[place] = b'E';
    write(&database, &altered);
    let (code, said, is_there) = backup("altered.db");
    assert_eq!((code, is_there), (Some(1), true), "{said}");
    assert!(said.contains("the registry is not what its log says (above), and so is the copy"), "{said}");
    // Whichever page is broken.
    let page = usize::from(u16::from_be_bytes([sound[16], sound[17]]));
    let pages = sound.len() / page;
    let mut codes = BTreeMap::new();
    for number in (1..pages).step_by((pages / 40).max(1)) {
        let mut broken = sound.clone();
        broken[number * page..(number + 1) * page].fill(0xa5);
        write(&database, &broken);
        let name = format!("copy-{number}.db");
        let (code, said, is_there) = backup(&name);
        *codes.entry(code).or_insert(0) += 1;
        assert_eq!(is_there, matches!(code, Some(0 | 1)), "page {number}: {said}");
        if code == Some(0) {
            let copy = SqliteRegistry::open(&office.path(&name)).expect("a registry");
            copy.audit(&mut |fault| panic!("page {number}: {fault}")).expect("readable");
        }
    }
    assert!(
        codes.keys().all(|code| matches!(code, Some(0..=2))) && codes.contains_key(&Some(2)),
        "{codes:?}"
    );
}

/// With heads deleted from the database, everything was as it had been.
#[test]
fn a_head_that_was_deleted_is_missed_by_whoever_holds_it() {
    let office = Office::new();
    office.hr(&["log", "checkpoint", "--out", "early.checkpoint"]);
    office.roster("number,name\n99,Late\n");
    let delete = |which: &str| {
        let database = Connection::open(office.path("registry/registry.db")).expect("a database");
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'checkpoint'";
        let mut triggers = database.prepare(sql).expect("a table");
        let triggers = triggers.query_map([], |row| row.get::<_, String>(0)).expect("names");
        for trigger in triggers.map(|name| name.expect("a name")).collect::<Vec<_>>() {
            database.execute_batch(&format!("DROP TRIGGER {trigger}")).expect("dropped");
        }
        database.execute_batch(&format!("DELETE FROM checkpoint WHERE {which}")).expect("deleted");
    };
    let run = |arguments: &[&str]| {
        let output = office.run(&[&["hr", "--registry", "registry"], arguments].concat(), "");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).expect("text"))
    };
    let missed = "and does not keep any more: it was deleted there";
    let against: &[&str] = &["log", "verify", "--against", "early.checkpoint"];
    assert_eq!(run(against).0, Some(0));
    delete("size < (SELECT MAX(size) FROM checkpoint)");
    // Nothing but what somebody else holds shows it.
    assert_eq!(run(&["log", "verify"]).0, Some(0));
    let (code, said) = run(against);
    assert!(
        code == Some(1) && said.contains("early.checkpoint is the head of") && said.contains(missed),
        "{said}"
    );
    delete("TRUE");
    for arguments in [
        &["log", "verify"][..],
        &["status"],
        &["export", "--format", "csv", "--out", "records.csv"],
        &["backup", "copy.db"],
    ] {
        let (code, said) = run(arguments);
        assert!(code == Some(1) && said.contains(missed), "{arguments:?}: {said}");
    }
    assert!(!office.path("records.csv").exists());
}

/// The database was restored first, and nothing could be added to it then.
#[test]
fn nothing_is_restored_beside_a_checkpoint_that_is_none_of_the_registry() {
    let office = Office::new();
    office.fine(&["hr", "init", "other", "--no-passphrase"]);
    office.hr(&["backup", "copy.db"]);
    let head = fs::read(office.path("registry/checkpoint")).expect("a file");
    fs::create_dir(office.path("new")).expect("a folder");
    fs::copy(office.path("registry/hr.key"), office.path("new/hr.key")).expect("copied");
    let others = fs::read(office.path("other/checkpoint")).expect("a file");
    let restore = ["hr", "restore", "copy.db", "new"];
    let (damaged, foreign) =
        ("put it back as it was, if you have it", "put the checkpoint of this registry there");
    for (bytes, words) in [(&[][..], damaged), (&head[..head.len() / 2], damaged), (&others, foreign)] {
        write(&office.path("new/checkpoint"), bytes);
        let refused = office.refused(&restore);
        for words in ["nothing was restored", words, "move new/checkpoint away and keep it for the auditor"] {
            assert!(refused.contains(words), "{words}: {refused}");
        }
        assert!(!office.path("new/registry.db").exists(), "{refused}");
        assert_eq!(fs::read(office.path("new/checkpoint")).expect("a file"), bytes);
    }
    // As it was told.
    fs::rename(office.path("new/checkpoint"), office.path("for-the-auditor")).expect("moved");
    office.fine(&restore);
    assert_eq!(fs::read(office.path("new/checkpoint")).expect("a file"), head);
}
