//! Courses with faults, and what is said about them.

mod hostile;
mod manifest;
mod questions;
mod references;
mod syntax;

use super::*;
use crate::course::{Waits, digest, embedded};
use crate::quiz::question::Kind;
use crate::quiz::{AskCertainty, key, mark};

const COURSE: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "Somebody",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law"), (id: "apps", title: "Apps")],
    modules: [(lesson: "lessons/one.md", check: "quizzes/one.ron"), (lesson: "lessons/two.md")],
    check_pass_percent: 60,
    assessment: (quiz: "quizzes/all.ron", pass_percent: 80, draw: 2, attempts: 3, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read it"),
    controls: ["AT-2"],
    deliver_to: "HR",
)"#;

const QUIZ: &str = r#"(id: "one", title: "One", questions: [
    Single(id: "s", topic: "law", prompt: "Which?", lesson: "lessons/one.md#first", options: [
        (id: "a", text: "A"),
        (id: "b", text: "B", right: true),
    ]),
])"#;

const BANK: &str = r#"(id: "all", title: "All", questions: [
    TrueFalse(id: "t", topic: "law", prompt: "Is it?", answer: true),
    TrueFalse(id: "u", topic: "apps", prompt: "And this?", answer: false),
    TrueFalse(id: "v", topic: "apps", prompt: "Or that?", answer: false),
])"#;

