//! Any bytes as the assessment of a small honest course: faults or a course, never a panic; and in a quiz without faults
//! the key of every question is right.

#![no_main]

use countersign::course::{CourseFiles, parse};
use countersign::quiz::{key, mark};
use libfuzzer_sys::fuzz_target;

/// As small as a course can be, so that the time goes into the quiz; with the topics of the bundled course.
const COURSE: &str = r#"(
    id: "fuzz", title: "Fuzz", version: "1", language: "en", owner: "Nobody",
    reviewed: "2026-11-25", review_by: "2026-11-25", validity_days: 1, deliver_to: "Nobody",
    topics: [
        (id: "collection", title: "C"), (id: "access", title: "A"), (id: "law", title: "L"), (id: "byod", title: "B"),
        (id: "work", title: "W"), (id: "incident", title: "I"), (id: "spot", title: "S"), (id: "report", title: "R"),
    ],
    modules: [(lesson: "lessons/a.md")], check_pass_percent: 0,
    assessment: (quiz: "quizzes/a.ron", pass_percent: 0, draw: 1),
)"#;

fuzz_target!(|bytes: &[u8]| {
    let files = [
        ("course.ron", COURSE.as_bytes()),
        ("lessons/a.md", b"# A\n".as_slice()),
        ("quizzes/a.ron", bytes),
    ];
    let files: CourseFiles = files.into_iter().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
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
