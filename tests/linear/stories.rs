//! Stories in a knowledge check, which teach what to do next.

use std::sync::Arc;

use countersign::course;

use crate::course::files;
use crate::talk::talk;
use crate::world::MadeUp;

const CHECK: &str = r#"(id: "one", title: "What to do next", questions: [
    Scenario(id: "story", topic: "habits", prompt: "A call comes in.", steps: [
        (id: "call", text: "They ask for your code.", options: [
            (id: "refuse", text: "Hang up", right: true, feedback: "Nobody needs it.", next: "after"),
            (id: "give", text: "Give it", feedback: "Never.", next: "after")]),
        (id: "after", text: "It is over.", options: [
            (id: "report", text: "Report it", right: true), (id: "forget", text: "Forget it")]),
    ]),
])"#;

/// What is heard of `script` in a check with a story, on one line.
fn heard(script: &[&str]) -> String {
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), CHECK.as_bytes().to_vec());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let script = [&["Ada", "7", "", "", "", "check 1"], script].concat();
    let (said, _) = talk(&mut MadeUp::new(&course), 1000, &script);
    said.split_once("> check 1").expect("it was typed").1.replace('\n', " ")
}

/// The full-screen face said what came of a decision before the next one, and this one did not.
#[test]
fn what_came_of_a_decision_is_heard_before_the_next_step() {
    let said = heard(&["=give", "", "=report"]);
    let expected =
        ["They ask for your code.", "Saved, you decided: Give it", "Not right.", "Never.", "It is over."];
    let places = expected.map(|words| said.find(words).unwrap_or_else(|| panic!("no {words}: {said}")));
    assert!(places.is_sorted(), "{places:?}: {said}");
}

/// It said that something of a story can be taken back.
#[test]
fn help_at_a_story_says_that_decisions_stand_and_nothing_of_taking_back() {
    let said = heard(&["help"]);
    assert!(said.contains("in a check every decision stands.") && !said.contains("clear: "), "{said}");
}

/// "Right. Right. They …" was heard, and each step repeated all that was decided before it.
#[test]
fn what_came_of_a_decision_is_heard_once() {
    let mut files = files();
    let check =
        CHECK.replace("Nobody needs it.", "Right: nobody needs it.").replace("Never.", "Not rightly.");
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let heard = |decision: &str| {
        let script = ["Ada", "7", "", "", "", "check 1", decision];
        talk(&mut MadeUp::new(&course), 1000, &script).0
    };
    let said = heard("=refuse");
    assert!(
        said.contains("Saved, you decided: Hang up.\nRight: nobody needs it.\n\nSituation 2: It is over."),
        "{said}"
    );
    let said = heard("=give");
    assert!(
        said.contains("Saved, you decided: Give it.\nNot right.\nNot rightly.\n\nSituation 2: It is over."),
        "{said}"
    );
}

/// Who heard what was right could decide anew.
#[test]
fn a_decision_whose_outcome_was_heard_stands() {
    let said = heard(&["=give", "clear", "=refuse"]);
    assert!(said.contains("What you decided stands"), "{said}");
    assert!(said.contains("There is no refuse here"), "{said}");
    // Before anything was decided there is nothing to take back, and no harm in asking.
    assert!(!heard(&["clear", "=refuse"]).contains("What you decided stands"));
}

/// A line answered situations that nobody had heard, in a check for good; and of one that was too long it was said where the story ends.
#[test]
fn several_numbers_decide_nothing() {
    const ONE: &str = "One answer is expected: a number from 1 to 2.";
    for line in ["1 1", "1 2 1", "=give report", "1, 1"] {
        let said = heard(&[line, "=give"]);
        let refused = said.split_once(&format!("> {line} ")).expect("it was typed").1.trim_start();
        assert!(refused.starts_with(ONE), "{line}: {said}");
        assert!(
            !refused.contains("Saved, you decided: Report it") && refused.contains("It is over."),
            "{said}"
        );
    }
    let mut world = crate::screens::read();
    let (said, _) = talk(&mut world, 1000, &["assessment", "start", "1 1", "go 1"]);
    let refused = said.split_once("> 1 1\n").expect("it was typed").1;
    assert!(refused.starts_with(ONE), "{said}");
    assert!(refused.contains("Question 1 of 9, not answered.\nA call comes in."), "{said}");
}

/// After the last decision all of them were said again, and what came of the first one, too.
#[test]
fn when_the_story_ends_only_its_last_decision_is_new() {
    let said = heard(&["=give", "=report"]);
    let end = said.split_once("> =report").expect("it was typed").1;
    assert!(end.trim_start().starts_with("Saved, you decided: Report it. Right."), "{end}");
    assert!(end.contains("Partly right: 0.5 of 1 point."), "{end}");
    assert!(!end.contains("you decided: Give it") && !end.contains("Never."), "{end}");
    assert!(end.contains("Decision 1, right is: Hang up."), "what was right is said once: {end}");
}

