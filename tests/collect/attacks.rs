//! What people may try with a record, one attack a test, and the level and the words that catch it. What may be tried with
//! the registry itself stands in `tests/evidence/attacks.rs`, variations of these in `variations.rs`.

use countersign::clock::{Clock as _, SystemClock, Timestamp};
use countersign::course::{self, Course};
use countersign::record::Assignment;
use countersign::record::claims::CompletionClaims;
use countersign::record::key::SecretKey;
use countersign::record::{read_assignment, sign_assignment};
use countersign::registry::PersonNumber;
use countersign::registry::assign::open;
use countersign::registry::change::CourseState;
use countersign::registry::dossier::RecordState;
use countersign::store::registry::RegistryStore as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::aged::{self, self_declared};
use super::learner::{self, after};
use super::registry::{Registry, assigned, judged, roster};
use super::vectors::{HR, LEARNER, World, pretty, read_course};
use super::{forge, says, told};

/// Collects a file that must not count: it is put aside or waits, with this outcome at a level and such words.
pub(super) fn check(registry: &Registry, bytes: &[u8], what: &str, level: &str, outcome: &str, words: &str) {
    let path = registry.send("0042.completion.json", bytes);
    let (said, code) = registry.collect();
    let told = told(&said);
    assert!(told["what"] == what && says(told, level, outcome, words), "{said:#}");
    assert!(told["next"].is_string(), "nobody says what to do: {said:#}");
    assert_eq!((&said["accepted"], code), (&json!(0), 1), "{said:#}");
    assert!(registry.records("012345").iter().all(|record| !record.counts()), "it counts");
    assert!(path.is_file(), "files stay where they are");
}

pub(super) fn honest(registry: &Registry) -> Value {
    World::signed(&registry.world.claims(true, &[9]))
}

/// What the learner signs, whether or not it is true.
pub(super) fn lie(
    registry: &Registry,
    right: &[usize],
    change: impl FnOnce(&mut CompletionClaims),
) -> Vec<u8> {
    let mut claims = registry.world.claims(true, right);
    change(&mut claims);
    pretty(&World::signed(&claims))
}

/// Another assignment of the same course for the same person, issued two days after the first run began.
fn assign_again(registry: &Registry) -> Assignment {
    assign(registry, &registry.world.course, after(2 * 86_400))
}

/// Another assignment for the same person, issued at this time.
fn assign(registry: &Registry, course: &Course, issued_at: Timestamp) -> Assignment {
    let mut claims = registry.world.assignment.claims.clone();
    (claims.nonce, claims.issued_at) = (Uuid::new_v4().simple().to_string(), issued_at);
    claims.course = learner::course_claim(course);
    let signed = sign_assignment(&claims, Uuid::new_v4(), claims.issued_at, &SecretKey::from_seed(&HR));
    let bytes = signed.expect("in the profile").bytes;
    let assignment = read_assignment(&bytes).expect("our own");
    registry.store().save(&[assigned(&assignment, &bytes)]).expect("saved");
    assignment
}

/// Whether nothing that counts has come back for this assignment.
fn is_open(registry: &Registry, assignment: &Assignment) -> bool {
    let person = PersonNumber::new("012345").expect("a number");
    let dossier = registry.store().dossier(&person, SystemClock.now()).expect("read").expect("somebody");
    let open = open(&dossier, &registry.world.course.id);
    open.is_some_and(|open| open.id == assignment.id)
}

/// The course of the vectors after a change of one of its files.
pub(super) fn edited(file: &str, from: &str, to: &str) -> Course {
    let mut files = read_course(&super::vectors::folder().join("course"));
    let text = files.get_mut(file).expect("a file of the course");
    let changed = String::from_utf8(text.clone()).expect("text").replacen(from, to, 1).into_bytes();
    assert_ne!(*text, changed, "nothing is edited");
    *text = changed;
    course::parse(files).expect("still a course")
}

/// With a changed program, which signs marks that the answers do not earn.
#[test]
fn a_forged_score() {
    let registry = Registry::new();
    let forged = lie(&registry, &[9], |claims| claims.attempts[0].responses[0].response = None);
    check(&registry, &forged, "put aside", "grading", "fail", "re-graded 0");
}

/// The answers of a course of the same name and version, by whose key wrong is right.
#[test]
fn a_swapped_answer_key() {
    let registry = Registry::new();
    let bank = "quizzes/assessment.ron";
    let swapped =
        edited(bank, "can be derived again.\", answer: true", "can be derived again.\", answer: false");
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&swapped, &did, Some(&registry.world.assignment), &[9]);
    let swapped = pretty(&World::signed(&claims));
    check(&registry, &swapped, "put aside", "content", "fail", "is here with other content");
}

