//! What an audit of a registry can find, in words that name what was done to it.

use std::fmt;

use crate::log::Hash;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audited {
    /// How many entries the log has.
    pub entries: u64,
    /// The root over all of them.
    pub root: Hash,
    /// How many differences were found.
    pub discrepancies: u64,
}

/// One difference between the registry and its log. Texts may repeat what stands in the file: show them as printable
/// text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// The entry that it is about, counted from 0, where there is one.
    pub entry: Option<u64>,
    /// What is wrong.
    pub kind: DiscrepancyKind,
    /// Whom it is about, and which values stand in the log and in the registry, as far as they can be told: a phrase each.
    pub about: Vec<String>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiscrepancyKind {
    /// What the registry says now is not what was logged: what it is about, and which values differ.
    Altered {
        /// Such as `record 1f2e3d4c`.
        what: String,
        /// The values of the entry that come out differently.
        members: Vec<String>,
    },
    /// The file that is kept is not the one that was received or signed.
    FileAltered {
        /// Such as `record 1f2e3d4c`.
        what: String,
    },
    /// The log says that it happened, and the registry has nothing of it any more.
    Removed {
        /// Such as `record 1f2e3d4c`.
        what: String,
    },
    /// The registry has something that was never logged.
    Added {
        /// Such as `record 1f2e3d4c`.
        what: String,
    },
    /// The registry has something whose entry, between others, is gone.
    Unlogged {
        /// Such as `record 1f2e3d4c`.
        what: String,
    },
    /// A row can be read, but says what nobody could have entered.
    Unreadable {
        /// Such as `a record`.
        what: String,
        /// What could not be read.
        reason: String,
    },
    /// The entry was changed after it was hashed into the log.
    EntryAltered,
    /// The entry is not one that this program knows.
    EntryUnreadable {
        /// Why.
        reason: String,
    },
    /// The entry is gone.
    EntryRemoved,
    /// The entry is gone, and those after it up to this one.
    EntriesRemoved {
        /// The last one.
        last: u64,
    },
    /// The entries go back in time.
    EntryBackdated,
    /// The hashes of the log were changed or removed, or are not as many as the entries.
    Hashes {
        /// What was found.
        reason: String,
    },
    /// A checkpoint that is kept here is of more entries than there are.
    RolledBack {
        /// How many it has.
        checkpoint: u64,
        /// How many there are.
        present: u64,
    },
    /// A checkpoint that is kept here was signed over other entries.
    Forked {
        /// How many entries it has.
        checkpoint: u64,
    },
    /// The pages of the file are damaged.
    Damaged {
        /// What was found.
        reason: String,
    },
}

impl fmt::Display for Discrepancy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(entry) = self.entry {
            write!(f, "entry {entry}: ")?;
        }
        self.kind.fmt(f)?;
        if self.about.is_empty() { Ok(()) } else { write!(f, " ({})", self.about.join("; ")) }
    }
}

impl fmt::Display for DiscrepancyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered { what, members } => write!(
                f,
                "{what} was altered in the registry after it was logged: {} {} not what the log says",
                listed(members),
                if is_one(members) { "is" } else { "are" }
            ),
            Self::FileAltered { what } => {
                write!(f, "the file of {what} was altered in the registry: it is not the one that was logged")
            }
            Self::Removed { what } => write!(f, "{what} was logged and then deleted from the registry"),
            Self::Added { what } => {
                write!(f, "{what} was added to the registry by hand: it was never logged")
            }
            Self::Unlogged { what } => write!(f, "{what} is here, and the entry that logged it is not"),
            Self::Unreadable { what, reason } => {
                write!(f, "{what} was altered in the registry and cannot be read any more: {reason}")
            }
            Self::EntryAltered => f.write_str("was changed after it was hashed into the log"),
            Self::EntryUnreadable { reason } => write!(f, "is not an entry of this program: {reason}"),
            Self::EntryRemoved => f.write_str("this entry was deleted from the log"),
            Self::EntriesRemoved { last } => {
                write!(f, "this entry and all up to entry {last} were deleted from the log")
            }
            Self::EntryBackdated => f.write_str("is dated before the entry in front of it"),
            Self::Hashes { reason } => write!(f, "the hashes of the log do not fit its entries: {reason}"),
            Self::RolledBack { checkpoint, present } => write!(
                f,
                "the log was rolled back: a checkpoint of {checkpoint} entries is kept here, and there are {present}"
            ),
            Self::Forked { checkpoint } => write!(
                f,
                "the log is not the one that was signed: the checkpoint of {checkpoint} entries that is kept here was \
                 over other entries"
            ),
            Self::Damaged { reason } => write!(f, "the file is damaged: {reason}"),
        }
    }
}

/// Several values in one phrase.
fn listed(members: &[String]) -> String {
    match members.split_last() {
        Some((last, [_, ..])) => format!("{} and {last}", members[..members.len() - 1].join(", ")),
        Some(_) | None => members.concat(),
    }
}

/// Whether that is one thing: marks and levels are several.
fn is_one(members: &[String]) -> bool {
    members.len() == 1 && !members[0].starts_with("the marks") && members[0] != "levels"
}
