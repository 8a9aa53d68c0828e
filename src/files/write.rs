//! Writing a file so that it is there whole, and for good, or not at all.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile};

use super::FileError;
use super::put::put;

/// How the names of temporary files and folders begin and end.
pub(super) const TEMPORARY: (&str, &str) = (".countersign-", ".tmp");
/// Nobody writes one file for longer.
const ABANDONED: Duration = Duration::from_hours(1);
/// Nobody writes the files of one folder for longer. What is written below does not change the time of the folder.
const ABANDONED_FOLDER: Duration = Duration::from_hours(24);

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Nobody but the owner, from the first byte.
    Private,
    /// Whoever the user's settings (umask) let.
    Shared,
}

/// Writes a file that must not be there yet. When it returns `Ok` the file outlives a power cut; after an error
/// there is nothing of it, or all of it where only the disk did not say so. A file with the very same bytes is as good as written, so that a step can simply be repeated.
///
/// # Errors
/// When the file cannot be written, or another one of its name is there; that one is left alone.
pub fn write_new(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<(), FileError> {
    let fault = |source| FileError::Write { path: path.to_owned(), source };
    // Without this look a full disk would hide that everything is done already.
    if fs::symlink_metadata(path).is_ok() {
        return already_there(path, bytes, privacy);
    }
    let temporary = written(path, bytes, privacy).map_err(fault)?;
    match put(temporary.into_temp_path(), path) {
        Ok(()) => sync_folder(folder_of(path)).map_err(fault),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => already_there(path, bytes, privacy),
        Err(error) => Err(fault(error)),
    }
}

/// Writes a file that may have the name of another one, which is left alone: then under that name with a number behind it.
/// Gives the path that it has. A file with the very same bytes is as good as written.
///
/// # Errors
/// When the file cannot be written, or a thousand others of its name are there.
pub fn write_beside(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<PathBuf, FileError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let kind = path.extension().map_or_else(String::new, |kind| format!(".{}", kind.to_string_lossy()));
    let mut free = path.to_owned();
    for number in 2..=1_000 {
        match write_new(&free, bytes, privacy) {
            Err(FileError::Exists { .. }) => free.set_file_name(format!("{stem}-{number}{kind}")),
            written => return written.map(|()| free),
        }
    }
    Err(FileError::Exists { path: free })
}

/// Writes a file, in the place of what was there before. When it returns `Ok` the new content outlives a power cut;
/// at any moment the file is the old one or the new one. A link is replaced, not followed.
///
/// # Errors
/// When the file cannot be written, or a folder, device or pipe has its name; what was there is still there then.
pub fn replace(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<(), FileError> {
    replace_by(path, || written(path, bytes, privacy))?;
    sync_folder(folder_of(path)).map_err(|source| FileError::Write { path: path.to_owned(), source })
}

/// The same without waiting for the disk, for what can be made anew: after a power cut the file is the old one, the new one, or one
/// that is not whole.
///
/// # Errors
/// As [`replace`].
pub fn replace_unsynced(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<(), FileError> {
    replace_by(path, || unsynced(path, bytes, privacy))
}

fn replace_by(path: &Path, write: impl FnOnce() -> io::Result<NamedTempFile>) -> Result<(), FileError> {
    let fault = |source| FileError::Write { path: path.to_owned(), source };
    // Whoever may write into /dev would rename the file over the device: `-o /dev/null` would break every program.
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file() && !there.is_symlink()) {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    let mut temporary = write().map_err(fault)?;
    loop {
        match temporary.persist(path) {
            Ok(_) => return Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::Interrupted => temporary = error.file,
            Err(error) => return Err(fault(error.error)),
        }
    }
}

/// Writes many files into one folder, each of them whole or not at all, and waits for the disk once for all of them. Files
/// with the very same bytes that are there already are as good as written. When it returns `Ok` all outlive a power cut.
///
/// # Errors
/// When a file cannot be written, or another one of its name is there; those before it may be there then.
pub fn write_all(folder: &Path, files: &[(String, Vec<u8>)], privacy: Privacy) -> Result<(), FileError> {
    let mut waiting = Vec::with_capacity(files.len().min(MANY));
    for part in files.chunks(MANY) {
        for (name, bytes) in part {
            let path = folder.join(name);
            let fault = |source| FileError::Write { path: path.clone(), source };
            if fs::symlink_metadata(&path).is_ok() {
                already_there(&path, bytes, privacy)?;
            } else {
                let temporary = unsynced(&path, bytes, privacy).map_err(fault)?;
                // Open files are few.
                waiting.push((temporary.into_temp_path(), path, bytes));
            }
        }
        let fault = |source| FileError::Write { path: folder.to_owned(), source };
        sync_all(folder, waiting.iter().map(|(temporary, ..)| &**temporary)).map_err(fault)?;
        for (temporary, path, bytes) in waiting.drain(..) {
            match put(temporary, &path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    already_there(&path, bytes, privacy)?;
                }
                Err(source) => return Err(FileError::Write { path, source }),
            }
        }
        sync_folder(folder).map_err(fault)?;
    }
    Ok(())
}

/// A file that is written piece by piece. Until it is kept, nothing of it is at its path, and when it is dropped nothing is
/// left of it.
#[derive(Debug)]
pub struct Draft {
    temporary: NamedTempFile,
    path: PathBuf,
}

/// What becomes of another file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the new one is not kept.
    Refused,
    /// It goes.
    Replaced,
}

impl Draft {
    /// Begins a file that is to be at `path`.
    ///
    /// # Errors
    /// When nothing can be written there, or another file is there that has to stay.
    pub fn begin(path: &Path, existing: Existing, privacy: Privacy) -> Result<Self, FileError> {
        let there = fs::symlink_metadata(path);
        match (there, existing) {
            (Ok(_), Existing::Refused) => return Err(FileError::Exists { path: path.to_owned() }),
            (Ok(there), Existing::Replaced) if !there.is_file() && !there.is_symlink() => {
                return Err(FileError::NotAFile { path: path.to_owned() });
            }
            (Ok(_) | Err(_), _) => {}
        }
        let temporary = unsynced(path, b"", privacy)
            .map_err(|source| FileError::Write { path: path.to_owned(), source })?;
        Ok(Self { temporary, path: path.to_owned() })
    }

    /// Where it is written meanwhile, for what must open a file by its name.
    #[must_use]
    pub fn temporary(&self) -> &Path {
        self.temporary.path()
    }

    /// Puts the file at its path, in the place of what is there. When it returns `Ok` it outlives a power cut.
    ///
    /// # Errors
    /// When it cannot be written, or another one is there by now that has to stay.
    pub fn keep(self, existing: Existing) -> Result<(), FileError> {
        let Self { temporary, path } = self;
        let fault = |source| FileError::Write { path: path.clone(), source };
        temporary.as_file().sync_all().map_err(fault)?;
        let temporary = temporary.into_temp_path();
        let kept = match existing {
            Existing::Refused => put(temporary, &path),
            Existing::Replaced => temporary.persist(&path).map_err(|failed| failed.error),
        };
        kept.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => FileError::Exists { path: path.clone() },
            _ => fault(error),
        })?;
        sync_folder(folder_of(&path)).map_err(fault)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temporary.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.as_file_mut().flush()
    }
}

