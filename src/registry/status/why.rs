//! Why somebody stands with a course as they do, in a sentence that every face says alike.

use super::super::dossier::Dossier;
use super::super::terms::Treatment;
use super::{Earned, Status, days_late};
use crate::clock::{Calendar, Timestamp};
use crate::phrase::{Phrase, counted, one_or_many};
use crate::quiz::mark::percent;

/// Why somebody stands with a course as they do at `at`.
#[must_use]
pub fn why(status: &Status, course: &str, dossier: &Dossier, at: Timestamp, calendar: Calendar) -> Phrase {
    let waiver = match status {
        Status::Waived { waiver, until } => {
            let found = dossier.waivers.iter().find(|other| other.id == *waiver);
            found.map(|found| (until, found))
        }
        Status::Complete { .. }
        | Status::Expiring { .. }
        | Status::Expired { .. }
        | Status::InProgressUnknown { .. }
        | Status::NotStarted { .. }
        | Status::Overdue { .. }
        | Status::Failed { .. } => None,
    };
    match waiver {
        Some((until, found)) => {
            let words =
                Phrase::new().own(format!("excepted until {}, approved by ", calendar.last_day(*until)));
            words.value(&found.approver).own(": ").value(&found.reason)
        }
        None => Phrase::new().own(why_in_words(status, course, dossier, at, calendar)),
    }
}

fn why_in_words(
    status: &Status,
    course: &str,
    dossier: &Dossier,
    at: Timestamp,
    calendar: Calendar,
) -> String {
    let day = |moment| calendar.day(moment);
    let last_day = |moment| calendar.last_day(moment);
    let received =
        |earned: &Earned| format!("record {} was received on {}", earned.record.short(), day(earned.at));
    let asked = dossier.assignments.iter().rev().find(|assignment| assignment.course.as_str() == course);
    let asked = asked.map(|assignment| format!("assigned on {}", day(assignment.at)));
    let waits = dossier.records.iter().any(|record| {
        record.course.as_str() == course && record.decision.is_none() && record.treatment == Treatment::Review
    });
    let nothing = if waits { "a record waits for a decision" } else { "nothing that counts has come back" };
    match status {
        Status::Complete { earned } => {
            format!("{}; valid until {}", received(earned), day(earned.expires))
        }
        Status::Expiring { earned } => {
            let left = earned.expires.days_begun_since(at);
            let days = one_or_many(left, "day", "days");
            format!("{}; valid for {left} more {days}, until {}", received(earned), day(earned.expires))
        }
        Status::Expired { earned } => {
            format!(
                "{}; it was valid until {}, and nothing was asked since",
                received(earned),
                day(earned.expires)
            )
        }
        Status::InProgressUnknown { due } => {
            let asked = asked.unwrap_or_else(|| "assigned".to_owned());
            format!("{asked}, due on {}; {nothing}", last_day(*due))
        }
        Status::NotStarted { due } => {
            format!("a rule asks for it until {}, and nobody has assigned it yet", last_day(*due))
        }
        Status::Overdue { due } => {
            let asked = asked.unwrap_or_else(|| "a rule asks for it".to_owned());
            let days = counted(days_late(*due, at), "day", "days");
            format!("{asked}, was due on {}, {days} ago; {nothing}", last_day(*due))
        }
        Status::Failed { record, due } => {
            let result = dossier.records.iter().find(|other| other.digest == *record);
            let result = result.map(|record| format!(" ({} %)", percent(record.earned, record.possible)));
            let due = due.map(|due| format!("; due on {}", last_day(due))).unwrap_or_default();
            let result = result.unwrap_or_default();
            format!("record {} did not reach the pass mark{result}{due}", record.short())
        }
        Status::Waived { until, .. } => format!("excepted until {}", last_day(*until)),
    }
}
