//! The files that a command line names, read one after the other by one thread for all.
//!
//! A reader alone keeps the order, so that what is collected does not depend on which worker is faster; and it keeps at
//! most a chunk in memory.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use super::watch::Settled;
use crate::files::{self, FileError, Walk};
use crate::record::json::MAX_BYTES;
use crate::registry::parcel::{self, BEGINNING, Kind, MAX_MAIL, Piece};

/// How many files a chunk has at most: enough that handing it on costs nothing, few enough that every worker has some.
const FILES: usize = 64;
/// The size in bytes up to which a file is read in one go, before it is known whether it can be a record.
const SMALL: usize = 32 << 10;
/// How many bytes of files a chunk has at most, and one file more.
const BYTES: usize = 1 << 20;

/// Something that was found, in order.
#[derive(Debug)]
pub(super) enum Found {
    /// A file that may be a record.
    File {
        /// Its path, and that within a parcel.
        name: String,
        /// At most [`MAX_BYTES`].
        bytes: Vec<u8>,
        /// Who named it.
        named: Named,
    },
    /// Something that is no record by name and beginning.
    Other {
        /// Its path, and that within a parcel, if it has one.
        name: Option<String>,
    },
    /// Something that could not be had.
    Unusable {
        /// Its path, and that within a parcel.
        name: String,
        /// Why, and what to do about it.
        why: String,
    },
}

/// Who named a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// The command line did.
    OnItsOwn,
    /// It was found in a folder or a parcel, beside others.
    AmongOthers,
}

/// Some of what was found.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// Its place in the order, from 0.
    pub number: u64,
    /// What it holds.
    pub found: Vec<Found>,
    /// How many files on disk are done with it.
    pub files: u64,
    bytes: usize,
}

/// Reads files into chunks.
pub(super) struct Source<'a> {
    chunk: Chunk,
    out: SyncSender<Chunk>,
    /// One is needed for each chunk.
    permits: Receiver<()>,
    /// When it is set, reading ends after the file.
    stop: &'a AtomicBool,
}

impl<'a> Source<'a> {
    pub(super) fn new(out: SyncSender<Chunk>, permits: Receiver<()>, stop: &'a AtomicBool) -> Self {
        Self { chunk: Chunk::default(), out, permits, stop }
    }

    /// Reads everything that is named; of a drop folder what has settled.
    pub(super) fn read_all(mut self, paths: &[PathBuf], mut settled: Option<&mut Settled>) {
        for path in paths {
            if self.path(path, settled.as_deref_mut()).is_break() {
                return;
            }
        }
        let _ = self.hand_on();
    }

