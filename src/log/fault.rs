//! Why a checkpoint, a receipt or an extension is refused.

use std::fmt;

/// What is wrong with a file of the log. Texts may repeat what the file held: show them as printable text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogFault {
    /// The file is larger than any of its kind.
    TooLarge {
        /// In bytes.
        limit: usize,
    },
    /// The file is not written in its format.
    Form {
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        message: &'static str,
    },
    /// Nothing in the file is signed with the key that was asked for.
    UnknownKey,
    /// The key's signature does not fit the text.
    Signature,
    /// It is a checkpoint of another log than the key's.
    AnotherLog,
    /// The entry is not in the tree of the checkpoint, at least not at this index.
    NotIncluded,
    /// The newer checkpoint does not continue the older one.
    Inconsistent,
    /// The extension begins at another size than the older checkpoint has.
    AnotherBeginning,
    /// The entry is none that this program knows how to read: why.
    Entry(String),
}

impl LogFault {
    pub(super) fn form(line: usize, message: &'static str) -> Self {
        Self::Form { line, message }
    }

    /// The same fault of a part that begins behind `lines` lines of its file.
    pub(super) fn behind(self, lines: usize) -> Self {
        match self {
            Self::Form { line, message } => Self::Form { line: line + lines, message },
            Self::TooLarge { .. }
            | Self::UnknownKey
            | Self::Signature
            | Self::AnotherLog
            | Self::NotIncluded
            | Self::Inconsistent
            | Self::AnotherBeginning
            | Self::Entry(_) => self,
        }
    }
}

impl fmt::Display for LogFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "is larger than {limit} bytes"),
            Self::Form { line, message } => write!(f, "line {line}: {message}"),
            Self::UnknownKey => f.write_str("is not signed with the key of the log"),
            Self::Signature => f.write_str(
                "the signature is not the log's on this text: something was changed, or somebody else signed",
            ),
            Self::AnotherLog => f.write_str("is a checkpoint of another log"),
            Self::NotIncluded => f.write_str("the entry is not in the log of this checkpoint at this index"),
            Self::Inconsistent => f.write_str(
                "the newer checkpoint does not continue the older one: entries were changed or removed",
            ),
            Self::AnotherBeginning => f.write_str("begins at another size than the older checkpoint has"),
            Self::Entry(why) => write!(f, "the entry: {why}"),
        }
    }
}

impl std::error::Error for LogFault {}
