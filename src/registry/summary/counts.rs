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
        one_of(&mut self.departments, &profile.department).add(kind);
        one_of(&mut self.roles, &profile.role).add(kind);
    }
}

/// The counts of a group; its name is copied only when it is new.
fn one_of<'a>(groups: &'a mut BTreeMap<Option<String>, Counts>, name: &Option<String>) -> &'a mut Counts {
    if !groups.contains_key(name) {
        groups.insert(name.clone(), Counts::default());
    }
    groups.get_mut(name).expect("it was put there if it was not")
}
