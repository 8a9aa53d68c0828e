//! Receipts: for every record one file that shows whoever sent it that the log has it.
//!
//! Beside them lies a file that says up to where in the log receipts were written. What a crash left out is made up for by
//! the next run.

use std::path::PathBuf;

use super::super::super::error::Failure;
use super::super::open::{Appended, Registry, of_store};
use crate::digest::Digest;
use crate::files::{self, FileError, Privacy};
use crate::log::{Entry, Event, Index, Note, Receipt, Size};
use crate::record::verdict::Reading;
use crate::record::{Completion, file_name};
use crate::registry::change::Collected;
use crate::store::registry::RegistryStore;

/// How many receipts are held at once.
const MANY: usize = 1000;
/// The most digits of a place in the log, and a line feed.
const LONGEST_MARK: u64 = 24;

/// A folder of receipts.
#[derive(Debug, Clone)]
pub(super) struct Receipts(PathBuf);

impl Receipts {
    /// Receipts into this folder; a new one gets those of what is collected from now on.
    ///
    /// The key of the registry must be unlocked.
    pub(super) fn into(folder: PathBuf, registry: &mut Registry) -> Result<Self, Failure> {
        files::make_folder(&folder, Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot make the folder {}", folder.display()), &error))?;
        let receipts = Self(folder);
        receipts.catch_up(registry)?;
        Ok(receipts)
    }

    /// Writes a receipt for each record that was just appended, each with its place among what was appended.
    pub(super) fn write<'a>(
        &self,
        registry: &Registry,
        appended: &Appended,
        records: impl Iterator<Item = (u64, &'a Collected)>,
    ) -> Result<(), Failure> {
        let size = appended.saved.size;
        let wanted = records.map(|(place, record)| Wanted {
            index: appended.saved.first + place,
            name: file_name::receipt(
                record.person.as_str(),
                &record.course,
                record.signed_at,
                &record.digest,
            ),
        });
        self.keep(&made(registry.store(), wanted.collect(), size, &appended.note)?)?;
        self.mark(size)
    }

    /// Writes the receipts that were not written any more when a run was killed or could not go on.
    ///
    /// The key of the registry must be unlocked.
    pub(super) fn catch_up(&self, registry: &mut Registry) -> Result<(), Failure> {
        let lock = registry.lock()?;
        let size = registry.store().log_size().map_err(|error| of_store(&error))?.get();
        let Some(from) = self.marked()? else { return self.mark(size) };
        let Some(first) = first_collected(registry.store(), from, size)? else { return Ok(()) };
        let note = registry.head(&lock)?;
        let store = registry.store();
        let mut wanted = Vec::new();
        for index in first..size {
            let Some(record) = collected(store, index)? else { continue };
            // What was erased needs no receipt.
            let Some(record) = completion(store, &record)? else { continue };
            let person = &record.claims.person.number;
            let name =
                file_name::receipt(person, &record.claims.course.course_id, record.created, &record.digest);
            wanted.push(Wanted { index, name });
            if wanted.len() == MANY {
                self.keep(&made(store, std::mem::take(&mut wanted), size, &note)?)?;
            }
        }
        self.keep(&made(store, wanted, size, &note)?)?;
        self.mark(size)
    }

    fn keep(&self, receipts: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let written = files::write_all(&self.0, receipts, Privacy::Shared);
        match written {
            // Another head of the same log shows the same; the employee may have that one already.
            Err(FileError::Exists { .. }) => self.keep_missing(receipts),
            written => written.map_err(|error| self.unwritable(&error)),
        }
    }

    fn keep_missing(&self, receipts: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let missing: Vec<_> =
            receipts.iter().filter(|(name, _)| !self.0.join(name).exists()).cloned().collect();
        files::write_all(&self.0, &missing, Privacy::Shared).map_err(|error| self.unwritable(&error))
    }

    fn unwritable(&self, error: &FileError) -> Failure {
        Failure::file(format!("cannot write receipts to {}", self.0.display()), error)
            .hint("what was collected is kept; the next run writes the receipts that are missing")
    }

    /// Up to where in the log receipts were written.
    fn marked(&self) -> Result<Option<u64>, Failure> {
        let path = self.marker();
        if !path.exists() {
            return Ok(None);
        }
        let bytes = files::read_limited(&path, LONGEST_MARK)
            .map_err(|error| Failure::file(format!("cannot read {}", path.display()), &error))?;
        // A file that somebody changed is as good as none.
        Ok(std::str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse().ok()))
    }

    fn mark(&self, size: u64) -> Result<(), Failure> {
        let path = self.marker();
        files::replace(&path, format!("{size}\n").as_bytes(), Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot write {}", path.display()), &error))
    }

    fn marker(&self) -> PathBuf {
        self.0.join(".written-up-to")
    }
}

/// The first entry from `from` on that is a record's.
fn first_collected(store: &dyn RegistryStore, from: u64, size: u64) -> Result<Option<u64>, Failure> {
    for index in from..size {
        if collected(store, index)?.is_some() {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// The record that an entry is about, if it is a record's.
fn collected(store: &dyn RegistryStore, index: u64) -> Result<Option<Digest>, Failure> {
    match Entry::parse(&entry(store, index)?).map(|entry| entry.event) {
        Ok(Event::Collected(collected)) => Ok(Some(collected.record)),
        // What cannot be read is for hr log verify to say.
        Ok(_) | Err(_) => Ok(None),
    }
}

fn completion(store: &dyn RegistryStore, digest: &Digest) -> Result<Option<Completion>, Failure> {
    let bytes = store.record(digest).map_err(|error| of_store(&error))?;
    Ok(bytes.and_then(|bytes| Reading::of(&bytes).record().cloned()))
}

fn entry(store: &dyn RegistryStore, index: u64) -> Result<Vec<u8>, Failure> {
    let index = Index::new(index).ok_or_else(missing)?;
    store.log_entry(index).map_err(|error| of_store(&error))?.ok_or_else(missing)
}

/// A receipt that is to be made.
struct Wanted {
    /// The entry.
    index: u64,
    /// The name of the file.
    name: String,
}

/// Receipts with their names. Entries that were appended together have most of their proofs in common.
fn made(
    store: &dyn RegistryStore,
    wanted: Vec<Wanted>,
    size: u64,
    note: &Note,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let indices: Option<Vec<Index>> = wanted.iter().map(|wanted| Index::new(wanted.index)).collect();
    let (indices, size) = indices.zip(Size::new(size)).ok_or_else(missing)?;
    let (mut entries, mut proofs) = (Vec::with_capacity(indices.len()), None);
    let told = store.at_one_moment(&mut || {
        for index in &indices {
            entries.push(store.log_entry(*index)?);
        }
        proofs = store.inclusions(&indices, size)?;
        Ok(())
    });
    told.map_err(|error| of_store(&error))?;
    let shown = entries.into_iter().zip(proofs.ok_or_else(missing)?);
    let receipts = wanted.into_iter().zip(shown).map(|(wanted, (entry, proof))| {
        let receipt = Receipt::new(entry.ok_or_else(missing)?, proof, note.clone());
        let receipt = receipt.map_err(|fault| missing().because(&fault))?;
        Ok((wanted.name, receipt.to_string().into_bytes()))
    });
    receipts.collect()
}

fn missing() -> Failure {
    Failure::new("the log cannot show an entry")
        .hint("what was collected is kept; countersign hr log verify says what is wrong with the log")
}
