//! The terms on which HR takes a record: what happens at each level that does not pass.

use serde::{Deserialize, Serialize};

use crate::record::verdict::{Cause, Outcome, Verdict};

pub use crate::record::verdict::Level;

/// What became of the five levels when the record was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels(pub [Outcome; 5]);

impl Levels {
    /// The levels of a verdict.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        Self(verdict.findings().map(|(_, finding)| finding.outcome))
    }

    /// These levels with a failure at `level`.
    #[must_use]
    pub fn failing(mut self, level: Level) -> Self {
        self.0[level as usize] = Outcome::Fail;
        self
    }

    /// The outcome at a level.
    #[must_use]
    pub fn at(self, level: Level) -> Outcome {
        self.0[level as usize]
    }

    /// What is wrong before anything else: the first level that failed, or else the first that could not be checked.
    #[must_use]
    pub fn wrong(self) -> Option<Level> {
        let first = |outcome| Level::ALL.into_iter().find(|level| self.at(*level) == outcome);
        first(Outcome::Fail).or_else(|| first(Outcome::Unknown))
    }
}

/// What HR does with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// It counts.
    Accept,
    /// A person decides.
    Review,
    /// It is kept aside with its reasons and never counts.
    Quarantine,
}

impl Treatment {
    /// The least strict one that any terms come to, beside those of the levels: what was done too long ago, or may have been,
    /// or before its person was asked anew, makes nobody complete for a whole time without a person who says so.
    #[must_use]
    pub fn least(verdict: &Verdict) -> Self {
        let causes = [Cause::Outlived, Cause::PerhapsOutlived, Cause::AskedAnew];
        if causes.into_iter().any(|cause| verdict.time.has(cause)) { Self::Review } else { Self::Accept }
    }
}

/// What happens with a record whose verdict has a failure or an open question at a level. A record that passes at every
/// level is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The course is not here.
    pub unknown_content: Treatment,
    /// The course is here and not approved, or lessons, policy and titles differ from it.
    pub failed_content: Treatment,
    /// Marks could not be derived again.
    pub unknown_grading: Treatment,
    /// No assignment, or one that is not here.
    pub unknown_identity: Treatment,
    /// Another key than the one that the person is known by, or another person's assignment.
    pub failed_identity: Treatment,
    /// The device clock is all there is.
    pub unknown_time: Treatment,
    /// Begun before the assignment, signed after it was received, or inconsistent.
    pub failed_time: Treatment,
}

impl Default for Terms {
    /// Everything that is assigned and passes is accepted at once; whatever could not be checked waits for a person;
    /// what is wrong is kept aside.
    fn default() -> Self {
        Self {
            unknown_content: Treatment::Review,
            failed_content: Treatment::Quarantine,
            unknown_grading: Treatment::Review,
            unknown_identity: Treatment::Review,
            failed_identity: Treatment::Review,
            unknown_time: Treatment::Accept,
            failed_time: Treatment::Quarantine,
        }
    }
}

impl Terms {
    /// What happens with a record of these levels: the strictest treatment that any of them asks for, where [`Treatment::least`]
    /// asks for nothing stricter. No terms can make a record count whose signature or marks are wrong.
    #[must_use]
    pub fn treatment(&self, levels: Levels) -> Treatment {
        let at = |level| match (level, levels.at(level)) {
            (_, Outcome::Pass) => Treatment::Accept,
            (Level::Signature, Outcome::Fail | Outcome::Unknown) | (Level::Grading, Outcome::Fail) => {
                Treatment::Quarantine
            }
            (Level::Content, Outcome::Unknown) => self.unknown_content,
            (Level::Content, Outcome::Fail) => self.failed_content,
            (Level::Grading, Outcome::Unknown) => self.unknown_grading,
            (Level::Identity, Outcome::Unknown) => self.unknown_identity,
            (Level::Identity, Outcome::Fail) => self.failed_identity,
            (Level::Time, Outcome::Unknown) => self.unknown_time,
            (Level::Time, Outcome::Fail) => self.failed_time,
        };
        Level::ALL.map(at).into_iter().fold(Treatment::Accept, Ord::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_level_decides() {
        fn check(levels: [Outcome; 5], expected: Treatment) {
            assert_eq!(Terms::default().treatment(Levels(levels)), expected, "{levels:?}");
        }
        use Outcome::{Fail, Pass, Unknown};
        check([Pass; 5], Treatment::Accept);
        check([Pass, Pass, Pass, Pass, Unknown], Treatment::Accept);
        check([Pass, Pass, Pass, Unknown, Unknown], Treatment::Review);
        check([Pass, Pass, Pass, Fail, Pass], Treatment::Review);
        check([Pass, Unknown, Unknown, Pass, Pass], Treatment::Review);
        check([Pass, Unknown, Pass, Fail, Fail], Treatment::Quarantine);
        check([Pass, Pass, Fail, Pass, Pass], Treatment::Quarantine);
        check([Unknown, Pass, Pass, Pass, Pass], Treatment::Quarantine);
    }

    #[test]
    fn what_failed_is_wrong_before_what_is_open() {
        fn check(levels: [Outcome; 5], expected: Option<Level>) {
            assert_eq!(Levels(levels).wrong(), expected, "{levels:?}");
        }
        use Outcome::{Fail, Pass, Unknown};
        check([Pass; 5], None);
        check([Unknown, Pass, Pass, Fail, Fail], Some(Level::Identity));
        check([Pass, Unknown, Unknown, Pass, Pass], Some(Level::Content));
    }

    #[test]
    fn no_terms_accept_a_wrong_signature_or_wrong_marks() {
        let lenient = Terms {
            unknown_content: Treatment::Accept,
            failed_content: Treatment::Accept,
            unknown_grading: Treatment::Accept,
            unknown_identity: Treatment::Accept,
            failed_identity: Treatment::Accept,
            unknown_time: Treatment::Accept,
            failed_time: Treatment::Accept,
        };
        for level in Level::ALL {
            let mut levels = [Outcome::Pass; 5];
            levels[level as usize] = Outcome::Fail;
            let expected = match level {
                Level::Signature | Level::Grading => Treatment::Quarantine,
                Level::Content | Level::Identity | Level::Time => Treatment::Accept,
            };
            assert_eq!(lenient.treatment(Levels(levels)), expected, "{level:?}");
        }
    }
}
