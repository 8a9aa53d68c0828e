//! A registry in one SQLite file.

mod audit;
mod backup;
mod column;
mod dossiers;
mod erase;
mod held;
mod log;
mod packed;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod whereabouts;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::audit::{Audited, Discrepancy};
use super::{
    ArchivedCourse, KeptCheckpoint, OnTheRoster, Refusal, RegistryStore, Saved, Unsettled, Waiting, rules,
};
use crate::clock::Timestamp;
use crate::course::{self, CourseFiles, pack};
use crate::digest::Digest;
use crate::id::CourseId;
use crate::log::{
    Checkpoint, ConsistencyProof, Hash, InclusionProof, Index, Relation, Salt, Size, Tree, TreeError, compare,
};
use crate::registry::change::{Decided, KeyAccepted, PersonChange, PutAside, RetentionSet, RuleSet};
use crate::registry::evidence::recount::Opening;
use crate::registry::{Change, Dossier, PersonNumber, Terms};
use crate::store::database::error::store_error;
use crate::store::database::layout::Layout;
use crate::store::database::open::{Unsound, connect, plain};
use crate::store::database::{Database, WriteError};
use crate::store::{Keeps, StoreError};
use dossiers::Whose;
use log::SqlTiles;
use write::Writer;

/// How long to wait for another copy that is writing: it may be keeping thousands of records at once, and SQLite's queue
/// is not a fair one.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long an erasure waits for readers before it leaves the log of the file to the next one.
const PATIENCE_WITH_READERS: Duration = Duration::from_secs(1);

/// A registry in one SQLite file (WAL, every commit synced), which several running copies may have open.
#[derive(Debug)]
pub struct SqliteRegistry {
    database: Database,
}

