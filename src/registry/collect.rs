//! What becomes of a file that came in: a record that is stored and logged, or a file that is put aside.
//!
//! Nothing is looked up here. [`Needs`] says what the registry must be asked for before a file can be judged, [`Known`]
//! is its answer, and [`fate`] follows from both, the terms and the time of receipt.

mod advice;
pub mod before;

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use super::change::{Collected, CourseState, PutAside};
use super::person::PersonNumber;
use super::terms::{Level, Levels, Terms, Treatment};
use crate::clock::Timestamp;
use crate::course::Course;
use crate::digest::Digest;
use crate::record::claims::CompletionClaims;
use crate::record::envelope::uuid_of;
use crate::record::verdict::{
    Approval, AttemptsBefore, Cause, CourseVersion, Finding, Gathered, Outcome, PinnedKey, Reading, Verdict,
    Verifier,
};
use crate::record::{Assignment, Completion};

#[cfg(test)]
mod tests;

pub use advice::{Advice, advice};

/// The most that is kept of what was said at a level. A hostile file can be wrong in many places and at length, and all
/// of it can be derived again from the file.
const MOST_REASONS: usize = 4;
/// The most characters of a reason that are kept.
const LONGEST_REASON: usize = 400;

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The name that it came under.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// The digest of the bytes.
    pub digest: Digest,
    /// When, by HR's clock.
    pub at: Timestamp,
}

/// What must be looked up before a file can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs<'a> {
    /// The versions that it says were taken.
    pub versions: BTreeSet<Digest>,
    /// The claims, which name the course, the person and the assignment.
    pub claims: &'a CompletionClaims,
    /// The assignment that it says it answers.
    pub assignment: Option<Uuid>,
}

impl<'a> Needs<'a> {
    /// What these claims ask for.
    #[must_use]
    pub fn of(claims: &'a CompletionClaims) -> Self {
        let attempts = claims.attempts.iter().filter_map(|attempt| attempt.course_digest);
        Self {
            versions: attempts.chain([claims.course.digest]).collect(),
            claims,
            assignment: claims.assignment.as_ref().and_then(|claimed| uuid_of(&claimed.assignment_id)),
        }
    }
}

/// What the registry knows of what a file claims.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The versions that are needed, as far as they are here; all versions of the course when the one that the record
    /// names is not.
    pub versions: Vec<KnownVersion>,
    /// The assignment.
    pub assignment: Option<Assignment>,
    /// The did:keys that the person is known by.
    pub keys: Vec<String>,
    /// HR's did:keys.
    pub assigners: Vec<String>,
    /// The assignment by which the person was asked for the course anew, after the one that the record answers.
    pub asked_anew: Option<Assignment>,
    /// What another record of theirs shows of the attempts before its first one.
    pub attempts_before: Option<AttemptsBefore>,
}

/// A version of a course in the archive.
#[derive(Debug, Clone)]
pub struct KnownVersion {
    /// All of it.
    pub course: Arc<Course>,
    /// Whether it counts.
    pub state: CourseState,
}

impl Known {
    /// The verifier that judges a record with these claims.
    #[must_use]
    pub fn verifier(&self, claims: &CompletionClaims, received_at: Timestamp) -> Verifier {
        let courses = self.versions.iter().map(|version| CourseVersion {
            course: Arc::clone(&version.course),
            approval: self.approval(version),
        });
        let pins =
            self.keys.iter().map(|key| PinnedKey { person: claims.person.number.clone(), key: key.clone() });
        Verifier {
            courses: courses.collect(),
            assignments: self.assignment.iter().cloned().collect(),
            altered: Vec::new(),
            trusted_assigners: self.assigners.clone(),
            pinned_keys: pins.collect(),
            received_at: Some(received_at),
            gathered: Gathered::Together,
            asked_anew: self.asked_anew.clone(),
            attempts_before: self.attempts_before,
        }
    }

