//! What a learner has done so far, changed by one [`Change`] at a time.
//!
//! The same [`Progress::apply`] serves the running program and the reading of what was stored, so both always agree.

mod bookmark;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::{QuestionId, QuizId};
use crate::quiz::response::{Certainty, Response};

pub use bookmark::Bookmark;

/// Who is learning, as they said themselves. In the order of names that signed records need (`record::claims`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// If given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    /// Not empty.
    pub name: String,
    /// The employee number: an opaque text (`012345` is not `12345`), not empty.
    pub number: String,
}

/// Everything one learner has done in one course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The runs through the course, oldest first; the last one is under way. Empty before the first start.
    pub runs: Vec<Run>,
    /// The present run's lessons, by path within the course.
    pub lessons: BTreeMap<String, Reading>,
    /// The present run's knowledge checks.
    pub checks: BTreeMap<QuizId, CheckProgress>,
    /// The parts of the present run that the learner was in, each once, in the order of their last visits.
    pub visited: Vec<ModulePart>,
    /// Every attempt at the assessment in every run, oldest first, numbered from 1 without gaps.
    pub attempts: Vec<Attempt>,
    /// The present run's acknowledgement of the policy.
    pub acknowledgement: Option<Acknowledgement>,
    /// Every signed record, oldest first.
    pub completions: Vec<Completion>,
    /// What the learner marked and wrote for themselves, in every run. No record says anything of it.
    pub bookmarks: BTreeSet<Bookmark>,
}

/// One time through the course. A new assignment, or taking the course again after completion, begins the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Counts from 1.
    pub number: u32,
    /// Nonce of the assignment it answers.
    pub nonce: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
}

/// What a module has a learner do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModulePart {
    /// Read the lesson at this path within the course.
    Lesson(String),
    /// Answer this knowledge check.
    Check(QuizId),
}

/// How far a lesson was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Digest of the lesson file as it was read.
    pub digest: Digest,
    /// Byte offset in the lesson's source of what stood at the top of the screen.
    pub place: usize,
    /// Byte offset in the lesson's source up to which it was seen without a gap from its beginning.
    pub farthest: usize,
    /// When it was first opened.
    pub first_opened_at: Timestamp,
    /// When all of it had been seen for the first time: from then on the lesson counts as read.
    pub finished_at: Option<Timestamp>,
    /// Time spent, without pauses.
    pub active_seconds: u64,
}

impl Reading {
    /// This reading after `before`: what was reached stays reached. A second running copy, opened earlier, may save a
    /// reading that has come less far; it moves the place and takes nothing away. A new text is read anew.
    #[must_use]
    pub fn following(&self, before: &Self) -> Self {
        if self.digest != before.digest {
            return self.clone();
        }
        Self {
            digest: self.digest,
            place: self.place,
            farthest: self.farthest.max(before.farthest),
            first_opened_at: self.first_opened_at.min(before.first_opened_at),
            finished_at: before.finished_at.or(self.finished_at),
            active_seconds: self.active_seconds.max(before.active_seconds),
        }
    }
}

/// How far a knowledge check was answered. Rounds after the first repeat what was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckProgress {
    /// Counts from 1; 0 before the first start.
    pub round: u32,
    /// The questions of this round that are still to be answered, in order.
    pub open: Vec<QuestionId>,
    /// What was answered last, by question.
    pub answers: BTreeMap<QuestionId, CheckAnswer>,
    /// What was begun but not handed in, by question.
    pub drafts: BTreeMap<QuestionId, Draft>,
}

/// An answer in a knowledge check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAnswer {
    /// Of the question that was answered.
    pub revision: u32,
    /// What was answered.
    pub response: Response,
    /// How sure the learner was, if asked.
    pub certainty: Option<Certainty>,
    /// Thousandths of a point.
    pub earned: u32,
    /// Thousandths of a point.
    pub possible: u32,
    /// In which round the question was answered last.
    pub round: u32,
    /// When this was answered: where a later answer was worse, in an earlier round.
    pub at: Timestamp,
}

/// An answer under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Of the question.
    pub revision: u32,
    /// As far as it has come.
    pub response: Option<Response>,
    /// How sure the learner is, if asked.
    pub certainty: Option<Certainty>,
}

