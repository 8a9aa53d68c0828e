//! A drop folder: what is there, and what comes, until somebody stops it.
//!
//! The folder is looked through again and again, because network shares tell nobody what happens in them; where the
//! operating system tells, it is looked at sooner. A file is taken when it is the same at two looks in a row: whoever
//! copies one in may take their time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{RecursiveMode, Watcher as _};

use super::super::super::Outcome;
use super::super::super::error::Failure;
use super::super::open::Registry;
use super::super::said::counted;
use super::Collector;
use super::ahead::Step;
use super::tally::{Dry, Ended, Tally};
use crate::clock::{Clock as _, SystemClock};

/// How long a folder rests between two looks.
const REST: Duration = Duration::from_secs(10);
/// How long it rests when a file may still be written.
const SHORT_REST: Duration = Duration::from_secs(2);
/// For how long a file of which only the beginning is there is left alone: whoever copies it over a slow line, or was asked something in
/// between, goes on later, and what was put aside stays in the log.
const PIECES: Duration = Duration::from_mins(5);
/// How often it is asked whether somebody wants to stop.
const STEP: Duration = Duration::from_millis(100);

pub(super) fn run(
    collector: &Collector<'_>,
    folder: &Path,
    registry: &mut Registry,
) -> Result<Outcome, Failure> {
    if !folder.is_dir() {
        return Err(Failure::new(format!("{} is not a folder", folder.display()))
            .hint("name the folder where records arrive"));
    }
    let printer = collector.printer;
    let (told, _watcher) = listen(folder);
    printer.talk(&format!("collecting from {} until you press Ctrl-C", folder.display()));
    let patience = match collector.dry {
        Dry::Yes => Duration::ZERO,
        Dry::No => PIECES,
    };
    let mut settled = Settled { patience, ..Settled::default() };
    let mut outcome = Outcome::Fine;
    let mut sight = Sight::There;
    let mut trouble = Trouble::default();
    let paths = [folder.to_owned()];
    while !collector.stop.load(Ordering::Relaxed) {
        (settled.waiting, settled.left) = (0, 0);
        if let Some(words) = sight.look(folder.is_dir()) {
            printer.talk(&format!("{} {words}", folder.display()));
        }
        if sight == Sight::Gone && collector.dry == Dry::No {
            rest(collector, REST, None);
            continue;
        }
        let looked = trouble
            .made_up_for(collector, registry)
            .and_then(|()| collector.collect(&paths, registry, Some(&mut settled)));
        let (tally, failure) = match looked {
            Ok((tally, Ended::Failed(failure))) => (Some(tally), Some(failure)),
            Ok((tally, Ended::ByItself | Ended::Stopped)) => (Some(tally), None),
            Err(failure) => (None, Some(failure)),
        };
        // Of a look that failed only what is stored: all the rest comes again.
        let is_told = |tally: &Tally| if failure.is_some() { tally.stored() > 0 } else { tally.has_news() };
        if let Some(tally) = tally.filter(is_told) {
            printer.line(&collector.environment.calendar.day_and_time(SystemClock.now()))?;
            tally.print(collector.dry, collector.environment.calendar, printer)?;
            if tally.has_findings() {
                outcome = Outcome::Findings;
            }
        }
        if let Some(failure) = failure {
            // Nothing was to be kept, so nothing is lost.
            if collector.dry == Dry::Yes {
                return Err(failure);
            }
            settled.given_up();
            outcome = Outcome::Findings;
            if trouble.is_news(&failure) {
                printer.failure(&failure);
                printer.talk("it is tried again until it works, or until you press Ctrl-C");
            }
            rest(collector, REST, None);
            continue;
        }
        trouble = Trouble::default();
        settled.handled();
        if collector.dry == Dry::Yes && settled.waiting == 0 {
            break;
        }
        rest(collector, if settled.waiting > 0 { SHORT_REST } else { REST }, told.as_ref());
    }
    if settled.left > 0 {
        let files = counted(settled.left, "file ends", "files end");
        printer
            .talk(&format!("{files} in the middle, and may still be copied: collect the folder again later"));
        outcome = Outcome::Findings;
    }
    Ok(outcome)
}

/// Whether the folder was there at the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    There,
    /// Somebody moved it, or the share that it is on is not connected.
    Gone,
}

impl Sight {
    /// What there is to say of it now: only what is new, or a night without the share would be a thousand lines.
    fn look(&mut self, is_there: bool) -> Option<&'static str> {
        let (before, now) = (*self, if is_there { Self::There } else { Self::Gone });
        *self = now;
        match (before, now) {
            (Self::There, Self::Gone) => Some("is gone; waiting until it is there again"),
            (Self::Gone, Self::There) => Some("is there again"),
            (Self::There, Self::There) | (Self::Gone, Self::Gone) => None,
        }
    }
}

