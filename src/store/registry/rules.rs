//! What both stores ask of a change before they keep it.

use std::collections::BTreeSet;

use super::Refusal;
use crate::clock::Timestamp;
use crate::registry::Change;
use crate::registry::terms::Treatment;
use crate::store::StoreError;

/// How far a change may lie before the newest entry, in seconds. Two running copies, or a clock that is set right, are
/// minutes apart; more is a clock that is wrong.
const PATIENCE: u64 = 86_400;

/// Whether a change is possible at all, whatever the state of affairs.
pub(super) fn possible(change: &Change) -> Result<(), StoreError> {
    let fits = |number: u64| i64::try_from(number).is_ok();
    let (fine, what) = match change {
        Change::Roster(import) => (
            import.people.iter().map(|person| &person.number).collect::<BTreeSet<_>>().len()
                == import.people.len()
                && import.people.iter().all(|person| !person.profile.name.is_empty()),
            "a roster changes every person once, and everybody has a name",
        ),
        Change::Collected(record) => (
            record.treatment != Treatment::Quarantine && fits(record.earned) && fits(record.possible),
            "a record that is kept is accepted or put up for review, and its marks are below 2^63",
        ),
        Change::Opened(_)
        | Change::PutAside(_)
        | Change::CourseAdded(_)
        | Change::CourseJudged(_)
        | Change::TermsSet(_)
        | Change::RetentionSet(_)
        | Change::RuleSet(_)
        | Change::RuleEnded(_)
        | Change::Assigned(_)
        | Change::Decided(_)
        | Change::KeyAccepted(_)
        | Change::Waived(_)
        | Change::WaiverRevoked(_)
        | Change::Erased(_) => (true, ""),
    };
    if fine { Ok(()) } else { Err(StoreError::Impossible(what)) }
}

/// When a change is entered: what happened at `at` is entered at that time, and never before the `newest` entry, so
/// that the order of the log is the order in time.
///
/// # Errors
/// When it is more than a day before the newest entry: then the clock is wrong.
pub fn entered(at: Timestamp, newest: Option<Timestamp>) -> Result<Timestamp, Refusal> {
    match newest {
        Some(newest) if newest.seconds_since(at) > PATIENCE => Err(Refusal::ClockBehind { now: at, newest }),
        Some(newest) => Ok(at.max(newest)),
        None => Ok(at),
    }
}
