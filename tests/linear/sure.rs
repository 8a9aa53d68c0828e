//! How sure somebody is: said with an answer, behind it, and changed.

use std::sync::Arc;

use countersign::course::{self, Course};

use crate::course::files;
use crate::screens::read;
use crate::talk::talk;
use crate::turns::{answer, said};

/// The assessment has one question, which asks how sure one is.
fn asking(question: &str) -> Arc<Course> {
    let mut files = files();
    let bank =
        format!(r#"(id: "bank", title: "What you know", ask_certainty: true, questions: [{question}])"#);
    files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
    let manifest =
        String::from_utf8(files["course.ron"].clone()).expect("UTF-8").replace("draw: 9", "draw: 1");
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    Arc::new(course::parse(files).expect("a course without faults"))
}

/// What was said to each of these lines at that question.
fn heard(question: &str, script: &[&str]) -> Vec<String> {
    let mut world = read();
    world.course = asking(question);
    let script: Vec<&str> = ["assessment", "start"].into_iter().chain(script.iter().copied()).collect();
    let (said, ended) = talk(&mut world, 1000, &script);
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    let parts = said.split("\n> ").skip(3);
    parts.map(|part| part.split_once('\n').map_or("", |(_, said)| said).trim().to_owned()).collect()
}

const CHOICE: &str = r#"TrueFalse(id: "truth", topic: "law", prompt: "Is it so?", answer: false)"#;
const TEXT: &str = r#"Text(id: "text", topic: "law", prompt: "Whom do you tell?", accepted: ["desk"])"#;

/// Once said, it stood until the whole question was answered anew.
#[test]
fn how_sure_one_is_can_be_changed_and_taken_back() {
    let script = ["1 sure", "go 1", "fairly", "none", "guessing", "/sure", "go 1"];
    let heard = heard(CHOICE, &script);
    assert!(
        heard[1].contains("Type sure, fairly, guessing or none to change how sure you are."),
        "{}",
        heard[1]
    );
    assert!(heard[2].starts_with("Saved: you are fairly sure."), "{}", heard[2]);
    assert!(heard[3].starts_with("Saved: how sure you are is not said any more."), "{}", heard[3]);
    assert!(heard[3].contains("Type sure, fairly or guessing to say how sure you are."), "{}", heard[3]);
    assert!(
        heard[4].starts_with("Saved: you are guessing.") && heard[5].starts_with("Saved: you are sure."),
        "{heard:?}"
    );
    assert!(heard[6].starts_with("Question 1 of 1, answered, sure."), "{}", heard[6]);
}

/// It was said behind all of it: "flagged: left side 2 is open".
#[test]
fn what_is_open_stands_before_how_sure_one_is_and_flags() {
    let pairs = r#"Match(id: "match", topic: "law", prompt: "What belongs together?", pairs: [
        (id: "law", left: "Law", right: "Binding"), (id: "tip", left: "Tip", right: "Friendly")])"#;
    let heard = heard(pairs, &["=law=tip sure", "where", "flag", "where", "list"]);
    let open = "You are at question 1 of 1 in the assessment, partly answered with left side 2 open, sure";
    assert!(heard[1].starts_with(&format!("{open}. 0 of 1 question answered, 1 partly.\n")), "{heard:#?}");
    assert!(heard[3].starts_with(&format!("{open}, flagged. 0 of 1 question answered")), "{heard:#?}");
    assert!(heard[4].contains("Question 1: partly answered, sure, flagged."), "{heard:#?}");
}

/// “desk sure” was the answer, and wrong, though the help said to add the one behind the other.
#[test]
fn a_text_that_ends_with_how_sure_one_is_is_asked_about() {
    let asks = "That ends with how sure one is. Type yes if all of it is your answer, or press Enter if it says how sure you are.";
    let meant = heard(TEXT, &["desk sure", ""]);
    assert_eq!(meant[0], asks);
    assert!(meant[1].starts_with("Saved, question 1: desk.\nSaved: you are sure."), "{}", meant[1]);
    let whole = heard(TEXT, &["be sure", "yes", ""]);
    assert!(
        whole[1].starts_with("Saved, question 1: be sure.") && whole[1].contains("How sure are you?"),
        "{}",
        whole[1]
    );
    // Said at once that it is the answer, nothing is asked.
    let literal = heard(TEXT, &["=be sure", ""]);
    assert!(literal[0].starts_with("Saved, question 1: be sure."), "{}", literal[0]);
    // A no was kept as the answer.
    let none = heard(TEXT, &["desk sure", "no", ""]);
    assert!(none[1].starts_with("Saved, question 1: desk.\nSaved: you are sure."), "{}", none[1]);
    let other = heard(TEXT, &["desk sure", "my boss", ""]);
    assert!(other[1].contains("Saved, question 1: my boss."), "{}", other[1]);
    // Alone it may be an answer as long as there is none.
    let alone = heard(TEXT, &["sure", "", "go 1", "guessing", "", "/fairly", "go 1"]);
    assert!(alone[0].starts_with("Saved, question 1: sure."), "{}", alone[0]);
    assert!(alone[3].starts_with("That may be your answer, or how sure you are. Type yes"), "{}", alone[3]);
    assert!(
        alone[4].starts_with("Saved: you are guessing.")
            && alone[5].starts_with("Saved: you are fairly sure."),
        "{alone:?}"
    );
    assert!(alone[6].contains("Your answer: sure."), "{}", alone[6]);
}

