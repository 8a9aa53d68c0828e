//! What is kept on disk, behind traits that speak of our nouns and not of rows.

mod database;
pub mod memory;
pub mod registry;
mod rules;
#[cfg(test)]
mod sample;
pub mod sqlite;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::id::CourseId;
use crate::progress::{Change, Person, Progress};

/// Keeps what one learner has done.
pub trait ProgressStore {
    /// Who the learner is, and the did:key that they began with; `None` before they said so.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn learner(&self) -> Result<Option<(Person, String)>, StoreError>;

    /// Keeps who the learner is, and the did:key that what they do is drawn for and signed with. What they said of
    /// themselves can change, the key cannot: questions drawn for one key do not verify in a record signed with
    /// another.
    ///
    /// # Errors
    /// When a learner with another key is kept ([`StoreError::OtherKey`]), or the store cannot be written; nothing has
    /// changed then.
    fn set_learner(&mut self, person: &Person, did: &str) -> Result<(), StoreError>;

    /// What was done in a course so far. Later calls of [`ProgressStore::save`] build on the run it shows.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn progress(&self, course: &CourseId) -> Result<Progress, StoreError>;

    /// Keeps `changes`, all or none of them. When it returns `Ok` they outlive a power cut.
    ///
    /// A new run does not delete what was read and answered in the older ones; it is only not shown any more.
    ///
    /// # Errors
    /// When the store cannot be written, or another running copy did something that excludes these changes
    /// ([`StoreError::Conflict`]: ask for [`ProgressStore::progress`] again and go on from there); nothing has
    /// changed then.
    fn save(&mut self, course: &CourseId, changes: &[Change]) -> Result<(), StoreError>;

    /// The digest of the record signed last, whichever course it completes: every record names the one before it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn last_record(&self) -> Result<Option<Digest>, StoreError>;

    /// Keeps the files of a course version, so that an attempt can be finished on the version it began with.
    /// Keeping a version again does nothing.
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    fn keep_course(&mut self, digest: &Digest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError>;

    /// The files of a course version that was kept, each exactly as it was given.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn kept_course(&self, digest: &Digest) -> Result<Option<BTreeMap<String, Vec<u8>>>, StoreError>;
}

/// What a store keeps; what to do about a damaged one depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// What one learner has done.
    Progress,
    /// HR's registry.
    Registry,
}

impl Keeps {
    fn is_gone(self) -> &'static str {
        match self {
            Self::Progress => "the progress file is gone",
            Self::Registry => "the registry's file is gone",
        }
    }
}

/// Why a store could not do what it was asked for.
#[derive(Debug)]
pub enum StoreError {
    /// The disk or the quota is used up.
    Full {
        /// The store.
        path: PathBuf,
        /// What the database said.
        source: Source,
    },
    /// The file, its folder or the whole disk may not be written.
    ReadOnly {
        /// The store.
        path: PathBuf,
        /// What the database said.
        source: Source,
    },
    /// Another running copy was writing for longer than is worth waiting.
    Busy {
        /// The store.
        path: PathBuf,
        /// What the database said.
        source: Source,
    },
    /// There is nothing to open.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Something is there already that is not written over.
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// A later version of this program has written the file.
    Newer {
        /// The store.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The highest version that this program understands.
        known: i64,
    },
    /// The number of its format is not that of what is in it: somebody has set it.
    Misnumbered {
        /// The store.
        path: PathBuf,
        /// The number.
        found: i64,
        /// What does not belong to it.
        source: Source,
    },
    /// A build from before the first release has written the file; no step leads from it to the present version.
    Early {
        /// The store.
        path: PathBuf,
    },
    /// The file is not what this program wrote.
    Damaged {
        /// The store.
        path: PathBuf,
        /// What was kept in it.
        keeps: Keeps,
        /// What was found.
        source: Source,
    },
    /// Another running copy did something that excludes these changes: load the progress again.
    Conflict(Conflict),
    /// The change may not follow on what the registry knows.
    Refused(registry::Refusal),
    /// What is saved was begun with another device key.
    OtherKey,
    /// The changes make no sense in any state of affairs: a defect of the program.
    Impossible(&'static str),
    /// Whoever was shown something had seen enough and stopped. Nothing is wrong.
    Stopped,
    /// Anything else: input and output, permissions.
    Other {
        /// The store.
        path: PathBuf,
        /// What the database or the operating system said.
        source: Source,
    },
}

/// What lies behind a [`StoreError`].
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// What another running copy did in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// Began another run, or the run that was to begin.
    Run,
    /// Did anything in the run that was to be given up.
    GoneOn,
    /// Began another round of the knowledge check, or answered the question in this one.
    Check,
    /// Began the attempt that was to begin, or one that is still under way.
    AttemptStarted,
    /// Answered, flagged or moved in the attempt.
    AttemptChanged,
    /// Submitted the attempt.
    AttemptSubmitted,
    /// Completed the run.
    Completed,
}

