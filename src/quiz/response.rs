//! What a learner answered.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// What a learner answered, in the shape that the record keeps. Which shape a question takes:
///
/// | kind | shape |
/// |---|---|
/// | `Single`, `TrueFalse` | `Text`: an option identifier (`true`, `false`) |
/// | `Number`, `Text` | `Text`: as typed |
/// | `Multiple` | `List`: option identifiers, sorted |
/// | `Order` | `List`: item identifiers in the learner's order |
/// | `Scenario` | `List`: option identifiers in the order in which they were chosen |
/// | `Match` | `Map`: identifier of the left side to identifier of the right side |
/// | `Cloze` | `Map`: gap identifier to option identifier or what was typed |
///
/// A response may be partial (two of five pairs); what is missing earns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Response {
    /// One identifier or a typed text.
    Text(String),
    /// Several identifiers.
    List(Vec<String>),
    /// Identifiers to identifiers or typed texts.
    Map(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shapes)
    }
}

/// Reads each shape where it stands. The derived reader would first copy what it finds, to try one shape after the other,
/// and a record has twenty answers.
struct Shapes;

impl<'de> Visitor<'de> for Shapes {
    type Value = Response;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list of texts or an object of texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Response, E> {
        Ok(Response::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Response, E> {
        Ok(Response::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Response, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Response::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Response, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Response::Map)
    }
}

/// How sure a learner said to be. Reported, never marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Would bet on it.
    Sure,
    /// Rather sure.
    Fairly,
    /// A guess.
    Guessing,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shape_is_read_as_it_is_written() {
        for text in [r#""a""#, r#"["b","a"]"#, r#"{"a":"b","c":"\u00e9"}"#, "[]", "{}"] {
            let response: Response = serde_json::from_str(text).expect(text);
            let again = serde_json::to_string(&response).expect("JSON");
            assert_eq!(serde_json::from_str::<Response>(&again).expect("our own"), response);
        }
        for text in ["1", "null", "true", "[1]", r#"{"a":["b"]}"#, r#"[["a"]]"#] {
            assert!(serde_json::from_str::<Response>(text).is_err(), "{text}");
        }
    }
}
