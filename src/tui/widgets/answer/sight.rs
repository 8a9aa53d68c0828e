//! What of a question has been in sight: nothing is handed in before all of it was.
//!
//! A terminal of 40 by 12 shows a third of a question. Whoever presses Enter there, out of habit, must not answer
//! between options that they never saw.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Row;
use super::window::Window;
use super::{AnswerPad, Stage};

/// A part of what is asked. Its rows have its name, however wide they are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What is to be done, where one would not guess it.
    Instruction,
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

/// What was on the screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    /// The parts of which every row was.
    whole: BTreeSet<Part>,
    /// The items of which every part was: those that do not have the focus may have no rows.
    items: BTreeSet<usize>,
    /// Which rows of the other parts were.
    rows: BTreeMap<Part, PartRows>,
}

/// The rows of a part that was not seen to its end.
#[derive(Debug, Clone, Default)]
struct PartRows {
    /// What they say of the course. In other rows the part begins again, because nobody knows where in them its reader was.
    texts: Vec<String>,
    seen: Vec<bool>,
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
    /// Whether nothing was on the screen yet.
    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.rows.is_empty()
    }

    /// What `window` shows is on the screen.
    fn note(&mut self, window: &Window) {
        let rows = window.rows();
        for (part, places) in parts(rows) {
            if self.whole.contains(&part) {
                continue;
            }
            let texts = texts(rows, &places);
            let known = self.rows.entry(part).or_default();
            if known.texts != texts {
                *known = PartRows { seen: vec![false; texts.len()], texts };
            }
            for (seen, place) in known.seen.iter_mut().zip(places) {
                *seen |= window.shows(place);
            }
            if known.seen.iter().all(|seen| *seen) {
                self.rows.remove(&part);
                self.whole.insert(part);
            }
        }
        let is_whole = |row: &Row| row.part.is_none_or(|part| self.whole.contains(&part));
        let items: BTreeSet<usize> = rows.iter().filter_map(|row| row.item).collect();
        let partly: BTreeSet<usize> =
            rows.iter().filter(|row| !is_whole(row)).filter_map(|row| row.item).collect();
        self.items.extend(items.difference(&partly));
    }

    /// Which of `rows` were not, from top to bottom.
    pub(super) fn unseen_of(&self, rows: &[Row]) -> BTreeSet<usize> {
        let unseen = |(part, places): (Part, Vec<usize>)| {
            let known = self.rows.get(&part).filter(|known| known.texts == texts(rows, &places));
            let seen = known.map_or(&[][..], |known| &known.seen);
            let of_row = seen.iter().copied().chain(std::iter::repeat(false));
            places
                .into_iter()
                .zip(of_row)
                .filter(|(_, seen)| !seen)
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        };
        let partly = parts(rows).into_iter().filter(|(part, _)| !self.whole.contains(part));
        partly.flat_map(unseen).collect()
    }
}

/// Where the rows of each part stand.
fn parts(rows: &[Row]) -> BTreeMap<Part, Vec<usize>> {
    let mut parts: BTreeMap<Part, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        if let Some(part) = row.part {
            parts.entry(part).or_default().push(place);
        }
    }
    parts
}

/// What the rows at these places say of the course: the signs beside it change when it is answered.
fn texts(rows: &[Row], places: &[usize]) -> Vec<String> {
    places.iter().map(|place| rows[*place].course_text()).collect()
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

    /// Whether everything that is asked was on the screen by now: also each side or gap that has no rows while another one has the
    /// focus.
    #[must_use]
    pub fn was_shown_wholly(&self) -> bool {
        let is_known = |item: usize| self.sight.items.contains(&item);
        self.sight.unseen_of(self.window.rows()).is_empty() && self.window.items_elsewhere().all(is_known)
    }

    /// The side or gap that is to be seen next, where all of the one with the focus was.
    pub(super) fn unseen_elsewhere(&self) -> Option<usize> {
        match self.unseen()? {
            Unseen::Item(item) => Some(item),
            Unseen::Row(_) => None,
        }
    }

    fn unseen(&self) -> Option<Unseen> {
        if self.stage == Stage::Revealed {
            return None;
        }
        let unseen = self.sight.unseen_of(self.window.rows());
        // Reading goes down: what stands above comes after what stands below.
        let row = unseen.range(self.window.top()..).next().or_else(|| unseen.first()).copied();
        let item = || {
            // What is left open comes first: the focus would go past it, and a number land on another side.
            let mut hidden = self.window.items_elsewhere().filter(|_| self.body.first_open().is_none());
            hidden.find(|item| !self.sight.items.contains(item)).map(Unseen::Item)
        };
        row.map(Unseen::Row).or_else(item)
    }

    /// Whether what has the focus begins on the screen.
    pub(super) fn focus_is_seen(&self) -> bool {
        self.begins_in_sight(self.focus)
    }

    /// Whether this thing begins on the screen.
    pub(super) fn begins_in_sight(&self, item: usize) -> bool {
        self.window.range_of(item).is_some_and(|rows| !rows.is_empty() && self.window.shows(rows.start))
    }

    /// What has the focus is not cut at the lower edge as long as nothing goes out of sight for it that is still to be read.
    pub(super) fn complete(&mut self) {
        let unseen = self.sight.unseen_of(self.window.rows());
        self.window.complete(self.focus, &unseen);
    }

    /// Goes to what was not on the screen yet, a screen at most.
    pub(super) fn see_rest(&mut self) {
        match self.unseen() {
            Some(Unseen::Row(row)) => {
                // The focus stays: a key that chooses means what was chosen to have it, and not what comes by.
                self.window.read_on_to(row);
            }
            Some(Unseen::Item(item)) => {
                self.focus = item;
                self.lay_out();
                self.window.show(item);
            }
            None => {}
        }
    }
}
