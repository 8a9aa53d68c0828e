//! The key of this device in its file: made once, asked for by every signature.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::files::{self, FileError, Privacy};
use crate::record::key::{self, KeyError, KeyFile, SecretKey};
use crate::training::Trouble;

use super::troubles::{of_file, of_key, other};

/// Where the device key is, or will be.
pub(super) struct DeviceKey {
    path: PathBuf,
}

impl DeviceKey {
    pub(super) fn within(data: &Path) -> Self {
        Self { path: data.join("device.key") }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_protected(&self) -> bool {
        matches!(self.read(), Ok(Some(key)) if key.is_protected())
    }

    /// The key file, refused when others can read it; `None` when there is none.
    fn read(&self) -> Result<Option<KeyFile>, Trouble> {
        if !self.path.exists() {
            return Ok(None);
        }
        files::require_private(&self.path).map_err(|error| of_file(&error))?;
        let bytes = files::read_limited(&self.path, key::MAX_BYTES as u64)
            .map_err(|error| of_file(&error))
            .map(Zeroizing::new)?;
        KeyFile::parse(&bytes).map(Some).map_err(|error| self.trouble(&error))
    }

    /// The key file, which has to be there.
    pub(super) fn present(&self) -> Result<KeyFile, Trouble> {
        self.read()?.ok_or_else(|| {
            other(
                format!("the device key {} is missing", self.path.display()),
                "restore it from a backup; without it nothing that you began can be signed, and to begin anew you move away \
                 progress.sqlite beside it",
            )
        })
    }

    /// The key file, refused when it was put in the place of the one that everything was drawn for.
    pub(super) fn begun_with(&self, did: &str) -> Result<KeyFile, Trouble> {
        let key = self.present()?;
        if key.did() == did {
            return Ok(key);
        }
        Err(other(
            format!("the device key {} is not the one that you began with", self.path.display()),
            "restore the key from a backup; with another key what you began cannot be signed",
        ))
    }

    /// The key itself, of a key that was begun with.
    pub(super) fn unlock(&self, did: &str, passphrase: Option<&str>) -> Result<SecretKey, Trouble> {
        self.begun_with(did)?.unlock(passphrase).map_err(|error| self.trouble(&error))
    }

    /// Makes the device key; one that is there already is taken when the passphrase fits it.
    pub(super) fn require(&self, passphrase: Option<&str>) -> Result<(), Trouble> {
        if let Some(key) = self.read()? {
            if passphrase.is_some() && !key.is_protected() {
                return Err(other(
                    format!("there is a device key without a passphrase already: {}", self.path.display()),
                    "leave the passphrase empty to go on with that key",
                ));
            }
            return key.unlock(passphrase).map(drop).map_err(|error| match error {
                KeyError::PassphraseNeeded | KeyError::WrongPassphrase => other(
                    format!("there is a device key with another passphrase already: {}", self.path.display()),
                    "type the passphrase of that key",
                ),
                error => self.trouble(&error),
            });
        }
        let made = SecretKey::generate().and_then(|key| key.encode(passphrase));
        let bytes = made.map_err(|error| self.trouble(&error))?;
        match files::write_new(&self.path, &bytes, Privacy::Private) {
            // Another copy, started at the same moment, made one: there is one key a device.
            Err(FileError::Exists { .. }) => self.require(passphrase),
            written => written.map_err(|error| of_file(&error)),
        }
    }

    fn trouble(&self, error: &KeyError) -> Trouble {
        of_key(&self.path, error)
    }
}
