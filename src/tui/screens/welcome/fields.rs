//! The fields of the form.

use crate::training::LONGEST_PASSPHRASE;
use crate::training::person::{LONGEST_EMAIL, LONGEST_NAME, LONGEST_NUMBER};

/// A field of the form.
pub(super) struct Field {
    pub(super) label: &'static str,
    /// What it is for.
    pub(super) note: &'static str,
    /// How many characters it takes.
    pub(super) limit: usize,
    pub(super) secret: Secret,
}

/// Whether what is typed is not to be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Secret {
    Yes,
    No,
}

pub(super) const NAME: usize = 0;
pub(super) const NUMBER: usize = 1;
pub(super) const EMAIL: usize = 2;
pub(super) const PASSPHRASE: usize = 3;
pub(super) const AGAIN: usize = 4;

/// All of them, from top to bottom.
pub(super) const FIELDS: [Field; 5] = [
    Field { label: "Name", note: "as it stands in your record", limit: LONGEST_NAME, secret: Secret::No },
    Field {
        label: "Employee number",
        note: "with its zeros: 0042 is not 42",
        limit: LONGEST_NUMBER,
        secret: Secret::No,
    },
    Field { label: "E-mail (optional)", note: "may stay empty", limit: LONGEST_EMAIL, secret: Secret::No },
    Field {
        label: "Passphrase (optional)",
        note: "may stay empty; else at least 8 characters, asked for when you sign. It cannot be recovered: without it this device key signs nothing.",
        limit: LONGEST_PASSPHRASE,
        secret: Secret::Yes,
    },
    Field {
        label: "Once more",
        note: "the same passphrase; empty without one",
        limit: LONGEST_PASSPHRASE,
        secret: Secret::Yes,
    },
];
