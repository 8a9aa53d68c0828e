//! The way to the bookmarks, and from them to what is marked.

use super::Model;
use crate::progress::Bookmark;
use crate::training::Text;
use crate::tui::effect::Effect;
use crate::tui::screens::reader::Entry;
use crate::tui::screens::{Screen, bookmarks};

impl Model {
    /// Lays the list of bookmarks over the screen.
    pub(super) fn show_bookmarks(&mut self) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        if matches!(screens.screen, Screen::Bookmarks(_)) {
            return Vec::new();
        }
        let effects = screens.screen.leave(&mut context);
        let list = Screen::Bookmarks(bookmarks::State::open(&context));
        screens.lay_over(list);
        effects
    }

    /// Lays the field for a note over the screen.
    pub(super) fn write_note(&mut self, text: Text, place: usize, known: Option<&Bookmark>) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let Some(state) = bookmarks::State::write(text, place, known, &context) else { return Vec::new() };
        let effects = screens.screen.leave(&mut context);
        screens.lay_over(Screen::Bookmarks(state));
        effects
    }

    /// Shows a place of a text (in bytes of its source) that was chosen from the list: on the screen below if that is of this text, so that
    /// Backspace comes back within it, else over the list, to which one comes back.
    pub(super) fn show_place(&mut self, text: Text, place: usize) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let effects = screens.screen.leave(&mut context);
        if screens.below.last().is_some_and(|below| below.reads(text)) {
            let Some(mut below) = screens.below.pop() else { return effects };
            below.enter(&mut context);
            below.leap_to(place, &mut context);
            *screens.screen = below;
            return effects;
        }
        if let Some(shown) = Screen::look_up(text, Entry::Place(place), &context) {
            screens.lay_over(shown);
        }
        effects
    }
}
