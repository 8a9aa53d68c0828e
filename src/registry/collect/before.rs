//! Which attempts were before the first one of a record: what another record, of the run before, shows of them.
//!
//! The number of an attempt is part of its draw, so a record that begins with a later one than the first must not have chosen
//! it. Attempts of one's own accord are numbered over all runs, so an honest record goes on where the one before it ended. It
//! was begun after that one was signed, and names it, or a later one of another course that leads to it.

use super::super::change::Collected;
use super::super::dossier::{Dossier, RecordState};
use super::super::terms::{Level, Levels, Treatment};
use crate::digest::Digest;
use crate::record::Completion;
use crate::record::claims::CompletionClaims;
use crate::record::verdict::{AttemptsBefore, Outcome, Reading, Shown};

/// How many records are looked into for one: who sends thousands must not make everybody wait.
const MOST: usize = 16;

/// Whether there are attempts before the first one.
#[must_use]
pub fn are_missing(claims: &CompletionClaims) -> bool {
    claims.attempts.first().is_some_and(|first| first.number > 1)
}

/// The records that a device signed before one, the last one first: each names the one before it. `named_by` tells which one
/// another record names, if that is here.
///
/// # Errors
///
/// Those of `named_by`.
pub fn signed_before<E>(
    claims: &CompletionClaims,
    mut named_by: impl FnMut(&Digest) -> Result<Option<Digest>, E>,
) -> Result<Vec<Digest>, E> {
    let (mut chain, mut named) = (Vec::new(), claims.previous);
    while let Some(digest) = named.filter(|_| chain.len() < MOST) {
        chain.push(digest);
        named = named_by(&digest)?;
    }
    Ok(chain)
}

/// Which record a file names as the one that its device signed before.
#[must_use]
pub fn named_in(bytes: &[u8]) -> Option<Digest> {
    Reading::of(bytes).record()?.claims.previous
}

/// The records that may show them: those of the course that were signed before, that somebody passed and that count, the newest
/// first. What nobody could follow from attempt 1 on, and nobody looked at, shows nothing.
pub fn candidates<'a>(
    dossier: &'a Dossier,
    claims: &'a CompletionClaims,
    signed_before: &'a [Digest],
) -> impl Iterator<Item = Digest> + 'a {
    let shows = |record: &&RecordState| {
        signed_before.contains(&record.digest)
            && record.course == claims.course.course_id
            && record.passed
            && record.counts()
            && (is_followed(record.levels) || record.decision.is_some())
    };
    dossier.records.iter().rev().filter(shows).map(|record| record.digest)
}

/// Whether a record that is being received may show them.
#[must_use]
pub fn is_candidate(record: &Collected, claims: &CompletionClaims, signed_before: &[Digest]) -> bool {
    signed_before.contains(&record.digest)
        && record.person.as_str() == claims.person.number
        && record.course == claims.course.course_id
        && record.passed
        && record.treatment == Treatment::Accept
        && is_followed(record.levels)
}

fn is_followed(levels: Levels) -> bool {
    levels.at(Level::Grading) == Outcome::Pass
}

/// What this file shows of them, as it came: it must be signed with the same key, be of the same person, course and
/// assignment, end with the attempt before, and have been signed when that one began. That the other leads to it is for the
/// caller to know.
#[must_use]
pub fn shown(bytes: &[u8], claims: &CompletionClaims) -> Option<AttemptsBefore> {
    let reading = Reading::of(bytes);
    if reading.signature().outcome != Outcome::Pass {
        return None;
    }
    let Completion { claims: before, digest, created, .. } = reading.record()?;
    let assignment = |claims: &CompletionClaims| {
        claims.assignment.as_ref().map(|assignment| assignment.assignment_id.clone())
    };
    let is_of_the_same = before.id == claims.id
        && before.person.number == claims.person.number
        && before.course.course_id == claims.course.course_id
        && assignment(before) == assignment(claims);
    let (last, first) = (before.attempts.last()?, claims.attempts.first()?);
    let goes_on = last.number.checked_add(1) == Some(first.number)
        && last.finished_at <= first.started_at
        && *created <= first.started_at;
    (is_of_the_same && goes_on).then_some(AttemptsBefore {
        record: *digest,
        last: last.number,
        by: Shown::Counting,
    })
}
