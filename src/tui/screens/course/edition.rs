//! The course at a glance after it was changed.

use super::State;
use crate::course::{Course, Module};
use crate::training::Succession;
use crate::tui::pane::Context;

impl State {
    /// The same line marked, or the one that took its place.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        succession: &Succession,
        _context: &mut Context<'_>,
    ) -> Self {
        self.selected = match part_of(succession.from(), self.selected) {
            Part::Lesson(module) => match succession.module(module) {
                Some(now) => row_of(succession.to(), now),
                None => self.selected,
            },
            Part::Check(module) => match succession.module(module) {
                Some(now) => {
                    let has_check =
                        succession.to().modules.get(now).is_some_and(|module| module.check.is_some());
                    row_of(succession.to(), now) + usize::from(has_check)
                }
                None => self.selected,
            },
            Part::Behind(rows) => row_of(succession.to(), succession.to().modules.len()) + rows,
        };
        self.news.clear();
        self
    }
}

/// What a row is about.
enum Part {
    Lesson(usize),
    Check(usize),
    /// So many rows behind the last module.
    Behind(usize),
}

fn part_of(course: &Course, row: usize) -> Part {
    let mut first = 0;
    for (index, module) in course.modules.iter().enumerate() {
        if row == first {
            return Part::Lesson(index);
        }
        first += rows(module);
        if row < first {
            return Part::Check(index);
        }
    }
    Part::Behind(row - first)
}

/// The row of the module at `index`, or the first one behind all modules.
fn row_of(course: &Course, index: usize) -> usize {
    course.modules.iter().take(index).map(rows).sum()
}

fn rows(module: &Module) -> usize {
    1 + usize::from(module.check.is_some())
}
