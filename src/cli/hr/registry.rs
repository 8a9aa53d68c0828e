//! The folder of the registry that an `hr` command works on.

use std::path::{Path, PathBuf};

use super::super::environment::Environment;
use super::super::error::Failure;

/// The database.
const DATABASE: &str = "registry.db";

/// The folder of a registry.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Home {
    folder: PathBuf,
    long_unused: LongUnused,
}

/// What is done when the clock stands long after the newest entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum LongUnused {
    /// Nothing is entered: nothing could be entered again before the clock's time has come.
    Refuse,
    /// Somebody has looked at the date.
    GoOn,
}

impl Home {
    /// The folder that was named, else that of `COUNTERSIGN_REGISTRY`, else the present one if it holds a registry.
    pub(in crate::cli) fn find(named: Option<&Path>, environment: &Environment) -> Result<Self, Failure> {
        let home = Self::new(named.or(environment.registry.as_deref()).unwrap_or(Path::new(".")));
        if home.database().is_file() {
            return Ok(home);
        }
        let failure = if named.is_some() || environment.registry.is_some() {
            Failure::new(format!("there is no registry in {}", home.folder.display()))
        } else {
            Failure::new("there is no registry in this folder").hint("name its folder with --registry DIR")
        };
        Err(failure.hint("a new one is made with: countersign hr init DIR"))
    }

    /// A folder where a registry is to be made.
    pub(in crate::cli) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), long_unused: LongUnused::Refuse }
    }

    /// This folder, with what is done when nothing was added to it for long.
    pub(in crate::cli) fn when_long_unused(self, long_unused: LongUnused) -> Self {
        Self { long_unused, ..self }
    }

    /// What is done when nothing was added for long.
    pub(in crate::cli) fn long_unused(&self) -> LongUnused {
        self.long_unused
    }

    /// The folder.
    pub(in crate::cli) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything that was collected.
    pub(in crate::cli) fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// What was written last and is not in the database yet; nothing while nobody has it open.
    pub(in crate::cli) fn database_log(&self) -> PathBuf {
        self.folder.join(format!("{DATABASE}-wal"))
    }

    /// On disks without shared memory: what stood where something is being written; nothing while nobody has it open.
    pub(in crate::cli) fn database_journal(&self) -> PathBuf {
        self.folder.join(format!("{DATABASE}-journal"))
    }

    /// HR's key.
    pub(in crate::cli) fn key(&self) -> PathBuf {
        self.folder.join("hr.key")
    }

    /// The head of the log as it was signed last.
    pub(in crate::cli) fn checkpoint(&self) -> PathBuf {
        self.folder.join("checkpoint")
    }

    /// What was found when the whole database was held against its log last, for HR to see.
    pub(in crate::cli) fn last_comparison(&self) -> PathBuf {
        self.folder.join("last-comparison")
    }

    /// The file that whoever appends holds locked meanwhile.
    pub(in crate::cli) fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// Where assignments are written unless it is said, in a folder for each run.
    pub(in crate::cli) fn assignments(&self) -> PathBuf {
        self.folder.join("assignments")
    }

    /// Where receipts go unless it is said.
    pub(in crate::cli) fn receipts(&self) -> PathBuf {
        self.folder.join("receipts")
    }
}
