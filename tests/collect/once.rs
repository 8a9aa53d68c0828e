//! Collecting again, in another spelling, at the same time, after a crash: once is once.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use countersign::clock::Timestamp;
use countersign::record::key::SecretKey;
use countersign::record::{read_completion, sign_completion};
use countersign::registry::terms::Treatment;
use countersign::store::registry::RegistryStore as _;
use serde_json::json;

use super::learner;
use super::registry::{Registry, now};
use super::vectors::{World, pretty};

/// So many records of so many people, each signed with a key of its own.
fn send_many(registry: &Registry, people: usize) {
    for person in 0..people {
        let seed: [u8; 32] =
            std::array::from_fn(|place| u8::try_from((person >> (place % 8)) & 0xFF).expect("a byte"));
        let key = SecretKey::from_seed(&seed);
        let mut claims = learner::claims(&registry.world.course, &key.did(), None, &[9]);
        claims.person.number = format!("P{person:05}");
        let created = learner::signed_at(1);
        let id = uuid::Builder::from_random_bytes((person as u128).to_le_bytes()).into_uuid();
        let signed = sign_completion(&claims, id, created, &key).expect("in the profile");
        registry.send(&format!("{}/{}", person % 7, signed.file_name), &signed.bytes);
    }
}

/// Everything that the registry knows of records, without where they stand in the log and when they came.
fn state(registry: &Registry) -> Vec<(String, String, String, Treatment)> {
    let mut state = Vec::new();
    let end = Timestamp::from_unix(now().unix() + 60).expect("soon");
    registry
        .store()
        .dossiers(end, &mut |dossier| {
            for record in dossier.records {
                let levels = format!("{:?}", record.levels);
                state.push((dossier.number.to_string(), record.digest.to_string(), levels, record.treatment));
            }
            Ok(())
        })
        .expect("read");
    state
}

fn put_aside(registry: &Registry) -> Vec<String> {
    let mut names = Vec::new();
    registry
        .store()
        .put_aside_files(&mut |file| {
            names.push(file.name);
            Ok(())
        })
        .expect("read");
    names
}

#[test]
fn the_same_record_in_every_spelling_is_one_record() {
    let registry = Registry::new();
    let document = World::signed(&registry.world.claims(true, &[9]));
    let text = String::from_utf8(pretty(&document)).expect("text");
    registry.send("a.completion.json", text.as_bytes());
    registry.send("b/the same.json", text.as_bytes());
    registry.send("c.completion.json", text.replace('\n', "\r\n").as_bytes());
    registry.send("d.completion.json", &serde_json::to_vec(&document).expect("JSON"));
    registry.send("renamed.txt", text.replace("  ", "\t").as_bytes());
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["alreadyHere"], code), (&json!(1), &json!(4), 0), "{said:#}");
    let before = state(&registry);
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["alreadyHere"], code), (&json!(0), &json!(5), 0), "{said:#}");
    assert_eq!(state(&registry), before);
}

#[test]
fn every_record_of_a_person_is_history() {
    let registry = Registry::new();
    registry.send("1.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    registry.send("2.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[2, 8]))));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&json!(2), 0), "{said:#}");
    assert_eq!(registry.records("012345").len(), 2);
}

