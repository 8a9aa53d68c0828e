//! The bookmarks after the course was changed under them.

use super::{Stage, State};
use crate::training::Succession;
use crate::tui::pane::Context;

impl State {
    /// The same in the next edition of the course.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        succession: &Succession,
        context: &Context<'_>,
    ) -> Self {
        self.take_in(self.spot.entry(), context);
        self.stage = match self.stage {
            Stage::List => Stage::List,
            Stage::Writing(writing) => {
                let marked = writing.marked();
                let place = marked.text.and_then(|text| succession.place(text, marked.bookmark.place));
                let writing = writing.in_edition(context.training, place, context.now);
                writing.map_or(Stage::List, |writing| Stage::Writing(Box::new(writing)))
            }
        };
        self
    }
}
