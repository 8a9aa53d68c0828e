//! What happened in a registry in memory, and the entry of each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;

use super::super::entry::{self, Count, Left};
use super::super::{Refusal, rules};
use super::state::{State, forget_in};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::{Entry, Hash, MemoryTiles, Pseudonym, Salt, Size, Tree};
use crate::registry::change::{Collected, Erased, PutAside};
use crate::registry::evidence::recount::Opening;
use crate::registry::person::{Passage, Presence};
use crate::registry::{Change, PersonNumber};
use crate::store::StoreError;

/// Everything that copies of one registry in memory share.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    pub(super) id: Uuid,
    pub(super) happened: Vec<Happened>,
    pub(super) now: State,
    pub(super) tree: Tree<MemoryTiles>,
    pub(super) salts: BTreeMap<PersonNumber, Salt>,
    pub(super) erased: BTreeSet<Digest>,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) checkpoints: BTreeMap<Size, Vec<u8>>,
}

/// A change with its entry in the log.
#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) at: Timestamp,
    /// Nothing is left of it when it was about a person who was erased.
    pub(super) change: Option<Change>,
    pub(super) entry: Vec<u8>,
    /// What the entry binds, where a status depends on it.
    pub(super) opening: Option<Opening>,
}

impl Shared {
    pub(super) fn known_at(&self, at: Timestamp) -> State {
        let mut state = State::default();
        for (index, happened) in (0..).zip(&self.happened).take_while(|(_, happened)| happened.at <= at) {
            if let Some(change) = &happened.change {
                state.apply(change, index, happened.at);
            }
        }
        state.come_to(at);
        state
    }

    pub(super) fn make(&mut self, change: &Change) -> Result<(), StoreError> {
        let at = rules::entered(change.at(), self.happened.last().map(|happened| happened.at))?;
        self.now.allows(change, &self.erased)?;
        let own = entry::new_salt()?;
        let logged = self.entry(at, change, &own)?.bytes();
        let index = self.happened.len() as u64;
        let text = self.opened_text(change)?;
        let opening = text.map(|text| Opening { index, salt: own, text: text.to_string() });
        self.now.apply(change, index, at);
        if let Change::Erased(erased) = change {
            self.forget(erased);
        }
        self.tree
            .append([Hash::of_leaf(&logged)])
            .map_err(|_| StoreError::Impossible("tiles in memory are whole"))?;
        // What was just erased is not to be found in the change that erased it.
        let change = (!matches!(change, Change::Erased(_))).then(|| change.clone());
        self.happened.push(Happened { at, change, entry: logged, opening });
        Ok(())
    }

    fn entry(&mut self, at: Timestamp, change: &Change, own: &Salt) -> Result<Entry, StoreError> {
        Ok(match change {
            Change::Opened(change) => entry::opened(at, change),
            Change::Roster(import) => {
                let (mut list, mut count) = (Vec::new(), Count::of(self.now.on_the_roster()));
                for person in &import.people {
                    list.push(entry::profile(person, &self.salt_or_new(&person.number)?));
                    count.add(Passage::of(self.now.last_said(&person.number), person.presence));
                }
                entry::roster(at, &import.file, import.people.len(), entry::list(&mut list), count)
            }
            Change::CourseAdded(change) => entry::course_added(at, change, own),
            Change::CourseJudged(change) => {
                let mut courses = self.now.courses.iter();
                let course = courses.find(|course| course.digest == change.digest);
                let course = course.ok_or(Refusal::UnknownVersion(change.digest))?;
                entry::course_judged(at, change, &course.course, own)
            }
            Change::TermsSet(change) => entry::terms_set(at, change, own),
            Change::RetentionSet(change) => entry::retention_set(at, change, own),
            Change::RuleSet(change) => {
                let named = self.pseudonyms(change.audience.people.as_ref())?;
                entry::rule_set(at, change, named.as_ref(), own)
            }
            Change::RuleEnded(change) => entry::rule_ended(at, change, own),
            Change::Assigned(change) => entry::assigned(at, change, &self.salt(&change.person)?),
            Change::Collected(change) => {
                let assignment = change.assignment.and_then(|id| self.now.assignments.get(&id));
                let assignment = assignment.map(|(_, digest)| *digest);
                entry::collected(at, change, assignment, &self.salt_or_new(&change.person)?)
            }
            Change::PutAside(change) => entry::put_aside(at, change, own),
            Change::Decided(change) => {
                let person = self.now.records.get(&change.record);
                let person = person.ok_or(Refusal::UnknownRecord(change.record))?;
                entry::decided(at, change, &self.salt(person)?)
            }
            Change::KeyAccepted(change) => entry::key_accepted(at, change, &self.salt(&change.person)?)
                .ok_or(StoreError::Impossible("an accepted key is a did:key"))?,
            Change::Waived(change) => entry::waived(at, change, &self.salt(&change.person)?),
            Change::WaiverRevoked(change) => {
                let waived = self.now.waivers.get(&change.id).ok_or(Refusal::UnknownWaiver(change.id))?;
                let salt = self.salt(&waived.person)?;
                entry::waiver_revoked(at, change, entry::waiver(waived, &salt), &salt)
            }
            Change::Erased(change) => self.erasure(at, change, own)?,
        })
    }

    fn pseudonyms(
        &self,
        people: Option<&BTreeSet<PersonNumber>>,
    ) -> Result<Option<BTreeSet<Pseudonym>>, StoreError> {
        let pseudonym = |number: &PersonNumber| Ok(Pseudonym::of(number.as_str(), &self.salt(number)?));
        people.map(|people| people.iter().map(pseudonym).collect()).transpose()
    }

