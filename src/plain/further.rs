//! What becomes of the run under way when a new assignment was named.

use super::command::Command;
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Place, Stop};

/// Asks whether to begin anew for the assignment that was named, if there is something to lose by it, and gives the place that
/// the learner goes to instead of answering.
pub(super) fn decide(session: &mut Session<'_, '_>) -> Result<Option<Place>, Stop> {
    if session.training.further().is_none() {
        return Ok(None);
    }
    let elsewhere = match ask(session) {
        Ok(Answer::Anew) => {
            return match begin(session) {
                // Another copy was first: there is more to give up than was said.
                Err(Stop::Go(_)) => decide(session),
                begun => begun.map(|()| None),
            };
        }
        Ok(Answer::GoOn) => None,
        Err(Stop::Go(place)) => Some(place),
        Err(stop) => return Err(stop),
    };
    session.training.go_on();
    session.say(GOES_ON)?;
    session.pause()?;
    Ok(elsewhere)
}

/// What becomes of the run under way.
enum Answer {
    /// It is given up.
    Anew,
    GoOn,
}

const GOES_ON: &str = "You go on with what is under way.";

fn ask(session: &mut Session<'_, '_>) -> Result<Answer, Stop> {
    let mut whole = true;
    loop {
        if std::mem::take(&mut whole) {
            say(session)?;
        }
        let prompt =
            "Press Enter to go on with what is under way. Type anew to begin anew for the new assignment.";
        match session.ask(prompt, Expected::Decision, Help::Further)? {
            Said::Enter | Said::Command(Command::Next) => return Ok(Answer::GoOn),
            Said::Answer(word) if word.eq_ignore_ascii_case("anew") => return Ok(Answer::Anew),
            Said::Changed | Said::Repeat => whole = true,
            Said::Command(_) | Said::Answer(_) => {
                session
                    .say("Only the word anew gives up what is under way, so that nobody does by accident.")?;
            }
        }
    }
}

fn say(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let words = session.training.further_words(session.world.now(), session.zone);
    session.pause()?;
    words.iter().try_for_each(|paragraph| session.say(paragraph))
}

fn begin(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let changes = session.training.begin_further(session.world.now());
    session.save(&changes)?;
    session.say("Saved: the course begins anew for the assignment that you named.")?;
    session.pause()
}
