//! Somebody who completed the course comes back: when the completion is over, and with another version.

use std::sync::Arc;

use countersign::course as parser;
use countersign::plain::Ended;

use crate::course::{course, files};
use crate::talk::{listen, parts, talk};
use crate::whole::right_line;
use crate::world::MadeUp;

const DAY: i64 = 86_400;

fn completed() -> MadeUp {
    let mut world = MadeUp::new(&course());
    let mut first = true;
    let (said, ended) = listen(&mut world, 72, |said| {
        let begun = said.contains("Press Enter to read lesson 1");
        let ids = begun && std::mem::take(&mut first);
        Some(if ids { "ids on".to_owned() } else { right_line(said) })
    });
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");
    world
}

/// The same learner so many days later.
fn days_later(world: &MadeUp, days: i64) {
    world.clock.set(world.clock.get() + days * DAY);
}

fn heard(world: &mut MadeUp, lines: &[&str]) -> String {
    let (said, ended) = talk(world, 72, lines);
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");
    said.replace('\n', " ")
}

#[test]
fn while_it_is_valid_nothing_is_left_to_do() {
    let mut world = completed();
    days_later(&world, 364);
    let said = heard(&mut world, &["quit"]);
    assert!(said.contains("Done: 100 percent. Nothing is left to do."), "{said}");
    assert!(!said.contains("To take the course again"), "{said}");
    // It was said that one could type it, and nothing was written.
    let said = heard(&mut world, &["export", "quit"]);
    assert!(said.contains("Saved: the certificate to print is this file:"), "{said}");
    // The full screen tells how anybody checks it, and with which key it was signed.
    let said = heard(&mut world, &["verify", "quit"]);
    let told = said
        .split_once("> verify")
        .and_then(|(_, said)| said.split_once("Anybody can check"))
        .map(|(_, told)| told);
    let told = told.unwrap_or_default();
    assert!(told.contains("countersign verify /documents/"), "{said}");
    assert!(
        told.contains("- Grading: whether the score comes out the same")
            && told.contains("Its signer is: did:key:z"),
        "{said}"
    );
}

#[test]
fn when_it_is_over_that_is_said_and_the_course_is_taken_again_from_there() {
    let mut world = completed();
    days_later(&world, 366);
    let said = heard(
        &mut world,
        &["again", "", "again", "yes", "certificate", "status", "again", "again", "status", "quit"],
    );
    assert!(!said.contains("Nothing is left to do"), "{said}");
    let over = "Your completion was valid until 2028-01-15. To take the course again: type again.";
    assert_eq!(said.matches(over).count(), 2, "on the first page and at the certificate\n{said}");
    assert!(said.contains("Nothing has changed."), "one Enter stays\n{said}");
    // Whoever typed yes did not hear what would have done it.
    assert!(said.contains("> yes Nothing has changed: only the word again begins a new run."), "{said}");
    assert!(said.contains("Saved: a new run through the course has begun."), "{said}");
    assert_eq!(world.progress().run().map(|run| run.number), Some(2));
}

#[test]
fn elsewhere_the_way_leads_through_the_contents() {
    let mut world = completed();
    days_later(&world, 366);
    let said = heard(&mut world, &["read 1", "status", "quit"]);
    assert!(said.contains("To take the course again: type contents, then again."), "{said}");
}

#[test]
fn another_version_is_told_and_taken_again() {
    let mut world = completed();
    let mut files = files();
    let manifest = String::from_utf8(files["course.ron"].clone()).expect("UTF-8");
    files.insert("course.ron".to_owned(), manifest.replace("1.0.0", "1.1.0").into_bytes());
    world.course = Arc::new(parser::parse(files).expect("a course without faults"));
    let said = heard(&mut world, &["again", "again", "contents", "quit"]);
    let told = "You completed version 1.0.0; this is 1.1.0. To take the course again: type again.";
    assert_eq!(said.matches(told).count(), 1, "until it is taken again\n{said}");
    assert!(said.contains("Saved: a new run through the course has begun."), "{said}");
}

#[test]
fn the_word_for_it_is_named_wherever_somebody_looks() {
    let mut world = completed();
    let said = heard(&mut world, &["help", "read 1", "help all", "certificate", "quit"]);
    let offers = "take the course again, once it is completed; you are asked first.";
    assert!(said.contains(&format!("again: {offers}")), "help on the first page\n{said}");
    assert!(said.contains(&format!("contents, then again: {offers}")), "help all, anywhere\n{said}");
    assert!(said.contains("again to take it again, or quit to leave"), "at the certificate\n{said}");
}

/// The certificate was what comes next, at the certificate.
#[test]
fn at_the_certificate_nothing_comes_next() {
    let mut world = completed();
    let said = heard(&mut world, &["certificate", "status", "quit"]);
    let status = said.split_once("> status").expect("it was typed").1;
    assert!(status.contains("Nothing is left to do.") && !status.contains("Next:"), "{said}");
}

