//! An open registry, and the one way to append to it.
//!
//! Whoever appends holds the lock of the folder, compares the log with the head that was signed last, saves, and signs the
//! new head. So no head is signed that contradicts an earlier one, and a database that was put back to an old state is
//! noticed before anything is built on it.

mod clock;
mod head;
mod kept;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::hr_key::HrKey;
use super::registry::Home;
use crate::clock::{Clock as _, SystemClock, Timestamp};
use crate::files::{self, Privacy};
use crate::log::{Checkpoint, Note, Origin, Relation, VerifierKey};
use crate::record::did::PublicKey;
use crate::record::key::SecretKey;
use crate::registry::Change;
use crate::shell::Wording;
use crate::store::StoreError;
use crate::store::registry::sqlite::SqliteRegistry;
use crate::store::registry::{KeptCheckpoint, RegistryStore, Saved};
pub(in crate::cli::hr) use clock::now_by;
pub(super) use head::move_away;
pub(in crate::cli) use head::{Head, not_kept, opened_with};
pub(in crate::cli) use kept::{NotAHead, head_in};

/// How somebody goes on where the head that was signed last is lost.
const GO_ON: &str = "countersign hr log checkpoint signs the log as it is; then go on";
/// What a doubt about the log means.
const NOTHING_ADDED: &str = "nothing can be added to it now; countersign hr log verify says what is wrong";

/// For how long another running copy may append before it is said that it is waited for: most are done sooner.
const UNTOLD: Duration = Duration::from_millis(700);
/// How often it is looked whether it has finished, until then.
const STEP: Duration = Duration::from_millis(20);

/// An open registry.
pub(in crate::cli) struct Registry {
    home: Home,
    store: SqliteRegistry,
    /// None where only the registry is: with whoever was given a copy to read, or after the key was lost.
    hr: Option<HrKey>,
    log: VerifierKey,
    key: Option<SecretKey>,
    /// Where it is said that another running copy is waited for; nowhere while a full-screen face is shown.
    voice: Option<Printer>,
    /// Whether something was said of its log, or of the clock, when it was opened.
    is_doubted: bool,
}

/// What was appended, and the signed head that has it.
#[derive(Debug)]
pub(in crate::cli) struct Appended {
    /// Where the entries stand in the log.
    pub(in crate::cli) saved: Saved,
    /// The head of the log with them.
    pub(in crate::cli) note: Note,
}

/// For what a registry is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Purpose {
    /// At how things stand now, see [`Registry::now`].
    Look,
    /// At all that there is, whatever the clock says.
    LookAtAll,
    Append,
}

