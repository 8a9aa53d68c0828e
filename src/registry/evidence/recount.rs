//! How everybody stands by the log alone: its entries, under pseudonyms, become what the rules reckon with.
//!
//! So the tables of an evidence pack can be made again by whoever holds it, with the same rules that made them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, de};
use uuid::Uuid;

use super::Review;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::entry::{self, Assessment, Change, Disposition, RuleKind};
use crate::log::{Commitment, Entry, Event, Pseudonym, Salt};
use crate::registry::PersonNumber;
use crate::registry::change::{Audience, Decision, RuleSet, Trigger};
use crate::registry::dossier::{AssignmentState, Dossier, RecordState, TakenBack, WaiverState};
use crate::registry::terms::{Level, Levels, Treatment};

/// A text that an entry binds, with the secret by which it is hashed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The place of the entry.
    pub index: u64,
    /// The secret.
    pub salt: Salt,
    /// The text.
    pub text: String,
}

/// What the log says about one course up to a moment.
#[derive(Debug, Default)]
pub struct Recount {
    /// Everybody of whom it has entries about the course, as it names them; the number of a dossier is the pseudonym.
    pub people: BTreeMap<Pseudonym, Dossier>,
    /// Whose data was erased, and when; after the moment, too.
    pub erased: BTreeMap<Pseudonym, Timestamp>,
    /// How many stood on the roster, and which entry says so.
    pub on_the_roster: Option<(u64, u64)>,
    /// The rosters that were taken over, in their order.
    pub rosters: Vec<Taken>,
    /// What versions are called, and for how many days they count.
    pub versions: BTreeMap<Digest, CourseText>,
    /// The same versions in the order in which they were added.
    pub added: Vec<Digest>,
    /// Recurring rules that hold for the course.
    pub rules: Vec<RuleSet>,
    /// When versions were first approved, in that order.
    pub approved: Vec<(Digest, Timestamp)>,
    /// What was decided about records of the course, by whose it was.
    pub reviews: Vec<(Pseudonym, Review)>,
    /// What binds the texts of each exception, by its place.
    pub waivers: BTreeMap<u64, Commitment>,
    /// What is wrong with the texts, which stand in a file of their own: not what was logged, or not here.
    pub faults: Vec<String>,
    /// The entries whose texts are here as they were logged.
    pub opened: BTreeSet<u64>,
    /// The entries whose texts are here otherwise, which is told.
    altered: BTreeSet<u64>,
    /// Whether some rule cannot be read, so that nobody can tell whom it asks.
    pub is_rule_unknown: bool,
    /// Where records stand.
    records: BTreeMap<Digest, (Pseudonym, usize)>,
    /// Where exceptions stand.
    exceptions: BTreeMap<Commitment, (Pseudonym, usize)>,
    /// The versions in `approved`.
    counting: BTreeSet<Digest>,
    /// The rules that hold so far, with the places of their entries.
    holding: BTreeMap<Uuid, (u64, RuleSet)>,
}

/// A roster that was taken over, as its entry counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// When.
    pub at: Timestamp,
    /// For how many people it changed something; whoever was new is among them.
    pub people: u64,
    /// How many stood on the roster who did not before.
    pub joined: u64,
    /// How many did not stand on it any more.
    pub left: u64,
}

/// What the entry of a course version binds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CourseText {
    /// As people call it.
    pub title: String,
    /// For how many days a completion counts.
    pub validity_days: u32,
    /// As people call the version.
    pub version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    audience: AudienceText,
    by: String,
    course: CourseId,
    #[serde(deserialize_with = "uuid")]
    rule: Uuid,
    trigger: Trigger,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AudienceText {
    departments: Vec<String>,
    people: Option<BTreeSet<Pseudonym>>,
    roles: Vec<String>,
}

#[derive(Deserialize)]
struct RuleEndText {
    #[serde(deserialize_with = "uuid")]
    rule: Uuid,
}

/// What the entry of a decision binds.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DecisionText {
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

fn uuid<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

/// The number under which the log's person is reckoned with.
fn number(pseudonym: &Pseudonym) -> PersonNumber {
    PersonNumber::new(&pseudonym.digest().to_string())
        .expect("a digest is no empty text and has no control characters")
}

