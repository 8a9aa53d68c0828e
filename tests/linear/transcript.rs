//! The whole of the bundled course, said aloud: every line is to make sense to somebody who sees no screen.
//!
//! The transcripts are left in the build folder, to be read by a person too.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use countersign::course::{self, Course};
use countersign::plain::Ended;
use countersign::quiz::key::key;
use countersign::quiz::question::{GapKind, Kind, Question};
use countersign::quiz::response::Response;

use crate::talk::listen;
use crate::world::MadeUp;

fn bundled() -> Arc<Course> {
    Arc::new(course::parse(course::embedded()).expect("the bundled course has no faults"))
}

/// The question that was asked last.
fn asked<'a>(course: &'a Course, said: &str) -> Option<&'a Question> {
    let mut tags = said.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')?.split_once('/'));
    let (topic, id) = tags.next_back()?;
    let checks = course.modules.iter().filter_map(|module| module.check.as_ref());
    let bank = said.contains("Saved: the attempt has begun.").then_some(&course.assessment.quiz);
    let quizzes = bank.into_iter().chain(checks);
    let mut questions = quizzes.flat_map(|quiz| &quiz.questions);
    questions.find(|question| question.topic.as_str() == topic && question.id.as_str() == id)
}

/// The line that answers `question` rightly, as far as it was asked.
fn answer(question: &Question, heard: &str, prompt: &str) -> String {
    let pairs = |map: &std::collections::BTreeMap<String, String>| {
        map.iter().map(|(left, right)| format!("{left}={right}")).collect::<Vec<_>>().join(" ")
    };
    match (&question.kind, key(question)) {
        (Kind::Cloze { gaps, .. }, Response::Map(map)) => {
            let number =
                prompt.split("gap ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
            let gap = &gaps[number.and_then(|number| number.parse::<usize>().ok()).unwrap_or(1) - 1];
            let right = &map[gap.id.as_str()];
            match &gap.kind {
                GapKind::Choice(_) => format!("={}={right}", gap.id),
                GapKind::Text(_) | GapKind::Number(_) => format!("={right}"),
            }
        }
        (Kind::Scenario { .. }, Response::List(path)) => {
            let next = path.iter().rfind(|id| heard.contains(&format!("[{id}]")));
            format!("={}", next.expect("a decision of the story"))
        }
        (_, Response::Text(text)) => format!("={text}"),
        (_, Response::List(list)) => format!("={}", list.join(" ")),
        (_, Response::Map(map)) => format!("={}", pairs(&map)),
    }
}

/// What a learner types who knows everything.
fn line(course: &Course, said: &str) -> Option<String> {
    let prompt = said.trim_end().rsplit("\n\n").next().unwrap_or_default().replace('\n', " ");
    let heard = said.rsplit("\n> ").next().unwrap_or_default();
    let words = if prompt.contains("Your name") {
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
        return None;
    } else if prompt.contains("sure, fairly or guessing") && !prompt.contains("Answer") {
        "fairly"
    } else if prompt.contains("Fill gap") || prompt.contains("Answer with") {
        let question = asked(course, said).unwrap_or_else(|| panic!("nothing was asked: {prompt}"));
        return Some(answer(question, heard, &prompt));
    } else {
        ""
    };
    Some(words.to_owned())
}

/// The whole course at this width, with what was typed behind `> `. It is left in the build folder, to be read line by line.
fn transcript(course: &Arc<Course>, width: usize) -> String {
    let mut world = MadeUp::new(course);
    let mut first = true;
    let (said, ended) = listen(&mut world, width, |said| {
        let begun = said.contains("Press Enter to read");
        let ids = begun && std::mem::take(&mut first);
        if ids { Some("ids on".to_owned()) } else { line(course, said) }
    });
    assert!(
        matches!(ended, Ok(Ended::InputEnded)),
        "{ended:?}\n{}",
        &said[said.len().saturating_sub(3000)..]
    );
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("linear-{width}.txt"));
    #[expect(clippy::disallowed_methods, reason = "a transcript for people, in the build folder")]
    fs::write(path, &said).expect("the build folder can be written");
    said
}

/// Signs that a voice leaves out or spells, and that would be all there is to tell one state from another.
const SIGNS: &str = "│┃─━┄┌┐└┘├┤┬┴┼═║╔╗╚╝█▉▊▋▌▍▎▏░▒▓▲▼►◄●○◉◯■□▪▫✓✔✗✘✕☐☑☒★☆⚑⚐›‹»«→←↑↓⟶•◦‣";

#[test]
fn every_line_of_the_whole_course_makes_sense_by_itself() {
    let course = bundled();
    for width in [80, 40] {
        let said = transcript(&course, width);
        assert!(said.contains("Certificate of completion."), "{width}: the end was not reached");
        let heard: Vec<&str> = said.lines().filter(|line| !line.starts_with("> ") && *line != ">").collect();
        for (number, line) in heard.iter().enumerate() {
            let around = || heard[number.saturating_sub(3)..(number + 3).min(heard.len())].join("\n");
            // What is to be copied is one line, however long.
            let is_copied = line.starts_with("countersign verify ")
                || line.ends_with(".completion.json")
                || line.starts_with("sha256:");
            let fits = line.chars().count() <= width || is_copied;
            assert!(fits, "too wide at {width}: {line:?}");
            assert!(!line.contains(|c| SIGNS.contains(c)), "a sign at {width}: {line:?}\n{}", around());
            let spoken = line.is_empty() || line.contains(char::is_alphanumeric);
            assert!(spoken, "nothing to say at {width}: {line:?}\n{}", around());
        }
        // A pause is one empty line.
        assert!(!said.contains("\n\n\n"), "two empty lines");
        // Who is asked is told what can be typed.
        for (before, typed) in said.split("\n> ").zip(said.split("\n> ").skip(1)) {
            let prompt = before.rsplit("\n\n").next().unwrap_or_default().replace('\n', " ");
            let typed = typed.lines().next().unwrap_or_default();
            let offers =
                ["Press Enter", "Type ", "Answer with", "or Enter", "Your ", "passphrase", "Enter for"];
            assert!(offers.iter().any(|words| prompt.contains(words)), "{prompt:?} then {typed:?}");
        }
    }
}
