//! Which file a name stands for, so that a deleted or exchanged one is noticed.

use std::fs;
use std::io;
use std::path::Path;

/// Which file it is, whatever its name. While a connection holds the file open, no other one gets the same identity.
#[derive(Debug)]
pub(super) struct FileIdentity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
}

#[cfg(unix)]
impl FileIdentity {
    /// The file at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        // Not opened: closing any handle of the database would release SQLite's own locks.
        let metadata = fs::metadata(path)?;
        Ok(Self { device_and_inode: (metadata.dev(), metadata.ino()) })
    }

    /// Whether `path` still stands for this file.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        Self::of(path).is_ok_and(|found| found.device_and_inode == self.device_and_inode)
    }
}

#[cfg(not(unix))]
impl FileIdentity {
    /// The file at `path`.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|_| Self {})
    }

    /// Whether `path` still stands for this file; here an open one can be neither deleted nor moved.
    pub(super) fn is_at(&self, _path: &Path) -> bool {
        let Self {} = self;
        true
    }
}
