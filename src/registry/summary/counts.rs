//! How many there are of each status, all together and in groups.

use std::collections::BTreeMap;

use crate::registry::Profile;
use crate::registry::status::Kind;

/// How many there are of each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; Kind::ALL.len()]);

impl Counts {
    /// How many of one.
    #[must_use]
    pub fn of(&self, kind: Kind) -> u64 {
        self.0[kind as usize]
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many need nothing now: complete, or not for much longer.
    #[must_use]
    pub fn complete(&self) -> u64 {
        self.of(Kind::Complete) + self.of(Kind::Expiring)
    }

    /// Every status with its number, in the order of reports.
    pub fn each(&self) -> impl Iterator<Item = (Kind, u64)> + '_ {
        Kind::ALL.into_iter().map(|kind| (kind, self.of(kind)))
    }

    /// Counts one more.
    pub fn add(&mut self, kind: Kind) {
        self.0[kind as usize] += 1;
    }
}

/// Counts in all, by department and by role. Nothing said of a person is a group of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// In all.
    pub all: Counts,
    /// By department.
    pub departments: BTreeMap<Option<String>, Counts>,
    /// By role.
    pub roles: BTreeMap<Option<String>, Counts>,
}

impl Groups {
    pub(super) fn add(&mut self, profile: &Profile, kind: Kind) {
        self.all.add(kind);
        for (groups, name) in [(&mut self.departments, &profile.department), (&mut self.roles, &profile.role)]
        {
            // The name of a group is copied only when it is new.
            match groups.get_mut(name) {
                Some(counts) => counts.add(kind),
                None => groups.entry(name.clone()).or_default().add(kind),
            }
        }
    }
}
