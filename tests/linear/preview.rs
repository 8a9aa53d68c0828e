//! A trainer listens to a course while it is being written.

mod faults;
mod results;

use std::cell::RefCell;

use countersign::author::preview::{Focus, Workshop, edition};
use countersign::clock::{Clock, Timestamp};
use countersign::course::CourseFiles;
use countersign::training::Edition;

use crate::talk::listen_to_preview;

/// The course, with the picture that its first lesson shows.
fn files() -> CourseFiles {
    let mut files = crate::course::files();
    let text = String::from_utf8(files["lessons/1.md"].clone()).expect("a text");
    let text = text.replace("(phone.png)", "(../assets/phone.svg)");
    files.insert("lessons/1.md".to_owned(), text.into_bytes());
    files.insert("assets/phone.svg".to_owned(), b"<svg/>".to_vec());
    files
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-25T12:00:00Z".parse().expect("a time")
    }
}

/// A line of a script: something typed, or a file saved before the next line is typed.
#[derive(Clone, Copy)]
enum Line {
    Typed(&'static str),
    /// Path, what is replaced, by what.
    Saved(&'static str, &'static str, &'static str),
}

use Line::{Saved, Typed};

/// What is heard in a preview of `course` when `script` is followed.
fn heard(course: CourseFiles, focus: &Focus, width: usize, script: &[Line]) -> String {
    let saved = RefCell::new(course);
    let told = RefCell::new(saved.borrow().clone());
    // As the program does it: whatever is asked for is looked up in the files as they are then.
    let editions = || -> Option<Edition> {
        let now = saved.borrow().clone();
        if *told.borrow() == now {
            return None;
        }
        told.replace(now.clone());
        Some(edition(now, focus))
    };
    let first = edition(saved.borrow().clone(), focus);
    let mut world = Workshop::new(&Noon, editions, |_| unreachable!("nothing is opened")).expect("a key");
    let mut lines = script.iter();
    listen_to_preview(&mut world, width, first, |_| {
        loop {
            match lines.next()? {
                Typed(line) => return Some((*line).to_owned()),
                Saved(path, from, to) => {
                    let mut files = saved.borrow_mut();
                    let text = String::from_utf8(files[*path].clone()).expect("a text");
                    assert!(text.contains(from), "{from:?} is not in {path}");
                    files.insert((*path).to_owned(), text.replace(from, to).into_bytes());
                }
            }
        }
    })
}

/// What was said after the last time that `line` was typed.
fn after<'s>(said: &'s str, line: &str) -> &'s str {
    said.rsplit_once(&format!("> {line}\n")).expect("a line that was typed").1
}

/// It was said to be at the contents.
#[test]
fn where_one_is_when_a_course_was_saved_is_for_the_place_to_say() {
    for ask in ["where", "/where"] {
        let script = [
            Typed("check 1"),
            Saved("lessons/1.md", "Apps take", "Some apps take"),
            Typed(ask),
            Typed("quit"),
        ];
        let said = heard(files(), &Focus::Course, 1000, &script);
        assert!(
            after(&said, ask)
                .contains("\nYou are at question 1 of 2 in the knowledge check of lesson 1, not answered.\n"),
            "{said}"
        );
    }
}