/// As many files as are written before the disk is waited for.
const MANY: usize = 4096;

/// Makes the content of files outlive a power cut, all that lie on the disk of the folder at once.
#[cfg(target_os = "linux")]
fn sync_all<'a>(folder: &Path, _: impl Iterator<Item = &'a Path>) -> io::Result<()> {
    rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from)
}

/// Makes the content of files outlive a power cut.
#[cfg(not(target_os = "linux"))]
fn sync_all<'a>(_: &Path, mut files: impl Iterator<Item = &'a Path>) -> io::Result<()> {
    files.try_for_each(|path| OpenOptions::new().write(true).open(path)?.sync_all())
}

/// Removes what a crash has left in `folder` long before `now`: temporary files, one of which may hold a secret, and folders
/// in which others were being made. What cannot be removed stays; it is in nobody's way.
pub fn remove_leftovers(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !is_temporary(&entry.file_name()) {
            continue;
        }
        // The entry itself is looked at, not what a link leads to. What is younger may be written just now.
        let Ok(metadata) = entry.metadata() else { continue };
        let age = metadata.modified().ok().and_then(|modified| now.duration_since(modified).ok());
        let is_older_than = |limit| age.is_some_and(|age| age > limit);
        // Another copy may have been faster. Links within a folder are removed and not followed.
        if metadata.is_file() && is_older_than(ABANDONED) {
            let _ = fs::remove_file(entry.path());
        } else if metadata.is_dir() && is_older_than(ABANDONED_FOLDER) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether what is called so was made here, to be moved or removed.
pub(super) fn is_temporary(name: &OsStr) -> bool {
    let rest = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY.0));
    rest.is_some_and(|rest| rest.len() > TEMPORARY.1.len() && rest.ends_with(TEMPORARY.1))
}

