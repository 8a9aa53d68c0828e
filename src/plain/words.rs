//! States and marks in words.

use crate::clock::Calendar;
use crate::course::Course;
use crate::phrase::counted;
use crate::printable::Printable;
use crate::progress::AttemptAnswer;
use crate::quiz::mark::{self, Answered, Mark, score};
use crate::quiz::question::{LessonLink, Question};
use crate::quiz::response::Certainty;
use crate::training::{
    AssessmentState, CheckState, CheckView, LessonState, Missing, PolicyState, Text, Training, right_answers,
};

/// Which course it is.
pub(super) fn course(title: &str, version: &str) -> String {
    format!("{} Version {version}.", sentence(&format!("Course: {title}")))
}

/// So many minutes.
pub(super) fn minutes(minutes: u32) -> String {
    counted(minutes, "minute", "minutes")
}

/// Which text it is.
pub(super) fn text(text: Text) -> String {
    match text {
        Text::Lesson(module) => format!("lesson {}", module + 1),
        Text::Policy => "the policy".to_owned(),
    }
}

/// How far a question is answered.
pub(super) fn answered(answered: Answered) -> &'static str {
    match answered {
        Answered::Wholly => "answered",
        Answered::Partly => "partly answered",
        Answered::Not => "not answered",
    }
}

/// How many questions are answered, and how many partly.
pub(super) fn questions_answered(all: &[Answered]) -> String {
    let count = |which: Answered| all.iter().filter(|answered| **answered == which).count();
    let (whole, all) = (count(Answered::Wholly), counted(all.len(), "question", "questions"));
    match count(Answered::Partly) {
        0 => format!("{whole} of {all} answered."),
        partly => format!("{whole} of {all} answered, {partly} partly."),
    }
}

/// `words` as they begin a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// So many columns of what somebody typed are said back: who pasted a page by mistake need not hear it again.
const LONGEST_SAID_BACK: usize = 60;

/// What somebody typed, to be said back to them.
pub(super) fn said_back(typed: &str) -> Printable {
    Printable::new(typed).cut(LONGEST_SAID_BACK)
}

/// The thing of this number, counted from 1.
pub(super) fn at<T>(things: &[T], number: usize) -> Option<&T> {
    things.get(number.checked_sub(1)?)
}

/// That there is no `thing` of this number, and which there are.
pub(super) fn not_there(thing: &str, number: usize, count: usize) -> String {
    match count {
        0 => format!("There is no {thing} {number}: there are no {thing}s."),
        1 => format!("There is no {thing} {number}: there is {thing} 1 alone."),
        count => format!("There is no {thing} {number}. There are {thing}s 1 to {count}."),
    }
}

pub(super) fn lesson(state: LessonState) -> String {
    match state {
        LessonState::NotStarted => "not started".to_owned(),
        LessonState::Reading { percent, .. } => format!("begun, {percent} percent read"),
        LessonState::Read => "read".to_owned(),
        LessonState::Changed(read) => format!("{}, to be {}", read.change_words(), read.reading_words()),
    }
}

/// How the check of a module stands, and what the signed record says where that is something else.
pub(super) fn check_of(training: &Training, module: usize, state: CheckState) -> String {
    let (number, state) = (module + 1, check(state, training.course()));
    let record = training.percent_in_record(module);
    let record =
        record.map_or_else(String::new, |percent| format!(" Your signed record says {percent} percent."));
    format!("Knowledge check of lesson {number}: {state}.{record}")
}

fn check(state: CheckState, course: &Course) -> String {
    match state {
        CheckState::NotStarted => "not started".to_owned(),
        CheckState::UnderWay { answered, total } => format!("begun, {answered} of {total} answered"),
        CheckState::Finished { right, partly, total, passed, .. } => {
            let passed = if passed { "passed" } else { "not passed yet" };
            let needed = course.check_pass_percent.get();
            let reached = state.percent_to_tell(needed);
            let reached = reached.map_or_else(String::new, |percent| {
                format!(", {percent} percent of the points, and {needed} percent needed")
            });
            format!("{passed}, {}{reached}", right_answers(right, partly, total))
        }
    }
}

/// That so many questions are left of the check of a module that is being tried again, and the way to it.
pub(super) fn tried_again(module: usize, left: usize) -> String {
    let (number, left) = (module + 1, counted(left, "question is left", "questions are left"));
    format!(
        "The knowledge check of lesson {number} is being tried again: {left}. Type check {number} to go on with it."
    )
}

