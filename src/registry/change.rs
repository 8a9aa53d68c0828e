//! What happens in a registry, one change at a time.
//!
//! Times are HR's own clock; what a learner's device said of times stands inside the record.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::person::{PersonNumber, Presence, Profile};
use super::terms::{Level, Levels, Terms, Treatment};
use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::Origin;
use crate::phrase::Phrase;
use crate::record::did::PublicKey;

/// One thing that happened. A store keeps it, all of it, together with its entry in the log, or nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The registry was begun.
    Opened(Opened),
    /// A roster was taken over.
    Roster(RosterImport),
    /// A version of a course was added to the archive.
    CourseAdded(CourseAdded),
    /// Whether a version of a course counts was decided.
    CourseJudged(CourseJudged),
    /// The terms for records were set; they hold for what is received afterwards.
    TermsSet(TermsSet),
    /// How long records of a course are kept was set.
    RetentionSet(RetentionSet),
    /// A recurring rule was set.
    RuleSet(RuleSet),
    /// A recurring rule was ended.
    RuleEnded(RuleEnded),
    /// A person was asked to take a course.
    Assigned(Assigned),
    /// A record was received and stored.
    Collected(Box<Collected>),
    /// A file came that is no record which could count, and is kept aside.
    PutAside(Box<PutAside>),
    /// A person decided about a record that was waiting for review.
    Decided(Decided),
    /// Another key than the first one was accepted for a person.
    KeyAccepted(KeyAccepted),
    /// A person was excepted from a course for a time.
    Waived(Waived),
    /// A waiver was taken back.
    WaiverRevoked(WaiverRevoked),
    /// A person's data was erased.
    Erased(Erased),
}

impl Change {
    /// When it happened, by HR's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Opened(change) => change.at,
            Self::Roster(change) => change.at,
            Self::CourseAdded(change) => change.at,
            Self::CourseJudged(change) => change.at,
            Self::TermsSet(change) => change.at,
            Self::RetentionSet(change) => change.at,
            Self::RuleSet(change) => change.at,
            Self::RuleEnded(change) => change.at,
            Self::Assigned(change) => change.at,
            Self::Collected(change) => change.at,
            Self::PutAside(change) => change.at,
            Self::Decided(change) => change.at,
            Self::KeyAccepted(change) => change.at,
            Self::Waived(change) => change.at,
            Self::WaiverRevoked(change) => change.at,
            Self::Erased(change) => change.at,
        }
    }
}

/// The beginning of a registry: always its first change, and only that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// When.
    pub at: Timestamp,
    /// HR's key, which signs the log for as long as there is one.
    pub key: PublicKey,
    /// The name of the log.
    pub origin: Origin,
}

/// A roster that was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterImport {
    /// When.
    pub at: Timestamp,
    /// The digest of the file as it was read.
    pub file: Digest,
    /// What changed, each person at most once.
    pub people: Vec<PersonChange>,
}

/// What a roster changed for a person. The state that was replaced stays in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// Who.
    pub number: PersonNumber,
    /// Everything the roster says now.
    pub profile: Profile,
    /// Whether it says that they must be trained, whatever day it is ([`Presence::on`]).
    pub presence: Presence,
}

/// A version of a course that was added to the archive. Content is named by digest, so adding a version again changes
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseAdded {
    /// When.
    pub at: Timestamp,
    /// The digest of the course.
    pub digest: Digest,
    /// Its id over all versions.
    pub course: CourseId,
    /// As people call it.
    pub title: String,
    /// As people call the version.
    pub version: String,
    /// For how many days a completion of it counts.
    pub validity_days: u32,
    /// The course as one file, from which all of it can be shown and graded again.
    pub pack: Vec<u8>,
}

/// Whether a version of a course counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseState {
    /// Added, and nobody has approved it yet.
    Added,
    /// Can be assigned, and records of it pass at the level of content.
    Approved,
    /// Cannot be assigned any more; records received before stay what they are, and records of an assignment that was
    /// made before still pass.
    Retired,
}

