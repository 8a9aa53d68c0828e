//! Changes, written to the tables together with their entries in the log.

use std::collections::BTreeSet;

use rusqlite::{CachedStatement, OptionalExtension as _, Params, Transaction, params};
use uuid::Uuid;

use super::column::{self, json, levels_text, word};
use super::packed::Packer;
use super::whereabouts::record_with;
use super::{erase, log, read, whereabouts};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::{Entry, Hash, Pseudonym, Salt};
use crate::registry::change::{
    Assigned, Collected, CourseAdded, CourseJudged, Decided, KeyAccepted, Opened, PutAside, RetentionSet,
    RosterImport, RuleEnded, RuleSet, TermsSet, Waived, WaiverRevoked,
};
use crate::registry::person::Passage;
use crate::registry::{Change, PersonNumber};
use crate::store::StoreError;
use crate::store::database::WriteError;
use crate::store::registry::entry::{self, Count};
use crate::store::registry::{Refusal, Saved, rules};

/// Writes changes within one transaction. Nothing is kept in memory but the hashes of the entries, 32 bytes each.
pub(super) struct Writer<'a> {
    transaction: &'a Transaction<'a>,
    first: u64,
    newest: Option<Timestamp>,
    leaves: Vec<Hash>,
    packer: Packer,
}

/// Where a change is entered.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) entry: u64,
    pub(super) at: Timestamp,
}

