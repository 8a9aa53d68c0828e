//! How an attempt went, and the review of its answers.

use super::command::Command;
use super::review::{self, Reviewed};
use super::session::Session;
use super::talk::{Expected, Help, Said};
use super::{Answers, Arrival, Place, Stop, contents, elsewhere, key, question, words};
use crate::phrase::{counted, numbers, one_or_many};
use crate::progress::AttemptAnswer;
use crate::quiz::mark::{Mark, percent, score};
use crate::training::{AssessmentState, AttemptResult, Review, review_words};

/// Says the result of the attempt that counts, and asks where to go.
pub(super) fn show(session: &mut Session<'_, '_>, arrival: Arrival) -> Result<Place, Stop> {
    let state = session.training.assessment(session.world.now());
    let Some((number, result)) = shown(session, &state) else {
        session
            .say(&format!("Assessment: {}.", words::assessment(&state, &session.course(), session.zone)))?;
        return Ok(Place::Contents);
    };
    let is_known = !result.passed && session.result_said == Some(number);
    session.result_said = Some(number);
    match arrival {
        // From the contents Enter leads here again while nothing else can be done.
        Arrival::Anew if !is_known => say(session, &result)?,
        Arrival::Anew => {
            say_back(session, &result)?;
            say_when(session)?;
        }
        Arrival::Back => say_back(session, &result)?,
    }
    let passed = result.passed;
    loop {
        match session.ask_anew(&|session| prompt(session, &result), Expected::Choice, Help::Result)? {
            Said::Enter | Said::Command(Command::Next) if passed => return Ok(session.next_place()),
            // The time has come while the program was left open.
            Said::Enter | Said::Command(Command::Next) if can_begin(session) => return Ok(Place::Assessment),
            // The contents lead here with Enter; back there it would go round in a circle.
            Said::Enter | Said::Command(Command::Next) => {
                session.say("For now, nothing comes next.")?;
                say_when(session)?;
            }
            Said::Command(Command::Start) if !passed && !can_begin(session) => {
                session.say("No attempt can begin now.")?;
                say_when(session)?;
            }
            Said::Command(Command::Back | Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Review) => {
                if hear_answers(session, number, 1)? == Heard::Some {
                    say_back(session, &result)?;
                }
            }
            Said::Command(Command::Go(question)) => {
                if hear_answers(session, number, question)? == Heard::Some {
                    say_back(session, &result)?;
                }
            }
            Said::Command(Command::ReadAgain(number)) => {
                if let Some(place) = section_numbered(session, &result, number)? {
                    return Ok(place);
                }
            }
            Said::Command(Command::Start) if passed => session.say(elsewhere::PASSED)?,
            Said::Command(Command::Start) => return Ok(Place::Assessment),
            Said::Changed | Said::Repeat => say(session, &result)?,
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

/// What can be done at a result: while somebody hears about something else, the wait for the next attempt may end.
fn prompt(session: &Session<'_, '_>, result: &AttemptResult) -> String {
    let onward = if result.passed {
        words::sentence(&format!("Press Enter to {}", contents::next_words(session)))
    } else if can_begin(session) {
        "The next attempt can begin. Press Enter to hear its rules.".to_owned()
    } else {
        "Type contents to go back to the course, or quit to leave.".to_owned()
    };
    let review = match result.review {
        Review::Open => " Type review to hear all questions with explanations.",
        Review::AfterLastAttempt => "",
    };
    let read_again =
        if result.reread.is_empty() { "" } else { " Type read again and a number to read a section." };
    format!("{onward}{read_again}{review}")
}

/// Whether another attempt can begin now.
fn can_begin(session: &Session<'_, '_>) -> bool {
    matches!(session.training.assessment(session.world.now()), AssessmentState::Ready { .. })
}

/// Whether answers were heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    Some,
    None,
}

/// Says the answers of the last attempt from question `from` on, where that is allowed; else says when it is.
pub(super) fn hear_last(session: &mut Session<'_, '_>, from: usize) -> Result<Heard, Stop> {
    match session.training.last_submitted() {
        Some(number) => hear_answers(session, number, from),
        None => session.not_here().map(|()| Heard::None),
    }
}

fn hear_answers(session: &mut Session<'_, '_>, number: u32, from: usize) -> Result<Heard, Stop> {
    let Some(AttemptResult { review, marks, .. }) = session.training.result(number) else {
        return Ok(Heard::None);
    };
    match review {
        Review::AfterLastAttempt => say_reviewed_later(session)?,
        Review::Open if (1..=marks.len()).contains(&from) => {
            hear_attempt(session, number, from)?;
            return Ok(Heard::Some);
        }
        Review::Open => question::say_not_there(session, from, marks.len())?,
    }
    Ok(Heard::None)
}

/// Says to whoever wants to hear the answers of an attempt behind which another one can come when they can.
fn say_reviewed_later(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let when = review_words(session.course().assessment.attempts, session.training.purpose());
    session.say(&format!("{when} Another attempt draws from the same questions."))
}

/// How the last attempt went, if one was submitted since the course was begun, or begun again.
fn last(session: &Session<'_, '_>) -> Option<AttemptResult> {
    session.training.result(session.training.last_submitted()?)
}

/// Whether an attempt was not passed and its result is to be heard before the rules of the next one: who comes anew has not heard it,
/// who comes back left it for a section.
pub(super) fn is_heard_first(session: &Session<'_, '_>, arrival: Arrival) -> bool {
    let last = session.training.last_submitted();
    last.is_some()
        && match arrival {
            Arrival::Anew => session.result_said != last,
            Arrival::Back => session.rules_said != last,
        }
}

/// Whether the last attempt left a section that is worth reading again.
pub(super) fn has_section_to_read(session: &Session<'_, '_>) -> bool {
    last(session).is_some_and(|result| !result.reread.is_empty())
}

/// Whether it left several, so that one leads to another.
pub(super) fn has_section_beside(session: &Session<'_, '_>) -> bool {
    last(session).is_some_and(|result| result.reread.len() > 1)
}

/// Says how the last attempt went, if there was one.
pub(super) fn say_last(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let Some(result) = last(session) else { return Ok(()) };
    session.result_said = session.training.last_submitted();
    say(session, &result)
}

/// Which result the learner is at, as it stands behind “You are”.
pub(super) fn here(session: &Session<'_, '_>) -> String {
    let shown = shown(session, &session.training.assessment(session.world.now()));
    let result = shown.map_or_else(String::new, |(_, result)| {
        format!(", {} with {} percent", verdict(&result), result.percent)
    });
    format!("at the result of the assessment{result}")
}

/// The number and the result of the attempt that counts: the one that passed, or the last.
fn shown(session: &Session<'_, '_>, state: &AssessmentState) -> Option<(u32, AttemptResult)> {
    let number = match state {
        AssessmentState::Passed { number, .. } => Some(*number),
        AssessmentState::Waiting { .. }
        | AssessmentState::NoneLeft
        | AssessmentState::Locked(_)
        | AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::VersionMissing => session.training.last_submitted(),
    }?;
    Some((number, session.training.result(number)?))
}

/// How many percent the last attempt earned, if its result was said since the learner came: not all of that is said again to whoever
/// goes on from the contents.
pub(super) fn known_percent(session: &Session<'_, '_>) -> Option<u32> {
    let number = session.training.last_submitted().filter(|number| session.result_said == Some(*number))?;
    Some(session.training.result(number)?.percent)
}

/// The section of this number among those that are worth reading again after the last attempt; says so where there is none.
pub(super) fn section_of_last(session: &mut Session<'_, '_>, number: usize) -> Result<Option<Place>, Stop> {
    match last(session) {
        Some(result) => section_numbered(session, &result, number),
        None => session.not_here().map(|()| None),
    }
}

fn section_numbered(
    session: &mut Session<'_, '_>,
    result: &AttemptResult,
    number: usize,
) -> Result<Option<Place>, Stop> {
    if let Some(link) = words::at(&result.reread, number) {
        return Ok(Some(key::linked(session, Some(link))));
    }
    session.say(&match result.reread.len() {
        0 => "No section is worth reading again.".to_owned(),
        count => format!("There is no number {number}. There are numbers 1 to {count}."),
    })?;
    Ok(None)
}

/// Says of a result that was heard no more than how it is.
fn say_back(session: &mut Session<'_, '_>, result: &AttemptResult) -> Result<(), Stop> {
    session.say(&format!(
        "You are back at the result: {}. Type repeat to hear all of it again.",
        verdict(result)
    ))
}

fn verdict(result: &AttemptResult) -> &'static str {
    if result.passed { "passed" } else { "not passed" }
}

fn say(session: &mut Session<'_, '_>, result: &AttemptResult) -> Result<(), Stop> {
    session.pause()?;
    session.say(&format!(
        "Result: {}. {} percent, {}. To pass: {} percent.",
        verdict(result),
        result.percent,
        score(result.earned, result.possible),
        result.pass_percent
    ))?;
    for topic in &result.topics {
        let percent = percent(topic.earned, topic.possible);
        let earned = score(topic.earned, topic.possible);
        session.say(&format!("Topic {}: {percent} percent, {earned}.", topic.title))?;
    }
    if let Some(lost) = lost(result) {
        session.say(&lost)?;
    }
    if !result.passed {
        let percent = session.training.overview(session.world.now()).percent;
        session.say(&format!(
            "Of the course {percent} percent is done: the questions of an attempt that was not passed count as not answered."
        ))?;
    }
    if !result.reread.is_empty() {
        session.say("Worth reading again:")?;
        for (index, link) in result.reread.iter().enumerate() {
            let link = words::link(&session.training, link);
            session.say(&format!("{}. {}", index + 1, words::sentence(&words::capital(&link))))?;
        }
    }
    say_when(session)
}

/// Which questions did not earn everything, where their answers can be heard.
fn lost(result: &AttemptResult) -> Option<String> {
    let (mut wrong, mut partly, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (mark, number) in result.marks.iter().zip(1..) {
        match mark {
            None => open.push(number),
            Some(Mark { earned, possible }) if earned == possible => {}
            Some(Mark { earned: 0, .. }) => wrong.push(number),
            Some(_) => partly.push(number),
        }
    }
    let first =
        [&wrong, &partly, &open].into_iter().flatten().min().filter(|_| result.review == Review::Open)?;
    let told = [("Not right", &wrong), ("Partly right", &partly), ("Not answered", &open)];
    let told = told.into_iter().filter(|(_, those)| !those.is_empty()).map(|(how, those)| {
        format!("{how}: {} {}. ", one_or_many(those.len(), "question", "questions"), numbers(those))
    });
    let told: String = told.collect();
    Some(format!("{told}Type go {first} to hear question {first} with its explanation."))
}

/// Says when the next attempt can begin, or what to do where none can.
fn say_when(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    match session.training.assessment(session.world.now()) {
        AssessmentState::Waiting { until, left } => {
            let minutes = until.seconds_since(session.world.now()).div_ceil(60);
            // Of a wait for hours the time of day says more.
            let within = match minutes {
                minutes @ 1..=60 => format!("in {}, ", counted(minutes, "minute", "minutes")),
                _ => String::new(),
            };
            session.say(&format!(
                "The next attempt can begin {within}at {}. You have {}.",
                until.day_and_time(session.zone),
                words::attempts_left(left)
            ))
        }
        AssessmentState::NoneLeft => {
            let owner = session.course().owner.clone();
            session.say(&format!(
                "No attempt is left. Tell HR, or whoever gave you the course: they can give you a new assignment file, and with it you begin again. The owner of the course: {owner}."
            ))
        }
        AssessmentState::Passed { .. }
        | AssessmentState::Locked(_)
        | AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::VersionMissing => Ok(()),
    }
}

/// Goes on with looking back at question `number`, for whoever comes back from a lesson.
pub(super) fn look_back(session: &mut Session<'_, '_>, attempt: u32, number: usize) -> Result<Place, Stop> {
    hear_attempt(session, attempt, number)?;
    Err(Stop::Back(Place::Assessment))
}

/// Says the questions of an attempt with what was answered and what is right, from question `from` on.
fn hear_attempt(session: &mut Session<'_, '_>, number: u32, from: usize) -> Result<(), Stop> {
    let Some((attempt, sitting)) = session.training.sitting(number) else { return Ok(()) };
    let answers = sitting.questions().enumerate().map(|(index, (question, drawn))| {
        let answer = attempt.answers.get(&question.id).cloned().unwrap_or_default();
        let (order, AttemptAnswer { response, certainty, .. }) = (drawn.order.clone(), answer);
        Reviewed { number: index + 1, question, order, response, certainty }
    });
    let answers: Vec<_> = answers.collect();
    review::hear(session, Answers::Attempt(number), &answers, answers.len(), from)
}
