//! What makes a file one of ours: its mark, its tables, and the numbered steps from an empty file to the present one.

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, ffi};

use crate::store::Keeps;

/// The make of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Layout {
    /// What is kept in it.
    pub(in crate::store) keeps: Keeps,
    /// Says in the file whose it is.
    pub(in crate::store) application_id: i64,
    /// Step *n* (counted from 1) turns a file of version *n* - 1 into one of version *n*. Published steps never change:
    /// files of every version are out there.
    pub(in crate::store) steps: &'static [&'static str],
    /// What has to be there for the file to be ours.
    pub(in crate::store) tables: &'static [&'static str],
    /// Whether a file in which a table is missing was made by a build from before the first release, when the first step was
    /// not published yet and still changed: such files have the number of the first version, and no step can tell them.
    pub(in crate::store) early: fn(&Connection) -> rusqlite::Result<bool>,
    /// What to do where nothing is yet.
    pub(in crate::store) begins: Begins,
    /// How long to wait for another copy that is writing while the file is opened.
    pub(in crate::store) patience: Duration,
    /// Looks for damage before anything is written; `Some` says what was found.
    pub(in crate::store) check: fn(&Connection) -> rusqlite::Result<Option<String>>,
    /// Reads what must be readable for the file to be of use.
    pub(in crate::store) read: fn(&Connection) -> rusqlite::Result<()>,
}

/// What to do where nothing is yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Begins {
    /// Make an empty file one of ours.
    Anew,
    /// Leave it as it is: somebody expects to find something.
    Never,
}

impl Layout {
    /// The version of a file after all steps.
    pub(in crate::store) fn version(&self) -> i64 {
        i64::try_from(self.steps.len()).expect("a handful of steps")
    }

    /// Brings a file of the version `found` to the version after all steps in one transaction: a crash, or a step that cannot be
    /// made, leaves the file as it was. Another copy may be doing the same: whoever gets the lock looks again at what is left to do.
    pub(in crate::store) fn migrate(&self, connection: &mut Connection, found: i64) -> rusqlite::Result<()> {
        if found == self.version() {
            return Ok(());
        }
        // A step that rebuilds a table needs this; what it leaves is checked as a whole.
        connection.pragma_update(None, "foreign_keys", false)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = version(&transaction)?;
        for (step, sql) in (1_i64..).zip(self.steps).skip_while(|(step, _)| *step <= found) {
            transaction.execute_batch(sql)?;
            if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
                let broken = ffi::Error::new(ffi::SQLITE_CONSTRAINT_FOREIGNKEY);
                return Err(rusqlite::Error::SqliteFailure(
                    broken,
                    Some(format!("step {step} leaves loose ends")),
                ));
            }
            transaction.pragma_update(None, "user_version", step)?;
            transaction.pragma_update(None, "application_id", self.application_id)?;
        }
        transaction.commit()
    }
}

/// The version of the file; 0 for an empty one.
pub(in crate::store) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whose file it is; 0 for an empty one.
pub(in crate::store) fn application_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}

/// The names of the tables in the file.
pub(in crate::store) fn tables(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}
