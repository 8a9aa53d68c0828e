//! Faults of `course.ron`.

use super::check;

#[test]
fn bad_course_id() {
    insta::assert_snapshot!(check("bad-course-id"), @r#"
    error[bad-id]: bad identifier `My course`, expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit
     --> course.ron:2:9
      |
    2 |     id: "My course",
      |         ^^^^^^^^^^^
    "#);
}

#[test]
fn missing_title() {
    insta::assert_snapshot!(check("missing-title"), @r#"
    error[missing-field]: field `title` is missing
     --> course.ron:1:1
      |
    1 | (
      | ^
      |
      = help: add `title: "…"`: what learners and records call it
    "#);
}

#[test]
fn blank_title() {
    insta::assert_snapshot!(check("blank-title"), @r#"
    error[empty-text]: this text is empty
     --> course.ron:3:12
      |
    3 |     title: " ",
      |            ^^^
    "#);
}

#[test]
fn bad_language() {
    insta::assert_snapshot!(check("bad-language"), @r#"
    error[bad-value]: expected a language tag such as en or de-CH, found `English (UK)`
     --> course.ron:5:15
      |
    5 |     language: "English (UK)",
      |               ^^^^^^^^^^^^^^
    "#);
}

#[test]
fn language_in_words() {
    insta::assert_snapshot!(check("language-in-words"), @r#"
    warning[odd-language]: `english` is no code of a language
     --> course.ron:5:15
      |
    5 |     language: "english",
      |               ^^^^^^^^^
      |
      = help: such a code has two or three letters: en, de, gsw
    "#);
}

#[test]
fn title_in_two_lines() {
    insta::assert_snapshot!(check("title-in-two-lines"), @r#"
    warning[line-break]: this title has a line break
     --> course.ron:3:12
      |
    3 |     title: "A course
      |            ^^^^^^^^^
      |
      = help: write it on one line; faces break it where they must
    "#);
}

#[test]
fn too_much_of_where_records_go() {
    insta::assert_snapshot!(check("too-much-of-where-records-go"), @r#"
    error[long-line]: this text has 205 characters, 200 is the limit
      --> course.ron:21:17
       |
    21 | …"Mail this file to training@example.org, or copy it into the folder that your department shar…
       |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: say it in a sentence or two, on one line; all else goes into a lesson
    "#);
}

#[test]
fn where_records_go_in_two_lines() {
    insta::assert_snapshot!(check("where-records-go-in-two-lines"), @r#"
    error[long-line]: this text has a line break or a tab
      --> course.ron:21:17
       |
    21 |     deliver_to: "The training
       |                 ^^^^^^^^^^^^^
       |
       = help: say it in a sentence or two, on one line; all else goes into a lesson
    "#);
}

#[test]
fn impossible_date() {
    insta::assert_snapshot!(check("impossible-date"), @r#"
    error[bad-value]: expected a date such as 2026-11-22, found `2026-11-31`
     --> course.ron:7:15
      |
    7 |     reviewed: "2026-11-31",
      |               ^^^^^^^^^^^^
      |
      = help: the calendar has no such day
    "#);
}

#[test]
fn short_date() {
    insta::assert_snapshot!(check("short-date"), @r#"
    error[bad-value]: expected a date such as 2026-11-22, found `2026-11-2`
     --> course.ron:7:15
      |
    7 |     reviewed: "2026-11-2",
      |               ^^^^^^^^^^^
      |
      = help: write the year first, then the month and the day: 2026-11-02
    "#);
}

#[test]
fn review_before_review() {
    insta::assert_snapshot!(check("review-before-review"), @r#"
    error[bad-value]: the next review (2026-05-22) is before the last (2026-11-22)
     --> course.ron:8:16
      |
    8 |     review_by: "2026-05-22",
      |                ^^^^^^^^^^^^
    "#);
}

#[test]
fn validity_of_no_days() {
    insta::assert_snapshot!(check("validity-of-no-days"), @r#"
    error[bad-value]: expected a whole number from 1 to 36500, found the number `0`
     --> course.ron:9:20
      |
    9 |     validity_days: 0,
      |                    ^
    "#);
}

#[test]
fn duplicate_topic() {
    insta::assert_snapshot!(check("duplicate-topic"), @r#"
    error[duplicate-id]: the topic `mail` stands at 11:14 already
      --> course.ron:12:14
       |
    11 |         (id: "mail", title: "Mail"),
       |              ------ first here
    12 |         (id: "mail", title: "Phones"),
       |              ^^^^^^
    "#);
}

#[test]
fn no_topics() {
    insta::assert_snapshot!(check("no-topics"), @r#"
    error[too-few]: a course has at least one topic
      --> course.ron:10:13
       |
    10 |     topics: [],
       |             ^
    "#);
}

#[test]
fn no_modules() {
    insta::assert_snapshot!(check("no-modules"), @r#"
    error[too-few]: a course has at least one module
      --> course.ron:14:14
       |
    14 |     modules: [],
       |              ^
    "#);
}

#[test]
fn pass_mark_beyond_reach() {
    insta::assert_snapshot!(check("pass-mark-beyond-reach"), @r#"
    error[bad-value]: expected a whole number from 0 to 100, found the number `101`
      --> course.ron:19:58
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 101, draw: 2),
       |                                                          ^^^
    "#);
}

#[test]
fn pass_mark_of_nothing() {
    insta::assert_snapshot!(check("pass-mark-of-nothing"), @r#"
    warning[pass-mark]: everybody passes, even with every answer wrong
      --> course.ron:19:58
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 0, draw: 2),
       |                                                          ^
       |
       = help: ask for more than 0, or make it a knowledge check
    "#);
}

#[test]
fn no_attempts() {
    insta::assert_snapshot!(check("no-attempts"), @r#"
    error[bad-value]: expected a whole number from 1, found the number `0`
      --> course.ron:19:81
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 80, draw: 2, attempts: 0),
       |                                                                                 ^
    "#);
}

#[test]
fn draw_beyond_the_bank() {
    insta::assert_snapshot!(check("draw-beyond-the-bank"), @r#"
    error[bad-draw]: cannot draw 4 questions of 3
      --> course.ron:19:68
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 80, draw: 4),
       |                                                                    ^
    "#);
}

#[test]
fn draw_with_less_than_the_topics() {
    insta::assert_snapshot!(check("draw-with-less-than-the-topics"), @r#"
    error[bad-draw]: 1 is too few, 2 must fit in (0 mandatory, 2 of further topics)
      --> course.ron:19:68
       |
    19 |     assessment: (quiz: "quizzes/bank.ron", pass_percent: 80, draw: 1),
       |                                                                    ^
    "#);
}

#[test]
fn misspelt_field() {
    insta::assert_snapshot!(check("misspelt-field"), @r#"
    error[unknown-field]: unknown field `validity_day`
     --> course.ron:9:5
      |
    9 |     validity_day: 365,
      |     ^^^^^^^^^^^^
      |
      = help: did you mean `validity_days`?
    "#);
}

#[test]
fn repeated_field() {
    insta::assert_snapshot!(check("repeated-field"), @r#"
    error[repeated-field]: field `title` stands here twice
     --> course.ron:6:5
      |
    3 |     title: "A course without faults",
      |     ----- first here
    ...
    6 |     title: "Again",
      |     ^^^^^
    "#);
}

#[test]
fn missing_lesson() {
    insta::assert_snapshot!(check("missing-lesson"), @r#"
    error[missing-file]: there is no file `lessons/phone.md`
      --> course.ron:16:18
       |
    16 |         (lesson: "lessons/phone.md"),
       |                  ^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `lessons/phones.md`?
    "#);
}

#[test]
fn lesson_used_twice() {
    insta::assert_snapshot!(check("lesson-used-twice"), @r#"
    error[used-twice]: `lessons/mail.md` is used twice
      --> course.ron:16:18
       |
    16 |         (lesson: "lessons/mail.md"),
       |                  ^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn absolute_path() {
    insta::assert_snapshot!(check("absolute-path"), @r#"
    error[path-escape]: bad path `/etc/policy.md`, paths begin at the course folder
      --> course.ron:20:20
       |
    20 |     policy: (file: "/etc/policy.md", statement: "I have read it."),
       |                    ^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn path_that_escapes() {
    insta::assert_snapshot!(check("path-that-escapes"), @r#"
    error[path-escape]: bad path `lessons/../../policy.md`, `.`, `..` and empty names lead nowhere
      --> course.ron:20:20
       |
    20 |     policy: (file: "lessons/../../policy.md", statement: "I have read it."),
       |                    ^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn path_of_a_draft() {
    insta::assert_snapshot!(check("path-of-a-draft"), @r#"
    error[bad-path]: bad path `lessons/_policy.md`, names beginning with `.` or `_` are not part of a course
      --> course.ron:20:20
       |
    20 |     policy: (file: "lessons/_policy.md", statement: "I have read it."),
       |                    ^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn path_in_the_wrong_folder() {
    insta::assert_snapshot!(check("path-in-the-wrong-folder"), @r#"
    error[bad-path]: bad path `quizzes/policy.md`, expected a path such as lessons/name.md
      --> course.ron:20:20
       |
    20 |     policy: (file: "quizzes/policy.md", statement: "I have read it."),
       |                    ^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn text_without_quotes() {
    insta::assert_snapshot!(check("text-without-quotes"), @r#"
    error[wrong-type]: expected a text in double quotes, found `Training`
     --> course.ron:6:12
      |
    6 |     owner: Training,
      |            ^^^^^^^^
    "#);
}

#[test]
fn fields_in_quotes() {
    insta::assert_snapshot!(check("fields-in-quotes"), @r#"
    error[syntax]: field names stand without quotes
     --> course.ron:2:5
      |
    2 |     "id": "base",
      |     ^^^^
    "#);
}

#[test]
fn braces_as_in_json() {
    insta::assert_snapshot!(check("braces-as-in-json"), @r#"
    error[syntax]: `{` opens nothing here
      --> course.ron:11:9
       |
    11 |         {id: "mail", title: "Mail"},
       |         ^
       |
       = help: lists stand in [ ], everything else in ( )
    "#);
}

#[test]
fn bracket_not_closed() {
    insta::assert_snapshot!(check("bracket-not-closed"), @r#"
    error[syntax]: a list has no fields
      --> course.ron:13:5
       |
    13 |     modules: [
       |     ^
       |
       = help: is `]` missing before this?
    "#);
}

#[test]
fn policy_without_statement() {
    insta::assert_snapshot!(check("policy-without-statement"), @r#"
    error[missing-field]: field `statement` is missing
      --> course.ron:20:13
       |
    20 |     policy: (file: "lessons/policy.md"),
       |             ^
       |
       = help: add `statement: "…"`: the sentence that learners agree to
    "#);
}

#[test]
fn nested_type() {
    insta::assert_snapshot!(check("nested-type"), @r#"
    error[wrong-type]: expected a text in double quotes, found the number `7`
      --> course.ron:12:31
       |
    12 |         (id: "phones", title: 7),
       |                               ^
    "#);
}

#[test]
fn list_where_a_text_stands() {
    insta::assert_snapshot!(check("list-where-a-text-stands"), @r#"
    error[wrong-type]: expected a text in double quotes, found a list
     --> course.ron:4:14
      |
    4 |     version: ["1.0.0"],
      |              ^
    "#);
}
