//! Others write the same file meanwhile.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use super::*;
use crate::store::registry::Refusal;

/// Two that collect the same folder at once: every record is there once, and the log is one.
#[test]
fn two_copies_write_one_log() {
    let (_home, path) = filled();
    let together = Barrier::new(3);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut store = SqliteRegistry::open(&path).unwrap();
                together.wait();
                for who in 0..5 {
                    for which in [0, 2, 4, 5] {
                        match store.save(&[record(100, who, which)]) {
                            Ok(_) | Err(StoreError::Refused(Refusal::RecordIsHere(_))) => {}
                            Err(error) => panic!("{error:?}"),
                        }
                    }
                }
            });
        }
    });
    let store = SqliteRegistry::open(&path).unwrap();
    let records: usize = dossiers(&store, at(1000)).iter().map(|dossier| dossier.records.len()).sum();
    assert_eq!(records, 2 + 20);
    assert_eq!(store.log_size().unwrap().get(), 12 + 20);
    assert_eq!(findings(&path), Vec::<String>::new());
}

#[test]
fn a_registry_that_is_being_written_is_waited_for_and_then_said_to_be_busy() {
    let (_home, path) = filled();
    let rival = Connection::open(&path).unwrap();
    rival.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut store = SqliteRegistry::open(&path).unwrap();
    store.database.connection.busy_timeout(Duration::from_millis(50)).unwrap();
    let error = store.save(&[record(50, 1, 5)]).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("other running copy"));
    // Reading goes on meanwhile.
    assert!(store.dossier(&person(0), at(50)).unwrap().is_some());
    assert!(store.is_held_for(Duration::from_millis(50)).unwrap());
    rival.execute_batch("ROLLBACK").unwrap();
    assert!(!store.is_held_for(Duration::from_millis(50)).unwrap());
    store.save(&[record(50, 1, 5)]).unwrap();
}

#[test]
fn a_copy_is_whole_while_others_write_and_never_written_over_anything() {
    let (home, path) = filled();
    let store = SqliteRegistry::open(&path).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut rival = SqliteRegistry::open(&path).unwrap();
            for which in 0..200_u8 {
                let mut record = collected(100, which % 5, 1);
                record.digest = Digest::of(&[which]);
                rival.save(&[Change::Collected(Box::new(record))]).unwrap();
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
            }
        });
        for number in 0..3 {
            let copy = home.as_ref().join(format!("copy-{number}.db"));
            store.back_up(&copy).unwrap();
            assert_eq!(findings(&copy), Vec::<String>::new());
            let error = store.back_up(&copy).unwrap_err();
            assert!(matches!(error, StoreError::Exists { .. }), "{error:?}");
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let nowhere = home.as_ref().join("missing/copy.db");
    assert!(matches!(store.back_up(&nowhere), Err(StoreError::Other { .. })));
    // A copy goes on as a registry of its own.
    let copy = home.as_ref().join("copy-0.db");
    let mut restored = SqliteRegistry::open(&copy).unwrap();
    restored.save(&[record(200, 3, 5)]).unwrap();
    assert_eq!(findings(&copy), Vec::<String>::new());
}

#[test]
fn one_moment_is_not_disturbed_by_whoever_writes() {
    let (_home, path) = filled();
    let (reader, mut writer) = (SqliteRegistry::open(&path).unwrap(), SqliteRegistry::open(&path).unwrap());
    let before = reader.log_size().unwrap();
    reader
        .at_one_moment(&mut || {
            assert_eq!(reader.log_size()?, before);
            writer.save(&[waived(20, 0, 3)])?;
            // A moment within a moment is the same one.
            reader.at_one_moment(&mut || {
                assert_eq!(reader.log_size()?, before);
                Ok(())
            })?;
            assert_eq!(reader.log_size()?, before);
            Ok(())
        })
        .unwrap();
    assert_eq!(reader.log_size().unwrap().get(), before.get() + 1);
    let failed = reader.at_one_moment(&mut || Err(StoreError::Impossible("a test")));
    assert!(matches!(failed, Err(StoreError::Impossible(_))));
    writer.save(&[waived(21, 0, 4)]).unwrap();
    assert_eq!(reader.log_size().unwrap().get(), before.get() + 2);
}
