//! The assessment: answers that can be changed, flags, an overview, and the submission.

mod list;

use std::sync::Arc;

use super::certainty::{self, Sureness, Typed};
use super::command::{Command, HowSure};
use super::question::{self, Outcomes, Say, described, gap_asked};
use super::session::Session;
use super::talk::{self, Expected, Help, Said};
use super::{Arrival, Place, Stop, answer, elsewhere, here, result, words};
use crate::phrase::counted;
use crate::progress::AttemptAnswer;
use crate::quiz::AskCertainty;
use crate::quiz::mark::is_complete;
use crate::quiz::question::Question;
use crate::quiz::response::{Certainty, Response};
use crate::training::{AssessmentState, Missing, Sitting, review_words, rules};

/// Leads to whatever the assessment is at: what is missing, its beginning, its questions or its result.
pub(super) fn take(session: &mut Session<'_, '_>, arrival: Arrival) -> Result<Place, Stop> {
    session.pause()?;
    if arrival == Arrival::Anew {
        session.chosen_in_list = None;
    }
    match session.training.assessment(session.world.now()) {
        AssessmentState::Locked(missing) => {
            say_locked(session, &missing)?;
            Ok(Place::Contents)
        }
        // Where nobody has to wait, a failed attempt leads to its result; from there Enter leads to the rules of the next.
        AssessmentState::Ready { .. } if result::is_heard_first(session, arrival) => {
            result::show(session, arrival)
        }
        AssessmentState::Ready { left } => begin(session, left, arrival),
        AssessmentState::UnderWay { .. } if arrival == Arrival::Back => {
            session.say("You are back at the assessment.")?;
            sit(session, Turn::Whole)
        }
        AssessmentState::UnderWay { attempt, answered, total } => {
            let pass = session.course().assessment.pass_percent.get();
            let all = counted(total, "question", "questions");
            session.say(&format!(
                "Assessment, attempt {attempt}: {answered} of {all} answered. Answers can be changed until you \
                 submit. You hear the result after that. To pass: {pass} percent."
            ))?;
            sit(session, Turn::Whole)
        }
        AssessmentState::Waiting { .. } | AssessmentState::NoneLeft | AssessmentState::Passed { .. } => {
            result::show(session, arrival)
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

/// Goes to the assessment; where it is locked, says so and stays.
pub(super) fn go_there(session: &mut Session<'_, '_>, help: Help) -> Result<(), Stop> {
    match session.training.assessment(session.world.now()) {
        AssessmentState::Locked(missing) => {
            say_locked(session, &missing)?;
            here::say_still(session, help)
        }
        AssessmentState::Ready { .. }
        | AssessmentState::UnderWay { .. }
        | AssessmentState::Waiting { .. }
        | AssessmentState::NoneLeft
        | AssessmentState::Passed { .. }
        | AssessmentState::VersionMissing => Err(Stop::Go(Place::Assessment)),
    }
}

fn say_locked(session: &mut Session<'_, '_>, missing: &[Missing]) -> Result<(), Stop> {
    let course = session.course();
    session.say("Assessment: locked. This comes first:")?;
    missing.iter().try_for_each(|missing| {
        let needed = words::needed(*missing, &course);
        let needed = words::sentence(needed.trim_end_matches(','));
        session.say(&format!("- {needed}"))
    })
}

const BACK_BEFORE_THE_NEXT: &str = "You are back before the next attempt. Type repeat to hear your result, what is worth reading again, and the rules.";

fn begin(session: &mut Session<'_, '_>, left: Option<u32>, arrival: Arrival) -> Result<Place, Stop> {
    match (arrival, result::known_percent(session)) {
        (Arrival::Anew, None) => say_rules(session, left)?,
        // Who heard the result goes on to hear the rules.
        (Arrival::Anew, Some(_)) if session.rules_said != session.training.last_submitted() => {
            say_rules(session, left)?;
        }
        (Arrival::Anew, Some(percent)) => session.say(&format!(
            "You are before the next attempt at the assessment. The one before was not passed, with {percent} percent. Type repeat to \
             hear its result and the rules again."
        ))?,
        (Arrival::Back, None) => {
            session.say("You are back before the assessment. Type repeat to hear its rules again.")?;
        }
        (Arrival::Back, Some(_)) => session.say(BACK_BEFORE_THE_NEXT)?,
    }
    let read_again = if result::has_section_to_read(session) {
        ", read again 1 to read the first of the sections worth reading again"
    } else {
        ""
    };
    loop {
        let prompt = format!("Type start to begin an attempt{read_again}, or contents to go back.");
        match session.ask(&prompt, Expected::Decision, Help::Assessment)? {
            // Enter goes on everywhere else, and from the contents to here: it must not lead round in a circle.
            Said::Enter | Said::Command(Command::Next) => session.say("Enter alone begins no attempt.")?,
            Said::Command(Command::Back | Command::Return) => return Err(session.go_back()?),
            Said::Command(command @ (Command::Review | Command::Go(_))) => {
                let from = if let Command::Go(number) = command { number } else { 1 };
                if result::hear_last(session, from)? == result::Heard::Some {
                    session.say(BACK_BEFORE_THE_NEXT)?;
                }
            }
            Said::Command(Command::ReadAgain(number)) => {
                if let Some(place) = result::section_of_last(session, number)? {
                    return Ok(place);
                }
            }
            Said::Command(Command::Start) => {
                let changes = session.training.start_attempt(session.world.now());
                session.save(&changes)?;
                session.say("Saved: the attempt has begun.")?;
                return sit(session, Turn::Whole);
            }
            Said::Changed | Said::Repeat => {
                result::say_last(session)?;
                say_rules(session, left)?;
            }
            Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn say_rules(session: &mut Session<'_, '_>, left: Option<u32>) -> Result<(), Stop> {
    let course = session.course();
    session.rules_said = session.training.last_submitted();
    session.pause()?;
    session.say(&words::quiz("Assessment", &course.assessment.quiz.title))?;
    rules(&course, session.training.purpose()).iter().try_for_each(|rule| session.say(rule))?;
    // Before the first one the rules have said it.
    let total = course.assessment.attempts;
    match left.filter(|left| total != Some(*left)) {
        Some(_) => session.say(&format!("You have {}.", words::attempts_left(left))),
        None => Ok(()),
    }
}

/// What the learner sees of the attempt under way at the question they are on.
struct Seat {
    sitting: Arc<Sitting>,
    index: usize,
    answer: AttemptAnswer,
}

fn take_seat(session: &Session<'_, '_>) -> Option<Seat> {
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
    /// The same part, nothing of it said: what was typed does not fit it. The gap is the one that was wanted.
    Again(Option<usize>),
    /// A question that was chosen in the list of all, or instead of submitting.
    FromList,
    /// The list of all.
    List,
    /// Where the learner came from to the question.
    Return,
    Leave(Place),
}

/// Goes on at the list of all questions, for whoever left it for somewhere else.
pub(super) fn at_list(session: &mut Session<'_, '_>, arrival: Arrival) -> Result<Place, Stop> {
    if session.training.attempt().is_none() {
        return Ok(Place::Assessment);
    }
    session.pause()?;
    session.track_attempt();
    let turn = list::list(session, arrival)?;
    sit(session, turn)
}

/// Asks questions until the learner goes elsewhere, beginning with this turn.
fn sit(session: &mut Session<'_, '_>, mut turn: Turn) -> Result<Place, Stop> {
    session.track_attempt();
    loop {
        let Some(seat) = take_seat(session) else { return Ok(Place::Assessment) };
        turn = match turn {
            Turn::Gap(gap) => ask(session, &seat, Some(gap), Say::Part)?,
            Turn::Part => ask(session, &seat, None, Say::Part)?,
            Turn::Again(gap) => ask(session, &seat, gap, Say::Nothing)?,
            Turn::Whole => ask(session, &seat, None, Say::Whole)?,
            Turn::FromList => {
                session.chosen_in_list = Some(seat.index);
                ask(session, &seat, None, Say::Whole)?
            }
            Turn::Return if session.chosen_in_list == Some(seat.index) => {
                session.chosen_in_list = None;
                list::list(session, Arrival::Anew)?
            }
            Turn::List => list::list(session, Arrival::Anew)?,
            Turn::Return => return Err(session.go_back()?),
            Turn::Leave(place) => return Ok(place),
        };
    }
}

fn ask(session: &mut Session<'_, '_>, seat: &Seat, wanted: Option<usize>, say: Say) -> Result<Turn, Stop> {
    let whole = say == Say::Whole;
    let Some((question, drawn)) = seat.sitting.questions().nth(seat.index) else {
        return Ok(Turn::Leave(Place::Contents));
    };
    let (order, before) = (&drawn.order, seat.answer.response.as_ref());
    let total = seat.sitting.drawn.len();
    let asked = gap_asked(question, before, wanted);
    match say {
        Say::Whole => say_whole(session, seat, question, order)?,
        Say::Part => question::say_around(session, question, order, before, asked)?,
        Say::Nothing => {}
    }
    if say != Say::Nothing {
        question::say_part(session, question, order, before, asked)?;
    }
    if whole && question::is_said_at_once(question) {
        note_said(session, seat)?;
    }
    let (how, expected) = question::expected(question, before, asked);
    let certainty = seat.sitting.course.assessment.quiz.certainty;
    let help = Help::Question(question::way(question), certainty, expected);
    match session.ask(&prompt(seat, question, &how, expected), expected, help)? {
        Said::Enter | Said::Command(Command::Next) => {
            say_left_open(session, seat)?;
            onward(session, seat.index, total)
        }
        Said::Changed | Said::Repeat => Ok(Turn::Whole),
        Said::Answer(line) => {
            let quiz = &seat.sitting.course.assessment.quiz;
            let (line, certainty) =
                match certainty::read(session, quiz, expected, talk::Answered::when(before.is_some()), line)?
                {
                    Typed::Answer(line, certainty) => (line, certainty),
                    Typed::HowSure(said) => return change_how_sure(session, seat, said),
                    Typed::Nothing => return Ok(Turn::Again(wanted)),
                };
            match answer::read(question, order, before, asked, &line) {
                Err(sentence) => {
                    session.say(&sentence)?;
                    if !line.contains(char::is_numeric) {
                        session.say(COMMANDS)?;
                    }
                    Ok(Turn::Again(wanted))
                }
                Ok(response) => {
                    let number = seat.index + 1;
                    let (typed, kept) = (certainty, seat.answer.certainty);
                    let certainty = typed.or(certainty::kept_so_far(question, before, kept));
                    save(session, seat, &response, certainty)?;
                    if !is_complete(question, &response) {
                        let lead = format!("Saved so far, question {number}");
                        question::say_so_far(session, &lead, question, order, before, &response)?;
                        certainty::say_with_answer(session, typed)?;
                        return Ok(Turn::Part);
                    }
                    note_said(session, seat)?;
                    let said = described(question, order, &response);
                    question::say_described(session, &format!("Saved, question {number}"), &said)?;
                    answered_wholly(session, seat, &response, certainty)
                }
            }
        }
        Said::Command(command) => obey(session, seat, &command),
    }
}

/// Says a question with everything that holds for all of it, and what was answered so far.
fn say_whole(
    session: &mut Session<'_, '_>,
    seat: &Seat,
    question: &Question,
    order: &[String],
) -> Result<(), Stop> {
    session.pause()?;
    let (total, state) = (seat.sitting.drawn.len(), words::asked_in_attempt(question, &seat.answer, None));
    let origin = question::origin(session, question);
    session.say(&format!("Question {} of {total}{origin}, {state}.", seat.index + 1))?;
    question::say(session, question, order, seat.answer.response.as_ref(), Outcomes::Unsaid)
}

/// Says the question that the learner is on once more, with the answer that was saved.
fn repeat(session: &mut Session<'_, '_>) -> Result<(), Stop> {
    let Some(seat) = take_seat(session) else { return Ok(()) };
    match seat.sitting.questions().nth(seat.index) {
        Some((question, drawn)) => say_whole(session, &seat, question, &drawn.order),
        None => Ok(()),
    }
}

/// What can be done at a question, behind `how` it is answered.
fn prompt(seat: &Seat, question: &Question, how: &str, expected: Expected) -> String {
    let response = seat.answer.response.as_ref();
    let undo = match response.filter(|_| question::is_under_way(question, response)) {
        Some(response) if is_complete(question, response) => {
            " To decide anew from its beginning, type clear. Type step back to take the last decision back."
        }
        Some(_) => " Type step back to take the last decision back.",
        None => "",
    };
    let quiz = &seat.sitting.course.assessment.quiz;
    let sure = certainty::offer(quiz, expected, is_answered(seat, question), seat.answer.certainty);
    let enter = if seat.index + 1 < seat.sitting.drawn.len() {
        format!("Press Enter for question {}, or type list for all questions.", seat.index + 2)
    } else {
        "Press Enter for the list of all questions.".to_owned()
    };
    format!("{how}{undo}{sure} {enter}")
}

fn is_answered(seat: &Seat, question: &Question) -> talk::Answered {
    let response = seat.answer.response.as_ref();
    talk::Answered::when(response.is_some_and(|response| is_complete(question, response)))
}

fn is_asked_how_sure(seat: &Seat) -> bool {
    seat.sitting.course.assessment.quiz.certainty == AskCertainty::Yes
}

/// Keeps how sure the learner is of the answer, if something of it is there.
fn change_how_sure(session: &mut Session<'_, '_>, seat: &Seat, said: HowSure) -> Result<Turn, Stop> {
    match seat.answer.response.as_ref() {
        Some(response) => {
            save(session, seat, response, said.certainty())?;
            certainty::say_saved(session, said, seat.answer.certainty)?;
        }
        None => session.say(certainty::ANSWER_FIRST)?,
    }
    Ok(Turn::Part)
}

/// Says how sure the learner is, and asks if they have not said it where it is asked; then goes on.
fn answered_wholly(
    session: &mut Session<'_, '_>,
    seat: &Seat,
    response: &Response,
    certainty: Option<Certainty>,
) -> Result<Turn, Stop> {
    let certainty = match certainty {
        None if is_asked_how_sure(seat) => match certainty::ask(session, seat.answer.certainty, repeat)? {
            Sureness::Said(Some(certainty)) => {
                save(session, seat, response, Some(certainty))?;
                Some(certainty)
            }
            Sureness::Said(None) | Sureness::Command(Command::Next) => None,
            // The answer that was just saved is the one that is left.
            Sureness::Command(command) => match take_seat(session) {
                Some(seat) => return obey(session, &seat, &command),
                None => return Ok(Turn::Leave(Place::Assessment)),
            },
        },
        certainty => certainty,
    };
    certainty::say_with_answer(session, certainty)?;
    onward(session, seat.index, seat.sitting.drawn.len())
}

/// What can be typed at a question instead of an answer, for whoever tries other words.
const COMMANDS: &str =
    "To go elsewhere, type next, back, list for all questions, go and a number, or submit; help says more.";

fn obey(session: &mut Session<'_, '_>, seat: &Seat, command: &Command) -> Result<Turn, Stop> {
    let total = seat.sitting.drawn.len();
    let leaves = matches!(command, Command::Back | Command::List | Command::Return)
        || matches!(*command, Command::Go(number) if (1..=total).contains(&number));
    if leaves {
        say_left_open(session, seat)?;
    }
    match *command {
        Command::Back if seat.index == 0 => {
            session.say("This is the first question.")?;
            Ok(Turn::Part)
        }
        Command::Back => go(session, seat.index - 1),
        Command::Go(number) if (1..=total).contains(&number) => go(session, number - 1),
        Command::Go(number) => {
            question::say_not_there(session, number, total)?;
            Ok(Turn::Part)
        }
        Command::Gap(number) => {
            let Some(question) = seat.sitting.question(seat.index) else { return Ok(Turn::Part) };
            Ok(question::gap_numbered(session, question, number)?.map_or(Turn::Part, Turn::Gap))
        }
        Command::Flag => {
            let changes = session.training.toggle_flag(seat.index);
            session.save(&changes)?;
            let now = if seat.answer.flagged { "no longer flagged" } else { "flagged, to come back to it" };
            session.say(&format!("Saved: question {} is {now}.", seat.index + 1))?;
            Ok(Turn::Part)
        }
        Command::Clear if seat.answer.response.is_none() => {
            let number = seat.index + 1;
            session.say(&format!("Question {number} is not answered, so there is nothing to take away."))?;
            Ok(Turn::Part)
        }
        Command::Clear => {
            let changes = session.training.answer(seat.index, None, None, 0);
            session.save(&changes)?;
            session.say(&format!("Saved: your answer to question {} is taken away.", seat.index + 1))?;
            Ok(Turn::Whole)
        }
        Command::StepBack => step_back(session, seat),
        Command::HowSure(said) if is_asked_how_sure(seat) => change_how_sure(session, seat, said),
        Command::List => list::list(session, Arrival::Anew),
        Command::Return => Ok(Turn::Return),
        Command::Submit | Command::SubmitAgain => list::submit(session),
        Command::Review => {
            let (attempts, purpose) = (seat.sitting.course.assessment.attempts, session.training.purpose());
            let when = review_words(attempts, purpose);
            session.say(&format!("{when} Type list to hear how every question stands."))?;
            Ok(Turn::Part)
        }
        _ => {
            match elsewhere::hint(session, &session.typed) {
                Some(hint) => session.say(hint)?,
                None => session.say(&format!("That does nothing here. {COMMANDS}"))?,
            }
            Ok(Turn::Part)
        }
    }
}

/// Takes the last decision of a story back.
fn step_back(session: &mut Session<'_, '_>, seat: &Seat) -> Result<Turn, Stop> {
    let before = seat.answer.response.as_ref();
    let story = seat.sitting.question(seat.index).filter(|question| question::is_under_way(question, before));
    let Some((question, (_, rest))) = story.zip(question::chosen(before).split_last()) else {
        session.say("There is no decision to take back.")?;
        return Ok(Turn::Part);
    };
    let shorter = (!rest.is_empty()).then(|| Response::List(rest.to_vec()));
    let changes = session.training.answer(seat.index, shorter, None, 0);
    session.save(&changes)?;
    let decided = question::last_decision(question, before).unwrap_or_default();
    let taken_back = format!("Saved: decision {} is taken back. It was: {decided}", rest.len() + 1);
    session.say(&words::sentence(&taken_back))?;
    Ok(Turn::Part)
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

/// Keeps that all of the question was said: who goes on in the other face is not sent back to it.
fn note_said(session: &mut Session<'_, '_>, seat: &Seat) -> Result<(), Stop> {
    let changes = session.training.shown_wholly(seat.index);
    session.save(&changes)
}

/// Says what is still open in the question that is left.
fn say_left_open(session: &mut Session<'_, '_>, seat: &Seat) -> Result<(), Stop> {
    let question = seat.sitting.question(seat.index).zip(seat.answer.response.as_ref());
    match question.and_then(|(question, response)| question::still_open(question, response)) {
        Some(open) => session.say(&format!("Question {} stays partly answered: {open}.", seat.index + 1)),
        None => Ok(()),
    }
}

fn go(session: &mut Session<'_, '_>, index: usize) -> Result<Turn, Stop> {
    let changes = session.training.go_to(index, 0);
    session.save(&changes)?;
    Ok(Turn::Whole)
}

/// The next question, or the list of all behind the last.
fn onward(session: &mut Session<'_, '_>, index: usize, total: usize) -> Result<Turn, Stop> {
    if index + 1 < total { go(session, index + 1) } else { list::list(session, Arrival::Anew) }
}
