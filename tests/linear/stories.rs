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
    assert!(said.contains("Saved, you decided: Hang up.\nRight: nobody needs it.\n\nIt is over."), "{said}");
    let said = heard("=give");
    assert!(said.contains("Saved, you decided: Give it.\nNot right.\nNot rightly.\n\nIt is over."), "{said}");
}

/// Who heard what was right could decide anew.
#[test]
fn a_decision_whose_outcome_was_heard_stands() {
    let said = heard(&["=give", "clear", "=refuse report"]);
    assert!(said.contains("What you decided stands"), "{said}");
    assert!(said.contains("There is no refuse here"), "{said}");
    // Before anything was decided there is nothing to take back, and no harm in asking.
    assert!(!heard(&["clear", "=refuse"]).contains("What you decided stands"));
}

/// After the last decision all of them were said again, and what came of the first one, too.
#[test]
fn when_the_story_ends_only_its_last_decision_is_new() {
    let said = heard(&["=give", "=report"]);
    let end = said.split_once("> =report").expect("it was typed").1;
    assert!(end.trim_start().starts_with("Saved, you decided: Report it. Right."), "{end}");
    assert!(end.contains("Partly right: 0.5 of 1 point."), "{end}");
    assert!(!end.contains("you decided: Give it") && !end.contains("Never."), "{end}");
    assert!(end.contains("Right is: Decision 1: Hang up."), "what was right is said once: {end}");
}
