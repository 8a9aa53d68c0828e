//! Knowledge checks: every question with feedback, and the wrong ones again.

use super::command::Command;
use super::key::{say_key_and_why, say_why};
use super::question::{self, described, gap_asked};
use super::review::{self, Reviewed};
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Entry, Place, Stop, Visit, answer, contents, words};
use crate::phrase::counted;
use crate::quiz::mark::{answered, is_complete};
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::{Certainty, Response};
use crate::quiz::walk::walk;
use crate::quiz::{AskCertainty, Quiz};
use crate::training::{CheckState, Step, Text};

/// Asks the open questions of the check, then says how it went and what can be done.
pub(super) fn take(session: &mut Session<'_, '_>, module: usize) -> Result<Place, Stop> {
    session.module = module;
    let course = session.course();
    let Some(quiz) = course.modules.get(module).and_then(|module| module.check.as_ref()) else {
        return Ok(Place::Contents);
    };
    let finished = session.training.check(module).is_none_or(|check| check.open.is_empty());
    if !finished {
        let changes = session.training.start_check(module);
        session.save(&changes)?;
        let title = words::quiz(&format!("Knowledge check of lesson {}", module + 1), &quiz.title);
        // Who comes back to it in the middle knows how it goes.
        let said = if changes.is_empty() { title } else { format!("{title} {}", rules(session, quiz)) };
        session.pause()?;
        session.say(&said)?;
    }
    go_through(session, module, quiz)
}

/// Says again what was answered to this question and how that was, for whoever comes back from the lesson, then goes on.
pub(super) fn hear_answer_again(
    session: &mut Session<'_, '_>,
    module: usize,
    question: usize,
) -> Result<Place, Stop> {
    session.module = module;
    let course = session.course();
    let quiz = course.modules.get(module).and_then(|module| module.check.as_ref());
    let answers = quiz.map(|quiz| answers(session, module, quiz)).unwrap_or_default();
    let answer = answers.iter().find(|answer| answer.number == question + 1);
    // An edition that a trainer changed meanwhile may ask something else.
    let Some((quiz, answer)) = quiz.zip(answer) else { return Ok(Place::Check(module)) };
    review::say(session, answer, quiz.questions.len())?;
    after_answer(session, module, answer.question)?;
    go_through(session, module, quiz)
}

/// Asks what is open, and what is asked again, until the learner goes elsewhere.
fn go_through(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz) -> Result<Place, Stop> {
    loop {
        while let Some(question) = next_open(session, module, quiz) {
            ask(session, module, quiz, question)?;
        }
        if let Some(place) = end(session, module, quiz)? {
            return Ok(place);
        }
    }
}

/// How the check goes.
fn rules(session: &Session<'_, '_>, quiz: &Quiz) -> String {
    let pass = session.course().check_pass_percent.get();
    format!(
        "{}. You hear after every answer whether it was right, and can try again what was not. To pass: {pass} percent.",
        counted(quiz.questions.len(), "question", "questions"),
    )
}

/// The next open question of the round.
fn next_open<'q>(session: &Session<'_, '_>, module: usize, quiz: &'q Quiz) -> Option<&'q Question> {
    let check = session.training.check(module)?;
    quiz.question(&check.open.first()?.id)
}

/// `Question 2 of 5, not answered.`
fn place(session: &Session<'_, '_>, module: usize, quiz: &Quiz, question: &Question) -> Option<String> {
    let check = session.training.check(module)?;
    let number = index(quiz, question)? + 1;
    let place = format!("Question {number} of {}", quiz.questions.len());
    Some(match (check.round, check.open.len()) {
        (..=1, _) => {
            let begun = check.draft(question).and_then(|draft| draft.response.as_ref());
            format!("{place}, {}.", words::answered(answered(question, begun)))
        }
        (_, 1) => format!("{place}, asked again. No other one is left to try again."),
        (_, left) => {
            let others = counted(left - 1, "other question is", "other questions are");
            format!("{place}, asked again. After it, {others} left to try again.")
        }
    })
}

fn index(quiz: &Quiz, question: &Question) -> Option<usize> {
    quiz.questions.iter().position(|other| other.id == question.id)
}

