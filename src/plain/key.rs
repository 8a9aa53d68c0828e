//! Why something is right at a question, and where to read about it.

use super::question;
use super::session::Session;
use super::{Entry, Place, Stop, Visit, words};
use crate::quiz::question::{LessonLink, Question};
use crate::training::Text;

/// Says the explanation and what to read.
pub(super) fn say_why(session: &mut Session<'_, '_>, question: &Question) -> Result<(), Stop> {
    if let Some(why) = &question.why {
        question::say_markdown_as(session, "Why: ", why)?;
    }
    if let Some(source) = words::source(session.training.course(), question) {
        session.say(&source)?;
    }
    match &question.lesson {
        Some(link) => {
            let link = words::link(&session.training, link);
            session.say(&format!("More in: {}", words::sentence(&link)))
        }
        None => Ok(()),
    }
}

/// The section that a question is about, with the way back to where the learner is.
pub(super) fn section(session: &Session<'_, '_>, question: &Question) -> Place {
    linked(session, question.lesson.as_ref())
}

/// The section that a link means, else the lesson that the learner was last in, with the way back to where they are.
pub(super) fn linked(session: &Session<'_, '_>, link: Option<&LessonLink>) -> Place {
    let text = link.and_then(|link| session.training.text_in(&link.lesson));
    let back = match &session.here {
        // From section to section the way back gets no longer.
        Place::Reading(Visit { back: Some(back), .. }) => back.clone(),
        here => Box::new(here.clone()),
    };
    // Who follows a link to a lesson expects its beginning.
    let entry = link.map_or(Entry::LeftOff, |link| link.heading.clone().map_or(Entry::Top, Entry::Heading));
    Place::Reading(Visit {
        entry,
        back: Some(back),
        ..Visit::to(text.unwrap_or(Text::Lesson(session.module)))
    })
}

/// What a prompt says of the section that a question is about.
pub(super) fn offer_of_section(question: &Question) -> &'static str {
    if question.lesson.is_some() { " Type read to read that section." } else { "" }
}

/// The same where others were heard since: of the question of this number.
pub(super) fn offer_of_section_numbered(question: &Question, number: usize) -> String {
    match question.lesson {
        Some(_) => format!(" Type read to read the section that question {number} is about."),
        None => String::new(),
    }
}