impl StoreError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Full { .. } => {
                Some("make room on this disk, then try again; everything saved before is still there")
            }
            Self::ReadOnly { .. } => Some(
                "make the file and its folder writable for you, or copy the whole folder to where you may write and use \
                 the copy",
            ),
            Self::Busy { .. } => Some("close the other running copy of countersign, then try again"),
            Self::Missing { .. } => {
                Some("give the folder of your registry, or make one with `countersign hr init DIR`")
            }
            Self::Exists { .. } => Some("choose another name; nothing was changed"),
            Self::Newer { .. } => Some("update countersign; the file was left as it is"),
            Self::Misnumbered { .. } => Some(
                "put the number back (`PRAGMA user_version`) if you know it, restore a backup, or move the file away and begin \
                 anew; it was left as it is",
            ),
            Self::Early { .. } => Some(
                "it was left as it is, and cannot be brought up to date: its log lacks entries by which this version counts; \
                 keep it and read it with the build that made it, begin another one (`countersign hr init DIR`), and collect \
                 the records again from where they lie",
            ),
            Self::Damaged { keeps: Keeps::Progress, .. } => Some(
                "close every running copy and start again: the damaged file is set aside then, never deleted",
            ),
            Self::Damaged { keeps: Keeps::Registry, .. } => Some(
                "keep this file as it is: countersign hr log verify says what in it is not what the log says; then restore the last \
                 backup to another folder, and compare its log with your newest checkpoint (--against FILE)",
            ),
            Self::Conflict(_) => Some("what the other copy saved is shown now; go on from there"),
            Self::Refused(refusal) => Some(refusal.hint()),
            Self::OtherKey => {
                Some("restore the key from a backup; with another key what you began cannot be signed")
            }
            Self::Stopped => None,
            Self::Impossible(_) => Some("this is a defect in countersign; please report it"),
            Self::Other { .. } => Some(
                "check that the folder is there, that you may write to it and that its disk is connected, then try again",
            ),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { path, .. } => write!(f, "no space left to save anything in {}", path.display()),
            Self::ReadOnly { path, .. } => write!(f, "nothing may be saved in {}", path.display()),
            Self::Busy { path, .. } => write!(f, "another program is using {}", path.display()),
            Self::Missing { path } => write!(f, "no registry is at {}", path.display()),
            Self::Exists { path } => write!(f, "{} is there already", path.display()),
            Self::Newer { path, found, known } => write!(
                f,
                "{} was written by a later version of countersign (format {found}; this one knows up to {known})",
                path.display()
            ),
            Self::Misnumbered { path, found, .. } => write!(
                f,
                "{} says that it is of format {found}, and does not hold what that holds",
                path.display()
            ),
            Self::Early { path } => write!(
                f,
                "{} was made by a build of countersign from before its first release",
                path.display()
            ),
            Self::Damaged { path, keeps: Keeps::Progress, .. } => write!(f, "{} is damaged", path.display()),
            Self::Damaged { path, keeps: Keeps::Registry, .. } => {
                write!(f, "{} is damaged, or somebody altered it", path.display())
            }
            Self::Conflict(conflict) => conflict.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::OtherKey => f.write_str("the device key is not the one that you began with"),
            Self::Stopped => f.write_str("whoever looked on had seen enough"),
            Self::Impossible(what) => write!(f, "nothing was saved: {what}"),
            Self::Other { path, .. } => write!(f, "cannot use {}", path.display()),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Run => "another running copy has begun the course anew",
            Self::GoneOn => "another running copy has gone on with the course",
            Self::Check => "another running copy has gone on with this check",
            Self::AttemptStarted => "another running copy has begun an attempt",
            Self::AttemptChanged => "another running copy has changed this attempt",
            Self::AttemptSubmitted => "another running copy has submitted this attempt",
            Self::Completed => "another running copy has completed the course",
        })
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Full { source, .. }
            | Self::ReadOnly { source, .. }
            | Self::Busy { source, .. }
            | Self::Misnumbered { source, .. }
            | Self::Damaged { source, .. }
            | Self::Other { source, .. } => Some(source.as_ref()),
            Self::Missing { .. }
            | Self::Exists { .. }
            | Self::Newer { .. }
            | Self::Early { .. }
            | Self::Conflict(_)
            | Self::Refused(_)
            | Self::OtherKey
            | Self::Stopped
            | Self::Impossible(_) => None,
        }
    }
}

impl From<Conflict> for StoreError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<registry::Refusal> for StoreError {
    fn from(refusal: registry::Refusal) -> Self {
        Self::Refused(refusal)
    }
}
