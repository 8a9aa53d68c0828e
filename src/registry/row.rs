//! One line of a status list: a person, a course and how the one stands with the other.

mod names;

use chrono::NaiveDate;

use super::dossier::{Dossier, RecordState, RosterState, WaiverState};
use super::person::{Presence, Profile};
use super::status::{Earned, Kind, Reckoning, Status, days_late};
use crate::clock::Timestamp;
use crate::id::CourseId;
pub use names::Names;

/// A person, a course and how the one stands with the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The person.
    pub dossier: &'a Dossier,
    /// The course.
    pub course: CourseId,
    /// How they stand.
    pub status: Status,
}

impl Row<'_> {
    /// The name on the roster; empty for somebody who stands on none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.dossier.roster.as_ref().map_or("", |roster| &roster.profile.name)
    }

    /// The completion that the status is about, if it is about one.
    #[must_use]
    pub fn earned(&self) -> Option<Earned> {
        match self.status {
            Status::Complete { earned } | Status::Expiring { earned } | Status::Expired { earned } => {
                Some(earned)
            }
            Status::InProgressUnknown { .. }
            | Status::NotStarted { .. }
            | Status::Overdue { .. }
            | Status::Failed { .. }
            | Status::Waived { .. } => None,
        }
    }

    /// The record that the status follows from, if it follows from one.
    #[must_use]
    pub fn record(&self) -> Option<&RecordState> {
        let digest = match (&self.status, self.earned()) {
            (_, Some(earned)) => earned.record,
            (Status::Failed { record, .. }, None) => *record,
            (_, None) => return None,
        };
        self.dossier.records.iter().find(|record| record.digest == digest)
    }

    /// The waiver, if the status is one.
    #[must_use]
    pub fn waiver(&self) -> Option<&WaiverState> {
        let Status::Waived { waiver, .. } = self.status else { return None };
        self.dossier.waivers.iter().find(|other| other.id == waiver)
    }

    /// For how many days the course is overdue.
    #[must_use]
    pub fn days_late(&self, at: Timestamp) -> Option<u64> {
        match self.status {
            Status::Overdue { due } => Some(days_late(due, at)),
            Status::Complete { .. }
            | Status::Expiring { .. }
            | Status::Expired { .. }
            | Status::InProgressUnknown { .. }
            | Status::NotStarted { .. }
            | Status::Failed { .. }
            | Status::Waived { .. } => None,
        }
    }
}

/// What somebody is to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Membership {
    /// At work: one of those who must be trained.
    Active,
    /// On leave.
    Away,
    /// On the roster, and their first day of work is still to come.
    ToCome,
    /// Not there any more.
    Gone,
    /// On no roster; a record came.
    Unlisted,
}

impl Membership {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Active, Self::Away, Self::ToCome, Self::Gone, Self::Unlisted];

    /// What this person is.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        dossier.roster.as_ref().map_or(Self::Unlisted, Self::from)
    }

    /// What somebody is whom a roster names. `said` is what it says of them whatever day it is, `presence` what they are on
    /// `day`.
    #[must_use]
    pub fn on(day: NaiveDate, said: Presence, presence: Presence, profile: &Profile) -> Self {
        match (presence, said) {
            (Presence::Active, _) => Self::Active,
            (Presence::Away, _) => Self::Away,
            (Presence::Gone, Presence::Gone) => Self::Gone,
            (Presence::Gone, Presence::Active | Presence::Away) => {
                let is_to_come = profile.hired.is_some_and(|first| first > day);
                if is_to_come { Self::ToCome } else { Self::Gone }
            }
        }
    }

    /// What somebody is on `day` by what a roster says of them.
    #[must_use]
    pub fn said(day: NaiveDate, said: Presence, profile: &Profile) -> Self {
        Self::on(day, said, said.on(day, profile), profile)
    }

    /// The words for it, the same wherever somebody is told of.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Active => "at work",
            Self::Away => "on leave",
            Self::ToCome => "to come",
            Self::Gone => "left",
            Self::Unlisted => "not on the roster",
        }
    }
}

impl From<&RosterState> for Membership {
    fn from(roster: &RosterState) -> Self {
        Self::on(roster.day, roster.said, roster.presence, &roster.profile)
    }
}

/// How many people stand beside a list of the rows of people at work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rowless {
    /// On leave.
    pub away: u64,
    /// On the roster, and their first day of work is still to come.
    pub to_come: u64,
    /// Not there any more.
    pub gone: u64,
    /// On no roster; a record came.
    pub unlisted: u64,
    /// At work, and asked for nothing.
    pub asked_nothing: u64,
}

