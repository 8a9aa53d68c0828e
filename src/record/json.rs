//! JSON in the strict profile of signed files, in which `serde_json` on its default map is RFC 8785 (JCS).
//!
//! Two readers that understand the same bytes differently make a signature worthless, so everything that parsers are
//! known to disagree about is refused: duplicate keys, fractions and large numbers, byte order marks, invalid UTF-8.

use std::fmt::{self, Write as _};

use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::fault::{RecordFault, Stage, cut, cut_quoted};
use super::spelled;
use crate::course::Position;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// How deep objects and arrays may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// The largest integer, 2^53 − 1: beyond it JavaScript and other readers round.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Reads one JSON value.
///
/// # Errors
/// What is outside the profile, with its path, line and column.
pub fn parse(bytes: &[u8]) -> Result<Value, RecordFault> {
    let text = text(bytes)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut path = Path::default();
    Node { depth: 0, path: &mut path }
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| {
            let at = position(bytes, error.line(), error.column());
            let message = match (error.is_eof(), text.trim().is_empty()) {
                (true, true) => "is empty".to_owned(),
                (true, false) => "ends in the middle; the rest of it is missing".to_owned(),
                (false, _) => spelled(without_position(&error.to_string())),
            };
            fault(path.written(), at, message)
        })
}

/// Reads what somebody is to find there.
///
/// # Errors
/// What is outside the profile, or not what must stand there, with its path.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RecordFault> {
    let value = parse(bytes)?;
    serde_path_to_error::deserialize(&value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { cut(&path).into_owned() };
        let message = spelled(&cut_quoted(&error.into_inner().to_string()));
        RecordFault { stage: Stage::Profile, path, at: None, message }
    })
}

/// The canonical form (RFC 8785) of a value that [`parse`] accepts.
///
/// # Panics
/// Never: a JSON value has only text keys and finite numbers.
#[must_use]
pub fn canonical(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("a JSON value can always be written")
}

fn text(bytes: &[u8]) -> Result<&str, RecordFault> {
    let start = Position { line: 1, column: 1 };
    if bytes.len() > MAX_BYTES {
        return Err(fault(String::new(), start, "is larger than 1 MiB"));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(fault(String::new(), start, "begins with a byte order mark"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        fault(String::new(), position(bytes, line, column), "is not UTF-8")
    })
}

fn fault(path: String, at: Position, message: impl Into<String>) -> RecordFault {
    RecordFault { stage: Stage::Profile, path, at: Some(at), message: message.into() }
}

/// `serde_json` counts columns in bytes, people in characters.
fn position(bytes: &[u8], line: usize, column: usize) -> Position {
    let text = bytes.split(|byte| *byte == b'\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let before = text.get(..column.saturating_sub(1)).unwrap_or(text);
    let continued = before.iter().filter(|byte| **byte & 0xC0 == 0x80).count();
    Position { line: line.max(1), column: column.max(1) - continued }
}

fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

/// Where the fault is, gathered from the inside out while the reader gives up; a good file costs nothing.
#[derive(Default)]
struct Path(Vec<Segment>);

enum Segment {
    Key(String),
    Index(usize),
}

impl Path {
    /// Of a deep one, the outermost and the innermost parts: nobody reads more.
    fn written(&self) -> String {
        const ENDS: usize = 4;
        let mut written = String::new();
        let middle = ENDS..self.0.len().saturating_sub(ENDS);
        for (depth, segment) in self.0.iter().rev().enumerate() {
            if middle.contains(&depth) {
                if depth == middle.start {
                    written.push_str(".…");
                }
                continue;
            }
            match segment {
                Segment::Key(key) => {
                    if !written.is_empty() {
                        written.push('.');
                    }
                    written.push_str(&cut(key));
                }
                Segment::Index(index) => {
                    let _ = write!(written, "[{index}]");
                }
            }
        }
        written
    }
}

struct Node<'a> {
    depth: usize,
    path: &'a mut Path,
}

impl Node<'_> {
    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format!("is nested more than {MAX_DEPTH} levels deep")));
        }
        Ok(self.depth + 1)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

const NOT_AN_INTEGER: &str =
    "only integers from -9007199254740991 to 9007199254740991 are allowed, without point or exponent";

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        if value > MAX_INTEGER {
            return Err(E::custom(NOT_AN_INTEGER));
        }
        Ok(Value::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > MAX_INTEGER {
            return Err(E::custom(NOT_AN_INTEGER));
        }
        Ok(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom(NOT_AN_INTEGER))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let path = self.path;
        let mut array = Vec::new();
        loop {
            match items.next_element_seed(Node { depth, path: &mut *path }) {
                Ok(Some(item)) => array.push(item),
                Ok(None) => return Ok(Value::Array(array)),
                Err(error) => {
                    path.0.push(Segment::Index(array.len()));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let depth = self.deeper()?;
        let path = self.path;
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let fault = if !key.is_ascii() {
                // Where JCS sorts by UTF-16 and a map by bytes; inside ASCII the two agree.
                Some("has a name with other than ASCII characters")
            } else if object.contains_key(&key) {
                Some("stands there twice")
            } else {
                None
            };
            if let Some(message) = fault {
                path.0.push(Segment::Key(key));
                return Err(de::Error::custom(message));
            }
            match members.next_value_seed(Node { depth, path: &mut *path }) {
                Ok(value) => object.insert(key, value),
                Err(error) => {
                    path.0.push(Segment::Key(key));
                    return Err(error);
                }
            };
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests;
