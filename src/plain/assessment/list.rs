//! The list of all questions of an attempt, and handing it in.

use std::sync::Arc;

use super::{Turn, go, obey, take_seat};
use crate::phrase;
use crate::plain::command::Command;
use crate::plain::question;
use crate::plain::session::Session;
use crate::plain::talk::{Expected, Help, Said};
use crate::plain::{Arrival, Place, Stop, words};
use crate::quiz::mark::Answered;

/// How every question stands, and where to go from there. Whoever goes to a lesson from it comes back to it.
pub(super) fn list(session: &mut Session<'_, '_>, arrival: Arrival) -> Result<Turn, Stop> {
    match arrival {
        Arrival::Anew => say_list(session)?,
        Arrival::Back => {
            session.say("You are back at the list of all questions. Type list to hear it again.")?;
        }
    }
    session.here = Place::List;
    let turn = choose(session)?;
    session.here = Place::Assessment;
    Ok(turn)
}

fn choose(session: &mut Session<'_, '_>) -> Result<Turn, Stop> {
    loop {
        let open = session.training.unanswered();
        let Some(seat) = take_seat(session) else { return Ok(Turn::Leave(Place::Assessment)) };
        let example = seat.sitting.drawn.len().min(3);
        let prompt = match open.first() {
            Some(first) => format!(
                "Press Enter for question {}. Type go {example} for question {example}, or submit to hand in.",
                first + 1
            ),
            None => format!(
                "Everything is answered. Type submit to hand in, go {example} for question {example}, or list to hear this again."
            ),
        };
        match session.ask(&prompt, Expected::Choice, Help::List)? {
            Said::Enter | Said::Command(Command::Next) => match open.first() {
                Some(first) => return go_from_here(session, *first),
                None => session.say("Enter alone submits nothing.")?,
            },
            Said::Changed | Said::Repeat | Said::Command(Command::List) => say_list(session)?,
            Said::Command(Command::Back | Command::Return) => return Ok(Turn::Whole),
            // What is open in the question that was left was said when the list was opened.
            Said::Command(Command::Go(number)) if (1..=seat.sitting.drawn.len()).contains(&number) => {
                return go_from_here(session, number - 1);
            }
            Said::Command(command @ (Command::Go(_) | Command::Submit | Command::SubmitAgain)) => {
                match obey(session, &seat, &command)? {
                    // The number was wrong, or nothing was submitted, and the sentence about it was said.
                    Turn::Part | Turn::Again(_) | Turn::Whole => {}
                    turn @ (Turn::FromList | Turn::List | Turn::Gap(_) | Turn::Return | Turn::Leave(_)) => {
                        return Ok(turn);
                    }
                }
            }
            Said::Answer(line) if line.parse::<usize>().is_ok() => {
                question::say_how_to_go(session, &line)?;
            }
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

/// To a question that is chosen in the list.
fn go_from_here(session: &mut Session<'_, '_>, index: usize) -> Result<Turn, Stop> {
    go(session, index).map(|_| Turn::FromList)
}

fn say_list(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let all = session.training.answered();
    let Some((attempt, sitting)) = session.training.attempt() else { return Ok(()) };
    let sitting = Arc::clone(sitting);
    let states: Vec<String> = sitting
        .questions()
        .map(|(question, _)| {
            let answer = attempt.answers.get(&question.id).cloned().unwrap_or_default();
            words::asked_in_attempt(question, &answer, None)
        })
        .collect();
    session.pause()?;
    let mut first = 1;
    for alike in states.chunk_by(|one, next| one == next) {
        let last = first + alike.len() - 1;
        let which = match alike.len() {
            1 => format!("Question {first}"),
            2 => format!("Questions {first} and {last}"),
            _ => format!("Questions {first} to {last}"),
        };
        session.say(&format!("{which}: {}.", alike[0]))?;
        first = last + 1;
    }
    session.say(&words::questions_answered(&all))
}

/// The numbers of the questions that are answered as far as `which` says.
fn those(all: &[Answered], which: Answered) -> Vec<usize> {
    numbers(all.iter().enumerate().filter(|(_, answered)| **answered == which).map(|(index, _)| index))
}

const NOT_SUBMITTED: &str = "Not submitted.";

/// Asks once more, then hands in.
pub(super) fn submit(session: &mut Session<'_, '_>) -> Result<Turn, Stop> {
    let all = session.training.answered();
    if all.is_empty() {
        return Ok(Turn::Leave(Place::Assessment));
    }
    say_what_is_submitted(session, &all)?;
    let prompt =
        "After this no answer can be changed. Type submit again to submit, or press Enter to go back.";
    loop {
        match session.ask(prompt, Expected::Decision, Help::Submit)? {
            // The prompt can be heard as a command of two words or as one word said once more: both mean it.
            Said::Command(Command::Submit | Command::SubmitAgain) => {
                let changes = session.training.submit(session.world.now());
                session.save(&changes)?;
                session.track_nothing();
                session.say("Saved: the attempt is submitted.")?;
                return Ok(Turn::Leave(Place::Assessment));
            }
            Said::Changed | Said::Repeat => say_what_is_submitted(session, &all)?,
            // Whoever hears which questions are open goes to one of them.
            Said::Command(Command::Go(number)) if (1..=all.len()).contains(&number) => {
                session.say(NOT_SUBMITTED)?;
                return go_from_here(session, number - 1);
            }
            Said::Command(Command::Go(number)) => question::say_not_there(session, number, all.len())?,
            Said::Answer(line) if line.parse::<usize>().is_ok() => {
                question::say_how_to_go(session, &line)?;
            }
            Said::Command(Command::List) => {
                session.say(NOT_SUBMITTED)?;
                return Ok(Turn::List);
            }
            Said::Enter
            | Said::Command(Command::Back | Command::Return | Command::Next)
            | Said::Answer(_) => {
                session.say(NOT_SUBMITTED)?;
                return Ok(Turn::Whole);
            }
            Said::Command(_) => {
                session.say("Not submitted, and nothing else was done.")?;
                return Ok(Turn::Whole);
            }
        }
    }
}

/// Says what is handed in, and what of it earns nothing or may have been overlooked.
fn say_what_is_submitted(session: &mut Session<'_, '_>, all: &[Answered]) -> Result<(), Stop> {
    session.pause()?;
    session.say(&format!("About to submit: {}", words::questions_answered(all)))?;
    let (open, partly) = (those(all, Answered::Not), those(all, Answered::Partly));
    if !open.is_empty() {
        session.say(&format!("Not answered, and earning nothing: {}.", phrase::numbers(&open)))?;
    }
    if !partly.is_empty() {
        session.say(&format!("Partly answered: {}. What is there counts.", phrase::numbers(&partly)))?;
    }
    // What is answered in part is named already.
    let unseen =
        session.training.answered_unseen().into_iter().filter(|index| all[*index] == Answered::Wholly);
    let unseen = numbers(unseen);
    if !unseen.is_empty() {
        session.say(&format!(
            "Answered, although a part was never shown or said: {}.",
            phrase::numbers(&unseen)
        ))?;
    }
    let flagged = numbers(session.training.flagged());
    if !flagged.is_empty() {
        session.say(&format!("Flagged, to come back to: {}.", phrase::numbers(&flagged)))?;
    }
    Ok(())
}

/// What questions at these indices are called.
fn numbers(indices: impl IntoIterator<Item = usize>) -> Vec<usize> {
    indices.into_iter().map(|index| index + 1).collect()
}
