//! What can be said of a completion record: five findings that never melt into one.

mod content;
mod finding;
mod grading;
mod identity;
mod level;
mod outlived;
mod sums;
mod time;

use std::sync::Arc;

use serde_json::Value;

use super::claims::CompletionClaims;
use super::did::KnownKeys;
use super::envelope::Kind;
use super::{
    Assignment, Completion, check_completion, completion, file_name, json, read, read_kept_assignment, typed,
};
use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;

use finding::Reasons;
pub use finding::{Cause, Finding, Outcome};
pub use level::Level;
pub use outlived::Outlived;

/// What a verifier knows besides the file. With nothing, only the signature can pass.
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    /// The course versions that are here.
    pub courses: Vec<CourseVersion>,
    /// Assignments that may have been answered.
    pub assignments: Vec<Assignment>,
    /// The names of files that lie among them and are none as they were signed: the end of such a name says which it was.
    pub altered: Vec<String>,
    /// Why they are here.
    pub gathered: Gathered,
    /// The did:keys whose assignments count, HR's.
    pub trusted_assigners: Vec<String>,
    /// The keys that persons are known by, from the first time they answered.
    pub pinned_keys: Vec<PinnedKey>,
    /// When the file was received, by the receiver's clock.
    pub received_at: Option<Timestamp>,
    /// The assignment by which the person was asked for the course anew, after the one that the record answers.
    pub asked_anew: Option<Assignment>,
    /// What another record shows of the attempts before the first one.
    pub attempts_before: Option<AttemptsBefore>,
}

/// The attempts of another record, of the same person with the same key, for the same course and assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptsBefore {
    /// The record.
    pub record: Digest,
    /// The number of its last attempt.
    pub last: u32,
    /// How the record comes to show them.
    pub by: Shown,
}

/// Why the assignments of a verifier are here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Gathered {
    /// They are what there is, such as those of a registry: a record may answer another one.
    #[default]
    Together,
    /// Each was named, because one of them has to be the answered one.
    ByName,
}

/// How a record comes to show the attempts before those of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It counts, in a registry.
    Counting,
    /// It is verified with the other one, and its attempts could be graded from the first one on.
    Beside,
}

/// A course that the verifier has.
#[derive(Debug, Clone)]
pub struct CourseVersion {
    /// All of it, keys included.
    pub course: Arc<Course>,
    /// Whether completing it counts here.
    pub approval: Approval,
}

/// Whether completing a course version counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// It does.
    Approved,
    /// It is known, for re-grading, but does not count (any more).
    Withdrawn,
    /// Nothing shows whether it does.
    Unshown,
}

/// The key that a person is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedKey {
    /// The employee number, an opaque text.
    pub person: String,
    /// The did:key.
    pub key: String,
}

/// Five findings about one file. Each stands for itself: a record may be graded rightly and still not be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The strict profile holds and the signature is the issuer's.
    pub signature: Finding,
    /// The content is known here, approved, and is what the record says.
    pub content: Finding,
    /// Draw, order, every mark, the score and passed or failed, derived again, equal the claims.
    pub grading: Finding,
    /// It answers an assignment signed by HR for that person and that content, with the key that person is known by.
    pub identity: Finding,
    /// Not before the assignment, not after receipt, consistent in itself.
    pub time: Finding,
    /// What the file claims, as far as it can be read, whether or not the signature is right.
    pub record: Option<Completion>,
}

impl Verdict {
    /// The finding at a level.
    #[must_use]
    pub fn at(&self, level: Level) -> &Finding {
        match level {
            Level::Signature => &self.signature,
            Level::Content => &self.content,
            Level::Grading => &self.grading,
            Level::Identity => &self.identity,
            Level::Time => &self.time,
        }
    }

    /// All findings, in the order in which they are told.
    #[must_use]
    pub fn findings(&self) -> [(Level, &Finding); 5] {
        Level::ALL.map(|level| (level, self.at(level)))
    }

    /// Whether any finding is a failure.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.findings().iter().any(|(_, finding)| finding.outcome == Outcome::Fail)
    }
}

/// Checks a file against everything the verifier knows. Every finding is made that can be made, also after a failure.
///
/// Of a file larger than [`json::MAX_BYTES`], one byte more than that is enough to be told so.
#[must_use]
pub fn verdict(bytes: &[u8], verifier: &Verifier) -> Verdict {
    Reading::of(bytes).judge(verifier)
}

/// A file read as far as it goes, with the first finding made. Its claims say what a verifier must know for the others,
/// so that whoever has a million assignments looks up the one that is needed, and can fail at that.
#[derive(Debug, Clone)]
pub struct Reading {
    signature: Finding,
    contents: Contents,
}

#[derive(Debug, Clone)]
enum Contents {
    /// The form is right, and perhaps the signature.
    Record(Completion),
    /// The form is wrong and the claims can be read all the same.
    Salvaged { claims: CompletionClaims, created: Option<Timestamp> },
    /// Nothing can be made of it.
    Nothing,
}

