//! A trainer hears how an attempt went, also while the course changes.

use countersign::author::preview::Focus;

use super::{Saved, Typed, after, files, heard};

/// The result named a way to the answers, and behind it nothing knew that way.
#[test]
fn the_answers_of_an_attempt_are_heard_before_the_next_one_too() {
    let begin = [Typed("assessment"), Typed("start"), Typed("submit"), Typed("submit"), Typed("")];
    for (line, number) in [("go 7", "7"), ("review", "1")] {
        let script = begin.into_iter().chain([Typed("repeat"), Typed(line), Typed("return"), Typed("quit")]);
        let said = heard(files(), &Focus::Course, 1000, &script.collect::<Vec<_>>());
        assert!(
            after(&said, "repeat").contains("Type go 1 to hear question 1 with its explanation."),
            "{said}"
        );
        assert!(after(&said, line).contains(&format!("Question {number} of 9")), "{said}");
        assert!(after(&said, "return").contains("You are back before the next attempt."), "{said}");
        assert!(!said.contains("attempts left"), "a trainer has as many as they need: {said}");
    }
}

/// A file that was saved took the result away for good, and the answer that was looked at.
#[test]
fn a_result_and_its_answers_stay_when_a_file_is_saved() {
    let saved = Saved("lessons/2.md", "Short", "Brief");
    let begin = [Typed("assessment"), Typed("start"), Typed("submit"), Typed("submit")];
    let at_result = begin.into_iter().chain([saved, Typed("where"), Typed("go 7"), Typed("quit")]);
    let said = heard(files(), &Focus::Course, 1000, &at_result.collect::<Vec<_>>());
    assert!(after(&said, "where").contains("Result: not passed."), "{said}");
    assert!(after(&said, "go 7").contains("Question 7 of 9."), "{said}");

    let in_review =
        begin.into_iter().chain([Typed("go 7"), saved, Typed("back"), Typed("return"), Typed("quit")]);
    let said = heard(files(), &Focus::Course, 1000, &in_review.collect::<Vec<_>>());
    let behind = after(&said, "back");
    assert!(
        behind.contains("Reloaded: lessons/2.md changed.") && behind.contains("Question 7 of 9."),
        "{said}"
    );
    assert!(after(&said, "return").contains("You are back at the result: not passed."), "{said}");
}
