//! What a line is for that does nothing where it was typed.

use super::command;
use super::session::Session;
use super::{Place, Stop};
use crate::training::{AssessmentState, Review};

/// Said where nothing better is known.
const NOTHING: &str = "That does nothing here. Type help to hear what can be typed.";

const TEXT: &str = "That is for a text, and none is read here. Open one first, such as with: read 1";

/// The same of bookmarks and notes.
pub(super) const KEPT_WITH_A_TEXT: &str = "Nothing is kept: bookmarks and notes belong to the pages of a text, and none is read here. Open one first, such as with: read 1";

const SOURCE: &str = "To hear the source of a question, type open and its sign, such as: open F002";

/// The same in an attempt, where no question names its source.
const SOURCE_LATER: &str = "The sources of the questions are named when the answers can be looked back at. One whose sign you know is heard now: type open and the sign, such as: open F002";

const WAYS_END: &str =
    "You are at the contents, to which every way leads back. Type help to hear what can be typed.";

const IN_REVIEW: &str = "You are hearing a review already. Type return to leave it.";

/// Said to whoever wants to go to what was found.
pub(super) const NOTHING_FOUND: &str =
    "Nothing was found to go to. Type search and words, such as: search work profile";

const BEHIND_REVIEW: &str = "That is for the end of a check. Type return to leave the review first.";

const QUESTION: &str = "That is for questions, and none is asked here.";

/// Said at a question of a check to who wants to go to another one.
pub(super) const ASKED_IN_TURN: &str = "The questions of a check come one after the other. Answer this one, or type contents to leave; what you began is kept.";

/// The same behind an answer.
pub(super) const ANSWERED_IN_TURN: &str =
    "The questions of a check come one after the other. To hear what you have answered so far, type review.";

const BEHIND_THE_ANSWER: &str = "Why an answer is right is said after yours. Type your answer, or contents to leave; what you began is kept.";

const FLAGGED_THERE: &str =
    "Questions are flagged in the assessment alone. In a check they come one after the other.";

const RESULT: &str = "That is for the result of the assessment: type assessment to go there.";

const RESULT_LATER: &str =
    "That is for the result of the assessment. Your attempt is under way: type assessment to go on with it.";

const NO_RESULT: &str = "That is for the result of the assessment, and no attempt was submitted yet.";

const ANSWERS: &str = "That is for answers that were handed in: type check and a number, such as check 1, or assessment to go there.";

const NO_ATTEMPT: &str = "Nothing is to be submitted: no attempt at the assessment is under way.";

const ATTEMPT: &str =
    "Nothing is submitted here. Your attempt at the assessment is under way: type assessment to go there.";

const BEGUN_THERE: &str = "An attempt begins at the assessment: type assessment to go there.";

const BEGUN_LATER: &str = "The assessment is locked: type assessment to hear what comes first.";

const UNDER_WAY: &str = "Your attempt at the assessment is under way: type assessment to go there.";

const BEGUN_ALREADY: &str =
    "Your attempt is under way. Answer the question, or type list to hear all questions.";

const NONE_BEGINS: &str = "No attempt at the assessment can begin now: type assessment to hear why.";

/// Said to whoever wants to begin an attempt behind the one that was passed.
pub(super) const PASSED: &str = "The assessment is passed, so there is no attempt to begin.";

const AGREED_THERE: &str = "That is for the statement of the policy: type policy to go there.";

const FLAGGED_AT_A_QUESTION: &str =
    "A question is flagged where it is asked: go to it first, such as with: go 7";

const ENTER_GOES_ON: &str = "To go on, press Enter or type next.";

const HEARD_BY_NUMBER: &str =
    "To hear a question with its explanation, type go and the number of the question, such as: go 7";

const NOTHING_ASKED: &str =
    "Nothing is asked here to which yes or no is an answer. Type help to hear what can be typed.";

impl Session<'_, '_> {
    /// Says of the line that was typed last that it does nothing here, or for what it is.
    pub(super) fn not_here(&mut self) -> Result<(), Stop> {
        self.say(hint(self, &self.typed).unwrap_or(NOTHING))
    }
}

/// Whether somebody is at the assessment, or in a section that they read again from there.
fn is_at_result(here: &Place) -> bool {
    match here {
        Place::Reading(visit) => visit.back.as_deref() == Some(&Place::Assessment),
        here => *here == Place::Assessment,
    }
}

/// Whether these words begin with that one.
fn is_again(words: &str) -> bool {
    words.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("again"))
}

