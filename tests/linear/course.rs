//! A small course with a question of every kind.

use std::sync::Arc;

use countersign::course::{self, Course, CourseFiles};

const MANIFEST: &str = r#"(
    id: "small", title: "Phones at work", version: "1.0.0", language: "en", owner: "tests",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law"), (id: "habits", title: "Habits")],
    modules: [
        (lesson: "lessons/1.md", check: "quizzes/1.ron"),
        (lesson: "lessons/2.md"),
    ],
    check_pass_percent: 50,
    assessment: (quiz: "quizzes/bank.ron", pass_percent: 60, draw: 9, attempts: 2, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read and understood this policy."),
    controls: [],
    deliver_to: "Send the file to hr@example.org.",
)"#;

const LESSON: &str = "# What apps collect\n\nApps take *more* than they need. See [the source](https://example.org/s).\n\n\
    ## The lists\n\n| Data | Collected |\n| --- | --- |\n| Phone book | if you allow it |\n| Battery | yes |\n\n\
    > [!NOTE]\n> Policies say what may be taken, not what was taken.\n\n\
    ![A phone with two halves](phone.png)\n\n## Habits\n\n1. Ask first.\n2. Decide.\n3. Tell others.\n";

const CHECK: &str = r#"(id: "one", title: "What apps collect", ask_certainty: true, questions: [
    Single(id: "first", topic: "habits", lesson: "lessons/1.md#habits", prompt: "A page in an app asks for your *work* password.",
        options: [
            (id: "type", text: "Type it", feedback: "The app can see it."),
            (id: "open", text: "Open the page in the managed browser", right: true),
            (id: "wait", text: "Wait a week"),
        ], why: "An app can see what happens on pages that it opens itself."),
    Cloze(id: "second", topic: "law", prompt: "Fill the gaps.", text: "Article {{number}} asks for {{word}}.", gaps: [
        Choice(id: "number", options: [(id: "seven", text: "7", right: true), (id: "nine", text: "9")]),
        Text(id: "word", accepted: ["support", "policy"]),
    ]),
])"#;

const BANK: &str = r#"(id: "bank", title: "What you know", questions: [
    Single(id: "single", topic: "habits", prompt: "Which one?", options: [(id: "a", text: "Alpha", right: true), (id: "b", text: "Beta")],
        why: "Alpha comes first.", lesson: "lessons/1.md#habits"),
    Multiple(id: "multiple", topic: "habits", prompt: "Which ones?",
        options: [(id: "a", text: "Alpha", right: true), (id: "b", text: "Beta", right: true), (id: "c", text: "Gamma")], lesson: "lessons/2.md"),
    TrueFalse(id: "truth", topic: "law", prompt: "Is it so?", answer: false),
    Match(id: "match", topic: "law", prompt: "What belongs together?",
        pairs: [(id: "law", left: "Law", right: "Binding"), (id: "tip", left: "Tip", right: "Friendly")], extra: [(id: "none", text: "Neither")]),
    Order(id: "order", topic: "habits", prompt: "In which order?",
        items: [(id: "x", text: "Report"), (id: "y", text: "Wait for advice"), (id: "z", text: "Change the password")]),
    Number(id: "number", topic: "law", prompt: "How much was the fine?", answer: 530, unit: "million euros"),
    Text(id: "text", topic: "law", prompt: "Which article?", accepted: ["article 7", "next"]),
    Cloze(id: "cloze", topic: "law", prompt: "Fill the gaps.", text: "In {{year}}, {{word}} came.", gaps: [
        Number(id: "year", answer: 2017), Text(id: "word", accepted: ["the law"])]),
    Scenario(id: "story", topic: "habits", prompt: "A call comes in.", steps: [
        (id: "call", text: "They ask for your code.", options: [
            (id: "refuse", text: "Hang up", right: true, next: "after"), (id: "give", text: "Give it", feedback: "Never.", next: "after")]),
        (id: "after", text: "It is over.", options: [(id: "report", text: "Report it", right: true), (id: "forget", text: "Forget it")]),
    ]),
])"#;

/// The files, so that a test can change one.
pub(crate) fn files() -> CourseFiles {
    [
        ("course.ron", MANIFEST),
        ("lessons/1.md", LESSON),
        ("lessons/2.md", "# Two\n\nShort.\n"),
        ("lessons/policy.md", "# Acceptable use\n\nKeep work data in its place.\n"),
        ("quizzes/1.ron", CHECK),
        ("quizzes/bank.ron", BANK),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// The course.
pub(crate) fn course() -> Arc<Course> {
    Arc::new(course::parse(files()).expect("a course without faults"))
}
