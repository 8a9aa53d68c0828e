//! Which attempts were before the first one of a record: what another record, of the run before, shows of them.
//!
//! The number of an attempt is part of its draw, so a record that begins with a later one than the first must not have chosen
//! it. Attempts of one's own accord are numbered over all runs, so an honest record goes on where the one before it ended.

use super::super::change::Collected;
use super::super::dossier::{Dossier, RecordState};
use super::super::terms::{Level, Levels, Treatment};
use crate::digest::Digest;
use crate::record::Completion;
use crate::record::claims::CompletionClaims;
use crate::record::verdict::{AttemptsBefore, Outcome, Reading, Shown};

/// How many records of somebody are looked into: who sends thousands must not make everybody wait.
const MOST: usize = 16;

/// Whether there are attempts before the first one.
#[must_use]
pub fn are_missing(claims: &CompletionClaims) -> bool {
    claims.attempts.first().is_some_and(|first| first.number > 1)
}

/// The records that may show them: those of the course that somebody passed and that count, the newest first. What nobody
/// could follow from attempt 1 on, and nobody looked at, shows nothing.
pub fn candidates<'a>(
    dossier: &'a Dossier,
    claims: &'a CompletionClaims,
) -> impl Iterator<Item = Digest> + 'a {
    let shows = |record: &&RecordState| {
        record.course == claims.course.course_id
            && record.passed
            && record.counts()
            && (is_followed(record.levels) || record.decision.is_some())
    };
    dossier.records.iter().rev().filter(shows).map(|record| record.digest).take(MOST)
}

/// Whether a record that is being received may show them.
#[must_use]
pub fn is_candidate(record: &Collected, claims: &CompletionClaims) -> bool {
    record.person.as_str() == claims.person.number
        && record.course == claims.course.course_id
        && record.passed
        && record.treatment == Treatment::Accept
        && is_followed(record.levels)
}

fn is_followed(levels: Levels) -> bool {
    levels.at(Level::Grading) == Outcome::Pass
}

/// What this file shows of them, as it came: it must be signed with the same key, be of the same person, course and
/// assignment, and end with the attempt before.
#[must_use]
pub fn shown(bytes: &[u8], claims: &CompletionClaims) -> Option<AttemptsBefore> {
    let reading = Reading::of(bytes);
    if reading.signature().outcome != Outcome::Pass {
        return None;
    }
    let Completion { claims: before, digest, .. } = reading.record()?;
    let assignment = |claims: &CompletionClaims| {
        claims.assignment.as_ref().map(|assignment| assignment.assignment_id.clone())
    };
    let is_of_the_same = before.id == claims.id
        && before.person.number == claims.person.number
        && before.course.course_id == claims.course.course_id
        && assignment(before) == assignment(claims);
    let (last, first) = (before.attempts.last()?.number, claims.attempts.first()?.number);
    (is_of_the_same && last.checked_add(1) == Some(first)).then_some(AttemptsBefore {
        record: *digest,
        last,
        by: Shown::Counting,
    })
}