/// How far an open question of a check is answered, which is not handed in yet, or that it is asked again. `tail` goes on behind how far.
pub(super) fn asked_in_check(check: &CheckView<'_>, question: &Question, tail: Option<&str>) -> String {
    // A further round also asks what a newer version of the course is the first to ask.
    let is_asked_again = check.answered.iter().any(|(known, _)| known.id == question.id);
    let draft = check.draft(question);
    let begun = draft.and_then(|draft| draft.response.as_ref());
    let said = draft.and_then(|draft| draft.certainty);
    let answered = mark::answered(question, begun);
    let open = if answered == Answered::Wholly { ", not handed in" } else { "" };
    let state = format!("{}{open}", with_certainty(answered, tail, said));
    if !is_asked_again {
        return state;
    }
    let state = if begun.is_some() { format!(", {state}") } else { String::new() };
    match check.open.len() {
        1 => format!("asked again{state}, the last one for now"),
        left => {
            let others = counted(left - 1, "other question is", "other questions are");
            format!("asked again{state}. After it, {others} left to try again")
        }
    }
}

/// How far a question of the attempt under way is answered, and what is kept with its answer. `tail` goes on behind how far.
pub(super) fn asked_in_attempt(question: &Question, answer: &AttemptAnswer, tail: Option<&str>) -> String {
    let answered = mark::answered(question, answer.response.as_ref());
    let state = with_certainty(answered, tail, answer.certainty);
    if answer.flagged { format!("{state}, flagged") } else { state }
}

/// How far a question is answered, and how sure the learner is of that if they said so. No comma stands before `tail`: what else is so
/// of the question follows behind commas, and would be heard as said of what is open.
fn with_certainty(answered: Answered, tail: Option<&str>, said: Option<Certainty>) -> String {
    let tail = tail.map_or_else(String::new, |tail| format!(" {tail}"));
    let said = said.map_or_else(String::new, |said| format!(", {}", certainty(said)));
    format!("{}{tail}{said}", self::answered(answered))
}

pub(super) fn assessment(state: &AssessmentState, course: &Course, zone: Calendar) -> String {
    match state {
        AssessmentState::Locked(missing) => {
            if let [missing] = missing.as_slice() {
                format!("locked, {} first", needed(*missing, course))
            } else {
                format!("locked, {} things come first: type assessment to hear them", missing.len())
            }
        }
        AssessmentState::Ready { left } => format!("ready to start, {}", attempts_left(*left)),
        AssessmentState::UnderWay { attempt, answered, total } => {
            format!("attempt {attempt} under way, {answered} of {total} answered")
        }
        AssessmentState::Waiting { until, left } => {
            let until = until.day_and_time(zone);
            format!("not passed yet, the next attempt opens at {until}, {}", attempts_left(*left))
        }
        AssessmentState::NoneLeft => "not passed, no attempt left".to_owned(),
        AssessmentState::Passed { percent, .. } => format!("passed with {percent} percent"),
        AssessmentState::VersionMissing => {
            "an attempt is under way on a version of the course that is not here any more".to_owned()
        }
    }
}

pub(super) fn attempts_left(left: Option<u32>) -> String {
    match left {
        None => "as many attempts as it takes".to_owned(),
        Some(left) => format!("{} left", counted(left, "attempt", "attempts")),
    }
}

/// What has to be done about something missing.
pub(super) fn needed(missing: Missing, course: &Course) -> String {
    match missing {
        Missing::Lesson(module) => {
            let title = course.modules.get(module).map_or("", |module| module.lesson.title.as_str());
            format!("read lesson {}, {title},", module + 1)
        }
        Missing::Check(module) => format!("pass the knowledge check of lesson {}", module + 1),
    }
}

/// What a quiz is and what it is called; what its title repeats is said once.
pub(super) fn quiz(what: &str, title: &str) -> String {
    let is_said = |word: &str| what.to_lowercase().contains(&word.trim().to_lowercase());
    let own = title.split_once(':').filter(|(head, _)| is_said(head)).map_or(title, |(_, rest)| rest);
    let own = own.trim();
    if is_said(own) { format!("{what}.") } else { sentence(&format!("{what}: {own}")) }
}

pub(super) fn policy(state: PolicyState, zone: Calendar) -> String {
    match state {
        PolicyState::Locked => "to be agreed to when the assessment is passed".to_owned(),
        PolicyState::Open => "to be read and agreed to".to_owned(),
        PolicyState::Agreed(at) => format!("agreed to on {}", at.day_and_time(zone)),
    }
}

pub(super) fn verdict(mark: Mark) -> String {
    let score = score(u64::from(mark.earned), u64::from(mark.possible));
    if mark.earned == mark.possible {
        format!("Right: {score}.")
    } else if mark.earned == 0 {
        format!("Not right: {score}.")
    } else {
        format!("Partly right: {score}.")
    }
}

pub(super) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Sure => "sure",
        Certainty::Fairly => "fairly sure",
        Certainty::Guessing => "guessing",
    }
}

/// A certainty as learners type it, or as it is said back.
pub(super) fn typed_certainty(words: &str) -> Option<Certainty> {
    match words.to_lowercase().as_str() {
        "sure" => Some(Certainty::Sure),
        "fairly" | "fairly sure" => Some(Certainty::Fairly),
        "guessing" | "guess" => Some(Certainty::Guessing),
        _ => None,
    }
}

