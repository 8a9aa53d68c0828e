//! Who is asked to take a course, by a person or by a recurring rule, and what the request says.

pub mod layout;

use uuid::Uuid;

use super::change::{Audience, RuleSet, Trigger};
use super::dossier::{AssignmentState, Dossier, RecordState};
use super::person::{PersonNumber, Profile};
use super::row::Membership;
use super::status::Reckoning;
use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::progress::Person;
use crate::record::claims::{AssignmentClaims, CourseClaim};

/// What becomes of a person when a course is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// They are asked.
    Ask,
    /// They are not among those it is meant for.
    NotMeant,
    /// They are not with the organisation any more.
    Gone,
    /// Their first day of work is still to come.
    ToCome,
    /// They are on leave.
    Away,
    /// They are excepted from the course.
    Waived {
        /// When that ends.
        until: Timestamp,
    },
    /// They were asked before and have not answered yet.
    Open {
        /// The assignment.
        id: Uuid,
        /// Until when.
        due: Timestamp,
    },
}

/// What to do with somebody who was asked and has not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Leave them alone.
    No,
    /// Ask once more; the newest assignment holds.
    Yes,
}

/// What becomes of this person when the course is assigned to `audience` at `now`.
#[must_use]
pub fn choice(
    dossier: &Dossier,
    audience: &Audience,
    course: &CourseId,
    again: Again,
    now: Timestamp,
) -> Choice {
    let Some(roster) = dossier.roster.as_ref() else { return Choice::NotMeant };
    if !audience.includes(&dossier.number, &roster.profile) {
        return Choice::NotMeant;
    }
    match Membership::from(roster) {
        Membership::Gone | Membership::Unlisted => return Choice::Gone,
        Membership::ToCome => return Choice::ToCome,
        Membership::Away => return Choice::Away,
        Membership::Active => {}
    }
    let mut waivers = dossier.waivers.iter();
    if let Some(waiver) = waivers.find(|waiver| waiver.course == *course && waiver.holds(now)) {
        return Choice::Waived { until: waiver.until };
    }
    match (open(dossier, course), again) {
        (Some(open), Again::No) => Choice::Open { id: open.id, due: open.due },
        (Some(_), Again::Yes) | (None, _) => Choice::Ask,
    }
}

/// The last assignment of a course that no completion has answered yet.
#[must_use]
pub fn open<'a>(dossier: &'a Dossier, course: &CourseId) -> Option<&'a AssignmentState> {
    last(dossier, course).filter(|last| !completes(dossier, last))
}

/// Whether the last assignment of a course was answered by a completion.
#[must_use]
pub fn is_answered(dossier: &Dossier, course: &CourseId) -> bool {
    last(dossier, course).is_some_and(|last| completes(dossier, last))
}

/// The last assignment of the course for which the one of this identifier was made, when it asks for something else than
/// that one does: because that one had been answered, or for another version than this. Else it asks for the same once more,
/// as after a mail that was lost. Beside none that is cited any asks for something else.
#[must_use]
pub fn asked_anew<'a>(
    dossier: &'a Dossier,
    course: &CourseId,
    cited: Option<Uuid>,
    version: &Digest,
) -> Option<&'a AssignmentState> {
    let last = last(dossier, course)?;
    let Some(cited) = cited else { return Some(last) };
    let cited = dossier.assignments.iter().find(|assignment| assignment.id == cited && cited != last.id)?;
    let was_answered = completions(dossier, cited).any(|record| record.received_at <= last.at);
    (was_answered || last.version != *version).then_some(last)
}

fn last<'a>(dossier: &'a Dossier, course: &CourseId) -> Option<&'a AssignmentState> {
    dossier.assignments.iter().rev().find(|assignment| assignment.course == *course)
}

fn completes(dossier: &Dossier, asked: &AssignmentState) -> bool {
    completions(dossier, asked).next().is_some()
}

/// The completions that came after somebody was asked.
fn completions<'a>(
    dossier: &'a Dossier,
    asked: &'a AssignmentState,
) -> impl Iterator<Item = &'a RecordState> {
    dossier.records.iter().filter(|record| {
        record.course == asked.course && record.passed && record.counts() && record.received_at >= asked.at
    })
}

/// Whether this person has completed this very version, and that still counts at `due`.
#[must_use]
pub fn is_complete(dossier: &Dossier, version: &Digest, validity_days: u32, due: Timestamp) -> bool {
    dossier.records.iter().any(|record| {
        record.version == *version
            && record.passed
            && record.counts()
            && record.received_at.plus_days(validity_days) >= due
    })
}

/// Until when a recurring rule asks this person for its course, if it is time to say so and nobody has.
#[must_use]
pub fn asked(rule: &RuleSet, dossier: &Dossier, reckoning: &Reckoning<'_>) -> Option<Timestamp> {
    let now = reckoning.at;
    if choice(dossier, &rule.audience, &rule.course, Again::No, now) != Choice::Ask {
        return None;
    }
    let due = reckoning.asked_by(rule, dossier)?;
    let is_time = match rule.trigger {
        Trigger::Every { notice_days, .. } => now.plus_days(notice_days) >= due,
        Trigger::OnHire { .. } | Trigger::OnNewPolicy { .. } => true,
    };
    is_time.then_some(due)
}

/// What is the same for everybody who is asked in one go.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// What is to be learned.
    pub course: &'a Course,
    /// When it is asked.
    pub at: Timestamp,
    /// Why, if that was said.
    pub reason: Option<&'a str>,
    /// Where records are sent; what the course says when it was not said.
    pub deliver_to: Option<&'a str>,
}

impl Request<'_> {
    /// What one assignment says.
    #[must_use]
    pub fn claims(
        &self,
        number: &PersonNumber,
        profile: &Profile,
        due: Timestamp,
        nonce: [u8; 16],
    ) -> AssignmentClaims {
        let course = self.course;
        AssignmentClaims {
            course: CourseClaim {
                course_id: course.id.clone(),
                digest: course.digest,
                language: course.language.clone(),
                title: course.title.clone(),
                version: course.version.clone(),
            },
            deliver_to: self.deliver_to.unwrap_or(&course.deliver_to).to_owned(),
            due,
            issued_at: self.at,
            nonce: Uuid::from_bytes(nonce).simple().to_string(),
            person: Person {
                email: profile.email.clone(),
                name: profile.name.clone(),
                number: number.as_str().to_owned(),
            },
            reason: self.reason.map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests;
