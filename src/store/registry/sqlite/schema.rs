//! The tables of the registry's file.

use rusqlite::Connection;

use crate::store::Keeps;
use crate::store::database::layout::{Begins, Layout, tables};
use crate::store::database::open::PATIENCE;

/// The make of a registry; it says `CSrg` of itself.
pub(super) const LAYOUT: Layout = Layout {
    keeps: Keeps::Registry,
    application_id: 0x4353_7267,
    steps: STEPS,
    tables: TABLES,
    early,
    begins: Begins::Anew,
    patience: PATIENCE,
    // A registry can have gigabytes; `audit` reads all of it.
    check: |_| Ok(None),
    read,
};

/// The make of a registry that should be there already.
pub(super) const PRESENT: Layout = Layout { begins: Begins::Never, ..LAYOUT };

/// From an empty file to the present one.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

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
    "whereabouts",
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

/// Until shortly before the first release a log did not begin with an entry that opens it, and rules named no people. A log that
/// does begin so had these tables, and somebody took them.
fn early(connection: &Connection) -> rusqlite::Result<bool> {
    let present = tables(connection)?;
    if present.contains("opening") || present.contains("rule_person") || !present.contains("log_entry") {
        return Ok(false);
    }
    let sql =
        "SELECT NOT EXISTS (SELECT 1 FROM log_entry WHERE entry = 0 AND instr(CAST(bytes AS TEXT), ?1) > 0)";
    connection.query_row(sql, [r#""entry":"opened""#], |row| row.get(0))
}

/// The name of the registry and its newest entry.
fn read(connection: &Connection) -> rusqlite::Result<()> {
    super::read::id(connection)?;
    super::read::newest(connection).map(drop)
}
