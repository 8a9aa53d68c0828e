//! Whether others write into a registry at the moment.

use std::time::Duration;

use super::{PATIENCE, SqliteRegistry};
use crate::store::database::error::store_error;
use crate::store::{Keeps, StoreError};

impl SqliteRegistry {
    /// Whether somebody else writes into the file for so long, such as a program that does not know of countersign. What is saved then
    /// waits until they have finished, and longer than anybody looks at a screen that says nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn is_held_for(&self, patience: Duration) -> Result<bool, StoreError> {
        let connection = &self.database.connection;
        let told = |error| store_error(&self.database.path, Keeps::Registry, error);
        connection.busy_timeout(patience).map_err(told)?;
        // Nothing is written, so nothing is waited for but those who write.
        let begun = connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK");
        connection.busy_timeout(PATIENCE).map_err(told)?;
        match begun {
            Ok(()) => Ok(false),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(true),
            Err(error) => Err(told(error)),
        }
    }
}
