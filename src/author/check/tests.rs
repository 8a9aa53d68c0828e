//! What a report says of small courses, in all three forms.

use proptest::prelude::*;

use super::*;
use crate::course::Label;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day")
}

/// A course without faults.
fn small() -> CourseFiles {
    let files = [
        (
            "course.ron",
            r#"(
    id: "small", title: "Small", version: "1", language: "en", owner: "Somebody",
    reviewed: "2026-11-22", review_by: "2027-05-22", validity_days: 365,
    topics: [(id: "law", title: "Law")],
    modules: [(lesson: "lessons/one.md")],
    check_pass_percent: 60,
    assessment: (quiz: "quizzes/all.ron", pass_percent: 80, draw: 1),
    deliver_to: "HR",
)"#,
        ),
        ("lessons/one.md", "# One\n\nWords.\n"),
        (
            "quizzes/all.ron",
            "(id: \"all\", title: \"All\", questions: [\n    TrueFalse(id: \"t\", topic: \"law\", prompt: \"Is it?\", answer: true),\n])",
        ),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// The same with one file put in.
fn with(path: &str, content: &[u8]) -> CourseFiles {
    let mut files = small();
    files.insert(path.to_owned(), content.to_vec());
    files
}

/// What is wrong; what could be better is the business of other tests.
fn faults(files: &CourseFiles) -> Report {
    let mut report = check(files, day());
    report.diagnostics.retain(|remark| Rule::ALL.iter().any(|rule| rule.code() == remark.rule));
    report
}

fn rules_of(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|remark| remark.rule).collect()
}

#[test]
fn the_bundled_course_is_fine() {
    let report = faults(&course::embedded());
    assert_eq!(report.counts().0, 0, "{}", human(&report, "", 100, Ink::Plain));
    assert!(report.lessons.len() > 3);
}

#[test]
fn what_check_takes_parse_takes() {
    for files in [
        with("lessons/one.md", b"# One\xe2\x80\xae"),
        with("assets/a.exe", b"MZ"),
        with("lessons/x.md", b"# X"),
    ] {
        let report = faults(&files);
        assert!(!report.diagnostics.is_empty());
        // Not fit to be given out, and still good enough to finish and verify.
        assert!(course::parse(files).is_ok());
    }
    let files = with("quizzes/all.ron", b"(id: \"all\"");
    assert!(faults(&files).counts().0 > 0 && course::parse(files).is_err());
}

/// It was signed into every assignment at any length, one beyond what an assignment may have among them.
#[test]
fn where_records_go_is_a_line_that_learners_can_be_told() {
    #[track_caller]
    fn check(says: &str, expected: &[&str]) {
        let manifest = String::from_utf8(small()["course.ron"].clone()).expect("text");
        let other = manifest.replace("deliver_to: \"HR\"", &format!("deliver_to: {says:?}"));
        let files = with("course.ron", other.as_bytes());
        assert_eq!(rules_of(&faults(&files)), expected, "{says}");
        // A course of last year must still verify.
        assert_eq!(course::parse(files).expect("it can be used").deliver_to, says);
    }
    check(&"ä".repeat(200), &[]);
    check(&"ä".repeat(201), &["long-line"]);
    check("HR\nupstairs", &["long-line"]);
    check("HR\tupstairs", &["long-line"]);
}

#[test]
fn warnings_become_errors_when_asked() {
    let report = faults(&with("lessons/two.md", b"# Two"));
    assert_eq!((rules_of(&report), report.counts()), (vec!["unused-file"], (0, 1)));
    assert_eq!(report.with_warnings_denied().counts(), (1, 0));
}

