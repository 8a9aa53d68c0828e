//! What keys mean on a pad.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};

use super::{AnswerPad, CERTAINTIES, CertaintyLine, PadMessage, Stage, Way};
use crate::tui::widgets::text_field::{Edit, TextField};

impl AnswerPad {
    /// What `key` means here; `None` leaves it to the screen. `Enter` is the screen's as soon as there is nothing left
    /// for it to do here.
    #[must_use]
    pub fn message_for(&self, key: KeyEvent) -> Option<PadMessage> {
        let message = self.message_for_press(key)?;
        match key.kind {
            KeyEventKind::Press => Some(message),
            // A key held down may run along a list, but must not decide a whole story or flicker a tick.
            KeyEventKind::Repeat => message.can_repeat().then_some(message),
            KeyEventKind::Release => None,
        }
    }

    fn message_for_press(&self, key: KeyEvent) -> Option<PadMessage> {
        let scrolling = match key.code {
            KeyCode::PageUp => Some(PadMessage::Scroll(Way::Back)),
            KeyCode::PageDown => Some(PadMessage::Scroll(Way::On)),
            _ => None,
        };
        match self.stage {
            // At the end Space is the screen's.
            Stage::Revealed if key.code == KeyCode::Char(' ') => {
                self.can_read_on().then_some(PadMessage::Scroll(Way::On))
            }
            Stage::Revealed => scrolling.or_else(|| reading_message(key)),
            Stage::Answering => scrolling.or_else(|| self.answering_message(key)),
        }
    }

    /// What a key, a paste or the wheel means here; clicks are [`Self::message_at`]'s.
    #[must_use]
    pub fn message_for_event(&self, event: &Event) -> Option<PadMessage> {
        match event {
            Event::Key(key) => self.message_for(*key),
            Event::Paste(text) => self.message_for_paste(text),
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollUp => Some(PadMessage::ScrollLines(Way::Back, 3)),
                MouseEventKind::ScrollDown => Some(PadMessage::ScrollLines(Way::On, 3)),
                _ => None,
            },
            Event::FocusGained | Event::FocusLost | Event::Resize(..) => None,
        }
    }

    /// What pasting a text means here.
    #[must_use]
    pub fn message_for_paste(&self, text: &str) -> Option<PadMessage> {
        self.is_typing().then(|| PadMessage::Edit(Edit::Paste(text.to_owned())))
    }

    fn answering_message(&self, key: KeyEvent) -> Option<PadMessage> {
        let items = self.body.items();
        let plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if self.is_typing()
            && let Some(edit) = TextField::edit_for(key)
        {
            return Some(PadMessage::Edit(edit));
        }
        if self.focus < items || items == 0 {
            let message = self.body.message_for(self.focus, key);
            if message.is_some() {
                return message;
            }
        }
        if self.on_certainty()
            && let Some(message) = self.certainty_message(key)
        {
            return Some(message);
        }
        match key.code {
            KeyCode::Up => Some(PadMessage::Previous),
            KeyCode::Down => Some(PadMessage::Next),
            KeyCode::Char('k') if plain => Some(PadMessage::Previous),
            KeyCode::Char('j') if plain => Some(PadMessage::Next),
            KeyCode::Tab => Some(PadMessage::NextStop),
            KeyCode::BackTab => Some(PadMessage::PreviousStop),
            KeyCode::Home => Some(PadMessage::FocusOn(0)),
            KeyCode::End => Some(PadMessage::FocusOn(self.stops().saturating_sub(1))),
            KeyCode::Char('g') if plain => Some(PadMessage::FocusOn(0)),
            KeyCode::Char('G') if plain => Some(PadMessage::FocusOn(self.stops().saturating_sub(1))),
            KeyCode::Char(digit @ '1'..='9') if plain && !self.is_typing() && !self.on_certainty() => {
                digit.to_digit(10).map(|digit| PadMessage::Choose(digit as usize - 1))
            }
            _ => None,
        }
    }

    fn certainty_message(&self, key: KeyEvent) -> Option<PadMessage> {
        let CertaintyLine::Asked(said) = self.certainty else { return None };
        let at = said.and_then(|said| CERTAINTIES.iter().position(|(certainty, _)| *certainty == said));
        let choose =
            |index: usize| CERTAINTIES.get(index).map(|(certainty, _)| PadMessage::Certainty(*certainty));
        match key.code {
            KeyCode::Char(digit @ '1'..='3') => choose(digit as usize - '1' as usize),
            KeyCode::Right | KeyCode::Char('l' | ' ') => {
                choose(at.map_or(0, |at| (at + 1) % CERTAINTIES.len()))
            }
            KeyCode::Left | KeyCode::Char('h') => choose(
                at.map_or(CERTAINTIES.len() - 1, |at| (at + CERTAINTIES.len() - 1) % CERTAINTIES.len()),
            ),
            KeyCode::Backspace | KeyCode::Delete => said.map(PadMessage::Certainty),
            _ => None,
        }
    }
}

/// Keys on a pad that can only be read.
fn reading_message(key: KeyEvent) -> Option<PadMessage> {
    match key.code {
        KeyCode::Up | KeyCode::Char('k') => Some(PadMessage::ScrollLines(Way::Back, 1)),
        KeyCode::Down | KeyCode::Char('j') => Some(PadMessage::ScrollLines(Way::On, 1)),
        KeyCode::Home | KeyCode::Char('g') => Some(PadMessage::ScrollAll(Way::Back)),
        KeyCode::End | KeyCode::Char('G') => Some(PadMessage::ScrollAll(Way::On)),
        _ => None,
    }
}

impl PadMessage {
    /// Whether a key that says it may be held down.
    fn can_repeat(&self) -> bool {
        match self {
            Self::Previous
            | Self::Next
            | Self::PreviousStop
            | Self::NextStop
            | Self::Shift(..)
            | Self::Edit(_)
            | Self::EditIn(..)
            | Self::Scroll(_)
            | Self::ScrollLines(..)
            | Self::ScrollAll(_) => true,
            Self::FocusOn(_)
            | Self::Choose(_)
            | Self::ChooseIn(..)
            | Self::Act
            | Self::Decide
            | Self::Cycle(_)
            | Self::Clear
            | Self::Restart
            | Self::Certainty(_) => false,
        }
    }
}
