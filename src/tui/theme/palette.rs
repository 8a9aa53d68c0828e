//! The colours of the themes that bring a ground of their own, and what becomes of them on a terminal with 256.

use ratatui::style::Color;

use crate::tui::theme::Depth;

/// A ground and what is written on it. Every ink has at least a contrast of 4.5 to 1 to the ground (WCAG 2.2, 1.4.3), in
/// [`HIGH_CONTRAST`] 7 to 1 (1.4.6), also on a terminal with 256 colours; the tests reckon it.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    ground: Rgb,
    text: Rgb,
    muted: Rgb,
    accent: Rgb,
    good: Rgb,
    bad: Rgb,
    caution: Rgb,
    code: Rgb,
    link: Rgb,
}

/// Dark on light.
pub static LIGHT: Palette = Palette {
    ground: Rgb(0xfa, 0xfa, 0xfa),
    text: Rgb(0x1c, 0x1c, 0x1c),
    muted: Rgb(0x5f, 0x5f, 0x5f),
    accent: Rgb(0x00, 0x5f, 0x87),
    good: Rgb(0x00, 0x5f, 0x00),
    bad: Rgb(0xaf, 0x00, 0x00),
    caution: Rgb(0x87, 0x5f, 0x00),
    code: Rgb(0x87, 0x00, 0x87),
    link: Rgb(0x00, 0x00, 0xd7),
};

/// Light on dark.
pub static DARK: Palette = Palette {
    ground: Rgb(0x1c, 0x1c, 0x1c),
    text: Rgb(0xe4, 0xe4, 0xe4),
    muted: Rgb(0xa8, 0xa8, 0xa8),
    accent: Rgb(0x5f, 0xd7, 0xff),
    good: Rgb(0x87, 0xd7, 0x87),
    bad: Rgb(0xff, 0x87, 0x87),
    caution: Rgb(0xff, 0xd7, 0x5f),
    code: Rgb(0xd7, 0xaf, 0xff),
    link: Rgb(0x87, 0xaf, 0xff),
};

/// As clear as can be, on black.
pub static HIGH_CONTRAST: Palette = Palette {
    ground: Rgb(0x00, 0x00, 0x00),
    text: Rgb(0xff, 0xff, 0xff),
    muted: Rgb(0xd0, 0xd0, 0xd0),
    accent: Rgb(0x5f, 0xff, 0xff),
    good: Rgb(0x5f, 0xff, 0x5f),
    bad: Rgb(0xff, 0x87, 0x87),
    caution: Rgb(0xff, 0xff, 0x00),
    code: Rgb(0xff, 0xaf, 0xff),
    link: Rgb(0x87, 0xd7, 0xff),
};

/// Colours out of the set of Okabe and Ito ("Color Universal Design", 2008), which people with any kind of colour vision
/// tell apart: good is sky blue, bad is vermilion, caution is yellow. The tests reckon what eyes without one of the three
/// kinds of cones make of them.
pub static COLOUR_BLIND: Palette = Palette {
    ground: Rgb(0x12, 0x12, 0x12),
    text: Rgb(0xe4, 0xe4, 0xe4),
    muted: Rgb(0xb2, 0xb2, 0xb2),
    accent: Rgb(0xcc, 0x79, 0xa7),
    good: Rgb(0x56, 0xb4, 0xe9),
    bad: Rgb(0xd5, 0x5e, 0x00),
    caution: Rgb(0xf0, 0xe4, 0x42),
    code: Rgb(0xe6, 0x9f, 0x00),
    link: Rgb(0x8a, 0xb8, 0xff),
};

/// What something is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Running text.
    Text,
    /// What matters less.
    Muted,
    /// Landmarks and keys.
    Accent,
    /// Right, done, passed.
    Good,
    /// Wrong, failed.
    Bad,
    /// Partly right, under way, take care.
    Caution,
    /// Code.
    Code,
    /// Addresses.
    Link,
}

impl Ink {
    /// Every one there is.
    pub const ALL: [Self; 8] =
        [Self::Text, Self::Muted, Self::Accent, Self::Good, Self::Bad, Self::Caution, Self::Code, Self::Link];

    /// Which of the terminal's own colours it is; `None` for the one that the terminal writes in anyway.
    #[must_use]
    pub fn of_terminal(self) -> Option<Color> {
        match self {
            Self::Text | Self::Muted => None,
            Self::Accent => Some(Color::Cyan),
            Self::Good => Some(Color::Green),
            Self::Bad => Some(Color::Red),
            Self::Caution => Some(Color::Yellow),
            Self::Code => Some(Color::Magenta),
            Self::Link => Some(Color::Blue),
        }
    }
}

impl Palette {
    /// What is written on.
    #[must_use]
    pub fn ground(&self) -> Rgb {
        self.ground
    }

    /// What `ink` is here.
    #[must_use]
    pub fn ink(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Text => self.text,
            Ink::Muted => self.muted,
            Ink::Accent => self.accent,
            Ink::Good => self.good,
            Ink::Bad => self.bad,
            Ink::Caution => self.caution,
            Ink::Code => self.code,
            Ink::Link => self.link,
        }
    }
}

/// A colour: red, green and blue of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The six steps of each of the three colours in the cube of 216, and where it begins.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
const CUBE: u8 = 16;

/// The 24 greys, from 8 in steps of ten, and where they begin.
const GREYS: u8 = 232;

impl Rgb {
    /// The colour for a terminal with so many.
    #[must_use]
    pub fn colour(self, depth: Depth) -> Color {
        match depth {
            Depth::None | Depth::Mono | Depth::Sixteen | Depth::Full => Color::Rgb(self.0, self.1, self.2),
            Depth::Indexed => Color::Indexed(self.index()),
        }
    }

    /// The nearest of the colours 16 to 255, whose looks xterm has fixed and everybody has taken over.
    #[must_use]
    pub fn index(self) -> u8 {
        let Self(red, green, blue) = self;
        let [r, g, b] = [red, green, blue].map(nearest_step);
        let cube = Self(STEPS[usize::from(r)], STEPS[usize::from(g)], STEPS[usize::from(b)]);
        let mean = (u16::from(red) + u16::from(green) + u16::from(blue)) / 3;
        let nth = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
        let grey = Self(8 + 10 * nth, 8 + 10 * nth, 8 + 10 * nth);
        if self.distance(grey) < self.distance(cube) { GREYS + nth } else { CUBE + 36 * r + 6 * g + b }
    }

    fn distance(self, other: Self) -> u32 {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(self.0, other.0) + square(self.1, other.1) + square(self.2, other.2)
    }
}

/// Which of [`STEPS`] is nearest.
fn nearest_step(value: u8) -> u8 {
    (0..6).min_by_key(|step| STEPS[usize::from(*step)].abs_diff(value)).unwrap_or(0)
}
