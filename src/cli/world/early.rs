//! The course, read while the store of progress is opened.

use std::panic;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use crate::store::sqlite::SqliteProgress;

/// Opens the progress of somebody who was here before, if there is some in the folder `data`, while `read` reads the course on a
/// thread of its own; `then` is done by whoever of the two is ready first. What is damaged or foreign in the folder is left alone: to set
/// it aside and to tell of it is for who opens it in earnest.
pub(in crate::cli) fn beside_store<T: Send, U: Send + Sync>(
    data: &Path,
    read: impl Fn() -> T + Sync,
    then: impl Fn() -> U + Sync,
) -> (T, U, Option<SqliteProgress>) {
    let done = OnceLock::new();
    let read_and_then = || {
        let course = read();
        done.get_or_init(&then);
        course
    };
    let (course, store) = thread::scope(|scope| {
        // Of a course of the usual size the store takes longer, so it is the course that goes elsewhere: nobody has to be woken.
        let reading = thread::Builder::new().spawn_scoped(scope, read_and_then);
        let store = SqliteProgress::open_sound(&progress_file(data));
        done.get_or_init(&then);
        let course = match reading {
            Ok(reading) => reading.join().unwrap_or_else(|panic| panic::resume_unwind(panic)),
            Err(_) => read(),
        };
        (course, store)
    });
    let done = done.into_inner().unwrap_or_else(then);
    (course, done, store)
}

/// Where progress is kept in the folder of the data.
pub(in crate::cli) fn progress_file(data: &Path) -> PathBuf {
    data.join("progress.sqlite")
}
