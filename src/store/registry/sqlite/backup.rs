//! A whole copy of the registry, made while others may write into it.

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::files;
use crate::store::database::Database;
use crate::store::database::error::store_error;
use crate::store::database::open::{appended, folder_of, io_error, plain, private_options};
use crate::store::{Keeps, StoreError};

/// Copies the registry as it is at one moment to `path`, where nothing is yet. When it returns `Ok`, the copy outlives
/// a power cut; otherwise nothing is left at `path`.
pub(super) fn back_up(database: &Database, path: &Path) -> Result<(), StoreError> {
    let path = &plain(path);
    match private_options().write(true).create_new(true).open(path) {
        Ok(file) => drop(file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists { path: path.clone() });
        }
        Err(error) => return Err(io_error(path, error)),
    }
    let copied = copy(database, path);
    if copied.is_err() {
        for side in ["-journal", "-wal", "-shm", ""] {
            // What is not there need not be removed, and the first error is the one to tell.
            let _ = fs::remove_file(appended(path, side));
        }
    }
    copied
}

fn copy(database: &Database, path: &Path) -> Result<(), StoreError> {
    let told = |error| store_error(path, Keeps::Registry, error);
    let mut copy = Connection::open(path).map_err(told)?;
    copy.pragma_update(None, "synchronous", "EXTRA").map_err(told)?;
    // Held while pages are copied: without it the copy would begin anew whenever another copy has written.
    let moment = database.connection.unchecked_transaction().map_err(told)?;
    moment.query_row("SELECT id FROM registry", [], |_| Ok(())).map_err(told)?;
    let backup = Backup::new(&moment, &mut copy).map_err(told)?;
    match backup.step(-1).map_err(told)? {
        StepResult::Done => {}
        _ => {
            return Err(StoreError::Other {
                path: path.to_owned(),
                source: "the copy was not finished".into(),
            });
        }
    }
    drop(backup);
    copy.close().map_err(|(_, error)| told(error))?;
    let file = fs::File::open(path).and_then(|file| file.sync_all());
    file.and_then(|()| files::sync_folder(folder_of(path))).map_err(|error| io_error(path, error))
}
