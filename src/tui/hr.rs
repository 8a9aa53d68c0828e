//! The full-screen face of HR: everybody at a glance, one person, one record, how it grew, and what waits for a decision.
//!
//! Built like the learner's face and run by the same loop. [`desk`] is what the loop runs, [`model`] what it shows; everything
//! that is known comes from an [`Office`].

pub mod desk;
pub mod effect;
pub mod message;
pub mod model;
pub mod overlay;
pub mod screens;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use crate::clock::{Calendar, Timestamp};
use crate::config::Keeper;
use crate::registry::office::Office;
use crate::shell::Commands;
use crate::tui::terminal::Bell;
use crate::tui::theme::Theme;
use crate::tui::{Ended, Options, Stage, TuiError};
use desk::Desk;
use model::Model;

pub(in crate::tui) use model::contexts;
#[cfg(test)]
pub(in crate::tui) use model::contexts_by_screen;

/// What a dashboard begins with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The moment that it shows; the present when none is named.
    pub at: Option<Timestamp>,
    /// The days where the officer is.
    pub calendar: Calendar,
    /// How commands are told.
    pub commands: Commands,
    /// To be said once, such as that the log does not go on from its last head. The texts may hold anything.
    pub notices: Vec<String>,
}

/// How the officer wants it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// How things look.
    pub theme: Theme,
    /// The days where the officer is.
    pub calendar: Calendar,
    /// How commands are told.
    pub commands: Commands,
}

/// Runs the dashboard on the terminal of this process until the officer leaves. Whoever rings the bell that `listen` is given
/// makes it ask its office for news. What ended it ends the process, see [`Ended::pass_on`].
///
/// # Errors
/// When there is no terminal, it fails, or another thread panicked.
pub fn run(
    office: &mut dyn Office,
    keeper: &mut dyn Keeper,
    start: Start,
    options: Options,
    listen: impl FnOnce(Bell),
) -> Result<Ended, TuiError> {
    let mut stage = Stage::prepare(&options)?;
    listen(stage.bell());
    let theme = Theme::of(&options.config, options.device);
    let look = Look { theme, calendar: start.calendar, commands: start.commands };
    let Options { config, keymap, device, .. } = options;
    let mut model = Model::open(start, look, office.now()).wanted(config, keymap, device);
    let outcome = stage.run(&mut Desk { office, keeper, model: &mut model });
    let words = model.last_words(look.commands);
    stage.close(outcome, words.clone(), &words).map(Ended::passed_on)
}
