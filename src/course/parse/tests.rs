//! Courses with faults, and what is said about them.

mod hostile;

use super::*;
use crate::course::{Waits, digest, embedded};
use crate::quiz::mark;
use crate::quiz::question::{Difficulty, Kind};
use crate::quiz::{AskCertainty, key};

const COURSE: &str = r#"(
    id: "small", title: "A small course", version: "1", language: "en", owner: "Somebody",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law"), (id: "apps", title: "Apps")],
    modules: [(lesson: "lessons/one.md", check: "quizzes/one.ron"), (lesson: "lessons/two.md")],
    check_pass_percent: 60,
    assessment: (quiz: "quizzes/all.ron", pass_percent: 80, draw: 2, attempts: 3, wait_minutes: 30),
    policy: (file: "lessons/policy.md", statement: "I have read it"),
    controls: ["AT-2"],
    deliver_to: "HR",
)"#;

const QUIZ: &str = r#"(id: "one", title: "One", questions: [
    Single(id: "s", topic: "law", prompt: "Which?", lesson: "lessons/one.md#first", options: [
        (id: "a", text: "A"),
        (id: "b", text: "B", right: true),
    ]),
])"#;

const BANK: &str = r#"(id: "all", title: "All", questions: [
    TrueFalse(id: "t", topic: "law", prompt: "Is it?", answer: true),
    TrueFalse(id: "u", topic: "apps", prompt: "And this?", answer: false),
    TrueFalse(id: "v", topic: "apps", prompt: "Or that?", answer: false),
])"#;

