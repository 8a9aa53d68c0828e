//! The assessment: answers that can be changed, flags, an overview, and the submission.

use std::sync::Arc;

use super::check::{ask_certainty, split_certainty};
use super::command::Command;
use super::help::Help;
use super::question::{self, described, gap_asked};
use super::session::{Expected, Said, Session};
use super::{Place, Stop, answer, result, words};
use crate::progress::AttemptAnswer;
use crate::quiz::AskCertainty;
use crate::quiz::mark::is_complete;
use crate::quiz::response::{Certainty, Response};
use crate::training::{AssessmentState, Sitting};

/// Leads to whatever the assessment is at: what is missing, its beginning, its questions or its result.
pub(super) fn take(session: &mut Session<'_, '_>) -> Result<Place, Stop> {
    let course = session.course();
    session.pause()?;
    match session.training.assessment(session.world.now()) {
        AssessmentState::Locked(missing) => {
            session.say("Assessment: locked. This comes first:")?;
            for missing in missing {
                let needed = words::needed(missing, &course);
                let needed = words::sentence(needed.trim_end_matches(','));
                session.say(&format!("- {needed}"))?;
            }
            Ok(Place::Contents)
        }
        AssessmentState::Ready { left } => begin(session, left),
        AssessmentState::UnderWay { attempt, answered, total } => {
            session.say(&format!(
                "Assessment, attempt {attempt}: {answered} of {total} questions answered. Answers can be changed until you \
                 submit. You hear no result before."
            ))?;
            sit(session)
        }
        AssessmentState::Waiting { .. } | AssessmentState::NoneLeft | AssessmentState::Passed { .. } => {
            result::show(session)
        }
        AssessmentState::VersionMissing => {
            session.say(
                "An attempt is under way on a version of the course that is not here any more, so its questions cannot \
                 be shown. Your answers are kept. Ask whoever gave you the course for that version.",
            )?;
            Ok(Place::Contents)
        }
    }
}

