//! Knowledge checks: every question with feedback, and the wrong ones again.

mod in_turn;
mod kept;
mod passed;
mod past;
mod story;

use super::certainty::{self, Sureness, Typed};
use super::command::{Command, HowSure};
use super::elsewhere;
use super::key::{offer_of_section, offer_of_section_numbered, say_why, section};
use super::question::{self, Outcomes, Say, gap_asked};
use super::review;
use super::session::Session;
use super::talk::{Answered, Expected, Help, Said};
use super::{Place, Stop, answer, contents, words};
use crate::phrase::counted;
use crate::progress::Change;
use crate::quiz::mark::is_complete;
use crate::quiz::question::{Kind, Question};
use crate::quiz::response::{Certainty, Response};
use crate::quiz::{AskCertainty, Quiz};
use crate::training::{EARLIER_IS_KEPT, Step};
use in_turn::{gap_before, gap_behind, say_in_turn};
use kept::{Kept, what_trying_changes};
pub(super) use past::look_back;
use past::{answers, hear_answers};
use story::say_consequences;

/// A question, and the check in which it is asked.
#[derive(Clone, Copy)]
struct Asked<'q> {
    /// The index of the module.
    module: usize,
    quiz: &'q Quiz,
    question: &'q Question,
}

/// Asks the open questions of the check, then says how it went and what can be done.
pub(super) fn take(session: &mut Session<'_, '_>, module: usize) -> Result<Place, Stop> {
    session.module = module;
    let course = session.course();
    let Some(quiz) = course.modules.get(module).and_then(|module| module.check.as_ref()) else {
        return Ok(Place::Contents);
    };
    let finished = session.training.check(module).is_none_or(|check| check.open.is_empty());
    if !finished {
        let changes = session.training.start_check(module);
        session.save(&changes)?;
        let title = words::quiz(&format!("Knowledge check of lesson {}", module + 1), &quiz.title);
        // Who comes back to it in the middle knows how it goes.
        let begins = changes.iter().any(|change| matches!(change, Change::CheckStarted { .. }));
        let passed = passed::already(session, module);
        let changes = what_trying_changes(session, module);
        let said = if begins { format!("{title} {}", rules(session, quiz)) } else { title };
        session.pause()?;
        session.say(&format!("{said}{passed}{changes}"))?;
    }
    go_through(session, module, quiz)
}

/// Says again what was answered to this question and how that was, for whoever comes back from the lesson, then goes on.
pub(super) fn hear_answer_again(
    session: &mut Session<'_, '_>,
    module: usize,
    question: usize,
) -> Result<Place, Stop> {
    session.module = module;
    let course = session.course();
    let quiz = course.modules.get(module).and_then(|module| module.check.as_ref());
    let question = quiz.and_then(|quiz| quiz.questions.get(question));
    // An edition that a trainer changed meanwhile may ask something else.
    let Some((quiz, question)) = quiz.zip(question) else { return Ok(Place::Check(module)) };
    let asked = Asked { module, quiz, question };
    if say_again(session, asked)? == Found::No {
        return Ok(Place::Check(module));
    }
    after_answer(session, asked, Kept::This)?;
    go_through(session, module, quiz)
}

/// Whether there was something to say.
#[derive(PartialEq, Eq)]
enum Found {
    Yes,
    No,
}

/// Says a question with its answer, how that was and why, if it was answered.
fn say_again(session: &mut Session<'_, '_>, asked: Asked<'_>) -> Result<Found, Stop> {
    let Asked { module, quiz, question } = asked;
    let answers = answers(session, module, quiz);
    match answers.iter().find(|answer| answer.question.id == question.id) {
        Some(answer) => review::say(session, answer, quiz.questions.len()).map(|()| Found::Yes),
        None => Ok(Found::No),
    }
}

/// Asks what is open, and what is asked again, until the learner goes elsewhere.
fn go_through(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz) -> Result<Place, Stop> {
    loop {
        while let Some(question) = next_open(session, module, quiz) {
            ask(session, Asked { module, quiz, question })?;
        }
        if let Some(place) = end(session, module, quiz)? {
            return Ok(place);
        }
    }
}

