//! Finding files by the end of their names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::FileError;

/// Folders within folders; deeper than this nobody files records, and a mistaken path should not search a whole disk.
const MAX_DEPTH: usize = 32;

/// What was found, and what could not be looked into.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted by path.
    pub files: Vec<PathBuf>,
    /// Folders with nothing in them, sorted by path.
    pub empty: Vec<PathBuf>,
    /// Folders that could not be read or are nested too deeply, and files of the right name that are no files.
    pub errors: Vec<FileError>,
}

/// The regular files at or below `root` whose names end with `suffix`. Links to folders are not followed, so that
/// nothing is found twice and no circle is walked.
#[must_use]
pub fn find(root: &Path, suffix: &str) -> Found {
    let mut found = Found::default();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        if depth > MAX_DEPTH {
            found.errors.push(FileError::TooDeep { path: folder, limit: MAX_DEPTH });
        } else if let Err(source) = look(&folder, depth, suffix, &mut found, &mut folders) {
            found.errors.push(FileError::Read { path: folder, source });
        }
    }
    found.files.sort();
    found.empty.sort();
    found
}

fn look(
    folder: &Path,
    depth: usize,
    suffix: &str,
    found: &mut Found,
    folders: &mut Vec<(PathBuf, usize)>,
) -> io::Result<()> {
    let mut is_empty = true;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        is_empty = false;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            folders.push((entry.path(), depth + 1));
        } else if entry.file_name().to_string_lossy().ends_with(suffix) {
            // A named pipe would be waited for; a link to a file is as good as the file.
            let is_file = kind.is_file() || fs::metadata(entry.path()).is_ok_and(|target| target.is_file());
            if is_file {
                found.files.push(entry.path());
            } else {
                found.errors.push(FileError::NotAFile { path: entry.path() });
            }
        }
    }
    if is_empty {
        found.empty.push(folder.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Privacy, make_folder, write_new};

    #[test]
    fn finds_by_the_end_of_the_name_at_any_depth() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("2026/11");
        make_folder(&deep, Privacy::Shared).expect("writable");
        for name in ["b.completion.json", "a.completion.json", "note.txt"] {
            write_new(&deep.join(name), b"{}", Privacy::Shared).expect("writable");
        }
        let found = find(folder.path(), ".completion.json");
        assert!(found.errors.is_empty());
        assert_eq!(found.files, [deep.join("a.completion.json"), deep.join("b.completion.json")]);
        assert!(found.empty.is_empty());
        let empty = deep.join("empty/within");
        make_folder(&empty, Privacy::Shared).expect("writable");
        assert_eq!(find(folder.path(), ".completion.json").empty, [empty]);
        assert_eq!(find(&folder.path().join("missing"), "").errors.len(), 1);
    }
}
