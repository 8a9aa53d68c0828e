//! A decision on the full screen: the same change as by the verb.

use std::fs;

use countersign::clock::{Clock as _, SystemClock};
use countersign::log::Index;
use countersign::registry::PersonNumber;
use countersign::registry::change::{CourseState, Decision};
use countersign::registry::dossier::RecordState;
use countersign::store::registry::RegistryStore;
use countersign::store::registry::sqlite::SqliteRegistry;
use serde_json::{Value, json};

use super::aged::self_declared;
use super::registry::{Registry, judged};
use super::terminal::Session;
use super::told;
use super::vectors::{World, pretty};

/// What a registry has of its last entry: the entry without what differs each time, and the record.
fn last(store: &SqliteRegistry, records: &[RecordState]) -> (Value, Vec<Option<Decision>>, u64) {
    let size = store.log_size().expect("a log").get();
    let bytes = store.log_entry(Index::new(size - 1).expect("a place")).expect("a log").expect("an entry");
    let mut entry: Value = serde_json::from_slice(&bytes).expect("JSON");
    let entry_of = entry.as_object_mut().expect("an object");
    // The moment, and what is bound to it or to a salt.
    entry_of.remove("at").expect("a moment");
    entry_of.remove("details").expect("bound by a salt");
    (entry, records.iter().map(|record| record.decision).collect(), size)
}

/// A record that nobody assigned waits; its fingerprint.
fn waiting(registry: &Registry) -> String {
    let claims = registry.world.claims(false, &[9]);
    registry.send("self.completion.json", &pretty(&World::signed(&claims)));
    let (said, _) = registry.collect();
    told(&said)["record"].as_str().expect("a text").trim_start_matches("sha256:").to_owned()
}

#[test]
fn what_is_decided_elsewhere_is_shown_by_itself() {
    let registry = Registry::new();
    let record = waiting(&registry);
    let folder = registry.home().display().to_string();
    let mut session = Session::start(&registry.home(), &["hr", "--registry", &folder]);
    session.see("[people]");
    session.keys("3");
    session.see("1 record waits for a decision");
    let refused = registry.run(&["review", "refuse", &record[..8], "--by", "J. Doe", "--reason", "no"]);
    assert_eq!(refused.status.code(), Some(0));
    session.see("nothing waits for a decision");
    session.keys("q");
    assert!(session.ended());
}

#[test]
fn a_decision_on_the_full_screen_is_the_change_that_the_verb_makes() {
    let registry = Registry::new();
    let record = waiting(&registry);
    // The same registry twice.
    let copy = registry.home().with_file_name("copy");
    fs::create_dir(&copy).expect("a folder");
    for entry in fs::read_dir(registry.home()).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.path().is_file() {
            fs::copy(entry.path(), copy.join(entry.file_name())).expect("a copy");
        }
    }
    let before = registry.store().log_size().expect("a log").get();

    let accepted = registry.run(&["review", "accept", &record[..8], "--by", "J. Doe", "--reason", "saw it"]);
    assert_eq!(accepted.status.code(), Some(0));

    let folder = copy.display().to_string();
    let mut session = Session::start(&copy, &["hr", "--registry", &folder]);
    session.see("[people]");
    session.see("row");
    session.keys("3");
    session.see("1 record waits for a decision");
    session.keys("\r");
    session.see("a accept");
    session.keys("a");
    session.see("accept this record");
    session.keys("saw it\r");
    session.see("> ");
    session.keys("J. Doe\r");
    session.see("enter this decision?");
    session.settled();
    session.keys("y");
    session.see("nothing waits for a decision");
    session.keys("q");
    assert!(session.ended());

    let decided = SqliteRegistry::open(&copy.join("registry.db")).expect("a registry");
    let number = PersonNumber::new("012345").expect("a number");
    let records = decided.dossier(&number, SystemClock.now()).expect("readable").expect("a person").records;
    let (by_face, by_verb) = (last(&decided, &records), last(&registry.store(), &registry.records("012345")));
    assert_eq!(by_face, by_verb);
    assert_eq!((by_face.1.as_slice(), by_face.2), ([Some(Decision::Accepted)].as_slice(), before + 1));
    // Who and why are what the entry binds, and the head was signed over it.
    let mut found = Vec::new();
    decided.audit(&mut |discrepancy| found.push(format!("{discrepancy:?}"))).expect("readable");
    assert_eq!(found, Vec::<String>::new());
    let head = fs::read_to_string(copy.join("checkpoint")).expect("a head");
    assert_eq!(head.lines().nth(1), Some((before + 1).to_string().as_str()));
}

/// The list said of an old record nothing but that its course was not there.
#[test]
fn a_record_that_waits_is_told_to_be_old_when_its_course_came_later() {
    let registry = Registry::opened_in(World::new(), SystemClock.now());
    registry.send("old.completion.json", &self_declared(&registry.world, 405));
    assert_eq!(registry.collect().0["review"], json!(1));
    let course = judged(&registry.world.course, CourseState::Approved, SystemClock.now());
    registry.store().save(&course).expect("saved");
    let folder = registry.home().display().to_string();
    let mut session = Session::start(&registry.home(), &["hr", "--registry", &folder]);
    session.see("[people]");
    session.keys("3");
    session.see("signed 405 days before it was received");
    session.keys("q");
    assert!(session.ended());
}

/// A long burst that no bracket marks as pasted was read in part. The rest lay there until other keys came, and meanwhile a
/// core was busy asking.
#[test]
fn a_burst_of_keys_is_read_to_its_end() {
    let registry = Registry::new();
    waiting(&registry);
    let folder = registry.home().display().to_string();
    let mut session = Session::start(&registry.home(), &["hr", "--registry", &folder]);
    session.see("[people]");
    // Before the list is read there is nothing to filter.
    session.see("row");
    session.keys("/");
    // Ctrl-U empties the field: only what stands behind it is left.
    session.keys(&format!("{}\x15last", "over ".repeat(4000)));
    session.see("/ last");
    session.keys("\x1b");
    session.settled();
    session.keys("\x1b");
    session.settled();
    session.keys("q");
    assert!(session.ended());
}
