//! The store of progress, opened while something else is done.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use crate::store::sqlite::SqliteProgress;

/// The progress of somebody who was here before, opened on a thread of its own while the course is read.
#[derive(Debug)]
pub(in crate::cli) struct EarlyStore(Option<JoinHandle<Option<SqliteProgress>>>);

impl EarlyStore {
    /// Begins to open the store in this folder. What is damaged or foreign there is left alone: to set it aside and to tell of
    /// it is for who opens it in earnest.
    pub(in crate::cli) fn begin(data: &Path) -> Self {
        let file = progress_file(data);
        Self(thread::Builder::new().spawn(move || SqliteProgress::open_sound(&file)).ok())
    }

    /// The store, if it was opened.
    pub(super) fn take(&mut self) -> Option<SqliteProgress> {
        self.0.take()?.join().ok().flatten()
    }
}

/// Where progress is kept in the folder of the data.
pub(super) fn progress_file(data: &Path) -> PathBuf {
    data.join("progress.sqlite")
}
