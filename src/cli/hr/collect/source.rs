//! The files that a command line names, looked into one after the other by one thread for all.
//!
//! One alone keeps the order, so that what is collected does not depend on which worker is faster; and it keeps at most a chunk in
//! memory, beside what is read ahead.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::iter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;

use serde::de::IgnoredAny;

use super::ahead::{Ahead, Begun, Lead, Step};
use super::patience::Patience;
use super::watch::Settled;
use crate::files::{FileError, Walk};
use crate::record::envelope;
use crate::record::json::MAX_BYTES;
use crate::registry::parcel::{self, BEGINNING, Kind, MAX_MAIL, Piece};

/// How many files a chunk has at most: enough that handing it on costs nothing, few enough that every worker has some.
const FILES: usize = 64;
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
        /// Its path, and that within a parcel.
        name: String,
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
    patience: &'a Patience<'a>,
}

impl<'a> Source<'a> {
    pub(super) fn new(
        out: SyncSender<Chunk>,
        permits: Receiver<()>,
        stop: &'a AtomicBool,
        patience: &'a Patience<'a>,
    ) -> Self {
        Self { chunk: Chunk::default(), out, permits, stop, patience }
    }

    /// Reads everything that is named; of a drop folder what has settled.
    pub(super) fn read_all(mut self, paths: &[PathBuf], settled: Option<&mut Settled>) {
        let stop = self.stop;
        let ended = thread::scope(|scope| self.read_each(Ahead::new(scope, stop), paths, settled));
        if ended.is_continue() {
            let _ = self.hand_on();
        }
    }

    fn read_each(
        &mut self,
        mut ahead: Ahead<'_, '_>,
        paths: &[PathBuf],
        mut settled: Option<&mut Settled>,
    ) -> ControlFlow<()> {
        let (stop, patience) = (self.stop, self.patience);
        let mut steps = paths
            .iter()
            .flat_map(|path| steps(path, || patience.again()))
            .take_while(|_| !stop.load(Ordering::Relaxed));
        loop {
            let mut taken = steps
                .by_ref()
                .filter(|step| settled.as_deref_mut().is_none_or(|settled| settled.takes(step)));
            let Some(turn) = ahead.next(&mut taken) else { return ControlFlow::Continue(()) };
            let fault = match turn {
                Ok((lead, begun)) => self
                    .file(&lead, begun, settled.as_deref_mut())?
                    .err()
                    .filter(|_| settled.as_deref_mut().is_none_or(|settled| settled.failed(lead.path()))),
                Err(error) => Some(error),
            };
            // Before a fault is told: it may be that nothing was waited for.
            self.unless_stopped()?;
            if let Some(error) = fault {
                self.unusable(&error)?;
            }
        }
    }

