//! The lesson after it was changed under its reader.

use super::State;
use crate::printable::Printable;
use crate::training::{Succession, Text};
use crate::tui::pane::Context;

impl State {
    /// The module that it belongs to.
    pub(in crate::tui::screens) fn module(&self) -> usize {
        self.module
    }

    /// The same lesson, read on from the same place.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        succession: &Succession,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        self.module = succession.module(self.module)?;
        let lesson = context.training.text(Text::Lesson(self.module))?;
        self.title = Printable::new(&lesson.title);
        self.text.follow(Text::Lesson(self.module), context);
        Some(self)
    }
}
