//! The registry as a dashboard is told of it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use zeroize::Zeroizing;

use super::super::super::error::Failure;
use super::super::by_digest::Prefix;
use super::super::dates::AsOf;
use super::super::hr_key::refused;
use super::super::open::{Registry, now_by, of_store};
use super::super::people::Basis;
use super::super::quarantine::aside_that_begins;
use super::super::registry::Home;
use super::super::review::{aside_file, enter, record_file};
use super::super::soundness::Soundness;
use super::reader::{self, Wanted};
use super::watch::Watch;
use crate::clock::{Calendar, Clock as _, SystemClock, Timestamp};
use crate::digest::Digest;
use crate::log::Size;
use crate::record::key::KeyError;
use crate::registry::PersonNumber;
use crate::registry::office::{
    AsideFile, News, Office, Overview, PersonFile, RecordFile, Ruling, Trouble, TroubleKind,
};
use crate::shell::{Commands, Wording};
use crate::store::registry::RegistryStore as _;
use crate::store::registry::sqlite::SqliteRegistry;
use crate::tui::terminal::Bell;

/// What was read in less than this is read again by itself when the registry has changed.
const CHEAP: Duration = Duration::from_millis(1500);

/// The registry as a dashboard is told of it.
pub(super) struct RealOffice {
    home: Home,
    calendar: Calendar,
    expiring: u32,
    /// How commands are told.
    commands: Commands,
    store: SqliteRegistry,
    seal: Seal,
    /// By what statuses are reckoned at the moment that is shown.
    basis: Option<Arc<Basis>>,
    teller: Teller,
    told: Receiver<Told>,
    /// Ends the reading that is under way.
    reading: Option<Arc<AtomicBool>>,
    /// How long the last reading took, and how long the log was then.
    last: Option<(Duration, Size)>,
    /// The moment that is shown or being read; the present when none is named.
    at: Option<Timestamp>,
    /// The moment that is shown.
    shown: Option<Timestamp>,
    deciding: Option<JoinHandle<()>>,
    _watch: Option<Watch>,
}

/// What is open of a registry, and what is to be said of it first.
struct Opened {
    store: SqliteRegistry,
    seal: Seal,
    notices: Vec<Wording>,
}

/// What is known of HR's key without opening it. Where it cannot be read, the log says whose registry it is.
struct Seal {
    /// The did:keys whose assignments count.
    assigners: Vec<String>,
    /// Whether deciding needs a passphrase.
    is_protected: bool,
}

impl Opened {
    fn of(home: &Home, calendar: Calendar) -> Result<Self, Failure> {
        let registry = Registry::examine(home)?;
        let mut notices = Vec::from_iter(registry.without_key());
        if let Some(failure) = registry.doubt()? {
            notices.push(Wording::from(failure.message));
            notices.extend(failure.hints);
        }
        notices.extend(registry.clock_notice()?.map(Wording::from));
        let soundness = Soundness::at_a_look(&registry)?;
        if soundness.presses(SystemClock.now()) {
            notices.push(soundness.words(calendar));
        }
        let store = Registry::reader(home).map_err(|error| of_store(&error))?;
        let seal = Seal { assigners: registry.assigners(), is_protected: registry.key_is_protected() };
        Ok(Self { store, seal, notices })
    }
}

/// What other threads tell.
#[derive(Debug)]
pub(super) enum Told {
    /// So many people were read so far, by the reading that this ends.
    Reading(Arc<AtomicBool>, u64),
    /// Everything was read.
    Read(Box<Read>),
    /// It could not be read.
    NotRead(Arc<AtomicBool>, Failure),
    /// A decision was entered.
    Decided(Ruling),
    /// It was not.
    NotDecided(Ruling, Trouble),
    /// Something happened in the folder of the registry.
    Touched,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    /// Which reading it was.
    pub(super) ends: Arc<AtomicBool>,
    pub(super) overview: Overview,
    pub(super) basis: Arc<Basis>,
    pub(super) took: Duration,
    /// How long the log was before it was read.
    pub(super) size: Size,
}

