//! What is said to whoever looks for words, word by word.

use std::sync::Arc;

use countersign::course as courses;

use crate::course::files;
use crate::screens::{begun, said};
use crate::world::MadeUp;

/// The section at the top of the page was named, and the words stood in another one.
#[test]
fn who_goes_to_a_place_that_was_found_is_in_its_section() {
    let mut files = files();
    files.insert("lessons/2.md".to_owned(), b"# Two\n\n## Above\n\nWords.\n\n## Below\n\nSought.\n".to_vec());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    let script =
        ["Ada", "7", "", "", "", "search sought", "found 1", "where", "lines 3", "back", "back", "where"];
    let said = said(&mut world, 72, &script);
    let sections: Vec<_> =
        said.split("\n> where\n").skip(1).map(|said| said.contains("3 of 3, Below.")).collect();
    assert_eq!(sections, [true, false], "{said}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a transcript is as long as the conversation")]
fn words_are_found_in_the_whole_course() {
    let mut world = begun();
    let script = [
        "search",
        "found 1",
        "search DATA",
        "search apps",
        "found 9",
        "found 2",
        "headings",
        "search policies say",
        "found 1",
        "return",
        "search apps",
    ];
    insta::assert_snapshot!(said(&mut world, 72, &script), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: not started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, 3 things come first: type assessment to hear them.
    Policy: to be agreed to when the assessment is passed.
    Completion record: comes when everything above is done.

    Press Enter to read lesson 1, What apps collect, or type help.
    > search
    Type search and the words to look for, such as: search work profile

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 1
    Nothing was found to go to. Type search and words, such as: search work
    profile

    Press Enter to read lesson 1, What apps collect, or type help.
    > search DATA
    “DATA” stands nowhere in the lessons and the policy.
    Capitals count where you type one. Whatever the capitals, it is there 2
    times. Type: search data

    Press Enter to read lesson 1, What apps collect, or type help.
    > search apps
    “apps” was found 2 times, in 1 text.
    1. Lesson 1, What apps collect.
    2. Lesson 1, What apps collect: Apps take more than they need. See the
    source.
    Type found and a number to go there, such as: found 1.

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 9
    There is no place 9 to go to: 2 places were said.

    Press Enter to read lesson 1, What apps collect, or type help.
    > found 2

    Lesson 1 of 2: What apps collect. State: not started.
    “Apps” stands in the next line.

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

    Page 1 of 1, from its middle. This is the end of lesson 1, which does
    not count as read: what is missing begins on page 1. Press Enter to go
    back to where you came from.
    > headings
    This text has 3 headings. 0 of 3 parts are read.
    1. What apps collect, page 1, not read
    2. The lists, page 1, not read
    3. Habits, page 1, not read

    Page 1 of 1, from its middle. This is the end of lesson 1, which does
    not count as read: what is missing begins on page 1. Press Enter to go
    back to where you came from.
    > search policies say
    “policies say” was found 1 time, in 1 text.
    1. Lesson 1, What apps collect, section The lists: Policies say what may
    be taken, not what was taken.
    Type found and a number to go there, such as: found 1.

    Page 1 of 1, from its middle. This is the end of lesson 1, which does
    not count as read: what is missing begins on page 1. Press Enter to go
    back to where you came from.
    > found 1

    Lesson 1 of 2: What apps collect, in section The lists. State: looked
    into, its beginning is not read yet.
    “Policies say” stands in the next line.

    Note: Policies say what may be taken, not what was taken.

    (picture: A phone with two halves)

    Heading: Habits

    1. Ask first.
    2. Decide.
    3. Tell others.

    Page 1 of 1, from its middle. This is the end of lesson 1, which does
    not count as read: what is missing begins on page 1. Press Enter to go
    back to where you came from.
    > return
    You are at the contents. Type repeat to hear how everything stands.

    Press Enter to read lesson 1, What apps collect, from its beginning, or
    type help.
    > search apps
    “apps” was found 2 times, in 1 text.
    1. Lesson 1, What apps collect.
    2. Lesson 1, What apps collect: Apps take more than they need. See the
    source.
    Type found and a number to go there, such as: found 1.

    Press Enter to read lesson 1, What apps collect, from its beginning, or
    type help.

    The input has ended. Everything said to be saved is safe. Goodbye.
    ");
}

#[test]
fn many_places_are_said_ten_at_a_time_and_questions_are_not_looked_through() {
    let mut world = begun();
    insta::assert_snapshot!(said(&mut world, 40, &["search e", "search", "found 12", "search managed browser"]), @r"
    Welcome back, Ada Example.

    Course: Phones at work. Version 1.0.0.
    Done: 0 percent. About 13 minutes left.
    Next: read lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute:
    not started.
    Knowledge check of lesson 1: not
    started.
    Lesson 2, Two, 1 minute: not started.
    Assessment: locked, 3 things come first:
    type assessment to hear them.
    Policy: to be agreed to when the
    assessment is passed.
    Completion record: comes when everything
    above is done.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > search e
    “e” was found 32 times, at 13 places, in
    2 texts.
    1. Lesson 1, What apps collect.
    2. Lesson 1, What apps collect: Apps
    take more than they need. See the
    source.
    3. Lesson 1, What apps collect, section
    The lists.
    4. Lesson 1, What apps collect, section
    The lists: Collected
    5. Lesson 1, What apps collect, section
    The lists: Phone book
    6. Lesson 1, What apps collect, section
    The lists: Battery
    7. Lesson 1, What apps collect, section
    The lists: yes
    8. Lesson 1, What apps collect, section
    The lists: Policies say what may be
    taken, not what was taken.
    9. Lesson 1, What apps collect, section
    The lists: A phone with two halves
    10. Lesson 1, What apps collect, section
    Habits: Decide.
    Type found and a number to go there,
    such as: found 1. Type search alone to
    hear more.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > search
    11. Lesson 1, What apps collect, section
    Habits: Tell others.
    12. Policy, Acceptable use.
    13. Policy, Acceptable use: Keep work
    data in its place.
    Type found and a number to go there,
    such as: found 11.

    Press Enter to read lesson 1, What apps
    collect, or type help.
    > found 12

    Policy.
    “e” stands in the next line, in
    “Acceptable”.

    Title: Acceptable use

    Keep work data in its place.

    Saved: the policy counts as read.

    Page 1 of 1. This is the end of the
    policy. Press Enter to go back to where
    you came from.
    > search managed browser
    “managed browser” stands nowhere in the
    lessons and the policy.

    Page 1 of 1. This is the end of the
    policy. Press Enter to go back to where
    you came from.

    The input has ended. Everything said to
    be saved is safe. Goodbye.
    ");
}

/// They were said to stand in the next line, which did not have them.
#[test]
fn words_that_are_found_stand_in_the_line_that_is_told() {
    let mut files = files();
    let text = "# Two\n\nAlpha bravo charlie delta echo foxtrot golf hotel india juliett kilo.\n\n## Below\n\nLast.\n";
    files.insert("lessons/2.md".to_owned(), text.into());
    let mut world = MadeUp::new(&Arc::new(courses::parse(files.clone()).expect("a course without faults")));
    said(&mut world, 40, &["Ada", "7", "", "", ""]);
    // Alpha bravo charlie delta echo foxtrot / golf hotel india juliett kilo.
    let broken = said(&mut world, 40, &["search foxtrot golf", "found 1", "repeat"]);
    assert_eq!(broken.matches("“foxtrot golf” stands in the next line.").count(), 2, "{broken}");
    let second = said(&mut world, 40, &["search juliett", "found 1"]);
    assert!(
        second
            .replace('\n', " ")
            .contains("“juliett” stands in line 2 from here; empty lines are not counted."),
        "{second}"
    );
    // A page of one line, on which the passage that they are in goes on.
    let page = said(&mut world, 40, &["lines 1", "search juliett", "found 1"]);
    let page = page.split("> found 1").nth(1).expect("it was typed");
    assert!(page.contains("stands in the next line.\n\ngolf hotel india juliett kilo.\n"), "{page}");
    // With the signs of notes left out, a line was named that did not have one.
    files.insert("lessons/2.md".to_owned(), b"# Two\n\nA fact.[^F001]\n\n[^F001]: A book.\n".to_vec());
    let mut signs = MadeUp::new(&Arc::new(courses::parse(files).expect("a course without faults")));
    said(&mut signs, 1000, &["Ada", "7", "", "", ""]);
    let quiet = said(&mut signs, 1000, &["set notes off", "search F001", "found 1"]);
    let told = "“F001” stands in the passage that follows, which is said with other signs or without them.\n\nA fact.\n";
    assert!(quiet.contains(told), "{quiet}");
    // Once all of a page was heard, one is in all of it.
    let whole = said(&mut world, 1000, &["search last", "found 1", "where", "back", "where"]);
    assert!(
        whole.contains("Section 2 of 2, Below.")
            && whole.contains("Sections 1 to 2 of 2, from Two to Below."),
        "{whole}"
    );
}

/// It was said as the section in which it stands, and as what was found.
#[test]
fn a_heading_that_is_found_is_said_once() {
    let (said, _) = crate::talk::talk(&mut begun(), 1000, &["search The lists", "search what apps collect"]);
    assert!(said.contains("\n1. Lesson 1, What apps collect, section The lists.\n"), "{said}");
    assert!(said.contains("\n1. Lesson 1, What apps collect.\n"), "{said}");
}
