//! Where one is, asked at every place: whoever comes back to the line after a call has this word alone.

use std::sync::Arc;

use countersign::course as courses;
use countersign::plain::Ended;

use crate::course::{course, files};
use crate::screens::{begun, read};
use crate::talk::{heard, listen};
use crate::turns::{answer, said};
use crate::whole::right_line;
use crate::world::MadeUp;

/// What stands before how much is done, and what comes next.
fn place(said: &str) -> (&str, &str) {
    let words = said.split_once("\n\n").map_or(said, |(words, _)| words);
    let (place, rest) = words.split_once("\nDone: ").unwrap_or_else(|| panic!("no place: {words}"));
    let next = rest.split_once("Next: ").map_or("", |(_, next)| next);
    (place, next.lines().next().unwrap_or_default())
}

/// At the statement, the signature and the result only how much is done was said.
#[test]
fn every_place_of_a_whole_run_has_a_name() {
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada Example", "0042", "", "", ""]);
    let mut next = Some("ids on".to_owned());
    let (said, ended) = listen(&mut world, 1000, |said| {
        // What the line would have been is known before it is asked where one is.
        next.take().or_else(|| {
            next = Some(right_line(said));
            Some("/where".to_owned())
        })
    });
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");
    let answers: Vec<_> = said.split("\n> /where\n").skip(1).collect();
    let mut places: Vec<_> = answers
        .iter()
        .filter(|said| !said.starts_with("This is page "))
        .map(|said| place(said).0)
        .filter(|place| !place.contains(" question "))
        .collect();
    places.dedup();
    assert_eq!(
        places,
        [
            "You are at the contents.",
            "You are at the end of the knowledge check of lesson 1.",
            "You are before an attempt at the assessment, which has not begun.",
            "You are at the list of all questions of the assessment. 9 of 9 questions answered.",
            "You are asked whether to submit your attempt at the assessment. 9 of 9 questions answered.",
            "You are at the result of the assessment, passed with 100 percent.",
            "You are at the statement of the policy.",
            "You are at the signature.",
            "You are at the certificate.",
        ],
        "{said}"
    );
    assert!(
        said.contains("\nYou are at question 2 of 2 in the knowledge check of lesson 1, not answered.\n"),
        "{said}"
    );
    let half = "in the assessment, situation 2, partly answered. 0 of 9 questions answered, 1 partly.\n";
    assert!(said.contains(half), "{said}");
    let said = heard(&mut world, &["contents", "again", "where"]);
    assert_eq!(place(&said[2]).0, "You are asked whether to take the course again.");
}

/// It was said to go back to the check at whose end, or at whose question, one was.
#[test]
fn what_comes_next_in_a_check_is_what_is_done_there() {
    let script = [
        "check 1",
        "=type sure",
        "",
        "=nine",
        "no",
        "",
        "where",
        "",
        "where",
        "",
        "where",
        "review",
        "where",
    ];
    let said = heard(&mut begun(), &script);
    let check = "the knowledge check of lesson 1";
    assert_eq!(
        place(&said[6]),
        (
            format!("You are at your answer to question 2 of 2 in {check}.").as_str(),
            "hear how the check went."
        )
    );
    let end = format!("You are at the end of {check}.");
    assert_eq!(place(&said[8]), (end.as_str(), "try what was not right again."));
    let next = format!("go on with {check}, What apps collect.");
    let again = "asked again. After it, 1 other question is left to try again.";
    let at_first = format!("You are at question 1 of 2 in {check}, {again}");
    assert_eq!(place(&said[10]), (at_first.as_str(), next.as_str()));
    assert_eq!(
        place(&said[12]),
        (format!("You are looking back at question 1 of 2 in {check}.").as_str(), next.as_str())
    );
}

