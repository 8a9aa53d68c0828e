//! How many people a roster takes from work, and whether they are so many that somebody has to look first.

use chrono::{Days, NaiveDate};

use crate::registry::dossier::RosterState;
use crate::registry::person::{Presence, Profile};
use crate::registry::row::Membership;

/// A last day within so many days is as good as one that is over: no other roster need come before it does.
const AHEAD: Days = Days::new(7);
/// From how many on it is no matter of one colleague and another.
const SOME: usize = 5;

/// How many people are not at work by a roster who were by the one before, in which way; each of them once, when it is new. Whoever
/// is new counts where most people would be so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// They have left: they are not in a file that names everybody, or their status or last day says so.
    pub left: usize,
    /// Their last day comes within a week.
    pub leaving: usize,
    /// They are on leave.
    pub away: usize,
    /// Their first day is to come, and does not within a week.
    pub to_come: usize,
    /// How many people there are.
    pub of: usize,
}

impl Outgoing {
    /// All of them.
    #[must_use]
    pub fn total(self) -> usize {
        let Self { left, leaving, away, to_come, of: _ } = self;
        left + leaving + away + to_come
    }

    /// Whether so many do not go on one day: a third of all people, or a tenth where that is five or more. In a small office one
    /// in four is one colleague.
    #[must_use]
    pub fn are_many(self) -> bool {
        let share = if self.total() < SOME { 3 } else { 10 };
        self.total() > 0 && self.total() * share >= self.of
    }

    fn add(&mut self, way: Way) {
        *match way {
            Way::Left => &mut self.left,
            Way::Leaving => &mut self.leaving,
            Way::Away => &mut self.away,
            Way::ToCome => &mut self.to_come,
        } += 1;
    }

    fn and(self, other: Self) -> Self {
        Self {
            left: self.left + other.left,
            leaving: self.leaving + other.leaving,
            away: self.away + other.away,
            to_come: self.to_come + other.to_come,
            of: self.of + other.of,
        }
    }
}

/// In which way somebody is not at work.
#[derive(Debug, Clone, Copy)]
enum Way {
    Left,
    Leaving,
    Away,
    ToCome,
}

/// Counts them, one person after the other.
#[derive(Debug)]
pub(super) struct Tally {
    today: NaiveDate,
    ahead: NaiveDate,
    known: Outgoing,
    new: Outgoing,
}

impl Tally {
    pub(super) fn new(today: NaiveDate) -> Self {
        let ahead = today.checked_add_days(AHEAD).unwrap_or(today);
        Self { today, ahead, known: Outgoing::default(), new: Outgoing::default() }
    }

    /// Somebody is known. Gives whether they are still among those who are counted: nobody goes twice.
    pub(super) fn meet(&mut self, before: &RosterState) -> bool {
        let is_there = self.is_there(before);
        self.known.of += usize::from(is_there);
        is_there
    }

    /// So many of those who were met are not in a file that names everybody.
    pub(super) fn missing(&mut self, number: usize) {
        self.known.left += number;
    }

    /// Of somebody who was met the file says this.
    pub(super) fn said(&mut self, before: &RosterState, after: Presence, profile: &Profile) {
        let was_at_work = before.said.on(self.ahead, &before.profile) == Presence::Active;
        match self.way(after, profile) {
            // On leave they were before.
            Some(Way::Away) if !was_at_work => {}
            Some(way) if self.is_there(before) => self.known.add(way),
            Some(_) | None => {}
        }
    }

    /// Somebody is new, and the file says this.
    pub(super) fn joins(&mut self, after: Presence, profile: &Profile) {
        self.new.of += 1;
        if let Some(way) = self.way(after, profile) {
            self.new.add(way);
        }
    }

    pub(super) fn finish(self) -> Outgoing {
        let everybody = self.known.of + self.new.of;
        // Files name people who left long ago, too; and in each of them some are to come.
        if self.new.total() * 2 > everybody { self.known.and(self.new) } else { self.known }
    }

    fn is_there(&self, before: &RosterState) -> bool {
        before.said.on(self.ahead, &before.profile) != Presence::Gone
    }

    /// In which way somebody is not at work a week from now; none of whoever is.
    fn way(&self, said: Presence, profile: &Profile) -> Option<Way> {
        match said.on(self.ahead, profile) {
            Presence::Active => None,
            Presence::Away => Some(Way::Away),
            Presence::Gone => {
                let today = said.on(self.today, profile);
                Some(match Membership::on(self.today, said, today, profile) {
                    Membership::Active | Membership::Away => Way::Leaving,
                    Membership::ToCome => Way::ToCome,
                    Membership::Gone | Membership::Unlisted => Way::Left,
                })
            }
        }
    }
}
