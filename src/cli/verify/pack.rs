//! An evidence pack as a whole: its files, HR's signature, the log, and the tables made again from it.

mod claims;
mod contents;
mod said;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::digest::Digest;
use crate::files::{self, FileError};
use crate::log::{Checkpoint, Entry, Hash, MemoryTiles, Relation, Size, Tree, VerifierKey, compare};
use crate::record::ssh;
use crate::record::verdict::{Outcome, Verifier};
use crate::registry::evidence::{MOST_ENTRIES, NAMESPACE};
use crate::report::evidence::{Files, differences, sums};

use super::super::error::Failure;
use super::super::printer::Printer;
use super::receipts::{Receipts, log_key};
use contents::Contents;

/// The most that is read of a pack, in bytes; those that are made have some hundred megabytes at most.
const MOST_BYTES: u64 = 1 << 30;
/// The most differences that are told.
const MOST_TOLD: usize = 1000;
/// The finding about what is made again from the log.
const TABLES: &str = "tables";
/// The finding about what tells of the tables in words.
const PAGES: &str = "pages";

/// What every pack has beside its list of files, by which it is known when some of it was taken away.
const NEEDED: [&str; 7] = [
    "SHA256SUMS.sig",
    "allowed_signers",
    "log/checkpoint",
    "log/key",
    "numbers.txt",
    "pack.json",
    "population.csv",
];

/// What was found in a pack, and where its records are.
#[derive(Debug)]
pub(super) struct Checked {
    findings: Vec<Finding>,
    pub(super) records: Vec<PathBuf>,
}

/// What the records of a pack are held against.
pub(super) struct Beside {
    pub(super) verifier: Verifier,
    pub(super) receipts: Receipts,
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

    fn unknown(name: &'static str, words: &str) -> Self {
        Self { name, outcome: Outcome::Unknown, reasons: vec![words.to_owned()] }
    }
}

/// Whether somebody named the folder of a pack. One from which something was taken is one still.
pub(super) fn is_one(path: &Path) -> bool {
    let marks = ["pack.json", "SHA256SUMS", "population.csv"];
    marks.iter().any(|mark| path.join(mark).is_file()) || path.join("log").is_dir()
}

/// Looks at a pack. `named` is the key of the log as the auditor knows it.
pub(super) fn check(folder: &Path, named: Option<&str>) -> Result<(Checked, Beside), Failure> {
    let Read { mut files, paths, refused } = read(folder)?;
    let (list, signature) = (files.remove("SHA256SUMS"), files.remove("SHA256SUMS.sig"));
    let mut wrong = refused;
    wrong.extend(unlisted(&files, list.as_deref(), signature.is_some()));
    let mut findings = vec![Finding::of("files", wrong, || {
        vec![format!("all {} files are here, unchanged, and no others", files.len())]
    })];
    let contents = Contents::of(&files);
    let key = text(&files, "log/key").trim().parse::<VerifierKey>();
    let mut approved = None;
    let told = match &key {
        Ok(key) => {
            let (list, signature) = (list.unwrap_or_default(), signature.unwrap_or_default());
            let signed = signed(&list, &signature, text(&files, "allowed_signers"), key, named)?;
            let log = Log::of(&files, key);
            let remade = Remade::of(&files, &contents, key, log.entries);
            approved = remade.approved;
            [signed, log.finding, remade.tables, remade.pages]
        }
        Err(error) => {
            // What was named must be a key all the same.
            named.map(log_key).transpose()?;
            let words = format!("log/key is no key of a log: {error}");
            let signed = "whose SHA256SUMS.sig is cannot be told without log/key".to_owned();
            [
                Finding::of("signature", vec![signed], Vec::new),
                Finding::of("log", vec![words], Vec::new),
                Finding::unknown(TABLES, NOT_MADE),
                Finding::unknown(PAGES, NOT_MADE),
            ]
        }
    };
    findings.extend(told);
    findings.push(Finding::of("contents", contents.wrong.clone(), || {
        vec![format!(
            "courses and assignments can be read: {} and {}",
            contents.courses.len(),
            contents.assignments.len()
        )]
    }));
    let below = |start: &'static str, end: &'static str| {
        paths.iter().filter(move |(name, _)| name.starts_with(start) && name.ends_with(end))
    };
    let receipts = below("receipts/", ".tlog-proof")
        .filter_map(|(name, path)| Some((path.as_path(), files.get(name)?.as_slice())));
    let receipts = key.as_ref().map(|key| Receipts::of_pack(receipts, key)).unwrap_or_default();
    let records = below("records/", ".json").map(|(_, path)| path.clone()).collect();
    let verifier = contents.verifier(key.as_ref().ok(), approved.as_ref());
    Ok((Checked { findings, records }, Beside { verifier, receipts }))
}

