//! How the log names persons and reasons without saying them: digests that cannot be guessed and can be forgotten.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::digest::Digest;
use crate::record::key::KeyError;

/// What makes a digest unguessable: 32 random bytes that the registry keeps beside what was hashed, one for each person
/// and each text about nobody. Without it nobody can try out employee numbers, and when it is erased nobody, HR included, can tell
/// any more whom an entry is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt(Zeroizing<[u8; 32]>);

impl Salt {
    /// A new salt from the operating system's randomness.
    ///
    /// # Errors
    /// When there is none.
    pub fn generate() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|_| KeyError::Randomness)?;
        Ok(Self(bytes))
    }

    /// The bytes as the registry kept them.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the registry to keep.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// In hexadecimal, as it is hashed.
    #[must_use]
    pub fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(Digest::from_bytes(*self.0).hex())
    }

    fn digest(&self, purpose: &str, text: &str) -> Digest {
        Digest::of_fields([purpose, &self.hex(), text])
    }
}

impl fmt::Debug for Salt {
    /// Never the bytes: a salt in a log file would undo every erasure.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt")
    }
}

/// A person as the log names them: the digest of netstrings of `countersign person 1`, the salt in hexadecimal and the
/// employee number.
///
/// It is made once and stays the same for as long as the person is known, also when their number changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pseudonym(Digest);

impl Pseudonym {
    /// The pseudonym of the person with this employee number.
    #[must_use]
    pub fn of(number: &str, salt: &Salt) -> Self {
        Self(salt.digest("countersign person 1", number))
    }

    /// The digest as it was kept.
    #[must_use]
    pub fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// The digest.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.0
    }
}

/// A text that the log binds but does not say (why, by whom): the digest of netstrings of `countersign details 1`, the
/// salt in hexadecimal and the text. Whoever is shown text and salt can check that nothing else was written then.
///
/// The salt is the person's where an entry is about one, so that it goes with them, and one of its own otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Commitment(Digest);

impl Commitment {
    /// The commitment to a text, which the registry keeps with the salt.
    #[must_use]
    pub fn to(text: &str, salt: &Salt) -> Self {
        Self(salt.digest("countersign details 1", text))
    }

    /// The digest as it was kept.
    #[must_use]
    pub fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// The digest.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_can_do_the_same() {
        let salt = Salt::from_bytes([0xA5; 32]);
        let hex = "a5".repeat(32);
        // printf '20:countersign person 1,64:a5…,6:012345,' | sha256sum
        let by_hand = Digest::of(format!("20:countersign person 1,64:{hex},6:012345,").as_bytes());
        assert_eq!(Pseudonym::of("012345", &salt).digest(), by_hand);
        let by_hand = Digest::of(format!("21:countersign details 1,64:{hex},9:on leave\u{e9},").as_bytes());
        assert_ne!(Commitment::to("on leave\u{e9}", &salt).digest(), by_hand, "length is in bytes");
        let by_hand = Digest::of(format!("21:countersign details 1,64:{hex},10:on leave\u{e9},").as_bytes());
        assert_eq!(Commitment::to("on leave\u{e9}", &salt).digest(), by_hand);
    }

    #[test]
    fn another_salt_number_or_purpose_is_another_digest() {
        let (one, two) = (Salt::from_bytes([1; 32]), Salt::from_bytes([2; 32]));
        let digests = [
            Pseudonym::of("12345", &one).digest(),
            Pseudonym::of("12345", &two).digest(),
            Pseudonym::of("012345", &one).digest(),
            Commitment::to("12345", &one).digest(),
        ];
        let different: std::collections::BTreeSet<_> = digests.iter().collect();
        assert_eq!(different.len(), digests.len());
        assert_ne!(Salt::generate().unwrap(), Salt::generate().unwrap());
    }

    #[test]
    fn a_salt_is_never_printed() {
        assert_eq!(format!("{:?}", Salt::from_bytes([7; 32])), "Salt");
    }
}
