//! What becomes of the run under way when another assignment was named.

use super::Model;
use crate::tui::effect::Effect;
use crate::tui::message::{Destination, Message};
use crate::tui::overlay::Overlay;

impl Model {
    /// Asks whether to begin anew for the assignment that was named, as soon as nothing else is to be read first.
    pub(super) fn ask_about_further(&mut self) {
        let (now, zone) = (self.now, self.settings.zone);
        let words = self.training().map(|training| training.further_words(now, zone)).unwrap_or_default();
        if self.overlay.is_none() && !words.is_empty() {
            self.lay_over(Overlay::Further { words, is_sure: false });
        }
    }

    pub(super) fn begin_further(&mut self) -> Vec<Effect> {
        self.overlay = None;
        let now = self.now;
        let changes = self.training_mut().map(|training| training.begin_further(now));
        vec![
            Effect::Save(changes.unwrap_or_default()),
            Effect::Send(Box::new(Message::Go(Destination::Course))),
        ]
    }

    pub(super) fn go_on(&mut self) -> Vec<Effect> {
        self.overlay = None;
        if let Some(training) = self.training_mut() {
            training.go_on();
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