fn small() -> CourseFiles {
    let files = [
        ("course.ron", COURSE),
        (
            "lessons/one.md",
            "# One\n\n## First\n\nSee [the other](two.md#more) and [the web](https://example.org).\n",
        ),
        ("lessons/two.md", "# Two\n\n## More\n\nWords.\n"),
        ("lessons/policy.md", "# Policy\n\nWords.\n"),
        ("quizzes/one.ron", QUIZ),
        ("quizzes/all.ron", BANK),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Every fault of a course, with its hint behind an arrow.
fn faults(files: CourseFiles) -> Vec<String> {
    let faults = parse(files).err().unwrap_or_default();
    let written = faults.iter().map(|fault| match &fault.hint {
        Some(hint) => format!("{fault} → {hint}"),
        None => fault.to_string(),
    });
    written.collect()
}

#[track_caller]
fn check_file(path: &str, content: impl AsRef<[u8]>, expected: &[&str]) {
    let mut files = small();
    files.insert(path.to_owned(), content.as_ref().to_vec());
    assert_eq!(faults(files), expected);
}

/// A piece of `course.ron` replaced.
#[track_caller]
fn check_manifest(old: &str, new: &str, expected: &[&str]) {
    assert!(COURSE.contains(old), "{old}");
    check_file("course.ron", COURSE.replacen(old, new, 1), expected);
}

/// A quiz that holds one question; the question begins at 2:1.
#[track_caller]
fn check_question(question: &str, expected: &[&str]) {
    check_file(
        "quizzes/one.ron",
        format!("(id: \"one\", title: \"One\", questions: [\n{question}\n])"),
        expected,
    );
}

#[test]
fn the_bundled_course_has_no_faults() {
    assert_eq!(faults(embedded()), [""; 0]);
    let course = parse(embedded()).expect("no faults");
    assert_eq!(course.digest, digest(&embedded()));
    assert_eq!(*course.files, embedded());
    for question in
        course.modules.iter().filter_map(|module| module.check.as_ref()).flat_map(|quiz| &quiz.questions)
    {
        assert!(mark::is_right(question, &key::key(question)), "{}", question.id);
    }
}

#[test]
fn a_course_without_faults() {
    let course = parse(small()).expect("no faults");
    assert_eq!((course.id.as_str(), course.title.as_str()), ("small", "A small course"));
    assert_eq!(course.modules.len(), 2);
    assert_eq!(course.modules[0].lesson.title, "One");
    assert_eq!(course.modules[0].lesson.digest, crate::digest::Digest::of(&small()["lessons/one.md"]));
    assert_eq!(course.modules[0].check.as_ref().map(|quiz| quiz.certainty), Some(AskCertainty::No));
    assert_eq!(course.assessment.attempts, Some(3));
    assert_eq!(course.policy.map(|policy| policy.lesson.title).as_deref(), Some("Policy"));
}

#[test]
fn what_may_be_left_out_or_written_otherwise() {
    let mut files = small();
    // As an editor on Windows would save it, with a byte order mark, and as people write who know RON well.
    let quiz = QUIZ.replace("right: true", "right: true, feedback: Some(\"Yes\")").replace('\n', "\r\n");
    files.insert(
        "quizzes/one.ron".to_owned(),
        format!("\u{feff}#![enable(implicit_some)]\r\n{quiz}").into_bytes(),
    );
    files.insert("lessons/one.md".to_owned(), b"\xEF\xBB\xBF# One\r\n\r\n## First\r\n".to_vec());
    let plain = COURSE
        .replace(" attempts: 3, wait_minutes: 30", "")
        .replace("    controls: [\"AT-2\"],\n", "")
        .replace(
            "policy: (file: \"lessons/policy.md\", statement: \"I have read it\"),",
            "policy: None, /* a /* nested */ one */",
        );
    files.insert("course.ron".to_owned(), plain.into_bytes());
    files.insert("lessons/_draft.md".to_owned(), b"\xff".to_vec());
    files.insert("README.md".to_owned(), b"\xff".to_vec());
    let course = parse(files).expect("no faults");
    assert_eq!(course.modules[0].lesson.text(), "# One\n\n## First\n");
    let quiz = course.modules[0].check.as_ref().expect("a check");
    let Kind::Single { options } = &quiz.questions[0].kind else { panic!("a single choice") };
    assert_eq!(options[1].feedback.as_deref(), Some("Yes"));
    assert_eq!((course.assessment.attempts, course.assessment.waits), (None, Waits::NONE));
    assert_eq!((course.policy, course.controls.len()), (None, 0));
    assert_eq!(course.files.len(), 6);
}

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
fn a_difficulty_is_one_of_three() {
    let question = |difficulty: &str| {
        format!(
            "TrueFalse(id: \"t\", topic: \"law\", difficulty: {difficulty}, prompt: \"So.\", answer: true)"
        )
    };
    for (written, expected) in
        [("\"easy\"", Difficulty::Easy), ("\"medium\"", Difficulty::Medium), ("\"hard\"", Difficulty::Hard)]
    {
        let mut files = small();
        let quiz = format!("(id: \"one\", title: \"One\", questions: [{}])", question(written));
        files.insert("quizzes/one.ron".to_owned(), quiz.into_bytes());
        let course = parse(files).expect("no faults");
        let quiz = course.modules[0].check.as_ref().expect("a check");
        assert_eq!(quiz.questions[0].difficulty, Some(expected));
    }
    check_question(
        &question("\"hrad\""),
        &["quizzes/one.ron:2:46: expected one of easy, medium and hard, found `hrad` → did you mean `hard`?"],
    );
    check_question(
        &question("\"Easy\""),
        &["quizzes/one.ron:2:46: expected one of easy, medium and hard, found `Easy` → did you mean `easy`?"],
    );
    check_question(
        &question("easy"),
        &["quizzes/one.ron:2:46: expected a text in double quotes, found `easy`"],
    );
    check_question(
        &question("2"),
        &["quizzes/one.ron:2:46: expected a text in double quotes, found the number `2`"],
    );
}

#[test]
fn every_fault_in_one_run() {
    let quiz = r#"(id: "One", titel: "One", questions: [
    Single(id: "s", topic: "laws", points: 0, prompt: 7, lesson: "lessons/one.md#frist", options: [
        (id: "a", text: "A", right: yes),
        (id: "a", text: "B" right: true),
    ]),
    Multipel(id: "s"),
    Order(id: "s", topic: "law", prompt: "", items: [(id: "a", text: "A"), (id: "b", text: "B")]),
])"#;
    check_file(
        "quizzes/one.ron",
        quiz,
        &[
            "quizzes/one.ron:1:6: bad identifier `One`, expected 1 to 64 of a-z, 0-9 and hyphens, beginning with a letter or digit",
            "quizzes/one.ron:1:13: unknown field `titel` → did you mean `title`?",
            "quizzes/one.ron:2:28: unknown topic `laws` → did you mean `law`?",
            "quizzes/one.ron:2:44: expected a whole number from 1 to 1000, found the number `0`",
            "quizzes/one.ron:2:55: expected a text in double quotes, found the number `7`",
            "quizzes/one.ron:2:66: `lessons/one.md` has no heading `#frist` → did you mean `first`?",
            "quizzes/one.ron:3:37: expected true or false, found `yes` → write true, in lower case and without quotation marks",
            "quizzes/one.ron:4:14: the option `a` stands at 3:14 already",
            "quizzes/one.ron:4:28: a comma is missing here",
            "quizzes/one.ron:6:5: unknown kind of question `Multipel` → did you mean `Multiple`?",
            "quizzes/one.ron:7:15: the question `s` stands at 2:16 already",
            "quizzes/one.ron:7:42: this text is empty",
            "quizzes/one.ron:7:53: expected at least three items",
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

#[test]
fn faults_of_paths() {
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons/tow.md\"",
        &["course.ron:5:78: there is no file `lessons/tow.md` → did you mean `lessons/two.md`?"],
    );
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons/one.md\"",
        &["course.ron:5:78: `lessons/one.md` is used twice"],
    );
    check_manifest(
        "\"quizzes/all.ron\"",
        "\"quizzes/one.ron\"",
        &[
            "course.ron:7:24: `quizzes/one.ron` is used twice",
            "course.ron:7:67: cannot draw 2 questions of 1",
        ],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"/etc/passwd\"",
        &["course.ron:8:20: bad path `/etc/passwd`, paths begin at the course folder"],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"lessons/../../x.md\"",
        &["course.ron:8:20: bad path `lessons/../../x.md`, `.`, `..` and empty names lead nowhere"],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"lessons/_policy.md\"",
        &[
            "course.ron:8:20: bad path `lessons/_policy.md`, names beginning with `.` or `_` are not part of a course",
        ],
    );
    check_manifest(
        "\"lessons/policy.md\"",
        "\"policy.md\"",
        &["course.ron:8:20: bad path `policy.md`, expected a path such as lessons/name.md"],
    );
    check_file(
        "lessons/ONE.md",
        "# One",
        &["lessons/one.md: differs from `lessons/ONE.md` in capitals alone → rename one of the two"],
    );
    check_file(
        "assets/a:b",
        "",
        &[
            "assets/a:b: bad path, control characters and any of \\ : * ? \" < > | cannot stand in file names on every computer → rename the file",
        ],
    );
    assert_eq!(
        faults(CourseFiles::new()),
        [
            "course.ron: this file is missing → a course folder has a course.ron; to begin a course: countersign author new DIR",
        ]
    );
    let many = (0..2_001).map(|i| (format!("assets/{i}"), Vec::new()));
    assert_eq!(
        faults(small().into_iter().chain(many).collect()),
        ["course.ron: 2007 files are too many, 2000 is the limit",]
    );
}

#[test]
fn faults_of_lessons() {
    check_file(
        "lessons/two.md",
        "  \n",
        &["lessons/two.md:1:1: this lesson is empty → a lesson is Markdown with at least a heading"],
    );
    check_file(
        "lessons/two.md",
        "Just words.\n",
        &[
            "lessons/two.md:1:1: this lesson has no heading → the first heading is the title, such as: # What apps collect",
        ],
    );
    check_file(
        "lessons/two.md",
        "# Two\n\nTo [one](one.md#frist), [here](#tow), [nowhere](three.md), [out](../../x.md), [web](www.example.org),\n\
         [well](one.md#first), [too](#two), [mail](mailto:a@b.c), [a file](../quizzes/one.ron).\n\n## More\n",
        &[
            "lessons/two.md:3:4: `lessons/one.md` has no heading `#frist` → did you mean `first`?",
            "lessons/two.md:3:25: `lessons/two.md` has no heading `#tow` → did you mean `two`?",
            "lessons/two.md:3:39: there is no file `three.md`",
            "lessons/two.md:3:60: there is no file `../../x.md` → links within a course begin at the folder of the file that they stand in",
            "lessons/two.md:3:79: there is no file `www.example.org` → addresses on the web begin with https://",
        ],
    );
    check_file(
        "lessons/two.md",
        b"# Two\r\n\r\nna\xC3\xAFve \xFF",
        &["lessons/two.md:3:7: byte 0xff is not UTF-8 → save the file as UTF-8"],
    );
    check_file(
        "lessons/two.md",
        b"\xFF\xFE#\0",
        &["lessons/two.md:1:1: byte 0xff is not UTF-8 → save the file as UTF-8"],
    );
    check_file(
        "lessons/two.md",
        vec![b'a'; (16 << 20) + 1],
        &["lessons/two.md: 16777217 bytes are too many, 16777216 is the limit → make several files of it"],
    );
    check_file(
        "quizzes/one.ron",
        vec![b' '; (4 << 20) + 1],
        &["quizzes/one.ron: 4194305 bytes are too many, 4194304 is the limit → make several files of it"],
    );
}

#[test]
fn faults_of_every_kind() {
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A")])"#,
        &["quizzes/one.ron:2:53: expected at least two options"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A"), (id: "b", text: "B")])"#,
        &["quizzes/one.ron:2:53: no option is right → add right: true to one"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: true)])"#,
        &["quizzes/one.ron:2:117: a second option is right, expected exactly one"],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: " A")])"#,
        &["quizzes/one.ron:2:105: the option text `A` stands at 2:70 already"],
    );
    check_question(
        r#"Multiple(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A", right: true), (id: "b", text: "B", right: true)])"#,
        &["quizzes/one.ron:2:55: every option is right, expected at least one that is wrong"],
    );
    check_question(
        r#"Multiple(id: "q", topic: "law", prompt: "?", options: [(id: "a", text: "A"), (id: "b", text: "B")])"#,
        &["quizzes/one.ron:2:55: no option is right → add right: true to one"],
    );
    check_question(
        r#"TrueFalse(id: "q", topic: "law", prompt: "?", answer: "true")"#,
        &[
            "quizzes/one.ron:2:55: expected true or false, found a text → write true, in lower case and without quotation marks",
        ],
    );
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "a", left: "L", right: "R")])"#,
        &["quizzes/one.ron:2:50: expected at least two pairs"],
    );
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "a", left: "L", right: "R"), (id: "b", left: "M", right: "S")], extra: [(id: "a", text: "R")])"#,
        &[
            "quizzes/one.ron:2:133: the identifier `a` stands at 2:56 already",
            "quizzes/one.ron:2:144: the right side `R` stands at 2:79 already",
        ],
    );
    // What becomes the name of a member in the answers of a record must not be a term of its context.
    check_question(
        r#"Match(id: "q", topic: "law", prompt: "?", pairs: [(id: "id", left: "L", right: "R"), (id: "b", left: "M", right: "S")], extra: [(id: "exp", text: "T")])"#,
        &[
            "quizzes/one.ron:2:56: a pair cannot be called `id`: the word has a meaning of its own in completion records → use another identifier, such as `id-1`",
        ],
    );
    check_question(
        r#"Number(id: "q", topic: "law", prompt: "?", answer: 1_000, tolerance: -1, unit: 5)"#,
        &[
            "quizzes/one.ron:2:52: expected a number such as 530, 12.5 or \"12.5\", found `1_000` → nothing separates thousands, decimals (up to 9) follow a point",
            "quizzes/one.ron:2:70: a tolerance is not negative",
            "quizzes/one.ron:2:80: expected a text in double quotes, found the number `5`",
        ],
    );
    check_question(
        r#"Text(id: "q", topic: "law", prompt: "?", accepted: [])"#,
        &["quizzes/one.ron:2:52: expected at least one accepted text"],
    );
    check_question(
        r#"Text(id: "q", topic: "law", prompt: "?", accepted: ["", " ", "* *"], case_sensitive: 1)"#,
        &[
            "quizzes/one.ron:2:53: this text is empty",
            "quizzes/one.ron:2:57: this text is empty",
            "quizzes/one.ron:2:62: this accepts every answer",
            "quizzes/one.ron:2:86: expected true or false, found the number `1` → write true, in lower case and without quotation marks",
        ],
    );
    check_question(
        r#"Single(id: "q", topic: "law", prompt: "?", revision: 0, mandatory: 1, option: [])"#,
        &[
            "quizzes/one.ron:2:54: expected a whole number from 1, found the number `0`",
            "quizzes/one.ron:2:68: expected true or false, found the number `1` → write true, in lower case and without quotation marks",
            "quizzes/one.ron:2:71: unknown field `option` → did you mean `options`?",
            "quizzes/one.ron:2:79: expected at least two options",
        ],
    );
    check_question(
        r#"(id: "q")"#,
        &[
            "quizzes/one.ron:2:1: a question begins with its kind → one of Single, Multiple, TrueFalse, Match, Order, Number, Text, Cloze, Scenario",
        ],
    );
    check_question("Single", &["quizzes/one.ron:2:1: expected `(field: value, …)`, found `Single`"]);
    check_question("", &["quizzes/one.ron:1:38: a quiz has at least one question"]);
}