/// How the check goes.
fn rules(session: &Session<'_, '_>, quiz: &Quiz) -> String {
    let pass = session.course().check_pass_percent.get();
    format!(
        "{}. You hear after every answer whether it was right, and can try again what was not. To pass: {pass} percent.",
        counted(quiz.questions.len(), "question", "questions"),
    )
}

/// The next open question of the round.
fn next_open<'q>(session: &Session<'_, '_>, module: usize, quiz: &'q Quiz) -> Option<&'q Question> {
    let check = session.training.check(module)?;
    quiz.question(&check.open.first()?.id)
}

/// `Question 2 of 5, not answered.`
fn place(session: &Session<'_, '_>, asked: Asked<'_>) -> Option<String> {
    let Asked { module, quiz, question } = asked;
    let check = session.training.check(module)?;
    let number = index(quiz, question)? + 1;
    let origin = question::origin(session, question);
    Some(format!(
        "Question {number} of {}{origin}, {}.",
        quiz.questions.len(),
        words::asked_in_check(&check, question, None)
    ))
}

fn index(quiz: &Quiz, question: &Question) -> Option<usize> {
    quiz.questions.iter().position(|other| other.id == question.id)
}

/// Asks one question until it is answered.
fn ask(session: &mut Session<'_, '_>, here: Asked<'_>) -> Result<(), Stop> {
    let Asked { module, quiz, question } = here;
    let order = session.training.check_order(module, question);
    let mut gap = None;
    let mut next = Say::Whole;
    loop {
        // What was heard a moment ago is not said again for what changes nothing of it.
        let say = std::mem::replace(&mut next, Say::Nothing);
        let draft = session.training.check(module).and_then(|check| check.draft(question).cloned());
        let response = draft.as_ref().and_then(|draft| draft.response.clone());
        let asked = gap_asked(question, response.as_ref(), gap);
        say_asked(session, here, &order, response.as_ref(), asked, say)?;
        let complete = response.as_ref().filter(|response| is_complete(question, response));
        let (how, expected) = question::expected(question, response.as_ref(), asked);
        let said = draft.as_ref().and_then(|draft| draft.certainty);
        let answered = Answered::when(response.is_some());
        // Where nothing is said of it yet, it is asked when the answer is handed in.
        let sure = said.map_or("", |said| certainty::offer(quiz, expected, answered, Some(said)));
        let enter = if complete.is_some() {
            "Press Enter to hand in your answer."
        } else {
            "Press Enter to hear it again."
        };
        match session.ask(
            &format!("{how}{sure} {enter}"),
            expected,
            Help::CheckQuestion(question::way(question), quiz.certainty, expected, answered),
        )? {
            Said::Enter => match complete {
                Some(response) => {
                    // Of a story that has ended everything was heard when it was decided.
                    return hand_in(session, here, Some(response), response, said);
                }
                None => next = Say::Whole,
            },
            Said::Changed | Said::Repeat => next = Say::Whole,
            Said::Command(Command::Gap(number)) => {
                if let Some(found) = question::gap_numbered(session, question, number)? {
                    (gap, next) = (Some(found), Say::Part);
                }
            }
            Said::Command(Command::Clear | Command::StepBack)
                if question::is_under_way(question, response.as_ref()) =>
            {
                let onward =
                    if complete.is_some() { "Press Enter to hand it in." } else { "Go on with the story." };
                session.say(&format!("What you decided stands: you heard what came of it. {onward}"))?;
            }
            Said::Command(Command::Clear) if response.is_none() => {
                session.say("Nothing is begun here, so there is nothing to take back.")?;
            }
            Said::Command(Command::Clear) => {
                take_back(session, here)?;
                (gap, next) = (None, Say::Whole);
            }
            Said::Command(Command::Review) => {
                hear_answers(session, module, quiz, 1)?;
                next = Say::Whole;
            }
            Said::Command(Command::HowSure(said))
                if response.is_some() && quiz.certainty == AskCertainty::Yes =>
            {
                change_how_sure(session, here, response, said)?;
            }
            Said::Command(Command::HowSure(_)) if quiz.certainty == AskCertainty::Yes => {
                session.say(certainty::ANSWER_FIRST)?;
            }
            Said::Command(Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Next) => say_in_turn(session, gap_behind(question, asked))?,
            Said::Command(Command::Back) => say_in_turn(session, gap_before(asked))?,
            Said::Command(Command::List | Command::Go(_) | Command::Retry) => say_in_turn(session, None)?,
            Said::Command(_) => session.not_here()?,
            Said::Answer(line) => {
                let (line, certainty) = match certainty::read(session, quiz, expected, answered, line)? {
                    Typed::Answer(line, certainty) => (line, certainty),
                    Typed::HowSure(said) => {
                        change_how_sure(session, here, response, said)?;
                        continue;
                    }
                    Typed::Nothing => continue,
                };
                let before = response;
                let kept = certainty::kept_so_far(question, before.as_ref(), said);
                match answer::read(question, &order, before.as_ref(), asked, &line) {
                    Err(sentence) => session.say(&sentence)?,
                    Ok(response) if is_complete(question, &response) => {
                        return hand_in(session, here, before.as_ref(), &response, certainty.or(kept));
                    }
                    Ok(longer) => {
                        keep_part(session, here, &order, before.as_ref(), &longer, [certainty, kept])?;
                        (gap, next) = (None, Say::Part);
                    }
                }
            }
        }
    }
}

