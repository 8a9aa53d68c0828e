//! The file in which a registry keeps the head that was signed last.

use std::io::ErrorKind;
use std::path::Path;

use super::super::super::error::Failure;
use crate::files;
use crate::log::{Checkpoint, LogFault, VerifierKey, as_signed};

/// The largest checkpoint that is read, in bytes; ours have some hundred.
const MAX_CHECKPOINT: u64 = 16 << 10;

/// Why a file is not the head of a log; each has yet to say what to do next.
#[derive(Debug)]
pub(in crate::cli) enum NotAHead {
    /// It cannot be read.
    Unreadable(Failure),
    /// It is a head of another log, or by another key.
    Foreign(Failure),
    /// It is empty, cut or changed.
    Damaged(Failure),
}

/// What is in the file as it was signed, if it is there.
pub(in crate::cli) fn note_in(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    // One that cannot be looked at is not missing.
    if path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Ok(None);
    }
    files::read_limited(path, MAX_CHECKPOINT)
        .map(|bytes| Some(as_signed(bytes)))
        .map_err(|error| Failure::file(format!("cannot read {}", path.display()), &error))
}

/// The head in the file, if it is there.
pub(in crate::cli) fn head_in(path: &Path, log: &VerifierKey) -> Result<Option<Checkpoint>, NotAHead> {
    let Some(bytes) = note_in(path).map_err(NotAHead::Unreadable)? else { return Ok(None) };
    Checkpoint::read(&bytes, log).map(Some).map_err(|fault| {
        let failure =
            Failure::new(format!("{} is not a head of this registry's log", path.display())).because(&fault);
        match fault {
            LogFault::UnknownKey | LogFault::AnotherLog => NotAHead::Foreign(failure),
            LogFault::TooLarge { .. }
            | LogFault::Form { .. }
            | LogFault::Signature
            | LogFault::NotIncluded
            | LogFault::Inconsistent
            | LogFault::AnotherBeginning
            | LogFault::Entry(_) => NotAHead::Damaged(failure),
        }
    })
}
