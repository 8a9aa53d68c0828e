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
    /// Of which reasons more is known than their words, of failures first; those of doubts also where a failure decides.
    causes: Vec<(Cause, String)>,
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
        self.causes.first().map(|(cause, _)| *cause)
    }

    /// Whether this is among the reasons, whatever the outcome.
    #[must_use]
    pub fn has(&self, cause: Cause) -> bool {
        self.causes.iter().any(|(other, _)| *other == cause)
    }
}

/// A reason that asks for something else to be done than level and outcome alone do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was begun before it was assigned.
    BeforeAssignment,
    /// It was signed after it was received.
    AfterReceipt,
    /// It has [`Outlived`](super::Outlived) its course.
    Outlived,
    /// Whether it has [`Outlived`](super::Outlived) its course cannot be said, because the version is not here; and no assignment shows that
    /// it was asked for.
    PerhapsOutlived,
    /// Its person was asked for the course anew before it came, and it answers what they were asked before that, or nothing.
    AskedAnew,
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

    /// This finding where something that is not known here speaks against a pass.
    pub(super) fn doubted(mut self, doubt: String) -> Self {
        // What was right is no reason for a doubt, what was doubtful is still one.
        let doubts = match self.outcome {
            Outcome::Pass => 0,
            Outcome::Unknown => self.decisive,
            Outcome::Fail => return self,
        };
        self.reasons.insert(0, doubt);
        Self { outcome: Outcome::Unknown, decisive: doubts + 1, ..self }
    }

    /// This finding once a doubt is answered, with the answer in its place.
    pub(super) fn answered(mut self, cause: Cause, answer: String) -> Self {
        let place = self.causes.iter().position(|(other, _)| *other == cause);
        let Some(place) = place.filter(|_| self.outcome == Outcome::Unknown) else {
            return self;
        };
        let (_, doubt) = self.causes.remove(place);
        if let Some(place) = self.decisive().iter().position(|reason| *reason == doubt) {
            self.reasons.remove(place);
            self.decisive -= 1;
        }
        self.reasons.push(answer);
        if self.decisive == 0 { Self::new(Outcome::Pass, self.reasons) } else { self }
    }
}

/// Reasons as they are gathered; one failure outweighs every doubt, and one doubt every success.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    passes: Vec<String>,
    doubts: Vec<Reason>,
    failures: Vec<Reason>,
    unsaid: usize,
}

/// Why a record does not pass, and what it comes from where that asks for something of its own to be done.
#[derive(Debug)]
struct Reason {
    words: String,
    cause: Option<Cause>,
}

impl Reasons {
    /// A hostile record can be wrong in ten thousand places; nobody reads further than this.
    const MOST: usize = 25;

    pub(super) fn pass(&mut self, reason: impl Into<String>) {
        self.passes.push(reason.into());
    }

    pub(super) fn doubt(&mut self, reason: impl Into<String>) {
        if self.doubts.len() < Self::MOST {
            self.doubts.push(Reason { words: reason.into(), cause: None });
        }
    }

    pub(super) fn fail(&mut self, reason: impl Into<String>) {
        self.fail_by(None, reason.into());
    }

    /// There is one doubt of a cause, and no other hides it.
    pub(super) fn doubt_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.doubts.push(Reason { words: reason.into(), cause: Some(cause) });
    }

    pub(super) fn fail_for(&mut self, cause: Cause, reason: impl Into<String>) {
        self.fail_by(Some(cause), reason.into());
    }

    fn fail_by(&mut self, cause: Option<Cause>, words: String) {
        if self.failures.iter().any(|failure| failure.words == words) {
            // Found in two ways, said once.
        } else if self.failures.len() < Self::MOST || cause.is_some() {
            self.failures.push(Reason { words, cause });
        } else {
            self.unsaid += 1;
        }
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

    pub(super) fn finding(self) -> Finding {
        let Self { mut passes, doubts, failures, unsaid } = self;
        let decisive = failures.iter().chain(&doubts);
        let causes = decisive.filter_map(|reason| Some((reason.cause?, reason.words.clone()))).collect();
        let words = |reasons: Vec<Reason>| reasons.into_iter().map(|reason| reason.words);
        if !failures.is_empty() {
            let unsaid = (unsaid > 0).then(|| format!("and {unsaid} more"));
            let reasons = words(failures).chain(unsaid).collect();
            return Finding { causes, ..Finding::new(Outcome::Fail, reasons) };
        }
        if !doubts.is_empty() {
            let decisive = doubts.len();
            let mut reasons: Vec<_> = words(doubts).collect();
            reasons.append(&mut passes);
            return Finding { decisive, causes, ..Finding::new(Outcome::Unknown, reasons) };
        }
        Finding::new(Outcome::Pass, passes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answered_doubt_makes_room_for_the_others() {
        let mut reasons = Reasons::default();
        reasons.doubt_for(Cause::BeginsLater, "begins with attempt 2");
        reasons.doubt("another");
        reasons.pass("the rest");
        let finding = reasons.finding().answered(Cause::BeginsLater, "attempt 1 is here".to_owned());
        assert_eq!((finding.outcome, finding.decisive()), (Outcome::Unknown, &["another".to_owned()][..]));
        assert_eq!(finding.reasons, ["another", "the rest", "attempt 1 is here"]);
        assert_eq!(finding.cause(), None);

        let mut reasons = Reasons::default();
        reasons.doubt_for(Cause::BeginsLater, "begins with attempt 2");
        let alone = reasons.finding();
        assert_eq!(alone.clone().answered(Cause::AskedAnew, "so".to_owned()), alone);
        let answered = alone.answered(Cause::BeginsLater, "attempt 1 is here".to_owned());
        assert_eq!(answered, Finding::pass("attempt 1 is here"));
    }

    /// What makes a record wait must not be hidden by what somebody put beside it, nor by a failure that the terms accept.
    #[test]
    fn a_cause_is_known_whatever_else_is_said() {
        let mut reasons = Reasons::default();
        (0..100).for_each(|number| reasons.doubt(format!("doubt {number}")));
        reasons.doubt_for(Cause::Outlived, "old");
        (0..100).for_each(|number| reasons.fail(format!("failure {number}")));
        let finding = reasons.finding();
        assert!(finding.outcome == Outcome::Fail && finding.has(Cause::Outlived), "{finding:?}");
        assert_eq!(finding.reasons.last().map(String::as_str), Some("and 75 more"));
        assert_eq!(finding.clone().answered(Cause::Outlived, "no".to_owned()), finding);
    }
}
