//! Bytes on their way to the terminal: a frame at a time, and none any more once the terminal was given back.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes on their way to the terminal. Clones share whether the terminal is ours.
#[derive(Debug)]
pub struct Output {
    /// Not `std::io::stdout`: its lock could be held by the very frame in which somebody panics.
    file: File,
    frame: Vec<u8>,
    ours: Arc<AtomicBool>,
}

impl Output {
    pub(super) fn new(file: File, ours: Arc<AtomicBool>) -> Self {
        Self { file, frame: Vec::new(), ours }
    }

    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self::new(self.file.try_clone()?, Arc::clone(&self.ours)))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // A worker may have panicked and the terminal been given back while this frame was drawn.
        if self.ours.load(Ordering::SeqCst) && !self.frame.is_empty() {
            self.file.write_all(&self.frame)?;
        }
        self.frame.clear();
        Ok(())
    }
}
