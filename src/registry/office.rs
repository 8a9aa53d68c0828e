//! What a dashboard is told of a registry, and what it may ask to be done: our nouns, without a disk.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use super::change::{Decided, Decision};
use super::claimant::Claimant;
use super::dossier::RecordState;
use super::listing::Listing;
use super::status::Status;
use super::terms::{Level, Levels};
use super::{Dossier, PersonNumber};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::fold::folded;
use crate::id::CourseId;
use crate::record::verdict::{Finding, Outcome};

/// The registry outside a dashboard. Only a face's run loop calls it.
///
/// What takes long is begun and told later: whoever reads or decides rings the bell of the face, which then asks for news.
pub trait Office {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// The moment that somebody typed: a day, a time, or nothing for the present.
    ///
    /// # Errors
    /// When it is neither, or lies ahead.
    fn moment(&self, typed: &str) -> Result<Option<Timestamp>, Trouble>;

    /// Begins to read everything as it was known at `at`, or as it is. Whatever was being read is given up.
    fn read(&mut self, at: Option<Timestamp>);

    /// What came of what was begun, one after the other; `None` when there is nothing new.
    fn news(&mut self) -> Option<News>;

    /// One person as known at `at`; `None` when nothing is known of that number.
    ///
    /// # Errors
    /// When the registry cannot be read.
    fn person(&self, number: &PersonNumber, at: Timestamp) -> Result<Option<PersonFile>, Trouble>;

    /// A record with its five levels, at receipt and as they are now.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn record(&self, digest: &Digest) -> Result<RecordFile, Trouble>;

    /// A file that was put aside, with its five levels as they are now.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn aside(&self, file: &Digest) -> Result<AsideFile, Trouble>;

    /// Whether deciding needs a passphrase.
    fn key_is_protected(&self) -> bool;

    /// Begins to enter a decision, as `hr review` does: under the lock, into the log, with a new signed head.
    fn decide(&mut self, ruling: Ruling, passphrase: Option<Zeroizing<String>>);

    /// Waits until a decision that was begun is entered, or is not. What came of it is news.
    fn settle(&mut self);
}

/// What came of something that was begun.
#[derive(Debug)]
pub enum News {
    /// So many people were read so far.
    Reading(u64),
    /// Everything was read.
    Read(Box<Overview>),
    /// It could not be read.
    NotRead(Trouble),
    /// Somebody changed the registry, and reading it again takes a while.
    Changed,
    /// Another registry is in its place, and is being read. What is to be said of it; the texts may hold anything.
    Replaced(Vec<String>),
    /// A decision was entered.
    Decided(Ruling),
    /// It was not.
    NotDecided(Ruling, Trouble),
}

/// Everything at a glance.
#[derive(Debug)]
pub struct Overview {
    /// How everybody stands.
    pub listing: Listing,
    /// What courses are called, by the version that was added last.
    pub titles: BTreeMap<CourseId, String>,
    /// Records that wait for a decision, those that have waited longest, in the order of receipt. They wait now, whatever
    /// the moment of the list is.
    pub waiting: Part<WaitingRecord>,
    /// Files that were put aside, those that came last, in the order of receipt.
    pub aside: Part<AsideNote>,
}

impl Overview {
    /// Which of the records that wait, and of the files that lie aside behind them, hold each of these words in the number or
    /// the name that they give, in the name on the roster, or in the name of the file. Case and accents do not matter.
    pub fn in_review(&self, words: &str) -> impl Iterator<Item = usize> {
        let words: Vec<String> = words.split_whitespace().map(folded).collect();
        let hold = move |texts: [&str; 3]| {
            let texts = texts.map(folded);
            !words.is_empty() && words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
        };
        let waiting = self.waiting.shown.iter().map(|record| {
            let claimant = record.claimant.as_ref();
            let named = claimant.map(|claimant| claimant.name.as_str()).unwrap_or_default();
            let known = claimant.and_then(Claimant::known_name).unwrap_or_default();
            [record.person.as_str(), named, known]
        });
        let aside = self.aside.shown.iter().map(|note| {
            let number = note.claimed.as_deref().unwrap_or_default();
            [note.name.as_str(), number, note.called.as_deref().unwrap_or_default()]
        });
        waiting.chain(aside).enumerate().filter(move |(_, texts)| hold(*texts)).map(|(row, _)| row)
    }
}

