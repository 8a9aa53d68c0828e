//! What of a question has been in sight: nothing is handed in before all of it was.
//!
//! A terminal of 40 by 12 shows a third of a question. Whoever presses Enter there, out of habit, must not answer
//! between options that they never saw.

use std::collections::BTreeSet;

use super::body::Body;
use super::rows::Row;
use super::window::Window;
use super::{AnswerPad, Stage};

/// A part of what is asked. Its rows have its name, however wide they are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The prompt.
    Prompt,
    /// What is told at this step of a story, or the text with gaps.
    Told(usize),
    /// What the decision at this step of a story led to.
    Outcome(usize),
    /// A left side, a thing to be put in order, a gap or the field.
    Item(usize),
    /// Something to choose.
    Option {
        /// The gap or the step that it is chosen for; 0 where all options are one list.
        of: usize,
        /// Its place among the others.
        place: usize,
    },
    /// How sure one is.
    Certainty,
}

/// The parts that were on the screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    /// Those of which every row was.
    whole: BTreeSet<Part>,
    /// Rows of the others, counted within their part, as they are laid out at `width`.
    rows: BTreeSet<(Part, usize)>,
    width: u16,
}

/// What is still to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// This row.
    Row(usize),
    /// This item, which has no rows as long as it does not have the focus.
    Item(usize),
}

impl Sight {
    /// What `window` shows is on the screen.
    fn note(&mut self, window: &Window) {
        if self.width != window.width() {
            self.rows.clear();
            self.width = window.width();
        }
        let mut partly = BTreeSet::new();
        let mut there = BTreeSet::new();
        for (index, part, row) in numbered(window.rows()) {
            if self.whole.contains(&part) {
                continue;
            }
            there.insert(part);
            if window.shows(index) {
                self.rows.insert((part, row));
            } else if !self.rows.contains(&(part, row)) {
                partly.insert(part);
            }
        }
        self.whole.extend(there.difference(&partly));
    }

    fn has_seen(&self, part: Part, row: usize) -> bool {
        self.whole.contains(&part) || self.rows.contains(&(part, row))
    }
}

/// The rows that belong to a part, each with its number within it.
fn numbered(rows: &[Row]) -> impl Iterator<Item = (usize, Part, usize)> {
    let mut last = None;
    let parts = rows.iter().enumerate().filter_map(|(index, row)| Some((index, row.part?)));
    parts.map(move |(index, part)| {
        let row = match last {
            Some((before, row)) if before == part => row + 1,
            Some(_) | None => 0,
        };
        last = Some((part, row));
        (index, part, row)
    })
}

impl AnswerPad {
    /// What the window shows is on the screen now.
    pub fn note_shown(&mut self) {
        if self.stage == Stage::Answering {
            self.sight.note(&self.window);
        }
    }

    /// Whether something of the question was not on the screen yet, so that nothing is handed in.
    #[must_use]
    pub fn has_unseen(&self) -> bool {
        self.unseen().is_some()
    }

    fn unseen(&self) -> Option<Unseen> {
        if self.stage == Stage::Revealed {
            return None;
        }
        let unseen = || {
            let rows = numbered(self.window.rows());
            rows.filter(|(_, part, row)| !self.sight.has_seen(*part, *row)).map(|(index, ..)| index)
        };
        // Reading goes down: what stands above comes after what stands below.
        let row = unseen().find(|index| *index >= self.window.top()).or_else(|| unseen().next());
        let item = || {
            // What is left open comes first: the focus would go past it, and a number land on another side.
            let mut hidden = self.window.items_elsewhere().filter(|_| self.body.first_open().is_none());
            hidden.find(|item| !self.sight.has_seen(Part::Item(*item), 0)).map(Unseen::Item)
        };
        row.map(Unseen::Row).or_else(item)
    }

    /// Goes to what was not on the screen yet, a screen at most.
    pub(super) fn see_rest(&mut self) {
        match self.unseen() {
            Some(Unseen::Row(row)) => {
                self.window.read_on_to(row);
                self.take_focus_along();
            }
            Some(Unseen::Item(item)) => {
                self.focus = item;
                self.lay_out();
                self.window.show(item);
            }
            None => {}
        }
    }

    /// Where the arrows run along a list, they go on from what is seen.
    fn take_focus_along(&mut self) {
        match self.body {
            Body::Choosing(_) | Body::Ordering(_) | Body::Story(_) => {}
            // Somebody is typing, or chooses for this side or gap.
            Body::Matching(_) | Body::Typing(_) | Body::Filling(_) => return,
        }
        if self.window.sees(self.focus) {
            return;
        }
        if let Some(item) = (0..self.body.items()).find(|item| self.window.sees(*item)) {
            self.focus = item;
            self.lay_out();
        }
    }
}