#[test]
fn the_assessment_is_passed_next_and_not_heard_about() {
    let mut world = read();
    let said = heard(&mut world, &["assessment", "where", "start", "submit", "submit", "where"]);
    assert_eq!(place(&said[1]).1, "pass the assessment.");
    let (at_result, wait) = place(&said[5]);
    assert_eq!(at_result, "You are at the result of the assessment, not passed with 0 percent.");
    assert!(wait.starts_with("wait until the next attempt can begin, at 2027-"), "{wait}");
    world.clock.set(world.clock.get() + 31 * 60);
    let script = ["assessment", "", "start", "submit", "submit", "review", "", "where", "return", "where"];
    let said = heard(&mut world, &script);
    assert_eq!(place(&said[7]).0, "You are looking back at question 2 of 9 in the assessment.");
    assert_eq!(place(&said[9]), (at_result, "ask for a new assignment, for no attempt is left."));
}

/// “Type assessment to hear why” led to a sentence that did not say it.
#[test]
fn why_no_attempt_can_begin_is_said_where_one_is_sent_to_hear_it() {
    let script = ["assessment", "start", "submit", "submit", "policy", "start", "assessment"];
    let said = heard(&mut read(), &script);
    assert!(said[5].contains("type assessment to hear why"), "{said:?}");
    assert!(said[6].contains("The next attempt can begin in 30 minutes, at 2027-"), "{said:?}");
}

/// The last line offered to leave, however long somebody had heard about something else.
#[test]
fn the_last_line_offers_the_next_attempt_once_the_wait_is_over() {
    let mut world = read();
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    files.insert(
        "course.ron".to_owned(),
        manifest.replace("wait_minutes: 30", "wait_minutes: 1").into_bytes(),
    );
    world.course = Arc::new(courses::parse(files).expect("a course without faults"));
    let script = ["assessment", "start", "submit", "submit"].into_iter().chain(["where"; 60]);
    let said = heard(&mut world, &script.collect::<Vec<_>>());
    assert!(said[3].contains("The next attempt can begin in 1 minute, at 2027-"), "{}", said[3]);
    assert!(
        said[3].ends_with(" Type read again and a number to read a section.")
            && !said[3].contains("Press Enter")
    );
    let offers = said[4..]
        .iter()
        .position(|said| said.contains("The next attempt can begin. Press Enter to hear its rules."));
    assert!(offers.is_some_and(|first| first > 0), "{:?}", said.last());
    // What was so when one came was said again.
    let again = heard(&mut world, &["assessment", "repeat"]);
    assert!(!again.concat().contains("can begin at 2027-"), "{again:?}");
}

/// It led to a question of the attempt that is under way.
#[test]
fn what_is_for_the_result_waits_while_an_attempt_is_under_way() {
    let mut world = read();
    heard(&mut world, &["assessment", "start", "submit", "submit"]);
    world.clock.set(world.clock.get() + 31 * 60);
    let said = heard(&mut world, &["assessment", "", "start", "contents", "read again"]);
    assert!(
        said[4].starts_with("That is for the result of the assessment. Your attempt is under way"),
        "{said:?}"
    );
}

/// It took the question away, and did not say where one is.
#[test]
fn where_at_the_question_whether_a_link_is_opened_leaves_the_question() {
    let mut world = begun();
    let said = heard(&mut world, &["read 1", "open 1", "where", "yes"]);
    assert_eq!(place(&said[2]).0, "You are asked whether to open a link, on page 1 of lesson 1.");
    assert!(said[2].ends_with("Type yes to open it. Press Enter to stay here."), "{said:?}");
    assert!(said[3].starts_with("Opened."), "{said:?}");
}

/// Behind the last answer of a check it named what comes behind the check, and in another round not what Enter does.
#[test]
fn what_comes_next_in_a_check_that_is_passed_names_what_is_asked_again() {
    let answers = ["check 1", "=type", "sure", "", "=seven", "support", "sure"];
    let script = ["where", "", "retry", "where", "=wait", "sure", "where", "status"];
    let said = heard(&mut begun(), &[&answers[..], &script[..]].concat());
    let at = |index: usize| place(&said[answers.len() + index]);
    assert_eq!(at(0).1, "hear how the check went.");
    assert_eq!(at(3).1, "go on with what is asked again, or read lesson 2, Two.");
    assert_eq!(at(6).1, "hear how the check went.");
}

