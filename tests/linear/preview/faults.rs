//! A trainer listens to a course while it has faults.

use countersign::author::preview::Focus;

use super::{Saved, Typed, after, files, heard};

#[test]
fn faults_are_said_once_and_the_last_good_course_goes_on() {
    let script = [
        Typed("check 1"),
        Saved("course.ron", "pass_percent: 60", "pass_percent: 160"),
        Typed("key"),
        Typed("faults"),
        Typed("=open sure"),
        Saved("course.ron", "pass_percent: 160", "pass_percent: 61"),
        Typed("contents"),
        Typed("faults"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 72, &script);
    insta::assert_snapshot!(after(&said, "key").split("> quit").next().unwrap_or_default(), @r"

    The course has 1 fault and cannot be shown as it is.
    - course.ron:10:58: expected a whole number from 0 to 100, found the
    number `160`
    The last version that was whole is what you hear until they are mended.
    Right is: 1, Open the page in the managed browser.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Answer with one number. Press Enter to hear it again.
    > faults
    The course has 1 fault and cannot be shown as it is.
    - course.ron:10:58: expected a whole number from 0 to 100, found the
    number `160`

    Answer with one number. Press Enter to hear it again.
    > =open sure

    Saved: 1, Open the page in the managed browser.
    Saved: you are sure.
    Right: 1 of 1 point.
    Why: An app can see what happens on pages that it opens itself.
    More in: lesson 1, What apps collect, section Habits.

    Press Enter for the next question. Type read to read that section.
    > contents

    The faults are mended.
    Reloaded: course.ron changed.

    Course: Phones at work. Version 1.0.0.
    Done: 3 percent. About 13 minutes left.
    Next: go on with the knowledge check of lesson 1, What apps collect.

    Lesson 1, What apps collect, 1 minute: not started.
    Knowledge check of lesson 1: begun, 1 of 2 answered.
    Lesson 2, Two, 1 minute: not started.
    Assessment: ready to start, as many attempts as it takes.
    Policy: to be read and agreed to.
    Completion record: comes when everything above is done.

    Press Enter to go on with the knowledge check of lesson 1, What apps
    collect, or type help.
    > faults
    The course has no errors. Warnings are for countersign author check.

    Press Enter to go on with the knowledge check of lesson 1, What apps
    collect, or type help.
    ");
}

#[test]
fn a_course_that_is_faulty_from_the_beginning_is_waited_for() {
    let mut broken = files();
    broken.insert("quizzes/bank.ron".to_owned(), b"(".to_vec());
    let said = heard(broken, &Focus::Course, 72, &[Typed(""), Typed("what"), Typed("quit")]);
    assert_eq!(said.matches("The course is as it was.").count(), 2, "{said}");
    // Each time with the fault: it was said once, and then nobody knew any more what to mend.
    assert_eq!(said.matches("cannot be shown as it is").count(), 3, "{said}");
    assert_eq!(said.matches("- quizzes/bank.ron:1:").count(), 3, "{said}");
    assert!(said.ends_with("Nothing of this preview was saved. Goodbye.\n"), "{said}");

    assert_eq!(said.matches("Your line was not taken").count(), 1, "{said}");

    // What was typed behind the mending is done.
    let whole = String::from_utf8(files()["course.ron"].clone()).expect("a text");
    for (line, expected) in [("", "Done: 0 percent."), ("read 2", "Lesson 2 of 2.")] {
        let mut broken = files();
        let fault = whole.replace("pass_percent: 60", "pass_percent: 160");
        broken.insert("course.ron".to_owned(), fault.into_bytes());
        let script =
            [Saved("course.ron", "pass_percent: 160", "pass_percent: 60"), Typed(line), Typed("quit")];
        let said = heard(broken, &Focus::Course, 72, &script);
        assert!(said.contains("Course: Phones at work") && said.contains(expected), "{said}");
        assert!(!said.contains("Your line was not taken"), "{said}");
    }

    let mut broken = files();
    let text = String::from_utf8(broken["course.ron"].clone()).expect("a text");
    broken.insert("course.ron".to_owned(), text.replace("draw: 9", "draw: 90").into_bytes());
    let script = [Saved("course.ron", "draw: 90", "draw: 9"), Typed(""), Typed("quit")];
    let said = heard(broken, &Focus::File("quizzes/1.ron".to_owned()), 72, &script);
    assert!(said.contains("cannot draw 90") && said.contains("Knowledge check of lesson 1"), "{said}");
}

/// One fault in lesson 2 kept lesson 1 from being heard at all.
#[test]
fn what_can_be_shown_of_a_faulty_course_is_heard_and_kept_up_with() {
    let mut broken = files();
    broken.insert("lessons/2.md".to_owned(), b"Two\n\nSee [it](#two).\n".to_vec());
    let script = [
        Typed("read 1"),
        Saved("lessons/1.md", "Apps take", "Some apps take"),
        Typed("reread"),
        Typed("faults"),
        Saved("lessons/2.md", "Two", "# Two"),
        Typed("read 2"),
        Saved("lessons/2.md", "# Two", "Two"),
        Typed("faults"),
        Typed("read 2"),
        Typed("quit"),
    ];
    let said = heard(broken, &Focus::File("lessons/1.md".to_owned()), 72, &script);
    let faults = "The course has 1 fault. What of it can be shown is shown.\n- lessons/2.md:1:1: ";
    assert_eq!(said.matches(faults).count(), 2, "at the start and when it is asked for: {said}");
    assert!(said.find(faults) < said.find("Title: What apps collect"), "{said}");
    assert!(said.contains("Reloaded: lessons/1.md changed.") && said.contains("Some apps"), "{said}");
    let whole = said.split_once("> read 2").expect("it was typed").1;
    assert!(whole.contains("The faults are mended."), "{said}");
    // What was whole once is heard whole until it is mended.
    assert!(whole.contains("The last version that was whole is what you hear"), "{said}");
    assert!(after(&said, "read 2").contains("Title: Two"), "{said}");
}

/// A picture that is missing was an error of `author check`, and of the preview nothing.
#[test]
fn faults_that_leave_nothing_out_are_said_of_a_course_that_is_kept_up_with() {
    let mut broken = files();
    broken.insert("lessons/2.md".to_owned(), b"# Two\n\n![A map](../assets/map.png)\n".to_vec());
    let script = [
        Typed("read 2"),
        Saved("lessons/2.md", "A map", "A key"),
        Typed("reread"),
        Saved("lessons/2.md", "../assets/map.png", "../lessons/1.md"),
        Typed("faults"),
        Typed("quit"),
    ];
    let said = heard(broken, &Focus::Course, 72, &script);
    let faults = "The course has 1 fault. All of it is shown.\n- lessons/2.md:3:";
    assert_eq!(said.matches(faults).count(), 1, "{said}");
    assert!(after(&said, "read 2").contains("A map"), "{said}");
    assert!(after(&said, "reread").contains("Reloaded: lessons/2.md changed."), "{said}");
    assert!(said.contains("A key") && said.contains("The faults are mended."), "{said}");
    assert!(after(&said, "faults").contains("The course has no errors."), "{said}");
}

/// A dead link leaves nothing out, and a whole course with one was not kept up with.
#[test]
fn a_course_with_a_dead_link_is_heard_whole_and_kept_up_with() {
    let script = [
        Saved("lessons/2.md", "# Two\n", "# Two\n\nSee [it](#nowhere).\n"),
        Typed("read 2"),
        Saved("lessons/2.md", "#nowhere", "#twos"),
        Typed("reread"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 72, &script);
    assert_eq!(
        said.matches("The course has 1 fault. All of it is shown.\n- lessons/2.md:3:5: ").count(),
        2,
        "{said}"
    );
    // A question is nothing to do, and was told as that.
    assert!(said.contains("  Hint: did you mean `two`?"), "{said}");
    assert!(after(&said, "read 2").contains("See it"), "{said}");
    assert!(!said.contains("The last version"), "{said}");
}

/// “What of it can be shown is shown” was said of what was not heard.
#[test]
fn faults_are_told_with_what_is_heard_of_the_course_that_has_them() {
    let mut broken = files();
    broken.insert("lessons/2.md".to_owned(), b"No heading.\n".to_vec());
    let script = [
        Saved("course.ron", "pass_percent: 60", "pass_percent: 160"),
        Typed("contents"),
        Typed("faults"),
        Saved("course.ron", "pass_percent: 160", "pass_percent: 60"),
        Typed("contents"),
        Typed("faults"),
        Typed("quit"),
    ];
    let said = heard(broken, &Focus::Course, 72, &script);
    let answers: Vec<&str> = said.split("> faults").skip(1).collect();
    let [whole, part] = answers.as_slice() else { panic!("{said}") };
    let first = |answer: &str| answer.trim_start().lines().next().unwrap_or_default().to_owned();
    assert_eq!(first(whole), "The course has 2 faults and cannot be shown as it is.");
    assert_eq!(first(part), "The course has 1 fault. What of it can be shown is shown.");
}

/// Whoever wrote on in a lesson while `course.ron` could not be read heard all of its faults with each save.
#[test]
fn faults_that_are_as_they_were_are_not_said_again() {
    let script = [
        Saved("course.ron", "pass_percent: 60", "pass_percent: 160"),
        Typed("where"),
        Saved("lessons/1.md", "Apps take", "Apps may take"),
        Typed("where"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::File("lessons/1.md".to_owned()), 1000, &script);
    assert_eq!(said.matches("course.ron:10:58: expected a whole number").count(), 1, "{said}");
    let again = "The course cannot be shown yet, for its faults are as they were. Type faults to hear them.\nThe last version that was \
                 whole is what you hear until they are mended.\n";
    assert_eq!(said.matches(again).count(), 1, "{said}");
}

/// Its file was said to be removed, and to be added when it was mended.
#[test]
fn a_file_that_cannot_be_shown_is_still_there() {
    // Of what was whole the last version would be heard.
    let mut broken = files();
    broken.insert("quizzes/1.ron".to_owned(), b"(".to_vec());
    let script = [
        Typed("read 1"),
        Saved("lessons/2.md", "# Two", "Two"),
        Typed("contents"),
        Saved("lessons/2.md", "Two", "# Two"),
        Typed("contents"),
        Typed("quit"),
    ];
    let said = heard(broken, &Focus::Course, 72, &script);
    assert_eq!(said.matches("Reloaded: lessons/2.md changed.").count(), 2, "{said}");
    let broken = said.split("> contents").nth(1).expect("it was typed");
    assert!(!broken.contains("Lesson 2"), "{said}");
}

#[test]
fn lessons_and_checks_that_cannot_be_read_are_left_out() {
    let mut broken = files();
    broken.insert("quizzes/1.ron".to_owned(), b"(".to_vec());
    let said = heard(broken, &Focus::Course, 72, &[Typed("check 1"), Typed("read 1"), Typed("quit")]);
    assert!(said.contains("What of it can be shown is shown.\n- quizzes/1.ron:1:"), "{said}");
    assert!(!said.contains("which you asked for"), "{said}");
    assert!(after(&said, "read 1").contains("Title: What apps collect"), "{said}");
}

/// The course was heard instead, and nothing said so.
#[test]
fn who_asked_for_a_file_that_cannot_be_shown_is_told() {
    let mut broken = files();
    broken.insert("quizzes/1.ron".to_owned(), b"(".to_vec());
    let said = heard(broken, &Focus::File("quizzes/1.ron".to_owned()), 80, &[Typed("quit")]);
    assert!(
        said.contains("quizzes/1.ron, which you asked for, cannot be shown until it is mended."),
        "{said}"
    );
    assert!(said.contains("Course: Phones at work."), "{said}");
}

/// A save that moved the lines of a file said all of its faults again, and a new one among them.
#[test]
fn faults_that_only_stand_elsewhere_are_no_news() {
    let script = [
        Saved("lessons/1.md", "Apps take", "See [it](#nowhere). Apps take"),
        Typed("where"),
        Saved("lessons/1.md", "See [it]", "More words.\n\nSee [it]"),
        Typed("where"),
        Saved("lessons/1.md", "Decide.", "Decide [that](#gone)."),
        Typed("where"),
        Saved("lessons/1.md", "Decide [that](#gone).", "Decide."),
        Typed("where"),
        Typed("quit"),
    ];
    let said = heard(files(), &Focus::Course, 1000, &script);
    assert_eq!(said.matches("#nowhere").count(), 1, "{said}");
    let news = "The course has 2 faults. New among them:\n- lessons/1.md:";
    assert_eq!((said.matches(news).count(), said.matches("#gone").count()), (1, 1), "{said}");
    assert!(said.contains("The course still has 1 fault. Type faults to hear what is left."), "{said}");
    // A check that is left out for its faults was said not to be there.
    let mut files = files();
    files.insert("quizzes/1.ron".to_owned(), b"(id: \"one\"".to_vec());
    let left_out = heard(files, &Focus::Course, 1000, &[Typed("check 1"), Typed("quit")]);
    let told =
        "Lesson 1 has no knowledge check that can be heard: the course has faults. Type faults to hear them.";
    assert!(left_out.contains(told), "{left_out}");
}
