//! Why a file is not a record or an assignment of ours.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::spelled;
use crate::course::Position;

/// What is wrong with a signed file. Texts may repeat what the file held: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// How far reading came.
    pub stage: Stage,
    /// Where in the document, such as `credentialSubject.attempts[1].earned`; empty for the whole of it.
    pub path: String,
    /// Where in the file, if it is in one place.
    pub at: Option<Position>,
    /// What is wrong there.
    pub message: String,
}

/// How far the reading of a signed file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is not JSON of the strict profile.
    Profile,
    /// It is not the envelope of our credentials.
    Envelope,
    /// The subject does not say what it must.
    Claims,
    /// The signature is not the issuer's.
    Signature,
}

impl RecordFault {
    pub(super) fn envelope(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { stage: Stage::Envelope, path: path.into(), at: None, message: message.into() }
    }

    pub(super) fn claims(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { stage: Stage::Claims, path: path.into(), at: None, message: message.into() }
    }

    pub(super) fn signature(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { stage: Stage::Signature, path: path.into(), at: None, message: message.into() }
    }
}

impl fmt::Display for RecordFault {
    /// `line:column: path message`, as far as they are known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = self.at {
            write!(f, "{}:{}: ", at.line, at.column)?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for RecordFault {}

/// Why claims were refused: reads them once more, now keeping the path; the good case never pays for it.
pub(super) fn of_claims<C: Serialize + DeserializeOwned>(canonical: &[u8]) -> RecordFault {
    let unsaid = || RecordFault::claims("credentialSubject", "does not say what it must");
    let Ok(subject) = serde_json::from_slice::<Value>(canonical) else {
        return unsaid();
    };
    match serde_path_to_error::deserialize::<_, C>(&subject) {
        Ok(claims) => {
            serde_json::to_value(&claims).map_or_else(|_| unsaid(), |own| of_difference(&subject, &own))
        }
        Err(error) => {
            let mut path = "credentialSubject".to_owned();
            for segment in error.path() {
                if !matches!(segment, Segment::Seq { .. }) {
                    path.push('.');
                }
                path.push_str(&cut(&segment.to_string()));
            }
            RecordFault::claims(path, spelled(&cut_quoted(&error.into_inner().to_string())))
        }
    }
}

/// A name from a file as a fault repeats it: it may be as long as the file, and nobody reads more than its beginning.
pub(super) fn cut(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 80;
    match name.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(name),
        Some(_) => Cow::Owned(name.chars().take(LONGEST - 1).chain(['…']).collect()),
    }
}

/// A message of the reader, of which only what it quotes from the file is cut: "unknown field `…`, expected one of …".
/// What it expects is ours, and stands last.
pub(super) fn cut_quoted(message: &str) -> String {
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    match found.split_once(['`', '"']) {
        None => message.to_owned(),
        Some((start, name)) => {
            let quote = &found[start.len()..=start.len()];
            let name = cut(name.strip_suffix(quote).unwrap_or(name));
            format!("{start}{quote}{name}{quote}, expected {expected}")
        }
    }
}

/// The first place in which a subject differs from what its own type would write.
fn of_difference(found: &Value, written: &Value) -> RecordFault {
    let mut path = "credentialSubject".to_owned();
    let (mut found, mut written) = (found, written);
    loop {
        let step = match (found, written) {
            (Value::Object(there), Value::Object(wanted)) => {
                if let Some(key) = there.keys().find(|key| !wanted.contains_key(*key)) {
                    let message = if there[key].is_null() {
                        "is null; a member that says nothing must be left out"
                    } else {
                        "is not a member that a record may have"
                    };
                    return RecordFault::claims(format!("{path}.{}", cut(key)), message);
                }
                let differs = |key: &&String| there.get(*key) != wanted.get(*key);
                wanted.keys().find(differs).map(|key| {
                    (format!(".{}", cut(key)), there.get(key).unwrap_or(&Value::Null), &wanted[key])
                })
            }
            (Value::Array(there), Value::Array(wanted)) => there
                .iter()
                .zip(wanted)
                .enumerate()
                .find(|(_, (there, wanted))| there != wanted)
                .map(|(index, (there, wanted))| (format!("[{index}]"), there, wanted)),
            _ => None,
        };
        let Some((segment, there, wanted)) = step else {
            return RecordFault::claims(path, "is not written the one way it must be");
        };
        path.push_str(&segment);
        (found, written) = (there, wanted);
    }
}

#[cfg(test)]
mod tests;
