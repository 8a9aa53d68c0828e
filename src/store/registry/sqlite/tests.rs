//! What is true of the file: how it is made, who can read it, what is left of what was erased.

mod attacks;
mod damage;
mod medium;
mod rivals;
mod whereabouts;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::files::tempdir;
use crate::log::VerifierKey;
use crate::record::key::SecretKey;
use crate::registry::change::{Audience, CourseState, Decision, Trigger};
use crate::registry::terms::Level;
use crate::store::registry::sample::{
    added, assigned, at, collected, decided, erased, file, judged, opened, person, put_aside, record,
    revoked, roster, uuid, waived,
};
use crate::store::registry::tests::dossiers;

/// A registry in which everything has happened once, closed.
fn filled() -> (impl AsRef<Path>, PathBuf) {
    let home = tempdir().unwrap();
    let path = home.path().join("registry.db");
    let mut store = SqliteRegistry::create(&path).unwrap();
    store
        .save(&[
            added(0, 0),
            judged(1, 0, CourseState::Approved),
            roster(2, &[(0, 0), (1, 1), (2, 2)]),
            assigned(10, 0, 0),
            record(11, 0, 3),
            decided(12, 0, 3, Decision::Refused),
            waived(13, 1, 0),
            waived(14, 1, 2),
            revoked(15, 2),
            record(16, 1, 1),
            record(17, 2, 1),
            erased(18, 2, true),
        ])
        .unwrap();
    (home, path)
}

fn findings(path: &Path) -> Vec<String> {
    let store = SqliteRegistry::open(path).unwrap();
    let mut found = Vec::new();
    let audited = store.audit(&mut |discrepancy| found.push(discrepancy.to_string())).unwrap();
    assert_eq!(audited.discrepancies, found.len() as u64);
    found
}

/// What somebody can do with `sqlite3` and the wish to: triggers and foreign keys are no obstacle.
fn by_hand(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    let sql_of_triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: Vec<String> = connection
        .prepare(sql_of_triggers)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    connection.execute_batch(sql).unwrap();
}