/// What was decided was said without what it answered, and what would have been right for situations that were never said.
#[test]
fn a_decision_is_reviewed_with_its_situation() {
    let said = heard(&["=give", "=forget", "", "review"]);
    let review = said.split_once("> review").expect("it was typed").1;
    let expected = "You answered: Situation 1: They ask for your code. Decision 1: Give it. Not right. Never. Right is: Hang up. \
                    Situation 2: It is over. Decision 2: Forget it. Not right; right is: Report it. Not right: 0 of 1 point.";
    assert!(review.contains(expected), "{review}");
    assert_eq!(review.matches("They ask for your code.").count(), 1, "{review}");
    // And in the middle of it, for whoever comes back to it.
    let said = heard(&["=give", "repeat"]);
    assert!(
        said.contains(
            "So far: Situation 1: They ask for your code. Decision 1: Give it. Not right. Never. Situation 2: It is over."
        ),
        "{said}"
    );
}

/// All of the situation was said once more, as at no other question.
#[test]
fn what_does_not_fit_is_answered_and_the_prompt_alone_comes_again() {
    let said = heard(&["t", "headings", "=give", "t"]);
    assert_eq!(said.matches("They ask for your code.").count(), 1, "{said}");
    assert_eq!(said.matches("It is over.").count(), 1, "{said}");
    assert_eq!(said.matches("Answer with the number of what you decide.").count(), 5, "{said}");
}

/// Only all of it could be taken back, which is decided anew from its beginning.
#[test]
fn in_the_assessment_one_decision_is_taken_back() {
    let mut world = crate::screens::read();
    let script = ["assessment", "start", "=give", "=report", "go 1", "step back", "step back", "step back"];
    let (said, _) = talk(&mut world, 1000, &script);
    assert!(said.contains("Question 1 of 9, not answered.\nA call comes in."), "{said}");
    let answer = |place: usize| said.split("\n> step back\n").nth(place).expect("it was typed");
    let whole = "Your answer:\nSituation 1: They ask for your code.\nDecision 1: Give it.\nSituation 2: It is over.\n\
                 Decision 2: Report it.\n";
    assert!(
        answer(0).contains(whole) && answer(0).contains("Type step back to take the last decision back."),
        "{said}"
    );
    let taken_back = |number: usize, was: &str| {
        format!("Saved: decision {number} is taken back. It was: {was}.\nSituation {number}: ")
    };
    assert!(answer(1).starts_with(&taken_back(2, "Report it")), "{said}");
    assert!(
        answer(2).starts_with(&format!("{}They ask for your code.\n", taken_back(1, "Give it"))),
        "{said}"
    );
    assert!(answer(3).starts_with("There is no decision to take back."), "{said}");
    let in_a_check = heard(&["=give", "step back"]);
    assert!(in_a_check.contains("What you decided stands"), "{in_a_check}");
}

/// What is heard of `script` where a check with a story asks how sure one is.
fn heard_unsure(script: &[&str]) -> String {
    let mut files = files();
    let check = CHECK.replace("questions:", "ask_certainty: true, questions:");
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    let course = Arc::new(course::parse(files).expect("a course without faults"));
    let script = [&["Ada", "7", "", "", "", "check 1"], script].concat();
    talk(&mut MadeUp::new(&course), 1000, &script).0
}

/// It was said that the answer can be changed, to type clear, and then that nothing can be taken back of what was not heard.
#[test]
fn who_does_not_say_how_sure_they_are_hands_the_story_in_by_enter() {
    for leave in ["back", "clear", "step back"] {
        let said = heard_unsure(&["=give", "=report", leave, "clear", "", "sure"]);
        let (decided, asked) =
            said.split_once("> =report\n").and_then(|(_, rest)| rest.split_once("How sure")).expect("asked");
        assert!(decided.contains("Saved, you decided: Report it.\nRight."), "{said}");
        let rest = asked.rsplit_once("> clear\n").expect("it was typed").1;
        assert!(asked.contains("The story has ended and is not handed in yet."), "{leave}: {said}");
        assert!(!said.contains("can still be changed") && !said.contains("type clear"), "{leave}: {said}");
        assert!(!said.contains("Go on with the story."), "{leave}: {said}");
        assert!(rest.contains("The story has ended. Press Enter to hand in your answer."), "{leave}: {said}");
        let end = said.rsplit_once("> sure\n").expect("it was typed").1;
        assert!(
            end.contains("Partly right: 0.5 of 1 point.") && !end.contains("you decided"),
            "{leave}: {said}"
        );
    }
}

/// It was offered a line before, and did nothing.
#[test]
fn the_last_decision_is_taken_back_where_one_is_asked_how_sure_one_is() {
    let mut files = files();
    let bank = files.get_mut("quizzes/bank.ron").expect("the assessment");
    let asked = String::from_utf8(bank.clone()).expect("UTF-8");
    *bank = asked.replacen("questions:", "ask_certainty: true, questions:", 1).into_bytes();
    let mut world = crate::screens::read();
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let places: Vec<String> = (1..=9).map(|number| format!("go {number}")).collect();
    let visits: Vec<&str> =
        ["assessment", "start"].into_iter().chain(places.iter().map(String::as_str)).collect();
    let (visited, _) = talk(&mut world, 1000, &visits);
    let is_story = |go: &&String| {
        let behind = visited.split_once(&format!("> {go}\n")).expect("it was typed").1;
        behind.split("\n> ").next().is_some_and(|question| question.contains("A call comes in."))
    };
    let story = places.iter().find(is_story).expect("the story is drawn");
    let (said, _) = talk(&mut world, 1000, &["assessment", story, "=give", "=report", "step back"]);
    let told = said.split_once("> step back\n").expect("it was typed").1;
    assert!(told.starts_with("Saved: decision 2 is taken back. It was: Report it.\n"), "{said}");
}
