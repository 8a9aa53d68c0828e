//! Everything that a registry knows of one person at one time: what status, reports, evidence and erasure work on.

use chrono::NaiveDate;
use uuid::Uuid;

use super::change::Decision;
use super::person::{PersonNumber, Presence, Profile};
use super::terms::{Levels, Treatment};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;

/// One person as the registry knew them at a point in time: nothing in it happened later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Who.
    pub number: PersonNumber,
    /// What the roster says; none for somebody who sent a record and never stood on a roster, and after erasure.
    pub roster: Option<RosterState>,
    /// What they were asked to do, oldest first.
    pub assignments: Vec<AssignmentState>,
    /// What came back, in the order of receipt.
    pub records: Vec<RecordState>,
    /// Exceptions, oldest first.
    pub waivers: Vec<WaiverState>,
    /// The did:keys the person is known by, oldest first.
    pub keys: Vec<String>,
}

impl Dossier {
    /// When the person was last asked for a course or excepted from it, or a record of theirs about it came; `None` when
    /// nothing of that ever happened.
    #[must_use]
    pub fn last_about(&self, course: &CourseId) -> Option<Timestamp> {
        let asked = self.assignments.iter().filter(|asked| asked.course == *course).map(|asked| asked.at);
        let came = self.records.iter().filter(|record| record.course == *course);
        let excepted = self.waivers.iter().filter(|waiver| waiver.course == *course).map(|waiver| waiver.at);
        asked.chain(came.map(|record| record.received_at)).chain(excepted).max()
    }
}

/// What the roster says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterState {
    /// Everything the roster says.
    pub profile: Profile,
    /// Whether it says that they must be trained, whatever day it is.
    pub said: Presence,
    /// Whether they must be trained at the time that the dossier is of: what was said, with first and last day of work.
    pub presence: Presence,
    /// The day in UTC on which that is so.
    pub day: NaiveDate,
    /// When they first stood on a roster.
    pub first_seen: Timestamp,
}

impl RosterState {
    /// What a roster said, as it is at `at`. Days of work are days in UTC.
    #[must_use]
    pub fn at(at: Timestamp, profile: Profile, said: Presence, first_seen: Timestamp) -> Self {
        let day = at.date();
        let presence = said.on(day, &profile);
        Self { profile, said, presence, day, first_seen }
    }
}

/// An assignment, without the signed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentState {
    /// Names it.
    pub id: Uuid,
    /// The digest of the signed file.
    pub digest: Digest,
    /// When it was made.
    pub at: Timestamp,
    /// Until when.
    pub due: Timestamp,
    /// Which course.
    pub course: CourseId,
    /// Which version of it.
    pub version: Digest,
    /// The rule that asked for it, if one did.
    pub rule: Option<Uuid>,
}

/// From so many days on between signing and receipt, a record's age is said wherever it is shown.
const LONG_KEPT_DAYS: u64 = 30;

/// A record, without the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordState {
    /// The digest of the record.
    pub digest: Digest,
    /// Its place in the log, counted from 0.
    pub index: u64,
    /// When it was received.
    pub received_at: Timestamp,
    /// When the device said that it signed it.
    pub signed_at: Timestamp,
    /// Which course.
    pub course: CourseId,
    /// Which version of it.
    pub version: Digest,
    /// The assignment that it answers.
    pub assignment: Option<Uuid>,
    /// Thousandths of a point.
    pub earned: u64,
    /// Thousandths of a point.
    pub possible: u64,
    /// Whether the pass mark was reached.
    pub passed: bool,
    /// The five levels at receipt.
    pub levels: Levels,
    /// What the terms asked for.
    pub treatment: Treatment,
    /// What was decided in review, if that was asked for and done.
    pub decision: Option<Decision>,
}

impl RecordState {
    /// What was decided about it, or what becomes of it without, in words.
    #[must_use]
    pub fn standing(&self) -> &'static str {
        match (self.decision, self.treatment) {
            (Some(Decision::Accepted), _) => "accepted in review",
            (Some(Decision::Refused), _) => "refused in review",
            (None, Treatment::Accept) => "accepted at receipt",
            (None, Treatment::Review | Treatment::Quarantine) => "waits for a decision",
        }
    }

    /// How long before its receipt it was signed, in words, where that is longer than records are on their way: what counts from
    /// today may have been done long ago.
    #[must_use]
    pub fn kept(&self) -> Option<String> {
        let days = self.received_at.days_since(self.signed_at);
        (days >= LONG_KEPT_DAYS).then(|| format!("signed {days} days before it was received"))
    }

    /// Whether it counts: the terms accepted it or a person did, and nobody refused it.
    #[must_use]
    pub fn counts(&self) -> bool {
        match self.decision {
            Some(Decision::Accepted) => true,
            Some(Decision::Refused) => false,
            None => self.treatment == Treatment::Accept,
        }
    }
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverState {
    /// Names it.
    pub id: Uuid,
    /// Its place in the log, counted from 0.
    pub index: u64,
    /// Which course.
    pub course: CourseId,
    /// When it was given.
    pub at: Timestamp,
    /// When it ends, or was taken back.
    pub until: Timestamp,
    /// By whom and why it was taken back, if it was.
    pub taken_back: Option<TakenBack>,
    /// Who approved it.
    pub approver: String,
    /// Why.
    pub reason: String,
}

/// That a waiver was taken back before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The place in the log of the entry that says so, counted from 0.
    pub index: u64,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl WaiverState {
    /// Whether the person is excepted at this moment: until its last second, or until it is taken back.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.at <= at && (at < self.until || (at == self.until && self.taken_back.is_none()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::record;
    use super::*;

    /// One that was kept for most of a year was accepted without a word of its age.
    #[test]
    fn a_record_that_was_kept_for_thirty_days_says_how_long() {
        #[track_caller]
        fn check(signed: &str, expected: Option<&str>) {
            let time = |text: &str| text.parse().expect("a time");
            let state = RecordState {
                signed_at: time(signed),
                received_at: time("2026-11-27T04:25:00Z"),
                ..record("phishing".parse().expect("an identifier"), 1)
            };
            assert_eq!(state.kept().as_deref(), expected, "{signed}");
        }
        check("2026-02-02T04:25:00Z", Some("signed 298 days before it was received"));
        check("2026-10-28T04:25:00Z", Some("signed 30 days before it was received"));
        check("2026-10-28T04:25:01Z", None);
        check("2999-01-01T00:00:00Z", None);
    }
}