impl SqliteRegistry {
    /// Makes a registry at `path`, where nothing is yet, in a folder that is there.
    ///
    /// # Errors
    /// When something is there ([`StoreError::Exists`]), or it cannot be written.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        // Whoever was interrupted while making one left an empty file, which may be made again.
        let nothing_is_there = match path.symlink_metadata() {
            Ok(_) => matches!(connect(&plain(path), &schema::PRESENT), Err(Unsound::Empty)),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !nothing_is_there {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        Self::connect(path, &schema::LAYOUT)
    }

    /// Opens the registry at `path` and brings an older file up to date. A damaged or foreign file is left as it is. One in
    /// a folder where nothing can be written, such as a disc, can be read as it stands.
    ///
    /// # Errors
    /// When there is none ([`StoreError::Missing`]), it cannot be read, was written by a later version, or
    /// is damaged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match path.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Missing { path: path.to_owned() })
            }
            Ok(_) | Err(_) => Self::connect(path, &schema::PRESENT),
        }
    }

    /// Whether nothing can be written, so that it is read as it stands.
    #[must_use]
    pub fn is_as_it_stands(&self) -> bool {
        self.database.is_as_it_stands()
    }

    /// Whether its path still stands for the file that is open. When another one was put there, such as a backup, whatever is
    /// read here is of the old one.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.database.is_in_place()
    }

    fn connect(path: &Path, layout: &Layout) -> Result<Self, StoreError> {
        let path = plain(path);
        let database = connect(&path, layout).map_err(|unsound| match unsound {
            Unsound::Damaged(reason) => damaged(&path, &reason),
            Unsound::Empty => damaged(&path, "nothing is in it"),
            Unsound::Fault(error) => error,
        })?;
        let told = |error| store_error(&path, Keeps::Registry, error);
        database.connection.busy_timeout(PATIENCE).map_err(told)?;
        // Records arrive in no order of people: the pages that they belong on should be at hand. In KiB, negative.
        database.connection.pragma_update(None, "cache_size", -32_768).map_err(told)?;
        // Pages that many batches change move into the main file once, and the disk is waited for less often. In pages.
        database.connection.pragma_update(None, "wal_autocheckpoint", 8192).map_err(told)?;
        // What is erased must not stay in pages that are free.
        database.connection.pragma_update(None, "secure_delete", true).map_err(told)?;
        Ok(Self { database })
    }

    /// Moves what was written into the main file, so that the pages as they were before an erasure are gone. Another copy
    /// that is reading keeps the log from being emptied; the next erasure or the last copy to close does it then.
    fn empty_log(&self) {
        let connection = &self.database.connection;
        let emptied = connection
            .busy_timeout(PATIENCE_WITH_READERS)
            .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
            .and_then(|()| connection.busy_timeout(PATIENCE));
        if emptied.is_err() {
            // What was saved is saved; whether there is patience for the next change is all that is left to see to.
            let _ = connection.busy_timeout(PATIENCE);
        }
    }

    /// Runs `work` on what was known at `at`: the entries before a place in the log.
    fn known_at<T>(
        &self,
        at: Timestamp,
        work: impl FnOnce(&Connection, u64) -> Result<T, WriteError>,
    ) -> Result<T, StoreError> {
        self.database.read(|connection| {
            let before = read::size_at(connection, at)?;
            work(connection, before)
        })
    }

    /// Runs `work` on the tree of the log; `None` where it asks for more than there is.
    fn tree<T>(
        &self,
        work: impl FnOnce(&Tree<SqlTiles<'_>>) -> Result<T, TreeError<rusqlite::Error>>,
    ) -> Result<Option<T>, StoreError> {
        self.database.read(|connection| {
            let size = read::newest(connection)?.map_or(0, |(newest, _)| newest + 1);
            match work(&log::tree(connection, size)) {
                Ok(found) => Ok(Some(found)),
                Err(TreeError::Beyond { .. }) => Ok(None),
                Err(error) => Err(log::told(error).into()),
            }
        })
    }

    /// Visits what waits in pieces, so that the visitor may take its time without holding a moment of the file.
    fn each_waiting<T>(
        &self,
        piece_after: impl Fn(&Connection, Option<u64>) -> rusqlite::Result<read::Placed<T>>,
        visit: &mut dyn FnMut(T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut last = None;
        loop {
            let piece = self.database.read(|connection| Ok(piece_after(connection, last)?))?;
            if piece.is_empty() {
                return Ok(());
            }
            for (entry, waiting) in piece {
                last = Some(entry);
                visit(waiting)?;
            }
        }
    }

    /// A file that was put aside, its bytes as they came.
    fn unpacked_file(&self, mut file: PutAside) -> Result<PutAside, StoreError> {
        file.bytes = self.unpacked(Some(file.bytes), "a file")?.unwrap_or_default();
        Ok(file)
    }

    fn unpacked(&self, packed: Option<Vec<u8>>, what: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(packed) = packed else { return Ok(None) };
        match packed::unpack(&packed) {
            Some(bytes) => Ok(Some(bytes)),
            None => Err(damaged(&self.database.path, &format!("{what} that is kept cannot be unpacked"))),
        }
    }
}

impl RegistryStore for SqliteRegistry {
    fn id(&self) -> Result<Uuid, StoreError> {
        self.database.read(|connection| Ok(read::id(connection)?))
    }

    fn save(&mut self, changes: &[Change]) -> Result<Saved, StoreError> {
        changes.iter().try_for_each(rules::possible)?;
        let saved = self.database.write(|transaction| {
            let mut writer = Writer::new(transaction)?;
            for change in changes {
                writer.write(change)?;
            }
            writer.finish()
        })?;
        if changes.iter().any(|change| matches!(change, Change::Erased(_))) {
            self.empty_log();
        }
        Ok(saved)
    }

    fn dossiers(
        &self,
        at: Timestamp,
        visit: &mut dyn FnMut(Dossier) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.known_at(at, |connection, before| {
            dossiers::visit(connection, Whose::Everybody, (at, before), visit)
        })
    }

    fn dossier(&self, person: &PersonNumber, at: Timestamp) -> Result<Option<Dossier>, StoreError> {
        self.known_at(at, |connection, before| {
            let mut found = None;
            dossiers::visit(connection, Whose::Only(person), (at, before), &mut |dossier| {
                found = Some(dossier);
                Ok(())
            })?;
            Ok(found)
        })
    }

    fn roster_history(&self, person: &PersonNumber) -> Result<Vec<(Timestamp, PersonChange)>, StoreError> {
        self.database.read(|connection| Ok(read::roster_history(connection, person)?))
    }

    fn courses(&self, at: Timestamp) -> Result<Vec<ArchivedCourse>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::courses(connection, before)?))
    }

    fn course_files(&self, digest: &Digest) -> Result<Option<CourseFiles>, StoreError> {
        let kept = self.database.read(|connection| Ok(read::course_pack(connection, digest)?))?;
        let Some(kept) = kept else { return Ok(None) };
        let path = &self.database.path;
        let files =
            pack::read(&kept).map_err(|error| damaged(path, &format!("an archived course: {error}")))?;
        if course::digest(&files) != *digest {
            return Err(damaged(path, "an archived course is not what it was"));
        }
        Ok(Some(files))
    }

    fn salt(&self, person: &PersonNumber) -> Result<Option<Salt>, StoreError> {
        self.database.read(|connection| Ok(read::salt(connection, person.as_str())?))
    }

    fn on_the_roster(&self, at: Timestamp) -> Result<Option<OnTheRoster>, StoreError> {
        self.known_at(at, |connection, before| {
            let found = read::on_the_roster(connection, Some(before))?;
            Ok(found.map(|(index, total)| OnTheRoster { index, total }))
        })
    }

    fn terms(&self, at: Timestamp) -> Result<Terms, StoreError> {
        self.known_at(at, |connection, before| Ok(read::terms(connection, before)?))
    }

    fn rules(&self, at: Timestamp) -> Result<Vec<RuleSet>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::rules(connection, before)?))
    }

    fn openings(&self, at: Timestamp) -> Result<Vec<Opening>, StoreError> {
        self.known_at(at, |connection, before| Ok(audit::openings(connection, before)?))
    }

    fn retentions(&self, at: Timestamp) -> Result<Vec<RetentionSet>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::retentions(connection, before)?))
    }

    fn assignment(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        let kept = self.database.read(|connection| Ok(read::assignment_file(connection, id)?))?;
        self.unpacked(kept, "an assignment")
    }

    fn known(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError> {
        self.database.read(|connection| Ok(read::known(connection, digests)?))
    }

    fn collected(&self, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError> {
        self.database.read(|connection| Ok(read::collected(connection, digests)?))
    }

    fn unsettled(&self, digests: &[Digest], until: Size) -> Result<BTreeMap<Digest, Unsettled>, StoreError> {
        self.database.read(|connection| Ok(read::unsettled(connection, digests, until.get())?))
    }

    fn keys(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<String>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::keys(connection, person, before)?))
    }

    fn is_perhaps_asked_anew(
        &self,
        person: &PersonNumber,
        course: &CourseId,
        assignment: Option<Uuid>,
        version: &Digest,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.known_at(at, |connection, before| {
            Ok(dossiers::is_perhaps_asked_anew(connection, person, course, assignment, version, before)?)
        })
    }

    fn at_one_moment(&self, work: &mut dyn FnMut() -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.database.hold(work)
    }

    fn record(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let kept = self.database.read(|connection| Ok(read::record_file(connection, digest)?))?;
        self.unpacked(kept, "a record")
    }

    fn waiting(&self, visit: &mut dyn FnMut(Waiting) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.each_waiting(read::waiting, visit)
    }

    fn waiting_files(
        &self,
        visit: &mut dyn FnMut(Waiting, Vec<u8>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.each_waiting(read::waiting_files, &mut |(waiting, packed)| {
            visit(waiting, self.unpacked(Some(packed), "a record")?.unwrap_or_default())
        })
    }

    fn decisions(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<Decided>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::decisions(connection, person, before)?))
    }

    fn accepted_keys(&self, person: &PersonNumber, at: Timestamp) -> Result<Vec<KeyAccepted>, StoreError> {
        self.known_at(at, |connection, before| Ok(read::accepted_keys(connection, person, before)?))
    }

    fn put_aside_files(
        &self,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut last = None;
        while let Some((place, file)) =
            self.database.read(|connection| Ok(read::put_aside(connection, last)?))?
        {
            last = Some(place);
            visit(self.unpacked_file(file)?)?;
        }
        Ok(())
    }

    fn put_aside_file(&self, file: &Digest) -> Result<Option<PutAside>, StoreError> {
        let kept = self.database.read(|connection| Ok(read::put_aside_file(connection, file)?))?;
        kept.map(|file| self.unpacked_file(file)).transpose()
    }

    fn latest_aside(
        &self,
        most: u64,
        visit: &mut dyn FnMut(PutAside) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let number = self.database.read(|connection| Ok(read::number_aside(connection, None)?))?;
        let mut before = None;
        for _ in 0..most {
            let next = self.database.read(|connection| Ok(read::aside_before(connection, before)?))?;
            let Some((place, file)) = next else { break };
            before = Some(place);
            visit(self.unpacked_file(file)?)?;
        }
        Ok(number)
    }

    fn number_aside(&self, at: Timestamp) -> Result<u64, StoreError> {
        self.known_at(at, |connection, before| Ok(read::number_aside(connection, Some(before))?))
    }

    fn roster_mapping(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT field, header FROM roster_header")?;
            let headers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(headers.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn set_roster_mapping(&mut self, headers: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.database.write(|transaction| {
            transaction.execute("DELETE FROM roster_header", [])?;
            let mut insert =
                transaction.prepare_cached("INSERT INTO roster_header (field, header) VALUES (?1, ?2)")?;
            for (field, header) in headers {
                insert.execute([field, header])?;
            }
            Ok(())
        })
    }

    fn log_size(&self) -> Result<Size, StoreError> {
        Ok(self.tree(|tree| Ok(tree.size()))?.unwrap_or(Size::ZERO))
    }

    fn log_entry(&self, index: Index) -> Result<Option<Vec<u8>>, StoreError> {
        self.database.read(|connection| Ok(log::entry(connection, index.get())?))
    }

    fn log_entries(
        &self,
        first: Index,
        visit: &mut dyn FnMut(Index, Vec<u8>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.database.read(|connection| {
            let sql = "SELECT entry, bytes FROM log_entry WHERE entry >= ?1 ORDER BY entry";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([first.get()])?;
            while let Some(row) = rows.next()? {
                let index = Index::new(row.get(0)?).ok_or(StoreError::Impossible("the log is full"))?;
                visit(index, row.get(1)?)?;
            }
            Ok(())
        })
    }

    fn log_root(&self, size: Size) -> Result<Option<Hash>, StoreError> {
        self.tree(|tree| tree.root_at(size))
    }

    fn inclusion(&self, index: Index, size: Size) -> Result<Option<InclusionProof>, StoreError> {
        self.tree(|tree| tree.inclusion(index, size))
    }

    fn inclusions(&self, indices: &[Index], size: Size) -> Result<Option<Vec<InclusionProof>>, StoreError> {
        self.tree(|tree| tree.inclusions(indices.iter().copied(), size))
    }

    fn consistency(&self, older: Size, newer: Size) -> Result<Option<ConsistencyProof>, StoreError> {
        self.tree(|tree| tree.consistency(older, newer))
    }

    fn relation(&self, older: &Checkpoint) -> Result<Relation, StoreError> {
        let relation = self.tree(|tree| compare(tree, older))?;
        relation.ok_or(StoreError::Impossible("a head is compared with as much of the log as there is"))
    }

    fn keep_checkpoint(&mut self, checkpoint: &KeptCheckpoint) -> Result<(), StoreError> {
        self.database.write(|transaction| {
            transaction.execute(
                "INSERT INTO checkpoint (size, note) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![checkpoint.size.get(), checkpoint.note],
            )?;
            Ok(())
        })
    }

    fn checkpoints(&self) -> Result<Vec<KeptCheckpoint>, StoreError> {
        self.database.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT size, note FROM checkpoint ORDER BY size")?;
            let checkpoints = statement.query_map([], |row| {
                // The column holds nothing negative.
                Ok(KeptCheckpoint { size: Size::new(row.get(0)?).unwrap_or(Size::MAX), note: row.get(1)? })
            })?;
            Ok(checkpoints.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn audit(&self, visit: &mut dyn FnMut(Discrepancy)) -> Result<Audited, StoreError> {
        self.database.read(|connection| Ok(audit::audit(connection, visit)?))
    }

    fn back_up(&self, path: &Path) -> Result<Size, StoreError> {
        backup::back_up(&self.database, path)
    }
}

fn damaged(path: &Path, reason: &str) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), keeps: Keeps::Registry, source: reason.to_owned().into() }
}

impl From<Refusal> for WriteError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}
