//! How sure the learner is: said with an answer, when it is asked, or changed later.

use super::command::{Command, HowSure};
use super::hearing::Meant;
use super::session::Session;
use super::talk::{Answered, Expected, Help, Said};
use super::{Stop, answer, words};
use crate::quiz::mark::is_complete;
use crate::quiz::question::Question;
use crate::quiz::response::{Certainty, Response};
use crate::quiz::{AskCertainty, Quiz};

/// What a line says at a question.
pub(super) enum Typed {
    /// An answer, and how sure the learner is of it if they said so.
    Answer(String, Option<Certainty>),
    /// How sure they are of the answer that is there.
    HowSure(HowSure),
    /// Nothing: another line came in its place, and is heard next.
    Nothing,
}

/// Said to whoever says how sure they are of an answer that is not there.
pub(super) const ANSWER_FIRST: &str = "The answer comes first, and how sure you are after it.";

/// Takes apart a line where how sure one is may stand alone, of an answer that is there, or behind an answer. Where any words may
/// be the answer, the learner is asked what they meant: in a knowledge check it is handed in at once. `answered` says whether something
/// of an answer is there.
pub(super) fn read(
    session: &mut Session<'_, '_>,
    quiz: &Quiz,
    expected: Expected,
    answered: Answered,
    line: String,
) -> Result<Typed, Stop> {
    if quiz.certainty == AskCertainty::No {
        return Ok(Typed::Answer(line, None));
    }
    let alone = HowSure::typed(&line);
    if expected != Expected::FreeText && answered == Answered::NotYet && alone.is_some() {
        return session.say(ANSWER_FIRST).map(|()| Typed::Nothing);
    }
    let alone = alone.filter(|_| answered == Answered::Yes);
    let behind = split(&line);
    let asks = match expected {
        Expected::Choice | Expected::Decision => false,
        // An equals sign takes the rest of the line as it is.
        Expected::FreeText => (alone.is_some() || behind.is_some()) && !answer::is_by_identifiers(&line),
    };
    if expected == Expected::FreeText && !asks {
        return Ok(Typed::Answer(line, None));
    }
    if asks {
        let is = if alone.is_some() {
            "That may be your answer, or how sure you are."
        } else {
            "That ends with how sure one is."
        };
        session.say(&format!(
            "{is} Type yes if all of it is your answer, or press Enter if it says how sure you are."
        ))?;
        match session.hear_meant()? {
            Meant::Answer => return Ok(Typed::Answer(line, None)),
            Meant::Nothing => {}
            Meant::Instead(next) => {
                session.say_not_taken(&line, &next)?;
                session.unheard = Some(next);
                return Ok(Typed::Nothing);
            }
        }
    }
    Ok(match (alone, behind) {
        (Some(said), _) => Typed::HowSure(said),
        (None, Some((rest, certainty))) => Typed::Answer(rest.to_owned(), Some(certainty)),
        (None, None) => Typed::Answer(line, None),
    })
}

/// A line without the certainty at its end, and that.
fn split(line: &str) -> Option<(&str, Certainty)> {
    // “fairly sure” is said back, and so typed.
    let ends = line.match_indices([' ', ',']);
    let (rest, certainty) = ends.map(|(end, _)| line.split_at(end)).find_map(|(rest, words)| {
        // With the slash that it has where it stands alone.
        Some((rest, words::typed_certainty(words.trim_start_matches([' ', ',', '/']))?))
    })?;
    Some((rest.trim_end_matches([' ', ',']), certainty))
}

/// What a prompt says of it at a question with an answer of which the learner said `said`.
pub(super) fn offer(
    quiz: &Quiz,
    expected: Expected,
    answered: Answered,
    said: Option<Certainty>,
) -> &'static str {
    // With a part of an answer it may have been said already.
    if quiz.certainty == AskCertainty::No || (answered == Answered::NotYet && said.is_none()) {
        return "";
    }
    match (expected, said) {
        (Expected::Choice | Expected::Decision, None) => {
            " Type sure, fairly or guessing to say how sure you are."
        }
        (Expected::Choice | Expected::Decision, Some(_)) => {
            " Type sure, fairly, guessing or none to change how sure you are."
        }
        // Where lines end, a slash may be parted from its word.
        (Expected::FreeText, None) => {
            " Type sure, fairly or guessing with a slash before it to say how sure you are."
        }
        (Expected::FreeText, Some(_)) => {
            " Type sure, fairly, guessing or none with a slash before it to change how sure you are."
        }
    }
}

