//! `countersign hr quarantine`: files that were put aside, with the reasons.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::environment::Environment;
use super::super::error::Failure;
use super::super::output::Replacing;
use super::super::printer::Printer;
use super::by_digest::Prefix;
use super::open::{Registry, of_store};
use super::pieces::{self, SETTLED};
use super::registry::Home;
use super::review::{aside_file, put_claims, put_level};
use super::said::counted;
use crate::digest::Digest;
use crate::registry::change::PutAside;
use crate::registry::collect::Advice;
use crate::shell::Wording;
use crate::store::registry::RegistryStore;

#[derive(Debug, Args)]
#[command(
    after_help = "Quarantine holds what came in and can never count: a wrong signature, marks that do not follow from the \
                  answers, and what your terms (hr terms) put there. Each file in it is in the log, and none goes but with \
                  a person who is erased (hr erase). When the reason is gone (a course was approved, an assignment was missing), \
                  collect the file again with --again.\n\n\
                  Examples:\n  \
                  countersign hr quarantine                          what is there\n  \
                  countersign hr quarantine show 5c1e22aa            one file and why it is there\n  \
                  countersign hr quarantine export 5c1e22aa -o it.json"
)]
pub(in crate::cli) struct QuarantineArguments {
    #[command(subcommand)]
    verb: Option<QuarantineVerb>,
}

