//! Words and signs that several screens of a dashboard say alike.

use ratatui::style::Style;

use crate::clock::{Calendar, Timestamp};
use crate::quiz::mark::percent;
use crate::record::verdict::Outcome;
use crate::registry::Dossier;
use crate::registry::status::{Earned, Kind, Status};
use crate::registry::summary::ageing::days_late;
use crate::registry::terms::Treatment;
use crate::report::figures::grouped;
use crate::tui::theme::Theme;

/// A sign for a state, beside its word.
pub(super) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Complete => "✓",
        Kind::Expiring => "!",
        Kind::InProgressUnknown => "…",
        Kind::NotStarted => "○",
        Kind::Overdue | Kind::Failed => "✗",
        Kind::Expired => "–",
        Kind::Waived => "~",
    }
}

/// The word for a state where the room is short.
pub(super) fn short(kind: Kind) -> &'static str {
    match kind {
        // Whether they have begun is not known.
        Kind::InProgressUnknown => "in progress?",
        Kind::Complete
        | Kind::Expiring
        | Kind::NotStarted
        | Kind::Overdue
        | Kind::Failed
        | Kind::Expired
        | Kind::Waived => kind.words(),
    }
}

/// How a state looks.
pub(super) fn style(kind: Kind, theme: Theme) -> Style {
    match kind {
        Kind::Complete => theme.good(),
        Kind::Expiring | Kind::Expired => theme.caution(),
        Kind::Overdue | Kind::Failed => theme.bad(),
        Kind::InProgressUnknown | Kind::NotStarted => theme.text(),
        Kind::Waived => theme.accent(),
    }
}

/// A sign for what came of a level, beside its word.
pub(super) fn outcome_sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✓",
        Outcome::Fail => "✗",
        Outcome::Unknown => "?",
    }
}

/// How an outcome looks.
pub(super) fn outcome_style(outcome: Outcome, theme: Theme) -> Style {
    match outcome {
        Outcome::Pass => theme.good(),
        Outcome::Fail => theme.bad(),
        Outcome::Unknown => theme.caution(),
    }
}

/// Why somebody stands with a course as they do, in a sentence.
pub(super) fn why(
    status: &Status,
    course: &str,
    dossier: &Dossier,
    at: Timestamp,
    calendar: Calendar,
) -> String {
    let day = |moment| calendar.day(moment);
    let received =
        |earned: &Earned| format!("record {} was received on {}", earned.record.short(), day(earned.at));
    let asked = dossier.assignments.iter().rev().find(|assignment| assignment.course.as_str() == course);
    let asked = asked.map(|assignment| format!("asked on {}", day(assignment.at)));
    let waits = dossier.records.iter().any(|record| {
        record.course.as_str() == course && record.decision.is_none() && record.treatment == Treatment::Review
    });
    let nothing = if waits { "a record waits for a decision" } else { "nothing that counts has come back" };
    match status {
        Status::Complete { earned } => {
            format!("{}; it counts until {}", received(earned), day(earned.expires))
        }
        Status::Expiring { earned } => {
            let left = earned.expires.seconds_since(at).div_ceil(86_400);
            format!("{}; it counts for {} more days, until {}", received(earned), left, day(earned.expires))
        }
        Status::Expired { earned } => {
            format!(
                "{}; it counted until {}, and nothing was asked since",
                received(earned),
                day(earned.expires)
            )
        }
        Status::InProgressUnknown { due } => {
            let asked = asked.unwrap_or_else(|| "asked".to_owned());
            format!("{asked}, due on {}; {nothing}", day(*due))
        }
        Status::NotStarted { due } => {
            format!("a rule asks for it until {}, and nobody has assigned it yet", day(*due))
        }
        Status::Overdue { due } => {
            let asked = asked.unwrap_or_else(|| "a rule asks for it".to_owned());
            let days = days_late(*due, at);
            let days = format!("{} {}", grouped(days), if days == 1 { "day" } else { "days" });
            format!("{asked}, was due on {}, {days} ago; {nothing}", day(*due))
        }
        Status::Failed { record, due } => {
            let result = dossier.records.iter().find(|other| other.digest == *record);
            let result = result.map(|record| format!(" ({} %)", percent(record.earned, record.possible)));
            let due = due.map(|due| format!("; due on {}", day(due))).unwrap_or_default();
            let result = result.unwrap_or_default();
            format!("record {} did not reach the pass mark{result}{due}", record.short())
        }
        Status::Waived { waiver, until } => {
            let found = dossier.waivers.iter().find(|other| other.id == *waiver);
            let words = found.map(|found| format!(", approved by {}: {}", found.approver, found.reason));
            format!("excepted until {}{}", day(*until), words.unwrap_or_default())
        }
    }
}
