//! A registry that forgets: for tests of those who work with one.

mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use super::audit::{Audited, Discrepancy, DiscrepancyKind};
use super::entry::{self, Count, Left};
use super::{ArchivedCourse, KeptCheckpoint, OnTheRoster, Refusal, RegistryStore, Saved, Waiting, rules};
use crate::clock::Timestamp;
use crate::course::{self, CourseFiles, pack};
use crate::digest::Digest;
use crate::log::{
    Checkpoint, ConsistencyProof, Entry, Event, Hash, InclusionProof, Index, MemoryTiles, Pseudonym,
    Relation, Salt, Size, Tree, TreeError, compare,
};
use crate::registry::change::{Collected, Erased, PersonChange, PutAside, RetentionSet, RuleSet};
use crate::registry::person::{Passage, Presence};
use crate::registry::terms::Treatment;
use crate::registry::{Change, Dossier, PersonNumber, Terms};
use crate::store::{Keeps, StoreError};
use state::{State, forget_in};

/// A registry that lives as long as the program. A clone is another running copy on the same one.
#[derive(Debug, Clone)]
pub struct MemoryRegistry {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Clone)]
struct Shared {
    id: Uuid,
    happened: Vec<Happened>,
    now: State,
    tree: Tree<MemoryTiles>,
    salts: BTreeMap<PersonNumber, Salt>,
    erased: BTreeSet<Digest>,
    headers: BTreeMap<String, String>,
    checkpoints: BTreeMap<Size, Vec<u8>>,
}

#[derive(Debug, Clone)]
struct Happened {
    at: Timestamp,
    /// Nothing is left of it when it was about a person who was erased.
    change: Option<Change>,
    entry: Vec<u8>,
}

impl MemoryRegistry {
    /// An empty registry.
    #[must_use]
    pub fn new() -> Self {
        let shared = Shared {
            id: Uuid::new_v4(),
            happened: Vec::new(),
            now: State::default(),
            tree: Tree::new(MemoryTiles::default(), Size::ZERO),
            salts: BTreeMap::new(),
            erased: BTreeSet::new(),
            headers: BTreeMap::new(),
            checkpoints: BTreeMap::new(),
        };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        // Whoever panicked in a test has not left half a change here: every change is made on a copy.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was known at a moment.
    fn known_at(&self, at: Timestamp) -> State {
        self.shared().known_at(at)
    }
}

impl Default for MemoryRegistry {
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    fn known_at(&self, at: Timestamp) -> State {
        let mut state = State::default();
        for (index, happened) in (0..).zip(&self.happened).take_while(|(_, happened)| happened.at <= at) {
            if let Some(change) = &happened.change {
                state.apply(change, index, happened.at);
            }
        }
        state.come_to(at);
        state
    }

    fn make(&mut self, change: &Change) -> Result<(), StoreError> {
        let at = rules::entered(change.at(), self.happened.last().map(|happened| happened.at))?;
        self.now.allows(change, &self.erased)?;
        let logged = self.entry(at, change)?.bytes();
        let index = self.happened.len() as u64;
        self.now.apply(change, index, at);
        if let Change::Erased(erased) = change {
            self.forget(erased);
        }
        self.tree
            .append([Hash::of_leaf(&logged)])
            .map_err(|_| StoreError::Impossible("tiles in memory are whole"))?;
        // What was just erased is not to be found in the change that erased it.
        let change = (!matches!(change, Change::Erased(_))).then(|| change.clone());
        self.happened.push(Happened { at, change, entry: logged });
        Ok(())
    }

    fn entry(&mut self, at: Timestamp, change: &Change) -> Result<Entry, StoreError> {
        let own = entry::new_salt()?;
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
            Change::CourseAdded(change) => entry::course_added(at, change, &own),
            Change::CourseJudged(change) => {
                let mut courses = self.now.courses.iter();
                let course = courses.find(|course| course.digest == change.digest);
                let course = course.ok_or(Refusal::UnknownVersion(change.digest))?;
                entry::course_judged(at, change, &course.course, &own)
            }
            Change::TermsSet(change) => entry::terms_set(at, change, &own),
            Change::RetentionSet(change) => entry::retention_set(at, change, &own),
            Change::RuleSet(change) => {
                let named = change.audience.people.as_ref().map(|people| {
                    let pseudonym =
                        |number: &PersonNumber| Ok(Pseudonym::of(number.as_str(), &self.salt(number)?));
                    people.iter().map(pseudonym).collect::<Result<BTreeSet<_>, StoreError>>()
                });
                entry::rule_set(at, change, named.transpose()?.as_ref(), &own)
            }
            Change::RuleEnded(change) => entry::rule_ended(at, change, &own),
            Change::Assigned(change) => entry::assigned(at, change, &self.salt(&change.person)?),
            Change::Collected(change) => {
                let assignment = change.assignment.and_then(|id| self.now.assignments.get(&id));
                let assignment = assignment.map(|(_, digest)| *digest);
                entry::collected(at, change, assignment, &self.salt_or_new(&change.person)?)
            }
            Change::PutAside(change) => entry::put_aside(at, change, &own),
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
            Change::Erased(change) => self.erasure(at, change, &own)?,
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

    fn salt(&self, person: &PersonNumber) -> Result<Salt, StoreError> {
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
    fn put_aside(&self) -> impl Iterator<Item = PutAside> {
        self.happened.iter().filter_map(|happened| match &happened.change {
            Some(Change::PutAside(file)) => Some(PutAside { at: happened.at, ..file.as_ref().clone() }),
            Some(_) | None => None,
        })
    }

    fn records(&self) -> impl Iterator<Item = &Collected> {
        self.happened.iter().filter_map(|happened| match &happened.change {
            Some(Change::Collected(record)) => Some(record.as_ref()),
            Some(_) | None => None,
        })
    }
}

/// What a tree in memory says; `None` where it was asked for more than there is.
fn found<T>(result: Result<T, TreeError<std::convert::Infallible>>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(TreeError::Beyond { .. }) => Ok(None),
        Err(TreeError::Store(never)) => match never {},
        Err(TreeError::Damaged(_) | TreeError::Full) => {
            Err(StoreError::Impossible("tiles in memory are whole"))
        }
    }
}

impl RegistryStore for MemoryRegistry {
    fn id(&self) -> Result<Uuid, StoreError> {
        Ok(self.shared().id)
    }

