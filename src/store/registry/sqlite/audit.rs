//! Everything compared with everything: rows with entries, files with digests, entries with hashes, hashes with
//! checkpoints.
//!
//! Each table is read once, and which entries have something behind them is a bit each, so memory stays small.

mod about;
mod bits;
mod rebuilt;
mod words;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::Value;

use super::column::of_word;
use super::{log, read, whereabouts};
use crate::log::{Entry, Hash, TILE_WIDTH};
use crate::registry::person::{Passage, Presence};
use crate::store::registry::audit::{Audited, Discrepancy, DiscrepancyKind};
use crate::store::registry::entry::Count;
use bits::Bits;
use rebuilt::{Rebuilt, TABLES};
use words::{labels, why_unreadable};

pub(super) use rebuilt::openings;

/// By entry.
type Counts = BTreeMap<u64, Count>;

/// Compares; the caller holds a transaction.
pub(super) fn audit(
    connection: &Connection,
    visit: &mut dyn FnMut(Discrepancy),
) -> rusqlite::Result<Audited> {
    let size = read::newest(connection)?.map_or(0, |(newest, _)| newest + 1);
    let mut audit = Audit {
        connection,
        visit,
        found: 0,
        size,
        present: Bits::default(),
        altered: Bits::default(),
        backed: Bits::default(),
        sought: 0,
    };
    audit.pages()?;
    let root = audit.entries()?;
    for table in TABLES {
        audit.table(table.what, table.sql, table.rebuild)?;
    }
    let counts = audit.counts()?;
    audit.rosters(&counts)?;
    audit.erasures(&counts)?;
    audit.people()?;
    audit.entries_without_rows()?;
    audit.whereabouts()?;
    audit.checkpoints()?;
    Ok(Audited { entries: size, root, discrepancies: audit.found })
}

struct Audit<'a> {
    connection: &'a Connection,
    visit: &'a mut dyn FnMut(Discrepancy),
    found: u64,
    size: u64,
    /// Entries that are there.
    present: Bits,
    /// Those that are not what was hashed.
    altered: Bits,
    /// Entries that something stands behind.
    backed: Bits,
    /// For how many persons it was looked who they are.
    sought: u32,
}

