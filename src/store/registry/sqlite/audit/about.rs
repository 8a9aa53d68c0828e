//! What people want to know of a difference: whom it is about, and what stands where.

use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use super::super::column::bytes;
use super::words::words;
use crate::digest::Digest;
use crate::log::{Pseudonym, Salt};
use crate::quiz::mark::points;
use crate::registry::PersonNumber;

/// For so many differences it is looked whom the log means; each look goes through all people.
const MOST_SOUGHT: u32 = 20;

/// Number and name, by the last roster.
pub(super) fn person(connection: &Connection, number: &PersonNumber) -> rusqlite::Result<String> {
    let sql = "SELECT name FROM profile WHERE person = ?1 ORDER BY entry DESC LIMIT 1";
    let name: Option<String> =
        connection.prepare_cached(sql)?.query_row([number.as_str()], |row| row.get(0)).optional()?;
    Ok(name.map_or_else(|| number.to_string(), |name| format!("{number} {name}")))
}

/// What stands in the log and what in the registry, where that says something to people: digests over texts do not.
pub(super) fn values(
    connection: &Connection,
    sought: &mut u32,
    member: &str,
    registry: &Value,
    log: &Value,
) -> rusqlite::Result<Option<String>> {
    let said = |log: String, registry: String| {
        Some(format!("{}: {log} in the log, {registry} in the registry", words(member)))
    };
    Ok(match member {
        "details" | "file" | "approver" | "waiver" => None,
        "list" => Some(
            "of whom, the log does not say: it binds the list as a whole; compare with a backup, or with the table that was \
             imported"
                .to_owned(),
        ),
        "person" => {
            let (Some(log), Some(registry)) =
                (whom(connection, sought, log)?, whom(connection, sought, registry)?)
            else {
                return Ok(None);
            };
            said(log, registry)
        }
        "earned" | "possible" => said(marks(log), marks(registry)),
        "levels" => {
            let differ = |(level, value): (&String, &Value)| {
                (registry.get(level) != Some(value)).then(|| {
                    let now = registry.get(level).map(text).unwrap_or_default();
                    format!("{level}: {} in the log, {now} in the registry", text(value))
                })
            };
            let levels: Vec<String> = log.as_object().into_iter().flatten().filter_map(differ).collect();
            (!levels.is_empty()).then(|| levels.join(", "))
        }
        _ => said(text(log), text(registry)),
    })
}

fn marks(value: &Value) -> String {
    value.as_u64().map_or_else(|| text(value), points)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Who that is in the registry; none when it is not looked for, or nobody.
fn whom(connection: &Connection, sought: &mut u32, pseudonym: &Value) -> rusqlite::Result<Option<String>> {
    let Some(digest) = pseudonym.as_str().and_then(|text| text.parse::<Digest>().ok()) else {
        return Ok(None);
    };
    if *sought == MOST_SOUGHT {
        return Ok(None);
    }
    *sought += 1;
    let mut statement = connection.prepare_cached("SELECT number, salt FROM person")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: String = row.get(0)?;
        let salt = Salt::from_bytes(bytes(row, 1)?);
        if Pseudonym::of(&number, &salt).digest() == digest
            && let Ok(number) = PersonNumber::new(&number)
        {
            return person(connection, &number).map(Some);
        }
    }
    Ok(Some("somebody who is not known any more".to_owned()))
}
