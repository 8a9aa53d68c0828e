//! Versions of a small course, and what a reviewer hears about them.

use super::*;
use crate::course::{CourseFiles, embedded, parse};

const COURSE: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "Somebody",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law")],
    modules: [(lesson: "lessons/one.md", check: "quizzes/one.ron"), (lesson: "lessons/two.md")],
    check_pass_percent: 60,
    assessment: (quiz: "quizzes/all.ron", pass_percent: 80, draw: 2, attempts: 3, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read it"),
    deliver_to: "HR",
)"#;

const CHECK: &str = r#"(id: "one", title: "One", questions: [
    TrueFalse(id: "t", topic: "law", prompt: "Is every app on a phone able to read the mail?", answer: false),
    Text(id: "w", topic: "law", prompt: "What are the small pieces of code called?", accepted: ["pixel*"]),
])"#;

const BANK: &str = r#"(id: "all", title: "All", questions: [
    Single(id: "s", topic: "law", prompt: "Which page do you open for the work account?", why: "So.", options: [
        (id: "a", text: "The page inside the app"),
        (id: "b", text: "The page in the browser", right: true, feedback: "Yes"),
    ]),
    Match(id: "m", topic: "law", prompt: "Match the rules", pairs: [
        (id: "x", left: "Left one", right: "Right one"), (id: "y", left: "Left two", right: "Right two"),
    ]),
    Order(id: "o", topic: "law", prompt: "Put in order", items: [
        (id: "i", text: "First"), (id: "j", text: "Second"), (id: "k", text: "Third"),
    ]),
    Number(id: "n", topic: "law", prompt: "How many days until the report?", answer: 3, unit: "days"),
    Cloze(id: "c", topic: "law", prompt: "Fill in", text: "Report {{when}} to {{who}}.", gaps: [
        Choice(id: "when", options: [(id: "now", text: "now", right: true), (id: "later", text: "later")]),
        Text(id: "who", accepted: ["the desk"]),
    ]),
    Scenario(id: "z", topic: "law", prompt: "A day at work", steps: [
        (id: "call", text: "Somebody calls.", options: [
            (id: "answer", text: "Answer", right: true, next: "ask"), (id: "hang", text: "Hang up"),
        ]),
        (id: "ask", text: "They ask.", options: [
            (id: "no", text: "Refuse", right: true), (id: "yes", text: "Agree"),
        ]),
    ]),
])"#;

