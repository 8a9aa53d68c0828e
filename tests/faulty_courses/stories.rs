//! Faults of gaps, stories and what stands in the texts of questions.

use super::check;

#[test]
fn gap_not_closed() {
    insta::assert_snapshot!(check("gap-not-closed"), @r#"
    error[bad-gap]: `{{` without `}}`
     --> quizzes/mail.ron:2:80
      |
    2 |     Cloze(id: "q", topic: "mail", prompt: "What now?", text: "Report {{a}} and {{b",
      |                                                                                ^^
    "#);
}

#[test]
fn gap_that_nobody_knows() {
    insta::assert_snapshot!(check("gap-that-nobody-knows"), @r#"
    error[bad-gap]: no gap is called `one`
     --> quizzes/mail.ron:2:70
      |
    2 |     Cloze(id: "q", topic: "mail", prompt: "What now?", text: "Report {{one}}.",
      |                                                                      ^^^^^^^
      |
      = help: did you mean `once`?

    error[bad-gap]: the text has no `{{once}}`
     --> quizzes/mail.ron:3:25
      |
    3 |         gaps: [Text(id: "once", accepted: ["x"])]),
      |                         ^^^^^^
    "#);
}

#[test]
fn gap_without_a_place() {
    insta::assert_snapshot!(check("gap-without-a-place"), @r#"
    error[bad-gap]: the text has no `{{b}}`
     --> quizzes/mail.ron:3:57
      |
    3 |         gaps: [Text(id: "a", accepted: ["x"]), Text(id: "b", accepted: ["x"])]),
      |                                                         ^^^
    "#);
}

#[test]
fn gap_used_twice() {
    insta::assert_snapshot!(check("gap-used-twice"), @r#"
    error[bad-gap]: gap `a` stands in the text twice
     --> quizzes/mail.ron:2:80
      |
    2 |     Cloze(id: "q", topic: "mail", prompt: "What now?", text: "Report {{a}} and {{a}}.",
      |                                                                                ^^^^^
    "#);
}

#[test]
fn gaps_out_of_order() {
    insta::assert_snapshot!(check("gaps-out-of-order"), @r#"
    error[bad-gap]: gap `a` stands elsewhere in the text than in this list
     --> quizzes/mail.ron:3:25
      |
    3 |         gaps: [Text(id: "a", accepted: ["x"]), Text(id: "b", accepted: ["x"])]),
      |                         ^^^
      |
      = help: list the gaps in the order of the text
    "#);
}

#[test]
fn gap_of_no_kind() {
    insta::assert_snapshot!(check("gap-of-no-kind"), @r#"
    error[unknown-kind]: a gap is a Choice(…), a Text(…) or a Number(…)
     --> quizzes/mail.ron:3:16
      |
    3 |         gaps: [Single(id: "a", options: [])]),
      |                ^^^^^^
    "#);
}

#[test]
fn no_gaps() {
    insta::assert_snapshot!(check("no-gaps"), @r#"
    error[too-few]: expected at least one gap
     --> quizzes/mail.ron:3:15
      |
    3 |         gaps: []),
      |               ^
    "#);
}

#[test]
fn step_that_is_not_there() {
    insta::assert_snapshot!(check("step-that-is-not-there"), @r#"
    error[dead-step]: no step is called `c`
     --> quizzes/mail.ron:3:86
      |
    3 | …: "Then?", options: [(id: "a-r", text: "R", right: true, next: "c"), (id: "a-w", text: "W")]),
      |                                                                 ^^^
    "#);
}

#[test]
fn step_that_nobody_reaches() {
    insta::assert_snapshot!(check("step-that-nobody-reaches"), @r#"
    error[lost-step]: nothing leads to step `b`
     --> quizzes/mail.ron:4:9
      |
    4 |         (id: "b", text: "Then?", options: [(id: "b-r", text: "R", right: true), (id: "b-w", te…
      |         ^
      |
      = help: name it as next of some option; the story begins with the first step
    "#);
}

#[test]
fn story_without_end() {
    insta::assert_snapshot!(check("story-without-end"), @r#"
    error[endless-story]: this leads back to `a`, so the story might never end
     --> quizzes/mail.ron:4:110
      |
    3 |         (id: "a", text: "Then?", options: [(id: "a-r", text: "R", right: true, next: "b"), (id…
      |         - this step
    4 | …: "Then?", options: [(id: "b-r", text: "R", right: true), (id: "b-w", text: "W", next: "a")]),
      |                                                                                         ^^^
    "#);
}

#[test]
fn story_with_two_ways_right() {
    insta::assert_snapshot!(check("story-with-two-ways-right"), @r#"
    error[bad-key]: a second option is right, expected exactly one
     --> quizzes/mail.ron:3:111
      |
    3 | …"Then?", options: [(id: "a-r", text: "R", right: true), (id: "a-w", text: "W", right: true)]),
      |                                                                                        ^^^^
    "#);
}

#[test]
fn duplicate_step() {
    insta::assert_snapshot!(check("duplicate-step"), @r#"
    error[duplicate-id]: the step `b` stands at 4:14 already
     --> quizzes/mail.ron:5:14
      |
    4 |         (id: "b", text: "Then?", options: [(id: "b-r", text: "R", right: true), (id: "b-w", te…
      |              --- first here
    5 |         (id: "b", text: "Then?", options: [(id: "c-r", text: "R", right: true), (id: "c-w", te…
      |              ^^^
    "#);
}

#[test]
fn same_quiz_in_two_files() {
    insta::assert_snapshot!(check("same-quiz-in-two-files"), @r#"
    error[duplicate-id]: the quiz `bank` is in `quizzes/mail.ron` already
     --> quizzes/bank.ron:2:9
      |
    2 |     id: "bank",
      |         ^^^^^^
    "#);
}

#[test]
fn hidden_by_an_escape() {
    insta::assert_snapshot!(check("hidden-by-an-escape"), @r#"
    error[hidden-character]: this text holds U+202E (right-to-left override)
     --> quizzes/mail.ron:2:47
      |
    2 |     TrueFalse(id: "q", topic: "mail", prompt: "Pay to \u{202e}moc.knab", answer: true),
      |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: delete it: it can make a line read as something else than it says, and learners would see its number
    "#);
}

#[test]
fn dead_picture_in_a_prompt() {
    insta::assert_snapshot!(check("dead-picture-in-a-prompt"), @r#"
    error[dead-reference]: there is no file `../assets/adress.svg`
     --> quizzes/mail.ron:2:54
      |
    2 | …se(id: "q", topic: "mail", prompt: "Look: ![an address](../assets/adress.svg)", answer: true),
      |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `assets/address.svg`?
    "#);
}

#[test]
fn dead_link_in_feedback() {
    insta::assert_snapshot!(check("dead-link-in-feedback"), @r#"
    error[dead-reference]: `lessons/mail.md` has no heading `#lost`
     --> quizzes/mail.ron:2:84
      |
    2 | …opic: "mail", prompt: "What now?", answer: true, why: "See [mail](../lessons/mail.md#lost)."),
      |                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: its headings: `#mail`, `#links-in-mails`
    "#);
}