/// Follows the entries, which are all of the log in their order, up to the moment.
#[must_use]
pub fn recount(entries: &[Entry], openings: &[Opening], course: &CourseId, at: Timestamp) -> Recount {
    let mut recount = Recount::default();
    let mut texts = BTreeMap::new();
    let mut last = None;
    for opening in openings {
        if last >= Some(opening.index) {
            recount.faults.push(format!(
                "the text of entry {} is there twice, or not in the order of the log",
                opening.index
            ));
        }
        last = Some(opening.index);
        let entry = usize::try_from(opening.index).ok().and_then(|place| entries.get(place));
        let bound = entry.and_then(|entry| details(&entry.event));
        if bound == Some(Commitment::to(&opening.text, &opening.salt)) {
            texts.insert(opening.index, opening.text.as_str());
            continue;
        }
        // It is told once, and nothing is held against it.
        let words = format!("the text of entry {} is not the one that was logged", opening.index);
        recount.faults.push(words);
        recount.altered.insert(opening.index);
    }
    recount.opened = texts.keys().copied().collect();
    for (index, entry) in (0..).zip(entries) {
        if let Event::Erased { person, .. } = &entry.event {
            recount.erased.insert(*person, entry.at);
        }
        if entry.at <= at {
            recount.follow(index, entry, course, texts.get(&index).copied());
        }
    }
    let mut holding: Vec<_> = std::mem::take(&mut recount.holding).into_values().collect();
    holding.sort_unstable_by_key(|(index, _)| *index);
    recount.rules = holding.into_iter().map(|(_, rule)| rule).collect();
    recount
}

/// What an entry binds, if it is of a kind whose texts are opened.
fn details(event: &Event) -> Option<Commitment> {
    match event {
        Event::Course { details, .. }
        | Event::Rules { details, .. }
        | Event::Reviewed { details, .. }
        | Event::WaiverRevoked { details, .. } => Some(*details),
        Event::Opened { .. }
        | Event::Roster { .. }
        | Event::Assigned { .. }
        | Event::Collected(_)
        | Event::PutAside { .. }
        | Event::KeyAccepted { .. }
        | Event::Waived { .. }
        | Event::Erased { .. } => None,
    }
}

impl Recount {
    /// For how many days a completion of each version counts.
    #[must_use]
    pub fn validity_days(&self) -> BTreeMap<Digest, u32> {
        self.versions.iter().map(|(digest, text)| (*digest, text.validity_days)).collect()
    }

    /// How many people at least were on the roster, left it since `begin`, and are not back: whoever joins a roster may be
    /// one who had left. Those who were erased may be among them and are in no pack.
    #[must_use]
    pub fn least_gone(&self, begin: Timestamp) -> u64 {
        let since = self.rosters.iter().filter(|taken| taken.at >= begin);
        let gone =
            since.fold(0_u64, |gone, taken| gone.saturating_sub(taken.joined).saturating_add(taken.left));
        gone.saturating_sub(self.erased.len() as u64)
    }

    /// What the log says of a person, also when that is nothing.
    #[must_use]
    pub fn dossier(&self, pseudonym: &Pseudonym) -> Dossier {
        self.people.get(pseudonym).cloned().unwrap_or_else(|| empty(pseudonym))
    }

    fn person(&mut self, pseudonym: &Pseudonym) -> &mut Dossier {
        self.people.entry(*pseudonym).or_insert_with(|| empty(pseudonym))
    }

    fn follow(&mut self, index: u64, entry: &Entry, course: &CourseId, text: Option<&str>) {
        let at = entry.at;
        match &entry.event {
            Event::Roster { people, joined, left, total, .. } => {
                self.on_the_roster = Some((index, *total));
                self.rosters.push(Taken { at, people: *people, joined: *joined, left: *left });
            }
            Event::Erased { total, .. } => self.on_the_roster = Some((index, *total)),
            Event::Assigned { assignment, content, course: of, due, person, .. } if of == course => {
                self.person(person).assignments.push(AssignmentState {
                    id: Uuid::nil(),
                    digest: *assignment,
                    at,
                    due: *due,
                    course: of.clone(),
                    version: *content,
                    rule: None,
                });
            }
            Event::Collected(collected) if collected.course == *course => {
                self.collected(index, at, collected);
            }
            Event::Reviewed { decision, record, .. } => self.reviewed(index, at, *record, *decision, text),
            Event::Waived { course: of, details, person, until, .. } if of == course => {
                let waivers = &mut self.person(person).waivers;
                let place = waivers.len();
                waivers.push(WaiverState {
                    id: Uuid::nil(),
                    index,
                    course: of.clone(),
                    at,
                    until: *until,
                    taken_back: None,
                    approver: String::new(),
                    reason: String::new(),
                });
                self.exceptions.insert(*details, (*person, place));
                self.waivers.insert(index, *details);
            }
            Event::WaiverRevoked { waiver, .. } => {
                if let Some((person, place)) = self.exceptions.get(waiver).copied()
                    && let Some(waiver) = self.person(&person).waivers.get_mut(place)
                {
                    let DecisionText { by, reason } = decided(text);
                    waiver.taken_back = Some(TakenBack { index, by, reason });
                    waiver.until = waiver.until.min(at);
                }
            }
            Event::Course { change, content, course: of, .. } if of == course => {
                self.version(index, at, *change, *content, text);
            }
            // It is about nobody, so it is opened of every course.
            Event::Course { change: Change::Added, .. } if text.is_none() => {
                self.tell_lacking(index, &format!("the text of entry {index}"));
            }
            Event::Rules { kind, .. } => self.rule(index, at, *kind, course, text),
            Event::Opened { .. }
            | Event::Assigned { .. }
            | Event::Collected(_)
            | Event::PutAside { .. }
            | Event::KeyAccepted { .. }
            | Event::Waived { .. }
            | Event::Course { .. } => {}
        }
    }

