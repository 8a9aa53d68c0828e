//! Which answer to a question counts after several rounds.

use crate::plain::session::Session;
use crate::quiz::question::Question;
use crate::quiz::response::Response;

/// Which answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// The one that was handed in last.
    This,
    /// A better one of an earlier round.
    Earlier,
}

impl Kept {
    /// After this answer was handed in.
    pub(super) fn after(
        session: &Session<'_, '_>,
        module: usize,
        question: &Question,
        response: &Response,
    ) -> Self {
        match session.training.check(module) {
            Some(check) if !check.counts(&question.id, response) => Self::Earlier,
            Some(_) | None => Self::This,
        }
    }

    /// What is said before the answer that was handed in: only one that counts is saved.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Self::This => "Saved",
            Self::Earlier => "You answered",
        }
    }
}

/// What an answer that is still to come can change, as a sentence behind others.
pub(super) fn what_trying_changes(session: &Session<'_, '_>, module: usize) -> String {
    let words = session.training.what_trying_changes(module);
    words.map_or_else(String::new, |words| format!(" {words}"))
}