/// Why the last look came to nothing: the registry was busy, the disk full.
#[derive(Debug, Default)]
struct Trouble(Option<(String, Vec<String>)>);

impl Trouble {
    /// Makes up for what a look that came to nothing may have left out.
    fn made_up_for(&self, collector: &Collector<'_>, registry: &mut Registry) -> Result<(), Failure> {
        match &collector.receipts {
            Some(receipts) if self.0.is_some() => receipts.catch_up(registry),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether there is something to say of it: not the same as at the look before.
    fn is_news(&mut self, failure: &Failure) -> bool {
        let words = Some((failure.message.clone(), failure.causes.clone()));
        let is_news = self.0 != words;
        self.0 = words;
        is_news
    }
}

/// Waits for the next look.
fn rest(collector: &Collector<'_>, longest: Duration, told: Option<&Receiver<()>>) {
    let begun = Instant::now();
    let mut woken = false;
    // A file that just came needs a moment, too.
    while begun.elapsed() < if woken { SHORT_REST.min(longest) } else { longest } {
        if collector.stop.load(Ordering::Relaxed) {
            return;
        }
        woken |= told.is_some_and(|told| told.try_iter().count() > 0);
        std::thread::sleep(STEP);
    }
}

/// The operating system's word that something happened; none where it does not tell.
fn listen(folder: &Path) -> (Option<Receiver<()>>, Option<notify::RecommendedWatcher>) {
    let (tell, told) = mpsc::sync_channel(1);
    let heard = move |event: notify::Result<notify::Event>| {
        // Our own reading is an event, too.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = tell.try_send(());
        }
    };
    let watcher = notify::recommended_watcher(heard).and_then(|mut watcher| {
        watcher.watch(folder, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    match watcher {
        Ok(watcher) => (Some(told), Some(watcher)),
        Err(_) => (None, None),
    }
}

/// Which files have been the same for long enough, and which are done. Names are kept as hashes of 64 bits: a million
/// of them need no more than some tens of megabytes.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// With a secret, so that nobody can name a file so that it is taken for another one.
    hash: RandomState,
    /// By path: size and time of change as they were at the last look.
    seen: BTreeMap<u64, u64>,
    /// What was taken at this look, by path: path, size and time of change.
    taken: BTreeMap<u64, u64>,
    /// The paths of which a fault is told at this look.
    faults: BTreeSet<u64>,
    /// The same of what was handled; and the paths of which a fault was told.
    done: BTreeSet<u64>,
    /// How many were not taken at this look because they may still be written.
    waiting: u64,
    /// How many were left at this look because only the beginning is there.
    left: usize,
    /// Since when there is only the beginning of a file, by its path, and of which size and time of change.
    pieces: BTreeMap<u64, (u64, Instant)>,
    /// For how long such a file is left.
    patience: Duration,
}

impl Settled {
    /// Whether a file is to be taken now, or a fault to be told.
    #[must_use = "what was taken once is not taken again"]
    pub(super) fn takes(&mut self, step: &Step) -> bool {
        match step {
            Ok(lead) => self.takes_file(lead.path()),
            Err(error) => self.takes_fault(error.path()),
        }
    }

    /// Whether a file is to be taken now: it has not changed since the last look and was not handled as it is.
    fn takes_file(&mut self, path: &Path) -> bool {
        let Ok(state) = fs::metadata(path).map(|metadata| (metadata.len(), metadata.modified().ok())) else {
            // It is gone or cannot be looked at; reading it will say why.
            return true;
        };
        let (name, state) = (self.hash.hash_one(path), self.hash.hash_one(state));
        let whole = self.hash.hash_one((name, state));
        if self.done.contains(&whole) {
            return false;
        }
        if self.seen.get(&name) != Some(&state) {
            self.seen.insert(name, state);
            self.waiting += 1;
            return false;
        }
        self.taken.insert(name, whole);
        true
    }

    /// Whether a file that was taken, and that ends in the middle, is left for a later look.
    #[must_use = "what is left and read all the same is told again"]
    pub(super) fn leaves(&mut self, path: &Path) -> bool {
        let name = self.hash.hash_one(path);
        let Some(whole) = self.taken.get(&name) else { return false };
        let piece = self.pieces.entry(name).or_insert_with(|| (*whole, Instant::now()));
        if piece.0 != *whole {
            *piece = (*whole, Instant::now());
        }
        let leaves = piece.1.elapsed() < self.patience;
        if leaves {
            self.taken.remove(&name);
            self.left += 1;
        }
        leaves
    }

    /// A file that was taken could not be read: it is tried again at the next look. Whether it is to be told: once.
    #[must_use = "a fault is to be told once"]
    pub(super) fn failed(&mut self, path: &Path) -> bool {
        self.taken.remove(&self.hash.hash_one(path));
        self.takes_fault(path)
    }

    /// Whether something that is no file is to be told: once.
    fn takes_fault(&mut self, path: &Path) -> bool {
        let name = self.hash.hash_one(path);
        !self.done.contains(&name) && self.faults.insert(name)
    }

    /// What was taken is stored, put aside, or told.
    fn handled(&mut self) {
        for (name, whole) in std::mem::take(&mut self.taken) {
            self.seen.remove(&name);
            self.pieces.remove(&name);
            self.done.insert(whole);
            // Should it become unreadable again, that is news.
            self.done.remove(&name);
        }
        self.done.append(&mut self.faults);
    }

    /// Some of what was taken may not be stored, and of some faults nothing was told: all of it comes again.
    fn given_up(&mut self) {
        self.taken.clear();
        self.faults.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{self, Privacy};

    #[test]
    fn a_file_is_taken_once_when_it_has_not_changed_between_two_looks() {
        let folder = files::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        let mut settled = Settled::default();
        files::write_new(&path, b"{", Privacy::Shared).expect("written");
        assert!(!settled.takes_file(&path), "it was never seen");
        files::replace(&path, b"{\"a\":1", Privacy::Shared).expect("written");
        assert!(!settled.takes_file(&path), "it has grown");
        assert_eq!(settled.waiting, 2);
        assert!(settled.takes_file(&path));
        settled.given_up();
        assert!(settled.takes_file(&path), "it was taken and could not be stored");
        settled.handled();
        assert!(!settled.takes_file(&path), "it was handled");
        files::replace(&path, b"{\"a\":1}", Privacy::Shared).expect("written");
        assert!(!settled.takes_file(&path), "it is another one");
        assert!(settled.takes_file(&path));
    }

    /// A copy that paused for some seconds was put aside, and stayed in the log beside the whole that came later.
    #[test]
    fn the_beginning_of_a_file_is_left_for_a_while() {
        let folder = files::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        files::write_new(&path, b"{", Privacy::Shared).expect("written");
        let mut settled = Settled { patience: Duration::MAX, ..Settled::default() };
        settled.takes_file(&path);
        for _ in 0..3 {
            assert!(settled.takes_file(&path) && settled.leaves(&path), "somebody may go on");
            settled.handled();
        }
        settled.patience = Duration::ZERO;
        assert!(settled.takes_file(&path) && !settled.leaves(&path), "nobody goes on");
        settled.handled();
        assert!(!settled.takes_file(&path), "it was put aside");
        assert!(settled.pieces.is_empty());
    }

    /// Every look at a share that was not connected was told, six times a minute.
    #[test]
    fn a_folder_that_is_gone_is_told_once() {
        let mut sight = Sight::There;
        let said = [true, false, false, false, true, true, false].map(|is_there| sight.look(is_there));
        let gone = Some("is gone; waiting until it is there again");
        assert_eq!(said, [None, gone, None, None, Some("is there again"), None, gone]);
    }

    /// A share that was away for a moment, a virus scanner that held the file: it was never tried again.
    #[test]
    fn a_file_that_cannot_be_read_is_told_once_and_tried_again() {
        let folder = files::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        files::write_new(&path, b"{", Privacy::Shared).expect("written");
        let mut settled = Settled::default();
        let mut try_it = || {
            let takes = settled.takes_file(&path);
            let told = takes && settled.failed(&path);
            settled.handled();
            (takes, told)
        };
        assert_eq!([try_it(), try_it(), try_it()], [(false, false), (true, true), (true, false)]);
        assert!(settled.takes_file(&path));
        settled.handled();
        assert!(!settled.takes_file(&path), "it was read");
        let gone = Path::new("gone.json");
        assert!(settled.takes_file(gone) && settled.failed(gone));
        assert!(settled.takes_file(gone) && !settled.failed(gone));
        settled.given_up();
        assert!(settled.failed(gone), "the look came to nothing, so nobody was told");
        settled.handled();
        assert!(!settled.failed(gone), "it was told");
    }

    #[test]
    fn the_same_trouble_is_told_once() {
        let mut trouble = Trouble::default();
        let said = ["busy", "busy", "full", "busy"].map(|words| trouble.is_news(&Failure::new(words)));
        assert_eq!(said, [true, false, true, true]);
    }
}
