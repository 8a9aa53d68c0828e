//! Time: does what the device's clock said agree with itself, and lie between assignment and receipt?

use std::fmt;

use super::super::Assignment;
use super::super::claims::{
    AcknowledgementClaim, AssignmentClaims, AttemptClaim, CompletionClaims, LessonClaim,
};
use super::{Cause, Finding, Outlived, Reasons, Verifier};
use crate::clock::Timestamp;

/// How far two good clocks may be apart, in seconds. Record, assignment and receipt come from different computers.
const SKEW: u64 = 300;

/// How much counted time may exceed the time on the clock, in seconds: both are rounded, and a clock may be set.
const ROUNDING: u64 = 60;

/// What is said of a record whose time nothing fixes from before.
const UNPINNED: &str = "device clock only: no assignment shows when it can have begun";

pub(super) fn finding(claims: &CompletionClaims, created: Option<Timestamp>, verifier: &Verifier) -> Finding {
    let mut reasons = Reasons::default();
    let before = reasons_inside(claims, created, &mut reasons);
    check_between(claims, created, before, verifier, &mut reasons);
    reasons.finding()
}

/// Something that happened, by the record.
#[derive(Clone, Copy)]
enum Event<'a> {
    Opened(&'a LessonClaim),
    Finished(&'a LessonClaim),
    Started(&'a AttemptClaim),
    Submitted(&'a AttemptClaim),
    Acknowledged(&'a AcknowledgementClaim),
}

impl Event<'_> {
    fn at(self) -> Timestamp {
        match self {
            Self::Opened(lesson) => lesson.first_opened_at,
            Self::Finished(lesson) => lesson.finished_at,
            Self::Started(attempt) => attempt.started_at,
            Self::Submitted(attempt) => attempt.finished_at,
            Self::Acknowledged(acknowledgement) => acknowledgement.at,
        }
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened(lesson) => write!(f, "lesson {} was opened", lesson.lesson),
            Self::Finished(lesson) => write!(f, "lesson {} was finished", lesson.lesson),
            Self::Started(attempt) => write!(f, "attempt {} was started", attempt.number),
            Self::Submitted(attempt) => write!(f, "attempt {} was submitted", attempt.number),
            Self::Acknowledged(_) => f.write_str("the policy was acknowledged"),
        }
    }
}

/// Everything that the record gives a time.
fn events(claims: &CompletionClaims) -> impl Iterator<Item = Event<'_>> {
    let lessons = claims.lessons.iter().flat_map(|lesson| [Event::Opened(lesson), Event::Finished(lesson)]);
    let attempts = claims.attempts.iter().flat_map(|one| [Event::Started(one), Event::Submitted(one)]);
    lessons.chain(attempts).chain(claims.acknowledgement.iter().map(Event::Acknowledged))
}

/// Checks the record against itself; gives the earliest moment in it.
fn reasons_inside(
    claims: &CompletionClaims,
    created: Option<Timestamp>,
    reasons: &mut Reasons,
) -> Option<Timestamp> {
    for lesson in &claims.lessons {
        let what = format_args!("lesson {}", lesson.lesson);
        ordered(what, lesson.first_opened_at, lesson.finished_at, reasons);
        // A lesson can be read again after its end was reached, so the record's own time is the limit.
        let end = created.unwrap_or(lesson.finished_at).max(lesson.finished_at);
        fits(what, lesson.active_seconds, end.seconds_since(lesson.first_opened_at), reasons);
    }
    let mut previous: Option<&AttemptClaim> = None;
    for attempt in &claims.attempts {
        let what = format_args!("attempt {}", attempt.number);
        ordered(what, attempt.started_at, attempt.finished_at, reasons);
        let elapsed = attempt.finished_at.seconds_since(attempt.started_at);
        fits(what, attempt.active_seconds, elapsed, reasons);
        let on_questions = attempt.responses.iter().fold(0_u64, |sum, one| sum.saturating_add(one.seconds));
        fits(format_args!("{what}, its questions"), on_questions, elapsed, reasons);
        if let Some(previous) = previous
            && attempt.started_at < previous.finished_at
        {
            reasons.fail(format!("{what} began before attempt {} was submitted", previous.number));
        }
        previous = Some(attempt);
    }
    check_around_last_attempt(claims, reasons);
    if let Some(created) = created {
        for event in events(claims).filter(|event| event.at() > created) {
            let at = event.at();
            reasons.fail(format!("{event} at {at}, after the record was signed at {created}"));
        }
    }
    events(claims).map(Event::at).chain(created).min()
}

/// What the program lets happen only before the last attempt begins, or after it was submitted.
///
/// Before earlier attempts there is no such order: after a failed one, a new version of the course may come, and what
/// changed in it is read anew before the next attempt. `finishedAt` is when the end of a text was reached for the first
/// time, so reading again after an attempt does not change it.
fn check_around_last_attempt(claims: &CompletionClaims, reasons: &mut Reasons) {
    let Some(last) = claims.attempts.last() else {
        return;
    };
    for lesson in &claims.lessons {
        if lesson.finished_at > last.started_at {
            reasons.fail(format!(
                "lesson {} was finished at {}, after the last attempt began at {}",
                lesson.lesson, lesson.finished_at, last.started_at
            ));
        }
    }
    if let Some(acknowledgement) = &claims.acknowledgement
        && acknowledgement.at < last.finished_at
    {
        reasons.fail(format!(
            "the policy was acknowledged at {}, before the last attempt was submitted at {}",
            acknowledgement.at, last.finished_at
        ));
    }
}

fn check_between(
    claims: &CompletionClaims,
    created: Option<Timestamp>,
    earliest: Option<Timestamp>,
    verifier: &Verifier,
    reasons: &mut Reasons,
) {
    let Some(created) = created else {
        reasons.doubt("the record does not say when it was signed");
        return;
    };
    // An assignment that nobody here trusts pins no time.
    let assignment = verifier
        .assignment(claims)
        .filter(|assignment| verifier.trusted_assigners.contains(&assignment.issuer));
    check_age(claims, created, assignment, verifier, reasons);
    match assignment {
        Some(assignment) => {
            let issued = assignment.claims.issued_at;
            let earliest = earliest.unwrap_or(created);
            if issued.seconds_since(earliest) > SKEW {
                let words = format!("begun at {earliest}, before the assignment was issued at {issued}");
                reasons.fail_for(Cause::BeforeAssignment, words);
            } else {
                reasons.pass(format!("not before the assignment was issued at {issued}"));
            }
            if created > assignment.claims.due {
                reasons.pass(format!("after the due date {}", assignment.claims.due));
            }
        }
        None if verifier.course(&claims.course.digest).is_some() => reasons.doubt(UNPINNED),
        None => reasons.doubt_for(Cause::PerhapsOutlived, UNPINNED),
    }
    match verifier.received_at {
        Some(received) if created.seconds_since(received) > SKEW => {
            let words = format!("signed at {created}, after it was received at {received}");
            reasons.fail_for(Cause::AfterReceipt, words);
        }
        Some(received) => reasons.pass(format!("not after it was received at {received}")),
        None => reasons.doubt("device clock only: no receipt shows when it existed"),
    }
    reasons.pass("its times agree with each other");
}

/// Whether it may be an old one, used again: kept until a completion on the day it was signed would have been over, or until
/// its person was asked anew.
fn check_age(
    claims: &CompletionClaims,
    created: Timestamp,
    assignment: Option<&Assignment>,
    verifier: &Verifier,
    reasons: &mut Reasons,
) {
    // A version that is not here says nothing; the one that was assigned is as good a measure of what was done instead of it.
    let assigned = || verifier.course(&assignment?.claims.course.digest);
    let version = verifier.course(&claims.course.digest).or_else(assigned);
    let days = version.map(|version| version.course.validity_days);
    let outlived = days.zip(verifier.received_at).and_then(|(days, at)| Outlived::of(created, at, days));
    if let Some(outlived) = outlived {
        reasons.doubt_for(Cause::Outlived, outlived.doubt());
    }
    if let Some(anew) = &verifier.asked_anew
        && verifier.received_at.is_some_and(|received| anew.claims.issued_at <= received)
    {
        let AssignmentClaims { issued_at, course, .. } = &anew.claims;
        let cited = verifier.assignment(claims).map(|cited| cited.claims.issued_at);
        let asked = format!("its person was asked anew at {issued_at}, for version {}", course.version);
        if created < *issued_at {
            let answers =
                if cited.is_some() { "an earlier assignment" } else { "no assignment that is here" };
            let words = format!("signed at {created}, before {asked}: it answers {answers}");
            reasons.doubt_for(Cause::AskedAnew, words);
        } else if claims.course.digest != course.digest && cited.is_some_and(|cited| cited < *issued_at) {
            let words = format!(
                "of version {}, and {asked}: it answers an earlier assignment",
                claims.course.version
            );
            reasons.doubt_for(Cause::AskedAnew, words);
        }
    }
}

fn ordered(what: fmt::Arguments<'_>, start: Timestamp, end: Timestamp, reasons: &mut Reasons) {
    if end < start {
        reasons.fail(format!("{what} ended at {end}, before it began at {start}"));
    }
}

fn fits(what: fmt::Arguments<'_>, counted: u64, elapsed: u64, reasons: &mut Reasons) {
    if counted > elapsed.saturating_add(ROUNDING) {
        reasons.fail(format!("{what} took {counted} s, but only {elapsed} s went by"));
    }
}
