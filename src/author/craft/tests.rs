//! Whole courses, good and bad, and what is remarked on them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::author::diagnostic::Severity;
use crate::course::draft::draft;
use crate::course::{CourseFiles, embedded};

const LESSON: &str = "# One\n\nPlain words about the law.\n";

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("this is a date")
}

/// A `Single` with these options; the right one begins with `+`.
pub(super) fn single(prompt: &str, options: &[&str]) -> String {
    let options = options.iter().enumerate().map(|(place, text)| match text.strip_prefix('+') {
        Some(text) => format!("(id: \"o{place}\", text: \"{text}\", right: true)"),
        None => format!("(id: \"o{place}\", text: \"{text}\")"),
    });
    format!("Single({{COMMON}} prompt: \"{prompt}\", options: [{}])", options.collect::<Vec<_>>().join(", "))
}

/// What `{COMMON}` stands for in a question.
pub(super) const COMMON: &str =
    r#"id: "{ID}", topic: "law", why: "Because.", source: "F1", lesson: "lessons/one.md#one","#;

fn quiz(id: &str, questions: &[String]) -> String {
    let written = questions.iter().enumerate().map(|(n, question)| {
        let turn = (n % 2 == 0).to_string();
        question.replace("{COMMON}", COMMON).replace("{ID}", &format!("q{n}")).replace("{TURN}", &turn)
    });
    let written: Vec<String> = written.collect();
    format!("(id: \"{id}\", title: \"{id}\", questions: [\n{}\n])", written.join(",\n"))
}

fn files(language: &str, lesson: &str, draw: usize, check: &[String], bank: &[String]) -> CourseFiles {
    let course = format!(
        r#"(id: "c", title: "C", version: "1", language: "{language}", owner: "O", reviewed: "2026-11-22",
    review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law"), (id: "apps", title: "Apps")],
    modules: [(lesson: "lessons/one.md", check: "quizzes/one.ron"), (lesson: "lessons/two.md")],
    check_pass_percent: 60, assessment: (quiz: "quizzes/all.ron", pass_percent: 80, draw: {draw}), deliver_to: "HR")"#
    );
    let files = [
        ("course.ron", course),
        ("lessons/one.md", lesson.to_owned()),
        ("lessons/two.md", "# Two\n\nWords.\n".to_owned()),
        ("quizzes/one.ron", quiz("one", check)),
        ("quizzes/all.ron", quiz("all", bank)),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
}

pub(super) fn draft_of(check: &[String], bank: &[String]) -> Draft {
    draft_drawing(1, check, bank)
}

pub(super) fn draft_drawing(draw: usize, check: &[String], bank: &[String]) -> Draft {
    draft(&files("en", LESSON, draw, check, bank))
}

pub(super) fn lesson_draft(language: &str, lesson: &str) -> Draft {
    draft(&files(language, lesson, 1, &[], &[]))
}

/// The remarks on one file, each as its rule and the text it points at.
fn shown(draft: &Draft, file: &str) -> Vec<String> {
    let text_of = |path: &str| {
        let lesson = draft.lessons.iter().find(|lesson| lesson.path == path).map(|lesson| &*lesson.text);
        let quiz = draft.quizzes.iter().find(|quiz| quiz.path == path).map(|quiz| quiz.shape.text());
        lesson.or(quiz).unwrap_or_else(|| draft.manifest.text()).to_owned()
    };
    let found = remarks(draft, day("2027-01-01"));
    for remark in &found {
        assert!(RULES.iter().any(|(rule, _)| *rule == remark.rule), "{} is not in the list", remark.rule);
        assert_eq!(remark.severity, Severity::Warning);
        assert!(
            !remark.message.ends_with('.') && remark.hint.is_some() == remark.span.is_some(),
            "{remark:?}"
        );
    }
    let of_file = found.into_iter().filter(|remark| remark.file == file);
    of_file
        .map(|remark| match remark.span {
            Some(span) => format!("{}: {}", remark.rule, &text_of(file)[span]),
            None => format!("{}: {}", remark.rule, remark.message),
        })
        .collect()
}

#[track_caller]
fn compare(found: &[String], expected: &[&str]) {
    let same = found.len() == expected.len()
        && found.iter().zip(expected).all(|(found, start)| found.starts_with(start));
    assert!(same, "found {found:#?}, expected {expected:#?}");
}