#[test]
fn faults_of_gaps() {
    let cloze = |text: &str, gaps: &str| {
        format!("Cloze(id: \"q\", topic: \"law\", prompt: \"?\", text: \"{text}\",\n  gaps: [{gaps}])")
    };
    let (a, b) = (r#"Text(id: "a", accepted: ["x"])"#, r#"Number(id: "b", answer: 7)"#);
    check_question(&cloze("An {{a}} and {{b}}.", &format!("{a}, {b}")), &[]);
    for term in [
        "aud",
        "cnf",
        "description",
        "exp",
        "iat",
        "id",
        "iss",
        "jku",
        "kid",
        "name",
        "nbf",
        "sub",
        "type",
        "x5u",
    ] {
        let gap = format!("Text(id: \"{term}\", accepted: [\"x\"])");
        check_question(
            &cloze(&format!("A {{{{{term}}}}}."), &gap),
            &[&format!(
                "quizzes/one.ron:3:19: a gap cannot be called `{term}`: the word has a meaning of its own in completion records → use another identifier, such as `{term}-1`"
            )],
        );
    }
    check_question(
        &cloze("An {{a}}.", &format!("{a}, {b}")),
        &["quizzes/one.ron:3:53: the text has no `{{b}}`"],
    );
    check_question(
        &cloze("An {{a}} {{a}} {{aa}}.", a),
        &[
            "quizzes/one.ron:2:59: gap `a` stands in the text twice",
            "quizzes/one.ron:2:65: no gap is called `aa` → did you mean `a`?",
        ],
    );
    check_question(
        &cloze("An {{b}} {{a}}.", &format!("{a}, {b}")),
        &[
            "quizzes/one.ron:3:19: gap `a` stands elsewhere in the text than in this list → list the gaps in the order of the text",
        ],
    );
    check_question(&cloze("An {{a}} {{.", a), &["quizzes/one.ron:2:59: `{{` without `}}`"]);
    check_question(
        &cloze("An {{a}}", r#"Text(id: "a", accepted: [])"#),
        &["quizzes/one.ron:3:34: expected at least one accepted text"],
    );
    check_question(
        &cloze("An {{a}}", r#"Single(id: "a")"#),
        &["quizzes/one.ron:3:10: a gap is a Choice(…), a Text(…) or a Number(…)"],
    );
    check_question(
        &cloze("An {{a}}", r#"Choice(id: "a", options: [(id: "x", text: "X"), (id: "y", text: "Y")])"#),
        &["quizzes/one.ron:3:35: no option is right → add right: true to one"],
    );
    check_question(&cloze("None.", ""), &["quizzes/one.ron:3:9: expected at least one gap"]);
}

#[test]
fn faults_of_stories() {
    let story =
        |steps: &str| format!("Scenario(id: \"q\", topic: \"law\", prompt: \"?\", steps: [\n{steps}\n])");
    let step = |id: &str, right: &str, wrong: &str| {
        format!(
            "(id: \"{id}\", text: \"T\", options: [(id: \"{id}-r\", text: \"R\", right: true{right}), (id: \"{id}-w\", text: \"W\"{wrong})])"
        )
    };
    let next = |id: &str| format!(", next: \"{id}\"");
    check_question(&story(&[step("a", &next("b"), ""), step("b", "", "")].join(",\n")), &[]);
    check_question(&story(""), &["quizzes/one.ron:2:53: expected at least one step"]);
    check_question(
        &story(&[step("a", &next("c"), ""), step("b", "", "")].join(",\n")),
        &["quizzes/one.ron:3:74: no step is called `c`"],
    );
    check_question(
        &story(&[step("a", "", ""), step("b", "", "")].join(",\n")),
        &[
            "quizzes/one.ron:4:1: nothing leads to step `b` → name it as next of some option; the story begins with the first step",
        ],
    );
    check_question(
        &story(&[step("a", &next("b"), ""), step("b", "", &next("a"))].join(",\n")),
        &["quizzes/one.ron:4:98: this leads back to `a`, so the story might never end"],
    );
    check_question(
        &story(&step("a", &next("a"), "")),
        &["quizzes/one.ron:3:74: this leads back to `a`, so the story might never end"],
    );
    check_question(
        &story(&step("a", "", ", right: true")),
        &["quizzes/one.ron:3:99: a second option is right, expected exactly one"],
    );
    // Two ways to the same step are no circle.
    check_question(
        &story(
            &[step("a", &next("b"), &next("c")), step("b", &next("c"), ""), step("c", "", "")].join(",\n"),
        ),
        &[],
    );
    check_question(
        &story(&[step("a", &next("b"), ""), step("b", "", "").replace("b-r", "a-r")].join(",\n")),
        &["quizzes/one.ron:4:37: the option `a-r` stands at 3:37 already"],
    );
}

#[test]
fn faults_between_files() {
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("\"one\"", "\"all\""),
        &["quizzes/all.ron:1:6: the quiz `all` is in `quizzes/one.ron` already"],
    );
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "lessons/three.md"),
        &["quizzes/one.ron:2:61: no lesson is called `lessons/three.md`"],
    );
    // What is wrong behind the name of the file is said in the same run.
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "../lessons/one.md#Frist"),
        &[
            "quizzes/one.ron:2:61: no lesson is called `../lessons/one.md` → did you mean `lessons/one.md`? `lessons/one.md` \
           has no heading `#Frist`: its headings: `#one`, `#first`",
        ],
    );
    let mut files = small();
    files.insert("lessons/three.md".to_owned(), b"# Three".to_vec());
    files.insert(
        "quizzes/one.ron".to_owned(),
        QUIZ.replace("lessons/one.md#first", "lessons/three.md").into_bytes(),
    );
    assert_eq!(
        faults(files),
        [
            "quizzes/one.ron:2:61: no lesson is called `lessons/three.md` → the file is there, but no module of course.ron uses it",
        ]
    );
    let mandatory = BANK.replace("answer: false", "answer: false, mandatory: true");
    check_file(
        "quizzes/all.ron",
        mandatory,
        &["course.ron:7:67: 2 is too few, 3 must fit in (2 mandatory, 1 of further topics)"],
    );
}

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

