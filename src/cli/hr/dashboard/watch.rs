//! Tells when a registry was written to. At rest it sleeps.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::registry::Home;
use super::office::{Teller, Told};

/// How long a collection, which is saved in many steps, goes on before anybody is told.
const PAUSE: Duration = Duration::from_millis(500);

/// A watch over the folder of a registry. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch; whenever the database or its log of changes was written to, the office is told.
    pub(super) fn begin(home: &Home, teller: Teller) -> Result<Self, notify::Error> {
        let (note, notes) = mpsc::sync_channel(1);
        let files = [home.database(), home.database_log()];
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if is_write(&event, &files) {
                // One note is enough for many writes.
                let _ = note.try_send(());
            }
        })?;
        watcher.watch(home.folder(), RecursiveMode::NonRecursive)?;
        thread::Builder::new()
            .name("registry watch".to_owned())
            .spawn(move || pass_on(&notes, &teller))
            .map_err(notify::Error::io)?;
        Ok(Self { _watcher: watcher })
    }
}

fn is_write(event: &notify::Result<notify::Event>, files: &[PathBuf]) -> bool {
    // The queue of the system may have overflowed: only a look can tell.
    let Ok(event) = event else { return true };
    // By name: systems tell whole paths, and folders have more than one.
    let is_database = |path: &Path| files.iter().any(|file| file.file_name() == path.file_name());
    // Our own reading is an event, too.
    !event.kind.is_access() && event.paths.iter().any(|path| is_database(path))
}

/// Passes notes on, until the watch has ended or nobody listens any more.
fn pass_on(notes: &Receiver<()>, teller: &Teller) {
    while notes.recv().is_ok() {
        thread::sleep(PAUSE);
        let _ = notes.try_recv();
        if !teller.tell(Told::Touched) {
            return;
        }
    }
}