/// That line alone was said once more.
#[test]
fn the_question_and_the_answer_can_be_heard_again_before_one_says_how_sure_one_is() {
    let again = |state: &str, heard: &str| {
        let question = format!("Question 1 of 1, {state}.\nIs it so?");
        for part in [question.as_str(), "Your answer: 2, False.", "How sure are you?"] {
            assert!(heard.contains(part), "{part}: {heard}");
        }
    };
    let in_assessment = heard(CHOICE, &["2", "repeat", "sure", "go 1"]);
    again("answered", &in_assessment[1]);
    assert!(in_assessment[2].starts_with("Saved: you are sure."), "{in_assessment:?}");

    let mut world = read();
    let check = format!(r#"(id: "one", title: "One", ask_certainty: true, questions: [{CHOICE}])"#);
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let (said, _) = talk(&mut world, 1000, &["check 1", "2", "again", "fairly"]);
    let (before, behind) = said.rsplit_once("> fairly\n").expect("the line");
    again("answered, not handed in", before.rsplit_once("> again\n").expect("the line").1);
    assert!(behind.contains("Saved: you are fairly sure."), "{said}");
}

/// It was kept without a word, asked for again at the end, and gone when that was skipped.
#[test]
fn what_is_said_with_a_part_of_an_answer_is_said_and_holds_for_all_of_it() {
    const GAPS: &str = r#"Cloze(id: "gaps", topic: "law", prompt: "Fill.", text: "{{one}} {{two}} {{three}}", gaps: [
        Choice(id: "one", options: [(id: "a", text: "A", right: true), (id: "b", text: "B")]),
        Choice(id: "two", options: [(id: "a", text: "A", right: true), (id: "b", text: "B")]),
        Choice(id: "three", options: [(id: "a", text: "A", right: true), (id: "b", text: "B")])])"#;
    let said = heard(GAPS, &["1 sure", "2", "1", "go 1", "gap 1", "2"]);
    assert!(
        said[0].starts_with("Saved so far, question 1") && said[0].contains("\nSaved: you are sure.\n"),
        "{said:?}"
    );
    assert!(said[1].starts_with("Saved so far") && !said[1].contains("Saved: you are"), "{said:?}");
    assert!(
        said[2].contains("\nSaved: you are sure.\n") && !said[2].contains("How sure are you?"),
        "{said:?}"
    );
    assert!(said[3].contains("answered, sure."), "{said:?}");
    // One of them alone was told that the answer comes first, and what was said stayed.
    let changed = heard(GAPS, &["1 sure", "guessing", "2", "none", "none", "1"]);
    assert!(changed[1].starts_with("Saved: you are guessing."), "{changed:?}");
    assert!(changed[3].starts_with("Saved: how sure you are is not said any more."), "{changed:?}");
    assert!(changed[4].starts_with("You have not said how sure you are."), "{changed:?}");
    assert!(changed[5].contains("How sure are you? Type sure,"), "{changed:?}");
    // Of another answer it is asked anew.
    assert!(
        said[5].contains("Of your answer before you were sure. How sure are you of this one?"),
        "{said:?}"
    );

    let mut world = read();
    let mut files = files();
    let check = format!(r#"(id: "one", title: "One", ask_certainty: true, questions: [{GAPS}])"#);
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let (said, _) = talk(&mut world, 1000, &["check 1", "1 fairly", "contents", "check 1", "1", "1"]);
    assert_eq!(said.matches("Saved: you are fairly sure.\n").count(), 2, "{said}");
    assert!(!said.contains("How sure are you?"), "{said}");
}

