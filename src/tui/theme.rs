//! How things look: in the terminal's own sixteen colours or in those of a palette, and never by colour alone.

mod depth;
mod device;
pub mod palette;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use crate::config::{self, Config, ThemeName};
use crate::markup::Bidi;
pub use depth::Depth;
pub use device::Device;
use palette::{Ink, Palette};

/// How things look for one learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: Colours,
    bidi: Bidi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    None,
    /// Nor any way of writing that came after the first terminals.
    Mono,
    Terminal,
    Own(&'static Palette, Depth),
}

impl Theme {
    /// With the terminal's own colours.
    pub const COLOURED: Self = Self { colours: Colours::Terminal, bidi: Bidi::Auto };
    /// With bold, dim, underline and reverse alone (`NO_COLOR`).
    pub const PLAIN: Self = Self { colours: Colours::None, bidi: Bidi::Auto };

    /// As somebody wants it, on such a terminal.
    #[must_use]
    pub fn of(config: &Config, Device { depth, bidi }: Device) -> Self {
        let colours = match (depth, config.theme) {
            (Depth::None, _) => Colours::None,
            (Depth::Mono, _) => Colours::Mono,
            // What sixteen colours look like nobody knows: on a ground out of them nothing could be promised.
            (Depth::Sixteen, _) | (_, ThemeName::Terminal) => Colours::Terminal,
            (_, ThemeName::Light) => Colours::Own(&palette::LIGHT, depth),
            (_, ThemeName::Dark) => Colours::Own(&palette::DARK, depth),
            (_, ThemeName::HighContrast) => Colours::Own(&palette::HIGH_CONTRAST, depth),
            (_, ThemeName::ColourBlind) => Colours::Own(&palette::COLOUR_BLIND, depth),
        };
        let bidi = match config.bidi {
            config::Bidi::Auto => bidi,
            config::Bidi::App => Bidi::App,
            config::Bidi::Terminal => Bidi::Terminal,
        };
        Self { colours, bidi }
    }

    /// This theme with right-to-left text put into order by `bidi`.
    #[cfg(test)]
    #[must_use]
    pub fn with_bidi(self, bidi: Bidi) -> Self {
        Self { bidi, ..self }
    }

    /// Who puts right-to-left text into the order in which it is seen.
    #[must_use]
    pub fn bidi(self) -> Bidi {
        self.bidi
    }

    /// Gives a finished frame the ground of a palette, and its colour of text where a view chose none; takes what the
    /// terminal does not have. Last of all, so that no view and no widget of ratatui leaves a hole.
    pub fn finish(self, buffer: &mut Buffer) {
        let (palette, depth) = match self.colours {
            Colours::None | Colours::Terminal => return,
            Colours::Mono => return buffer.content.iter_mut().for_each(as_on_a_typewriter),
            Colours::Own(palette, depth) => (palette, depth),
        };
        let (text, ground) = (palette.ink(Ink::Text).colour(depth), palette.ground().colour(depth));
        for cell in &mut buffer.content {
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
        }
    }

    fn ink(self, ink: Ink) -> Style {
        match self.colours {
            Colours::None | Colours::Mono => Style::new(),
            Colours::Terminal => ink.of_terminal().map_or(Style::new(), |colour| Style::new().fg(colour)),
            Colours::Own(palette, depth) => Style::new().fg(palette.ink(ink).colour(depth)),
        }
    }

    /// Running text.
    #[must_use]
    pub fn text(self) -> Style {
        Style::new()
    }

    /// Text that matters less.
    #[must_use]
    pub fn muted(self) -> Style {
        match self.colours {
            Colours::None | Colours::Mono | Colours::Terminal => Style::new().add_modifier(Modifier::DIM),
            // How dim a terminal makes it, and how hard to read, nobody knows.
            Colours::Own(..) => self.ink(Ink::Muted),
        }
    }

    /// Text that matters more.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The first line of the screen.
    #[must_use]
    pub fn title(self) -> Style {
        self.strong()
    }

    /// Headings and other landmarks.
    #[must_use]
    pub fn accent(self) -> Style {
        self.ink(Ink::Accent)
    }

    /// Headings of texts by level, 1 to 6.
    #[must_use]
    pub fn heading(self, level: u8) -> Style {
        let style = self.accent().add_modifier(Modifier::BOLD);
        // The first two levels have a line of their own under them; below that only the look differs.
        if level <= 4 { style } else { self.accent() }
    }

    /// Right, done, passed.
    #[must_use]
    pub fn good(self) -> Style {
        self.ink(Ink::Good)
    }

    /// Wrong, failed.
    #[must_use]
    pub fn bad(self) -> Style {
        self.ink(Ink::Bad)
    }

    /// Partly right, under way, take care.
    #[must_use]
    pub fn caution(self) -> Style {
        self.ink(Ink::Caution)
    }

    /// Code in texts.
    #[must_use]
    pub fn code(self) -> Style {
        self.ink(Ink::Code)
    }

    /// Addresses that can be opened.
    #[must_use]
    pub fn link(self) -> Style {
        self.ink(Ink::Link).add_modifier(Modifier::UNDERLINED)
    }

    /// Keys in hints and help.
    #[must_use]
    pub fn key(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// What was looked for, wherever it stands. Not by colour alone: over any other style.
    #[must_use]
    pub fn hit(self) -> Style {
        self.ink(Ink::Caution).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// The one that the reader was led to.
    #[must_use]
    pub fn current_hit(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// The row or option that the next key acts on. A sign stands beside it too.
    #[must_use]
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}

/// Emphasis is underlined, as terminals without italics have always had it.
fn as_on_a_typewriter(cell: &mut Cell) {
    if cell.modifier.contains(Modifier::ITALIC) {
        cell.modifier.insert(Modifier::UNDERLINED);
    }
    cell.modifier &= Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED;
}

#[cfg(test)]
mod tests;
