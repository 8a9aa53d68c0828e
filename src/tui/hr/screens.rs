//! The screens of a dashboard, one file each, and what they look at.

pub mod aside;
pub mod charts;
mod claims;
mod levels;
pub mod people;
pub mod person;
pub mod record;
pub mod review;

use ratatui::layout::{Position, Rect, Size};

use crate::clock::Timestamp;
use crate::registry::office::Overview;
use crate::tui::hr::Look;

/// What a screen looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Everything at a glance; nothing before it was read for the first time.
    pub overview: Option<&'a Overview>,
    /// The moment of it, when that is not the present.
    pub past: Option<Timestamp>,
    /// How the officer wants it.
    pub look: Look,
    /// How large the part of the screen between heading and hints is.
    pub size: Size,
}

impl<'a> View<'a> {
    /// What is seen of an overview that was asked for as of `moment`.
    #[must_use]
    pub fn new(overview: Option<&'a Overview>, moment: Option<Timestamp>, look: Look, size: Size) -> Self {
        Self { overview, past: moment, look, size }
    }
}

/// Keys and what they do, for the help.
pub type Help = Vec<(String, &'static str)>;

/// A body of this size, wherever it is on the screen.
fn whole(size: Size) -> Rect {
    Rect::from((Position::ORIGIN, size))
}