/// A colleague's assignment, answered under another name: the review is about this person, whatever becomes of the other.
#[test]
fn a_record_that_answers_an_erased_persons_assignment_is_still_sound() {
    let (_home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    let mut answer = collected(30, 1, 4);
    answer.assignment = Some(uuid("assignment", 0));
    store.save(&[Change::Collected(Box::new(answer)), erased(31, 0, false)]).unwrap();
    assert_eq!(findings(&path), Vec::<String>::new());
    let dossier = store.dossier(&person(1), at(31)).unwrap().unwrap();
    assert_eq!(dossier.records[1].assignment, Some(uuid("assignment", 0)));
}

/// Nothing of a number, a name, an address, a reason, a salt or a file is left in the bytes on the disk: neither in rows and
/// indexes, nor in pages that were divided when others came between, nor in the log of the file.
#[test]
fn what_was_erased_is_not_in_the_file() {
    const PEOPLE: u32 = 600;
    let home = tempdir().unwrap();
    let path = home.path().join("registry.db");
    let mut store = SqliteRegistry::create(&path).unwrap();
    store.save(&[added(0, 0)]).unwrap();
    let number = |who: u32| format!("N{who:05}x");
    let of = |who: u32, kind: &str| format!("<{kind} of {}>", number(who));
    // In no order of numbers, so that pages are divided in their middle.
    for who in (0..PEOPLE).map(|place| place * 7919 % PEOPLE) {
        let person = PersonNumber::new(&number(who)).unwrap();
        let mut joined = roster(0, &[(0, 0)]);
        if let Change::Roster(import) = &mut joined {
            import.people[0].number = person.clone();
            import.people[0].profile.name = of(who, "name");
            import.people[0].profile.email = Some(of(who, "email"));
        }
        let Change::Assigned(mut asked) = assigned(1, 0, 0) else { panic!("no assignment") };
        (asked.person, asked.id) = (person.clone(), Uuid::from_u128(who.into()));
        asked.bytes = of(who, "assignment").into_bytes();
        asked.digest = Digest::of(&asked.bytes);
        let mut answer = collected(1, 0, 1);
        answer.person = person.clone();
        answer.digest = Digest::of(of(who, "record").as_bytes());
        answer.name = of(who, "file name");
        answer.reasons = vec![(Level::Time, of(who, "finding"))];
        answer.bytes = of(who, "bytes").into_bytes();
        answer.file = Digest::of(&answer.bytes);
        let Change::Waived(mut waived) = waived(2, 0, 0) else { panic!("no waiver") };
        (waived.person, waived.id) = (person.clone(), Uuid::from_u128(who.into()));
        waived.reason = of(who, "reason");
        let mut aside = file(3, 1);
        (aside.name, aside.bytes) = (of(who, "aside"), of(who, "aside").repeat(400).into_bytes());
        aside.file = Digest::of(&aside.bytes);
        aside.reasons = vec![of(who, "finding")];
        let rule = RuleSet {
            at: at(4),
            id: Uuid::from_u128(who.into()),
            course: "course-0".parse().unwrap(),
            trigger: Trigger::OnHire { within_days: 30 },
            audience: Audience { people: Some([person].into()), ..Audience::default() },
            by: "Grace".to_owned(),
        };
        store
            .save(&[
                joined,
                Change::Assigned(asked),
                Change::Collected(Box::new(answer)),
                Change::Waived(waived),
                Change::PutAside(Box::new(aside)),
                Change::RuleSet(rule),
            ])
            .unwrap();
    }
    let found = |secret: &[u8]| {
        ["", "-wal"].iter().any(|ending| {
            let bytes = fs::read(home.path().join(format!("registry.db{ending}"))).unwrap_or_default();
            contains(&bytes, secret)
        })
    };
    for who in [0, 1, PEOPLE / 2, PEOPLE - 1] {
        let person = PersonNumber::new(&number(who)).unwrap();
        let salt = store.salt(&person).unwrap().unwrap();
        assert!(found(number(who).as_bytes()) && found(salt.as_bytes()));
        let mut erasure = erased(50, 0, true);
        if let Change::Erased(erased) = &mut erasure {
            erased.person = person;
            erased.files.insert(Digest::of(of(who, "aside").repeat(400).as_bytes()));
        }
        store.save(&[erasure]).unwrap();
        assert!(!found(number(who).as_bytes()), "{} is still in the file", number(who));
        assert!(!found(salt.as_bytes()), "the salt is still in the file");
    }
    assert!(found(number(2).as_bytes()), "the others stay");
    assert_eq!(findings(&path), Vec::<String>::new());
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it_or_its_copy() {
    use std::os::unix::fs::PermissionsExt as _;
    let (home, path) = filled();
    let store = SqliteRegistry::open(&path).unwrap();
    store.back_up(&home.as_ref().join("copy.db")).unwrap();
    for entry in fs::read_dir(home.as_ref()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn every_commit_is_synced() {
    let (_home, path) = filled();
    let store = SqliteRegistry::open(&path).unwrap();
    let pragma = |name: &str| -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        store.database.connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("synchronous"), "2");
    assert_eq!(pragma("foreign_keys"), "1");
    assert_eq!(pragma("secure_delete"), "1");
}

#[test]
fn a_registry_is_made_once_and_never_by_opening() {
    let home = tempdir().unwrap();
    let path = home.path().join("registry.db");
    let error = SqliteRegistry::open(&path).unwrap_err();
    assert!(
        matches!(error, StoreError::Missing { .. }) && error.hint().unwrap().contains("hr init"),
        "{error}"
    );
    assert!(!path.exists());
    let first = SqliteRegistry::create(&path).unwrap().id().unwrap();
    assert!(matches!(SqliteRegistry::create(&path).unwrap_err(), StoreError::Exists { .. }));
    put(&home.path().join("text"), "somebody's notes");
    assert!(matches!(
        SqliteRegistry::create(&home.path().join("text")).unwrap_err(),
        StoreError::Exists { .. }
    ));
    assert_eq!(SqliteRegistry::open(&path).unwrap().id().unwrap(), first);
    assert_ne!(SqliteRegistry::create(&home.path().join("other.db")).unwrap().id().unwrap(), first);
}

#[expect(clippy::disallowed_methods, reason = "what a test finds on disk was not written by us")]
fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_disk_that_is_full_changes_nothing_and_is_said() {
    let (_home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    let pages: u32 =
        store.database.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |store: &SqliteRegistry, most: u32| {
        let sql = format!("PRAGMA max_page_count = {most}");
        store.database.connection.query_row(&sql, [], |_| Ok(())).unwrap();
    };
    limit(&store, pages + 1);
    let mut large = collected(50, 0, 5);
    large.bytes =
        (0..200_000_u32).flat_map(|n| Digest::of(&n.to_le_bytes()).as_bytes()[..4].to_vec()).collect();
    large.file = Digest::of(&large.bytes);
    let error = store.save(&[record(49, 1, 5), Change::Collected(Box::new(large.clone()))]).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    assert!(error.to_string().starts_with("no space left"), "{error}");
    assert_eq!(store.log_size().unwrap().get(), 12);
    assert_eq!(findings(&path), Vec::<String>::new());
    limit(&store, 1_000_000);
    store.save(&[Change::Collected(Box::new(large.clone()))]).unwrap();
    assert_eq!(store.record(&large.digest).unwrap(), Some(large.bytes));
    assert_eq!(findings(&path), Vec::<String>::new());
}

#[test]
fn a_file_that_is_gone_takes_nothing() {
    let (home, path) = filled();
    let mut store = SqliteRegistry::open(&path).unwrap();
    fs::rename(&path, home.as_ref().join("elsewhere.db")).unwrap();
    let error = store.save(&[record(50, 1, 5)]).unwrap_err();
    assert!(
        matches!(&error, StoreError::Other { source, .. } if source.to_string().contains("is gone")),
        "{error:?}"
    );
}

/// The pass that status makes reads its tables in their order: no sorting, which would need memory for everybody.
#[test]
fn dossiers_need_no_sorting() {
    let (_home, path) = filled();
    let store = SqliteRegistry::open(&path).unwrap();
    let sql = "EXPLAIN QUERY PLAN SELECT person, digest FROM record WHERE entry < 5 ORDER BY person, entry";
    let plan: Vec<String> = store
        .database
        .connection
        .prepare(sql)
        .unwrap()
        .query_map([], |row| row.get(3))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert_eq!(plan, ["SCAN record"]);
}
