//! The one that writes: batches of judged files, each in one transaction, in the order in which they were found.
//!
//! Workers judge by what they see, and meanwhile another record of the same person, or another running copy, may change
//! it. So everything that a batch depends on is looked at again while nobody else can append.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::error::Failure;
use super::super::desk::Desk;
use super::super::open::{Lock, Registry, of_store};
use super::judge::{Again, Before, Bench, Judged, New};
use super::receipts::Receipts;
use super::tally::{Dry, Tally};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::Size;
use crate::record::verdict::AttemptsBefore;
use crate::registry::change::Collected;
use crate::registry::collect::{Advice, Aside, Fate, Judgement, Known, Stored, before};
use crate::registry::{Change, PersonNumber};

/// How many files a batch has at most: the disk is waited for once a batch.
const FILES: usize = 1000;
/// How many bytes a batch has at most, and one file more.
const BYTES: usize = 16 << 20;

/// Writes batches.
pub(super) struct Writer<'a> {
    registry: &'a mut Registry,
    bench: Bench<'a>,
    receipts: Option<Receipts>,
    dry: Dry,
    batch: Vec<Pending>,
    bytes: usize,
    /// What was here before and is not counted yet.
    before: Vec<Before>,
    /// How many entries the log had when collecting began.
    begun: Size,
    /// How many of those since are of this run.
    added: u64,
    /// What a dry run would have stored so far.
    pretended: BTreeSet<Digest>,
    /// The keys that people would be known by after what a dry run has seen so far.
    pinned: Keys,
}

/// The did:keys that people are known by.
type Keys = BTreeMap<PersonNumber, Vec<String>>;

/// What may have changed since a batch was judged.
#[derive(Default)]
struct ByNow {
    here: BTreeSet<Digest>,
    /// Of everybody in the batch; as it is written, also by it.
    keys: Keys,
}

/// What waits to be written, or only to be told in its place.
enum Pending {
    New(Box<New>),
    Unusable { name: String, why: String },
}

