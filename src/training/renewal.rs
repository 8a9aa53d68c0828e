//! Why a course that is completed may have to be taken again.

use crate::clock::{Calendar, Timestamp};

use super::Training;

/// A reason to take a completed course again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// The completion is over.
    Over {
        /// Until when it was valid.
        until: Timestamp,
    },
    /// The course that was opened is not the one that was completed.
    OtherVersion {
        /// The version that was completed.
        completed: String,
        /// The version that was opened.
        opened: String,
    },
}

impl Renewal {
    /// What to tell the learner, the same in every face.
    #[must_use]
    pub fn words(&self, zone: Calendar) -> String {
        match self {
            Self::Over { until } => format!("Your completion was valid until {}.", zone.day(*until)),
            // The author of a draft may have left the number as it was.
            Self::OtherVersion { completed, opened } if completed == opened => {
                format!("You completed version {completed}; the course has changed since.")
            }
            Self::OtherVersion { completed, opened } => {
                format!("You completed version {completed}; this is {opened}.")
            }
        }
    }
}

impl Training {
    /// Why the course may have to be taken again; empty while it is not completed, or when nothing speaks for it.
    #[must_use]
    pub fn renewals(&self, now: Timestamp) -> Vec<Renewal> {
        let Some(certificate) = self.certificate() else { return Vec::new() };
        let over = certificate.valid_until.filter(|until| *until <= now).map(|until| Renewal::Over { until });
        let course = &certificate.claims.course;
        let other = (course.digest != self.newest.digest).then(|| Renewal::OtherVersion {
            completed: course.version.clone(),
            opened: self.newest.version.clone(),
        });
        over.into_iter().chain(other).collect()
    }
}
