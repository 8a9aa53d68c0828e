//! Any bytes as the assessment of an honest course: faults or a course, never a panic; and a quiz without faults can be
//! drawn from and its key earns all points.

#![no_main]

use countersign::course::{embedded, parse};
use countersign::quiz::{key, mark};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = embedded();
    files.insert("quizzes/assessment.ron".to_owned(), bytes.to_vec());
    match parse(files) {
        Ok(course) => {
            for question in &course.assessment.quiz.questions {
                assert!(mark::is_right(question, &key::key(question)), "the key of {} is wrong", question.id);
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "a course was refused without a reason");
            for fault in faults {
                let _ = fault.to_string();
            }
        }
    }
});
