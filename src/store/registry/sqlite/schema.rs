//! The tables of the registry's file.

use rusqlite::Connection;

use crate::store::Keeps;
use crate::store::database::layout::{Begins, Layout};

/// The make of a registry; it says `CSrg` of itself.
pub(super) const LAYOUT: Layout = Layout {
    keeps: Keeps::Registry,
    application_id: 0x4353_7267,
    steps: STEPS,
    tables: TABLES,
    begins: Begins::Anew,
    // A registry can have gigabytes; `audit` reads all of it.
    check: |_| Ok(None),
    read,
};

/// The make of a registry that should be there already.
pub(super) const PRESENT: Layout = Layout { begins: Begins::Never, ..LAYOUT };

/// From an empty file to the present one.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

const TABLES: &[&str] = &[
    "registry",
    "log_entry",
    "log_tile",
    "opening",
    "checkpoint",
    "person",
    "roster",
    "profile",
    "course_version",
    "judgement",
    "terms",
    "retention",
    "rule",
    "rule_person",
    "rule_end",
    "assignment",
    "assignment_file",
    "record",
    "record_file",
    "decision",
    "accepted_key",
    "waiver",
    "waiver_end",
    "erasure",
    "erased_entry",
    "erased_profile",
    "erased_record",
    "put_aside",
    "roster_header",
    "erasing",
];

/// The name of the registry and its newest entry.
fn read(connection: &Connection) -> rusqlite::Result<()> {
    super::read::id(connection)?;
    super::read::newest(connection).map(drop)
}