/// A decision about a version of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseJudged {
    /// When.
    pub at: Timestamp,
    /// Which version.
    pub digest: Digest,
    /// What it is from now on.
    pub state: CourseState,
    /// Who decided.
    pub by: String,
    /// Why, if that was said.
    pub reason: Option<String>,
}

/// The terms for records from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsSet {
    /// When.
    pub at: Timestamp,
    /// What holds now.
    pub terms: Terms,
    /// Who decided.
    pub by: String,
}

/// For how long the records of a course are kept at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionSet {
    /// When.
    pub at: Timestamp,
    /// Which course, in every version.
    pub course: CourseId,
    /// The retention class as the organisation calls it, such as `HIPAA training`.
    pub class: String,
    /// Years after receipt.
    pub years: u32,
    /// Who decided.
    pub by: String,
}

/// A rule by which people must take a course again and again, or from the day they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// When.
    pub at: Timestamp,
    /// Names the rule.
    pub id: Uuid,
    /// Which course; the approved version that was added last is assigned.
    pub course: CourseId,
    /// What sets the date.
    pub trigger: Trigger,
    /// For whom.
    pub audience: Audience,
    /// Who decided.
    pub by: String,
}

/// What makes a course due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// So many days after the first day of work.
    OnHire {
        /// Days.
        within_days: u32,
    },
    /// So many months after the last completion that counts; for those who have none, when the notice is over.
    Every {
        /// Months.
        months: u32,
        /// How long before the date the assignment is made, in days.
        notice_days: u32,
    },
    /// So many days after a version of the course with another policy was approved.
    OnNewPolicy {
        /// Days.
        within_days: u32,
    },
}

/// For whom an assignment or a rule is meant. All that is said must hold; with nothing said it is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Audience {
    /// One of these departments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// One of these roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// One of these people, if it was said which. Of those who were erased nothing is left here, so it can be nobody any
    /// more; that is not the same as everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<BTreeSet<PersonNumber>>,
}

impl Audience {
    /// Whether it is meant for this person.
    #[must_use]
    pub fn includes(&self, number: &PersonNumber, profile: &Profile) -> bool {
        profile.is_among(&self.departments, &self.roles)
            && self.people.as_ref().is_none_or(|people| people.contains(number))
    }
}

/// A rule that holds no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleEnded {
    /// When.
    pub at: Timestamp,
    /// Which rule.
    pub id: Uuid,
    /// Who decided.
    pub by: String,
}

/// A signed request that a person take a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// When.
    pub at: Timestamp,
    /// Names the assignment; `urn:uuid:…` in the file.
    pub id: Uuid,
    /// The digest of the signed file.
    pub digest: Digest,
    /// Who.
    pub person: PersonNumber,
    /// Which course.
    pub course: CourseId,
    /// Which version of it.
    pub version: Digest,
    /// Until when.
    pub due: Timestamp,
    /// The rule that asked for it, if one did.
    pub rule: Option<Uuid>,
    /// The signed file.
    pub bytes: Vec<u8>,
}

/// A record that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// When.
    pub at: Timestamp,
    /// The digest of the record: of its canonical form, so line ends and spaces do not matter.
    pub digest: Digest,
    /// The digest of the file as it came.
    pub file: Digest,
    /// The name that the file came under.
    pub name: String,
    /// The file as it came.
    pub bytes: Vec<u8>,
    /// Who it says that completed the course.
    pub person: PersonNumber,
    /// Which course.
    pub course: CourseId,
    /// Which version of it.
    pub version: Digest,
    /// The assignment that it says it answers, if that is here.
    pub assignment: Option<Uuid>,
    /// The did:key that signed it.
    pub key: String,
    /// Whether this key is the one that the person is known by from now on: the first one that answers an assignment
    /// for that person in a record that is accepted.
    pub pins: bool,
    /// When the device said that it signed it.
    pub signed_at: Timestamp,
    /// What it claims and what grading confirmed, in thousandths of a point.
    pub earned: u64,
    /// The most that could be earned, in thousandths of a point.
    pub possible: u64,
    /// Whether the pass mark was reached.
    pub passed: bool,
    /// The five levels at receipt.
    pub levels: Levels,
    /// What was said at each level that did not pass.
    pub reasons: Vec<(Level, String)>,
    /// What the terms asked for: accept it or put it up for review. What is to be put aside is no record here.
    pub treatment: Treatment,
}

