//! The attacks of `attacks.rs` done in other ways, and some that stand beside them.

use countersign::record::key::SecretKey;
use countersign::record::{read_assignment, sign_assignment};
use serde_json::json;
use uuid::Uuid;

use super::attacks::{check, edited, honest, lie};
use super::forge;
use super::learner;
use super::registry::Registry;
use super::vectors::{LEARNER, World, pretty};

/// With an editor, in the file.
#[test]
fn an_edited_score() {
    let registry = Registry::new();
    let mut document = World::signed(&registry.world.claims(true, &[1]));
    document["credentialSubject"]["result"]["passed"] = json!(true);
    let words = "is not the issuer's signature on this document";
    check(&registry, &pretty(&document), "put aside", "signature", "fail", words);
}

#[test]
fn a_forged_result() {
    let registry = Registry::new();
    let forged = lie(&registry, &[1], |claims| claims.result.passed = true);
    let words = "the record claims passed, it is not passed";
    check(&registry, &forged, "put aside", "grading", "fail", words);
}

/// The same, and the record says that it was the course of HR.
#[test]
fn a_swapped_answer_key_under_the_right_name() {
    // The draw of this version has the question.
    let registry = Registry::new_in(World::new());
    let (bank, course) = ("quizzes/assessment.ron", registry.world.course.digest);
    let mut swapped =
        edited(bank, "can be derived again.\", answer: true", "can be derived again.\", answer: false");
    // Else the draw alone would give it away.
    swapped.digest = course;
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&swapped, &did, Some(&registry.world.assignment), &[9]);
    let swapped = pretty(&World::signed(&claims));
    check(&registry, &swapped, "put aside", "grading", "fail", "the record claims 1 point, re-graded 0");
}

#[test]
fn an_edited_lesson() {
    let registry = Registry::new();
    let other = registry.world.course.modules[1].lesson.digest;
    let bytes = lie(&registry, &[9], |claims| claims.lessons[0].digest = other);
    check(&registry, &bytes, "put aside", "content", "fail", "is not the text that was read");
}

/// And whoever writes their own number into it breaks the signature.
#[test]
fn a_colleagues_file_under_another_number() {
    let registry = Registry::new();
    let mut document = honest(&registry);
    document["credentialSubject"]["person"]["number"] = json!("12345");
    let words = "is not the issuer's signature";
    check(&registry, &pretty(&document), "put aside", "signature", "fail", words);
    // Signed by themselves it is not what HR asked them for.
    let registry = Registry::new();
    forge::sign(&mut document, &LEARNER);
    let words = "employee number: the record claims 12345, it is 012345";
    check(&registry, &pretty(&document), "waits for review", "identity", "fail", words);
    assert!(registry.records("12345").iter().all(|record| !record.counts()));
}

/// An assignment that a learner made for themselves.
#[test]
fn an_assignment_by_the_learner() {
    let registry = Registry::new();
    let claims = registry.world.assignment.claims.clone();
    let own = sign_assignment(&claims, Uuid::new_v4(), claims.issued_at, &SecretKey::from_seed(&LEARNER));
    let own = read_assignment(&own.expect("in the profile").bytes).expect("an assignment");
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&registry.world.course, &did, Some(&own), &[9]);
    let bytes = pretty(&World::signed(&claims));
    check(&registry, &bytes, "waits for review", "identity", "unknown", "is not here");
}

/// A version that was withdrawn, and never assigned.
#[test]
fn a_version_that_does_not_count() {
    let registry = Registry::new();
    let did = SecretKey::from_seed(&LEARNER).did();
    let claims = learner::claims(&registry.world.withdrawn, &did, None, &[9]);
    let bytes = pretty(&World::signed(&claims));
    check(&registry, &bytes, "put aside", "content", "fail", "is known here but not approved");
}
