//! Words and signs that several screens of a dashboard say alike.

use ratatui::style::Style;

use crate::clock::Calendar;
use crate::record::verdict::Outcome;
use crate::registry::collect::Advice;
use crate::registry::listing::Listed;
use crate::registry::row::Membership;
use crate::registry::status::Kind;
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
    format!("{word} {}", kind.day(at, calendar))
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
            "if it is a version that should count, approve it, in a shell: countersign hr course approve, then collect again \
             with --again; if it is one that is here with other content, somebody has edited the course: ask the person \
             where it is from; else the course has to be assigned anew"
        }
        (Advice::LookAndDecide, Deciding::Here) => {
            "look at it, then accept it (a) or refuse it (x) with a reason"
        }
        (Advice::LookAndDecide, Deciding::Nowhere) => {
            "look at it; if it should count, ask the person to take the course again"
        }
        (Advice::AskAboutAttempts, Deciding::Here) => {
            "no record of theirs that counts here ends with the attempt before its first one; where one that waits does, decide \
             about that one first; else ask the person, then accept it (a) or refuse it (x)"
        }
        (Advice::AskAboutAttempts, Deciding::Nowhere) => {
            "the attempts before it are not in this record; ask the person about them, or look in their earlier records"
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
        (Advice::AskWhyNow, Deciding::Here) => {
            "ask the person whether the record is theirs and why it comes only now; then refuse it (x) and have the course \
             taken again, in a shell: countersign hr assign --again; or accept it (a), and it counts from the day it was \
             received, as a new one does"
        }
        (Advice::AskWhyNow, Deciding::Nowhere) => {
            "ask the person why it came so late; to have the course taken again, in a shell: countersign hr assign --again"
        }
        (Advice::TakeAnew, Deciding::Here) => {
            "ask the person to take the course with the newest assignment that they have, and refuse this record (x); or accept \
             it (a), and it answers that assignment, too, and counts from the day it was received"
        }
        (Advice::TakeAnew, Deciding::Nowhere) => {
            "ask the person to take the course with the newest assignment that they have"
        }
        (
            Advice::SendAgain
            | Advice::CorrectNumber
            | Advice::TalkToThem
            | Advice::Nothing
            | Advice::TakeAgain
            | Advice::SetClock
            | Advice::TakeAgainByOneClock,
            Deciding::Here | Deciding::Nowhere,
        ) => advice.words(),
    }
}