fn files() -> CourseFiles {
    let files = [
        ("course.ron", COURSE),
        ("lessons/one.md", "# One\n\nThe first line.\n\nThe second line.\n"),
        ("lessons/two.md", "# Two\n\nWords.\n"),
        ("lessons/policy.md", "# Policy\n\nWords.\n"),
        ("quizzes/one.ron", CHECK),
        ("quizzes/all.ron", BANK),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn course(files: CourseFiles) -> Course {
    parse(files).expect("a course without faults")
}

/// What changes when these pieces of text are replaced: (file, old, new). The version is raised.
#[track_caller]
fn changed(replacements: &[(&str, &str, &str)]) -> Comparison {
    let mut new = files();
    for (path, old, put) in [("course.ron", "version: \"1\"", "version: \"2\"")].iter().chain(replacements) {
        let text = String::from_utf8(new[*path].clone()).expect("text");
        assert!(text.contains(old), "{path} has no {old}");
        new.insert((*path).to_owned(), text.replacen(old, put, 1).into_bytes());
    }
    Comparison::of(&course(files()), &course(new))
}

fn told(comparison: &Comparison) -> Vec<String> {
    let warnings = comparison.warnings.iter();
    warnings.map(|warning| format!("{} {}: {}", warning.rule, warning.subject, warning.message)).collect()
}

/// A replacement in the bank, the parts that changed with their weight, and the rules that warn.
#[track_caller]
fn check(old: &str, new: &str, parts: &[&str], rules: &[&str]) {
    let comparison = changed(&[("quizzes/all.ron", old, new)]);
    let changes =
        comparison.quizzes.iter().flat_map(|quiz| &quiz.questions).flat_map(|question| &question.changes);
    let found: Vec<_> = changes.map(|change| format!("{:?} {}", change.weight, change.part)).collect();
    assert_eq!(found, parts, "{old} → {new}");
    let found: Vec<_> = comparison.warnings.iter().map(|warning| warning.rule).collect();
    assert_eq!(found, rules, "{old} → {new}");
}

#[test]
fn a_version_compared_with_itself() {
    for files in [files(), embedded()] {
        let course = course(files);
        let comparison = Comparison::of(&course, &course);
        assert_eq!(told(&comparison), [""; 0]);
        assert!(comparison.facts.is_empty() && comparison.lessons.is_empty());
        assert!(comparison.quizzes.is_empty() && comparison.files.is_empty());
    }
}

#[test]
fn what_is_meaning_and_what_is_not() {
    let kept = &["revision-kept"];
    check("Which page do", "Which site do", &["Meaning prompt"], kept);
    check("the work account?", "the *work account* ?", &["Plain prompt"], &[]);
    check("\"The page inside the app\"", "\"The page  inside the app\"", &["Plain option `a`"], &[]);
    check("\"The page inside the app\"", "\"The page inside the app.\"", &["Meaning option `a`"], kept);
    check(
        "(id: \"a\", text: \"The page inside the app\"),",
        "(id: \"a\", text: \"The page inside the app\"), (id: \"d\", text: \"None\"),",
        &["Meaning option `d`"],
        kept,
    );
    check("why: \"So.\"", "why: \"So it is.\"", &["Plain why"], &[]);
    check("why: \"So.\"", "points: 2", &["Plain points", "Plain why"], &[]);
    check("feedback: \"Yes\"", "feedback: \"No\"", &["Plain feedback of `b`"], &[]);
    check("why: \"So.\"", "why: \"So.\", mandatory: true", &["Plain drawn"], &[]);
    check("why: \"So.\"", "why: \"So.\", difficulty: \"hard\"", &["Plain difficulty"], &[]);
    check(
        "right: \"Right one\"), (id: \"y\", left: \"Left two\", right: \"Right two\")",
        "right: \"Right two\"), (id: \"y\", left: \"Left two\", right: \"Right one\")",
        &["Key right side `x`", "Key right side `y`"],
        kept,
    );
    check(
        "(id: \"i\", text: \"First\"), (id: \"j\", text: \"Second\")",
        "(id: \"j\", text: \"Second\"), (id: \"i\", text: \"First\")",
        &["Key key"],
        kept,
    );
    check("prompt: \"Put in order\"", "prompt: \"Put in order\", all_or_nothing: true", &["Key marks"], kept);
    check("answer: 3", "answer: 4", &["Key key"], kept);
    check("answer: 3", "answer: 3.0", &[], &[]);
    check("answer: 3", "answer: 3, tolerance: 1", &["Key tolerance"], kept);
    check("unit: \"days\"", "unit: \"hours\"", &["Meaning unit"], kept);
    check("[\"the desk\"]", "[\"the desk\", \"desk\"]", &["Key gap `who`, key"], kept);
    check(
        "accepted: [\"the desk\"]",
        "accepted: [\"the desk\"], case_sensitive: true",
        &["Key gap `who`, capitals"],
        kept,
    );
    check(
        "\"now\", right: true), (id: \"later\", text: \"later\")",
        "\"now\"), (id: \"later\", text: \"later\", right: true)",
        &["Key gap `when`, key"],
        kept,
    );
    check(
        "next: \"ask\"), (id: \"hang\", text: \"Hang up\")",
        "next: \"ask\"), (id: \"hang\", text: \"Hang up\", next: \"ask\")",
        &["Key step `call`, `hang` leads to"],
        kept,
    );
    check("Somebody calls.", "Somebody calls!", &["Plain step `call`"], &[]);
    check("Somebody calls.", "Nobody calls.", &["Meaning step `call`"], kept);
}

#[test]
fn a_raised_revision_is_all_that_is_asked() {
    check(
        "why: \"So.\", options: [\n        (id: \"a\"",
        "why: \"So.\", revision: 2, options: [\n        (id: \"a\"",
        &[],
        &[],
    );
    let comparison = changed(&[
        ("quizzes/all.ron", "(id: \"s\",", "(id: \"s\", revision: 2,"),
        ("quizzes/all.ron", "Which page", "Which site"),
    ]);
    assert_eq!(told(&comparison), [""; 0]);
    let question = &comparison.quizzes[0].questions[0];
    assert_eq!((question.old_revision, question.new_revision), (Some(1), Some(2)));
}

#[test]
fn a_question_in_other_words_and_of_the_same_revision() {
    let comparison = changed(&[("quizzes/all.ron", "Which page", "Which site")]);
    assert_eq!(
        told(&comparison),
        ["revision-kept all/s: it is reworded (prompt), and the revision is still 1"]
    );
}

#[test]
fn a_key_that_moved_to_another_option() {
    let comparison = changed(&[
        ("quizzes/all.ron", "\"The page inside the app\"", "\"The page inside the app\", right: true"),
        ("quizzes/all.ron", "browser\", right: true", "browser\""),
    ]);
    assert_eq!(
        told(&comparison),
        ["revision-kept all/s: it means something else now (key), and the revision is still 1"]
    );
    let change = &comparison.quizzes[0].questions[0].changes[0];
    assert_eq!((change.old.as_deref(), change.new.as_deref()), (Some("b"), Some("a")));
}

#[test]
fn a_revision_that_goes_back() {
    let mut old = files();
    old.insert(
        "quizzes/one.ron".to_owned(),
        CHECK.replace("(id: \"w\",", "(id: \"w\", revision: 3,").into_bytes(),
    );
    let mut new = files();
    new.insert("course.ron".to_owned(), COURSE.replace("version: \"1\"", "version: \"2\"").into_bytes());
    let comparison = Comparison::of(&course(old), &course(new));
    assert_eq!(told(&comparison), ["revision-back one/w: the revision goes back from 3 to 1"]);
    assert!(comparison.warnings[0].hint.starts_with("raise it to 4"));
}

#[test]
fn an_identifier_that_is_used_for_another_question() {
    // A raised revision does not make it the same question.
    let comparison = changed(&[(
        "quizzes/one.ron",
        "TrueFalse(id: \"t\", topic: \"law\", prompt: \"Is every app on a phone able to read the mail?\", answer: false)",
        "TrueFalse(id: \"t\", revision: 2, topic: \"law\", prompt: \"Visitors wear a badge in our building.\", answer: true)",
    )]);
    assert_eq!(comparison.warnings.len(), 1);
    assert_eq!(
        (comparison.warnings[0].rule, comparison.warnings[0].subject.as_str()),
        ("id-reused", "one/t")
    );
}

#[test]
fn questions_that_come_go_and_move() {
    let moved = "    Number(id: \"n\", topic: \"law\", prompt: \"How many days until the report?\", answer: 3, unit: \"days\"),\n";
    let gone = "    Text(id: \"w\", topic: \"law\", prompt: \"What are the small pieces of code called?\", accepted: [\"pixel*\"]),\n";
    let comparison = changed(&[
        ("quizzes/all.ron", moved, ""),
        (
            "quizzes/one.ron",
            gone,
            &format!("{moved}    TrueFalse(id: \"new\", topic: \"law\", prompt: \"New?\", answer: true),\n"),
        ),
    ]);
    let shown: Vec<_> = comparison
        .quizzes
        .iter()
        .flat_map(|quiz| quiz.questions.iter().map(move |question| (quiz, question)))
        .map(|(quiz, question)| {
            (quiz.id.as_str(), question.presence, question.id.as_str(), question.moved_from.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("one", Presence::Changed, "n", Some("all")),
            ("one", Presence::Added, "new", None),
            ("one", Presence::Removed, "w", None),
        ]
    );
    assert_eq!(told(&comparison), [""; 0]);
}

#[test]
fn another_order_of_questions() {
    let (first, second) = CHECK.split_once("    Text(").expect("two questions");
    let (head, first) = first.split_once("    TrueFalse(").expect("a question");
    let swapped = format!("{head}    Text({}    TrueFalse({first}])", second.trim_end_matches("])"));
    let comparison = changed(&[("quizzes/one.ron", CHECK, &swapped)]);
    assert_eq!(comparison.quizzes[0].order, Order::Changed);
    assert!(comparison.quizzes[0].questions.is_empty());
}

#[test]
fn lessons_that_change_come_go_and_get_another_name() {
    let comparison = changed(&[("lessons/one.md", "second line", "last line of all")]);
    let lesson = &comparison.lessons[0];
    assert_eq!((lesson.words_added, lesson.words_removed), (3, 1));
    assert_eq!(lesson.hunks, ["@@ -4,2 +4,2 @@", " ", "-The second line.", "+The last line of all."]);

    let mut new = files();
    let two = new.remove("lessons/two.md").expect("a lesson");
    new.insert("lessons/second.md".to_owned(), two);
    let manifest = COURSE.replace("lessons/two.md", "lessons/second.md").replace("\"1\"", "\"2\"");
    new.insert("course.ron".to_owned(), manifest.into_bytes());
    let comparison = Comparison::of(&course(files()), &course(new));
    let [lesson] = comparison.lessons.as_slice() else { panic!("{:?}", comparison.lessons) };
    assert_eq!((lesson.presence, lesson.path.as_str()), (Presence::Changed, "lessons/second.md"));
    assert_eq!(lesson.changes[0].old.as_deref(), Some("lessons/two.md"));
    assert!(lesson.hunks.is_empty());

    let comparison = changed(&[("course.ron", ", (lesson: \"lessons/two.md\")", "")]);
    assert_eq!(comparison.lessons[0].presence, Presence::Removed);
}

#[test]
fn rules_of_the_course() {
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(told(&changed(&[("course.ron", old, new)])), expected);
    }
    check("validity_days: 365", "validity_days: 730", &["rule-changed validity: 365 days → 730 days"]);
    check("pass_percent: 80", "pass_percent: 60", &["rule-changed pass mark: 80 % → 60 %"]);
    check("draw: 2", "draw: 3", &["rule-changed questions drawn: 2 → 3"]);
    check("attempts: 3", "attempts: 9", &["rule-changed attempts: 3 → 9"]);
    check("I have read it", "I agree", &["rule-changed policy statement: I have read it → I agree"]);
    check("title: \"A small", "title: \"A little", &[]);
    check("owner: \"Some", "owner: \"No", &[]);
    check(
        "id: \"small\"",
        "id: \"other\"",
        &["other-course id: the identifier changed from `small` to `other`"],
    );
    let policy = changed(&[("lessons/policy.md", "Words", "Other words")]);
    assert_eq!(policy.warnings[0].subject, "policy text");
}

#[test]
fn other_content_under_the_same_version() {
    let comparison = changed(&[
        ("course.ron", "version: \"2\"", "version: \"1\""),
        ("quizzes/all.ron", "(id: \"all\"", "// a comment\n(id: \"all\""),
    ]);
    assert_eq!(told(&comparison), ["version-kept version: the content changed and the version is still 1"]);
    // No question changed, and still the difference shows.
    assert!(comparison.quizzes.is_empty());
    assert_eq!(comparison.files[0].path, "quizzes/all.ron");
}

#[test]
fn a_question_of_another_kind() {
    let comparison = changed(&[(
        "quizzes/one.ron",
        "answer: false)",
        "answer: false), Number(id: \"days\", topic: \"law\", prompt: \"How many days?\", answer: 1)",
    )]);
    assert_eq!(comparison.quizzes[0].questions[0].presence, Presence::Added);
    let kind = changed(&[(
        "quizzes/all.ron",
        "Number(id: \"n\", topic: \"law\", prompt: \"How many days until the report?\", answer: 3, unit: \"days\")",
        "Text(id: \"n\", topic: \"law\", prompt: \"How many days until the report?\", accepted: [\"three\"])",
    )]);
    assert_eq!(kind.warnings[0].rule, "revision-kept");
    assert!(kind.warnings[0].message.contains("(kind, key,"), "{}", kind.warnings[0].message);
}

#[test]
fn words_are_compared_without_what_stands_around_them() {
    fn check(old: &str, new: &str, expected: bool) {
        assert_eq!(text::words(old) == text::words(new), expected, "{old:?} {new:?}");
    }
    check("Which one?", "**Which** “one”…", true);
    check("5 days", "-5 days", false);
    check("a < b", "a > b", false);
    check("US law", "us law", false);
    check("1.5", "15", false);
    check("can't", "can t", false);
}
