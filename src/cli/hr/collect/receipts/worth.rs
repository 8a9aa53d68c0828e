//! What a receipt is worth, and where those of the same worth lie.

use std::path::{Path, PathBuf};

use crate::log::entry::{self, Disposition};
use crate::registry::change::Decision;
use crate::registry::terms::Treatment;

/// What a receipt is worth to whoever gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli::hr) enum Worth {
    /// The record counts.
    Counting,
    /// It waits for a decision.
    Waiting,
    /// It was refused.
    Refused,
}

impl Worth {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Counting, Self::Waiting, Self::Refused];

    /// Where such receipts lie below a folder of receipts.
    pub(super) fn folder(self, receipts: &Path) -> PathBuf {
        match self {
            Self::Counting => receipts.to_owned(),
            Self::Waiting => receipts.join("waiting"),
            Self::Refused => receipts.join("refused"),
        }
    }
}

impl From<Decision> for Worth {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Accepted => Self::Counting,
            Decision::Refused => Self::Refused,
        }
    }
}

impl From<Treatment> for Worth {
    fn from(treatment: Treatment) -> Self {
        match treatment {
            Treatment::Accept => Self::Counting,
            Treatment::Review | Treatment::Quarantine => Self::Waiting,
        }
    }
}

impl From<Disposition> for Worth {
    fn from(disposition: Disposition) -> Self {
        match disposition {
            Disposition::Accepted => Self::Counting,
            Disposition::Held => Self::Waiting,
        }
    }
}

impl From<entry::Decision> for Worth {
    fn from(decision: entry::Decision) -> Self {
        match decision {
            entry::Decision::Accepted => Self::Counting,
            entry::Decision::Refused => Self::Refused,
        }
    }
}
