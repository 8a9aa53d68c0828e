//! Which of the two faces is shown, and what both ways into the line-by-line one share.

use std::io;

use crate::config::{Config, Face};
use crate::plain::{PlainError, Width};

use super::environment::{self, Environment};
use super::error::Failure;
use super::printer::Printer;

/// Whether the line-by-line face is shown. What stands on the command line counts before the environment, and that before
/// the settings; where no screen can be filled there is no choice, and whoever asked for one is told why.
pub(super) fn is_linear(
    plain: bool,
    full_screen: bool,
    environment: &Environment,
    config: &Config,
    printer: Printer,
) -> bool {
    let wished = plain || environment.accessible || config.face == Face::Linear;
    let refusal = environment.terminal.refusal();
    if let Some(refusal) = refusal.filter(|_| full_screen) {
        printer.talk(&format!("note: {refusal}, so this goes on line by line"));
    }
    refusal.is_some() || (wished && !full_screen)
}

/// How many columns a line of the linear face has: `asked` of them if it was asked for, else as many as the settings want
/// where the terminal has so many.
pub(super) fn linear_width(asked: Option<u16>, config: &Config) -> Width {
    let terminal = || environment::columns(&io::stdout());
    match asked {
        Some(columns) => Width::fixed(usize::from(columns), terminal),
        None => Width::at_most(usize::from(config.line_width), terminal),
    }
}

/// Why the line-by-line face ended.
pub(super) fn linear_failure(error: PlainError) -> Failure {
    match error {
        PlainError::Output(error) => Failure::stdout(error),
        PlainError::NotSaved(trouble) => Failure::new("the last step was not saved").caused_by(trouble),
        PlainError::Input(_) => Failure::new("the linear face cannot go on").because(&error),
    }
}
