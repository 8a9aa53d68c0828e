//! Which changes are possible, and which ones another running copy has excluded.

use std::collections::BTreeSet;

use super::{Conflict, StoreError};
use crate::progress::{Change, ModulePart, Person, Progress, Run};

/// Whether `change` is possible at all, whatever the state of affairs. The tables say the same as constraints.
pub(super) fn possible(change: &Change) -> Result<(), StoreError> {
    let fits = |number: u64| i64::try_from(number).is_ok();
    let fits_usize = |number: usize| i64::try_from(number).is_ok();
    let (fine, what) = match change {
        Change::RunStarted(run) | Change::RunReplaced { known: _, run } => {
            (run.number >= 1, "runs are counted from 1")
        }
        Change::LessonRead { lesson, reading } => (
            !lesson.is_empty()
                && fits_usize(reading.place)
                && fits_usize(reading.farthest)
                && fits(reading.active_seconds),
            "a lesson has a path, and its numbers are below 2^63",
        ),
        Change::Visited(ModulePart::Lesson(lesson)) => (!lesson.is_empty(), "a lesson has a path"),
        Change::CheckStarted { round, open, .. } => (
            *round >= 1 && open.iter().collect::<BTreeSet<_>>().len() == open.len(),
            "rounds are counted from 1 and ask every question once",
        ),
        Change::Visited(ModulePart::Check(_)) | Change::CheckDrafted { .. } => (true, ""),
        Change::CheckAnswered { answer, .. } => (
            answer.round >= 1 && answer.earned <= answer.possible,
            "an answer earns at most what is possible",
        ),
        Change::AttemptStarted(attempt) => (
            attempt.number >= 1
                && attempt.run >= 1
                && fits_usize(attempt.current)
                && fits(attempt.active_seconds)
                && fits(attempt.edits)
                && attempt.answers.values().all(|answer| fits(answer.seconds))
                && attempt.submitted.is_none_or(|end| end.earned <= end.possible && fits(end.possible)),
            "attempts are counted from 1, and their numbers are below 2^63",
        ),
        Change::AttemptAnswered { edits, answer, .. } => {
            (fits(*edits) && fits(answer.seconds), "edits and seconds are below 2^63")
        }
        Change::AttemptMoved { edits, current, active_seconds, .. } => (
            fits(*edits) && fits_usize(*current) && fits(*active_seconds),
            "edits and seconds are below 2^63",
        ),
        Change::AttemptSubmitted { edits, submitted, .. } => (
            fits(*edits) && submitted.earned <= submitted.possible && fits(submitted.possible),
            "an attempt earns at most what is possible",
        ),
        Change::Acknowledged(acknowledgement) => {
            (!acknowledgement.statement.is_empty(), "what is agreed to is not empty")
        }
        Change::Completed(completion) => {
            (!completion.record.is_empty() && !completion.file_name.is_empty(), "a record is not empty")
        }
        Change::Bookmarked(bookmark) | Change::BookmarkRemoved(bookmark) => (
            !bookmark.lesson.is_empty() && fits_usize(bookmark.place),
            "a bookmark is in a lesson, and its place is below 2^63",
        ),
    };
    if fine { Ok(()) } else { Err(StoreError::Impossible(what)) }
}

/// Whether a learner can be called so, and has a key.
pub(super) fn possible_learner(person: &Person, did: &str) -> Result<(), StoreError> {
    if person.number.is_empty() || person.name.is_empty() || did.is_empty() {
        return Err(StoreError::Impossible("a learner has a number, a name and a key"));
    }
    Ok(())
}

/// Whether `change` can follow on `progress`; if not, another copy has been at work. The database asks the same
/// questions of its tables, and a property test holds the two together.
pub(super) fn follows(progress: &Progress, change: &Change) -> Result<(), Conflict> {
    let run = progress.run().map_or(0, |run| run.number);
    let in_a_run = if run == 0 { Err(Conflict::Run) } else { Ok(()) };
    let is_next = |next: &Run| expect(Some(next.number) == run.checked_add(1), Conflict::Run);
    match change {
        Change::RunStarted(next) => is_next(next),
        Change::RunReplaced { known, run: next } => {
            expect(*progress == **known, Conflict::GoneOn)?;
            is_next(next)
        }
        Change::LessonRead { .. }
        | Change::Visited(_)
        | Change::Acknowledged(_)
        | Change::Bookmarked(_)
        | Change::BookmarkRemoved(_) => in_a_run,
        Change::CheckStarted { quiz, round, .. } => {
            in_a_run?;
            let before = progress.checks.get(quiz).map_or(0, |check| check.round);
            expect(Some(*round) == before.checked_add(1), Conflict::Check)
        }
        Change::CheckDrafted { quiz, question, .. } => {
            in_a_run?;
            let open = progress.checks.get(quiz).is_some_and(|check| check.open.contains(question));
            expect(open, Conflict::Check)
        }
        Change::CheckAnswered { quiz, question, answer } => {
            in_a_run?;
            let check = progress.checks.get(quiz);
            let open =
                check.is_some_and(|check| check.round == answer.round && check.open.contains(question));
            expect(open, Conflict::Check)
        }
        Change::AttemptStarted(attempt) => {
            expect(attempt.run == run, Conflict::Run)?;
            let last = progress.attempts.last().map_or(0, |last| last.number);
            let mut present = progress.attempts.iter().filter(|other| other.run == run);
            let under_way = present.any(|other| other.submitted.is_none());
            expect(Some(attempt.number) == last.checked_add(1) && !under_way, Conflict::AttemptStarted)
        }
        Change::AttemptAnswered { number, edits, .. }
        | Change::AttemptMoved { number, edits, .. }
        | Change::AttemptSubmitted { number, edits, .. } => {
            let attempt = progress.attempts.iter().find(|attempt| attempt.number == *number);
            let under_way = attempt.filter(|attempt| attempt.submitted.is_none());
            let attempt = under_way.ok_or(Conflict::AttemptSubmitted)?;
            expect(attempt.edits == *edits, Conflict::AttemptChanged)
        }
        Change::Completed(completion) => {
            expect(completion.run == run, Conflict::Run)?;
            in_a_run?;
            let done = progress.completions.iter().any(|other| other.run == run);
            expect(!done, Conflict::Completed)
        }
    }
}

fn expect(fine: bool, otherwise: Conflict) -> Result<(), Conflict> {
    if fine { Ok(()) } else { Err(otherwise) }
}
