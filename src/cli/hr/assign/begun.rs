//! Runs whose assignments may be in the registry without their files. A note of each lies beside the files, from before the first
//! assignment is made until the last file is written, and is locked as long as its run lives: one that nobody holds was left by a
//! run that was killed, and the next run finishes it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::super::error::Failure;
use super::super::super::output::Delimiter;
use super::super::open::{Lock, Registry};
use super::super::registry::Home;
use crate::clock::Timestamp;
use crate::files::{self, Privacy};

/// What a run was about to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Run {
    /// When its assignments are made.
    pub(super) at: Timestamp,
    /// The assignments.
    pub(super) ids: BTreeSet<Uuid>,
    /// The folder for the files, if one was named and its name is text.
    pub(super) out: Option<PathBuf>,
    /// Between the cells of the list, if that was said.
    pub(super) delimiter: Option<Delimiter>,
}

impl Run {
    /// A run into this folder, wherever the next one is called.
    pub(super) fn new(
        at: Timestamp,
        ids: BTreeSet<Uuid>,
        out: Option<&Path>,
        delimiter: Option<Delimiter>,
    ) -> Self {
        let whole = out.and_then(|out| std::path::absolute(out).ok());
        Self { at, ids, out: whole.filter(|out| out.to_str().is_some()), delimiter }
    }
}

/// The note of a run, held.
pub(super) struct Begun {
    pub(super) run: Run,
    path: PathBuf,
    /// Unlocked when it goes.
    _held: File,
}

impl Begun {
    /// What the names of notes begin with.
    const PREFIX: &str = ".begun-";
    /// How many bytes a note has at most: some millions of people, and a path.
    const MOST: u64 = 1 << 28;

    /// Notes a run. Nobody takes it for one that was killed while `_lock` is held, and later it is held itself.
    pub(super) fn note(run: Run, home: &Home, _lock: &Lock) -> Result<Self, Failure> {
        let folder = home.assignments();
        let path = folder.join(format!("{}{}", Self::PREFIX, Uuid::new_v4()));
        let bytes = serde_json::to_vec(&run).unwrap_or_default();
        files::make_folder(&folder, Privacy::Private)
            .and_then(|()| files::write_new(&path, &bytes, Privacy::Private))
            .map_err(|error| Failure::file(format!("cannot write in {}", folder.display()), &error))?;
        let held = held(&path).ok_or_else(|| Failure::new(format!("cannot lock {}", path.display())))?;
        Ok(Self { run, path, _held: held })
    }

    /// The notes that were left by runs that were killed, in the order of the runs.
    pub(super) fn left(registry: &Registry) -> Result<Vec<Self>, Failure> {
        let notes = notes(&registry.home().assignments());
        if notes.is_empty() {
            return Ok(Vec::new());
        }
        // A run that is alive locks its note before it lets go of this.
        let _lock = registry.lock()?;
        let left = notes.into_iter().filter_map(|path| {
            let held = held(&path)?;
            let bytes = files::read_limited(&path, Self::MOST).ok()?;
            Some(Self { run: serde_json::from_slice(&bytes).ok()?, path, _held: held })
        });
        let mut left: Vec<_> = left.collect();
        left.sort_by_key(|begun| begun.run.at);
        Ok(left)
    }

    /// Its files are written.
    pub(super) fn end(self) {
        // One that stays makes the next run write them again.
        let _ = fs::remove_file(&self.path);
    }
}

fn notes(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_note = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(Begun::PREFIX))
    };
    entries.map(|entry| entry.path()).filter(is_note).collect()
}

/// The file, locked; nothing when somebody else has it, or it is gone.
fn held(path: &Path) -> Option<File> {
    let file = OpenOptions::new().write(true).open(path).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}
