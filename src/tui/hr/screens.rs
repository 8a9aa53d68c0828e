//! The screens of a dashboard, one file each, and what they look at.

pub mod aside;
pub mod charts;
mod levels;
pub mod people;
pub mod person;
pub mod record;
pub mod review;

use ratatui::layout::Size;

use crate::registry::office::Overview;
use crate::tui::hr::Look;

/// What a screen looks at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Everything at a glance; nothing before it was read for the first time.
    pub overview: Option<&'a Overview>,
    /// How the officer wants it.
    pub look: Look,
    /// How large the part of the screen between heading and hints is.
    pub size: Size,
}

/// Keys and what they do, for the help.
pub type Help = Vec<(String, &'static str)>;
