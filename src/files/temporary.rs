//! A temporary folder, for nobody but the user, that goes with all that it holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::Privacy;
use super::write::{TEMPORARY, create_folder};

/// One within another folder. It is removed when it is dropped.
#[derive(Debug)]
pub(super) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes one within `folder`, which is there. The error is the operating system's own, and names no path: that of the
    /// temporary folder, which is not there, tells nobody anything.
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        // Made here, because the crate puts the name into its errors and gives the cause in no other form.
        let made = Builder::new()
            .prefix(TEMPORARY.0)
            .suffix(TEMPORARY.1)
            .make_in(folder, |path| create_folder(path, Privacy::Private))?;
        // What the crate would remove at the end is a file.
        made.into_temp_path().keep().map(Self).map_err(|failed| failed.error)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed goes with what crashes leave, a day later.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_with_all_that_it_holds() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = TemporaryFolder::begin(home.path()).expect("made");
        fs::create_dir_all(folder.path().join("a/b")).expect("a folder");
        fs::File::create_new(folder.path().join("a/b/c")).expect("a file");
        drop(folder);
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0);
    }

    /// Keys are made in it.
    #[cfg(unix)]
    #[test]
    fn is_for_nobody_but_the_user() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = TemporaryFolder::begin(home.path()).expect("made");
        assert!(crate::files::is_private(folder.path()).expect("a folder"));
    }
}
