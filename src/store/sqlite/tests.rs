//! What is true of the file: other versions, damage, rivals, odd names, modes.

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use rusqlite::Connection;

use super::*;
use crate::files::tempdir;
use crate::progress::Shown;
use crate::store::database::layout::{self, Layout};
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

/// The make of a file after other steps.
fn with_steps(steps: &'static [&'static str]) -> Layout {
    Layout { steps, ..schema::LAYOUT }
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

/// Files of every older version become present ones and keep what they hold.
#[test]
fn every_older_version_is_brought_up_to_date() {
    for version in 0..schema::STEPS.len() {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        let mut connection = Connection::open(&path).unwrap();
        with_steps(&schema::STEPS[..version]).migrate(&mut connection, 0).unwrap();
        if version > 0 {
            let sql =
                "INSERT INTO run (course, number, started_at) VALUES ('app-data', 1, '2026-11-22T09:30:00Z')";
            connection.execute(sql, []).unwrap();
            let digest = Digest::of(b"a lesson").to_string();
            for (path, finished) in [("read.md", Some("2026-11-22T09:40:00Z")), ("begun.md", None)] {
                let sql =
                    "INSERT INTO lesson VALUES ('app-data', 1, ?1, ?2, 0, 40, '2026-11-22T09:30:00Z', ?3, 9)";
                connection.execute(sql, params![path, digest, finished]).unwrap();
            }
        }
        if version > 0 {
            let course = Digest::of(b"a course").to_string();
            let attempt = "INSERT INTO attempt VALUES ('app-data', 1, 1, 'bank', ?1, '2026-11-22T09:50:00Z', 0, 0, 0, NULL, \
                           NULL, NULL, NULL)";
            connection.execute(attempt, [course]).unwrap();
            let answer = "INSERT INTO attempt_answer (course, attempt, question, response, seconds, flagged) \
                          VALUES ('app-data', 1, 'q1', '\"a\"', 3, 0)";
            connection.execute(answer, []).unwrap();
        }
        drop(connection);
        let store = open(&path);
        let attempts = store.progress(&course()).unwrap().attempts;
        let shown = attempts.iter().flat_map(|attempt| attempt.answers.values()).map(|answer| answer.shown);
        let expected = if version > 0 { vec![Shown::Wholly] } else { vec![] };
        assert_eq!(shown.collect::<Vec<_>>(), expected, "nobody is sent back to it");
        let far: Vec<usize> =
            store.progress(&course()).unwrap().lessons.values().map(|reading| reading.farthest).collect();
        // `begun.md` comes first.
        let expected = match version {
            0 => vec![],
            1 | 2 => vec![0, 40],
            _ => vec![40, 40],
        };
        assert_eq!(far, expected, "from version {version}");
        assert_eq!(layout::version(&store.database.connection).unwrap(), schema::LAYOUT.version());
        assert_eq!(store.progress(&course()).unwrap().runs.len(), usize::from(version > 0));
    }
}

#[test]
fn steps_run_once_each_and_in_order_whoever_is_first() {
    const STEPS: &[&str] = &[
        schema::STEPS[0],
        schema::STEPS[1],
        schema::STEPS[2],
        schema::STEPS[3],
        "CREATE TABLE later (value INTEGER) STRICT; INSERT INTO later VALUES (1);",
        "UPDATE later SET value = value * 10 + 2;",
    ];
    for before in schema::STEPS.len()..=STEPS.len() {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        drop(open::open(&path, &with_steps(&STEPS[..before])).unwrap());
        let together = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    together.wait();
                    let opened = open::open(&path, &with_steps(STEPS)).unwrap();
                    assert_eq!(opened.set_aside, None);
                });
            }
        });
        let store = open::open(&path, &with_steps(STEPS)).unwrap().store;
        let value: i64 =
            store.database.connection.query_row("SELECT value FROM later", [], |row| row.get(0)).unwrap();
        assert_eq!(value, 12, "from version {before}");
    }
}

