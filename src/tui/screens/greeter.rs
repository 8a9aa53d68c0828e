//! Where on a screen something is said to who comes back to the program.

use super::Screen;
use super::shared::PadOrSheet as _;
use crate::tui::widgets::greeting::Greets;

impl Screen {
    /// What says it; `None` where nobody can have left off in the middle of something.
    pub(super) fn greeter(&self) -> Option<&dyn Greets> {
        match self {
            Self::Lesson(state) => Some(state.text.reader()),
            Self::Policy(state) => Some(state.text.reader()),
            Self::Check(state) => state.pad().map(|pad| pad as &dyn Greets),
            Self::Assessment(state) => state.pad().map(|pad| pad as &dyn Greets),
            Self::Sign(state) => Some(state),
            Self::Course(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn greeter_mut(&mut self) -> Option<&mut dyn Greets> {
        match self {
            Self::Lesson(state) => Some(state.text.reader_mut()),
            Self::Policy(state) => Some(state.text.reader_mut()),
            Self::Check(state) => state.pad_mut().map(|pad| pad as &mut dyn Greets),
            Self::Assessment(state) => state.pad_mut().map(|pad| pad as &mut dyn Greets),
            Self::Sign(state) => Some(state),
            Self::Course(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => None,
        }
    }
}
