//! What the log says of a change: digests and figures, persons as pseudonyms, texts as commitments.
//!
//! Whoever writes a change and whoever audits it later make the entry here, from the same values, so that an entry that
//! differs means a value that differs.

use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};

use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::entry::{
    self, Assessment, Change as CourseChange, Collected as CollectedEntry, Decision as Review, Disposition,
    Levels, Retention, RuleKind,
};
use crate::log::{Commitment, Entry, Event, Pseudonym, Salt};
use crate::record::did::PublicKey;
use crate::registry::change::{
    Assigned, Collected, CourseAdded, CourseJudged, CourseState, Decided, Decision, ErasureGround,
    KeyAccepted, Opened, PersonChange, PutAside, RetentionSet, RuleEnded, RuleSet, TermsSet, Waived,
    WaiverRevoked,
};
use crate::registry::person::Passage;
use crate::registry::terms::Treatment;
use crate::store::StoreError;

/// A new salt.
pub(super) fn new_salt() -> Result<Salt, StoreError> {
    Salt::generate().map_err(|_| StoreError::Impossible("the operating system gives no randomness"))
}

/// What a roster said of one person.
pub(super) fn profile(change: &PersonChange, salt: &Salt) -> Commitment {
    commit(&json!({"number": change.number, "presence": change.presence, "profile": change.profile}), salt)
}

/// The digest of what a roster changed: its commitments are put in order.
pub(super) fn list(commitments: &mut [Commitment]) -> Digest {
    commitments.sort_unstable();
    digest_of_lines(commitments.iter().map(Commitment::digest))
}

/// The digest of the places of entries, which are in order.
pub(super) fn erased_list(entries: &[u64]) -> Digest {
    digest_of_lines(entries)
}

fn digest_of_lines(lines: impl IntoIterator<Item = impl Display>) -> Digest {
    let mut text = String::new();
    for line in lines {
        writeln!(text, "{line}").expect("a text takes whatever is written");
    }
    Digest::of(text.as_bytes())
}

pub(super) fn opened(at: Timestamp, change: &Opened) -> Entry {
    let (key, origin) = (change.key, change.origin.clone());
    Entry { at, event: Event::Opened { format: entry::FORMAT, key, origin } }
}

/// How many people stand on the roster, and how that changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) joined: u64,
    pub(super) left: u64,
    pub(super) total: u64,
}

impl Count {
    /// Nothing has changed yet.
    pub(super) fn of(total: u64) -> Self {
        Self { joined: 0, left: 0, total }
    }

    pub(super) fn add(&mut self, passage: Passage) {
        match passage {
            Passage::Joined => (self.joined, self.total) = (self.joined + 1, self.total + 1),
            // Where rows were altered by hand there may be fewer than leave; the audit says so.
            Passage::Left => (self.left, self.total) = (self.left + 1, self.total.saturating_sub(1)),
            Passage::None => {}
        }
    }
}

pub(super) fn roster(at: Timestamp, file: &Digest, people: usize, list: Digest, count: Count) -> Entry {
    let Count { joined, left, total } = count;
    Entry { at, event: Event::Roster { file: *file, joined, left, list, people: people as u64, total } }
}

pub(super) fn course_added(at: Timestamp, change: &CourseAdded, salt: &Salt) -> Entry {
    let event = Event::Course {
        change: CourseChange::Added,
        content: change.digest,
        course: change.course.clone(),
        details: commit(&course_text(change), salt),
    };
    Entry { at, event }
}

/// What the entry of a course version binds and does not say.
pub(super) fn course_text(change: &CourseAdded) -> Value {
    json!({
        "title": change.title,
        "validityDays": change.validity_days,
        "version": change.version,
    })
}

pub(super) fn course_judged(at: Timestamp, change: &CourseJudged, course: &CourseId, salt: &Salt) -> Entry {
    let event = Event::Course {
        change: match change.state {
            CourseState::Added => CourseChange::Added,
            CourseState::Approved => CourseChange::Approved,
            CourseState::Retired => CourseChange::Retired,
        },
        content: change.digest,
        course: course.clone(),
        details: commit(&json!({"by": change.by, "reason": change.reason}), salt),
    };
    Entry { at, event }
}

pub(super) fn terms_set(at: Timestamp, change: &TermsSet, salt: &Salt) -> Entry {
    rules(at, RuleKind::Acceptance, &json!({"by": change.by, "terms": change.terms}), salt)
}

pub(super) fn retention_set(at: Timestamp, change: &RetentionSet, salt: &Salt) -> Entry {
    let details = json!({
        "by": change.by,
        "class": change.class,
        "course": change.course,
        "years": change.years,
    });
    rules(at, RuleKind::Retention, &details, salt)
}

/// `people` are those whom the audience names, if it names any: as pseudonyms, because these outlive an erasure.
pub(super) fn rule_set(
    at: Timestamp,
    change: &RuleSet,
    people: Option<&BTreeSet<Pseudonym>>,
    salt: &Salt,
) -> Entry {
    rules(at, RuleKind::Recurrence, &rule_text(change, people), salt)
}

/// What the entry of a rule binds and does not say.
pub(super) fn rule_text(change: &RuleSet, people: Option<&BTreeSet<Pseudonym>>) -> Value {
    json!({
        "audience": {
            "departments": change.audience.departments,
            "people": people,
            "roles": change.audience.roles,
        },
        "by": change.by,
        "course": change.course,
        "rule": change.id.to_string(),
        "trigger": change.trigger,
    })
}

