//! What is typed before the registry was read: kept, and done in its order when it is there.

use crossterm::event::{Event, KeyCode, KeyEventKind};

use super::{ANYWHERE, EVERYWHERE, Model, ON_TABS, Reading};
use crate::tui::hr::message::Message;

/// So much is kept at most: a key that something lies on is not meant.
const MOST: usize = 256;

impl Model {
    /// The message for what is typed while there is nothing yet that it could be meant for.
    pub(super) fn early_message_for(&self, event: &Event) -> Option<Message> {
        let everywhere = self.keymap.message_for(EVERYWHERE, event);
        let always = everywhere.clone().filter(|message| match message {
            Message::Quit | Message::Suspend => true,
            // What begins with another key may be a word.
            _ => self.early.is_empty(),
        });
        let now = || {
            let anywhere = self.keymap.message_for(ANYWHERE, event).filter(|message| match message {
                Message::AskMoment => true,
                Message::Reload => !self.is_reading(),
                _ => false,
            });
            let leave =
                || self.keymap.message_for(ON_TABS, event).filter(|message| *message == Message::Quit);
            anywhere.or_else(leave).filter(|_| self.early.is_empty())
        };
        always.or_else(now).or_else(|| match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => None,
            Event::Key(key) if key.code == KeyCode::Esc => {
                (!self.early.is_empty()).then_some(Message::Forget)
            }
            Event::Key(_) | Event::Paste(_) if self.is_reading() => Some(Message::Early(event.clone())),
            Event::Key(_)
            | Event::Paste(_)
            | Event::Mouse(_)
            | Event::FocusGained
            | Event::FocusLost
            | Event::Resize(..) => None,
        })
    }

    fn is_reading(&self) -> bool {
        matches!(self.reading, Reading::UnderWay(_))
    }

    pub(super) fn keep_early(&mut self, event: Event) {
        if self.early.len() < MOST {
            self.early.push_back(event);
        }
    }

    /// What was typed first of what is still to be done, now that it can be. A question that nobody has seen yet is not
    /// answered by it.
    pub(in crate::tui::hr) fn next_early(&mut self) -> Option<Event> {
        self.overview.as_ref()?;
        if self.has_question() {
            self.early.clear();
        }
        self.early.pop_front()
    }

    /// What is said about what is kept.
    pub(super) fn early_words(&self) -> Option<String> {
        let number = self.early.len();
        let keys = if number == 1 { "1 key is".to_owned() } else { format!("{number} keys are") };
        let more = if number >= MOST { ", and no more" } else { "" };
        (number > 0).then(|| format!("{keys} kept until it is there{more}; Esc forgets them"))
    }
}