#[test]
fn a_step_that_fails_leaves_the_older_version_whole() {
    const BROKEN: &[&str] = &[
        schema::STEPS[0],
        schema::STEPS[1],
        schema::STEPS[2],
        schema::STEPS[3],
        "CREATE TABLE later (value INTEGER); DELETE FROM learner; oops;",
    ];
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let progress = filled(&path);
    assert!(matches!(open::open(&path, &with_steps(BROKEN)), Err(StoreError::Other { .. })));
    assert_eq!(open(&path).progress(&course()).unwrap(), progress);
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    filled(&path);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 1000).unwrap();
    let before = fs::read(&path).unwrap();
    let error = SqliteProgress::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 1000, known: 4, .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("update countersign"));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(names(home.path()), ["progress.db", "progress.db.lock"]);
}

/// What was said was the statement that failed, and to look after the disk.
#[test]
fn a_number_that_was_set_back_is_told_and_the_file_left_as_it_is() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let progress = filled(&path);
    let number = |number: i64| {
        Connection::open(&path).unwrap().pragma_update(None, "user_version", number).unwrap();
    };
    // With none of the numbers that are given the file was set aside as damaged.
    for set_back in [1, 2, 3, 0, -1, i64::from(i32::MIN)] {
        number(set_back);
        let before = fs::read(&path).unwrap();
        let error = SqliteProgress::open(&path).unwrap_err();
        assert!(
            matches!(error, StoreError::Misnumbered { found, .. } if found == set_back),
            "{set_back}: {error:?}"
        );
        let said = format!("{error}: {}", std::error::Error::source(&error).unwrap());
        assert!(said.contains("does not hold what that holds") && !said.contains("CREATE"), "{said}");
        assert!(error.hint().unwrap().contains("put the number back"));
        assert!(SqliteProgress::open_sound(&path).is_none());
        assert_eq!(fs::read(&path).unwrap(), before, "{set_back}");
        assert_eq!(names(home.path()), ["progress.db", "progress.db.lock"]);
    }
    number(4);
    assert_eq!(open(&path).progress(&course()).unwrap(), progress);
}

#[test]
fn a_number_that_was_set_forward_is_told_and_the_file_left_as_it_is() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    filled(&path);
    let as_of_format_3 = "ALTER TABLE attempt_answer DROP COLUMN shown_wholly";
    Connection::open(&path).unwrap().execute_batch(as_of_format_3).unwrap();
    let before = fs::read(&path).unwrap();
    let error = SqliteProgress::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Misnumbered { found: 4, .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_not_ours_is_set_aside_and_kept() {
    fn check(make: impl Fn(&Path)) {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        for n in 1..=2 {
            make(&path);
            let before = fs::read(&path).unwrap();
            assert!(SqliteProgress::open_sound(&path).is_none());
            assert_eq!(fs::read(&path).unwrap(), before);
            let opened = SqliteProgress::open(&path).unwrap();
            let aside = home.path().join(format!("progress.db.damaged-{n}"));
            assert_eq!(opened.set_aside.as_ref(), Some(&aside));
            assert_eq!(fs::read(&aside).unwrap(), before);
            drop(opened);
            // The new one is sound and stays.
            filled(&path);
            fs::remove_file(&path).unwrap();
        }
    }
    check(|path| put(path, "a text file that somebody saved here"));
    check(|path| put(path, [0; 4096]));
    check(|path| put(path, b"SQLite format 3\0 and then nothing"));
    let other_program = |path: &Path, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    check(|path| other_program(path, "CREATE TABLE bookmarks (address TEXT);"));
    check(|path| other_program(path, "PRAGMA application_id = 7;"));
    check(|path| other_program(path, "PRAGMA user_version = 1;"));
    check(|path| other_program(path, "PRAGMA user_version = 5; CREATE TABLE bookmarks (address TEXT);"));
    // Ours, but with pieces missing.
    check(|path| {
        filled(path);
        other_program(path, "DROP TABLE attempt_answer;");
    });
    // A number that no file of ours has, and nothing that one of ours holds.
    check(|path| {
        let ours = "PRAGMA application_id = 0x43537067; PRAGMA user_version = -3; CREATE TABLE a (b);";
        other_program(path, ours);
    });
    // Sound pages, but a value that we never write.
    check(|path| {
        filled(path);
        other_program(path, "UPDATE attempt SET started_at = 'yesterday';");
    });
}

#[test]
fn what_is_sound_is_opened_and_nothing_is_made() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    assert!(SqliteProgress::open_sound(&path).is_none());
    assert!(!path.exists());
    put(&path, "");
    assert!(SqliteProgress::open_sound(&path).is_none());
    assert_eq!(fs::read(&path).unwrap(), b"");
    let progress = filled(&path);
    let store = SqliteProgress::open_sound(&path).unwrap();
    assert_eq!(store.progress(&course()).unwrap(), progress);
}

