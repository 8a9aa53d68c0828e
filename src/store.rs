//! What is kept on disk, behind traits that speak of our nouns and not of rows.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::id::CourseId;
use crate::progress::{Change, Person, Progress};

/// Keeps what one learner has done.
pub trait ProgressStore {
    /// Why it cannot.
    type Error: std::error::Error + 'static;

    /// Who the learner is; `None` before they said so.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn person(&self) -> Result<Option<Person>, Self::Error>;

    /// Keeps who the learner is.
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    fn set_person(&mut self, person: &Person) -> Result<(), Self::Error>;

    /// What was done in a course so far.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn progress(&self, course: &CourseId) -> Result<Progress, Self::Error>;

    /// Keeps `changes`, all or none of them. When it returns `Ok` they outlive a power cut.
    ///
    /// # Errors
    /// When the store cannot be written, or another running copy did something that excludes these changes
    /// (both began attempt 2); nothing has changed then.
    fn save(&mut self, course: &CourseId, changes: &[Change]) -> Result<(), Self::Error>;

    /// Keeps the files of a course version, so that an attempt can be finished on the version it began with.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_course(&mut self, digest: &Digest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Self::Error>;

    /// The files of a course version that was kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn kept_course(&self, digest: &Digest) -> Result<Option<BTreeMap<String, Vec<u8>>>, Self::Error>;
}
