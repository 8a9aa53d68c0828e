//! Files that are damaged, or none of ours.

use super::*;

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
