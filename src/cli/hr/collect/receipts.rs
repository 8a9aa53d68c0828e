//! Receipts: for every record one file that shows whoever sent it that the log has it.

use std::path::PathBuf;

use super::super::super::error::Failure;
use super::super::open::{Appended, Registry, of_store};
use crate::files::{self, Privacy};
use crate::log::{Index, Receipt, Size};
use crate::record::file_name;
use crate::registry::change::Collected;
use crate::store::registry::RegistryStore;

/// A folder of receipts.
#[derive(Debug, Clone)]
pub(super) struct Receipts(PathBuf);

impl Receipts {
    /// Receipts into this folder.
    pub(super) fn into(folder: PathBuf) -> Result<Self, Failure> {
        files::make_folder(&folder, Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot make the folder {}", folder.display()), &error))?;
        Ok(Self(folder))
    }

    /// Writes a receipt for each record that was just appended, in the order of the entries.
    pub(super) fn write(
        &self,
        registry: &Registry,
        appended: &Appended,
        records: &[Collected],
    ) -> Result<(), Failure> {
        let mut receipts = Vec::with_capacity(records.len());
        for (index, record) in (appended.saved.first..).zip(records) {
            receipts
                .push((name(record), receipt(registry.store(), appended, index)?.to_string().into_bytes()));
        }
        files::write_all(&self.0, &receipts, Privacy::Shared)
            .map_err(|error| Failure::file(format!("cannot write receipts to {}", self.0.display()), &error))
    }
}

fn receipt(store: &dyn RegistryStore, appended: &Appended, index: u64) -> Result<Receipt, Failure> {
    let missing = || {
        Failure::new(format!("entry {index} of the log cannot be shown"))
            .hint("the record is kept; countersign hr log verify says what is wrong with the log")
    };
    let (index, size) = Index::new(index).zip(Size::new(appended.saved.size)).ok_or_else(missing)?;
    let entry = store.log_entry(index).map_err(|error| of_store(&error))?.ok_or_else(missing)?;
    let proof = store.inclusion(index, size).map_err(|error| of_store(&error))?.ok_or_else(missing)?;
    Receipt::new(entry, proof, appended.note.clone()).map_err(|fault| missing().because(&fault))
}

/// Named like the record, so that both lie side by side.
fn name(record: &Collected) -> String {
    file_name::receipt(record.person.as_str(), &record.course, record.signed_at, &record.digest)
}
