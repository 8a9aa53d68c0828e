//! What a face wants done outside of itself, and who does it.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::progress::{Change, Person};
use crate::training::Training;
use crate::tui::message::Message;

/// Something to be done outside of the face. Effects are performed in order; when one fails, those behind it wait
/// until the learner has said what to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keeps what was done.
    Save(Vec<Change>),
    /// Comes back to the face once everything before it was done.
    Send(Box<Message>),
    /// Makes the device key and keeps who the learner is.
    Enrol(Box<NewLearner>),
    /// Signs the completion record and writes its file.
    Sign(Option<Passphrase>),
    /// Writes the file of the record that was signed before once more.
    WriteRecord,
    /// Writes the printable certificate.
    ExportCertificate,
    /// Opens a confirmed address (http, https, mailto) with the system's program.
    OpenAddress(String),
    /// Puts a text onto the clipboard.
    Copy(String),
    /// Gives the terminal back to the shell until the learner returns.
    Suspend,
    /// Ends the face.
    Quit,
}

/// What somebody says about themselves at the first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLearner {
    /// Who they are.
    pub person: Person,
    /// What protects the device key on disk, if they want that.
    pub passphrase: Option<Passphrase>,
}

/// A secret: wiped from memory, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the secret in.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Why something could not be done: what happened, why, and what to do next. The texts may hold anything; they are
/// defused where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened, with the path.
    pub message: String,
    /// Why, outermost first.
    pub causes: Vec<String>,
    /// What to do next.
    pub hint: Option<String>,
}

impl Failure {
    /// What happened.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), causes: Vec::new(), hint: None }
    }

    /// Why, with everything that lies behind it.
    #[must_use]
    pub fn because(mut self, error: &dyn Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            self.causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// What to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Why no record was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignFailure {
    /// The device key is protected; its passphrase is needed.
    NeedsPassphrase,
    /// That was not it.
    WrongPassphrase,
    /// Anything else.
    Failed(Failure),
}

/// Does what a face wants done, with a real store, key, clock and files, or with none of them in a test.
pub trait Performer {
    /// What time it is.
    fn now(&self) -> Timestamp;

    /// Keeps `changes`, all or none.
    ///
    /// # Errors
    /// When they could not be kept; nothing has changed then.
    fn save(&mut self, training: &Training, changes: &[Change]) -> Result<(), Failure>;

    /// Makes the device key, keeps who the learner is, and opens their training.
    ///
    /// # Errors
    /// When key or person could not be kept.
    fn enrol(&mut self, learner: &NewLearner) -> Result<Training, Failure>;

    /// Signs the record of the present run, notes it in `training`, keeps it and writes its file.
    ///
    /// # Errors
    /// When the key needs a passphrase, or something could not be written. `training` tells what was done.
    fn sign(&mut self, training: &mut Training, passphrase: Option<&Passphrase>) -> Result<PathBuf, SignFailure>;

    /// Writes the file of the record of the present run again.
    ///
    /// # Errors
    /// When it could not be written.
    fn write_record(&mut self, training: &Training) -> Result<PathBuf, Failure>;

    /// Writes the printable certificate of the present run.
    ///
    /// # Errors
    /// When it could not be written.
    fn export_certificate(&mut self, training: &Training) -> Result<PathBuf, Failure>;

    /// Opens an address with the system's program.
    ///
    /// # Errors
    /// When there is no such program.
    fn open_address(&mut self, address: &str) -> Result<(), Failure>;

    /// Puts a text onto the clipboard.
    ///
    /// # Errors
    /// When the terminal cannot take it.
    fn copy(&mut self, text: &str) -> Result<(), Failure>;
}