/// Whoever did not pass has done something, too.
#[test]
fn a_failed_attempt_is_stored_as_failed() {
    let registry = Registry::new();
    registry.send("1.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[1, 2, 0]))));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["acceptedNotPassed"], code), (&json!(1), &json!(1), 0), "{said:#}");
    let records = registry.records("012345");
    assert!(!records[0].passed && records[0].treatment == Treatment::Accept);
}

#[test]
fn a_dry_run_says_what_would_be_and_changes_nothing() {
    let registry = Registry::new();
    send_many(&registry, 30);
    registry.send("1.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    let size = registry.store().log_size().expect("read");
    let head = || fs::read(registry.home().join("checkpoint")).expect("a head");
    let signed = head();
    let (pretended, code) = registry.collect_with(&["inbox", "--dry-run"]);
    assert_eq!(
        (&pretended["accepted"], &pretended["review"], code),
        (&json!(1), &json!(30), 1),
        "{pretended:#}"
    );
    assert_eq!(registry.store().log_size().expect("read"), size);
    assert_eq!(head(), signed);
    assert!(!registry.home().join("receipts").exists());
    let (said, _) = registry.collect();
    for what in ["accepted", "review", "putAside", "alreadyHere", "noRecords"] {
        assert_eq!(said[what], pretended[what], "{what}");
    }
}

/// Whoever pulls the plug runs the same command again.
#[test]
fn killed_at_any_moment_and_run_again() {
    let whole = Registry::new();
    send_many(&whole, 300);
    whole.send("broken.completion.json", b"{\"type\": [\"TrainingCompletionRecord\"");
    let begun = Instant::now();
    whole.collect();
    let whole_time = begun.elapsed();
    let (expected, aside) = (state(&whole), put_aside(&whole));
    assert_eq!((expected.len(), aside.len()), (300, 1));
    for sixth in 1..6 {
        let registry = Registry::new();
        let _ = fs::remove_dir(registry.inbox());
        fs::rename(whole.inbox(), registry.inbox()).expect("the same files");
        let mut child = registry.hr(&["collect", "inbox"]).stdout(Stdio::null()).spawn().expect("it starts");
        thread::sleep(whole_time * sixth / 6);
        let _ = child.kill();
        let _ = child.wait();
        let (said, _) = registry.collect();
        assert_eq!(state(&registry), expected, "killed after {sixth} sixths of {whole_time:?}: {said:#}");
        let audited = registry.store().audit(&mut |found| panic!("{found:?}")).expect("read");
        assert_eq!(audited.discrepancies, 0);
        assert_eq!(put_aside(&registry), aside);
        fs::rename(registry.inbox(), whole.inbox()).expect("back");
    }
}

#[test]
fn two_at_once_collect_everything_once() {
    let registry = Registry::new();
    send_many(&registry, 300);
    let [one, other] = [(), ()].map(|()| {
        registry.hr(&["collect", "inbox", "--json"]).stdout(Stdio::piped()).spawn().expect("it starts")
    });
    let mut stored = 0;
    for child in [one, other] {
        let output = child.wait_with_output().expect("it ends");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let number = |what: &str| said[what].as_u64().expect("a number");
        assert_eq!(number("accepted") + number("review") + number("alreadyHere"), 300, "{said:#}");
        stored += number("accepted") + number("review");
    }
    assert_eq!(stored, 300);
    assert_eq!(state(&registry).len(), 300);
    // The log and its head are those of both.
    assert_eq!(registry.collect().0["alreadyHere"], 300);
}

/// Whoever came second said that everything was here, and nothing of what waits for somebody.
#[test]
fn of_two_at_once_each_says_what_waits_for_a_decision() {
    let registry = Registry::new();
    registry.send("alone.completion.json", &pretty(&World::signed(&registry.world.claims(false, &[9]))));
    let lock = registry.locked();
    // Each has judged the file by what is there now.
    let both = [(), ()].map(|()| registry.waiting(&["collect", "inbox", "--json", "--no-receipts"]));
    drop(lock);
    let mut waiting = Vec::new();
    for (child, _talk) in both {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        waiting.push(["review", "alreadyHereForReview"].map(|what| said[what].as_u64().expect("a number")));
    }
    waiting.sort_unstable();
    assert_eq!(waiting, [[0, 1], [1, 0]]);
}

/// A run that was killed between the database and the receipts.
#[test]
fn receipts_that_are_missing_are_made_up_for() {
    let registry = Registry::new();
    send_many(&registry, 5);
    registry.collect();
    let folder = registry.home().join("receipts");
    // Nobody has assigned them, so they wait.
    let names = || countersign::files::find(&folder.join("waiting"), ".tlog-proof").files;
    let before = names();
    assert_eq!(before.len(), 5);
    fs::rename(registry.inbox(), registry.home().join("done")).expect("moved");
    fs::create_dir(registry.inbox()).expect("a folder");
    for name in &before[2..] {
        fs::remove_file(name).expect("gone");
    }
    fs::remove_file(folder.join(".written-up-to")).expect("gone");
    fs::File::create_new(folder.join(".written-up-to"))
        .and_then(|mut file| file.write_all(b"0\n"))
        .expect("old");
    registry.collect();
    assert_eq!(names(), before);
}

/// Everybody gets a receipt that stands by itself.
#[test]
fn receipts_verify_and_are_named_like_the_record() {
    use countersign::log::{Event, Receipt};
    let registry = Registry::new();
    let bytes = pretty(&World::signed(&registry.world.claims(true, &[9])));
    let record = read_completion(&bytes).expect("a record");
    registry.send("a.completion.json", &bytes);
    registry.collect();
    let name = format!("012345_vector-course_2026-11-22_{}.completion.tlog-proof", record.digest.short());
    let receipt = fs::read(registry.home().join("receipts").join(name)).expect("a receipt");
    let receipted = Receipt::read(&receipt, &registry.log_key()).expect("it verifies");
    let Event::Collected(collected) = &receipted.entry.event else { panic!("{receipted:?}") };
    assert_eq!(collected.record, record.digest);
}