/// Another check, which was half tried again, was not named where nothing but how this one went came next.
#[test]
fn a_check_that_is_tried_again_is_named_where_another_one_is_over() {
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    let second = "(lesson: \"lessons/2.md\", check: \"quizzes/2.ron\")";
    let manifest = manifest.replace("(lesson: \"lessons/2.md\")", second);
    files.insert("course.ron".to_owned(), manifest.into_bytes());
    let check = r#"(id: "two", title: "Two", questions: [
        TrueFalse(id: "a", topic: "law", prompt: "Is it so?", answer: true),
        TrueFalse(id: "b", topic: "law", prompt: "And so?", answer: true)])"#;
    files.insert("quizzes/2.ron".to_owned(), check.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script = [
        "Ada",
        "7",
        "",
        "",
        "",
        "read 1",
        "check 2",
        "2",
        "",
        "2",
        "",
        "",
        "check 1",
        "=open sure",
        "",
        "=seven",
        "=support",
        "sure",
        "where",
    ];
    let said = heard(&mut world, &script);
    let (_, next) = place(&said[18]);
    assert_eq!(next, "hear how the check went.", "{said:#?}");
    assert!(
        said[18].contains("The knowledge check of lesson 2 is being tried again: 2 questions are left."),
        "{said:#?}"
    );
}

/// Two lines with the path of the old record stood in each answer.
#[test]
fn where_in_a_second_run_names_no_file() {
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada Example", "0042", "", "", ""]);
    let mut next = Some("ids on".to_owned());
    let (said, _) = listen(&mut world, 1000, |said| Some(next.take().unwrap_or_else(|| right_line(said))));
    assert!(said.contains("Certificate of completion."), "{said}");
    let said = heard(&mut world, &["contents", "again", "again", "check 1", "where", "contents", "repeat"]);
    let kept = "Your record of ";
    assert!(!said[4].contains(kept) && said[6].contains(kept), "{said:#?}");
}

#[test]
fn in_a_story_the_situation_is_told() {
    const CHECK: &str = r#"(id: "one", title: "What to do next", ask_certainty: true, questions: [
        Scenario(id: "story", topic: "habits", prompt: "A call comes in.", steps: [
            (id: "call", text: "They ask.", options: [
                (id: "refuse", text: "Hang up", right: true, next: "after"), (id: "give", text: "Give it", next: "after")]),
            (id: "after", text: "It is over.", options: [
                (id: "report", text: "Report it", right: true), (id: "forget", text: "Forget it")]),
        ]),
    ])"#;
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), CHECK.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script = ["Ada", "7", "", "", "", "check 1", "where", "=give", "where", "=report", "where"];
    let said = heard(&mut world, &script);
    let check = "question 1 of 1 in the knowledge check of lesson 1";
    assert_eq!(place(&said[6]).0, format!("You are at {check}, situation 1, not answered."));
    assert_eq!(place(&said[8]).0, format!("You are at {check}, situation 2, partly answered."));
    assert_eq!(
        place(&said[10]).0,
        format!(
            "You are asked how sure you are, at {check}, at the end of its story, answered, not handed in."
        )
    );
}