/// Asks one question until it is answered.
fn ask(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz, question: &Question) -> Result<(), Stop> {
    let order = session.training.check_order(module, question);
    let mut gap = None;
    let mut whole = true;
    loop {
        let draft = session.training.check(module).and_then(|check| check.draft(question).cloned());
        let response = draft.as_ref().and_then(|draft| draft.response.clone());
        let asked = gap_asked(question, response.as_ref(), gap);
        if whole {
            session.pause()?;
            if let Some(place) = place(session, module, quiz, question) {
                session.say(&place)?;
            }
            question::say(session, question, &order, response.as_ref())?;
        }
        question::say_part(session, question, &order, response.as_ref(), asked)?;
        whole = false;
        let complete = response.as_ref().filter(|response| is_complete(question, response));
        let (how, expected) = question::expected(question, response.as_ref(), asked);
        let enter = if complete.is_some() {
            "Press Enter to hand in your answer."
        } else {
            "Press Enter to hear it again."
        };
        match session.ask(
            &format!("{how} {enter}"),
            expected,
            Help::CheckQuestion(question::way(question)),
        )? {
            Said::Enter => match complete {
                Some(response) => {
                    let certainty = draft.and_then(|draft| draft.certainty);
                    return hand_in(session, module, question, None, response, certainty);
                }
                None => whole = true,
            },
            Said::Changed | Said::Repeat => whole = true,
            Said::Command(Command::Gap(number)) => gap = question::gap_numbered(session, question, number)?,
            Said::Command(Command::Clear) if is_under_way(question, response.as_ref()) => {
                session.say("What you decided stands: you heard what came of it. Go on with the story.")?;
            }
            Said::Command(Command::Clear) => {
                let changes = session.training.draft(module, &question.id, None, None);
                session.save(&changes)?;
                session.say("Saved: what you began is taken back.")?;
                (gap, whole) = (None, true);
            }
            Said::Command(Command::Review) => {
                hear_answers(session, module, quiz)?;
                whole = true;
            }
            Said::Command(Command::Return) => return Err(Stop::Go(Place::Contents)),
            Said::Command(_) => session.not_here()?,
            Said::Answer(line) => {
                let (line, certainty) = split_certainty(quiz, expected, &line);
                let before = response;
                match answer::read(question, &order, before.as_ref(), asked, line) {
                    Err(sentence) => session.say(&sentence)?,
                    Ok(response) if is_complete(question, &response) => {
                        return hand_in(session, module, question, before.as_ref(), &response, certainty);
                    }
                    Ok(longer) => {
                        let changes =
                            session.training.draft(module, &question.id, Some(longer.clone()), certainty);
                        session.save(&changes)?;
                        say_longer(session, question, &order, before.as_ref(), &longer)?;
                        gap = None;
                    }
                }
            }
        }
    }
}

/// Says what of an answer that is not whole yet is new since `before`, which is saved.
fn say_longer(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    before: Option<&Response>,
    now: &Response,
) -> Result<(), Stop> {
    if is_under_way(question, Some(now)) {
        say_consequences(session, question, before, now)
    } else {
        question::say_so_far(session, "Saved so far", question, order, before, now)
    }
}

/// Whether something was decided in a story.
fn is_under_way(question: &Question, response: Option<&Response>) -> bool {
    matches!(question.kind, Kind::Scenario { .. }) && !question::chosen(response).is_empty()
}

/// Says what came of the decisions of a story that were made since `before`: it teaches what to do next, so that is heard
/// before the next step.
fn say_consequences(
    session: &mut Session<'_, '_>,
    question: &Question,
    before: Option<&Response>,
    now: &Response,
) -> Result<(), Stop> {
    let Kind::Scenario { steps } = &question.kind else { return Ok(()) };
    let heard = question::chosen(before).len();
    for (_, branch) in walk(steps, question::chosen(Some(now))).made.iter().skip(heard) {
        session.pause()?;
        session.say(&format!("Saved, you decided: {}", question::decided(branch)))?;
        let feedback = branch.choice.feedback.as_deref().unwrap_or_default();
        let verdict = if branch.choice.right { "Right" } else { "Not right" };
        // What the author says often begins with the same word.
        let says = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        if !feedback.strip_prefix(verdict).is_some_and(says) {
            session.say(&format!("{verdict}."))?;
        }
        question::say_markdown(session, feedback)?;
    }
    session.pause()
}