/// Says as much of a question as is wanted; `asked` is the gap that is asked for.
fn say_asked(
    session: &mut Session<'_, '_>,
    here: Asked<'_>,
    order: &[String],
    response: Option<&Response>,
    asked: Option<usize>,
    say: Say,
) -> Result<(), Stop> {
    let question = here.question;
    match say {
        Say::Whole => say_whole(session, here, order, response)?,
        Say::Part => question::say_around(session, question, order, response, asked)?,
        Say::Nothing => return Ok(()),
    }
    question::say_part(session, question, order, response, asked)
}

/// Says a question with everything that holds for all of it, and what was answered so far.
fn say_whole(
    session: &mut Session<'_, '_>,
    here: Asked<'_>,
    order: &[String],
    response: Option<&Response>,
) -> Result<(), Stop> {
    session.pause()?;
    if let Some(place) = place(session, here) {
        session.say(&place)?;
    }
    question::say(session, here.question, order, response, Outcomes::Said)
}

/// Keeps an answer that is not whole yet, with how sure the learner is as it was just typed, or else with a part before it.
fn keep_part(
    session: &mut Session<'_, '_>,
    here: Asked<'_>,
    order: &[String],
    before: Option<&Response>,
    longer: &Response,
    [typed, kept]: [Option<Certainty>; 2],
) -> Result<(), Stop> {
    let said = typed.or(kept);
    let changes = session.training.draft(here.module, &here.question.id, Some(longer.clone()), said);
    session.save(&changes)?;
    say_longer(session, here.question, order, before, longer)?;
    certainty::say_with_answer(session, typed)
}

/// Takes back what of an answer is there and not handed in.
fn take_back(session: &mut Session<'_, '_>, asked: Asked<'_>) -> Result<(), Stop> {
    let changes = session.training.draft(asked.module, &asked.question.id, None, None);
    session.save(&changes)?;
    session.say("Saved: what you began is taken back.")
}

/// Keeps how sure the learner is of the answer that is there and not handed in.
fn change_how_sure(
    session: &mut Session<'_, '_>,
    here: Asked<'_>,
    response: Option<Response>,
    said: HowSure,
) -> Result<(), Stop> {
    let draft = session.training.check(here.module).and_then(|check| check.draft(here.question).cloned());
    let before = draft.and_then(|draft| draft.certainty);
    let changes = session.training.draft(here.module, &here.question.id, response, said.certainty());
    session.save(&changes)?;
    certainty::say_saved(session, said, before)
}

