//! Questions that are answered step by step, and left half done.

use std::sync::Arc;

use countersign::course as courses;

use crate::course::files;
use crate::screens::read;
use crate::talk::talk;
use crate::turns::{answer, said};
use crate::world::MadeUp;

/// One pair of two and one decision of two were called "not answered, and earning nothing", and earned.
#[test]
fn what_is_partly_answered_counts_and_is_not_left_without_a_word() {
    let mut world = read();
    let said =
        said(&mut world, &["", "start", "2", "", "1=2", "next", "flag", "list", "submit", "submit again"]);
    assert_eq!(said.matches("Question 1 stays partly answered: the story goes on.").count(), 1, "{said}");
    assert_eq!(answer(&said, "next"), "Question 2 stays partly answered: left side 2 is open.");
    let list = answer(&said, "list");
    assert!(list.starts_with("Questions 1 and 2: partly answered.\n"), "{list}");
    assert!(
        list.ends_with("\nQuestions 4 to 9: not answered.\n0 of 9 questions answered, 2 partly."),
        "{list}"
    );
    assert_eq!(
        answer(&said, "submit"),
        "About to submit: 0 of 9 questions answered, 2 partly.\n\
         Not answered, and earning nothing: 3 to 9.\nPartly answered: 1 and 2. What is there counts.\n\
         Flagged, to come back to: 3."
    );
    assert!(said.contains("Result: not passed. 11 percent, 1 of 9 points."), "{said}");
}

/// With nothing left to decide, the number of a decision was asked for.
#[test]
fn of_a_story_that_has_ended_no_decision_is_asked() {
    let mut world = read();
    let said = said(&mut world, &["", "start", "2", "1", "go 1", "1"]);
    let again = said.split_once("> go 1").expect("it was typed").1;
    let prompt = "The story has ended. To decide anew from its beginning, type clear. Type step back to take the last decision back. Press \
         Enter for question 2";
    assert_eq!(again.matches(prompt).count(), 2, "{again}");
    assert!(again.contains("Everything is decided.") && !again.contains("of what you decide"), "{again}");
}

/// Each gap repeated all that were filled before it.
#[test]
fn of_what_is_answered_step_by_step_the_new_part_is_heard() {
    let mut files = files();
    let check = r#"(id: "one", title: "Gaps", questions: [
        Cloze(id: "gaps", topic: "habits", prompt: "Fill them.", text: "{{a}}, {{b}} and {{c}}.", gaps: [
            Number(id: "a", answer: 1), Number(id: "b", answer: 2), Number(id: "c", answer: 3)]),
    ])"#;
    files.insert("quizzes/1.ron".to_owned(), check.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let (said, _) = talk(&mut world, 1000, &["Ada", "7", "", "", "", "check 1", "1", "5", "gap 2", "5", "3"]);
    assert_eq!(said.matches("Saved so far: Gap 1: 1.\n").count(), 1, "{said}");
    assert_eq!(said.matches("Saved so far: Gap 2: 5.\n").count(), 1, "{said}");
    // The same once more is nothing new, and not to be left without a word.
    assert!(said.contains("Saved so far:\nGap 1: 1.\nGap 2: 5.\n"), "{said}");
    assert!(
        said.contains("Saved:\nGap 1: 1. Right.\nGap 2: 5. Not right; right is: 2.\nGap 3: 3. Right.\n"),
        "{said}"
    );
}

/// Gaps and stories lead on by themselves; of pairs it was not said which are left.
#[test]
fn of_pairs_that_are_found_one_by_one_those_that_are_open_are_named() {
    let mut files = files();
    let check = r#"(id: "one", title: "Pairs", questions: [
        Match(id: "pairs", topic: "habits", prompt: "Find them.", pairs: [
            (id: "a", left: "1", right: "one"), (id: "b", left: "2", right: "two"), (id: "c", left: "3", right: "three")]),
    ])"#;
    files.insert("quizzes/1.ron".to_owned(), check.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let said = said(&mut world, &["Ada", "7", "", "", "", "check 1", "2=1", "", "3=2", "repeat"]);
    let open = |line: &str| answer(&said, line).lines().last().map(str::to_owned);
    assert_eq!(open("2=1").as_deref(), Some("Left sides 1 and 3 are open."), "{said}");
    assert_eq!(open("3=2").as_deref(), Some("Left side 1 is open."), "{said}");
    // It was "not answered", and in the next breath it was said what was.
    assert!(answer(&said, "repeat").starts_with("Question 1 of 1, partly answered.\n"), "{said}");

    let mut world = read();
    let said = self::said(&mut world, &["", "start", "go 2", "1=2"]);
    let so_far = answer(&said, "1=2");
    assert!(
        so_far.starts_with("Saved so far, question 2: ") && so_far.ends_with("\nLeft side 2 is open."),
        "{so_far}"
    );
}
