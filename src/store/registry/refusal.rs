//! Changes that may not follow on what a registry knows.

use std::fmt;

use uuid::Uuid;

use crate::clock::Timestamp;
use crate::digest::Digest;

/// Why a change was not kept. Another running copy may have been faster: look again, then decide anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The log has begun already, and begins once.
    LogHasBegun,
    /// The version of a course is not in the archive.
    UnknownVersion(Digest),
    /// The version of a course is in the archive already.
    VersionIsHere(Digest),
    /// Nobody of that number is known.
    UnknownPerson,
    /// The assignment is not here.
    UnknownAssignment(Uuid),
    /// The assignment is here already.
    AssignmentIsHere(Uuid),
    /// The record is not here.
    UnknownRecord(Digest),
    /// The record was collected already, or collected and erased.
    RecordIsHere(Digest),
    /// The file was put aside already, or put aside and erased.
    FileIsHere(Digest),
    /// The file is not among those put aside.
    UnknownFile(Digest),
    /// The person is known by a key already, so that this one cannot be the first.
    KeyIsPinned(Digest),
    /// The recurring rule is not here, or has ended.
    UnknownRule(Uuid),
    /// The recurring rule is here already.
    RuleIsHere(Uuid),
    /// The waiver is not here, or was taken back.
    UnknownWaiver(Uuid),
    /// The waiver is here already.
    WaiverIsHere(Uuid),
    /// The clock stands long before the newest entry of the log.
    ClockBehind {
        /// When the change is said to happen.
        now: Timestamp,
        /// When the newest entry was made.
        newest: Timestamp,
    },
}

impl Refusal {
    /// What to do next.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::UnknownVersion(_) => "add the course first (`countersign hr course add`)",
            Self::LogHasBegun => "begin a registry in a folder of its own (`countersign hr init`)",
            Self::VersionIsHere(_)
            | Self::FileIsHere(_)
            | Self::AssignmentIsHere(_)
            | Self::RuleIsHere(_)
            | Self::WaiverIsHere(_) => "nothing needs to be done: it is kept",
            Self::UnknownPerson => {
                "another running copy may have erased them just now (`countersign hr person NUMBER`); to have them here all the \
                 same, import a roster with this person first (`countersign hr roster import`)"
            }
            Self::RecordIsHere(_) | Self::KeyIsPinned(_) => {
                "another running copy may have collected it: collect again, and it is judged by what is known now"
            }
            Self::UnknownAssignment(_)
            | Self::UnknownRecord(_)
            | Self::UnknownFile(_)
            | Self::UnknownRule(_)
            | Self::UnknownWaiver(_) => "look it up again; another running copy may have changed it",
            Self::ClockBehind { .. } => {
                "set this computer's clock right, then try again; if it is right, an entry was made under a clock that was \
                 ahead: go back to the newest backup from before it (`countersign hr restore --help`)"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LogHasBegun => f.write_str("the log of the registry has begun already"),
            Self::UnknownVersion(digest) => write!(f, "no course {} is in the registry", digest.short()),
            Self::VersionIsHere(digest) => {
                write!(f, "the course {} is in the registry already", digest.short())
            }
            Self::UnknownPerson => f.write_str("nobody of this number is in the registry"),
            Self::UnknownAssignment(id) => write!(f, "no assignment {id} is in the registry"),
            Self::AssignmentIsHere(id) => write!(f, "the assignment {id} is in the registry already"),
            Self::UnknownRecord(digest) => write!(f, "no record {} is in the registry", digest.short()),
            Self::RecordIsHere(digest) => {
                write!(f, "the record {} was collected before", digest.short())
            }
            Self::FileIsHere(digest) => write!(f, "the file {} was put aside before", digest.short()),
            Self::UnknownFile(digest) => {
                write!(f, "no file {} is among those put aside", digest.short())
            }
            Self::KeyIsPinned(digest) => write!(
                f,
                "the record {} cannot bring the person's first key: they are known by one already",
                digest.short()
            ),
            Self::UnknownRule(id) => write!(f, "no rule {id} holds in the registry"),
            Self::RuleIsHere(id) => write!(f, "the rule {id} is in the registry already"),
            Self::UnknownWaiver(id) => write!(f, "no waiver {id} holds in the registry"),
            Self::WaiverIsHere(id) => write!(f, "the waiver {id} is in the registry already"),
            Self::ClockBehind { now, newest } => {
                write!(f, "this computer's clock says {now}, and the newest entry of the log is of {newest}")
            }
        }
    }
}
