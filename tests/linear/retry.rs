//! What is tried again or read once more and left in its middle.

use std::sync::Arc;

use countersign::course;

use crate::course::files;
use crate::screens::begun;
use crate::talk::{parts, talk};
use crate::turns::said;
use crate::world::MadeUp;

/// What was said to each line of the script, and before the first.
fn heard(world: &mut MadeUp, script: &[&str]) -> (String, Vec<String>) {
    let (said, ended) = talk(world, 1000, script);
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    let first = said.split("\n> ").next().unwrap_or_default().to_owned();
    (first, parts(&said))
}

/// Of a check that was passed the next start said nothing but that, and of one that was not, that Enter goes back to it.
#[test]
fn a_check_that_is_being_tried_again_is_named_with_the_way_to_it() {
    let answers = |word: &'static str| ["check 1", "=type sure", "", "=seven", word, "", "", "retry"];
    let told = "The knowledge check of lesson 1 is being tried again: 1 question is left. Type check 1 to go on with it.";
    let mut world = begun();
    heard(&mut world, &answers("support"));
    let (start, said) = heard(&mut world, &["contents", "read 1", "status", "check 1", "where", "contents"]);
    assert!(start.contains(&format!("Passed: the check of lesson 1.\n{told}\n")), "{start}");
    assert!(said[0].contains(&format!("Next: read lesson 1, What apps collect.\n{told}\n\n")), "{said:?}");
    assert!(said[2].contains(told), "{said:?}");
    assert!(said[3].contains("Question 1 of 2, asked again, the last one for now."), "{said:?}");
    assert!(!said[4].contains(told), "{said:?}");
    // Once it is answered nothing is left of it.
    let (_, said) = heard(&mut world, &["check 1", "=open sure", "contents"]);
    assert!(said[2].contains("right.\nLesson 2") && !said[2].contains(told), "{said:?}");

    let mut world = begun();
    heard(&mut world, &["read 1"]);
    heard(&mut world, &answers("no"));
    let (start, said) = heard(&mut world, &["contents", "read 2", "status", ""]);
    let onward = "go on with the knowledge check of lesson 1, What apps collect, which is not passed yet.";
    assert!(start.contains(&format!("Press Enter to {onward}")) && !start.contains(told), "{start}");
    assert!(said[0].contains(&format!("Next: {onward}")) && !said[0].contains(told), "{said:?}");
}

/// That an answer waits to be handed in was said of no question that is asked again.
#[test]
fn an_answer_that_waits_in_another_round_is_told() {
    let mut world = begun();
    let script =
        ["check 1", "=type sure", "", "=seven", "support", "", "", "retry", "=open", "contents", "check 1"];
    let (_, said) = heard(&mut world, &script);
    let last = said.last().expect("the question");
    assert!(
        last.contains("Question 1 of 2, asked again, answered, not handed in, the last one for now."),
        "{said:#?}"
    );
}

/// It was the lesson behind it at the question and at the end of the check, and at the contents the one that was begun.
#[test]
fn what_comes_next_is_the_same_at_a_check_that_is_tried_again_and_at_the_contents() {
    let mut files = files();
    files.insert(
        "lessons/1.md".to_owned(),
        format!("# One\n\n## Habits\n\n{}", "One more.\n\n".repeat(9)).into(),
    );
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    let script = [
        "Ada Example",
        "0042",
        "",
        "",
        "",
        "lines 5",
        "read 1",
        "check 1",
        "=type sure",
        "",
        "=seven",
        "support",
        "",
    ];
    heard(&mut world, &script);
    let (_, said) = heard(&mut world, &["check 1", "where", "retry", "where", "=open sure", "", "contents"]);
    let next = "go on with lesson 1, One, of which";
    assert!(said[0].contains(&format!("Press Enter to {next} ")), "{said:#?}");
    let at_question = format!("go on with what is asked again, or {next}");
    for (index, next) in [(1, next), (3, at_question.as_str()), (6, next)] {
        assert!(said[index].contains(&format!("Next: {next} ")), "{index}: {said:#?}");
    }
    assert!(said[5].contains(&format!("Press Enter to {next} ")), "{said:#?}");
}

/// It began with its first page, and nothing said where it had been left.
#[test]
fn whoever_left_a_lesson_that_is_read_in_its_middle_hears_how_to_go_on_there() {
    let mut files = files();
    let section = |name: &str| format!("## {name}\n\n{}", "One more.\n\n".repeat(5));
    let sections = ["First", "Second", "Third"].map(section).concat();
    files.insert("lessons/2.md".to_owned(), format!("# Two\n\nA line.\n\n{sections}").into());
    let mut world = MadeUp::new(&Arc::new(course::parse(files).expect("a course without faults")));
    heard(&mut world, &["Ada Example", "0042", "", "", "", "lines 9", "read 2", "all"]);
    let (_, said) = heard(&mut world, &["lines 9", "read 2", "next", "next"]);
    assert!(said[1].starts_with("Lesson 2 of 2. State: read.\n\nTitle: Two\n"), "{said:?}");
    let (_, said) = heard(&mut world, &["lines 9", "read 2", "page 3", "contents", "read 2"]);
    let left = "Lesson 2 of 2. State: read.\nApart from what you looked up, you were last on page 3, in section Second. Type page 3 to go there.\n\nTitle: Two\n";
    assert!(said[1].starts_with(left), "{said:?}");
    assert!(said[2].starts_with("You come from page 1.\n\nIn section Second."), "{said:?}");
    assert!(said[4].starts_with(left), "{said:?}");
}

/// It was said to be asked again, and nobody had been asked it.
#[test]
fn what_a_new_version_is_the_first_to_ask_is_not_asked_again() {
    let mut world = MadeUp::new(&crate::course::course());
    said(&mut world, &["Ada", "7", "", "", "", "check 1", "=open sure", "", "=seven", "=support", "sure"]);
    let mut newer = files();
    let check = String::from_utf8(newer["quizzes/1.ron"].clone()).expect("UTF-8");
    let (questions, end) = check.rsplit_once(']').expect("a list");
    let more = r#"TrueFalse(id: "third", topic: "law", prompt: "Is it new?", answer: true)"#;
    newer.insert("quizzes/1.ron".to_owned(), format!("{questions}{more}]{end}").into_bytes());
    world.course = Arc::new(course::parse(newer).expect("a course without faults"));
    let heard = said(&mut world, &["check 1"]);
    let new =
        "New: 1 question in the knowledge check of lesson 1 is new or has changed. Only that is asked.\n";
    assert!(
        heard.contains(new) && heard.contains("\nQuestion 3 of 3, not answered.\nIs it new?\n"),
        "{heard}"
    );
}
