//! Who signs for a log: its name and its key, written as the one line that C2SP tools take.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::base64;
use crate::digest::Digest;
use crate::record::did::PublicKey;

/// Ed25519 in the list of C2SP signed-note.
const ED25519: u8 = 0x01;

/// The name of a log for life, such as `countersign.example/registry/5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001`: the first
/// line of its checkpoints, and the name of the key that signs them. It looks like an address so that no two logs have
/// the same; nobody has to answer there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

/// Why a text is not an [`Origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginError;

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected 1 to 255 bytes without spaces, plus signs and control characters")
    }
}

impl std::error::Error for OriginError {}

impl Origin {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if text.is_empty() || text.len() > 255 || text.contains(forbidden) {
            return Err(OriginError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// The log that somebody relies on: its name and its public key.
///
/// Written as a *vkey*, `name+key id in hexadecimal+base64(0x01 ‖ public key)` (`golang.org/x/mod/sumdb/note` and all
/// tools after it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    origin: Origin,
    key: PublicKey,
}

/// Why a text is not the [`VerifierKey`] of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifierKeyError(&'static str);

impl fmt::Display for VerifierKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for VerifierKeyError {}

impl VerifierKey {
    /// The log of this name, signed by this key.
    #[must_use]
    pub fn new(origin: Origin, key: PublicKey) -> Self {
        Self { origin, key }
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The key that signs for it.
    #[must_use]
    pub fn key(&self) -> PublicKey {
        self.key
    }

    /// What stands before every signature of this key: the beginning of
    /// `SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key)`. It finds the key and proves nothing.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let name = self.origin.0.as_bytes();
        let [a, b, c, d, ..] = *Digest::of_parts([name, b"\n", &[ED25519], self.key.as_bytes()]).as_bytes();
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        let key = [&[ED25519], &self.key.as_bytes()[..]].concat();
        write!(f, "{}+{id:08x}+{}", self.origin, base64::written(&key))
    }
}

impl FromStr for VerifierKey {
    type Err = VerifierKeyError;

    fn from_str(text: &str) -> Result<Self, VerifierKeyError> {
        const FORM: &str = "is not name+8 hexadecimal digits+an Ed25519 key in base64";
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(VerifierKeyError(FORM));
        let (origin, id, key) = (part()?, part()?, part()?);
        let origin = origin.parse().map_err(|_| VerifierKeyError(FORM))?;
        let key: [u8; 33] =
            base64::read(key).and_then(|key| key.try_into().ok()).ok_or(VerifierKeyError(FORM))?;
        let [ED25519, key @ ..] = key else { return Err(VerifierKeyError("is not an Ed25519 key")) };
        let key = PublicKey::from_bytes(&key)
            .map_err(|_| VerifierKeyError("is a weak key, or its bytes are no key at all"))?;
        let key = Self { origin, key };
        if format!("{:08x}", u32::from_be_bytes(key.id())) != id {
            return Err(VerifierKeyError(
                "the key id does not belong to name and key: was one of them changed?",
            ));
        }
        Ok(key)
    }
}

#[cfg(test)]
mod tests;
