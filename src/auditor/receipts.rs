//! Receipts beside the records that they are for: whether the log of HR has them, checked without HR.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use super::logged::Decided;
use super::logged::Logged;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::entry::{Assessment, Collected, Disposition, Levels};
use crate::log::{Event, Receipt, VerifierKey, as_signed};
use crate::quiz::mark::points;
use crate::record::verdict::{Gathered, Level, Outcome, Verdict};

/// Why a level that does not fail by what is here is no pass.
const REFUTED: &str = "it failed when HR received the record, by what HR knew then, as its log has it, and by what is here it does not";

/// The receipts that were named.
#[derive(Debug, Default)]
pub struct Receipts {
    /// By the record that each is for.
    sound: BTreeMap<Digest, Sound>,
    /// The others, and what is wrong with them.
    wrong: Vec<(PathBuf, String)>,
    /// The records whose receipts are of the key that the log of a pack names, and not of the one that is told to be HR's.
    of_another: BTreeSet<Digest>,
    /// What the log of a pack has of records, which holds whatever lies there of receipts.
    logged: BTreeMap<Digest, Logged>,
    /// Whether every record has to have one: files were named and no folders, or they are those of a pack.
    each_has_one: bool,
}

/// What receipts say of a record.
#[derive(Debug)]
pub struct Told {
    /// Whether one is for it.
    pub outcome: Outcome,
    /// What it says, or why there is none.
    pub reasons: Vec<String>,
}

/// A receipt that the log has signed.
#[derive(Debug)]
struct Sound {
    path: PathBuf,
    received: Timestamp,
    levels: Levels,
    words: Vec<String>,
    used: bool,
}

impl Receipts {
    /// None yet of those that were named, all of them file by file or some by their folder.
    #[must_use]
    pub fn named(gathered: Gathered) -> Self {
        Self { each_has_one: gathered == Gathered::ByName, ..Self::default() }
    }

    /// Those of an evidence pack, by the key that is told to be HR's, and what its log has of records. `other` is the key that the
    /// log names where it is another one.
    pub(super) fn of_pack<'a>(
        files: impl Iterator<Item = (PathBuf, &'a Vec<u8>)>,
        key: &VerifierKey,
        other: Option<&VerifierKey>,
        logged: BTreeMap<Digest, Logged>,
    ) -> Self {
        let mut receipts = Self { logged, ..Self::named(Gathered::ByName) };
        for (path, bytes) in files {
            // How their lines end is told with the proofs.
            let bytes = as_signed(bytes.clone());
            match other.and_then(|other| record_of(&bytes, other)) {
                Some(record) => drop(receipts.of_another.insert(record)),
                None => receipts.add(&path, &bytes, key, Gathered::Together),
            }
        }
        receipts
    }

    /// Checks one by the key of the log.
    pub fn add(&mut self, path: &Path, bytes: &[u8], key: &VerifierKey, gathered: Gathered) {
        let receipted = match Receipt::read(bytes, key) {
            Ok(receipted) => receipted,
            Err(fault) => return self.wrong.push((path.to_owned(), fault.to_string())),
        };
        let Event::Collected(collected) = &receipted.entry.event else {
            let words = "shows that something is in the log, and that is not the receipt of a record";
            return self.wrong.push((path.to_owned(), words.to_owned()));
        };
        let (at, size) = (receipted.entry.at, receipted.checkpoint.size);
        let mut words =
            vec![format!("HR's log has it as entry {} of {size}, received {at}", receipted.index.get())];
        words.push(told(collected));
        words.extend(told_failed(collected.levels));
        words.push(format!("the log is {}, and its key signed this", key.origin()));
        // A folder holds those of other records, too.
        let used = gathered == Gathered::Together;
        let sound = Sound { path: path.to_owned(), received: at, levels: collected.levels, words, used };
        self.sound.insert(collected.record, sound);
    }

    /// Whether any were named.
    fn are_there(&self) -> bool {
        !self.sound.is_empty() || !self.wrong.is_empty()
    }

    /// When HR received a record, if a receipt or its log says so.
    #[must_use]
    pub fn received(&self, record: &Digest) -> Option<Timestamp> {
        let receipted = self.sound.get(record).map(|sound| sound.received);
        receipted.or_else(|| self.logged.get(record).map(|logged| logged.received))
    }

    /// What HR decided about a record, which makes no level a pass: whoever asks for a level asks for what can be shown, and not for
    /// somebody's word.
    #[must_use]
    pub fn decided(&self, record: &Digest) -> Option<&Decided> {
        self.logged.get(record)?.decided.as_ref()
    }

    /// A verdict beside what a receipt and the log have of its record. HR may have known what nobody else does, such as the key of a
    /// person: what failed by that is no pass for whoever does not know it.
    #[must_use]
    pub fn beside(&self, verdict: Verdict) -> Verdict {
        let Some(record) = verdict.record.as_ref().map(|record| record.digest) else { return verdict };
        let logged = self.logged.get(&record).map(|logged| logged.levels);
        let found = [logged, self.sound.get(&record).map(|sound| sound.levels)];
        let is_failed =
            |level: &Level| found.iter().flatten().any(|found| found.outcome(*level) == Outcome::Fail);
        let failed: Vec<Level> = Level::ALL.into_iter().filter(is_failed).collect();
        verdict.doubted(&failed, REFUTED)
    }

