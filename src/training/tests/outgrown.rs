//! A run whose record would be larger than any reader takes.

use uuid::{Builder, Uuid};

use super::*;
use crate::record::is_too_large;

fn id() -> Uuid {
    Builder::from_random_bytes([7; 16]).into_uuid()
}

/// A course whose assessment has one question with so many gaps, into which anything may be written.
fn course_with_gaps(gaps: usize) -> Arc<Course> {
    let text = (0..gaps).map(|gap| format!("{{{{g{gap}}}}} ")).collect::<Vec<_>>().concat();
    let list = (0..gaps)
        .map(|gap| format!("Text(id: \"g{gap}\", accepted: [\"é*\"]),"))
        .collect::<Vec<_>>()
        .concat();
    let bank = format!(
        "(id: \"bank\", title: \"Bank\", questions: [
            Cloze(id: \"c\", topic: \"a\", prompt: \"Write.\", text: \"{text}\", gaps: [{list}]),
            TrueFalse(id: \"t\", topic: \"b\", prompt: \"?\", answer: true),
        ])"
    );
    let mut files = files("1");
    let manifest = MANIFEST.replace("VERSION", "1").replace("draw: 3", "draw: 2");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
    Arc::new(course::parse(files).expect("a course without faults"))
}

/// Everything is done but the signature; every gap is filled with the longest answer that is taken.
fn done(gaps: usize) -> Training {
    let mut training = begun(&course_with_gaps(gaps));
    read_and_check(&mut training, 1);
    let _ = training.start_attempt(at(3));
    for index in 0..2 {
        let (_, sitting) = training.attempt().expect("under way");
        let response = match &sitting.question(index).expect("drawn").kind {
            Kind::Cloze { .. } => {
                let long = "é".repeat(LONGEST_ANSWER);
                Response::Map((0..gaps).map(|gap| (format!("g{gap}"), long.clone())).collect())
            }
            _ => Response::Text("true".to_owned()),
        };
        assert!(!training.answer(index, Some(response), None, 5).is_empty());
    }
    assert_eq!(training.submit(at(5)).len(), 1);
    let _ = training.read_whole(Text::Policy, 30, at(6));
    assert_eq!(training.acknowledge(at(7)).len(), 1);
    training
}

/// It was signed in vain for ever, because a run that is passed could not be begun again.
#[test]
fn a_run_that_can_never_be_signed_can_be_begun_again() {
    let mut training = done(600);
    assert_eq!(training.next_step(), Step::Sign);
    let claims = training.claims(Face::FullScreen, app()).expect("everything is there");
    let fault = sign_completion(&claims, id(), at(8), &key()).expect_err("too large");
    assert!(fault.to_string().contains("1 MiB"), "{fault}");
    assert!(training.outgrew_its_record());
    assert!(training.can_begin_again(at(8)));
    assert!(matches!(training.begin_again(at(8)).as_slice(), [Change::RunStarted(Run { number: 2, .. })]));
    assert_eq!(training.next_step(), Step::Lesson(0));
    assert!(!training.outgrew_its_record());
}

#[test]
fn a_run_that_can_be_signed_is_signed() {
    let training = done(400);
    assert!(!training.outgrew_its_record());
    assert!(!training.can_begin_again(at(8)));
}

/// Nothing that is let through fails to be signed, and what is refused is at the limit.
#[test]
fn the_limit_is_that_of_signing() {
    let claims = done(1).claims(Face::FullScreen, app()).expect("everything is there");
    let named = |length: usize| CompletionClaims {
        app: AppClaim { version: "x".repeat(length), ..app() },
        ..claims.clone()
    };
    let signs = |claims: &CompletionClaims| sign_completion(claims, id(), at(8), &key()).is_ok();
    let (mut fits, mut outgrows) = (1_000_000, 1 << 20);
    while outgrows - fits > 1 {
        let middle = usize::midpoint(fits, outgrows);
        if is_too_large(&named(middle)) { outgrows = middle } else { fits = middle }
    }
    let signed = sign_completion(&named(fits), id(), at(8), &key());
    assert!(signed.is_ok(), "{fits}: {:?}", signed.err());
    assert!(!signs(&named(fits + 2048)));
}
