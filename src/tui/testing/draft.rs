//! A course that is being written: two modules, every kind of question, a policy.

use std::sync::Arc;

use crate::course::{self, Course, CourseFiles, Remainder};
use crate::training::{Edition, Rest};

const MANIFEST: &str = r#"(
    id: "draft", title: "A draft", version: "0.1.0", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "a", title: "Topic A"), (id: "b", title: "Topic B")],
    modules: [
        (lesson: "lessons/1.md", check: "quizzes/1.ron"),
        (lesson: "lessons/2.md", check: "quizzes/2.ron"),
    ],
    check_pass_percent: 50,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 60, draw: 4, attempts: 1, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read the rules."),
    controls: [],
    deliver_to: "Send it to hr@example.com.",
)"#;

const SHORT: &str = r#"(id: "two", title: "The second check", ask_certainty: true, questions: [
    TrueFalse(id: "true", topic: "a", prompt: "Is it so?", answer: true, why: "It is."),
    Text(id: "word", topic: "b", prompt: "Which word?", accepted: ["privacy"], lesson: "lessons/1.md#part-two"),
])"#;

const EVERY_KIND: &str = r#"(id: "one", title: "The first check", questions: [
    Single(id: "single", topic: "a", prompt: "Which one?", lesson: "lessons/1.md#part-two",
        options: [(id: "a", text: "Alpha", right: true), (id: "b", text: "Beta", feedback: "Not Beta.")], why: "Alpha is first."),
    Multiple(id: "multiple", topic: "a", prompt: "Which ones?",
        options: [(id: "a", text: "Alpha", right: true), (id: "b", text: "Beta", right: true), (id: "c", text: "Gamma")]),
    TrueFalse(id: "truth", topic: "b", prompt: "True?", answer: false),
    Match(id: "match", topic: "b", prompt: "What belongs together?",
        pairs: [(id: "law", left: "Law", right: "Binding"), (id: "tip", left: "Tip", right: "Friendly")], extra: [(id: "none", text: "Neither")]),
    Order(id: "order", topic: "a", prompt: "In which order?",
        items: [(id: "x", text: "Report"), (id: "y", text: "Wait"), (id: "z", text: "Change")]),
    Number(id: "number", topic: "b", prompt: "How much?", answer: 530, unit: "euros"),
    Text(id: "text", topic: "b", prompt: "Which article?", accepted: ["article 7"]),
    Cloze(id: "cloze", topic: "b", prompt: "Fill the gaps.", text: "In {{year}}, {{word}} came, {{how}}.", gaps: [
        Number(id: "year", answer: 2017), Text(id: "word", accepted: ["the law"]),
        Choice(id: "how", options: [(id: "fast", text: "fast", right: true), (id: "slow", text: "slow")])]),
    Scenario(id: "story", topic: "a", prompt: "A call comes in.", steps: [
        (id: "call", text: "They ask.", options: [(id: "refuse", text: "Hang up", right: true, next: "after"), (id: "give", text: "Give it", next: "after")]),
        (id: "after", text: "It is over.", options: [(id: "report", text: "Report", right: true), (id: "forget", text: "Forget")]),
    ]),
])"#;

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// The files of the course.
pub(crate) fn draft_files() -> CourseFiles {
    let words = "Words to read, one after the other.\n\n".repeat(12);
    let first = format!(
        "# First\n\nWith [a link](https://example.com/a) and [another](https://example.com/b).\n\n{words}## Part two\n\n\
         The place.\n\n{words}## Part three\n\n{words}"
    );
    let bank =
        EVERY_KIND.replace(r#"id: "one""#, r#"id: "bank""#).replace("The first check", "The assessment");
    CourseFiles::from([
        ("course.ron".to_owned(), bytes(MANIFEST)),
        ("lessons/1.md".to_owned(), bytes(&first)),
        ("lessons/2.md".to_owned(), bytes("# Second\n\nShort.\n")),
        ("lessons/policy.md".to_owned(), bytes(&format!("# Rules\n\n{words}The last rule.\n"))),
        ("quizzes/1.ron".to_owned(), bytes(EVERY_KIND)),
        ("quizzes/2.ron".to_owned(), bytes(SHORT)),
        ("quizzes/bank.ron".to_owned(), bytes(&bank)),
    ])
}

/// The course with `from` replaced by `to` wherever it stands in the file at `path`.
pub(crate) fn draft_with(path: &str, from: &str, to: &str) -> Edition {
    let mut files = draft_files();
    let text = String::from_utf8(files[path].clone()).expect("a text");
    assert!(text.contains(from), "{from:?} is not in {path}");
    files.insert(path.to_owned(), bytes(&text.replace(from, to)));
    edition_of(files)
}

/// What becomes of these files.
pub(crate) fn edition_of(files: CourseFiles) -> Edition {
    match course::review_and_parse(files).course {
        Ok(course) => Edition::Good { course: Arc::new(course), asked: None },
        Err(broken) => {
            let rest = broken.rest.map(|Remainder { course, shown }| Rest {
                course: Arc::new(course),
                shown,
                asked: None,
                unshown: None,
            });
            Edition::Faulty { faults: broken.faults, rest }
        }
    }
}

/// The same, of files without faults.
pub(crate) fn good(course: Arc<Course>) -> Edition {
    Edition::Good { course, asked: None }
}
