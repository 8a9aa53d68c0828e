//! `countersign hr backup`: a copy of the registry as it is at one moment.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::open::{Purpose, Registry, of_store};
use super::registry::Home;
use super::soundness::before_handing_out;
use crate::clock::{Clock as _, SystemClock};
use crate::files;

#[derive(Debug, Args)]
#[command(
    after_help = "The copy is whole at every moment, also while records are being collected. It holds names and answers of \
                  everybody: keep it where only HR gets at it. HR's key is not in it.\n\n\
                  Examples:\n  \
                  countersign hr backup /mnt/safe/registry-2026-11-26.db\n  \
                  countersign hr restore /mnt/safe/registry-2026-11-26.db training --key /mnt/safe/hr.key"
)]
pub(in crate::cli) struct BackupArguments {
    /// The file to write; nothing may be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(arguments: &BackupArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    if arguments.file.symlink_metadata().is_ok() {
        let shown = arguments.file.display();
        return Err(Failure::new(format!("{shown} is there already")).hint("choose another name"));
    }
    let registry = Registry::open_to(Purpose::LookAtAll, home, printer)?;
    // Half a copy of everybody's answers is not left lying about.
    if let Some(folder) = arguments.file.parent() {
        // A bare name lies in the folder that has no name.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !folder.is_dir() {
            return Err(Failure::new(format!("there is no folder {}", folder.display()))
                .hint("make it first, or check that the disk it is on is connected"));
        }
        files::remove_leftovers(folder, SystemClock.now().system_time());
    }
    // Whatever comes of it, the copy is made: of what was altered it is evidence. But what cannot be compared has none beside it.
    let found = before_handing_out(&registry, printer)?;
    let entries = registry.store().back_up(&arguments.file).map_err(|error| of_store(&error))?;
    printer.line(&format!("{}  {entries} log entries", arguments.file.display()))?;
    printer.talk("HR's key is not in it: keep hr.key in another safe place");
    if !found.is_empty() {
        printer.talk(
            "note: the registry is not what its log says (above), and so is the copy; keep the backups before it",
        );
    }
    // What is wrong with the last head was said when the registry was opened.
    Ok(registry.looked(if found.is_empty() { Outcome::Fine } else { Outcome::Findings }))
}
