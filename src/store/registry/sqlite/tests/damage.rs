//! Files that are damaged, of other versions, or none of ours.

use super::*;

/// Such a file was told to be damaged.
#[test]
fn a_registry_from_before_the_first_release_is_told_from_a_damaged_one() {
    let drop_both = "DROP TABLE opening; DROP TABLE rule_person";
    let check = |path: &Path, sql: &str, expected: &str| {
        by_hand(path, sql);
        let before = fs::read(path).unwrap();
        let error = SqliteRegistry::open(path).unwrap_err();
        let said = format!("{error} / {}", error.hint().unwrap_or_default());
        assert!(said.contains(expected), "{sql}: {said}");
        assert_eq!(fs::read(path).unwrap(), before, "it is left as it is");
    };
    let (_home, path) = filled();
    check(&path, drop_both, "from before its first release");
    // As they are out there: no step was made for them, and none is tried.
    let (_home, path) = filled();
    check(&path, &format!("{drop_both}; PRAGMA user_version = 1"), "from before its first release");
    let (_home, path) = filled();
    check(&path, "DROP TABLE opening", "is damaged");
    // A log that was opened had its table.
    let home = tempdir().unwrap();
    let path = home.path().join("registry.db");
    SqliteRegistry::create(&path).unwrap().save(&[opened(0)]).unwrap();
    check(&path, drop_both, "is damaged");
}

/// An interrupted `create` leaves an empty file, or an empty database: opening makes no registry of it, making does.
#[test]
fn what_an_interrupted_making_left_is_made_again() {
    let blank = |path: &Path| {
        let connection = Connection::open(path).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    };
    let makers: [&dyn Fn(&Path); 2] = [&|path| put(path, ""), &blank];
    for make in makers {
        let home = tempdir().unwrap();
        let path = home.path().join("registry.db");
        make(&path);
        let before = fs::read(&path).unwrap();
        let error = SqliteRegistry::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
        assert_eq!(fs::read(&path).unwrap(), before);
        SqliteRegistry::create(&path).unwrap().save(&[roster(0, &[(0, 0)])]).unwrap();
        assert_eq!(SqliteRegistry::open(&path).unwrap().log_size().unwrap().get(), 1);
    }
}

/// Whatever it is, it stays where and as it is, and the words say what to do.
#[test]
fn what_is_damaged_newer_or_not_ours_is_refused_and_left_as_it_is() {
    fn check(make: impl Fn(&Path), expected: fn(&StoreError) -> bool) {
        let (home, path) = filled();
        make(&path);
        let before = fs::read(&path).unwrap();
        let error = SqliteRegistry::open(&path).unwrap_err();
        assert!(expected(&error), "{error:?}");
        assert!(error.hint().is_some());
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(home.as_ref()).unwrap().count(), 1, "nothing is set aside");
    }
    let damaged = |error: &StoreError| {
        let words = error.hint().unwrap_or_default();
        matches!(error, StoreError::Damaged { .. }) && words.contains("restore the last backup")
    };
    let sql = |path: &Path, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    check(|path| put(path, "a text file"), damaged);
    check(|path| put(path, ""), damaged);
    check(|path| put(path, [0xa5; 8192]), damaged);
    check(|path| sql(path, "PRAGMA application_id = 7"), damaged);
    // A learner's progress.
    check(|path| sql(path, "PRAGMA application_id = 1129533543"), damaged);
    check(|path| sql(path, "DROP TABLE waiver_end"), damaged);
    check(
        |path| sql(path, "PRAGMA user_version = 1000"),
        |error| {
            matches!(error, StoreError::Newer { found: 1000, .. })
                && error.hint().unwrap().contains("update countersign")
        },
    );
}

/// What was said was the statement that failed, and to look after the disk.
#[test]
fn a_number_that_was_set_back_is_told() {
    let (_home, path) = filled();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 1").unwrap();
    let error = SqliteRegistry::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Misnumbered { found: 1, .. }), "{error:?}");
}

/// Half a page of nonsense anywhere: opening or the audit says so, and nothing panics.
#[test]
fn damage_within_the_file_is_found() {
    let (_home, path) = filled();
    let sound = fs::read(&path).unwrap();
    for page in (0..sound.len()).step_by(4096 * 3) {
        let home = tempdir().unwrap();
        let path = home.path().join("registry.db");
        let mut damaged = sound.clone();
        damaged[page..page + 300].fill(0xa5);
        put(&path, &damaged);
        let said = match SqliteRegistry::open(&path) {
            Err(_) => true,
            Ok(store) => match store.audit(&mut |_| {}) {
                Err(_) => true,
                Ok(audited) => audited.discrepancies > 0,
            },
        };
        assert!(said, "page {}", page / 4096);
    }
}

#[test]
fn an_archived_course_that_changed_on_disk_is_not_handed_out() {
    let (_home, path) = filled();
    by_hand(&path, "UPDATE course_version SET pack = x'504b0304'");
    let store = SqliteRegistry::open(&path).unwrap();
    let error = store.course_files(&crate::store::registry::sample::version(0)).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
}
