//! Identifiers and texts of which there may be only one.

use std::collections::HashMap;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use crate::course::fields::At;
use crate::course::rule::Rule;
use crate::course::source::quote;
use crate::id::IdError;

/// What has been used so far, and where.
#[derive(Debug)]
pub(super) struct Unique {
    noun: &'static str,
    seen: HashMap<String, Range<usize>>,
}

impl Unique {
    /// Nothing used yet; `noun` names what is counted, for messages.
    pub(super) fn new(noun: &'static str) -> Self {
        Self { noun, seen: HashMap::new() }
    }

    /// Reads an identifier that must not have been used before.
    pub(super) fn take<T: FromStr<Err = IdError> + Display>(&mut self, at: At<'_>) -> Option<T> {
        let id: T = at.id()?;
        self.claim(at, &id.to_string(), Rule::DuplicateId).then_some(id)
    }

    /// Reads Markdown that must not read like another one: nobody could tell which of the two is meant.
    pub(super) fn take_text(&mut self, at: At<'_>) -> Option<String> {
        let text = at.markdown()?;
        self.claim(at, text.trim(), Rule::DuplicateText).then_some(text)
    }

    fn claim(&mut self, at: At<'_>, word: &str, rule: Rule) -> bool {
        if let Some(first) = self.seen.get(word) {
            let place = at.source.position(first.start);
            let message = format!(
                "the {} {} stands at {}:{} already",
                self.noun,
                quote(word),
                place.line,
                place.column
            );
            at.source.fault_beside(rule, at.span(), message, first.clone(), "first here");
            return false;
        }
        self.seen.insert(word.to_owned(), at.span());
        true
    }
}
