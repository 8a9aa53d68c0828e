//! The one that writes: batches of judged files, each in one transaction, in the order in which they were found.
//!
//! Workers judge by what they see, and meanwhile another record of the same person, or another running copy, may change
//! it. So everything that a batch depends on is looked at again while nobody else can append.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::error::Failure;
use super::super::open::{Lock, Registry, of_store};
use super::judge::{Again, Bench, Judged, New};
use super::receipts::Receipts;
use super::tally::{Dry, Tally};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::record::verdict::Reading;
use crate::registry::change::Collected;
use crate::registry::collect::{Arrival, Aside, Fate, Known, fate};
use crate::registry::{Change, PersonNumber};

/// How many files a batch has at most: the disk is waited for once a batch.
const FILES: usize = 1000;
/// How many bytes a batch has at most, and one file more.
const BYTES: usize = 8 << 20;

/// Writes batches.
pub(super) struct Writer<'a> {
    registry: &'a mut Registry,
    bench: Bench<'a>,
    receipts: Option<Receipts>,
    dry: Dry,
    batch: Vec<Pending>,
    bytes: usize,
    /// What a dry run would have stored so far.
    pretended: BTreeSet<Digest>,
    /// The keys that people are known by, as far as this batch has changed them; of a dry run all of it.
    pinned: BTreeMap<PersonNumber, Vec<String>>,
}

/// What waits to be written, or only to be told in its place.
enum Pending {
    New(Box<New>),
    Unusable { name: String, why: String },
}

