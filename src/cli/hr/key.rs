//! `countersign hr key`: HR's own key, and the keys that people are known by.

use clap::{Args, Subcommand};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::hr_key::HrKey;
use super::registry::Home;

#[derive(Debug, Args)]
pub(in crate::cli) struct KeyArguments {
    #[command(subcommand)]
    verb: KeyVerb,
}

#[derive(Debug, Subcommand)]
enum KeyVerb {
    /// Print the public half of HR's key, by which assignments and checkpoints are recognised
    Show,
}

pub(super) fn run(arguments: &KeyArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    match &arguments.verb {
        KeyVerb::Show => {
            printer.line(HrKey::read(&home.key())?.did())?;
            Ok(Outcome::Fine)
        }
    }
}
