//! Whole runs, broken ones, and lines that nobody expects.

use std::sync::Arc;

use countersign::clock::Timestamp;
use countersign::plain::{Ended, PlainError};
use countersign::record::claims::Face;
use countersign::record::read_completion;
use countersign::record::verdict::{Approval, CourseVersion, Level, Outcome, Verifier, verdict};
use countersign::training::{Echo, THE_FILE_COUNTS, in_the_agreement};
use proptest::prelude::*;

use crate::course::course;
use crate::talk::{listen, talk};
use crate::world::MadeUp;

/// How somebody who knows everything answers the last thing that was said, by identifiers and prompts alone.
pub(crate) fn right_line(said: &str) -> String {
    let prompt = said.trim_end().rsplit("\n\n").next().unwrap_or_default().replace('\n', " ");
    let heard = said.rsplit("\n> ").next().unwrap_or_default();
    let mut tags = said.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
    let asked = tags.rfind(|tag| tag.contains('/')).unwrap_or_default();
    let line = if prompt.contains("Your name") {
        "Ada Example"
    } else if prompt.contains("Your employee number") {
        "0042"
    } else if prompt.contains("Type start to begin") {
        "start"
    } else if prompt.contains("Type submit again") {
        "submit again"
    } else if prompt.contains("Everything is answered") {
        "submit"
    } else if prompt.contains("Type agree") {
        "agree"
    } else if prompt.contains("Type sign") {
        "sign"
    } else if prompt.contains("Type export") {
        if said.contains("to print is this file") { "quit" } else { "export" }
    } else if prompt.contains("Fill gap") || prompt.contains("Answer with") {
        match asked {
            "habits/first" => "=open fairly",
            "law/second" if prompt.contains("gap 1") => "=number=seven",
            "law/second" => "=word=support",
            "habits/single" => "=a",
            "habits/multiple" => "=b a",
            "law/truth" => "=false",
            "law/match" if heard.to_lowercase().contains("so far") => "=tip=tip",
            "law/match" => "=law=law",
            "habits/order" => "=x y z",
            "law/number" => "530.0",
            "law/text" => "=next",
            "law/cloze" if prompt.contains("gap 1") => "2017",
            "law/cloze" => "=the law",
            "habits/story" if heard.contains("[refuse]") => "=refuse",
            "habits/story" => "=report",
            other => panic!("asked {other:?}: {prompt}"),
        }
    } else {
        ""
    };
    line.to_owned()
}

fn checks(world: &MadeUp) {
    let progress = world.progress();
    let completion = progress.completions.last().expect("a signed record");
    let read = read_completion(&completion.record).expect("a record");
    assert_eq!(read.claims.face, Face::Linear);
    assert_eq!(read.claims.person.number, "0042");
    assert_eq!(read.claims.result.earned, 9000);
    assert!(read.claims.acknowledgement.is_some());
    assert!(read.claims.attempts[0].active_seconds > 0);
    assert!(read.claims.lessons.iter().any(|lesson| lesson.active_seconds > 0));
    let version = CourseVersion { course: Arc::clone(&world.course), approval: Approval::Approved };
    let verifier = Verifier { courses: vec![version], ..Verifier::default() };
    let verdict = verdict(&completion.record, &verifier);
    for (level, finding) in verdict.findings() {
        let known = matches!(level, Level::Signature | Level::Content | Level::Grading);
        let expected = if known { Outcome::Pass } else { Outcome::Unknown };
        assert_eq!(finding.outcome, expected, "{level}: {:?}", finding.reasons);
    }
}

#[test]
fn from_first_start_to_the_signed_record() {
    let mut world = MadeUp::new(&course());
    let mut first = true;
    let (said, ended) = listen(&mut world, 72, |said| {
        let begun = said.contains("Press Enter to read lesson 1");
        if begun && std::mem::take(&mut first) { Some("ids on".to_owned()) } else { Some(right_line(said)) }
    });
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}\n{said}");
    checks(&world);
    assert!(said.contains("[story]") || said.contains("/story]"), "identifiers are said");
    assert!(!said.contains("[tip]"), "the identifiers of pairs would give the answer away");
    let files = world.files.borrow();
    assert!(
        files.iter().any(|(name, bytes)| name.contains(".html") && bytes.starts_with(b"<!DOCTYPE html>"))
    );
    assert!(said.contains("Its fingerprint is:\nsha256:"));
    // The command was broken within the name of the file, which stood there without its folder.
    let name = &files.iter().find(|(name, _)| name.ends_with(".completion.json")).expect("a record").0;
    let path = countersign::shell::quoted(format!("/documents of Ada/{name}"));
    let command = format!("\ncountersign verify {path}\n");
    assert!(command.len() > 72 && said.contains(&command), "{command}");
    let certificate =
        said.split("Certificate of completion.").nth(1).expect("a certificate").replace('\n', " ");
    for words in
        ["Ada Example", "0042", "Phones at work", "100 percent", "Valid until: 2028-01-15", "hr@example.org"]
    {
        assert!(certificate.contains(words), "{words} is missing in {certificate}");
    }
}

