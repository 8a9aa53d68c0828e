//! Giving a finished temporary file its name, where nothing may have that name yet.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use tempfile::{PathPersistError, TempPath};

/// Moves the file to `path`. When there is something already, that stays and the temporary file goes.
pub(super) fn put(temporary: TempPath, path: &Path) -> io::Result<()> {
    put_by(temporary, path, |file, path| file.persist_noclobber(path))
}

/// Like [`put`], with the way in which the operating system is asked to cover nothing.
fn put_by(
    mut temporary: TempPath,
    path: &Path,
    uncovering: impl Fn(TempPath, &Path) -> Result<(), PathPersistError>,
) -> io::Result<()> {
    loop {
        match uncovering(temporary, path) {
            Ok(()) => return Ok(()),
            Err(failed) if failed.error.kind() == io::ErrorKind::Interrupted => temporary = failed.path,
            Err(failed) if is_not_offered(&failed.error) => return over_a_reservation(failed.path, path),
            Err(failed) => return Err(failed.error),
        }
    }
}

/// exFAT, and many file systems of networks and of user space, can neither move a file only where nothing is nor give it
/// a second name. Linux says that it is not permitted.
fn is_not_offered(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Takes the name with an empty file, which is possible everywhere and for one only, and moves the file over it. Whoever
/// looks in between, or is killed, sees the empty one.
fn over_a_reservation(temporary: TempPath, path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?;
    temporary.persist(path).map_err(|failed| {
        // It is ours, and the first error is the one to tell.
        let _ = fs::remove_file(path);
        failed.error
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn temporary(folder: &Path) -> TempPath {
        let mut file = tempfile::NamedTempFile::new_in(folder).expect("a file");
        file.write_all(b"whole").expect("written");
        file.into_temp_path()
    }

    fn refused(path: TempPath, kind: io::ErrorKind) -> Result<(), PathPersistError> {
        Err(PathPersistError { error: kind.into(), path })
    }

    /// Backups and records could not be written to memory sticks with exFAT: "operation not permitted".
    #[test]
    fn where_the_file_system_cannot_help_a_name_is_taken_first() {
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::Unsupported, io::ErrorKind::InvalidInput]
        {
            let home = tempfile::tempdir().expect("a folder");
            let path = home.path().join("a");
            put_by(temporary(home.path()), &path, |file, _| refused(file, kind)).expect("put");
            assert_eq!(fs::read(&path).expect("a file"), b"whole");
            let before = fs::metadata(&path).expect("a file").modified().expect("a time");
            let error = put_by(temporary(home.path()), &path, |file, _| refused(file, kind));
            assert_eq!(error.expect_err("it is there").kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::metadata(&path).expect("a file").modified().expect("a time"), before);
            assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
        }
    }

    #[test]
    fn any_other_error_is_told_and_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let full = |file, _: &Path| refused(file, io::ErrorKind::StorageFull);
        let error = put_by(temporary(home.path()), &home.path().join("a"), full).expect_err("it is full");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0);
    }
}
