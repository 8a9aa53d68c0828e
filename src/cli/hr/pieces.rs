//! Files that were put aside because only their beginning had come, while the whole came later.

use super::collect::named_after;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::record::envelope;
use crate::registry::change::PutAside;
use crate::registry::{Dossier, PersonNumber};
use crate::store::StoreError;
use crate::store::registry::RegistryStore;

/// What is said of one whose whole is here.
pub(super) const SETTLED: &str = "the whole of it is here since, so nothing needs to be done";

/// The record that this file is the beginning of, if it is here; whose it is, only its name can say.
pub(super) fn whole_of(
    store: &dyn RegistryStore,
    file: &PutAside,
    at: Timestamp,
) -> Result<Option<Digest>, StoreError> {
    let Some(Ok(number)) = named_after(&file.name).map(PersonNumber::new) else { return Ok(None) };
    if !envelope::is_damaged(&file.bytes) {
        return Ok(None);
    }
    match store.dossier(&number, at)? {
        Some(dossier) => whole_among(store, file, &dossier),
        None => Ok(None),
    }
}

/// The same among the records of one person.
pub(super) fn whole_among(
    store: &dyn RegistryStore,
    file: &PutAside,
    dossier: &Dossier,
) -> Result<Option<Digest>, StoreError> {
    if !envelope::is_damaged(&file.bytes) {
        return Ok(None);
    }
    // Whoever makes room for a file first fills it with zeros.
    let end = file.bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let piece = &file.bytes[..end];
    // An editor has put it there.
    let piece = piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(piece);
    // All records begin alike. In a quarter of one there are times, which no other has.
    let is_of = |whole: &[u8]| whole.starts_with(piece) && piece.len() >= whole.len() / 4;
    for record in dossier.records.iter().filter(|record| record.received_at >= file.at) {
        if store.record(&record.digest)?.is_some_and(|whole| is_of(&whole)) {
            return Ok(Some(record.digest));
        }
    }
    Ok(None)
}
