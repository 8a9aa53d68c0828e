//! What of a text was seen, and the way to what was not.

use super::Reader;
use super::find::Find;
use crate::clock::Timestamp;
use crate::training::{Frontier, PartRead, Sight};
use crate::tui::effect::{Due, Effect};
use crate::tui::pane::Context;

impl Reader {
    /// Whether all of the text was in sight by now.
    #[must_use]
    pub fn is_all_seen(&self) -> bool {
        self.frontier.unseen().is_none()
    }

    /// How much of it was seen from its beginning without a gap, in percent.
    #[must_use]
    pub fn percent_seen(&self) -> u32 {
        self.frontier.percent()
    }

    /// How much was seen of what stands under the heading with this index.
    pub(super) fn section_read(&self, index: usize) -> PartRead {
        self.frontier.part(&self.document.section(index))
    }

    /// Goes to what was not seen yet, below the line before it, from where Backspace comes back.
    pub fn go_to_unseen(&mut self, context: &Context<'_>) {
        let Some(unseen) = self.frontier_here().unseen() else { return };
        self.leap(unseen.offset);
        let layout = self.layout.get_mut();
        let place = layout.place_at(unseen);
        let top = layout.up(place, 1);
        self.arrive(top, context);
        // That is reading on: whoever comes to the end by it is at the end.
        self.let_go_of_held();
    }

    /// It is drawn now: takes in what is in sight. Nobody waits for the disk to see a page, not even the one that ends a text: it says
    /// where Enter leads, and the next frame may say that the text was read.
    pub fn shown(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        if !self.is_covered() {
            self.look(context.now);
        }
        if self.is_all_seen() && !context.training.is_read(self.what) {
            return self.save_once_drawn(Due::NextFrame, context);
        }
        if self.save_at.is_some_and(|at| at <= context.now) {
            return self.save_once_drawn(Due::Soon, context);
        }
        Vec::new()
    }

    /// Whether nobody sees the text. What flits by while somebody types is not read either.
    fn is_covered(&self) -> bool {
        self.is_enlarged()
            || self.contents_cover_everything()
            || self.results().is_some()
            || self.find.as_ref().is_some_and(Find::is_typing)
    }

    fn look(&mut self, now: Timestamp) {
        let room = self.room_for_text();
        let layout = self.layout.get_mut();
        let sight = Sight { from: layout.start_of(self.top), to: layout.start_below(self.top, room) };
        let frontier = self.frontier_here().after(sight);
        if frontier != self.frontier {
            self.frontier = frontier;
            self.save_soon(now);
        }
    }

    /// How far it was seen, in the lines that are laid out now.
    fn frontier_here(&mut self) -> Frontier {
        let layout = self.layout.get_mut();
        if self.frontier_turn != Some(layout.turns()) {
            self.frontier_turn = Some(layout.turns());
            self.frontier = self.frontier.laid_out(|offset| layout.begin_of(offset));
        }
        self.frontier
    }
}