/// The full screen said more before agreeing and signing, and what to do with the file.
#[test]
fn before_agreeing_and_signing_it_is_said_what_the_record_will_hold() {
    let mut world = MadeUp::new(&course());
    let mut first = true;
    let (said, _) = listen(&mut world, 1000, |said| {
        let begun = said.contains("Press Enter to read lesson 1");
        if begun && std::mem::take(&mut first) { Some("ids on".to_owned()) } else { Some(right_line(said)) }
    });
    let before = |typed: &str| said.split_once(&format!("> {typed}\n")).expect("it was typed").0.to_owned();
    assert!(before("agree").contains(&in_the_agreement("Ada Example")), "{said}");
    let at_the_signature =
        before("sign").split_once("What is left is your signature.").expect("said").1.to_owned();
    for words in [
        "Agreed to: I have read and understood this policy.",
        "Your completion record will be written to:\n/documents\n",
    ] {
        assert!(at_the_signature.contains(words), "{words}: {at_the_signature}");
    }
    assert!(said.contains(&format!(".completion.json\n{THE_FILE_COUNTS}\n")), "{said}");
}

#[test]
fn broken_off_again_and_again_and_taken_up_each_time() {
    let mut world = MadeUp::new(&course());
    for session in 0..400 {
        let mut lines = 0;
        let (said, ended) = listen(&mut world, 72, |said| {
            lines += 1;
            let introducing = said.contains("Your name") && !said.contains("Your signing key is made");
            match lines {
                1 if !introducing => Some("ids on".to_owned()),
                2 if !introducing => Some(String::new()),
                _ if introducing || lines < 4 + session % 7 => Some(right_line(said)),
                _ => None,
            }
        });
        assert!(ended.is_ok(), "{ended:?}\n{said}");
        if said.contains("Certificate of completion.") {
            return checks(&world);
        }
    }
    panic!("never came to an end");
}

#[test]
fn a_failed_save_is_said_and_can_be_tried_again() {
    let mut world = MadeUp::new(&course());
    talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]).1.expect("introduced");
    world.faults.set(2);
    let (said, ended) = talk(&mut world, 72, &["check 1", "nonsense", "", "", "quit"]);
    assert!(matches!(ended, Ok(Ended::Quit)));
    assert_eq!(said.matches("Not saved: no space left in <U+001B>[31m/data.").count(), 2, "{said}");
    assert!(said.contains("What to do: make room on this disk."));
    assert_eq!(world.progress().checks.len(), 1, "the third time it was saved");
}

#[test]
fn leaving_while_something_is_not_saved_is_no_clean_end() {
    for leave in [&["check 1"][..], &["check 1", "quit"]] {
        let mut world = MadeUp::new(&course());
        talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]).1.expect("introduced");
        world.faults.set(1000);
        let (said, ended) = talk(&mut world, 72, leave);
        assert!(matches!(ended, Err(PlainError::NotSaved(_))), "{said}");
        assert!(!said.contains("Saved"), "{said}");
    }
}

#[test]
fn a_second_copy_that_was_first_is_followed() {
    let mut world = MadeUp::new(&course());
    talk(&mut world, 72, &["Ada Example", "0042", "", "", ""]).1.expect("introduced");
    let mut other = MadeUp::new(&world.course);
    other.store = world.store.clone();
    let mut step = 0;
    let (said, ended) = listen(&mut world, 72, |_| {
        step += 1;
        match step {
            1 | 3 => Some("check 1".to_owned()),
            2 => {
                let (said, _) = talk(&mut other, 72, &["check 1", "=open sure", ""]);
                assert!(said.contains("Right: 1 of 1 point."), "{said}");
                Some("=type sure".to_owned())
            }
            _ => None,
        }
    });
    assert!(ended.is_ok());
    assert!(said.contains("another running copy has gone on with this check"), "{said}");
    assert!(said.contains("Question 2 of 2"), "{said}");
}