/// The remarks on a knowledge check of one question, as the beginnings of `rule: text`.
#[track_caller]
pub(super) fn check(question: &str, expected: &[&str]) {
    check_quiz(&[question.to_owned()], expected);
}

#[track_caller]
pub(super) fn check_quiz(questions: &[String], expected: &[&str]) {
    let draft = draft_of(questions, &[]);
    assert_eq!(draft.quizzes[0].questions.len(), questions.len(), "some question is faulty");
    compare(&shown(&draft, "quizzes/one.ron"), expected);
}

pub(super) fn remarks_in(question: &str) -> Vec<String> {
    shown(&draft_of(&[question.to_owned()], &[]), "quizzes/one.ron")
}

pub(super) fn rules_of(questions: &[String]) -> Vec<String> {
    let found = shown(&draft_of(questions, &[]), "quizzes/one.ron");
    found.iter().filter_map(|remark| Some(remark.split_once(':')?.0.to_owned())).collect()
}

/// The remarks on an English lesson.
#[track_caller]
pub(super) fn check_lesson(lesson: &str, expected: &[&str]) {
    check_lesson_in("en-GB", lesson, expected);
}

#[track_caller]
pub(super) fn check_lesson_in(language: &str, lesson: &str, expected: &[&str]) {
    compare(&shown(&lesson_draft(language, lesson), "lessons/one.md"), expected);
}

/// The remarks on a lesson to which a question of its check leads back.
pub(super) fn shown_of_lesson_asked(lesson: &str) -> Vec<String> {
    let check = [single("Which now?", &["+This", "That"])];
    shown(&draft(&files("en", lesson, 1, &check, &[])), "lessons/one.md")
}

/// The remarks on the manifest of a course with this bank.
#[track_caller]
pub(super) fn check_manifest(draw: usize, bank: &[String], expected: &[&str]) {
    compare(&shown(&draft_drawing(draw, &[], bank), "course.ron"), expected);
}

#[test]
fn rules_are_listed_once_in_kebab_case_and_in_order() {
    assert!(RULES.is_sorted_by(|(one, _), (other, _)| one < other));
    for (rule, meaning) in RULES {
        assert!(rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule}");
        assert!(!meaning.ends_with('.') && meaning.len() > 20, "{rule}");
    }
}

/// Every rule of the list is spoken of in some test of the rule, so none is forgotten.
#[test]
fn every_rule_is_found_in_a_course_that_breaks_all() {
    let sentence = "Organisational accountability necessitates comprehensive international documentation. ";
    let wide = "x".repeat(90);
    let cells = "| description ".repeat(7);
    let dashes = "|---".repeat(7);
    let lesson = format!(
        "# One\n\n# Again\n\n{}\n\n### Deep\n\n![](a.png)\n\n[here](http://example.org) www.example.org \
         [bank.com](https://exаmple.org) [the hotline](tel:112)\n\n```\n{wide}\n```\n\n```chart\nMany\n```\n\n\
         {cells}|\n{dashes}|\n{cells}|\n\nDonaudampfschifffahrtsgesellschaftskapitän\n\n{}\n\n\
         Said[^1].\n\n[^1]: One.\nTwo.\n\n[^2]: Three.\n\n##Four\n\n| a |\n|---|\n| b | c |\n\n![A hook](https://example.org/b.png)\n",
        sentence.repeat(300),
        sentence.repeat(300),
    );
    let long = "A long and careful answer that says all there is to say about it";
    let mut check: Vec<String> = (0..12)
        .map(|n| {
            let (a, b) = (format!("Always word {n}"), format!("Never note {n}"));
            single(&format!("Question {n} of many?"), &[&format!("+{long} {n}"), &a, &b])
        })
        .collect();
    check.extend(
        (0..4).map(|n| {
            format!("TrueFalse({{COMMON}} prompt: \"Statement {} holds {n}.\", answer: true)", n * 7)
        }),
    );
    check.push(single(
        "Which of these is not an",
        &["+apple", "banana", "Banana.", "All of the above", "None of the above", "Both A and B"],
    ));
    check.push(
        r#"Multiple({COMMON} prompt: "Which hold?", options: [(id: "a", text: "One", right: true), (id: "b", text: "Two", right: true),
        (id: "c", text: "Three", right: true), (id: "d", text: "Four")])"#.to_owned(),
    );
    check.push(
        r#"Multiple({COMMON} prompt: "Which of the two?", options: [(id: "a", text: "First", right: true), (id: "b", text: "Second")])"#
            .to_owned(),
    );
    check.push(
        r#"Single(id: "bare", topic: "law", prompt: "Which now?", options: [(id: "a", text: "Red", right: true),
        (id: "b", text: "Blue", feedback: "No."), (id: "c", text: "Green")])"#.to_owned(),
    );
    check.push(check[0].clone());
    let bank = vec![single("One?", &["+This", "That"]), single("Two of it?", &["+Left", "Right"])];
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for (draw, today) in [(1, "2027-05-01"), (2, "2027-06-01")] {
        let draft = draft(&files("en", &lesson, draw, &check, &bank));
        assert_eq!(draft.quizzes[0].questions.len(), check.len());
        found.extend(remarks(&draft, day(today)).iter().map(|remark| remark.rule));
    }
    let all: BTreeSet<&str> = RULES.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(found, all);
}

