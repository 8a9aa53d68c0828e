//! Folders where nothing can be opened from a handle: what has taken the place of a path since it was found is not seen.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Kind, Refused};

/// A folder to open files from.
#[derive(Debug)]
pub(in crate::files) struct Folder(PathBuf);

impl Folder {
    /// What somebody named.
    pub(in crate::files) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(path.to_owned()))
    }

    /// What is in it.
    pub(in crate::files) fn entries(&self) -> io::Result<Entries> {
        Ok(Entries { folder: self.0.clone(), entries: fs::read_dir(&self.0)? })
    }

    /// Opens the file at a path below it.
    pub(in crate::files) fn file(&self, below: &Path) -> Result<File, Refused> {
        let path = self.0.join(below);
        File::open(&path)
            .map_err(|error| if path.is_symlink() { Refused::Link } else { Refused::System(error) })
    }
}

/// What is in a folder.
#[derive(Debug)]
pub(in crate::files) struct Entries {
    folder: PathBuf,
    entries: fs::ReadDir,
}

impl Entries {
    /// What is in the folder of this name.
    pub(in crate::files) fn within(&self, name: &OsStr) -> Result<Self, Refused> {
        Folder(self.folder.join(name)).entries().map_err(Refused::System)
    }
}

impl Iterator for Entries {
    type Item = io::Result<(OsString, io::Result<Kind>)>;

    fn next(&mut self) -> Option<Self::Item> {
        let named = |entry: fs::DirEntry| {
            let kind = entry.file_type().map(|kind| match kind {
                kind if kind.is_file() => Kind::File,
                kind if kind.is_dir() => Kind::Folder,
                kind if kind.is_symlink() => Kind::Link,
                _ => Kind::Other,
            });
            (entry.file_name(), kind)
        };
        self.entries.next().map(|entry| entry.map(named))
    }
}
