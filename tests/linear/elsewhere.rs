//! What is typed where it does nothing, and what the help of a place says of it.

use std::sync::Arc;

use countersign::course as courses;

use crate::course::{course, files};
use crate::screens::read;
use crate::talk::{heard, talk};
use crate::turns::answer;
use crate::world::MadeUp;

fn said(world: &mut MadeUp, script: &[&str]) -> String {
    let (said, ended) = talk(world, 1000, script);
    assert!(ended.is_ok(), "{ended:?}");
    said
}

/// It went on with a lesson, and said nothing of the attempt that somebody wanted to begin.
#[test]
fn start_begins_the_course_and_once_that_is_begun_nothing_but_an_attempt() {
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada", "7", "", "", ""]);
    let first = heard(&mut world, &["start", "contents", "start"]);
    assert!(first[0].starts_with("Lesson 1 of 2. State: not started."), "{first:?}");
    assert!(
        first[2].starts_with("The assessment is locked: type assessment to hear what comes first."),
        "{first:?}"
    );
    let ready = heard(&mut read(), &["start"]);
    assert!(ready[0].contains("Type start to begin an attempt"), "{ready:?}");
}

/// It led to the lesson that was open last, whatever comes next.
#[test]
fn read_alone_reads_what_comes_next_and_asks_where_nothing_does() {
    let which = "Type read and the number of a lesson, such as: read 3";
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada", "7", "", "", ""]);
    assert!(heard(&mut world, &["read"])[0].starts_with("Lesson 1 of 2."));
    let ready = heard(&mut read(), &["read", "assessment", "read"]);
    assert!(ready[0].starts_with(which) && ready[2].starts_with(which), "{ready:?}");
}

/// Whoever typed `n` for the next page was told of yes and no; and of one that was not looked for, how to type what does nothing.
#[test]
fn a_letter_that_is_meant_for_next_and_a_place_that_was_not_found_are_told_as_that() {
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada", "7", "", "", ""]);
    let said =
        heard(&mut world, &["found", "search zzz", "found", "read 1", "n", "set width 5", "set colour red"]);
    let nothing = "Nothing was found to go to. Type search and words, such as: search work profile";
    assert!(said[0].starts_with(nothing) && said[2].starts_with(nothing), "{said:?}");
    assert!(said[4].starts_with("To go on, press Enter or type next."), "{said:?}");
    assert!(said[5].starts_with("Type set width and a number from 10 to 1000,"), "{said:?}");
    assert!(said[6].starts_with("Type set lines and a number from 1 to 1000, set width"), "{said:?}");
}

/// Behind the list of what comes first nothing said that one had not gone there.
#[test]
fn who_is_told_that_the_assessment_is_locked_hears_where_they_still_are() {
    let mut world = MadeUp::new(&course());
    heard(&mut world, &["Ada", "7", "", "", ""]);
    let said = heard(&mut world, &["policy", "assessment"]);
    let told = "Assessment: locked. This comes first:\n- read lesson 1, What apps collect.\n- pass the knowledge check of lesson 1.\n\
                - read lesson 2, Two.\nYou are still at the policy.\n\n";
    assert!(said[1].starts_with(told), "{said:?}");
}

/// "That does nothing here", or how to type what does nothing here either.
#[test]
fn of_what_is_of_use_elsewhere_alone_it_is_said_for_what_it_is() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    let text = "That is for a text, and none is read here. Open one first, such as with: read 1";
    let kept = "Nothing is kept: bookmarks and notes belong to the pages of a text, and none is read here. Open one first, such as \
                with: read 1";
    let cases = [
        ("note", kept),
        ("note call Eve", kept),
        ("page", text),
        ("page 2", text),
        ("open 3", text),
        ("all", text),
        (
            "return",
            "You are at the contents, to which every way leads back. Type help to hear what can be typed.",
        ),
        ("go fish", "That is for questions, and none is asked here."),
        ("flag", "That is for questions, and none is asked here."),
        ("submit", "Nothing is to be submitted: no attempt at the assessment is under way."),
        (
            "yes",
            "Nothing is asked here to which yes or no is an answer. Type help to hear what can be typed.",
        ),
        ("agree", "That is for the statement of the policy: type policy to go there."),
        ("again", "The course can be taken again once it is completed. To hear this again, type repeat."),
        ("frobnicate", "That does nothing here. Type help to hear what can be typed."),
    ];
    let heard = said(&mut world, &cases.map(|(line, _)| line));
    for (line, words) in cases {
        assert_eq!(answer(&heard, line), words, "{line}");
    }
    let heard = said(&mut world, &["check 1", "go", "read again", "contents", "read again 1"]);
    assert!(answer(&heard, "go").starts_with("The questions of a check come one after the other. Answer"));
    let too_early = said(&mut world, &["check 1", "why", "flag"]);
    assert!(answer(&too_early, "why").starts_with("Why an answer is right is said after yours."));
    assert!(answer(&too_early, "flag").starts_with("Questions are flagged in the assessment alone."));
    let heard_sources = said(&mut world, &["check 1", "open", "open note"]);
    for line in ["open", "open note"] {
        let way = "To hear the source of a question, type open and its sign, such as: open F002";
        assert_eq!(answer(&heard_sources, line), way, "{line}");
    }
    for line in ["read again", "read again 1"] {
        assert_eq!(
            answer(&heard, line),
            "That is for the result of the assessment, and no attempt was submitted yet."
        );
    }
    let heard = said(&mut world, &["read 1", "note", "page", "submit"]);
    assert!(answer(&heard, "note").starts_with("Type note and your words"), "{heard}");
    assert!(answer(&heard, "page").starts_with("Type page and its number"), "{heard}");
    let heard = said(&mut read(), &["assessment", "start", "contents", "submit"]);
    let under_way = "Nothing is submitted here. Your attempt at the assessment is under way: type assessment to go there.";
    assert_eq!(answer(&heard, "submit"), under_way);
    let heard = said(&mut read(), &["assessment", "start", "links", "headings", "sources", "frobnicate"]);
    // It named the sign as the way, and no sign is said there.
    assert!(answer(&heard, "sources").starts_with("The sources of the questions are named when"), "{heard}");
    for line in ["links", "headings"] {
        assert!(answer(&heard, line).starts_with(text), "{line}: {heard}");
    }
    let heard = said(&mut read(), &["check 1", "review", "review", "retry"]);
    assert!(
        heard.contains("> review\nYou are hearing a review already. Type return to leave it."),
        "{heard}"
    );
    assert!(answer(&heard, "retry").starts_with("That is for the end of a check. Type return to"), "{heard}");
}

