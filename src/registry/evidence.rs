//! What an auditor gets: who had to be trained on a day, how each of them stood, and everything behind a sample.

pub mod controls;
mod erased;
pub mod recount;
mod sample;

use std::ops::RangeInclusive;

use chrono::{NaiveDate, Offset as _, Utc};

use super::change::{Decision, PersonChange};
use super::dossier::{RecordState, RosterState, WaiverState};
use super::person::{PersonNumber, Presence};
use super::status::Status;
use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Pseudonym, Salt};
use crate::record::claims::AcknowledgementClaim;

pub use erased::Erased;
pub use sample::Sample;

/// What a signature under an evidence pack is for (SSHSIG): it fits nothing else that HR signs.
pub const NAMESPACE: &str = "evidence-pack@countersign";

/// A completion that ends within so many days of the moment of an evidence pack is told as expiring.
pub const EXPIRING_DAYS: u32 = 30;

/// An evidence pack, without the files that are in it as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The version of countersign that made it.
    pub program: String,
    /// About which course.
    pub course: CourseId,
    /// As people call it: the title of the version that was approved last, or of the last one where none was.
    pub title: String,
    /// The controls that this version serves, as its trainers say.
    pub controls: Vec<String>,
    /// The first day of the period, in UTC.
    pub from: NaiveDate,
    /// The last day of the period, in UTC.
    pub to: NaiveDate,
    /// The moment for which everybody's status is told: the end of the last day, or when the pack was made.
    pub as_of: Timestamp,
    /// HR's did:key.
    pub signer: String,
    /// The log behind it.
    pub log: LogFacts,
    /// What was drawn, if not everything is here.
    pub sample: Option<Sample>,
    /// The population, in the order of the numbers.
    pub people: Vec<Row>,
    /// How many people are known and no part of it: they had left before the period, and sent no record in it.
    pub left_out: usize,
    /// Who those of them are in the log of whom it has entries about the course, in order; so nobody else can be left out as
    /// one of them.
    pub left_out_in_log: Vec<Pseudonym>,
    /// Who is in no pack, because they were erased; not told of a log that is too long.
    pub erased: Option<Erased>,
    /// Those whose records are here, in the order of the numbers; everybody where no sample was drawn.
    pub chosen: Vec<Chosen>,
    /// The versions of the course that are here.
    pub versions: Vec<Version>,
    /// In what the registry differs from its log, as far as HR's own check found when the pack was made.
    pub findings: Vec<String>,
}

/// What came in a period of which statuses are told for this moment.
#[must_use]
pub fn within(from: NaiveDate, as_of: Timestamp) -> RangeInclusive<Timestamp> {
    Timestamp::at_start_of(from)..=as_of
}

/// The log as it was when the pack was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFacts {
    /// Its name and key (vkey).
    pub key: String,
    /// How many entries it has.
    pub size: u64,
    /// The place of the last entry by then that says how many people stand on the roster, if there was one; its receipt is
    /// here.
    pub population: Option<u64>,
    /// Whether all of them are here; of a log that is too long they are not.
    pub entries: Whole,
    /// The sizes of the earlier heads that are here, each with the proof that the log goes on from it.
    pub earlier: Vec<u64>,
}

/// Whether all of something is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// It is.
    Here,
    /// There is too much of it.
    TooLong,
}

/// One person of the population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub number: PersonNumber,
    /// As the roster says, if they stand on it.
    pub roster: Option<Listed>,
    /// How they stand with the course; none when nobody asked them to take it.
    pub status: Option<Status>,
    /// The record that the status rests on, where it rests on one.
    pub rests_on: Option<RecordState>,
    /// Exceptions from the course in the period, oldest first.
    pub waivers: Vec<WaiverState>,
    /// What was decided about records of the course, oldest first.
    pub reviews: Vec<Review>,
    /// Who they are in the log.
    pub pseudonym: Option<Pseudonym>,
}

/// A decision about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The place of its entry in the log, where one was found that binds it.
    pub index: Option<u64>,
    /// Which record.
    pub record: Digest,
    /// What was decided.
    pub decision: Decision,
    /// When.
    pub at: Timestamp,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What the roster says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Their name.
    pub name: String,
    /// Their department.
    pub department: Option<String>,
    /// Their role.
    pub role: Option<String>,
    /// First day of work.
    pub hired: Option<NaiveDate>,
    /// When they first stood on a roster.
    pub first_seen: Timestamp,
    /// Whether they must be trained.
    pub listing: Listing,
}

/// Whether somebody whom a roster named had to be trained at the moment for which status is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// At work.
    AtWork,
    /// On leave.
    OnLeave,
    /// On the roster, and their first day of work was still to come.
    ToCome,
    /// On the roster, and their last day of work was over.
    Over,
    /// Not on the roster any more: they left in the period.
    Left,
    /// Not on the roster any more since before the period; a record of theirs was received in it.
    LeftBefore,
}