#[test]
fn a_passphrase_is_asked_for_until_it_is_right_and_not_shown() {
    let mut world = MadeUp::new(&course());
    let mut asked = 0;
    let (said, ended) = listen(&mut world, 72, |said| {
        let last = said.trim_end().lines().last().unwrap_or_default();
        if last.ends_with("is not shown.") {
            asked += 1;
            let typed = match asked {
                3 => "wrong",
                4 => "",
                5 => "help",
                _ => "tea and toast",
            };
            return Some(typed.to_owned());
        }
        let begun = said.contains("Press Enter to read lesson 1") && !said.contains("> ids on");
        Some(if begun { "ids on".to_owned() } else { right_line(said) })
    });
    assert!(matches!(ended, Ok(Ended::Quit)), "{ended:?}");
    assert!(said.contains("Not signed: the passphrase does not open the key."));
    // The hint says "the help says how", and nothing said where there is help; and nothing was said while it was checked.
    let told = said.replace('\n', " ");
    assert_eq!(
        told.matches("Type help if you have forgotten it. What you type is not shown.").count(),
        4,
        "{said}"
    );
    assert_eq!(
        told.matches("> tea and toast The passphrase is being checked. That takes a moment. Saved:").count(),
        1,
        "{said}"
    );
    assert_eq!(
        told.matches("> wrong The passphrase is being checked. That takes a moment. Not signed:").count(),
        1,
        "{said}"
    );
    assert!(
        told.contains("Your signing key is being made. With a passphrase that takes a moment."),
        "{said}"
    );
    // Whoever pressed Enter came back to the signature without a word.
    assert!(said.contains("\nNot signed.\n"), "{said}");
    assert!(said.replace('\n', " ").contains("If you have forgotten it, begin anew: leave, move"), "{said}");
    checks(&world);
    let echoes = world.echoes.borrow();
    assert!(echoes.chunks(2).all(|pair| pair == [Echo::Hidden, Echo::Shown]), "{echoes:?}");
}

#[test]
fn a_failed_attempt_is_explained_and_the_next_one_comes_after_the_wait() {
    let mut world = MadeUp::new(&course());
    let fails = |said: &str| {
        if said.contains("Result: not passed") {
            return None;
        }
        if said.contains("Type start") && said.ends_with("hand in.\n") {
            Some("submit".to_owned())
        } else {
            None
        }
        .or_else(|| {
            let begun = said.contains("Press Enter to read lesson 1") && !said.contains("> ids on");
            let in_attempt = said.contains("Saved: the attempt has begun.");
            Some(match (begun, in_attempt) {
                (true, _) => "ids on".to_owned(),
                (_, true) if said.contains("Not answered, and earning nothing") => "submit again".to_owned(),
                (_, true) => "submit".to_owned(),
                _ => right_line(said),
            })
        })
    };
    let (said, _) = listen(&mut world, 72, fails);
    assert!(said.contains("Result: not passed. 0 percent, 0 of 9 points. To pass: 60 percent."), "{said}");
    assert!(said.contains("1. Lesson 1, What apps collect, section Habits."), "{said}");
    let (said, _) = talk(&mut world, 72, &["assessment", "review"]);
    assert!(said.contains("The next attempt can begin in 30 minutes, at"), "{said}");
    let said = said.replace('\n', " ");
    assert!(said.contains("You have 1 attempt left."), "{said}");
    assert!(said.contains("after the last one. Another attempt draws from the same questions."), "{said}");
    world.clock.set(world.clock.get() + 31 * 60);
    // Once nobody has to wait any more, and at once where there is no wait, the way to the next attempt leads past the result.
    let (said, _) = talk(&mut world, 72, &["assessment", ""]);
    let (result, rules) = (said.find("Result: not passed."), said.find("Type start"));
    assert!(result.is_some() && result < rules, "{said}");
    let (said, _) =
        talk(&mut world, 72, &["assessment", "start", "start", "submit", "submit", "review", "all"]);
    assert!(said.contains("No attempt is left."), "{said}");
    assert!(said.replace('\n', " ").contains("The owner of the course: "), "{said}");
    assert!(said.contains("You answered: nothing."), "{said}");
    assert!(said.contains("Alpha comes first."), "{said}");
}