fn small() -> CourseFiles {
    let files = [
        ("course.ron", COURSE),
        (
            "lessons/one.md",
            "# One\n\n## First\n\nSee [the other](two.md#more) and [the web](https://example.org).\n",
        ),
        ("lessons/two.md", "# Two\n\n## More\n\nWords.\n"),
        ("lessons/policy.md", "# Policy\n\nWords.\n"),
        ("quizzes/one.ron", QUIZ),
        ("quizzes/all.ron", BANK),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Every fault of a course, with its hint behind an arrow.
fn faults(files: CourseFiles) -> Vec<String> {
    let faults = parse(files).err().unwrap_or_default();
    let written = faults.iter().map(|fault| match &fault.hint {
        Some(hint) => format!("{fault} → {hint}"),
        None => fault.to_string(),
    });
    written.collect()
}

#[track_caller]
fn check_file(path: &str, content: impl AsRef<[u8]>, expected: &[&str]) {
    let mut files = small();
    files.insert(path.to_owned(), content.as_ref().to_vec());
    assert_eq!(faults(files), expected);
}

/// A piece of `course.ron` replaced.
#[track_caller]
fn check_manifest(old: &str, new: &str, expected: &[&str]) {
    assert!(COURSE.contains(old), "{old}");
    check_file("course.ron", COURSE.replacen(old, new, 1), expected);
}

/// A quiz that holds one question; the question begins at 2:1.
#[track_caller]
fn check_question(question: &str, expected: &[&str]) {
    check_file(
        "quizzes/one.ron",
        format!("(id: \"one\", title: \"One\", questions: [\n{question}\n])"),
        expected,
    );
}

#[test]
fn the_bundled_course_has_no_faults() {
    assert_eq!(faults(embedded()), [""; 0]);
    let course = parse(embedded()).expect("no faults");
    assert_eq!(course.digest, digest(&embedded()));
    assert_eq!(*course.files, embedded());
    for question in
        course.modules.iter().filter_map(|module| module.check.as_ref()).flat_map(|quiz| &quiz.questions)
    {
        assert!(mark::is_right(question, &key::key(question)), "{}", question.id);
    }
}

#[test]
fn a_course_without_faults() {
    let course = parse(small()).expect("no faults");
    assert_eq!((course.id.as_str(), course.title.as_str()), ("small", "A small course"));
    assert_eq!(course.modules.len(), 2);
    assert_eq!(course.modules[0].lesson.title, "One");
    assert_eq!(course.modules[0].lesson.digest, Digest::of(&small()["lessons/one.md"]));
    assert_eq!(course.modules[0].check.as_ref().map(|quiz| quiz.certainty), Some(AskCertainty::No));
    assert_eq!(course.assessment.attempts, Some(3));
    assert_eq!(course.policy.map(|policy| policy.lesson.title).as_deref(), Some("Policy"));
}

#[test]
fn what_may_be_left_out_or_written_otherwise() {
    let mut files = small();
    // As an editor on Windows would save it, with a byte order mark, and as people write who know RON well.
    let quiz = QUIZ.replace("right: true", "right: true, feedback: Some(\"Yes\")").replace('\n', "\r\n");
    files.insert(
        "quizzes/one.ron".to_owned(),
        format!("\u{feff}#![enable(implicit_some)]\r\n{quiz}").into_bytes(),
    );
    files.insert("lessons/one.md".to_owned(), b"\xEF\xBB\xBF# One\r\n\r\n## First\r\n".to_vec());
    let plain = COURSE
        .replace(" attempts: 3, wait_minutes: 30", "")
        .replace("    controls: [\"AT-2\"],\n", "")
        .replace(
            "policy: (file: \"lessons/policy.md\", statement: \"I have read it\"),",
            "policy: None, /* a /* nested */ one */",
        );
    files.insert("course.ron".to_owned(), plain.into_bytes());
    files.insert("lessons/_draft.md".to_owned(), b"\xff".to_vec());
    files.insert("README.md".to_owned(), b"\xff".to_vec());
    let course = parse(files).expect("no faults");
    assert_eq!(course.modules[0].lesson.text(), "# One\n\n## First\n");
    let quiz = course.modules[0].check.as_ref().expect("a check");
    let Kind::Single { options } = &quiz.questions[0].kind else { panic!("a single choice") };
    assert_eq!(options[1].feedback.as_deref(), Some("Yes"));
    assert_eq!((course.assessment.attempts, course.assessment.waits), (None, Waits::NONE));
    assert_eq!((course.policy, course.controls.len()), (None, 0));
    assert_eq!(course.files.len(), 6);
}

#[test]
fn every_fault_in_one_run() {
    let quiz = r#"(id: "One", titel: "One", questions: [
    Single(id: "s", topic: "laws", points: 0, prompt: 7, lesson: "lessons/one.md#frist", options: [
        (id: "a", text: "A", right: yes),
        (id: "a", text: "B" right: true),
    ]),
    Multipel(id: "s"),
    Order(id: "s", topic: "law", prompt: "", items: [(id: "a", text: "A"), (id: "b", text: "B")]),
])"#;
    check_file(
        "quizzes/one.ron",
        quiz,
        &[
            "quizzes/one.ron:1:6: bad identifier `One`, expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit",
            "quizzes/one.ron:1:13: unknown field `titel` → did you mean `title`?",
            "quizzes/one.ron:2:28: unknown topic `laws` → did you mean `law`?",
            "quizzes/one.ron:2:44: expected a whole number from 1 to 1000, found the number `0`",
            "quizzes/one.ron:2:55: expected a text in double quotes, found the number `7`",
            "quizzes/one.ron:2:66: `lessons/one.md` has no heading `#frist` → did you mean `first`?",
            "quizzes/one.ron:3:37: expected true or false, found `yes` → write true, in lower case and without quotation marks",
            "quizzes/one.ron:4:14: the option `a` stands at 3:14 already",
            "quizzes/one.ron:4:28: a comma is missing here",
            "quizzes/one.ron:6:5: unknown kind of question `Multipel` → did you mean `Multiple`?",
            "quizzes/one.ron:7:15: the question `s` stands at 2:16 already",
            "quizzes/one.ron:7:42: this text is empty",
            "quizzes/one.ron:7:53: expected at least three items",
        ],
    );
}

/// A face shows it before it reads the rest.
#[test]
fn the_title_is_known_from_the_manifest_alone() {
    let files = embedded();
    let bundled = title(&files[MANIFEST]);
    assert_eq!(bundled, parse(files).ok().map(|course| course.title));
    assert_eq!(title(COURSE.as_bytes()).as_deref(), Some("A small course"));
    assert_eq!([&b"()"[..], b"\xff", b""].map(title), [None, None, None]);
}
