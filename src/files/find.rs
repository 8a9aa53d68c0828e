//! Finding files by the end of their names.

use std::fs;
use std::path::{Path, PathBuf};

use super::FileError;

/// Folders within folders; deeper than this nobody files records, and a mistaken path should not search a whole disk.
const MAX_DEPTH: usize = 32;

/// The regular files at or below `root` whose names end with `suffix`, sorted by path. Links to folders are not
/// followed, so that nothing is found twice and no circle is walked.
///
/// # Errors
/// When a folder cannot be read or folders are nested too deeply.
pub fn find(root: &Path, suffix: &str) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        if depth > MAX_DEPTH {
            return Err(FileError::TooDeep { path: folder, limit: MAX_DEPTH });
        }
        let fault = |source| FileError::Read { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let kind = entry.file_type().map_err(fault)?;
            if kind.is_dir() {
                folders.push((entry.path(), depth + 1));
            } else if entry.file_name().to_string_lossy().ends_with(suffix) {
                // A named pipe would be waited for; a link to a file is as good as the file.
                let is_file =
                    kind.is_file() || fs::metadata(entry.path()).is_ok_and(|target| target.is_file());
                if is_file {
                    found.push(entry.path());
                }
            }
        }
    }
    found.sort();
    Ok(found)
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
        let found = find(folder.path(), ".completion.json").expect("readable");
        assert_eq!(found, [deep.join("a.completion.json"), deep.join("b.completion.json")]);
        assert!(find(&folder.path().join("missing"), "").is_err());
    }
}