/// Which text and which heading a link means.
pub(super) fn link(training: &Training, link: &LessonLink) -> String {
    let Some(linked) = training.linked(link) else { return link.lesson.clone() };
    let title = &linked.lesson.title;
    let text = match linked.text {
        Text::Lesson(module) => format!("lesson {}, {title}", module + 1),
        Text::Policy => format!("the policy, {title}"),
    };
    match linked.heading {
        Some(heading) => format!("{text}, section {}", heading.text),
        None => text,
    }
}

/// The source of what is right in a question, and the lesson that lists it at its end, if its lesson does.
pub(super) fn source(course: &Course, question: &Question) -> Option<String> {
    let source = question.source.as_ref()?;
    Some(match course.listed_sources(question) {
        Some(sources) => sentence(&sources.words()),
        None => format!("Source: {}", sentence(source)),
    })
}

/// The text as a sentence: with a full stop unless it ends in a mark of its own.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if ends_by_itself(text) { text.to_owned() } else { format!("{text}.") }
}

/// Whether nothing belongs behind a text but another sentence.
fn ends_by_itself(text: &str) -> bool {
    let words = text.trim_end_matches([')', '”', '’', '"', '»', '）', '」', '』']);
    words.is_empty() || words.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '：'])
}

/// A sentence, which may end in a mark of its own, and what else can be done.
pub(super) fn or(text: &str, other: &str) -> String {
    let text = text.trim();
    if ends_by_itself(text) { format!("{text} Or {other}.") } else { format!("{text}, or {other}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_sentences() {
        assert_eq!(verdict(Mark { earned: 500, possible: 1000 }), "Partly right: 0.5 of 1 point.");
        assert_eq!(sentence("So it is"), "So it is.");
        for whole in
            ["Is it?", "“Is it?”", "‘Is it?’", "«Is it?»", "是吗？", "「行きますか？」", "（『是吗？』）"]
        {
            assert_eq!(sentence(whole), whole);
        }
        assert_eq!(["Phones (2026)", "Say “no”"].map(sentence), ["Phones (2026).", "Say “no”."]);
        assert_eq!(or("Press Enter to go", "type help"), "Press Enter to go, or type help.");
        assert_eq!(
            or("Press Enter to read Is it? ", "type help"),
            "Press Enter to read Is it? Or type help."
        );
        assert_eq!(quiz("Assessment", "What do you know?"), "Assessment: What do you know?");
        assert_eq!(["", "a", "über uns"].map(capital), ["", "A", "Über uns"]);
    }

    /// An attempt of one question had "0 of 1 questions answered".
    #[test]
    fn how_many_questions_are_answered() {
        use Answered::{Not, Partly, Wholly};
        assert_eq!(questions_answered(&[Not]), "0 of 1 question answered.");
        assert_eq!(questions_answered(&[Partly]), "0 of 1 question answered, 1 partly.");
        assert_eq!(questions_answered(&[Wholly, Not]), "1 of 2 questions answered.");
    }

    #[test]
    fn a_certainty_is_typed_as_it_is_said() {
        for said in [Certainty::Sure, Certainty::Fairly, Certainty::Guessing] {
            assert_eq!(typed_certainty(certainty(said)), Some(said));
        }
        assert_eq!(
            ["FAIRLY", "guess"].map(typed_certainty),
            [Some(Certainty::Fairly), Some(Certainty::Guessing)]
        );
        assert_eq!(["unsure", "not sure", ""].map(typed_certainty), [None; 3]);
    }

    #[test]
    fn a_source_is_found_in_the_list_of_its_lesson() {
        let course = crate::course::parse(crate::course::embedded()).expect("no faults");
        let questions = &course.modules[0].check.as_ref().expect("a check").questions;
        let check = |named: Option<&str>, expected: Option<&str>| {
            let question = Question { source: named.map(str::to_owned), ..questions[0].clone() };
            assert_eq!(source(&course, &question).as_deref(), expected);
        };
        check(Some("F058"), Some("Source: F058 in the list at the end of lesson 1."));
        check(Some("F113, F058"), Some("Sources: F058, F113 in the list at the end of lesson 1."));
        check(Some("F058, our guide"), Some("Source: F058, our guide."));
        check(None, None);
    }

    #[test]
    fn a_quiz_is_not_said_to_be_one_twice() {
        let check = |what: &str, title: &str, expected: &str| assert_eq!(quiz(what, title), expected);
        check("Assessment", "Assessment", "Assessment.");
        check("Assessment", "The final assessment", "Assessment: The final assessment.");
        check(
            "Knowledge check of lesson 1",
            "Check: why this course",
            "Knowledge check of lesson 1: why this course.",
        );
        check(
            "Knowledge check of lesson 1",
            "Data: four doors",
            "Knowledge check of lesson 1: Data: four doors.",
        );
    }
}
