//! A folder in which files are made that are to appear in another one when all of them are whole.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::put::put;
use super::temporary::TemporaryFolder;
use super::{FileError, sync_folder};

/// A folder within another one, for nobody but the user. It goes with all that it holds when it is dropped.
#[derive(Debug)]
pub struct Nursery {
    temporary: TemporaryFolder,
    folder: PathBuf,
}

impl Nursery {
    /// A nursery within `folder`, which is there.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(folder: &Path) -> Result<Self, FileError> {
        let fault = |source| FileError::Write { path: folder.to_owned(), source };
        let temporary = TemporaryFolder::begin(folder).map_err(fault)?;
        Ok(Self { temporary, folder: folder.to_owned() })
    }

    /// Where the files are made.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Moves files of these names, which nobody has open, into the folder, one after the other. When it returns `Ok` they
    /// outlive a power cut; after an error none of them is there.
    ///
    /// # Errors
    /// When there is something of such a name already, which stays, or a file cannot be moved.
    pub fn hand_over(self, names: &[&str]) -> Result<(), FileError> {
        for name in names {
            self.sync(name)?;
        }
        // Only now, and without a pause: whoever is killed in between leaves some of them.
        let mut moved = Vec::with_capacity(names.len());
        let done = names.iter().try_for_each(|name| {
            let path = self.folder.join(name);
            self.move_one(name, &path)?;
            moved.push(path);
            Ok(())
        });
        let done = done.and_then(|()| {
            let fault = |source| FileError::Write { path: self.folder.clone(), source };
            sync_folder(&self.folder).map_err(fault)
        });
        if done.is_err() {
            for path in moved {
                // The first error is the one to tell.
                let _ = fs::remove_file(path);
            }
        }
        done
    }

    fn sync(&self, name: &str) -> Result<(), FileError> {
        let path = self.temporary.path().join(name);
        let synced = fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.sync_all());
        synced.map_err(|source| FileError::Write { path, source })
    }

    fn move_one(&self, name: &str, to: &Path) -> Result<(), FileError> {
        let from = self.temporary.path().join(name);
        let fault = |source| FileError::Write { path: to.to_owned(), source };
        let from = TempPath::try_from_path(from).map_err(fault)?;
        put(from, to).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => FileError::Exists { path: to.to_owned() },
            _ => fault(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn put(path: &Path, text: &str) {
        let file = fs::File::create_new(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).expect("a file");
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_named_appears_and_everything_else_goes() {
        let home = tempfile::tempdir().expect("a folder");
        let nursery = Nursery::begin(home.path()).expect("made");
        for name in ["a", "b", "scratch"] {
            put(&nursery.path().join(name), name);
        }
        nursery.hand_over(&["a", "b"]).expect("moved");
        assert_eq!(names(home.path()), ["a", "b"]);
    }

    #[test]
    fn all_or_none() {
        let home = tempfile::tempdir().expect("a folder");
        put(&home.path().join("b"), "somebody's");
        let nursery = Nursery::begin(home.path()).expect("made");
        for name in ["a", "b"] {
            put(&nursery.path().join(name), name);
        }
        let error = nursery.hand_over(&["a", "b"]).expect_err("b is there");
        assert!(matches!(error, FileError::Exists { .. }), "{error:?}");
        assert_eq!(names(home.path()), ["b"]);
        assert_eq!(fs::read(home.path().join("b")).expect("a file"), b"somebody's");
    }
}
