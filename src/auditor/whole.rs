//! Whether anybody is missing from a pack, as far as its log can tell, and what only the people in it can answer.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::Building;
use super::fault::Fault;
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::log::Pseudonym;
use crate::record::{Assignment, file_name};
use crate::registry::claimant::is_same_name;
use crate::registry::dossier::Dossier;
use crate::registry::evidence::{Chosen, EXPIRING_DAYS, Listing, Row, end_of};

impl Building<'_> {
    /// The period and the moment of the statuses belong together, and with the last entry of the log.
    pub(super) fn period(&mut self, last: Option<Timestamp>) {
        let (from, to, as_of) = (self.facts.from, self.facts.to, self.facts.as_of);
        if from > to || self.begin() > as_of || as_of > end_of(to) {
            let words = Fault::within(
                "pack.json",
                format!("{as_of}, for which everybody's status is told, is not in the period {from} to {to}"),
            );
            self.faults.push(words);
        }
        // Made before the period was over, a pack is of the moment at which it was made.
        if let Some(last) = last.filter(|last| as_of < end_of(to) && *last > as_of) {
            let words = format!(
                "status is told for {as_of}, before the end of the period on {to}, and the log has an entry of {last}: it is the moment at \
                 which the pack was made, or the last of another period"
            );
            self.faults.push(Fault::within("pack.json", words));
        }
        let days = self.facts.expiring_days;
        if days != EXPIRING_DAYS {
            self.faults.push(Fault::within(
                "pack.json",
                format!(
                    "{days} days before its end a completion is called expiring, and in packs {EXPIRING_DAYS}"
                ),
            ));
        }
    }

    /// Everybody is there once, and as many are on the roster as the log says.
    pub(super) fn whole(&mut self, people: &[Row]) {
        if self.unsure.is_list_otherwise() {
            return;
        }
        let mut known = BTreeSet::new();
        for row in people {
            if !known.insert(row.pseudonym) {
                self.faults.push(Fault::within(
                    "population.csv",
                    format!("{} is somebody else in the log, too", row.number),
                ));
            }
        }
        let here = people
            .iter()
            .filter(|row| row.roster.as_ref().is_some_and(|listed| listed.listing.is_on_roster()));
        let here = here.count() as u64;
        // Of whoever was erased after that moment nobody can tell whether they stood on it.
        let since = self.log.erased.values().filter(|at| **at > self.facts.as_of).count() as u64;
        if let Some((_, total)) = self.log.on_the_roster
            && !(total.saturating_sub(since)..=total).contains(&here)
        {
            self.faults.push(Fault::within(
                "population.csv",
                format!("{here} are on the roster, and the log says {total}"),
            ));
        }
        self.first_seen(people);
    }

    /// Whoever is new came with a roster, and no more of them than it changed something for.
    fn first_seen(&mut self, people: &[Row]) {
        let mut left: BTreeMap<Timestamp, u64> = BTreeMap::new();
        for taken in &self.log.rosters {
            let people = left.entry(taken.at).or_default();
            *people = people.saturating_add(taken.people);
        }
        for row in people {
            let Some(first) = row.roster.as_ref().map(|listed| listed.first_seen) else { continue };
            if !self.unsure.is_compared(row.number.as_str(), "first seen") {
                continue;
            }
            match left.get_mut(&first) {
                Some(more) if *more > 0 => *more -= 1,
                Some(_) => self.faults.push(Fault::within(
                    "population.csv",
                    format!(
                        "{}: first seen is {first:?}, and the roster of then named fewer people",
                        row.number,
                        first = first.to_string()
                    ),
                )),
                None => self.faults.push(Fault::within(
                    "population.csv",
                    format!(
                        "{}: first seen is {first:?}, and the log has no roster of then",
                        row.number,
                        first = first.to_string()
                    ),
                )),
            }
        }
        let others = left.values().fold(0_u64, |sum, more| sum.saturating_add(*more));
        if self.facts.left_out as u64 > others {
            let number = self.facts.left_out;
            self.faults.push(Fault::within(
                "pack.json",
                format!("leftOut: by the log rosters named fewer than {number} other people"),
            ));
        }
    }

    /// Nobody of whom the log has entries about the course is missing, and whoever left is in the table or left out.
    pub(super) fn left_out(&mut self, people: &[Row], left_out: &[Pseudonym]) {
        if left_out.len() > self.facts.left_out
            || left_out.iter().collect::<BTreeSet<_>>().len() != left_out.len()
        {
            let words = format!("has more people than the {} who are left out", self.facts.left_out);
            self.faults.push(Fault::of("log/left-out.txt", words));
        }
        let left_out: BTreeSet<Pseudonym> = left_out.iter().copied().collect();
        let known: BTreeSet<Pseudonym> = people.iter().filter_map(|row| row.pseudonym).collect();
        let mut faults = Vec::new();
        // Whoever has no row of theirs, which is told, is missing.
        let missing = self.missing(&known, &left_out).filter(|_| !self.unsure.is_list_otherwise());
        for (pseudonym, dossier) in missing {
            let asked = dossier
                .assignments
                .last()
                .map(|asked| format!(", asked at {}", asked.at))
                .unwrap_or_default();
            faults.push(Fault::within(
                "population.csv",
                format!("somebody whom the log names {} is missing{asked}", pseudonym.digest()),
            ));
        }
        for pseudonym in &left_out {
            if !self.log.people.contains_key(pseudonym) || known.contains(pseudonym) {
                let digest = pseudonym.digest();
                faults.push(Fault::within(
                    "log/left-out.txt",
                    format!("{digest} is in population.csv, or nobody in the log"),
                ));
            }
        }
        self.faults.extend(faults);
        if !self.unsure.is_list_otherwise() {
            self.gone(people);
        }
    }

    /// Whom the log has entries about, and no row is of: neither erased, nor left before the period.
    pub(super) fn missing(
        &self,
        known: &BTreeSet<Pseudonym>,
        left_out: &BTreeSet<Pseudonym>,
    ) -> impl Iterator<Item = (&Pseudonym, &Dossier)> {
        let begin = self.begin();
        self.log.people.iter().filter(move |(pseudonym, dossier)| {
            // Whoever had left before the period was neither asked nor excepted in it, and sent nothing.
            let came = || dossier.last_about(&self.facts.course).is_some_and(|at| at >= begin);
            let is_away =
                self.log.erased.contains_key(pseudonym) || (left_out.contains(pseudonym) && !came());
            !known.contains(pseudonym) && !is_away
        })
    }

    /// Rosters say how many left. When somebody had left by the last day of work that a roster names, it does not say.
    fn gone(&mut self, people: &[Row]) {
        let listings = || people.iter().filter_map(|row| row.roster.as_ref()).map(|listed| listed.listing);
        let off = listings().filter(|listing| !listing.is_on_roster()).count();
        let gone = self.log.least_gone(Timestamp::EPOCH);
        if ((off + self.facts.left_out) as u64) < gone {
            self.faults.push(Fault::within(
                "population.csv",
                format!(
                    "{off} have left, and {} more are left out, and by the log {gone} or more have left",
                    self.facts.left_out
                ),
            ));
        }
        let (said, since) =
            (listings().filter(|listing| *listing == Listing::Left).count() as u64, self.facts.from);
        let gone = self.log.least_gone(self.begin());
        if said < gone {
            self.questions.push(format!(
                "by the log {gone} people or more left since {since} and are not back, and population.csv has {said} who left in the \
                 period: ask who the others are, and what shows that their last day of work was before {since}"
            ));
        }
    }

    /// Whether people are called in the table as in what was signed for them or by them. A name changes when people marry, so
    /// another one is no fault; but what HR signed for somebody does not vouch for a record that a stranger signed.
    pub(super) fn names(&mut self, people: &[Row], chosen: &[Chosen]) {
        let mut asked: BTreeMap<&str, Vec<&Assignment>> = BTreeMap::new();
        for read in self.contents.assignments.values() {
            asked.entry(&read.claims.person.number).or_default().push(read);
        }
        for chosen in chosen {
            let number = &chosen.number;
            let row = people.binary_search_by(|row| row.number.cmp(number)).ok().map(|place| &people[place]);
            let Some(listed) = row.and_then(|row| row.roster.as_ref()) else { continue };
            let mut asked: Vec<Signed> = asked
                .get(number.as_str())
                .into_iter()
                .flatten()
                .map(|read| Signed::assignment(read, &self.facts.course))
                .collect();
            asked.sort();
            let records = chosen.records.iter().filter_map(|exhibit| {
                let name = self.contents.claims(&exhibit.state.digest)?.person.name.clone();
                Some(Signed { path: format!("records/{}", exhibit.file), name })
            });
            let unlike = otherwise(&listed.name, asked, records.collect());
            self.questions.extend(unlike.into_iter().map(|Signed { path, name }| {
                format!(
                    "population.csv: {number}: name is {:?}, and {path} says {name:?}: is that one person?",
                    listed.name
                )
            }));
        }
    }
}

/// What was signed, and how it calls the person whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signed {
    path: String,
    name: String,
}

impl Signed {
    fn assignment(read: &Assignment, course: &CourseId) -> Self {
        let person = &read.claims.person;
        let file = file_name::assignment(&person.number, course, read.created, &read.digest);
        Self { path: format!("assignments/{file}"), name: person.name.clone() }
    }
}

/// What to ask about: each record whose name is neither the one on the roster nor one by which HR asked that person; and when all
/// the others call them otherwise than the roster, the last of those.
fn otherwise(listed: &str, asked: Vec<Signed>, records: Vec<Signed>) -> Vec<Signed> {
    let is_listed = |signed: &Signed| is_same_name(&signed.name, listed);
    let is_vouched_for = |record: &Signed| {
        is_listed(record) || asked.iter().any(|asked| is_same_name(&asked.name, &record.name))
    };
    let (vouched_for, mut unlike): (Vec<_>, Vec<_>) = records.into_iter().partition(is_vouched_for);
    let known: Vec<Signed> = asked.into_iter().chain(vouched_for).collect();
    if !known.iter().any(is_listed) {
        unlike.extend(known.into_iter().next_back());
    }
    unlike
}
