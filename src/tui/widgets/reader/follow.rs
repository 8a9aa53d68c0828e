//! Reading on in a text that was changed.

use std::sync::Arc;

use super::{Reader, hang};
use crate::markup::{self, Layout, Place};
use crate::training::Text;
use crate::tui::pane::Context;

impl Reader {
    /// Reads on in the text as the course has it now, from the same words.
    pub fn follow(&mut self, what: Text, context: &mut Context<'_>) {
        let Some(lesson) = context.training.text(what) else { return };
        let document = Arc::clone(&lesson.document);
        let layout = self.layout.get_mut();
        let (offset, width) = (layout.offset_of(self.top), layout.width());
        let shift = lines_from(layout, offset, self.top);
        let before = Arc::clone(&self.document);
        let now = |offset: usize| markup::follow(&before, offset, &document);
        let (top, kept, seen) = (now(offset), self.kept.map(now), now(self.seen.0));
        *layout = Layout::new(Arc::clone(&document), width);
        self.show_pictures(hang(what, self.height, context));
        self.enlarged = None;
        let layout = self.layout.get_mut();
        let found = layout.place_of(top);
        self.top = match shift {
            Shift::Above => layout.up(found, 1),
            Shift::Below(lines) => layout.down(found, lines),
        };
        self.links.follow(now);
        (self.kept, self.seen.0) = (kept, seen);
        (self.what, self.document) = (what, document);
        self.contents = None;
        self.look_for_bookmarks(context.training);
        self.find_again();
        self.resize(context);
    }
}

/// Where a line stands beside the one that an offset leads to: an empty line above it, or one of several lines that begin
/// at the same offset, as in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Above,
    Below(usize),
}

/// More lines than that do not begin at one offset.
const LINES_AT_ONE_OFFSET: usize = 32;

fn lines_from(layout: &mut Layout, offset: usize, place: Place) -> Shift {
    let found = layout.place_of(offset);
    if place < found {
        return Shift::Above;
    }
    let below = (0..LINES_AT_ONE_OFFSET).find(|lines| layout.down(found, *lines) >= place);
    Shift::Below(below.unwrap_or(0))
}
