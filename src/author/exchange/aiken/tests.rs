use proptest::prelude::*;

use super::*;
use crate::author::exchange::report;
use crate::author::exchange::{Outcome, write};
use crate::quiz::samples;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(report::lines(&import(text)), expected, "{text}");
}

#[test]
fn a_question_comes_over() {
    let import = import("Which *is* it?\nA. this, i.e. x_1\nB) that\n\nC. neither\nANSWER: B\n");
    let Some(Outcome::Imported { question, losses }) =
        import.entries.first().map(|entry| entry.outcome.clone())
    else {
        panic!("{import:?}")
    };
    assert_eq!(losses, []);
    let ron = write::ron(&samples::quiz(vec![*question]), &[], &|_| None);
    insta::assert_snapshot!(ron, @r#"
    (
        id: "bank",
        title: "Bank",
        questions: [
            Single(
                id: "which-is-it", topic: "imported",
                prompt: r"Which \*is\* it?",
                options: [
                    (id: "this-i-e-x-1", text: "this, i.e. x_1"),
                    (id: "that", text: "that", right: true),
                    (id: "neither", text: "neither"),
                ],
            ),
        ],
    )
    "#);
}

#[test]
fn questions_need_no_blank_line_between_them() {
    check(
        "One?\nA. a\nB. b\nANSWER: A\nTwo?\n\nA) a\nB) b\nANSWER: B",
        &[
            "line 1: imported as `one`: One?",
            "line 5: imported as `two`: Two?",
            "2 imported, 0 imported with a loss, 0 refused",
        ],
    );
}

#[test]
fn slips_are_told_with_their_line() {
    let refused = "0 imported, 0 imported with a loss, 1 refused";
    check(
        "Who?\na. me\nB. you\nANSWER: B",
        &[
            "line 1: refused: Who?",
            "  line 2: `a. me` is not read as an option",
            "    hint: write a capital letter: `A. …`",
            "  line 3: option B stands where A was expected",
            "    hint: letters count up from A; is an option missing?",
            refused,
        ],
    );
    check(
        "Who?\nA.me\nB. you\nAnswer: B",
        &[
            "line 1: refused: Who?",
            "  line 2: `A.me` is not read as an option",
            "    hint: put a space behind the letter: `A. …`",
            "  line 4: `Answer: B` is not read as an answer",
            "    hint: write `ANSWER: ` in capitals, with a colon right behind it",
            "  line 3: option B stands where A was expected",
            "    hint: letters count up from A; is an option missing?",
            "  line 1: there is no answer",
            "    hint: end the question with a line such as `ANSWER: B`",
            refused,
        ],
    );
    check(
        "Who?\nA. me\nB. you\nANSWER: C",
        &[
            "line 1: refused: Who?",
            "  line 4: there is no option C; there are 2",
            "    hint: name one of the letters above",
            refused,
        ],
    );
    check(
        "Who?\nA. me\nB. you\nANSWER: A, B",
        &[
            "line 1: refused: Who?",
            "  line 4: `A, B` is not one letter",
            "    hint: one option is right in Aiken; for several use GIFT or CSV",
            refused,
        ],
    );
    check(
        "Who?\nA. me\nover two lines\nB. you\nANSWER: A",
        &[
            "line 1: refused: Who?",
            "  line 3: `over two lines` is neither an option nor the answer",
            "    hint: an option is one line such as `B. text`; the answer follows as `ANSWER: B`",
            refused,
        ],
    );
    check("Who?\nA. me\nB.\nANSWER: A", &["line 1: refused: Who?", "  line 1: option 2 is empty", refused]);
    check(
        "Just a text",
        &[
            "line 1: refused: Just a text",
            "  line 1: this text has no options and no answer",
            "    hint: options are lines such as `A. text`",
            refused,
        ],
    );
    check(
        "ANSWER: A",
        &[
            "line 1: refused: without a question",
            "  line 1: there is no option A; there are 0",
            "    hint: name one of the letters above",
            refused,
        ],
    );
}

#[test]
fn a_question_without_an_answer_does_not_take_the_next_along() {
    check(
        "One?\nA. a\nB. b\n\nTwo?\nA. a\nB. b\nANSWER: A",
        &[
            "line 1: refused: One?",
            "  line 1: there is no answer",
            "    hint: end the question with a line such as `ANSWER: B`",
            "line 5: imported as `two`: Two?",
            "1 imported, 0 imported with a loss, 1 refused",
        ],
    );
}

proptest! {
    #[test]
    fn no_text_panics_and_nothing_is_lost(text in "([A-Da-b]?[.) ]{0,2}[a-c ]{0,3}(ANSWER:|Answer)?[ A-C]{0,3}\n){0,8}|\\PC{0,30}") {
        let import = import(&text);
        let has_words = text.lines().any(|line| !line.trim().is_empty());
        prop_assert_eq!(import.entries.is_empty(), !has_words);
    }
}
