//! The same screens after the course was changed under them, in a preview.

use crate::training::Succession;
use crate::tui::message::Destination;
use crate::tui::pane::Context;
use crate::tui::screens::Screen;
use crate::tui::screens::shared::PadOrSheet as _;
use crate::tui::widgets::answer::AnswerPad;

impl Screen {
    /// The same screen in the next edition of the course, which `context` holds already; `None` when what it showed is
    /// gone.
    #[must_use]
    pub fn in_edition(self, succession: &Succession, context: &mut Context<'_>) -> Option<Self> {
        match self {
            Self::Course(state) => Some(Self::Course(state.in_edition(succession, context))),
            Self::Lesson(state) => state.in_edition(succession, context).map(Self::Lesson),
            Self::Check(state) => state.in_edition(succession, context).map(Self::Check),
            Self::Assessment(state) => Some(Self::Assessment(state.in_edition(succession, context))),
            Self::Policy(state) => state.in_edition(succession, context).map(Self::Policy),
            Self::Sign(_) => super::sign::State::open(context).map(Self::Sign),
            Self::Certificate(state) => Some(Self::Certificate(state)),
            Self::Person(state) => Some(Self::Person(state)),
            Self::Bookmarks(state) => Some(Self::Bookmarks(state.in_edition(succession, context))),
            Self::Search(state) => Some(Self::Search(state.in_edition(context))),
        }
    }

    /// Where this screen is.
    #[must_use]
    pub fn destination(&self) -> Destination {
        match self {
            Self::Course(_) | Self::Person(_) | Self::Bookmarks(_) | Self::Search(_) => Destination::Course,
            Self::Lesson(state) => Destination::Lesson(state.module()),
            Self::Check(state) => Destination::Check(state.module()),
            Self::Assessment(_) => Destination::Assessment,
            Self::Policy(_) => Destination::Policy,
            Self::Sign(_) => Destination::Sign,
            Self::Certificate(_) => Destination::Certificate,
        }
    }

    /// The question on the screen, if one is asked or was answered.
    #[must_use]
    pub fn pad(&self) -> Option<&AnswerPad> {
        match self {
            Self::Check(state) => state.pad(),
            Self::Assessment(state) => state.pad(),
            Self::Course(_)
            | Self::Lesson(_)
            | Self::Policy(_)
            | Self::Sign(_)
            | Self::Certificate(_)
            | Self::Person(_)
            | Self::Bookmarks(_)
            | Self::Search(_) => None,
        }
    }
}
