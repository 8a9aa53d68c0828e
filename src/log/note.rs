//! Signed notes (C2SP signed-note): a text and who signed it.

use std::fmt;

use super::base64;
use super::fault::LogFault;
use super::lines::{Lines, line_of};
use super::vkey::{Origin, VerifierKey};
use crate::record::key::SecretKey;

/// The largest note that is read: room for 64 signatures of kinds that are larger than ours.
pub(super) const MAX_BYTES: usize = 512 << 10;

const MOST_SIGNATURES: usize = 64;

const DASH: &str = "\u{2014} ";

/// A text with signatures. Nothing is said yet about whether they are right or whose they are, so the text must not be
/// used before [`super::Checkpoint::open`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// With its final line feed.
    text: String,
    signatures: Vec<Signature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    name: Origin,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// When it is not one, with the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, LogFault> {
        let all = Lines::of(bytes, MAX_BYTES)?.rest();
        if let Some(at) = all.find(|c: char| c < ' ' && c != '\n') {
            return Err(LogFault::form(line_of(all.as_bytes(), at), "has a control character"));
        }
        let end =
            all.rfind("\n\n").ok_or_else(|| LogFault::form(1, "has no empty line before signatures"))?;
        let (text, rest) = (&all[..=end], &all[end + 2..]);
        let first = line_of(all.as_bytes(), end + 2);
        let rest = rest
            .strip_suffix('\n')
            .ok_or_else(|| LogFault::form(first, "has no signatures, or does not end in a line feed"))?;
        let mut signatures = Vec::new();
        for (line, number) in rest.split('\n').zip(first..) {
            if signatures.len() == MOST_SIGNATURES {
                return Err(LogFault::form(number, "is one signature too many"));
            }
            let signature = Signature::parse(line).ok_or_else(|| {
                LogFault::form(
                    number,
                    "is not a signature: a long dash, a name and base64, a space between each",
                )
            })?;
            signatures.push(signature);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Signs a text that ends in a line feed.
    pub(super) fn sign(text: String, origin: &Origin, key: &SecretKey) -> Self {
        let id = VerifierKey::new(origin.clone(), key.public()).id();
        let bytes = key.sign(text.as_bytes()).to_vec();
        Self { text, signatures: vec![Signature { name: origin.clone(), id, bytes }] }
    }

    /// Whether nobody but one has signed it, and once.
    #[must_use]
    pub fn is_signed_once(&self) -> bool {
        self.signatures.len() == 1
    }

    /// This note with one signature of this key alone, which is not checked here.
    #[must_use]
    pub fn signed_alone_by(mut self, key: &VerifierKey) -> Self {
        let id = key.id();
        self.signatures.retain(|signature| signature.name == *key.origin() && signature.id == id);
        self.signatures.truncate(1);
        self
    }

    /// The text, whoever signed it.
    pub(super) fn unverified(&self) -> &str {
        &self.text
    }

    /// The text, if this key signed it. Signatures of other keys are passed over, as the specification asks: they may
    /// be those of witnesses, or of a key to come.
    pub(super) fn verified(&self, key: &VerifierKey) -> Result<&str, LogFault> {
        let mut signed = false;
        let id = key.id();
        for signature in &self.signatures {
            if signature.name != *key.origin() || signature.id != id {
                continue;
            }
            let bytes = signature.bytes.as_slice().try_into().map_err(|_| LogFault::Signature)?;
            if !key.key().verifies(self.text.as_bytes(), bytes) {
                return Err(LogFault::Signature);
            }
            signed = true;
        }
        if signed { Ok(&self.text) } else { Err(LogFault::UnknownKey) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for Signature { name, id, bytes } in &self.signatures {
            writeln!(f, "{DASH}{name} {}", base64::written(&[id, &bytes[..]].concat()))?;
        }
        Ok(())
    }
}

impl Signature {
    fn parse(line: &str) -> Option<Self> {
        let (name, bytes) = line.strip_prefix(DASH)?.split_once(' ')?;
        let name = name.parse().ok()?;
        let bytes = base64::read(bytes)?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        (!bytes.is_empty()).then(|| Self { name, id: *id, bytes: bytes.to_vec() })
    }
}

#[cfg(test)]
mod tests;
