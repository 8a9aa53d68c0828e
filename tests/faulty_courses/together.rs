//! Many faults in one course: none hides another.

use std::collections::BTreeMap;

use countersign::author::check::json;

use super::{check, folder, report};

/// How often each rule is broken in each file.
#[test]
fn no_fault_hides_another() {
    let document = json(&report(&folder("many-at-once")));
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for remark in document["diagnostics"].as_array().expect("diagnostics") {
        let text = |name: &str| remark[name].as_str().expect("a text").to_owned();
        *found.entry((text("file"), text("rule"))).or_default() += 1;
    }
    let lines: Vec<String> =
        found.into_iter().map(|((file, rule), count)| format!("{file} {rule} {count}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    assets/run.exe asset-type 1
    course.ron bad-draw 1
    course.ron bad-value 3
    course.ron empty-text 1
    course.ron missing-field 1
    course.ron missing-file 1
    course.ron path-escape 1
    course.ron syntax 1
    course.ron unknown-field 2
    course.ron wrong-type 1
    lessons/mail.md dead-link 1
    lessons/mail.md dead-reference 1
    lessons/mail.md hidden-character 1
    lessons/phones.md bad-lesson 1
    lessons/policy.md not-utf8 1
    quizzes/bank.ron hidden-character 1
    quizzes/bank.ron syntax 1
    quizzes/bank.ron unanswerable 1
    quizzes/bank.ron wrong-type 1
    quizzes/mail.ron bad-gap 3
    quizzes/mail.ron bad-key 1
    quizzes/mail.ron bad-value 2
    quizzes/mail.ron dead-link 1
    quizzes/mail.ron dead-reference 1
    quizzes/mail.ron dead-step 1
    quizzes/mail.ron duplicate-id 1
    quizzes/mail.ron empty-text 2
    quizzes/mail.ron endless-story 1
    quizzes/mail.ron syntax 1
    quizzes/mail.ron too-few 1
    quizzes/mail.ron unknown-kind 1
    quizzes/mail.ron unknown-topic 1
    quizzes/unused.ron syntax 1
    "#);
}

/// The course that is broken in every file, with every word that is said about it.
#[test]
fn what_is_said_about_all_of_them() {
    let said = check("many-at-once");
    // Its faults one by one, so that a word that is missing is seen at once.
    for expected in [
        "unknown field `titel`",
        "expected a text in double quotes, found the number `1`",
        "expected a date such as 2026-11-22, found `2026-13-22`",
        "field `title` is missing",
        "unknown field `chek`",
        "there is no file `quizzes/phones.ron`",
        "bad path `../secret.md`",
        "found the number `160`",
        "this text is empty",
        "a comma is missing here",
        "there is no file `x.md`",
        "there is no file `../assets/gone.png`",
        "U+202E (right-to-left override)",
        "this lesson has no heading",
        "byte 0xff is not UTF-8",
        "unknown topic `male`",
        "unknown kind of question `Singel`",
        "every option is right",
        "no step is called `z`",
        "this leads back to `a`",
        "no gap is called `c`",
        "`{{` without `}}`",
        "expected at least one accepted text",
        "nothing separates thousands",
        "expected a comma, found `;`",
        "nobody can answer `typed` fully right",
        "a file of type `exe` is no asset",
        "does not close what was opened",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}
