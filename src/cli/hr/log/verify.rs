//! `countersign hr log verify`: the registry against its log, and the log against what others keep of it.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::super::super::Outcome;
use super::super::super::error::Failure;
use super::super::super::mailed;
use super::super::super::printer::Printer;
use super::super::open::{Registry, not_kept, of_store};
use super::super::registry::Home;
use super::super::soundness;
use crate::clock::Timestamp;
use crate::files;
use crate::log::{Checkpoint, Entry, Event, Index, LogFault, Relation, Size, as_signed};
use crate::phrase::counted;
use crate::shell::Wording;
use crate::store::registry::KeptCheckpoint;
use crate::store::registry::audit::Audited;

/// The largest file of the log that is read, in bytes: a receipt with the largest entry and the largest note.
const LARGEST: u64 = 1 << 20;

#[derive(Debug, Args)]
#[command(
    after_help = "Every entry is made again from what the registry keeps and compared with the one that was logged; every hash \
                  is calculated again; the log is compared with each head that was signed. One finding a line. The exit code \
                  is 0 when there is none, 1 when there is one.\n\n\
                  Whoever has HR's key and rewrites the registry, the log and every head that is kept here is caught only by \
                  a checkpoint or a receipt that somebody else kept: name it with --against. The dates of entries are those of \
                  HR's clock: of what came after that head the earliest date is told, for whoever knows on which day they got it.\n\n\
                  Examples:\n  \
                  countersign hr log verify\n  \
                  countersign hr log verify --against 2026-10.checkpoint --against 012345.completion.tlog-proof"
)]
pub(super) struct VerifyArguments {
    /// Checkpoint or receipt that somebody kept; may be repeated
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// One JSON document on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &VerifyArguments, home: &Home, printer: Printer) -> Result<Outcome, Failure> {
    // What cannot be read is said before the long work.
    let kept: Vec<_> = arguments.against.iter().map(|path| read(path, printer)).collect::<Result<_, _>>()?;
    let registry = Registry::examine(home)?;
    let heads = arguments.against.iter().zip(&kept).map(|(path, bytes)| stated(&registry, path, bytes));
    let heads: Vec<_> = heads.collect::<Result<_, _>>()?;
    if let Some(words) = registry.without_key() {
        printer.talk(&format!("note: {words}"));
    }
    let mut report = Report {
        registry,
        printer,
        json: arguments.json,
        findings: Vec::new(),
        heads: Vec::new(),
        continued: None,
        lost: None,
    };
    for (path, head) in arguments.against.iter().zip(heads) {
        let name = path.display().to_string();
        if let Some(size) = report.head(&name, head)? {
            report.since(&name, size)?;
            report.continued = report.continued.take().max(Some((size, name)));
        }
    }
    report.last_signed(home)?;
    report.beginning()?;
    report.kept_here()?;
    let audited = report.audit()?;
    let discrepancies = audited.discrepancies + u64::from(report.registry.lost_head()?.is_some());
    soundness::remember(&report.registry, Audited { discrepancies, ..audited });
    report.end(audited.entries, &audited.root.to_string())
}

/// A file of the log as it was signed.
fn read(path: &Path, printer: Printer) -> Result<Vec<u8>, Failure> {
    let bytes = files::read_limited(path, LARGEST)
        .map_err(|error| Failure::file(format!("cannot read {}", path.display()), &error))?;
    let signed = as_signed(bytes.clone());
    if signed != bytes {
        printer.talk(&mailed::note(path));
    }
    Ok(signed)
}

/// The head that a file states. One of another log is for the report to tell, because this registry may have been made anew in
/// place of it; what is no sound head of any log says nothing about this registry.
fn stated(registry: &Registry, path: &Path, bytes: &[u8]) -> Result<Result<Checkpoint, LogFault>, Failure> {
    match registry.stated_head(bytes) {
        Ok(head) => Ok(Ok(head)),
        Err(fault @ (LogFault::UnknownKey | LogFault::AnotherLog)) => Ok(Err(fault)),
        Err(
            fault @ (LogFault::Form { .. }
            | LogFault::TooLarge { .. }
            | LogFault::Signature
            | LogFault::NotIncluded
            | LogFault::Inconsistent
            | LogFault::AnotherBeginning
            | LogFault::Entry(_)),
        ) => {
            let failure = Failure::new(format!(
                "{} is no sound checkpoint or receipt, so nothing can be compared with it",
                path.display()
            ));
            Err(mailed::with_hint(failure.because(&fault), bytes))
        }
    }
}

