//! The key table of a screen, whoever made it.

use crossterm::event::Event;

use super::open_text;
use crate::tui::keymap::{Binding, Keymap};

/// The keys that do something on a screen now, with the messages of that screen.
#[derive(Debug)]
pub enum Table<M: 'static> {
    /// A table of its own.
    Own(&'static [Binding<M>]),
    /// That of a text that is open on it, and what makes messages of the screen out of those of the text.
    OfText(&'static [Binding<open_text::Message>], fn(open_text::Message) -> M),
}

impl<M: Clone> Table<M> {
    /// The message that the first fitting line has for `event`.
    #[must_use]
    pub fn message_for(&self, keymap: &Keymap, event: &Event) -> Option<M> {
        match self {
            Self::Own(table) => keymap.message_for(table, event),
            Self::OfText(table, wrap) => keymap.message_for(table, event).map(wrap),
        }
    }

    /// Every line in words, with those of its keys that are `free`.
    pub fn help(&self, keymap: &Keymap, free: impl Fn(&Event) -> bool) -> Vec<(String, &'static str)> {
        match self {
            Self::Own(table) => keymap.help_by_use(table, free),
            Self::OfText(table, _) => keymap.help_by_use(table, free),
        }
    }

    /// What the last line of the screen says, with keys that are `free`.
    pub fn hints(
        &self,
        keymap: &Keymap,
        free: impl Fn(&Event) -> bool,
    ) -> Vec<(String, &'static str, Option<M>)> {
        match self {
            Self::Own(table) => keymap.hints(table, free),
            Self::OfText(table, wrap) => {
                let hints = keymap.hints(table, free).into_iter();
                hints.map(|(key, hint, message)| (key, hint, message.map(wrap))).collect()
            }
        }
    }
}
