//! One worker: judges chunk after chunk with a registry of its own to read from.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender};

use super::super::desk::Desk;
use super::misnamed::{self, Misnamed};
use super::source::{Chunk, Found, Named};
use crate::clock::Clock;
use crate::digest::Digest;
use crate::record::envelope::{self, Kind};
use crate::record::verdict::Reading;
use crate::registry::collect::{Arrival, Judgement, Known};
use crate::store::StoreError;
use crate::store::registry::RegistryStore;

/// What was made of something that was found.
#[derive(Debug)]
pub(super) enum Judged {
    /// A record, or a file that should be one.
    New(Box<New>),
    /// It was collected or put aside before, as it is or in another spelling.
    Here(Before),
    /// It is no record, and nothing says that it should be: its path, and that within a parcel.
    Other(String),
    /// It could not be had, or was named on its own and is no record.
    Unusable {
        /// Its path, and that within a parcel.
        name: String,
        /// Why, and what to do about it.
        why: String,
    },
}

/// A file that was here before.
#[derive(Debug)]
pub(super) struct Before {
    /// By which it is known.
    pub digest: Digest,
    /// Its path, and that within a parcel.
    pub name: String,
    /// Whom it is named after, if that is somebody else.
    pub misnamed: Option<Misnamed>,
}

/// A file that was not here when it was looked for.
#[derive(Debug)]
pub(super) struct New {
    /// What was made of it.
    pub judgement: Judgement,
    /// What was known. What other records of a record's person say is looked up when it is written.
    pub known: Known,
    /// Whom it is named after, if that is somebody else.
    pub misnamed: Option<Misnamed>,
}

/// What was made of a chunk.
#[derive(Debug)]
pub(super) struct Results {
    /// The place of the chunk in the order.
    pub number: u64,
    /// In order.
    pub judged: Vec<Judged>,
    /// How many files on disk are done with it.
    pub files: u64,
}

/// What a worker needs beside its work.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    /// What HR knows.
    pub desk: &'a Desk,
    /// HR's clock.
    pub clock: &'a (dyn Clock + Sync),
    /// Whether files that were put aside are judged again.
    pub again: Again,
}

/// What is done with a file that was put aside before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It stays aside.
    No,
    /// It is judged by what is known now.
    Yes,
}

/// Works until nothing more comes, or nobody wants it any more.
pub(super) fn work(
    bench: Bench<'_>,
    store: &dyn RegistryStore,
    chunks: &Mutex<Receiver<Chunk>>,
    out: &SyncSender<Result<Results, StoreError>>,
) {
    loop {
        let next = chunks.lock().map(|chunks| chunks.recv());
        let Ok(Ok(chunk)) = next else { return };
        let (number, files) = (chunk.number, chunk.files);
        let results = bench.judge(store, chunk.found).map(|judged| Results { number, judged, files });
        let failed = results.is_err();
        if out.send(results).is_err() || failed {
            return;
        }
    }
}

impl Bench<'_> {
    /// Judges what was found.
    pub(super) fn judge(
        self,
        store: &dyn RegistryStore,
        found: Vec<Found>,
    ) -> Result<Vec<Judged>, StoreError> {
        let digests: Vec<Digest> = found.iter().filter_map(digest).collect();
        let here = self.here(store, &digests)?;
        let mut digests = digests.into_iter();
        let mut read = Vec::with_capacity(found.len());
        for found in found {
            read.push(match found {
                Found::File { name, bytes, named } => {
                    let digest = digests.next().expect("every file has one");
                    self.read(store, name, bytes, digest, named, &here)?
                }
                Found::Other { name } => Read::Done(Judged::Other(name)),
                Found::Unusable { name, why } => Read::Done(Judged::Unusable { name, why }),
            });
        }
        let asked = self.ask(store, read)?;
        let judged = asked.into_iter().map(|(read, known)| match (read, known) {
            (Read::Done(judged), _) => judged,
            (Read::File(file), known) => {
                let (arrival, reading, misnamed) = *file;
                let judgement = Judgement::of(arrival, reading, &known);
                Judged::New(Box::new(New { judgement, known, misnamed }))
            }
        });
        Ok(judged.collect())
    }

    /// Reads a file, unless it is known.
    fn read(
        self,
        store: &dyn RegistryStore,
        name: String,
        bytes: Vec<u8>,
        digest: Digest,
        named: Named,
        here: &BTreeSet<Digest>,
    ) -> Result<Read, StoreError> {
        let at = self.clock.now();
        if here.contains(&digest) {
            let misnamed = misnamed::of_file(store, &name, &bytes, at)?;
            return Ok(Read::Done(Judged::Here(Before { digest, name, misnamed })));
        }
        let reading = Reading::of(&bytes);
        if !is_ours(&reading, &name, &bytes) {
            return Ok(Read::Done(no_record(name, named)));
        }
        let misnamed = match reading.claims() {
            Some(claims) => misnamed::of_record(store, &name, &claims.person.number, at)?,
            None => None,
        };
        Ok(Read::File(Box::new((Arrival { name, bytes, digest, at }, reading, misnamed))))
    }

    /// What the registry knows of each file. Whether it has the record in another spelling is looked at when it is written.
    fn ask(self, store: &dyn RegistryStore, read: Vec<Read>) -> Result<Vec<(Read, Known)>, StoreError> {
        let mut asked = Vec::with_capacity(read.len());
        store.at_one_moment(&mut || {
            for read in &read {
                asked.push(match read {
                    Read::File(file) => match file.1.claims() {
                        Some(claims) if file.1.record().is_some() => {
                            self.desk.known_but_others(store, claims, file.0.at)?
                        }
                        Some(claims) => self.desk.known(store, claims, file.0.at)?,
                        None => Known::default(),
                    },
                    Read::Done(_) => Known::default(),
                });
            }
            Ok(())
        })?;
        Ok(read.into_iter().zip(asked).collect())
    }

    fn here(self, store: &dyn RegistryStore, digests: &[Digest]) -> Result<BTreeSet<Digest>, StoreError> {
        match self.again {
            Again::No => store.known(digests),
            Again::Yes => store.collected(digests),
        }
    }
}

enum Read {
    File(Box<(Arrival, Reading, Option<Misnamed>)>),
    Done(Judged),
}

fn digest(found: &Found) -> Option<Digest> {
    match found {
        Found::File { bytes, .. } => Some(Digest::of(bytes)),
        Found::Other { .. } | Found::Unusable { .. } => None,
    }
}

/// Whether it is a record or was one, or the beginning of one: anything else that happens to be JSON is not kept.
fn is_ours(reading: &Reading, name: &str, bytes: &[u8]) -> bool {
    let says_so = |text: &[u8]| {
        Kind::Completion.is_said_by(text) || envelope::is_damaged(text) || envelope::is_middle(text)
    };
    // An editor that saved it as UTF-16 put a zero beside each letter, behind two bytes that say so.
    let says_so_in_utf16 = || {
        bytes.iter().take(4).any(|byte| *byte == 0)
            && says_so(
                &bytes.iter().copied().filter(|byte| !matches!(byte, 0 | 0xFE | 0xFF)).collect::<Vec<_>>(),
            )
    };
    reading.claims().is_some()
        || name.to_ascii_lowercase().ends_with(".completion.json")
        || says_so(bytes)
        || says_so_in_utf16()
}

fn no_record(name: String, named: Named) -> Judged {
    match named {
        Named::AmongOthers => Judged::Other(name),
        Named::OnItsOwn => {
            Judged::Unusable { name, why: "is no completion record; nothing in it says so".to_owned() }
        }
    }
}