/// Hands in a whole answer and gives feedback; what came of the decisions of a story that were made `before` was heard.
fn hand_in(
    session: &mut Session<'_, '_>,
    module: usize,
    question: &Question,
    before: Option<&Response>,
    response: &Response,
    certainty: Option<Certainty>,
) -> Result<(), Stop> {
    let check = session.training.check(module);
    let asks = check.map_or(AskCertainty::No, |check| check.quiz.certainty);
    let certainty = match (asks, certainty) {
        (AskCertainty::Yes, None) => {
            // Saved before the question about certainty, so that leaving here does not lose the answer.
            let changes = session.training.draft(module, &question.id, Some(response.clone()), None);
            session.save(&changes)?;
            match ask_certainty(session)? {
                Sureness::Said(certainty) => certainty,
                Sureness::Command(Command::Next) => None,
                // The answer is whole and not handed in: it can still be changed.
                Sureness::Command(_) => {
                    return session.say("Your answer is not handed in yet, and can still be changed.");
                }
            }
        }
        (AskCertainty::Yes | AskCertainty::No, certainty) => certainty,
    };
    let now = session.world.now();
    let handed_in = session.training.hand_in(module, &question.id, response.clone(), certainty, now);
    let Some((mark, changes)) = handed_in else { return Ok(()) };
    session.save(&changes)?;
    session.pause()?;
    let order = session.training.check_order(module, question);
    if is_under_way(question, Some(response)) {
        say_consequences(session, question, before, response)?;
        session.say(&words::verdict(mark))?;
    } else {
        question::say_described(session, "Saved", &described(question, &order, response))?;
        session.say(&words::verdict(mark))?;
        question::say_feedback(session, question, response)?;
    }
    say_key_and_why(session, question, &order, mark)?;
    after_answer(session, module, question)
}

/// Lets the learner take in the feedback. Whoever goes to a lesson from here comes back to here.
fn after_answer(session: &mut Session<'_, '_>, module: usize, question: &Question) -> Result<(), Stop> {
    let Some(check) = session.training.check(module) else { return Ok(()) };
    let left = check.open.len();
    if let Some(index) = index(check.quiz, question) {
        session.here = Place::Answered(module, index);
    }
    let enter = if left == 0 {
        "Press Enter to hear how the check went."
    } else {
        "Press Enter for the next question."
    };
    let read = if question.lesson.is_some() { " Type read to read that section." } else { "" };
    // `read` without a number means the section that this question is about, so it is taken before anybody else.
    loop {
        match session.ask_beside_lesson(&format!("{enter}{read}"), Expected::Choice, Help::AfterAnswer)? {
            Said::Enter | Said::Command(Command::Next) => {
                session.here = Place::Check(module);
                return Ok(());
            }
            Said::Command(Command::Why) | Said::Changed | Said::Repeat => say_why(session, question)?,
            Said::Command(Command::Read(None)) => return Err(Stop::Go(section(session, module, question))),
            Said::Command(_) | Said::Answer(_) => session.say("The answer is handed in.")?,
        }
    }
}

/// The section that a question is about, with the way back to its answer.
fn section(session: &Session<'_, '_>, module: usize, question: &Question) -> Place {
    let link = question.lesson.as_ref();
    let text = link.and_then(|link| session.training.text_in(&link.lesson));
    Place::Reading(Visit {
        text: text.unwrap_or(Text::Lesson(module)),
        entry: link.and_then(|link| link.heading.clone()).map_or(Entry::LeftOff, Entry::Heading),
        back: Some(Box::new(session.here.clone())),
    })
}

