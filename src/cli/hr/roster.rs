//! `countersign hr roster`: the people who must be trained.

mod expected;
mod import;
mod list;
mod manner;
mod same_people;

use clap::{Args, Subcommand};

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::registry::Home;

#[derive(Debug, Args)]
pub(in crate::cli) struct RosterArguments {
    #[command(subcommand)]
    verb: RosterVerb,
}

#[derive(Debug, Subcommand)]
enum RosterVerb {
    /// Take over who is here from a table of the personnel system
    Import(import::ImportArguments),
    /// Who must be trained, now or on a day in the past
    List(list::ListArguments),
}

pub(super) fn run(
    arguments: &RosterArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    match &arguments.verb {
        RosterVerb::Import(arguments) => import::run(arguments, home, environment, printer),
        RosterVerb::List(arguments) => list::run(arguments, home, environment, printer),
    }
}
