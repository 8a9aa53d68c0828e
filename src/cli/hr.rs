//! `countersign hr`: the door of HR and compliance, one file a verb.

mod as_of;
mod by_digest;
mod collect;
mod desk;
mod hr_key;
mod key;
mod open;
mod people;
mod quarantine;
mod registry;
mod report;
mod review;
mod said;
mod status;
mod terms;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Outcome;
use super::environment::Environment;
use super::error::Failure;
use super::printer::Printer;
use registry::Home;

#[derive(Debug, Args)]
#[command(
    after_help = "A registry is a folder: registry.db with everything that was collected, hr.key with HR's signing key, and \
                  checkpoint with the head of its log as it was signed last.\n\n\
                  Environment:\n  \
                  COUNTERSIGN_REGISTRY   the folder of the registry, instead of --registry"
)]
pub(super) struct HrArguments {
    #[command(subcommand)]
    verb: HrVerb,
    /// Folder of the registry; else `COUNTERSIGN_REGISTRY`, else the folder you are in
    #[arg(long, value_name = "DIR", global = true)]
    registry: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum HrVerb {
    /// Take in completion records, judge, keep and answer them
    Collect(collect::CollectArguments),
    /// Decide about records that the terms leave to a person
    Review(review::ReviewArguments),
    /// Files that were put aside, with the reasons
    Quarantine(quarantine::QuarantineArguments),
    /// How everybody stands with every course
    Status(status::StatusArguments),
    /// What all people together come to: for the terminal, as a page, as tables
    Report(report::ReportArguments),
    /// On which terms a record counts
    Terms(terms::TermsArguments),
    /// HR's own key, and the keys that people are known by
    Key(key::KeyArguments),
}

pub(super) fn run(
    arguments: &HrArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let home = || Home::find(arguments.registry.as_deref(), environment);
    match &arguments.verb {
        HrVerb::Collect(arguments) => collect::run(arguments, &home()?, environment, printer),
        HrVerb::Review(arguments) => review::run(arguments, &home()?, environment, printer),
        HrVerb::Quarantine(arguments) => quarantine::run(arguments, &home()?, environment, printer),
        HrVerb::Status(arguments) => status::run(arguments, &home()?, environment, printer),
        HrVerb::Report(arguments) => report::run(arguments, &home()?, environment, printer),
        HrVerb::Terms(arguments) => terms::run(arguments, &home()?, printer),
        HrVerb::Key(arguments) => key::run(arguments, &home()?, printer),
    }
}
