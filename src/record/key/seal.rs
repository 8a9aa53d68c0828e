//! A seed under a passphrase: Argon2id (RFC 9106) makes the key, XChaCha20-Poly1305 seals.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{KeyError, normalised};

/// What opening costs; it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    /// Memory in KiB.
    pub(super) memory: u32,
    /// How often the memory is gone over.
    pub(super) passes: u32,
    /// Independent parts of the memory.
    pub(super) lanes: u32,
}

impl Cost {
    /// RFC 9106, section 4, second choice: 64 MiB, so that it also works on a small computer.
    pub(super) const RECOMMENDED: Self = Self { memory: 64 * 1024, passes: 3, lanes: 4 };

    /// The most that is paid for opening a file: a hostile one must take neither the memory nor the day.
    const MOST: Self = Self { memory: 512 * 1024, passes: 16, lanes: 16 };

    fn params(self) -> Result<Params, KeyError> {
        let most = Self::MOST;
        if self.memory > most.memory || self.passes > most.passes || self.lanes > most.lanes {
            return Err(KeyError::Cost);
        }
        Params::new(self.memory, self.passes, self.lanes, Some(32))
            .map_err(|_| KeyError::Form("sealed: the parameters of argon2id make no sense".to_owned()))
    }
}

/// A sealed seed with everything but the passphrase that opening it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) cost: Cost,
    pub(super) salt: [u8; 16],
    pub(super) nonce: [u8; 24],
    /// 32 bytes and the tag of 16.
    pub(super) boxed: [u8; 48],
}

impl Sealed {
    pub(super) fn seal(seed: &[u8; 32], passphrase: &str, did: &str, cost: Cost) -> Result<Self, KeyError> {
        if passphrase.is_empty() {
            return Err(KeyError::EmptyPassphrase);
        }
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        getrandom::fill(&mut salt).map_err(|_| KeyError::Randomness)?;
        getrandom::fill(&mut nonce).map_err(|_| KeyError::Randomness)?;
        let boxed = cipher(passphrase, &salt, cost)?
            .encrypt(&XNonce::from(nonce), Payload { msg: seed, aad: did.as_bytes() })
            .ok()
            .and_then(|boxed| boxed.try_into().ok())
            .expect("32 bytes become 48");
        Ok(Self { cost, salt, nonce, boxed })
    }

    pub(super) fn open(&self, passphrase: &str, did: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let payload = Payload { msg: &self.boxed, aad: did.as_bytes() };
        let seed = cipher(passphrase, &self.salt, self.cost)?
            .decrypt(&XNonce::from(self.nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| KeyError::WrongPassphrase)?;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&seed);
        Ok(bytes)
    }
}

fn cipher(passphrase: &str, salt: &[u8; 16], cost: Cost) -> Result<XChaCha20Poly1305, KeyError> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
    let mut key = Zeroizing::new([0; 32]);
    argon2.hash_password_into(normalised(passphrase).as_bytes(), salt, key.as_mut()).map_err(|error| {
        match error {
            argon2::Error::OutOfMemory => KeyError::Memory,
            other => KeyError::Form(format!("sealed: {other}")),
        }
    })?;
    Ok(XChaCha20Poly1305::new(&Key::from(*key)))
}
