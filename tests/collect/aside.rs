//! Files that are put aside: each is in the log, once, and goes with the person whose it is.

use std::fs;
use std::process::Output;

use countersign::digest::Digest;
use countersign::log::{Entry, Event, Index};
use countersign::record::verdict::Outcome;
use countersign::registry::change::CourseState;
use countersign::store::registry::RegistryStore as _;
use serde_json::{Value, json};

use super::aged::self_declared;
use super::forge;
use super::registry::{Registry, judged, now};
use super::told;
use super::vectors::{LEARNER, World, pretty};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn ran(output: &Output, code: i32) -> String {
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn events(registry: &Registry) -> Vec<Event> {
    let mut events = Vec::new();
    let first = Index::new(0).expect("an index");
    let visited = registry.store().log_entries(first, &mut |_, bytes| {
        events.push(Entry::parse(&bytes).expect("an entry").event);
        Ok(())
    });
    visited.expect("read");
    events
}

/// A record of Ada's whose result somebody edited.
fn edited(registry: &Registry) -> Value {
    let mut document = World::signed(&registry.world.claims(true, &[1]));
    document["credentialSubject"]["result"]["passed"] = json!(true);
    document
}

/// It was counted as no completion record, and nobody asked for the whole of it.
#[test]
fn a_piece_out_of_the_middle_of_a_record_is_put_aside() {
    let registry = Registry::new();
    let whole = text(&pretty(&World::signed(&registry.world.claims(true, &[1, 9]))));
    let answers = whole.find("\"attempts\"").expect("answers");
    registry.send("middle.json", &whole.as_bytes()[answers + 100..answers + 1500]);
    registry.send("list.json", b"[\"item\", \"response\", \"revision\", \"seconds\"");
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], &said["accepted"], code), (&json!(1), &json!(0), 1), "{said:#}");
}

#[test]
fn a_file_is_put_aside_in_the_log_once_however_often_it_comes() {
    let registry = Registry::new();
    let bytes = pretty(&edited(&registry));
    registry.send("1.completion.json", &bytes);
    registry.send("again/2.completion.json", &bytes);
    let before = events(&registry).len();
    let (said, code) = registry.collect();
    assert_eq!((&said["putAside"], &said["alreadyHere"], code), (&json!(1), &json!(1), 1), "{said:#}");
    let logged = events(&registry);
    assert_eq!(logged.len(), before + 1);
    let Some(Event::PutAside { file, levels, record, .. }) = logged.last() else { panic!("{logged:?}") };
    assert_eq!((*file, record.is_some()), (Digest::of(&bytes), true));
    assert_eq!(levels.signature, Outcome::Fail);
    // Again, and judged again: nothing is added, and the verdict is told all the same.
    registry.collect();
    let (said, _) = registry.collect_with(&["inbox", "--again"]);
    assert_eq!(told(&said)["what"], "put aside", "{said:#}");
    assert_eq!(events(&registry), logged);
    ran(&registry.run(&["log", "verify"]), 0);
}

/// A copy that was read too early stayed a finding about that person for good, beside their accepted record.
#[test]
fn a_piece_whose_whole_came_later_needs_nobody() {
    let registry = Registry::new();
    let whole = pretty(&World::signed(&registry.world.claims(true, &[9])));
    let name = "012345_vector-course_2026-11-27_1f0c9ab2.completion.json";
    registry.send(name, &whole[..whole.len() / 2]);
    registry.send("other.completion.json", &whole[..whole.len() / 3]);
    let listed = |verb: &[&str]| text(&registry.run(verb).stdout);
    let settled =
        |said: &str| said.matches("the whole of it is here since, so nothing needs to be done").count();
    let (said, _) = registry.collect();
    assert_eq!(said["putAside"], json!(2), "{said:#}");
    assert_eq!(settled(&listed(&["quarantine", "list"])), 0);
    registry.send(&format!("later/{name}"), &whole);
    let (said, _) = registry.collect();
    assert_eq!(said["accepted"], json!(1), "{said:#}");
    // Whose the other one is, only its assignment says, which is looked for where one asks about a person.
    for (verb, expected) in [(&["quarantine", "list"], 1), (&["person", "012345"], 2)] {
        let said = listed(verb);
        assert_eq!(settled(&said), expected, "{said}");
    }
    let piece = Digest::of(&whole[..whole.len() / 2]).short();
    assert_eq!(settled(&listed(&["quarantine", "show", &piece])), 1);
}