#[test]
fn a_good_course_is_quiet() {
    let bank: Vec<String> = [
        (
            "A page asks for your work password. What do you do?",
            ["+Close the page", "Type it once", "Ask a friend"],
        ),
        (
            "Who may open the customer list from home?",
            ["Everybody at work", "+Who needs it for a task", "The family"],
        ),
        ("Your phone is gone. Whom do you tell first?", ["The shop", "A friend", "+The service desk"]),
        ("Where does company data belong?", ["+In the work profile", "On a stick", "In private mail"]),
    ]
    .iter()
    .map(|(prompt, options)| single(prompt, options))
    .collect();
    let draft = draft(&files("en", LESSON, 1, &bank[..1], &bank[1..]));
    let found: Vec<_> =
        remarks(&draft, day("2027-01-01")).into_iter().map(|remark| (remark.rule, remark.file)).collect();
    assert_eq!(
        found,
        [("topic-never-asked", "course.ron".to_owned()), ("lesson-never-asked", "lessons/two.md".to_owned())]
    );
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "\\PC{0,40}",
        1 => Just("all of the above".to_owned()),
        1 => Just("Which is not www.a.b http://x an".to_owned()),
        1 => Just("```\u{202e}\n".to_owned()),
        1 => Just("| a |\n|---|\n| \u{200d} |".to_owned()),
        1 => "[a-zß]{0,120}",
        1 => Just("![](a) [here](http://b) **not** \"x".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whatever stands in the texts: no panic, and every remark points at characters of its file.
    #[test]
    fn any_texts(texts in prop::collection::vec(hostile_text(), 12), lesson in "\\PC{0,60}(\n\\PC{0,60}){0,12}") {
        let text = |n: usize| format!("\"{}\"", texts[n % 12].replace('\\', "\\\\").replace('"', "\\\""));
        let question = |n: usize| format!(
            "Single(id: \"{{ID}}\", topic: \"law\", prompt: {}, why: {}, options: [(id: \"a\", text: {}, right: true), (id: \"b\", text: {}), (id: \"c\", text: {}, feedback: {})]),
             TrueFalse(id: \"t{n}\", topic: \"law\", prompt: {}, answer: true),
             Cloze(id: \"c{n}\", topic: \"law\", prompt: {}, text: \"an {{{{g}}}}\", gaps: [Choice(id: \"g\", options: [(id: \"a\", text: {}, right: true), (id: \"b\", text: {})])])",
            text(n), text(n + 1), text(n + 2), text(n + 3), text(n + 4), text(n + 5), text(n + 6), text(n + 7), text(n + 8), text(n + 9),
        );
        let questions: Vec<String> = (0..4).map(question).collect();
        let draft = draft(&files("en", &lesson, 1, &questions, &questions));
        for path in ["course.ron", "lessons/one.md", "quizzes/one.ron", "quizzes/all.ron"] {
            shown(&draft, path);
        }
    }

}

proptest! {
    // Each case reads the whole bundled course.
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever stands in the files.
    #[test]
    fn any_damage(file in 0_usize..10, at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..20)) {
        let mut files = embedded();
        let path = files.keys().nth(file % files.len()).cloned().expect("there are files");
        let content = files.get_mut(&path).expect("it was there just now");
        let at = at.index(content.len().max(1)).min(content.len());
        let end = (at + bytes.len() / 2).min(content.len());
        content.splice(at..end, bytes);
        let draft = draft(&files);
        shown(&draft, &path);
    }
}
