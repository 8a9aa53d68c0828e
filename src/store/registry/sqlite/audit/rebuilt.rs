//! Rows, made into the entries that they should be behind.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row};

use super::super::column::{
    bytes, digest, digest_if_any, levels, of_json, of_word, parsed, time, uuid, uuid_if_any,
};
use super::super::{packed, read};
use crate::course::{self, pack};
use crate::digest::Digest;
use crate::log::{Commitment, Entry, Event, Pseudonym, Salt};
use crate::record::did::PublicKey;
use crate::record::json;
use crate::registry::PersonNumber;
use crate::registry::change::{
    Assigned, Audience, Collected, CourseAdded, CourseJudged, Decided, ErasureGround, KeyAccepted, Opened,
    PersonChange, RuleEnded, RuleSet, TermsSet, WaiverRevoked,
};
use crate::registry::evidence::recount::Opening;
use crate::registry::terms::Treatment;
use crate::store::registry::entry::{self, Count, Left};

/// What a row says.
pub(super) struct Rebuilt {
    /// As people would call it.
    pub(super) what: String,
    /// The entry that should have been logged.
    pub(super) entry: Entry,
    /// Whether the file that is kept with it has the digest that the row says.
    pub(super) file_is_sound: bool,
    /// Whom it is about, if it is about one person.
    pub(super) person: Option<PersonNumber>,
}

