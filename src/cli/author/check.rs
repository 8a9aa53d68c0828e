//! `countersign author check`: everything that is wrong with a course, in one run.

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArguments {}

pub(super) fn run(_arguments: &CheckArguments, _printer: Printer) -> Result<Outcome, Failure> {
    Err(Failure::new("not built yet"))
}
