//! `countersign author export`: questions for other systems.

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {}

pub(super) fn run(_arguments: &ExportArguments, _printer: Printer) -> Result<Outcome, Failure> {
    Err(Failure::new("not built yet"))
}
