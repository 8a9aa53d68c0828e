//! The selected row while it is looked for on a list that was read anew.

use crate::registry::listing::{Listed, Listing};
use crate::tui::widgets::rows::{Place, Step};

/// So many moves are kept: a key that something lies on is not meant.
const MOST: usize = 256;

/// A row that was selected.
#[derive(Debug)]
pub(super) struct Sought {
    number: String,
    course: String,
    /// Where it was.
    place: Place,
    /// Moves since, each with how many rows were in sight.
    moves: Vec<(Step, usize)>,
}

impl Sought {
    /// This row, which stood at `place`.
    pub(super) fn new(row: &Listed<'_>, place: Place) -> Self {
        Self { number: row.number().to_owned(), course: row.course().to_owned(), place, moves: Vec::new() }
    }

    /// Its number on the list, if it is still there.
    pub(super) fn row(&self, listing: &Listing) -> Option<u32> {
        listing.find(&self.number, &self.course)
    }

    /// Whom a key means that acts on it; nobody after a move, or when it is gone.
    pub(super) fn meant(&self, listing: &Listing) -> Option<&str> {
        (self.moves.is_empty() && self.row(listing).is_some()).then_some(self.number.as_str())
    }

    /// Keeps a move that begins at it, with how many rows are in sight; says whether it does.
    pub(super) fn takes(&mut self, step: Step, height: usize) -> bool {
        match step {
            Step::Up | Step::Down | Step::PageUp | Step::PageDown | Step::WheelUp | Step::WheelDown => {
                if self.moves.len() < MOST {
                    self.moves.push((step, height));
                }
                true
            }
            Step::First | Step::Last | Step::To(_) => false,
        }
    }

    /// Where somebody is now that it is row `row` of `length`.
    pub(super) fn found_at(&self, row: usize, length: usize) -> Place {
        let moved = |place: Place, (step, height): &(Step, usize)| place.after(*step, length, *height);
        self.moves.iter().fold(self.place.moved_to(row), moved)
    }
}
