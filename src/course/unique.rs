//! Identifiers and texts of which there may be only one.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use crate::course::Position;
use crate::course::fields::At;
use crate::course::source::quote;
use crate::id::IdError;

/// What has been used so far, and where.
#[derive(Debug)]
pub(super) struct Unique {
    noun: &'static str,
    seen: HashMap<String, Position>,
}

impl Unique {
    /// Nothing used yet; `noun` names what is counted, for messages.
    pub(super) fn new(noun: &'static str) -> Self {
        Self { noun, seen: HashMap::new() }
    }

    /// Reads an identifier that must not have been used before.
    pub(super) fn take<T: FromStr<Err = IdError> + Display>(&mut self, at: At<'_>) -> Option<T> {
        let id: T = at.id()?;
        self.claim(at, &id.to_string()).then_some(id)
    }

    /// Reads a text that must not read like another one: nobody could tell which of the two is meant.
    pub(super) fn take_text(&mut self, at: At<'_>) -> Option<String> {
        let text = at.text()?;
        self.claim(at, text.trim()).then_some(text)
    }

    fn claim(&mut self, at: At<'_>, word: &str) -> bool {
        let here = at.source.position(at.start());
        if let Some(first) = self.seen.get(word) {
            let message = format!(
                "the {} {} stands at {}:{} already",
                self.noun,
                quote(word),
                first.line,
                first.column
            );
            at.source.fault(at.start(), message);
            return false;
        }
        self.seen.insert(word.to_owned(), here);
        true
    }
}