fn begin(session: &mut Session<'_, '_>, left: Option<u32>) -> Result<Place, Stop> {
    let course = session.course();
    let assessment = &course.assessment;
    let wait = assessment.waits.words(assessment.attempts).map(|words| format!(" {words}"));
    let wait = wait.unwrap_or_default();
    let questions = words::count(assessment.draw, "question", "questions");
    // Where nobody has to wait, this is where a failed attempt leads to.
    result::say_last(session)?;
    loop {
        session.say(&format!(
            "{} {questions}, drawn for you. To pass: {} percent. You have {}.{wait} There is no time limit, and you \
             can leave and come back. Answers can be changed until you submit; you hear no result before.",
            words::quiz("Assessment", &assessment.quiz.title),
            assessment.pass_percent.get(),
            words::attempts_left(left),
        ))?;
        let prompt = "Type start to begin an attempt, or press Enter to go back to the contents.";
        match session.ask(prompt, Expected::Choice, Help::Assessment)? {
            Said::Enter | Said::Command(Command::Back) => return Ok(Place::Contents),
            Said::Command(Command::Start) => {
                let changes = session.training.start_attempt(session.world.now());
                session.save(&changes)?;
                session.say("Saved: the attempt has begun.")?;
                return sit(session);
            }
            Said::Changed | Said::Repeat => {}
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

/// What the learner sees of the attempt under way at the question they are on.
struct Seat {
    sitting: Arc<Sitting>,
    index: usize,
    answer: AttemptAnswer,
}

fn seat(session: &Session<'_, '_>) -> Option<Seat> {
    let (attempt, sitting) = session.training.attempt()?;
    let index = attempt.current.min(sitting.drawn.len().saturating_sub(1));
    let answer = attempt.answers.get(&sitting.question(index)?.id).cloned().unwrap_or_default();
    Some(Seat { sitting: Arc::clone(sitting), index, answer })
}

/// What happens after a line at a question.
enum Turn {
    /// The same question, said as a whole or only the part that is asked for.
    Whole,
    Part,
    /// The gap to be filled next.
    Gap(usize),
    Leave(Place),
}

fn sit(session: &mut Session<'_, '_>) -> Result<Place, Stop> {
    session.track_attempt();
    let mut turn = Turn::Whole;
    loop {
        let Some(seat) = seat(session) else { return Ok(Place::Assessment) };
        let wanted = match turn {
            Turn::Gap(gap) => Some(gap),
            Turn::Whole | Turn::Part => None,
            Turn::Leave(place) => return Ok(place),
        };
        turn = ask(session, &seat, wanted, matches!(turn, Turn::Whole))?;
    }
}

fn ask(session: &mut Session<'_, '_>, seat: &Seat, wanted: Option<usize>, whole: bool) -> Result<Turn, Stop> {
    let Some((question, drawn)) = seat.sitting.questions().nth(seat.index) else {
        return Ok(Turn::Leave(Place::Contents));
    };
    let (order, before) = (&drawn.order, seat.answer.response.as_ref());
    let total = seat.sitting.drawn.len();
    let asked = gap_asked(question, before, wanted);
    if whole {
        session.pause()?;
        let state = state(before.is_some_and(|response| is_complete(question, response)), &seat.answer);
        session.say(&format!("Question {} of {total}, {state}.", seat.index + 1))?;
        question::say(session, question, order, before)?;
    }
    question::say_part(session, question, order, before, asked)?;
    let (how, expected) = question::expected(question, asked);
    let enter = if seat.index + 1 < total {
        format!("Press Enter for question {}.", seat.index + 2)
    } else {
        "Press Enter for the list of all questions.".to_owned()
    };
    match session.ask(&format!("{how} {enter}"), expected, Help::Question)? {
        Said::Enter | Said::Command(Command::Next) => onward(session, seat.index, total),
        Said::Changed | Said::Repeat => Ok(Turn::Whole),
        Said::Answer(line) => {
            let (line, certainty) = split_certainty(&seat.sitting.course.assessment.quiz, expected, &line);
            match answer::read(question, order, before, asked, line) {
                Err(sentence) => session.say(&sentence).map(|()| Turn::Part),
                Ok(response) => {
                    let complete = is_complete(question, &response);
                    save(session, seat, &response, certainty)?;
                    let said = described(question, order, &response);
                    let so_far = if complete { "Saved" } else { "Saved so far" };
                    let lead = format!("{so_far}, question {}", seat.index + 1);
                    question::say_described(session, &lead, &said)?;
                    if !complete {
                        return Ok(Turn::Part);
                    }
                    let asks = seat.sitting.course.assessment.quiz.certainty == AskCertainty::Yes;
                    if asks && certainty.is_none() {
                        let certainty = ask_certainty(session)?;
                        if let Some(certainty) = certainty {
                            save(session, seat, &response, Some(certainty))?;
                            session.say(&format!("Saved: {}.", words::certainty(certainty)))?;
                        }
                    }
                    onward(session, seat.index, total)
                }
            }
        }
        Said::Command(command) => obey(session, seat, command),
    }
}

fn obey(session: &mut Session<'_, '_>, seat: &Seat, command: Command) -> Result<Turn, Stop> {
    let total = seat.sitting.drawn.len();
    match command {
        Command::Back if seat.index == 0 => {
            session.say("This is the first question.")?;
            Ok(Turn::Part)
        }
        Command::Back => go(session, seat.index - 1),
        Command::Go(number) if number <= total => go(session, number - 1),
        Command::Go(number) => {
            session.say(&format!("There is no question {number}. There are questions 1 to {total}."))?;
            Ok(Turn::Part)
        }
        Command::Gap(number) => Ok(Turn::Gap(number - 1)),
        Command::Flag => {
            let changes = session.training.toggle_flag(seat.index);
            session.save(&changes)?;
            let now = if seat.answer.flagged { "no longer flagged" } else { "flagged, to come back to it" };
            session.say(&format!("Saved: question {} is {now}.", seat.index + 1))?;
            Ok(Turn::Part)
        }
        Command::Clear => {
            let changes = session.training.answer(seat.index, None, None, 0);
            session.save(&changes)?;
            session.say(&format!("Saved: question {} is not answered.", seat.index + 1))?;
            Ok(Turn::Whole)
        }
        Command::List => list(session),
        Command::Submit | Command::SubmitAgain => submit(session),
        _ => {
            session.not_here()?;
            Ok(Turn::Part)
        }
    }
}

/// Saves an answer to the question that the learner is on.
fn save(
    session: &mut Session<'_, '_>,
    seat: &Seat,
    response: &Response,
    certainty: Option<Certainty>,
) -> Result<(), Stop> {
    let changes = session.training.answer(seat.index, Some(response.clone()), certainty, 0);
    session.save(&changes)
}

fn go(session: &mut Session<'_, '_>, index: usize) -> Result<Turn, Stop> {
    let changes = session.training.go_to(index, 0);
    session.save(&changes)?;
    Ok(Turn::Whole)
}

/// The next question, or the list of all behind the last.
fn onward(session: &mut Session<'_, '_>, index: usize, total: usize) -> Result<Turn, Stop> {
    if index + 1 < total { go(session, index + 1) } else { list(session) }
}

fn state(answered: bool, answer: &AttemptAnswer) -> String {
    let state = match (&answer.response, answered) {
        (_, true) => "answered",
        (Some(_), false) => "partly answered",
        (None, false) => "not answered",
    };
    let certainty = answer.certainty.map(|certainty| format!(", {}", words::certainty(certainty)));
    let flagged = if answer.flagged { ", flagged" } else { "" };
    format!("{state}{}{flagged}", certainty.unwrap_or_default())
}

/// How every question stands, and where to go from there.
fn list(session: &mut Session<'_, '_>) -> Result<Turn, Stop> {
    say_list(session)?;
    loop {
        let open = session.training.unanswered();
        let prompt = match open.first() {
            Some(first) => format!(
                "Press Enter for question {}. Type go 3 for question 3, or submit to hand in.",
                first + 1
            ),
            None => "Everything is answered. Type submit to hand in, or go 3 for question 3. Press Enter to hear the \
                     list again."
                .to_owned(),
        };
        let Some(seat) = seat(session) else { return Ok(Turn::Leave(Place::Assessment)) };
        match session.ask(&prompt, Expected::Choice, Help::Question)? {
            Said::Enter | Said::Command(Command::Next) => match open.first() {
                Some(first) => return go(session, *first),
                None => say_list(session)?,
            },
            Said::Changed | Said::Repeat | Said::Command(Command::List) => say_list(session)?,
            Said::Command(Command::Back) => return Ok(Turn::Whole),
            Said::Command(command @ (Command::Go(_) | Command::Submit | Command::SubmitAgain)) => {
                match obey(session, &seat, command)? {
                    // The number was wrong, and the sentence about it was said.
                    Turn::Part => {}
                    turn @ (Turn::Whole | Turn::Gap(_) | Turn::Leave(_)) => return Ok(turn),
                }
            }
            Said::Answer(line) if line.parse::<usize>().is_ok() => {
                session.say(&format!("To go to a question, type go and its number, such as: go {line}"))?;
            }
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn say_list(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let open = session.training.unanswered();
    let Some((attempt, sitting)) = session.training.attempt() else { return Ok(()) };
    let sitting = Arc::clone(sitting);
    let lines: Vec<String> = sitting
        .questions()
        .enumerate()
        .map(|(index, (question, _))| {
            let answer = attempt.answers.get(&question.id).cloned().unwrap_or_default();
            format!("Question {}: {}.", index + 1, state(!open.contains(&index), &answer))
        })
        .collect();
    session.pause()?;
    for line in lines {
        session.say(&line)?;
    }
    let total = sitting.drawn.len();
    session.say(&format!("{} of {total} questions answered.", total - open.len()))
}

/// Asks once more, then hands in.
fn submit(session: &mut Session<'_, '_>) -> Result<Turn, Stop> {
    let open: Vec<String> =
        session.training.unanswered().iter().map(|index| (index + 1).to_string()).collect();
    let Some((_, sitting)) = session.training.attempt() else { return Ok(Turn::Leave(Place::Assessment)) };
    let total = sitting.drawn.len();
    session.pause()?;
    session.say(&format!("About to submit: {} of {total} questions answered.", total - open.len()))?;
    if !open.is_empty() {
        session.say(&format!("Not answered, and earning nothing: {}.", open.join(", ")))?;
    }
    let prompt =
        "After this no answer can be changed. Type submit again to submit, or press Enter to go back.";
    match session.ask(prompt, Expected::Choice, Help::Submit)? {
        // The prompt can be heard as a command of two words or as one word said once more: both mean it.
        Said::Command(Command::Submit | Command::SubmitAgain) => {
            let changes = session.training.submit(session.world.now());
            session.save(&changes)?;
            session.track_nothing();
            session.say("Saved: the attempt is submitted.")?;
            Ok(Turn::Leave(Place::Assessment))
        }
        Said::Enter | Said::Changed | Said::Repeat | Said::Command(_) | Said::Answer(_) => {
            session.say("Not submitted.")?;
            Ok(Turn::Whole)
        }
    }
}