/// Says how the check went; a place when the learner goes on, `None` when another round began.
fn end(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz) -> Result<Option<Place>, Stop> {
    say_state(session, module)?;
    loop {
        let Some(check) = session.training.check(module) else { return Ok(Some(Place::Contents)) };
        let wrong = check.wrong().count();
        let passed = matches!(check.state, CheckState::Finished { passed: true, .. });
        let next = session.training.step_after_check(module).unwrap_or(Step::Check(module));
        let retry = if wrong > 0 { " Type retry to try what was not right again." } else { "" };
        let prompt = if passed || wrong == 0 {
            let next = contents::words_to(session, next);
            format!("Press Enter to {next}.{retry} Type review to hear all answers.")
        } else {
            "Press Enter to try what was not right again. Type review to hear all answers.".to_owned()
        };
        match session.ask(&prompt, Expected::Choice, Help::CheckEnd)? {
            Said::Enter | Said::Command(Command::Next) if passed || wrong == 0 => {
                return Ok(Some(next.into()));
            }
            Said::Enter | Said::Command(Command::Next | Command::Retry) if wrong > 0 => {
                let changes = session.training.start_check(module);
                session.save(&changes)?;
                return Ok(None);
            }
            Said::Command(Command::Retry) => {
                session.say("Everything was right; there is nothing to try again.")?;
            }
            Said::Command(Command::Review) => hear_answers(session, module, quiz)?,
            Said::Command(Command::Return | Command::Back) => return Ok(Some(Place::Contents)),
            Said::Changed | Said::Repeat => say_state(session, module)?,
            Said::Enter | Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn say_state(session: &mut Session<'_, '_>, module: usize) -> Result<(), Stop> {
    let Some(state) = session.training.check(module).map(|check| check.state) else { return Ok(()) };
    session.pause()?;
    session.say(&format!(
        "Knowledge check of lesson {}: {}.",
        module + 1,
        words::check(state, &session.course())
    ))
}

/// Says what was answered so far.
fn hear_answers(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz) -> Result<(), Stop> {
    review::hear(session, &answers(session, module, quiz), quiz.questions.len())
}

/// What was answered so far.
fn answers<'q>(session: &Session<'_, '_>, module: usize, quiz: &'q Quiz) -> Vec<Reviewed<'q>> {
    let Some(check) = session.training.check(module) else { return Vec::new() };
    let answers = quiz.questions.iter().enumerate().filter_map(|(index, question)| {
        let (_, answer) = check.answered.iter().find(|(answered, _)| answered.id == question.id)?;
        let (response, certainty) = (Some(answer.response.clone()), answer.certainty);
        let order = session.training.check_order(module, question);
        Some(Reviewed { number: index + 1, question, order, response, certainty })
    });
    answers.collect()
}

/// Takes a certainty off the end of a line where one may stand.
pub(super) fn split_certainty<'l>(
    quiz: &Quiz,
    expected: Expected,
    line: &'l str,
) -> (&'l str, Option<Certainty>) {
    let asked = quiz.certainty == AskCertainty::Yes && expected == Expected::Choice;
    let split = line.rsplit_once([' ', ',']).filter(|_| asked);
    let found = split.and_then(|(rest, word)| Some((rest, words::typed_certainty(word)?)));
    match found {
        Some((rest, certainty)) => (rest.trim_end_matches([' ', ',']), Some(certainty)),
        None => (line, None),
    }
}

/// What was said to the question how sure the learner is.
pub(super) enum Sureness {
    /// How sure they are, if they said so.
    Said(Option<Certainty>),
    /// A command for the place at which it was asked.
    Command(Command),
}

/// How sure the learner is; Enter says nothing of it.
pub(super) fn ask_certainty(session: &mut Session<'_, '_>) -> Result<Sureness, Stop> {
    loop {
        let prompt = "How sure are you? Type sure, fairly or guessing, or press Enter to skip.";
        match session.ask(prompt, Expected::Choice, Help::Certainty)? {
            Said::Enter => return Ok(Sureness::Said(None)),
            Said::Answer(word) => match words::typed_certainty(word.trim_start_matches('=')) {
                Some(certainty) => return Ok(Sureness::Said(Some(certainty))),
                None => session.say("That is none of the three. It never changes your score.")?,
            },
            Said::Changed | Said::Repeat => {}
            Said::Command(
                command @ (Command::Next
                | Command::Back
                | Command::Clear
                | Command::Flag
                | Command::Go(_)
                | Command::Gap(_)
                | Command::List
                | Command::Submit
                | Command::SubmitAgain),
            ) => return Ok(Sureness::Command(command)),
            Said::Command(_) => session.not_here()?,
        }
    }
}
