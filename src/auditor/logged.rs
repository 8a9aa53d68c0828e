//! What the log of a pack has of each record: when it came, what HR found, and what was decided about it by the moment of the pack.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::entry::Levels;
use crate::log::{Entry, Event};
use crate::registry::change::Decision;
use crate::registry::evidence::Review;

/// A record as the log has it, whether or not its receipt is in the pack.
#[derive(Debug)]
pub(super) struct Logged {
    pub(super) received: Timestamp,
    pub(super) levels: Levels,
    /// The last one; before it, nobody had decided anything that still holds.
    pub(super) decided: Option<Decided>,
}

/// A decision of HR's about a record.
#[derive(Debug)]
pub struct Decided(Review);

/// All of them, by the record. What was decided about them comes from the recount, which goes as far as the tables do.
pub(super) fn records(entries: &[Entry], reviews: Vec<Review>) -> BTreeMap<Digest, Logged> {
    let collected = entries.iter().filter_map(|Entry { at, event, .. }| {
        let Event::Collected(collected) = event else { return None };
        Some((collected.record, Logged { received: *at, levels: collected.levels, decided: None }))
    });
    let mut records: BTreeMap<_, _> = collected.collect();
    for review in reviews {
        if let Some(logged) = records.get_mut(&review.record) {
            logged.decided = Some(Decided(review));
        }
    }
    records
}

impl Decided {
    /// When.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.0.at
    }

    /// What.
    #[must_use]
    pub fn decision(&self) -> Decision {
        self.0.decision
    }

    /// Who decided, and why, if that is here as it was logged.
    #[must_use]
    pub fn said(&self) -> Option<(&str, &str)> {
        let Review { by, reason, .. } = &self.0;
        (!by.is_empty()).then_some((by, reason))
    }

    /// Who decided what, when and why, as far as that is here.
    #[must_use]
    pub fn words(&self) -> String {
        let (what, follows) = match self.decision() {
            Decision::Accepted => {
                ("accepted it by hand", "it counts by that, which is HR's word and makes no level a pass")
            }
            Decision::Refused => ("refused it", "it does not count"),
        };
        let who = match self.said() {
            Some((by, reason)) => format!("by {by}, because: {reason}"),
            None => "by whom and why is not here as it was logged".to_owned(),
        };
        format!("HR {what} at {} ({who}): {follows}", self.at())
    }
}
