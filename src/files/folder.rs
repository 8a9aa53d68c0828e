//! A folder that is held open: what is in it is found and opened from there, whatever takes the place of its path meanwhile.

use std::io;
use std::path::Path;

use super::FileError;

#[cfg(not(unix))]
mod by_path;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(super) use by_path::{Entries, Folder};
#[cfg(unix)]
pub(super) use unix::{Entries, Folder};

/// What stands at a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a device.
    Other,
}

/// Why something was not opened.
#[derive(Debug)]
pub(super) enum Refused {
    /// A link stands there, or at a folder on the way.
    Link,
    /// The operating system could not.
    System(io::Error),
}

impl Refused {
    /// The error that this is for what was found at `path`.
    pub(super) fn at(self, path: &Path) -> FileError {
        let path = path.to_owned();
        match self {
            Self::Link => FileError::Replaced { path },
            Self::System(source) => FileError::Read { path, source },
        }
    }
}
