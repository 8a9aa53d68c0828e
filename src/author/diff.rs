//! What changed between two versions of a course, for whoever reviews the new one.
//!
//! A question keeps its identifier for life; its revision says when answers to it stop counting for it. So the one thing
//! a reviewer cannot see in a diff of text files is whether a question *means* something else now while its revision says
//! that it does not. `parts` says what counts as meaning.

mod courses;
mod parts;
mod text;

use serde::Serialize;

use crate::course::Course;

pub use parts::{Change, Weight};

/// What changed between two versions of a course. Its texts may hold anything that the courses held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The version that is known.
    pub old: Version,
    /// The version under review.
    pub new: Version,
    /// What nobody should publish unseen.
    pub warnings: Vec<Warning>,
    /// Of `course.ron`.
    pub facts: Vec<Change>,
    /// Lessons and the policy, by path.
    pub lessons: Vec<LessonChange>,
    /// Quizzes, by identifier.
    pub quizzes: Vec<QuizChange>,
    /// All files but lessons whose bytes differ, comments in `.ron` files included.
    pub files: Vec<FileChange>,
}

/// Which version of which course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The course.
    pub id: String,
    /// As people say it.
    pub version: String,
    /// What it is.
    pub digest: String,
}

/// Something that nobody should publish unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable name of the rule in kebab case.
    pub rule: &'static str,
    /// What it is about: a question as `quiz/question`, or a part of `course.ron`.
    pub subject: String,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Whether something is in both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// Only in the new one.
    Added,
    /// Only in the old one.
    Removed,
    /// In both.
    Changed,
}

/// A lesson that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonChange {
    /// Where.
    pub presence: Presence,
    /// Its path, the new one if it has two.
    pub path: String,
    /// Its title, the new one if it has two.
    pub title: String,
    /// Title, minutes, and the path of a lesson that was renamed.
    pub changes: Vec<Change>,
    /// Words that stand in the new one more often than in the old one.
    pub words_added: usize,
    /// Words that stood in the old one more often.
    pub words_removed: usize,
    /// Changed lines in the unified format, with one line around them; empty for a lesson that is too long for it.
    pub hunks: Vec<String>,
}

/// A quiz that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuizChange {
    /// Where.
    pub presence: Presence,
    /// The quiz.
    pub id: String,
    /// Title, where it is used, whether certainty is asked.
    pub changes: Vec<Change>,
    /// Whether the questions that are in both stand in the same order.
    pub order: Order,
    /// Questions that are not the same in both.
    pub questions: Vec<QuestionChange>,
}

/// Whether the questions that are in both versions stand in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// They do.
    Kept,
    /// They do not. Learners of an assessment do not notice, those of a knowledge check do.
    Changed,
}

/// A question that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionChange {
    /// Where.
    pub presence: Presence,
    /// The question.
    pub id: String,
    /// The quiz that it stood in before, if that is another one.
    pub moved_from: Option<String>,
    /// In the old version.
    pub old_revision: Option<u32>,
    /// In the new version.
    pub new_revision: Option<u32>,
    /// What about it changed.
    pub changes: Vec<Change>,
}

/// A file whose bytes differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileChange {
    /// Where.
    pub presence: Presence,
    /// Its path.
    pub path: String,
    /// Bytes in the old version.
    pub old_size: Option<usize>,
    /// Bytes in the new version.
    pub new_size: Option<usize>,
}

impl Comparison {
    /// Compares two versions.
    #[must_use]
    pub fn of(old: &Course, new: &Course) -> Self {
        courses::compare(old, new)
    }
}

#[cfg(test)]
mod tests;
