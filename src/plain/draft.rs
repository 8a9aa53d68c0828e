//! What a conversation is for: somebody learns, or a trainer listens to a draft.

use crate::course::{Fault, Shown};

/// What a conversation is for.
#[derive(Debug)]
pub(super) enum Purpose {
    /// Somebody learns.
    Learn,
    /// A trainer listens to what learners will hear.
    Preview(Draft),
}

/// How the course of a trainer stands.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What is wrong with it now.
    pub(super) faults: Vec<Fault>,
    /// How much of it can be heard with these faults; if nothing, an earlier version is heard.
    pub(super) now: Option<Shown>,
    /// How much of a course is heard.
    pub(super) shown: Shown,
}