/// That it is partly answered was said, and neither which gap is open nor how much of the attempt is answered.
#[test]
fn where_says_what_is_open() {
    const GAPS: &str = r#"(id: "one", title: "Gaps", questions: [
        Cloze(id: "gaps", topic: "habits", prompt: "Fill them.", text: "{{a}}, {{b}} and {{c}}.", gaps: [
            Number(id: "a", answer: 1), Number(id: "b", answer: 2), Number(id: "c", answer: 3)]),
    ])"#;
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), GAPS.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let said = heard(&mut world, &["Ada", "7", "", "", "", "check 1", "where", "gap 2", "5", "where"]);
    let check = "question 1 of 1 in the knowledge check of lesson 1";
    assert_eq!(place(&said[6]).0, format!("You are at {check}, not answered."));
    assert_eq!(place(&said[9]).0, format!("You are at {check}, partly answered with gaps 1 and 3 open."));

    let script = ["assessment", "start", "where", "go 2", "1=2", "where", "list", "where"];
    let said = heard(&mut read(), &script);
    let attempt =
        "You are at question 1 of 9 in the assessment, situation 1, not answered. 0 of 9 questions answered.";
    assert_eq!(place(&said[2]).0, attempt);
    let attempt = "You are at question 2 of 9 in the assessment, partly answered with left side 2 open. 0 of 9 questions answered, 1 \
                   partly.";
    assert_eq!(place(&said[5]).0, attempt);
    assert_eq!(
        place(&said[7]).0,
        "You are at the list of all questions of the assessment. 0 of 9 questions answered, 1 partly."
    );
}

/// What is open stood behind everything else that is so of the question: the question left to try again was the open left side.
#[test]
fn what_is_open_stands_behind_how_far_it_is_answered() {
    const TWO: &str = r#"(id: "one", title: "Two", questions: [
        Match(id: "match", topic: "law", prompt: "What belongs together?",
            pairs: [(id: "law", left: "Law", right: "Binding"), (id: "tip", left: "Tip", right: "Friendly")]),
        Cloze(id: "gaps", topic: "habits", prompt: "Fill them.", text: "{{a}}, {{b}} and {{c}}.", gaps: [
            Number(id: "a", answer: 1), Number(id: "b", answer: 2), Number(id: "c", answer: 3)]),
    ])"#;
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), TWO.as_bytes().to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let wrong = ["check 1", "=law=tip tip=law", "", "9", "9", "9", "", "retry"];
    heard(&mut world, &[&["Ada", "7", "", "", ""], &wrong[..]].concat());
    let two_left = ["check 1", "=law=law", "where"];
    let one_left = ["=tip=tip", "", "gap 2", "2", "where", "contents", "check 1"];
    let said = heard(&mut world, &[&two_left[..], &one_left[..]].concat());
    let asked = |number: u32| format!("You are at question {number} of 2 in the knowledge check of lesson 1");
    let first = "asked again, partly answered with left side 2 open. After it, 1 other question is left to try again.";
    assert_eq!(place(&said[2]).0.lines().next(), Some(&*format!("{}, {first}", asked(1))), "{said:#?}");
    let last = "asked again, partly answered with gaps 1 and 3 open, the last one for now.";
    assert_eq!(place(&said[7]).0.lines().next(), Some(&*format!("{}, {last}", asked(2))), "{said:#?}");
    // The question itself says its gaps.
    let heading = "Question 2 of 2, asked again, partly answered, the last one for now.";
    assert!(said[9].contains(heading), "{said:#?}");
}

/// It was said how much of the course is done, and not at which question one is.
#[test]
fn where_says_the_question() {
    let mut world = read();
    let heard = said(&mut world, &["assessment", "start", "", "where"]);
    assert!(
        answer(&heard, "where")
            .starts_with("You are at question 2 of 9 in the assessment, not answered. 0 of 9 questions"),
        "{heard}"
    );
    let heard = said(&mut world, &["check 1", "review", "", "where"]);
    assert!(
        answer(&heard, "where").starts_with(
            "You are looking back at question 2 of 2 in the knowledge check of lesson 1.\nDone: "
        ),
        "{heard}"
    );
    let mut world = MadeUp::new(&course());
    let heard = said(&mut world, &["Ada", "7", "", "", "", "check 1", "where"]);
    assert!(
        answer(&heard, "where").starts_with(
            "You are at question 1 of 2 in the knowledge check of lesson 1, not answered.\nDone: "
        ),
        "{heard}"
    );
    let heard = said(&mut world, &["check 1", "=open sure", "where"]);
    assert!(
        answer(&heard, "where")
            .starts_with("You are at your answer to question 1 of 2 in the knowledge check of lesson 1."),
        "{heard}"
    );
}
