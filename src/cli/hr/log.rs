//! `countersign hr log`: what outsiders hold against the registry, and whether everything is still as it was.

mod receipt;
mod verify;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::Outcome;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::open::Registry;
use super::registry::Home;
use super::soundness::before_handing_out;
use crate::shell::Wording;

/// The file that an employee or an auditor checks with.
const VERIFY: &str = "countersign hr log verify --against FILE";

#[derive(Debug, Args)]
#[command(
    after_help = "Everything HR does is an entry of a log that only grows. A checkpoint is its signed head: whoever holds one \
                  can show later that an entry before it was changed, removed or slipped in, by HR too. Held by nobody \
                  outside it protects nothing, so send one to your auditor each month, and the receipts to those whose \
                  records they are for.\n\n\
                  Examples:\n  \
                  countersign hr log checkpoint --out 2026-11.checkpoint\n  \
                  countersign hr log verify --against 2026-10.checkpoint"
)]
pub(in crate::cli) struct LogArguments {
    #[command(subcommand)]
    verb: LogVerb,
}

#[derive(Debug, Subcommand)]
enum LogVerb {
    /// Print the signed head of the log, to be sent to somebody outside HR
    Checkpoint(CheckpointArguments),
    /// Print the name and key of the log, by which others check checkpoints and receipts
    Key,
    /// Hold the whole registry against its log, and the log against what others keep of it
    Verify(verify::VerifyArguments),
    /// Make the receipt of a record again
    Receipt(receipt::ReceiptArguments),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                  countersign hr log checkpoint\n  \
                  countersign hr log checkpoint --out 2026-11.checkpoint")]
struct CheckpointArguments {
    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(arguments: &LogArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    match &arguments.verb {
        LogVerb::Checkpoint(arguments) => checkpoint(arguments, home, printer),
        LogVerb::Key => {
            printer.line(&Registry::examine(home)?.log().to_string())?;
            Ok(Outcome::Fine)
        }
        LogVerb::Verify(arguments) => verify::run(arguments, home, printer),
        LogVerb::Receipt(arguments) => receipt::run(arguments, home, printer),
    }
}

fn checkpoint(arguments: &CheckpointArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let mut registry = Registry::examine(home)?;
    let found = before_handing_out(&registry, printer)?;
    let anew = registry.head_anew(printer)?;
    let was_missing = anew.is_some();
    if was_missing {
        // Before anything else can fail: it is done, and the next run would not say so.
        printer.talk(&format!(
            "note: {} was missing and is written anew; it shows nothing of what was before, so compare with one that somebody \
             else keeps",
            home.checkpoint().display()
        ));
    }
    let head = match anew {
        Some(head) => head,
        None => registry.signed_head(printer)?,
    };
    let note = head.note.to_string();
    match &arguments.out {
        Some(path) => arguments.replacing.write(path, note.as_bytes())?,
        None => printer.bytes(note.as_bytes())?,
    }
    printer.talk(&format!(
        "This is the log with {} entries. Send it to your auditor, or to anybody outside HR who keeps it, and once the key \
         of the log with it:",
        head.size
    ));
    printer.talk(&format!("  {}", registry.log()));
    printer.talk("Later it shows whether something was changed since:");
    printer.advise(Wording::from("  ").then(VERIFY));
    if was_missing {
        return Ok(Outcome::Findings);
    }
    if found.is_empty() {
        return Ok(Outcome::Fine);
    }
    // The head is of the log, in which no row stands; whoever holds it can show what the log was when this was noticed.
    printer.talk(
        "note: the registry is not what its log says (above); the checkpoint is of the log, and is sound",
    );
    Ok(Outcome::Findings)
}
