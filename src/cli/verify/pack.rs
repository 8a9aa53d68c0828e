//! An evidence pack as a whole: its files, HR's signature, the log, and the tables made again from it.

mod claims;
mod said;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::files;
use crate::log::{Checkpoint, Entry, Hash, MemoryTiles, Relation, Size, Tree, VerifierKey, compare};
use crate::record::ssh;
use crate::record::verdict::Outcome;
use crate::registry::evidence::NAMESPACE;
use crate::report::evidence::{Files, differences, sums};

use super::super::error::Failure;
use super::super::printer::Printer;
use super::receipts::log_key;

/// The most that is read of a pack, in bytes; those that are made have some hundred megabytes at most.
const MOST_BYTES: u64 = 1 << 30;
/// The most differences that are told.
const MOST_TOLD: usize = 1000;

/// What was found in a pack, and where its records are.
#[derive(Debug)]
pub(super) struct Checked {
    findings: Vec<Finding>,
    pub(super) records: Vec<PathBuf>,
    pub(super) courses: Vec<PathBuf>,
    pub(super) assignments: Vec<PathBuf>,
    pub(super) receipts: Vec<PathBuf>,
    pub(super) log_key: String,
}

/// One finding about the pack.
#[derive(Debug)]
struct Finding {
    name: &'static str,
    outcome: Outcome,
    reasons: Vec<String>,
}

impl Finding {
    /// What passes when nothing is wrong.
    fn of(name: &'static str, wrong: Vec<String>, well: impl FnOnce() -> Vec<String>) -> Self {
        if wrong.is_empty() {
            return Self { name, outcome: Outcome::Pass, reasons: well() };
        }
        let more = wrong.len().saturating_sub(MOST_TOLD);
        let mut reasons: Vec<String> = wrong.into_iter().take(MOST_TOLD).collect();
        if more > 0 {
            reasons.push(format!("and {more} more"));
        }
        Self { name, outcome: Outcome::Fail, reasons }
    }
}

/// Whether somebody named the folder of a pack.
pub(super) fn is_one(path: &Path) -> bool {
    path.join("SHA256SUMS").is_file() && path.join("log/checkpoint").is_file()
}

/// Looks at a pack. `named` is the key of the log as the auditor knows it.
pub(super) fn check(folder: &Path, named: Option<&str>) -> Result<Checked, Failure> {
    let (mut files, paths) = read(folder)?;
    let (list, signature) = (files.remove("SHA256SUMS"), files.remove("SHA256SUMS.sig"));
    let list = list.unwrap_or_default();
    let mut findings = vec![Finding::of("files", unlisted(&files, &list), || {
        vec![format!("all {} files are here, unchanged, and no others", files.len())]
    })];
    let key_text = text(&files, "log/key").trim().to_owned();
    match key_text.parse::<VerifierKey>() {
        Ok(key) => {
            findings.push(signed(&list, signature.as_deref().unwrap_or_default(), &key, named)?);
            let log = Log::of(&files, &key);
            findings.push(log.finding);
            findings.push(tables(&files, &key, log.entries));
        }
        Err(error) => {
            findings.push(Finding::of("log", vec![format!("log/key is no key of a log: {error}")], Vec::new));
        }
    }
    let below = |start: &str, end: &str| {
        let within = |path: &&(String, PathBuf)| path.0.starts_with(start) && path.0.ends_with(end);
        paths.iter().filter(within).map(|(_, path)| path.clone()).collect()
    };
    let folder_of = |start: &str| {
        if paths.iter().any(|(path, _)| path.starts_with(start)) {
            vec![folder.join(start)]
        } else {
            Vec::new()
        }
    };
    Ok(Checked {
        findings,
        records: below("records/", ".json"),
        courses: below("courses/", ".course"),
        assignments: folder_of("assignments/"),
        receipts: folder_of("receipts/"),
        log_key: key_text,
    })
}

impl Checked {
    /// Whether something is wrong with the pack itself.
    pub(super) fn failed(&self) -> bool {
        self.findings.iter().any(|finding| finding.outcome != Outcome::Pass)
    }

