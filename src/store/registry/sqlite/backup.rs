//! A whole copy of the registry, made while others may write into it.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::{log, read};
use crate::files::{Draft, Existing, FileError, Privacy};
use crate::log::Size;
use crate::store::database::error::{is_damage, store_error};
use crate::store::database::open::{io_error, plain};
use crate::store::database::{Database, WriteError};
use crate::store::{Keeps, StoreError};

/// Copies the registry as it is at one moment to `path`, where nothing is yet. When it returns `Ok`, the copy outlives
/// a power cut; until then nothing is at `path`, so that no half of a copy is ever taken for a backup. Says how many entries
/// the log in it has.
pub(super) fn back_up(database: &Database, path: &Path) -> Result<Size, StoreError> {
    let path = &plain(path);
    let told = |error| file_error(path, error);
    let draft = Draft::begin(path, Existing::Refused, Privacy::Private).map_err(told)?;
    let size = copy(database, path, draft.temporary())?;
    draft.keep(Existing::Refused).map_err(told)?;
    Ok(size)
}

fn file_error(path: &Path, error: FileError) -> StoreError {
    match error {
        FileError::Exists { .. } => StoreError::Exists { path: path.to_owned() },
        FileError::Write { source, .. } | FileError::Read { source, .. } => io_error(path, source),
        other => StoreError::Other { path: path.to_owned(), source: other.into() },
    }
}

/// Copies into an empty file that is told of as `path`.
fn copy(database: &Database, path: &Path, into: &Path) -> Result<Size, StoreError> {
    let told = |error| store_error(path, Keeps::Registry, error);
    let mut copy = Connection::open(into).map_err(told)?;
    // Whoever is interrupted throws the file away, so nothing has to be rolled back. It is synced when it is kept.
    copy.pragma_update(None, "journal_mode", "OFF").map_err(told)?;
    copy.pragma_update(None, "synchronous", "OFF").map_err(told)?;
    // One moment is held while pages are copied: without it the copy would begin anew whenever another copy has written.
    let size = database.read(|source| {
        let size = log::tree(source, read::newest(source)?.map_or(0, |(newest, _)| newest + 1)).size();
        let told = |error| {
            // Nothing was in the new file that could be damaged.
            if is_damage(&error) { WriteError::Sql(error) } else { WriteError::Refused(told(error)) }
        };
        let backup = Backup::new(source, &mut copy).map_err(told)?;
        match backup.step(-1).map_err(told)? {
            StepResult::Done => Ok(size),
            _ => Err(WriteError::Refused(StoreError::Other {
                path: path.to_owned(),
                source: "the copy was not finished".into(),
            })),
        }
    })?;
    copy.close().map_err(|(_, error)| told(error))?;
    Ok(size)
}
