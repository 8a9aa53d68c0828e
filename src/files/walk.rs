//! Walking over a folder of any size, file by file, without a list of them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::FileError;
use super::folder::{Entries, Folder, Kind};
use super::read::open_without_waiting;

/// Folders within folders; each level keeps one folder open.
const MAX_DEPTH: usize = 32;

/// A regular file that was found.
#[derive(Debug)]
pub struct Seen {
    /// Its path.
    pub path: PathBuf,
    /// The folder that was walked over.
    home: Arc<Folder>,
    /// Where the file lies in it: elsewhere than at its path, if a link stands there.
    below: PathBuf,
}

impl Seen {
    /// Opens it from the folder that was walked over. On Unix no link is followed that has taken the place of the file, or of a
    /// folder on the way to it, since it was found. Elsewhere such links are followed.
    ///
    /// # Errors
    /// When it cannot be opened, or is something else by now.
    pub fn open(&self) -> Result<(File, fs::Metadata), FileError> {
        regular(self.home.file(&self.below).map_err(|refused| refused.at(&self.path))?, &self.path)
    }
}

/// The regular files at or below a folder, in the order of the file system. Links to files within the folder are
/// followed, links out of it and links to folders are faults, so that nothing is found in a circle and nobody who may put
/// a link there can make us read what they cannot. On Unix that holds also for links that are put there meanwhile, at whatever
/// level; what nobody can tell is a second name of a file (a hard link).
pub struct Walk<'a> {
    root: PathBuf,
    /// `root` without links.
    target: PathBuf,
    home: Arc<Folder>,
    open: Vec<(PathBuf, Entries)>,
    /// Waits while too many files are open, and says whether a folder is tried again.
    again: Box<dyn Fn() -> bool + 'a>,
}

