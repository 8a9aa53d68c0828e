//! A whole organisation: a hundred records of ten people who took the course again and again.

use std::collections::BTreeMap;
use std::fs;

use countersign::course;
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;
use serde_json::json;

use super::registry::{Registry, now};
use super::workforce::Organisation;

const RECORDS: u64 = 100;

fn organisation() -> Organisation {
    Organisation::new(course::embedded(), RECORDS)
}

#[test]
fn everybodys_records_are_collected_once_and_each_is_answered() {
    let registry = Registry::empty();
    organisation().write_registry(&registry.home(), 0);
    organisation().write_files(&registry.inbox(), 0, 1).expect("files");
    // It has lain unused since the day for which it was made.
    let (said, code) = registry.collect_with(&["inbox", "--clock-is-right"]);
    assert_eq!((&said["accepted"], code), (&json!(RECORDS), 0), "{said:#}");
    let receipts = fs::read_dir(registry.home().join("receipts")).expect("receipts");
    let visible = receipts.filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().ends_with(".tlog-proof")
    });
    assert_eq!(visible.count() as u64, RECORDS);
    let (said, code) = registry.collect();
    assert_eq!((&said["alreadyHere"], &said["accepted"], code), (&json!(RECORDS), &json!(0), 0), "{said:#}");

    let mut of_person = BTreeMap::new();
    let store: SqliteRegistry = registry.store();
    let visited = store.dossiers(now(), &mut |dossier| {
        let counting = dossier.records.iter().filter(|record| record.counts() && record.assignment.is_some());
        of_person.insert(dossier.number.to_string(), (counting.count(), dossier.keys.len()));
        Ok(())
    });
    visited.expect("everybody");
    assert_eq!(of_person.len(), 10);
    assert!(of_person.values().all(|(records, keys)| (*records, *keys) == (10, 1)), "{of_person:?}");
    let mut found = Vec::new();
    store.audit(&mut |discrepancy| found.push(discrepancy.to_string())).expect("read");
    assert_eq!(found, Vec::<String>::new());
}

/// What benches and tests measure and look at is the same on every machine.
#[test]
fn an_organisation_is_the_same_every_time() {
    let (one, other) = (organisation(), organisation());
    for index in 0..RECORDS {
        let (one, other) = (one.answer(index), other.answer(index));
        assert_eq!((one.assigned, one.signed.bytes), (other.assigned, other.signed.bytes), "{index}");
    }
    let different: std::collections::BTreeSet<_> =
        (0..RECORDS).map(|index| one.answer(index).signed.digest).collect();
    assert_eq!(different.len() as u64, RECORDS);
}