/// Says what of an answer that is not whole yet is new since `before`, which is saved.
fn say_longer(
    session: &mut Session<'_, '_>,
    question: &Question,
    order: &[String],
    before: Option<&Response>,
    now: &Response,
) -> Result<(), Stop> {
    if question::is_under_way(question, Some(now)) {
        say_consequences(session, question, before, now)
    } else {
        question::say_so_far(session, "Saved so far", question, order, before, now)
    }
}

/// Hands in a whole answer and gives feedback; what came of the decisions of a story that were made `before` was heard.
fn hand_in(
    session: &mut Session<'_, '_>,
    asked: Asked<'_>,
    before: Option<&Response>,
    response: &Response,
    certainty: Option<Certainty>,
) -> Result<(), Stop> {
    let Asked { module, quiz, question } = asked;
    let (certainty, before) = match (quiz.certainty, certainty) {
        (AskCertainty::Yes, None) => {
            let said = session.training.check(module).and_then(|check| check.draft(question)?.certainty);
            // Saved before the question about certainty, so that leaving here does not lose the answer.
            let changes = session.training.draft(module, &question.id, Some(response.clone()), None);
            session.save(&changes)?;
            // It stands, so what came of it is heard whatever is said to that question.
            say_consequences(session, question, before, response)?;
            let order = session.training.check_order(module, question);
            let repeat = |session: &mut Session<'_, '_>| say_whole(session, asked, &order, Some(response));
            match certainty::ask(session, said, repeat)? {
                Sureness::Said(certainty) => (certainty, Some(response)),
                Sureness::Command(Command::Next) => (None, Some(response)),
                Sureness::Command(Command::Clear) if !question::is_under_way(question, Some(response)) => {
                    return take_back(session, asked);
                }
                Sureness::Command(_) => return session.say(not_handed_in(question)),
            }
        }
        (AskCertainty::Yes | AskCertainty::No, certainty) => (certainty, before),
    };
    let (now, was_passed) = (session.world.now(), passed::is_passed(session, module));
    let handed_in = session.training.hand_in(module, &question.id, response.clone(), certainty, now);
    let Some((mark, changes)) = handed_in else { return Ok(()) };
    session.save(&changes)?;
    session.pause()?;
    let order = session.training.check_order(module, question);
    let kept = Kept::after(session, module, question, response);
    if let Kind::Scenario { steps } = &question.kind {
        say_consequences(session, question, before, response)?;
        certainty::say_with_answer(session, certainty)?;
        session.say(&words::verdict(mark))?;
        question::say_better(session, steps, question::chosen(Some(response)))?;
    } else {
        question::say_answer(session, kept.lead(), question, &order, Some(response))?;
        certainty::say_with_answer(session, certainty)?;
        question::say_verdict(session, question, Some(response))?;
        question::say_remark(session, question, response)?;
    }
    question::say_key_if_unsaid(session, question, &order, Some(response))?;
    say_why(session, question)?;
    if kept == Kept::Earlier {
        session.say(EARLIER_IS_KEPT)?;
    }
    passed::say_now(session, module, was_passed)?;
    after_answer(session, asked, kept)
}

/// Said of a whole answer that is left before it is handed in.
fn not_handed_in(question: &Question) -> &'static str {
    match question.kind {
        Kind::Scenario { .. } => "The story has ended and is not handed in yet.",
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Cloze { .. } => "Your answer is not handed in yet, and can still be changed.",
    }
}

