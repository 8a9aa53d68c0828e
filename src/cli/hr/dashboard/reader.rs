//! Reading a registry beside the face that shows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::super::super::error::Failure;
use super::super::open::{Registry, now_by, of_store};
use super::super::people::{self, Basis};
use super::super::registry::Home;
use super::super::review::{aside_note, claimant_in};
use super::office::{Read, Teller, Told};
use crate::clock::{Calendar, Timestamp};
use crate::printable;
use crate::record::verdict::Reading;
use crate::registry::listing::Builder;
use crate::registry::office::{AsideNote, Overview, Part, WaitingRecord};
use crate::store::StoreError;
use crate::store::registry::{RegistryStore, Waiting};

/// After so many people it is told how far it is.
const A_FEW: u64 = 5_000;
/// So many records that wait, and so many files that were put aside, are shown at most.
const MOST_SHOWN: usize = 1_000;

/// What is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// As it was known then, or is now.
    pub(super) at: Option<Timestamp>,
    /// Where days begin.
    pub(super) calendar: Calendar,
    /// Within how many days a completion that ends is expiring.
    pub(super) expiring: u32,
}

/// Reads everything and tells what came of it, unless `ends` says that nobody wants it any more.
pub(super) fn read(home: &Home, wanted: &Wanted, ends: &Arc<AtomicBool>, teller: &Teller) {
    let told = match overview(home, wanted, ends, teller) {
        Ok(read) => Told::Read(Box::new(read)),
        Err(failure) => Told::NotRead(Arc::clone(ends), failure),
    };
    if !ends.load(Ordering::Relaxed) {
        teller.tell(told);
    }
}

fn overview(home: &Home, wanted: &Wanted, ends: &Arc<AtomicBool>, teller: &Teller) -> Result<Read, Failure> {
    let begun = Instant::now();
    let store = Registry::reader(home).map_err(|error| of_store(&error))?;
    let size = store.log_size().map_err(|error| of_store(&error))?;
    let now = now_by(&store)?;
    let at = wanted.at.unwrap_or(now);
    let basis = Arc::new(Basis::load(&store, at)?);
    let mut builder = Builder::new(basis.reckoning(at, wanted.expiring), wanted.calendar, cells);
    let mut people = 0_u64;
    people::each(&store, at, |dossier| {
        builder.add(dossier);
        people += 1;
        if people.is_multiple_of(A_FEW) {
            teller.tell(Told::Reading(Arc::clone(ends), people));
        }
        wanted_still(ends)
    })?;
    let listing = builder.finish();
    wanted_still(ends)?;
    let overview = Overview {
        listing,
        titles: basis.titles.clone(),
        waiting: waiting(&store, now, ends)?,
        aside: aside(&store, ends)?,
    };
    Ok(Read { ends: Arc::clone(ends), overview, basis, took: begun.elapsed(), size })
}

/// How many cells of a terminal a text takes.
fn cells(text: &str) -> usize {
    printable::width(&printable::defuse(text))
}

fn wanted_still(ends: &AtomicBool) -> Result<(), Failure> {
    if ends.load(Ordering::Relaxed) { Err(Failure::new("nobody wants it any more")) } else { Ok(()) }
}

fn waiting(
    store: &dyn RegistryStore,
    now: Timestamp,
    ends: &AtomicBool,
) -> Result<Part<WaitingRecord>, Failure> {
    let (mut waiting, mut more) = (Vec::new(), 0);
    let visited = store.waiting(&mut |record| {
        if ends.load(Ordering::Relaxed) {
            return Err(StoreError::Impossible("nobody wants it any more"));
        }
        if waiting.len() < MOST_SHOWN {
            waiting.push(record);
        } else {
            more += 1;
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    // They wait now, so roster and courses are those of now, whatever the moment of the list is.
    let basis = Basis::load(store, now)?;
    let mut shown = Vec::with_capacity(waiting.len());
    for record in waiting {
        wanted_still(ends)?;
        shown.push(shown_of(record, store, &basis, now)?);
    }
    Ok(Part { shown, more })
}

fn shown_of(
    record: Waiting,
    store: &dyn RegistryStore,
    basis: &Basis,
    now: Timestamp,
) -> Result<WaitingRecord, Failure> {
    let told = |error| of_store(&error);
    let reading = store.record(&record.digest).map_err(told)?.map(|bytes| Reading::of(&bytes));
    let (claimant, reasons) = match &reading {
        Some(reading) => {
            let claimant = claimant_in(store, reading, now).map_err(told)?;
            (claimant, basis.reasons_by_now(&record, reading))
        }
        None => (None, record.reasons),
    };
    let Waiting { digest, person, course, received_at, .. } = record;
    Ok(WaitingRecord { digest, person, claimant, course, received_at, reasons })
}

/// The files that came last, in the order of receipt. One at a time is held; of the others what is shown.
fn aside(store: &dyn RegistryStore, ends: &AtomicBool) -> Result<Part<AsideNote>, Failure> {
    let mut shown = Vec::new();
    let number = store.latest_aside(MOST_SHOWN as u64, &mut |file| {
        if ends.load(Ordering::Relaxed) {
            return Err(StoreError::Impossible("nobody wants it any more"));
        }
        shown.push(aside_note(&file, &Reading::of(&file.bytes)));
        Ok(())
    });
    let number = number.map_err(|error| of_store(&error))?;
    shown.reverse();
    Ok(Part { more: number.saturating_sub(shown.len() as u64), shown })
}
