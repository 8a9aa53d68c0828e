//! The log of the test vectors: what happened in it.
//!
//! Everything is fixed (keys, salts, times), so writing the files again gives the same bytes.

#[path = "log_story/files.rs"]
mod files;

use std::path::{Path, PathBuf};

use countersign::clock::Timestamp;
use countersign::digest::Digest;
use countersign::log::entry::{
    Assessment, Change, Collected, Decision, Disposition, FORMAT, Levels, Retention, RuleKind,
};
use countersign::log::{Commitment, Entry, Event, MemoryTiles, Pseudonym, Salt, Size, Tree, VerifierKey};
use countersign::record::did::PublicKey;
use countersign::record::key::SecretKey;
use countersign::record::verdict::Outcome;
use countersign::record::{Assignment, Completion, read_assignment, read_completion};
use serde_json::{Value, json};

pub(crate) use self::files::{Vector, all};

/// What the rosters say of them.
const ANNA: &str = r#"{"number":"012345","presence":"active"}"#;
const BEN: &str = r#"{"number":"12345","presence":"active"}"#;
const ORIGIN: &str = "countersign.example/registry/5b1d5d2e-2c5e-4d0e-8a51-0f8d6a3c0001";

pub(crate) struct Story {
    pub(crate) entries: Vec<Entry>,
    /// What was hashed with which salt into every pseudonym and commitment.
    pub(crate) digests: Vec<Value>,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/log")
}

/// HR's key, the one of the record vectors.
fn secret() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

pub(crate) fn log() -> VerifierKey {
    VerifierKey::new(ORIGIN.parse().expect("a name"), secret().public())
}

fn size(size: usize) -> Size {
    Size::new(size as u64).expect("a size")
}

fn tree_of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Tree<MemoryTiles> {
    let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
    tree.append(entries.into_iter().map(Entry::leaf)).expect("memory takes everything");
    tree
}

impl Story {
    pub(crate) fn new() -> Self {
        let mut cast = Cast::new();
        let events = [cast.beginning(), cast.records(), cast.changes(), cast.end()].concat();
        let entries = events.into_iter().map(|(at, event)| Entry { at: time(at), event }).collect();
        Self { entries, digests: cast.digests }
    }

    pub(crate) fn tree(&self) -> Tree<MemoryTiles> {
        tree_of(&self.entries)
    }

    /// The log after somebody took back whose key it is, and made everything else anew.
    pub(crate) fn forked(&self) -> Tree<MemoryTiles> {
        let mut entries = self.entries.clone();
        if let Event::Collected(collected) = &mut entries[8].event {
            collected.pins = false;
        }
        tree_of(&entries)
    }
}

/// Who and what the story is about.
struct Cast {
    anna: Pseudonym,
    ben: Pseudonym,
    chief: Pseudonym,
    /// Of the record vectors: Anna's, and the assignment that it answers.
    completion: Completion,
    assignment: Assignment,
    digests: Vec<Value>,
}

