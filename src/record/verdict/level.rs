//! The five questions that a verdict answers, each by itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The levels of a verdict, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The strict profile holds and the signature is the issuer's.
    Signature,
    /// The course is one that is known and approved.
    Content,
    /// Draw, marks and result derived again equal the claims.
    Grading,
    /// It answers an assignment for that person, with the key the person is known by.
    Identity,
    /// Not before the assignment, not after receipt, consistent inside.
    Time,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Signature, Self::Content, Self::Grading, Self::Identity, Self::Time];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Content => "content",
            Self::Grading => "grading",
            Self::Identity => "identity",
            Self::Time => "time",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