#[test]
fn the_line_after_a_save_says_what_changed_and_the_text_is_heard_anew_on_request() {
    let script = [
        Typed("read 1"),
        Saved("lessons/1.md", "Apps take *more* than they need.", "Apps take less than you think."),
        Typed(""),
        Typed("reread"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 72, &script);
    insta::assert_snapshot!(after(&said, "read 1"), @r"

    Lesson 1 of 2. State: not started.

    Title: What apps collect

    Apps take more than they need. See the source (link 1).

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Saved: lesson 1 counts as read.

    Page 1 of 1. This is the end of lesson 1. Press Enter to take the
    knowledge check of lesson 1, What apps collect.
    > 

    Reloaded: lessons/1.md changed.
    Type reread to hear this text as it is now.

    Page 1 of 1. This is the end of lesson 1. Press Enter to take the
    knowledge check of lesson 1, What apps collect.
    > reread

    Lesson 1 of 2. State: read.

    Title: What apps collect

    Apps take less than you think. See the source (link 1).

    Heading: The lists

    Table, 2 rows. Columns: Data; Collected.
    Row 1 of 2. Data: Phone book; Collected: if you allow it
    Row 2 of 2. Data: Battery; Collected: yes
    End of table.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Page 1 of 1. This is the end of lesson 1. Press Enter to take the
    knowledge check of lesson 1, What apps collect.
    > quit

    Nothing of this preview was saved. Goodbye.
    ");
}

/// Of an assessment of two questions the third one was offered.
#[test]
fn the_list_of_an_assessment_names_a_question_that_there_is() {
    let mut short = files();
    let text = String::from_utf8(short["course.ron"].clone()).expect("a text");
    short.insert("course.ron".to_owned(), text.replace("draw: 9", "draw: 2").into_bytes());
    let script = [Typed("assessment"), Typed("start"), Typed("list"), Typed("quit")];
    let said = heard(short, &Focus::Course, 72, &script);
    assert!(said.contains("Type go 2 for question 2"), "{said}");
}

#[test]
fn an_answer_meant_for_what_has_changed_is_not_taken_and_a_command_is() {
    let change = || Saved("quizzes/1.ron", "A page in an app asks", "Another page asks");
    let said =
        heard(files(), &Focus::Course, 72, &[Typed("check 1"), change(), Typed("=open sure"), Typed("quit")]);
    let end = after(&said, "=open sure");
    assert!(end.contains("Your line was not taken") && end.contains("Another page asks"), "{end}");
    assert!(!end.contains("Right:"), "{end}");
    let said =
        heard(files(), &Focus::Course, 72, &[Typed("check 1"), change(), Typed("read 2"), Typed("quit")]);
    assert!(after(&said, "read 2").contains("Lesson 2 of 2. "), "{said}");
}

#[test]
fn what_somebody_was_at_may_be_gone() {
    let module = "        (lesson: \"lessons/2.md\"),\n";
    let link = r#", lesson: "lessons/2.md""#;
    let script = [
        Typed("read 2"),
        Saved("quizzes/bank.ron", link, ""),
        Saved("course.ron", module, ""),
        Typed(""),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 72, &script);
    let end = after(&said, "");
    assert!(
        end.contains("What you were at is not in the course any more.") && end.contains("Course: Phones"),
        "{end}"
    );
}

#[test]
fn a_trainer_comes_to_the_signature_in_one_word_and_back_in_another() {
    let script =
        [Typed("finish"), Typed("sign"), Typed("export"), Typed("afresh"), Typed("help"), Typed("quit")];
    let said = heard(files(), &Focus::Course, 72, &script);
    assert!(said.contains("Everything up to the signature is done."), "{said}");
    assert!(after(&said, "sign").contains("nowhere/000000_small_2026-11-25_"), "{said}");
    assert!(after(&said, "export").contains("A preview writes no files;"), "{said}");
    assert!(after(&said, "afresh").contains("Begun afresh."), "{said}");
    assert!(after(&said, "help").contains("reread:"), "{said}");
}

#[test]
fn nobody_is_asked_who_they_are() {
    let said = heard(files(), &Focus::Course, 72, &[Typed("correct"), Typed("quit")]);
    let end = after(&said, "correct");
    assert!(end.contains("There is nothing to correct: nobody learns in a preview."), "{end}");
    assert!(!end.contains("Your name"), "{end}");
}

#[test]
fn nothing_is_wider_than_the_lines_may_be() {
    let script = [
        Typed("read 1"),
        Saved("lessons/1.md", "Apps", "Applications"),
        Typed(""),
        Saved("course.ron", "title:", "titel:"),
        Typed("help"),
        Typed("faults"),
        Typed("quit"),
    ];
    for width in [40, 72] {
        let said = heard(files(), &Focus::Course, width, &script);
        for line in said.lines() {
            assert!(line.starts_with('>') || line.chars().count() <= width, "too wide: {line}");
        }
    }
}

/// Behind an answer it was the key of the question that comes next.
#[test]
fn the_key_behind_an_answer_is_that_of_its_question_in_the_next_edition_too() {
    let script = [
        Typed("check 1"),
        Typed("=type sure"),
        Typed("key"),
        Saved("lessons/1.md", "Apps take *more* than they need.", "Apps take less than you think."),
        Typed("key"),
        Saved("quizzes/1.ron", "id: \"first\"", "id: \"new\""),
        Typed("key"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 1000, &script);
    // The order of the options depends on the identifiers.
    let keys = said.lines().filter_map(|line| line.strip_prefix("Right is: ")?.split_once(", "));
    let keys: Vec<&str> = keys.map(|(_, text)| text).collect();
    // After the answer and for each `key`; what was answered is heard again after each change.
    assert_eq!(keys, ["Open the page in the managed browser."; 6], "{said}");
    assert!(after(&said, "key").contains("Question 1 of 2.\n"), "{said}");
}

/// It began with what can be done at the contents.
#[test]
fn all_help_behind_a_save_begins_with_what_can_be_done_here() {
    let script =
        [Typed("check 1"), Saved("lessons/1.md", "Apps", "Applications"), Typed("help all"), Typed("quit")];
    let said = heard(files(), &Focus::Course, 1000, &script);
    let help = after(&said, "help all");
    assert!(help.contains("Here:\nType your answer."), "{help}");
}
