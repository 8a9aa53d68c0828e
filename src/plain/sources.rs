//! A note of a text, such as a source, for whoever reads no text and hears its name beside a question.

use super::session::Session;
use super::{Answers, Place, Stop, links, words};
use crate::markup::linear_with_addresses;
use crate::training::Text;

/// Says the note of that name out of the text that has it: that of the question at which the learner is, else the first.
pub(super) fn say(session: &mut Session<'_, '_>, typed: &str) -> Result<(), Stop> {
    let label = links::label(typed);
    let Some(text) = text_with(session, label) else {
        return session.say(&format!("No text of the course has a note {}.", words::said_back(label)));
    };
    let Some(lesson) = session.training.text(text).cloned() else { return Ok(()) };
    session.heard_aside = true;
    session.say(&format!("In the list at the end of {}:", words::text(text)))?;
    // The numbers of links are those of a text, and none is read here.
    links::say_note(session, &lesson.document, &linear_with_addresses(lesson.text()), label)
}

/// The text with a note of this name.
pub(super) fn text_with(session: &Session<'_, '_>, label: &str) -> Option<Text> {
    let lessons = (0..session.training.course().modules.len()).map(Text::Lesson);
    let all = module_of_question(session).map(Text::Lesson).into_iter().chain(lessons).chain([Text::Policy]);
    let has = |text: &Text| {
        let lesson = session.training.text(*text);
        lesson.is_some_and(|lesson| lesson.document.note(label).is_some())
    };
    all.into_iter().find(has)
}

/// The module whose lesson lists the sources of the question at which the learner is.
fn module_of_question(session: &Session<'_, '_>) -> Option<usize> {
    match session.here {
        Place::Review(Answers::Attempt(attempt), number) => {
            let (_, sitting) = session.training.sitting(attempt)?;
            session.training.course().module_that_lists_source(sitting.question(number.checked_sub(1)?)?)
        }
        Place::Contents
        | Place::Reading(_)
        | Place::Check(_)
        | Place::Answered(..)
        | Place::Review(Answers::Check(_), _)
        | Place::Assessment
        | Place::List
        | Place::Policy(_)
        | Place::Sign
        | Place::Certificate => Some(session.module),
    }
}
