//! Where somebody is.

use super::session::Session;
use super::talk::Help;
use super::{Answers, Place, Stop, contents, question, result, words};
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::Response;
use crate::quiz::walk::walk;

/// Says where the learner is, of which `help` knows more than their place, and how the course stands.
pub(super) fn say(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    let more = told_there(session).map_or_else(String::new, |more| format!(" {more}"));
    session.say(&format!("You are {}.{more}", place(session, help)))?;
    contents::say_progress(session)
}

/// Says to whoever wants to come back that they have not been away.
pub(super) fn say_still(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    session.say(&format!("You are still {}.", place(session, help)))
}

/// What else holds there: what trying again changes, and how much of an attempt under way is answered.
fn told_there(session: &Session<'_, '_>) -> Option<String> {
    // Not by `Place::answered_part`: in a preview one looks back at an attempt while another is under way.
    match session.here {
        Place::Check(module) | Place::Answered(module, _) | Place::Review(Answers::Check(module), _)
            if is_tried_again(session, module) =>
        {
            session.training.what_trying_changes(module).map(str::to_owned)
        }
        Place::Assessment | Place::List if session.training.attempt().is_some() => {
            Some(words::questions_answered(&session.training.answered()))
        }
        Place::Assessment
        | Place::List
        | Place::Check(_)
        | Place::Answered(..)
        | Place::Review(..)
        | Place::Contents
        | Place::Reading(_)
        | Place::Policy(_)
        | Place::Sign
        | Place::Certificate => None,
    }
}

fn is_tried_again(session: &Session<'_, '_>, module: usize) -> bool {
    session.training.check(module).is_some_and(|check| check.left_to_try_again().is_some())
}

/// Which place that is, as it stands behind “You are”.
fn place(session: &Session<'_, '_>, help: Help) -> String {
    let words = match help {
        Help::Question(..) | Help::CheckQuestion(..) | Help::AfterAnswer | Help::CheckEnd | Help::Review => {
            return at_answers(session).unwrap_or_else(|| SOMEWHERE.to_owned());
        }
        Help::Certainty => {
            let question = at_answers(session).map_or_else(String::new, |question| format!(", {question}"));
            return format!("asked how sure you are{question}");
        }
        Help::Reading => return on_page(session).unwrap_or_else(|| SOMEWHERE.to_owned()),
        Help::Link => {
            let page = on_page(session).map_or_else(String::new, |page| format!(", {page}"));
            return format!("asked whether to open a link{page}");
        }
        Help::Contents => "at the contents",
        Help::Assessment => "before an attempt at the assessment, which has not begun",
        Help::List => "at the list of all questions of the assessment",
        Help::Submit => "asked whether to submit your attempt at the assessment",
        Help::Result => return result::here(session),
        Help::Statement => "at the statement of the policy",
        Help::PolicyLocked | Help::PolicyAgreed => "at the policy",
        Help::Sign | Help::Outgrown => "at the signature",
        Help::Certificate => "at the certificate",
        Help::Again => "asked whether to take the course again",
        Help::Further => "asked whether to go on with what is under way or to begin anew",
    };
    words.to_owned()
}

/// Of a question or page that another version of the course does not have any more.
const SOMEWHERE: &str = "where you were";

fn on_page(session: &Session<'_, '_>) -> Option<String> {
    let page = session.page_said()?;
    Some(format!("on page {} of {}", page.number, words::text(page.text)))
}

/// In a check, in the assessment, or in what was answered in one of them.
fn at_answers(session: &Session<'_, '_>) -> Option<String> {
    let in_check = |module: usize| format!("the knowledge check of lesson {}", module + 1);
    let questions = |module: usize| Some(session.training.check(module)?.quiz.questions.len());
    match session.here {
        Place::Check(module) => {
            let view = session.training.check(module)?;
            let Some(asked) = view.open.first() else {
                return Some(format!("at the end of {}", in_check(module)));
            };
            let index = view.quiz.questions.iter().position(|question| question.id == asked.id)?;
            let response = view.draft(asked).and_then(|draft| draft.response.as_ref());
            let (total, check) = (view.quiz.questions.len(), in_check(module));
            let (situation, tail) = (situation(asked, response), tail(asked, response));
            let state = words::asked_in_check(&view, asked, tail.as_deref());
            Some(format!("at question {} of {total} in {check}{situation}, {state}", index + 1))
        }
        Place::Answered(module, index) => Some(format!(
            "at your answer to question {} of {} in {}",
            index + 1,
            questions(module)?,
            in_check(module)
        )),
        Place::Review(Answers::Check(module), number) => Some(format!(
            "looking back at question {number} of {} in {}",
            questions(module)?,
            in_check(module)
        )),
        Place::Review(Answers::Attempt(attempt), number) => {
            let total = session.training.sitting(attempt)?.1.drawn.len();
            Some(format!("looking back at question {number} of {total} in the assessment"))
        }
        Place::Assessment => {
            let (attempt, sitting) = session.training.attempt()?;
            let asked = sitting.question(attempt.current)?;
            let answer = attempt.answers.get(&asked.id).cloned().unwrap_or_default();
            let response = answer.response.as_ref();
            let (situation, tail) = (situation(asked, response), tail(asked, response));
            let (total, number) = (sitting.drawn.len(), attempt.current + 1);
            let state = words::asked_in_attempt(asked, &answer, tail.as_deref());
            Some(format!("at question {number} of {total} in the assessment{situation}, {state}"))
        }
        Place::Contents
        | Place::Reading(_)
        | Place::List
        | Place::Policy(_)
        | Place::Sign
        | Place::Certificate => None,
    }
}

/// How the words on how far it is answered go on.
fn tail(asked: &Question, response: Option<&Response>) -> Option<String> {
    response.and_then(|response| question::still_open(asked, response)?.tail())
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
