//! What came of one question that was put to a record, and the reasons from which it is made.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::quiz::mark::points;

/// What came of one question that was put to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What came of it.
    pub outcome: Outcome,
    /// Why: what was checked, what could not be, or what is wrong. At least one. They may repeat what the file held:
    /// show them as printable text only.
    pub reasons: Vec<String>,
    /// How many of the reasons, the first ones, made the outcome; behind them stands what was right all the same.
    decisive: usize,
    /// What else is known of the reasons than their words, of failures first.
    causes: Vec<Cause>,
}

impl Finding {
    /// A finding, all of whose reasons made the outcome.
    #[must_use]
    pub fn new(outcome: Outcome, reasons: Vec<String>) -> Self {
        Self { outcome, decisive: reasons.len(), reasons, causes: Vec::new() }
    }

    /// The reasons that made the outcome, without those that speak for a better one.
    #[must_use]
    pub fn decisive(&self) -> &[String] {
        self.reasons.get(..self.decisive).unwrap_or(&self.reasons)
    }

    /// What presses most of that which asks for something else to be done than the outcome alone does.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.causes.first().copied()
    }

    /// Whether this is among the reasons, whatever the outcome.
    #[must_use]
    pub fn has(&self, cause: Cause) -> bool {
        self.causes.contains(&cause)
    }
}

/// A reason that asks for something else to be done than level and outcome alone do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was begun before it was assigned.
    BeforeAssignment,
    /// It was signed after it was received.
    AfterReceipt,
    /// It has [`Outlived`](super::Outlived) its course, and no assignment shows that it was asked for.
    Outlived,
    /// Whether it has [`Outlived`](super::Outlived) its course cannot be said, because the version is not here; and no assignment shows that
    /// it was asked for.
    PerhapsOutlived,
    /// Its first attempt has a number above 1, and the attempts before it are not in it.
    BeginsLater,
}

/// Yes, no, or not to be known from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Checked and right.
    Pass,
    /// Checked and wrong.
    Fail,
    /// It could not be checked.
    Unknown,
}

impl Outcome {
    /// `pass`, `fail` or `unknown`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

impl Finding {
    pub(super) fn pass(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Pass, vec![reason.into()])
    }

    pub(super) fn fail(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Fail, vec![reason.into()])
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::new(Outcome::Unknown, vec![reason.into()])
    }

    /// This finding about a file with this signature. Content and marks are what they are, whoever wrote them down; who and
    /// when are worth nothing when nobody signed.
    pub(super) fn beside(mut self, signature: &Self) -> Self {
        match (signature.outcome, self.outcome) {
            (Outcome::Pass | Outcome::Unknown, _) | (Outcome::Fail, Outcome::Fail) => self,
            (Outcome::Fail, Outcome::Pass | Outcome::Unknown) => {
                // What was right is worth nothing now, what was doubtful is still doubtful.
                let doubts = if self.outcome == Outcome::Unknown { self.decisive } else { 0 };
                self.reasons.insert(0, "nothing is signed: anybody can have written this".to_owned());
                Self { outcome: Outcome::Unknown, decisive: doubts + 1, ..self }
            }
        }
    }
}

/// Reasons as they are gathered; one failure outweighs every doubt, and one doubt every success.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    passes: Vec<String>,
    doubts: Vec<String>,
    failures: Vec<String>,
    unsaid: usize,
    /// Of the failures, then of the doubts.
    causes: [Vec<Cause>; 2],
}

impl Reasons {
    /// A hostile record can be wrong in ten thousand places; nobody reads further than this.
    const MOST: usize = 25;

    pub(super) fn pass(&mut self, reason: impl Into<String>) {
        self.passes.push(reason.into());
    }

    pub(super) fn doubt(&mut self, reason: impl Into<String>) {
        if self.doubts.len() < Self::MOST {
            self.doubts.push(reason.into());
        }
    }

    pub(super) fn fail(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        if self.failures.contains(&reason) {
            // Found in two ways, said once.
        } else if self.failures.len() < Self::MOST {
            self.failures.push(reason);
        } else {
            self.unsaid += 1;
        }
    }

    pub(super) fn doubt_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.causes[1].push(cause);
        self.doubt(reason);
    }

    pub(super) fn fail_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.causes[0].push(cause);
        self.fail(reason);
    }

    /// A claim that must equal what was derived.
    pub(super) fn equal<T: PartialEq + Display>(&mut self, what: impl Display, claimed: &T, derived: &T) {
        if claimed != derived {
            self.fail(format!("{what}: the record claims {claimed}, it is {derived}"));
        }
    }

    /// Thousandths of a point that must equal what was derived.
    pub(super) fn equal_points(&mut self, what: impl Display, claimed: u64, derived: u64) {
        if claimed != derived {
            self.equal(what, &points(claimed), &points(derived));
        }
    }

    pub(super) fn finding(mut self) -> Finding {
        let causes = self.causes.concat();
        if !self.failures.is_empty() {
            if self.unsaid > 0 {
                self.failures.push(format!("and {} more", self.unsaid));
            }
            return Finding { causes, ..Finding::new(Outcome::Fail, self.failures) };
        }
        if !self.doubts.is_empty() {
            let decisive = self.doubts.len();
            self.doubts.append(&mut self.passes);
            return Finding { decisive, causes, ..Finding::new(Outcome::Unknown, self.doubts) };
        }
        Finding::new(Outcome::Pass, self.passes)
    }
}
