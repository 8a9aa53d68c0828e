//! What keys do on which screen, for whoever looks for two meanings of one, or for any.

use crossterm::event::Event;

use super::{
    Screen, assessment, bookmarks, certificate, check, course, open_text, policy, search, sign, welcome,
};
use crate::tui::keymap::{Context, Keymap, Meaning, meaning_in};

/// The keys of every screen.
pub(in crate::tui) fn contexts() -> Vec<Context> {
    [welcome::contexts(), by_screen().concat()].concat()
}

/// Those of a course, screen by screen in the order in which learners meet them.
pub(super) fn by_screen() -> [Vec<Context>; 9] {
    [
        course::contexts(),
        open_text::contexts(),
        check::contexts(),
        assessment::keys::contexts(),
        policy::contexts(),
        sign::contexts(),
        certificate::contexts(),
        bookmarks::contexts(),
        search::contexts(),
    ]
}

/// What a key does at another time on a screen with the contexts `here`, else on another one: on the first one that knows it, in the order
/// in which learners meet them.
pub(super) fn meaning(here: &[Context], event: &Event, keymap: &Keymap) -> Option<Meaning> {
    meaning_in(&[here.to_vec()], event, keymap).or_else(|| meaning_in(&by_screen(), event, keymap))
}

impl Screen {
    /// What a key that does nothing now does elsewhere.
    #[must_use]
    pub fn meaning_elsewhere(&self, event: &Event, keymap: &Keymap) -> Option<Meaning> {
        meaning(&self.contexts_here(), event, keymap)
    }

    /// The keys of this screen at any time, where they are not the first of all.
    pub(super) fn contexts_here(&self) -> Vec<Context> {
        match self {
            Self::Check(_) => check::contexts(),
            Self::Assessment(_) => assessment::keys::contexts(),
            Self::Lesson(_) | Self::Policy(_) => open_text::contexts(),
            Self::Sign(_) => sign::contexts(),
            Self::Certificate(_) => certificate::contexts(),
            Self::Bookmarks(_) => bookmarks::contexts(),
            Self::Course(_) | Self::Person(_) | Self::Search(_) => Vec::new(),
        }
    }
}
