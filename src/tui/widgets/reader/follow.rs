//! Reading on in a text that was changed.

use std::sync::Arc;

use super::{Reader, hang};
use crate::markup::{self, Layout, Place};
use crate::training::Text;
use crate::tui::pane::Context;

impl Reader {
    /// Reads on in the text as the course has it now, from the same words.
    pub fn follow(&mut self, what: Text, context: &mut Context<'_>) {
        let training = &context.training;
        let (Some(lesson), Some(frontier)) = (training.text(what), training.frontier(what)) else { return };
        let document = Arc::clone(&lesson.document);
        let layout = self.layout.get_mut();
        let (offset, width) = (layout.offset_of(self.top), layout.width());
        let shift = lines_from(layout, offset, self.top);
        let before = Arc::clone(&self.document);
        let now = |offset: usize| markup::follow(&before, offset, &document);
        let (top, kept) = (now(offset), self.kept.map(now));
        *layout = Layout::new(Arc::clone(&document), width);
        self.show_pictures(hang(what, self.size.height.into(), context));
        self.enlarged = None;
        let layout = self.layout.get_mut();
        let found = layout.place_of(top);
        self.top = match shift {
            Shift::Above => layout.up(found, 1),
            Shift::Below(lines) => layout.down(found, lines),
        };
        self.links.follow(now);
        self.targets.take();
        self.kept = kept;
        (self.what, self.document) = (what, document);
        (self.frontier, self.frontier_turn) = (frontier, None);
        self.contents = None;
        self.look_for_bookmarks(context.training);
        self.find_again();
        self.resize(context);
    }
}

/// Where a line stands beside the one that an offset leads to: an empty line above it, or one of several lines that begin
/// at the same offset, as in a table or of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Above,
    Below(usize),
}

fn lines_from(layout: &mut Layout, offset: usize, place: Place) -> Shift {
    let found = layout.place_of(offset);
    if place < found {
        return Shift::Above;
    }
    Shift::Below(layout.lines_between(found, place))
}