/// Five records waited, and the second run over them said that all was well.
#[test]
fn what_still_waits_is_said_again_and_again() {
    let registry = Registry::new();
    registry.send("edited.completion.json", &pretty(&edited(&registry)));
    registry.send("fine.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[9]))));
    registry.send("unasked.completion.json", &pretty(&World::signed(&registry.world.claims(false, &[9]))));
    let numbers = |said: &Value| {
        ["accepted", "review", "putAside", "alreadyHere", "alreadyHereForReview", "alreadyHerePutAside"]
            .map(|what| said[what].as_u64().expect("a number"))
    };
    let (said, code) = registry.collect();
    assert_eq!((numbers(&said), code), ([1, 1, 1, 0, 0, 0], 1), "{said:#}");
    for _ in 0..2 {
        let (said, code) = registry.collect();
        assert_eq!((numbers(&said), code), ([0, 0, 0, 3, 1, 1], 1), "{said:#}");
    }
    let said = ran(&registry.run(&["collect", "inbox"]), 1);
    let hr = format!("countersign hr --registry {}", registry.home().display());
    assert!(said.contains(&format!("        1 of these still to be decided: {hr} review list\n")), "{said}");
    assert!(said.contains(&format!("        1 of these still put aside: {hr} quarantine list\n")), "{said}");

    let listed = ran(&registry.run(&["review", "list"]), 1);
    let record = listed.split_whitespace().next().expect("a fingerprint");
    ran(&registry.run(&["review", "refuse", record, "--by", "HR", "--reason", "nobody asked"]), 0);
    let (said, code) = registry.collect();
    assert_eq!((numbers(&said), code), ([0, 0, 0, 3, 0, 1], 1), "{said:#}");
}

/// It was advised to accept or refuse it, which nobody can.
#[test]
fn nobody_is_told_to_decide_about_what_was_put_aside() {
    for days in [1, 400] {
        let registry = Registry::new();
        ran(&registry.run(&["terms", "set", "--unknown-identity", "quarantine", "--by", "HR"]), 0);
        registry.send("1.completion.json", &self_declared(&registry.world, days));
        let (said, _) = registry.collect();
        let told = told(&said);
        let next = told["next"].as_str().expect("a text");
        assert!(told["what"] == "put aside" && next.contains("the file cannot count as it is"), "{said:#}");
        let said = ran(&registry.run(&["collect", "inbox", "--again"]), 1);
        assert!(said.contains(&format!("next: {next}")) && !said.contains("hr review"), "{said}");
    }
}

/// It was told to look at the level that failed, and none had.
#[test]
fn what_is_put_aside_for_want_of_its_course_is_collected_again() {
    let registry = Registry::opened(now());
    ran(&registry.run(&["terms", "set", "--unknown-content", "quarantine", "--by", "HR"]), 0);
    registry.send("1.completion.json", &self_declared(&registry.world, 1));
    let (said, _) = registry.collect();
    let next = told(&said)["next"].as_str().expect("a text");
    assert!(next.contains("hr course add PACK") && next.ends_with("collect again with --again"), "{said:#}");
    registry.store().save(&judged(&registry.world.course, CourseState::Approved, now())).expect("saved");
    assert_eq!(registry.collect_with(&["inbox", "--again"]).0["review"], 1);
}

/// What was put aside and counts later can be told from the log: the record is the same.
#[test]
fn a_file_that_counts_later_is_named_by_its_record_both_times() {
    let registry = Registry::new();
    let course = &registry.world.withdrawn;
    let did = countersign::record::key::SecretKey::from_seed(&LEARNER).did();
    let claims = super::learner::claims(course, &did, None, &[9]);
    registry.send("1.completion.json", &pretty(&World::signed(&claims)));
    assert_eq!(registry.collect().0["putAside"], 1);
    let approve = ["course", "approve", &course.digest.to_string(), "--by", "Chief"];
    ran(&registry.run(&approve), 0);
    registry.collect_with(&["inbox", "--again"]);
    let logged = events(&registry);
    let aside = logged.iter().find_map(|event| match event {
        Event::PutAside { record, .. } => *record,
        _ => None,
    });
    let collected = logged.iter().find_map(|event| match event {
        Event::Collected(collected) => Some(collected.record),
        _ => None,
    });
    assert!(aside.is_some() && aside == collected, "{logged:?}");
    assert!(ran(&registry.run(&["quarantine"]), 0).contains("nothing was put aside"));
}

/// An erasure takes along the files that are the person's, says what only mentions them, and leaves nothing of them.
#[test]
fn an_erasure_reaches_what_was_put_aside() {
    let registry = Registry::new();
    registry.send("ada.completion.json", &pretty(&edited(&registry)));
    // Cut off in the middle, after the number.
    let whole = text(&pretty(&World::signed(&registry.world.claims(true, &[9]))));
    let end = whole.find("012345").expect("a number") + 40;
    registry.send("cut.completion.json", &whole.as_bytes()[..end]);
    // A colleague's file with her answers, and one that has nothing to do with her.
    let mut borrowed = World::signed(&registry.world.claims(true, &[9]));
    borrowed["credentialSubject"]["person"]["number"] = json!("12345");
    registry.send("grace.completion.json", &pretty(&borrowed));
    let mut other = borrowed.clone();
    other["credentialSubject"]["person"] = json!({"number": "777", "name": "Nobody"});
    other["credentialSubject"].as_object_mut().expect("claims").remove("assignment");
    forge::sign(&mut other, &[9; 32]);
    other["issuer"] = json!("did:key:z6MkfrQeYq9wyzQrPEcbRgS8M7k1G1sTpZVzTzG2u5hZy1Cw");
    registry.send("other.completion.json", &pretty(&other));
    let (said, _) = registry.collect();
    assert_eq!(said["putAside"], 4, "{said:#}");

    let erase = ["erase", "012345", "--by", "Chief", "--override", "--reason", "ordered"];
    let said = ran(&registry.run(&erase), 1);
    assert!(said.contains("2 files put aside and theirs"), "{said}");
    assert!(said.contains("ada.completion.json") && said.contains("cut.completion.json"), "{said}");
    assert!(said.contains("1 file put aside mentions this person and cannot be tied to them"), "{said}");
    assert!(said.contains("grace.completion.json") && !said.contains("other.completion.json"), "{said}");
    assert!(said.contains("nothing was erased"), "{said}");

    // A forgery would be gone with somebody who was invented for it.
    let listed = ran(&registry.run(&["quarantine"]), 0);
    let theirs = listed.lines().find(|line| line.contains("other.completion.json")).expect("a line");
    let theirs = theirs.split_whitespace().next().expect("a fingerprint");
    let said = ran(&registry.run(&[&erase[..], &["--also", theirs, "--yes"]].concat()), 2);
    assert!(said.contains("is about somebody else, and nothing in it is of 012345"), "{said}");

    let said = ran(&registry.run(&erase), 1);
    let mention = said.lines().find(|line| line.contains("grace.completion.json")).expect("a line");
    let fingerprint = mention.split_whitespace().next().expect("a fingerprint");
    let said = ran(&registry.run(&[&erase[..], &["--also", fingerprint, "--yes"]].concat()), 0);
    assert!(said.contains("012345 is erased, with 3 files put aside"), "{said}");
    let dumped = text(&fs::read(registry.home().join("registry.db")).expect("a file"));
    assert!(!dumped.contains("Ada Byron") && !dumped.contains("012345"), "something of her is left");
    assert!(!registry.home().join("registry.db-wal").metadata().is_ok_and(|wal| wal.len() > 0));

    // The entries stay and say so, and what was erased does not come back.
    ran(&registry.run(&["log", "verify"]), 0);
    let logged = events(&registry);
    let aside = logged.iter().filter(|event| matches!(event, Event::PutAside { .. })).count();
    assert_eq!(aside, 4);
    let Some(Event::Erased { entries, left, total, .. }) = logged.last() else { panic!("{logged:?}") };
    // Two assignments and three files.
    assert_eq!((*entries, *left, *total), (5, 1, 1));
    for again in [&["inbox"][..], &["inbox", "--again"]] {
        let (said, _) = registry.collect_with(again);
        assert_eq!((&said["accepted"], &said["alreadyHereErased"]), (&0.into(), &3.into()), "{said:#}");
    }
    assert_eq!(events(&registry), logged);
    let listed = ran(&registry.run(&["quarantine"]), 0);
    assert!(listed.contains("other.completion.json") && listed.contains("1 file"), "{listed}");
}
