//! Where somebody is who reads no text, in one sentence.

use super::session::Session;
use super::talk::Help;
use super::{Answers, Place, Stop, contents, question};
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;

/// Says where the learner is, of which `help` knows more than their place, and how the course stands.
pub(super) fn say(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    if let Some(words) = words(session, help) {
        session.say(&words)?;
    }
    contents::say_status(session)
}

fn words(session: &Session<'_, '_>, help: Help) -> Option<String> {
    let words = match help {
        Help::Question(..)
        | Help::CheckQuestion(..)
        | Help::Certainty
        | Help::AfterAnswer
        | Help::CheckEnd
        | Help::Review => return at_answers(session),
        // A text says where one is in it.
        Help::Reading | Help::Link => return None,
        Help::Contents => "You are at the contents.",
        Help::Assessment => "You are before an attempt at the assessment, which has not begun.",
        Help::List => "You are at the list of all questions of the assessment.",
        Help::Submit => "You are asked whether to submit your attempt at the assessment.",
        Help::Result => "You are at the result of the assessment.",
        Help::Statement => "You are at the statement of the policy.",
        Help::PolicyLocked | Help::PolicyAgreed => "You are at the policy.",
        Help::Sign | Help::Outgrown => "You are at the signature.",
        Help::Certificate => "You are at the certificate.",
        Help::Again => "You are asked whether to take the course again.",
        Help::Further => "You are asked whether to go on with what is under way or to begin anew.",
    };
    Some(words.to_owned())
}

/// In a check, in the assessment, or in what was answered in one of them.
fn at_answers(session: &Session<'_, '_>) -> Option<String> {
    let check = |module: usize| format!("the knowledge check of lesson {}", module + 1);
    let questions = |module: usize| Some(session.training.check(module)?.quiz.questions.len());
    match session.here {
        Place::Check(module) => {
            let view = session.training.check(module)?;
            let Some(asked) = view.open.first() else {
                return Some(format!("You are at the end of {}.", check(module)));
            };
            let index = view.quiz.questions.iter().position(|question| question.id == asked.id)?;
            let response = view.draft(asked).and_then(|draft| draft.response.as_ref());
            let (total, situation) = (view.quiz.questions.len(), situation(asked, response));
            Some(format!("Question {} of {total} in {}{situation}.", index + 1, check(module)))
        }
        Place::Answered(module, index) => {
            Some(format!("Question {} of {} in {}.", index + 1, questions(module)?, check(module)))
        }
        Place::Review(Answers::Check(module), number) => Some(format!(
            "You look back at question {number} of {} in {}.",
            questions(module)?,
            check(module)
        )),
        Place::Review(Answers::Attempt(attempt), number) => {
            let total = session.training.sitting(attempt)?.1.drawn.len();
            Some(format!("You look back at question {number} of {total} in the assessment."))
        }
        Place::Assessment => {
            let (attempt, sitting) = session.training.attempt()?;
            let asked = sitting.question(attempt.current)?;
            let response = attempt.answers.get(&asked.id).and_then(|answer| answer.response.as_ref());
            let (total, situation) = (sitting.drawn.len(), situation(asked, response));
            Some(format!("Question {} of {total} in the assessment{situation}.", attempt.current + 1))
        }
        Place::Contents | Place::Reading(_) | Place::Policy(_) | Place::Sign | Place::Certificate => None,
    }
}

/// In a story the situation, under the number under which it is told.
fn situation(asked: &Question, response: Option<&Response>) -> String {
    let Kind::Scenario { steps } = &asked.kind else { return String::new() };
    let walked = walk(steps, question::chosen(response));
    match walked.current {
        Some(_) => format!(", situation {}", walked.made.len() + 1),
        None => ", at the end of its story".to_owned(),
    }
}
