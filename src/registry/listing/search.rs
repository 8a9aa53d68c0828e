//! Finding rows by what is typed, a part at a time, so that no key waits for a million of them.

use super::names::Names;
use super::{Entry, Listing, Order};
use crate::fold::folded;
use crate::registry::row::{Membership, Whose};
use crate::registry::status::Kind;
use crate::registry::summary::counts::Counts;

/// What is said in place of a state of somebody who is asked for nothing.
pub const ASKED_NOTHING: &str = "asked for nothing";

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Words: each must stand in the number, name, department, role, course, or in the words for the state or for what
    /// somebody is to the organisation. Case and accents do not matter.
    pub words: String,
    /// Whose rows.
    pub whose: Whose,
    /// In which part of the list.
    pub scope: Scope,
    /// In which order.
    pub order: Order,
}

/// A part of the list. With nothing named it is all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// People of this department, by its exact name; an empty one for those who have none.
    pub department: Option<String>,
    /// Rows of this course.
    pub course: Option<String>,
}

impl Scope {
    /// Whether it is all of the list.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        let Self { department, course } = self;
        department.is_none() && course.is_none()
    }
}

/// A search under way. It goes on with [`Search::advance`] and belongs to the list that it was begun on.
#[derive(Debug)]
pub struct Search {
    wanted: Wanted,
    terms: Vec<Term>,
    department: Only,
    course: Only,
    /// The place in the order that is looked at next.
    next: usize,
    found: Vec<u32>,
    counts: Counts,
    /// A bit for each person who was found.
    people: Vec<u64>,
}

/// Which of many names is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    Any,
    One(u32),
    /// One that is not on the list.
    Unknown,
}

impl Only {
    fn of(wanted: Option<&String>, names: &Names) -> Self {
        match wanted.map(|name| names.find(name)) {
            None => Self::Any,
            Some(Some(number)) => Self::One(number),
            Some(None) => Self::Unknown,
        }
    }

    fn takes(self, number: u32) -> bool {
        match self {
            Self::Any => true,
            Self::One(wanted) => wanted == number,
            Self::Unknown => false,
        }
    }
}

/// A word, and what it says of everything that is not a text of its own for each person.
#[derive(Debug)]
struct Term {
    folded: String,
    kinds: [bool; Kind::ALL.len()],
    /// Of whoever is asked for nothing.
    nothing: bool,
    members: [bool; Membership::ALL.len()],
    courses: Vec<bool>,
}

impl Search {
    /// Nothing is found yet.
    #[must_use]
    pub fn begin(listing: &Listing, wanted: Wanted) -> Self {
        let terms = wanted.words.split_whitespace().map(|word| Term::new(listing, word)).collect();
        let people = vec![0; listing.people.len().div_ceil(64)];
        let department = Only::of(wanted.scope.department.as_ref(), &listing.departments);
        let course = Only::of(wanted.scope.course.as_ref(), &listing.courses);
        Self {
            wanted,
            terms,
            department,
            course,
            next: 0,
            found: Vec::new(),
            counts: Counts::default(),
            people,
        }
    }

    /// Looks at so many rows more.
    pub fn advance(&mut self, listing: &Listing, rows: usize) {
        let end = self.next.saturating_add(rows).min(listing.len());
        for place in self.next..end {
            let Some(row) = listing.orders.at(self.wanted.order, place) else { continue };
            let entry = &listing.entries[row as usize];
            if self.takes(listing, entry) {
                self.found.push(row);
                if let Some(kind) = entry.kind {
                    self.counts.add(kind);
                }
                if let Some(bits) = self.people.get_mut(entry.person as usize / 64) {
                    *bits |= 1 << (entry.person % 64);
                }
            }
        }
        self.next = end;
    }

    /// Whether everything was looked at.
    #[must_use]
    pub fn is_done(&self, listing: &Listing) -> bool {
        self.next >= listing.len()
    }

    /// What is looked for.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The rows that were found so far, in order.
    #[must_use]
    pub fn found(&self) -> &[u32] {
        &self.found
    }

    /// How many were found of each state.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How many people they are, those who are asked for nothing among them.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    fn takes(&self, listing: &Listing, entry: &Entry) -> bool {
        let person = listing.person(entry);
        let whose = match self.wanted.whose {
            Whose::Active => person.member == Membership::Active && entry.kind.is_some(),
            Whose::Everybody => true,
        };
        whose
            && self.department.takes(person.department)
            && self.course.takes(entry.course)
            && self.terms.iter().all(|term| {
                entry.kind.map_or(term.nothing, |kind| term.kinds[kind as usize])
                    || term.members[person.member as usize]
                    || term.courses.get(entry.course as usize).copied().unwrap_or_default()
                    || listing.folded_of(person).contains(&term.folded)
            })
    }
}

impl Term {
    fn new(listing: &Listing, word: &str) -> Self {
        let folded = folded(word);
        let in_words = |words: &str| words.contains(&folded);
        Self {
            kinds: Kind::ALL.map(|kind| in_words(kind.words())),
            nothing: in_words(ASKED_NOTHING),
            // Everybody is active, until they are not: the word would find all rows by every part of it.
            members: Membership::ALL.map(|member| member != Membership::Active && in_words(member.words())),
            courses: listing.courses.holding(&folded),
            folded,
        }
    }
}
