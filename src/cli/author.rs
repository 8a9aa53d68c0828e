//! `countersign author`: the trainers' door, one file a verb.

mod check;
mod diff;
mod export;
mod import;
mod new;
mod pack;
mod preview;
mod stats;

use clap::{Args, Subcommand};

use super::Outcome;
use super::environment::Environment;
use super::error::Failure;
use super::printer::Printer;

#[derive(Debug, Args)]
pub(super) struct AuthorArguments {
    #[command(subcommand)]
    verb: AuthorVerb,
}

#[derive(Debug, Subcommand)]
enum AuthorVerb {
    /// Make a course folder that passes `check` at once
    New(new::NewArguments),
    /// Check a course: all faults in one run
    Check(check::CheckArguments),
    /// See a course as learners do, while you write it
    Preview(preview::PreviewArguments),
    /// Bring in questions from Moodle and other systems
    Import(import::ImportArguments),
    /// Take a quiz out to other systems
    Export(export::ExportArguments),
    /// Make one file of a course
    Pack(pack::PackArguments),
    /// See which questions work, from completion records
    Stats(stats::StatsArguments),
    /// Compare two versions of a course
    Diff(diff::DiffArguments),
}

pub(super) fn run(
    arguments: &AuthorArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    match &arguments.verb {
        AuthorVerb::New(arguments) => new::run(arguments, environment, printer),
        AuthorVerb::Check(arguments) => check::run(arguments, environment, printer),
        AuthorVerb::Preview(arguments) => preview::run(arguments, environment, printer),
        AuthorVerb::Import(arguments) => import::run(arguments, printer),
        AuthorVerb::Export(arguments) => export::run(arguments, printer),
        AuthorVerb::Pack(arguments) => pack::run(arguments, environment, printer),
        AuthorVerb::Stats(arguments) => stats::run(arguments, environment, printer),
        AuthorVerb::Diff(arguments) => diff::run(arguments, printer),
    }
}
