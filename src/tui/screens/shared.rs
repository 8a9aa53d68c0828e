//! What the screens on which something is answered have in common.

use ratatui::layout::{Position, Rect, Size};

use crate::progress::Change;
use crate::quiz::question::{LessonLink, Question};
use crate::training::Step;
use crate::tui::effect::Effect;
use crate::tui::message::{Destination, Message as Face};
use crate::tui::widgets::sheet::column;

/// How large a pad is in a body of this size.
pub(in crate::tui) fn pad_size(body: Size) -> Size {
    whole(body).as_size()
}

/// The column of text on a body of this size, wherever that is on the screen.
pub(super) fn whole(body: Size) -> Rect {
    column(Rect::from((Position::ORIGIN, body)))
}

/// Keeps `changes`, if there are any.
pub(super) fn saving(changes: Vec<Change>) -> Vec<Effect> {
    if changes.is_empty() { Vec::new() } else { vec![Effect::Save(changes)] }
}

/// Says something in the last line.
pub(super) fn saying(words: &str) -> Effect {
    sending(Face::Say(words.to_owned()))
}

pub(super) fn sending(message: Face) -> Effect {
    Effect::Send(Box::new(message))
}

/// Opens the lesson that `question` links to.
pub(super) fn look_up(question: Option<&Question>) -> Effect {
    let link: Option<LessonLink> = question.and_then(|question| question.lesson.clone());
    match link {
        Some(link) => sending(Face::LookUp(link)),
        None => saying("no lesson is linked to this question"),
    }
}

/// The way to what comes next.
pub(in crate::tui) fn going_on(next: Step) -> Face {
    match next {
        Step::Lesson(module) => Face::Go(Destination::Lesson(module)),
        Step::Check(module) => Face::Go(Destination::Check(module)),
        Step::Assessment => Face::Go(Destination::Assessment),
        Step::Policy => Face::Go(Destination::Policy),
        Step::Sign => Face::Go(Destination::Sign),
        Step::Certificate => Face::Go(Destination::Certificate),
    }
}
