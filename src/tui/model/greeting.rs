//! What is said until somebody does something, whatever that is: to who comes back to the program, and above the keys.

use crossterm::event::{Event, KeyEventKind, MouseEventKind};

use super::{Model, Stage};
use crate::tui::message::Message;
use crate::tui::screens::Screen;

impl Model {
    /// A key or a click that means nothing here all the same takes away what is said to who comes back, so that they see the text, and
    /// what is said above the keys: behind a key it would look like the answer to that one, with the mouse alone nothing else would, and
    /// on a low screen some of the keys have no room then.
    pub(super) fn touch(&self, event: &Event) -> Option<Message> {
        let is_said = !self.notice.is_empty();
        let touches = match event {
            Event::Key(key) if key.kind == KeyEventKind::Press => match (self.shows_greeting(), is_said) {
                (true, _) => Some(Message::Touch),
                // What has the focus keeps it.
                (false, true) => Some(Message::Hush),
                (false, false) => None,
            },
            Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)) => {
                (self.shows_greeting() || is_said || self.is_typing_number()).then_some(Message::Touch)
            }
            Event::Key(_)
            | Event::Mouse(_)
            | Event::Paste(_)
            | Event::Resize(..)
            | Event::FocusGained
            | Event::FocusLost => None,
        };
        touches.filter(|_| self.is_large_enough())
    }

    fn is_typing_number(&self) -> bool {
        self.overlay.is_none() && self.screen().is_some_and(Screen::is_typing_number)
    }

    /// Whether the screen says something to who comes back, whatever lies over it: what was typed before they saw that was not meant
    /// for it.
    #[must_use]
    pub fn has_greeting(&self) -> bool {
        self.screen().is_some_and(Screen::has_greeting)
    }

    /// Whether they see it now.
    #[must_use]
    pub fn shows_greeting(&self) -> bool {
        self.overlay.is_none() && self.has_greeting()
    }

    /// Takes the greeting away: the learner has done something.
    pub fn fall_silent(&mut self) {
        if let Stage::Learning(learning) = &mut self.stage {
            let screens = learning.below.iter_mut().chain([&mut learning.screen]);
            screens.for_each(Screen::fall_silent);
        }
    }
}