/// One kind of row that is behind one entry.
pub(super) struct Table {
    pub(super) what: &'static str,
    pub(super) sql: &'static str,
    pub(super) rebuild: fn(&Row<'_>) -> rusqlite::Result<Rebuilt>,
}

const COURSES: Table = Table {
    what: "a course",
    sql: "SELECT entry, salt, log_entry.at, digest, course, title, version, validity_days, pack
          FROM course_version LEFT JOIN log_entry USING (entry)",
    rebuild: course_version,
};

const RULES: Table = Table {
    what: "a recurring rule",
    sql: "SELECT entry, rule.salt, log_entry.at, id, course, trigger, departments, roles, by, by_name,
                 (SELECT json_group_array(json_array(person, hex(person.salt), hex(pseudonym)))
                  FROM rule_person LEFT JOIN person ON number = person WHERE rule_person.rule = rule.entry)
          FROM rule LEFT JOIN log_entry USING (entry)",
    rebuild: rule,
};

const RULE_ENDS: Table = Table {
    what: "the end of a recurring rule",
    sql: "SELECT entry, salt, log_entry.at, id, by FROM rule_end LEFT JOIN log_entry USING (entry)",
    rebuild: rule_end,
};

/// The place of the entry is always the first column, the salt the second, the time the third.
pub(super) const TABLES: &[Table] = &[
    Table {
        what: "the beginning of the log",
        sql: "SELECT entry, NULL, log_entry.at, did, origin FROM opening LEFT JOIN log_entry USING (entry)",
        rebuild: opening,
    },
    COURSES,
    Table {
        what: "a judgement of a course",
        sql: "SELECT judgement.entry, judgement.salt, log_entry.at, judgement.digest, state, by, reason, course
              FROM judgement LEFT JOIN log_entry USING (entry)
              LEFT JOIN course_version ON course_version.digest = judgement.digest",
        rebuild: judgement,
    },
    Table {
        what: "terms for records",
        sql: "SELECT entry, salt, log_entry.at, terms, by FROM terms LEFT JOIN log_entry USING (entry)",
        rebuild: terms,
    },
    Table {
        what: "a retention time",
        sql: "SELECT entry, salt, log_entry.at, course, class, years, by
              FROM retention LEFT JOIN log_entry USING (entry)",
        rebuild: retention,
    },
    RULES,
    RULE_ENDS,
    Table {
        what: "an assignment",
        sql: "SELECT entry, salt, at, person, id, digest, course, version, due, rule, bytes
              FROM assignment LEFT JOIN person ON number = person LEFT JOIN assignment_file USING (entry)",
        rebuild: assignment,
    },
    Table {
        what: "a record",
        sql: "SELECT record.entry, salt, record.at, record.person, record.digest, file, name, did, reasons, bytes,
                     record.course, record.version, record.assignment, signed_at, earned, possible, passed, levels,
                     treatment, pins, answers
              FROM record LEFT JOIN person ON number = record.person LEFT JOIN record_file USING (entry)",
        rebuild: record,
    },
    Table {
        what: "a file put aside",
        sql: "SELECT entry, salt, at, file, record, name, levels, reasons, bytes FROM put_aside",
        rebuild: put_aside,
    },
    Table {
        what: "a decision about a record",
        sql: "SELECT decision.entry, salt, log_entry.at, record.digest, decision, by, reason
              FROM decision LEFT JOIN log_entry ON log_entry.entry = decision.entry
              LEFT JOIN person ON number = decision.person
              LEFT JOIN record ON record.person = decision.person AND record.entry = decision.record",
        rebuild: decision,
    },
    Table {
        what: "an accepted key",
        sql: "SELECT accepted_key.entry, salt, log_entry.at, person, did, by, reason
              FROM accepted_key LEFT JOIN log_entry USING (entry) LEFT JOIN person ON number = person",
        rebuild: accepted_key,
    },
    Table {
        what: "a waiver",
        sql: "SELECT entry, salt, at, id, person, course, until, approver, reason
              FROM waiver LEFT JOIN person ON number = person",
        rebuild: waiver,
    },
    Table {
        what: "the end of a waiver",
        sql: "SELECT waiver_end.entry, salt, waiver_end.at, waiver_end.by, waiver_end.reason, waiver.at, waiver.id,
                     waiver.person, waiver.course, waiver.until, waiver.approver, waiver.reason,
                     (SELECT bytes FROM log_entry WHERE log_entry.entry = waiver_end.waiver)
              FROM waiver_end LEFT JOIN person ON number = waiver_end.person
              LEFT JOIN waiver ON waiver.person = waiver_end.person AND waiver.entry = waiver_end.waiver",
        rebuild: waiver_end,
    },
];

/// A row without a file.
fn plain(what: String, entry: Entry) -> Rebuilt {
    Rebuilt { what, entry, file_is_sound: true, person: None }
}

fn salt(row: &Row<'_>) -> rusqlite::Result<Salt> {
    Ok(Salt::from_bytes(bytes(row, 1)?))
}

/// The file in a column, if it is there and can be read.
fn file(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Vec<u8>>> {
    Ok(row.get_ref(column)?.as_blob_or_null()?.and_then(packed::unpack))
}

/// The text that a row binds.
type Text = fn(&Row<'_>) -> rusqlite::Result<serde_json::Value>;

/// What entries about no person bind, as far as a status depends on it, up to the entry `before`.
pub(in super::super) fn openings(connection: &Connection, before: u64) -> rusqlite::Result<Vec<Opening>> {
    let text: [(&Table, Text); 3] = [
        (&COURSES, |row| Ok(entry::course_text(&course_added(row)?))),
        (&RULES, |row| {
            let (change, people) = rule_set(row)?;
            Ok(entry::rule_text(&change, people.as_ref()))
        }),
        (&RULE_ENDS, |row| Ok(entry::rule_end_text(&rule_ended(row)?))),
    ];
    let mut texts = Vec::new();
    for (table, text) in text {
        let mut statement = connection.prepare(table.sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let index: u64 = row.get(0)?;
            if index < before {
                texts.push(Opening { index, salt: salt(row)?, text: text(row)?.to_string() });
            }
        }
    }
    texts.sort_unstable_by_key(|text| text.index);
    Ok(texts)
}

fn course_added(row: &Row<'_>) -> rusqlite::Result<CourseAdded> {
    Ok(CourseAdded {
        at: time(row, 2)?,
        digest: digest(row, 3)?,
        course: parsed(row, 4)?,
        title: row.get(5)?,
        version: row.get(6)?,
        validity_days: row.get(7)?,
        pack: row.get(8)?,
    })
}

fn course_version(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let change = course_added(row)?;
    let files = pack::read(&change.pack);
    Ok(Rebuilt {
        what: format!("the course {}", change.digest.short()),
        entry: entry::course_added(change.at, &change, &salt(row)?),
        file_is_sound: files.is_ok_and(|files| course::digest(&files) == change.digest),
        person: None,
    })
}

fn judgement(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = CourseJudged {
        at,
        digest: digest(row, 3)?,
        state: of_word(row, 4)?,
        by: row.get(5)?,
        reason: row.get(6)?,
    };
    let what = format!("the judgement of the course {}", change.digest.short());
    Ok(plain(what, entry::course_judged(at, &change, &parsed(row, 7)?, &salt(row)?)))
}

fn terms(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = TermsSet { at, terms: of_json(row, 3)?, by: row.get(4)? };
    Ok(plain("the terms for records".to_owned(), entry::terms_set(at, &change, &salt(row)?)))
}

fn retention(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let change = read::retention(row, 2)?;
    let what = format!("the retention time of {}", change.course);
    Ok(plain(what, entry::retention_set(change.at, &change, &salt(row)?)))
}

fn opening(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = Opened { at, key: parsed_by(row, 3, PublicKey::from_did)?, origin: parsed(row, 4)? };
    Ok(plain("the beginning of the log".to_owned(), entry::opened(at, &change)))
}

fn parsed_by<T, E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    row: &Row<'_>,
    column: usize,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    parse(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}

/// A rule, and whom it names.
fn rule_set(row: &Row<'_>) -> rusqlite::Result<(RuleSet, Option<BTreeSet<Pseudonym>>)> {
    let change = RuleSet {
        at: time(row, 2)?,
        id: uuid(row, 3)?,
        course: parsed(row, 4)?,
        trigger: of_json(row, 5)?,
        audience: Audience { departments: of_json(row, 6)?, roles: of_json(row, 7)?, people: None },
        by: row.get(8)?,
    };
    let named: Vec<(Option<String>, Option<String>, String)> = of_json(row, 10)?;
    let people: Option<BTreeSet<Pseudonym>> = named.iter().map(pseudonym).collect();
    let by_name: bool = row.get(9)?;
    // Somebody who is named without their salt makes it another rule.
    Ok((change, people.filter(|people| by_name || !people.is_empty())))
}

fn rule(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let (change, people) = rule_set(row)?;
    let entry = entry::rule_set(change.at, &change, people.as_ref(), &salt(row)?);
    Ok(plain(format!("the rule {}", change.id), entry))
}

/// Whom a rule names: the pseudonym follows from number and salt; of those who were erased it is all there is.
fn pseudonym((number, salt, kept): &(Option<String>, Option<String>, String)) -> Option<Pseudonym> {
    let digest = |hex: &str| format!("sha256:{}", hex.to_ascii_lowercase()).parse::<Digest>().ok();
    match number {
        Some(number) => {
            let salt = digest(salt.as_deref()?)?;
            Some(Pseudonym::of(number, &Salt::from_bytes(*salt.as_bytes())))
        }
        None => digest(kept).map(Pseudonym::from_digest),
    }
}

fn rule_ended(row: &Row<'_>) -> rusqlite::Result<RuleEnded> {
    Ok(RuleEnded { at: time(row, 2)?, id: uuid(row, 3)?, by: row.get(4)? })
}

fn rule_end(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let change = rule_ended(row)?;
    let what = format!("the end of the rule {}", change.id);
    Ok(plain(what, entry::rule_ended(change.at, &change, &salt(row)?)))
}

fn assignment(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = Assigned {
        at,
        person: read::number(row, 3)?,
        id: uuid(row, 4)?,
        digest: digest(row, 5)?,
        course: parsed(row, 6)?,
        version: digest(row, 7)?,
        due: time(row, 8)?,
        rule: uuid_if_any(row, 9)?,
        bytes: Vec::new(),
    };
    let kept = file(row, 10)?;
    Ok(Rebuilt {
        what: format!("the assignment {}", change.id),
        entry: entry::assigned(at, &change, &salt(row)?),
        file_is_sound: kept.is_some_and(|bytes| is_file_of(&bytes, &change.digest)),
        person: Some(change.person),
    })
}

/// Signed files are named by the digest of their canonical form.
fn is_file_of(bytes: &[u8], expected: &Digest) -> bool {
    Digest::of(bytes) == *expected
        || json::parse(bytes).is_ok_and(|document| Digest::of(&json::canonical(&document)) == *expected)
}

fn record(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let kept = file(row, 9)?;
    let change = Collected {
        at,
        person: read::number(row, 3)?,
        digest: digest(row, 4)?,
        file: digest(row, 5)?,
        name: row.get(6)?,
        key: row.get(7)?,
        reasons: of_json(row, 8)?,
        bytes: Vec::new(),
        course: parsed(row, 10)?,
        version: digest(row, 11)?,
        assignment: uuid_if_any(row, 12)?,
        signed_at: time(row, 13)?,
        earned: row.get(14)?,
        possible: row.get(15)?,
        passed: row.get(16)?,
        levels: levels(row, 17)?,
        treatment: of_word::<Treatment>(row, 18)?,
        pins: row.get(19)?,
    };
    let assigned = digest_if_any(row, 20)?;
    Ok(Rebuilt {
        what: format!("the record {}", change.digest.short()),
        entry: entry::collected(at, &change, assigned, &salt(row)?),
        file_is_sound: kept.is_some_and(|bytes| Digest::of(&bytes) == change.file),
        person: Some(change.person),
    })
}

fn put_aside(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let kept = file(row, 8)?;
    let change = read::file_put_aside(row, 2, Vec::new())?;
    Ok(Rebuilt {
        what: format!("the file {} that was put aside", change.file.short()),
        entry: entry::put_aside(at, &change, &salt(row)?),
        file_is_sound: kept.is_some_and(|bytes| Digest::of(&bytes) == change.file),
        person: None,
    })
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = Decided {
        at,
        record: digest(row, 3)?,
        decision: of_word(row, 4)?,
        by: row.get(5)?,
        reason: row.get(6)?,
    };
    let what = format!("the decision about the record {}", change.record.short());
    Ok(plain(what, entry::decided(at, &change, &salt(row)?)))
}

fn accepted_key(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let at = time(row, 2)?;
    let change = KeyAccepted {
        at,
        person: read::number(row, 3)?,
        key: row.get(4)?,
        by: row.get(5)?,
        reason: row.get(6)?,
    };
    let entry = entry::key_accepted(at, &change, &salt(row)?).ok_or_else(|| {
        let error = "not a did:key".into();
        rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, error)
    })?;
    Ok(Rebuilt { person: Some(change.person), ..plain("an accepted key".to_owned(), entry) })
}

fn waiver(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let change = read::waived(row, 2)?;
    let rebuilt = plain(format!("the waiver {}", change.id), entry::waived(change.at, &change, &salt(row)?));
    Ok(Rebuilt { person: Some(change.person), ..rebuilt })
}

fn waiver_end(row: &Row<'_>) -> rusqlite::Result<Rebuilt> {
    let (at, salt) = (time(row, 2)?, salt(row)?);
    let waived = read::waived(row, 5)?;
    let change = WaiverRevoked { at, id: waived.id, by: row.get(3)?, reason: row.get(4)? };
    // What it takes back is what was logged: where that was altered since, its own row says so.
    let logged = row.get_ref(12)?.as_blob_or_null()?.and_then(|bytes| Entry::parse(bytes).ok());
    let cited = match logged.map(|entry| entry.event) {
        Some(Event::Waived { details, .. }) => details,
        Some(_) | None => entry::waiver(&waived, &salt),
    };
    let entry = entry::waiver_revoked(at, &change, cited, &salt);
    let rebuilt = plain(format!("the end of the waiver {}", change.id), entry);
    Ok(Rebuilt { person: Some(waived.person), ..rebuilt })
}

/// A roster with everything that it changed: place, time, file, how many people, and how many joined, left and stand on it
/// are the columns; `count` is the last three counted again.
pub(super) fn roster(connection: &Connection, row: &Row<'_>, count: Count) -> rusqlite::Result<Rebuilt> {
    let (place, at, file, people): (u64, _, _, usize) =
        (row.get(0)?, time(row, 1)?, digest(row, 2)?, row.get(3)?);
    let mut statement = connection.prepare_cached(
        "SELECT person, salt, presence, name, email, department, manager, role, employment, hired, leaves, status, at
         FROM profile LEFT JOIN person ON number = person WHERE entry = ?1",
    )?;
    let mut rows = statement.query([place])?;
    let mut list: Vec<Commitment> = Vec::new();
    let mut dated = true;
    while let Some(row) = rows.next()? {
        let change = PersonChange {
            number: read::number(row, 0)?,
            presence: of_word(row, 2)?,
            profile: read::profile(row, 3)?,
        };
        list.push(entry::profile(&change, &salt(row)?));
        dated &= time(row, 12)? == at;
    }
    let mut erased = connection.prepare_cached("SELECT digest FROM erased_profile WHERE entry = ?1")?;
    for digest in erased.query_map([place], |row| digest(row, 0))? {
        list.push(Commitment::from_digest(digest?));
    }
    // How many there are counts; the row's own numbers are only compared with it.
    let found = list.len();
    let kept = Count { joined: row.get(4)?, left: row.get(5)?, total: row.get(6)? };
    Ok(Rebuilt {
        what: "a roster".to_owned(),
        entry: entry::roster(at, &file, found, entry::list(&mut list), count),
        file_is_sound: found == people && dated && kept == count,
        person: None,
    })
}

/// An erasure and the entries that it left without rows: place, time, pseudonym, override, who, salt and how many stand on
/// the roster are the columns; `count` is that counted again.
pub(super) fn erasure(
    connection: &Connection,
    row: &Row<'_>,
    count: Count,
) -> rusqlite::Result<(Rebuilt, Vec<u64>)> {
    let place: u64 = row.get(0)?;
    let over: Option<String> = row.get(3)?;
    let by: String = row.get(4)?;
    let mut statement =
        connection.prepare_cached("SELECT entry FROM erased_entry WHERE erasure = ?1 ORDER BY entry")?;
    let entries = statement.query_map([place], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u64>>>()?;
    let left = Left { person: Pseudonym::from_digest(digest(row, 2)?), entries: &entries, count };
    let ground = over.map_or(ErasureGround::RetentionOver, ErasureGround::Override);
    let salt = Salt::from_bytes(bytes(row, 5)?);
    let entry = entry::erased(time(row, 1)?, &ground, &by, &left, &salt);
    let kept: u64 = row.get(6)?;
    let rebuilt = Rebuilt { file_is_sound: kept == count.total, ..plain("an erasure".to_owned(), entry) };
    Ok((rebuilt, entries))
}

/// What an entry is about, in words.
pub(super) fn describe(event: &Event) -> String {
    match event {
        Event::Opened { .. } => "the beginning of the log".to_owned(),
        Event::Roster { people, .. } => format!("a roster that changed {people} people"),
        Event::Course { content, .. } => format!("what became of the course {}", content.short()),
        Event::Rules { .. } => "a rule of HR".to_owned(),
        Event::Assigned { assignment, .. } => format!("the assignment {}", assignment.short()),
        Event::Collected(collected) => format!("the record {}", collected.record.short()),
        Event::PutAside { file, .. } => format!("the file {} that was put aside", file.short()),
        Event::Reviewed { record, .. } => format!("the decision about the record {}", record.short()),
        Event::KeyAccepted { .. } => "an accepted key".to_owned(),
        Event::Waived { course, .. } => format!("a waiver for {course}"),
        Event::WaiverRevoked { .. } => "the end of a waiver".to_owned(),
        Event::Erased { .. } => "an erasure".to_owned(),
    }
}
