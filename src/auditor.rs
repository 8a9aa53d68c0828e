//! What an auditor has checked: an evidence pack is recounted, made again from its log, compared and judged.
//!
//! Nothing here reads a file or prints a line: whoever calls hands over the files of a pack and tells what is found.

mod claims;
mod contents;
mod fault;
mod layout;
mod listed;
mod log;
mod logged;
mod people;
pub mod receipts;
mod remade;
mod rows;
mod said;
mod signature;
mod spared;
mod unsure;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::log::VerifierKey;
use crate::record::verdict::{Approval, Outcome, Verifier};
use crate::report::evidence::Files;

use contents::Contents;
use fault::{Fault, told};
pub use layout::{BEGINNING, MARKS, Read};
use layout::{line_ends, unlisted};
use log::Log;
use receipts::Receipts;
use remade::Remade;
use signature::{By, Signature, key_of_log};

/// What is done about files that are missing, or are not those of the list.
const AGAIN: &str = "what is missing or was changed only HR has as it was: ask HR for the whole pack again";

/// The most differences that are told.
const MOST_TOLD: usize = 1000;

/// What was found in a pack.
#[derive(Debug)]
pub struct Checked {
    /// In the order in which they are told.
    pub findings: Vec<Finding>,
}

/// The records of a pack with where each is, and what they are held against.
#[derive(Debug)]
pub struct Beside {
    /// The records.
    pub records: Vec<(PathBuf, Vec<u8>)>,
    /// What the pack has of courses and assignments.
    pub verifier: Verifier,
    /// The receipts of the pack.
    pub receipts: Receipts,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The files, by the list that was signed and by what the log says must be here.
    Files,
    /// HR's signature under the list.
    Signature,
    /// The log, under its head.
    Log,
    /// What is made again from the log.
    Tables,
    /// Receipts and extensions.
    Proofs,
    /// What tells of the tables in words, and the scripts.
    Pages,
    /// What is for whoever checks to ask about.
    Questions,
    /// What the pack itself tells of the registry that it was made from.
    Registry,
    /// Courses and assignments.
    Contents,
}

impl Subject {
    /// It in a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Signature => "signature",
            Self::Log => "log",
            Self::Tables => "tables",
            Self::Proofs => "proofs",
            Self::Pages => "pages",
            Self::Questions => "questions",
            Self::Registry => "registry",
            Self::Contents => "contents",
        }
    }
}

/// One finding about the pack.
#[derive(Debug)]
pub struct Finding {
    /// What it is about.
    pub about: Subject,
    /// What was found.
    pub outcome: Outcome,
    /// Why, a line each.
    pub reasons: Vec<String>,
    /// What is done about it, where that is one thing for all of them.
    pub advice: Option<&'static str>,
}

impl Finding {
    /// What passes when nothing is wrong.
    fn of(about: Subject, wrong: Vec<String>, well: impl FnOnce() -> Vec<String>) -> Self {
        if wrong.is_empty() {
            return Self { about, outcome: Outcome::Pass, reasons: well(), advice: None };
        }
        Self { about, outcome: Outcome::Fail, reasons: shortened(wrong), advice: None }
    }

    /// What is not known, or for whoever checks to ask about.
    fn unknown(about: Subject, reasons: Vec<String>) -> Self {
        Self { about, outcome: Outcome::Unknown, reasons: shortened(reasons), advice: None }
    }
}

/// Looks at a pack that lies in this folder or archive. `named` is the key of the log as the auditor knows it, and what is signed
/// is checked by it alone.
#[must_use]
pub fn check(read: Read, folder: &Path, named: Option<&VerifierKey>) -> (Checked, Beside) {
    let Read { mut files, refused } = read;
    let ends = line_ends(&files);
    let signature = Signature::take(&mut files);
    let is_unlisted = signature.list.is_none();
    let mut wrong = unlisted(&files, signature.list.as_deref(), signature.is_here());
    wrong.extend(ends);
    let contents = Contents::of(&files);
    let own = key_of_log(&files);
    let by = By { named, own: own.as_ref().map_err(String::as_str) };
    let Log { finding: log, sound } = Log::of(&files, &by);
    let of_log = sound.as_ref().map(|log| &log.key);
    // That `log/key` is another is one fault, and not one of all that is signed with the log's own; but whose that is nothing shows.
    let other = of_log.filter(|key| named.is_none() && by.own.is_ok_and(|own| own != *key));
    let signed = signature.finding(&files, &by, other);
    let remade = sound.as_ref().map_or_else(Remade::nothing, |log| Remade::of(&files, &contents, log));
    let Remade { findings: made, layout, versions, reviews } = remade;
    for fault in layout {
        if !wrong.contains(&fault) {
            wrong.push(fault);
        }
    }
    let is_lacking = is_unlisted || wrong.iter().any(Fault::is_of_whole);
    let wrong = refused.into_iter().chain(told(wrong)).collect();
    let whole = Finding::of(Subject::Files, wrong, || {
        vec![format!("all {} files are here, unchanged, and no others", files.len())]
    });
    let mut findings = vec![Finding { advice: is_lacking.then_some(AGAIN), ..whole }, signed, log];
    findings.extend(made);
    findings.push(Finding::of(Subject::Contents, told(contents.wrong.clone()), || {
        vec![format!(
            "courses and assignments can be read: {} and {}",
            contents.courses.len(),
            contents.assignments.len()
        )]
    }));
    let below = |start: &'static str, end: &'static str| {
        let such = files.iter().filter(move |(path, _)| path.starts_with(start) && path.ends_with(end));
        such.map(|(path, bytes)| (folder.join(path), bytes))
    };
    let receipts = below("receipts/", ".tlog-proof");
    // By the key that is told to be HR's; where none is, by the log's own.
    let key = by.key().ok().or(of_log);
    // What another log has is nothing that HR says, and goes before no receipt of HR's.
    let (logged, versions) = match &sound {
        Some(log) if Some(&log.key) == key => (logged::records(&log.entries, reviews), versions),
        _ => (BTreeMap::new(), versions.map(unshown)),
    };
    let receipts = key.map(|key| Receipts::of_pack(receipts, key, other, logged)).unwrap_or_default();
    let records = below("records/", ".json").map(|(path, bytes)| (path, bytes.clone())).collect();
    let verifier = contents.verifier(by.key().ok(), versions.as_ref());
    (Checked { findings }, Beside { records, verifier, receipts })
}

impl Checked {
    /// Whether something is wrong with the pack itself. Tables that could not be made again are HR's word, which is what a pack
    /// is to spare whoever checks it.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|finding| match finding.outcome {
            Outcome::Pass => false,
            Outcome::Fail => true,
            Outcome::Unknown => finding.about == Subject::Tables,
        })
    }
}

/// The versions that a log has, where nothing shows that it is HR's.
fn unshown(versions: BTreeMap<Digest, Approval>) -> BTreeMap<Digest, Approval> {
    versions.into_keys().map(|version| (version, Approval::Unshown)).collect()
}

/// As much as somebody reads.
fn shortened(mut reasons: Vec<String>) -> Vec<String> {
    let more = reasons.len().saturating_sub(MOST_TOLD);
    reasons.truncate(MOST_TOLD);
    if more > 0 {
        reasons.push(format!("and {more} more"));
    }
    reasons
}

/// A file as text; what is no UTF-8 in it is told of by [`layout::line_ends`], and hides nothing else.
fn text<'a>(files: &'a Files, path: &str) -> Cow<'a, str> {
    files.get(path).map_or_else(Cow::default, |bytes| String::from_utf8_lossy(bytes))
}