#[test]
fn a_question_that_nobody_can_answer() {
    #[track_caller]
    fn check_question(question: &str, expected: &[&str]) {
        let quiz = format!("(id: \"all\", title: \"All\", questions: [{question}])");
        let report = faults(&with("quizzes/all.ron", quiz.as_bytes()));
        assert_eq!(rules_of(&report), expected, "{question}");
    }
    let text =
        |accepted: &str| format!(r#"Text(id: "q", topic: "law", prompt: "?", accepted: [{accepted}])"#);
    check_question(&text("\"two  words\\n\""), &[]);
    check_question(&text("\"a*c\""), &[]);
    check_question(&text("\"\\u{7}\", \"bell\""), &["hidden-character"]);
    check_question(&text("\"x\\u{7}\""), &["unanswerable", "hidden-character"]);
    check_question(&text(&format!("\"{}\"", "x".repeat(crate::training::LONGEST_ANSWER))), &[]);
    check_question(
        &text(&format!("\"{}\"", "x".repeat(crate::training::LONGEST_ANSWER + 1))),
        &["unanswerable"],
    );
    check_question(
        r#"Cloze(id: "q", topic: "law", prompt: "?", text: "A {{g}}.", gaps: [Text(id: "g", accepted: ["\u{1b}x"])])"#,
        &["unanswerable", "hidden-character"],
    );
}

#[test]
fn a_flood_is_counted_and_not_printed() {
    let questions =
        "    TrueFalse(id: \"t\", topik: \"law\", prompt: \"Is it?\", answer: true),\n".repeat(5_000);
    let quiz = format!("(id: \"all\", title: \"All\", questions: [\n{questions}])");
    let report = faults(&with("quizzes/all.ron", quiz.as_bytes()));
    assert_eq!(report.counts().0, 1_001);
    let said = human(&report, "", 80, Ink::Plain);
    assert!(said.len() < 20_000, "{}", said.len());
    assert!(
        said.contains("more of unknown-field, on lines 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and further down"),
        "{said}"
    );
    assert!(said.contains("more than 1000 faults"), "{said}");
    assert_eq!(json(&report)["diagnostics"].as_array().map(Vec::len), Some(1_001));
}

#[test]
fn nothing_hidden_reaches_a_terminal() {
    let nasty = "\u{1b}]52;c;aGk=\u{7}\u{202e}\u{200b}";
    let quiz = format!("(id: \"{nasty}\", title: {nasty}, \"{nasty}\": [\n{nasty}");
    let mut files = with("quizzes/all.ron", quiz.as_bytes());
    files.insert(format!("lessons/{nasty}.md"), format!("{nasty} [{nasty}]({nasty}.md)").into_bytes());
    files.insert(format!("assets/{nasty}.{nasty}"), nasty.as_bytes().to_vec());
    let report = faults(&files);
    let said = human(&report, nasty, 80, Ink::Plain);
    let raw = said.split('\n').find(|line| crate::printable::defuse(line) != *line);
    assert_eq!(raw, None);
    let coloured = human(&report, nasty, 80, Ink::Colours);
    // Its own colours are the only escapes; links to rules it has none.
    let escapes = coloured.matches('\u{1b}').count();
    assert_eq!(escapes, coloured.matches("\u{1b}[").count());
    assert!(!coloured.contains("\u{1b}]") && !coloured.contains(['\u{7}', '\u{202e}', '\u{200b}']));
}

#[test]
fn places_of_spans_are_lines_and_columns() {
    let text = "# One\r\n\r\nna\u{ef}ve [x](y.md)\r\n";
    let report = faults(&with("lessons/one.md", format!("\u{feff}{text}").as_bytes()));
    let document = json(&report);
    let found = &document["diagnostics"][0];
    let place = ["line", "column", "endLine", "endColumn"].map(|name| found[name].as_u64());
    assert_eq!(place, [Some(3), Some(7), Some(3), Some(16)]);
    assert_eq!((&found["rule"], &found["severity"]), (&"dead-link".into(), &"error".into()));
    assert_eq!(document["lessons"][0]["minutes"], 1);
}

#[test]
fn sarif_has_what_the_standard_asks_for() {
    let report = faults(&with("lessons/two x.md", b"# Two\xe2\x80\xae"));
    let document = sarif(&report, "courses/a/", "1.2.3");
    insta::assert_snapshot!(format!("{document:#}"), @r#"
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "runs": [
        {
          "columnKind": "unicodeCodePoints",
          "invocations": [
            {
              "executionSuccessful": true
            }
          ],
          "results": [
            {
              "level": "warning",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "courses/a/lessons/two%20x.md"
                    }
                  }
                }
              ],
              "message": {
                "text": "no module of course.ron uses this file; use it, delete it, or put `_` in front of its name while it is a draft"
              },
              "ruleId": "unused-file",
              "ruleIndex": 1
            },
            {
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "courses/a/lessons/two%20x.md"
                    },
                    "region": {
                      "endColumn": 7,
                      "endLine": 1,
                      "startColumn": 6,
                      "startLine": 1
                    }
                  }
                }
              ],
              "message": {
                "text": "here stands U+202E (right-to-left override); delete it: it can make a line read as something else than it says, and learners would see its number"
              },
              "ruleId": "hidden-character",
              "ruleIndex": 0
            }
          ],
          "tool": {
            "driver": {
              "name": "countersign",
              "rules": [
                {
                  "id": "hidden-character",
                  "shortDescription": {
                    "text": "Nothing in a file is invisible or changes the order in which it is read."
                  }
                },
                {
                  "id": "unused-file",
                  "shortDescription": {
                    "text": "Every file has a place in the course."
                  }
                }
              ],
              "version": "1.2.3"
            }
          }
        }
      ],
      "version": "2.1.0"
    }
    "#);
    for result in document["runs"][0]["results"].as_array().expect("results") {
        let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn the_other_place_is_shown_near_far_and_in_the_same_line() {
    let lines = (1..=30).map(|line| format!("line {line} has words\n")).collect::<Vec<_>>().concat();
    let files = with("lessons/one.md", lines.as_bytes());
    let remark = |from: &str, to: &str| {
        let span = |word: &str| {
            let start = lines.find(word).expect("a word of the text");
            start..start + word.len()
        };
        Diagnostic {
            severity: Severity::Error,
            rule: Rule::DuplicateId.code(),
            file: "lessons/one.md".to_owned(),
            span: Some(span(from)),
            message: "twice".to_owned(),
            hint: None,
            beside: Some(Label { span: span(to), text: "first here".to_owned() }),
        }
    };
    let draw = |remark| human(&Report::new(vec![remark], 0, Vec::new(), &files), "", 80, Ink::Plain);
    insta::assert_snapshot!(draw(remark("line 9", "line 2")), @r#"
    error[duplicate-id]: twice
     --> lessons/one.md:9:1
      |
    2 | line 2 has words
      | ------ first here
    ...
    9 | line 9 has words
      | ^^^^^^
    "#);
    insta::assert_snapshot!(draw(remark("line 2", "line 4")), @r#"
    error[duplicate-id]: twice
     --> lessons/one.md:2:1
      |
    2 | line 2 has words
      | ^^^^^^
    3 | line 3 has words
    4 | line 4 has words
      | ------ first here
    "#);
    insta::assert_snapshot!(draw(remark("line 3", "3 has")), @r#"
    error[duplicate-id]: twice
     --> lessons/one.md:3:1
      |
    3 | line 3 has words
      | ^^^^^-----
      |      |
      |      first here
    "#);
}

/// The documentation and the code say the same about every rule, in the same order.
#[test]
fn every_rule_is_documented() {
    let page = include_str!("../../../docs/course-checks.md");
    let of_rule = |line: &&str| line.contains("| error |") || line.contains("| warning |");
    let documented: Vec<&str> = page.lines().filter(of_rule).collect();
    let rules = rules().map(|rule| {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!("| `{}` | {severity} | {} |", rule.name, rule.description)
    });
    assert_eq!(documented, rules.collect::<Vec<_>>());
}

/// Whatever the bytes: an answer in every form, and nothing hidden in it.
#[test]
fn hostile_courses_are_answered() {
    for piece in [
        "(",
        "[",
        "\"",
        "/*",
        "a(",
        "(a:1 ",
        "[1,",
        "\u{202e}",
        "![](x)",
        "[a](#b)\n",
        "\u{301}",
        "👩\u{200d}",
        "\\u{7}",
    ] {
        let bytes = piece.repeat((1 << 16) / piece.len()).into_bytes();
        let texts = format!("(id: \"all\", title: \"{}\"", String::from_utf8_lossy(&bytes)).into_bytes();
        for (path, bytes) in [
            ("quizzes/all.ron", &bytes),
            ("quizzes/all.ron", &texts),
            ("lessons/one.md", &bytes),
            ("course.ron", &bytes),
            ("assets/a.svg", &bytes),
        ] {
            let report = faults(&with(path, bytes));
            assert!(!report.diagnostics.is_empty(), "{piece} in {path}");
            let said = human(&report, "", 80, Ink::Plain);
            assert!(said.len() < 1 << 20, "{piece} in {path}: {} bytes", said.len());
            assert!(said.lines().all(|line| crate::printable::defuse(line) == line), "{piece} in {path}");
            assert!(json(&report).is_object() && sarif(&report, "", "1").is_object());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>(), name in
        prop::sample::select(vec!["course.ron", "quizzes/all.ron", "lessons/one.md", "assets/a.svg", "assets/\u{202e}.md"])) {
        // Bytes alone, and a good file that turns into them.
        let good = with("x", b"").remove(name).unwrap_or_default();
        let turned = [&good[..cut.index(good.len() + 1)], &bytes].concat();
        for bytes in [&bytes, &turned] {
            let report = check(&with(name, bytes), day());
            let said = human(&report, "", 60, Ink::Plain);
            prop_assert!(said.lines().all(|line| crate::printable::defuse(line) == line));
            prop_assert!(human(&report, "", 0, Ink::Colours).is_empty() == report.diagnostics.is_empty());
            prop_assert!(json(&report).is_object() && sarif(&report, "", "1").is_object());
        }
    }
}