#[test]
fn backslashes_in_paths_are_one_fault() {
    // `\0` is an escape in RON, and `\t` another; `\p` is none.
    for (folder, name) in [("lessons", "01.md"), ("lessons", "two.md"), ("lessons", "policy.md")] {
        check_manifest(
            "\"lessons/two.md\"",
            &format!("\"{folder}\\{name}\""),
            &[&format!(
                "course.ron:5:78: in the path `{folder}\\{name}` stands `\\` → write `/`: {folder}/{name}"
            )],
        );
    }
    check_manifest(
        "\"lessons/two.md\"",
        "\"lessons\\\\two.md\"",
        &["course.ron:5:78: in the path `lessons\\\\two.md` stands `\\` → write `/`: lessons/two.md"],
    );
    check_file(
        "quizzes/one.ron",
        QUIZ.replace("lessons/one.md#first", "lessons\\one.md#first"),
        &[
            "quizzes/one.ron:2:61: in the path `lessons\\one.md#first` stands `\\` → write `/`: lessons/one.md#first",
        ],
    );
    // An escape that was meant is none.
    check_manifest("\"lessons/two.md\"", "\"lessons/\\u{74}wo.md\"", &[]);
    check_file(
        "lessons/two.md",
        "# Two\n\n## More\n\n[one](..\\lessons\\one.md), [none](..\\x.md)\n",
        &[
            "lessons/two.md:5:1: there is no file `..\\lessons\\one.md` → write `/` between the names of folders: ../lessons/one.md",
            "lessons/two.md:5:27: there is no file `..\\x.md` → write `/` between the names of folders",
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
