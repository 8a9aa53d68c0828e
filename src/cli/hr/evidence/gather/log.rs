//! The log in an evidence pack.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use super::Gathering;
use crate::cli::error::Failure;
use crate::cli::hr::open::{Head, Registry, of_store};
use crate::clock::Timestamp;
use crate::log::{Entry, Extension, Index, Size};
use crate::registry::evidence::{Erased, LogFacts, MOST_ENTRIES, Whole, within};
use crate::store::StoreError;
use crate::store::registry::KeptCheckpoint;

/// When the last entry under a head was appended, as it says.
pub(in super::super) fn last_entry(registry: &Registry, head: &Head) -> Result<Option<Timestamp>, Failure> {
    match head.size.get().checked_sub(1) {
        Some(last) => entered(registry, last),
        None => Ok(None),
    }
}

/// When an entry was appended, as it says.
fn entered(registry: &Registry, index: u64) -> Result<Option<Timestamp>, Failure> {
    let Some(index) = Index::new(index) else { return Ok(None) };
    let bytes = registry.store().log_entry(index).map_err(|error| of_store(&error))?;
    Ok(bytes.and_then(|bytes| Entry::parse(&bytes).ok()).map(|entry| entry.at))
}

impl Gathering<'_> {
    /// The log under the head, and the earlier heads that it goes on from.
    pub(super) fn log(&mut self) -> Result<LogFacts, Failure> {
        let told = |error: StoreError| of_store(&error);
        let (key, size) = (self.registry.log().to_string(), self.head.size);
        self.files.insert("log/key".to_owned(), format!("{key}\n").into_bytes());
        self.files.insert("log/checkpoint".to_owned(), self.head.note.to_string().into_bytes());
        let mut earlier = Vec::new();
        for kept in self.earlier()? {
            let proof = self.registry.store().consistency(kept.size, size).map_err(told)?;
            let Some(proof) = proof else { continue };
            let extension = Extension::new(proof, self.head.note.clone()).map_err(|fault| {
                Failure::new("the log does not go on from a head that was signed").because(&fault)
            })?;
            self.files.insert(format!("log/earlier/{}.checkpoint", kept.size), kept.note);
            self.files
                .insert(format!("log/earlier/{}.extension", kept.size), extension.to_string().into_bytes());
            earlier.push(kept.size.get());
        }
        let entries = if size.get() > MOST_ENTRIES { Whole::TooLong } else { Whole::Here };
        if entries == Whole::Here {
            self.files.insert("log/entries.jsonl".to_owned(), self.entries()?);
        }
        let population = self.population()?;
        Ok(LogFacts { key, size: size.get(), population, entries, earlier })
    }

    /// The last head that was signed before the period, and the last of each month in it.
    fn earlier(&self) -> Result<Vec<KeptCheckpoint>, Failure> {
        let told = |error: StoreError| of_store(&error);
        let store = self.registry.store();
        let mut of_month = BTreeMap::new();
        for kept in store.checkpoints().map_err(told)? {
            if kept.size >= self.head.size || kept.size == Size::ZERO {
                continue;
            }
            let Some(at) = entered(self.registry, kept.size.get() - 1)? else { continue };
            if at > self.wanted.as_of {
                continue;
            }
            let day = at.date();
            let month = (day >= self.wanted.from).then(|| (day.year(), day.month()));
            of_month.insert(month, kept);
        }
        Ok(of_month.into_values().collect())
    }

    fn entries(&self) -> Result<Vec<u8>, Failure> {
        let (mut lines, size) = (Vec::new(), self.head.size.get());
        let first = Index::new(0).expect("every tree can have a first entry");
        let visited = self.registry.store().log_entries(first, &mut |index, bytes| {
            if index.get() < size {
                lines.extend(bytes);
                lines.push(b'\n');
            }
            Ok(())
        });
        visited.map(|()| lines).map_err(|error| of_store(&error))
    }

    /// How many were erased, by the entries that are in the pack.
    pub(super) fn erased(&self) -> Option<Erased> {
        let lines = self.files.get("log/entries.jsonl")?.split(|byte| *byte == b'\n');
        let entries = lines.filter_map(|line| Entry::parse(line).ok());
        Some(Erased::of(entries, &self.wanted.course, &within(self.wanted.from, self.wanted.as_of)))
    }

    /// The receipt of the entry that says how many people stood on the roster.
    fn population(&mut self) -> Result<Option<u64>, Failure> {
        let said =
            self.registry.store().on_the_roster(self.wanted.as_of).map_err(|error| of_store(&error))?;
        let Some(said) = said else { return Ok(None) };
        let receipt = self.registry.receipt(said.index, self.head)?.to_string();
        self.files.insert("log/roster.tlog-proof".to_owned(), receipt.into_bytes());
        Ok(Some(said.index))
    }
}