impl Reading {
    /// Reads a file and checks its signature.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let (envelope, claims) = match read(bytes, Kind::Completion) {
            Ok(read) => read,
            Err(fault) => {
                let reason = if is_assignment(bytes) {
                    "this is an assignment, which asks somebody to take a course; the record is the file that the \
                     program writes when the course is completed"
                        .to_owned()
                } else {
                    fault.to_string()
                };
                return Self { signature: Finding::fail(reason), contents: salvage(bytes) };
            }
        };
        let checked = check_completion(&envelope, &claims).and_then(|()| envelope.check_signature());
        let signature = match checked {
            Ok(()) => {
                Finding::pass(format!("the strict profile holds, and {} signed it", envelope.issuer_did))
            }
            Err(fault) => Finding::fail(fault.to_string()),
        };
        Self { signature, contents: Contents::Record(completion(envelope, claims)) }
    }

    /// What the file claims, as far as it can be read, whether or not it is signed.
    #[must_use]
    pub fn claims(&self) -> Option<&CompletionClaims> {
        match &self.contents {
            Contents::Record(record) => Some(&record.claims),
            Contents::Salvaged { claims, .. } => Some(claims),
            Contents::Nothing => None,
        }
    }

    /// The record, when at least its form is right.
    #[must_use]
    pub fn record(&self) -> Option<&Completion> {
        match &self.contents {
            Contents::Record(record) => Some(record),
            Contents::Salvaged { .. } | Contents::Nothing => None,
        }
    }

    /// Whether the strict profile holds and the signature is the issuer's.
    #[must_use]
    pub fn signature(&self) -> &Finding {
        &self.signature
    }

    /// Makes the other findings. The verifier need not know more than these claims ask for.
    #[must_use]
    pub fn judge(self, verifier: &Verifier) -> Verdict {
        let Self { signature, contents } = self;
        match contents {
            Contents::Record(record) => {
                let mut verdict =
                    Verdict::of_claims(signature, &record.claims, Some(record.created), verifier);
                verdict.record = Some(record);
                verdict
            }
            Contents::Salvaged { claims, created } => {
                Verdict::of_claims(signature, &claims, created, verifier)
            }
            Contents::Nothing => Verdict::of_nothing(signature),
        }
    }
}

/// Whether a file has the form of an assignment, which people send in place of their record.
fn is_assignment(bytes: &[u8]) -> bool {
    read_kept_assignment(bytes, &KnownKeys::default()).is_ok()
}

/// What can still be looked at when the form is wrong.
fn salvage(bytes: &[u8]) -> Contents {
    let Ok(mut document) = json::parse(bytes) else {
        return Contents::Nothing;
    };
    let created =
        document.pointer("/proof/created").and_then(Value::as_str).and_then(|text| text.parse().ok());
    let claims =
        document.get_mut("credentialSubject").map(Value::take).and_then(|subject| typed(subject).ok());
    claims.map_or(Contents::Nothing, |claims| Contents::Salvaged { claims, created })
}

impl Verdict {
    fn of_nothing(signature: Finding) -> Self {
        let unknown = Finding::unknown("the file could not be read that far");
        Self {
            signature,
            content: unknown.clone(),
            grading: unknown.clone(),
            identity: unknown.clone(),
            time: unknown,
            record: None,
        }
    }

    fn of_claims(
        signature: Finding,
        claims: &CompletionClaims,
        created: Option<Timestamp>,
        verifier: &Verifier,
    ) -> Self {
        let identity = identity::finding(claims, verifier).beside(&signature);
        let time = time::finding(claims, created, verifier).beside(&signature);
        let grading = grading::finding(claims, verifier);
        Self {
            signature,
            content: content::finding(claims, verifier),
            grading: grading::counted_on(grading, claims, verifier),
            identity,
            time,
            record: None,
        }
    }

    /// Looks again at what another record may have changed, of a record whose form is right: which keys its person is known
    /// by, and which attempts were before its first one. Of the attempts it needs the first one alone, without its answers.
    #[must_use]
    pub fn beside_others(mut self, verifier: &Verifier) -> Self {
        if let Some(record) = &self.record {
            self.identity = identity::finding(&record.claims, verifier).beside(&self.signature);
            self.grading = grading::counted_on(self.grading, &record.claims, verifier);
        }
        self
    }

    /// Looks again at levels that fail by what somebody else knew, and says so in these words. One that passes by what is known here
    /// does so no more: neither can be told from here.
    #[must_use]
    pub fn doubted(mut self, levels: &[Level], words: &str) -> Self {
        for level in levels {
            let finding = self.at_mut(*level);
            *finding = finding.clone().doubted(words.to_owned());
        }
        self
    }

    fn at_mut(&mut self, level: Level) -> &mut Finding {
        match level {
            Level::Signature => &mut self.signature,
            Level::Content => &mut self.content,
            Level::Grading => &mut self.grading,
            Level::Identity => &mut self.identity,
            Level::Time => &mut self.time,
        }
    }
}

impl Verifier {
    fn course(&self, digest: &Digest) -> Option<&CourseVersion> {
        self.courses.iter().find(|version| version.course.digest == *digest)
    }

    /// The assignment that a record says it answers, if it is here.
    fn assignment(&self, claims: &CompletionClaims) -> Option<&Assignment> {
        let claimed = claims.assignment.as_ref()?;
        self.assignments.iter().find(|assignment| assignment.urn() == claimed.assignment_id)
    }

    /// Whether the file of an assignment is here, and is not what was signed.
    fn is_altered(&self, assignment: &Digest) -> bool {
        let end = file_name::end_of_assignment(assignment);
        self.altered.iter().any(|name| name.ends_with(&end))
    }
}
