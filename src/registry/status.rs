//! How somebody stands with a course at a point in time.
//!
//! Only HR's clock decides: a completion counts from its receipt, because a device can be set to any time.

pub mod why;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::change::{RuleSet, Trigger};
use super::dossier::{AssignmentState, Dossier, RecordState, RosterState, WaiverState};
use super::person::Presence;
use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::id::CourseId;

/// How somebody stands with a course. Each person has exactly one status for each course that concerns them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// A record that counts was received, and its time is not over.
    Complete {
        /// The record, and until when it counts.
        earned: Earned,
    },
    /// Complete, but not for much longer.
    Expiring {
        /// The record, and until when it counts.
        earned: Earned,
    },
    /// Was complete; the time is over, and nothing new was assigned.
    Expired {
        /// The record, and until when it counted.
        earned: Earned,
    },
    /// Asked to take the course, not due yet, and nothing has come back. Whether they have begun is not known: progress
    /// stays on the learner's device. Nobody is late while on leave or after leaving: dates do not run for them.
    InProgressUnknown {
        /// Until when.
        due: Timestamp,
    },
    /// A rule asks for the course, and nobody has assigned it yet: they cannot have begun.
    NotStarted {
        /// Until when.
        due: Timestamp,
    },
    /// The date has passed and nothing that counts has come back.
    Overdue {
        /// The date that has passed.
        due: Timestamp,
    },
    /// The last record that counts says that the pass mark was not reached.
    Failed {
        /// The record.
        record: Digest,
        /// Until when they had to pass, if that was said.
        due: Option<Timestamp>,
    },
    /// Excepted for a time. Not a completion.
    Waived {
        /// Names the waiver.
        waiver: Uuid,
        /// When it ends.
        until: Timestamp,
    },
}

/// A completion that counted for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earned {
    /// The record.
    pub record: Digest,
    /// When it was received.
    pub at: Timestamp,
    /// The first moment at which it does not count any more.
    pub expires: Timestamp,
}

/// The kinds of status, in the order in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// [`Status::Complete`]
    Complete,
    /// [`Status::Expiring`]
    Expiring,
    /// [`Status::InProgressUnknown`]
    InProgressUnknown,
    /// [`Status::NotStarted`]
    NotStarted,
    /// [`Status::Overdue`]
    Overdue,
    /// [`Status::Failed`]
    Failed,
    /// [`Status::Expired`]
    Expired,
    /// [`Status::Waived`]
    Waived,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Complete,
        Self::Expiring,
        Self::InProgressUnknown,
        Self::NotStarted,
        Self::Overdue,
        Self::Failed,
        Self::Expired,
        Self::Waived,
    ];

    /// The day of the date of a status of this kind: one by which something is due, or an exception ends, is the day that
    /// somebody typed.
    #[must_use]
    pub fn day(self, date: Timestamp, calendar: Calendar) -> NaiveDate {
        match self {
            Self::Complete | Self::Expiring | Self::Expired => calendar.day(date),
            Self::InProgressUnknown | Self::NotStarted | Self::Overdue | Self::Failed | Self::Waived => {
                calendar.last_day(date)
            }
        }
    }

    /// How much it presses: what HR has to do something about comes first. Somebody who takes several courses is counted
    /// once, by what presses most.
    #[must_use]
    pub fn urgency(self) -> u8 {
        match self {
            Self::Overdue => 7,
            Self::Failed => 6,
            Self::Expired => 5,
            Self::NotStarted => 4,
            Self::InProgressUnknown => 3,
            Self::Expiring => 2,
            Self::Waived => 1,
            Self::Complete => 0,
        }
    }

    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Expiring => "expiring",
            Self::InProgressUnknown => "in progress unknown",
            Self::NotStarted => "not started",
            Self::Overdue => "overdue",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Waived => "waived",
        }
    }
}

