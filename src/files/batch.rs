//! Writing many files, each of which is there whole or not at all, without waiting for the disk once for each.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::write::{already_there, folder_of, unsynced};
use super::{FileError, Privacy, make_folder, sync_folder};

/// How many files wait for the disk together.
const TOGETHER: usize = 1_000;

/// Files that are being written. A disk that is asked about a thousand files at once answers little later than about one.
#[derive(Debug)]
pub struct Batch {
    privacy: Privacy,
    waiting: Vec<(TempPath, PathBuf)>,
}

impl Batch {
    /// No file yet.
    #[must_use]
    pub fn new(privacy: Privacy) -> Self {
        Self { privacy, waiting: Vec::new() }
    }

    /// Writes a file that must not be there yet; folders that are missing are made. It is there after
    /// [`Batch::finish`]. A file with the very same bytes is as good as written.
    ///
    /// # Errors
    /// When a file cannot be written, or another one of its name is there; that one is left alone. Of the files that were
    /// waiting some may be there.
    pub fn write_new(&mut self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        make_folder(folder_of(path), self.privacy)?;
        if fs::symlink_metadata(path).is_ok() {
            return already_there(path, bytes, self.privacy);
        }
        let fault = |source| FileError::Write { path: path.to_owned(), source };
        // Only the name is kept: so many open files would be more than a program may have.
        let temporary = unsynced(path, bytes, self.privacy).map_err(fault)?.into_temp_path();
        self.waiting.push((temporary, path.to_owned()));
        if self.waiting.len() >= TOGETHER { self.settle() } else { Ok(()) }
    }

    /// When it returns `Ok` all files outlive a power cut.
    ///
    /// # Errors
    /// As [`Batch::write_new`].
    pub fn finish(mut self) -> Result<(), FileError> {
        self.settle()
    }

    fn settle(&mut self) -> Result<(), FileError> {
        let fault = |path: &Path, source| FileError::Write { path: path.to_owned(), source };
        for (temporary, path) in &self.waiting {
            // Windows syncs only what may be written.
            let file = File::options().write(true).open(temporary);
            file.and_then(|file| file.sync_all()).map_err(|source| fault(path, source))?;
        }
        let mut folders = BTreeSet::new();
        for (temporary, path) in self.waiting.drain(..) {
            match temporary.persist_noclobber(&path) {
                Ok(()) => {}
                // Another copy was faster; whether with the same bytes can be seen by writing again.
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(FileError::Exists { path });
                }
                Err(error) => return Err(fault(&path, error.error)),
            }
            folders.insert(folder_of(&path).to_owned());
        }
        folders.iter().try_for_each(|folder| sync_folder(folder).map_err(|source| fault(folder, source)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_are_there_at_the_end_and_none_before() {
        let home = tempfile::tempdir().expect("a folder");
        let path = |number: usize| home.path().join(format!("{}/{number}.json", number % 3));
        let mut batch = Batch::new(Privacy::Private);
        let number = TOGETHER + 5;
        for each in 0..number {
            batch.write_new(&path(each), each.to_string().as_bytes()).expect("nothing is there");
        }
        assert!(path(0).exists(), "a thousand wait together, and not for the last");
        assert!(!path(number - 1).exists());
        batch.finish().expect("written");
        for each in 0..number {
            assert_eq!(fs::read(path(each)).expect("there"), each.to_string().as_bytes());
        }
        let entries = fs::read_dir(home.path().join("0")).expect("a folder").count();
        assert_eq!(entries, number.div_ceil(3), "nothing temporary is left");
    }

    #[test]
    fn what_is_there_stays_and_what_was_given_up_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("a");
        let mut batch = Batch::new(Privacy::Shared);
        batch.write_new(&path, b"one").expect("nothing is there");
        drop(batch);
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0);
        super::super::write_new(&path, b"one", Privacy::Shared).expect("written");
        let mut batch = Batch::new(Privacy::Shared);
        batch.write_new(&path, b"one").expect("the same");
        let other = batch.write_new(&path, b"two");
        assert!(matches!(other, Err(FileError::Exists { .. })), "{other:?}");
        assert_eq!(fs::read(&path).expect("there"), b"one");
    }
}
