//! The key file: JSON in the strict profile, with the public half in clear.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value};
use zeroize::{Zeroize as _, Zeroizing};

use super::seal::{Cost, Sealed};
use super::{KeyError, SecretKey};
use crate::record::did::PublicKey;
use crate::record::json;

/// The largest key file that is looked at, in bytes; ours have less than 600.
pub const MAX_BYTES: usize = 4096;

const FORMAT: &str = "countersign key 1";
const ANY_FORMAT: &str = "countersign key ";

/// A key file that was read but not opened yet.
///
/// ```json
/// {"format": "countersign key 1", "did": "did:key:z6Mk…", "seed": "…"}
/// {"format": "countersign key 1", "did": "did:key:z6Mk…", "sealed": {
///     "kdf": "argon2id", "memoryKiB": 65536, "passes": 3, "lanes": 4, "salt": "…",
///     "cipher": "xchacha20-poly1305", "nonce": "…", "box": "…"}}
/// ```
/// Binary members are base64 with padding. Argon2 is of version 0x13; the did is the associated data of the box, so
/// that a sealed seed cannot be put under another name.
pub struct KeyFile {
    did: String,
    secret: Secret,
}

enum Secret {
    Plain(Zeroizing<[u8; 32]>),
    Sealed(Sealed),
}

impl KeyFile {
    /// Reads a key file.
    ///
    /// # Errors
    /// When it is none, was damaged, or was written by a newer version.
    pub fn parse(bytes: &[u8]) -> Result<Self, KeyError> {
        if bytes.len() > MAX_BYTES {
            return Err(KeyError::Form("it is larger than a key file can be".to_owned()));
        }
        let file = json::parse(bytes).map_err(|fault| KeyError::Form(fault.to_string()))?;
        let Value::Object(mut file) = file else {
            return Err(KeyError::Form("it is not a JSON object".to_owned()));
        };
        let result = Self::of_members(&mut file);
        if let Some(Value::String(seed)) = file.get_mut("seed") {
            seed.zeroize();
        }
        result
    }

    fn of_members(file: &mut Map<String, Value>) -> Result<Self, KeyError> {
        let format = take_text(file, "format")?;
        if format != FORMAT {
            let newer = format.strip_prefix(ANY_FORMAT).is_some_and(|version| version.parse::<u32>().is_ok());
            let unknown = KeyError::Form(format!("format must be {FORMAT:?}"));
            return Err(if newer { KeyError::Newer } else { unknown });
        }
        let did = take_text(file, "did")?;
        PublicKey::from_did(&did).map_err(|error| KeyError::Form(format!("did {error}")))?;
        let secret = match file.remove("sealed") {
            Some(Value::Object(mut sealed)) => {
                let parsed = parse_sealed(&mut sealed)?;
                nothing_else(&sealed)?;
                Secret::Sealed(parsed)
            }
            Some(_) => return Err(KeyError::Form("sealed is not a JSON object".to_owned())),
            None => {
                let text = Zeroizing::new(take_text(file, "seed")?);
                let mut seed = Zeroizing::new([0; 32]);
                decode("seed", &text, seed.as_mut())?;
                Secret::Plain(seed)
            }
        };
        nothing_else(file)?;
        Ok(Self { did, secret })
    }

    /// The public half as did:key, known without opening.
    #[must_use]
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Whether opening takes a passphrase.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        match self.secret {
            Secret::Plain(_) => false,
            Secret::Sealed(_) => true,
        }
    }

    /// Opens it. A passphrase for a key that needs none is not looked at.
    ///
    /// # Errors
    /// When the passphrase is missing or wrong, opening would cost too much, or the halves do not belong together.
    pub fn unlock(&self, passphrase: Option<&str>) -> Result<SecretKey, KeyError> {
        let key = match &self.secret {
            Secret::Plain(seed) => SecretKey::from_seed(seed),
            Secret::Sealed(sealed) => {
                let passphrase = passphrase.ok_or(KeyError::PassphraseNeeded)?;
                SecretKey::from_seed(&*sealed.open(passphrase, &self.did)?)
            }
        };
        if key.did() == self.did { Ok(key) } else { Err(KeyError::Mismatch) }
    }
}

impl std::fmt::Debug for KeyFile {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyFile").field("did", &self.did).finish_non_exhaustive()
    }
}

