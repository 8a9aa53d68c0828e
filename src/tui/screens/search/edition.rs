//! The search after the course was changed under it.

use super::{State, room};
use crate::tui::pane::Context;
use crate::tui::screens::found::{Results, SLICE};
use crate::tui::widgets::rows::Step;

impl State {
    /// The same words in the next edition of the course, with the place of the same number marked as far as it is found already.
    pub(in crate::tui::screens) fn in_edition(mut self, context: &Context<'_>) -> Self {
        let marked = self.results.marked();
        self.results = Results::new(context.training.course());
        self.results.seek(self.field.text());
        self.results.advance(SLICE);
        self.results.step(Step::To(marked), room(context.size));
        self
    }
}