impl Status {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Complete { .. } => Kind::Complete,
            Self::Expiring { .. } => Kind::Expiring,
            Self::Expired { .. } => Kind::Expired,
            Self::InProgressUnknown { .. } => Kind::InProgressUnknown,
            Self::NotStarted { .. } => Kind::NotStarted,
            Self::Overdue { .. } => Kind::Overdue,
            Self::Failed { .. } => Kind::Failed,
            Self::Waived { .. } => Kind::Waived,
        }
    }

    /// The record that it rests on, where it rests on one.
    #[must_use]
    pub fn record(&self) -> Option<Digest> {
        match self {
            Self::Complete { earned } | Self::Expiring { earned } | Self::Expired { earned } => {
                Some(earned.record)
            }
            Self::Failed { record, .. } => Some(*record),
            Self::InProgressUnknown { .. }
            | Self::NotStarted { .. }
            | Self::Overdue { .. }
            | Self::Waived { .. } => None,
        }
    }

    /// The day that matters with this status: when a completion or a waiver ends or ended, else until when the course had
    /// to be taken.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        match self {
            Self::Complete { earned } | Self::Expiring { earned } | Self::Expired { earned } => {
                Some(earned.expires)
            }
            Self::InProgressUnknown { due } | Self::NotStarted { due } | Self::Overdue { due } => Some(*due),
            Self::Failed { due, .. } => *due,
            Self::Waived { until, .. } => Some(*until),
        }
    }

    /// The same as a day.
    #[must_use]
    pub fn day(&self, calendar: Calendar) -> Option<NaiveDate> {
        self.date().map(|at| self.kind().day(at, calendar))
    }
}

/// What a status is reckoned by, beside the person.
#[derive(Debug, Clone)]
pub struct Reckoning<'a> {
    /// The moment.
    pub at: Timestamp,
    /// For how many days a completion of each archived version counts.
    pub validity_days: &'a BTreeMap<Digest, u32>,
    /// The recurring rules that hold.
    pub rules: &'a [RuleSet],
    /// When the last version with another policy was approved, for courses that have one.
    pub policies: &'a BTreeMap<CourseId, Timestamp>,
    /// A completion that ends within so many days is expiring.
    pub expiring_days: u32,
}

