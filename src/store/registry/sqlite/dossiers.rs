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
    let mut people = whose.query(connection, PEOPLE, "number", "number")?;
    let mut people = rows(&mut people, whose, before)?;
    let mut statements = Statements::prepare(connection, whose)?;
    let mut tables = Tables::open(&mut statements, connection, whose, before)?;
    while let Some(row) = people.next()? {
        each(tables.dossier(read::number(row, 0)?, at)?)?;
    }
    Ok(())
}

impl Whose<'_> {
    fn query<'c>(
        self,
        connection: &'c Connection,
        select: &str,
        column: &str,
        order: &str,
    ) -> rusqlite::Result<CachedStatement<'c>> {
        match self {
            Self::Everybody => connection.prepare_cached(&format!("{select} ORDER BY {order}")),
            Self::Only(_) => {
                connection.prepare_cached(&format!("{select} AND {column} = ?2 ORDER BY {order}"))
            }
        }
    }
}

/// A statement for each table about people.
struct Statements<'c> {
    profiles: CachedStatement<'c>,
    assignments: CachedStatement<'c>,
    records: CachedStatement<'c>,
    decisions: CachedStatement<'c>,
    accepted_keys: CachedStatement<'c>,
    waivers: CachedStatement<'c>,
    waiver_ends: CachedStatement<'c>,
}

impl<'c> Statements<'c> {
    fn prepare(connection: &'c Connection, whose: Whose<'_>) -> rusqlite::Result<Self> {
        let query = |select, order| whose.query(connection, select, "person", order);
        Ok(Self {
            profiles: query(PROFILES, "person, entry")?,
            assignments: query(ASSIGNMENTS, "person, entry")?,
            records: query(RECORDS, "person, entry")?,
            decisions: query(DECISIONS, "person, record, entry")?,
            accepted_keys: query(ACCEPTED_KEYS, "person, entry")?,
            waivers: query(WAIVERS, "person, entry")?,
            waiver_ends: query(WAIVER_ENDS, "person, waiver")?,
        })
    }
}

/// Every table about people, read up to the same person.
struct Tables<'s> {
    profiles: Cursor<'s>,
    assignments: Cursor<'s>,
    records: Cursor<'s>,
    decisions: Cursor<'s>,
    accepted_keys: Cursor<'s>,
    waivers: Cursor<'s>,
    waiver_ends: Cursor<'s>,
    /// The key of a record that pinned one.
    pinned: CachedStatement<'s>,
}

impl<'s> Tables<'s> {
    fn open(
        statements: &'s mut Statements<'_>,
        connection: &'s Connection,
        whose: Whose<'_>,
        before: u64,
    ) -> rusqlite::Result<Self> {
        Ok(Self {
            profiles: Cursor::open(&mut statements.profiles, whose, before)?,
            assignments: Cursor::open(&mut statements.assignments, whose, before)?,
            records: Cursor::open(&mut statements.records, whose, before)?,
            decisions: Cursor::open(&mut statements.decisions, whose, before)?,
            accepted_keys: Cursor::open(&mut statements.accepted_keys, whose, before)?,
            waivers: Cursor::open(&mut statements.waivers, whose, before)?,
            waiver_ends: Cursor::open(&mut statements.waiver_ends, whose, before)?,
            pinned: connection.prepare_cached("SELECT did FROM record_file WHERE entry = ?1")?,
        })
    }

    /// The dossier of whoever comes next.
    fn dossier(&mut self, number: PersonNumber, at: Timestamp) -> rusqlite::Result<Dossier> {
        let person = number.as_str();
        let roster = self.roster(person, at)?;
        let assignments = self.assignments.all(person, assignment)?;
        let (records, pinning) = self.records(person)?;
        let keys = self.keys(person, pinning)?;
        let waivers = self.waivers(person)?;
        Ok(Dossier { number, roster, assignments, records, waivers, keys })
    }

    /// The last profile holds; reading only that one would mean to look ahead.
    fn roster(&mut self, person: &str, at: Timestamp) -> rusqlite::Result<Option<RosterState>> {
        let mut roster: Option<RosterState> = None;
        self.profiles.take(person, |row| {
            let first_seen = match &roster {
                Some(before) => before.first_seen,
                None => time(row, 1)?,
            };
            roster = Some(roster_state(row, at, first_seen)?);
            Ok(())
        })?;
        Ok(roster)
    }

    /// The records with what was decided about them, and the entries of those that pinned a key.
    fn records(&mut self, person: &str) -> rusqlite::Result<(Vec<RecordState>, Vec<u64>)> {
        let mut pinning = Vec::new();
        let mut records = self.records.all(person, |row| {
            let record = record(row)?;
            if row.get(13)? {
                pinning.push(record.index);
            }
            Ok(record)
        })?;
        self.decisions.take(person, |row| {
            let index = row.get(1)?;
            if let Ok(place) = records.binary_search_by_key(&index, |record| record.index) {
                records[place].decision = Some(of_word::<Decision>(row, 2)?);
            }
            Ok(())
        })?;
        Ok((records, pinning))
    }

    /// The keys that were accepted and those that records pinned, as they came into the log.
    fn keys(&mut self, person: &str, pinning: Vec<u64>) -> rusqlite::Result<Vec<String>> {
        let mut entries: Vec<(u64, Option<String>)> =
            pinning.into_iter().map(|entry| (entry, None)).collect();
        self.accepted_keys.take(person, |row| {
            entries.push((row.get(1)?, Some(row.get(2)?)));
            Ok(())
        })?;
        entries.sort_by_key(|(entry, _)| *entry);
        let mut keys = Vec::new();
        for (entry, accepted) in entries {
            let did = match accepted {
                Some(did) => did,
                None => self.pinned_key(entry)?,
            };
            if !keys.contains(&did) {
                keys.push(did);
            }
        }
        Ok(keys)
    }

    fn pinned_key(&mut self, entry: u64) -> rusqlite::Result<String> {
        self.pinned.query_row([entry], |row| row.get(0)).optional()?.ok_or_else(|| {
            rusqlite::Error::FromSqlConversionFailure(
                13,
                Type::Integer,
                format!("the record of entry {entry} has no file").into(),
            )
        })
    }

    /// The waivers, each with its end where it was taken back.
    fn waivers(&mut self, person: &str) -> rusqlite::Result<Vec<WaiverState>> {
        let mut waivers = self.waivers.all(person, waiver)?;
        self.waiver_ends.take(person, |row| {
            let index = row.get(1)?;
            if let Ok(place) = waivers.binary_search_by_key(&index, |waiver| waiver.index) {
                let waiver = &mut waivers[place];
                waiver.until = waiver.until.min(time(row, 2)?);
                let (index, by, reason) = (row.get(3)?, row.get(4)?, row.get(5)?);
                waiver.taken_back = Some(TakenBack { index, by, reason });
            }
            Ok(())
        })?;
        Ok(waivers)
    }
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

    /// What is read of each row of this person.
    fn all<T>(
        &mut self,
        person: &str,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut all = Vec::new();
        self.take(person, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
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