/// `again` said the result again, and the help named another meaning of it.
#[test]
fn help_names_what_again_and_the_name_of_a_source_do_here() {
    let mut world = read();
    let heard =
        said(&mut world, &["assessment", "start", "submit", "submit", "help", "again", "contents", "help"]);
    let (result, contents) = heard.split_once("> contents\n").expect("it was typed");
    assert!(answer(result, "help").contains("\nrepeat, or again: hear this again.\n"), "{heard}");
    assert!(answer(result, "again").starts_with("Result: not passed."), "{heard}");
    assert!(!answer(contents, "help").contains("or again"), "{heard}");
    assert!(
        answer(contents, "help").contains("again: take the course again, once it is completed"),
        "{heard}"
    );
    // Only a story has a step back.
    let questions = said(&mut read(), &["assessment", "start", "help", "go 2", "help all", "go 3", "help"]);
    assert!(
        questions.split("> go 2").next().unwrap_or_default().contains("step back takes the last one back"),
        "{questions}"
    );
    assert!(!answer(&questions, "help").contains("step back"), "{questions}");
}

/// At every question of a check the help spoke of gaps and of stories.
#[test]
fn help_says_of_clear_what_there_is_to_take_back() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    // Who is asked how sure they are and leaves has an answer that is not handed in.
    let heard =
        said(&mut world, &["check 1", "=open", "contents", "check 1", "help", "", "sure", "", "/help"]);
    let clear = |line: &str| answer(&heard, line).lines().find(|said| said.starts_with("clear: "));
    assert_eq!(clear("help"), Some("clear: take back an answer that is not handed in yet."), "{heard}");
    let gaps = "clear: take back the gaps that you have filled, until the answer is handed in.";
    assert_eq!(clear("/help"), Some(gaps), "{heard}");
    // What is the same at every question was told twice, once of another kind.
    let all = said(&mut world, &["check 1", "/help all"]);
    let clears = all.lines().filter(|said| said.starts_with("clear: take back"));
    assert_eq!(clears.collect::<Vec<_>>(), [gaps], "{all}");
    assert_eq!(all.matches("Type your answer. ").count(), 1, "{all}");
    assert!(!answer(&heard, "help").contains("story"), "{heard}");
}

/// What was answered could not be heard behind an answer, and whatever was typed was told that it is handed in.
#[test]
fn behind_an_answer_what_was_answered_so_far_is_heard() {
    let mut world = MadeUp::new(&course());
    said(&mut world, &["Ada", "7", "", "", ""]);
    let heard = said(&mut world, &["check 1", "=open sure", "review", "", "blue", "back", "page 2", ""]);
    assert!(answer(&heard, "review").starts_with("Question 1 of 2."), "{heard}");
    assert!(heard.contains("End of the review.\n\nPress Enter for the next question."), "{heard}");
    assert_eq!(answer(&heard, "blue"), "The answer is handed in, and stands.");
    assert!(
        answer(&heard, "back").ends_with("To hear what you have answered so far, type review."),
        "{heard}"
    );
    assert!(answer(&heard, "page 2").starts_with("That is for a text"), "{heard}");
    assert!(heard.contains("Question 2 of 2, not answered."), "{heard}");
}