/// Tells the office something and wakes the face.
#[derive(Debug, Clone)]
pub(super) struct Teller {
    tell: Sender<Told>,
    bell: Arc<OnceLock<Bell>>,
}

impl Teller {
    /// Whether anybody still listens.
    pub(super) fn tell(&self, told: Told) -> bool {
        let listening = self.tell.send(told).is_ok();
        self.bell.get().into_iter().for_each(Bell::ring);
        listening
    }

    /// From now on the face is woken by this bell.
    pub(super) fn use_bell(&self, bell: Bell) {
        // Something may have been told before there was a bell.
        bell.ring();
        drop(self.bell.set(bell));
    }
}

impl RealOffice {
    /// The office of the registry in this folder, and what is to be said first.
    pub(super) fn open(
        home: &Home,
        calendar: Calendar,
        expiring: u32,
        commands: Commands,
    ) -> Result<(Self, Vec<String>), Failure> {
        let Opened { store, seal, notices } = Opened::of(home, calendar)?;
        let (tell, told) = mpsc::channel();
        let teller = Teller { tell, bell: Arc::default() };
        // Where the operating system tells nothing, a key reads the registry again.
        let watch = Watch::begin(home, teller.clone()).ok();
        let office = Self {
            home: home.clone(),
            calendar,
            expiring,
            commands,
            store,
            seal,
            basis: None,
            teller,
            told,
            reading: None,
            last: None,
            at: None,
            shown: None,
            deciding: None,
            _watch: watch,
        };
        Ok((office, spelled(notices, commands)))
    }

    pub(super) fn teller(&self) -> Teller {
        self.teller.clone()
    }

    fn assigners(&self) -> Vec<String> {
        self.seal.assigners.clone()
    }

    /// Whether this is the reading that is waited for.
    fn is_current(&self, ends: &Arc<AtomicBool>) -> bool {
        self.reading.as_ref().is_some_and(|current| Arc::ptr_eq(current, ends))
    }

    fn news_of(&mut self, told: Told) -> Option<News> {
        match told {
            Told::Reading(ends, people) => self.is_current(&ends).then_some(News::Reading(people)),
            Told::Read(read) if self.is_current(&read.ends) => {
                let Read { overview, basis, took, size, .. } = *read;
                self.reading = None;
                self.shown = self.at;
                self.look_again();
                self.basis = Some(basis);
                self.last = Some((took, size));
                // What was written meanwhile was told and not listened to.
                self.teller.tell(Told::Touched);
                Some(News::Read(Box::new(overview)))
            }
            Told::NotRead(ends, failure) if self.is_current(&ends) => {
                self.reading = None;
                // What is shown is still of then.
                self.at = self.shown;
                Some(News::NotRead(trouble(failure, self.commands)))
            }
            // Another reading was begun since.
            Told::Read(_) | Told::NotRead(..) => None,
            Told::Decided(ruling) => Some(News::Decided(ruling)),
            Told::NotDecided(ruling, trouble) => Some(News::NotDecided(ruling, trouble)),
            Told::Touched => self.touched(),
        }
    }

    /// How long the log is now. A registry that is read as it stands is opened anew when its owner has written: what was
    /// open is of no use any more.
    fn look_again(&mut self) -> Option<Size> {
        if let Ok(size) = self.store.log_size() {
            return Some(size);
        }
        self.store = Registry::reader(&self.home).ok()?;
        self.store.log_size().ok()
    }

    /// Looks whether another file was put in the place of the database, or the log has grown since it was read. The past of
    /// one registry stays what it was.
    fn touched(&mut self) -> Option<News> {
        if !self.store.is_in_place() {
            return self.replaced();
        }
        let (took, size) = self.last.filter(|_| self.reading.is_none() && self.at.is_none())?;
        match self.look_again() {
            Some(now) if now == size => return None,
            Some(_) => {}
            // Not read by itself: whatever is wrong would be there again.
            None => return Some(News::Changed),
        }
        if took > CHEAP {
            return Some(News::Changed);
        }
        self.read(None);
        Some(News::Reading(0))
    }
}

