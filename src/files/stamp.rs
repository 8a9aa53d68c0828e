//! What shows that a file was changed, without reading it.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// What shows that a file or folder was changed: its length and when it was written last. Whoever wants to can change a file and keep
/// both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// Of the file at `path`, which is not opened.
    ///
    /// # Errors
    /// When there is none, or nothing is said about it.
    pub fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|metadata| Self::told_by(&metadata))
    }

    fn told_by(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Of the folder, or of the file with something in it, at `path`, if there is one.
    ///
    /// # Errors
    /// When nobody can say whether there is.
    pub fn of_any(path: &Path) -> io::Result<Option<Self>> {
        match fs::metadata(path) {
            // Some systems say of every folder that it has no length.
            Ok(metadata) if metadata.is_file() && metadata.len() == 0 => Ok(None),
            Ok(metadata) => Ok(Some(Self::told_by(&metadata))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the file is still what it was.
    #[must_use]
    pub fn still_holds(self, path: &Path) -> bool {
        Self::of(path).is_ok_and(|now| now == self)
    }
}
