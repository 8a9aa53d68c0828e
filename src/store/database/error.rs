//! What the database says, as an error that a reader can act on.

use std::path::Path;

use rusqlite::{Error, ErrorCode, ffi};

use crate::store::{Keeps, Source, StoreError};

/// `error` as a [`StoreError`] about the store at `path`.
pub(in crate::store) fn store_error(path: &Path, keeps: Keeps, error: Error) -> StoreError {
    let path = path.to_owned();
    if is_damage(&error) {
        return StoreError::Damaged { path, keeps, source: source(error) };
    }
    let Error::SqliteFailure(failure, _) = &error else {
        return StoreError::Other { path, source: source(error) };
    };
    match (failure.code, failure.extended_code) {
        // Growing its shared memory is where SQLite meets a full disk first, and it does not say so.
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => {
            StoreError::Full { path, source: source(error) }
        }
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => {
            StoreError::ReadOnly { path, source: source(error) }
        }
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => {
            StoreError::Busy { path, source: source(error) }
        }
        (ErrorCode::ConstraintViolation, _) => StoreError::Impossible("it contradicts what is saved already"),
        _ => StoreError::Other { path, source: source(error) },
    }
}

/// What SQLite said, once and with the number that its documentation lists.
fn source(error: Error) -> Source {
    match error {
        // The statement that it would add is ours, and says nothing to a reader; nor does the number of a column.
        Error::SqlInputError { msg, .. } => msg.into(),
        Error::FromSqlConversionFailure(_, _, reason) => reason,
        Error::SqliteFailure(failure, _) => {
            format!("{error} (SQLite result {})", failure.extended_code).into()
        }
        _ => error.into(),
    }
}

/// Whether the file is not what we wrote, as opposed to unreachable just now.
pub(in crate::store) fn is_damage(error: &Error) -> bool {
    match error {
        Error::SqliteFailure(failure, _) => {
            matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        }
        // A value that we never write.
        Error::FromSqlConversionFailure(..)
        | Error::InvalidColumnType(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::Utf8Error(..) => true,
        _ => false,
    }
}
