//! A sentence of ours with the words of others in it, told apart.
//!
//! Names and reasons may be in any script. Beside each other, without it being known where one ends, two Arabic names change
//! places, and one before a Latin word turns the whole line round. So whoever draws a sentence has to know which parts of it
//! stand by themselves (what Unicode does with FSI and PDI, UAX 9).

mod counted;
mod named;
mod numbers;

use std::fmt;

pub use counted::{counted, one_or_many};
pub use named::named_first;
pub use numbers::numbers;

/// A sentence of ours with the words of others in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    parts: Vec<Part>,
}

/// A part of a sentence. It may hold anything: show it as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Our own words, which are read from left to right.
    Own(String),
    /// The words of others, which are read their own way.
    Value(String),
}

impl Phrase {
    /// Nothing is said yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on with our own words.
    #[must_use]
    pub fn own(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part::Own(words.into()));
        self
    }

    /// Goes on with the words of others.
    #[must_use]
    pub fn value(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part::Value(words.into()));
        self
    }

    /// Goes on with the words of others; where there are none that is said, because nothing between two of our words looks
    /// like a fault of ours.
    #[must_use]
    pub fn value_if_any(self, words: &str) -> Self {
        if words.trim().is_empty() { self.own("(empty)") } else { self.value(words) }
    }

    /// Goes on with another sentence.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Its parts in order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Words of which nobody knows more are those of others.
impl From<&str> for Phrase {
    fn from(words: &str) -> Self {
        Self::new().value(words)
    }
}

impl From<&String> for Phrase {
    fn from(words: &String) -> Self {
        Self::new().value(words)
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Part::Own(words) | Part::Value(words) in &self.parts {
            f.write_str(words)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_one_text() {
        let phrase = Phrase::new().own("of ").value("מרים").then(Phrase::new().own(": ").value("yes"));
        assert_eq!(phrase.to_string(), "of מרים: yes");
        assert_eq!(Phrase::from("Ada"), Phrase::new().value("Ada"));
        let said = |words: &str| Phrase::new().value_if_any(words);
        assert_eq!([said("Ada"), said(" \n")], [Phrase::from("Ada"), Phrase::new().own("(empty)")]);
    }
}