/// Lines that mean something somewhere, and lines that mean nothing anywhere.
fn line() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "",
        "",
        "",
        "next",
        "back",
        "contents",
        "read 1",
        "read 2",
        "read 99",
        "check 1",
        "check 2",
        "assessment",
        "policy",
        "certificate",
        "status",
        "help",
        "ids on",
        "ids off",
        "width 1",
        "width 40",
        "lines 1",
        "lines 3",
        "all",
        "page 2",
        "page 99",
        "headings",
        "search",
        "search the",
        "search",
        "found 2",
        "found 99999",
        "heading 1",
        "heading 9",
        "links",
        "return",
        "repeat",
        "why",
        "retry",
        "review",
        "start",
        "start",
        "flag",
        "list",
        "go 1",
        "go 9",
        "go 10",
        "gap 1",
        "gap 7",
        "clear",
        "submit",
        "submit again",
        "agree",
        "sign",
        "export",
        "again",
        "1",
        "2",
        "3",
        "1 2",
        "1 2 3",
        "3 2 1",
        "1=1",
        "2=3",
        "t",
        "false",
        "=open",
        "=a",
        "id:b",
        "530",
        "12,5",
        "=next",
        "/next",
        "sure",
        "=number=seven",
        "=",
        "=refuse",
        "=refuse report",
        "=report",
    ];
    prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => r"\PC{0,20}",
        1 => r"[0-9=, /a-z]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Whatever is typed: no panic, no control character, no line too wide, and what was saved is what the next start
    /// finds, word by word as it was confirmed.
    #[test]
    fn any_lines_are_answered_in_words_and_lose_nothing(
        lines in prop::collection::vec(line(), 0..120), width in 10_usize..90, broken in 0_u32..3,
    ) {
        let mut world = MadeUp::new(&course());
        talk(&mut world, 72, &["Ada Example", "0042", "", "", "", "read 1", "read 2", "check 1", "=open sure", "", "=seven", "=support", ""])
            .1.expect("introduced");
        world.faults.set(broken);
        let script: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (said, _) = talk(&mut world, width, &script);
        let heard = said.lines().filter(|line| !line.starts_with('>'));
        for line in heard {
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        let mut saved = 0;
        let progress = world.progress();
        for attempt in &progress.attempts {
            saved += attempt.answers.values().filter(|answer| answer.response.is_some()).count();
            prop_assert!(attempt.submitted.is_none_or(|end| end.at >= Timestamp::from_unix(1_800_000_000).expect("a time")));
        }
        // Every answer that is confirmed and not taken back is there.
        // On narrow lines these words stand on several.
        let heard = said.lines().filter(|line| !line.starts_with('>')).flat_map(str::split_whitespace);
        let heard = heard.collect::<Vec<_>>().join(" ");
        let cleared = heard.contains("is taken away.") || heard.contains("is taken back.");
        let confirmed: std::collections::BTreeSet<&str> = heard
            .match_indices("Saved, question ")
            .map(|(at, found)| heard[at + found.len()..].split(':').next().unwrap_or_default())
            .collect();
        if !cleared && progress.attempts.len() == 1 {
            prop_assert!(saved >= confirmed.len(), "{saved} saved, confirmed {confirmed:?}\n{said}");
        }
    }
}

/// A typo of the first minute went into the record.
#[test]
fn a_name_that_is_corrected_before_signing_is_the_one_that_is_signed() {
    let mut world = MadeUp::new(&course());
    let mut first = true;
    let (said, _) = listen(&mut world, 72, |said| {
        if said.contains("Press Enter to read lesson 1") && std::mem::take(&mut first) {
            return Some("ids on".to_owned());
        }
        let prompt = said.trim_end().rsplit("\n\n").next().unwrap_or_default();
        let corrects = said.contains("> correct");
        if prompt.contains("Type sign") && !corrects {
            return Some("correct".to_owned());
        }
        if prompt.contains("Your name") && corrects {
            return Some("Ada Sample".to_owned());
        }
        Some(right_line(said))
    });
    let completion = world.progress().completions.last().cloned().expect("a signed record");
    let person = read_completion(&completion.record).expect("a record").claims.person;
    assert_eq!((person.name.as_str(), person.number.as_str()), ("Ada Sample", "0042"));
    let (_, behind) = said.rsplit_once("Saved: who you are.").expect("it was kept");
    assert!(behind.contains("Name: Ada Sample. Employee number: 0042. E-mail: none."), "{behind}");
}
