use proptest::prelude::*;

use super::*;
use crate::author::exchange::specimens;
use crate::course::read_quiz;
use crate::quiz::samples;

fn written(quiz: &Quiz) -> String {
    ron(quiz, &[], &|_| None)
}

#[test]
fn it_reads_like_the_work_of_a_trainer() {
    let mut questions = samples::every_kind();
    questions[0].revision = std::num::NonZeroU32::new(2).expect("not zero");
    questions[0].points = Points::new(3).expect("points");
    questions[0].drawn = Drawn::Always;
    questions[0].source = Some("F001".to_owned());
    questions[0].why = Some("Because \"two\" is two.".to_owned());
    let quiz = samples::quiz(questions);
    let remark = |question: &Question| {
        (question.id.as_str() == "single").then(|| "bank.gift:3\nnext \u{202e}line".to_owned())
    };
    insta::assert_snapshot!(ron(&quiz, &["Imported.".to_owned()], &remark), @r#"
    // Imported.
    (
        id: "bank",
        title: "Bank",
        questions: [
            // bank.gift:3<U+000A>next <U+202E>line
            Single(
                id: "single", revision: 2, topic: "law", points: 3, mandatory: true, source: "F001",
                prompt: "What about single?",
                options: [
                    (id: "one", text: "The option one", feedback: "one is wrong"),
                    (id: "two", text: "The option two", right: true),
                    (id: "three", text: "The option three", feedback: "three is wrong"),
                ],
                why: "Because \"two\" is two.",
            ),
            Multiple(
                id: "multiple", topic: "law",
                prompt: "What about multiple?",
                options: [
                    (id: "a", text: "The option a", right: true),
                    (id: "b", text: "The option b", right: true),
                    (id: "c", text: "The option c", right: true),
                    (id: "x", text: "The option x", feedback: "x is wrong"),
                    (id: "y", text: "The option y", feedback: "y is wrong"),
                ],
            ),
            TrueFalse(
                id: "true-false", topic: "law",
                prompt: "What about true-false?",
                answer: false,
            ),
            Match(
                id: "match", topic: "law",
                prompt: "What about match?",
                pairs: [
                    (id: "a", left: "The left a", right: "The right a"),
                    (id: "b", left: "The left b", right: "The right b"),
                    (id: "c", left: "The left c", right: "The right c"),
                ],
                extra: [(id: "x", text: "The item x")],
            ),
            Order(
                id: "order", topic: "law",
                prompt: "What about order?",
                items: [
                    (id: "a", text: "The item a"),
                    (id: "b", text: "The item b"),
                    (id: "c", text: "The item c"),
                    (id: "d", text: "The item d"),
                    (id: "e", text: "The item e"),
                ],
            ),
            Number(
                id: "number", topic: "law",
                prompt: "What about number?",
                answer: 530, tolerance: 5,
            ),
            Text(
                id: "text", topic: "law",
                prompt: "What about text?",
                accepted: ["article 7", "art* 7"],
            ),
            Cloze(
                id: "cloze", topic: "law",
                prompt: "What about cloze?",
                text: "Article {{law}} asks for {{word}} since {{year}}.",
                gaps: [
                    Choice(id: "law", options: [(id: "seven", text: "The option seven", right: true), (id: "nine", text: "The option nine", feedback: "nine is wrong")]),
                    Text(id: "word", accepted: ["secret*"]),
                    Number(id: "year", answer: 2017),
                ],
            ),
            Scenario(
                id: "scenario", topic: "law",
                prompt: "What about scenario?",
                steps: [
                    (id: "call", text: "The step call",
                        options: [
                            (id: "report", text: "The option report", right: true, next: "after"),
                            (id: "wait", text: "The option wait", next: "late", feedback: "wait is wrong"),
                        ]),
                    (id: "late", text: "The step late",
                        options: [
                            (id: "tell", text: "The option tell", right: true, next: "after"),
                            (id: "hide", text: "The option hide", feedback: "hide is wrong"),
                        ]),
                    (id: "after", text: "The step after",
                        options: [
                            (id: "change", text: "The option change", right: true),
                            (id: "ignore", text: "The option ignore", feedback: "ignore is wrong"),
                        ]),
                ],
            ),
        ],
    )
    "#);
}

#[test]
fn texts_are_written_so_that_all_of_them_is_seen() {
    fn check(given: &str, expected: &str) {
        assert_eq!(text(given), expected, "{given:?}");
    }
    check("plain", "\"plain\"");
    check("say \"yes\"", "\"say \\\"yes\\\"\"");
    check("one\ntwo", "r\"one\ntwo\"");
    check("C:\\dir", "r\"C:\\dir\"");
    check("\\ \"# \"##", "r###\"\\ \"# \"##\"###");
    check("\\ \"#####", "\"\\\\ \\\"#####\"");
    check("ends here \nnot", "\"ends here \\nnot\"");
    check("a\u{202e}b\u{1b}[2J\0\r\t", "\"a\\u{202e}b\\u{1b}[2J\\u{0}\\r\\t\"");
    check("naïve 国 👩‍💻", "\"naïve 国 👩‍💻\"");
}

#[test]
fn the_bundled_quizzes_come_back() {
    for (path, bytes) in crate::course::embedded() {
        if path.starts_with("quizzes/") {
            let quiz = read_quiz(&path, &bytes).expect("no faults");
            assert_eq!(read_quiz(&path, written(&quiz).as_bytes()), Ok(quiz), "{path}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(quiz in specimens::quiz()) {
        let text = written(&quiz);
        prop_assert_eq!(read_quiz("quizzes/a.ron", text.as_bytes()), Ok(quiz));
        // Not even a terminal that the file is printed on sees what its texts hide.
        prop_assert!(text.lines().all(|line| Printable::new(line).as_str() == line), "{}", text);
    }
}