/// One run through the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Counts from 1 over all runs.
    pub number: u32,
    /// The run it belongs to.
    pub run: u32,
    /// The quiz it draws from.
    pub quiz: QuizId,
    /// The course version on which it began, and on which it is finished.
    pub course_digest: Digest,
    /// When it began.
    pub started_at: Timestamp,
    /// Which of the drawn questions the learner is on, from 0.
    pub current: usize,
    /// Time spent, without pauses.
    pub active_seconds: u64,
    /// Answers and flags, by question.
    pub answers: BTreeMap<QuestionId, AttemptAnswer>,
    /// How often it was changed since it began. Every change names the number that it builds on, so that of two running
    /// copies only the one that has seen everything can change it.
    pub edits: u64,
    /// How it ended; `None` while it is under way.
    pub submitted: Option<Submitted>,
}

/// An answer in an attempt; it can be changed until the attempt is submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptAnswer {
    /// What was answered; `None` when it was only looked at, flagged or cleared.
    pub response: Option<Response>,
    /// How sure the learner is, if asked.
    pub certainty: Option<Certainty>,
    /// Time spent on the question, without pauses.
    pub seconds: u64,
    /// Whether the learner wants to come back to it.
    pub flagged: bool,
    /// How much of the question was ever shown.
    pub shown: Shown,
}

/// How much of a question was on the screen, or said, by now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// A part of it never was.
    #[default]
    Partly,
    /// Everything that it asks.
    Wholly,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// When.
    pub at: Timestamp,
    /// Thousandths of a point.
    pub earned: u64,
    /// Thousandths of a point.
    pub possible: u64,
    /// Whether the pass mark was reached.
    pub passed: bool,
}

/// A policy agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Path of the policy within the course.
    pub policy: String,
    /// Digest of the policy file.
    pub digest: Digest,
    /// The sentence agreed to, word for word.
    pub statement: String,
    /// Language of policy and statement (BCP 47).
    pub language: String,
    /// When.
    pub at: Timestamp,
}

/// A signed record, kept here so that its file can be written again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The run that it completes.
    pub run: u32,
    /// The record, byte for byte.
    pub record: Vec<u8>,
    /// Its digest (over its canonical form).
    pub digest: Digest,
    /// When it was signed.
    pub at: Timestamp,
    /// The name of its file.
    pub file_name: String,
}

/// One durable fact. A face performs it by saving it; only what was saved is shown as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A run begins; lessons, checks and acknowledgement start afresh, attempts, records and bookmarks stay.
    RunStarted(Run),
    /// A run begins in place of the one under way, which is given up as it was shown to the learner: anything that another
    /// running copy did since excludes it.
    RunReplaced {
        /// All that was done before this change.
        known: Box<Progress>,
        /// The run that begins.
        run: Run,
    },
    /// A lesson was opened, scrolled or finished.
    LessonRead {
        /// Path within the course.
        lesson: String,
        /// As it is now.
        reading: Reading,
    },
    /// The learner is in a lesson or a check, and was elsewhere before.
    Visited(ModulePart),
    /// A round of a knowledge check begins.
    CheckStarted {
        /// Which check.
        quiz: QuizId,
        /// Which round.
        round: u32,
        /// The questions of the round, in order.
        open: Vec<QuestionId>,
    },
    /// An answer in a check was begun.
    CheckDrafted {
        /// Which check.
        quiz: QuizId,
        /// Which question.
        question: QuestionId,
        /// As far as it has come.
        draft: Draft,
    },
    /// An answer in a check was given.
    CheckAnswered {
        /// Which check.
        quiz: QuizId,
        /// Which question; it is open no longer, and its draft is gone.
        question: QuestionId,
        /// What was answered.
        answer: CheckAnswer,
    },
    /// An attempt at the assessment begins.
    AttemptStarted(Attempt),
    /// An answer in the attempt was given, changed, cleared or flagged.
    AttemptAnswered {
        /// The attempt.
        number: u32,
        /// Its [`Attempt::edits`] before this change.
        edits: u64,
        /// Which question.
        question: QuestionId,
        /// As it is now.
        answer: AttemptAnswer,
    },
    /// The learner went to another question, or time went by.
    AttemptMoved {
        /// The attempt.
        number: u32,
        /// Its [`Attempt::edits`] before this change.
        edits: u64,
        /// Which of the drawn questions the learner is on, from 0.
        current: usize,
        /// Time spent so far.
        active_seconds: u64,
    },
    /// The attempt was submitted.
    AttemptSubmitted {
        /// The attempt.
        number: u32,
        /// Its [`Attempt::edits`] before this change: what was marked is what is stored.
        edits: u64,
        /// How it ended.
        submitted: Submitted,
    },
    /// The policy was agreed to.
    Acknowledged(Acknowledgement),
    /// The record was signed.
    Completed(Completion),
    /// A place was marked, with or without a note.
    Bookmarked(Bookmark),
    /// A mark was taken away. That it is gone already is no fault.
    BookmarkRemoved(Bookmark),
}

