//! `countersign author diff`: what changed between two versions of a course.

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArguments {}

pub(super) fn run(_arguments: &DiffArguments, _printer: Printer) -> Result<Outcome, Failure> {
    Err(Failure::new("not built yet"))
}
