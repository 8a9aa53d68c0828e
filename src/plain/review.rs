//! Looking back at what was answered, one question at a time.

use super::command::Command;
use super::key::{offer_of_section, say_why, section};
use super::question::{self, Outcomes};
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Answers, Place, Stop, words};
use crate::quiz::question::Question;
use crate::quiz::response::{Certainty, Response};

/// A question with what was answered.
pub(super) struct Reviewed<'q> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) question: &'q Question,
    /// In which order its options were shown.
    pub(super) order: Vec<String>,
    pub(super) response: Option<Response>,
    pub(super) certainty: Option<Certainty>,
}

/// Says `answers`, of so many questions, one after the other from that to question `from` on, until the learner has heard
/// enough. Whoever goes to a lesson from one comes back to it.
pub(super) fn hear(
    session: &mut Session<'_, '_>,
    of: Answers,
    answers: &[Reviewed<'_>],
    total: usize,
    from: usize,
) -> Result<(), Stop> {
    let Some(last) = answers.len().checked_sub(1) else {
        return session.say("No answer is handed in yet.");
    };
    let before = session.here.clone();
    let mut at = answers.iter().position(|answer| answer.number == from).unwrap_or(0);
    let mut whole = true;
    loop {
        if std::mem::take(&mut whole) {
            say(session, &answers[at], total)?;
        }
        session.here = Place::Review(of, answers[at].number);
        let prompt = format!("{}{}", prompt(answers, at), offer_of_section(answers[at].question));
        match session.ask_beside_lesson(&prompt, Expected::Choice, Help::Review)? {
            Said::Command(Command::Read(None)) => {
                return Err(Stop::Go(section(session, answers[at].question)));
            }
            Said::Enter | Said::Command(Command::Next) if at == last => break,
            Said::Enter | Said::Command(Command::Next) => (at, whole) = (at + 1, true),
            Said::Command(Command::Back) if at == 0 => session.say("This is the first question.")?,
            Said::Command(Command::Back) => (at, whole) = (at - 1, true),
            Said::Command(Command::Go(number)) => {
                match answers.iter().position(|answer| answer.number == number) {
                    Some(found) => (at, whole) = (found, true),
                    None if (1..=total).contains(&number) => {
                        session.say(&format!("Question {number} is not answered yet."))?;
                    }
                    None => question::say_not_there(session, number, total)?,
                }
            }
            Said::Command(Command::All) => {
                answers[at + 1..].iter().try_for_each(|answer| say(session, answer, total))?;
                at = last;
            }
            Said::Command(Command::Return) => break,
            Said::Changed | Said::Repeat => whole = true,
            Said::Answer(line) if line.parse::<usize>().is_ok() => question::say_how_to_go(session, &line)?,
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
    session.here = before;
    session.pause()?;
    session.say("End of the review.")
}

fn prompt(answers: &[Reviewed<'_>], at: usize) -> String {
    match &answers[at + 1..] {
        [] if at == 0 => {
            "There is no other question to look back at. Press Enter to leave the review.".to_owned()
        }
        // Of a check under way it need not be the last question.
        [] => "No further answer follows. Press Enter to leave the review, or type back for the one before."
            .to_owned(),
        [next] => {
            format!(
                "Press Enter for question {}, the last one here. Type return to leave the review.",
                next.number
            )
        }
        [next, .., last] => format!(
            "Press Enter for question {}. Type go {last} for question {last}, all for the rest at once, or return to leave the \
             review.",
            next.number,
            last = last.number
        ),
    }
}

/// Says a question with what was answered, what it earned, what is right and why.
pub(super) fn say(session: &mut Session<'_, '_>, answer: &Reviewed<'_>, total: usize) -> Result<(), Stop> {
    let Reviewed { number, question, order, response, certainty } = answer;
    session.pause()?;
    session.say(&format!("Question {number} of {total}{}.", question::origin(session, question)))?;
    question::say(session, question, order, None, Outcomes::Unsaid)?;
    question::say_parts(session, question, order, response.as_ref())?;
    question::say_answer(session, "You answered", question, order, response.as_ref())?;
    if let Some(certainty) = certainty {
        session.say(&format!("You were {}.", words::certainty(*certainty)))?;
    }
    question::say_verdict(session, question, response.as_ref())?;
    if let Some(response) = response {
        question::say_remark(session, question, response)?;
    }
    question::say_key_if_unsaid(session, question, order, response.as_ref())?;
    say_why(session, question)
}
