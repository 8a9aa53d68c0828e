//! `countersign hr init`: a new registry with its key and the first head of its log.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::super::Outcome;
use super::super::environment::{Environment, Terminal};
use super::super::error::Failure;
use super::super::interruptions::{Interruptions, LastWords};
use super::super::printer::Printer;
use super::hr_key::{heard, refused};
use super::open::{Registry, of_store};
use super::postponed::Postponed;
use super::registry::Home;
use crate::clock::{Clock as _, SystemClock};
use crate::files::{self, Nursery, Privacy};
use crate::record::key::SecretKey;
use crate::registry::change::{Opened, TermsSet};
use crate::registry::{Change, Terms};
use crate::shell::quoted;
use crate::store::registry::sqlite::SqliteRegistry;
use crate::training::{self, UnfitPassphrase};

/// What whoever interrupts it is told.
const FAREWELL: &str = "No registry was made. Goodbye.";
/// What they are told when that comes too late.
const MADE: &str = "The registry was made before that. Goodbye.";

#[derive(Debug, Args)]
#[command(
    after_help = "A registry is a folder of yours: registry.db with everything that is collected, hr.key with the key that \
                  signs assignments and the log, checkpoint with the head of the log as it was signed last. Nobody else \
                  needs to run anything. At a terminal a passphrase for the key is asked for; a script says --passphrase \
                  and gives it as the first line of standard input, or --no-passphrase.\n\n\
                  Examples:\n  \
                  countersign hr init training\n  \
                  countersign hr init training --no-passphrase    scheduled jobs can use the key\n  \
                  countersign hr backup registry-2026-11.db       each week, from within the folder"
)]
pub(in crate::cli) struct InitArguments {
    /// Folder of the registry; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Protect the key with a passphrase, also without a terminal
    #[arg(long, conflicts_with = "no_passphrase")]
    passphrase: bool,
    /// Leave the key without a passphrase
    #[arg(long)]
    no_passphrase: bool,
}

pub(super) fn run(
    arguments: &InitArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let home = Home::new(&arguments.folder);
    let shown = arguments.folder.display().to_string();
    for there in [home.database(), home.key(), home.checkpoint()] {
        if there.symlink_metadata().is_ok() {
            return Err(Failure::new(format!("{} is there already", there.display()))
                .hint("a registry is never begun over another one; choose another folder")
                .hint("to bring one back from a backup: countersign hr restore FILE DIR"));
        }
    }
    let interruptions = Interruptions::begin(LastWords::default(), || FAREWELL);
    let passphrase = passphrase(arguments, environment, printer)?;
    let postponed = Postponed::begin()?;
    // Only now, so that there is no moment in which nobody says it.
    drop(interruptions);
    make_whole(&arguments.folder, passphrase.as_ref(), &postponed, printer)?;
    printer.line(&format!("{shown} is a registry now"))?;
    printer.line(&format!("  {:<12} everything that is collected", "registry.db"))?;
    let sealed = if passphrase.is_some() { "under your passphrase" } else { "without a passphrase" };
    printer.line(&format!("  {:<12} HR's signing key, {sealed}", "hr.key"))?;
    printer.line(&format!("  {:<12} the head of its log, as it was signed last", "checkpoint"))?;
    let named = quoted(&arguments.folder);
    for talk in [
        "keep two things apart from this computer:".to_owned(),
        "  hr.key, once, where only HR gets at it (a safe, a password manager): without it nothing can be assigned or logged"
            .to_owned(),
        format!("  registry.db, every week: countersign hr --registry {named} backup FILE"),
        "give each checkpoint to somebody outside HR, such as the auditor: it shows later that nothing was taken out"
            .to_owned(),
        format!("next: countersign hr --registry {named} course add bundled --approve --by NAME"),
        format!("      countersign hr --registry {named} roster import people.csv"),
    ] {
        printer.talk(&talk);
    }
    what_was_left(&arguments.folder, printer);
    postponed.end(MADE, printer);
    Ok(Outcome::Fine)
}

/// Names what is left of a run that was killed: a key for signing stays in it, and nothing else would ever remove it.
fn what_was_left(folder: &Path, printer: Printer) {
    let left = Nursery::all_in(folder);
    for path in left.iter().filter(|path| Home::new(path).key().exists()) {
        let words = "note: a run that was interrupted has left a key that is of no registry; remove this, unless another run is going \
                     on here now:";
        printer.talk_of(words, path);
    }
}