pub(super) fn rule_ended(at: Timestamp, change: &RuleEnded, salt: &Salt) -> Entry {
    rules(at, RuleKind::End, &rule_end_text(change), salt)
}

/// What the entry of the end of a rule binds and does not say.
pub(super) fn rule_end_text(change: &RuleEnded) -> Value {
    json!({"by": change.by, "rule": change.id.to_string()})
}

fn rules(at: Timestamp, kind: RuleKind, details: &Value, salt: &Salt) -> Entry {
    Entry { at, event: Event::Rules { details: commit(details, salt), kind } }
}

pub(super) fn assigned(at: Timestamp, change: &Assigned, salt: &Salt) -> Entry {
    let event = Event::Assigned {
        assignment: change.digest,
        content: change.version,
        course: change.course.clone(),
        details: commit(
            &json!({"id": change.id.to_string(), "rule": change.rule.map(|rule| rule.to_string())}),
            salt,
        ),
        due: change.due,
        person: Pseudonym::of(change.person.as_str(), salt),
    };
    Entry { at, event }
}

/// `assignment` is the digest of the assignment that the record answers.
pub(super) fn collected(at: Timestamp, change: &Collected, assignment: Option<Digest>, salt: &Salt) -> Entry {
    let details = json!({
        "assignment": change.assignment.map(|id| id.to_string()),
        "file": change.file,
        "key": change.key,
        "name": change.name,
        "reasons": change.reasons,
    });
    let event = Event::Collected(CollectedEntry {
        assignment,
        completed: change.signed_at,
        content: change.version,
        course: change.course.clone(),
        details: commit(&details, salt),
        disposition: match change.treatment {
            Treatment::Accept => Disposition::Accepted,
            Treatment::Review | Treatment::Quarantine => Disposition::Held,
        },
        earned: change.earned,
        levels: Levels::of(|level| change.levels.at(level)),
        person: Pseudonym::of(change.person.as_str(), salt),
        pins: change.pins,
        possible: change.possible,
        record: change.digest,
        result: if change.passed { Assessment::Passed } else { Assessment::Failed },
    });
    Entry { at, event }
}

pub(super) fn put_aside(at: Timestamp, change: &PutAside, salt: &Salt) -> Entry {
    let event = Event::PutAside {
        details: commit(&json!({"name": change.name, "reasons": change.reasons}), salt),
        file: change.file,
        levels: Levels::of(|level| change.levels.at(level)),
        record: change.record,
    };
    Entry { at, event }
}

pub(super) fn decided(at: Timestamp, change: &Decided, salt: &Salt) -> Entry {
    let event = Event::Reviewed {
        decision: match change.decision {
            Decision::Accepted => Review::Accepted,
            Decision::Refused => Review::Refused,
        },
        details: Commitment::to(&Decided::details(&change.by, &change.reason), salt),
        record: change.record,
    };
    Entry { at, event }
}

/// `None` when the key is no did:key.
pub(super) fn key_accepted(at: Timestamp, change: &KeyAccepted, salt: &Salt) -> Option<Entry> {
    let event = Event::KeyAccepted {
        details: commit(&json!({"by": change.by, "reason": change.reason}), salt),
        key: PublicKey::from_did(&change.key).ok()?,
        person: Pseudonym::of(change.person.as_str(), salt),
    };
    Some(Entry { at, event })
}

pub(super) fn waived(at: Timestamp, change: &Waived, salt: &Salt) -> Entry {
    let event = Event::Waived {
        approver: Pseudonym::of(&change.approver, salt),
        course: change.course.clone(),
        details: waiver(change, salt),
        person: Pseudonym::of(change.person.as_str(), salt),
        until: change.until,
    };
    Entry { at, event }
}

/// The name of a waiver in the log.
pub(super) fn waiver(change: &Waived, salt: &Salt) -> Commitment {
    Commitment::to(&Waived::details(change.id, &change.approver, &change.reason), salt)
}

/// `waiver` is what [`waiver`] says of the waiver.
pub(super) fn waiver_revoked(
    at: Timestamp,
    change: &WaiverRevoked,
    waiver: Commitment,
    salt: &Salt,
) -> Entry {
    let details = Commitment::to(&WaiverRevoked::details(&change.by, &change.reason), salt);
    Entry { at, event: Event::WaiverRevoked { details, waiver } }
}

/// What an erasure leaves: the entries that have nothing behind them any more, in order, and those on the roster.
pub(super) struct Left<'a> {
    pub(super) person: Pseudonym,
    pub(super) entries: &'a [u64],
    pub(super) count: Count,
}

/// The salt is not the person's, which is gone.
pub(super) fn erased(at: Timestamp, ground: &ErasureGround, by: &str, left: &Left<'_>, salt: &Salt) -> Entry {
    let (retention, reason) = match ground {
        ErasureGround::RetentionOver => (Retention::Over, None),
        ErasureGround::Override(reason) => (Retention::Overridden, Some(reason)),
    };
    let details = commit(&json!({"by": by, "reason": reason}), salt);
    let event = Event::Erased {
        details,
        entries: left.entries.len() as u64,
        left: left.count.left,
        list: erased_list(left.entries),
        person: left.person,
        retention,
        total: left.count.total,
    };
    Entry { at, event }
}

fn commit(details: &Value, salt: &Salt) -> Commitment {
    Commitment::to(&details.to_string(), salt)
}