    fn collected(&mut self, index: u64, at: Timestamp, said: &entry::Collected) {
        let records = &mut self.person(&said.person).records;
        let place = records.len();
        let levels = Level::ALL.map(|level| match level {
            Level::Signature => said.levels.signature,
            Level::Content => said.levels.content,
            Level::Grading => said.levels.grading,
            Level::Identity => said.levels.identity,
            Level::Time => said.levels.time,
        });
        records.push(RecordState {
            digest: said.record,
            index,
            received_at: at,
            signed_at: said.completed,
            course: said.course.clone(),
            version: said.content,
            assignment: None,
            earned: said.earned,
            possible: said.possible,
            passed: said.result == Assessment::Passed,
            levels: Levels(levels),
            treatment: match said.disposition {
                Disposition::Accepted => Treatment::Accept,
                Disposition::Held => Treatment::Review,
            },
            decision: None,
        });
        self.records.insert(said.record, (said.person, place));
    }

    fn reviewed(
        &mut self,
        index: u64,
        at: Timestamp,
        record: Digest,
        decision: entry::Decision,
        text: Option<&str>,
    ) {
        let Some((person, place)) = self.records.get(&record).copied() else { return };
        let decision = match decision {
            entry::Decision::Accepted => Decision::Accepted,
            entry::Decision::Refused => Decision::Refused,
        };
        if let Some(state) = self.person(&person).records.get_mut(place) {
            state.decision = Some(decision);
        }
        let DecisionText { by, reason } = decided(text);
        self.reviews.push((person, Review { index: Some(index), record, decision, at, by, reason }));
    }

    fn version(&mut self, index: u64, at: Timestamp, change: Change, content: Digest, text: Option<&str>) {
        match change {
            Change::Added => {
                self.added.push(content);
                if let Some(Ok(text)) = text.map(serde_json::from_str::<CourseText>) {
                    self.versions.entry(content).or_insert(text);
                } else {
                    self.tell_lacking(index, &format!("for how long the course of entry {index} counts"));
                }
            }
            Change::Approved => {
                if self.counting.insert(content) {
                    self.approved.push((content, at));
                }
            }
            Change::Retired => {}
        }
    }

    fn rule(&mut self, index: u64, at: Timestamp, kind: RuleKind, course: &CourseId, text: Option<&str>) {
        match kind {
            RuleKind::Acceptance | RuleKind::Retention => {}
            RuleKind::Recurrence => match text.map(serde_json::from_str::<RuleText>) {
                Some(Ok(rule)) if rule.course == *course => {
                    let audience = Audience {
                        departments: rule.audience.departments,
                        roles: rule.audience.roles,
                        people: rule.audience.people.map(|people| people.iter().map(number).collect()),
                    };
                    let (id, trigger) = (rule.rule, rule.trigger);
                    let rule = RuleSet { at, id, course: rule.course, trigger, audience, by: rule.by };
                    self.holding.insert(id, (index, rule));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => self.lacking_rule(index),
            },
            RuleKind::End => match text.map(serde_json::from_str::<RuleEndText>) {
                Some(Ok(end)) => {
                    self.holding.remove(&end.rule);
                }
                Some(Err(_)) | None => self.lacking_rule(index),
            },
        }
    }

    fn lacking_rule(&mut self, index: u64) {
        self.is_rule_unknown = true;
        self.tell_lacking(index, &format!("the rule of entry {index}"));
    }

    fn tell_lacking(&mut self, index: u64, what: &str) {
        let fault = self.lacking(index, what);
        self.faults.extend(fault);
    }

    /// The fault that what an entry binds is not here, unless it is told that it is here otherwise.
    #[must_use]
    pub fn lacking(&self, index: u64, what: &str) -> Option<String> {
        (!self.altered.contains(&index)).then(|| format!("{what} is not here"))
    }
}

/// What an entry binds of a decision; nothing where its text is not here.
fn decided(text: Option<&str>) -> DecisionText {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn empty(pseudonym: &Pseudonym) -> Dossier {
    Dossier {
        number: number(pseudonym),
        roster: None,
        assignments: Vec::new(),
        records: Vec::new(),
        waivers: Vec::new(),
        keys: Vec::new(),
    }
}