/// What is found, and what it was compared with.
struct Report {
    registry: Registry,
    printer: Printer,
    json: bool,
    findings: Vec<Value>,
    heads: Vec<Value>,
    /// The newest head of somebody else from which the log goes on, and how many entries it has.
    continued: Option<(Size, String)>,
    /// The finding about the head that was signed last, where that is missing or damaged and says nothing more.
    lost: Option<Failure>,
}

impl Report {
    fn finding(&mut self, entry: Option<u64>, words: &str) -> Result<(), Failure> {
        self.findings.push(json!({ "entry": entry, "words": words }));
        if self.json { Ok(()) } else { self.printer.sentence("\u{2717} ", words) }
    }

    /// The log against a head that somebody kept; its size, if the log goes on from it.
    fn head(&mut self, name: &str, head: Result<Checkpoint, LogFault>) -> Result<Option<Size>, Failure> {
        let head = match head {
            Ok(head) => head,
            Err(fault) => {
                self.heads.push(json!({ "name": name, "size": null, "continued": false }));
                self.finding(None, &format!("{name} cannot be compared with this log: {}", why(&fault)))?;
                return Ok(None);
            }
        };
        let relation = self.registry.store().relation(&head).map_err(|error| of_store(&error))?;
        let told = words(name, &relation);
        let continued = told.is_none();
        let words = match told {
            None if !self.registry.keeps(&head)? => Some(not_kept(name, head.size)),
            words => words,
        };
        self.heads.push(json!({ "name": name, "size": head.size.get(), "continued": continued }));
        if let Some(words) = words {
            self.finding(None, &words)?;
            return Ok(None);
        }
        if !self.json {
            let words = format!("\u{2713} {name}: all its {} entries are here, unchanged", head.size);
            self.printer.line(&words)?;
        }
        Ok(Some(head.size))
    }

    /// What came after a head that somebody else kept. When they got it no file says, so it is for them to compare.
    fn since(&mut self, name: &str, size: Size) -> Result<(), Failure> {
        let after = self.after(size)?;
        if let Some(told) = self.heads.last_mut() {
            told["after"] = json!({ "entries": after.entries, "earliest": after.earliest });
        }
        if self.json { Ok(()) } else { self.printer.sentence("  ", &after.words(name)) }
    }

    fn after(&self, size: Size) -> Result<After, Failure> {
        let mut after = After::default();
        let Some(first) = Index::new(size.get()) else { return Ok(after) };
        let visited = self.registry.store().log_entries(first, &mut |_, bytes| {
            after.entries += 1;
            // What is no entry is for the audit to tell.
            if let Ok(Entry { at, .. }) = Entry::parse(&bytes) {
                after.earliest = Some(after.earliest.map_or(at, |earliest| earliest.min(at)));
            }
            Ok(())
        });
        visited.map_err(|error| of_store(&error))?;
        Ok(after)
    }

    fn last_signed(&mut self, home: &Home) -> Result<(), Failure> {
        let path = home.checkpoint().display().to_string();
        match self.registry.last_note() {
            Ok(Some(bytes)) => {
                let head = Checkpoint::read(&bytes, self.registry.log());
                if head.as_ref().is_err_and(|fault| !is_foreign(fault)) {
                    self.lost = self.registry.doubt()?;
                }
                self.head(&path, head).map(|_| ())
            }
            Err(failure) => self.finding(None, &[vec![failure.message], failure.causes].concat().join(": ")),
            Ok(None) => {
                self.lost = self.registry.doubt()?;
                self.finding(
                    None,
                    &format!(
                        "{path} is missing: the head that was signed last is kept there, and without it this folder does not \
                         show whether the database was put back to an old state"
                    ),
                )
            }
        }
    }

    /// The first entry says whose log it is; without it another log could have stood in front.
    fn beginning(&mut self) -> Result<(), Failure> {
        let first = Index::new(0).expect("every tree can have a first entry");
        let bytes = self.registry.store().log_entry(first).map_err(|error| of_store(&error))?;
        let Some(bytes) = bytes else { return Ok(()) };
        let log = self.registry.log();
        let is_ours = match Entry::parse(&bytes).map(|entry| entry.event) {
            Ok(Event::Opened { key, origin, .. }) => key == log.key() && origin == *log.origin(),
            Ok(_) | Err(_) => false,
        };
        if is_ours {
            return Ok(());
        }
        let words = "entry 0: the log does not begin with the entry that says its name and HR's key";
        self.finding(Some(0), words)
    }

