//! How much of a text is read and how much is left: reckoned and worded in one way, for every face.

use std::fmt;

use super::{Frontier, PartRead};
use crate::markup::Document;

/// Up to this size, in bytes, parts are counted: the headings of a longer text are looked for only when somebody wants to see them,
/// and no first screen waits for ten megabytes.
const PARTS_COUNTED: usize = 1 << 20;

/// How many of the parts of a text are read: what stands under a heading is one. Sources at the end are none, for they are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Those of which all was seen.
    pub read: usize,
    /// Those that are to be read.
    pub all: usize,
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} parts", self.read, self.all)
    }
}

impl Frontier {
    /// About how many minutes are left to be read, at least one; `None` when all of it was seen.
    #[must_use]
    pub fn minutes_left(self, document: &Document) -> Option<u32> {
        self.unseen().map(|unseen| document.minutes_from(unseen.offset))
    }

    /// How many of its headings head something that is to be read. Those of sources at the end are none of the parts, and so not
    /// counted where one says in which of them one is.
    #[must_use]
    pub fn sections(self, document: &Document) -> usize {
        let sections = (0..document.headings().len()).map(|index| self.part(&document.section(index)));
        sections.filter(|part| *part != PartRead::LookedUp).count()
    }

    /// How many of its parts are read; `None` where there are no several to be counted.
    #[must_use]
    pub fn parts(self, document: &Document) -> Option<Parts> {
        if document.len() > PARTS_COUNTED {
            return None;
        }
        let parts = (0..document.headings().len()).map(|index| self.part(&document.section(index)));
        let parts: Vec<PartRead> = parts.filter(|part| *part != PartRead::LookedUp).collect();
        let read = parts.iter().filter(|part| **part == PartRead::Whole).count();
        (parts.len() > 1).then_some(Parts { read, all: parts.len() })
    }
}

/// About how long what is left takes. It is said where something is left, so none means less than one.
#[must_use]
pub fn minutes_left(minutes: u32) -> String {
    match minutes {
        0 => "less than a minute left".to_owned(),
        1 => "about 1 minute left".to_owned(),
        minutes => format!("about {minutes} minutes left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_about_so_long() {
        assert_eq!(
            [0, 1, 2].map(minutes_left),
            ["less than a minute left", "about 1 minute left", "about 2 minutes left"]
        );
    }
}
