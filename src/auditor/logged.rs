//! What the log of a pack has of each record: when it came, what HR found, and what was decided about it.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::log::entry::{Decision, Levels};
use crate::log::{Commitment, Entry, Event};
use crate::registry::evidence::recount::{DecisionText, Opening};

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
pub(super) struct Decided {
    at: Timestamp,
    pub(super) decision: Decision,
    /// Who decided, and why, if that is here as it was logged.
    said: Option<DecisionText>,
}

/// All of them, by the record.
pub(super) fn records(entries: &[Entry], openings: &[Opening]) -> BTreeMap<Digest, Logged> {
    let texts: BTreeMap<u64, &Opening> = openings.iter().map(|opening| (opening.index, opening)).collect();
    let said = |index: u64, bound: Commitment| {
        let opening = texts.get(&index)?;
        let is_bound = Commitment::to(&opening.text, &opening.salt) == bound;
        is_bound.then(|| serde_json::from_str(&opening.text).ok())?
    };
    let mut records = BTreeMap::new();
    for (index, Entry { at, event, .. }) in (0..).zip(entries) {
        match event {
            Event::Collected(collected) => {
                let (received, levels) = (*at, collected.levels);
                records.entry(collected.record).or_insert(Logged { received, levels, decided: None });
            }
            Event::Reviewed { decision, details, record } => {
                if let Some(logged) = records.get_mut(record) {
                    let said = said(index, *details);
                    logged.decided = Some(Decided { at: *at, decision: *decision, said });
                }
            }
            Event::Opened { .. }
            | Event::Roster { .. }
            | Event::Assigned { .. }
            | Event::PutAside { .. }
            | Event::KeyAccepted { .. }
            | Event::Waived { .. }
            | Event::WaiverRevoked { .. }
            | Event::Course { .. }
            | Event::Rules { .. }
            | Event::Erased { .. } => {}
        }
    }
    records
}

impl Decided {
    /// Who decided what, when and why, as far as that is here.
    pub(super) fn words(&self) -> String {
        let (what, follows) = match self.decision {
            Decision::Accepted => {
                ("accepted it by hand", "it counts by that, which is HR's word and makes no level a pass")
            }
            Decision::Refused => ("refused it", "it does not count"),
        };
        let who = match &self.said {
            Some(DecisionText { by, reason }) => format!("by {by}, because: {reason}"),
            None => "by whom and why is not here as it was logged".to_owned(),
        };
        format!("HR {what} at {} ({who}): {follows}", self.at)
    }
}
