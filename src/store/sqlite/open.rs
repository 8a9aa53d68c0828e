//! Opening the progress file: a damaged one is set aside, so that the learner can go on.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{Opened, SqliteProgress};
use crate::files::{self, folder_of};
use crate::store::database::layout::Layout;
use crate::store::database::open::{
    PATIENCE, TRIES, Unsound, appended, connect, io_error, plain, private_options,
};
use crate::store::{Keeps, StoreError};

pub(super) fn open(path: &Path, layout: &Layout) -> Result<Opened, StoreError> {
    let path = &plain(path);
    let mut set_aside = None;
    let mut in_the_way = None;
    for _ in 0..TRIES {
        let in_use = lock_shared(path, layout.patience)?;
        let damage = match connect(path, layout) {
            Ok(database) => {
                let seen = RefCell::new(BTreeMap::new());
                let store = SqliteProgress { database, seen, _in_use: in_use };
                return Ok(Opened { store, set_aside });
            }
            Err(Unsound::Fault(error)) => return Err(error),
            Err(Unsound::Damaged(damage)) => damage,
            Err(Unsound::Empty) => "nothing is in it".to_owned(),
        };
        drop(in_use);
        // Only who is alone with the file may move it; whoever waited here looks at it anew.
        let Some(_alone) = lock_alone(path)? else {
            in_the_way = Some(damage);
            thread::sleep(PATIENCE / TRIES);
            continue;
        };
        match connect(path, layout) {
            Ok(sound) => drop(sound),
            Err(Unsound::Fault(error)) => return Err(error),
            Err(Unsound::Damaged(_) | Unsound::Empty) => {
                set_aside = Some(put_aside(path).map_err(|error| io_error(path, error))?);
            }
        }
    }
    let damage = in_the_way.unwrap_or_else(|| "it gets damaged again and again".to_owned());
    Err(StoreError::Damaged { path: path.clone(), keeps: Keeps::Progress, source: damage.into() })
}

/// The store at `path`, if there is nothing to be said about it.
pub(super) fn open_sound(path: &Path, layout: &Layout) -> Option<SqliteProgress> {
    let path = &plain(path);
    let in_use = lock_shared(path, layout.patience).ok()?;
    let database = connect(path, layout).ok()?;
    Some(SqliteProgress { database, seen: RefCell::new(BTreeMap::new()), _in_use: in_use })
}

/// The file that was set aside last of those that stood at `path` and are there still.
pub(super) fn last_set_aside(path: &Path) -> Option<PathBuf> {
    Some(appended(path, &format!(".damaged-{}", last_number(path)?)))
}

/// The highest number of the files that were set aside: somebody may have deleted an earlier one.
fn last_number(path: &Path) -> Option<u32> {
    let entries = fs::read_dir(folder_of(path)).ok()?;
    let number = |name: OsString| {
        let digits = name.to_str()?.rsplit_once(".damaged-")?.1.to_owned();
        let number = digits.parse().ok()?;
        let meant = appended(path, &format!(".damaged-{number}"));
        (meant.file_name() == Some(name.as_os_str())).then_some(number)
    };
    entries.filter_map(|entry| number(entry.ok()?.file_name())).max()
}

/// Renames the file and its side files to the next free `<name>.damaged-<n>`, behind all others, so that the highest number
/// is the last; the caller holds the lock.
fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |n: u32, side: &str| appended(path, &format!(".damaged-{n}{side}"));
    let free =
        |path: &Path| fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    let present: Vec<&str> =
        ["-wal", "-shm", ""].into_iter().filter(|side| !free(&appended(path, side))).collect();
    // A crash in the middle of an earlier move left the side files under a number whose main name is free still.
    let n = (last_number(path).unwrap_or_default().saturating_add(1)..=u32::MAX)
        .find(|n| present.iter().all(|side| free(&name(*n, side))))
        .ok_or_else(|| io::Error::other("too many damaged files"))?;
    // The main file last: without it SQLite would delete the side files it finds.
    for side in present {
        fs::rename(appended(path, side), name(n, side))?;
    }
    files::sync_folder(folder_of(path))?;
    Ok(name(n, ""))
}

/// The lock that all running copies share, after `patience` at the latest: whoever is alone with the file only moves it. `None` where the
/// file system has no locks.
fn lock_shared(path: &Path, patience: Duration) -> Result<Option<File>, StoreError> {
    let file = lock_file(path)?;
    for attempt in 0..TRIES {
        if attempt > 0 {
            thread::sleep(patience / TRIES);
        }
        match file.try_lock_shared() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(io_error(path, error)),
        }
    }
    let source = format!("another program holds {}", appended(path, LOCK).display()).into();
    Err(StoreError::Busy { path: path.to_owned(), source })
}

/// The lock of the only copy; `None` when there are others.
fn lock_alone(path: &Path) -> Result<Option<File>, StoreError> {
    let file = lock_file(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(io_error(path, error)),
    }
}

/// What the name of the file with the lock ends in.
const LOCK: &str = ".lock";

/// Not the database itself: closing any handle of that would release SQLite's own locks.
fn lock_file(path: &Path) -> Result<File, StoreError> {
    let lock = appended(path, LOCK);
    let mut options = private_options();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock)
        .map_err(|error| io_error(path, error))
}