impl Audit<'_> {
    fn report(&mut self, entry: Option<u64>, kind: DiscrepancyKind) {
        self.report_about(entry, kind, Vec::new());
    }

    fn report_about(&mut self, entry: Option<u64>, kind: DiscrepancyKind, about: Vec<String>) {
        self.found += 1;
        (self.visit)(Discrepancy { entry, kind, about });
    }

    fn pages(&mut self) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("PRAGMA quick_check(20)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let reason: String = row.get(0)?;
            if reason != "ok" {
                self.report(None, DiscrepancyKind::Damaged { reason });
            }
        }
        Ok(())
    }

    /// Entries against the leaves of the tree, and the leaves against everything above them.
    fn entries(&mut self) -> rusqlite::Result<Hash> {
        let connection = self.connection;
        let mut statement = connection.prepare("SELECT entry, at, bytes FROM log_entry ORDER BY entry")?;
        let mut rows = statement.query([])?;
        let mut tile = Tile { connection, number: None, hashes: Vec::new() };
        let (mut next, mut newest) = (0, i64::MIN);
        while let Some(row) = rows.next()? {
            let (entry, at): (u64, i64) = (row.get(0)?, row.get(1)?);
            if entry > next {
                let last = entry - 1;
                let kind = if last == next {
                    DiscrepancyKind::EntryRemoved
                } else {
                    DiscrepancyKind::EntriesRemoved { last }
                };
                self.report(Some(next), kind);
            }
            if at < newest {
                self.report(Some(entry), DiscrepancyKind::EntryBackdated);
            }
            if tile.leaf(entry)? != Some(Hash::of_leaf(row.get_ref(2)?.as_blob()?)) {
                self.altered.set(entry);
                self.report(Some(entry), DiscrepancyKind::EntryAltered);
            }
            self.present.set(entry);
            (next, newest) = (entry + 1, at.max(newest));
        }
        let mut failed = None;
        let leaves = (0..self.size).map_while(|entry| match tile.leaf(entry) {
            Ok(leaf) => leaf,
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        let tree = log::tree(connection, self.size);
        let audited = tree.audit(leaves);
        if let Some(error) = failed {
            return Err(error);
        }
        if let Err(fault) = audited {
            self.report(None, DiscrepancyKind::Hashes { reason: fault.to_string() });
        }
        // More leaves than entries: the newest entries were removed and their hashes forgotten.
        let beyond = tile.leaf(self.size)?.is_some();
        if beyond {
            let reason = format!("there are hashes of entries after the {} that are there", self.size);
            self.report(Some(self.size), DiscrepancyKind::Hashes { reason });
        }
        match tree.root() {
            Ok(root) => Ok(root),
            Err(crate::log::TreeError::Store(error)) => Err(error),
            Err(_) => Ok(Hash::of_nothing()),
        }
    }

    fn table(
        &mut self,
        what: &str,
        sql: &str,
        rebuild: fn(&Row<'_>) -> rusqlite::Result<Rebuilt>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let entry: u64 = row.get(0)?;
            match rebuild(row) {
                Ok(said) => self.row(entry, &said)?,
                Err(error) => self.unreadable(entry, what, row, &error)?,
            }
        }
        Ok(())
    }

    /// One row against the entry that it says it is behind.
    fn row(&mut self, entry: u64, rebuilt: &Rebuilt) -> rusqlite::Result<()> {
        let what = || rebuilt.what.clone();
        let logged: Option<(i64, Vec<u8>)> = self
            .connection
            .prepare_cached("SELECT at, bytes FROM log_entry WHERE entry = ?1")?
            .query_row([entry], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let whose = |audit: &Self| match &rebuilt.person {
            Some(number) => about::person(audit.connection, number).map(|person| vec![person]),
            None => Ok(Vec::new()),
        };
        let is_gone = logged.is_none();
        let Some((at, logged)) = logged.filter(|_| !self.backed.has(entry)) else {
            let whose = whose(self)?;
            let kind =
                if is_gone { self.unlogged(entry, what())? } else { DiscrepancyKind::Added { what: what() } };
            self.report_about(Some(entry), kind, whose);
            return Ok(());
        };
        if rebuilt.entry.bytes() == logged {
            self.backed.set(entry);
            if rebuilt.entry.at.unix() != at {
                self.report(Some(entry), DiscrepancyKind::EntryAltered);
            }
        } else if let Err(fault) = Entry::parse(&logged) {
            // With what is no entry any more nothing can be compared.
            self.backed.set(entry);
            if !self.altered.has(entry) {
                self.report(Some(entry), DiscrepancyKind::EntryUnreadable { reason: fault.to_string() });
            }
        } else {
            match differences(&rebuilt.entry, &logged) {
                Difference::AnotherKind => {
                    let whose = whose(self)?;
                    self.report_about(Some(entry), DiscrepancyKind::Added { what: what() }, whose);
                    return Ok(());
                }
                Difference::Members(members) => {
                    self.backed.set(entry);
                    let mut about = whose(self)?;
                    for Member { name, registry, log } in &members {
                        about.extend(about::values(self.connection, &mut self.sought, name, registry, log)?);
                    }
                    let members = labels(&members);
                    self.report_about(Some(entry), DiscrepancyKind::Altered { what: what(), members }, about);
                }
            }
        }
        if !rebuilt.file_is_sound {
            let whose = whose(self)?;
            self.report_about(Some(entry), DiscrepancyKind::FileAltered { what: what() }, whose);
        }
        Ok(())
    }

    /// A row of which no entry can be made.
    fn unreadable(
        &mut self,
        entry: u64,
        what: &str,
        row: &Row<'_>,
        error: &rusqlite::Error,
    ) -> rusqlite::Result<()> {
        let what = what.to_owned();
        let kind = if self.present.has(entry) {
            self.backed.set(entry);
            DiscrepancyKind::Unreadable { what, reason: why_unreadable(row, error) }
        } else {
            // It is read together with its entry, which says when it was.
            self.unlogged(entry, what)?
        };
        self.report(Some(entry), kind);
        Ok(())
    }

    /// What is to be said of a row whose entry is not there.
    fn unlogged(&self, entry: u64, what: String) -> rusqlite::Result<DiscrepancyKind> {
        let is_gone = self.has_later(entry)?;
        Ok(if is_gone { DiscrepancyKind::Unlogged { what } } else { DiscrepancyKind::Added { what } })
    }

    /// Whether the log has entries after this one.
    fn has_later(&self, entry: u64) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM log_entry WHERE entry > ?1)";
        self.connection.prepare_cached(sql)?.query_row([entry], |row| row.get(0))
    }

    /// How many people stood on the roster after each roster and each erasure, counted again from what was said of them.
    fn counts(&self) -> rusqlite::Result<Counts> {
        let mut passages: BTreeMap<u64, [u64; 2]> = BTreeMap::new();
        let mut add = |entry: u64, passage, times| {
            let [joined, left] = passages.entry(entry).or_default();
            match passage {
                Passage::Joined => *joined += times,
                Passage::Left => *left += times,
                Passage::None => {}
            }
        };
        let mut statement =
            self.connection.prepare("SELECT person, entry, presence FROM profile ORDER BY person, entry")?;
        let mut rows = statement.query([])?;
        let mut before: Option<(String, Presence)> = None;
        while let Some(row) = rows.next()? {
            let person = row.get_ref(0)?.as_str()?;
            // What cannot be read is told where the roster is.
            let said = of_word(row, 2).unwrap_or(Presence::Gone);
            let known = before.as_ref().filter(|(other, _)| other == person).map(|(_, said)| *said);
            add(row.get(1)?, Passage::of(known, said), 1);
            match &mut before {
                Some((other, before)) if other == person => *before = said,
                _ => before = Some((person.to_owned(), said)),
            }
        }
        let sql = "SELECT entry, passage, count(*) FROM erased_profile GROUP BY entry, passage
                   UNION ALL SELECT entry, 'left', 1 FROM erasure WHERE leaves = 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            add(row.get(0)?, of_word(row, 1).unwrap_or(Passage::None), row.get(2)?);
        }
        let mut counts = Counts::new();
        let mut statement = self
            .connection
            .prepare("SELECT entry FROM roster UNION ALL SELECT entry FROM erasure ORDER BY entry")?;
        let mut total: u64 = 0;
        for entry in statement.query_map([], |row| row.get(0))? {
            let entry = entry?;
            let [joined, left] = passages.get(&entry).copied().unwrap_or_default();
            total = (total + joined).saturating_sub(left);
            counts.insert(entry, Count { joined, left, total });
        }
        Ok(counts)
    }

    /// A roster is behind one entry with everything that it changed.
    fn rosters(&mut self, counts: &Counts) -> rusqlite::Result<()> {
        let connection = self.connection;
        let mut statement = connection.prepare(
            "SELECT entry, log_entry.at, file, people, joins, leaves, total
             FROM roster LEFT JOIN log_entry USING (entry) ORDER BY entry",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let entry: u64 = row.get(0)?;
            let count = counts.get(&entry).copied().unwrap_or_default();
            match rebuilt::roster(connection, row, count) {
                Ok(rebuilt) => self.row(entry, &rebuilt)?,
                Err(error) => self.unreadable(entry, "a roster", row, &error)?,
            }
        }
        for table in ["profile", "erased_profile"] {
            let sql = format!(
                "SELECT DISTINCT entry FROM {table}
                 WHERE NOT EXISTS (SELECT 1 FROM roster WHERE roster.entry = {table}.entry)"
            );
            self.each_entry(&sql, |audit, entry| {
                let what = "what a roster says of somebody".to_owned();
                audit.report(Some(entry), DiscrepancyKind::Added { what });
            })?;
        }
        Ok(())
    }

    /// An erasure answers for the entries that it left without rows, and for no others.
    fn erasures(&mut self, counts: &Counts) -> rusqlite::Result<()> {
        let connection = self.connection;
        let mut statement = connection.prepare(
            "SELECT entry, log_entry.at, pseudonym, override, by, salt, total
             FROM erasure LEFT JOIN log_entry USING (entry) ORDER BY entry",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let erasure: u64 = row.get(0)?;
            let count = counts.get(&erasure).copied().unwrap_or_default();
            match rebuilt::erasure(connection, row, count) {
                Ok((rebuilt, entries)) => {
                    let found = self.found;
                    self.row(erasure, &rebuilt)?;
                    if self.found == found {
                        for entry in entries {
                            self.backed.set(entry);
                        }
                    }
                }
                Err(error) => self.unreadable(erasure, "an erasure", row, &error)?,
            }
        }
        Ok(())
    }

    /// Since when somebody is known follows from what is known of them.
    fn people(&mut self) -> rusqlite::Result<()> {
        let sql = "SELECT first FROM person WHERE first IS NOT (
                       SELECT min(entry) FROM (
                           SELECT min(entry) AS entry FROM profile WHERE person = number
                           UNION ALL SELECT min(entry) FROM record WHERE person = number))";
        self.each_entry(sql, |audit, entry| {
            let members = vec!["since when they are known".to_owned()];
            audit.report(Some(entry), DiscrepancyKind::Altered { what: "a person".to_owned(), members });
        })
    }

    fn entries_without_rows(&mut self) -> rusqlite::Result<()> {
        let missing: Vec<u64> = self.present.without(&self.backed);
        for entry in missing {
            let Some(bytes) = log::entry(self.connection, entry)? else { continue };
            match Entry::parse(&bytes) {
                Ok(logged) => {
                    let what = rebuilt::describe(&logged.event);
                    self.report(Some(entry), DiscrepancyKind::Removed { what });
                }
                Err(fault) => {
                    self.report(Some(entry), DiscrepancyKind::EntryUnreadable { reason: fault.to_string() });
                }
            }
        }
        Ok(())
    }

    /// Whatever cannot be found by its digest would be taken for new when it comes again.
    fn whereabouts(&mut self) -> rusqlite::Result<()> {
        for entry in whereabouts::lost(self.connection)? {
            let reason = "the record is not found by its digest or by that of its file".to_owned();
            self.report(Some(entry), DiscrepancyKind::Damaged { reason });
        }
        Ok(())
    }

    fn checkpoints(&mut self) -> rusqlite::Result<()> {
        let connection = self.connection;
        let mut statement = connection.prepare("SELECT size, note FROM checkpoint ORDER BY size")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let checkpoint: u64 = row.get(0)?;
            let note: Vec<u8> = row.get(1)?;
            if checkpoint > self.size {
                self.report(None, DiscrepancyKind::RolledBack { checkpoint, present: self.size });
                continue;
            }
            // C2SP tlog-checkpoint: the third line is the root in base64. The signature is for who has the key.
            let signed = note.split(|byte| *byte == b'\n').nth(2);
            let root = log::tree(connection, checkpoint).root();
            if !root.is_ok_and(|root| signed == Some(root.to_string().as_bytes())) {
                self.report(None, DiscrepancyKind::Forked { checkpoint });
            }
        }
        Ok(())
    }

    fn each_entry(&mut self, sql: &str, mut each: impl FnMut(&mut Self, u64)) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(self, row.get(0)?);
        }
        Ok(())
    }
}

