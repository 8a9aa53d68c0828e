//! What was answered in a knowledge check, to look back at it.

use crate::plain::review::{self, Reviewed};
use crate::plain::session::Session;
use crate::plain::{Answers, Place, Stop};
use crate::quiz::Quiz;

/// Goes on with looking back at question `number`, for whoever comes back from the lesson.
pub(in crate::plain) fn look_back(
    session: &mut Session<'_, '_>,
    module: usize,
    number: usize,
) -> Result<Place, Stop> {
    session.module = module;
    let course = session.course();
    if let Some(quiz) = course.modules.get(module).and_then(|module| module.check.as_ref()) {
        hear_answers(session, module, quiz, number)?;
    }
    Ok(Place::Check(module))
}

/// Says what was answered so far, from question `number` on.
pub(super) fn hear_answers(
    session: &mut Session<'_, '_>,
    module: usize,
    quiz: &Quiz,
    number: usize,
) -> Result<(), Stop> {
    let answers = answers(session, module, quiz);
    review::hear(session, Answers::Check(module), &answers, quiz.questions.len(), number)
}

/// What was answered so far.
pub(super) fn answers<'q>(session: &Session<'_, '_>, module: usize, quiz: &'q Quiz) -> Vec<Reviewed<'q>> {
    let Some(check) = session.training.check(module) else { return Vec::new() };
    let answers = quiz.questions.iter().enumerate().filter_map(|(index, question)| {
        let (_, answer) = check.answered.iter().find(|(answered, _)| answered.id == question.id)?;
        let (response, certainty) = (Some(answer.response.clone()), answer.certainty);
        let order = session.training.check_order(module, question);
        Some(Reviewed { number: index + 1, question, order, response, certainty })
    });
    answers.collect()
}
