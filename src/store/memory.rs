//! A progress store that forgets: for tests of faces and engine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Conflict, ProgressStore, StoreError, rules};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::progress::{Change, Person, Progress};

/// A progress store that lives as long as the program. A clone is another running copy on the same store.
#[derive(Debug, Default)]
pub struct MemoryProgress {
    shared: Arc<Mutex<Shared>>,
    /// The run of each course that this copy last saw.
    seen: Mutex<BTreeMap<CourseId, usize>>,
}

#[derive(Debug, Default)]
struct Shared {
    learner: Option<(Person, String)>,
    courses: BTreeMap<CourseId, Progress>,
    kept: BTreeMap<Digest, BTreeMap<String, Vec<u8>>>,
    last_record: Option<Digest>,
}

impl MemoryProgress {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        // Whoever panicked in a test has not left half a change here: every change is made on a copy.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, BTreeMap<CourseId, usize>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for MemoryProgress {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), seen: Mutex::default() }
    }
}

impl ProgressStore for MemoryProgress {
    fn learner(&self) -> Result<Option<(Person, String)>, StoreError> {
        Ok(self.shared().learner.clone())
    }

    fn set_learner(&mut self, person: &Person, did: &str) -> Result<(), StoreError> {
        rules::possible_learner(person, did)?;
        let mut shared = self.shared();
        if shared.learner.as_ref().is_some_and(|(_, begun_with)| begun_with != did) {
            return Err(StoreError::OtherKey);
        }
        shared.learner = Some((person.clone(), did.to_owned()));
        Ok(())
    }

    fn progress(&self, course: &CourseId) -> Result<Progress, StoreError> {
        let progress = self.shared().courses.get(course).cloned().unwrap_or_default();
        self.seen().insert(course.clone(), progress.runs.len());
        Ok(progress)
    }

    fn save(&mut self, course: &CourseId, changes: &[Change]) -> Result<(), StoreError> {
        changes.iter().try_for_each(rules::possible)?;
        let mut shared = self.shared();
        let mut progress = shared.courses.get(course).cloned().unwrap_or_default();
        if self.seen().get(course).is_some_and(|seen| *seen != progress.runs.len()) {
            return Err(Conflict::Run.into());
        }
        let mut last_record = shared.last_record;
        for change in changes {
            rules::follows(&progress, change)?;
            progress.apply(change);
            if let Change::Completed(completion) = change {
                last_record = Some(completion.digest);
            }
        }
        self.seen().insert(course.clone(), progress.runs.len());
        shared.courses.insert(course.clone(), progress);
        shared.last_record = last_record;
        Ok(())
    }

    fn last_record(&self) -> Result<Option<Digest>, StoreError> {
        Ok(self.shared().last_record)
    }

    fn keep_course(&mut self, digest: &Digest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
        self.shared().kept.entry(*digest).or_insert_with(|| files.clone());
        Ok(())
    }

    fn kept_course(&self, digest: &Digest) -> Result<Option<BTreeMap<String, Vec<u8>>>, StoreError> {
        Ok(self.shared().kept.get(digest).cloned())
    }
}
