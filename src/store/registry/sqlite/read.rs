//! The tables of the registry, read back.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::column::{
    bytes, digest, digest_if_any, levels, of_json, of_word, parsed, parsed_if_any, time, time_if_any, uuid,
};
use super::whereabouts::{IS_RECORD, IS_RECORD_OR_FILE, file_with, record_with, start};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::Salt;
use crate::registry::change::{
    Audience, CourseState, Decided, KeyAccepted, PersonChange, PutAside, RetentionSet, RuleSet, Waived,
};
use crate::registry::person::Presence;
use crate::registry::{PersonNumber, Profile, Terms};
use crate::store::registry::{ArchivedCourse, Unsettled, Waiting};

/// Which registry it is.
pub(super) fn id(connection: &Connection) -> rusqlite::Result<Uuid> {
    let random = connection.query_row("SELECT id FROM registry", [], |row| bytes(row, 0))?;
    Ok(uuid::Builder::from_random_bytes(random).into_uuid())
}

/// The newest entry of the log and its time.
pub(super) fn newest(connection: &Connection) -> rusqlite::Result<Option<(u64, Timestamp)>> {
    connection
        .prepare_cached("SELECT entry, at FROM log_entry ORDER BY entry DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, time(row, 1)?)))
        .optional()
}

/// How many entries the log had at a moment. Times never go back, so halves are enough.
pub(super) fn size_at(connection: &Connection, at: Timestamp) -> rusqlite::Result<u64> {
    let Some((newest, time_of_newest)) = newest(connection)? else { return Ok(0) };
    if time_of_newest <= at {
        return Ok(newest + 1);
    }
    let mut entry_at = connection.prepare_cached("SELECT at FROM log_entry WHERE entry = ?1")?;
    let (mut before, mut after) = (0, newest);
    while before < after {
        let middle = u64::midpoint(before, after);
        let happened = entry_at.query_row([middle], |row| time(row, 0)).optional()?;
        // Where somebody deleted an entry, the audit says so; here the later half is left out.
        if happened.is_some_and(|happened| happened <= at) {
            before = middle + 1;
        } else {
            after = middle;
        }
    }
    Ok(before)
}

pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<PersonNumber> {
    let text = row.get_ref(column)?.as_str()?;
    PersonNumber::new(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// A profile from the columns that begin at `first`.
pub(super) fn profile(row: &Row<'_>, first: usize) -> rusqlite::Result<Profile> {
    Ok(Profile {
        name: row.get(first)?,
        email: row.get(first + 1)?,
        department: row.get(first + 2)?,
        manager: row.get(first + 3)?,
        role: row.get(first + 4)?,
        employment: row.get(first + 5)?,
        hired: parsed_if_any(row, first + 6)?,
        leaves: parsed_if_any(row, first + 7)?,
        status: row.get(first + 8)?,
    })
}

/// What rosters said of a person, with the entry of each.
pub(super) fn profiles(
    connection: &Connection,
    person: &PersonNumber,
) -> rusqlite::Result<Vec<(u64, PersonChange)>> {
    let sql =
        "SELECT entry, presence, name, email, department, manager, role, employment, hired, leaves, status
               FROM profile WHERE person = ?1 ORDER BY entry";
    let change = |row: &Row<'_>| {
        let (number, presence, profile) = (person.clone(), of_word(row, 1)?, profile(row, 2)?);
        Ok((row.get(0)?, PersonChange { number, profile, presence }))
    };
    connection.prepare_cached(sql)?.query_map([person.as_str()], change)?.collect()
}

/// What rosters said of a person, with the time of each.
pub(super) fn roster_history(
    connection: &Connection,
    person: &PersonNumber,
) -> rusqlite::Result<Vec<(Timestamp, PersonChange)>> {
    let sql = "SELECT at, presence, name, email, department, manager, role, employment, hired, leaves, status
               FROM profile WHERE person = ?1 ORDER BY entry";
    let said = |row: &Row<'_>| {
        let (number, presence, profile) = (person.clone(), of_word(row, 1)?, profile(row, 2)?);
        Ok((time(row, 0)?, PersonChange { number, profile, presence }))
    };
    connection.prepare_cached(sql)?.query_map([person.as_str()], said)?.collect()
}

pub(super) fn salt(connection: &Connection, person: &str) -> rusqlite::Result<Option<Salt>> {
    connection
        .prepare_cached("SELECT salt FROM person WHERE number = ?1")?
        .query_row([person], |row| Ok(Salt::from_bytes(bytes(row, 0)?)))
        .optional()
}

/// What the last roster that names a person says of them.
pub(super) fn last_said(connection: &Connection, person: &str) -> rusqlite::Result<Option<Presence>> {
    connection
        .prepare_cached("SELECT presence FROM profile WHERE person = ?1 ORDER BY entry DESC LIMIT 1")?
        .query_row([person], |row| of_word(row, 0))
        .optional()
}

/// How many people stood on the roster, and the entry since which they did; as known before an entry, or now.
pub(super) fn on_the_roster(
    connection: &Connection,
    before: Option<u64>,
) -> rusqlite::Result<Option<(u64, u64)>> {
    let sql = "SELECT entry, total FROM (SELECT entry, total FROM roster UNION ALL SELECT entry, total FROM erasure)
               WHERE entry < coalesce(?1, 9223372036854775807) ORDER BY entry DESC LIMIT 1";
    connection.prepare_cached(sql)?.query_row([before], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// A waiver and its entry.
pub(super) fn waiver(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<(u64, Waived)>> {
    let sql = "SELECT entry, at, id, person, course, until, approver, reason FROM waiver WHERE id = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, waived(row, 1)?)))
        .optional()
}

/// A waiver from the columns that begin at `first`.
pub(super) fn waived(row: &Row<'_>, first: usize) -> rusqlite::Result<Waived> {
    Ok(Waived {
        at: time(row, first)?,
        id: uuid(row, first + 1)?,
        person: number(row, first + 2)?,
        course: parsed(row, first + 3)?,
        until: time(row, first + 4)?,
        approver: row.get(first + 5)?,
        reason: row.get(first + 6)?,
    })
}

pub(super) fn courses(connection: &Connection, before: u64) -> rusqlite::Result<Vec<ArchivedCourse>> {
    let sql = "SELECT digest, course, title, version, validity_days,
                      (SELECT at FROM log_entry WHERE log_entry.entry = course_version.entry),
                      (SELECT state FROM judgement
                       WHERE judgement.digest = course_version.digest AND judgement.entry < ?1
                       ORDER BY judgement.entry DESC LIMIT 1) AS state,
                      (SELECT at FROM log_entry WHERE log_entry.entry =
                       (SELECT MIN(judgement.entry) FROM judgement
                        WHERE judgement.digest = course_version.digest AND judgement.entry < ?1
                              AND judgement.state = 'approved'))
               FROM course_version WHERE entry < ?1 ORDER BY entry";
    let course = |row: &Row<'_>| {
        let judged = row.get_ref(6)?.as_str_or_null()?.is_some();
        Ok(ArchivedCourse {
            digest: digest(row, 0)?,
            course: parsed(row, 1)?,
            title: row.get(2)?,
            version: row.get(3)?,
            validity_days: row.get(4)?,
            added_at: time(row, 5)?,
            state: if judged { of_word(row, 6)? } else { CourseState::Added },
            approved_at: time_if_any(row, 7)?,
        })
    };
    connection.prepare_cached(sql)?.query_map([before], course)?.collect()
}

/// The pack of a version.
pub(super) fn course_pack(connection: &Connection, version: &Digest) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT pack FROM course_version WHERE digest = ?1")?
        .query_row([version.as_bytes()], |row| row.get(0))
        .optional()
}

pub(super) fn terms(connection: &Connection, before: u64) -> rusqlite::Result<Terms> {
    let sql = "SELECT terms FROM terms WHERE entry < ?1 ORDER BY entry DESC LIMIT 1";
    let terms = connection.prepare_cached(sql)?.query_row([before], |row| of_json(row, 0)).optional()?;
    Ok(terms.unwrap_or_default())
}

pub(super) fn rules(connection: &Connection, before: u64) -> rusqlite::Result<Vec<RuleSet>> {
    let sql = "SELECT log_entry.at, rule.id, course, trigger, departments, roles, rule.by, by_name,
                      (SELECT json_group_array(person) FROM rule_person
                       WHERE rule = entry AND person IS NOT NULL)
               FROM rule JOIN log_entry USING (entry)
               WHERE entry < ?1
                 AND NOT EXISTS (SELECT 1 FROM rule_end WHERE rule_end.id = rule.id AND rule_end.entry < ?1)
               ORDER BY entry";
    connection.prepare_cached(sql)?.query_map([before], |row| rule(row, 0))?.collect()
}

/// A rule from the columns that begin at `first`.
pub(super) fn rule(row: &Row<'_>, first: usize) -> rusqlite::Result<RuleSet> {
    Ok(RuleSet {
        at: time(row, first)?,
        id: uuid(row, first + 1)?,
        course: parsed(row, first + 2)?,
        trigger: of_json(row, first + 3)?,
        audience: Audience {
            departments: of_json(row, first + 4)?,
            roles: of_json(row, first + 5)?,
            people: if row.get(first + 7)? { Some(of_json(row, first + 8)?) } else { None },
        },
        by: row.get(first + 6)?,
    })
}

/// The newest of each course.
pub(super) fn retentions(connection: &Connection, before: u64) -> rusqlite::Result<Vec<RetentionSet>> {
    let sql = "SELECT log_entry.at, course, class, years, by
               FROM retention JOIN log_entry USING (entry)
               WHERE entry IN (SELECT max(entry) FROM retention WHERE entry < ?1 GROUP BY course)
               ORDER BY course";
    connection.prepare_cached(sql)?.query_map([before], |row| retention(row, 0))?.collect()
}

/// A retention time from the columns that begin at `first`.
pub(super) fn retention(row: &Row<'_>, first: usize) -> rusqlite::Result<RetentionSet> {
    Ok(RetentionSet {
        at: time(row, first)?,
        course: parsed(row, first + 1)?,
        class: row.get(first + 2)?,
        years: row.get(first + 3)?,
        by: row.get(first + 4)?,
    })
}

pub(super) fn assignment_file(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<Vec<u8>>> {
    let sql = "SELECT bytes FROM assignment_file WHERE entry = (SELECT entry FROM assignment WHERE id = ?1)";
    connection.prepare_cached(sql)?.query_row([id.as_bytes()], |row| row.get(0)).optional()
}

pub(super) fn record_file(connection: &Connection, record: &Digest) -> rusqlite::Result<Option<Vec<u8>>> {
    let sql = concat!(
        "SELECT bytes FROM record_file WHERE entry = (SELECT record.entry FROM ",
        record_with!("?1"),
        ")"
    );
    connection.prepare_cached(sql)?.query_row([record.as_bytes()], |row| row.get(0)).optional()
}

pub(super) fn known(connection: &Connection, digests: &[Digest]) -> rusqlite::Result<BTreeSet<Digest>> {
    let sql = format!(
        "SELECT {IS_RECORD_OR_FILE}
                OR EXISTS (SELECT 1 FROM put_aside WHERE file = ?1)
                OR EXISTS (SELECT 1 FROM erased_record WHERE digest = ?1)"
    );
    those(connection, &sql, digests)
}

/// Which of these are digests of records, whether or not they were erased since.
pub(super) fn collected(connection: &Connection, digests: &[Digest]) -> rusqlite::Result<BTreeSet<Digest>> {
    let sql = format!("SELECT {IS_RECORD} OR EXISTS (SELECT 1 FROM erased_record WHERE digest = ?1)");
    those(connection, &sql, digests)
}

/// Those digests of which a statement says yes.
fn those(connection: &Connection, sql: &str, digests: &[Digest]) -> rusqlite::Result<BTreeSet<Digest>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut those = BTreeSet::new();
    for digest in digests {
        if statement.query_row(params![digest.as_bytes(), start(digest)], |row| row.get(0))? {
            those.insert(*digest);
        }
    }
    Ok(those)
}

/// Which of these need somebody since before the entry `before`. A file put aside whose record was collected since is what
/// that record is.
pub(super) fn unsettled(
    connection: &Connection,
    digests: &[Digest],
    before: u64,
) -> rusqlite::Result<BTreeMap<Digest, Unsettled>> {
    let sql = concat!(
        "WITH aside AS (SELECT entry, record FROM put_aside WHERE file = ?1),
              meant AS (SELECT record.entry FROM ",
        record_with!("?1"),
        "     UNION SELECT record_file.entry FROM ",
        file_with!("?1"),
        "     UNION SELECT record.entry FROM aside CROSS JOIN ",
        record_with!("aside.record"),
        ")     SELECT EXISTS (SELECT 1 FROM record
                              WHERE treatment = 'review' AND entry IN (SELECT entry FROM meant) AND entry < ?2
                                AND NOT EXISTS (SELECT 1 FROM decision
                                                WHERE decision.person = record.person
                                                  AND decision.record = record.entry)),
                      EXISTS (SELECT 1 FROM aside WHERE entry < ?2)
                          AND NOT EXISTS (SELECT 1 FROM meant)
                          AND NOT EXISTS (SELECT 1 FROM aside JOIN erased_record ON digest = aside.record),
                      EXISTS (SELECT 1 FROM erased_record WHERE digest = ?1) AND NOT EXISTS (SELECT 1 FROM meant)"
    );
    let mut statement = connection.prepare_cached(sql)?;
    let mut unsettled = BTreeMap::new();
    for digest in digests {
        let (review, aside, erased): (bool, bool, bool) = statement
            .query_row(params![digest.as_bytes(), before], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let needs = match (review, erased, aside) {
            (true, _, _) => Unsettled::ForReview,
            (false, true, _) => Unsettled::Erased,
            (false, false, true) => Unsettled::Aside,
            (false, false, false) => continue,
        };
        unsettled.insert(*digest, needs);
    }
    Ok(unsettled)
}

/// The keys that a person was known by before an entry, oldest first.
pub(super) fn keys(
    connection: &Connection,
    person: &PersonNumber,
    before: u64,
) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT did FROM (
                   SELECT entry, did FROM accepted_key WHERE person = ?1 AND entry < ?2
                   UNION ALL
                   SELECT record.entry, did FROM record JOIN record_file USING (entry)
                   WHERE person = ?1 AND record.entry < ?2 AND pins = 1
               ) ORDER BY entry";
    let mut statement = connection.prepare_cached(sql)?;
    let mut keys: Vec<String> = Vec::new();
    for key in statement.query_map(params![person.as_str(), before], |row| row.get(0))? {
        let key = key?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Things with the place of each in the log.
pub(super) type Placed<T> = Vec<(u64, T)>;

/// The records for review after the entry `after`, a few of them, each with its entry.
pub(super) fn waiting(connection: &Connection, after: Option<u64>) -> rusqlite::Result<Placed<Waiting>> {
    waiting_with(connection, after, ("NULL", 500), |waiting, _| Ok(waiting))
}

/// The same with their files as they are kept, fewer at a time.
pub(super) fn waiting_files(
    connection: &Connection,
    after: Option<u64>,
) -> rusqlite::Result<Placed<(Waiting, Vec<u8>)>> {
    waiting_with(connection, after, ("bytes", 50), |waiting, row| Ok((waiting, row.get(6)?)))
}

fn waiting_with<T>(
    connection: &Connection,
    after: Option<u64>,
    (column, most): (&'static str, u32),
    with: impl Fn(Waiting, &Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Placed<T>> {
    let sql = format!(
        "SELECT record.entry, person, digest, at, course, reasons, {column}
         FROM record JOIN record_file USING (entry)
         WHERE treatment = 'review' AND record.entry >= ?1
           AND NOT EXISTS (SELECT 1 FROM decision
                           WHERE decision.person = record.person AND decision.record = record.entry)
         ORDER BY record.entry LIMIT {most}"
    );
    let waiting = |row: &Row<'_>| {
        let waiting = Waiting {
            person: number(row, 1)?,
            digest: digest(row, 2)?,
            received_at: time(row, 3)?,
            course: parsed(row, 4)?,
            reasons: of_json(row, 5)?,
        };
        Ok((row.get(0)?, with(waiting, row)?))
    };
    let from = after.map_or(0, |after| after + 1);
    connection.prepare_cached(&sql)?.query_map(params![from], waiting)?.collect()
}

/// What was decided about the records of a person before an entry, oldest first.
pub(super) fn decisions(
    connection: &Connection,
    person: &PersonNumber,
    before: u64,
) -> rusqlite::Result<Vec<Decided>> {
    let sql = "SELECT log_entry.at, record.digest, decision, by, reason
               FROM decision JOIN log_entry ON log_entry.entry = decision.entry
               JOIN record ON record.person = decision.person AND record.entry = decision.record
               WHERE decision.person = ?1 AND decision.entry < ?2 ORDER BY decision.entry";
    let decided = |row: &Row<'_>| {
        Ok(Decided {
            at: time(row, 0)?,
            record: digest(row, 1)?,
            decision: of_word(row, 2)?,
            by: row.get(3)?,
            reason: row.get(4)?,
        })
    };
    connection.prepare_cached(sql)?.query_map(params![person.as_str(), before], decided)?.collect()
}

/// The keys that somebody accepted as those of a person, oldest first.
pub(super) fn accepted_keys(
    connection: &Connection,
    person: &PersonNumber,
    before: u64,
) -> rusqlite::Result<Vec<KeyAccepted>> {
    let sql = "SELECT log_entry.at, did, by, reason FROM accepted_key JOIN log_entry USING (entry)
               WHERE person = ?1 AND entry < ?2 ORDER BY entry";
    let accepted = |row: &Row<'_>| {
        let (at, key, by, reason) = (time(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(KeyAccepted { at, person: person.clone(), key, by, reason })
    };
    connection.prepare_cached(sql)?.query_map(params![person.as_str(), before], accepted)?.collect()
}

/// The next file that was put aside, with its entry; the bytes are as they are kept.
pub(super) fn put_aside(
    connection: &Connection,
    after: Option<u64>,
) -> rusqlite::Result<Option<(u64, PutAside)>> {
    let sql = "SELECT entry, at, file, record, name, levels, reasons, bytes FROM put_aside
               WHERE entry >= ?1 ORDER BY entry LIMIT 1";
    let from = after.map_or(0, |after| after + 1);
    connection.prepare_cached(sql)?.query_row([from], placed_file).optional()
}

/// One file that was put aside, by its digest; the bytes are as they are kept.
pub(super) fn put_aside_file(connection: &Connection, file: &Digest) -> rusqlite::Result<Option<PutAside>> {
    let sql = "SELECT entry, at, file, record, name, levels, reasons, bytes FROM put_aside WHERE file = ?1";
    let found = connection.prepare_cached(sql)?.query_row([file.as_bytes()], placed_file).optional()?;
    Ok(found.map(|(_, file)| file))
}

/// The newest file that lies aside of those before an entry, with its entry; the bytes are as they are kept. One whose record
/// was collected since lies there no more, and neither does that of a person who was erased.
pub(super) fn aside_before(
    connection: &Connection,
    before: Option<u64>,
) -> rusqlite::Result<Option<(u64, PutAside)>> {
    let sql = concat!(
        "SELECT entry, at, file, record, name, levels, reasons, bytes FROM put_aside
         WHERE entry < ?1
           AND NOT EXISTS (SELECT 1 FROM ",
        record_with!("put_aside.record"),
        ") AND NOT EXISTS (SELECT 1 FROM erased_record WHERE digest = put_aside.record)
         ORDER BY entry DESC LIMIT 1"
    );
    connection.prepare_cached(sql)?.query_row([or_now(before)], placed_file).optional()
}

/// How many files lay aside before an entry, or do now. What was erased since is not told of any day.
pub(super) fn number_aside(connection: &Connection, before: Option<u64>) -> rusqlite::Result<u64> {
    let sql = concat!(
        "SELECT count(*) FROM put_aside
         WHERE entry < ?1
           AND NOT EXISTS (SELECT 1 FROM ",
        record_with!("put_aside.record"),
        " AND record.entry < ?1)
           AND NOT EXISTS (SELECT 1 FROM erased_record WHERE digest = put_aside.record)"
    );
    connection.prepare_cached(sql)?.query_row([or_now(before)], |row| row.get(0))
}

/// After every entry when none is named.
fn or_now(before: Option<u64>) -> u64 {
    before.unwrap_or(i64::MAX.unsigned_abs())
}

fn placed_file(row: &Row<'_>) -> rusqlite::Result<(u64, PutAside)> {
    Ok((row.get(0)?, file_put_aside(row, 1, row.get(7)?)?))
}

/// A file that was put aside, from the columns that begin at `first`.
pub(super) fn file_put_aside(row: &Row<'_>, first: usize, bytes: Vec<u8>) -> rusqlite::Result<PutAside> {
    Ok(PutAside {
        at: time(row, first)?,
        file: digest(row, first + 1)?,
        record: digest_if_any(row, first + 2)?,
        name: row.get(first + 3)?,
        levels: levels(row, first + 4)?,
        reasons: of_json(row, first + 5)?,
        bytes,
    })
}