    /// A retired version cannot be assigned, so an assignment of it was made before, and who answers it did as asked.
    fn approval(&self, version: &KnownVersion) -> Approval {
        let was_assigned = || {
            self.assignment.as_ref().is_some_and(|assignment| {
                assignment.claims.course.digest == version.course.digest
                    && self.assigners.contains(&assignment.issuer)
            })
        };
        match version.state {
            CourseState::Approved => Approval::Approved,
            CourseState::Retired if was_assigned() => Approval::Approved,
            CourseState::Retired | CourseState::Added => Approval::Withdrawn,
        }
    }
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is a record and is stored, to count at once or to be reviewed.
    Stored(Stored),
    /// It is kept and never counts. It may still name a person.
    Aside(Aside),
}

/// A record that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What the registry keeps.
    pub record: Box<Collected>,
    /// What is to be done about it while it waits.
    pub next: Option<Advice>,
}

/// Why a file is put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The file.
    pub arrival: Arrival,
    /// The digest that it has as a record, if its form is that of one.
    pub record: Option<Digest>,
    /// The five levels at receipt.
    pub levels: Levels,
    /// What was said at each level that did not pass.
    pub reasons: Vec<Reason>,
    /// What is to be done about it.
    pub next: Option<Advice>,
}

impl Aside {
    /// What is kept of it, with the file.
    #[must_use]
    pub fn kept(&self) -> PutAside {
        let said =
            |reason: &Reason| format!("{} {}: {}", reason.level.word(), reason.outcome.word(), reason.words);
        PutAside {
            at: self.arrival.at,
            file: self.arrival.digest,
            record: self.record,
            name: self.arrival.name.clone(),
            bytes: self.arrival.bytes.clone(),
            levels: self.levels,
            reasons: self.reasons.iter().map(said).collect(),
        }
    }
}

/// What was said at a level that did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Where.
    pub level: Level,
    /// Whether it is wrong or could not be checked.
    pub outcome: Outcome,
    /// It may repeat what the file held: show it as printable text only.
    pub words: String,
}

/// Judges a file that is not known yet, neither as it is nor in another spelling.
///
/// `known` must be the answer to the [`Needs`] of the reading's claims.
#[must_use]
pub fn fate(arrival: Arrival, reading: Reading, known: &Known, terms: &Terms) -> Fate {
    Judgement::of(arrival, reading, known).fate(known, terms)
}

/// A file of which all is said that does not change any more, while it waits for its [`Fate`]. The keys that a person is
/// known by do change, by every first record; looking at them last keeps a record from being judged twice.
#[derive(Debug)]
pub struct Judgement {
    arrival: Arrival,
    verdict: Verdict,
}

impl Judgement {
    /// Judges a file by what is known, of which the keys may be left out.
    #[must_use]
    pub fn of(arrival: Arrival, reading: Reading, known: &Known) -> Self {
        let verifier = reading.claims().map(|claims| known.verifier(claims, arrival.at)).unwrap_or_default();
        let mut verdict = reading.judge(&verifier);
        if let Some(record) = &mut verdict.record {
            // A thousand of them wait together, and what was marked is not needed again but for the number of the first one.
            record.claims.attempts.truncate(1);
            record.claims.attempts.iter_mut().for_each(|attempt| attempt.responses = Vec::new());
            record.claims.lessons = Vec::new();
        }
        Self { arrival, verdict }
    }

    /// The file.
    #[must_use]
    pub fn arrival(&self) -> &Arrival {
        &self.arrival
    }

    /// The digest of the record, when at least its form is right.
    #[must_use]
    pub fn record(&self) -> Option<Digest> {
        self.verdict.record.as_ref().map(|record| record.digest)
    }

    /// Whose record it says it is, when at least its form is right.
    #[must_use]
    pub fn person(&self) -> Option<PersonNumber> {
        let record = self.verdict.record.as_ref()?;
        PersonNumber::new(&record.claims.person.number).ok()
    }

