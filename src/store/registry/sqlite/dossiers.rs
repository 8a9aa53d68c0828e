//! Dossiers: every table that is about people is kept in the order of their numbers, and one pass merges them.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::types::Type;
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Row, Rows, params};
use uuid::Uuid;

use super::column::{digest, levels, of_word, parsed, time, uuid, uuid_if_any};
use super::read;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::registry::change::Decision;
use crate::registry::dossier::{AssignmentState, RecordState, RosterState, TakenBack, WaiverState};
use crate::registry::terms::Treatment;
use crate::registry::{Dossier, PersonNumber};
use crate::store::StoreError;
use crate::store::database::WriteError;

/// Whose dossiers.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    Everybody,
    Only(&'a PersonNumber),
}

const PEOPLE: &str = "SELECT number FROM person WHERE first < ?1";
const PROFILES: &str =
    "SELECT person, at, presence, name, email, department, manager, role, employment, hired, leaves,
                               status
                        FROM profile WHERE entry < ?1";
const ASSIGNMENTS: &str =
    "SELECT person, id, digest, at, due, course, version, rule FROM assignment WHERE entry < ?1";
const RECORDS: &str =
    "SELECT person, digest, entry, at, signed_at, course, version, assignment, earned, possible,
                              passed, levels, treatment, pins
                       FROM record WHERE entry < ?1";
const DECISIONS: &str = "SELECT person, record, decision FROM decision WHERE entry < ?1";
const ACCEPTED_KEYS: &str = "SELECT person, entry, did FROM accepted_key WHERE entry < ?1";
const WAIVERS: &str =
    "SELECT person, entry, id, course, at, until, approver, reason FROM waiver WHERE entry < ?1";
const WAIVER_ENDS: &str = "SELECT person, waiver, at, entry, by, reason FROM waiver_end WHERE entry < ?1";

/// Shows the dossiers of the moment `at`, when the log had `before` entries. The caller holds a transaction.
pub(super) fn visit(
    connection: &Connection,
    whose: Whose<'_>,
    (at, before): (Timestamp, u64),
    each: &mut dyn FnMut(Dossier) -> Result<(), StoreError>,
) -> Result<(), WriteError> {
    let query = |select: &str, column: &str, order: &str| match whose {
        Whose::Everybody => connection.prepare_cached(&format!("{select} ORDER BY {order}")),
        Whose::Only(_) => connection.prepare_cached(&format!("{select} AND {column} = ?2 ORDER BY {order}")),
    };
    let mut people = query(PEOPLE, "number", "number")?;
    let mut profiles = query(PROFILES, "person", "person, entry")?;
    let mut assignments = query(ASSIGNMENTS, "person", "person, entry")?;
    let mut records = query(RECORDS, "person", "person, entry")?;
    let mut decisions = query(DECISIONS, "person", "person, record, entry")?;
    let mut accepted_keys = query(ACCEPTED_KEYS, "person", "person, entry")?;
    let mut waivers = query(WAIVERS, "person", "person, entry")?;
    let mut waiver_ends = query(WAIVER_ENDS, "person", "person, waiver")?;
    let mut pinned = connection.prepare_cached("SELECT did FROM record_file WHERE entry = ?1")?;

    let mut people = rows(&mut people, whose, before)?;
    let mut profiles = Cursor::open(&mut profiles, whose, before)?;
    let mut assignments = Cursor::open(&mut assignments, whose, before)?;
    let mut records = Cursor::open(&mut records, whose, before)?;
    let mut decisions = Cursor::open(&mut decisions, whose, before)?;
    let mut accepted_keys = Cursor::open(&mut accepted_keys, whose, before)?;
    let mut waivers = Cursor::open(&mut waivers, whose, before)?;
    let mut waiver_ends = Cursor::open(&mut waiver_ends, whose, before)?;

    while let Some(row) = people.next()? {
        let number = read::number(row, 0)?;
        let mut dossier = Dossier {
            number,
            roster: None,
            assignments: Vec::new(),
            records: Vec::new(),
            waivers: Vec::new(),
            keys: Vec::new(),
        };
        let person = dossier.number.as_str();
        // The last one holds; reading only that one would mean to look ahead.
        profiles.take(person, |row| {
            let first_seen = match &dossier.roster {
                Some(before) => before.first_seen,
                None => time(row, 1)?,
            };
            dossier.roster = Some(roster_state(row, at, first_seen)?);
            Ok(())
        })?;
        assignments.take(person, |row| {
            dossier.assignments.push(assignment(row)?);
            Ok(())
        })?;
        let mut keys: Vec<(u64, Option<String>)> = Vec::new();
        records.take(person, |row| {
            let record = record(row)?;
            if row.get(13)? {
                keys.push((record.index, None));
            }
            dossier.records.push(record);
            Ok(())
        })?;
        decisions.take(person, |row| {
            let index = row.get(1)?;
            let found = dossier.records.binary_search_by_key(&index, |record| record.index);
            if let Ok(place) = found {
                dossier.records[place].decision = Some(of_word::<Decision>(row, 2)?);
            }
            Ok(())
        })?;
        accepted_keys.take(person, |row| {
            keys.push((row.get(1)?, Some(row.get(2)?)));
            Ok(())
        })?;
        keys.sort_by_key(|(entry, _)| *entry);
        for (entry, accepted) in keys {
            let did = match accepted {
                Some(did) => did,
                None => pinned.query_row([entry], |row| row.get(0)).optional()?.ok_or_else(|| {
                    rusqlite::Error::FromSqlConversionFailure(
                        13,
                        Type::Integer,
                        format!("the record of entry {entry} has no file").into(),
                    )
                })?,
            };
            if !dossier.keys.contains(&did) {
                dossier.keys.push(did);
            }
        }
        let mut places: Vec<u64> = Vec::new();
        waivers.take(person, |row| {
            places.push(row.get(1)?);
            dossier.waivers.push(waiver(row)?);
            Ok(())
        })?;
        waiver_ends.take(person, |row| {
            let waiver: u64 = row.get(1)?;
            if let Ok(place) = places.binary_search(&waiver) {
                let waiver = &mut dossier.waivers[place];
                waiver.until = waiver.until.min(time(row, 2)?);
                let (index, by, reason) = (row.get(3)?, row.get(4)?, row.get(5)?);
                waiver.taken_back = Some(TakenBack { index, by, reason });
            }
            Ok(())
        })?;
        each(dossier)?;
    }
    Ok(())
}

