//! Entries, the leaves of the log: what happened, when, and under which digests; never a name, never a free text.
//!
//! An entry says enough for an auditor to count from the log alone who had to do what by when and who did, each person
//! under a pseudonym; and enough for every row of the registry to be held against it. Member by member this stands in
//! `docs/log-format.md`.

mod event;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::LogFault;
use super::hash::Hash;
use crate::clock::Timestamp;
use crate::record::{json, spelled};

pub use event::{Assessment, Change, Collected, Decision, Disposition, Event, Levels, Retention, RuleKind};

/// The largest entry, in bytes: what C2SP tlog-tiles can publish in its bundles of entries. Ours have under 2,000.
pub const MAX_BYTES: usize = 65_535;

/// The version of the format that entries are made by, which the first one says.
pub const FORMAT: u32 = 1;

/// One leaf of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was appended, by HR's clock. Never before the entry in front of it: who dates an entry back has to
    /// stand between two others.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

impl Entry {
    /// The bytes that are hashed and kept: canonical JSON (RFC 8785).
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        json::canonical(&self.value())
    }

    /// The leaf of the tree.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        Hash::of_leaf(&self.bytes())
    }

    /// Reads the bytes of an entry, in the one spelling in which this program writes it.
    ///
    /// # Errors
    /// When it is spelt in another way, or says something that this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, LogFault> {
        if bytes.len() > MAX_BYTES {
            return Err(LogFault::TooLarge { limit: MAX_BYTES });
        }
        let value = json::parse(bytes).map_err(|fault| LogFault::Entry(fault.to_string()))?;
        let entry = Self::deserialize(&value).map_err(|error| LogFault::Entry(said(&error)))?;
        let written = entry.value();
        // Types alone are not enough: a reader that flattens passes over members that nobody asked for.
        if written != value {
            return Err(LogFault::Entry(difference(&value, &written)));
        }
        if json::canonical(&written) != bytes {
            return Err(LogFault::Entry("is not in canonical form (RFC 8785)".to_owned()));
        }
        Ok(entry)
    }

    fn value(&self) -> Value {
        serde_json::to_value(self).expect("an entry has only text keys")
    }
}

/// What is wrong with a member, whose name the reader does not say of most.
fn said(error: &serde_json::Error) -> String {
    let words = spelled(&error.to_string());
    cut(&if words.starts_with("is ") { format!("a member {words}") } else { words })
}

/// Which member is one too many or written in another way.
fn difference(found: &Value, written: &Value) -> String {
    let member =
        found.as_object().into_iter().flatten().find(|(name, value)| written.get(name) != Some(value));
    match member {
        Some((name, _)) if written.get(name).is_none() => {
            format!("{} is not a member of this entry", cut(name))
        }
        Some((name, _)) => format!("{} is not written the one way it must be", cut(name)),
        None => "is not written the one way it must be".to_owned(),
    }
}

/// A message may quote a text as long as the entry, and nobody reads more than its beginning.
fn cut(message: &str) -> String {
    const LONGEST: usize = 200;
    match message.char_indices().nth(LONGEST) {
        None => message.to_owned(),
        Some((end, _)) => format!("{}…", &message[..end]),
    }
}

#[cfg(test)]
mod tests;
