//! People, and what happened to them, for tests in any room: whole days after one that all stories begin on.

use uuid::Uuid;

use super::change::{Audience, RuleSet, Trigger};
use super::dossier::{AssignmentState, Dossier, RecordState, RosterState, WaiverState};
use super::person::{PersonNumber, Presence, Profile};
use super::terms::{Levels, Treatment};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::record::verdict::Outcome;

/// The beginning of a day in UTC; day 0 is 2026-01-01.
pub(crate) fn day(number: u32) -> Timestamp {
    Timestamp::from_unix(1_767_225_600).expect("2026-01-01").plus_days(number)
}

pub(crate) fn course(id: &str) -> CourseId {
    id.parse().expect("an identifier")
}

/// The version of any course that everything here is about.
pub(crate) fn version() -> Digest {
    Digest::of(b"version")
}

/// Somebody at work since day 0 to whom nothing has happened.
pub(crate) fn person(number: &str, profile: Profile) -> Dossier {
    Dossier {
        number: PersonNumber::new(number).expect("a number"),
        roster: Some(RosterState::at(day(0), profile, Presence::Active, day(0))),
        assignments: Vec::new(),
        records: Vec::new(),
        waivers: Vec::new(),
        keys: Vec::new(),
    }
}

/// An assignment that is known by the day on which it was made.
pub(crate) fn assignment(course: CourseId, at: u32, due: u32) -> AssignmentState {
    AssignmentState {
        id: Uuid::from_u128(u128::from(at)),
        digest: Digest::of(b"assignment"),
        at: day(at),
        due: day(due),
        course,
        version: version(),
        rule: None,
    }
}

/// A record of somebody who passed, accepted at receipt.
pub(crate) fn record(course: CourseId, at: u32) -> RecordState {
    RecordState {
        digest: record_digest(&course, at),
        index: 0,
        received_at: day(at),
        signed_at: day(at),
        course,
        version: version(),
        assignment: None,
        earned: 0,
        possible: 0,
        passed: true,
        levels: Levels([Outcome::Pass; 5]),
        treatment: Treatment::Accept,
        decision: None,
    }
}

/// What a [`record`] is known by.
pub(crate) fn record_digest(course: &CourseId, at: u32) -> Digest {
    Digest::of(format!("{course} {at}").as_bytes())
}

pub(crate) fn waiver(course: CourseId, at: u32, until: u32) -> WaiverState {
    let name = Digest::of(format!("{course} {at} {until}").as_bytes());
    WaiverState {
        id: Uuid::from_bytes(*name.as_bytes().first_chunk().expect("32 bytes")),
        index: 0,
        course,
        at: day(at),
        until: day(until),
        taken_back: None,
        approver: "Grace".to_owned(),
        reason: "parental leave".to_owned(),
    }
}

/// A rule for everybody.
pub(crate) fn rule(course: CourseId, trigger: Trigger, at: u32) -> RuleSet {
    RuleSet {
        at: day(at),
        id: Uuid::from_u128(9),
        course,
        trigger,
        audience: Audience::default(),
        by: "Grace".to_owned(),
    }
}