/// Whether a person may have been asked for a course anew after an assignment, before an entry.
pub(super) fn is_perhaps_asked_anew(
    connection: &Connection,
    person: &PersonNumber,
    course: &CourseId,
    assignment: Option<Uuid>,
    version: &Digest,
    before: u64,
) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (
                   SELECT 1 FROM (
                       SELECT id, at, version FROM assignment
                       WHERE person = ?1 AND course = ?2 AND entry < ?3 ORDER BY entry DESC LIMIT 1
                   ) AS last
                   WHERE ?4 IS NULL OR last.id <> ?4 AND (last.version <> ?5 OR EXISTS (
                       SELECT 1 FROM record
                       WHERE person = ?1 AND course = ?2 AND entry < ?3 AND record.at <= last.at
                   ))
               )";
    let mut statement = connection.prepare_cached(sql)?;
    let assignment = assignment.as_ref().map(Uuid::as_bytes);
    let row = params![person.as_str(), course.as_str(), before, assignment, version.as_bytes()];
    statement.query_row(row, |row| row.get(0))
}

fn rows<'s>(
    statement: &'s mut CachedStatement<'_>,
    whose: Whose<'_>,
    before: u64,
) -> rusqlite::Result<Rows<'s>> {
    match whose {
        Whose::Everybody => statement.query([before]),
        Whose::Only(person) => statement.query(params![before, person.as_str()]),
    }
}

/// Rows in the order of people, of which the next one is known.
struct Cursor<'s> {
    rows: Rows<'s>,
}

impl<'s> Cursor<'s> {
    fn open(statement: &'s mut CachedStatement<'_>, whose: Whose<'_>, before: u64) -> rusqlite::Result<Self> {
        let mut rows = rows(statement, whose, before)?;
        rows.advance()?;
        Ok(Self { rows })
    }

    /// Shows the rows of this person. Rows of people who stand before them and are not known belong to nobody; that is
    /// for the audit to say.
    fn take(
        &mut self,
        person: &str,
        mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        while let Some(row) = self.rows.get() {
            let owner = row.get_ref(0)?.as_str()?;
            if owner > person {
                break;
            }
            if owner == person {
                each(row)?;
            }
            self.rows.advance()?;
        }
        Ok(())
    }
}

fn roster_state(row: &Row<'_>, at: Timestamp, first_seen: Timestamp) -> rusqlite::Result<RosterState> {
    Ok(RosterState::at(at, read::profile(row, 3)?, of_word(row, 2)?, first_seen))
}

fn assignment(row: &Row<'_>) -> rusqlite::Result<AssignmentState> {
    Ok(AssignmentState {
        id: uuid(row, 1)?,
        digest: digest(row, 2)?,
        at: time(row, 3)?,
        due: time(row, 4)?,
        course: parsed(row, 5)?,
        version: digest(row, 6)?,
        rule: uuid_if_any(row, 7)?,
    })
}

fn record(row: &Row<'_>) -> rusqlite::Result<RecordState> {
    Ok(RecordState {
        digest: digest(row, 1)?,
        index: row.get(2)?,
        received_at: time(row, 3)?,
        signed_at: time(row, 4)?,
        course: parsed(row, 5)?,
        version: digest(row, 6)?,
        assignment: uuid_if_any(row, 7)?,
        earned: row.get(8)?,
        possible: row.get(9)?,
        passed: row.get(10)?,
        levels: levels(row, 11)?,
        treatment: of_word::<Treatment>(row, 12)?,
        decision: None,
    })
}

fn waiver(row: &Row<'_>) -> rusqlite::Result<WaiverState> {
    Ok(WaiverState {
        id: uuid(row, 2)?,
        index: row.get(1)?,
        course: parsed(row, 3)?,
        at: time(row, 4)?,
        until: time(row, 5)?,
        taken_back: None,
        approver: row.get(6)?,
        reason: row.get(7)?,
    })
}
