//! The assessment screen.

use crate::tui::effect::Effect;
use crate::tui::keymap::{Binding, Key};
use crate::tui::message::Message as Face;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::{Heading, ScreenState};

/// What exists on this screen.
#[derive(Debug)]
pub struct State;

/// What happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Leaves.
    Leave,
}

static KEYS: &[Binding<Message>] =
    &[Binding::new(&[Key::Esc, Key::Char('q')], Message::Leave, "back to the course").hint("back")];

impl State {
    /// Opens it; `None` when it is closed.
    pub fn open(_context: &mut Context<'_>) -> Option<(Self, Vec<Effect>)> {
        Some((Self, Vec::new()))
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> &'static [Binding<Message>] {
        KEYS
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        Heading { title: "assessment".into(), status: "".into() }
    }

    fn update(&mut self, message: Message, _context: &mut Context<'_>) -> Vec<Effect> {
        match message {
            Message::Leave => vec![Effect::Send(Box::new(Face::Back))],
        }
    }

    fn view(&self, _view: &View<'_>, _pane: &mut Pane<'_, Message>) {}
}
