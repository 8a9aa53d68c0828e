//! What our own exports say about a quiz as a whole, in a comment that other systems leave out.

use crate::author::exchange::facts::{Facts, fact};
use crate::id::QuizId;
use crate::quiz::{AskCertainty, Quiz};

/// What a bank says about the quiz that it was exported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its identifier.
    pub id: Option<QuizId>,
    /// Its title, which is not blank.
    pub title: Option<String>,
    /// Whether it asks how sure learners are.
    pub certainty: AskCertainty,
}

impl Heading {
    /// What is said about a bank that was not exported by us.
    pub(super) const NONE: Self = Self { id: None, title: None, certainty: AskCertainty::No };

    /// What there is to say about a quiz.
    pub(super) fn of(quiz: &Quiz) -> Self {
        Self { id: Some(quiz.id.clone()), title: Some(quiz.title.clone()), certainty: quiz.certainty }
    }

    /// The text of a comment, in one line.
    pub(super) fn comment(&self) -> String {
        let id = self.id.as_ref().map(|id| fact("quiz", id.as_str()));
        let title = self.title.as_ref().map(|title| fact("title", title));
        let certainty = match self.certainty {
            AskCertainty::Yes => Some(fact("certainty", "asked")),
            AskCertainty::No => None,
        };
        [id, title, certainty].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Reads comments, each with its line.
    pub(super) fn read(comments: &[(usize, String)]) -> Self {
        let mut facts = Facts::read(comments);
        let asked = facts.take("certainty").is_some();
        Self {
            id: facts.take("quiz").and_then(|id| id.parse().ok()),
            title: facts.take("title").filter(|title| !title.trim().is_empty()),
            certainty: if asked { AskCertainty::Yes } else { AskCertainty::No },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_of_ours_and_others() {
        fn check(comment: &str, expected: &Heading) {
            assert_eq!(Heading::read(&[(1, comment.to_owned())]), *expected, "{comment}");
        }
        let ours = Heading {
            id: "bank".parse().ok(),
            title: Some("A[1] -- \u{1}".to_owned()),
            certainty: AskCertainty::Yes,
        };
        let comment = ours.comment();
        assert_eq!(
            comment,
            "[tag:countersign-quiz=bank] [tag:countersign-title=A%5B1%5D -- %01] [tag:countersign-certainty=asked]"
        );
        check(&comment, &ours);
        check("[tag:countersign-quiz=No Id] [tag:countersign-title=%20]", &Heading::NONE);
        check("question: 23  name: [id:x]", &Heading::NONE);
    }
}