/// What became of what waited, in order; records by their place among the changes.
enum Done {
    Record { place: usize, next: Option<Advice> },
    Aside(Aside),
    Unusable { name: String, why: String },
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        registry: &'a mut Registry,
        bench: Bench<'a>,
        receipts: Option<Receipts>,
        dry: Dry,
    ) -> Result<Self, Failure> {
        let begun = registry.store().log_size().map_err(|error| of_store(&error))?;
        Ok(Self {
            registry,
            bench,
            receipts,
            dry,
            batch: Vec::new(),
            bytes: 0,
            before: Vec::new(),
            begun,
            added: 0,
            pretended: BTreeSet::new(),
            pinned: Keys::new(),
        })
    }

    /// Takes what was made of a file; a full batch is written.
    pub(super) fn add(&mut self, judged: Judged, tally: &mut Tally) -> Result<(), Failure> {
        match judged {
            Judged::New(new) => {
                self.bytes += new.judgement.arrival().bytes.len();
                self.batch.push(Pending::New(new));
            }
            Judged::Unusable { name, why } => self.batch.push(Pending::Unusable { name, why }),
            Judged::Here(before) => self.before.push(before),
            Judged::Other(name) => tally.other(name),
        }
        if self.before.len() >= FILES {
            self.tell_before(tally)?;
        }
        if self.batch.len() >= FILES || self.bytes >= BYTES { self.commit(tally) } else { Ok(()) }
    }

    /// Writes what is there.
    pub(super) fn commit(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        if self.batch.is_empty() {
            return self.tell_before(tally);
        }
        let lock = match self.dry {
            Dry::No => Some(self.registry.lock()?),
            Dry::Yes => None,
        };
        let now = self.bench.clock.now();
        let mut batch = std::mem::take(&mut self.batch);
        // A record that goes on where another one ended comes after it, whatever their files are called.
        batch.sort_by_key(Pending::first_attempt);
        self.bytes = 0;
        let ByNow { mut here, mut keys } = self.by_now(&batch, now)?;
        let mut aside = self.aside(&batch)?;
        let (mut changes, mut done, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for pending in batch {
            let New { judgement, known, misnamed } = match pending {
                Pending::New(new) => *new,
                Pending::Unusable { name, why } => {
                    done.push(Done::Unusable { name, why });
                    continue;
                }
            };
            if let Some(digest) = digests(&judgement).find(|digest| here.contains(digest)) {
                let name = judgement.arrival().name.clone();
                self.before.push(Before { digest, name, misnamed });
                continue;
            }
            others.extend(misnamed.map(|misnamed| (judgement.arrival().name.clone(), misnamed)));
            let attempts_before = self.attempts_before(&judgement, &changes, now)?;
            match self.fate(judgement, Known { attempts_before, ..known }, &mut keys, now) {
                Fate::Stored(Stored { record, next }) => {
                    here.extend([record.file, record.digest]);
                    done.push(Done::Record { place: changes.len(), next });
                    changes.push(Change::Collected(record));
                }
                Fate::Aside(judged) => {
                    here.insert(judged.arrival.digest);
                    // Judged again and put aside again: it lies there already.
                    if aside.insert(judged.arrival.digest) {
                        changes.push(Change::PutAside(Box::new(judged.kept())));
                    }
                    done.push(Done::Aside(judged));
                }
            }
        }
        if let Some(lock) = lock {
            self.save(&lock, &changes)?;
        } else {
            self.pretended.extend(here);
            let pins = records(&changes).filter(|(_, record)| record.pins);
            self.pinned.extend(pins.map(|(_, record)| (record.person.clone(), vec![record.key.clone()])));
        }
        // Nothing is told as done before it is.
        for done in done {
            match done {
                Done::Record { place, next } => {
                    records(&changes[place..=place]).for_each(|(_, record)| tally.collected(record, next));
                }
                Done::Aside(aside) => tally.put_aside(&aside),
                Done::Unusable { name, why } => tally.unusable(&name, why),
            }
        }
        for (name, misnamed) in others {
            tally.misnamed(&name, &misnamed);
        }
        self.tell_before(tally)
    }

    /// Counts what was here before, with what it still needs. What came in this run has been told already; but where another copy
    /// has added something meanwhile, its run may tell nobody who hears this one.
    fn tell_before(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        let digests: Vec<Digest> = self.before.iter().map(|before| before.digest).collect();
        let store = self.registry.store();
        let size = store.log_size().map_err(|error| of_store(&error))?;
        let is_alone = size.get() <= self.begun.get() + self.added;
        let until = if is_alone { self.begun } else { size };
        let unsettled = store.unsettled(&digests, until).map_err(|error| of_store(&error))?;
        for Before { digest, name, misnamed } in self.before.drain(..) {
            tally.here(&name, unsettled.get(&digest).copied());
            if let Some(misnamed) = misnamed {
                tally.misnamed(&name, &misnamed);
            }
        }
        Ok(())
    }

    /// Which of them are here by now, and the keys that their people are known by.
    fn by_now(&self, batch: &[Pending], now: Timestamp) -> Result<ByNow, Failure> {
        let judgements = || {
            batch.iter().filter_map(|pending| match pending {
                Pending::New(new) => Some(&new.judgement),
                Pending::Unusable { .. } => None,
            })
        };
        let digests: Vec<Digest> = judgements().flat_map(digests).collect();
        let store = self.registry.store();
        let mut by_now = ByNow::default();
        let told = store.at_one_moment(&mut || {
            by_now.here = match self.bench.again {
                Again::No => store.known(&digests)?,
                Again::Yes => store.collected(&digests)?,
            };
            for person in judgements().filter_map(Judgement::person) {
                if let Entry::Vacant(vacant) = by_now.keys.entry(person) {
                    let keys = store.keys(vacant.key(), now)?;
                    vacant.insert(keys);
                }
            }
            Ok(())
        });
        told.map_err(|error| of_store(&error))?;
        by_now.here.extend(digests.iter().filter(|digest| self.pretended.contains(digest)));
        for (person, keys) in &mut by_now.keys {
            if let Some(pinned) = self.pinned.get(person) {
                keys.clone_from(pinned);
            }
        }
        Ok(by_now)
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

    /// What shows the attempts before the first one of a record: one that is here, or one that is written with it.
    fn attempts_before(
        &self,
        judgement: &Judgement,
        changes: &[Change],
        now: Timestamp,
    ) -> Result<Option<AttemptsBefore>, Failure> {
        let Some(claims) = judgement.beginning_later() else { return Ok(None) };
        let store = self.registry.store();
        let bytes = |digest: &Digest| {
            records(changes).find(|(_, record)| record.digest == *digest).map(|(_, record)| &*record.bytes)
        };
        let signed_before = Desk::signed_before(store, claims, bytes).map_err(|error| of_store(&error))?;
        let mut beside =
            records(changes).filter(|(_, record)| before::is_candidate(record, claims, &signed_before));
        match beside.find_map(|(_, record)| before::shown(&record.bytes, claims)) {
            Some(shown) => Ok(Some(shown)),
            None => {
                Desk::attempts_before(store, claims, &signed_before, now).map_err(|error| of_store(&error))
            }
        }
    }

    /// The fate by what is known now; the time of receipt is now, so that the log is in order.
    fn fate(&self, judgement: Judgement, known: Known, keys: &mut Keys, now: Timestamp) -> Fate {
        let terms = &self.bench.desk.terms;
        let Some(keys) = judgement.person().and_then(|person| keys.get_mut(&person)) else {
            return at(judgement.fate(&known, terms), now);
        };
        let fate = at(judgement.fate(&Known { keys: keys.clone(), ..known }, terms), now);
        if let Fate::Stored(stored) = &fate
            && stored.record.pins
        {
            *keys = vec![stored.record.key.clone()];
        }
        fate
    }

    fn save(&mut self, lock: &Lock, changes: &[Change]) -> Result<(), Failure> {
        if changes.is_empty() {
            return Ok(());
        }
        let appended = self.registry.append(lock, changes)?;
        self.added += changes.len() as u64;
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
    /// When the first attempt began, when that is not the first one of all.
    fn first_attempt(&self) -> Option<Timestamp> {
        match self {
            Self::New(new) => Some(new.judgement.beginning_later()?.attempts.first()?.started_at),
            Self::Unusable { .. } => None,
        }
    }

    /// The digest of the file as it came.
    fn file(&self) -> Option<Digest> {
        match self {
            Self::New(new) => Some(new.judgement.arrival().digest),
            Self::Unusable { .. } => None,
        }
    }
}

fn at(mut fate: Fate, now: Timestamp) -> Fate {
    match &mut fate {
        Fate::Stored(stored) => stored.record.at = now,
        Fate::Aside(aside) => aside.arrival.at = now,
    }
    fate
}

/// By what a file is known.
fn digests(judgement: &Judgement) -> impl Iterator<Item = Digest> + use<> {
    [Some(judgement.arrival().digest), judgement.record()].into_iter().flatten()
}