/// What of how sure the learner was, with `before`, holds for the answer that takes its place: what was said before it was whole. Of
/// another answer it is asked anew.
pub(super) fn kept_so_far(
    question: &Question,
    before: Option<&Response>,
    said: Option<Certainty>,
) -> Option<Certainty> {
    said.filter(|_| before.is_none_or(|before| !is_complete(question, before)))
}

/// Says that it is saved how sure the learner is, of which they said `before` until now.
pub(super) fn say_saved(
    session: &mut Session<'_, '_>,
    said: HowSure,
    before: Option<Certainty>,
) -> Result<(), Stop> {
    session.say(&match said {
        HowSure::Unsaid if before.is_none() => "You have not said how sure you are.".to_owned(),
        HowSure::Is(certainty) => format!("Saved: you are {}.", words::certainty(certainty)),
        HowSure::Unsaid => "Saved: how sure you are is not said any more.".to_owned(),
    })
}

/// Says which of them was kept with an answer, where something was said of it.
pub(super) fn say_with_answer(session: &mut Session<'_, '_>, said: Option<Certainty>) -> Result<(), Stop> {
    said.map_or(Ok(()), |said| say_saved(session, HowSure::Is(said), None))
}

/// What was said to the question how sure the learner is.
pub(super) enum Sureness {
    /// How sure they are, if they said so.
    Said(Option<Certainty>),
    /// A command for the place at which it was asked.
    Command(Command),
}

/// How sure the learner is; Enter says nothing of it. `before` is what they said of the answer that this one takes the place of. `repeat`
/// says the question with their answer, for whoever did not catch it.
pub(super) fn ask(
    session: &mut Session<'_, '_>,
    before: Option<Certainty>,
    repeat: impl Fn(&mut Session<'_, '_>) -> Result<(), Stop>,
) -> Result<Sureness, Stop> {
    let of_which = before.map_or_else(
        || "How sure are you?".to_owned(),
        |before| {
            format!(
                "Of your answer before you were {}. How sure are you of this one?",
                words::certainty(before)
            )
        },
    );
    let prompt = format!("{of_which} Type sure, fairly or guessing, or press Enter to skip.");
    loop {
        match session.ask(&prompt, Expected::Choice, Help::Certainty)? {
            Said::Enter => return Ok(Sureness::Said(None)),
            Said::Command(Command::HowSure(said)) => return Ok(Sureness::Said(said.certainty())),
            Said::Answer(word) => match HowSure::typed(word.trim_start_matches('=')) {
                Some(said) => return Ok(Sureness::Said(said.certainty())),
                None => {
                    session.say("That is none of the three. How sure you are never changes your score.")?;
                }
            },
            Said::Changed | Said::Repeat => repeat(session)?,
            Said::Command(
                command @ (Command::Next
                | Command::Back
                | Command::Clear
                | Command::StepBack
                | Command::Flag
                | Command::Go(_)
                | Command::Gap(_)
                | Command::List
                | Command::Return
                | Command::Submit
                | Command::SubmitAgain),
            ) => return Ok(Sureness::Command(command)),
            Said::Command(_) => session.not_here()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certainty_stands_at_the_end_of_a_line() {
        assert_eq!(split("1 3, fairly sure"), Some(("1 3", Certainty::Fairly)));
        assert_eq!(split("=open sure"), Some(("=open", Certainty::Sure)));
        assert_eq!(split("desk /guessing"), Some(("desk", Certainty::Guessing)));
        assert_eq!(["sure", "1 surely", "sure 1", ""].map(split), [None; 4]);
    }
}