/// A lesson that says less, under a version of its own.
#[test]
fn an_edited_course() {
    let registry = Registry::new();
    let edited = edited("course.ron", "version: \"1.0.0\"", "version: \"1.0.1\"");
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&edited, &did, Some(&registry.world.assignment), &[9]);
    let bytes = pretty(&World::signed(&claims));
    check(&registry, &bytes, "waits for review", "content", "unknown", "no course with the digest");
}

/// Whoever hands in a colleague's file under another name hands in the colleague's record once more.
#[test]
fn a_colleagues_file_renamed() {
    let registry = Registry::new();
    let theirs = "12345_vector-course_2026-11-26_1f0c9ab2.completion.json";
    registry.send("012345_vector-course_2026-11-26_1f0c9ab2.completion.json", &pretty(&honest(&registry)));
    registry.send(theirs, &pretty(&honest(&registry)));
    // Each time: it was counted as here before, and nobody heard of it.
    for accepted in [1, 0] {
        let (said, code) = registry.collect();
        let counts = ["accepted", "alreadyHere", "namedAfterSomebodyElse"].map(|what| said[what].clone());
        assert_eq!((counts, code), ([json!(accepted), json!(2 - accepted), json!(1)], 1), "{said:#}");
        let told = &said["files"][0];
        assert!(told["file"].as_str().is_some_and(|file| file.ends_with(theirs)));
        let words =
            "its name says 12345 Grace Brewster, and the record in it is that of 012345: ask who sent it";
        assert_eq!(told["reasons"][0]["words"], words, "{said:#}");
    }
    assert_eq!(registry.records("012345").len(), 1);
    assert_eq!(registry.records("12345").len(), 0, "it is not theirs");
    // Under such a name alone it counts for whom it names, and is told.
    let registry = Registry::new();
    registry.send(theirs, &pretty(&honest(&registry)));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["namedAfterSomebodyElse"], code), (&json!(1), &json!(1), 1));
    // Named after somebody who was erased, or whom nobody knows, it was told no more.
    let registry = Registry::new();
    registry.send("99999_vector-course_2026-11-26_1f0c9ab2.completion.json", &pretty(&honest(&registry)));
    for _ in 0..2 {
        let (said, code) = registry.collect();
        let words = "its name says 99999, who is not on the roster, and the record in it is that of 012345: ask who sent it";
        assert_eq!((&said["files"][0]["reasons"][0]["words"], code), (&json!(words), 1), "{said:#}");
    }
    // What people call it may begin with a year, and somebody may have that number.
    let registry = Registry::new();
    registry.send("12345_ada.json", &pretty(&honest(&registry)));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], &said["namedAfterSomebodyElse"], code), (&json!(1), &json!(0), 0));
}

/// The first key that answered for a person is the person.
#[test]
fn another_key() {
    let registry = Registry::new();
    registry.send("first.completion.json", &pretty(&honest(&registry)));
    assert_eq!(registry.collect().1, 0);
    let stranger = SecretKey::from_seed(&[7; 32]);
    let world = &registry.world;
    let claims = learner::claims(&world.course, &stranger.did(), Some(&world.assignment), &[9]);
    let mut document = World::signed(&claims);
    forge::set_key(&mut document, stranger.public().as_bytes());
    forge::sign(&mut document, &[7; 32]);
    registry.send("second.completion.json", &pretty(&document));
    let (said, code) = registry.collect();
    let words = "is not the key that 012345 is known by";
    assert!(says(told(&said), "identity", "fail", words), "{said:#}");
    assert_eq!((&said["review"], code), (&json!(1), 1));
    let counts: Vec<_> = registry.records("012345").iter().map(RecordState::counts).collect();
    assert_eq!(counts, [true, false]);
}

/// Last year's record for this year's assignment.
#[test]
fn a_replay_of_last_years_record() {
    let registry = Registry::new();
    let old = honest(&registry);
    registry.send("2025.completion.json", &pretty(&old));
    assert_eq!(registry.collect().1, 0);
    let again = assign_again(&registry);
    let answers = || {
        let records = registry.records("012345");
        records.iter().filter(|record| record.assignment == Some(again.id) && record.counts()).count()
    };

    // The same file answers the old assignment.
    registry.send("2026.completion.json", &pretty(&old));
    let (said, _) = registry.collect();
    assert_eq!((&said["accepted"], &said["alreadyHere"]), (&json!(0), &json!(2)), "{said:#}");
    assert_eq!(answers(), 0);

    // Signed once more for the new one: other questions would have been drawn.
    let replayed = lie(&registry, &[9], |claims| {
        let assignment = claims.assignment.as_mut().expect("assigned");
        assignment.assignment_id = again.urn();
        (assignment.digest, assignment.nonce) = (again.digest, again.claims.nonce.clone());
    });
    registry.send("2026-signed.completion.json", &replayed);
    let (said, _) = registry.collect();
    let told = told(&said);
    assert!(told["what"] == "put aside", "{said:#}");
    assert!(
        says(told, "grading", "fail", "the draw gives") || says(told, "grading", "fail", "order of the draw")
    );
    assert!(says(told, "time", "fail", "before the assignment was issued"), "{said:#}");
    assert_eq!(answers(), 0);
}

