//! What went wrong in the real world, as a face tells it.

use std::path::Path;

use crate::files::FileError;
use crate::record::key::KeyError;
use crate::store::StoreError;
use crate::training::{Trouble, TroubleKind};

pub(super) fn other(message: String, hint: &str) -> Trouble {
    Trouble { kind: TroubleKind::Other, message, hint: Some(hint.to_owned()) }
}

pub(super) fn of_file(error: &FileError) -> Trouble {
    Trouble { kind: TroubleKind::Other, message: with_causes(error), hint: error.hint() }
}

pub(super) fn of_store(error: &StoreError) -> Trouble {
    let kind = match error {
        StoreError::Conflict(_) => TroubleKind::Conflict,
        StoreError::Full { .. }
        | StoreError::ReadOnly { .. }
        | StoreError::Busy { .. }
        | StoreError::Missing { .. }
        | StoreError::Exists { .. }
        | StoreError::Newer { .. }
        | StoreError::Misnumbered { .. }
        | StoreError::Early { .. }
        | StoreError::Damaged { .. }
        | StoreError::OtherKey
        | StoreError::Refused(_)
        | StoreError::Stopped
        | StoreError::Impossible(_)
        | StoreError::Other { .. } => TroubleKind::Other,
    };
    let hint = match error {
        // Of HR's registry this would lead nowhere.
        StoreError::ReadOnly { .. } => error
            .hint()
            .map(|hint| format!("{hint}; COUNTERSIGN_HOME names another folder for your progress")),
        other => other.hint().map(str::to_owned),
    };
    Trouble { kind, message: with_causes(error), hint }
}

pub(super) fn of_key(path: &Path, error: &KeyError) -> Trouble {
    let (kind, hint) = match error {
        KeyError::PassphraseNeeded | KeyError::WrongPassphrase => (
            TroubleKind::Passphrase,
            "type the passphrase that you chose when you began; if you have forgotten it, you can only begin anew, and the \
             help says how",
        ),
        KeyError::Form(_) | KeyError::Mismatch | KeyError::Cost => {
            (TroubleKind::Other, "restore the key file from a backup; it was changed since it was made")
        }
        KeyError::Newer => (TroubleKind::Other, "update countersign"),
        KeyError::Randomness | KeyError::Memory => {
            (TroubleKind::Other, "close other programs, then try again")
        }
        KeyError::EmptyPassphrase => (TroubleKind::Other, "choose a passphrase, or none"),
    };
    let message = match kind {
        // The help names the file. On a small screen its path would push the words away from where one types.
        TroubleKind::Passphrase => error.to_string(),
        TroubleKind::Conflict | TroubleKind::Other => format!("{}: {error}", path.display()),
    };
    Trouble { kind, message, hint: Some(hint.to_owned()) }
}

/// An error with what lies behind it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = error.source();
    }
    text
}
