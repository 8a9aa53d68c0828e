//! What a terminal is told to be while a face is on it.

use crate::config::{Config, Motion, Mouse};
use crate::markup::Bidi;
use crate::tui::theme::{Device, Theme};

/// What a terminal is told to be while a face is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modes {
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// Who puts right-to-left text into order.
    pub bidi: Bidi,
    /// Whether its cursor may blink.
    pub motion: Motion,
}

impl Modes {
    /// As `config` wants such a terminal.
    #[must_use]
    pub fn of(config: &Config, device: Device) -> Self {
        let bidi = Theme::of(config, device).bidi();
        Self { mouse: config.mouse, bidi, motion: config.motion }
    }
}
