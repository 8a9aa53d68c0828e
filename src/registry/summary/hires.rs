//! Whether new hires took in time what they were first asked for.

use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::registry::Dossier;
use crate::registry::change::Trigger;
use crate::registry::status::{Kind, Reckoning, concerns, due_on_hire};

/// What became of the first date of each new hire for each course. One person counts once for each course.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hires {
    /// The first completion was received by the first date.
    pub in_time: u64,
    /// It was received later.
    pub late: u64,
    /// There is none, and the date has not come.
    pub open: u64,
    /// There is none, and the date has passed.
    pub overdue: u64,
    /// There is none, and they are excepted.
    pub waived: u64,
}

impl Hires {
    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.in_time + self.late + self.open + self.overdue + self.waived
    }

    /// Counts what a new hire did about a course; nothing when nothing was ever due.
    pub(super) fn add(
        &mut self,
        reckoning: &Reckoning<'_>,
        dossier: &Dossier,
        course: &CourseId,
        kind: Kind,
    ) {
        let Some(due) = first_due(reckoning, dossier, course) else { return };
        let mut records = dossier.records.iter();
        let first = records.find(|record| {
            record.course == *course && record.passed && record.counts() && record.received_at <= reckoning.at
        });
        let place = match first {
            Some(record) if record.received_at <= due => &mut self.in_time,
            Some(_) => &mut self.late,
            None if kind == Kind::Waived => &mut self.waived,
            None if due < reckoning.at => &mut self.overdue,
            None => &mut self.open,
        };
        *place += 1;
    }

    pub(super) fn add_all(&mut self, other: &Self) {
        self.in_time += other.in_time;
        self.late += other.late;
        self.open += other.open;
        self.overdue += other.overdue;
        self.waived += other.waived;
    }
}

/// The first date that a person was ever given for a course. A later assignment does not move it.
fn first_due(reckoning: &Reckoning<'_>, dossier: &Dossier, course: &CourseId) -> Option<Timestamp> {
    let assigned = dossier
        .assignments
        .iter()
        .filter(|assignment| assignment.course == *course && assignment.at <= reckoning.at)
        .map(|assignment| assignment.due);
    let roster = dossier.roster.as_ref()?;
    let ruled = reckoning.rules.iter().filter(|rule| rule.course == *course && concerns(rule, dossier));
    let ruled = ruled.filter_map(|rule| match rule.trigger {
        Trigger::OnHire { within_days } => due_on_hire(rule, within_days, roster),
        Trigger::Every { .. } | Trigger::OnNewPolicy { .. } => None,
    });
    assigned.chain(ruled).min()
}