    /// In a few words.
    pub(super) fn summary(&self) -> String {
        let wrong = self.findings.iter().filter(|finding| finding.outcome != Outcome::Pass);
        let wrong: Vec<&str> = wrong.map(|finding| finding.name).collect();
        if wrong.is_empty() { "nothing wrong".to_owned() } else { format!("wrong: {}", wrong.join(", ")) }
    }

    pub(super) fn tell(&self, folder: &Path, printer: Printer, quiet: bool) -> Result<(), Failure> {
        if quiet && !self.failed() {
            return Ok(());
        }
        printer.line(&format!("{} (evidence pack)", folder.display()))?;
        for Finding { name, outcome, reasons } in &self.findings {
            let sign = match outcome {
                Outcome::Pass if quiet => continue,
                Outcome::Pass => '\u{2713}',
                Outcome::Fail => '\u{2717}',
                Outcome::Unknown => '?',
            };
            for (index, reason) in reasons.iter().enumerate() {
                if index == 0 {
                    printer.sentence(&format!("{sign} {name:<10} {:<8} ", outcome.word()), reason)?;
                } else {
                    printer.sentence(&format!("{:22}", ""), reason)?;
                }
            }
        }
        printer.line("")
    }

    pub(super) fn json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            let told = json!({ "outcome": finding.outcome.word(), "reasons": finding.reasons });
            (finding.name.to_owned(), told)
        });
        Value::Object(findings.collect())
    }
}