/// A registry in which nobody was asked, and whose terms take what is not known for right.
fn with_nobody_asked() -> Registry {
    let registry = Registry::opened_in(World::new(), SystemClock.now());
    let mut changes = vec![roster(&[("012345", "Ada Byron")])];
    changes.extend(judged(&registry.world.course, CourseState::Approved, SystemClock.now()));
    registry.store().save(&changes).expect("saved");
    let lenient = ["terms", "set", "--unknown-identity", "accept", "--unknown-time", "accept", "--by", "HR"];
    assert!(registry.run(&lenient).status.success());
    registry
}

/// It was kept, in date, until its person was asked: they take the course for that, and have not done so before.
#[test]
fn a_record_that_answers_no_assignment_from_before_its_person_was_asked() {
    let registry = with_nobody_asked();
    let asked = assign(&registry, &registry.world.course, aged::ago(2));
    let words = "for version 1.0.0: it answers no assignment that is here";
    check(&registry, &self_declared(&registry.world, 300), "waits for review", "time", "unknown", words);
    assert!(is_open(&registry, &asked), "it was answered");
    registry.send("later.completion.json", &self_declared(&registry.world, 1));
    assert_eq!(registry.collect().0["accepted"], json!(1));
}

/// Last year's record that nobody asked for, kept until this year is over as well: it would count for a whole year more.
#[test]
fn a_replay_of_last_years_record_that_answers_no_assignment() {
    let registry = with_nobody_asked();
    registry.send("recent.completion.json", &self_declared(&registry.world, 364));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&json!(1), 0), "{said:#}");

    registry.send("old.completion.json", &self_declared(&registry.world, 400));
    let (said, code) = registry.collect();
    let told = told(&said);
    let words = "signed 400 days before it was received, and the course counts for 365";
    assert!(told["what"] == "waits for review" && says(told, "time", "unknown", words), "{said:#}");
    let next = told["next"].as_str().expect("a text");
    assert!(next.contains("why it comes only now") && next.contains("assign it anew"), "{next}");
    assert_eq!((&said["review"], &said["alreadyHere"], code), (&json!(1), &json!(1), 1), "{said:#}");
    let counts: Vec<_> = registry.records("012345").iter().map(RecordState::counts).collect();
    assert_eq!(counts, [true, false], "it counts");
    let fingerprint = registry.records("012345")[1].digest.short();
    assert!(next.ends_with(&format!("hr review show {fingerprint}")), "{next}");
    let talk = String::from_utf8(registry.run(&["review", "show", &fingerprint]).stderr).expect("text");
    let again = "assign --course vector-course --due DATE --to 'person=012345' --again";
    assert!(talk.contains(again), "{talk}");
    for command in [&["review"][..], &["review", "show", &fingerprint], &["person", "012345"]] {
        let said = String::from_utf8(registry.run(command).stdout).expect("text");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{command:?}: {said}");
    }
}

/// Made when it was asked for, and kept until a year later: it counted for another year, and for the newer assignment as well.
#[test]
fn an_assigned_record_that_was_kept_for_a_year() {
    let words = "signed 400 days before it was received, and the course counts for 365";
    let registry = Registry::new_in(World::new());
    let answer = |assignment: &Assignment, days| {
        let did = SecretKey::from_seed(&LEARNER).did();
        aged::signed(&learner::claims(&registry.world.course, &did, Some(assignment), &[9]), days)
    };
    let old = assign(&registry, &registry.world.course, aged::ago(402));
    let kept = answer(&old, 400);
    check(&registry, &kept, "waits for review", "time", "unknown", words);
    assert!(is_open(&registry, &old), "it was answered");
    let newer = assign(&registry, &registry.world.course, aged::ago(2));
    assert!(is_open(&registry, &newer));

    // What was made in time is taken in time, a newer request for the same or not.
    registry.send("recent.completion.json", &answer(&old, 364));
    assert_eq!(registry.collect().0["accepted"], json!(1));
    assert!(!is_open(&registry, &newer));
}