    /// The heads that the registry keeps are signed; whether the log continues them is for the audit to say.
    fn kept_here(&mut self) -> Result<(), Failure> {
        let kept = self.registry.store().checkpoints().map_err(|error| of_store(&error))?;
        for KeptCheckpoint { size, note } in kept {
            let why = match Checkpoint::read(&note, self.registry.log()) {
                Ok(head) if head.size == size => continue,
                Ok(head) => format!("it is of {} entries", head.size),
                Err(fault) => why(&fault),
            };
            let words =
                format!("the checkpoint of {size} entries that is kept in the registry was altered: {why}");
            self.finding(None, &words)?;
        }
        Ok(())
    }

    fn audit(&mut self) -> Result<Audited, Failure> {
        let (findings, printer, json) = (&mut self.findings, self.printer, self.json);
        let mut told = Ok(());
        let audited = self.registry.store().audit(&mut |found| {
            let words = found.to_string();
            // A closed pipe ends the printing, not the audit.
            if !json && told.is_ok() {
                told = printer.sentence("\u{2717} ", &words);
            }
            findings.push(json!({ "entry": found.entry, "words": words }));
        });
        told?;
        audited.map_err(|error| of_store(&error))
    }

    fn end(self, entries: u64, root: &str) -> Result<Outcome, Failure> {
        let found = self.findings.len();
        if self.json {
            self.printer.json(&json!({
                "log": self.registry.log().to_string(),
                "entries": entries,
                "root": root,
                "heads": self.heads,
                "findings": self.findings,
            }))?;
        } else {
            let findings = counted(found, "finding", "findings");
            self.printer.line(&format!("{entries} entries, root {root}: {findings}"))?;
        }
        if found == 0 {
            return Ok(Outcome::Fine);
        }
        self.way_on(found);
        Ok(Outcome::Findings)
    }

    /// What to do now. Where the last head is lost and nothing else is wrong, the registry is not to be left as it is for ever.
    fn way_on(self, found: usize) {
        let Some(lost) = self.lost.filter(|_| found == 1) else {
            self.printer.talk(
                "hint: change nothing; copy the whole folder of the registry as it is, then compare with your newest backup and \
                 with checkpoints that others keep",
            );
            return;
        };
        let mut hints = lost.hints;
        if let Some((size, name)) = self.continued {
            let compared = format!("nothing of the {size} entries under {name} was changed or taken away");
            // Where it is to be put back from, and that it is to be compared, is not said to whoever has done it.
            hints = Vec::from_iter(hints.pop());
            hints.insert(0, Wording::from(compared));
        }
        for hint in hints {
            self.printer.advise(Wording::from("hint: ").with(hint));
        }
    }
}

/// Whether it is the head of another log.
fn is_foreign(fault: &LogFault) -> bool {
    matches!(fault, LogFault::UnknownKey | LogFault::AnotherLog)
}

/// The entries behind a head.
#[derive(Debug, Default)]
struct After {
    entries: u64,
    earliest: Option<Timestamp>,
}

impl After {
    fn words(&self, name: &str) -> String {
        let came = match (self.entries, self.earliest) {
            (0, _) => return "no entry came after it".to_owned(),
            (1, None) => return "1 entry came after it, and cannot be read".to_owned(),
            (number, None) => return format!("{number} entries came after it, and none of them can be read"),
            (1, Some(earliest)) => format!("1 entry came after it, dated {earliest}"),
            (number, Some(earliest)) => {
                format!("{number} entries came after it, the earliest dated {earliest}")
            }
        };
        format!(
            "{came}: whoever received {name} later than that asks HR for the reason; either it was made before the day on which \
             they got it, or entries were dated back"
        )
    }
}

/// What is wrong, if the log does not go on from a head that was kept.
fn words(name: &str, relation: &Relation) -> Option<String> {
    match relation {
        Relation::Same | Relation::Extended(_) => None,
        Relation::RolledBack { present, older } => Some(format!(
            "the log was rolled back: {name} was signed over {older} entries, and there are {present}; what came after them \
             was removed, or an old copy of the registry was put in its place"
        )),
        Relation::Forked { older } => Some(format!(
            "the log was rewritten: {name} was signed over {older} entries, and at least one of them is not what it was"
        )),
    }
}

/// Why a file cannot be compared with this log.
fn why(fault: &LogFault) -> String {
    match fault {
        LogFault::UnknownKey | LogFault::AnotherLog => format!(
            "it {fault}: it is of another registry, or this registry was made anew in place of the one it is of"
        ),
        LogFault::Form { .. } => format!("it is no checkpoint or receipt that can be read: {fault}"),
        LogFault::TooLarge { .. }
        | LogFault::Signature
        | LogFault::NotIncluded
        | LogFault::Inconsistent
        | LogFault::AnotherBeginning
        | LogFault::Entry(_) => fault.to_string(),
    }
}
