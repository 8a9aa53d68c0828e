//! Walking over a folder of any size, file by file, without a list of them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::FileError;
use super::read::{Links, open_without_waiting};

/// Folders within folders; each level keeps one folder open.
const MAX_DEPTH: usize = 32;

/// A regular file that was found.
#[derive(Debug)]
pub struct Seen {
    /// Its path.
    pub path: PathBuf,
    /// Where it lies, if a link within the folder stands at that path.
    pub target: Option<PathBuf>,
}

/// The regular files at or below a folder, in the order of the file system. Links to files within the folder are
/// followed, links out of it and links to folders are faults, so that nothing is found in a circle and nobody who may put
/// a link there can make us read what they cannot.
#[derive(Debug)]
pub struct Walk {
    /// The folder without links.
    home: PathBuf,
    open: Vec<(PathBuf, fs::ReadDir)>,
}

impl Walk {
    /// Begins at a folder.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn begin(root: &Path) -> Result<Self, FileError> {
        let fault = |source| FileError::Read { path: root.to_owned(), source };
        let home = fs::canonicalize(root).map_err(fault)?;
        let entries = fs::read_dir(root).map_err(fault)?;
        Ok(Self { home, open: vec![(root.to_owned(), entries)] })
    }

    /// The entry, if it is a file; a folder is walked into.
    fn look(&mut self, entry: &fs::DirEntry) -> Result<Option<Seen>, FileError> {
        let path = entry.path();
        let fault = |source| FileError::Read { path: path.clone(), source };
        let kind = entry.file_type().map_err(fault)?;
        if kind.is_file() {
            return Ok(Some(Seen { path, target: None }));
        }
        if kind.is_dir() {
            if self.open.len() > MAX_DEPTH {
                return Err(FileError::TooDeep { path, limit: MAX_DEPTH });
            }
            let entries = fs::read_dir(&path).map_err(fault)?;
            self.open.push((path, entries));
            return Ok(None);
        }
        if !kind.is_symlink() {
            return Err(FileError::NotAFile { path });
        }
        let target = fs::canonicalize(&path).map_err(fault)?;
        if !target.starts_with(&self.home) {
            return Err(FileError::Outside { path });
        }
        // What a link within the folder leads to is found there; a file is looked at under both names.
        if target.is_file() {
            Ok(Some(Seen { path, target: Some(target) }))
        } else {
            Err(FileError::NotAFile { path })
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Seen, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (folder, entries) = self.open.last_mut()?;
            let looked = match entries.next() {
                None => {
                    self.open.pop();
                    continue;
                }
                Some(Ok(entry)) => self.look(&entry),
                Some(Err(source)) => {
                    let path = folder.clone();
                    // A folder that cannot be read on would give this error for ever.
                    self.open.pop();
                    Err(FileError::Read { path, source })
                }
            };
            match looked {
                Ok(None) => {}
                Ok(Some(seen)) => return Some(Ok(seen)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Opens a regular file for reading; a pipe that has taken its place is not waited for.
///
/// # Errors
/// When it cannot be opened, or is something else.
pub fn open_regular(path: &Path) -> Result<(File, fs::Metadata), FileError> {
    regular(open_without_waiting(path, Links::Follow), path)
}

/// Opens what was found at `path`, or where the link there led to. On Unix a link that has taken the place of the file since it was
/// found is not followed.
///
/// # Errors
/// When it cannot be opened, or is something else by now.
pub fn open_seen(path: &Path, target: Option<&Path>) -> Result<(File, fs::Metadata), FileError> {
    let place = target.unwrap_or(path);
    let opened = open_without_waiting(place, Links::Refuse);
    if opened.is_err() && place.is_symlink() {
        return Err(FileError::Replaced { path: path.to_owned() });
    }
    regular(opened, path)
}

fn regular(opened: io::Result<File>, path: &Path) -> Result<(File, fs::Metadata), FileError> {
    let fault = |source| FileError::Read { path: path.to_owned(), source };
    let file = opened.map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(FileError::NotAFile { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Privacy, make_folder, write_new};

    fn found(root: &Path) -> (Vec<String>, Vec<String>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let name = |path: &Path| path.strip_prefix(root).expect("below").display().to_string();
        for step in Walk::begin(root).expect("a folder") {
            match step {
                Ok(seen) => files.push(name(&seen.path)),
                Err(FileError::Outside { path }) => faults.push(format!("outside: {}", name(&path))),
                Err(FileError::NotAFile { path }) => faults.push(format!("no file: {}", name(&path))),
                Err(FileError::TooDeep { path, .. }) => faults.push(format!("deep: {}", name(&path).len())),
                Err(other) => panic!("{other}"),
            }
        }
        files.sort();
        faults.sort();
        (files, faults)
    }

    /// Between the walk and the opening there is time to put a link there.
    #[cfg(unix)]
    #[test]
    fn a_link_that_has_taken_the_place_of_a_file_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, other) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (path, secret) = (folder.path().join("a.json"), other.path().join("secret"));
        for file in [&path, &secret] {
            write_new(file, b"{}", Privacy::Shared).expect("writable");
        }
        let link = folder.path().join("b.json");
        symlink(&path, &link).expect("linked");
        let seen: Vec<Seen> =
            Walk::begin(folder.path()).expect("a folder").collect::<Result<_, _>>().expect("files");
        assert_eq!(seen.len(), 2);
        for Seen { path, target } in &seen {
            open_seen(path, target.as_deref()).expect("it is there");
        }
        fs::remove_file(&path).expect("removed");
        symlink(&secret, &path).expect("linked");
        for Seen { path, target } in &seen {
            let opened = open_seen(path, target.as_deref());
            assert!(matches!(&opened, Err(FileError::Replaced { path: told }) if told == path), "{opened:?}");
        }
        open_regular(&path).expect("whoever names a link means what it leads to");
    }

    #[test]
    fn every_file_once_at_any_depth() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.json", "b/c.json", "b/d/e.json"] {
            let path = folder.path().join(name);
            make_folder(path.parent().expect("a folder"), Privacy::Shared).expect("writable");
            write_new(&path, b"{}", Privacy::Shared).expect("writable");
        }
        let expected = ["a.json", "b/c.json", "b/d/e.json"].map(str::to_owned);
        assert_eq!(found(folder.path()), (expected.to_vec(), Vec::new()));
    }

    #[test]
    fn folders_within_folders_end_somewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = "d/".repeat(40);
        make_folder(&folder.path().join(&deep), Privacy::Shared).expect("writable");
        let (files, faults) = found(folder.path());
        assert_eq!((files.len(), faults), (0, vec![format!("deep: {}", 2 * (MAX_DEPTH + 1) - 1)]));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().expect("a folder");
        write_new(&outside.path().join("secret.json"), b"{}", Privacy::Shared).expect("writable");
        let folder = tempfile::tempdir().expect("a folder");
        write_new(&folder.path().join("a.json"), b"{}", Privacy::Shared).expect("writable");
        symlink(folder.path().join("a.json"), folder.path().join("within")).expect("a link");
        symlink(outside.path().join("secret.json"), folder.path().join("out")).expect("a link");
        symlink(outside.path(), folder.path().join("out-folder")).expect("a link");
        symlink(folder.path(), folder.path().join("circle")).expect("a link");
        let (files, faults) = found(folder.path());
        assert_eq!(files, ["a.json", "within"]);
        assert_eq!(faults, ["no file: circle", "outside: out", "outside: out-folder"]);
        assert!(matches!(open_regular(folder.path()), Err(FileError::NotAFile { .. })));
    }
}