/// While it lives, no other running copy appends.
#[derive(Debug)]
#[must_use = "nothing is locked any more when it is gone"]
pub(in crate::cli) struct Lock(#[expect(dead_code, reason = "closing the file lets go of the lock")] File);

impl Registry {
    /// Opens the registry of this folder. When its log does not continue the last signed head, or that is missing, it is
    /// said; nothing can be appended then.
    pub(in crate::cli) fn open(home: &Home, printer: Printer) -> Result<Self, Failure> {
        Self::open_to(Purpose::Look, home, printer)
    }

    /// The same for what somebody is about to do; what could not be done is refused before anything is worked out for it.
    pub(in crate::cli) fn open_to(purpose: Purpose, home: &Home, printer: Printer) -> Result<Self, Failure> {
        let mut registry = Self { voice: Some(printer), ..Self::examine(home)? };
        if let Some(words) = registry.without_key() {
            printer.advise(Wording::from("note: ").with(words));
        }
        match (registry.doubt()?, purpose) {
            (Some(failure), Purpose::Append) => return Err(failure),
            (Some(failure), Purpose::Look | Purpose::LookAtAll) => registry.warn(&failure, printer),
            (None, _) => {}
        }
        match purpose {
            // What comes later is not seen under such a clock, and advice would be about what is there.
            Purpose::Append => {
                registry.clock()?;
                // Whoever is killed while the head is written leaves it under another name.
                files::remove_leftovers(home.folder(), SystemClock.now().system_time());
            }
            Purpose::Look => {
                if let Some(notice) = registry.clock_notice()? {
                    registry.warn(&Failure::new(notice), printer);
                }
            }
            Purpose::LookAtAll => {
                if let Some(behind) = registry.clock_behind()? {
                    registry.warn(&Failure::new(format!("{behind}: nothing can be added now")), printer);
                }
            }
        }
        Ok(registry)
    }

    fn warn(&mut self, failure: &Failure, printer: Printer) {
        printer.warning(failure);
        self.is_doubted = true;
    }

    /// How a command ends that only looked, and would end so if nothing had been said of the log.
    pub(in crate::cli) fn looked(&self, outcome: Outcome) -> Outcome {
        if self.is_doubted { Outcome::Findings } else { outcome }
    }

    /// The database alone, to read from it beside others.
    pub(in crate::cli) fn reader(home: &Home) -> Result<SqliteRegistry, StoreError> {
        SqliteRegistry::open(&home.database())
    }

    /// Uses a key that is open already, such as one that was just made.
    pub(in crate::cli) fn use_key(&mut self, key: SecretKey) {
        self.key = Some(key);
    }

    /// Opens HR's key, so that it can be appended; asks for its passphrase if it has one. Refused when the computer's
    /// clock is so wrong that nothing could be appended.
    pub(in crate::cli) fn unlock(&mut self, printer: Printer) -> Result<&SecretKey, Failure> {
        self.clock()?;
        self.voice = Some(printer);
        let key = match self.key.take() {
            Some(key) => key,
            None => self.hr_key()?.open(printer)?,
        };
        Ok(self.key.insert(key))
    }

    /// Remembers how rosters are read. This is no evidence and stands in no log.
    pub(in crate::cli) fn remember_roster(
        &mut self,
        headers: &BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        self.store.set_roster_mapping(headers).map_err(|error| of_store(&error))
    }

    /// The folder.
    pub(in crate::cli) fn home(&self) -> &Home {
        &self.home
    }

    /// What is kept.
    pub(in crate::cli) fn store(&self) -> &dyn RegistryStore {
        &self.store
    }

    /// The did:keys whose assignments count here.
    pub(in crate::cli) fn assigners(&self) -> Vec<String> {
        vec![self.log.key().did()]
    }

    /// Makes every other running copy that wants to append wait.
    pub(in crate::cli) fn lock(&self) -> Result<Lock, Failure> {
        let path = self.home.lock();
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let locked = opened.and_then(|file| {
            self.wait_for(&file)?;
            Ok(Lock(file))
        });
        locked.map_err(|error| {
            Failure::new(format!("cannot lock {}", path.display()))
                .because(&error)
                .hint("keep the registry in a folder that you may write to, on a disk of this computer")
        })
    }

    /// Locks the file; what takes a while is said.
    fn wait_for(&self, file: &File) -> io::Result<()> {
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if begun.elapsed() < UNTOLD => thread::sleep(STEP),
                Err(TryLockError::WouldBlock) => break,
            }
        }
        if let Some(printer) = self.voice {
            printer.talk(&format!(
                "waiting: another countersign is adding to this registry and holds {}; what you asked for is done when it \
                 has finished",
                self.home.lock().display()
            ));
        }
        file.lock()
    }

    /// Keeps changes, signs the new head of the log and keeps it.
    ///
    /// The key must be unlocked.
    pub(in crate::cli) fn append(&mut self, lock: &Lock, changes: &[Change]) -> Result<Appended, Failure> {
        // Before anything is kept that could not be signed.
        self.require_ready()?;
        self.require_plausible(changes)?;
        // What is wrong beside that is told by what follows.
        if let Some(printer) = self.voice
            && self.store.is_held_for(UNTOLD).is_ok_and(|is_held| is_held)
        {
            printer.talk(&format!(
                "waiting: another program writes into {}; what you asked for is done when it has finished",
                self.home.database().display()
            ));
        }
        let saved = self.store.save(changes).map_err(|error| of_store(&error))?;
        Ok(Appended { saved, note: self.sign_head(lock)? })
    }

    /// Keeps a change of the moment that `change` is given, which follows from nothing that another copy may change meanwhile; opens
    /// HR's key for it.
    pub(in crate::cli) fn keep(
        &mut self,
        change: impl FnOnce(Timestamp) -> Change,
        printer: Printer,
    ) -> Result<(), Failure> {
        self.unlock(printer)?;
        let lock = self.lock()?;
        let change = change(self.now()?);
        self.append(&lock, &[change]).map(drop)
    }

    /// Signs the head of the log as it is, if it continues the last one, and keeps it.
    ///
    /// The key must be unlocked.
    pub(in crate::cli) fn head(&mut self, lock: &Lock) -> Result<Note, Failure> {
        self.require_ready()?;
        self.sign_head(lock)
    }

    /// Signs the head of the log as it is, whatever was signed before, and keeps it.
    fn sign_head(&mut self, _: &Lock) -> Result<Note, Failure> {
        let told = |error: StoreError| of_store(&error);
        let key = self.key()?;
        let size = self.store.log_size().map_err(told)?;
        let root = self.store.log_root(size).map_err(told)?.ok_or_else(|| {
            Failure::new("the log of the registry has no root")
                .hint("countersign hr log verify says what is wrong")
        })?;
        let note = Checkpoint { origin: self.log.origin().clone(), size, root }.sign(key);
        let bytes = note.to_string().into_bytes();
        self.store.keep_checkpoint(&KeptCheckpoint { size, note: bytes.clone() }).map_err(told)?;
        files::replace(&self.home.checkpoint(), &bytes, Privacy::Shared).map_err(|error| {
            Failure::file(format!("cannot write {}", self.home.checkpoint().display()), &error)
        })?;
        Ok(note)
    }

    /// Refuses unless the key is open and the log continues the last signed head: only then anything may be added and signed.
    fn require_ready(&self) -> Result<(), Failure> {
        match self.doubt()? {
            Some(failure) => Err(failure),
            None => self.key().map(drop),
        }
    }

    /// The head of the log as it was signed last.
    fn last_checkpoint(&self) -> Result<Option<Checkpoint>, Failure> {
        let path = self.home.checkpoint();
        head_in(&path, &self.log).map_err(|not_a_head| match not_a_head {
            NotAHead::Unreadable(failure) => failure,
            NotAHead::Foreign(failure) => {
                failure.hint(NOTHING_ADDED).hint("put hr.key and checkpoint of this registry back")
            }
            NotAHead::Damaged(failure) => {
                let way = failure.hint(NOTHING_ADDED).hint("put it back as it was, if you have it");
                way.hint(move_away(&path, GO_ON))
            }
        })
    }

    /// Refuses a log that does not go on from a head that was signed.
    fn require_continued(&self, last: &Checkpoint) -> Result<(), Failure> {
        let Some(what) = self.departure(last)? else { return Ok(()) };
        let folder = self.home.folder().display();
        Err(Failure::new(format!("the registry in {folder} was put back to an old state or changed: {what}"))
            .hint(NOTHING_ADDED)
            .hint("look for a newer copy of registry.db first, and restore that")
            .hint(
                Wording::from("if there is none: move ")
                    .and(self.home.checkpoint().display())
                    .then(" away and keep it for the auditor as evidence; ")
                    .then(GO_ON)
                    .then(", and collect again what is missing"),
            ))
    }

    /// In what the log does not go on from a head that was signed.
    fn departure(&self, head: &Checkpoint) -> Result<Option<String>, Failure> {
        Ok(match self.store.relation(head).map_err(|error| of_store(&error))? {
            Relation::Same | Relation::Extended(_) => None,
            Relation::RolledBack { present, older } => {
                Some(format!("its log has {present} entries, and had {older} when its head was signed last"))
            }
            Relation::Forked { older } => Some(format!(
                "the first {older} entries of its log are not those that its head was signed over"
            )),
        })
    }
}

/// The name and the key of a registry's log, by HR's key.
fn log_key(store: &dyn RegistryStore, did: &str) -> Result<VerifierKey, Failure> {
    let id = store.id().map_err(|error| of_store(&error))?;
    let origin: Origin =
        format!("countersign.example/registry/{id}").parse().expect("it has neither spaces nor plus signs");
    let key = PublicKey::from_did(did)
        .map_err(|error| Failure::new("HR's key cannot sign for the log").because(&error))?;
    Ok(VerifierKey::new(origin, key))
}

/// The registry could not do what it was asked for.
pub(in crate::cli) fn of_store(error: &StoreError) -> Failure {
    let failure = Failure::new("cannot use the registry").because(error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
