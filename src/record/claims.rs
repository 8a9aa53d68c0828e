//! What a completion record and an assignment say: the `credentialSubject` of each.
//!
//! The fields stand in the order of their names in JSON, so that what serde writes is the canonical form (RFC 8785):
//! reading compares it with the file, byte for byte, and takes no other spelling of the same claims.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::{CourseId, QuestionId, QuizId};
use crate::progress::Person;
use crate::quiz::response::{Certainty, Response};

/// What a completion record says. All marks are thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompletionClaims {
    /// The policy agreed to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub acknowledgement: Option<AcknowledgementClaim>,
    /// The program that wrote it.
    pub app: AppClaim,
    /// The assignment that this answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assignment: Option<AssignmentClaim>,
    /// Every attempt of the run at the assessment, failed ones too; the last one passed.
    pub attempts: Vec<AttemptClaim>,
    /// Knowledge checks.
    pub checks: Vec<CheckClaim>,
    /// What was learned.
    pub course: CourseClaim,
    /// Through which face the course was taken.
    pub face: Face,
    /// The learner's did:key.
    pub id: String,
    /// Reading, as hints and not as proof.
    pub lessons: Vec<LessonClaim>,
    /// Who learned.
    pub person: Person,
    /// Digest of this device's previous record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Digest>,
    /// The outcome: that of the last attempt.
    pub result: ResultClaim,
}

/// Which course, and exactly which content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CourseClaim {
    /// Stable over versions.
    pub course_id: CourseId,
    /// The digest over all files of the course.
    pub digest: Digest,
    /// BCP 47.
    pub language: String,
    /// In plain text.
    pub title: String,
    /// For people.
    pub version: String,
}

/// Which assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentClaim {
    /// Its `urn:uuid:`.
    pub assignment_id: String,
    /// Digest of the assignment file (over its canonical form).
    pub digest: Digest,
    /// Its nonce, which the draw depends on.
    pub nonce: String,
}

/// How a lesson was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LessonClaim {
    /// Time spent, without pauses.
    pub active_seconds: u64,
    /// Digest of the file.
    pub digest: Digest,
    /// When all of it had been seen for the first time.
    pub finished_at: Timestamp,
    /// When it was first opened.
    pub first_opened_at: Timestamp,
    /// Path within the course.
    pub lesson: String,
}

/// How a knowledge check went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckClaim {
    /// How many rounds it took.
    pub attempts: u32,
    /// The sum of the marks of the best answer to every question: rounds after the first repeat what was not right.
    pub earned: u64,
    /// A full answer to everything.
    pub possible: u64,
    /// Which check.
    pub quiz: QuizId,
}

/// One run through the assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttemptClaim {
    /// Time spent, without pauses.
    pub active_seconds: u64,
    /// The course version it was taken on, when that is not the one the record names: an attempt is finished on the
    /// version on which it began. Never in the last attempt, because the record names its version.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub course_digest: Option<Digest>,
    /// The sum of the marks.
    pub earned: u64,
    /// When it was submitted.
    pub finished_at: Timestamp,
    /// Counts from 1; part of the draw.
    pub number: u32,
    /// A full answer to everything drawn.
    pub possible: u64,
    /// The bank it drew from.
    pub quiz: QuizId,
    /// The drawn questions in the order shown.
    pub responses: Vec<ResponseClaim>,
    /// The marking rule: 1.
    pub scoring: u32,
    /// When it began.
    pub started_at: Timestamp,
}

impl AttemptClaim {
    /// The marking rule of this program (`quiz::mark`).
    pub const SCORING: u32 = crate::quiz::mark::RULE;
}

/// One drawn question and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseClaim {
    /// How sure the learner said to be.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub certainty: Option<Certainty>,
    /// What it earned.
    pub earned: u32,
    /// The question.
    pub item: QuestionId,
    /// Its options in the order shown; empty for kinds without options.
    pub order: Vec<String>,
    /// What was answered; absent when it was left open.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub response: Option<Response>,
    /// Its revision.
    pub revision: NonZeroU32,
    /// Time spent on it, without pauses.
    pub seconds: u64,
}

/// What the signature on an acknowledgement means (21 CFR 11.50); a record may say nothing else.
pub const MEANING: &str = "read, understood and agreed";

/// A policy agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcknowledgementClaim {
    /// When.
    pub at: Timestamp,
    /// Digest of the file.
    pub digest: Digest,
    /// BCP 47.
    pub language: String,
    /// [`MEANING`].
    pub meaning: String,
    /// Path of the policy within the course.
    pub policy: String,
    /// The sentence agreed to, word for word.
    pub statement: String,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultClaim {
    /// Of the last attempt.
    pub earned: u64,
    /// What had to be reached.
    pub pass_percent: u32,
    /// Whether it was.
    pub passed: bool,
    /// Of the last attempt.
    pub possible: u64,
}

/// Through which face the course was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// The full-screen face.
    FullScreen,
    /// The linear face for screen readers, braille displays and pipes.
    Linear,
}

/// The program that wrote the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppClaim {
    /// `countersign`.
    pub product: String,
    /// Its version.
    pub version: String,
}

impl AppClaim {
    /// What this program says of itself.
    #[must_use]
    pub fn of_this_program() -> Self {
        Self { product: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// What an assignment says: HR's request that a person take a course by a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentClaims {
    /// What is to be learned; the digest pins the content.
    pub course: CourseClaim,
    /// Where to send the completion file, in plain text.
    pub deliver_to: String,
    /// By when it is to be completed.
    pub due: Timestamp,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Unguessable, new for every assignment: makes the draw unpredictable before it is issued.
    pub nonce: String,
    /// Who is to learn.
    pub person: Person,
    /// Why it was assigned, if given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}
