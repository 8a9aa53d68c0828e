//! Nobody needs more than about an hour, and nobody needs a dictionary.

use std::sync::Arc;

use countersign::author::craft::readability;
use countersign::clock::Timestamp;
use countersign::course::draft::draft;
use countersign::progress::{Person, Progress};
use countersign::record::key::SecretKey;
use countersign::training::{Learner, Training};

use crate::none;
use crate::shipped::{course, files, lessons};

/// Of one lesson.
const MINUTES: std::ops::RangeInclusive<u32> = 4..=8;
/// Of the whole course, as a learner is told at the beginning.
const HOUR: std::ops::RangeInclusive<u32> = 55..=80;
/// Flesch-Kincaid; public guidance asks for grade 9.
const GRADE: f64 = 9.9;

#[test]
fn every_lesson_is_read_in_four_to_eight_minutes() {
    let lessons = lessons();
    let wrong = lessons.iter().filter(|taught| !MINUTES.contains(&taught.lesson.minutes));
    let said = wrong.map(|taught| format!("{}: {} minutes", taught.lesson.path, taught.lesson.minutes));
    none(&said.collect::<Vec<_>>());
}

#[test]
fn the_course_takes_about_an_hour() {
    let person = Person { number: "0042".to_owned(), name: "Ada Example".to_owned(), email: None };
    let learner = Learner { person, did: SecretKey::from_seed(&[1; 32]).did() };
    let training = Training::new(Arc::new(course().clone()), Vec::new(), learner, None, Progress::default());
    let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a time");
    let minutes = training.overview(now).minutes_left;
    assert!(HOUR.contains(&minutes), "{minutes} minutes");
}

#[test]
fn every_lesson_reads_like_plain_english() {
    let hard = readability(&draft(&files())).into_iter().filter_map(|reads| {
        let grade = reads.grade?;
        (grade > GRADE).then(|| format!("{}: grade {grade:.1}", reads.lesson))
    });
    none(&hard.collect::<Vec<_>>());
}
