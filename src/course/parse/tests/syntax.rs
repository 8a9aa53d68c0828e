//! Faults of the notation: brackets, quotation marks, spaces, other formats.

use super::*;

#[test]
fn faults_of_syntax() {
    fn check(quiz: &str, expected: &[&str]) {
        check_file("quizzes/one.ron", quiz, expected);
    }
    check("", &["quizzes/one.ron:1:1: expected a value, found the end of the file"]);
    check("(id: \"one\"", &["quizzes/one.ron:1:1: never closed, expected `)`"]);
    check("(id: \"one", &["quizzes/one.ron:1:6: this text never ends, expected `\"`"]);
    check("(id: r##\"one\"#)", &["quizzes/one.ron:1:6: this text never ends, expected `\"##`"]);
    check("/* (", &["quizzes/one.ron:1:1: this comment never ends, expected `*/`"]);
    check("[]", &["quizzes/one.ron:1:1: expected `(field: value, …)`, found a list"]);
    check("(1)", &["quizzes/one.ron:1:1: expected `(field: value, …)`, found `(value, …)`"]);
    check(
        &QUIZ.replace("right: true", "right = true"),
        &[
            "quizzes/one.ron:4:36: expected `:`, found `=` → write `:` between the name of a field and its value",
        ],
    );
    check(&QUIZ.replace("\"B\",", "\"B\";"), &["quizzes/one.ron:4:28: expected a comma, found `;`"]);
    check(
        &QUIZ.replace("text: \"A\"", "text: \"\\q\""),
        &[
            "quizzes/one.ron:3:26: unknown escape character → for a backslash in a text write two: \\\\; names of folders have / between them",
        ],
    );
    check(&QUIZ.replace("text: \"A\"", "text: 'A'"), &["quizzes/one.ron:3:25: texts stand in double quotes"]);
    check(
        &QUIZ.replace("text: \"A\"", "\"text\": \"A\""),
        &["quizzes/one.ron:3:19: field names stand without quotes"],
    );
    check(&format!("{QUIZ} x"), &["quizzes/one.ron:6:4: nothing may follow the end, found `x`"]);
    check(
        &QUIZ.replace("(id: \"a\", text: \"A\")", "{id: \"a\", text: \"A\"}"),
        &["quizzes/one.ron:3:9: `{` opens nothing here → lists stand in [ ], everything else in ( )"],
    );
    check(
        &QUIZ.replace("(id: \"a\", text: \"A\")", "(id: \"a\", \"A\")"),
        &["quizzes/one.ron:3:19: this value has no field name"],
    );
    check(
        &QUIZ.replace("text: \"A\")", "text: \"A\", text: \"C\")"),
        &["quizzes/one.ron:3:30: field `text` stands here twice"],
    );
    check(
        &QUIZ.replace("\"A\"", "“A”"),
        &["quizzes/one.ron:3:25: expected a value, found `“` → write straight quotation marks: \"…\""],
    );
    // A forgotten bracket is one fault, and what stands around it is still checked.
    check(
        &QUIZ.replace("\"law\"", "\"lav\"").replace("    ]),", "    ]"),
        &[
            "quizzes/one.ron:2:28: unknown topic `lav` → did you mean `law`?",
            "quizzes/one.ron:5:6: the `)` of `Single` opened at 2:5 is missing",
        ],
    );
    check(
        &QUIZ.replace("    ]),", "    ])),"),
        &[
            "quizzes/one.ron:5:7: `)` does not close what was opened at 1:38, expected `]`",
            "quizzes/one.ron:5:8: nothing may follow the end, found `,`",
        ],
    );
    // So is a forgotten quotation mark, which turns the rest of the file inside out.
    check(
        &QUIZ.replace("\"Which?\"", "\"Which?").replace("title: \"One\"", "title: 1"),
        &[
            "quizzes/one.ron:1:20: expected a text in double quotes, found the number `1`",
            "quizzes/one.ron:2:61: expected a comma or `)`, found `l` → is a quotation mark missing further up? inside a text it is written \\\"",
        ],
    );
    check(
        &format!("{}{}", "(a: [".repeat(40), "])".repeat(40)),
        &[
            "quizzes/one.ron:1:2: unknown field `a` → known here: id, title, ask_certainty, questions",
            "quizzes/one.ron:1:161: nested deeper than 64",
        ],
    );
}

