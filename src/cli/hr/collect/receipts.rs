//! Receipts: for every record one file that shows whoever sent it that the log has it.
//!
//! Those of records that count lie in the folder itself, the others in folders of their own: a receipt has no room for words
//! that its reader would see, and nobody should get one for an answer that is none. Beside them lies a file that says up to
//! where in the log receipts were written. What a crash left out is made up for by the next run, and so is what was decided
//! meanwhile.

mod worth;

use std::fs;
use std::path::{Path, PathBuf};

use super::super::super::error::Failure;
use super::super::open::{Appended, Registry, of_store};
use crate::digest::Digest;
use crate::files::{self, FileError, Privacy};
use crate::log::{Entry, Event, Index, Note, Receipt, Size};
use crate::record::verdict::Reading;
use crate::record::{Completion, file_name};
use crate::registry::change::Collected;
use crate::store::registry::RegistryStore;
use worth::Worth;

/// How many receipts are held at once.
const MANY: usize = 1000;
/// The most digits of a place in the log, and a line feed.
const LONGEST_MARK: u64 = 24;

/// Moves the receipt of a record below a folder of receipts to where it belongs by now; where it lies, if it is there.
pub(in crate::cli::hr) fn settle(
    receipts: &Path,
    store: &dyn RegistryStore,
    record: &Digest,
    worth: Worth,
) -> Result<Option<PathBuf>, Failure> {
    let Some(name) = name_of(store, record)? else { return Ok(None) };
    let to = worth.folder(receipts).join(&name);
    for other in Worth::ALL.into_iter().filter(|other| *other != worth) {
        let from = other.folder(receipts).join(&name);
        if !from.is_file() {
            continue;
        }
        let unmoved = |error: std::io::Error| {
            Failure::new(format!("cannot move the receipt {} to {}", from.display(), to.display()))
                .because(&error)
        };
        if to.is_file() {
            fs::remove_file(&from).map_err(unmoved)?;
        } else {
            make_folder(&worth.folder(receipts))?;
            fs::rename(&from, &to).map_err(unmoved)?;
        }
    }
    Ok(to.is_file().then_some(to))
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    files::make_folder(folder, Privacy::Shared)
        .map_err(|error| Failure::file(format!("cannot make the folder {}", folder.display()), &error))
}

/// The name of a record's receipt; none when the record is not here any more.
fn name_of(store: &dyn RegistryStore, record: &Digest) -> Result<Option<String>, Failure> {
    let Some(record) = completion(store, record)? else { return Ok(None) };
    let claims = &record.claims;
    let (number, course) = (&claims.person.number, &claims.course.course_id);
    Ok(Some(file_name::receipt(number, course, record.created, &record.digest)))
}

/// A folder of receipts.
#[derive(Debug, Clone)]
pub(super) struct Receipts(PathBuf);

impl Receipts {
    /// Receipts into this folder; a new one gets those of what is collected from now on.
    ///
    /// The key of the registry must be unlocked.
    pub(super) fn into(folder: PathBuf, registry: &mut Registry) -> Result<Self, Failure> {
        make_folder(&folder)?;
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
        // What others decided since receipts were written last.
        if let Some(from) = self.marked()? {
            self.settle(registry.store(), from, appended.saved.first)?;
        }
        let wanted = records.map(|(place, record)| Wanted {
            index: appended.saved.first + place,
            worth: record.treatment.into(),
            name: file_name::receipt(
                record.person.as_str(),
                &record.course,
                record.signed_at,
                &record.digest,
            ),
        });
        self.keep(registry.store(), wanted.collect(), size, &appended.note)?;
        self.mark(size)
    }

    /// Writes the receipts that were not written any more when a run was killed or could not go on, and moves those about which
    /// somebody decided meanwhile.
    ///
    /// The key of the registry must be unlocked.
    pub(super) fn catch_up(&self, registry: &mut Registry) -> Result<(), Failure> {
        let lock = registry.lock()?;
        let size = registry.store().log_size().map_err(|error| of_store(&error))?.get();
        let Some(from) = self.marked()? else { return self.mark(size) };
        if let Some(first) = first_collected(registry.store(), from, size)? {
            let note = registry.head(&lock)?;
            let store = registry.store();
            let mut wanted = Vec::new();
            for index in first..size {
                let Some(Event::Collected(collected)) = event(store, index)? else { continue };
                // What was erased needs no receipt.
                let Some(name) = name_of(store, &collected.record)? else { continue };
                wanted.push(Wanted { index, worth: collected.disposition.into(), name });
                if wanted.len() == MANY {
                    self.keep(store, std::mem::take(&mut wanted), size, &note)?;
                }
            }
            self.keep(store, wanted, size, &note)?;
        }
        self.settle(registry.store(), from, size)?;
        self.mark(size)
    }

    /// Moves the receipts of records about which these entries decide.
    fn settle(&self, store: &dyn RegistryStore, from: u64, until: u64) -> Result<(), Failure> {
        for index in from..until {
            if let Some(Event::Reviewed { decision, record, .. }) = event(store, index)? {
                settle(&self.0, store, &record, decision.into())?;
            }
        }
        Ok(())
    }

    /// Makes receipts and writes each to where it belongs.
    fn keep(
        &self,
        store: &dyn RegistryStore,
        mut wanted: Vec<Wanted>,
        size: u64,
        note: &Note,
    ) -> Result<(), Failure> {
        for worth in Worth::ALL {
            let (these, others) = wanted.into_iter().partition(|wanted| wanted.worth == worth);
            wanted = others;
            self.keep_at(worth, &made(store, these, size, note)?)?;
        }
        Ok(())
    }

    fn keep_at(&self, worth: Worth, receipts: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        if receipts.is_empty() {
            return Ok(());
        }
        let folder = worth.folder(&self.0);
        make_folder(&folder)?;
        let unwritable = |error: &FileError| {
            Failure::file(format!("cannot write receipts to {}", folder.display()), error)
                .hint("what was collected is kept; the next run writes the receipts that are missing")
        };
        match files::write_all(&folder, receipts, Privacy::Shared) {
            // Another head of the same log shows the same; the employee may have that one already.
            Err(FileError::Exists { .. }) => {
                let missing: Vec<_> =
                    receipts.iter().filter(|(name, _)| !folder.join(name).exists()).cloned().collect();
                files::write_all(&folder, &missing, Privacy::Shared).map_err(|error| unwritable(&error))
            }
            written => written.map_err(|error| unwritable(&error)),
        }
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
        if let Some(Event::Collected(_)) = event(store, index)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// What an entry says. What cannot be read is for hr log verify to say.
fn event(store: &dyn RegistryStore, index: u64) -> Result<Option<Event>, Failure> {
    Ok(Entry::parse(&entry_at(store, index)?).ok().map(|entry| entry.event))
}

fn completion(store: &dyn RegistryStore, digest: &Digest) -> Result<Option<Completion>, Failure> {
    let bytes = store.record(digest).map_err(|error| of_store(&error))?;
    Ok(bytes.and_then(|bytes| Reading::of(&bytes).record().cloned()))
}

fn entry_at(store: &dyn RegistryStore, index: u64) -> Result<Vec<u8>, Failure> {
    let index = Index::new(index).ok_or_else(missing)?;
    store.log_entry(index).map_err(|error| of_store(&error))?.ok_or_else(missing)
}

/// A receipt that is to be made.
struct Wanted {
    /// The entry.
    index: u64,
    /// What it is worth.
    worth: Worth,
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
