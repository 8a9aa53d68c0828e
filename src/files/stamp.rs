//! What shows that a file was changed, without reading it.

use std::fs;
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
        let metadata = fs::metadata(path)?;
        Ok(Self { length: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Of the file at `path`, if there is one.
    ///
    /// # Errors
    /// When nobody can say whether there is.
    pub fn of_any(path: &Path) -> io::Result<Option<Self>> {
        match Self::of(path) {
            Ok(stamp) => Ok(Some(stamp)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether it is of a file with nothing in it.
    #[must_use]
    pub fn is_of_nothing(self) -> bool {
        self.length == 0
    }

    /// Whether the file is still what it was.
    #[must_use]
    pub fn still_holds(self, path: &Path) -> bool {
        Self::of(path).is_ok_and(|now| now == self)
    }
}
