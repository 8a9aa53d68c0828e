//! What a face asks of the world outside it: the command line gives the real one, tests a made-up one.

use std::fmt;
use std::path::PathBuf;

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::progress::{Change, Completion, Person};
use crate::record::claims::CompletionClaims;
use crate::record::key::SecretKey;
use crate::record::sign_completion;

use super::{Assigned, Edition, Training};

/// The world outside a face: time, storage, the key, files and other programs. Only a face's run loop calls it.
pub trait World {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Where things are or will be kept, to be shown before anything is made.
    fn places(&self) -> Places;

    /// Makes the device key (unless there is one already) and keeps who the learner is; gives the training to go on with.
    /// An empty passphrase is none.
    ///
    /// # Errors
    /// When something could not be written; it can be tried again.
    fn introduce(&mut self, person: &Person, passphrase: Option<&str>) -> Result<Training, Trouble>;

    /// Keeps who the learner is instead of what they said before: records that they sign from now on say it. `answered` is the
    /// assignment that they are answering; it names an employee number.
    ///
    /// # Errors
    /// When it names another one, and when it could not be written; it can be tried again.
    fn correct(&mut self, person: &Person, answered: Option<&Assigned>) -> Result<(), Trouble>;

    /// The training as it is stored now, after another running copy changed it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn reload(&mut self) -> Result<Training, Trouble>;

    /// What became of the course since this was last asked, where it is being written while it is shown.
    fn edition(&mut self) -> Option<Edition> {
        None
    }

    /// Keeps changes, all or none of them. Only after `Ok` may a face show them as done.
    ///
    /// # Errors
    /// [`TroubleKind::Conflict`] when another running copy excludes them: reload. Anything else can be tried again.
    fn save(&mut self, changes: &[Change]) -> Result<(), Trouble>;

    /// Whether signing asks for a passphrase.
    fn key_is_protected(&self) -> bool;

    /// Signs a completion record, now. Nothing is written yet.
    ///
    /// # Errors
    /// [`TroubleKind::Passphrase`] when the passphrase is wrong.
    fn sign(&mut self, claims: &CompletionClaims, passphrase: Option<&str>) -> Result<Signed, Trouble>;

    /// Where a file with progress lies that was damaged and set aside, at this start or an earlier one.
    fn set_aside(&self) -> Option<PathBuf> {
        None
    }

    /// Asks that what is typed next be hidden or shown again, and says which of the two is so from now on. A pipe, or a
    /// terminal that cannot, shows what is typed.
    fn echo(&mut self, _wanted: Echo) -> Echo {
        Echo::Shown
    }

    /// Drops what somebody typed at a terminal that nobody has read yet, and says whether that was a line or more: it cannot be
    /// meant for a question that was not asked before. What comes from a pipe is a script, and stays.
    fn drop_typed_ahead(&mut self) -> bool {
        false
    }

    /// Writes the record's file, unless it is there already, and says where.
    ///
    /// # Errors
    /// When it could not be written; the record itself is safe in the store.
    fn deliver(&mut self, completion: &Completion) -> Result<PathBuf, Trouble>;

    /// Writes a page such as the printable certificate beside the records and says where.
    ///
    /// # Errors
    /// When it could not be written.
    fn export(&mut self, file_name: &str, page: &str) -> Result<PathBuf, Trouble>;

    /// Writes the learner's notes (Markdown) beside the records, for nobody else to read, and says where. What was written
    /// there before is replaced.
    ///
    /// # Errors
    /// When they could not be written.
    fn write_notes(&mut self, file_name: &str, notes: &str) -> Result<PathBuf, Trouble>;

    /// Opens an address or a file with the program that the system has for it.
    ///
    /// # Errors
    /// When there is no such program.
    fn open(&mut self, address: &str) -> Result<(), Trouble>;
}

/// Whether a terminal shows what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// As usual.
    Shown,
    /// Not for a passphrase.
    Hidden,
}

/// Where things are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Progress.
    pub progress: PathBuf,
    /// The device key.
    pub key: PathBuf,
    /// Completion records and certificates.
    pub records: PathBuf,
}

/// A record fresh from signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The file, byte for byte.
    pub bytes: Vec<u8>,
    /// Its digest (over its canonical form).
    pub digest: Digest,
    /// The name of its file.
    pub file_name: String,
    /// When.
    pub at: Timestamp,
}

impl Signed {
    /// The record of these claims, signed with the key.
    ///
    /// # Errors
    /// When the claims do not fit the profile of records.
    pub fn with(
        key: &SecretKey,
        claims: &CompletionClaims,
        id: Uuid,
        at: Timestamp,
    ) -> Result<Self, Trouble> {
        let signed = sign_completion(claims, id, at, key).map_err(|fault| Trouble {
            kind: TroubleKind::Other,
            message: format!("the record cannot be signed: {fault}"),
            hint: None,
        })?;
        Ok(Self { bytes: signed.bytes, digest: signed.digest, file_name: signed.file_name, at })
    }
}

/// Why something could not be done, for the person in front of the screen. The texts may hold anything: show them as
/// printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What a face can do about it.
    pub kind: TroubleKind,
    /// What happened, with the path.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
}

/// What a face can do about trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// Ask for the passphrase again.
    Passphrase,
    /// Reload: another running copy was first.
    Conflict,
    /// Show it, and try again when the learner says so.
    Other,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Trouble {}