/// Whatever byte the disk loses, the store opens, and what was there before is there still.
#[test]
fn damage_is_found_and_set_aside() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let progress = filled(&path);
    let sound = fs::read(&path).unwrap();
    let mut aside = 0;
    let mut cases: Vec<Vec<u8>> =
        (1..sound.len()).step_by(1531).map(|length| sound[..length].to_vec()).collect();
    for page in (0..sound.len()).step_by(4096) {
        let mut damaged = sound.clone();
        damaged[page..page + 512].fill(0xa5);
        cases.push(damaged);
    }
    for damaged in cases {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        put(&path, &damaged);
        let opened = SqliteProgress::open(&path).unwrap();
        if let Some(set_aside) = &opened.set_aside {
            aside += 1;
            assert_eq!(fs::read(set_aside).unwrap(), damaged);
            assert_eq!(opened.store.progress(&course()).unwrap(), Progress::default());
        } else {
            assert_eq!(opened.store.progress(&course()).unwrap(), progress);
        }
    }
    assert!(aside > 40, "only {aside} were noticed");
}

#[test]
fn the_log_of_a_damaged_file_goes_with_it() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    put(&path, "damaged");
    put(&home.path().join("progress.db-wal"), "its log");
    put(&home.path().join("progress.db.damaged-1"), "an earlier one");
    let opened = SqliteProgress::open(&path).unwrap();
    assert_eq!(opened.set_aside, Some(home.path().join("progress.db.damaged-2")));
    assert_eq!(fs::read(home.path().join("progress.db.damaged-1")).unwrap(), b"an earlier one");
    assert_eq!(fs::read(home.path().join("progress.db.damaged-2-wal")).unwrap(), b"its log");
}

/// Whoever looked stopped at the first number that was missing, and an old number was given again.
#[test]
fn the_last_that_was_set_aside_is_told_after_others_were_deleted() {
    let home = tempdir().unwrap();
    let path = home.path().join("progress.db");
    let aside = |n: u32| home.path().join(format!("progress.db.damaged-{n}"));
    assert_eq!(SqliteProgress::last_set_aside(&path), None);
    for n in [2, 10] {
        put(&aside(n), "an earlier one");
    }
    for other in [
        "progress.db.damaged-11-wal",
        "progress.db.damaged-+12",
        "other.db.damaged-13",
        "progress.db.damaged-",
    ] {
        put(&home.path().join(other), "something else");
    }
    assert_eq!(SqliteProgress::last_set_aside(&path), Some(aside(10)));
    put(&path, "damaged");
    let opened = SqliteProgress::open(&path).unwrap();
    assert_eq!(opened.set_aside, Some(aside(11)));
    assert_eq!(SqliteProgress::last_set_aside(&path), Some(aside(11)));
    assert_eq!(fs::read(aside(2)).unwrap(), b"an earlier one");
}

#[test]
fn copies_that_find_the_same_damage_set_it_aside_once() {
    for _ in 0..10 {
        let home = tempdir().unwrap();
        let path = home.path().join("progress.db");
        put(&path, "damaged");
        let together = Barrier::new(6);
        let aside: usize = thread::scope(|scope| {
            let copies: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        together.wait();
                        let mut opened = SqliteProgress::open(&path).unwrap();
                        let ada = Person { number: "1".to_owned(), name: "Ada".to_owned(), email: None };
                        opened.store.set_learner(&ada, "did:key:z6Mk").unwrap();
                        usize::from(opened.set_aside.is_some())
                    })
                })
                .collect();
            copies.into_iter().map(|copy| copy.join().unwrap()).sum()
        });
        assert_eq!(aside, 1);
        assert!(open(&path).learner().unwrap().is_some());
        assert_eq!(names(home.path()), ["progress.db", "progress.db.damaged-1", "progress.db.lock"]);
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
    store.database.connection.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.save(&course(), &[run(1)]).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    other.execute_batch("ROLLBACK").unwrap();
    store.save(&course(), &[run(1)]).unwrap();
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
