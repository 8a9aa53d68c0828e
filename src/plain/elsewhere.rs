//! What a line is for that does nothing where it was typed.

use super::command;
use super::session::Session;
use super::{Place, Stop};

/// Said where nothing better is known.
const NOTHING: &str = "That does nothing here. Type help to hear what can be typed.";

const TEXT: &str = "That is for a text, and none is read here. Open one first, such as with: read 1";

/// The same of bookmarks and notes.
pub(super) const KEPT_WITH_A_TEXT: &str = "Nothing is kept: bookmarks and notes belong to the pages of a text, and none is read here. Open one first, such as with: read 1";

const WAYS_END: &str =
    "You are at the contents, to which every way leads back. Type help to hear what can be typed.";

const QUESTION: &str = "That is for questions, and none is asked here.";

const IN_TURN: &str = "The questions of a check come one after the other, so nobody goes to one of them.";

const RESULT: &str = "That is for the result of the assessment: type assessment to go there.";

const ANSWERS: &str = "That is for answers that were handed in: type check and a number, such as check 1, or assessment to go there.";

const NO_ATTEMPT: &str = "Nothing is to be submitted: no attempt at the assessment is under way.";

const ATTEMPT: &str =
    "Nothing is submitted here. Your attempt at the assessment is under way: type assessment to go there.";

const BEGUN_THERE: &str = "An attempt begins at the assessment: type assessment to go there.";

const AGREED_THERE: &str = "That is for the statement of the policy: type policy to go there.";

const NOTHING_ASKED: &str =
    "Nothing is asked here to which yes or no is an answer. Type help to hear what can be typed.";

impl Session<'_, '_> {
    /// Says of the line that was typed last that it does nothing here, or for what it is.
    pub(super) fn not_here(&mut self) -> Result<(), Stop> {
        self.say(hint(self, &self.typed).unwrap_or(NOTHING))
    }
}

/// What a line is for that is of use elsewhere alone; who is told how it is typed tries that, and is told that it does nothing.
pub(super) fn hint(session: &Session<'_, '_>, line: &str) -> Option<&'static str> {
    let reads = matches!(session.here, Place::Reading(_));
    let sits = session.training.attempt().is_some();
    let is_asked = match session.here {
        Place::Check(_) | Place::Answered(..) | Place::Review(..) => true,
        Place::Assessment => sits,
        Place::Contents | Place::Reading(_) | Place::Policy(_) | Place::Sign | Place::Certificate => false,
    };
    match command::name(line)?.as_str() {
        "bookmark" | "note" if !reads => Some(KEPT_WITH_A_TEXT),
        "page" | "heading" | "headings" | "links" | "link" | "open" | "address" if !reads => Some(TEXT),
        "go" if matches!(session.here, Place::Check(_) | Place::Answered(..)) => Some(IN_TURN),
        "read" if session.here != Place::Assessment && command::words_behind(line).starts_with("again") => {
            Some(RESULT)
        }
        "all" if !reads && !is_asked => Some(TEXT),
        "back" | "return" if session.here == Place::Contents => Some(WAYS_END),
        "go" | "gap" | "flag" | "clear" | "step" if !is_asked => Some(QUESTION),
        "why" | "retry" | "review" if !is_asked => Some(ANSWERS),
        "submit" if !sits => Some(NO_ATTEMPT),
        "submit" if session.here != Place::Assessment => Some(ATTEMPT),
        "start" if session.here != Place::Assessment => Some(BEGUN_THERE),
        "agree" if session.training.policy().is_some() && !matches!(session.here, Place::Policy(_)) => {
            Some(AGREED_THERE)
        }
        "yes" | "y" | "no" | "n" => Some(NOTHING_ASKED),
        _ => None,
    }
}
