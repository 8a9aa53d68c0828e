//! The signed head of a registry's log, which the program keeps beside the database from the first entry on.

use std::path::Path;

use countersign::files::{self, Privacy};
use countersign::log::{Checkpoint, Origin};
use countersign::record::key::SecretKey;
use countersign::store::registry::sqlite::SqliteRegistry;
use countersign::store::registry::{KeptCheckpoint, RegistryStore as _};

/// Signs the head of the log as it is, and keeps it in `folder` and in the database.
pub(crate) fn sign(store: &mut SqliteRegistry, folder: &Path, origin: Origin, key: &SecretKey) {
    let size = store.log_size().expect("a size");
    let root = store.log_root(size).expect("a log").expect("a root");
    let note = Checkpoint { origin, size, root }.sign(key).to_string().into_bytes();
    files::write_new(&folder.join("checkpoint"), &note, Privacy::Shared).expect("written");
    store.keep_checkpoint(&KeptCheckpoint { size, note }).expect("kept");
}
