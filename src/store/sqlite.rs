//! Progress in one SQLite file.

mod open;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod write;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::params;

use super::database::Database;
use super::database::layout::Layout;
use super::database::open::log_beside;
use super::{Conflict, Keeps, ProgressStore, StoreError, rules};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::progress::{Change, Person, Progress};
use write::Writer;

/// As long as another copy takes to save something.
const MOMENT: Duration = Duration::from_millis(300);

/// Progress in one SQLite file (WAL, every commit synced), which several running copies may have open.
#[derive(Debug)]
pub struct SqliteProgress {
    database: Database,
    /// The run of each course that this copy last saw.
    seen: RefCell<BTreeMap<CourseId, u32>>,
    /// Tells other copies that the file is in use, so that nobody sets it aside; after `database`, so that it is
    /// let go last.
    _in_use: Option<File>,
}

/// An open store, and what happened on the way.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: SqliteProgress,
    /// Where a file is now that was damaged or not ours; the store has begun empty. Tell the learner.
    pub set_aside: Option<PathBuf>,
}

impl SqliteProgress {
    /// Opens the store at `path`, or makes it, in a folder that is there; brings an older file up to date; sets a
    /// damaged or foreign one aside.
    ///
    /// # Errors
    /// When it cannot be read and written, was written by a later version, or is damaged and in use.
    pub fn open(path: &Path) -> Result<Opened, StoreError> {
        open::open(path, &schema::LAYOUT)
    }

    /// The file that was set aside last of those that stood at `path`.
    #[must_use]
    pub fn last_set_aside(path: &Path) -> Option<PathBuf> {
        open::last_set_aside(path)
    }

    /// Where what is not in the file at `path` yet is written, as long as somebody has it open; after a crash it stays.
    #[must_use]
    pub fn log_beside(path: &Path) -> PathBuf {
        log_beside(path)
    }

    /// Opens the store at `path` if there is a sound one with something in it, and brings an older one up to date; makes none and sets nothing aside.
    /// Whoever gets none, also because another program holds it for longer than a moment, lets [`Self::open`] say why.
    #[must_use]
    pub fn open_sound(path: &Path) -> Option<Self> {
        let something = fs::metadata(path).is_ok_and(|file| file.len() > 0);
        let layout = Layout { patience: MOMENT, ..schema::LAYOUT };
        something.then(|| open::open_sound(path, &layout)).flatten()
    }
}

impl ProgressStore for SqliteProgress {
    fn learner(&self) -> Result<Option<(Person, String)>, StoreError> {
        self.database.read(|connection| Ok(read::learner(connection)?))
    }

    fn set_learner(&mut self, person: &Person, did: &str) -> Result<(), StoreError> {
        rules::possible_learner(person, did)?;
        self.database.write(|transaction| {
            if read::learner(transaction)?.is_some_and(|(_, begun_with)| begun_with != did) {
                return Err(StoreError::OtherKey.into());
            }
            transaction.execute(
                "INSERT OR REPLACE INTO learner (only_one, number, name, email, did) VALUES (1, ?1, ?2, ?3, ?4)",
                params![person.number, person.name, person.email, did],
            )?;
            Ok(())
        })
    }

    fn progress(&self, course: &CourseId) -> Result<Progress, StoreError> {
        let progress = self.database.read(|connection| Ok(read::progress(connection, course)?))?;
        let run = progress.run().map_or(0, |run| run.number);
        self.seen.borrow_mut().insert(course.clone(), run);
        Ok(progress)
    }

    fn save(&mut self, course: &CourseId, changes: &[Change]) -> Result<(), StoreError> {
        changes.iter().try_for_each(rules::possible)?;
        let seen = self.seen.borrow().get(course).copied();
        let run = self.database.write(|transaction| {
            let mut writer = Writer::new(transaction, course)?;
            if seen.is_some_and(|seen| seen != writer.run()) {
                return Err(Conflict::Run.into());
            }
            for change in changes {
                writer.write(change)?;
            }
            Ok(writer.run())
        })?;
        self.seen.borrow_mut().insert(course.clone(), run);
        Ok(())
    }

    fn last_record(&self) -> Result<Option<Digest>, StoreError> {
        self.database.read(|connection| Ok(read::last_record(connection)?))
    }

    fn keep_course(&mut self, digest: &Digest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
        // The common case, and it needs no lock.
        if self.database.read(|connection| Ok(read::has_version(connection, digest)?))? {
            return Ok(());
        }
        let version = digest.to_string();
        self.database.write(|transaction| {
            if read::has_version(transaction, digest)? {
                return Ok(());
            }
            transaction.execute("INSERT INTO course_version (digest) VALUES (?1)", [&version])?;
            for (path, bytes) in files {
                let content = Digest::of(bytes).to_string();
                transaction
                    .prepare_cached(
                        "INSERT INTO content (digest, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![content, bytes])?;
                transaction
                    .prepare_cached("INSERT INTO course_file (version, path, digest) VALUES (?1, ?2, ?3)")?
                    .execute(params![version, path, content])?;
            }
            Ok(())
        })
    }

    fn kept_course(&self, digest: &Digest) -> Result<Option<BTreeMap<String, Vec<u8>>>, StoreError> {
        let kept = self.database.read(|connection| {
            let known = read::has_version(connection, digest)?;
            Ok(if known { Some(read::course_files(connection, digest)?) } else { None })
        })?;
        let Some(kept) = kept else { return Ok(None) };
        let mut files = BTreeMap::new();
        for (path, content, bytes) in kept {
            if Digest::of(&bytes) != content {
                let source = format!("{path} of a kept course is not what it was").into();
                return Err(StoreError::Damaged {
                    path: self.database.path.clone(),
                    keeps: Keeps::Progress,
                    source,
                });
            }
            files.insert(path, bytes);
        }
        Ok(Some(files))
    }
}
