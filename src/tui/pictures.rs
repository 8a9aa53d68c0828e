//! Pictures of a course on the terminal: what it can show, how large they are, and what is drawn of them.
//!
//! The terminal is told, never asked. Its answers to questions about pictures would come among the keys, and crossterm, which
//! reads the keys, takes an answer of the kitty protocol (`ESC _ G i=1;OK ESC \`) for Alt-`_` and then for every letter of
//! it. So what a terminal can show is concluded from what it says of itself in the environment ([`manner()`]), or said by the
//! learner; how large its cells are comes from the system. No answer can be late, in pieces or missing, because none is
//! awaited, and no key is ever lost to one or made of one.

mod decode;
mod drawing;
mod drawn;
mod gallery;
mod hung;
mod manner;
mod size;

pub use decode::{Source, decode};
pub use drawing::{Drawing, Fonts};
pub use drawn::{Drawn, Outcome};
pub use gallery::{Gallery, Seen, Studio, WORKER};
pub use hung::Hung;
pub use manner::{CellSize, Colours, Manner, Protocol, Surroundings, Tmux, manner};
pub use size::{Pixels, size};

use std::fmt;

/// Why a picture is described in words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshown {
    /// The course has no such file.
    Missing,
    /// The file is larger than [`MOST_BYTES`].
    TooManyBytes,
    /// It says that it has more than [`MOST_PIXELS`].
    TooManyPixels,
    /// It is no PNG, JPEG, GIF or SVG file, whatever its name says.
    Unknown,
    /// It is damaged, or a drawing that is too involved.
    Broken,
    /// It is a drawing with words, and this computer has no font.
    NoFont,
}

impl fmt::Display for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the course has no such file"),
            Self::TooManyBytes => write!(f, "the file has more than {} MiB", MOST_BYTES >> 20),
            Self::TooManyPixels => {
                write!(f, "the picture has more than {} million pixels", MOST_PIXELS / 1_000_000)
            }
            Self::Unknown => f.write_str("the file is no PNG, JPEG, GIF or SVG picture"),
            Self::Broken => f.write_str("the file is damaged or too involved"),
            Self::NoFont => f.write_str("the drawing has words, and this computer has no font for them"),
        }
    }
}

impl std::error::Error for Unshown {}

/// The largest file that is looked at: ten times what a picture of a screen has.
pub const MOST_BYTES: usize = 8 << 20;

/// The most pixels that are unpacked. A photograph of a good camera has as many.
pub const MOST_PIXELS: u64 = 40_000_000;

/// The longest side in pixels.
const LONGEST_SIDE: u32 = 16_384;
