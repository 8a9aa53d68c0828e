//! The way back to what the learner left off in the middle of, when the program starts.

use super::Model;
use crate::tui::effect::Effect;
use crate::tui::screens::Screen;

impl Model {
    /// Opens what the learner left off in the middle of.
    pub(super) fn return_to_left_off(&mut self) -> Vec<Effect> {
        let Some((screens, mut context)) = self.learning_context() else { return Vec::new() };
        let Some(step) = context.training.left_off() else { return Vec::new() };
        let (mut screen, effects) = Screen::open(step.into(), &mut context);
        screen.greet(&context);
        *screens.screen = screen;
        effects
    }
}

#[cfg(test)]
mod tests;