#[derive(Debug, Subcommand)]
enum QuarantineVerb {
    /// What is there
    List(ListArguments),
    /// Why a file is there
    Show {
        /// The first digits of its fingerprint, as the list shows them
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// Write a copy of a file, as it came
    Export(ExportArguments),
}

#[derive(Debug, Default, Args)]
struct ListArguments {
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ExportArguments {
    /// The first digits of its fingerprint, as the list shows them
    #[arg(value_name = "FILE")]
    file: String,
    /// Where to; `-` for stdout
    #[arg(long, short, value_name = "PATH|-")]
    output: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(
    arguments: &QuarantineArguments,
    home: &Home,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let registry = Registry::open(home, printer)?;
    let outcome = match &arguments.verb {
        None => list(&ListArguments::default(), &registry, environment, printer),
        Some(QuarantineVerb::List(arguments)) => list(arguments, &registry, environment, printer),
        Some(QuarantineVerb::Show { file }) => {
            show(&the_file(&registry, file)?, &registry, environment, printer)
        }
        Some(QuarantineVerb::Export(arguments)) => {
            let file = the_file(&registry, &arguments.file)?;
            export(&file, &arguments.output, arguments.replacing, printer)
        }
    };
    outcome.map(|outcome| registry.looked(outcome))
}

fn list(
    arguments: &ListArguments,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let now = registry.now()?;
    let mut shown: Vec<Value> = Vec::new();
    let mut number = 0;
    let mut failed = None;
    let visited = registry.store().put_aside_files(&mut |file| {
        // It was judged again since, and is a record.
        if !registry.store().collected(file.record.as_slice())?.is_empty() {
            return Ok(());
        }
        number += 1;
        let whole = pieces::whole_of(registry.store(), &file, now)?;
        if arguments.json {
            shown.push(as_json(&file, whole));
        } else if failed.is_none() {
            // One at a time: a hundred thousand files are not held.
            failed = lines(&file, whole, environment, printer).err();
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    if arguments.json {
        printer.json(&Value::Array(shown))?;
    } else if number == 0 {
        printer.talk("nothing was put aside");
    } else {
        printer.line("")?;
        let files = counted(number, "file", "files");
        printer.next(Wording::from(files).then("; next: countersign hr quarantine show FILE"))?;
    }
    Ok(Outcome::Fine)
}

fn lines(
    file: &PutAside,
    whole: Option<Digest>,
    environment: &Environment,
    printer: Printer,
) -> Result<(), Failure> {
    printer.line(&format!(
        "{}  received {}  {}",
        file.file.short(),
        environment.calendar.day_and_time(file.at),
        file.name
    ))?;
    file.reasons
        .iter()
        .try_for_each(|reason| printer.sentence("  ", &environment.calendar.localized(reason)))?;
    whole.map_or(Ok(()), |record| printer.sentence("  ", &settled(record)))
}

/// What is said of a piece whose whole is this record.
fn settled(record: Digest) -> String {
    format!("{SETTLED}: it is the record {}", record.short())
}

fn as_json(file: &PutAside, whole: Option<Digest>) -> Value {
    json!({
        "file": file.file,
        "receivedAt": file.at,
        "name": file.name,
        "reasons": file.reasons,
        "bytes": file.bytes.len(),
        "whole": whole,
    })
}

/// The file that is meant.
fn the_file(registry: &Registry, typed: &str) -> Result<PutAside, Failure> {
    aside_that_begins(registry.store(), &Prefix::of(typed)?)
}

const ASIDE: &str = "file in quarantine";
const ASIDE_LIST: &str = "countersign hr quarantine list";

/// The file that was put aside and is meant.
pub(super) fn aside_that_begins(store: &dyn RegistryStore, prefix: &Prefix) -> Result<PutAside, Failure> {
    if let Some(whole) = prefix.whole() {
        // Nobody has to read all of them for one.
        let found = store.put_aside_file(&whole).map_err(|error| of_store(&error))?;
        return prefix.the_one(found.into_iter().collect(), ASIDE, ASIDE_LIST);
    }
    let mut found = Vec::new();
    let visited = store.put_aside_files(&mut |file| {
        if prefix.fits(&file.file) {
            found.push(file);
        }
        Ok(())
    });
    visited.map_err(|error| of_store(&error))?;
    prefix.the_one(found, ASIDE, ASIDE_LIST)
}

fn show(
    file: &PutAside,
    registry: &Registry,
    environment: &Environment,
    printer: Printer,
) -> Result<Outcome, Failure> {
    let now = registry.now()?;
    let page = aside_file(registry.store(), registry.assigners(), file, now)?;
    printer.line(&format!("file        {}", file.file))?;
    printer.line(&format!("came as     {}", file.name))?;
    printer.line(&format!("received    {}", environment.calendar.day_and_time(file.at)))?;
    printer.line(&format!("size        {}", counted(file.bytes.len(), "byte", "bytes")))?;
    for reason in &file.reasons {
        printer.sentence("because     ", &environment.calendar.localized(reason))?;
    }
    let whole = pieces::whole_of(registry.store(), file, now).map_err(|error| of_store(&error))?;
    if let Some(record) = whole {
        printer.sentence("since       ", &settled(record))?;
    }
    printer.line("")?;
    printer.line("what it says of itself, beside the roster; nobody has vouched for it:")?;
    match &page.claims {
        Some(claimed) => put_claims(claimed, environment, printer)?,
        None => printer.line("nothing that can be read as a record")?,
    }
    printer.line("")?;
    printer.line("the five levels now:")?;
    for level in &page.levels {
        put_level(level, Advice::words_aside, environment, printer)?;
    }
    let file = file.file.short();
    printer.talk("next, when the reason is gone, for the file where it lies or for a copy:");
    printer.advise("  countersign hr collect --again PATH");
    printer.advise(Wording::from("  countersign hr quarantine export ").and(file).then(" -o COPY"));
    Ok(Outcome::Fine)
}

fn export(file: &PutAside, path: &Path, replacing: Replacing, printer: Printer) -> Result<Outcome, Failure> {
    if path.as_os_str() == "-" {
        // Whoever sends a stranger's file into a pipe wants it as it came.
        printer.bytes(&file.bytes)?;
    } else {
        replacing.write(path, &file.bytes)?;
        printer.talk_of("wrote", path);
    }
    Ok(Outcome::Fine)
}