impl RealOffice {
    /// Opens the file that was put in the place of the database, and begins to read it: nothing of the old one holds.
    fn replaced(&mut self) -> Option<News> {
        let Ok(Opened { store, seal, notices }) = Opened::of(&self.home, self.calendar) else {
            // Half of it is there, or nothing: whoever writes on is noticed again, and `r` says what is wrong.
            return self.reading.is_none().then_some(News::Changed);
        };
        (self.store, self.seal, self.last) = (store, seal, None);
        let said = format!(
            "{} is another file than before: it was restored or replaced. Everything is read anew from it.",
            self.home.database().display()
        );
        self.read(self.at);
        Some(News::Replaced([vec![said], spelled(notices, self.commands)].concat()))
    }

    /// Asks the registry that is in place now, also when nobody has told yet that it is another one.
    fn asked<T>(&self, ask: impl FnOnce(&SqliteRegistry) -> Result<T, Failure>) -> Result<T, Trouble> {
        let trouble = |failure| trouble(failure, self.commands);
        if self.store.is_in_place() {
            return ask(&self.store).map_err(trouble);
        }
        self.teller.tell(Told::Touched);
        let store = Registry::reader(&self.home).map_err(|error| trouble(of_store(&error)))?;
        ask(&store).map_err(trouble)
    }
}

impl Office for RealOffice {
    fn now(&self) -> Timestamp {
        // What cannot be read is told where it is read to be shown.
        now_by(&self.store).unwrap_or_else(|_| SystemClock.now())
    }

    fn moment(&self, typed: &str) -> Result<Option<Timestamp>, Trouble> {
        let typed = typed.trim();
        if typed.is_empty() || typed == "now" {
            return Ok(None);
        }
        let as_of = typed.parse::<AsOf>().map_err(Failure::new);
        as_of
            .and_then(|as_of| AsOf::or_now(Some(as_of), self.calendar, self.now()))
            .map(Some)
            .map_err(|failure| trouble(failure, self.commands))
    }

    fn read(&mut self, at: Option<Timestamp>) {
        if let Some(reading) = self.reading.take() {
            reading.store(true, Ordering::Relaxed);
        }
        self.at = at;
        let ends = Arc::new(AtomicBool::new(false));
        self.reading = Some(Arc::clone(&ends));
        let wanted = Wanted { at, calendar: self.calendar, expiring: self.expiring };
        let (home, teller) = (self.home.clone(), self.teller());
        let begun = thread::Builder::new().name("registry reader".to_owned()).spawn({
            let ends = Arc::clone(&ends);
            move || reader::read(&home, &wanted, &ends, &teller)
        });
        if let Err(error) = begun {
            self.teller.tell(Told::NotRead(ends, Failure::new("cannot begin to read").because(&error)));
        }
    }

    fn news(&mut self) -> Option<News> {
        while let Ok(told) = self.told.try_recv() {
            if let Some(news) = self.news_of(told) {
                return Some(news);
            }
        }
        None
    }

    fn person(&self, number: &PersonNumber, at: Timestamp) -> Result<Option<PersonFile>, Trouble> {
        let (dossier, decisions) = self.asked(|store| {
            let dossier = store.dossier(number, at).map_err(|error| of_store(&error))?;
            Ok((dossier, store.decisions(number, at).map_err(|error| of_store(&error))?))
        })?;
        Ok(dossier.map(|dossier| {
            let standing = match &self.basis {
                Some(basis) => basis.reckoning(at, self.expiring).standing(&dossier),
                None => BTreeMap::new(),
            };
            PersonFile { dossier, standing, decisions }
        }))
    }

    fn record(&self, digest: &Digest) -> Result<RecordFile, Trouble> {
        self.asked(|store| record_file(store, self.assigners(), digest, now_by(store)?))
    }

    fn aside(&self, file: &Digest) -> Result<AsideFile, Trouble> {
        self.asked(|store| {
            let found = aside_that_begins(store, &Prefix::of(&file.hex())?)?;
            aside_file(store, self.assigners(), &found, now_by(store)?)
        })
    }

    fn key_is_protected(&self) -> bool {
        self.seal.is_protected
    }

