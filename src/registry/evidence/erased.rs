//! Who is in no pack, because their data was erased: how many those are, as far as the log proves it.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::log::{Entry, Event, Pseudonym};

/// Those who were erased. Nobody can tell any more who they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many, whenever that was.
    people: usize,
    /// How many of them sent a record of the course in the period.
    sent: usize,
}

impl Erased {
    /// By all entries of a log, for a course and a period.
    pub fn of(
        entries: impl IntoIterator<Item = impl Borrow<Entry>>,
        course: &CourseId,
        period: &RangeInclusive<Timestamp>,
    ) -> Self {
        let (mut people, mut senders) = (BTreeSet::<Pseudonym>::new(), BTreeSet::new());
        for entry in entries {
            let entry = entry.borrow();
            match &entry.event {
                Event::Erased { person, .. } => drop(people.insert(*person)),
                Event::Collected(record) if record.course == *course && period.contains(&entry.at) => {
                    senders.insert(record.person);
                }
                _ => {}
            }
        }
        Self { people: people.len(), sent: people.intersection(&senders).count() }
    }
}

impl fmt::Display for Erased {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { people: 0, .. } => formatter.write_str("nobody"),
            Self { people, sent } => {
                write!(formatter, "{people}; of {sent} of them a record of this course came in the period")
            }
        }
    }
}