    /// What receipts say of a record; nothing when none were named.
    pub fn finding(&mut self, record: Option<&Digest>) -> Option<Told> {
        if !self.each_has_one && !self.are_there() {
            return None;
        }
        if let Some(sound) = record.and_then(|record| self.sound.get_mut(record)) {
            sound.used = true;
            return Some(Told { outcome: Outcome::Pass, reasons: sound.words.clone() });
        }
        let (outcome, words) = if record.is_some_and(|record| self.of_another.contains(record)) {
            (
                Outcome::Unknown,
                "the key that the log names signed it, and log/key has another: whose it is nothing here shows",
            )
        } else {
            // Whoever names one receipt says that it is for this record, and a pack has one for each; a folder may lack some.
            let outcome = if self.each_has_one { Outcome::Fail } else { Outcome::Unknown };
            (outcome, "none of the receipts that are sound is for this record")
        };
        Some(Told { outcome, reasons: vec![words.to_owned()] })
    }

    /// What is wrong with receipts, a line each: those that are not sound, and those that are for none of the records.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let wrong = self.wrong.iter().map(|(path, words)| format!("{}: {words}", path.display()));
        let unused = self.sound.iter().filter(|(_, sound)| !sound.used).map(|(record, sound)| {
            format!(
                "{}: is for another record than those that were named, the one with the fingerprint {record}",
                sound.path.display()
            )
        });
        wrong.chain(unused).collect()
    }
}

/// The record whose receipt this is by the key of a log.
fn record_of(receipt: &[u8], key: &VerifierKey) -> Option<Digest> {
    let Event::Collected(collected) = Receipt::read(receipt, key).ok()?.entry.event else { return None };
    Some(collected.record)
}

/// What the entry says of the record.
fn told(entry: &Collected) -> String {
    let result = match entry.result {
        Assessment::Passed => "passed",
        Assessment::Failed => "not passed",
    };
    let counts = match entry.disposition {
        Disposition::Accepted => "it counted at once",
        Disposition::Held => "it was held for review",
    };
    format!("logged as {result} with {} of {} points; {counts}", points(entry.earned), points(entry.possible))
}

/// What HR found to be wrong, in words.
fn told_failed(levels: Levels) -> Option<String> {
    let failed = Level::ALL.into_iter().filter(|level| levels.outcome(*level) == Outcome::Fail);
    let failed: Vec<&str> = failed.map(Level::word).collect();
    let words = failed.join(", ");
    (!failed.is_empty()).then(|| {
        format!("by what HR knew then, such as the key of this person, it fails: {words}; see what was decided about it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/log");

    fn key() -> VerifierKey {
        let text = std::fs::read_to_string(format!("{FOLDER}/expected.json")).expect("the vectors");
        let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        expected["log"].as_str().expect("a text").parse().expect("a key")
    }

    fn read(name: &str) -> Receipts {
        let path = PathBuf::from(format!("{FOLDER}/{name}"));
        let bytes = std::fs::read(&path).expect("readable");
        let mut receipts = Receipts::named(Gathered::ByName);
        receipts.add(&path, &bytes, &key(), Gathered::ByName);
        receipts
    }

    #[test]
    fn a_receipt_is_for_its_record_and_no_other() {
        let mut receipts = read("valid/receipt-8-of-19.tlog-proof");
        let bytes = include_bytes!("../../tests/vectors/valid/assigned.json");
        let record = crate::record::read_completion(bytes).expect("a sound record").digest;
        assert_eq!(receipts.finding(Some(&Digest::of(b"another"))).expect("asked").outcome, Outcome::Fail);
        assert_eq!(receipts.faults().len(), 1, "it was for none");
        let finding = receipts.finding(Some(&record)).expect("asked");
        assert_eq!(finding.outcome, Outcome::Pass, "{:?}", finding.reasons);
        assert!(receipts.received(&record).is_some());
        assert_eq!(receipts.faults(), Vec::<String>::new());
    }

    /// A record that HR had refused for its key passed here, without a word.
    #[test]
    fn what_failed_by_what_hr_knew_is_told() {
        let levels = |failing: &[Level]| {
            Levels::of(|level| if failing.contains(&level) { Outcome::Fail } else { Outcome::Unknown })
        };
        assert_eq!(told_failed(levels(&[])), None);
        let words = told_failed(levels(&[Level::Time, Level::Identity])).expect("two fail");
        assert!(words.contains("it fails: identity, time;"), "{words}");
    }

    #[test]
    fn what_the_log_did_not_sign_is_a_fault() {
        let receipts = read("valid/checkpoint-19");
        assert!(receipts.faults()[0].contains("is not c2sp.org/tlog-proof@v1"), "{:?}", receipts.faults());
        assert!(Receipts::default().finding(None).is_none());
    }
}
