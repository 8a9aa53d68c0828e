//! How things look: the terminal's own sixteen colours, so that light and dark both work, and never by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::markup::Bidi;

/// How things look for one learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: Colours,
    bidi: Bidi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    Terminal,
    None,
}

impl Theme {
    /// With the terminal's own colours.
    pub const COLOURED: Self = Self { colours: Colours::Terminal, bidi: Bidi::Auto };
    /// With bold, dim, underline and reverse alone (`NO_COLOR`).
    pub const PLAIN: Self = Self { colours: Colours::None, bidi: Bidi::Auto };

    /// The same with right-to-left text put into order by `bidi`.
    #[must_use]
    pub fn with_bidi(self, bidi: Bidi) -> Self {
        Self { bidi, ..self }
    }

    /// Who puts right-to-left text into the order in which it is seen.
    #[must_use]
    pub fn bidi(self) -> Bidi {
        self.bidi
    }

    fn coloured(self, colour: Color) -> Style {
        match self.colours {
            Colours::Terminal => Style::new().fg(colour),
            Colours::None => Style::new(),
        }
    }

    /// Running text.
    #[must_use]
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What matters less.
    #[must_use]
    pub fn muted(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What matters more.
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
        self.coloured(Color::Cyan)
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
        self.coloured(Color::Green)
    }

    /// Wrong, failed.
    #[must_use]
    pub fn bad(self) -> Style {
        self.coloured(Color::Red)
    }

    /// Partly right, under way, take care.
    #[must_use]
    pub fn caution(self) -> Style {
        self.coloured(Color::Yellow)
    }

    /// Code in texts.
    #[must_use]
    pub fn code(self) -> Style {
        self.coloured(Color::Magenta)
    }

    /// Addresses that can be opened.
    #[must_use]
    pub fn link(self) -> Style {
        self.coloured(Color::Blue).add_modifier(Modifier::UNDERLINED)
    }

    /// Keys in hints and help.
    #[must_use]
    pub fn key(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// What was looked for, wherever it stands. Not by colour alone: over any other style.
    #[must_use]
    pub fn hit(self) -> Style {
        self.coloured(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
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
