//! One SQLite file of ours, open: what was committed outlives a power cut, and nothing is written into a file that is
//! gone.

mod access;
pub(super) mod error;
mod identity;
pub(super) mod layout;
pub(super) mod open;

use std::cell::Cell;
use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Conflict, Keeps, StoreError};
use crate::files::{self, folder_of};
use access::Access;
use error::store_error;
use identity::FileIdentity;
use open::io_error;

/// An open file: WAL, every commit synced; or one that is only read, as it stands.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    /// The file that `connection` writes into, wherever its name is now.
    file: FileIdentity,
    keeps: Keeps,
    access: Access,
    /// Whether what is read now is all of one moment.
    held: Cell<bool>,
    /// Before the first change its name has to be on the disk.
    log: LogName,
}

/// Whether the file beside it that changes are written to first would still be found after a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LogName {
    /// It was there before, or its folder was synced since.
    Durable,
    /// It was made when the database was opened.
    New,
}

/// Why nothing was written.
#[derive(Debug)]
pub(super) enum WriteError {
    /// The change is not one that may follow.
    Refused(StoreError),
    /// The database did not do it.
    Sql(rusqlite::Error),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<Conflict> for WriteError {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Database {
    /// Runs `work` in one transaction that no other copy can disturb. After an error nothing has changed.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, WriteError>,
    ) -> Result<T, StoreError> {
        let told = |error| store_error(&self.path, self.keeps, error);
        // A roll-back that failed itself (the disk is gone for a moment) is made up for before the next change.
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").map_err(told)?;
        }
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        let done = work(&transaction).map_err(|failed| match failed {
            WriteError::Refused(error) => error,
            WriteError::Sql(error) => told(error),
        })?;
        // SQLite writes on into a file that was deleted, and all of it is gone when the program ends.
        if !self.file.is_at(&self.path) {
            let source = self.keeps.is_gone().into();
            return Err(StoreError::Other { path: self.path.clone(), source });
        }
        if self.log == LogName::New {
            // SQLite syncs the name of a new log too, but says nothing when that fails.
            files::sync_folder(folder_of(&self.path)).map_err(|error| io_error(&self.path, error))?;
            self.log = LogName::Durable;
        }
        transaction.commit().map_err(told)?;
        Ok(done)
    }

    /// Runs `work` on one moment's state of the file.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, WriteError>,
    ) -> Result<T, StoreError> {
        let told = |error| store_error(&self.path, self.keeps, error);
        let work = || {
            work(&self.connection).map_err(|failed| match failed {
                WriteError::Refused(error) => error,
                WriteError::Sql(error) => told(error),
            })
        };
        if self.held.get() { work() } else { self.moment(work) }
    }

    /// Runs `work`, all of whose reading is of one moment's state of the file. Beginning and ending a moment takes longer
    /// than finding a row.
    pub(super) fn hold<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.held.get() {
            return work();
        }
        self.moment(|| {
            self.held.set(true);
            let found = work();
            self.held.set(false);
            found
        })
    }

    fn moment<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let told = |error| store_error(&self.path, self.keeps, error);
        let transaction = self.connection.unchecked_transaction().map_err(told)?;
        let found = work();
        // Before any error: what was changed under the reader looks like damage.
        self.require_as_it_stood()?;
        let found = found?;
        transaction.finish().map_err(told)?;
        Ok(found)
    }

    /// Whether its name still stands for the file that is open: it may have been deleted, or another one put in its place.
    pub(super) fn is_in_place(&self) -> bool {
        self.file.is_at(&self.path)
    }

    /// Whether it can only be read, as it stands.
    pub(super) fn is_as_it_stands(&self) -> bool {
        matches!(self.access, Access::AsItStands(_))
    }

    /// Whoever reads a file as it stands has no lock that keeps others from writing.
    fn require_as_it_stood(&self) -> Result<(), StoreError> {
        match &self.access {
            Access::AsItStands(stamp) if !stamp.still_holds(&self.path) => {
                let source = "it was written while it was read".into();
                Err(StoreError::Busy { path: self.path.clone(), source })
            }
            Access::AsItStands(_) | Access::Full => Ok(()),
        }
    }
}
