//! The tables of the progress file, as numbered steps from an empty file to the present one.

use rusqlite::{Connection, TransactionBehavior, ffi};

/// Says that a database is a countersign progress file: `CSpg`.
pub(super) const APPLICATION_ID: i64 = 0x4353_7067;

/// Step *n* (counted from 1) turns a file of version *n* - 1 into one of version *n*. Published steps never change:
/// files of every version are out there.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// What has to be there for the file to be ours.
pub(super) const TABLES: &[&str] = &[
    "learner",
    "run",
    "lesson",
    "knowledge_check",
    "check_open",
    "check_draft",
    "check_answer",
    "attempt",
    "attempt_answer",
    "acknowledgement",
    "completion",
    "course_version",
    "course_file",
    "content",
];

/// The version of a file after `steps`.
pub(super) fn version_after(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).expect("a handful of steps")
}

/// Brings the file to the version after `steps`, one transaction a step, so that a crash leaves a whole version.
/// Another copy may be doing the same: whoever gets the lock looks again at what there is left to do.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    // A step that rebuilds a table needs this; what it leaves is checked as a whole.
    connection.pragma_update(None, "foreign_keys", false)?;
    for (step, sql) in (1_i64..).zip(steps) {
        if version(connection)? >= step {
            continue;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? < step {
            transaction.execute_batch(sql)?;
            if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
                let broken = ffi::Error::new(ffi::SQLITE_CONSTRAINT_FOREIGNKEY);
                return Err(rusqlite::Error::SqliteFailure(
                    broken,
                    Some(format!("step {step} leaves loose ends")),
                ));
            }
            transaction.pragma_update(None, "user_version", step)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// The version of the file; 0 for an empty one.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whose file it is; 0 for an empty one.
pub(super) fn application_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}
