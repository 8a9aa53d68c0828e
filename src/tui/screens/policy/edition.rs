//! The policy after it was changed under its reader.

use super::State;
use crate::training::{Succession, Text};
use crate::tui::pane::Context;

impl State {
    /// The same text, read on from the same place.
    pub(in crate::tui::screens) fn in_edition(
        mut self,
        _succession: &Succession,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        context.training.policy()?;
        self.text.follow(Text::Policy, context);
        Some(self)
    }
}
