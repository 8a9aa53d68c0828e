//! Erasing a person: rows and files go, digests stay.

use rusqlite::{Connection, params};

use super::read;
use super::write::{Place, new_salt};
use crate::log::{Entry, Pseudonym};
use crate::registry::PersonNumber;
use crate::registry::change::{Erased, ErasureGround};
use crate::store::database::WriteError;
use crate::store::registry::{Refusal, entry};

/// What is about one person, in an order in which nothing loses what it refers to.
const ABOUT: &[&str] = &["waiver_end", "waiver", "accepted_key", "decision", "record", "assignment"];

pub(super) fn erase(connection: &Connection, place: Place, change: &Erased) -> Result<Entry, WriteError> {
    let person = change.person.as_str();
    let salt = read::salt(connection, person)?.ok_or(Refusal::UnknownPerson)?;
    let pseudonym = Pseudonym::of(person, &salt);
    let entries = entries(connection, person)?;
    let list = entry::erased_list(&entries);
    let own_salt = new_salt()?;
    let over = match &change.ground {
        ErasureGround::RetentionOver => None,
        ErasureGround::Override(reason) => Some(reason),
    };
    connection.execute(
        "INSERT INTO erasure (entry, pseudonym, override, by, salt, entries, list)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            place.entry,
            pseudonym.digest().as_bytes(),
            over,
            change.by,
            own_salt.as_bytes(),
            entries.len(),
            list.as_bytes(),
        ],
    )?;
    leave_digests(connection, place, &change.person, &entries)?;
    connection.execute("INSERT INTO erasing (person) VALUES (?1)", [person])?;
    for (table, key) in [("assignment_file", "assignment"), ("record_file", "record")] {
        let sql = format!("DELETE FROM {table} WHERE entry IN (SELECT entry FROM {key} WHERE person = ?1)");
        connection.execute(&sql, [person])?;
    }
    for table in ABOUT {
        connection.execute(&format!("DELETE FROM {table} WHERE person = ?1"), [person])?;
    }
    connection.execute("DELETE FROM profile WHERE person = ?1", [person])?;
    connection.execute("DELETE FROM person WHERE number = ?1", [person])?;
    connection.execute("DELETE FROM erasing", [])?;
    let left = (entries.len() as u64, list);
    Ok(entry::erased(place.at, &change.ground, &change.by, pseudonym, left, &own_salt))
}

/// The entries that will have no rows any more, in order. A roster keeps its own.
fn entries(connection: &Connection, person: &str) -> rusqlite::Result<Vec<u64>> {
    let parts: Vec<String> =
        ABOUT.iter().map(|table| format!("SELECT entry FROM {table} WHERE person = ?1")).collect();
    let sql = format!("{} ORDER BY 1", parts.join(" UNION ALL "));
    connection.prepare(&sql)?.query_map([person], |row| row.get(0))?.collect()
}

/// What stays: which entries these were, and the digests of records and of what the rosters said.
fn leave_digests(
    connection: &Connection,
    place: Place,
    person: &PersonNumber,
    entries: &[u64],
) -> Result<(), WriteError> {
    let mut insert = connection.prepare("INSERT INTO erased_entry (erasure, entry) VALUES (?1, ?2)")?;
    for entry in entries {
        insert.execute(params![place.entry, entry])?;
    }
    connection.execute(
        "INSERT INTO erased_record (digest)
         SELECT digest FROM record WHERE person = ?1
         UNION SELECT file FROM record_file WHERE entry IN (SELECT entry FROM record WHERE person = ?1)
         ON CONFLICT DO NOTHING",
        [person.as_str()],
    )?;
    let salt = read::salt(connection, person.as_str())?.ok_or(Refusal::UnknownPerson)?;
    let mut insert = connection.prepare("INSERT INTO erased_profile (entry, digest) VALUES (?1, ?2)")?;
    for (entry, profile) in read::profiles(connection, person)? {
        insert.execute(params![entry, entry::profile(&profile, &salt).digest().as_bytes()])?;
    }
    Ok(())
}
