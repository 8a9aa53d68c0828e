//! What is true of the file: other versions, damage, rivals, odd names, modes.

mod damage;
mod versions;

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use rusqlite::Connection;

use super::*;
use crate::files::tempdir;
use crate::store::sample::{answered, attempt, course, run, submitted};

impl SqliteProgress {
    /// The progress, looked up by somebody else: this copy has not seen it.
    pub(in crate::store) fn progress_unseen(&self) -> Progress {
        self.database.read(|connection| Ok(read::progress(connection, &course())?)).unwrap()
    }
}

#[expect(clippy::disallowed_methods, reason = "what a test finds on disk was not written by us")]
fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

fn open(path: &Path) -> SqliteProgress {
    let opened = SqliteProgress::open(path).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.store
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A file with something in it, closed.
fn filled(path: &Path) -> Progress {
    let mut store = open(path);
    store.save(&course(), &[run(1), attempt(1, 1), answered(1, 0, 0, "a")]).unwrap();
    store.progress(&course()).unwrap()
}

#[test]
fn every_commit_is_synced() {
    let home = tempdir().unwrap();
    let store = open(&home.path().join("progress.db"));
    let pragma = |name: &str| -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        store.database.connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("synchronous"), "2");
    assert_eq!(pragma("foreign_keys"), "1");
    assert_eq!(pragma("fullfsync"), "1");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempdir().unwrap();
    let mut store = open(&home.path().join("progress.db"));
    store.save(&course(), &[run(1)]).unwrap();
    let files = names(home.path());
    assert_eq!(files, ["progress.db", "progress.db-shm", "progress.db-wal", "progress.db.lock"]);
    for file in files {
        let mode = fs::metadata(home.path().join(&file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn a_name_is_a_name() {
    let home = tempdir().unwrap();
    for name in ["file:x?mode=memory", ":memory:", "a b'\"%20#?.db", "é\u{202e}.db", "-rf"] {
        let path = home.path().join(name);
        let progress = filled(&path);
        assert!(path.is_file(), "{name}");
        assert_eq!(open(&path).progress(&course()).unwrap(), progress);
    }
}

#[test]
fn where_there_is_no_folder_there_is_an_error() {
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("folder")).unwrap();
    for path in ["missing/progress.db", "folder"] {
        let error = SqliteProgress::open(&home.path().join(path)).unwrap_err();
        assert!(matches!(error, StoreError::Other { .. }), "{error:?}");
        assert!(error.to_string().contains(path));
    }
}

#[test]
fn many_copies_begin_at_once() {
    for _ in 0..10 {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        let together = Barrier::new(6);
        thread::scope(|scope| {
            for number in 0..6_u8 {
                let (path, together) = (&path, &together);
                scope.spawn(move || {
                    let course: CourseId = format!("course-{number}").parse().unwrap();
                    together.wait();
                    let mut store = open(path);
                    store.save(&course, &[run(1), attempt(1, 1)]).unwrap();
                    for answer in 0..20 {
                        store.save(&course, &[answered(1, u64::from(answer), answer, "a")]).unwrap();
                    }
                });
            }
        });
        let store = open(&path);
        for number in 0..6 {
            let course: CourseId = format!("course-{number}").parse().unwrap();
            assert_eq!(store.progress(&course).unwrap().attempts[0].answers.len(), 20);
        }
    }
}

#[test]
fn a_commit_that_fails_changes_nothing_and_the_next_one_works() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let progress = filled(&path);
    let mut store = open(&path);
    let failed = store.database.write(|transaction| {
        // The answer belongs to no attempt; with this it is noticed at COMMIT and not before.
        transaction.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        let sql = "INSERT INTO attempt_answer (course, attempt, question, seconds, flagged) VALUES ('x', 9, 'q', 0, 0)";
        transaction.execute(sql, [])?;
        Ok(())
    });
    assert!(matches!(failed, Err(StoreError::Impossible(_))), "{failed:?}");
    assert_eq!(store.progress(&course()).unwrap(), progress);
    store.save(&course(), &[submitted(1, 1, true)]).unwrap();
    assert!(open(&path).progress(&course()).unwrap().attempts[0].submitted.is_some());
}

#[test]
fn a_store_that_is_being_written_is_waited_for_and_then_said_to_be_busy() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path);
    store.database.connection.busy_timeout(Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.save(&course(), &[run(1)]).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    other.execute_batch("ROLLBACK").unwrap();
    store.save(&course(), &[run(1)]).unwrap();
}

/// Whoever was stopped while moving a damaged file kept every other copy from starting, without a word.
#[test]
fn a_store_whose_lock_is_held_is_waited_for_and_then_said_to_be_busy() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    drop(open(&path));
    let held = File::open(home.path().join("progress.db.lock")).unwrap();
    held.lock().unwrap();
    assert!(SqliteProgress::open_sound(&path).is_none());
    let layout = Layout { patience: Duration::from_millis(50), ..schema::LAYOUT };
    let error = open::open(&path, &layout).unwrap_err();
    assert!(matches!(&error, StoreError::Busy { path: told, .. } if *told == path), "{error:?}");
    held.unlock().unwrap();
    assert!(open::open(&path, &layout).is_ok());
}