/// The name of a source, which the answer names, was kept as a note nowhere.
#[test]
fn a_source_that_an_answer_names_is_heard_beside_it() {
    let mut files = files();
    let lesson = files.get_mut("lessons/1.md").expect("the lesson");
    lesson.extend_from_slice(
        b"\n## More\n\nSo they say.[^F001]\n\n[^F001]: [A book](https://example.org/b), 2026\n",
    );
    let check = files.get_mut("quizzes/1.ron").expect("the check");
    let asked = String::from_utf8(check.clone()).expect("UTF-8");
    *check = asked.replacen("topic: \"habits\",", "topic: \"habits\", source: \"F001\",", 1).into_bytes();
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    said(&mut world, &["Ada", "7", "", "", ""]);
    let heard = said(
        &mut world,
        &["check 1", "=open sure", "note F001", "open F001", "open note F009", "contents", "open F001"],
    );
    assert!(heard.contains("Source: F001 in the list at the end of lesson 1."), "{heard}");
    let source = "In the list at the end of lesson 1:\nNote F001: A book (https://example.org/b), 2026";
    assert_eq!(answer(&heard, "note F001"), source);
    assert_eq!(answer(&heard, "open F001"), source);
    assert_eq!(answer(&heard, "open note F009"), "No text of the course has a note F009.");
    assert!(world.progress().bookmarks.is_empty());
    // Whoever heard it beside the question has not left the check, whatever else they are asked before they come back.
    for aside in [&["note F001"][..], &["open F001"], &["1", "/status", "return"]] {
        let script: Vec<&str> = ["check 1"].iter().chain(aside).copied().chain(["/return"]).collect();
        let heard = said(&mut world, &script);
        assert!(
            answer(&heard, "/return")
                .starts_with("You are still at question 2 of 2 in the knowledge check of lesson 1, "),
            "{aside:?}: {heard}"
        );
    }
}

/// The result was said once more, without a word on what was asked for.
#[test]
fn behind_an_attempt_that_passed_none_begins_and_that_is_said() {
    let mut world = crate::screens::begun();
    let mut first = true;
    let (heard, _) = crate::talk::listen(&mut world, 1000, |said| {
        let line =
            if std::mem::take(&mut first) { "ids on".to_owned() } else { crate::whole::right_line(said) };
        if said.contains("\nResult: passed.") {
            (!said.contains("> start\nThe")).then(|| "start".to_owned())
        } else {
            Some(line)
        }
    });
    assert!(
        answer(&heard, "start").starts_with("The assessment is passed, so there is no attempt to begin."),
        "{heard}"
    );
}

/// All of the result and of the rules was said at each way from the contents, and nothing said why less was done than before.
#[test]
fn who_goes_on_to_the_next_attempt_hears_the_last_result_once() {
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    files.insert(
        "course.ron".to_owned(),
        manifest.replace(", attempts: 2, wait_minutes: 30", "").into_bytes(),
    );
    let mut world = read();
    world.course = Arc::new(courses::parse(files).expect("a course without faults"));
    let script = ["assessment", "start", "submit", "submit", "help", "", "contents", "", "repeat"];
    let heard = said(&mut world, &script);
    assert_eq!(heard.matches("Result: not passed.").count(), 2, "{heard}");
    let (first, contents) = heard.split_once("> contents\n").expect("it was typed");
    let why = "percent is done: the questions of an attempt that was not passed count as not answered.";
    assert!(first.contains("\nOf the course ") && first.contains(why), "{heard}");
    let again = "You are before the next attempt at the assessment. The one before was not passed, with 0 percent. Type repeat to hear \
                 its result and the rules again.\n\nType start to begin an attempt, read again 1 to read the first of";
    assert!(contents.contains(again), "{heard}");
    let help = answer(&heard, "help");
    assert!(
        help.contains("read again 1: where sections are worth reading again")
            && help.contains("review: hear"),
        "{help}"
    );
    // After a start all of it is said.
    assert!(said(&mut world, &["assessment"]).contains("Result: not passed."));
}

/// Who was at the end of a check was to answer a question that nobody asked.
#[test]
fn at_the_end_of_a_check_no_question_is_said_to_be_asked() {
    let mut world = MadeUp::new(&course());
    let begun = [
        "Ada",
        "7",
        "",
        "",
        "",
        "ids on",
        "check 1",
        "=open sure",
        "",
        "=number=seven",
        "=word=policy",
        "",
        "",
    ];
    let heard = said(&mut world, &[&begun[..], &["go 1", "flag"]].concat());
    assert!(heard.contains("Knowledge check of lesson 1: passed"), "{heard}");
    let way = "The questions of a check come one after the other. To hear what you have answered so far, type review.";
    assert_eq!(answer(&heard, "go 1"), way);
    assert!(answer(&heard, "flag").starts_with("Questions are flagged in the assessment alone."), "{heard}");
}

/// Help named a command for which there is never anything at a question whose answer is handed in when it is given.
#[test]
fn help_names_what_takes_an_answer_back_where_there_is_one() {
    let mut world = MadeUp::new(&course());
    let heard = said(
        &mut world,
        &["Ada", "7", "", "", "", "check 1", "help", "=type", "contents", "check 1", "help"],
    );
    let helps: Vec<_> = heard.split("> help\n").skip(1).collect();
    let clear = "clear: take back an answer that is not handed in yet.";
    assert!(!helps[0].split("\n> ").next().is_some_and(|help| help.contains(clear)), "{heard}");
    assert!(helps[1].contains(clear), "{heard}");
}