    fn path(&mut self, path: &Path, mut settled: Option<&mut Settled>) -> ControlFlow<()> {
        if !path.is_dir() {
            let read = self.file(path, Named::OnItsOwn)?;
            if let Err(error) = read {
                self.unusable(path, &error)?;
            }
            return self.unless_stopped();
        }
        let walk = match Walk::begin(path) {
            Ok(walk) => walk,
            Err(error) => return self.unusable(path, &error),
        };
        for step in walk {
            match step {
                Ok(file) if settled.as_deref_mut().is_none_or(|settled| settled.takes(&file)) => {
                    if let Err(error) = self.file(&file, Named::AmongOthers)?
                        && settled.as_deref_mut().is_none_or(|settled| settled.failed(&file))
                    {
                        self.unusable(&file, &error)?;
                    }
                    self.unless_stopped()?;
                }
                Err(error)
                    if settled.as_deref_mut().is_none_or(|settled| settled.takes_fault(error.path())) =>
                {
                    self.unusable(error.path(), &error)?;
                }
                Ok(_) | Err(_) => self.unless_stopped()?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a file on disk.
    fn file(&mut self, path: &Path, named: Named) -> ControlFlow<(), Result<(), FileError>> {
        let read = self.open(path, named)?;
        self.chunk.files += 1;
        ControlFlow::Continue(read)
    }

    fn unless_stopped(&mut self) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            let _ = self.hand_on();
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn open(&mut self, path: &Path, named: Named) -> ControlFlow<(), Result<(), FileError>> {
        let name = path.display().to_string();
        match beginning(path) {
            Err(error) => ControlFlow::Continue(Err(error)),
            Ok((file, bytes)) => self.content(path, name, named, file, bytes),
        }
    }

    fn content(
        &mut self,
        path: &Path,
        name: String,
        named: Named,
        mut file: File,
        mut bytes: Vec<u8>,
    ) -> ControlFlow<(), Result<(), FileError>> {
        let fault = |source| FileError::Read { path: path.to_owned(), source };
        let mut rest = |bytes: &mut Vec<u8>, limit: usize| {
            let more = (limit + 1).saturating_sub(bytes.len()) as u64;
            file.by_ref().take(more).read_to_end(bytes)
        };
        let kind = Kind::of(&name, &bytes[..bytes.len().min(BEGINNING)]);
        let opened = match (kind, named) {
            (Kind::Other, Named::AmongOthers) => {
                self.add(Found::Other { name: Some(name) })?;
                return ControlFlow::Continue(Ok(()));
            }
            (Kind::Record, _) | (Kind::Other, Named::OnItsOwn) => {
                if let Err(source) = rest(&mut bytes, MAX_BYTES) {
                    return ControlFlow::Continue(Err(fault(source)));
                }
                if bytes.len() <= MAX_BYTES {
                    self.add(Found::File { name, bytes, named })?;
                    return ControlFlow::Continue(Ok(()));
                }
                Err("is larger than 1 MiB, which no record is".to_owned())
            }
            (Kind::Sealed(why), _) => Err(why.to_owned()),
            (Kind::Mail, _) => match rest(&mut bytes, MAX_MAIL) {
                Err(source) => return ControlFlow::Continue(Err(fault(source))),
                Ok(_) => parcel::mail(&bytes, &name, &mut |piece| self.take(piece)),
            },
            (Kind::Archive, _) => parcel::archive(&mut file, &name, &mut |piece| self.take(piece)),
            (Kind::Mailbox, _) => {
                if let Err(source) = file.rewind() {
                    return ControlFlow::Continue(Err(fault(source)));
                }
                let mut reader = BufReader::with_capacity(64 << 10, file);
                parcel::mailbox(&mut reader, &name, &mut |piece| self.take(piece))
            }
        };
        match opened {
            Ok(flow) => flow?,
            Err(why) => self.add(Found::Unusable { name, why })?,
        }
        ControlFlow::Continue(Ok(()))
    }

    fn take(&mut self, piece: Piece) -> ControlFlow<()> {
        self.add(match piece {
            Piece::File { name, bytes } => Found::File { name, bytes, named: Named::AmongOthers },
            Piece::Other { name } => Found::Other { name },
            Piece::Unusable { name, why } => Found::Unusable { name, why },
        })
    }

    fn unusable(&mut self, path: &Path, error: &FileError) -> ControlFlow<()> {
        let mut why = error.to_string();
        if let Some(cause) = std::error::Error::source(error) {
            why = format!("{why}: {cause}");
        }
        if let Some(hint) = error.hint() {
            why = format!("{why}; {hint}");
        }
        self.add(Found::Unusable { name: path.display().to_string(), why })
    }

    fn add(&mut self, found: Found) -> ControlFlow<()> {
        if let Found::File { bytes, .. } = &found {
            self.chunk.bytes += bytes.len();
        }
        self.chunk.found.push(found);
        if self.chunk.found.len() >= FILES || self.chunk.bytes >= BYTES {
            self.hand_on()
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Nobody listens any more when something went wrong behind us.
    fn hand_on(&mut self) -> ControlFlow<()> {
        if self.permits.recv().is_err() {
            return ControlFlow::Break(());
        }
        let number = self.chunk.number;
        let chunk = std::mem::replace(&mut self.chunk, Chunk { number: number + 1, ..Chunk::default() });
        match self.out.send(chunk) {
            // Also in the middle of an archive: what is in it is recognised the next time.
            Ok(()) if !self.stop.load(Ordering::Relaxed) => ControlFlow::Continue(()),
            Ok(()) | Err(_) => ControlFlow::Break(()),
        }
    }
}

/// An open file, and its first bytes: all of them when it is no larger than most records are.
fn beginning(path: &Path) -> Result<(File, Vec<u8>), FileError> {
    let (mut file, metadata) = files::open_regular(path)?;
    let expected = usize::try_from(metadata.len()).unwrap_or(usize::MAX).min(MAX_BYTES);
    let mut bytes = Vec::with_capacity(expected + 1);
    let first = if expected <= SMALL { expected } else { BEGINNING };
    let begun = file.by_ref().take(first as u64).read_to_end(&mut bytes);
    begun.map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    Ok((file, bytes))
}

/// Counts the files that will be read, so that it can be said how long it takes. Reading begins at the same time.
pub(super) fn count(paths: &[PathBuf], total: &AtomicU64, stop: &AtomicBool) {
    for path in paths {
        if !path.is_dir() {
            total.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        for step in Walk::begin(path).into_iter().flatten() {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            total.fetch_add(u64::from(step.is_ok()), Ordering::Relaxed);
        }
    }
}
