//! Faults of `course.ron`.

use super::*;

#[test]
fn a_wait_may_grow() {
    #[track_caller]
    fn check(written: &str, expected: &Waits) {
        let mut files = small();
        let course = COURSE.replace("wait_minutes: 30", &format!("wait_minutes: {written}"));
        files.insert("course.ron".to_owned(), course.into_bytes());
        assert_eq!(parse(files).expect("no faults").assessment.waits, *expected, "{written}");
    }
    let growing = |minutes: &[u32]| Waits::growing(minutes).expect("1 to 10 numbers");
    check("0", &Waits::NONE);
    check("[30]", &Waits::always(30));
    check("[0, 1440]", &growing(&[0, 1440]));
    check("[1, 2, 3, 4, 5, 6, 7, 8, 9, 4294967295]", &growing(&[1, 2, 3, 4, 5, 6, 7, 8, 9, u32::MAX]));
    check("Some([5, 5])", &Waits::always(5));

    let wait = |new: &str, expected: &[&str]| check_manifest("wait_minutes: 30", new, expected);
    wait("wait_minutes: []", &["course.ron:7:97: expected at least one number of minutes"]);
    wait(
        "wait_minutes: [0, -5]",
        &["course.ron:7:101: expected a whole number from 0, found the number `-5`"],
    );
    wait(
        "wait_minutes: [0, \"1\", 2.5]",
        &[
            "course.ron:7:101: expected a whole number from 0, found a text → write it without quotation marks: 1",
            "course.ron:7:106: expected a whole number from 0, found the number `2.5`",
        ],
    );
    wait("wait_minutes: -1", &["course.ron:7:97: expected a whole number from 0, found the number `-1`"]);
    wait(
        "wait_minutes: \"a day\"",
        &["course.ron:7:97: expected a number of minutes, or a list such as [0, 1440], found a text"],
    );
    wait(
        "wait_minutes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        &[
            "course.ron:7:97: 11 numbers are too many, 10 is the limit → the last number holds after all later attempts",
        ],
    );
}

#[test]
fn faults_of_the_manifest() {
    check_manifest(
        "id: \"small\"",
        "id: \"a b\"",
        &[
            "course.ron:2:9: bad identifier `a b`, expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit",
        ],
    );
    check_manifest(
        " title: \"A small course\",",
        "",
        &["course.ron:1:1: field `title` is missing → add `title: \"…\"`: what learners and records call it"],
    );
    check_manifest("\"A small course\"", "\" \"", &["course.ron:2:25: this text is empty"]);
    check_manifest(
        "language: \"en\"",
        "language: \"English, mostly\"",
        &["course.ron:2:67: expected a language tag such as en or de-CH, found `English, mostly`"],
    );
    check_manifest(
        "2026-11-22",
        "2026-11-31",
        &[
            "course.ron:3:15: expected a date such as 2026-11-22, found `2026-11-31` → the calendar has no such day",
        ],
    );
    check_manifest(
        "2026-11-22",
        "2026-1-2",
        &[
            "course.ron:3:15: expected a date such as 2026-11-22, found `2026-1-2` → write the year first, then the month and the day: 2026-01-02",
        ],
    );
    check_manifest(
        "2027-05-22",
        "2026-05-22",
        &["course.ron:3:40: the next review (2026-05-22) is before the last (2026-11-22)"],
    );
    check_manifest(
        "365",
        "0",
        &["course.ron:3:69: expected a whole number from 1 to 36500, found the number `0`"],
    );
    check_manifest(
        "365",
        "-1",
        &["course.ron:3:69: expected a whole number from 1 to 36500, found the number `-1`"],
    );
    check_manifest(
        "365",
        "99999999999",
        &["course.ron:3:69: expected a whole number from 1 to 36500, found the number `99999999999`"],
    );
    check_manifest(
        "(id: \"law\", title: \"Law\")",
        "(id: \"apps\", title: \"Law\")",
        &["course.ron:4:47: the topic `apps` stands at 4:19 already"],
    );
    check_manifest(
        "topics: [(id: \"law\", title: \"Law\"), (id: \"apps\", title: \"Apps\")]",
        "topics: []",
        &["course.ron:4:13: a course has at least one topic"],
    );
    check_manifest(
        "check_pass_percent: 60",
        "check_pass_percent: 101",
        &["course.ron:6:25: expected a whole number from 0 to 100, found the number `101`"],
    );
    check_manifest(
        "attempts: 3",
        "attempts: 0",
        &["course.ron:7:80: expected a whole number from 1, found the number `0`"],
    );
    check_manifest(
        "draw: 2",
        "draw: 0",
        &["course.ron:7:67: expected a whole number from 1 to 10000, found the number `0`"],
    );
    check_manifest("draw: 2", "draw: 4", &["course.ron:7:67: cannot draw 4 questions of 3"]);
    check_manifest(
        "draw: 2",
        "draw: 1",
        &["course.ron:7:67: 1 is too few, 2 must fit in (0 mandatory, 2 of further topics)"],
    );
    check_manifest(
        ", statement: \"I have read it\"",
        "",
        &[
            "course.ron:8:13: field `statement` is missing → add `statement: \"…\"`: the sentence that learners agree to",
        ],
    );
    check_manifest(
        "modules: [(lesson: \"lessons/one.md\", check: \"quizzes/one.ron\"), (lesson: \"lessons/two.md\")]",
        "modules: []",
        &["course.ron:5:14: a course has at least one module"],
    );
    check_manifest(
        "deliver_to: \"HR\"",
        "deliver_to: HR",
        &["course.ron:10:17: expected a text in double quotes, found `HR`"],
    );
}
