//! Receipts beside the records that they are for: whether the log of HR has them, checked without HR.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::files;
use crate::log::entry::{Assessment, Collected, Disposition};
use crate::log::{Event, Receipt, VerifierKey};
use crate::record::verdict::Outcome;

use super::super::error::Failure;
use super::super::mailed::as_signed;
use super::super::records;

/// The largest receipt that is read, in bytes: with the largest entry and the largest note.
const LARGEST: u64 = 1 << 20;

/// The receipts that were named.
#[derive(Debug, Default)]
pub(super) struct Receipts {
    /// By the record that each is for.
    sound: BTreeMap<Digest, Sound>,
    /// The others, and what is wrong with them.
    wrong: Vec<(PathBuf, String)>,
    /// Whether every record has to have one: files were named and no folders, or they are those of a pack.
    each_has_one: bool,
}

/// What receipts say of a record.
#[derive(Debug)]
pub(super) struct Told {
    /// Whether one is for it.
    pub(super) outcome: Outcome,
    /// What it says, or why there is none.
    pub(super) reasons: Vec<String>,
}

/// A receipt that the log has signed.
#[derive(Debug)]
struct Sound {
    path: PathBuf,
    received: Timestamp,
    words: Vec<String>,
    used: bool,
}

impl Receipts {
    /// Reads and checks receipts by the key of the log, which is the key itself or a file that holds it.
    pub(super) fn read(paths: &[PathBuf], key: Option<&str>) -> Result<Self, Failure> {
        let mut receipts = Self::default();
        let Some(key) = key else { return Ok(receipts) };
        let key = log_key(key)?;
        receipts.each_has_one = paths.iter().all(|path| !path.is_dir());
        for path in paths {
            // A folder holds those of other records, too.
            let used = path.is_dir();
            for path in records::each(std::slice::from_ref(path), ".tlog-proof")? {
                let bytes = files::read_limited(&path, LARGEST).map_err(|error| {
                    Failure::file(format!("cannot read the receipt {}", path.display()), &error)
                })?;
                receipts.add(&path, &as_signed(bytes), &key, used);
            }
        }
        Ok(receipts)
    }

    /// Those of an evidence pack, by the key in it.
    pub(super) fn of_pack<'a>(
        files: impl Iterator<Item = (PathBuf, &'a Vec<u8>)>,
        key: &VerifierKey,
    ) -> Self {
        let mut receipts = Self { each_has_one: true, ..Self::default() };
        for (path, bytes) in files {
            receipts.add(&path, bytes, key, true);
        }
        receipts
    }

    fn add(&mut self, path: &Path, bytes: &[u8], key: &VerifierKey, used: bool) {
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
        words.push(format!("the log is {}, and its key signed this", key.origin()));
        let sound = Sound { path: path.to_owned(), received: at, words, used };
        self.sound.insert(collected.record, sound);
    }

    /// Whether any were named.
    fn are_there(&self) -> bool {
        !self.sound.is_empty() || !self.wrong.is_empty()
    }

    /// When HR received a record, if a receipt says so.
    pub(super) fn received(&self, record: &Digest) -> Option<Timestamp> {
        self.sound.get(record).map(|sound| sound.received)
    }

    /// What receipts say of a record; nothing when none were named.
    pub(super) fn finding(&mut self, record: Option<&Digest>) -> Option<Told> {
        if !self.each_has_one && !self.are_there() {
            return None;
        }
        Some(match record.and_then(|record| self.sound.get_mut(record)) {
            Some(sound) => {
                sound.used = true;
                Told { outcome: Outcome::Pass, reasons: sound.words.clone() }
            }
            // Whoever names one receipt says that it is for this record, and a pack has one for each; a folder may lack some.
            None => Told {
                outcome: if self.each_has_one { Outcome::Fail } else { Outcome::Unknown },
                reasons: vec!["none of the receipts that are sound is for this record".to_owned()],
            },
        })
    }

    /// What is wrong with receipts, a line each: those that are not sound, and those that are for none of the records.
    pub(super) fn faults(&self) -> Vec<String> {
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
    format!(
        "logged as {result} with {} of {} points; {counts}",
        crate::quiz::mark::points(entry.earned),
        crate::quiz::mark::points(entry.possible)
    )
}

pub(super) fn log_key(named: &str) -> Result<VerifierKey, Failure> {
    let path = Path::new(named);
    let text = if path.is_file() {
        let bytes = files::read_limited(path, 4096)
            .map_err(|error| Failure::file(format!("cannot read the key of the log {named}"), &error))?;
        String::from_utf8_lossy(&bytes).trim().to_owned()
    } else {
        named.to_owned()
    };
    text.parse().map_err(|error| {
        Failure::new(format!("{named} is not the key of a log"))
            .because(&error)
            .hint("HR prints it with: countersign hr log key")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/log");

    fn key() -> String {
        let text = std::fs::read_to_string(format!("{FOLDER}/expected.json")).expect("the vectors");
        let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        expected["log"].as_str().expect("a text").to_owned()
    }

    fn read(name: &str) -> Receipts {
        Receipts::read(&[PathBuf::from(format!("{FOLDER}/{name}"))], Some(&key())).expect("readable")
    }

    #[test]
    fn a_receipt_is_for_its_record_and_no_other() {
        let mut receipts = read("valid/receipt-8-of-19.tlog-proof");
        let bytes = include_bytes!("../../../tests/vectors/valid/assigned.json");
        let record = crate::record::read_completion(bytes).expect("a sound record").digest;
        assert_eq!(receipts.finding(Some(&Digest::of(b"another"))).expect("asked").outcome, Outcome::Fail);
        assert_eq!(receipts.faults().len(), 1, "it was for none");
        let finding = receipts.finding(Some(&record)).expect("asked");
        assert_eq!(finding.outcome, Outcome::Pass, "{:?}", finding.reasons);
        assert!(receipts.received(&record).is_some());
        assert_eq!(receipts.faults(), Vec::<String>::new());
    }

    #[test]
    fn what_the_log_did_not_sign_is_a_fault() {
        let receipts = read("valid/checkpoint-19");
        assert!(receipts.faults()[0].contains("is not c2sp.org/tlog-proof@v1"), "{:?}", receipts.faults());
        assert!(Receipts::read(&[], Some("nothing")).is_err());
        assert!(Receipts::default().finding(None).is_none());
    }
}
