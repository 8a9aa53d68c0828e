//! What can happen in a registry.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Commitment, Origin, Pseudonym};
use crate::record::did::PublicKey;
use crate::record::verdict::{Level, Outcome};

/// What happened. `details` binds a text that the registry keeps (who decided, why), without saying it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The log begins: always its first entry, and no other one.
    Opened {
        /// By which version of the format its entries are made: [`super::FORMAT`].
        format: u32,
        /// HR's key, which signs checkpoints and assignments for as long as the log goes on.
        #[serde(with = "did")]
        key: PublicKey,
        /// The name of the log.
        origin: Origin,
    },
    /// A roster was taken over: people came, changed or went.
    Roster {
        /// Digest of the file.
        file: Digest,
        /// How many stand on the roster now who did not before.
        joined: u64,
        /// How many do not stand on it any more.
        left: u64,
        /// Over what it changed for each person, as commitments with the salts of the persons: SHA-256 of their lines
        /// (`sha256:…` and a line feed each) in the order of the lines.
        list: Digest,
        /// How many people it changed something for.
        people: u64,
        /// How many stand on it now.
        total: u64,
    },
    /// A course version is in the archive, counts, or does not count any more.
    Course {
        /// What became of it.
        change: Change,
        /// The course digest of the version.
        content: Digest,
        /// The course.
        course: CourseId,
        /// Who changed it, and why.
        details: Commitment,
    },
    /// What HR accepts, assigns by itself or keeps for how long has a new rule from here on.
    Rules {
        /// The rule, and who set it.
        details: Commitment,
        /// Which kind of rule.
        kind: RuleKind,
    },
    /// HR asked a person to take a course.
    Assigned {
        /// Digest of the signed assignment.
        assignment: Digest,
        /// The course digest of the version asked for.
        content: Digest,
        /// The course.
        course: CourseId,
        /// Its identifier, and the rule that asked for it.
        details: Commitment,
        /// By when.
        due: Timestamp,
        /// Who.
        person: Pseudonym,
    },
    /// HR received a completion record.
    Collected(Collected),
    /// HR received a file that cannot count, and keeps it aside.
    PutAside {
        /// The name of the file, and what was said at each level that did not pass.
        details: Commitment,
        /// Digest of the file as it came.
        file: Digest,
        /// The five findings: which of them failed is why.
        levels: Levels,
        /// The digest that it has as a record, if its form is that of one. Judged again later, it may be collected.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Digest>,
    },
    /// HR decided about a record that was held for review, or about one again.
    Reviewed {
        /// Whether it counts.
        decision: Decision,
        /// Who decided, and why.
        details: Commitment,
        /// Digest of the record.
        record: Digest,
    },
    /// HR takes another key for the person's, such as after a lost laptop.
    KeyAccepted {
        /// Who accepted it, and why.
        details: Commitment,
        /// The learner's new key.
        #[serde(with = "did")]
        key: PublicKey,
        /// Who.
        person: Pseudonym,
    },
    /// A person need not complete a course for a while. Not a completion, and nothing makes it one.
    Waived {
        /// Who approved it.
        approver: Pseudonym,
        /// The course.
        course: CourseId,
        /// Why. It is also the name of the waiver.
        details: Commitment,
        /// Who need not.
        person: Pseudonym,
        /// Until when.
        until: Timestamp,
    },
    /// A waiver ends before its time.
    WaiverRevoked {
        /// Who revoked it, and why.
        details: Commitment,
        /// The `details` of the waiver.
        waiver: Commitment,
    },
    /// A person's data is erased, their salt with it: nobody can tell any more who they were. Digests stay.
    Erased {
        /// Who erased it, and why.
        details: Commitment,
        /// How many entries have nothing behind them any more.
        entries: u64,
        /// How many do not stand on the roster any more for it: the person, or nobody.
        left: u64,
        /// Over their places: SHA-256 of a line for each, in order.
        list: Digest,
        /// Who it was.
        person: Pseudonym,
        /// Whether it could go.
        retention: Retention,
        /// How many stand on the roster now.
        total: u64,
    },
}

/// What HR found when it received a completion record. Marks are thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collected {
    /// Digest of the assignment that it answers, if any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assignment: Option<Digest>,
    /// When it was signed, by the clock of the learner's device.
    pub completed: Timestamp,
    /// The course digest of the version that was taken.
    pub content: Digest,
    /// The course.
    pub course: CourseId,
    /// The file, the name it came under, the key that signed it, the assignment's id, and what was found wrong.
    pub details: Commitment,
    /// Whether it counts at once.
    pub disposition: Disposition,
    /// What the answers earn. Derived again by HR where `levels.grading` is `pass`, claimed otherwise.
    pub earned: u64,
    /// The five findings, as they were on receipt.
    pub levels: Levels,
    /// Who.
    pub person: Pseudonym,
    /// Whether its key is the one that the person is known by from here on.
    pub pins: bool,
    /// What a full answer to everything earns.
    pub possible: u64,
    /// Digest of the record.
    pub record: Digest,
    /// What came of it, derived like `earned`.
    pub result: Assessment,
}

/// The outcomes of the five findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Is the content known, approved, and what the record says?
    pub content: Outcome,
    /// Do the answers earn what is claimed?
    pub grading: Outcome,
    /// Is it the person's answer to HR's assignment, with their key?
    pub identity: Outcome,
    /// Is it signed?
    pub signature: Outcome,
    /// Can the times be?
    pub time: Outcome,
}

impl Levels {
    /// The outcomes as whoever judged tells them.
    pub fn of(outcome: impl Fn(Level) -> Outcome) -> Self {
        Self {
            content: outcome(Level::Content),
            grading: outcome(Level::Grading),
            identity: outcome(Level::Identity),
            signature: outcome(Level::Signature),
            time: outcome(Level::Time),
        }
    }

    /// The outcome of one.
    #[must_use]
    pub fn outcome(self, level: Level) -> Outcome {
        match level {
            Level::Content => self.content,
            Level::Grading => self.grading,
            Level::Identity => self.identity,
            Level::Signature => self.signature,
            Level::Time => self.time,
        }
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RuleKind {
    /// Which records count.
    Acceptance,
    /// How long records are kept.
    Retention,
    /// When people have to take a course again.
    Recurrence,
    /// A rule of recurrence that ends.
    End,
}

/// What became of a course version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// It is kept in the archive, and does not count yet.
    Added,
    /// Completing it counts.
    Approved,
    /// Completing it does not count any more.
    Retired,
}

/// What the rules of acceptance make of a record on receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Disposition {
    /// It counts.
    Accepted,
    /// It does not count until somebody has looked at it.
    Held,
}

/// What somebody decided about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// It counts.
    Accepted,
    /// It does not.
    Refused,
}

/// What came of the assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Assessment {
    /// Passed.
    Passed,
    /// Not passed.
    Failed,
}

/// Whether something had to be kept when it was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Retention {
    /// The time for which it had to be kept was over.
    Over,
    /// It was not, and somebody overrode it.
    Overridden,
}

/// Public keys as did:key.
mod did {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    use crate::record::did::PublicKey;

    pub(super) fn serialize<S: Serializer>(key: &PublicKey, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&key.did())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PublicKey, D::Error> {
        PublicKey::from_did(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
