//! `countersign hr log receipt`: the receipt of a record, made again.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::super::Outcome;
use super::super::super::error::Failure;
use super::super::super::output::Replacing;
use super::super::super::printer::Printer;
use super::super::by_digest::Prefix;
use super::super::open::{Registry, of_store};
use super::super::registry::Home;
use crate::digest::Digest;
use crate::files;
use crate::record::json::MAX_BYTES;
use crate::record::read_completion;
use crate::registry::PersonNumber;
use crate::registry::dossier::RecordState;
use crate::shell::{option, quoted};

#[derive(Debug, Args)]
#[command(
    after_help = "A receipt shows whoever holds it, without HR and without the registry, that the record is in the log.\n\n\
                  Examples:\n  \
                  countersign hr log receipt 1f0c9ab2\n  \
                  countersign hr log receipt 012345.completion.json --out 012345.completion.tlog-proof"
)]
pub(super) struct ReceiptArguments {
    /// Fingerprint of a record, or its beginning; or the file of a record
    #[arg(value_name = "RECORD")]
    record: String,
    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
}

pub(super) fn run(arguments: &ReceiptArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    let mut registry = Registry::examine(home)?;
    let record = find(&registry, &arguments.record)?;
    let head = registry.signed_head(printer)?;
    let receipt = registry.receipt(record.index, &head)?.to_string();
    let file = if let Some(path) = &arguments.out {
        arguments.replacing.write(path, receipt.as_bytes())?;
        quoted(path)
    } else {
        printer.bytes(receipt.as_bytes())?;
        "FILE".to_owned()
    };
    if !record.counts() {
        printer.talk(&format!(
            "note: the record {}: the receipt shows that you received it, and not that it counts",
            record.standing()
        ));
    }
    printer.talk("Whoever has the record checks it with:");
    printer.talk(&format!(
        "  countersign verify RECORD --receipt {file} {}",
        option("--log-key", registry.log().to_string())
    ));
    Ok(Outcome::Fine)
}

/// The record that is meant.
fn find(registry: &Registry, named: &str) -> Result<RecordState, Failure> {
    let told = |error| of_store(&error);
    let (store, now) = (registry.store(), registry.latest()?);
    let path = Path::new(named);
    let prefix = if path.is_file() { Prefix::of(&digest_of(path)?.hex())? } else { Prefix::of(named)? };
    if let Some(digest) = prefix.whole()
        && let Some(bytes) = store.record(&digest).map_err(told)?
        && let Ok(record) = read_completion(&bytes)
        && let Ok(person) = PersonNumber::new(&record.claims.person.number)
        && let Some(dossier) = store.dossier(&person, now).map_err(told)?
        && let Some(state) = dossier.records.into_iter().find(|state| state.digest == digest)
    {
        return Ok(state);
    }
    let mut found: Vec<RecordState> = Vec::new();
    store
        .dossiers(now, &mut |dossier| {
            found.extend(dossier.records.into_iter().filter(|record| prefix.fits(&record.digest)));
            Ok(())
        })
        .map_err(told)?;
    prefix.the_one(found, "record", "countersign hr person NUMBER")
}

fn digest_of(path: &Path) -> Result<Digest, Failure> {
    let shown = path.display();
    let bytes = files::read_limited(path, MAX_BYTES as u64)
        .map_err(|error| Failure::file(format!("cannot read {shown}"), &error))?;
    read_completion(&bytes).map(|record| record.digest).map_err(|fault| {
        Failure::new(format!("{shown} is not a sound completion record")).because(&fault).hint(
            "name the record by its fingerprint, as countersign hr status and countersign verify show it",
        )
    })
}
