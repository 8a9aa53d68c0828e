//! What can be asked, how an attempt's questions are drawn, and what an answer earns: pure.

pub mod decimal;
pub mod draw;
pub mod key;
pub mod mark;
pub mod question;
pub mod response;
#[cfg(test)]
pub(crate) mod samples;
pub mod statistics;
pub mod walk;

use crate::id::{QuestionId, QuizId};
use question::Question;

/// A file of questions: the knowledge check of a lesson, or the bank that the assessment draws from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// Stable for life; part of the draw.
    pub id: QuizId,
    /// What the learner sees above the questions, in plain text.
    pub title: String,
    /// Whether learners are asked how sure they are beside every answer.
    pub certainty: AskCertainty,
    /// In the order of the file; identifiers are unique, at least one, at most [`Quiz::MAX_QUESTIONS`].
    pub questions: Vec<Question>,
}

/// Whether a quiz asks how sure the learner is. What is said is reported and never changes a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskCertainty {
    /// Sure, fairly sure or guessing is asked beside every answer.
    Yes,
    /// It is not asked.
    No,
}

impl Quiz {
    /// The most questions a quiz may hold.
    pub const MAX_QUESTIONS: usize = 10_000;

    /// The question of this identifier.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }
}
