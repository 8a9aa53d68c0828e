//! `countersign hr restore`: a registry from a backup.

use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::super::Outcome;
use super::super::error::Failure;
use super::super::printer::Printer;
use super::hr_key::HrKey;
use super::open::{NotAHead, Registry, head_in, move_away, of_store, opened_with};
use super::registry::Home;
use crate::clock::{Clock as _, SystemClock};
use crate::files::{self, Privacy};
use crate::record::key;
use crate::shell::option;
use crate::store::registry::RegistryStore as _;
use crate::store::registry::sqlite::SqliteRegistry;

#[derive(Debug, Args)]
#[command(
    after_help = "A database that stands in the folder already is never replaced: move it away first, and keep it. What is in \
                  the backup is compared with its own log, entry by entry.\n\n\
                  If the folder still has the file checkpoint and the backup is older, that is said, and nothing can be \
                  added: what came since then is missing. Then, in this order:\n  \
                  1. look for a newer backup, and restore that one instead\n  \
                  2. if there is none, move the file checkpoint away and keep it for the auditor as evidence, and sign \
                  the log as it is: hr log checkpoint\n  \
                  3. collect again what the learners have sent since then, and assign again\n  \
                  4. tell whoever keeps a later checkpoint what happened, and give them a new one: hr log checkpoint\n\n\
                  Examples:\n  \
                  countersign hr restore registry-2026-11-26.db training --key /mnt/safe/hr.key\n  \
                  countersign hr restore registry-2026-11-26.db training      hr.key is still in the folder"
)]
pub(in crate::cli) struct RestoreArguments {
    /// What hr backup has written
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder of the registry; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The copy of hr.key to put beside it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(super) fn run(arguments: &RestoreArguments, printer: Printer) -> Result<Outcome, Failure> {
    let home = Home::new(&arguments.folder);
    if home.database().symlink_metadata().is_ok() {
        return Err(Failure::new(format!("{} is there already", home.database().display()))
            .hint("move it away and keep it, or restore into another folder")
            .hint(format!(
                "if it is there because this command was interrupted, it is whole: countersign hr {} log verify",
                option("--registry", &arguments.folder)
            )));
    }
    // What they hold belongs to the old database, and would be read as part of the new one.
    let beside = [home.database_log(), home.database_journal()];
    if let Some(log) = beside.iter().find(|log| log.symlink_metadata().is_ok()) {
        return Err(Failure::new(format!("{} is there without its registry", log.display()))
            .hint("close what still has the old registry open, such as a dashboard, and move the file to where you moved registry.db"));
    }
    if arguments.key.is_none() && !home.key().exists() {
        return Err(Failure::new(format!("there is no hr.key in {}", arguments.folder.display()))
            .hint("name your copy of it with --key FILE: without it nothing can be assigned or logged"));
    }
    require_database(&arguments.file)?;
    let backup = SqliteRegistry::open(&arguments.file).map_err(|error| of_store(&error))?;
    let mut faults = Vec::new();
    let audited =
        backup.audit(&mut |fault| faults.push(fault.to_string())).map_err(|error| of_store(&error))?;
    if !faults.is_empty() {
        let mut failure = Failure::new(format!("{} is not what its log says", arguments.file.display()))
            .hint("nothing was restored; use another backup, and keep this one");
        failure.details = faults;
        return Err(failure);
    }
    require_key(arguments.key.as_deref().unwrap_or(&home.key()), &backup)?;
    let has_head = has_head(&home, &backup)?;
    let not_made =
        |error| Failure::file(format!("cannot restore into {}", arguments.folder.display()), &error);
    files::make_folder(&arguments.folder, Privacy::Private).map_err(not_made)?;
    // Half a copy of everybody's answers is not left lying about.
    files::remove_leftovers(&arguments.folder, SystemClock.now().system_time());
    if let Some(path) = &arguments.key {
        let bytes = files::read_limited(path, key::MAX_BYTES as u64).map(Zeroizing::new).map_err(not_made)?;
        files::write_new(&home.key(), &bytes, Privacy::Private).map_err(not_made)?;
    }
    if !has_head && let Some(newest) = backup.checkpoints().map_err(|error| of_store(&error))?.pop() {
        files::write_new(&home.checkpoint(), &newest.note, Privacy::Shared).map_err(not_made)?;
        printer.talk(&format!(
            "note: the checkpoint is that of the backup; compare with one that somebody else keeps: countersign hr {} log \
             verify --against FILE",
            option("--registry", &arguments.folder)
        ));
    }
    backup.back_up(&home.database()).map_err(|error| of_store(&error))?;
    // Says it when the backup is older than the checkpoint.
    let restored = Registry::open(&home, printer.in_registry(&arguments.folder))?;
    printer.line(&format!(
        "{} is restored: {} log entries, all of them as they were logged",
        arguments.folder.display(),
        audited.entries
    ))?;
    Ok(restored.looked(Outcome::Fine))
}

/// Refuses another key than the one that signs for this log, before anything is put beside it.
fn require_key(path: &Path, backup: &SqliteRegistry) -> Result<(), Failure> {
    let key = HrKey::read_public(path)?;
    match opened_with(backup)? {
        Some(log) if log.key().did() != key.did() => {
            Err(Failure::new(format!("{} is not the key of this registry", path.display())).hint(format!(
                "nothing was restored; name the copy of hr.key that was made beside it, which is {}",
                log.key().did()
            )))
        }
        // Without the entry that names the key nothing can be compared, and the audit has said so.
        Some(_) | None => Ok(()),
    }
}

/// Refuses a head in the folder that the restored log could not be compared with; one that is newer than the backup is told
/// later. Says whether there is one.
fn has_head(home: &Home, backup: &SqliteRegistry) -> Result<bool, Failure> {
    // Without the entry that names the key nothing can be compared, and the audit has said so.
    let Some(log) = opened_with(backup)? else { return Ok(false) };
    let path = home.checkpoint();
    let moved = |failure: Failure, where_else: &str| {
        let again = "then run the same command again; it writes the checkpoint that is in the backup";
        failure.hint(format!("nothing was restored; {where_else}")).hint(move_away(&path, again))
    };
    let head = head_in(&path, &log).map_err(|not_a_head| match not_a_head {
        NotAHead::Unreadable(failure) => {
            failure.hint("nothing was restored; the log is to be compared with it")
        }
        NotAHead::Foreign(failure) => {
            moved(failure, "put the checkpoint of this registry there, or name another folder")
        }
        NotAHead::Damaged(failure) => moved(failure, "put it back as it was, if you have it"),
    })?;
    Ok(head.is_some())
}

/// Refuses what is no database at all: of a table that somebody named by mistake nobody says that it is damaged.
fn require_database(path: &Path) -> Result<(), Failure> {
    const MARK: &[u8] = b"SQLite format 3\0";
    let beginning = files::read_beginning(path, MARK.len() as u64)
        .map_err(|error| Failure::file(format!("cannot restore from {}", path.display()), &error))?;
    if beginning == MARK {
        return Ok(());
    }
    Err(Failure::new(format!("{} is no backup of a registry", path.display()))
        .hint("name a file that countersign hr backup has written"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::tempdir;

    /// SQLite would read what is in it as part of the database that is restored.
    #[test]
    fn nothing_is_restored_beside_the_log_of_another_database() {
        for log in ["registry.db-wal", "registry.db-journal"] {
            let folder = tempdir().expect("a folder");
            let (file, home) = (folder.path().join("backup.db"), Home::new(&folder.path().join("registry")));
            SqliteRegistry::create(&file).expect("a backup");
            fs::create_dir(home.folder()).expect("a folder");
            files::write_new(&home.key(), b"not read", Privacy::Private).expect("a file");
            files::write_new(&home.folder().join(log), b"of another one", Privacy::Private).expect("a file");
            let arguments = RestoreArguments { file, folder: home.folder().to_owned(), key: None };
            let failure = run(&arguments, Printer::new()).expect_err("it is refused");
            let expected = format!("{log} is there without its registry");
            assert!(failure.message.ends_with(&expected), "{}", failure.message);
            assert!(!home.database().exists());
        }
    }
}
