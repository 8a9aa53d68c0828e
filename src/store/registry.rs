//! What HR's registry keeps on disk.

pub mod audit;
mod entry;
pub mod memory;
mod refusal;
mod rules;
#[cfg(test)]
mod sample;
pub mod sqlite;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use uuid::Uuid;

use super::StoreError;
use crate::clock::Timestamp;
use crate::course::CourseFiles;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{Checkpoint, ConsistencyProof, Hash, InclusionProof, Index, Relation, Salt, Size};
use crate::registry::change::{
    CourseState, Decided, KeyAccepted, PersonChange, PutAside, RetentionSet, RuleSet,
};
use crate::registry::evidence::recount::Opening;
use crate::registry::{Change, Dossier, PersonNumber, Terms};
use audit::{Audited, Discrepancy};
pub use refusal::Refusal;
pub use rules::entered;

/// Keeps a registry.
///
/// Every change is kept together with its entry in the log; `at` in a question means "as the registry knew it then".
/// Whatever is shown to a visitor is shown one at a time, so that memory does not grow with the number of people.
pub trait RegistryStore {
    /// Which registry this is: drawn once, part of the origin of its log.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn id(&self) -> Result<Uuid, StoreError>;

    /// Keeps `changes` and their log entries, all or none of them. When it returns `Ok` they outlive a power cut.
    ///
    /// Times in the log never go back: a change that happened a little before the newest entry (two running copies, a
    /// clock that was set right) is entered at the time of that entry.
    ///
    /// # Errors
    /// When the store cannot be written, or a change may not follow on what is known ([`StoreError::Refused`]: an
    /// unknown course, a record that is here already, a clock that is a day behind); nothing has changed then.
    fn save(&mut self, changes: &[Change]) -> Result<Saved, StoreError>;

    /// Everybody whom the registry knows, sorted by number, as known at `at`.
    ///
    /// # Errors
    /// When the store cannot be read, or what the visitor stopped with ([`StoreError::Stopped`] if nothing is wrong).
    fn dossiers(
        &self,
        at: Timestamp,
        visit: &mut dyn FnMut(Dossier) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// One person, as known at `at`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn dossier(&self, person: &PersonNumber, at: Timestamp) -> Result<Option<Dossier>, StoreError>;

    /// What rosters said of a person, one after the other: when, and what held from then on.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn roster_history(&self, person: &PersonNumber) -> Result<Vec<(Timestamp, PersonChange)>, StoreError>;

    /// The secret by which the log names a person and binds what it does not say of them; `None` when nobody of that number
    /// is known, or they were erased.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn salt(&self, person: &PersonNumber) -> Result<Option<Salt>, StoreError>;

    /// How many people stood on the roster, as the log says; `None` before the first roster.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn on_the_roster(&self, at: Timestamp) -> Result<Option<OnTheRoster>, StoreError>;

    /// Every version of a course that was ever added, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn courses(&self, at: Timestamp) -> Result<Vec<ArchivedCourse>, StoreError>;

    /// The files of an archived version, each exactly as it was added.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn course_files(&self, digest: &Digest) -> Result<Option<CourseFiles>, StoreError>;

    /// The terms for records.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn terms(&self, at: Timestamp) -> Result<Terms, StoreError>;

    /// The recurring rules that hold.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn rules(&self, at: Timestamp) -> Result<Vec<RuleSet>, StoreError>;

    /// The texts behind entries about no person that a status depends on, in the order of the log: what versions of courses
    /// are called and for how long they count, recurring rules, and the ends of those. Whoever is shown one with its salt can
    /// hash it again and find it in the entry.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn openings(&self, at: Timestamp) -> Result<Vec<Opening>, StoreError>;

    /// How long the records of courses are kept, where that was said.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn retentions(&self, at: Timestamp) -> Result<Vec<RetentionSet>, StoreError>;

    /// The signed file of an assignment.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn assignment(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError>;

    /// Whether a person may have been asked for a course anew after this assignment, if there is one, as known at `at`: another one
    /// came last, and it is for another version than this, or some record of the course had come by then. It costs less than the
    /// [dossier](Self::dossier), which says whether they were.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn is_perhaps_asked_anew(
        &self,
        person: &PersonNumber,
        course: &CourseId,
        assignment: Option<Uuid>,
        version: &Digest,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(dossier) = self.dossier(person, at)? else { return Ok(false) };
        let last = dossier.assignments.iter().rev().find(|asked| asked.course == *course);
        Ok(last.is_some_and(|last| {
            let mut records = dossier.records.iter().filter(|record| record.course == *course);
            assignment.is_none_or(|assignment| {
                last.id != assignment
                    && (last.version != *version || records.any(|record| record.received_at <= last.at))
            })
        }))
    }