#[test]
fn slips_that_say_what_they_are() {
    let number = |rest: &str| format!("Number(id: \"q\", topic: \"law\", prompt: \"?\", answer: {rest})");
    check_question(
        &number("2,5"),
        &["quizzes/one.ron:2:54: this value has no field name → decimals follow a point: 2.5"],
    );
    check_question(&number("2,\n\"x\""), &["quizzes/one.ron:3:1: this value has no field name"]);
    check_question(
        &number("80%, unit: 3"),
        &[
            "quizzes/one.ron:2:54: `%` cannot follow a number → write the number alone: 80",
            "quizzes/one.ron:2:63: expected a text in double quotes, found the number `3`",
        ],
    );
    // What follows a space of another sort is read, and the space is said once.
    let space = |place: &str| {
        format!(
            "quizzes/one.ron:{place}: here stands U+00A0 (no-break space), which is no space to RON → write ordinary spaces there"
        )
    };
    check_question(&number("\u{a0}\u{a0}2"), &[&space("2:52")]);
    check_question(
        &number("2\u{a0}, unit: yes\u{a0}"),
        &[
            &space("2:53"),
            "quizzes/one.ron:2:62: expected a text in double quotes, found `yes`",
            &space("2:65"),
        ],
    );
    check_manifest(
        "draw: 2",
        "draw: \"2\"",
        &[
            "course.ron:7:67: expected a whole number from 1 to 10000, found a text → write it without quotation marks: 2",
        ],
    );
    check_manifest(
        "\"2026-11-22\"",
        "\"22.11.2026\"",
        &[
            "course.ron:3:15: expected a date such as 2026-11-22, found `22.11.2026` → write the year first, then the month and the day: 2026-11-22",
        ],
    );
}

/// A file in another format is that first of all, and not all that is missing from it.
#[test]
fn a_file_in_json_is_said_to_be_that() {
    check_file(
        "course.ron",
        "{\"title\": 5}",
        &[
            "course.ron:1:1: this is written as JSON, expected RON → write ( ) for { }, and the names of fields without quotation marks",
            "course.ron:1:2: field names stand without quotes",
            "course.ron:1:11: expected a text in double quotes, found the number `5`",
        ],
    );
}

/// A forgotten `)` once swallowed all later questions, and with them what was wrong there.
#[test]
fn a_question_without_end_hides_no_other() {
    let bank = |end: &str| {
        format!(
            "(id: \"one\", title: \"One\", questions: [\n    TrueFalse(id: \"t\", topic: \"law\", prompt: \"?\",\n        \
             answer: true{end}\n    Single(id: \"s\", topic: \"law\", prompt: \"?\", options: [\n        (id: \"a\", text: \"A\",\n        \
             (id: \"b\", txet: \"B\", right: true),\n    ]),\n])"
        )
    };
    let expected = |column: usize| {
        [
            format!("quizzes/one.ron:3:{column}: the `)` of `TrueFalse` opened at 2:5 is missing"),
            "quizzes/one.ron:5:29: the `)` opened at 5:9 is missing".to_owned(),
            "quizzes/one.ron:6:19: unknown field `txet` → did you mean `text`?".to_owned(),
        ]
    };
    for (end, column) in [(",", 22), ("", 21)] {
        let mut files = small();
        files.insert("quizzes/one.ron".to_owned(), bank(end).into_bytes());
        assert_eq!(faults(files), expected(column));
    }
}