/// What became of what waited, in order; records by their place among the changes.
enum Done {
    Record(usize),
    Aside(Aside),
    Unusable { name: String, why: String },
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        registry: &'a mut Registry,
        bench: Bench<'a>,
        receipts: Option<Receipts>,
        dry: Dry,
    ) -> Self {
        Self {
            registry,
            bench,
            receipts,
            dry,
            batch: Vec::new(),
            bytes: 0,
            pretended: BTreeSet::new(),
            pinned: BTreeMap::new(),
        }
    }

    /// Takes what was made of a file; a full batch is written.
    pub(super) fn add(&mut self, judged: Judged, tally: &mut Tally) -> Result<(), Failure> {
        match judged {
            Judged::New(new) => {
                self.bytes += size(&new.fate);
                self.batch.push(Pending::New(new));
            }
            Judged::Unusable { name, why } => self.batch.push(Pending::Unusable { name, why }),
            Judged::Here => tally.here(),
            Judged::Other => tally.other(),
        }
        if self.batch.len() >= FILES || self.bytes >= BYTES { self.commit(tally) } else { Ok(()) }
    }

    /// Writes what is there.
    pub(super) fn commit(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let lock = match self.dry {
            Dry::No => Some(self.registry.lock()?),
            Dry::Yes => None,
        };
        let now = self.bench.clock.now();
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let mut here = self.here(&batch)?;
        let mut aside = self.aside(&batch)?;
        let (mut changes, mut done) = (Vec::new(), Vec::new());
        for pending in batch {
            let New { fate, known } = match pending {
                Pending::New(new) => *new,
                Pending::Unusable { name, why } => {
                    done.push(Done::Unusable { name, why });
                    continue;
                }
            };
            let digests = digests(&fate);
            if digests.iter().any(|digest| here.contains(digest)) {
                tally.here();
                continue;
            }
            here.extend(digests);
            match self.now(fate, known, now)? {
                Fate::Stored(record) => {
                    done.push(Done::Record(changes.len()));
                    changes.push(Change::Collected(record));
                }
                Fate::Aside(judged) => {
                    // Judged again and put aside again: it lies there already.
                    if aside.insert(judged.arrival.digest) {
                        changes.push(Change::PutAside(Box::new(judged.kept())));
                    }
                    done.push(Done::Aside(judged));
                }
            }
        }
        match lock {
            Some(lock) => {
                self.save(&lock, &changes)?;
                self.pinned.clear();
            }
            None => self.pretended.extend(here),
        }
        // Nothing is told as done before it is.
        for done in done {
            match done {
                Done::Record(place) => {
                    records(&changes[place..=place]).for_each(|(_, record)| tally.collected(record));
                }
                Done::Aside(aside) => tally.put_aside(&aside),
                Done::Unusable { name, why } => tally.unusable(&name, why),
            }
        }
        Ok(())
    }

    /// Which of them are here by now.
    fn here(&self, batch: &[Pending]) -> Result<BTreeSet<Digest>, Failure> {
        let digests: Vec<Digest> = batch
            .iter()
            .filter_map(|pending| match pending {
                Pending::New(new) => Some(digests(&new.fate)),
                Pending::Unusable { .. } => None,
            })
            .flatten()
            .collect();
        let store = self.registry.store();
        let here = match self.bench.again {
            Again::No => store.known(&digests),
            Again::Yes => store.collected(&digests),
        };
        let mut here = here.map_err(|error| of_store(&error))?;
        here.extend(digests.iter().filter(|digest| self.pretended.contains(digest)));
        Ok(here)
    }

    /// Which files of the batch lie aside by now.
    fn aside(&self, batch: &[Pending]) -> Result<BTreeSet<Digest>, Failure> {
        match self.bench.again {
            // They are told as here before.
            Again::No => Ok(BTreeSet::new()),
            Again::Yes => {
                let files: Vec<Digest> = batch.iter().filter_map(Pending::file).collect();
                self.registry.store().known(&files).map_err(|error| of_store(&error))
            }
        }
    }

    /// The fate by what is known now; the time of receipt is now, so that the log is in order.
    fn now(&mut self, fate: Fate, known: Known, now: Timestamp) -> Result<Fate, Failure> {
        let mut record = match fate {
            Fate::Stored(record) => record,
            Fate::Aside(aside) => return Ok(Fate::Aside(at(aside, now))),
        };
        let keys = match self.pinned.get(&record.person) {
            Some(keys) => keys.clone(),
            None => self.registry.store().keys(&record.person, now).map_err(|error| of_store(&error))?,
        };
        if keys != known.keys {
            match self.again(*record, &Known { keys, ..known }, now) {
                Fate::Stored(again) => record = again,
                Fate::Aside(aside) => return Ok(Fate::Aside(aside)),
            }
        }
        record.at = now;
        if record.pins {
            self.pinned.insert(record.person.clone(), vec![record.key.clone()]);
        }
        Ok(Fate::Stored(record))
    }

    fn again(&self, record: Collected, known: &Known, now: Timestamp) -> Fate {
        let reading = Reading::of(&record.bytes);
        let arrival = Arrival { name: record.name, bytes: record.bytes, digest: record.file, at: now };
        fate(arrival, reading, known, &self.bench.desk.terms)
    }

    fn save(&mut self, lock: &Lock, changes: &[Change]) -> Result<(), Failure> {
        if changes.is_empty() {
            return Ok(());
        }
        let appended = self.registry.append(lock, changes)?;
        match &self.receipts {
            Some(receipts) => receipts.write(self.registry, &appended, records(changes)),
            None => Ok(()),
        }
    }
}

/// The records among changes, with their places.
fn records(changes: &[Change]) -> impl Iterator<Item = (u64, &Collected)> {
    (0..).zip(changes).filter_map(|(place, change)| {
        if let Change::Collected(record) = change { Some((place, &**record)) } else { None }
    })
}

impl Pending {
    /// The digest of the file as it came.
    fn file(&self) -> Option<Digest> {
        match self {
            Self::New(new) => Some(match &new.fate {
                Fate::Stored(record) => record.file,
                Fate::Aside(aside) => aside.arrival.digest,
            }),
            Self::Unusable { .. } => None,
        }
    }
}

fn at(mut aside: Aside, now: Timestamp) -> Aside {
    aside.arrival.at = now;
    aside
}

/// How many bytes the file has.
fn size(fate: &Fate) -> usize {
    match fate {
        Fate::Stored(record) => record.bytes.len(),
        Fate::Aside(aside) => aside.arrival.bytes.len(),
    }
}

/// By what a file is known.
fn digests(fate: &Fate) -> Vec<Digest> {
    match fate {
        Fate::Stored(record) => vec![record.file, record.digest],
        Fate::Aside(aside) => vec![aside.arrival.digest],
    }
}
