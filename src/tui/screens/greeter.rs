//! Where on a screen something is said to who comes back to the program.

use super::Screen;
use super::open_text::{LEAVE, LEAVE_KEYS};
use super::shared::{PadOrSheet as _, greeting, keys_to_look_back};
use crate::tui::keymap::Key;
use crate::tui::pane::Context;
use crate::tui::widgets::greeting::Greets;

/// What says it on `$screen`, reached through `$reader` and `$pad`; `None` where nobody can have left off in the middle of something.
macro_rules! greeter {
    ($screen:expr, $reader:ident, $pad:ident) => {
        match $screen {
            Self::Lesson(state) => Some(state.text.$reader()),
            Self::Policy(state) => Some(state.text.$reader()),
            Self::Check(state) => state.$pad().map(|pad| pad as _),
            Self::Assessment(state) => state.$pad().map(|pad| pad as _),
            Self::Sign(state) => Some(state),
            Self::Course(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => None,
        }
    };
}

impl Screen {
    /// Tells who comes back to the program that they go on here, until they do something.
    pub fn greet(&mut self, context: &Context<'_>) {
        let leave = context.settings.keymap.first_key(LEAVE, LEAVE_KEYS).filter(|key| self.leads(*key));
        let look_back = self.key_to_look_back(context);
        if let Some(greeter) = self.greeter_mut() {
            greeter.greet(greeting(leave, look_back, context));
        }
    }

    /// Whether it tells them so now.
    #[must_use]
    pub fn has_greeting(&self) -> bool {
        self.greeter().is_some_and(Greets::has_greeting)
    }

    /// Takes the greeting away: the learner has done something.
    pub fn fall_silent(&mut self) {
        if let Some(greeter) = self.greeter_mut() {
            greeter.fall_silent();
        }
    }

    /// What shows the answers of a check that is under way: whoever was thrown out while they read what was said on one finds it there.
    fn key_to_look_back(&self, context: &Context<'_>) -> Option<Key> {
        let keys =
            if self.has_answers(context) { keys_to_look_back(&context.settings.keymap) } else { Vec::new() };
        keys.into_iter().find(|key| self.leads(*key))
    }

    fn greeter(&self) -> Option<&dyn Greets> {
        greeter!(self, reader, pad)
    }

    fn greeter_mut(&mut self) -> Option<&mut dyn Greets> {
        greeter!(self, reader_mut, pad_mut)
    }
}
