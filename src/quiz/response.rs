//! What a learner answered.

use std::collections::BTreeMap;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Response {
    /// One identifier or a typed text.
    Text(String),
    /// Several identifiers.
    List(Vec<String>),
    /// Identifiers to identifiers or typed texts.
    Map(BTreeMap<String, String>),
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
