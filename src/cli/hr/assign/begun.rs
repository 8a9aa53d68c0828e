//! Runs whose assignments may be in the registry without their files. A note of each lies beside the files, from before the first
//! assignment is made until the last file is written, and is locked as long as its run lives: one that nobody holds was left by a
//! run that was killed, and the next run finishes it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::super::error::Failure;
use super::super::super::output::Delimiter;
use super::super::super::printer::Printer;
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
#[must_use = "another run takes it for interrupted when nobody holds it"]
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
        let bytes = serde_json::to_vec(&run).expect("names and times are JSON");
        files::make_folder(&folder, Privacy::Private)
            .and_then(|()| files::write_new(&path, &bytes, Privacy::Private))
            .map_err(|error| Failure::file(format!("cannot write in {}", folder.display()), &error))?;
        let held = held(&path)
            .map_err(|error| Failure::new(format!("cannot lock {}", path.display())).because(&error))?;
        let held =
            held.ok_or_else(|| Failure::new(format!("somebody else has locked {}", path.display())))?;
        Ok(Self { run, path, _held: held })
    }

    /// The notes that were left by runs that were killed, in the order of the runs. Of one that cannot be read it is told what helps.
    pub(super) fn left(registry: &Registry, printer: Printer) -> Result<Vec<Self>, Failure> {
        let notes = notes(&registry.home().assignments());
        if notes.is_empty() {
            return Ok(Vec::new());
        }
        // A run that is alive locks its note before it lets go of this.
        let _lock = registry.lock()?;
        let mut left = Vec::new();
        for path in notes {
            match Self::read(&path) {
                Ok(Some((run, held))) => left.push(Self { run, path, _held: held }),
                // It is alive, or came to its end meanwhile.
                Ok(None) => {}
                Err(error) => printer.talk(&format!(
                    "note: {} cannot be read ({error}): what an interrupted run did not write is written by countersign hr assign \
                     --write; then remove that file",
                    path.display()
                )),
            }
        }
        left.sort_by_key(|begun| begun.run.at);
        Ok(left)
    }

    /// Whether a run was killed whose files nobody has written yet.
    pub(super) fn is_any_left(home: &Home) -> bool {
        notes(&home.assignments()).iter().any(|path| matches!(held(path), Ok(Some(_))))
    }

    /// A note that nobody holds, held.
    fn read(path: &Path) -> io::Result<Option<(Run, File)>> {
        let Some(held) = held(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        // By this handle: where locks keep others from reading, they keep another one of ours from it, too.
        (&held).take(Self::MOST).read_to_end(&mut bytes)?;
        Ok(Some((serde_json::from_slice(&bytes)?, held)))
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
fn held(path: &Path) -> io::Result<Option<File>> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
