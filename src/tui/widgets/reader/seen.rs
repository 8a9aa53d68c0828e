//! What of a text was seen, and the way to what was not.

use super::Reader;
use super::find::Find;
use crate::clock::Timestamp;
use crate::training::Sight;
use crate::tui::effect::Effect;
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

    /// Goes to what was not seen yet, below the line before it, from where Backspace comes back.
    pub fn go_to_unseen(&mut self, context: &mut Context<'_>) -> Vec<Effect> {
        let Some(offset) = self.frontier.unseen() else { return Vec::new() };
        self.leap(offset);
        let top = self.layout.get_mut().up(self.top, 1);
        self.arrive(top, context)
    }

    /// Takes in what is on the screen. What flits by while somebody types is not read.
    pub(super) fn look(&mut self, now: Timestamp) {
        if self.find.as_ref().is_some_and(Find::is_typing) {
            return;
        }
        let room = self.room_for_text();
        let layout = self.layout.get_mut();
        let sight = Sight { from: layout.start_of(self.top), to: layout.start_below(self.top, room) };
        let frontier = self.frontier.after(sight);
        if frontier != self.frontier {
            self.frontier = frontier;
            self.save_soon(now);
        }
    }

    pub(super) fn reached_end(&self, context: &Context<'_>) -> bool {
        self.is_all_seen() && !context.training.is_read(self.what)
    }
}
