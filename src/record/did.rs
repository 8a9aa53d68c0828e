//! Public keys as did:key, the form in which they travel.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};

const METHOD: &str = "did:key:z";

/// The multicodec number of Ed25519 public keys, as a varint.
const ED25519: [u8; 2] = [0xED, 0x01];

/// What 34 bytes that begin with `0xED 0x01` take in base58btc.
const ENCODED_LENGTH: usize = 47;

/// An Ed25519 public key (RFC 8032) that is encoded the one right way and is not weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Why a text is not the did:key of a key that may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DidError {
    /// It is not `did:key:z6Mk…`, an Ed25519 key in base58btc.
    Form,
    /// The bytes are not a point of the curve in its one encoding.
    NotAKey,
    /// The key is of small order: with it, one signature fits many documents.
    Weak,
}

impl fmt::Display for DidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "is not the did:key of an Ed25519 key (did:key:z6Mk and 44 more base58 characters)",
            Self::NotAKey => "is not an Ed25519 key: its bytes are no point of the curve in canonical form",
            Self::Weak => "is a weak key (of small order), with which anybody's signature fits any document",
        })
    }
}

impl std::error::Error for DidError {}

impl PublicKey {
    /// Reads a did:key.
    ///
    /// # Errors
    /// When it is of another form, no key, or a weak key.
    pub fn from_did(did: &str) -> Result<Self, DidError> {
        let encoded = did.strip_prefix(METHOD).ok_or(DidError::Form)?;
        // Decoding base58 takes quadratic time, so the length is looked at first. Of a given length there is only
        // one spelling of some bytes: a leading `1` is a zero byte, and every other first digit is not zero.
        if encoded.len() != ENCODED_LENGTH {
            return Err(DidError::Form);
        }
        let mut bytes = [0; 34];
        match bs58::decode(encoded).onto(&mut bytes) {
            Ok(34) => {}
            Ok(_) | Err(_) => return Err(DidError::Form),
        }
        let [first, second, key @ ..] = bytes;
        if [first, second] != ED25519 {
            return Err(DidError::Form);
        }
        Self::from_bytes(&key)
    }

    /// Takes the 32 bytes of a key.
    ///
    /// # Errors
    /// When they are no key, or a weak one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, DidError> {
        if !is_canonical(bytes) {
            return Err(DidError::NotAKey);
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| DidError::NotAKey)?;
        if key.is_weak() { Err(DidError::Weak) } else { Ok(Self(key)) }
    }

    /// `did:key:z6Mk…`.
    #[must_use]
    pub fn did(&self) -> String {
        let mut bytes = [0; 34];
        bytes[..2].copy_from_slice(&ED25519);
        bytes[2..].copy_from_slice(self.0.as_bytes());
        format!("{METHOD}{}", bs58::encode(bytes).into_string())
    }

    /// The 32 bytes of RFC 8032.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether `signature` is this key's on `message`, by the strict rules: S < L, R in its one encoding and not of
    /// small order. What other verifiers accept beyond that, they do not accept alike.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

/// Keys that were read before. Reading one takes the root of a number, a seventh of what checking a signature takes, and
/// all that HR signed names the same one.
#[derive(Debug, Clone, Default)]
pub struct KnownKeys(Vec<(String, PublicKey)>);

impl KnownKeys {
    /// Those of these did:keys that are the did:key of a key that may sign.
    #[must_use]
    pub fn of(dids: &[String]) -> Self {
        let read = |did: &String| Some((did.clone(), PublicKey::from_did(did).ok()?));
        Self(dids.iter().filter_map(read).collect())
    }

    /// The key of a did:key, known or not.
    ///
    /// # Errors
    /// Those of [`PublicKey::from_did`].
    pub fn key(&self, did: &str) -> Result<PublicKey, DidError> {
        match self.0.iter().find(|(known, _)| known == did) {
            Some((_, key)) => Ok(*key),
            None => PublicKey::from_did(did),
        }
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key)
    }
}

/// Whether y is below p = 2^255 − 19. The curve library reduces it silently, so that one key would have two names.
/// (The other ambiguity, x = 0 with a sign, is a point of small order and refused as weak.)
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let high = bytes[31] & 0x7F == 0x7F && bytes[1..31].iter().all(|byte| *byte == 0xFF);
    !(high && bytes[0] >= 0xED)
}

#[cfg(test)]
mod tests;