/// What a line is for that is of use elsewhere alone; who is told how it is typed tries that, and is told that it does nothing.
pub(super) fn hint(session: &Session<'_, '_>, line: &str) -> Option<&'static str> {
    if let Some(hint) = of_looking(session, line) {
        return Some(hint);
    }
    let reads = session.page_said().is_some();
    let sits = session.training.attempt().is_some();
    let is_asked = match session.here {
        Place::Check(_) | Place::Answered(..) | Place::Review(..) => true,
        Place::Assessment | Place::List => sits,
        Place::Contents | Place::Reading(_) | Place::Policy(_) | Place::Sign | Place::Certificate => false,
    };
    let at_assessment = matches!(session.here, Place::Assessment | Place::List);
    let in_check = matches!(session.here, Place::Check(_) | Place::Answered(..));
    let in_review = matches!(session.here, Place::Review(..));
    // At the end of a check no question is left to be answered.
    let asks = match session.here {
        Place::Check(module) => session.training.check(module).is_some_and(|check| !check.open.is_empty()),
        _ => false,
    };
    // Elsewhere Enter decides nothing or repeats, and the letter means no.
    let goes_on = match session.here {
        Place::Contents | Place::Reading(_) | Place::Answered(..) | Place::Review(..) => true,
        Place::Assessment => sits,
        Place::Check(_) | Place::List | Place::Policy(_) | Place::Sign | Place::Certificate => false,
    };
    match command::name(line)?.as_str() {
        "bookmark" | "note" if !reads => Some(KEPT_WITH_A_TEXT),
        "open" | "sources" if at_assessment && sits => Some(SOURCE_LATER),
        "open" | "sources" if is_asked || at_assessment => Some(SOURCE),
        "page" | "heading" | "headings" | "links" | "link" | "sources" | "open" | "address" if !reads => {
            Some(TEXT)
        }
        "go" if asks => Some(ASKED_IN_TURN),
        "go" if in_check => Some(ANSWERED_IN_TURN),
        "why" if asks => Some(BEHIND_THE_ANSWER),
        "flag" if in_check => Some(FLAGGED_THERE),
        "read" if !is_at_result(&session.here) && is_again(command::words_behind(line)) => {
            Some(match session.training.last_submitted() {
                Some(_) if sits => RESULT_LATER,
                Some(_) => RESULT,
                None => NO_RESULT,
            })
        }
        "all" if !reads && !is_asked => Some(TEXT),
        "back" | "return" if session.here == Place::Contents => Some(WAYS_END),
        "go" if at_assessment && !sits && has_answers_to_hear(session) => Some(HEARD_BY_NUMBER),
        "go" | "gap" | "flag" | "clear" | "step" if !is_asked => Some(QUESTION),
        "review" if in_review => Some(IN_REVIEW),
        "retry" if in_review => Some(BEHIND_REVIEW),
        "why" | "retry" | "review" if !is_asked => Some(ANSWERS),
        "submit" if !sits => Some(NO_ATTEMPT),
        "submit" if !at_assessment => Some(ATTEMPT),
        "start" if !at_assessment => Some(of_beginning(session)),
        "start" if sits => Some(BEGUN_ALREADY),
        "agree" if session.training.policy().is_some() && !matches!(session.here, Place::Policy(_)) => {
            Some(AGREED_THERE)
        }
        "flag" if session.here == Place::List => Some(FLAGGED_AT_A_QUESTION),
        "n" if goes_on => Some(ENTER_GOES_ON),
        "yes" | "y" | "no" | "n" => Some(NOTHING_ASKED),
        _ => None,
    }
}

/// The same of what is looked for.
fn of_looking(session: &Session<'_, '_>, line: &str) -> Option<&'static str> {
    let finds = command::name(line)? == "found" && session.sought.is_none();
    finds.then_some(NOTHING_FOUND)
}

/// Whether the answers of the last attempt can be heard.
fn has_answers_to_hear(session: &Session<'_, '_>) -> bool {
    let result = session.training.last_submitted().and_then(|number| session.training.result(number));
    result.is_some_and(|result| result.review == Review::Open)
}

/// Whether and where an attempt begins: who is told to go to where none does goes there for nothing.
fn of_beginning(session: &Session<'_, '_>) -> &'static str {
    match session.training.assessment(session.world.now()) {
        AssessmentState::Locked(_) => BEGUN_LATER,
        AssessmentState::Ready { .. } => BEGUN_THERE,
        AssessmentState::UnderWay { .. } => UNDER_WAY,
        AssessmentState::Waiting { .. } | AssessmentState::NoneLeft | AssessmentState::VersionMissing => {
            NONE_BEGINS
        }
        AssessmentState::Passed { .. } => PASSED,
    }
}
