//! Which of the two faces is shown, and what both ways into the line-by-line one share.

use crate::config::{Config, Face};
use crate::plain::PlainError;

use super::environment::{Environment, Terminal};
use super::error::Failure;

/// Whether the line-by-line face is shown. What stands on the command line counts before the environment, and that before
/// the settings; on what is no terminal there is no choice.
pub(super) fn is_linear(plain: bool, full_screen: bool, environment: &Environment, config: &Config) -> bool {
    let wished = plain || environment.accessible || config.face == Face::Linear;
    environment.terminal != Terminal::Full || (wished && !full_screen)
}

/// How many columns a line of the linear face has at most.
pub(super) fn linear_width(environment: &Environment, config: &Config) -> usize {
    let wanted = usize::from(config.line_width);
    environment.columns.map_or(wanted, |columns| columns.min(wanted))
}

/// Why the line-by-line face ended.
pub(super) fn linear_failure(error: PlainError) -> Failure {
    match error {
        PlainError::Output(error) => Failure::stdout(error),
        PlainError::NotSaved(trouble) => Failure::new("the last step was not saved").caused_by(trouble),
        PlainError::Input(_) => Failure::new("the linear face cannot go on").because(&error),
    }
}