/// The tile of leaves that was read last.
struct Tile<'a> {
    connection: &'a Connection,
    number: Option<u64>,
    hashes: Vec<u8>,
}

impl Tile<'_> {
    /// The leaf of an entry, as it was hashed into the log.
    fn leaf(&mut self, entry: u64) -> rusqlite::Result<Option<Hash>> {
        let number = entry / TILE_WIDTH as u64;
        if self.number != Some(number) {
            let sql = "SELECT hashes FROM log_tile WHERE place = ?1";
            let mut statement = self.connection.prepare_cached(sql)?;
            self.hashes = statement.query_row([number], |row| row.get(0)).optional()?.unwrap_or_default();
            self.number = Some(number);
        }
        let within = usize::try_from(entry % TILE_WIDTH as u64).expect("it is below 256");
        let (hashes, _) = self.hashes.as_chunks::<{ Hash::BYTES }>();
        Ok(hashes.get(within).map(|hash| Hash::from_bytes(*hash)))
    }
}

enum Difference {
    AnotherKind,
    Members(Vec<Member>),
}

/// A value that comes out differently, as JSON has it; nothing where there is none.
struct Member {
    name: String,
    registry: Value,
    log: Value,
}

/// In which values the entry that a row makes differs from the logged one.
fn differences(rebuilt: &Entry, logged: &[u8]) -> Difference {
    let members = |bytes: &[u8]| match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => members,
        Ok(_) | Err(_) => serde_json::Map::new(),
    };
    let (ours, logged) = (members(&rebuilt.bytes()), members(logged));
    if ours.get("entry") != logged.get("entry") {
        return Difference::AnotherKind;
    }
    let names: std::collections::BTreeSet<&String> = ours.keys().chain(logged.keys()).collect();
    let differ = names.into_iter().filter(|name| ours.get(*name) != logged.get(*name));
    let value =
        |members: &serde_json::Map<String, Value>, name: &str| members.get(name).cloned().unwrap_or_default();
    let member = |name: &String| Member {
        name: name.clone(),
        registry: value(&ours, name),
        log: value(&logged, name),
    };
    Difference::Members(differ.map(member).collect())
}