impl<'a> Writer<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>) -> rusqlite::Result<Self> {
        let (first, newest) = match read::newest(transaction)? {
            Some((entry, at)) => (entry + 1, Some(at)),
            None => (0, None),
        };
        Ok(Self { transaction, first, newest, leaves: Vec::new(), packer: Packer::default() })
    }

    pub(super) fn write(&mut self, change: &Change) -> Result<(), WriteError> {
        let at = rules::entered(change.at(), self.newest)?;
        let place = Place { entry: self.first + self.leaves.len() as u64, at };
        let entered = match change {
            Change::Opened(change) => self.opened(place, change)?,
            Change::Roster(change) => self.roster(place, change)?,
            Change::CourseAdded(change) => self.course_added(place, change)?,
            Change::CourseJudged(change) => self.course_judged(place, change)?,
            Change::TermsSet(change) => self.terms_set(place, change)?,
            Change::RetentionSet(change) => self.retention_set(place, change)?,
            Change::RuleSet(change) => self.rule_set(place, change)?,
            Change::RuleEnded(change) => self.rule_ended(place, change)?,
            Change::Assigned(change) => self.assigned(place, change)?,
            Change::Collected(change) => self.collected(place, change)?,
            Change::PutAside(change) => self.put_aside(place, change)?,
            Change::Decided(change) => self.decided(place, change)?,
            Change::KeyAccepted(change) => self.key_accepted(place, change)?,
            Change::Waived(change) => self.waived(place, change)?,
            Change::WaiverRevoked(change) => self.waiver_revoked(place, change)?,
            Change::Erased(change) => erase::erase(self.transaction, place, change)?,
        };
        let bytes = entered.bytes();
        self.execute(
            "INSERT INTO log_entry (entry, at, bytes) VALUES (?1, ?2, ?3)",
            params![place.entry, at.unix(), bytes],
        )?;
        self.leaves.push(Hash::of_leaf(&bytes));
        self.newest = Some(at);
        Ok(())
    }

    /// Hashes the entries into the tree.
    pub(super) fn finish(self) -> Result<Saved, WriteError> {
        let size = log::append(self.transaction, self.first, self.leaves)?;
        whereabouts::sink(self.transaction, self.first, size)?;
        Ok(Saved { first: self.first, size })
    }

    fn opened(&self, place: Place, change: &Opened) -> Result<Entry, WriteError> {
        if place.entry > 0 {
            return Err(Refusal::LogHasBegun.into());
        }
        self.execute(
            "INSERT INTO opening (entry, did, origin) VALUES (?1, ?2, ?3)",
            params![place.entry, change.key.did(), change.origin.to_string()],
        )?;
        Ok(entry::opened(place.at, change))
    }

    fn roster(&self, place: Place, change: &RosterImport) -> Result<Entry, WriteError> {
        let mut list = Vec::with_capacity(change.people.len());
        let mut count = Count::of(read::on_the_roster(self.transaction, None)?.map_or(0, |(_, total)| total));
        for person in &change.people {
            let salt = self.person_or_new(&person.number, place.entry)?;
            list.push(entry::profile(person, &salt));
            let before = read::last_said(self.transaction, person.number.as_str())?;
            count.add(Passage::of(before, person.presence));
        }
        let list = entry::list(&mut list);
        self.execute(
            "INSERT INTO roster (entry, file, people, list, joins, leaves, total)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                place.entry,
                change.file.as_bytes(),
                change.people.len(),
                list.as_bytes(),
                count.joined,
                count.left,
                count.total,
            ],
        )?;
        for person in &change.people {
            let profile = &person.profile;
            self.execute(
                "INSERT INTO profile (person, entry, at, presence, name, email, department, manager, role,
                                      employment, hired, leaves, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    person.number.as_str(),
                    place.entry,
                    place.at.unix(),
                    word(&person.presence),
                    profile.name,
                    profile.email,
                    profile.department,
                    profile.manager,
                    profile.role,
                    profile.employment,
                    profile.hired.map(|day| day.to_string()),
                    profile.leaves.map(|day| day.to_string()),
                    profile.status,
                ],
            )?;
        }
        Ok(entry::roster(place.at, &change.file, change.people.len(), list, count))
    }

    fn course_added(&self, place: Place, change: &CourseAdded) -> Result<Entry, WriteError> {
        if self.has_version(&change.digest)? {
            return Err(Refusal::VersionIsHere(change.digest).into());
        }
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO course_version (entry, digest, course, title, version, validity_days, pack, salt)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                place.entry,
                change.digest.as_bytes(),
                change.course.as_str(),
                change.title,
                change.version,
                change.validity_days,
                change.pack,
                salt.as_bytes(),
            ],
        )?;
        Ok(entry::course_added(place.at, change, &salt))
    }

    fn course_judged(&self, place: Place, change: &CourseJudged) -> Result<Entry, WriteError> {
        let sql = "SELECT course FROM course_version WHERE digest = ?1";
        let course = self
            .statement(sql)?
            .query_row([change.digest.as_bytes()], |row| column::parsed(row, 0))
            .optional()?
            .ok_or(Refusal::UnknownVersion(change.digest))?;
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO judgement (entry, digest, state, by, reason, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                place.entry,
                change.digest.as_bytes(),
                word(&change.state),
                change.by,
                change.reason,
                salt.as_bytes(),
            ],
        )?;
        Ok(entry::course_judged(place.at, change, &course, &salt))
    }

    fn terms_set(&self, place: Place, change: &TermsSet) -> Result<Entry, WriteError> {
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO terms (entry, terms, by, salt) VALUES (?1, ?2, ?3, ?4)",
            params![place.entry, json(&change.terms), change.by, salt.as_bytes()],
        )?;
        Ok(entry::terms_set(place.at, change, &salt))
    }

    fn retention_set(&self, place: Place, change: &RetentionSet) -> Result<Entry, WriteError> {
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO retention (entry, course, class, years, by, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                place.entry,
                change.course.as_str(),
                change.class,
                change.years,
                change.by,
                salt.as_bytes(),
            ],
        )?;
        Ok(entry::retention_set(place.at, change, &salt))
    }

    fn rule_set(&self, place: Place, change: &RuleSet) -> Result<Entry, WriteError> {
        if self.exists("SELECT EXISTS (SELECT 1 FROM rule WHERE id = ?1)", [change.id.as_bytes()])? {
            return Err(Refusal::RuleIsHere(change.id).into());
        }
        let salt = new_salt()?;
        let audience = &change.audience;
        self.execute(
            "INSERT INTO rule (entry, id, course, trigger, departments, roles, by_name, by, salt)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                place.entry,
                change.id.as_bytes(),
                change.course.as_str(),
                json(&change.trigger),
                json(&audience.departments),
                json(&audience.roles),
                audience.people.is_some(),
                change.by,
                salt.as_bytes(),
            ],
        )?;
        let mut people = audience.people.as_ref().map(|_| BTreeSet::new());
        for number in audience.people.iter().flatten() {
            let pseudonym = Pseudonym::of(number.as_str(), &self.person(number)?);
            self.execute(
                "INSERT INTO rule_person (rule, pseudonym, person) VALUES (?1, ?2, ?3)",
                params![place.entry, pseudonym.digest().as_bytes(), number.as_str()],
            )?;
            people.get_or_insert_default().insert(pseudonym);
        }
        Ok(entry::rule_set(place.at, change, people.as_ref(), &salt))
    }

    fn rule_ended(&self, place: Place, change: &RuleEnded) -> Result<Entry, WriteError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM rule WHERE id = ?1)
                   AND NOT EXISTS (SELECT 1 FROM rule_end WHERE id = ?1)";
        if !self.exists(sql, [change.id.as_bytes()])? {
            return Err(Refusal::UnknownRule(change.id).into());
        }
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO rule_end (entry, id, by, salt) VALUES (?1, ?2, ?3, ?4)",
            params![place.entry, change.id.as_bytes(), change.by, salt.as_bytes()],
        )?;
        Ok(entry::rule_ended(place.at, change, &salt))
    }

    fn assigned(&mut self, place: Place, change: &Assigned) -> Result<Entry, WriteError> {
        let salt = self.person(&change.person)?;
        if !self.has_version(&change.version)? {
            return Err(Refusal::UnknownVersion(change.version).into());
        }
        if self.assignment(change.id)?.is_some() {
            return Err(Refusal::AssignmentIsHere(change.id).into());
        }
        self.execute(
            "INSERT INTO assignment (person, entry, at, id, digest, course, version, due, rule)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                change.person.as_str(),
                place.entry,
                place.at.unix(),
                change.id.as_bytes(),
                change.digest.as_bytes(),
                change.course.as_str(),
                change.version.as_bytes(),
                change.due.unix(),
                change.rule.as_ref().map(Uuid::as_bytes),
            ],
        )?;
        self.statement("INSERT INTO assignment_file (entry, bytes) VALUES (?1, ?2)")?
            .execute(params![place.entry, self.packer.pack(&change.bytes)])?;
        Ok(entry::assigned(place.at, change, &salt))
    }

    fn collected(&mut self, place: Place, change: &Collected) -> Result<Entry, WriteError> {
        if !read::collected(self.transaction, &[change.digest])?.is_empty() {
            return Err(Refusal::RecordIsHere(change.digest).into());
        }
        let assignment = match change.assignment {
            None => None,
            Some(id) => Some(self.assignment(id)?.ok_or(Refusal::UnknownAssignment(id))?),
        };
        let salt = self.person_or_new(&change.person, place.entry)?;
        let has_key = "SELECT EXISTS (SELECT 1 FROM record WHERE person = ?1 AND pins)
                       OR EXISTS (SELECT 1 FROM accepted_key WHERE person = ?1)";
        if change.pins && self.exists(has_key, [change.person.as_str()])? {
            return Err(Refusal::KeyIsPinned(change.digest).into());
        }
        self.execute(
            "INSERT INTO record (person, entry, at, signed_at, digest, course, version, assignment, earned, possible,
                                 passed, levels, treatment, pins)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                change.person.as_str(),
                place.entry,
                place.at.unix(),
                change.signed_at.unix(),
                change.digest.as_bytes(),
                change.course.as_str(),
                change.version.as_bytes(),
                change.assignment.as_ref().map(Uuid::as_bytes),
                change.earned,
                change.possible,
                change.passed,
                levels_text(change.levels),
                word(&change.treatment),
                change.pins,
            ],
        )?;
        let sql = "INSERT INTO record_file (entry, file, name, did, reasons, answers, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.statement(sql)?.execute(params![
            place.entry,
            change.file.as_bytes(),
            change.name,
            change.key,
            json(&change.reasons),
            assignment.as_ref().map(Digest::as_bytes),
            self.packer.pack(&change.bytes),
        ])?;
        whereabouts::keep(self.transaction, place.entry, [&change.digest, &change.file])?;
        Ok(entry::collected(place.at, change, assignment, &salt))
    }

    fn put_aside(&mut self, place: Place, change: &PutAside) -> Result<Entry, WriteError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM put_aside WHERE file = ?1)
                   OR EXISTS (SELECT 1 FROM erased_record WHERE digest = ?1)";
        if self.exists(sql, [change.file.as_bytes()])? {
            return Err(Refusal::FileIsHere(change.file).into());
        }
        let salt = new_salt()?;
        let sql = "INSERT INTO put_aside (entry, at, file, record, name, levels, reasons, salt, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.statement(sql)?.execute(params![
            place.entry,
            place.at.unix(),
            change.file.as_bytes(),
            change.record.as_ref().map(Digest::as_bytes),
            change.name,
            levels_text(change.levels),
            json(&change.reasons),
            salt.as_bytes(),
            self.packer.pack(&change.bytes),
        ])?;
        Ok(entry::put_aside(place.at, change, &salt))
    }

    fn decided(&self, place: Place, change: &Decided) -> Result<Entry, WriteError> {
        let sql = concat!("SELECT person, record.entry FROM ", record_with!("?1"));
        let (person, record): (String, u64) = self
            .statement(sql)?
            .query_row([change.record.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or(Refusal::UnknownRecord(change.record))?;
        let salt = self.salt(&person)?.ok_or(Refusal::UnknownPerson)?;
        self.execute(
            "INSERT INTO decision (person, record, entry, decision, by, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![person, record, place.entry, word(&change.decision), change.by, change.reason],
        )?;
        Ok(entry::decided(place.at, change, &salt))
    }

    fn key_accepted(&self, place: Place, change: &KeyAccepted) -> Result<Entry, WriteError> {
        let salt = self.person(&change.person)?;
        let entered = entry::key_accepted(place.at, change, &salt)
            .ok_or(StoreError::Impossible("an accepted key is a did:key"))?;
        self.execute(
            "INSERT INTO accepted_key (person, entry, did, by, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![change.person.as_str(), place.entry, change.key, change.by, change.reason],
        )?;
        Ok(entered)
    }

    fn waived(&self, place: Place, change: &Waived) -> Result<Entry, WriteError> {
        let salt = self.person(&change.person)?;
        if self.exists("SELECT EXISTS (SELECT 1 FROM waiver WHERE id = ?1)", [change.id.as_bytes()])? {
            return Err(Refusal::WaiverIsHere(change.id).into());
        }
        self.execute(
            "INSERT INTO waiver (person, entry, at, id, course, until, approver, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                change.person.as_str(),
                place.entry,
                place.at.unix(),
                change.id.as_bytes(),
                change.course.as_str(),
                change.until.unix(),
                change.approver,
                change.reason,
            ],
        )?;
        Ok(entry::waived(place.at, change, &salt))
    }

    fn waiver_revoked(&self, place: Place, change: &WaiverRevoked) -> Result<Entry, WriteError> {
        let (place_of_waiver, waived) =
            read::waiver(self.transaction, change.id)?.ok_or(Refusal::UnknownWaiver(change.id))?;
        let person = waived.person.as_str();
        let ended = "SELECT EXISTS (SELECT 1 FROM waiver_end WHERE person = ?1 AND waiver = ?2)";
        if self.exists(ended, params![person, place_of_waiver])? {
            return Err(Refusal::UnknownWaiver(change.id).into());
        }
        let salt = self.person(&waived.person)?;
        self.execute(
            "INSERT INTO waiver_end (person, waiver, entry, at, by, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![person, place_of_waiver, place.entry, place.at.unix(), change.by, change.reason],
        )?;
        Ok(entry::waiver_revoked(place.at, change, entry::waiver(&waived, &salt), &salt))
    }

    fn has_version(&self, digest: &Digest) -> rusqlite::Result<bool> {
        self.exists("SELECT EXISTS (SELECT 1 FROM course_version WHERE digest = ?1)", [digest.as_bytes()])
    }

    /// The digest of an assignment.
    fn assignment(&self, id: Uuid) -> rusqlite::Result<Option<Digest>> {
        let sql = "SELECT digest FROM assignment WHERE id = ?1";
        self.statement(sql)?.query_row([id.as_bytes()], |row| column::digest(row, 0)).optional()
    }

    fn person(&self, number: &PersonNumber) -> Result<Salt, WriteError> {
        Ok(self.salt(number.as_str())?.ok_or(Refusal::UnknownPerson)?)
    }

    fn person_or_new(&self, number: &PersonNumber, entry: u64) -> Result<Salt, WriteError> {
        if let Some(salt) = self.salt(number.as_str())? {
            return Ok(salt);
        }
        let salt = new_salt()?;
        self.execute(
            "INSERT INTO person (number, first, salt) VALUES (?1, ?2, ?3)",
            params![number.as_str(), entry, salt.as_bytes()],
        )?;
        Ok(salt)
    }

    fn salt(&self, number: &str) -> rusqlite::Result<Option<Salt>> {
        read::salt(self.transaction, number)
    }

    fn exists(&self, sql: &str, values: impl Params) -> rusqlite::Result<bool> {
        self.statement(sql)?.query_row(values, |row| row.get(0))
    }

    fn execute(&self, sql: &str, values: impl Params) -> rusqlite::Result<()> {
        self.statement(sql)?.execute(values).map(drop)
    }

    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'a>> {
        self.transaction.prepare_cached(sql)
    }
}

pub(super) fn new_salt() -> Result<Salt, WriteError> {
    Ok(entry::new_salt()?)
}