impl Reckoning<'_> {
    /// How this person stands with each course that concerns them: that they were assigned, that a rule asks of them,
    /// that they are excepted from, or that they sent a record of that counts.
    #[must_use]
    pub fn standing(&self, dossier: &Dossier) -> BTreeMap<CourseId, Status> {
        let mut cases: BTreeMap<&CourseId, Case<'_>> = BTreeMap::new();
        for assignment in dossier.assignments.iter().filter(|assignment| assignment.at <= self.at) {
            cases.entry(&assignment.course).or_default().assignments.push(assignment);
        }
        for record in dossier.records.iter().filter(|record| record.received_at <= self.at && record.counts())
        {
            cases.entry(&record.course).or_default().records.push(record);
        }
        for waiver in dossier.waivers.iter().filter(|waiver| waiver.holds(self.at)) {
            let holding = &mut cases.entry(&waiver.course).or_default().waiver;
            // Of two that hold, the exception lasts as long as the longer one.
            if holding.is_none_or(|other| other.until < waiver.until) {
                *holding = Some(waiver);
            }
        }
        let clock = if must_answer(dossier) { Clock::Runs } else { Clock::Stands };
        for rule in self.rules.iter().filter(|rule| concerns(rule, dossier)) {
            let case = cases.entry(&rule.course).or_default();
            let due = self.due_by_rule(rule, dossier, case);
            case.due_by_rule = [case.due_by_rule, due].into_iter().flatten().min();
        }
        let statuses =
            cases.into_iter().filter_map(|(course, case)| Some((course.clone(), self.status(&case, clock)?)));
        statuses.collect()
    }

    /// Until when a rule asks this person for its course, whether or not somebody has assigned it; none when it asks for
    /// nothing now.
    #[must_use]
    pub fn asked_by(&self, rule: &RuleSet, dossier: &Dossier) -> Option<Timestamp> {
        let counting =
            dossier.records.iter().filter(|record| record.received_at <= self.at && record.counts());
        let records = counting.filter(|record| record.course == rule.course).collect();
        let case = Case { records, ..Case::default() };
        if concerns(rule, dossier) { self.due_by_rule(rule, dossier, &case) } else { None }
    }

    fn status(&self, case: &Case<'_>, clock: Clock) -> Option<Status> {
        let earned = case.records.iter().rev().find(|record| record.passed).map(|record| self.earned(record));
        let last = case.records.last();
        // What was asked for and not answered by a completion.
        let asked = case.assignments.last().filter(|asked| earned.is_none_or(|earned| earned.at < asked.at));
        let due = asked.map(|asked| asked.due).or(case.due_by_rule);
        let late = due.filter(|due| clock == Clock::Runs && *due < self.at);
        if let Some(earned) = earned
            && self.at < earned.expires
            && late.is_none()
        {
            let soon = self.at.plus_days(self.expiring_days) >= earned.expires;
            return Some(if soon { Status::Expiring { earned } } else { Status::Complete { earned } });
        }
        if let Some(waiver) = case.waiver {
            return Some(Status::Waived { waiver: waiver.id, until: waiver.until });
        }
        if let Some(record) = last
            && !record.passed
            && asked.is_none_or(|asked| asked.at <= record.received_at)
        {
            return Some(Status::Failed { record: record.digest, due });
        }
        match (late, asked, earned) {
            (Some(due), _, _) => Some(Status::Overdue { due }),
            (None, Some(asked), _) => Some(Status::InProgressUnknown { due: asked.due }),
            (None, None, Some(earned)) => Some(Status::Expired { earned }),
            (None, None, None) => due.map(|due| Status::NotStarted { due }),
        }
    }

    fn earned(&self, record: &RecordState) -> Earned {
        // A version that was never archived says nothing of validity, and what nobody can show again does not count.
        let days = self.validity_days.get(&record.version).copied().unwrap_or(0);
        Earned { record: record.digest, at: record.received_at, expires: record.received_at.plus_days(days) }
    }

    /// Until when a rule asks for the course, if nothing was assigned; none when it asks for nothing now.
    fn due_by_rule(&self, rule: &RuleSet, dossier: &Dossier, case: &Case<'_>) -> Option<Timestamp> {
        let roster = dossier.roster.as_ref()?;
        let completed = case.records.iter().rev().find(|record| record.passed);
        match rule.trigger {
            Trigger::OnHire { within_days } => {
                due_on_hire(rule, within_days, roster).filter(|_| completed.is_none())
            }
            Trigger::Every { months, notice_days } => Some(match completed {
                Some(record) => record.received_at.plus_months(months),
                // Nobody is late on the day a rule is set, or on the day they come.
                None => rule.at.max(roster.first_seen).plus_days(notice_days),
            }),
            Trigger::OnNewPolicy { within_days } => {
                let approved = *self.policies.get(&rule.course)?;
                let open = completed.is_none_or(|record| record.received_at < approved);
                open.then(|| approved.plus_days(within_days))
            }
        }
    }
}

/// Until when a rule about new hires asks a person for its course, whether or not they have completed it.
pub(super) fn due_on_hire(rule: &RuleSet, within_days: u32, roster: &RosterState) -> Option<Timestamp> {
    let hired = roster.profile.hired.map_or(roster.first_seen, Timestamp::at_start_of);
    let due = hired.plus_days(within_days);
    // Whoever was there long before the rule is not a new hire.
    (due >= rule.at).then_some(due)
}

/// Whether the dates of what somebody was asked for run now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Runs,
    Stands,
}

/// Nobody answers for a date that passes while they are on leave or after they left. Whoever stands on no roster may well
/// be at work.
fn must_answer(dossier: &Dossier) -> bool {
    dossier.roster.as_ref().is_none_or(|roster| roster.presence == Presence::Active)
}

/// Whether a rule is meant for this person now.
pub(super) fn concerns(rule: &RuleSet, dossier: &Dossier) -> bool {
    dossier.roster.as_ref().is_some_and(|roster| {
        roster.presence == Presence::Active && rule.audience.includes(&dossier.number, &roster.profile)
    })
}

/// What there is about one person and one course.
#[derive(Debug, Default)]
struct Case<'a> {
    /// Oldest first.
    assignments: Vec<&'a AssignmentState>,
    /// Those that count, in the order of receipt.
    records: Vec<&'a RecordState>,
    /// The one that holds now.
    waiver: Option<&'a WaiverState>,
    due_by_rule: Option<Timestamp>,
}

/// Days after the date, counted from the first moment after it: whoever is a second late is in their first day.
#[must_use]
pub fn days_late(due: Timestamp, at: Timestamp) -> u64 {
    at.days_begun_since(due)
}

#[cfg(test)]
mod tests;
