//! What helps along while a text is read: bookmarks, notes, the glossary.

use super::Reader;
use crate::tui::effect::{Effect, sending};
use crate::tui::message::Message as FaceMessage;
use crate::tui::pane::Context;

/// What helps along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aid {
    /// Marks the line at the top of the screen, or takes a bare mark of it away.
    Mark,
    /// Writes a note for that line, or changes the one that is there.
    Note,
    /// The same for the bookmark at this place, in bytes of the source.
    NoteAt(usize),
    /// Shows all bookmarks and notes of the course.
    List,
    /// Says what the terms in sight mean.
    Define,
    /// Says what the term with this number in the glossary means.
    DefineTerm(usize),
}

impl Reader {
    /// Helps along.
    pub fn aid(&mut self, aid: Aid, context: &mut Context<'_>) -> Vec<Effect> {
        self.count(context.now);
        match aid {
            Aid::Mark => self.turn_bookmark(context),
            Aid::Note => self.write_note(context),
            Aid::NoteAt(place) => self.write_note_at(place, context),
            Aid::List => vec![sending(FaceMessage::Bookmarks)],
            Aid::Define => self.define(context),
            Aid::DefineTerm(number) => Self::define_term(number, context),
        }
    }
}
