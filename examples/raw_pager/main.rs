//! The floor that the full-screen face is measured against: a bare ratatui program that pages through a file as raw text,
//! with nothing of ours in it.
//!
//! `cargo run --release --example raw_pager FILE`; Page Down and Page Up turn pages, `q` leaves.

use std::io;
use std::path::Path;

mod pager;

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("usage: raw_pager FILE"))?;
    pager::Pager::open(Path::new(&path))?.run()
}