type Events = Vec<(&'static str, Event)>;

impl Cast {
    fn new() -> Self {
        let mut digests = Vec::new();
        let mut person = |number| Pseudonym::of(number, &salt("person", number, &mut digests));
        let (anna, ben, chief) = (person("012345"), person("12345"), person("7"));
        let read = |name: &str| std::fs::read(folder().join("..").join(name)).expect("a file");
        let completion = read_completion(&read("valid/assigned.json")).expect("a record");
        let assignment = read_assignment(&read("assignment.json")).expect("an assignment");
        Self { anna, ben, chief, completion, assignment, digests }
    }

    fn details(&mut self, text: &str) -> Commitment {
        Commitment::to(text, &salt("details", text, &mut self.digests))
    }

    fn course(&mut self, change: Change, details: &str) -> Event {
        let details = self.details(details);
        let course = self.completion.claims.course.clone();
        Event::Course { change, content: course.digest, course: course.course_id, details }
    }

    fn assigned(&mut self, person: Pseudonym, assignment: Digest, details: &str) -> Event {
        let details = self.details(details);
        let course = self.assignment.claims.course.clone();
        let due = self.assignment.claims.due;
        Event::Assigned { assignment, content: course.digest, course: course.course_id, details, due, person }
    }

    /// A roster that says something new of each of these people: so many joined, left, and stand on it.
    fn roster(&mut self, file: &str, people: &[&str], [joined, left, total]: [u64; 3]) -> Event {
        let mut lines: Vec<String> =
            people.iter().map(|text| format!("{}\n", self.details(text).digest())).collect();
        lines.sort_unstable();
        let (file, list) = (digest(file), digest(&lines.concat()));
        Event::Roster { file, joined, left, list, people: people.len() as u64, total }
    }

    fn rules(&mut self, kind: RuleKind, details: &str) -> Event {
        Event::Rules { details: self.details(details), kind }
    }

    fn beginning(&mut self) -> Events {
        let (key, origin) = (secret().public(), log().origin().clone());
        let opened = Event::Opened { format: FORMAT, key, origin };
        vec![
            ("2026-11-20T08:00:00Z", opened),
            ("2026-11-20T08:01:00Z", self.course(Change::Added, r#"{"by":"Chief"}"#)),
            ("2026-11-20T08:02:00Z", self.course(Change::Approved, r#"{"by":"Chief","reason":"reviewed"}"#)),
            ("2026-11-20T08:03:00Z", self.rules(RuleKind::Acceptance, r#"{"by":"Chief","terms":{}}"#)),
            ("2026-11-20T08:10:00Z", self.roster("Anna\n", &[ANNA], [1, 0, 1])),
            ("2026-11-20T08:10:00Z", self.roster("Anna\nBen\n", &[BEN], [1, 0, 2])),
            ("2026-11-21T08:00:00Z", self.assigned(self.anna, self.assignment.digest, r#"{"id":"1"}"#)),
            ("2026-11-21T08:00:00Z", self.assigned(self.ben, digest("Ben's assignment"), r#"{"id":"2"}"#)),
        ]
    }

    /// Anna's record counts, Ben's is held and refused.
    fn records(&mut self) -> Events {
        let all_pass = Levels {
            content: Outcome::Pass,
            grading: Outcome::Pass,
            identity: Outcome::Pass,
            signature: Outcome::Pass,
            time: Outcome::Pass,
        };
        let (file, other_file) =
            (self.details(r#"{"name":"anna.json"}"#), self.details(r#"{"name":"ben.json"}"#));
        let claims = &self.completion.claims;
        let collected = Collected {
            assignment: Some(self.assignment.digest),
            completed: self.completion.created,
            content: claims.course.digest,
            course: claims.course.course_id.clone(),
            details: file,
            disposition: Disposition::Accepted,
            earned: claims.result.earned,
            levels: all_pass,
            person: self.anna,
            pins: true,
            possible: claims.result.possible,
            record: self.completion.digest,
            result: Assessment::Passed,
        };
        let held = Collected {
            assignment: None,
            disposition: Disposition::Held,
            levels: Levels { identity: Outcome::Unknown, time: Outcome::Unknown, ..all_pass },
            person: self.ben,
            record: digest("Ben's record"),
            details: other_file,
            pins: false,
            ..collected.clone()
        };
        let reviewed = Event::Reviewed {
            decision: Decision::Refused,
            details: self.details(r#"{"reason":"taken without the assignment"}"#),
            record: held.record,
        };
        vec![
            ("2026-11-23T08:00:00Z", Event::Collected(collected)),
            ("2026-11-23T08:00:00Z", self.rules(RuleKind::Retention, r#"{"by":"Chief","years":6}"#)),
            ("2026-11-23T08:00:01Z", Event::Collected(held)),
            ("2026-11-24T09:00:00Z", reviewed),
        ]
    }

    fn changes(&mut self) -> Events {
        let waiver = self.details(r#"{"reason":"on leave until January"}"#);
        let excused = Event::Waived {
            approver: self.chief,
            course: self.completion.claims.course.course_id.clone(),
            details: waiver,
            person: self.ben,
            until: time("2027-01-08T00:00:00Z"),
        };
        let revoked = Event::WaiverRevoked { details: self.details(r#"{"reason":"back early"}"#), waiver };
        let accepted = Event::KeyAccepted {
            details: self.details(r#"{"reason":"lost laptop"}"#),
            key: learner(4),
            person: self.anna,
        };
        vec![
            ("2026-11-24T09:05:00Z", excused),
            ("2026-11-25T09:00:00Z", revoked),
            ("2026-11-25T10:00:00Z", accepted),
        ]
    }

    fn end(&mut self) -> Events {
        let erased = Event::Erased {
            details: self.details(r#"{"by":"Chief","reason":"asked for it"}"#),
            entries: 3,
            left: 0,
            list: digest("6\n8\n14\n"),
            person: self.anna,
            retention: Retention::Overridden,
            total: 1,
        };
        let failed = Levels {
            content: Outcome::Unknown,
            grading: Outcome::Unknown,
            identity: Outcome::Unknown,
            signature: Outcome::Fail,
            time: Outcome::Unknown,
        };
        let aside = Event::PutAside {
            details: self.details(r#"{"name":"ben-2.json","reasons":["signature fail: …"]}"#),
            file: digest("Ben's file, with a mark changed"),
            levels: failed,
            record: Some(digest("Ben's record, with a mark changed")),
        };
        let gone = r#"{"number":"012345","presence":"gone"}"#;
        vec![
            ("2032-11-30T08:00:00Z", self.roster("Ben\n", &[gone], [0, 1, 1])),
            ("2033-01-10T08:00:00Z", self.rules(RuleKind::End, r#"{"by":"Chief","rule":"1"}"#)),
            ("2033-01-10T08:00:01Z", erased),
            ("2033-01-11T08:00:00Z", aside),
        ]
    }
}

/// A salt is random; here it is the digest of what it salts, so that the vectors come out the same.
fn salt(kind: &str, text: &str, digests: &mut Vec<Value>) -> Salt {
    let salt = Digest::of_fields(["test vectors", kind, text]);
    let purpose = format!("countersign {kind} 1");
    let digest = Digest::of_fields([purpose.as_str(), &salt.hex(), text]);
    digests.push(json!({ "purpose": purpose, "salt": salt.hex(), "text": text, "digest": digest }));
    Salt::from_bytes(*salt.as_bytes())
}

fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn learner(seed: u8) -> PublicKey {
    SecretKey::from_seed(&[seed; 32]).public()
}