    fn save(&mut self, changes: &[Change]) -> Result<Saved, StoreError> {
        changes.iter().try_for_each(rules::possible)?;
        let mut shared = self.shared();
        let mut next = shared.clone();
        let first = next.happened.len() as u64;
        for change in changes {
            next.make(change)?;
        }
        let size = next.happened.len() as u64;
        *shared = next;
        Ok(Saved { first, size })
    }

    fn dossiers(
        &self,
        at: Timestamp,
        visit: &mut dyn FnMut(Dossier) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.known_at(at).people.into_values().try_for_each(visit)
    }

    fn dossier(&self, person: &PersonNumber, at: Timestamp) -> Result<Option<Dossier>, StoreError> {
        Ok(self.known_at(at).people.remove(person))
    }

    fn roster_history(&self, person: &PersonNumber) -> Result<Vec<(Timestamp, PersonChange)>, StoreError> {
        let shared = self.shared();
        let rosters = shared.happened.iter().filter_map(|happened| match &happened.change {
            Some(Change::Roster(import)) => Some((happened.at, import)),
            Some(_) | None => None,
        });
        let theirs = rosters.flat_map(|(at, import)| import.people.iter().map(move |said| (at, said)));
        Ok(theirs.filter(|(_, said)| said.number == *person).map(|(at, said)| (at, said.clone())).collect())
    }

    fn courses(&self, at: Timestamp) -> Result<Vec<ArchivedCourse>, StoreError> {
        Ok(self.known_at(at).courses)
    }

    fn course_files(&self, digest: &Digest) -> Result<Option<CourseFiles>, StoreError> {
        let shared = self.shared();
        let added = shared.happened.iter().find_map(|happened| match &happened.change {
            Some(Change::CourseAdded(added)) if added.digest == *digest => Some(added),
            Some(_) | None => None,
        });
        let Some(added) = added else { return Ok(None) };
        let files = pack::read(&added.pack).ok().filter(|files| course::digest(files) == *digest);
        files.map(Some).ok_or_else(|| StoreError::Damaged {
            path: "memory".into(),
            keeps: Keeps::Registry,
            source: "an archived course is not what it was".into(),
        })
    }

    fn salt(&self, person: &PersonNumber) -> Result<Option<Salt>, StoreError> {
        Ok(self.shared().salts.get(person).cloned())
    }

    fn on_the_roster(&self, at: Timestamp) -> Result<Option<OnTheRoster>, StoreError> {
        let shared = self.shared();
        let known = shared.happened.iter().take_while(|happened| happened.at <= at);
        let said = (0..).zip(known).filter_map(|(index, happened)| {
            let event = Entry::parse(&happened.entry).ok()?.event;
            let (Event::Roster { total, .. } | Event::Erased { total, .. }) = event else { return None };
            Some(OnTheRoster { index, total })
        });
        Ok(said.last())
    }

    fn terms(&self, at: Timestamp) -> Result<Terms, StoreError> {
        Ok(self.known_at(at).terms)
    }

    fn rules(&self, at: Timestamp) -> Result<Vec<RuleSet>, StoreError> {
        Ok(self.known_at(at).rules)
    }

    fn retentions(&self, at: Timestamp) -> Result<Vec<RetentionSet>, StoreError> {
        Ok(self.known_at(at).retentions.into_values().collect())
    }

    fn assignment(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.shared().happened.iter().find_map(|happened| match &happened.change {
            Some(Change::Assigned(assigned)) if assigned.id == id => Some(assigned.bytes.clone()),
            Some(_) | None => None,
        }))
    }

