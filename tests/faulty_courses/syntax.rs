//! Faults in how a quiz is written down.

use super::check;

#[test]
fn comma_forgotten() {
    insta::assert_snapshot!(check("comma-forgotten"), @r#"
    error[syntax]: a comma is missing here
     --> quizzes/mail.ron:9:45
      |
    9 |                 (id: "look", text: "Looking" right: true),
      |                                             ^
    "#);
}

#[test]
fn equals_for_colon() {
    insta::assert_snapshot!(check("equals-for-colon"), @r#"
    error[syntax]: expected `:`, found `=`
     --> quizzes/mail.ron:9:53
      |
    9 |                 (id: "look", text: "Looking", right = true),
      |                                                     ^
      |
      = help: write `:` between the name of a field and its value
    "#);
}

#[test]
fn semicolon_for_comma() {
    insta::assert_snapshot!(check("semicolon-for-comma"), @r#"
    error[syntax]: expected a comma, found `;`
     --> quizzes/mail.ron:9:45
      |
    9 |                 (id: "look", text: "Looking"; right: true),
      |                                             ^
    "#);
}

#[test]
fn single_quotes() {
    insta::assert_snapshot!(check("single-quotes"), @r#"
    error[syntax]: texts stand in double quotes
     --> quizzes/mail.ron:9:36
      |
    9 |                 (id: "look", text: 'Looking', right: true),
      |                                    ^
    "#);
}

#[test]
fn comment_not_closed() {
    insta::assert_snapshot!(check("comment-not-closed"), @r#"
    error[syntax]: this comment never ends, expected `*/`
     --> quizzes/mail.ron:8:13
      |
    8 |             /* options: [
      |             ^
    "#);
}

#[test]
fn unknown_escape() {
    insta::assert_snapshot!(check("unknown-escape"), @r#"
    error[syntax]: unknown escape character
     --> quizzes/mail.ron:9:37
      |
    9 |                 (id: "look", text: "Look\ing", right: true),
      |                                     ^
      |
      = help: for a backslash in a text write two: \\; names of folders have / between them
    "#);
}

#[test]
fn text_after_the_end() {
    insta::assert_snapshot!(check("text-after-the-end"), @r#"
    error[syntax]: nothing may follow the end, found `)`
      --> quizzes/mail.ron:15:1
       |
    15 | )
       | ^
    "#);
}

#[test]
fn value_without_name() {
    insta::assert_snapshot!(check("value-without-name"), @r#"
    error[syntax]: this value has no field name
     --> quizzes/mail.ron:9:30
      |
    9 |                 (id: "look", "Looking", right: true),
      |                              ^
    "#);
}

#[test]
fn map_key() {
    insta::assert_snapshot!(check("map-key"), @r#"
    error[syntax]: this is no field name
     --> quizzes/mail.ron:9:30
      |
    9 |                 (id: "look", 1: text: "Looking", right: true),
      |                              ^
    "#);
}

#[test]
fn empty_quiz_file() {
    insta::assert_snapshot!(check("empty-quiz-file"), @r#"
    error[syntax]: expected a value, found the end of the file
     --> quizzes/mail.ron:1:1
      |
    1 |
      | ^
    "#);
}

#[test]
fn quotation_mark_forgotten() {
    insta::assert_snapshot!(check("quotation-mark-forgotten"), @r#"
    error[syntax]: expected a comma or `)`, found `l`
     --> quizzes/mail.ron:9:23
      |
    9 |                 (id: "look", text: "Looking", right: true),
      |                       ^
      |
      = help: is a quotation mark missing further up? inside a text it is written \"

    error[unknown-topic]: unknown topic `male`
      --> quizzes/mail.ron:13:40
       |
    13 |         TrueFalse(id: "behind", topic: "male", prompt: "Is this found too?", answer: yes),
       |                                        ^^^^^^
       |
       = help: did you mean `mail`?

    error[wrong-type]: expected true or false, found `yes`
      --> quizzes/mail.ron:13:86
       |
    13 |         TrueFalse(id: "behind", topic: "male", prompt: "Is this found too?", answer: yes),
       |                                                                                      ^^^
       |
       = help: write true, in lower case and without quotation marks
    "#);
}

#[test]
fn nested_too_deep() {
    insta::assert_snapshot!(check("nested-too-deep"), @r#"
    error[unknown-field]: unknown field `a`
     --> quizzes/mail.ron:1:2
      |
    1 | (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a…
      |  ^
      |
      = help: known here: id, title, ask_certainty, questions

    error[syntax]: nested deeper than 64
     --> quizzes/mail.ron:1:257
      |
    1 | …a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: (a: ())))))))))))))))))))))))))))))))))))))…
      |                                 ^
    "#);
}
