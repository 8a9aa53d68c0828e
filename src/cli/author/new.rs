//! `countersign author new`: a course folder to begin with.

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArguments {}

pub(super) fn run(_arguments: &NewArguments, _printer: Printer) -> Result<Outcome, Failure> {
    Err(Failure::new("not built yet"))
}
