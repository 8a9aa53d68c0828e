//! The floor with what a course needs that remembers its reader: `raw_pager`, as a part of the one program, which asks the
//! file with the progress who reads before it draws. What is above this is for reading a course and showing a lesson.
//!
//! `cargo run --release --example placed_pager FILE PROGRESS`; with other arguments it is `countersign`.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use countersign::store::ProgressStore as _;
use countersign::store::sqlite::SqliteProgress;

#[path = "raw_pager/pager.rs"]
mod pager;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<_> = std::env::args_os().collect();
    let [_, file, progress] = &arguments[..] else { return Ok(countersign::cli::main()) };
    let store = SqliteProgress::open_sound(Path::new(progress))
        .ok_or_else(|| io::Error::other("there is no file with progress"))?;
    store.learner().map_err(io::Error::other)?;
    pager::run(Path::new(file))?;
    Ok(ExitCode::SUCCESS)
}
