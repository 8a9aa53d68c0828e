//! Receipts beside the records that they are for: whether the log of HR has them, checked without HR.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::logged::{Decided, Logged};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::entry::{Assessment, Collected, Decision, Disposition, Levels};
use crate::log::{Event, Receipt, VerifierKey, as_signed};
use crate::quiz::mark::points;
use crate::record::verdict::{Gathered, Level, Outcome, Verdict};

/// Why a level that passes by what is here does not.
const REFUTED: &str = "it failed when HR received the record, by what HR knew then, as its log has it, and by what is here it does not";

/// The receipts that were named.
#[derive(Debug, Default)]
pub struct Receipts {
    /// By the record that each is for.
    sound: BTreeMap<Digest, Sound>,
    /// The others, and what is wrong with them.
    wrong: Vec<(PathBuf, String)>,
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

    /// Those of an evidence pack, by the key in it, and what its log has of records.
    pub(super) fn of_pack<'a>(
        files: impl Iterator<Item = (PathBuf, &'a Vec<u8>)>,
        key: &VerifierKey,
        logged: BTreeMap<Digest, Logged>,
    ) -> Self {
        let mut receipts = Self { logged, ..Self::named(Gathered::ByName) };
        for (path, bytes) in files {
            // How their lines end is told with the proofs.
            receipts.add(&path, &as_signed(bytes.clone()), key, Gathered::Together);
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

    /// When HR received a record, if its log or a receipt says so.
    #[must_use]
    pub fn received(&self, record: &Digest) -> Option<Timestamp> {
        let logged = self.logged.get(record).map(|logged| logged.received);
        logged.or_else(|| self.sound.get(record).map(|sound| sound.received))
    }

    /// What HR found of a record when it came.
    fn levels(&self, record: &Digest) -> Option<Levels> {
        let logged = self.logged.get(record).map(|logged| logged.levels);
        logged.or_else(|| self.sound.get(record).map(|sound| sound.levels))
    }

    fn decided(&self, record: &Digest) -> Option<&Decided> {
        self.logged.get(record)?.decided.as_ref()
    }

    /// Whether HR decided that a record counts.
    #[must_use]
    pub fn is_accepted(&self, record: &Digest) -> bool {
        self.decided(record).is_some_and(|decided| decided.decision == Decision::Accepted)
    }

    /// A verdict beside what the log has of its record. HR may have known what nobody else does, such as the key of a person: what
    /// failed by that is no pass for whoever does not know it. What HR decided then is told with the level that it was about, and
    /// makes none a pass: whoever asks for a level asks for what can be shown, and not for somebody's word.
    #[must_use]
    pub fn beside(&self, verdict: Verdict) -> Verdict {
        let Some(digest) = verdict.record.as_ref().map(|record| record.digest) else { return verdict };
        let Some(levels) = self.levels(&digest) else { return verdict };
        let mut verdict = verdict.doubted(&failed(levels), REFUTED);
        if let Some(decided) = self.decided(&digest) {
            // Once, and beside what failed before what was unknown.
            let about = failed(levels).into_iter().chain(open(levels)).next();
            verdict = verdict.told(about.as_slice(), &decided.words());
        }
        verdict
    }

    /// What receipts say of a record; nothing when none were named.
    pub fn finding(&mut self, record: Option<&Digest>) -> Option<Told> {
        if !self.each_has_one && !self.are_there() {
            return None;
        }
        // A decision that was about no level is told here.
        let is_elsewhere =
            |record: &&Digest| self.levels(record).is_some_and(|levels| !open(levels).is_empty());
        let decided = record.filter(|record| !is_elsewhere(record)).and_then(|record| self.decided(record));
        let decided = decided.map(Decided::words);
        let mut told = match record.and_then(|record| self.sound.get_mut(record)) {
            Some(sound) => {
                sound.used = true;
                Told { outcome: Outcome::Pass, reasons: sound.words.clone() }
            }
            // Whoever names one receipt says that it is for this record, and a pack has one for each; a folder may lack some.
            None => Told {
                outcome: if self.each_has_one { Outcome::Fail } else { Outcome::Unknown },
                reasons: vec!["none of the receipts that are sound is for this record".to_owned()],
            },
        };
        told.reasons.extend(decided);
        Some(told)
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

/// What HR found to be wrong.
fn failed(levels: Levels) -> Vec<Level> {
    Level::ALL.into_iter().filter(|level| levels.outcome(*level) == Outcome::Fail).collect()
}

/// What HR did not find to be right, which is what is decided about.
fn open(levels: Levels) -> Vec<Level> {
    Level::ALL.into_iter().filter(|level| levels.outcome(*level) != Outcome::Pass).collect()
}

/// The same in words.
fn told_failed(levels: Levels) -> Option<String> {
    let failed: Vec<&str> = failed(levels).into_iter().map(Level::word).collect();
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
