//! `countersign hr`: the door of HR and compliance, one file a verb.

mod hr_key;
mod key;
mod registry;

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
        HrVerb::Key(arguments) => key::run(arguments, &home()?, printer),
    }
}