/// Who took a course twice handed in the one record, and kept the other until they were asked anew.
#[test]
fn a_spare_record_for_the_next_assignment() {
    let words = "before its person was asked anew at 2026-11-24T08:00:00Z, for version 1.0.0: it answers an earlier assignment";
    let registry = Registry::new();
    registry.send("first.completion.json", &pretty(&honest(&registry)));
    assert_eq!(registry.collect().0["accepted"], json!(1));
    assign_again(&registry);
    registry.send("spare.completion.json", &pretty(&World::signed(&registry.world.claims(true, &[2, 8]))));
    let (said, code) = registry.collect();
    let told = told(&said);
    assert!(told["what"] == "waits for review" && says(told, "time", "unknown", words), "{said:#}");
    assert_eq!((&said["accepted"], code), (&json!(0), 1), "{said:#}");
    let next = told["next"].as_str().expect("a text");
    assert!(next.contains("the newest assignment that they have"), "{next}");
    let counts: Vec<_> = registry.records("012345").iter().map(RecordState::counts).collect();
    assert_eq!(counts, [true, false], "it answers what was asked after it");
}

/// Whoever is asked for another version has to take that one.
#[test]
fn a_record_from_before_its_person_was_asked_for_another_version() {
    let registry = Registry::new();
    let again = assign(&registry, &registry.world.earlier, after(2 * 86_400));
    let words = "before its person was asked anew at 2026-11-24T08:00:00Z, for version 0.9.0";
    check(&registry, &pretty(&honest(&registry)), "waits for review", "time", "unknown", words);
    assert!(is_open(&registry, &again));
}

/// Nor does it help to take the old one after that.
#[test]
fn a_record_of_a_version_for_which_its_person_is_not_asked_any_more() {
    let registry = Registry::new();
    let again = assign(&registry, &registry.world.earlier, after(60));
    let words = "of version 1.0.0, and its person was asked anew at 2026-11-22T08:01:00Z, for version 0.9.0";
    check(&registry, &pretty(&honest(&registry)), "waits for review", "time", "unknown", words);
    assert!(is_open(&registry, &again));
}

/// No attack: their mail was lost, they were asked once more, and then found the first one.
#[test]
fn whoever_was_asked_once_more_for_the_same_may_answer_the_first_mail() {
    let registry = Registry::new();
    let again = assign_again(&registry);
    registry.send("0042.completion.json", &pretty(&honest(&registry)));
    let (said, code) = registry.collect();
    assert_eq!((&said["accepted"], code), (&json!(1), 0), "{said:#}");
    assert!(!is_open(&registry, &again));
}

/// It counted for a whole year more as soon as the course was added: of a course that is not here nobody knows how long it counts.
#[test]
fn a_replay_of_last_years_record_before_its_course_is_here() {
    let registry = Registry::opened_in(World::new(), SystemClock.now());
    let accept = |option| [option, "accept"];
    let lenient =
        ["--unknown-content", "--unknown-grading", "--unknown-identity", "--unknown-time"].map(accept);
    let terms = [&["terms", "set", "--by", "HR"][..], lenient.as_flattened()].concat();
    assert!(registry.run(&terms).status.success());
    check(
        &registry,
        &self_declared(&registry.world, 405),
        "waits for review",
        "content",
        "unknown",
        "no course with the digest",
    );

    registry
        .store()
        .save(&judged(&registry.world.course, CourseState::Approved, SystemClock.now()))
        .expect("saved");
    assert!(registry.records("012345").iter().all(|record| !record.counts()), "it counts");
    let shown = registry.run(&["review", "show", &registry.records("012345")[0].digest.short()]);
    let shown = String::from_utf8(shown.stdout).expect("text");
    let words = "signed 405 days before it was received";
    assert!(shown.contains(words), "{shown}");
    // Whoever decided by the list never read it.
    for list in [&["review"][..], &["review", "list", "--json"]] {
        let said = String::from_utf8(registry.run(list).stdout).expect("text");
        assert_eq!(said.matches(words).count(), 1, "{list:?}: {said}");
    }
}

#[test]
fn a_record_made_before_its_assignment() {
    let registry = Registry::new();
    let again = assign_again(&registry);
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&registry.world.course, &did, Some(&again), &[9]);
    let words = "begun at 2026-11-22T08:00:00Z, before the assignment was issued at 2026-11-24T08:00:00Z";
    check(&registry, &pretty(&World::signed(&claims)), "put aside", "time", "fail", words);
}

#[test]
fn a_record_from_the_future() {
    let registry = Registry::new();
    let mut document = honest(&registry);
    document["proof"]["created"] = json!("2999-11-24T08:00:00Z");
    forge::sign(&mut document, &LEARNER);
    let words = "signed at 2999-11-24T08:00:00Z, after it was received at";
    check(&registry, &pretty(&document), "put aside", "time", "fail", words);
    let (said, _) = registry.collect_with(&["inbox", "--again"]);
    let next = told(&said)["next"].as_str().expect("a text");
    // It was told to be from before its assignment.
    assert!(next.contains("one of two clocks is wrong"), "{next}");
}
