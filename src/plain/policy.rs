//! Agreeing to the policy.

use super::command::Command;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Place, Stop, Visit, words};
use crate::training::{PolicyState, Text, in_the_agreement};

/// Said of one that cannot be agreed to yet.
pub(super) const LOCKED: &str =
    "The policy can be agreed to when the assessment is passed. It can be read now.";

/// Leads to the policy's text, and once all of that was read, to the statement. `back` is where `return` goes.
pub(super) fn agree(session: &mut Session<'_, '_>, back: Option<Box<Place>>) -> Result<Place, Stop> {
    let course = session.course();
    let (Some(policy), Some(state)) = (&course.policy, session.training.policy_state()) else {
        return Ok(session.next_place());
    };
    if state == PolicyState::Open && !session.training.is_read(Text::Policy) {
        return Ok(Place::Reading(Visit { from: back, ..Visit::to(Text::Policy) }));
    }
    let prompt = prompt(state, back.as_deref());
    let here = Place::Policy(back.clone());
    let again = Place::Reading(Visit { back: Some(Box::new(here)), ..Visit::to(Text::Policy) });
    let (expected, help) = match state {
        PolicyState::Open => (Expected::Decision, Help::Statement),
        PolicyState::Locked => (Expected::Choice, Help::PolicyLocked),
        PolicyState::Agreed(_) => (Expected::Choice, Help::PolicyAgreed),
    };
    say(session, &policy.statement, state)?;
    loop {
        match (session.ask_beside_lesson(&prompt, expected, help)?, state) {
            (Said::Command(Command::Read(None) | Command::Policy), _) => return Ok(again),
            (Said::Command(Command::Agree), PolicyState::Open) => {
                let changes = session.training.acknowledge(session.world.now());
                session.save(&changes)?;
                session.say("Saved: you agreed to the statement.")?;
                return Ok(session.next_place());
            }
            (Said::Enter | Said::Command(Command::Next), PolicyState::Agreed(_)) => {
                return Ok(session.next_place());
            }
            (Said::Command(Command::Back | Command::Return), _) | (Said::Enter, PolicyState::Locked) => {
                return Err(Stop::Back(back.map_or(Place::Contents, |back| *back)));
            }
            // What stands in the way, or that it is done, is what there is to say to it.
            (Said::Changed | Said::Repeat, _)
            | (Said::Command(Command::Agree), PolicyState::Locked | PolicyState::Agreed(_)) => {
                say(session, &policy.statement, state)?;
            }
            // Enter leads here from the contents, so back there it would go round in a circle.
            (Said::Enter | Said::Command(_) | Said::Answer(_), PolicyState::Open) => {
                session.say(NOT_AGREED)?;
            }
            (Said::Command(_) | Said::Answer(_), PolicyState::Locked | PolicyState::Agreed(_)) => {
                session.not_here()?;
            }
        }
    }
}

const NOT_AGREED: &str =
    "That does not agree to the statement. Only the word agree does, so that nobody agrees by accident.";

/// What can be done, and where one goes back to.
fn prompt(state: PolicyState, back: Option<&Place>) -> String {
    let to = if back.is_some() { "where you came from" } else { "the contents" };
    match state {
        PolicyState::Locked => format!("Press Enter to go back to {to}. Type read to read the policy."),
        PolicyState::Agreed(_) => {
            let back = if back.is_some() { ", or return to go back to where you came from" } else { "" };
            format!("Press Enter to go on. Type read to read the policy again{back}.")
        }
        PolicyState::Open => {
            let back = if back.is_some() { "return" } else { "contents" };
            format!(
                "Type agree to agree to it, read to read the policy again, or {back} to go back without agreeing."
            )
        }
    }
}

/// Says what is to be agreed to, or how it stands with that.
fn say(session: &mut Session<'_, '_>, statement: &str, state: PolicyState) -> Result<(), Stop> {
    session.pause()?;
    match state {
        PolicyState::Locked => session.say(LOCKED),
        PolicyState::Agreed(at) => {
            session.say(&format!("You agreed to the policy on {}.", at.day_and_time(session.zone)))
        }
        PolicyState::Open => {
            session.say("The statement that you are asked to agree to:")?;
            session.say(&words::sentence(statement))?;
            let name = session.training.learner().person.name.clone();
            session.say(&in_the_agreement(&name))
        }
    }
}
