//! Which files of a registry in memory need somebody.

use super::Shared;
use crate::digest::Digest;
use crate::registry::Change;
use crate::registry::change::{Collected, PutAside};
use crate::store::registry::Unsettled;

impl Shared {
    /// What the file or the record of this digest needs since before the entry `until`; `waiting` are the records for
    /// review.
    pub(super) fn unsettled(&self, digest: &Digest, waiting: &[Digest], until: u64) -> Option<Unsettled> {
        let changes =
            || (0..).zip(&self.happened).filter_map(|(place, it)| Some((place, it.change.as_ref()?)));
        let aside: Option<(u64, &PutAside)> = changes().find_map(|(place, change)| match change {
            Change::PutAside(aside) if aside.file == *digest => Some((place, &**aside)),
            _ => None,
        });
        let record = aside.and_then(|(_, aside)| aside.record);
        let meant: Vec<(u64, &Collected)> = changes()
            .filter_map(|(place, change)| match change {
                Change::Collected(record) => Some((place, &**record)),
                _ => None,
            })
            .filter(|(_, one)| one.digest == *digest || one.file == *digest || Some(one.digest) == record)
            .collect();
        if meant.iter().any(|(place, one)| *place < until && waiting.contains(&one.digest)) {
            return Some(Unsettled::ForReview);
        }
        if meant.is_empty() && self.erased.contains(digest) {
            return Some(Unsettled::Erased);
        }
        let was_erased = record.is_some_and(|record| self.erased.contains(&record));
        let lies_there = aside.is_some_and(|(place, _)| place < until) && meant.is_empty() && !was_erased;
        lies_there.then_some(Unsettled::Aside)
    }
}
