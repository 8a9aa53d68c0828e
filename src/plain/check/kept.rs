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
