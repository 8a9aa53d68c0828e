//! What the tests of the room share: a log with its key, trees of any size, entries of every kind.

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::record::did::PublicKey;
use crate::record::key::SecretKey;
use crate::record::verdict::Outcome;

use super::entry::{
    Assessment, Change, Collected, Decision, Disposition, FORMAT, Levels, Retention, RuleKind,
};
use super::*;

pub(super) fn secret() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

pub(super) fn origin() -> Origin {
    "countersign.example/registry/1".parse().unwrap()
}

pub(super) fn log() -> VerifierKey {
    VerifierKey::new(origin(), secret().public())
}

pub(super) fn size(size: u64) -> Size {
    Size::new(size).unwrap()
}

pub(super) fn index(index: u64) -> Index {
    Index::new(index).unwrap()
}

/// A leaf that no other number has.
pub(super) fn leaf(number: u64) -> Hash {
    Hash::of_leaf(&number.to_be_bytes())
}

pub(super) fn tree_of(leaves: impl IntoIterator<Item = Hash>) -> Tree<MemoryTiles> {
    let mut tree = Tree::new(MemoryTiles::default(), Size::ZERO);
    tree.append(leaves).unwrap();
    tree
}

pub(super) fn tree(size: u64) -> Tree<MemoryTiles> {
    tree_of((0..size).map(leaf))
}

pub(super) fn checkpoint(tree: &Tree<MemoryTiles>) -> Checkpoint {
    Checkpoint { origin: origin(), size: tree.size(), root: tree.root().unwrap() }
}

/// One entry of every kind, and both forms of those with members that may be absent.
pub(super) fn entries() -> Vec<Entry> {
    let digest = |text: &str| Digest::of(text.as_bytes());
    let salt = |text: &str| Salt::from_bytes(*digest(text).as_bytes());
    let person = Pseudonym::of("012345", &salt("012345"));
    let details = |text: &str| Commitment::to(text, &salt(text));
    let key = PublicKey::from_did(&SecretKey::from_seed(&[1; 32]).did()).unwrap();
    let course: crate::id::CourseId = "tiktok-and-app-data".parse().unwrap();
    let time = |text: &str| -> Timestamp { text.parse().unwrap() };
    let levels = Levels {
        content: Outcome::Pass,
        grading: Outcome::Pass,
        identity: Outcome::Unknown,
        signature: Outcome::Pass,
        time: Outcome::Fail,
    };
    let full = Collected {
        assignment: Some(digest("assignment")),
        completed: time("2026-11-22T10:50:00Z"),
        content: digest("content"),
        course: course.clone(),
        details: details("file"),
        disposition: Disposition::Accepted,
        earned: 9_500,
        levels,
        person,
        pins: true,
        possible: 10_000,
        record: digest("record"),
        result: Assessment::Passed,
    };
    let bare = Collected {
        assignment: None,
        disposition: Disposition::Held,
        result: Assessment::Failed,
        ..full.clone()
    };
    let course_change = |change| Event::Course {
        change,
        content: digest("content"),
        course: course.clone(),
        details: details("course"),
    };
    let events = [
        Event::Opened { format: FORMAT, key: secret().public(), origin: origin() },
        Event::Roster {
            file: digest("file"),
            joined: 20,
            left: 3,
            list: digest("list"),
            people: 50,
            total: 117,
        },
        course_change(Change::Added),
        course_change(Change::Approved),
        course_change(Change::Retired),
        Event::Rules { details: details("rules"), kind: RuleKind::Acceptance },
        Event::Assigned {
            assignment: digest("assignment"),
            content: digest("content"),
            course: course.clone(),
            details: details("assignment"),
            due: time("2026-12-01T00:00:00Z"),
            person,
        },
        Event::Collected(full),
        Event::Collected(bare),
        Event::PutAside { details: details("aside"), file: digest("a file"), levels, record: None },
        Event::PutAside {
            details: details("aside"),
            file: digest("a file"),
            levels,
            record: Some(digest("record")),
        },
        Event::Reviewed { decision: Decision::Refused, details: details("review"), record: digest("record") },
        Event::KeyAccepted { details: details("key"), key, person },
        Event::Waived {
            approver: Pseudonym::of("7", &salt("7")),
            course,
            details: details("waiver"),
            person,
            until: time("2027-01-01T00:00:00Z"),
        },
        Event::WaiverRevoked { details: details("revoked"), waiver: details("waiver") },
        Event::Erased {
            details: details("erased"),
            entries: 2,
            left: 1,
            list: digest("erased list"),
            person,
            retention: Retention::Overridden,
            total: 116,
        },
    ];
    events.into_iter().map(|event| Entry { at: time("2026-11-23T08:00:00Z"), event }).collect()
}