pub(super) fn encode(
    key: &SecretKey,
    passphrase: Option<&str>,
    cost: Cost,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let did = key.did();
    // Reserved in full and written by hand: growing, or a JSON value, would leave copies of the seed in memory.
    let mut text = Zeroizing::new(String::with_capacity(MAX_BYTES));
    text.push_str("{\n  \"format\": \"");
    text.push_str(FORMAT);
    text.push_str("\",\n  \"did\": \"");
    text.push_str(&did);
    match passphrase {
        None => {
            text.push_str("\",\n  \"seed\": \"");
            BASE64.encode_string(key.0.as_bytes(), &mut text);
            text.push_str("\"\n}\n");
        }
        Some(passphrase) => {
            let sealed = Sealed::seal(key.0.as_bytes(), passphrase, &did, cost)?;
            let Cost { memory, passes, lanes } = sealed.cost;
            let (salt, nonce) = (BASE64.encode(sealed.salt), BASE64.encode(sealed.nonce));
            let boxed = BASE64.encode(sealed.boxed);
            text.extend([
                "\",\n  \"sealed\": {",
                &format!("\n    \"kdf\": \"{KDF}\","),
                &format!("\n    \"memoryKiB\": {memory},"),
                &format!("\n    \"passes\": {passes},"),
                &format!("\n    \"lanes\": {lanes},"),
                &format!("\n    \"salt\": \"{salt}\","),
                &format!("\n    \"cipher\": \"{CIPHER}\","),
                &format!("\n    \"nonce\": \"{nonce}\","),
                &format!("\n    \"box\": \"{boxed}\""),
                "\n  }\n}\n",
            ]);
        }
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    bytes.extend_from_slice(text.as_bytes());
    Ok(bytes)
}

const KDF: &str = "argon2id";
const CIPHER: &str = "xchacha20-poly1305";

fn parse_sealed(file: &mut Map<String, Value>) -> Result<Sealed, KeyError> {
    for (member, only) in [("kdf", KDF), ("cipher", CIPHER)] {
        if take_text(file, member)? != only {
            return Err(KeyError::Form(format!("sealed.{member} must be {only:?}")));
        }
    }
    let cost = Cost {
        memory: take_number(file, "memoryKiB")?,
        passes: take_number(file, "passes")?,
        lanes: take_number(file, "lanes")?,
    };
    let (mut salt, mut nonce, mut boxed) = ([0; 16], [0; 24], [0; 48]);
    decode("sealed.salt", &take_text(file, "salt")?, &mut salt)?;
    decode("sealed.nonce", &take_text(file, "nonce")?, &mut nonce)?;
    decode("sealed.box", &take_text(file, "box")?, &mut boxed)?;
    Ok(Sealed { cost, salt, nonce, boxed })
}

fn take_text(file: &mut Map<String, Value>, member: &str) -> Result<String, KeyError> {
    match file.remove(member) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(KeyError::Form(format!("{member} is not a text"))),
        None => Err(KeyError::Form(format!("{member} is missing"))),
    }
}

fn take_number(file: &mut Map<String, Value>, member: &str) -> Result<u32, KeyError> {
    let number = file.remove(member).ok_or_else(|| KeyError::Form(format!("sealed.{member} is missing")))?;
    let number = number.as_u64().ok_or_else(|| KeyError::Form(format!("sealed.{member} is not a number")))?;
    u32::try_from(number).map_err(|_| KeyError::Cost)
}

fn nothing_else(file: &Map<String, Value>) -> Result<(), KeyError> {
    match file.keys().next() {
        Some(unknown) => Err(KeyError::Form(format!("{unknown} is not a member of a key file"))),
        None => Ok(()),
    }
}

fn decode(member: &str, text: &str, bytes: &mut [u8]) -> Result<(), KeyError> {
    // Into a buffer of its own with room for what the decoder estimates, wiped afterwards.
    let mut buffer = Zeroizing::new([0; 96]);
    match BASE64.decode_slice(text, buffer.as_mut()) {
        Ok(length) if length == bytes.len() => {
            bytes.copy_from_slice(&buffer[..length]);
            Ok(())
        }
        Ok(_) | Err(_) => Err(KeyError::Form(format!("{member} is not {} bytes in base64", bytes.len()))),
    }
}