impl<'a> Walk<'a> {
    /// Begins at a folder. While a folder cannot be opened because too many files are open, `again` waits, and says whether it is tried
    /// again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn begin(root: &Path, again: impl Fn() -> bool + 'a) -> Result<Self, FileError> {
        let fault = |source| FileError::Read { path: root.to_owned(), source };
        let target = fs::canonicalize(root).map_err(fault)?;
        let (home, entries) = open_patiently(&again, || {
            let home = Folder::open(root).map_err(fault)?;
            let entries = home.entries().map_err(fault)?;
            Ok((Arc::new(home), entries))
        })?;
        let open = vec![(root.to_owned(), entries)];
        Ok(Self { root: root.to_owned(), target, home, open, again: Box::new(again) })
    }

    /// What stands at `path`, if it is a file; a folder is walked into.
    fn look(
        &mut self,
        path: PathBuf,
        name: &OsStr,
        kind: io::Result<Kind>,
    ) -> Result<Option<Seen>, FileError> {
        let fault = |source| FileError::Read { path: path.clone(), source };
        match kind.map_err(fault)? {
            Kind::File => {
                let below = path.strip_prefix(&self.root).unwrap_or(&path).to_owned();
                Ok(Some(Seen { home: Arc::clone(&self.home), below, path }))
            }
            Kind::Folder => {
                self.enter(path, name)?;
                Ok(None)
            }
            Kind::Other => Err(FileError::NotAFile { path }),
            Kind::Link => {
                let target = fs::canonicalize(&path).map_err(fault)?;
                let Ok(below) = target.strip_prefix(&self.target) else {
                    return Err(FileError::Outside { path });
                };
                // What a link within the folder leads to is found there; a file is looked at under both names.
                if target.is_file() {
                    Ok(Some(Seen { home: Arc::clone(&self.home), below: below.to_owned(), path }))
                } else {
                    Err(FileError::NotAFile { path })
                }
            }
        }
    }

    fn enter(&mut self, path: PathBuf, name: &OsStr) -> Result<(), FileError> {
        if self.open.len() > MAX_DEPTH {
            return Err(FileError::TooDeep { path, limit: MAX_DEPTH });
        }
        if let Some((_, entries)) = self.open.last() {
            let inner =
                open_patiently(&self.again, || entries.within(name).map_err(|refused| refused.at(&path)))?;
            self.open.push((path, inner));
        }
        Ok(())
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Seen, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (folder, entries) = self.open.last_mut()?;
            let looked = match entries.next() {
                None => {
                    self.open.pop();
                    continue;
                }
                Some(Ok((name, kind))) => {
                    let path = folder.join(&name);
                    self.look(path, &name, kind)
                }
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

/// Opens something; while too many files are open, `again` waits, and says whether it is tried again.
///
/// # Errors
/// When it cannot be opened, in the end.
pub fn open_patiently<T>(
    again: impl Fn() -> bool,
    mut open: impl FnMut() -> Result<T, FileError>,
) -> Result<T, FileError> {
    loop {
        match open() {
            Err(error) if error.is_shortage() && again() => {}
            opened => return opened,
        }
    }
}

/// Opens a regular file for reading; a pipe that has taken its place is not waited for.
///
/// # Errors
/// When it cannot be opened, or is something else.
pub fn open_regular(path: &Path) -> Result<(File, fs::Metadata), FileError> {
    let opened = open_without_waiting(path);
    regular(opened.map_err(|source| FileError::Read { path: path.to_owned(), source })?, path)
}

fn regular(file: File, path: &Path) -> Result<(File, fs::Metadata), FileError> {
    let metadata = file.metadata().map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(FileError::NotAFile { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::files::{Privacy, make_folder, tempdir, write_new};

    fn found(root: &Path) -> (Vec<String>, Vec<String>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let name = |path: &Path| path.strip_prefix(root).expect("below").display().to_string();
        for step in Walk::begin(root, || false).expect("a folder") {
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
    fn a_link_that_has_taken_the_place_of_a_file_or_of_a_folder_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
        let at = |name: &str| folder.path().join(name);
        for place in [folder.path(), other.path()] {
            make_folder(&place.join("inner/most"), Privacy::Shared).expect("writable");
            for name in ["a.json", "inner/b.json", "inner/most/c.json"] {
                write_new(&place.join(name), b"{}", Privacy::Shared).expect("writable");
            }
        }
        symlink(at("a.json"), at("linked-a")).expect("linked");
        symlink(at("inner/most/c.json"), at("linked-c")).expect("linked");
        let seen: Vec<Seen> =
            Walk::begin(folder.path(), || false).expect("a folder").collect::<Result<_, _>>().expect("files");
        assert_eq!(seen.len(), 5);
        for seen in &seen {
            seen.open().expect("it is there");
        }
        let mut walk = Walk::begin(&at("inner"), || false).expect("a folder");
        fs::remove_file(at("a.json")).expect("removed");
        symlink(other.path().join("a.json"), at("a.json")).expect("linked");
        fs::rename(at("inner"), at("moved")).expect("moved");
        symlink(other.path().join("inner"), at("inner")).expect("linked");
        for seen in &seen {
            let opened = seen.open();
            assert!(matches!(&opened, Err(FileError::Replaced { path }) if *path == seen.path), "{opened:?}");
            open_regular(&seen.path).expect("whoever names a link means what it leads to");
        }
        // What is under way goes on in the folder that it began in.
        fs::rename(at("moved/most"), at("moved/was")).expect("moved");
        symlink(other.path().join("inner/most"), at("moved/most")).expect("linked");
        let outside = walk.try_for_each(|step| match step {
            Ok(seen) if seen.path.ends_with("most/c.json") => Err(seen),
            Ok(_) | Err(_) => Ok(()),
        });
        assert!(outside.is_ok(), "{outside:?}");
    }

    /// A folder was passed over with everything in it.
    #[test]
    fn what_cannot_be_opened_for_too_many_files_is_tried_again() {
        let short = || FileError::Read { path: "a".into(), source: shortage() };
        let opened = |shortages: u32, patience: u32| {
            let (tried, waited) = (Cell::new(0), Cell::new(0));
            let count = |number: &Cell<u32>| number.replace(number.get() + 1);
            let opened = open_patiently(
                || count(&waited) < patience,
                || if count(&tried) < shortages { Err(short()) } else { Ok(()) },
            );
            (opened.is_ok(), tried.get())
        };
        assert_eq!(opened(0, 0), (true, 1));
        assert_eq!(opened(3, 3), (true, 4));
        assert_eq!(opened(3, 2), (false, 3));
        let other = open_patiently(|| true, || Err::<(), _>(FileError::NotAFile { path: "a".into() }));
        assert!(other.is_err(), "what time does not mend is not waited for");
    }

    fn shortage() -> io::Error {
        #[cfg(unix)]
        let code = rustix::io::Errno::MFILE.raw_os_error();
        #[cfg(not(unix))]
        let code = 4;
        io::Error::from_raw_os_error(code)
    }

    #[test]
    fn every_file_once_at_any_depth() {
        let folder = tempdir().expect("a folder");
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
        let folder = tempdir().expect("a folder");
        let deep = "d/".repeat(40);
        make_folder(&folder.path().join(&deep), Privacy::Shared).expect("writable");
        let (files, faults) = found(folder.path());
        assert_eq!((files.len(), faults), (0, vec![format!("deep: {}", 2 * (MAX_DEPTH + 1) - 1)]));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else() {
        use std::os::unix::fs::symlink;
        let outside = tempdir().expect("a folder");
        write_new(&outside.path().join("secret.json"), b"{}", Privacy::Shared).expect("writable");
        let folder = tempdir().expect("a folder");
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
