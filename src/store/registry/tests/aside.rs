//! Files that lie aside: one is found by itself, and the latest without reading the others.

use super::{begun, on_both};
use crate::digest::Digest;
use crate::registry::Change;
use crate::registry::change::PutAside;
use crate::store::StoreError;
use crate::store::registry::RegistryStore;
use crate::store::registry::sample::{at, collected, erased_with, file, put_aside};

/// The names of the latest files, and how many lie aside.
fn latest(store: &dyn RegistryStore, most: u64) -> (Vec<String>, u64) {
    let mut names = Vec::new();
    let number = store
        .latest_aside(most, &mut |file| {
            assert_eq!(store.put_aside_file(&file.file).unwrap().as_ref(), Some(&file));
            names.push(file.name);
            Ok(())
        })
        .unwrap();
    (names, number)
}

#[test]
fn one_is_found_by_its_digest_alone() {
    on_both(|store| {
        store.save(&[put_aside(0, 4), put_aside(1, 1)]).unwrap();
        assert_eq!(store.put_aside_file(&file(0, 1).file).unwrap(), Some(file(1, 1)));
        assert_eq!(store.put_aside_file(&Digest::of(b"another")).unwrap(), None);
    });
}

#[test]
fn the_latest_come_first_and_all_are_counted() {
    on_both(|store| {
        assert_eq!(latest(store, 9), (Vec::new(), 0));
        begun(store);
        store.save(&[0, 1, 2, 3].map(|which| put_aside(10 + i64::from(which), which))).unwrap();
        assert_eq!(latest(store, 9).0, ["3.json", "2.json", "1.json", "0.json"]);
        assert_eq!(latest(store, 2), (vec!["3.json".to_owned(), "2.json".to_owned()], 4));
        assert_eq!(latest(store, 0), (Vec::new(), 4));
        // What goes with a person lies there no more.
        store.save(&[erased_with(20, 0, true, &[2])]).unwrap();
        assert_eq!(latest(store, 2), (vec!["3.json".to_owned(), "1.json".to_owned()], 3));
    });
}

/// They were read, unpacked and counted although they are records by now.
#[test]
fn a_file_that_was_collected_since_lies_aside_no_more() {
    on_both(|store| {
        begun(store);
        let record = collected(20, 0, 0);
        let judged_before = PutAside { record: Some(record.digest), ..file(10, 5) };
        store.save(&[Change::PutAside(Box::new(judged_before)), put_aside(11, 1)]).unwrap();
        assert_eq!(latest(store, 9), (vec!["1.json".to_owned(), "5.json".to_owned()], 2));
        store.save(&[Change::Collected(Box::new(record))]).unwrap();
        assert_eq!(latest(store, 9), (vec!["1.json".to_owned()], 1));
        // It is still kept.
        assert!(store.put_aside_file(&file(0, 5).file).unwrap().is_some());
        // And it lay aside until then.
        assert_eq!([10, 11, 19, 20].map(|second| store.number_aside(at(second)).unwrap()), [1, 2, 2, 1]);
    });
}

#[test]
fn whoever_visits_can_stop() {
    on_both(|store| {
        store.save(&[put_aside(0, 4), put_aside(1, 1)]).unwrap();
        let mut visited = 0;
        let stopped = store.latest_aside(9, &mut |_| {
            visited += 1;
            Err(StoreError::Impossible("enough"))
        });
        assert!(matches!(stopped, Err(StoreError::Impossible("enough"))) && visited == 1, "{stopped:?}");
    });
}
