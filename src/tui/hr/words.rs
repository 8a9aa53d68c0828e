//! Words and signs that several screens of a dashboard say alike.

use ratatui::style::Style;

use crate::clock::{Calendar, Timestamp};
use crate::phrase::Phrase;
use crate::quiz::mark::percent;
use crate::record::verdict::Outcome;
use crate::registry::Dossier;
use crate::registry::collect::Advice;
use crate::registry::listing::Listed;
use crate::registry::row::Membership;
use crate::registry::status::{Earned, Kind, Status};
use crate::registry::summary::ageing::days_late;
use crate::registry::terms::Treatment;
use crate::report::figures::grouped;
use crate::tui::theme::Theme;

/// A sign for a state, beside its word.
pub(crate) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Complete => "✓",
        Kind::Expiring => "!",
        // Not `…`, which looks like a word that was cut off.
        Kind::InProgressUnknown => "◐",
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

/// The day that matters of a row, by its name: `due 2026-08-30`, `until 2027-01-21`, `ended 2026-06-20`.
pub(super) fn date(listed: &Listed<'_>, calendar: Calendar) -> String {
    let (Some(kind), Some(at)) = (listed.kind(), listed.date()) else { return String::new() };
    let word = match kind {
        Kind::Complete | Kind::Expiring | Kind::Waived => "until",
        Kind::Expired => "ended",
        Kind::InProgressUnknown | Kind::NotStarted | Kind::Overdue | Kind::Failed => "due",
    };
    format!("{word} {}", calendar.day(at))
}

/// A sign for what somebody is who is not at work, where there is no room for the word.
pub(super) fn member_sign(member: Membership) -> &'static str {
    match member {
        Membership::Active => "",
        Membership::Away => "¦",
        Membership::ToCome => "»",
        Membership::Gone => "«",
        Membership::Unlisted => "?",
    }
}

/// Whether a page has keys by which to decide about what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deciding {
    /// It waits.
    Here,
    /// It was decided, or it can never count as it is.
    Nowhere,
}

/// What is to be done about a level that did not pass, by the keys of the page where it has one.
pub(super) fn advice(advice: Advice, deciding: Deciding) -> &'static str {
    match (advice, deciding) {
        (Advice::AddVersion, Deciding::Here) => {
            "a decides to accept it, x to refuse it; to have it checked, add the version of the course that was taken, in \
             a shell: countersign hr course add"
        }
        (Advice::AddVersion, Deciding::Nowhere) => {
            "to have it checked, add the version of the course that was taken, in a shell: countersign hr course add, then \
             collect again with --again"
        }
        (Advice::ApproveVersion, Deciding::Here | Deciding::Nowhere) => {
            "if the version should count, approve it, in a shell: countersign hr course approve, then collect again with \
             --again; else the course has to be assigned anew"
        }
        (Advice::LookAndDecide, Deciding::Here) => {
            "look at it, then accept it (a) or refuse it (x) with a reason"
        }
        (Advice::LookAndDecide, Deciding::Nowhere) => {
            "look at it; if it should count, ask the person to take the course again"
        }
        (Advice::AskThem, Deciding::Here) => {
            "ask the person whether the record is theirs, then accept it (a) or refuse it (x)"
        }
        (Advice::AskThem, Deciding::Nowhere) => "ask the person whether the record is theirs",
        (Advice::AskAboutKey, Deciding::Here) => {
            "ask the person whether the record is theirs, then accept it (a) or refuse it (x); if they have a new computer, \
             its key is accepted in a shell: countersign hr key accept"
        }
        (Advice::AskAboutKey, Deciding::Nowhere) => {
            "ask the person whether the record is theirs; if they have a new computer, its key is accepted in a shell: \
             countersign hr key accept"
        }
        (
            Advice::SendAgain | Advice::TalkToThem | Advice::Nothing | Advice::TakeAgain,
            Deciding::Here | Deciding::Nowhere,
        ) => advice.words(),
    }
}

/// Why somebody stands with a course as they do, in a sentence.
pub(crate) fn why(
    status: &Status,
    course: &str,
    dossier: &Dossier,
    at: Timestamp,
    calendar: Calendar,
) -> Phrase {
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
            let words = Phrase::new().own(format!("excepted until {}, approved by ", calendar.day(*until)));
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
            let left = earned.expires.seconds_since(at).div_ceil(86_400);
            let days = if left == 1 { "day" } else { "days" };
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
        Status::Waived { until, .. } => format!("excepted until {}", day(*until)),
    }
}