/// All files of a pack, and where they are.
fn read(folder: &Path) -> Result<(Files, Vec<(String, PathBuf)>), Failure> {
    let found = files::find(folder, "");
    if let Some(error) = found.errors.first() {
        return Err(Failure::file(format!("cannot read {}", folder.display()), error));
    }
    let (mut files, mut paths, mut left) = (Files::new(), Vec::new(), MOST_BYTES);
    for path in found.files {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        let bytes = files::read_limited(&path, left)
            .map_err(|error| Failure::file(format!("cannot read {}", path.display()), &error))?;
        left = left.saturating_sub(bytes.len() as u64);
        files.insert(name.clone(), bytes);
        paths.push((name, path));
    }
    Ok((files, paths))
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// In what the files are not those of the list.
fn unlisted(files: &Files, list: &[u8]) -> Vec<String> {
    let should = sums(files);
    if should.as_bytes() == list {
        return Vec::new();
    }
    let list = String::from_utf8_lossy(list);
    let (here, listed): (BTreeSet<&str>, BTreeSet<&str>) = (should.lines().collect(), list.lines().collect());
    let path = |line: &str| line.get(66..).unwrap_or(line).to_owned();
    let known: BTreeSet<String> = listed.iter().map(|line| path(line)).collect();
    let mut wrong: Vec<String> = here
        .difference(&listed)
        .map(|line| path(line))
        .map(|path| {
            format!("{path} {}", if known.contains(&path) { "was changed" } else { "is not on the list" })
        })
        .collect();
    let missing = listed.difference(&here).map(|line| path(line)).filter(|path| !files.contains_key(path));
    wrong.extend(missing.map(|path| format!("{path} is missing")));
    if wrong.is_empty() {
        wrong.push("SHA256SUMS has not the form in which it was signed".to_owned());
    }
    wrong
}

/// HR's signature under the list.
fn signed(list: &[u8], signature: &[u8], key: &VerifierKey, named: Option<&str>) -> Result<Finding, Failure> {
    let mut wrong = Vec::new();
    let signature = String::from_utf8_lossy(signature);
    if !ssh::is_signed_by(list, &signature, NAMESPACE, &key.key()) {
        wrong.push(format!("SHA256SUMS.sig is not a signature of the key {} on SHA256SUMS", key.key().did()));
    }
    let known = match named {
        Some(named) if log_key(named)? != *key => {
            wrong.push("log/key is not the key of the log that you named".to_owned());
            ""
        }
        Some(_) => "; log/key is the one that you named",
        None => ": make sure by another way that it is HR's",
    };
    let did = key.key().did();
    Ok(Finding::of("signature", wrong, || vec![format!("signed with the key {did}{known}")]))
}

/// What the log of a pack is found to be.
struct Log {
    finding: Finding,
    /// All of it, if it is what was signed.
    entries: Option<Vec<Entry>>,
}

impl Log {
    fn of(files: &Files, key: &VerifierKey) -> Self {
        let unread =
            |words: String| Self { finding: Finding::of("log", vec![words], Vec::new), entries: None };
        let checkpoint = files.get("log/checkpoint").map(Vec::as_slice).unwrap_or_default();
        let head = match Checkpoint::read(checkpoint, key) {
            Ok(head) => head,
            Err(fault) => return unread(format!("log/checkpoint: {fault}")),
        };
        let Some(bytes) = files.get("log/entries.jsonl") else {
            let words =
                "the entries are not in the pack, because they are too many: its tables cannot be made again";
            let finding = Finding { name: "log", outcome: Outcome::Unknown, reasons: vec![words.to_owned()] };
            return Self { finding, entries: None };
        };
        let (mut entries, mut leaves) = (Vec::new(), Vec::new());
        let lines = bytes.strip_suffix(b"\n").map(|bytes| bytes.split(|byte| *byte == b'\n'));
        for (index, line) in lines.into_iter().flatten().enumerate() {
            match Entry::parse(line) {
                Ok(entry) => entries.push(entry),
                Err(fault) => return unread(format!("log/entries.jsonl:{}: {fault}", index + 1)),
            }
            leaves.push(Hash::of_leaf(line));
        }
        let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
        let mut wrong = Vec::new();
        let appended = tree.append(leaves).is_ok_and(|size| size == head.size);
        if !appended || tree.root().ok() != Some(head.root) {
            wrong.push("log/entries.jsonl: these are not the entries under log/checkpoint".to_owned());
        }
        for (path, bytes) in files.range("log/earlier/".to_owned().."log/earlier0".to_owned()) {
            if !path.ends_with(".checkpoint") {
                continue;
            }
            let relation = Checkpoint::read(bytes, key).map(|older| compare(&tree, &older));
            match relation {
                Ok(Ok(Relation::Same | Relation::Extended(_))) => {}
                Ok(_) => wrong.push(format!("{path}: the log does not go on from it")),
                Err(fault) => wrong.push(format!("{path}: {fault}")),
            }
        }
        let entries = wrong.is_empty().then_some(entries);
        let mut well = format!("{} entries under the root {}", head.size, head.root);
        let _ = write!(well, " of {}", key.origin());
        Self { finding: Finding::of("log", wrong, || vec![well]), entries }
    }
}

/// The tables and pages, made again from the entries.
fn tables(files: &Files, key: &VerifierKey, entries: Option<Vec<Entry>>) -> Finding {
    let name = "tables";
    let Some(entries) = entries else {
        let words =
            "the entries of the log are not here as they were signed, so nothing can be made again from them";
        return Finding { name, outcome: Outcome::Unknown, reasons: vec![words.to_owned()] };
    };
    let rebuilt = match claims::rebuilt(files, key, &entries) {
        Ok(rebuilt) => rebuilt,
        Err(words) => return Finding::of(name, vec![words], Vec::new),
    };
    let mut wrong = rebuilt.faults;
    let mut expected = crate::report::evidence::files(&rebuilt.evidence);
    let ours = rebuilt.program == env!("CARGO_PKG_VERSION");
    if !ours {
        // Another version may say the same in other words.
        let words = |path: &str| {
            path == "README.txt" || path == "index.html" || path == "pack.json" || path.starts_with("verify/")
        };
        expected.retain(|path, _| !words(path));
    }
    wrong.extend(differences(&expected, files));
    Finding::of(name, wrong, || {
        let people = rebuilt.evidence.people.len();
        let mut well = vec![format!(
            "statuses, dates, levels, decisions and exceptions of {people} people are what the log says"
        )];
        well.push(if ours {
            "README.txt, index.html and the scripts are those of this version of countersign".to_owned()
        } else {
            format!(
                "README.txt, index.html and the scripts are of version {} and were not compared",
                rebuilt.program
            )
        });
        well.push(format!(
            "names, departments, roles, days of work and who stands on the roster are HR's word; so is which number is whom \
             in the log, but for {}",
            rebuilt.evidence.chosen.len()
        ));
        well
    })
}
