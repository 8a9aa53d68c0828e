//! The head of the log: what outsiders hold to see whether the log goes on from it.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use super::super::super::error::Failure;
use super::super::super::printer::Printer;
use super::super::hr_key::HrKey;
use super::super::registry::Home;
use super::kept::note_in;
use super::{GO_ON, NOTHING_ADDED, Registry, log_key, of_store};
use crate::log::{Checkpoint, Entry, Event, Index, Note, Receipt, Relation, Size, VerifierKey};
use crate::record::key::{KeyError, SecretKey};
use crate::shell::Wording;
use crate::store::registry::RegistryStore;

/// The head of the log, signed.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Head {
    /// How many entries it has.
    pub(in crate::cli) size: Size,
    /// The checkpoint.
    pub(in crate::cli) note: Note,
}

/// What to do with a checkpoint that is none of this log's, when nobody has the right one.
pub(in crate::cli::hr) fn move_away(checkpoint: &Path, then: impl Into<Wording>) -> Wording {
    Wording::from("if you do not have it: move ")
        .and(checkpoint.display())
        .then(" away and keep it for the auditor as evidence; ")
        .with(then)
}

impl Registry {
    /// Opens the registry to look at it, whatever its log is to the head that was signed last.
    pub(in crate::cli) fn examine(home: &Home) -> Result<Self, Failure> {
        let store = Self::reader(home).map_err(|error| of_store(&error))?;
        let path = home.key();
        let hr = match File::open(&path) {
            // Somebody was given the registry to read, and not what signs in HR's name.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => None,
            Ok(_) | Err(_) if store.is_as_it_stands() => Some(HrKey::read_public(&path)?),
            Ok(_) | Err(_) => Some(HrKey::read(&path)?),
        };
        let log = match &hr {
            Some(hr) => log_key(&store, hr.did())?,
            None => opened_with(&store)?.ok_or_else(|| {
                missing(&path).hint(
                    "the log does not begin with the entry that names it, so nothing here can be checked",
                )
            })?,
        };
        Ok(Self { home: home.clone(), store, hr, log, key: None, voice: None, is_doubted: false })
    }

    /// What to say where HR's key is not.
    pub(in crate::cli) fn without_key(&self) -> Option<Wording> {
        self.hr.is_none().then(|| {
            Wording::from(self.home.key().display().to_string()).then(
                " cannot be read, so nothing can be added here, and signatures are checked by the key that the log itself \
                 names in its first entry; compare it with what others hold: countersign hr key show",
            )
        })
    }

    /// Whether HR's key needs a passphrase, as far as it is here.
    pub(in crate::cli) fn key_is_protected(&self) -> bool {
        self.hr.as_ref().is_some_and(HrKey::is_protected)
    }

    /// HR's key, for whoever is to sign.
    pub(super) fn hr_key(&self) -> Result<&HrKey, Failure> {
        self.hr.as_ref().ok_or_else(|| missing(&self.home.key()))
    }

    /// Why nothing can be appended: the log does not go on from the head that was signed last, or that is missing or damaged.
    ///
    /// A registry is made with its first head in place, and each later one replaces it whole. So only a log without entries,
    /// which is being made, has none; a head that is missing was taken away, and the next one would hide that.
    pub(in crate::cli) fn doubt(&self) -> Result<Option<Failure>, Failure> {
        match self.last_checkpoint() {
            Ok(Some(last)) => Ok(self.require_continued(&last).err()),
            Ok(None) => self.doubt_without_file(),
            // Whoever only looks can do without it.
            Err(failure) => Ok(Some(failure)),
        }
    }

    fn doubt_without_file(&self) -> Result<Option<Failure>, Failure> {
        let contradiction = self.contradiction()?;
        if contradiction.is_some() {
            return Ok(contradiction);
        }
        let size = self.store().log_size().map_err(|error| of_store(&error))?;
        Ok((size.get() > 0).then(|| self.without_head()))
    }

    /// What is said where the file of the head that was signed last is missing.
    fn without_head(&self) -> Failure {
        let path = self.home.checkpoint();
        Failure::new(format!(
            "{} is missing, so nothing here shows whether the database was put back to an old state",
            path.display()
        ))
        .hint(format!("nothing can be added to the registry now; put {} back if you have it", path.display()))
        .hint("if you do not, compare with a checkpoint that somebody else keeps: countersign hr log verify --against FILE")
        .hint(Wording::from("after that, ").then(GO_ON))
    }

    /// Why no head can be signed in place of one that is missing: the newest of those that the database keeps is not of this log,
    /// and the two would contradict each other.
    fn contradiction(&self) -> Result<Option<Failure>, Failure> {
        let kept = self.store().checkpoints().map_err(|error| of_store(&error))?;
        let Some(newest) = kept.iter().max_by_key(|kept| kept.size) else { return Ok(None) };
        let what = match Checkpoint::read(&newest.note, self.log()) {
            Ok(head) => self.departure(&head)?,
            Err(fault) => {
                Some(format!("the head of {} entries that it keeps is not of its log: {fault}", newest.size))
            }
        };
        let folder = self.home().folder().display();
        Ok(what.map(|what| {
            Failure::new(format!("the registry in {folder} was changed, or hr.key is not its key: {what}"))
                .hint(NOTHING_ADDED)
                .hint(
                    "restore the last backup in which log verify finds nothing, with hr.key of this registry",
                )
        }))
    }

    /// Whether a head that the log goes on from is among those that the database keeps. Each is kept there before anybody
    /// gets it, so one that is not was deleted.
    pub(in crate::cli) fn keeps(&self, head: &Checkpoint) -> Result<bool, Failure> {
        let kept = self.store().checkpoints().map_err(|error| of_store(&error))?;
        Ok(kept.iter().any(|kept| kept.size == head.size))
    }

