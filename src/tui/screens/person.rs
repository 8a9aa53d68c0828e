//! Correcting what the learner said about themselves: the form of the first start, without what concerns the key.

use crate::tui::effect::Effect;
use crate::tui::keymap::Binding;
use crate::tui::pane::{Context, Pane, View};
use crate::tui::screens::welcome::{self, Message};
use crate::tui::screens::{Heading, ScreenState};

/// What exists on this screen.
#[derive(Debug)]
pub struct State(welcome::State);

impl State {
    /// The form with what is known of the learner.
    #[must_use]
    pub fn open(context: &Context<'_>) -> Self {
        Self(welcome::State::correcting(&context.training.learner().person))
    }
}

impl ScreenState for State {
    type Message = Message;

    fn keys(&self) -> &'static [Binding<Message>] {
        self.0.keys()
    }

    fn heading(&self, _view: &View<'_>) -> Heading {
        self.0.heading()
    }

    fn update(&mut self, message: Message, context: &mut Context<'_>) -> Vec<Effect> {
        self.0.update(message, context.size, context.settings.theme.bidi())
    }

    fn view(&self, view: &View<'_>, pane: &mut Pane<'_, Message>) {
        self.0.view(view.settings, pane);
    }
}

#[cfg(test)]
mod tests;
