//! Writing a folder of files so that it is there whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::temporary::TemporaryFolder;
use super::write::folder_of;
use super::{FileError, Privacy, make_folder, remove_leftovers, sync_folder, write_new};

/// Writes a folder with these files (relative paths with `/` to content). There must be nothing at `folder`, or an empty
/// folder. Everything is written beside it first; after an error nothing is left of it but the folders above it.
///
/// # Errors
/// When something is there already, or a file cannot be written.
pub fn write_tree(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), FileError> {
    write_tree_while(folder, files, &|| true).map(drop)
}

/// The same for as long as it is to go on, which is asked before each file and before all of them are moved. Whether it was written; if not, nothing of it is left.
///
/// # Errors
/// Like [`write_tree`].
pub fn write_tree_while(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    goes_on: &dyn Fn() -> bool,
) -> Result<bool, FileError> {
    let fault = |source| FileError::Write { path: folder.to_owned(), source };
    let is_there = is_empty_folder(folder)?;
    let above = if is_there { folder } else { folder_of(folder) };
    if !is_there {
        make_folder(above, Privacy::Shared)?;
    }
    let temporary = TemporaryFolder::begin(above).map_err(fault)?;
    // The temporary folder is for nobody but its owner; the one within has the mode that the user's settings say.
    let whole = temporary.path().join("whole");
    make_folder(&whole, Privacy::Shared)?;
    for (path, content) in files {
        if !goes_on() {
            return Ok(false);
        }
        let file = whole.join(path);
        make_folder(folder_of(&file), Privacy::Shared)?;
        write_new(&file, content, Privacy::Shared)?;
    }
    if !goes_on() {
        return Ok(false);
    }
    if is_there { move_entries(&whole, folder, &temporary) } else { move_folder(&whole, folder) }?;
    sync_folder(above).map_err(fault)?;
    Ok(true)
}

/// Removes what a crash has left long before `now` when this folder was to be written: beside it, or within it, where it would
/// be in the way.
pub fn remove_tree_leftovers(folder: &Path, now: SystemTime) {
    remove_leftovers(folder, now);
    remove_leftovers(folder_of(folder), now);
}

/// Whether there is a folder, and it is empty; anything else that is there is an error.
fn is_empty_folder(folder: &Path) -> Result<bool, FileError> {
    let fault = |source| FileError::Read { path: folder.to_owned(), source };
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {
            let mut entries = fs::read_dir(folder).map_err(fault)?;
            if entries.next().is_some() {
                Err(FileError::NotEmpty { path: folder.to_owned() })
            } else {
                Ok(true)
            }
        }
        Ok(_) => Err(FileError::Exists { path: folder.to_owned() }),
        // A link that leads nowhere is something, too.
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::symlink_metadata(folder) {
            Ok(_) => Err(FileError::Exists { path: folder.to_owned() }),
            Err(_) => Ok(false),
        },
        Err(error) => Err(fault(error)),
    }
}

fn move_folder(whole: &Path, folder: &Path) -> Result<(), FileError> {
    fs::rename(whole, folder).map_err(|source| match source.kind() {
        // Somebody else was faster.
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => {
            FileError::Exists { path: folder.to_owned() }
        }
        _ => FileError::Write { path: folder.to_owned(), source },
    })
}