/// What was typed instead of an answer went into the gap behind the one that was asked for.
#[test]
fn what_is_typed_in_place_of_an_answer_goes_where_that_would_have_gone() {
    const WORDS: &str = r#"Cloze(id: "words", topic: "law", prompt: "Fill.", text: "{{one}} {{two}}", gaps: [
        Text(id: "one", accepted: ["first"]), Text(id: "two", accepted: ["second"])])"#;
    let said = heard(WORDS, &["first", "gap 1", "hello sure", "other", "go 1"]);
    assert!(said[2].starts_with("That ends with how sure one is."), "{said:?}");
    assert!(
        said[3].starts_with(
            "“hello sure” was not taken as your answer.\nSaved so far, question 1: Gap 1: other."
        ),
        "{said:?}"
    );
    // With the slash that it has alone, it was a part of the words.
    let slashed = heard(TEXT, &["desk /guessing", ""]);
    assert!(slashed[0].starts_with("That ends with how sure one is."), "{slashed:?}");
    assert!(slashed[1].contains("Saved, question 1: desk.\nSaved: you are guessing."), "{slashed:?}");
    // Nothing was said of a line that was no answer.
    let taken_back = heard(TEXT, &["where", ""]);
    assert!(taken_back[1].starts_with("“where” was not taken as your answer."), "{taken_back:?}");
}

/// An answer that is not handed in yet, with how sure somebody was of it on the full screen.
#[test]
fn in_a_check_it_is_changed_until_the_answer_is_handed_in() {
    let mut world = read();
    let check = r#"(id: "one", title: "One", ask_certainty: true, questions: [
        TrueFalse(id: "truth", topic: "law", prompt: "Is it so?", answer: false)])"#;
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), check.as_bytes().to_vec());
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let (said, _) = talk(&mut world, 1000, &["check 1", "2", "back", "sure", "fairly", "", "repeat"]);
    assert!(
        said.contains("Saved: you are sure.\n") && said.contains("Saved: you are fairly sure.\n"),
        "{said}"
    );
    let told = said.rsplit("> repeat").next().unwrap_or_default();
    assert!(told.contains("You were fairly sure."), "{said}");
}

/// In a check nothing said which of the three was kept, "sure" before an answer was told to be no number, "clear" at the question how
/// sure one is took nothing back, and the help of a question named none of the three.
#[test]
fn which_one_is_kept_is_said_and_that_the_answer_comes_first() {
    let mut world = read();
    let script = ["sure", "/guess", "help", "2", "clear", "1", "guess"];
    let check = format!(r#"(id: "one", title: "One", ask_certainty: true, questions: [{CHOICE}])"#);
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let (said, _) = talk(&mut world, 1000, &[&["check 1"], &script[..]].concat());
    let heard: Vec<&str> =
        said.split("\n> ").skip(2).map(|part| part.split_once('\n').map_or("", |(_, said)| said)).collect();
    let first = "The answer comes first, and how sure you are after it.";
    assert!(heard[0].starts_with(first) && heard[1].starts_with(first), "{said}");
    assert!(heard[2].contains("type sure, fairly or guessing after the answer"), "{}", heard[2]);
    assert!(
        heard[4].starts_with("Saved: what you began is taken back.\n\nQuestion 1 of 1, not answered."),
        "{}",
        heard[4]
    );
    assert!(heard[6].contains("Saved: 1, True.\nSaved: you are guessing.\nNot right"), "{}", heard[6]);

    let in_assessment = self::heard(CHOICE, &script);
    assert!(in_assessment[0].starts_with(first) && in_assessment[1].starts_with(first), "{in_assessment:?}");
    assert!(
        in_assessment[2].contains("type sure, fairly or guessing after the answer"),
        "{}",
        in_assessment[2]
    );
}

/// Who had skipped it had to answer again.
#[test]
fn how_sure_one_is_can_be_said_later() {
    let mut files = files();
    let bank = String::from_utf8(files["quizzes/bank.ron"].clone()).expect("UTF-8");
    let bank = bank.replace("title: \"What you know\",", "title: \"What you know\", ask_certainty: true,");
    files.insert("quizzes/bank.ron".to_owned(), bank.into_bytes());
    let mut world = read();
    world.course = Arc::new(course::parse(files).expect("a course without faults"));
    let script = ["assessment", "start", "guessing", "1", "", "go 1", "Guessing", "go 2", "go 1"];
    let heard = said(&mut world, &script);
    assert!(!answer(&heard, "guessing").starts_with("Saved"), "nothing is answered yet: {heard}");
    let offer = "Type sure, fairly or guessing to say how sure you are.";
    assert_eq!(heard.matches(offer).count(), 1, "{heard}");
    assert!(answer(&heard, "Guessing").starts_with("Saved: you are guessing."), "{heard}");
    assert!(
        answer(&heard, "go 1").starts_with("Question 1 of 9, from lesson 2, answered, guessing."),
        "{heard}"
    );
}
