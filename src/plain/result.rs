//! How an attempt went, and the review of its answers.

use super::command::Command;
use super::review::{self, Reviewed};
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Place, Stop, contents, words};
use crate::progress::AttemptAnswer;
use crate::quiz::mark::{percent, score};
use crate::training::{AssessmentState, AttemptResult, Review};

/// Says the result of the attempt that counts: the one that passed, or the last.
pub(super) fn show(session: &mut Session<'_, '_>) -> Result<Place, Stop> {
    let state = session.training.assessment(session.world.now());
    let number = match state {
        AssessmentState::Passed { number, .. } => Some(number),
        AssessmentState::Waiting { .. }
        | AssessmentState::NoneLeft
        | AssessmentState::Locked(_)
        | AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::VersionMissing => session.training.last_submitted(),
    };
    let result = number.and_then(|number| Some((number, session.training.result(number)?)));
    let Some((number, result)) = result else {
        session
            .say(&format!("Assessment: {}.", words::assessment(&state, &session.course(), session.zone)))?;
        return Ok(Place::Contents);
    };
    say(session, &result, &state)?;
    loop {
        let passed = matches!(state, AssessmentState::Passed { .. });
        let onward = if passed {
            format!("Press Enter to {}.", contents::next_words(session))
        } else if can_begin(session) {
            "The next attempt can begin. Press Enter to hear its rules.".to_owned()
        } else {
            "Type contents to go back to the course, or quit to leave.".to_owned()
        };
        let review = match result.review {
            Review::Open => " Type review to hear all questions with explanations.",
            Review::AfterLastAttempt => "",
        };
        match session.ask(&format!("{onward}{review}"), Expected::Choice, Help::Result)? {
            Said::Enter | Said::Command(Command::Next) if passed => return Ok(session.next_place()),
            // The time has come while the program was left open.
            Said::Enter | Said::Command(Command::Next) if can_begin(session) => return Ok(Place::Assessment),
            // The contents lead here with Enter; back there it would go round in a circle.
            Said::Enter | Said::Command(Command::Next) => session.say("For now, nothing comes next.")?,
            Said::Command(Command::Back | Command::Return) => return Ok(Place::Contents),
            Said::Command(Command::Review) => match result.review {
                Review::Open => hear_attempt(session, number)?,
                Review::AfterLastAttempt => session.say(REVIEWED_LATER)?,
            },
            Said::Command(Command::Start) => return Ok(Place::Assessment),
            Said::Changed | Said::Repeat => say(session, &result, &state)?,
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

/// Whether another attempt can begin now.
fn can_begin(session: &Session<'_, '_>) -> bool {
    matches!(session.training.assessment(session.world.now()), AssessmentState::Ready { .. })
}

/// Said to whoever wants to hear the answers of an attempt behind which another one can come.
pub(super) const REVIEWED_LATER: &str = "The answers can be reviewed after a pass or after the last attempt, because the next attempt draws from the same \
     questions.";

/// Says how the last attempt went, if one was submitted since the course was begun, or begun again.
pub(super) fn say_last(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let last = session.training.last_submitted();
    let Some(result) = last.and_then(|number| session.training.result(number)) else { return Ok(()) };
    let state = session.training.assessment(session.world.now());
    say(session, &result, &state)
}

fn say(session: &mut Session<'_, '_>, result: &AttemptResult, state: &AssessmentState) -> Result<(), Stop> {
    let verdict = if result.passed { "passed" } else { "not passed" };
    session.pause()?;
    session.say(&format!(
        "Result: {verdict}. {} percent, {}. To pass: {} percent.",
        result.percent,
        score(result.earned, result.possible),
        result.pass_percent
    ))?;
    for topic in &result.topics {
        let percent = percent(topic.earned, topic.possible);
        let earned = score(topic.earned, topic.possible);
        session.say(&format!("Topic {}: {percent} percent, {earned}.", topic.title))?;
    }
    if !result.reread.is_empty() {
        session.say("Worth reading again:")?;
        for link in &result.reread {
            let link = words::link(&session.training, link);
            session.say(&format!("- {}", words::sentence(&link)))?;
        }
    }
    match state {
        AssessmentState::Waiting { until, left } => session.say(&format!(
            "The next attempt can begin at {}. You have {}.",
            until.day_and_time(session.zone),
            words::attempts_left(*left)
        )),
        AssessmentState::NoneLeft => {
            let owner = session.course().owner.clone();
            session.say(&format!(
                "No attempt is left. Tell HR, or whoever gave you the course: they can give you a new assignment file, and with it you begin again. Its owner: {owner}."
            ))
        }
        AssessmentState::Passed { .. }
        | AssessmentState::Locked(_)
        | AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::VersionMissing => Ok(()),
    }
}

/// Says the questions of an attempt with what was answered and what is right.
fn hear_attempt(session: &mut Session<'_, '_>, number: u32) -> Result<(), Stop> {
    let Some((attempt, sitting)) = session.training.sitting(number) else { return Ok(()) };
    let answers = sitting.questions().enumerate().map(|(index, (question, drawn))| {
        let answer = attempt.answers.get(&question.id).cloned().unwrap_or_default();
        let (order, AttemptAnswer { response, certainty, .. }) = (drawn.order.clone(), answer);
        Reviewed { number: index + 1, question, order, response, certainty }
    });
    let answers: Vec<_> = answers.collect();
    review::hear(session, &answers, answers.len())
}
