//! Files of other versions, and of numbers that are not theirs.

use super::*;
use crate::progress::Shown;
use crate::store::database::layout::{self, Layout};

/// The make of a file after other steps.
fn with_steps(steps: &'static [&'static str]) -> Layout {
    Layout { steps, ..schema::LAYOUT }
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
        schema::STEPS[4],
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
        schema::STEPS[4],
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
    assert!(matches!(error, StoreError::Newer { found: 1000, known: 5, .. }), "{error:?}");
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
    for set_back in [1, 2, 3, 4, 0, -1, i64::from(i32::MIN)] {
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
    number(5);
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
    assert!(matches!(error, StoreError::Misnumbered { found: 5, .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}
