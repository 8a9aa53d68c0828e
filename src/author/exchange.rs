//! Question banks of other systems: what comes over, what is lost on the way, and what cannot come.

pub mod aiken;
pub mod bank;
pub mod detect;
mod excerpt;
mod facts;
pub mod gift;
mod heading;
pub mod html;
pub mod moodle;
mod numbers;
pub mod page;
pub mod report;
mod shelf;
#[cfg(test)]
mod specimens;
pub mod table;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;

use crate::course::Topic;
use crate::quiz::question::Question;

pub use heading::Heading;

/// What a question bank of another system became. Nothing of the bank is missing from `entries`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// Every question, description and fragment of the bank, in its order.
    pub entries: Vec<Entry>,
    /// The topics that the questions are about (categories of the bank), in the order of their first use.
    pub topics: Vec<Topic>,
    /// Pictures that were embedded in the bank: path within the course (`assets/…`) to content.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// One part of a bank: where it stands in the file, and what it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file on which it begins, counted from 1.
    pub line: usize,
    /// What the bank calls it, or the beginning of its text; may hold anything.
    pub name: String,
    /// What it became.
    pub outcome: Outcome,
}

impl Entry {
    /// The question, if it came over.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match &self.outcome {
            Outcome::Imported { question, .. } => Some(question),
            Outcome::Refused { .. } => None,
        }
    }
}

/// What one part of a bank became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A question of ours; without losses it asks, accepts, marks and says what the bank's did.
    Imported {
        /// The question.
        question: Box<Question>,
        /// What of it our kinds cannot express.
        losses: Vec<Note>,
    },
    /// It has no counterpart, or it is faulty.
    Refused {
        /// Why, at least one reason.
        reasons: Vec<Note>,
    },
}

/// One thing about a part of a bank that its owner must know. Its texts may hold anything that the bank held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line that it is about, counted from 1.
    pub line: usize,
    /// What was lost or is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// What a quiz became in the format of another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file.
    pub text: String,
    /// What the format cannot express: the identifier of the question, and what was lost.
    pub losses: Vec<(String, String)>,
    /// How many questions are not in the file.
    pub left_out: usize,
}

impl Note {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: None }
    }

    fn with_hint(line: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: Some(hint.into()) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