/// The rules stand in the tables too, for the day when a later version of the program forgets them.
#[test]
fn history_cannot_be_rewritten() {
    fn check(sql: &str, reason: &str) {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        let mut store = open(&path);
        let changes = [run(1), attempt(1, 1), answered(1, 0, 0, "a"), submitted(1, 1, true)];
        store.save(&course(), &changes).unwrap();
        let bookmarked = Change::Bookmarked(crate::store::sample::bookmark(0, 1));
        store.save(&course(), &[crate::store::sample::completed(1), bookmarked]).unwrap();
        let error = store.database.connection.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains(reason), "{sql}: {error}");
    }
    check("DELETE FROM attempt", "attempts are never deleted");
    check("DELETE FROM run", "runs are never deleted");
    check("DELETE FROM completion", "records are never deleted");
    check("UPDATE completion SET record = x'00'", "records never change");
    check("UPDATE attempt SET earned = 1000", "a submitted attempt never changes");
    check("UPDATE attempt_answer SET response = '\"b\"'", "a submitted attempt never changes");
    check(
        "INSERT INTO attempt_answer (course, attempt, question, seconds, flagged) VALUES ('app-data', 1, 'q', 0, 0)",
        "a submitted attempt never changes",
    );
    check("UPDATE bookmark SET note = 'x'", "bookmarks never change");
    check("INSERT INTO run (course, number, started_at) VALUES ('app-data', 1, '')", "UNIQUE");
    check("INSERT INTO run (course, number, started_at) VALUES ('app-data', 0, '')", "CHECK");
    check(
        "INSERT INTO lesson VALUES ('app-data', 7, 'l', hex(zeroblob(35)) || 'x', 0, 0, '', NULL, 0)",
        "FOREIGN KEY",
    );
    check(
        "INSERT INTO attempt (course, number, run, quiz, course_digest, started_at, current, active_seconds, submitted_at)
         VALUES ('app-data', 2, 1, 'q', hex(zeroblob(35)) || 'x', '', 0, 0, 'now')",
        "CHECK",
    );
}

#[test]
fn a_kept_course_that_changed_on_disk_is_not_handed_out() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path);
    let version = Digest::of(b"1");
    let files = BTreeMap::from([("course.ron".to_owned(), b"pass: 80".to_vec())]);
    store.keep_course(&version, &files).unwrap();
    assert_eq!(store.kept_course(&version).unwrap(), Some(files));
    Connection::open(&path)
        .unwrap()
        .execute("UPDATE content SET bytes = CAST('pass: 0' AS BLOB)", [])
        .unwrap();
    assert!(matches!(store.kept_course(&version), Err(StoreError::Damaged { .. })));
}

/// What was read in an older run is not shown, but it is there.
#[test]
fn older_runs_stay_in_the_file() {
    let home = tempdir().unwrap();
    let mut store = open(&home.path().join("progress.db"));
    let lesson = crate::store::sample::change(&Progress::default(), crate::store::sample::Pick::lesson());
    store.save(&course(), &[run(1), lesson.clone(), run(2)]).unwrap();
    assert!(store.progress(&course()).unwrap().lessons.is_empty());
    store.save(&course(), &[lesson]).unwrap();
    let kept: i64 =
        store.database.connection.query_row("SELECT count(*) FROM lesson", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}

/// It was said to be saved, and was gone with the program.
#[cfg(unix)]
#[test]
fn what_goes_into_a_file_without_a_name_is_not_saved() {
    fn check(disturb: impl Fn(&Path), gone: bool) {
        let home = tempdir().unwrap();
        let folder = home.path().join("data");
        fs::create_dir(&folder).unwrap();
        let path = folder.join("progress.db");
        let before = filled(&path);
        let mut store = open(&path);
        disturb(&path);
        let saved = store.save(&course(), &[answered(1, 1, 1, "b")]);
        if !gone {
            return saved.unwrap();
        }
        let error = saved.unwrap_err();
        let StoreError::Other { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.to_string(), "the progress file is gone");
        assert!(error.hint().is_some());
        assert_eq!(store.progress(&course()).unwrap(), before, "nothing has changed");
        let ada = Person { number: "1".to_owned(), name: "Ada".to_owned(), email: None };
        assert!(store.set_learner(&ada, "did:key:z6Mk").is_err());
        assert!(store.keep_course(&Digest::of(b"1"), &BTreeMap::new()).is_err());
    }
    let folder = |path: &Path| path.parent().unwrap().to_owned();
    check(|_| {}, false);
    check(|path| fs::remove_dir_all(folder(path)).unwrap(), true);
    check(|path| fs::remove_file(path).unwrap(), true);
    check(|path| fs::rename(folder(path), folder(path).with_extension("moved")).unwrap(), true);
    // Another copy has begun a new one there.
    check(
        |path| {
            fs::remove_dir_all(folder(path)).unwrap();
            fs::create_dir(folder(path)).unwrap();
            filled(path);
        },
        true,
    );
    // Moved and put back, or reached by another name, it is the same file.
    check(
        |path| {
            let away = path.with_extension("away");
            fs::rename(path, &away).unwrap();
            fs::rename(&away, path).unwrap();
        },
        false,
    );
    check(
        |path| {
            let elsewhere = path.with_extension("elsewhere");
            fs::rename(path, &elsewhere).unwrap();
            std::os::unix::fs::symlink(&elsewhere, path).unwrap();
        },
        false,
    );
}
