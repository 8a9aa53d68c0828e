//! Folders on Unix, by handle: no link is followed on the way from one to what is in it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, openat, statat};
use rustix::io::Errno;

use super::{Kind, Refused};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// Opening a pipe would wait until somebody writes into it.
const FILE: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

/// A folder to open files from.
#[derive(Debug)]
pub(in crate::files) struct Folder(OwnedFd);

impl Folder {
    /// Opens what somebody named, also by a link.
    pub(in crate::files) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(openat(CWD, path, FOLDER, Mode::empty())?))
    }

    /// What is in it.
    pub(in crate::files) fn entries(&self) -> io::Result<Entries> {
        Ok(Entries(Dir::read_from(&self.0)?))
    }

    /// Opens the file at a path below it.
    pub(in crate::files) fn file(&self, below: &Path) -> Result<File, Refused> {
        let name = below.file_name().ok_or(Refused::System(Errno::ISDIR.into()))?;
        let mut inner: Option<OwnedFd> = None;
        for part in below.parent().into_iter().flat_map(Path::iter) {
            inner = Some(without_links(inner.as_ref().unwrap_or(&self.0), part, FOLDER)?);
        }
        without_links(inner.as_ref().unwrap_or(&self.0), name, FILE).map(File::from)
    }
}

/// What is in a folder.
#[derive(Debug)]
pub(in crate::files) struct Entries(Dir);

impl Entries {
    /// What is in the folder of this name.
    pub(in crate::files) fn within(&self, name: &OsStr) -> Result<Self, Refused> {
        let folder = self.0.fd().map_err(system)?;
        without_links(folder, name, FOLDER).and_then(|inner| Dir::new(inner).map(Self).map_err(system))
    }

    fn kind(&self, entry: &rustix::fs::DirEntry) -> io::Result<Kind> {
        let kind = match entry.file_type() {
            // Not every file system tells.
            FileType::Unknown => {
                let stat = statat(self.0.fd()?, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?;
                FileType::from_raw_mode(stat.st_mode)
            }
            kind => kind,
        };
        Ok(match kind {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        })
    }
}

impl Iterator for Entries {
    type Item = io::Result<(OsString, io::Result<Kind>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.0.read()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(error.into())),
            };
            let name = entry.file_name().to_bytes();
            if name != b"." && name != b".." {
                return Some(Ok((OsStr::from_bytes(name).to_owned(), self.kind(&entry))));
            }
        }
    }
}

fn without_links(folder: impl AsFd, name: &OsStr, flags: OFlags) -> Result<OwnedFd, Refused> {
    let folder = folder.as_fd();
    openat(folder, name, flags | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| {
        // What is said of a link differs from system to system.
        match statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink => Refused::Link,
            Ok(_) | Err(_) => system(error),
        }
    })
}

fn system(error: Errno) -> Refused {
    Refused::System(error.into())
}
