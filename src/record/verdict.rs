//! What can be said of a completion record: five findings that never melt into one.

mod content;
mod grading;
mod identity;
mod level;
mod outlived;
mod sums;
mod time;

use std::fmt::Display;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claims::CompletionClaims;
use super::did::KnownKeys;
use super::envelope::Kind;
use super::{Assignment, Completion, check_completion, completion, json, read, read_kept_assignment, typed};
use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;
use crate::quiz::mark::points;

pub use level::Level;
pub use outlived::Outlived;

/// What a verifier knows besides the file. With nothing, only the signature can pass.
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    /// The course versions that are here.
    pub courses: Vec<CourseVersion>,
    /// Assignments that may have been answered.
    pub assignments: Vec<Assignment>,
    /// Whether one of them has to be the answered one, because each was named for it.
    pub has_to_answer_these: bool,
    /// The did:keys whose assignments count, HR's.
    pub trusted_assigners: Vec<String>,
    /// The keys that persons are known by, from the first time they answered.
    pub pinned_keys: Vec<PinnedKey>,
    /// When the file was received, by the receiver's clock.
    pub received_at: Option<Timestamp>,
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

/// What came of one question that was put to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What came of it.
    pub outcome: Outcome,
    /// Why: what was checked, what could not be, or what is wrong. At least one. They may repeat what the file held:
    /// show them as printable text only.
    pub reasons: Vec<String>,
    /// How many of the reasons, the first ones, made the outcome; behind them stands what was right all the same.
    decisive: usize,
    /// What else is known of the reasons than their words, of failures first.
    causes: Vec<Cause>,
}

impl Finding {
    /// A finding, all of whose reasons made the outcome.
    #[must_use]
    pub fn new(outcome: Outcome, reasons: Vec<String>) -> Self {
        Self { outcome, decisive: reasons.len(), reasons, causes: Vec::new() }
    }

    /// The reasons that made the outcome, without those that speak for a better one.
    #[must_use]
    pub fn decisive(&self) -> &[String] {
        self.reasons.get(..self.decisive).unwrap_or(&self.reasons)
    }

    /// What presses most of that which asks for something else to be done than the outcome alone does.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.causes.first().copied()
    }

    /// Whether this is among the reasons, whatever the outcome.
    #[must_use]
    pub fn has(&self, cause: Cause) -> bool {
        self.causes.contains(&cause)
    }
}

/// A reason that asks for something else to be done than level and outcome alone do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was begun before it was assigned.
    BeforeAssignment,
    /// It was signed after it was received.
    AfterReceipt,
    /// It has [`Outlived`] its course, and no assignment shows that it was asked for.
    Outlived,
    /// Whether it has [`Outlived`] its course cannot be said, because the version is not here; and no assignment shows that
    /// it was asked for.
    PerhapsOutlived,
    /// Its first attempt has a number above 1, and the attempts before it are not in it.
    BeginsLater,
}

/// Yes, no, or not to be known from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Checked and right.
    Pass,
    /// Checked and wrong.
    Fail,
    /// It could not be checked.
    Unknown,
}

impl Outcome {
    /// `pass`, `fail` or `unknown`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
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
        Self {
            signature,
            content: content::finding(claims, verifier),
            grading: grading::finding(claims, verifier),
            identity,
            time,
            record: None,
        }
    }

    /// Makes the finding about identity again, of a record whose form is right: keys become known at any time, and nothing
    /// else in a verdict depends on them.
    pub fn identify_again(&mut self, verifier: &Verifier) {
        if let Some(record) = &self.record {
            self.identity = identity::finding(&record.claims, verifier).beside(&self.signature);
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
}

impl Finding {
    fn pass(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Pass, vec![reason.into()])
    }

    fn fail(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Fail, vec![reason.into()])
    }

    fn unknown(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Unknown, vec![reason.into()])
    }

    /// This finding about a file with this signature. Content and marks are what they are, whoever wrote them down; who and
    /// when are worth nothing when nobody signed.
    fn beside(mut self, signature: &Self) -> Self {
        match (signature.outcome, self.outcome) {
            (Outcome::Pass | Outcome::Unknown, _) | (Outcome::Fail, Outcome::Fail) => self,
            (Outcome::Fail, Outcome::Pass | Outcome::Unknown) => {
                // What was right is worth nothing now, what was doubtful is still doubtful.
                let doubts = if self.outcome == Outcome::Unknown { self.decisive } else { 0 };
                self.reasons.insert(0, "nothing is signed: anybody can have written this".to_owned());
                Self { outcome: Outcome::Unknown, decisive: doubts + 1, ..self }
            }
        }
    }
}

/// Reasons as they are gathered; one failure outweighs every doubt, and one doubt every success.
#[derive(Debug, Default)]
struct Reasons {
    passes: Vec<String>,
    doubts: Vec<String>,
    failures: Vec<String>,
    unsaid: usize,
    /// Of the failures, then of the doubts.
    causes: [Vec<Cause>; 2],
}

impl Reasons {
    /// A hostile record can be wrong in ten thousand places; nobody reads further than this.
    const MOST: usize = 25;

    fn pass(&mut self, reason: impl Into<String>) {
        self.passes.push(reason.into());
    }

    fn doubt(&mut self, reason: impl Into<String>) {
        if self.doubts.len() < Self::MOST {
            self.doubts.push(reason.into());
        }
    }

    fn fail(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        if self.failures.contains(&reason) {
            // Found in two ways, said once.
        } else if self.failures.len() < Self::MOST {
            self.failures.push(reason);
        } else {
            self.unsaid += 1;
        }
    }

    fn doubt_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.causes[1].push(cause);
        self.doubt(reason);
    }

    fn fail_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.causes[0].push(cause);
        self.fail(reason);
    }

    /// A claim that must equal what was derived.
    fn equal<T: PartialEq + Display>(&mut self, what: impl Display, claimed: &T, derived: &T) {
        if claimed != derived {
            self.fail(format!("{what}: the record claims {claimed}, it is {derived}"));
        }
    }

    /// Thousandths of a point that must equal what was derived.
    fn equal_points(&mut self, what: impl Display, claimed: u64, derived: u64) {
        if claimed != derived {
            self.equal(what, &points(claimed), &points(derived));
        }
    }

    fn finding(mut self) -> Finding {
        let causes = self.causes.concat();
        if !self.failures.is_empty() {
            if self.unsaid > 0 {
                self.failures.push(format!("and {} more", self.unsaid));
            }
            return Finding { causes, ..Finding::new(Outcome::Fail, self.failures) };
        }
        if !self.doubts.is_empty() {
            let decisive = self.doubts.len();
            self.doubts.append(&mut self.passes);
            return Finding { decisive, causes, ..Finding::new(Outcome::Unknown, self.doubts) };
        }
        Finding::new(Outcome::Pass, self.passes)
    }
}