impl Listing {
    /// How a roster lists somebody on a day in UTC.
    #[must_use]
    pub fn of(roster: &RosterState, day: NaiveDate) -> Self {
        match (roster.said, roster.presence) {
            (Presence::Gone, _) => Self::Left,
            (_, Presence::Active) => Self::AtWork,
            (_, Presence::Away) => Self::OnLeave,
            (Presence::Active | Presence::Away, Presence::Gone) => {
                let to_come = roster.profile.hired.is_some_and(|first| first > day);
                if to_come { Self::ToCome } else { Self::Over }
            }
        }
    }

    /// Whether the log counts them among those on the roster.
    #[must_use]
    pub fn is_on_roster(self) -> bool {
        match self {
            Self::AtWork | Self::OnLeave | Self::ToCome | Self::Over => true,
            Self::Left | Self::LeftBefore => false,
        }
    }
}

/// Whether somebody was there on any day from `first` to `last`, by what rosters said one after the other. All days are in
/// UTC.
#[must_use]
pub fn was_there(history: &[(Timestamp, PersonChange)], first: NaiveDate, last: NaiveDate) -> bool {
    history.iter().enumerate().any(|(place, (at, said))| {
        let profile = &said.profile;
        let next = history.get(place + 1).map_or(last, |(next, _)| next.date());
        match (said.presence, profile.leaves) {
            (Presence::Active | Presence::Away, leaves) => {
                let from = profile.hired.into_iter().chain([at.date(), first]).max();
                let until = leaves.into_iter().chain([next, last]).min();
                from <= until
            }
            // A roster that says that they have left says until when they were there, also before it was imported.
            (Presence::Gone, Some(leaves)) => {
                let from = profile.hired.map_or(first, |hired| hired.max(first));
                from <= leaves.min(at.date()).min(last)
            }
            (Presence::Gone, None) => false,
        }
    })
}

/// What ties a person to the entries of the log that are about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The person in the log.
    pub pseudonym: Pseudonym,
    /// The secret from which, with the number, it follows.
    pub salt: Salt,
}

/// One person whose records are in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Who.
    pub number: PersonNumber,
    /// Who they are in the log; nobody any more if they were erased.
    pub tie: Option<Tie>,
    /// Names of the files of their assignments.
    pub assignments: Vec<String>,
    /// Their records.
    pub records: Vec<Exhibit>,
    /// Their exceptions.
    pub waivers: Vec<Exception>,
}

/// An exception that is in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Name of the file in `waivers` with what the log binds of it, byte for byte.
    pub file: String,
    /// Name of its receipt in `waivers`.
    pub receipt: String,
    /// What the registry says of it.
    pub state: WaiverState,
}

/// A record that is in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Name of its file in `records`.
    pub file: String,
    /// Name of its receipt in `receipts`.
    pub receipt: String,
    /// What the registry says of it.
    pub state: RecordState,
    /// The policy that was agreed to.
    pub acknowledgement: Option<AcknowledgementClaim>,
}

/// A version of the course that is in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Name of its file in `courses`.
    pub file: String,
    /// As people call it.
    pub version: String,
    /// Its course digest.
    pub digest: Digest,
    /// When it was first approved, if it was.
    pub approved_at: Option<Timestamp>,
}

/// The most entries of the log that are put into a pack: some 500 bytes each, in memory.
pub const MOST_ENTRIES: u64 = 250_000;

/// The last moment of a day in UTC.
#[must_use]
pub fn end_of(day: NaiveDate) -> Timestamp {
    Calendar::from(Utc.fix()).end_of(day)
}

impl Evidence {
    /// Whether something may still happen in the period after the moment for which everybody's status is told.
    #[must_use]
    pub fn is_early(&self) -> bool {
        self.as_of < end_of(self.to)
    }

    /// How many of the population have this status; `None` is those whom nobody asked.
    #[must_use]
    pub fn count(&self, kind: Option<super::status::Kind>) -> usize {
        self.people.iter().filter(|row| row.status.as_ref().map(Status::kind) == kind).count()
    }

    /// What is here of the person with this number, if their records are.
    #[must_use]
    pub fn chosen(&self, number: &PersonNumber) -> Option<&Chosen> {
        let place = self.chosen.binary_search_by(|chosen| chosen.number.cmp(number)).ok()?;
        self.chosen.get(place)
    }

    /// How many of those whose records were to be here have one.
    #[must_use]
    pub fn with_records(&self) -> usize {
        self.chosen.iter().filter(|chosen| !chosen.records.is_empty()).count()
    }

    /// The person with this number in the population.
    #[must_use]
    pub fn row(&self, number: &PersonNumber) -> Option<&Row> {
        let place = self.people.binary_search_by(|row| row.number.cmp(number)).ok()?;
        self.people.get(place)
    }
}

#[cfg(test)]
mod tests;