    /// How many entries the head that was signed last has when it is not among those that the database keeps, if the log goes on
    /// from it.
    pub(in crate::cli) fn lost_head(&self) -> Result<Option<Size>, Failure> {
        let Ok(Some(last)) = self.last_checkpoint() else { return Ok(None) };
        if self.require_continued(&last).is_err() || self.keeps(&last)? {
            return Ok(None);
        }
        Ok(Some(last.size))
    }

    /// Uses HR's key with a passphrase that was asked for elsewhere.
    ///
    /// # Errors
    /// When there is no key; and within, when it cannot be opened so.
    pub(in crate::cli) fn unlock_with(
        &mut self,
        passphrase: Option<&str>,
    ) -> Result<Result<(), KeyError>, Failure> {
        let opened = self.hr_key()?.open_with(passphrase);
        Ok(opened.map(|key| self.use_key(key)))
    }

    /// The name and the key of the log, by which others check it.
    pub(in crate::cli) fn log(&self) -> &VerifierKey {
        &self.log
    }

    /// The file of the head that was signed last, if there is one.
    pub(in crate::cli) fn last_note(&self) -> Result<Option<Vec<u8>>, Failure> {
        note_in(&self.home.checkpoint())
    }

    /// The signed head of the log as it is now. It was signed when the last entry was appended; only when that was cut
    /// short in between is it signed now.
    pub(in crate::cli) fn signed_head(&mut self, printer: Printer) -> Result<Head, Failure> {
        if let Some(failure) = self.doubt()? {
            return Err(failure);
        }
        if let Some(bytes) = self.last_note()?
            && let Some(last) = self.last_checkpoint()?
        {
            let relation = self.store().relation(&last).map_err(|error| of_store(&error))?;
            if relation == Relation::Same
                && let Ok(note) = Note::parse(&bytes)
            {
                return Ok(Head { size: last.size, note });
            }
        }
        self.unlock(printer)?;
        let lock = self.lock()?;
        let note = self.head(&lock)?;
        self.of_note(note)
    }

    /// The signed head of the log as it is now, if the last one is missing.
    pub(in crate::cli) fn head_anew(&mut self, printer: Printer) -> Result<Option<Head>, Failure> {
        if self.last_note()?.is_some() {
            return Ok(None);
        }
        self.unlock(printer)?;
        let lock = self.lock()?;
        // Somebody may have put it back while the passphrase was typed.
        if self.last_note()?.is_some() {
            return Ok(None);
        }
        if let Some(failure) = self.contradiction()? {
            return Err(failure);
        }
        let note = self.sign_head(&lock)?;
        self.of_note(note).map(Some)
    }

    /// A head that was just signed.
    fn of_note(&self, note: Note) -> Result<Head, Failure> {
        let size = Checkpoint::open(&note, &self.log)
            .map_err(|fault| Failure::new("the head that was just signed cannot be read").because(&fault))?
            .size;
        Ok(Head { size, note })
    }

    /// HR's key. It must be unlocked.
    pub(in crate::cli) fn key(&self) -> Result<&SecretKey, Failure> {
        self.key.as_ref().ok_or_else(|| {
            Failure::new("HR's key is not open").hint("this is a defect in countersign; please report it")
        })
    }

    /// Shows that an entry is in the log of this head.
    pub(in crate::cli) fn receipt(&self, index: u64, head: &Head) -> Result<Receipt, Failure> {
        let missing = || {
            Failure::new(format!("entry {index} of the log cannot be shown"))
                .hint("countersign hr log verify says what is wrong with the log")
        };
        let index = Index::new(index).ok_or_else(missing)?;
        let told = |error| of_store(&error);
        let entry = self.store().log_entry(index).map_err(told)?.ok_or_else(missing)?;
        let proof = self.store().inclusion(index, head.size).map_err(told)?.ok_or_else(missing)?;
        Receipt::new(entry, proof, head.note.clone()).map_err(|fault| missing().because(&fault))
    }

    /// What a kept file says of the log: the head in a checkpoint or in a receipt.
    pub(in crate::cli) fn stated_head(&self, bytes: &[u8]) -> Result<Checkpoint, crate::log::LogFault> {
        if Receipt::is_receipt(bytes) {
            Receipt::read(bytes, &self.log).map(|receipted| receipted.checkpoint)
        } else {
            Checkpoint::read(bytes, &self.log)
        }
    }
}

/// What is said of a head that the log goes on from and that the database does not keep.
pub(in crate::cli) fn not_kept(name: &str, size: Size) -> String {
    format!(
        "{name} is the head of {size} entries, which the registry kept when it was signed and does not keep any more: it was \
         deleted there"
    )
}

/// The name and the key of a log, as its first entry has them.
pub(in crate::cli) fn opened_with(store: &dyn RegistryStore) -> Result<Option<VerifierKey>, Failure> {
    let first = Index::new(0).expect("every tree can have a first entry");
    let bytes = store.log_entry(first).map_err(|error| of_store(&error))?;
    let event = bytes.and_then(|bytes| Entry::parse(&bytes).ok()).map(|entry| entry.event);
    let Some(Event::Opened { key, origin, .. }) = event else { return Ok(None) };
    Ok(Some(VerifierKey::new(origin, key)))
}

fn missing(path: &Path) -> Failure {
    Failure::new(format!("HR's key {} is missing or cannot be read", path.display()))
        .hint("put back the copy that you keep apart from this computer: without it nothing can be signed")
        .hint("what is there can be read all the same: countersign hr status, report, person, log verify")
}