    fn known(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError> {
        let shared = self.shared();
        let mut known = shared.erased.clone();
        known.extend(shared.records().flat_map(|record| [record.digest, record.file]));
        known.extend(shared.put_aside().map(|file| file.file));
        Ok(digests.iter().copied().filter(|digest| known.contains(digest)).collect())
    }

    fn collected(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError> {
        let shared = self.shared();
        let collected: BTreeSet<Digest> = shared.records().map(|record| record.digest).collect();
        let was_collected = |digest: &Digest| collected.contains(digest) || shared.erased.contains(digest);
        Ok(digests.iter().copied().filter(was_collected).collect())
    }

    fn record(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let shared = self.shared();
        let mut records = shared.records();
        Ok(records.find(|record| record.digest == *digest).map(|record| record.bytes.clone()))
    }

    fn waiting(&self, visit: &mut dyn FnMut(Waiting) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let waiting: Vec<Waiting> = {
            let shared = self.shared();
            let undecided = |record: &&Collected| {
                let dossier = shared.now.people.get(&record.person);
                let state = dossier
                    .and_then(|dossier| dossier.records.iter().find(|state| state.digest == record.digest));
                record.treatment == Treatment::Review && state.is_some_and(|state| state.decision.is_none())
            };
            let times: BTreeMap<Digest, Timestamp> = shared
                .now
                .people
                .values()
                .flat_map(|dossier| dossier.records.iter().map(|state| (state.digest, state.received_at)))
                .collect();
            let waiting = shared.records().filter(undecided).map(|record| Waiting {
                person: record.person.clone(),
                digest: record.digest,
                received_at: times.get(&record.digest).copied().unwrap_or(record.at),
                course: record.course.clone(),
                reasons: record.reasons.clone(),
            });
            waiting.collect()
        };
        waiting.into_iter().try_for_each(visit)
    }

    fn put_aside_files(
        &self,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let files: Vec<PutAside> = self.shared().put_aside().collect();
        files.into_iter().try_for_each(visit)
    }

    fn roster_mapping(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.shared().headers.clone())
    }

    fn set_roster_mapping(&mut self, headers: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.shared().headers = headers.clone();
        Ok(())
    }

    fn log_size(&self) -> Result<Size, StoreError> {
        Ok(self.shared().tree.size())
    }

    fn log_entry(&self, index: Index) -> Result<Option<Vec<u8>>, StoreError> {
        let shared = self.shared();
        let place = usize::try_from(index.get()).ok();
        Ok(place.and_then(|place| shared.happened.get(place)).map(|happened| happened.entry.clone()))
    }

    fn log_entries(
        &self,
        first: Index,
        visit: &mut dyn FnMut(Index, Vec<u8>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let entries: Vec<Vec<u8>> =
            self.shared().happened.iter().map(|happened| happened.entry.clone()).collect();
        for (place, entry) in (0..).zip(entries).filter(|(place, _)| *place >= first.get()) {
            let index = Index::new(place).ok_or(StoreError::Impossible("the log is full"))?;
            visit(index, entry)?;
        }
        Ok(())
    }

    fn log_root(&self, size: Size) -> Result<Option<Hash>, StoreError> {
        found(self.shared().tree.root_at(size))
    }

    fn inclusion(&self, index: Index, size: Size) -> Result<Option<InclusionProof>, StoreError> {
        found(self.shared().tree.inclusion(index, size))
    }

    fn consistency(&self, older: Size, newer: Size) -> Result<Option<ConsistencyProof>, StoreError> {
        found(self.shared().tree.consistency(older, newer))
    }

    fn relation(&self, older: &Checkpoint) -> Result<Relation, StoreError> {
        found(compare(&self.shared().tree, older))?
            .ok_or(StoreError::Impossible("a head is compared with as much of the log as there is"))
    }

    fn keep_checkpoint(&mut self, checkpoint: &KeptCheckpoint) -> Result<(), StoreError> {
        self.shared().checkpoints.entry(checkpoint.size).or_insert_with(|| checkpoint.note.clone());
        Ok(())
    }

    fn checkpoints(&self) -> Result<Vec<KeptCheckpoint>, StoreError> {
        let shared = self.shared();
        let kept = shared.checkpoints.iter();
        Ok(kept.map(|(size, note)| KeptCheckpoint { size: *size, note: note.clone() }).collect())
    }

    /// Nobody can alter what is in memory but this program: the hashes are all there is to compare.
    fn audit(&self, visit: &mut dyn FnMut(Discrepancy)) -> Result<Audited, StoreError> {
        let shared = self.shared();
        let leaves = shared.happened.iter().map(|happened| Hash::of_leaf(&happened.entry));
        let mut discrepancies = 0;
        if let Err(fault) = shared.tree.audit(leaves) {
            discrepancies = 1;
            visit(Discrepancy { entry: None, kind: DiscrepancyKind::Hashes { reason: fault.to_string() } });
        }
        let root = found(shared.tree.root())?.unwrap_or_else(Hash::of_nothing);
        Ok(Audited { entries: shared.tree.size().get(), root, discrepancies })
    }

    fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        let source = "a registry in memory has no file to copy".into();
        Err(StoreError::Other { path: path.to_owned(), source })
    }
}
