//! Public keys as did:key, the form in which they travel.

use std::fmt;

use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};

const METHOD: &str = "did:key:z";

/// The multicodec number of Ed25519 public keys, as a varint.
const ED25519: [u8; 2] = [0xED, 0x01];

/// What 34 bytes that begin with `0xED 0x01` take in base58btc.
const ENCODED_LENGTH: usize = 47;

/// The points of small order, each in its one encoding; the curve has no others ("Taming the many `EdDSA`s", Chalkias et al.,
/// table 1).
const SMALL_ORDER: [[u8; 32]; 8] = {
    let (mut one, mut minus_one) = ([0; 32], [0xFF; 32]);
    one[0] = 1;
    (minus_one[0], minus_one[31]) = (0xEC, 0x7F);
    let order_8 = [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5,
        0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
    ];
    let other_order_8 = [
        0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A,
        0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
    ];
    [
        one,
        minus_one,
        [0; 32],
        negative([0; 32]),
        order_8,
        negative(order_8),
        other_order_8,
        negative(other_order_8),
    ]
};

/// The encoding of the point with the same y and the other x.
const fn negative(mut point: [u8; 32]) -> [u8; 32] {
    point[31] |= 0x80;
    point
}

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
    ///
    /// The library's `verify_strict` does the same and takes a root more to make a point of R. But R is compared byte for
    /// byte with the encoding of a point that was calculated, so it is of small order exactly when it is one of eight texts.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        !SMALL_ORDER.contains(signature.r_bytes()) && self.0.verify(message, &signature).is_ok()
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