impl Checked {
    /// Whether something is wrong with the pack itself. Tables that could not be made again are HR's word, which is what a pack
    /// is to spare whoever checks it.
    pub(super) fn failed(&self) -> bool {
        self.findings.iter().any(|finding| match finding.outcome {
            Outcome::Pass => false,
            Outcome::Fail => true,
            Outcome::Unknown => finding.name == TABLES,
        })
    }

    /// The findings with this outcome, by name.
    fn named(&self, outcome: Outcome) -> Vec<&'static str> {
        let such = self.findings.iter().filter(|finding| finding.outcome == outcome);
        such.map(|finding| finding.name).collect()
    }

    /// In a few words.
    pub(super) fn summary(&self) -> String {
        let (wrong, unknown) = (self.named(Outcome::Fail), self.named(Outcome::Unknown));
        let mut words = if wrong.is_empty() {
            "nothing wrong".to_owned()
        } else {
            format!("wrong: {}", wrong.join(", "))
        };
        if !unknown.is_empty() {
            let _ = write!(words, "; not checked: {}", unknown.join(", "));
        }
        words
    }

    pub(super) fn tell(&self, folder: &Path, printer: Printer, quiet: bool) -> Result<(), Failure> {
        if quiet && self.findings.iter().all(|finding| finding.outcome == Outcome::Pass) {
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
struct Read {
    files: Files,
    paths: Vec<(String, PathBuf)>,
    /// What is no file of a pack, and is not looked at.
    refused: Vec<String>,
}

fn read(folder: &Path) -> Result<Read, Failure> {
    let failure =
        |path: &Path, error: &FileError| Failure::file(format!("cannot read {}", path.display()), error);
    let found = files::find(folder, "");
    let mut read = Read { files: Files::new(), paths: Vec::new(), refused: Vec::new() };
    for error in &found.errors {
        match error {
            FileError::NotAFile { path } => {
                read.refused
                    .push(format!("{} is no file", path.strip_prefix(folder).unwrap_or(path).display()));
            }
            FileError::TooDeep { .. } => read.refused.push(error.to_string()),
            other => return Err(failure(folder, other)),
        }
    }
    let mut left = MOST_BYTES;
    for path in found.files {
        let within = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Option<Vec<&str>> = within.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            // Two such names could be shown as one.
            read.refused.push(format!("{} has a name that is not UTF-8", within.display()));
            continue;
        };
        if path.is_symlink() {
            read.refused.push(format!("{} is a link to a file, and no file of the pack", within.display()));
            continue;
        }
        let name = parts.join("/");
        let bytes = files::read_limited(&path, left).map_err(|error| failure(&path, &error))?;
        left = left.saturating_sub(bytes.len() as u64);
        read.files.insert(name.clone(), bytes);
        read.paths.push((name, path));
    }
    Ok(read)
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// In what the files are not those of the list, and what every pack has and this one lacks.
fn unlisted(files: &Files, list: Option<&[u8]>, is_signed: bool) -> Vec<String> {
    let is_here = |path: &str| if path == "SHA256SUMS.sig" { is_signed } else { files.contains_key(path) };
    let lacking: BTreeSet<&str> = NEEDED.into_iter().filter(|path| !is_here(path)).collect();
    let mut wrong: Vec<String> = lacking.iter().map(|path| format!("{path} is missing")).collect();
    let Some(list) = list else {
        wrong.push("SHA256SUMS is missing: whether files were changed cannot be told".to_owned());
        return wrong;
    };
    let should = sums(files);
    if should.as_bytes() == list {
        return wrong;
    }
    let list = String::from_utf8_lossy(list);
    let (here, listed): (BTreeSet<&str>, BTreeSet<&str>) = (should.lines().collect(), list.lines().collect());
    let path = |line: &str| line.get(66..).unwrap_or(line).to_owned();
    let known: BTreeSet<String> = listed.iter().map(|line| path(line)).collect();
    let changed = here.difference(&listed).map(|line| path(line)).map(|path| {
        format!("{path} {}", if known.contains(&path) { "was changed" } else { "is not on the list" })
    });
    wrong.extend(changed);
    let missing = listed.difference(&here).map(|line| path(line));
    let missing = missing.filter(|path| !files.contains_key(path) && !lacking.contains(path.as_str()));
    wrong.extend(missing.map(|path| format!("{path} is missing")));
    if wrong.is_empty() {
        wrong.push("SHA256SUMS has not the form in which it was signed".to_owned());
    }
    wrong
}

/// HR's signature under the list.
fn signed(
    list: &[u8],
    signature: &[u8],
    signers: &str,
    key: &VerifierKey,
    named: Option<&str>,
) -> Result<Finding, Failure> {
    let mut wrong = Vec::new();
    // With it the signature is checked by those who have stock tools alone.
    if signers != ssh::allowed_signer("hr", NAMESPACE, &key.key()) {
        wrong.push("allowed_signers does not name the key in log/key, and it alone".to_owned());
    }
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
            if head.size.get() <= MOST_ENTRIES {
                return unread(format!(
                    "log/entries.jsonl is missing, with the {} entries of the log",
                    head.size
                ));
            }
            let words = "the entries are not in the pack, because they are too many: its tables cannot be made again, and which \
                         versions of the course were approved is HR's word";
            return Self { finding: Finding::unknown("log", words), entries: None };
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

/// Why nothing was made again.
const NOT_MADE: &str =
    "the entries of the log are not here as they were signed, so nothing can be made again from them";

/// The tables and pages, made again from the entries.
struct Remade {
    tables: Finding,
    pages: Finding,
    /// The versions that were approved, if the log tells.
    approved: Option<BTreeSet<Digest>>,
}

impl Remade {
    fn of(files: &Files, contents: &Contents, key: &VerifierKey, entries: Option<Vec<Entry>>) -> Self {
        let not_made = |tables| Self { tables, pages: Finding::unknown(PAGES, NOT_MADE), approved: None };
        let Some(entries) = entries else { return not_made(Finding::unknown(TABLES, NOT_MADE)) };
        let rebuilt = match claims::rebuilt(files, contents, key, &entries) {
            Ok(rebuilt) => rebuilt,
            Err(words) => {
                let pages = Finding::unknown(PAGES, "there are no tables that they could be compared with");
                return Self { pages, ..not_made(Finding::of(TABLES, vec![words], Vec::new)) };
            }
        };
        let is_page = |path: &str| {
            path == "README.txt" || path == "index.html" || path == "pack.json" || path.starts_with("verify/")
        };
        let (pages, tables): (Files, Files) = crate::report::evidence::files(&rebuilt.evidence)
            .into_iter()
            .partition(|(path, _)| is_page(path));
        let mut wrong = rebuilt.faults;
        wrong.extend(differences(&tables, files));
        let tables = Finding::of(TABLES, wrong, || {
            vec![
                format!(
                    "statuses, dates, levels, decisions and exceptions of {} people are what the log says",
                    rebuilt.evidence.people.len()
                ),
                format!(
                    "names, departments, roles, days of work and who stands on the roster are HR's word; so is which number is \
                     whom in the log, but for {}",
                    rebuilt.evidence.chosen.len()
                ),
            ]
        });
        let pages = if rebuilt.program == env!("CARGO_PKG_VERSION") {
            Finding::of(PAGES, differences(&pages, files), || {
                vec![
                    "README.txt, index.html and the scripts are those of this version of countersign"
                        .to_owned(),
                ]
            })
        } else {
            // Another version may say the same in other words; which one it was is HR's word.
            let words = format!(
                "README.txt, index.html and the scripts are of version {}, as HR says, and were not compared: believe the tables, \
                 or check with that version",
                rebuilt.program
            );
            Finding::unknown(PAGES, &words)
        };
        Self { tables, pages, approved: Some(rebuilt.approved) }
    }
}
