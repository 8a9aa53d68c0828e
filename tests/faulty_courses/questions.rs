//! Faults of questions.

use super::check;

#[test]
fn no_questions() {
    insta::assert_snapshot!(check("no-questions"), @r#"
    error[too-few]: a quiz has at least one question
     --> quizzes/mail.ron:1:40
      |
    1 | (id: "mail", title: "Mail", questions: [])
      |                                        ^
    "#);
}

#[test]
fn unknown_kind() {
    insta::assert_snapshot!(check("unknown-kind"), @r#"
    error[unknown-kind]: unknown kind of question `Singel`
     --> quizzes/mail.ron:2:5
      |
    2 |     Singel(id: "q", topic: "mail", prompt: "What now?", options: [(id: "a", text: "A", right: …
      |     ^^^^^^
      |
      = help: did you mean `Single`?
    "#);
}

#[test]
fn question_without_kind() {
    insta::assert_snapshot!(check("question-without-kind"), @r#"
    error[unknown-kind]: a question begins with its kind
     --> quizzes/mail.ron:2:5
      |
    2 |     (id: "q", topic: "mail", prompt: "What now?", options: [(id: "a", text: "A", right: true),…
      |     ^
      |
      = help: one of Single, Multiple, TrueFalse, Match, Order, Number, Text, Cloze, Scenario
    "#);
}

#[test]
fn duplicate_question() {
    insta::assert_snapshot!(check("duplicate-question"), @r#"
    error[duplicate-id]: the question `q` stands at 2:16 already
     --> quizzes/mail.ron:3:19
      |
    2 |     Single(id: "q", topic: "mail", prompt: "What now?", options: [(id: "a", text: "A", right: …
      |                --- first here
    3 |     TrueFalse(id: "q", topic: "mail", prompt: "What now?", answer: true),
      |                   ^^^
    "#);
}

#[test]
fn bad_question_id() {
    insta::assert_snapshot!(check("bad-question-id"), @r#"
    error[bad-id]: bad identifier `Q 1`, expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit
     --> quizzes/mail.ron:2:19
      |
    2 |     TrueFalse(id: "Q 1", topic: "mail", prompt: "What now?", answer: true),
      |                   ^^^^^
    "#);
}

#[test]
fn unknown_topic() {
    insta::assert_snapshot!(check("unknown-topic"), @r#"
    error[unknown-topic]: unknown topic `phone`
     --> quizzes/mail.ron:2:31
      |
    2 |     TrueFalse(id: "q", topic: "phone", prompt: "What now?", answer: true),
      |                               ^^^^^^^
      |
      = help: did you mean `phones`?
    "#);
}

#[test]
fn dead_lesson() {
    insta::assert_snapshot!(check("dead-lesson"), @r#"
    error[dead-link]: no lesson is called `lessons/mails.md`
     --> quizzes/mail.ron:2:82
      |
    2 | …eFalse(id: "q", topic: "mail", prompt: "What now?", answer: true, lesson: "lessons/mails.md"),
      |                                                                            ^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lessons/mail.md`?
    "#);
}

#[test]
fn dead_heading() {
    insta::assert_snapshot!(check("dead-heading"), @r#"
    error[dead-link]: `lessons/mail.md` has no heading `#link-in-mails`
     --> quizzes/mail.ron:2:82
      |
    2 | …", topic: "mail", prompt: "What now?", answer: true, lesson: "lessons/mail.md#link-in-mails"),
      |                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `links-in-mails`?
    "#);
}

#[test]
fn worth_nothing() {
    insta::assert_snapshot!(check("worth-nothing"), @r#"
    error[bad-value]: expected a whole number from 1 to 1000, found the number `0`
     --> quizzes/mail.ron:2:82
      |
    2 |     TrueFalse(id: "q", topic: "mail", prompt: "What now?", answer: true, points: 0),
      |                                                                                  ^
    "#);
}

#[test]
fn answer_of_the_wrong_type() {
    insta::assert_snapshot!(check("answer-of-the-wrong-type"), @r#"
    error[wrong-type]: expected true or false, found a text
     --> quizzes/mail.ron:2:68
      |
    2 |     TrueFalse(id: "q", topic: "mail", prompt: "What now?", answer: "true"),
      |                                                                    ^^^^^^
      |
      = help: write true, in lower case and without quotation marks
    "#);
}

#[test]
fn two_keys() {
    insta::assert_snapshot!(check("two-keys"), @r#"
    error[bad-key]: a second option is right, expected exactly one
     --> quizzes/mail.ron:2:130
      |
    2 | …"What now?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: true)]),
      |                                                                                        ^^^^
    "#);
}

#[test]
fn no_key() {
    insta::assert_snapshot!(check("no-key"), @r#"
    error[bad-key]: no option is right
     --> quizzes/mail.ron:2:66
      |
    2 | …", topic: "mail", prompt: "What now?", options: [(id: "a", text: "A"), (id: "b", text: "B")]),
      |                                                  ^
      |
      = help: add right: true to one
    "#);
}

#[test]
fn everything_is_right() {
    insta::assert_snapshot!(check("everything-is-right"), @r#"
    error[bad-key]: every option is right, expected at least one that is wrong
     --> quizzes/mail.ron:2:68
      |
    2 | … prompt: "What now?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right:…
      |                                 ^
    "#);
}

#[test]
fn one_option() {
    insta::assert_snapshot!(check("one-option"), @r#"
    error[too-few]: expected at least two options
     --> quizzes/mail.ron:2:66
      |
    2 | …le(id: "q", topic: "mail", prompt: "What now?", options: [(id: "a", text: "A", right: true)]),
      |                                                           ^
    "#);
}

#[test]
fn duplicate_option() {
    insta::assert_snapshot!(check("duplicate-option"), @r#"
    error[duplicate-id]: the option `a` stands at 3:14 already
     --> quizzes/mail.ron:4:14
      |
    3 |         (id: "a", text: "A", right: true),
      |              --- first here
    4 |         (id: "a", text: "B"),
      |              ^^^
    "#);
}

#[test]
fn options_that_read_the_same() {
    insta::assert_snapshot!(check("options-that-read-the-same"), @r#"
    error[duplicate-text]: the option text `A` stands at 2:83 already
     --> quizzes/mail.ron:2:118
      |
    2 | …l", prompt: "What now?", options: [(id: "a", text: "A", right: true), (id: "b", text: "A ")]),
      |                                                                                        ^^^^
    "#);
}

#[test]
fn misspelt_field_of_an_option() {
    insta::assert_snapshot!(check("misspelt-field-of-an-option"), @r#"
    error[unknown-field]: unknown field `rigth`
     --> quizzes/mail.ron:2:88
      |
    2 | …il", prompt: "What now?", options: [(id: "a", text: "A", rigth: true), (id: "b", text: "B")]),
      |                                                           ^^^^^
      |
      = help: did you mean `right`?
    "#);
}

#[test]
fn one_pair() {
    insta::assert_snapshot!(check("one-pair"), @r#"
    error[too-few]: expected at least two pairs
     --> quizzes/mail.ron:2:63
      |
    2 | …Match(id: "q", topic: "mail", prompt: "What now?", pairs: [(id: "a", left: "L", right: "R")]),
      |                                                            ^
    "#);
}

#[test]
fn reserved_id() {
    insta::assert_snapshot!(check("reserved-id"), @r#"
    error[reserved-id]: a pair cannot be called `id`: the word has a meaning of its own in completion records
     --> quizzes/mail.ron:2:69
      |
    2 | …pt: "What now?", pairs: [(id: "id", left: "L", right: "R"), (id: "b", left: "M", right: "S")])…
      |                                ^^^^
      |
      = help: use another identifier, such as `id-1`
    "#);
}

#[test]
fn two_items() {
    insta::assert_snapshot!(check("two-items"), @r#"
    error[too-few]: expected at least three items
     --> quizzes/mail.ron:2:63
      |
    2 | …"q", topic: "mail", prompt: "What now?", items: [(id: "a", text: "A"), (id: "b", text: "B")]),
      |                                                  ^
    "#);
}

#[test]
fn number_with_a_comma() {
    insta::assert_snapshot!(check("number-with-a-comma"), @r#"
    error[bad-value]: expected a number such as 530, 12.5 or "12.5", found `1,500`
     --> quizzes/mail.ron:2:65
      |
    2 |     Number(id: "q", topic: "mail", prompt: "What now?", answer: "1,500"),
      |                                                                 ^^^^^^^
      |
      = help: nothing separates thousands, decimals (up to 9) follow a point
    "#);
}

#[test]
fn negative_tolerance() {
    insta::assert_snapshot!(check("negative-tolerance"), @r#"
    error[bad-value]: a tolerance is not negative
     --> quizzes/mail.ron:2:80
      |
    2 |     Number(id: "q", topic: "mail", prompt: "What now?", answer: 72, tolerance: -1),
      |                                                                                ^^
    "#);
}

#[test]
fn accepts_everything() {
    insta::assert_snapshot!(check("accepts-everything"), @r#"
    error[bad-key]: this accepts every answer
     --> quizzes/mail.ron:2:76
      |
    2 |     Text(id: "q", topic: "mail", prompt: "What now?", accepted: ["report", "*"]),
      |                                                                            ^^^
    "#);
}

#[test]
fn accepts_nothing() {
    insta::assert_snapshot!(check("accepts-nothing"), @r#"
    error[too-few]: expected at least one accepted text
     --> quizzes/mail.ron:2:65
      |
    2 |     Text(id: "q", topic: "mail", prompt: "What now?", accepted: []),
      |                                                                 ^
    "#);
}

#[test]
fn cannot_be_typed() {
    insta::assert_snapshot!(check("cannot-be-typed"), @r#"
    error[unanswerable]: nobody can answer `q` fully right
     --> quizzes/mail.ron:2:5
      |
    2 |     Text(id: "q", topic: "mail", prompt: "What now?", accepted: ["bell\u{7}"]),
      |     ^^^^
      |
      = help: accept a text that can be typed: letters, not control characters, and at most 1000 of them

    error[hidden-character]: this text holds U+0007 (bell)
     --> quizzes/mail.ron:2:66
      |
    2 |     Text(id: "q", topic: "mail", prompt: "What now?", accepted: ["bell\u{7}"]),
      |                                                                  ^^^^^^^^^^^
      |
      = help: delete it, or write what should be seen there
    "#);
}
