//! A small course and who learns it.

use std::sync::Arc;

use crate::course::{self, Course, CourseFiles};
use crate::progress::Person;

/// Who learns on stage.
pub(crate) fn ada() -> Person {
    Person { number: "0042".to_owned(), name: "Ada Lovelace".to_owned(), email: None }
}

/// A course with two lessons, a check, an assessment of three questions and a policy.
pub(crate) fn small_course() -> Arc<Course> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = CourseFiles::from([
        file("course.ron", MANIFEST),
        file("lessons/1.md", LESSON),
        file("lessons/2.md", "# Second lesson\n\nShort.\n"),
        file("lessons/policy.md", "# Acceptable use\n\nDo not share work data with private apps.\n"),
        file("quizzes/1.ron", CHECK),
        file("quizzes/bank.ron", BANK),
    ]);
    Arc::new(course::parse(files).unwrap_or_else(|faults| panic!("{faults:?}")))
}

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "1.0.0", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A"), (id: "b", title: "Topic B")],
    modules: [(lesson: "lessons/1.md", check: "quizzes/1.ron"), (lesson: "lessons/2.md")],
    check_pass_percent: 50,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 60, draw: 3, attempts: 2, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read and understood the policy."),
    controls: [],
    deliver_to: "Send it to hr@example.com.",
)"#;

const LESSON: &str = "# First lesson

Apps *can* take **much**. See [the list](https://example.com/list?a=1) and [a script](javascript:alert).

## What they take

One.

Two.

Three.

Four.

Five.

## Who reads it

Six.

Seven.

Eight.

Nine.

Ten.

Eleven, the last line.
";

const CHECK: &str = r#"(id: "one", title: "Check: first lesson", questions: [
    Single(id: "q1", topic: "a", lesson: "lessons/1.md#who-reads-it", prompt: "Who reads it?", options: [
        (id: "owner", text: "Whoever owns the app", right: true), (id: "nobody", text: "Nobody", feedback: "Somebody does.")],
        why: "Data goes to somebody."),
    TrueFalse(id: "q2", topic: "a", prompt: "Apps can take much.", answer: true),
])"#;

const BANK: &str = r#"(id: "bank", title: "Assessment", questions: [
    TrueFalse(id: "b1", topic: "a", prompt: "Statement one.", answer: true, lesson: "lessons/1.md#what-they-take"),
    TrueFalse(id: "b2", topic: "a", prompt: "Statement two.", answer: true, lesson: "lessons/1.md#what-they-take"),
    TrueFalse(id: "b3", topic: "b", prompt: "Statement three.", answer: true, lesson: "lessons/2.md"),
    TrueFalse(id: "b4", topic: "b", prompt: "Statement four.", answer: true, lesson: "lessons/2.md"),
])"#;
