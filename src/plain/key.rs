//! What would have been right at a question, and why.

use super::question::{self, described};
use super::session::Session;
use super::{Stop, words};
use crate::quiz::key::key;
use crate::quiz::mark::Mark;
use crate::quiz::question::Question;

/// Says what would have been right, if not everything was, and why.
pub(super) fn say_key_and_why(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    mark: Mark,
) -> Result<(), Stop> {
    if mark.earned < mark.possible {
        say_key(session, question, order)?;
    }
    say_why(session, question)
}

/// Says what would have been right.
pub(super) fn say_key(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
) -> Result<(), Stop> {
    question::say_described(session, "Right is", &described(question, order, &key(question)))
}

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