    /// Which of these files were collected or put aside before: by the digest of the file or of the record.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn known(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError>;

    /// Which of these are digests of records that were collected, whether or not they were erased since; files that were put
    /// aside are not among them.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn collected(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError>;

    /// Which of these files, collected or put aside by one of the first `until` entries of the log, still need somebody: by the
    /// digest of the file or of the record.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn unsettled(&self, digests: &[Digest], until: Size) -> Result<BTreeMap<Digest, Unsettled>, StoreError>;

    /// The did:keys that a person is known by, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn keys(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<String>, StoreError> {
        Ok(self.dossier(person, at)?.map(|dossier| dossier.keys).unwrap_or_default())
    }

    /// Runs `work`, to which everything is told as of one moment, and sooner than one question after the other. It should
    /// not take long: while a moment is held, what was written after it cannot be tidied up.
    ///
    /// # Errors
    /// Those of `work`, or when the store cannot be read.
    fn at_one_moment(&self, work: &mut dyn FnMut() -> Result<(), StoreError>) -> Result<(), StoreError> {
        work()
    }

    /// The file of a record, as it came.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn record(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// Records that wait for a decision, in the order of receipt.
    ///
    /// # Errors
    /// When the store cannot be read, or the visitor stopped with an error.
    fn waiting(&self, visit: &mut dyn FnMut(Waiting) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// The same, each with its file as it came.
    ///
    /// # Errors
    /// When the store cannot be read, or the visitor stopped with an error.
    fn waiting_files(
        &self,
        visit: &mut dyn FnMut(Waiting, Vec<u8>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.waiting(&mut |waiting| {
            let missing = StoreError::Impossible("a record that waits has a file");
            let bytes = self.record(&waiting.digest)?.ok_or(missing)?;
            visit(waiting, bytes)
        })
    }

    /// What was decided about the records of a person, oldest first, each at the time of its entry; as known at `at`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn decisions(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<Decided>, StoreError>;

    /// The keys that somebody accepted as those of a person, oldest first, each at the time of its entry; as known at `at`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn accepted_keys(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<KeyAccepted>, StoreError>;

    /// What was put aside, in the order of receipt.
    ///
    /// # Errors
    /// When the store cannot be read, or the visitor stopped with an error.
    fn put_aside_files(
        &self,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// One file that was put aside, by its digest.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn put_aside_file(&self, file: &Digest) -> Result<Option<PutAside>, StoreError>;

    /// The files that lie aside now, the newest first and `most` of them at most; those whose record was collected since are
    /// left out. Says how many there are of them, visited or not.
    ///
    /// # Errors
    /// When the store cannot be read, or the visitor stopped with an error.
    fn latest_aside(
        &self,
        most: u64,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError>;

    /// How many files lay aside at `at`: those whose record had been collected by then are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn number_aside(&self, at: Timestamp) -> Result<u64, StoreError>;

    /// Under which header each of our fields was found in the last roster.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn roster_mapping(&self) -> Result<BTreeMap<String, String>, StoreError>;

    /// Remembers under which header each of our fields was found, in place of what was remembered before.
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    fn set_roster_mapping(&mut self, headers: &BTreeMap<String, String>) -> Result<(), StoreError>;

    /// How many entries the log has.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn log_size(&self) -> Result<Size, StoreError>;

    /// The bytes of an entry, as they were hashed.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn log_entry(&self, index: Index) -> Result<Option<Vec<u8>>, StoreError>;

    /// The bytes of all entries from `first` on, in order.
    ///
    /// # Errors
    /// When the store cannot be read, or the visitor stopped with an error.
    fn log_entries(
        &self,
        first: Index,
        visit: &mut dyn FnMut(Index, Vec<u8>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// The root that the log had when it had `size` entries; `None` when it has fewer.
    ///
    /// # Errors
    /// When the store cannot be read or its tiles are damaged.
    fn log_root(&self, size: Size) -> Result<Option<Hash>, StoreError>;

    /// Shows that an entry is in the log as it was with `size` entries; `None` when it is not.
    ///
    /// # Errors
    /// When the store cannot be read or its tiles are damaged.
    fn inclusion(&self, index: Index, size: Size) -> Result<Option<InclusionProof>, StoreError>;

    /// The same for several entries; sooner than one after the other when they stand together.
    ///
    /// # Errors
    /// When the store cannot be read or its tiles are damaged.
    fn inclusions(&self, indices: &[Index], size: Size) -> Result<Option<Vec<InclusionProof>>, StoreError> {
        indices.iter().map(|index| self.inclusion(*index, size)).collect()
    }

    /// Shows that the log of `newer` entries begins with that of `older`; `None` when there are not so many.
    ///
    /// # Errors
    /// When the store cannot be read or its tiles are damaged.
    fn consistency(&self, older: Size, newer: Size) -> Result<Option<ConsistencyProof>, StoreError>;

    /// What the present log is to a head that somebody kept: how a registry that was rolled back, or restored from an
    /// old copy, is noticed.
    ///
    /// # Errors
    /// When the store cannot be read or its tiles are damaged.
    fn relation(&self, older: &Checkpoint) -> Result<Relation, StoreError>;

    /// Keeps a signed head of the log. Of a size for which one is kept, the first one stays.
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    fn keep_checkpoint(&mut self, checkpoint: &KeptCheckpoint) -> Result<(), StoreError>;

    /// The signed heads that were kept, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn checkpoints(&self) -> Result<Vec<KeptCheckpoint>, StoreError>;

    /// Makes every entry again from what the registry keeps and compares it with the one that was logged, hashes the
    /// log again, and looks for rows without an entry and entries without rows. Shows each difference.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn audit(&self, visit: &mut dyn FnMut(Discrepancy)) -> Result<Audited, StoreError>;

    /// A whole copy of the registry as it is at one moment, at a path where nothing is yet. Says how many entries the log in it
    /// has.
    ///
    /// # Errors
    /// When the copy cannot be written; nothing is left at `path` then.
    fn back_up(&self, path: &Path) -> Result<Size, StoreError>;
}

/// What saving did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The place in the log of the entry of the first change; the others follow, one each.
    pub first: u64,
    /// How many entries the log has now.
    pub size: u64,
}

/// A signed head of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// How many entries it has.
    pub size: Size,
    /// The signed note.
    pub note: Vec<u8>,
}

/// A version of a course in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedCourse {
    /// The digest of the version.
    pub digest: Digest,
    /// Its id over all versions.
    pub course: CourseId,
    /// As people call it.
    pub title: String,
    /// As people call the version.
    pub version: String,
    /// For how many days a completion of it counts.
    pub validity_days: u32,
    /// When it was added.
    pub added_at: Timestamp,
    /// Whether it counts.
    pub state: CourseState,
    /// When it was first approved, if it was.
    pub approved_at: Option<Timestamp>,
}

/// A record that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub person: PersonNumber,
    /// The digest of the record.
    pub digest: Digest,
    /// When it was received.
    pub received_at: Timestamp,
    /// Which course.
    pub course: CourseId,
    /// What was said at each level that did not pass.
    pub reasons: Vec<(crate::registry::terms::Level, String)>,
}

/// What a file that is here needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsettled {
    /// It is a record that waits for a decision.
    ForReview,
    /// It lies aside, and was not collected since.
    Aside,
    /// It is of somebody who was erased, and never comes back.
    Erased,
}

/// How many people stand on the roster, as the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnTheRoster {
    /// The place of the entry that says it, a roster or an erasure.
    pub index: u64,
    /// How many.
    pub total: u64,
}