/// Makes a folder and those above it that are missing. An existing one is left as it is.
///
/// # Errors
/// When it cannot be made, or something else has its name.
pub fn make_folder(path: &Path, privacy: Privacy) -> Result<(), FileError> {
    let mut missing = Vec::new();
    let mut next = Some(path);
    while let Some(folder) = next.filter(|folder| !folder.as_os_str().is_empty()) {
        match fs::metadata(folder) {
            Ok(metadata) if metadata.is_dir() => break,
            Ok(_) => return Err(FileError::Exists { path: folder.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push(folder),
            Err(source) => return Err(FileError::Write { path: folder.to_owned(), source }),
        }
        next = folder.parent();
    }
    for folder in missing.into_iter().rev() {
        let fault = |source| FileError::Write { path: folder.to_owned(), source };
        match create_folder(folder, privacy) {
            Ok(()) => {}
            // Another copy was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(source) => return Err(fault(source)),
        }
        sync_folder(folder_of(folder)).map_err(fault)?;
    }
    Ok(())
}

/// Whether nobody but the user can read or change what is at `path`; always so where files have no Unix modes.
///
/// # Errors
/// When it cannot be looked at.
pub fn is_private(path: &Path) -> Result<bool, FileError> {
    match require_private(path) {
        Ok(()) => Ok(true),
        Err(FileError::Exposed { .. } | FileError::NotOurs { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Like [`is_private`], but what is not private is an error that says how to mend it.
///
/// # Errors
/// When others can read or change it, it belongs to somebody else, or it cannot be looked at.
#[cfg(unix)]
pub fn require_private(path: &Path) -> Result<(), FileError> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(FileError::NotOurs { path: path.to_owned() });
    }
    if metadata.mode() & 0o077 != 0 {
        return Err(FileError::Exposed { path: path.to_owned() });
    }
    Ok(())
}

/// Like [`is_private`], but what is not private is an error that says how to mend it.
///
/// # Errors
/// When it cannot be looked at.
#[cfg(not(unix))]
pub fn require_private(path: &Path) -> Result<(), FileError> {
    // Access lists are inherited from the user's own folder.
    let looked = fs::metadata(path).map_err(|source| FileError::Read { path: path.to_owned(), source });
    looked.map(drop)
}

/// Makes names that were made, changed or removed in `folder` outlive a power cut.
///
/// # Errors
/// When the operating system could not write them.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network and user-space file systems have nothing to sync in a folder, and say so.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        other => other,
    }
}

/// Makes names that were made, changed or removed in `folder` outlive a power cut.
///
/// # Errors
/// None: here the file system writes names in order by itself.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A temporary file beside `path` that holds `bytes` for good.
fn written(path: &Path, bytes: &[u8], privacy: Privacy) -> io::Result<NamedTempFile> {
    let temporary = unsynced(path, bytes, privacy)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// A temporary file beside `path` that holds `bytes` for as long as the power is on.
fn unsynced(path: &Path, bytes: &[u8], privacy: Privacy) -> io::Result<NamedTempFile> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    limit_readers(&mut options, privacy);
    // Opened here, because an error of the crate's own opening names the temporary file.
    let mut temporary = Builder::new()
        .prefix(TEMPORARY.0)
        .suffix(TEMPORARY.1)
        .make_in(folder_of(path), |temporary| options.open(temporary))?;
    temporary.as_file_mut().write_all(bytes)?;
    Ok(temporary)
}

/// What is at `path` already may be just what was to be written.
fn already_there(path: &Path, bytes: &[u8], privacy: Privacy) -> Result<(), FileError> {
    let exists = || FileError::Exists { path: path.to_owned() };
    let fault = |source| FileError::Write { path: path.to_owned(), source };
    let metadata = fs::symlink_metadata(path).map_err(fault)?;
    if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
        return Err(exists());
    }
    let file = OpenOptions::new()
        .read(true)
        // There, what is only read cannot be flushed to the disk.
        .write(cfg!(windows))
        .open(path)
        .map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    let mut there = Vec::with_capacity(bytes.len());
    (&file).take(bytes.len() as u64 + 1).read_to_end(&mut there).map_err(fault)?;
    if there != bytes {
        return Err(exists());
    }
    if privacy == Privacy::Private {
        require_private(path)?;
    }
    // Whoever wrote it may have been cut short before it was for good.
    file.sync_all().map_err(fault)?;
    sync_folder(folder_of(path)).map_err(fault)
}

/// The folder that holds `path`.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(unix)]
fn limit_readers(options: &mut OpenOptions, privacy: Privacy) {
    use std::os::unix::fs::OpenOptionsExt as _;
    // Both are given to `open`, so that the umask takes its part and no moment is too open.
    options.mode(match privacy {
        Privacy::Private => 0o600,
        Privacy::Shared => 0o666,
    });
}

#[cfg(not(unix))]
fn limit_readers(_options: &mut OpenOptions, _privacy: Privacy) {}

#[cfg(unix)]
pub(super) fn create_folder(path: &Path, privacy: Privacy) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .mode(match privacy {
            Privacy::Private => 0o700,
            Privacy::Shared => 0o777,
        })
        .create(path)
}

#[cfg(not(unix))]
pub(super) fn create_folder(path: &Path, _privacy: Privacy) -> io::Result<()> {
    fs::create_dir(path)
}
