//! What the database says, as an error that a reader can act on.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::store::StoreError;

/// `error` as a [`StoreError`] about the store at `path`.
pub(super) fn store_error(path: &Path, error: Error) -> StoreError {
    let path = path.to_owned();
    if is_damage(&error) {
        return StoreError::Damaged { path, source: error.into() };
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full { path, source: error.into() },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            StoreError::ReadOnly { path, source: error.into() }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { path, source: error.into() }
        }
        Some(ErrorCode::ConstraintViolation) => {
            StoreError::Impossible("it contradicts what is saved already")
        }
        _ => StoreError::Other { path, source: error.into() },
    }
}

/// Whether the file is not what we wrote, as opposed to unreachable just now.
pub(super) fn is_damage(error: &Error) -> bool {
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