/// Into a folder that somebody may stand in: it must stay the folder that it is.
fn move_entries(whole: &Path, folder: &Path, temporary: &TemporaryFolder) -> Result<(), FileError> {
    let mut moved: Vec<PathBuf> = Vec::new();
    let moving = fs::read_dir(whole).and_then(|entries| {
        for entry in entries {
            let entry = entry?;
            let to = folder.join(entry.file_name());
            if fs::symlink_metadata(&to).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(entry.path(), &to)?;
            moved.push(to);
        }
        Ok(())
    });
    moving.map_err(|source| {
        // Back into the temporary folder, which goes with all that it holds.
        for (number, path) in moved.iter().enumerate() {
            let _ = fs::rename(path, temporary.path().join(number.to_string()));
        }
        FileError::Write { path: folder.to_owned(), source }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        let files = [("course.ron", "()"), ("lessons/a.md", "# A"), ("lessons/deep/b.md", "# B")];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    fn check_whole(folder: &Path) {
        assert_eq!(names(folder), ["course.ron", "lessons"]);
        assert_eq!(fs::read(folder.join("lessons/deep/b.md")).expect("a file"), b"# B");
    }

    #[test]
    fn writes_a_new_folder_and_those_above_it() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("above/course");
        write_tree(&folder, &files()).expect("nothing is there");
        check_whole(&folder);
        assert_eq!(names(&home.path().join("above")), ["course"], "nothing temporary is left");
    }

    #[test]
    #[cfg(unix)]
    fn others_may_read_it_if_the_user_lets_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().expect("a folder");
        let (ours, plain) = (home.path().join("ours"), home.path().join("plain"));
        write_tree(&ours, &files()).expect("nothing is there");
        fs::create_dir(&plain).expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("a folder").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }

    #[test]
    fn fills_an_empty_folder_without_replacing_it() {
        let home = tempfile::tempdir().expect("a folder");
        write_tree(home.path(), &files()).expect("it is empty");
        check_whole(home.path());
    }

    #[test]
    fn leaves_alone_what_is_there() {
        let home = tempfile::tempdir().expect("a folder");
        let mine = BTreeMap::from([("mine.txt".to_owned(), b"x".to_vec())]);
        write_tree(&home.path().join("full"), &mine).expect("nothing is there");
        let full = write_tree(&home.path().join("full"), &files());
        assert!(matches!(full, Err(FileError::NotEmpty { .. })), "{full:?}");
        let file = write_tree(&home.path().join("full/mine.txt"), &files());
        assert!(matches!(file, Err(FileError::Exists { .. })), "{file:?}");
        assert_eq!(names(&home.path().join("full")), ["mine.txt"]);
    }

    /// They stayed for ever, and one within an empty folder kept it from being filled.
    #[test]
    fn what_an_interruption_left_goes() {
        use std::time::Duration;
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("course");
        for place in [home.path(), &folder] {
            fs::create_dir_all(place.join(".countersign-abcdef.tmp/whole/lessons")).expect("a folder");
        }
        assert!(matches!(write_tree(&folder, &files()), Err(FileError::NotEmpty { .. })));
        let made = fs::metadata(&folder).and_then(|folder| folder.modified()).expect("a time");
        remove_tree_leftovers(&folder, made + Duration::from_mins(1));
        assert_eq!(names(home.path()), [".countersign-abcdef.tmp", "course"], "somebody may be at it");
        remove_tree_leftovers(&folder, made + Duration::from_hours(25));
        assert_eq!(names(home.path()), ["course"]);
        write_tree(&folder, &files()).expect("it is empty");
        check_whole(&folder);
    }

    /// "uncategorized error" was all that was told of what the kinds of errors do not know.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_error_is_that_of_the_operating_system() {
        let folder = Path::new("/proc/countersign");
        let refused = fs::create_dir(folder).expect_err("nobody makes a folder there");
        let error = write_tree(folder, &files()).expect_err("nobody makes a folder there");
        let FileError::Write { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.to_string(), refused.to_string());
    }

    #[test]
    fn leaves_nothing_behind_when_it_fails() {
        let home = tempfile::tempdir().expect("a folder");
        // A file cannot also be a folder, so the second cannot be written.
        let broken = BTreeMap::from([("a".to_owned(), Vec::new()), ("a/b".to_owned(), Vec::new())]);
        assert!(write_tree(&home.path().join("course"), &broken).is_err());
        assert!(names(home.path()).is_empty());
        assert!(write_tree(home.path(), &broken).is_err());
        assert!(names(home.path()).is_empty());
    }
}
