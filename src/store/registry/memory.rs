//! A registry that forgets: for tests of those who work with one.

mod shared;
mod state;
mod unsettled;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use super::audit::{Audited, Discrepancy, DiscrepancyKind};
use super::{ArchivedCourse, KeptCheckpoint, OnTheRoster, RegistryStore, Saved, Unsettled, Waiting, rules};
use crate::clock::Timestamp;
use crate::course::{self, CourseFiles, pack};
use crate::digest::Digest;
use crate::log::{
    Checkpoint, ConsistencyProof, Entry, Event, Hash, InclusionProof, Index, MemoryTiles, Relation, Salt,
    Size, Tree, TreeError, compare,
};
use crate::registry::change::{
    Collected, Decided, KeyAccepted, PersonChange, PutAside, RetentionSet, RuleSet,
};
use crate::registry::evidence::recount::Opening;
use crate::registry::terms::Treatment;
use crate::registry::{Change, Dossier, PersonNumber, Terms};
use crate::store::{Keeps, StoreError};
use shared::Shared;
use state::State;

/// A registry that lives as long as the program. A clone is another running copy on the same one.
#[derive(Debug, Clone)]
pub struct MemoryRegistry {
    shared: Arc<Mutex<Shared>>,
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

    fn openings(&self, at: Timestamp) -> Result<Vec<Opening>, StoreError> {
        let shared = self.shared();
        let happened = shared.happened.iter().take_while(|happened| happened.at <= at);
        Ok(happened.filter_map(|happened| happened.opening.clone()).collect())
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

    fn unsettled(&self, digests: &[Digest], until: Size) -> Result<BTreeMap<Digest, Unsettled>, StoreError> {
        let mut waiting = Vec::new();
        self.waiting(&mut |record| {
            waiting.push(record.digest);
            Ok(())
        })?;
        let shared = self.shared();
        let needs = |digest: &Digest| Some((*digest, shared.unsettled(digest, &waiting, until.get())?));
        Ok(digests.iter().filter_map(needs).collect())
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

    fn decisions(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<Decided>, StoreError> {
        let shared = self.shared();
        let known = shared.happened.iter().take_while(|happened| happened.at <= at);
        let theirs = known.filter_map(|happened| match &happened.change {
            Some(Change::Decided(decided)) if shared.now.records.get(&decided.record) == Some(person) => {
                Some(Decided { at: happened.at, ..decided.clone() })
            }
            Some(_) | None => None,
        });
        Ok(theirs.collect())
    }

    fn accepted_keys(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<KeyAccepted>, StoreError> {
        let shared = self.shared();
        let known = shared.happened.iter().take_while(|happened| happened.at <= at);
        let theirs = known.filter_map(|happened| match &happened.change {
            Some(Change::KeyAccepted(accepted)) if accepted.person == *person => {
                Some(KeyAccepted { at: happened.at, ..accepted.clone() })
            }
            Some(_) | None => None,
        });
        Ok(theirs.collect())
    }

    fn put_aside_files(
        &self,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let files: Vec<PutAside> = self.shared().put_aside().collect();
        files.into_iter().try_for_each(visit)
    }

    fn put_aside_file(&self, file: &Digest) -> Result<Option<PutAside>, StoreError> {
        let found = self.shared().put_aside().find(|aside| aside.file == *file);
        Ok(found)
    }

    fn latest_aside(
        &self,
        most: u64,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let mut lie = Vec::new();
        self.put_aside_files(&mut |file| {
            if self.collected(file.record.as_slice())?.is_empty() {
                lie.push(file);
            }
            Ok(())
        })?;
        let number = lie.len() as u64;
        lie.into_iter().rev().take(usize::try_from(most).unwrap_or(usize::MAX)).try_for_each(visit)?;
        Ok(number)
    }

    fn number_aside(&self, at: Timestamp) -> Result<u64, StoreError> {
        let lay = |file: &PutAside| -> Result<bool, StoreError> {
            let Some(digest) = file.record else { return Ok(true) };
            let received =
                self.shared().records().find(|record| record.digest == digest).map(|record| record.at);
            match received {
                Some(received) => Ok(received > at),
                // Erased, or not here.
                None => Ok(self.collected(&[digest])?.is_empty()),
            }
        };
        let files: Vec<PutAside> = self.shared().put_aside().filter(|file| file.at <= at).collect();
        files.iter().try_fold(0, |number, file| Ok(number + u64::from(lay(file)?)))
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
            let kind = DiscrepancyKind::Hashes { reason: fault.to_string() };
            visit(Discrepancy { entry: None, kind, about: Vec::new() });
        }
        let root = found(shared.tree.root())?.unwrap_or_else(Hash::of_nothing);
        Ok(Audited { entries: shared.tree.size().get(), root, discrepancies })
    }

    fn back_up(&self, path: &Path) -> Result<Size, StoreError> {
        let source = "a registry in memory has no file to copy".into();
        Err(StoreError::Other { path: path.to_owned(), source })
    }
}