/// Some of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T> {
    /// Those that are here.
    pub shown: Vec<T>,
    /// How many more there are.
    pub more: u64,
}

/// A record that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRecord {
    /// The digest of the record.
    pub digest: Digest,
    /// Whose it says that it is.
    pub person: PersonNumber,
    /// Whom it names, beside whom the roster has; nothing where the record cannot be read.
    pub claimant: Option<Claimant>,
    /// Of which course.
    pub course: CourseId,
    /// When it was received.
    pub received_at: Timestamp,
    /// What was said at each level that did not pass.
    pub reasons: Vec<(Level, String)>,
}

/// A file that is kept and never counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideNote {
    /// The digest of the file.
    pub file: Digest,
    /// The name that it came under.
    pub name: String,
    /// When it was received.
    pub at: Timestamp,
    /// Whose it says that it is, if it says so. Nobody has vouched for that.
    pub claimed: Option<String>,
    /// The name that it gives, if it gives one. Nobody has vouched for that either.
    pub called: Option<String>,
    /// The five levels at receipt.
    pub levels: Levels,
    /// Why it was put aside.
    pub reasons: Vec<String>,
}

/// Everything that is known of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFile {
    /// What the registry holds.
    pub dossier: Dossier,
    /// How they stand with each course that concerns them.
    pub standing: BTreeMap<CourseId, Status>,
    /// What was decided about their records, oldest first.
    pub decisions: Vec<Decided>,
}

/// A record with what can be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// The digest of the record.
    pub digest: Digest,
    /// What it claims; nothing where not even its form is right.
    pub claims: Option<Claimed>,
    /// What was decided about it, by whom and why.
    pub decided: Option<Decided>,
    /// What the registry keeps of it; nothing of a record whose person was erased.
    pub state: Option<RecordState>,
    /// Its entry in the log, as it was hashed.
    pub entry: Option<String>,
    /// The five levels.
    pub levels: [LevelFile; 5],
}

/// What a record claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Whom it names, beside whom the roster has.
    pub claimant: Claimant,
    /// The employee number.
    pub number: String,
    /// What the course is called.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Whether the pass mark was reached.
    pub passed: bool,
    /// Thousandths of a point.
    pub earned: u64,
    /// Thousandths of a point.
    pub possible: u64,
    /// The pass mark, in percent.
    pub pass_percent: u32,
    /// When and by which key it was signed; nothing of a file whose form is wrong.
    pub signed: Option<SignedBy>,
}

/// When and by which key something was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    /// When the device said that it was.
    pub at: Timestamp,
    /// The did:key.
    pub issuer: String,
}

/// What is found at one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelFile {
    /// Which.
    pub level: Level,
    /// As it is now, with what is known now.
    pub now: Finding,
    /// As it was at receipt, if that is kept.
    pub at_receipt: Option<Outcome>,
}

/// A file that was put aside, with what can be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideFile {
    /// What was kept with it.
    pub note: AsideNote,
    /// What it claims, if that can be read. Nobody has vouched for it.
    pub claims: Option<Claimed>,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// The five levels as they are now.
    pub levels: [LevelFile; 5],
}

/// A decision about a record that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Which record.
    pub record: Digest,
    /// What was decided.
    pub decision: Decision,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Why something could not be done. The texts may hold anything: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What a face can do about it.
    pub kind: TroubleKind,
    /// What happened, and why, outermost first.
    pub messages: Vec<String>,
    /// What to do next.
    pub hints: Vec<String>,
}

/// What a face can do about trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// Ask for the passphrase, or ask again.
    Passphrase,
    /// Show it.
    Other,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.messages.join(": "))
    }
}

impl std::error::Error for Trouble {}