    /// Looks into a file on disk.
    fn file(
        &mut self,
        lead: &Lead,
        begun: Result<Begun, FileError>,
        settled: Option<&mut Settled>,
    ) -> ControlFlow<(), Result<(), FileError>> {
        let read = match begun.and_then(|begun| Opened::of(begun, lead, self.patience)) {
            Ok(opened) => self.content(lead, opened, settled)?,
            Err(error) => Err(error),
        };
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

    fn content(
        &mut self,
        lead: &Lead,
        opened: Opened,
        settled: Option<&mut Settled>,
    ) -> ControlFlow<(), Result<(), FileError>> {
        let (path, named) = (lead.path(), lead.named());
        let name = path.display().to_string();
        match (Kind::of(&name, opened.beginning()), named) {
            (Kind::Companion(_) | Kind::Other, Named::AmongOthers) => self.add(Found::Other { name })?,
            (Kind::Record, _) | (Kind::Other, Named::OnItsOwn) => match opened.bytes(path, MAX_BYTES) {
                Err(error) => return ControlFlow::Continue(Err(error)),
                Ok(bytes) if settled.is_some_and(|settled| is_piece(&bytes) && settled.leaves(path)) => {}
                Ok(bytes) if bytes.len() <= MAX_BYTES => {
                    self.add(Found::File { name, bytes, named })?;
                }
                Ok(_) => {
                    let why = "is larger than 1 MiB, which no record is".to_owned();
                    self.add(Found::Unusable { name, why })?;
                }
            },
            (Kind::Sealed(why), _) | (Kind::Companion(why), Named::OnItsOwn) => {
                self.add(Found::Unusable { name, why: why.to_owned() })?;
            }
            (Kind::Mail, _) => match opened.bytes(path, MAX_MAIL) {
                Err(error) => return ControlFlow::Continue(Err(error)),
                Ok(bytes) => self.parcel(&name, |take| parcel::mail(&bytes, &name, take))?,
            },
            (kind @ (Kind::Archive | Kind::Mailbox), _) => {
                let mut file = match lead.open_in_turn(self.patience) {
                    Err(error) => return ControlFlow::Continue(Err(error)),
                    Ok((file, _)) => file,
                };
                self.parcel(&name, |take| {
                    if kind == Kind::Archive {
                        parcel::archive(&mut file, &name, take)
                    } else {
                        parcel::mailbox(&mut BufReader::with_capacity(64 << 10, file), &name, take)
                    }
                })?;
            }
        }
        ControlFlow::Continue(Ok(()))
    }

    /// What is in a parcel, and why it cannot be read to its end.
    fn parcel(
        &mut self,
        name: &str,
        open: impl FnOnce(parcel::Take<'_>) -> Result<ControlFlow<()>, String>,
    ) -> ControlFlow<()> {
        match open(&mut |piece| self.take(piece)) {
            Ok(flow) => flow,
            Err(why) => self.add(Found::Unusable { name: name.to_owned(), why }),
        }
    }

    fn take(&mut self, piece: Piece) -> ControlFlow<()> {
        self.add(match piece {
            Piece::File { name, bytes } => Found::File { name, bytes, named: Named::AmongOthers },
            Piece::Other { name } => Found::Other { name },
            Piece::Unusable { name, why } => Found::Unusable { name, why },
        })
    }

    fn unusable(&mut self, error: &FileError) -> ControlFlow<()> {
        let mut why = error.to_string();
        if let Some(cause) = std::error::Error::source(error) {
            why = format!("{why}: {cause}");
        }
        if let Some(hint) = error.hint() {
            why = format!("{why}; {hint}");
        }
        self.add(Found::Unusable { name: error.path().display().to_string(), why })
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

/// Whether more may come behind these bytes.
fn is_piece(bytes: &[u8]) -> bool {
    let ends_early = || serde_json::from_slice::<IgnoredAny>(bytes).is_err_and(|error| error.is_eof());
    // What is to come may be zeros until it comes.
    envelope::is_damaged(bytes) || ends_early()
}

/// A file, as far as it was read.
struct Opened {
    bytes: Vec<u8>,
    /// `None` when `bytes` are all of it.
    rest: Option<File>,
}

impl Opened {
    fn of(begun: Begun, lead: &Lead, patience: &Patience<'_>) -> Result<Self, FileError> {
        if let Begun::Whole(bytes) = begun {
            return Ok(Self { bytes, rest: None });
        }
        let (file, _) = lead.open_in_turn(patience)?;
        let mut opened = Self { bytes: Vec::new(), rest: Some(file) };
        opened.read(lead.path(), BEGINNING)?;
        Ok(opened)
    }

    /// By which it is seen what it may be.
    fn beginning(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(BEGINNING)]
    }

    /// All of it; of a file that is larger than `limit`, one byte more than that.
    fn bytes(mut self, path: &Path, limit: usize) -> Result<Vec<u8>, FileError> {
        self.read(path, limit + 1)?;
        Ok(self.bytes)
    }

    /// Reads on, until there are so many bytes of it.
    fn read(&mut self, path: &Path, bytes: usize) -> Result<(), FileError> {
        let Some(file) = &mut self.rest else { return Ok(()) };
        let more = bytes.saturating_sub(self.bytes.len()) as u64;
        let read = file.take(more).read_to_end(&mut self.bytes);
        read.map_err(|source| FileError::Read { path: path.to_owned(), source }).map(drop)
    }
}

/// The files at and below a path that somebody named; `again` as for [`Walk::begin`].
fn steps<'a>(path: &Path, again: impl Fn() -> bool + 'a) -> Box<dyn Iterator<Item = Step> + 'a> {
    if !path.is_dir() {
        return Box::new(iter::once(Ok(Lead::OnItsOwn(path.to_owned()))));
    }
    match Walk::begin(path, again) {
        Ok(walk) => Box::new(walk.map(|step| step.map(Lead::AmongOthers))),
        Err(error) => Box::new(iter::once(Err(error))),
    }
}

/// Counts the files that will be read, so that it can be said how long it takes. Reading begins at the same time.
pub(super) fn count(paths: &[PathBuf], total: &AtomicU64, stop: &AtomicBool) {
    for step in paths.iter().flat_map(|path| steps(path, || false)) {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        total.fetch_add(u64::from(step.is_ok()), Ordering::Relaxed);
    }
}
