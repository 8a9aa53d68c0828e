//! Pictures that stand on lines of their own: what is known of them, and the room they get.

use std::fmt;
use std::sync::Arc;

use crate::printable::Printable;

/// A picture that stands on lines of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// What is said to those who do not see it.
    pub description: Printable,
    /// What the author put behind its address, between quotation marks.
    pub title: Printable,
    /// Its file, as written: show it as [`Printable`].
    pub address: String,
    /// Where it begins in the source, in bytes.
    pub offset: usize,
    /// The room that is kept free for it; nothing where it is described in words alone.
    pub cells: Option<Cells>,
}

/// A part of the screen, at least one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cells {
    /// Cells beside each other.
    pub columns: u16,
    /// Cells below each other.
    pub rows: u16,
}

/// What a line shows of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureLine {
    /// The picture.
    pub picture: Arc<Picture>,
    /// Which of its rows of cells is kept free on this line, from 0; nothing where it has words about the picture. The free
    /// cells are the span of [`Role::Picture`](super::Role::Picture).
    pub row: Option<u16>,
}

/// What somebody who can draw pictures says about them before anything is laid out, so that nothing moves when they come.
pub trait PictureRoom: fmt::Debug + Send + Sync {
    /// How many cells the picture at an address (as written) gets, at most so many `columns`; nothing where it is described
    /// in words alone. The same answer every time.
    fn cells(&self, address: &str, columns: u16) -> Option<Cells>;

    /// How much is said below a picture.
    fn words(&self) -> PictureWords;
}

/// How much is said below a picture that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureWords {
    /// Its title and its description, as much as a line has room for.
    Line,
    /// Everything: the picture alone would not do.
    All,
}
