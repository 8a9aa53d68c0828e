//! The linear face on a terminal: what was typed before a question was asked is no answer to it. In a pipe it is a script.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::terminal::Session;
use crate::{fresh_folder, only_record};

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A")],
    modules: [(lesson: "lessons/1.md")],
    check_pass_percent: 100,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 100, draw: 1, attempts: 2, wait_minutes: 0),
    policy: (file: "lessons/policy.md", statement: "I have read this."),
    controls: [],
    deliver_to: "Send it to HR.",
)"#;

const BANK: &str = r#"(id: "bank", title: "Bank", questions: [
    TrueFalse(id: "b1", topic: "a", prompt: "Is one less than two?", answer: true, why: "It is."),
])"#;

/// A course with one lesson, one question and a policy.
#[expect(clippy::disallowed_methods, reason = "a test that is killed is begun anew")]
fn small_course(home: &Path) -> String {
    let course = home.join("course");
    for (path, text) in [
        ("course.ron", MANIFEST),
        ("lessons/1.md", "# One\n\nText.\n"),
        ("lessons/policy.md", "# Policy\n\nWords.\n"),
        ("quizzes/bank.ron", BANK),
    ] {
        let path = course.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }
    course.to_str().expect("a path in letters").to_owned()
}

const TOO_EARLY: &str = "What was typed before this question does not count.";

/// Waits until it was said so many times in all.
fn told_too_early(session: &Session, times: usize) {
    session.until(TOO_EARLY, |_| session.written().matches(TOO_EARLY).count() == times);
}

/// One paste handed the attempt in, agreed and signed, before anybody had heard what that says.
#[test]
fn what_was_typed_before_a_question_was_heard_does_not_answer_it() {
    let home = fresh_folder("ahead");
    let course = small_course(&home);
    let mut session = Session::start(&home, &["learn", &course, "--plain"]);
    session.see("Your name");
    session.keys("Ada\r7\r\r\r\r");
    session.see("Press Enter to read lesson 1");
    session.keys("read 1\rassessment\rstart\r");
    told_too_early(&session, 1);
    session.keys("start\r");
    session.see("Question 1 of 1, not answered.");

    session.keys("true\rsubmit\rsubmit\rsubmit\r");
    told_too_early(&session, 2);
    session.keys("list\r");
    session.see("Not submitted.");
    session.keys("submit\r");
    session.until("the question once more", |_| session.written().matches("again to submit").count() == 2);
    session.keys("submit\r");
    session.see("Result: passed.");

    // What had been typed by halves is no answer, either.
    session.keys("policy\r\ragree\rsi");
    told_too_early(&session, 3);
    assert!(!session.written().contains("Saved: you agreed"), "{}", session.written());
    session.keys("agree\rsign\r");
    session.see("Saved: you agreed to the statement.");
    told_too_early(&session, 4);
    assert!(!home.join("records").exists(), "{}", session.written());
    session.keys("sign\r");
    session.see("Your record is this file:");
    only_record(&home);
}

#[test]
fn a_script_is_written_before_any_question_and_counts() {
    let home = fresh_folder("script");
    let course = small_course(&home);
    let mut program = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["learn", &course])
        .env("COUNTERSIGN_HOME", &home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let script = "Ada\n7\n\n\n\nread 1\nassessment\nstart\ntrue\nsubmit\nsubmit\npolicy\n\nagree\nsign\n";
    program.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("it is read");
    let output = program.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    only_record(&home);
}
