//! The floor with what a course needs that remembers its reader: `raw_pager` as a part of the one program, which asks the file
//! with the progress who reads, and reads its text and takes the terminal over meanwhile. What is above this is for reading a
//! course, for signals, and for a lesson instead of raw text.
//!
//! `cargo run --release --example placed_pager FILE PROGRESS`; with other arguments it is `countersign`.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use countersign::store::ProgressStore as _;
use countersign::store::sqlite::SqliteProgress;

#[path = "raw_pager/pager.rs"]
mod pager;

use pager::Pager;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<_> = std::env::args_os().collect();
    let [_, file, progress] = &arguments[..] else { return Ok(countersign::cli::main()) };
    let pager = thread::scope(|scope| {
        let opening = scope.spawn(|| Pager::open(Path::new(file)));
        let store = SqliteProgress::open_sound(Path::new(progress));
        let pager = opening.join().unwrap_or_else(|_| Err(io::Error::other("the text cannot be opened")))?;
        let store = store.ok_or_else(|| io::Error::other("there is no file with progress"))?;
        store.learner().map_err(io::Error::other)?;
        io::Result::Ok(pager)
    })?;
    pager.run()?;
    Ok(ExitCode::SUCCESS)
}