/// A file that is kept and never counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAside {
    /// When.
    pub at: Timestamp,
    /// The digest of the file as it came.
    pub file: Digest,
    /// The digest that it has as a record, if at least its form is that of one.
    pub record: Option<Digest>,
    /// The name that the file came under.
    pub name: String,
    /// The file as it came.
    pub bytes: Vec<u8>,
    /// The five levels at receipt.
    pub levels: Levels,
    /// Why, a reason each.
    pub reasons: Vec<String>,
}

/// A decision about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// The record.
    pub record: Digest,
    /// What was decided.
    pub decision: Decision,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What was decided about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It counts.
    Accepted,
    /// It does not count.
    Refused,
}

impl Decision {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

impl Decided {
    /// What the log binds of a decision without saying it, as text: whoever is shown this text and the person's salt can
    /// hash it again.
    #[must_use]
    pub fn details(by: &str, reason: &str) -> String {
        json!({"by": by, "reason": reason}).to_string()
    }

    /// What was decided, when, by whom and why: `accepted on 2026-11-26 by J. Doe: rang her on 4711`.
    #[must_use]
    pub fn words(&self, calendar: Calendar) -> Phrase {
        let when = format!("{} on {} by ", self.decision.word(), calendar.day(self.at));
        Phrase::new().own(when).value(&self.by).own(": ").value(&self.reason)
    }
}

/// Another key that a person is known by, beside those before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAccepted {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonNumber,
    /// The did:key.
    pub key: String,
    /// Who decided.
    pub by: String,
    /// Why, such as a new laptop.
    pub reason: String,
}

/// An exception: the person need not have completed the course until it ends. It never looks like a completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// When.
    pub at: Timestamp,
    /// Names the waiver.
    pub id: Uuid,
    /// Who.
    pub person: PersonNumber,
    /// Which course, in every version.
    pub course: CourseId,
    /// When it ends.
    pub until: Timestamp,
    /// Who approved it.
    pub approver: String,
    /// Why.
    pub reason: String,
}

impl Waived {
    /// What the log binds of a waiver without saying it, as text: whoever is shown this text and the person's salt can
    /// hash it again.
    #[must_use]
    pub fn details(id: Uuid, approver: &str, reason: &str) -> String {
        json!({"approver": approver, "id": id.to_string(), "reason": reason}).to_string()
    }
}

/// A waiver that was taken back before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverRevoked {
    /// When.
    pub at: Timestamp,
    /// Which waiver.
    pub id: Uuid,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl WaiverRevoked {
    /// What the log binds of it without saying it, as text.
    #[must_use]
    pub fn details(by: &str, reason: &str) -> String {
        json!({"by": by, "reason": reason}).to_string()
    }
}

/// A person's data was erased: profile, records, assignments and files that were put aside go, digests and the log stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonNumber,
    /// The retention class whose time was over, or why it was not waited for.
    pub ground: ErasureGround,
    /// Who decided.
    pub by: String,
    /// The files among those put aside that are theirs, by digest.
    pub files: BTreeSet<Digest>,
}

/// Why a person's data could be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErasureGround {
    /// Every retention time was over.
    RetentionOver,
    /// It was not, and this is why it was not waited for.
    Override(String),
}