    /// Its claims, when they begin with a later attempt than the first: of the attempts its first one alone, without answers.
    #[must_use]
    pub fn beginning_later(&self) -> Option<&CompletionClaims> {
        let record = self.verdict.record.as_ref()?;
        self.verdict.grading.has(Cause::BeginsLater).then_some(&record.claims)
    }

    /// What becomes of it. `known` has the keys of its person, and what shows the attempts before its first one.
    #[must_use]
    pub fn fate(self, known: &Known, terms: &Terms) -> Fate {
        let Self { arrival, mut verdict } = self;
        let may_change = !known.keys.is_empty() || known.attempts_before.is_some();
        if let Some(record) = verdict.record.as_ref().filter(|_| may_change) {
            let verifier = known.verifier(&record.claims, arrival.at);
            verdict = verdict.beside_others(&verifier);
        }
        let levels = Levels::of(&verdict);
        let mut reasons = reasons(&verdict);
        let treatment = terms.treatment(levels).max(Treatment::least(&verdict));
        let next = Advice::first(&verdict);
        let digest = verdict.record.as_ref().map(|record| record.digest);
        let Some(record) = verdict.record.filter(|_| treatment != Treatment::Quarantine) else {
            return Fate::Aside(Aside { arrival, record: digest, levels, reasons, next });
        };
        match number(&record.claims.person.number) {
            Ok(person) => {
                let stored = stored(arrival, record, person, known, levels, treatment);
                let reasons = reasons.into_iter().map(|reason| (reason.level, reason.words)).collect();
                Fate::Stored(Stored { record: Box::new(Collected { reasons, ..stored }), next })
            }
            Err(words) => {
                reasons.push(Reason { level: Level::Identity, outcome: Outcome::Fail, words });
                let levels = levels.failing(Level::Identity);
                let next = Some(Advice::CorrectNumber);
                Fate::Aside(Aside { arrival, record: digest, levels, reasons, next })
            }
        }
    }
}

/// The record without reasons.
fn stored(
    arrival: Arrival,
    record: Completion,
    person: PersonNumber,
    known: &Known,
    levels: Levels,
    treatment: Treatment,
) -> Collected {
    // Whoever holds the first key that answers an assignment for a person is that person from then on.
    let pins = treatment == Treatment::Accept
        && levels.at(Level::Identity) == Outcome::Pass
        && known.keys.is_empty();
    let Completion { claims, issuer, created, digest, .. } = record;
    Collected {
        at: arrival.at,
        digest,
        file: arrival.digest,
        name: arrival.name,
        bytes: arrival.bytes,
        person,
        course: claims.course.course_id,
        version: claims.course.digest,
        assignment: known.assignment.as_ref().map(|assignment| assignment.id),
        key: issuer,
        pins,
        signed_at: created,
        earned: claims.result.earned,
        possible: claims.result.possible,
        passed: claims.result.passed,
        levels,
        reasons: Vec::new(),
        treatment,
    }
}

/// The number exactly as it stands: ` 7` is not `7`, and a roster holds neither line breaks nor a page of text.
fn number(claimed: &str) -> Result<PersonNumber, String> {
    match PersonNumber::new(claimed) {
        Ok(number) if number.as_str() == claimed => Ok(number),
        Ok(number) => Err(format!("the employee number has spaces around it, so it is not that of {number}")),
        Err(error) => Err(error.to_string()),
    }
}

/// What was said at each level that did not pass, as far as it is kept.
fn reasons(verdict: &Verdict) -> Vec<Reason> {
    let wanting = verdict.findings().into_iter().filter(|(_, finding)| finding.outcome != Outcome::Pass);
    wanting.flat_map(of_finding).collect()
}

fn of_finding((level, finding): (Level, &Finding)) -> impl Iterator<Item = Reason> {
    let outcome = finding.outcome;
    finding.decisive().iter().take(MOST_REASONS).map(move |words| {
        let mut kept: String = words.chars().take(LONGEST_REASON).collect();
        if kept.len() < words.len() {
            kept.push('…');
        }
        Reason { level, outcome, words: kept }
    })
}
