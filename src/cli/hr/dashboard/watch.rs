//! Tells when a registry was written to. At rest it sleeps.

use std::path::Path;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};

use super::office::{Teller, Told};

/// How long it must be quiet before anybody is told: a collection is saved in many steps.
const QUIET: Duration = Duration::from_millis(500);

/// A watch over the folder of a registry. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: Debouncer<RecommendedWatcher>,
}

impl Watch {
    /// Begins to watch; whenever the database or its log of changes was written to, the office is told.
    pub(super) fn begin(folder: &Path, teller: Teller) -> Result<Self, notify::Error> {
        let mut watcher = new_debouncer(QUIET, move |result: DebounceEventResult| {
            let is_database = |path: &Path| {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                name.is_some_and(|name| name == "registry.db" || name == "registry.db-wal")
            };
            let touched = match result {
                Ok(events) => events.iter().any(|event| is_database(&event.path)),
                // The queue of the system overflowed: only a look can tell.
                Err(_) => true,
            };
            if touched {
                teller.tell(Told::Touched);
            }
        })?;
        watcher.watcher().watch(folder, RecursiveMode::NonRecursive)?;
        Ok(Self { _watcher: watcher })
    }
}
