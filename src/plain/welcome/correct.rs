//! Who is learning, corrected later.

use super::{Away, Decision, ask_person, decide, or_not_saved, say_person, try_again};
use crate::plain::Stop;
use crate::plain::console::Console;
use crate::plain::session::Session;
use crate::progress::Person;
use crate::training::{NOBODY_LEARNS, Purpose, Trouble};

/// Asks anew who is learning and has that kept. What is signed already stays as it is.
pub(in crate::plain) fn correct(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    if session.training.purpose() == Purpose::Preview {
        return session.say(&format!("There is nothing to correct: {NOBODY_LEARNS}."));
    }
    let mut unsaved = None;
    let corrected = ask_and_correct(session, &mut unsaved);
    if let (Err(Stop::Quit | Stop::End), None) = (&corrected, &unsaved) {
        session.say("Who you are was not changed.")?;
    }
    or_not_saved(corrected, unsaved)
}

fn ask_and_correct(session: &mut Session<'_, '_>, unsaved: &mut Option<Trouble>) -> Result<(), Stop> {
    let before = session.training.learner().person.clone();
    let answered = session.training.assigned().cloned();
    session.pause()?;
    session.say(
        "Records that you sign from now on say who you are in these words. What is signed already stays as it is. To change nothing, \
         type back.",
    )?;
    while let Some(person) = ask_anew(session, &before)? {
        loop {
            let Err(trouble) = session.world.correct(&person, answered.as_ref()) else {
                session.training.correct(person);
                return session.say("Saved: who you are.");
            };
            *unsaved = Some(trouble.clone());
            if !try_again(session.console, &trouble)? {
                break;
            }
        }
    }
    session.say("Nothing was changed.")
}

/// Who the learner is instead of `before`; `None` when that is to stay.
fn ask_anew(session: &mut Session<'_, '_>, before: &Person) -> Result<Option<Person>, Stop> {
    loop {
        let asked =
            ask_person(session.console, &mut Some(before.clone()), Away::Unchanged, |_| Ok(Some(())))?;
        let Some((person, ())) = asked else { return Ok(None) };
        session.pause()?;
        say_person(session.console, &person)?;
        let say = |console: &mut Console<'_>| say_person(console, &person);
        match decide(session.console, KEEP_PLACE, TO_KEEP, KEEP_HELP, say)? {
            Decision::Go => return Ok(Some(person)),
            Decision::Back => return Ok(None),
            Decision::Change => {}
        }
    }
}

const KEEP_PLACE: &str = "You are asked whether to keep what you corrected.";
const TO_KEEP: &str =
    "Press Enter to keep this. Type change to enter it again, or back to leave it as it was.";
const KEEP_HELP: &str = "Once you press Enter, this stands in every record that you sign from then on. Until then it is as it was: type change to enter it again, or back to leave it so.";
