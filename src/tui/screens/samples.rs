//! A small course for key scripts, and ways to come quickly to a part of it.

use std::sync::Arc;

use crate::clock::Timestamp;
use crate::course::{self, Course, CourseFiles};
use crate::progress::Change;
use crate::quiz::key;
use crate::training::{Text, Training, World as _};
use crate::tui::testing::Stage;

const MANIFEST: &str = r#"(
    id: "small", title: "A small course", version: "1.0.0", language: "en", owner: "the security team",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "What apps take"), (id: "b", title: "Who can reach it")],
    modules: [(lesson: "lessons/1.md", check: "quizzes/1.ron")],
    check_pass_percent: 50,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 75, draw: 4, attempts: 2, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read the rules, and I will follow them."),
    controls: [],
    deliver_to: "Send this file to hr@example.com.",
)"#;

const CHECK: &str = r#"(id: "one", title: "Check: one", ask_certainty: true, questions: [
    Single(id: "password", topic: "a", prompt: "A page *inside* an app asks for your password. What do you do?",
        lesson: "lessons/1.md#the-browser-inside",
        options: [(id: "open", text: "Open it in the managed browser", right: true),
            (id: "type", text: "Type it in", feedback: "The app can see what you type.")],
        why: "An app sees what happens on pages that it opens itself."),
    Multiple(id: "takes", topic: "a", prompt: "What can an app take?",
        options: [(id: "contacts", text: "Contacts", right: true), (id: "place", text: "Your place", right: true),
            (id: "dreams", text: "Your dreams")]),
    Text(id: "article", topic: "b", prompt: "Which article?", accepted: ["article 7"]),
])"#;

const BANK: &str = r#"(id: "bank", title: "Assessment", questions: [
    TrueFalse(id: "b1", topic: "a", mandatory: true, prompt: "Apps see what you type in them.", answer: true,
        lesson: "lessons/1.md#the-browser-inside", why: "They draw the page."),
    TrueFalse(id: "b2", topic: "b", mandatory: true, prompt: "A law can reach data.", answer: true, lesson: "lessons/1.md"),
    Text(id: "b3", topic: "b", mandatory: true, prompt: "Which article?", accepted: ["article 7"], lesson: "lessons/1.md"),
    Single(id: "b4", topic: "a", mandatory: true, prompt: "Whom do you tell?",
        options: [(id: "it", text: "The help desk", right: true), (id: "nobody", text: "Nobody")]),
])"#;

/// One module with a check of three questions, an assessment of four, a policy.
pub(in crate::tui) fn small_course() -> Arc<Course> {
    small_course_with(BANK)
}

/// The same with another assessment, of four questions too.
pub(in crate::tui) fn small_course_with(bank: &str) -> Arc<Course> {
    small_course_of(MANIFEST, bank)
}

/// The same in another version than 1.0.0.
pub(in crate::tui) fn small_course_of_version(version: &str) -> Arc<Course> {
    small_course_of(&MANIFEST.replace("1.0.0", version), BANK)
}

fn small_course_of(manifest: &str, bank: &str) -> Arc<Course> {
    let text = |text: &str| text.as_bytes().to_vec();
    let lesson =
        format!("# One\n\n{}## The browser inside\n\nIt sees everything.\n", "Words to read.\n\n".repeat(30));
    let policy = format!("# The rules\n\n{}The last rule.\n", "- A rule for everybody.\n".repeat(40));
    let files = CourseFiles::from([
        ("course.ron".to_owned(), text(manifest)),
        ("lessons/1.md".to_owned(), text(&lesson)),
        ("lessons/policy.md".to_owned(), text(&policy)),
        ("quizzes/1.ron".to_owned(), text(CHECK)),
        ("quizzes/bank.ron".to_owned(), text(bank)),
    ]);
    Arc::new(course::parse(files).expect("a course without faults"))
}

/// A learner who has just begun.
pub(in crate::tui) fn beginning(width: u16, height: u16) -> Stage {
    Stage::new(width, height, small_course())
}

/// A learner who has done `act` before the program was started.
pub(in crate::tui) fn after(
    mut stage: Stage,
    act: impl FnOnce(&mut Training, Timestamp) -> Vec<Change>,
) -> Stage {
    let mut training = stage.world.training().expect("somebody is learning");
    let changes = act(&mut training, stage.world.now);
    stage.world.save(&changes).expect("in memory");
    stage.restart()
}

/// The lesson is read and the check passed.
pub(in crate::tui) fn ready_for_the_assessment(width: u16, height: u16) -> Stage {
    through_the_check(beginning(width, height))
}

/// The same for a learner of another course whose first lesson has a check.
pub(in crate::tui) fn through_the_check(beginning: Stage) -> Stage {
    after(beginning, |training, now| {
        let mut changes = training.read_whole(Text::Lesson(0), 30, now);
        changes.extend(training.start_check(0));
        for question in &training.course().modules[0].check.as_ref().expect("a check").questions.clone() {
            let handed_in = training.hand_in(0, &question.id, key::key(question), None, now);
            changes.extend(handed_in.expect("open").1);
        }
        changes
    })
}

/// The assessment is passed.
pub(in crate::tui) fn ready_for_the_policy(width: u16, height: u16) -> Stage {
    through_the_assessment(ready_for_the_assessment(width, height))
}

/// The same for a learner for whom the assessment is ready.
pub(in crate::tui) fn through_the_assessment(ready: Stage) -> Stage {
    after(ready, |training, now| {
        let mut changes = training.start_attempt(now);
        for index in 0..4 {
            let question = training.attempt().and_then(|(_, sitting)| sitting.question(index)).cloned();
            changes.extend(training.answer(index, question.as_ref().map(key::key), None, 5));
        }
        changes.extend(training.submit(now));
        changes
    })
}

/// All that is left of it is to agree.
pub(in crate::tui) fn policy_read(width: u16, height: u16) -> Stage {
    after(ready_for_the_policy(width, height), |training, now| training.read_whole(Text::Policy, 30, now))
}

/// Nothing is left but the signature.
pub(in crate::tui) fn ready_to_sign(width: u16, height: u16) -> Stage {
    after(policy_read(width, height), Training::acknowledge)
}