    /// What the entry of a change binds, where a status depends on it and it is about no person.
    fn opened_text(&self, change: &Change) -> Result<Option<Value>, StoreError> {
        Ok(match change {
            Change::CourseAdded(change) => Some(entry::course_text(change)),
            Change::RuleSet(change) => {
                let people = self.pseudonyms(change.audience.people.as_ref())?;
                Some(entry::rule_text(change, people.as_ref()))
            }
            Change::RuleEnded(change) => Some(entry::rule_end_text(change)),
            Change::Opened(_)
            | Change::Roster(_)
            | Change::CourseJudged(_)
            | Change::TermsSet(_)
            | Change::RetentionSet(_)
            | Change::Assigned(_)
            | Change::Collected(_)
            | Change::PutAside(_)
            | Change::Decided(_)
            | Change::KeyAccepted(_)
            | Change::Waived(_)
            | Change::WaiverRevoked(_)
            | Change::Erased(_) => None,
        })
    }

    fn erasure(&self, at: Timestamp, change: &Erased, own: &Salt) -> Result<Entry, StoreError> {
        let person = Pseudonym::of(change.person.as_str(), &self.salt(&change.person)?);
        let about = (0..).zip(&self.happened).filter(|(_, happened)| {
            happened.change.as_ref().is_some_and(|other| match other {
                Change::PutAside(aside) => change.files.contains(&aside.file),
                other => self.person_of(other) == Some(&change.person),
            })
        });
        let entries: Vec<u64> = about.map(|(index, _)| index).collect();
        let mut count = Count::of(self.now.on_the_roster());
        count.add(Passage::of(self.now.last_said(&change.person), Presence::Gone));
        let left = Left { person, entries: &entries, count };
        Ok(entry::erased(at, &change.ground, &change.by, &left, own))
    }

    /// Whom a change is about, if it is about one person only.
    fn person_of<'a>(&'a self, change: &'a Change) -> Option<&'a PersonNumber> {
        match change {
            Change::Opened(_)
            | Change::Roster(_)
            | Change::PutAside(_)
            | Change::CourseAdded(_)
            | Change::CourseJudged(_)
            | Change::TermsSet(_)
            | Change::RetentionSet(_)
            | Change::RuleSet(_)
            | Change::RuleEnded(_)
            | Change::Erased(_) => None,
            Change::Assigned(change) => Some(&change.person),
            Change::Collected(change) => Some(&change.person),
            Change::Decided(change) => self.now.records.get(&change.record),
            Change::KeyAccepted(change) => Some(&change.person),
            Change::Waived(change) => Some(&change.person),
            Change::WaiverRevoked(change) => self.now.waivers.get(&change.id).map(|waived| &waived.person),
        }
    }

    fn forget(&mut self, erasure: &Erased) {
        let person = &erasure.person;
        self.salts.remove(person);
        self.erased.extend(&erasure.files);
        let mut records = BTreeSet::new();
        let mut waivers = BTreeSet::new();
        for happened in &mut self.happened {
            let theirs = match &mut happened.change {
                Some(Change::Roster(import)) => {
                    import.people.retain(|other| other.number != *person);
                    false
                }
                Some(Change::Assigned(change)) => change.person == *person,
                Some(Change::Collected(change)) if change.person == *person => {
                    records.insert(change.digest);
                    self.erased.extend([change.digest, change.file]);
                    true
                }
                Some(Change::PutAside(change)) => erasure.files.contains(&change.file),
                Some(Change::RuleSet(rule)) => {
                    forget_in(rule, person);
                    false
                }
                Some(Change::Decided(change)) => records.contains(&change.record),
                Some(Change::KeyAccepted(change)) => change.person == *person,
                Some(Change::Waived(change)) if change.person == *person => waivers.insert(change.id),
                Some(Change::WaiverRevoked(change)) => waivers.contains(&change.id),
                None
                | Some(
                    Change::Opened(_)
                    | Change::Collected(_)
                    | Change::Waived(_)
                    | Change::CourseAdded(_)
                    | Change::CourseJudged(_)
                    | Change::TermsSet(_)
                    | Change::RetentionSet(_)
                    | Change::RuleEnded(_)
                    | Change::Erased(_),
                ) => false,
            };
            if theirs {
                happened.change = None;
            }
        }
    }

    pub(super) fn salt(&self, person: &PersonNumber) -> Result<Salt, StoreError> {
        Ok(self.salts.get(person).ok_or(Refusal::UnknownPerson)?.clone())
    }

    fn salt_or_new(&mut self, person: &PersonNumber) -> Result<Salt, StoreError> {
        if let Some(salt) = self.salts.get(person) {
            return Ok(salt.clone());
        }
        let salt = entry::new_salt()?;
        self.salts.insert(person.clone(), salt.clone());
        Ok(salt)
    }

    /// What was put aside, each at the time when it was entered.
    pub(super) fn put_aside(&self) -> impl Iterator<Item = PutAside> {
        self.happened.iter().filter_map(|happened| match &happened.change {
            Some(Change::PutAside(file)) => Some(PutAside { at: happened.at, ..file.as_ref().clone() }),
            Some(_) | None => None,
        })
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &Collected> {
        self.happened.iter().filter_map(|happened| match &happened.change {
            Some(Change::Collected(record)) => Some(record.as_ref()),
            Some(_) | None => None,
        })
    }
}
