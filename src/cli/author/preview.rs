//! `countersign author preview`: the learner's faces on a course that is being written.

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;

#[derive(Debug, Args)]
pub(in crate::cli) struct PreviewArguments {}

pub(super) fn run(_arguments: &PreviewArguments, _printer: Printer) -> Result<Outcome, Failure> {
    Err(Failure::new("not built yet"))
}
