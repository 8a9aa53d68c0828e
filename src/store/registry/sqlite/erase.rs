//! Erasing a person: rows and files go, digests stay.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::column::word;
use super::write::{Place, new_salt};
use super::{read, whereabouts};
use crate::log::{Entry, Pseudonym};
use crate::registry::change::{Erased, ErasureGround};
use crate::registry::person::{Passage, Presence};
use crate::store::database::WriteError;
use crate::store::registry::Refusal;
use crate::store::registry::entry::{self, Count, Left};

/// What is about one person, in an order in which nothing loses what it refers to.
const ABOUT: &[&str] = &["waiver_end", "waiver", "accepted_key", "decision", "record", "assignment"];

pub(super) fn erase(connection: &Connection, place: Place, change: &Erased) -> Result<Entry, WriteError> {
    let person = change.person.as_str();
    let salt = read::salt(connection, person)?.ok_or(Refusal::UnknownPerson)?;
    let pseudonym = Pseudonym::of(person, &salt);
    let entries = entries(connection, change)?;
    let list = entry::erased_list(&entries);
    let mut count = Count::of(read::on_the_roster(connection, None)?.map_or(0, |(_, total)| total));
    count.add(Passage::of(read::last_said(connection, person)?, Presence::Gone));
    let own_salt = new_salt()?;
    let over = match &change.ground {
        ErasureGround::RetentionOver => None,
        ErasureGround::Override(reason) => Some(reason),
    };
    connection.execute(
        "INSERT INTO erasure (entry, pseudonym, override, by, salt, entries, list, leaves, total)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            place.entry,
            pseudonym.digest().as_bytes(),
            over,
            change.by,
            own_salt.as_bytes(),
            entries.len(),
            list.as_bytes(),
            count.left,
            count.total,
        ],
    )?;
    leave_digests(connection, place, change, &entries)?;
    connection.execute("INSERT INTO erasing (person) VALUES (?1)", [person])?;
    whereabouts::forget(connection, person)?;
    for (table, key) in [("assignment_file", "assignment"), ("record_file", "record")] {
        let sql = format!("DELETE FROM {table} WHERE entry IN (SELECT entry FROM {key} WHERE person = ?1)");
        connection.execute(&sql, [person])?;
    }
    for table in ABOUT {
        connection.execute(&format!("DELETE FROM {table} WHERE person = ?1"), [person])?;
    }
    for file in &change.files {
        connection.execute("DELETE FROM put_aside WHERE file = ?1", [file.as_bytes()])?;
    }
    connection.execute("UPDATE rule_person SET person = NULL WHERE person = ?1", [person])?;
    connection.execute("DELETE FROM profile WHERE person = ?1", [person])?;
    connection.execute("DELETE FROM person WHERE number = ?1", [person])?;
    connection.execute("DELETE FROM erasing", [])?;
    let left = Left { person: pseudonym, entries: &entries, count };
    Ok(entry::erased(place.at, &change.ground, &change.by, &left, &own_salt))
}

/// The entries that will have no rows any more, in order. A roster keeps its own.
fn entries(connection: &Connection, change: &Erased) -> Result<Vec<u64>, WriteError> {
    let parts: Vec<String> =
        ABOUT.iter().map(|table| format!("SELECT entry FROM {table} WHERE person = ?1")).collect();
    let mut about = connection.prepare(&parts.join(" UNION ALL "))?;
    let about = about.query_map([change.person.as_str()], |row| row.get(0))?;
    let mut entries: Vec<u64> = about.collect::<rusqlite::Result<_>>()?;
    let mut aside = connection.prepare("SELECT entry FROM put_aside WHERE file = ?1")?;
    for file in &change.files {
        let entry = aside.query_row([file.as_bytes()], |row| row.get(0)).optional()?;
        entries.push(entry.ok_or(Refusal::UnknownFile(*file))?);
    }
    entries.sort_unstable();
    Ok(entries)
}

/// What stays: which entries these were, and the digests of records and of what the rosters said.
fn leave_digests(
    connection: &Connection,
    place: Place,
    change: &Erased,
    entries: &[u64],
) -> Result<(), WriteError> {
    let person = &change.person;
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
    let mut insert =
        connection.prepare("INSERT INTO erased_profile (entry, digest, passage) VALUES (?1, ?2, ?3)")?;
    let mut before = None;
    for (entry, said) in read::profiles(connection, person)? {
        let passage = Passage::of(before.replace(said.presence), said.presence);
        let digest = entry::profile(&said, &salt).digest();
        insert.execute(params![entry, digest.as_bytes(), word(&passage)])?;
    }
    let mut insert =
        connection.prepare("INSERT INTO erased_record (digest) VALUES (?1) ON CONFLICT DO NOTHING")?;
    for file in &change.files {
        insert.execute([file.as_bytes()])?;
    }
    Ok(())
}
