//! What people want kept of how the faces look and act: `config.ron`.
//!
//! Read by the reader that reads courses: it goes on behind a fault, and what is faulty holds as if it were not there.
//! Nobody is kept from their training by a comma.

mod edit;
mod read;
pub mod reference;
mod setting;

use std::path::Path;

use crate::course::{Fault, Position};

pub use edit::edited;
pub use read::{Read, read};
pub use setting::{
    Bidi, Face, Kind, MOST_LINES, Motion, Mouse, NoteSigns, Pictures, Setting, ThemeName, Way,
};

/// The name of the file.
pub const FILE: &str = "config.ron";

/// The largest file that is read, in bytes; a person's settings are a hundredth of it.
pub const MAX_BYTES: usize = 64 * 1024;

/// What `config.ron` says, and what holds without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The colours.
    pub theme: ThemeName,
    /// The face that a course opens in.
    pub face: Face,
    /// The widest line of running text, in columns.
    pub text_width: u16,
    /// Columns that stay free on either side of running text, at least.
    pub margin: u16,
    /// Whether the mouse is the face's or the terminal's.
    pub mouse: Mouse,
    /// How pictures are shown.
    pub pictures: Pictures,
    /// Who puts right-to-left text into order.
    pub bidi: Bidi,
    /// Whether the cursor may blink. Nothing else moves by itself, and `motion` is the word that whoever needs a still screen looks for.
    pub motion: Motion,
    /// How many lines a page of the linear face has at most.
    pub page_lines: u16,
    /// How many columns a line of the linear face has at most.
    pub line_width: u16,
    /// Whether the linear face says where in a text a note is referred to.
    pub note_signs: NoteSigns,
    /// Who is offered as the learner at the first start.
    pub name: Option<String>,
    /// Their employee number.
    pub employee_id: Option<String>,
    /// Keys that are to be others, in the order of the actions that were asked for.
    pub keys: Vec<KeyWish>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: ThemeName::Terminal,
            face: Face::FullScreen,
            text_width: 90,
            margin: 2,
            mouse: Mouse::On,
            pictures: Pictures::Auto,
            bidi: Bidi::Auto,
            motion: Motion::Terminal,
            page_lines: 20,
            line_width: 72,
            note_signs: NoteSigns::On,
            name: None,
            employee_id: None,
            keys: Vec::new(),
        }
    }
}

/// The keys that somebody wants for an action. Whether there are such keys is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWish {
    /// What they are to do, a name of those that the reader was given.
    pub action: &'static str,
    /// Where that stands.
    pub at: Position,
    /// The keys as they are written; may be none.
    pub keys: Vec<WrittenKey>,
}

/// The name of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenKey {
    /// As it is written; may hold anything.
    pub text: String,
    /// Where.
    pub at: Position,
}

/// Keeps settings beyond the end of the face, wherever that is.
pub trait Keeper {
    /// Keeps what `config` says about `settings`, and leaves everything else that was kept as it is.
    ///
    /// # Errors
    /// When it could not be kept; what was kept before is still there.
    fn keep(&mut self, config: &Config, settings: &[Setting]) -> Result<(), NotKept>;

    /// The file in which it is kept, if it is one.
    fn place(&self) -> Option<&Path> {
        None
    }
}

/// Why settings were not kept. The texts may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotKept {
    /// What happened, with the path.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// A fault in a sentence for whoever wrote the file. The text may hold anything the file held.
#[must_use]
pub fn sentence(fault: &Fault) -> String {
    match &fault.hint {
        Some(hint) => format!("{fault}; {hint}"),
        None => fault.to_string(),
    }
}

#[cfg(test)]
mod tests;
