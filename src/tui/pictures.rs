//! Pictures of a course on the terminal: what it can show, how large they are, and what is drawn of them.
//!
//! What a terminal can show is concluded from what it says of itself (`manner`), or said by the learner; how large its
//! cells are comes from the system. Where the environment says too little, the terminal is asked for its name after the first
//! frame, and for nothing else: what it may answer about sixels (DA1) crossterm keeps to itself, and the question of the kitty
//! protocol is shown as text by terminals that do not know it. Nobody waits for the answer. It comes among the keys and is
//! picked out of them, so it may be late or missing, and no key is lost to it or made of it.

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
pub use manner::{CellSize, Colours, Manner, Protocol, Surroundings, Tmux, is_to_be_asked};
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
