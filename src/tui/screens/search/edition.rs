//! The search after the course was changed under it.

use super::State;
use crate::tui::pane::Context;
use crate::tui::screens::found::Results;

impl State {
    /// The same words in the next edition of the course.
    pub(in crate::tui::screens) fn in_edition(mut self, context: &Context<'_>) -> Self {
        self.results = Results::new(context.training.course());
        self.results.seek(self.field.text());
        self
    }
}