impl Rowless {
    /// Counts one more, of whom the list has no row.
    pub fn add(&mut self, dossier: &Dossier) {
        match Membership::of(dossier) {
            Membership::Active => self.asked_nothing += 1,
            Membership::Away => self.away += 1,
            Membership::ToCome => self.to_come += 1,
            Membership::Gone => self.gone += 1,
            // Nothing is left of whoever was erased.
            Membership::Unlisted => self.unlisted += u64::from(!dossier.records.is_empty()),
        }
    }

    /// How many there are who are not at work, of each kind of which there are any.
    pub fn members(&self) -> impl Iterator<Item = (Membership, u64)> {
        let kinds = [
            (Membership::Away, self.away),
            (Membership::ToCome, self.to_come),
            (Membership::Gone, self.gone),
            (Membership::Unlisted, self.unlisted),
        ];
        kinds.into_iter().filter(|(_, number)| *number > 0)
    }

    /// How many there are of each kind of which there are any, and the words for it.
    pub fn each(&self) -> impl Iterator<Item = (u64, &'static str)> {
        let kinds = [
            (self.away, Membership::Away.words()),
            (self.to_come, Membership::ToCome.words()),
            (self.gone, Membership::Gone.words()),
            (self.unlisted, "with records and not on the roster"),
            (self.asked_nothing, "asked for nothing"),
        ];
        kinds.into_iter().filter(|(number, _)| *number > 0)
    }
}

/// Whose rows are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whose {
    /// Those of people at work.
    #[default]
    Active,
    /// Those of everybody who is known.
    Everybody,
}

/// Which rows are wanted. Of each kind any of those named; with none named, all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose.
    pub whose: Whose,
    /// These courses.
    pub courses: Vec<CourseId>,
    /// People of these departments.
    pub departments: Names,
    /// People with these roles.
    pub roles: Names,
    /// These statuses.
    pub kinds: Vec<Kind>,
}

impl Filter {
    /// Whether somebody's department and role are wanted.
    #[must_use]
    pub fn takes_group(&self, dossier: &Dossier) -> bool {
        let profile = dossier.roster.as_ref().map(|roster| &roster.profile);
        self.departments.take(profile.and_then(|profile| profile.department.as_deref()))
            && self.roles.take(profile.and_then(|profile| profile.role.as_deref()))
    }

    /// Whether a course is wanted.
    #[must_use]
    pub fn takes_course(&self, course: &CourseId) -> bool {
        self.courses.is_empty() || self.courses.contains(course)
    }

    /// The wanted rows of a person, in the order of courses.
    pub fn rows<'a>(&self, dossier: &'a Dossier, reckoning: &Reckoning<'_>) -> impl Iterator<Item = Row<'a>> {
        let member = match self.whose {
            Whose::Active => Membership::of(dossier) == Membership::Active,
            Whose::Everybody => true,
        };
        let standing = if member && self.takes_group(dossier) {
            reckoning.standing(dossier)
        } else {
            std::collections::BTreeMap::new()
        };
        standing
            .into_iter()
            .filter(|(course, status)| {
                self.takes_course(course) && (self.kinds.is_empty() || self.kinds.contains(&status.kind()))
            })
            .map(move |(course, status)| Row { dossier, course, status })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::samples;

    /// A joiner was told to be gone.
    #[test]
    fn somebody_whose_first_day_is_to_come_has_not_left() {
        use Presence::{Active, Away, Gone};
        fn check(said: Presence, hired: Option<&str>, leaves: Option<&str>, expected: [Membership; 3]) {
            let date = |text: &str| text.parse().expect("a date");
            let profile =
                Profile { hired: hired.map(date), leaves: leaves.map(date), ..Profile::named("Ada") };
            let on = ["2026-11-25", "2026-11-26", "2026-11-27"].map(|day| {
                let at = format!("{day}T12:00:00Z").parse().expect("a time");
                let roster = RosterState::at(at, profile.clone(), said, at);
                Membership::of(&Dossier { roster: Some(roster), ..samples::person("1", profile.clone()) })
            });
            assert_eq!(on, expected, "{said:?} {hired:?} {leaves:?}");
        }
        let [work, leave, to_come, left, _] = Membership::ALL;
        check(Active, None, None, [work; 3]);
        check(Active, Some("2026-11-26"), None, [to_come, work, work]);
        check(Away, Some("2026-11-27"), None, [to_come, to_come, leave]);
        check(Active, Some("2026-11-26"), Some("2026-11-26"), [to_come, work, left]);
        check(Gone, Some("2026-11-27"), None, [left; 3]);
    }
}