impl Progress {
    /// The run under way.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.runs.last()
    }

    /// Whether some run answers the assignment of this nonce.
    #[must_use]
    pub fn answers(&self, nonce: &str) -> bool {
        self.runs.iter().any(|run| run.nonce.as_deref() == Some(nonce))
    }

    /// The latest moment of all; what is done next cannot have been earlier.
    #[must_use]
    pub fn latest(&self) -> Option<Timestamp> {
        let runs = self.runs.iter().map(|run| run.started_at);
        let readings =
            self.lessons.values().flat_map(|reading| [Some(reading.first_opened_at), reading.finished_at]);
        let answers = self.checks.values().flat_map(|check| check.answers.values()).map(|answer| answer.at);
        let attempts = self
            .attempts
            .iter()
            .flat_map(|attempt| [Some(attempt.started_at), attempt.submitted.map(|submitted| submitted.at)]);
        let agreed = self.acknowledgement.iter().map(|agreed| agreed.at);
        let signed = self.completions.iter().map(|completion| completion.at);
        let moments = runs.chain(readings.flatten()).chain(answers).chain(attempts.flatten());
        moments.chain(agreed).chain(signed).max()
    }

    /// Applies `change` to what was done so far; nothing else changes it.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::RunStarted(run) | Change::RunReplaced { known: _, run } => {
                self.runs.push(run.clone());
                self.lessons.clear();
                self.checks.clear();
                self.visited.clear();
                self.acknowledgement = None;
            }
            Change::LessonRead { lesson, reading } => {
                let before = self.lessons.remove(lesson);
                let reading = before.map_or_else(|| reading.clone(), |before| reading.following(&before));
                self.lessons.insert(lesson.clone(), reading);
            }
            Change::Visited(part) => {
                self.visited.retain(|before| before != part);
                self.visited.push(part.clone());
            }
            Change::CheckStarted { quiz, round, open } => {
                let check = self.checks.entry(quiz.clone()).or_default();
                check.round = *round;
                check.open.clone_from(open);
                check.drafts.clear();
            }
            Change::CheckDrafted { quiz, question, draft } => {
                let check = self.checks.entry(quiz.clone()).or_default();
                check.drafts.insert(question.clone(), draft.clone());
            }
            Change::CheckAnswered { quiz, question, answer } => {
                let check = self.checks.entry(quiz.clone()).or_default();
                check.open.retain(|open| open != question);
                check.drafts.remove(question);
                check.answers.insert(question.clone(), answer.clone());
            }
            Change::AttemptStarted(attempt) => self.attempts.push(attempt.clone()),
            Change::AttemptAnswered { number, edits: _, question, answer } => {
                if let Some(attempt) = self.edit(*number) {
                    attempt.answers.insert(question.clone(), answer.clone());
                }
            }
            Change::AttemptMoved { number, edits: _, current, active_seconds } => {
                if let Some(attempt) = self.edit(*number) {
                    attempt.current = *current;
                    attempt.active_seconds = *active_seconds;
                }
            }
            Change::AttemptSubmitted { number, edits: _, submitted } => {
                if let Some(attempt) = self.edit(*number) {
                    attempt.submitted = Some(*submitted);
                }
            }
            Change::Acknowledged(acknowledgement) => {
                self.acknowledgement = Some(acknowledgement.clone());
            }
            Change::Completed(completion) => self.completions.push(completion.clone()),
            Change::Bookmarked(bookmark) => {
                self.bookmarks.insert(bookmark.clone());
            }
            Change::BookmarkRemoved(bookmark) => {
                self.bookmarks.remove(bookmark);
            }
        }
    }

    /// The attempt of this number, to be changed once.
    fn edit(&mut self, number: u32) -> Option<&mut Attempt> {
        let attempt = self.attempts.iter_mut().find(|attempt| attempt.number == number)?;
        attempt.edits = attempt.edits.saturating_add(1);
        Some(attempt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_lags_behind_takes_no_reading_away() {
        let at = |second| Timestamp::from_unix(second).expect("in range");
        let done = Reading {
            digest: Digest::of(b"one"),
            place: 900,
            farthest: 1000,
            first_opened_at: at(10),
            finished_at: Some(at(60)),
            active_seconds: 50,
        };
        let behind = Reading {
            place: 20,
            farthest: 40,
            first_opened_at: at(12),
            finished_at: None,
            active_seconds: 3,
            ..done.clone()
        };
        assert_eq!(behind.following(&done), Reading { place: 20, ..done.clone() });
        let of_new_text = Reading { digest: Digest::of(b"two"), ..behind };
        assert_eq!(of_new_text.following(&done), of_new_text);
    }
}
