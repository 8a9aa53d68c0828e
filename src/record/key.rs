//! The device key: made once, kept in a small file, optionally under a passphrase.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::did::PublicKey;

mod file;
mod seal;

pub use file::{KeyFile, MAX_BYTES};

/// The secret half of an Ed25519 key; it is wiped from memory when it is dropped.
pub struct SecretKey(SigningKey);

/// Why a key cannot be made, kept or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// The operating system gives no randomness.
    Randomness,
    /// The file is no key file of ours, or was damaged: where and what.
    Form(String),
    /// The file was written by a newer version of the program.
    Newer,
    /// The file asks for more memory or time to open it than any key of ours does.
    Cost,
    /// The key is protected and no passphrase was given.
    PassphraseNeeded,
    /// The passphrase is wrong, or the protected part was changed.
    WrongPassphrase,
    /// The passphrase to protect a key with is empty.
    EmptyPassphrase,
    /// Secret and public half do not belong together.
    Mismatch,
    /// There is not enough memory to derive the key from the passphrase.
    Memory,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Randomness => f.write_str("the operating system gives no random numbers"),
            Self::Form(what) => write!(f, "not a key file: {what}"),
            Self::Newer => f.write_str("the key file was written by a newer version of this program"),
            Self::Cost => {
                f.write_str("the key file asks for more memory or time than a key of this program does")
            }
            Self::PassphraseNeeded => f.write_str("the key is protected by a passphrase"),
            Self::WrongPassphrase => f.write_str("the passphrase is wrong, or the key file was changed"),
            Self::EmptyPassphrase => f.write_str("the passphrase is empty"),
            Self::Mismatch => {
                f.write_str("the secret in the key file does not belong to the did:key beside it")
            }
            Self::Memory => f.write_str("not enough memory to open the key file"),
        }
    }
}

impl std::error::Error for KeyError {}

impl SecretKey {
    /// A new key from the operating system's randomness.
    ///
    /// # Errors
    /// When there is none.
    pub fn generate() -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(|_| KeyError::Randomness)?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of a seed (RFC 8032, section 5.1.5). Whoever knows the seed is the signer.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::from(self.0.verifying_key())
    }

    /// The public half as did:key.
    #[must_use]
    pub fn did(&self) -> String {
        self.public().did()
    }

    /// The file of this key, with the seed sealed under the passphrase if there is one.
    ///
    /// # Errors
    /// When the passphrase is empty, or there is no randomness or memory to seal with.
    pub fn encode(&self, passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        file::encode(self, passphrase, seal::Cost::RECOMMENDED)
    }

    /// Signs bytes as they are. What a key signs must never be mistaken for something else that it signs: an envelope
    /// is two SHA-256 digests, a note of the log is readable text, and nobody can find digests that are readable text.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    /// The public half only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.did())
    }
}

/// A passphrase typed on a Mac must open a key sealed on Windows: both mean the same text in different code points.
fn normalised(passphrase: &str) -> Zeroizing<String> {
    // Reserved in full, so that no half-written copy is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(passphrase.len().saturating_mul(3)));
    text.extend(passphrase.nfc());
    text
}

#[cfg(test)]
mod tests;
