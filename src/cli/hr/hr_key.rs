//! HR's key from its file, opened with the passphrase that is asked for.

use std::io::{BufRead as _, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::super::error::Failure;
use super::super::hidden_input::HiddenInput;
use super::super::printer::Printer;
use crate::files;
use crate::record::key::{self, KeyError, KeyFile, SecretKey};

/// The longest passphrase that is read, in bytes.
const LONGEST: u64 = 4096;

/// The key file of a registry. Its public half is known before it is opened.
pub(in crate::cli) struct HrKey {
    path: PathBuf,
    file: KeyFile,
}

impl HrKey {
    /// Reads the file, which nobody else may be able to read.
    pub(in crate::cli) fn read(path: &Path) -> Result<Self, Failure> {
        require_private(path)?;
        Self::read_public(path)
    }

    /// Reads the file for its public half, wherever it is: on a disc nobody can say who may read it.
    pub(in crate::cli) fn read_public(path: &Path) -> Result<Self, Failure> {
        let unusable = |error| Failure::file(format!("cannot use HR's key {}", path.display()), &error);
        let bytes = files::read_limited(path, key::MAX_BYTES as u64).map(Zeroizing::new).map_err(unusable)?;
        let file = KeyFile::parse(&bytes).map_err(|error| refused(path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// The public half as did:key.
    pub(in crate::cli) fn did(&self) -> &str {
        self.file.did()
    }

    /// The secret half. A protected one is asked for its passphrase: at a terminal what is typed is not shown, and a
    /// pipe gives it as its first line.
    pub(in crate::cli) fn open(&self, printer: Printer) -> Result<SecretKey, Failure> {
        require_private(&self.path)?;
        let passphrase = if self.file.is_protected() { Some(asked(&self.path, printer)?) } else { None };
        let passphrase = passphrase.as_ref().map(|text| text.as_str());
        self.open_with(passphrase).map_err(|error| refused(&self.path, &error))
    }

    /// The secret half, with a passphrase that was asked for elsewhere.
    pub(in crate::cli) fn open_with(&self, passphrase: Option<&str>) -> Result<SecretKey, KeyError> {
        self.file.unlock(passphrase)
    }

    /// Whether it needs a passphrase.
    pub(in crate::cli) fn is_protected(&self) -> bool {
        self.file.is_protected()
    }
}

fn require_private(path: &Path) -> Result<(), Failure> {
    let unusable = |error| Failure::file(format!("cannot use HR's key {}", path.display()), &error);
    files::require_private(path).map_err(unusable)
}

fn asked(path: &Path, printer: Printer) -> Result<Zeroizing<String>, Failure> {
    let text = heard(&format!("Passphrase of HR's key {}", path.display()), printer)?;
    if text.is_empty() {
        return Err(refused(path, &KeyError::PassphraseNeeded));
    }
    Ok(text)
}

/// The line that is typed or piped in answer to a question; empty when it is, or when there is none.
pub(super) fn heard(question: &str, printer: Printer) -> Result<Zeroizing<String>, Failure> {
    let hidden = HiddenInput::begin();
    let shown = match (&hidden, std::io::stdin().is_terminal()) {
        (Some(_), _) => "what you type is not shown",
        (None, true) => "what you type can be seen",
        (None, false) => "the first line of standard input",
    };
    printer.talk(&format!("{question} ({shown}):"));
    // Reserved in full, so that growing leaves no copies.
    let mut line = Zeroizing::new(Vec::with_capacity(4096));
    let read = std::io::stdin().lock().take(LONGEST).read_until(b'\n', &mut line);
    drop(hidden);
    read.map_err(|error| Failure::new("cannot hear the passphrase").because(&error))?;
    let text = std::str::from_utf8(&line)
        .map_err(|error| Failure::new("the passphrase is not UTF-8").because(&error))?
        .trim_end_matches(['\r', '\n']);
    Ok(Zeroizing::new(text.to_owned()))
}

pub(super) fn refused(path: &Path, error: &KeyError) -> Failure {
    let hint = match error {
        KeyError::PassphraseNeeded | KeyError::WrongPassphrase => {
            "type the passphrase that was chosen when the registry was made; a script gives it as the first line of standard input"
        }
        KeyError::Form(_) | KeyError::Mismatch | KeyError::Cost => {
            "restore the key from a backup; it was changed since it was made"
        }
        KeyError::Newer => "update countersign",
        KeyError::Randomness | KeyError::Memory => "close other programs, then try again",
        KeyError::EmptyPassphrase => "choose a passphrase, or none",
    };
    let failure = Failure::new(format!("cannot use HR's key {}", path.display())).because(error).hint(hint);
    match error {
        KeyError::PassphraseNeeded | KeyError::WrongPassphrase => {
            failure.in_face("type the passphrase that was chosen when the registry was made, or press Esc")
        }
        KeyError::Form(_)
        | KeyError::Mismatch
        | KeyError::Cost
        | KeyError::Newer
        | KeyError::Randomness
        | KeyError::Memory
        | KeyError::EmptyPassphrase => failure,
    }
}