/// Lets the learner take in the feedback. Whoever goes to a lesson from here comes back to here.
fn after_answer(session: &mut Session<'_, '_>, asked: Asked<'_>, kept: Kept) -> Result<(), Stop> {
    let Asked { module, quiz, question } = asked;
    let Some(check) = session.training.check(module) else { return Ok(()) };
    let Some(index) = index(quiz, question) else { return Ok(()) };
    let enter = if check.open.is_empty() {
        "Press Enter to hear how the check went."
    } else {
        "Press Enter for the next question."
    };
    session.here = Place::Answered(module, index);
    let mut read = offer_of_section(question).to_owned();
    // `read` without a number means the section that this question is about, so it is taken before anybody else.
    loop {
        match session.ask_beside_lesson(&format!("{enter}{read}"), Expected::Choice, Help::AfterAnswer)? {
            Said::Enter | Said::Command(Command::Next) => {
                session.here = Place::Check(module);
                return Ok(());
            }
            Said::Command(Command::Why) => say_why(session, question)?,
            Said::Changed | Said::Repeat => {
                if kept == Kept::Earlier {
                    session.say("This is your earlier answer, which is kept.")?;
                }
                say_again(session, asked)?;
            }
            Said::Command(Command::Read(None)) => return Err(Stop::Go(section(session, question))),
            Said::Command(Command::Return) => return Err(session.go_back()?),
            Said::Command(Command::Review) => {
                hear_answers(session, module, quiz, 1)?;
                // Others were heard since, and theirs.
                read = offer_of_section_numbered(question, index + 1);
            }
            Said::Command(
                Command::Clear
                | Command::StepBack
                | Command::Gap(_)
                | Command::HowSure(_)
                | Command::Submit
                | Command::SubmitAgain,
            )
            | Said::Answer(_) => session.say("The answer is handed in, and stands.")?,
            Said::Command(Command::Back | Command::List | Command::Go(_) | Command::Retry) => {
                session.say(elsewhere::ANSWERED_IN_TURN)?;
            }
            Said::Command(_) => session.not_here()?,
        }
    }
}

/// Says how the check went; a place when the learner goes on, `None` when another round began.
fn end(session: &mut Session<'_, '_>, module: usize, quiz: &Quiz) -> Result<Option<Place>, Stop> {
    say_state(session, module)?;
    loop {
        let Some(check) = session.training.check(module) else { return Ok(Some(Place::Contents)) };
        let wrong = check.wrong().count();
        let passed = passed::is_passed(session, module);
        let next = session.training.step_after_check(module).unwrap_or(Step::Check(module));
        let changes = what_trying_changes(session, module);
        let retry = " Type retry to try what was not right again.";
        let retry = if wrong > 0 { format!("{retry}{changes}") } else { String::new() };
        let prompt = if passed || wrong == 0 {
            let next = words::sentence(&format!("Press Enter to {}", contents::words_to(session, next)));
            format!("{next}{retry} Type review to hear all answers.")
        } else {
            format!("Press Enter to try what was not right again.{changes} Type review to hear all answers.")
        };
        match session.ask(&prompt, Expected::Choice, Help::CheckEnd)? {
            Said::Enter | Said::Command(Command::Next) if passed || wrong == 0 => {
                return Ok(Some(next.into()));
            }
            Said::Enter | Said::Command(Command::Next | Command::Retry) if wrong > 0 => {
                let changes = session.training.start_check(module);
                session.save(&changes)?;
                session.say("Options may stand in another order than before.")?;
                return Ok(None);
            }
            Said::Command(Command::Retry) => {
                session.say("Everything was right; there is nothing to try again.")?;
            }
            Said::Command(Command::Review) => {
                hear_answers(session, module, quiz, 1)?;
                say_how_it_went(session, module)?;
            }
            Said::Command(Command::Return | Command::Back) => return Err(session.go_back()?),
            Said::Changed | Said::Repeat => say_state(session, module)?,
            Said::Enter | Said::Command(_) | Said::Answer(_) => session.not_here()?,
        }
    }
}

fn say_state(session: &mut Session<'_, '_>, module: usize) -> Result<(), Stop> {
    session.pause()?;
    say_how_it_went(session, module)
}

fn say_how_it_went(session: &mut Session<'_, '_>, module: usize) -> Result<(), Stop> {
    let Some(state) = session.training.check(module).map(|check| check.state) else { return Ok(()) };
    session.say(&words::check_of(&session.training, module, state))
}