/// It was to be sent, and checked with a command that names it.
#[test]
fn a_file_that_was_not_written_is_neither_sent_nor_checked() {
    let mut world = completed();
    world.faults.set(1);
    let said = heard(&mut world, &["certificate", "", "quit"]);
    let (not_written, written) =
        said.split_once("What to do: make room on this disk. Then press Enter").expect("said");
    assert!(not_written.contains("Its fingerprint is: sha256:"), "{said}");
    for words in ["Where the record file goes:", "countersign verify", "Keep a copy"] {
        assert!(!not_written.contains(words) && written.contains(words), "{words}: {said}");
    }
}

/// They read as if this record had passed each of them.
#[test]
fn what_a_record_says_is_told_as_a_question() {
    let mut world = completed();
    let said = heard(&mut world, &["verify", "quit"]);
    for words in
        ["Identity: whether it answers an assignment", "Time: whether it is from after the assignment"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// Who wanted to hear it once more had said no to it.
#[test]
fn what_taking_it_again_does_can_be_heard_again() {
    let mut world = completed();
    let said = heard(&mut world, &["again", "repeat", "again", "quit"]);
    assert_eq!(said.matches("Taking the course again begins a new run.").count(), 2, "{said}");
    assert!(!said.contains("Nothing has changed."), "{said}");
}

/// It was said that there was no certificate, and nothing of the record that was signed.
#[test]
fn the_record_of_the_run_before_is_told_of() {
    let mut world = completed();
    let (file, at) = {
        let progress = world.progress();
        let kept = &progress.completions[0];
        (kept.file_name.clone(), kept.at)
    };
    let zone: countersign::clock::Calendar = chrono::FixedOffset::east_opt(0).expect("UTC").into();
    let kept = format!("Your record of {} is kept, in this file: /documents/{file}", zone.day(at));
    let said = heard(&mut world, &["again", "again", "status", "contents", "quit"]);
    for typed in ["status", "contents"] {
        let (_, answer) = said.split_once(&format!("> {typed} ")).expect("it was typed");
        let answer = answer.split(" > ").next().unwrap_or_default();
        assert_eq!(answer.matches(&kept).count(), 1, "{typed}: {answer}");
        assert!(!answer.contains("There is no certificate yet"), "{typed}: {answer}");
    }
    let said = heard(&mut world, &["contents", "quit"]);
    assert_eq!(said.matches(&kept).count(), 2, "{said}");
    assert!(said.contains("Completion record of this run: comes when"), "{said}");
}

/// It could neither be printed nor was it said how it is checked.
#[test]
fn in_a_new_run_the_record_of_the_run_before_is_printed_and_checked() {
    let mut world = completed();
    let file = world.progress().completions[0].file_name.clone();
    drop(heard(&mut world, &["again", "again", "quit"]));
    let written = world.files.borrow().len();
    let (said, _) = talk(&mut world, 72, &["certificate", "export", "verify"]);
    let heard: Vec<String> = parts(&said).into_iter().map(|part| part.replace('\n', " ")).collect();
    let is_kept = format!(
        "Your record of 2027-01-15 is kept, in this file: /documents of Ada/{file} For a certificate of it to print, type export. To \
         hear how anybody checks it, type verify. There is no certificate of this run yet. What comes first: "
    );
    assert!(heard[0].starts_with(&is_kept), "{said}");
    let which = "There is no certificate of this run yet. What follows is about your record of 2027-01-15. ";
    let page = file.replace(".completion.json", ".certificate.html");
    let saved = format!("{which}Saved: the certificate to print is this file: /documents/{page}");
    assert!(heard[1].starts_with(&saved), "{said}");
    let check = format!("countersign verify /documents/{file}");
    assert!(heard[2].starts_with(which) && heard[2].contains(&check), "{said}");
    let files = world.files.borrow();
    // The file of the record, if it was gone, then the page, then the file once more.
    let names: Vec<&str> = files[written..].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [&*file, &*page, &*file]);
    let html = String::from_utf8(files[written + 1].1.clone()).expect("UTF-8");
    assert!(
        html.contains("Ada Example") && html.contains(&world.progress().completions[0].digest.to_string())
    );
}

/// A command was told for a file that was not there.
#[test]
fn a_record_of_the_run_before_whose_file_cannot_be_written_is_not_checked() {
    let mut world = completed();
    drop(heard(&mut world, &["again", "again", "quit"]));
    world.faults.set(1);
    let (said, _) = talk(&mut world, 72, &["verify", "verify", "quit"]);
    let said = parts(&said);
    assert!(said[0].contains("The record is safe, but its file was not written: "), "{said:?}");
    assert!(!said[0].contains("countersign verify") && said[1].contains("countersign verify"), "{said:?}");
}