    fn decide(&mut self, ruling: Ruling, passphrase: Option<Zeroizing<String>>) {
        self.finish_deciding();
        let (home, calendar, teller) = (self.home.clone(), self.calendar, self.teller());
        let commands = self.commands;
        let asked = ruling.clone();
        // The key takes a moment to open, and another running copy may hold the lock.
        let begun = thread::Builder::new().name("decision".to_owned()).spawn(move || {
            let passphrase = passphrase.as_ref().map(|text| text.as_str());
            let told = match decide(&home, calendar, commands, &ruling, passphrase) {
                Ok(()) => Told::Decided(ruling),
                Err(trouble) => Told::NotDecided(ruling, trouble),
            };
            teller.tell(told);
        });
        match begun {
            Ok(thread) => self.deciding = Some(thread),
            Err(error) => {
                let failure = Failure::new("cannot begin to decide").because(&error);
                self.teller.tell(Told::NotDecided(asked, trouble(failure, commands)));
            }
        }
    }

    fn settle(&mut self) {
        self.finish_deciding();
    }
}

impl RealOffice {
    /// What came of a decision that the face did not live to hear of, because the terminal was closed or a signal ended it.
    /// Waits for it: it is in the log then, or it is said that it is not.
    pub(super) fn unheard(&mut self) -> Option<Result<Ruling, (Ruling, Trouble)>> {
        self.finish_deciding();
        let mut told = std::iter::from_fn(|| self.told.try_recv().ok());
        told.find_map(|told| match told {
            Told::Decided(ruling) => Some(Ok(ruling)),
            Told::NotDecided(ruling, trouble) => Some(Err((ruling, trouble))),
            Told::Reading(..) | Told::Read(_) | Told::NotRead(..) | Told::Touched => None,
        })
    }

    fn finish_deciding(&mut self) {
        if let Some(thread) = self.deciding.take() {
            // Whoever panicked has said so.
            let _ = thread.join();
        }
    }
}

impl Drop for RealOffice {
    fn drop(&mut self) {
        if let Some(reading) = &self.reading {
            reading.store(true, Ordering::Relaxed);
        }
        // What is being entered is entered, with its signed head.
        self.finish_deciding();
    }
}

/// Enters a decision as `hr review` does.
fn decide(
    home: &Home,
    calendar: Calendar,
    commands: Commands,
    ruling: &Ruling,
    passphrase: Option<&str>,
) -> Result<(), Trouble> {
    let trouble = |failure| trouble(failure, commands);
    let mut registry = Registry::examine(home).map_err(trouble)?;
    // Before anybody's passphrase is tried for nothing.
    registry.clock().map_err(trouble)?;
    if registry.without_key().is_none()
        && let Some(failure) = registry.doubt().map_err(trouble)?
    {
        return Err(trouble(failure));
    }
    registry.unlock_with(passphrase).map_err(trouble)?.map_err(|error| {
        let kind = match error {
            KeyError::PassphraseNeeded | KeyError::WrongPassphrase | KeyError::EmptyPassphrase => {
                TroubleKind::Passphrase
            }
            KeyError::Form(_)
            | KeyError::Mismatch
            | KeyError::Cost
            | KeyError::Newer
            | KeyError::Randomness
            | KeyError::Memory => TroubleKind::Other,
        };
        Trouble { kind, ..trouble(refused(&home.key(), &error)) }
    })?;
    let entered = Prefix::of(&ruling.record.hex()).and_then(|prefix| {
        enter(&mut registry, &prefix, calendar, ruling.decision, &ruling.by, &ruling.reason)
    });
    entered.map(drop).map_err(trouble)
}

fn spelled(notices: Vec<Wording>, commands: Commands) -> Vec<String> {
    notices.into_iter().map(|notice| commands.spelled(notice)).collect()
}

/// Why, as a face says it.
fn trouble(failure: Failure, commands: Commands) -> Trouble {
    let said = [failure.message.clone()].into_iter();
    let messages = said.chain(failure.details.clone()).chain(failure.causes.clone()).collect();
    Trouble { kind: TroubleKind::Other, messages, hints: failure.hints_in_face(commands) }
}
