//! The notes, such as sources, that a page refers to: said where they are referred to, or when somebody asks for them.

use super::Reader;
use crate::config::NoteSigns;
use crate::course::Lesson;
use crate::markup::{Linear, Link, Note, linear, linear_without_note_signs};
use crate::phrase::counted;
use crate::plain::command::Listed;
use crate::plain::links::Stands;
use crate::plain::session::Session;
use crate::plain::{Stop, links};

/// The text as it is to be said.
pub(super) fn said(session: &Session<'_, '_>, lesson: &Lesson) -> Linear {
    match session.config.note_signs {
        NoteSigns::On => linear(lesson.text()),
        NoteSigns::Off => linear_without_note_signs(lesson.text()),
    }
}

impl Reader<'_> {
    /// What the page refers to, by name, each once and in the order of the text.
    fn notes_of_page(&self) -> Vec<&str> {
        let mut labels: Vec<&str> = Vec::new();
        for sign in self.document.note_signs() {
            if self.pages.shows(self.page, sign.offset) && !labels.contains(&sign.label.as_str()) {
                labels.push(&sign.label);
            }
        }
        labels
    }

    /// How to hear what the page refers to, where nothing on it says that it does.
    pub(super) fn way_to_sources(&self, session: &Session<'_, '_>) -> String {
        match (session.config.note_signs, self.notes_of_page().len()) {
            (NoteSigns::On, _) | (NoteSigns::Off, 0) => String::new(),
            (NoteSigns::Off, 1) => " For the source of this page, type sources.".to_owned(),
            (NoteSigns::Off, count) => format!(" For the {count} sources of this page, type sources."),
        }
    }

    /// Says where the links of the page lead, or those of the text, and which ones are in the notes that the page refers to.
    pub(super) fn say_links(&self, session: &mut Session<'_, '_>, listed: Listed) -> Result<(), Stop> {
        let notes: Vec<&Note> =
            self.notes_of_page().into_iter().filter_map(|label| self.document.note(label)).collect();
        let stands = |link: &Link| {
            if self.pages.shows(self.page, link.offset) {
                Stands::OnPage
            } else if notes.iter().any(|note| note.range.contains(&link.offset)) {
                Stands::InNote
            } else {
                Stands::Elsewhere
            }
        };
        links::list(session, self.visit.text, &self.linear, listed, stands)
    }

    /// Says what the page refers to.
    pub(super) fn say_sources(&self, session: &mut Session<'_, '_>) -> Result<(), Stop> {
        let labels = self.notes_of_page();
        if labels.is_empty() {
            let list = self.pages.page_of(self.document.body_end());
            return session.say(&if self.document.note_signs().is_empty() {
                "This text has no sources.".to_owned()
            } else if self.document.body_end() == self.lesson.text().len() {
                "This page has no sources.".to_owned()
            } else if self.page < list {
                format!("This page has no sources. Those of the whole text begin on page {}.", list + 1)
            } else {
                "This page belongs to the list of the sources itself.".to_owned()
            });
        }
        session.say(&format!("This page has {}:", counted(labels.len(), "source", "sources")))?;
        for label in labels {
            links::say_note(session, self.document, &self.linear, label)?;
        }
        match session.config.note_signs {
            NoteSigns::On => Ok(()),
            NoteSigns::Off => session.say("To hear at which words they stand, type set notes on."),
        }
    }
}