/// Makes all of the registry, or leaves nothing of it when that fails or somebody interrupts it.
fn make_whole(
    folder: &Path,
    passphrase: Option<&Zeroizing<String>>,
    postponed: &Postponed,
    printer: Printer,
) -> Result<(), Failure> {
    let is_missing = |path: &&Path| !path.as_os_str().is_empty() && path.symlink_metadata().is_err();
    let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
    let made = make_aside(folder, passphrase, postponed, printer);
    if !matches!(made, Ok(Made::Whole)) {
        for path in missing {
            // It is empty, or it is somebody's by now.
            let _ = fs::remove_dir(path);
        }
    }
    if made? == Made::Interrupted {
        postponed.end(FAREWELL, printer);
    }
    Ok(())
}

/// What became of a registry that was to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Whole,
    /// Nothing was.
    Interrupted,
}

/// Makes a registry aside, so that whoever is interrupted, or has no room left, finds nothing that looks like one.
fn make_aside(
    folder: &Path,
    passphrase: Option<&Zeroizing<String>>,
    postponed: &Postponed,
    printer: Printer,
) -> Result<Made, Failure> {
    let unusable = |error| refused(&Home::new(folder).key(), &error);
    let key = SecretKey::generate().map_err(unusable)?;
    let file = key.encode(passphrase.map(|text| text.as_str())).map_err(unusable)?;
    let not_made = |error| Failure::file(format!("cannot make the registry in {}", folder.display()), &error);
    files::make_folder(folder, Privacy::Private).map_err(not_made)?;
    files::remove_leftovers(folder, SystemClock.now().system_time());
    let nursery = Nursery::begin(folder).map_err(not_made)?;
    make(&Home::new(nursery.path()), key, &file, printer)
        .map_err(|failure| failure.told_of(folder, nursery.path()))?;
    if postponed.is_due() {
        return Ok(Made::Interrupted);
    }
    let made = made(nursery.path());
    nursery.hand_over(&made).map_err(not_made)?;
    Ok(Made::Whole)
}

/// Makes the files of a registry.
fn make(home: &Home, key: SecretKey, file: &[u8], printer: Printer) -> Result<(), Failure> {
    let not_made = |error| Failure::file(format!("cannot write {}", home.key().display()), &error);
    files::write_new(&home.key(), file, Privacy::Private).map_err(not_made)?;
    SqliteRegistry::create(&home.database()).map_err(|error| of_store(&error))?;
    let mut registry = Registry::open(home, printer)?;
    registry.use_key(key);
    let lock = registry.lock()?;
    // The log begins with its key and with the terms, so that nobody can say later that others held.
    let (at, log) = (SystemClock.now(), registry.log());
    let opened = Opened { at, key: log.key(), origin: log.origin().clone() };
    let terms = TermsSet { at, terms: Terms::default(), by: "hr init".to_owned() };
    registry.append(&lock, &[Change::Opened(opened), Change::TermsSet(terms)]).map(drop)
}

/// What there is of a registry that was made here, the database last: it makes the folder a registry.
fn made(folder: &Path) -> Vec<&'static str> {
    // SQLite's log is there only when it could not be written into the database, such as on a full disk.
    let names = ["hr.key", "checkpoint", "registry.db-wal", "registry.db"];
    names.into_iter().filter(|name| folder.join(name).exists()).collect()
}

/// The passphrase that was chosen, if one was.
fn passphrase(
    arguments: &InitArguments,
    environment: &Environment,
    printer: Printer,
) -> Result<Option<Zeroizing<String>>, Failure> {
    let at_terminal = environment.terminal != Terminal::None;
    if arguments.no_passphrase {
        return Ok(None);
    }
    if !at_terminal && !arguments.passphrase {
        printer.talk("note: there is no terminal to ask for a passphrase, so the key gets none; --passphrase takes one from standard input");
        return Ok(None);
    }
    let must = if arguments.passphrase { "" } else { "; empty for none, which suits scheduled jobs" };
    let chosen = heard(&format!("Passphrase for HR's new key{must}"), printer)?;
    match training::passphrase(&chosen) {
        Ok(Some(_)) => {}
        Ok(None) if arguments.passphrase => {
            return Err(Failure::new("the passphrase is empty").hint("type one, or say --no-passphrase"));
        }
        Ok(None) => return Ok(None),
        Err(unfit @ UnfitPassphrase::TooShort) => {
            return Err(Failure::new(unfit.to_string()).hint("nothing was made; try again with a longer one"));
        }
        Err(unfit @ UnfitPassphrase::TooLong) => {
            return Err(
                Failure::new(unfit.to_string()).hint("nothing was made; try again with a shorter one")
            );
        }
    }
    // What cannot be seen is typed twice; a script has no fingers to slip.
    if at_terminal && *heard("Once more", printer)? != *chosen {
        return Err(Failure::new("the two passphrases differ").hint("nothing was made; try again"));
    }
    Ok(Some(chosen))
}
