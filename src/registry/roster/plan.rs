//! What taking over a roster would change, person by person, before anything is changed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::columns::{Columns, Field};
use super::outgoing::{Outgoing, Tally};
use super::presence::{self, Words};
use super::{Roster, Row};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::registry::change::{PersonChange, RosterImport};
use crate::registry::dossier::{Dossier, RosterState};
use crate::registry::person::{Passage, PersonNumber, Presence, Profile};
use crate::registry::row::Membership;

/// Whether the file names everybody there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Whoever does not stand in it stays as they are.
    Partial,
    /// Whoever does not stand in it has left.
    Complete,
}

/// What taking over a roster would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Sorted by number, each person once.
    pub steps: Vec<Step>,
    /// How many people stay as they are.
    pub unchanged: usize,
    /// How many people are not at work by it who were.
    pub outgoing: Outgoing,
    /// What a person should look at first.
    pub cautions: Vec<Caution>,
}

/// What changes for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What kind of change it is.
    pub kind: Kind,
    /// Where in the file they stand; none for whoever is missing there.
    pub line: Option<usize>,
    /// What changes, field by field; nothing for somebody new.
    pub differences: Vec<Difference>,
    /// What is kept.
    pub change: PersonChange,
    /// How they are counted today.
    pub today: Membership,
}

/// The kinds of change, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// They never stood on a roster.
    Joins,
    /// They had left, and are back.
    Returns,
    /// They stay, and something about them is different.
    Changes,
    /// They have left, or are not in the file that names everybody.
    Leaves,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Joins, Self::Returns, Self::Changes, Self::Leaves];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Joins => "joins",
            Self::Returns => "returns",
            Self::Changes => "changes",
            Self::Leaves => "leaves",
        }
    }
}

/// What is different in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field in a word.
    pub field: &'static str,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// What may be wrong with a file that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// Somebody new has the number of somebody known but for zeros in front, which spreadsheets drop.
    Zeros {
        /// As the file has it.
        new: PersonNumber,
        /// As the registry has it.
        known: PersonNumber,
    },
    /// Somebody new has the number of somebody known but for what the eye hardly sees: capitals, width, accents made of
    /// two signs, invisible signs.
    Alike {
        /// As the file has it.
        new: PersonNumber,
        /// As the registry has it.
        known: PersonNumber,
    },
    /// Two who are new have numbers in the file that look alike.
    Twins {
        /// One of them.
        one: PersonNumber,
        /// The other.
        other: PersonNumber,
    },
    /// So many people would not be at work ([`Outgoing::are_many`]).
    ManyGo(Outgoing),
    /// In rows that cannot be read people may stand who would else seem to be missing, so nobody leaves.
    NobodyLeaves {
        /// How many such rows there are.
        unread: usize,
    },
}

/// Compares a roster with what is known, one person after the other.
#[derive(Debug)]
pub struct Planner<'a> {
    columns: &'a Columns,
    words: &'a Words,
    today: NaiveDate,
    coverage: Coverage,
    /// Those of the file that were not met yet.
    rest: BTreeMap<PersonNumber, Row>,
    /// Those whose rows were refused: they are not missing.
    refused: HashSet<PersonNumber>,
    /// How many rows were refused in which anybody may stand.
    unread: usize,
    /// The numbers of the file by what is left of them when they are only looked at.
    bare: HashMap<String, Vec<PersonNumber>>,
    alike: Vec<(PersonNumber, PersonNumber)>,
    missing: Vec<Step>,
    /// How many of the missing are counted as going.
    missed: usize,
    tally: Tally,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// A planner for `roster`, whose people it takes.
    #[must_use]
    pub fn new(roster: &'a mut Roster, words: &'a Words, coverage: Coverage, today: NaiveDate) -> Self {
        let rest = std::mem::take(&mut roster.people);
        let mut bare: HashMap<String, Vec<PersonNumber>> = HashMap::new();
        for number in rest.keys() {
            bare.entry(number.bare()).or_default().push(number.clone());
        }
        Self {
            columns: &roster.columns,
            words,
            today,
            coverage,
            rest,
            refused: roster.rejects.iter().filter_map(|reject| reject.number.clone()).collect(),
            unread: roster.rejects.iter().filter(|reject| reject.hides_people()).count(),
            bare,
            alike: Vec::new(),
            missing: Vec::new(),
            missed: 0,
            tally: Tally::new(today),
            plan: Plan {
                steps: Vec::new(),
                unchanged: 0,
                outgoing: Outgoing::default(),
                cautions: Vec::new(),
            },
        }
    }

    /// Somebody whom the registry knows. Everybody is to be shown once.
    pub fn meet(&mut self, dossier: Dossier) {
        let Some(before) = dossier.roster else { return };
        let number = dossier.number;
        let alike = self.bare.get(&number.bare()).into_iter().flatten().filter(|new| **new != number);
        self.alike.extend(alike.map(|new| (new.clone(), number.clone())));
        let is_there = self.tally.meet(&before);
        match self.rest.remove(&number) {
            Some(row) => self.compare(number, row, &before),
            None if before.said == Presence::Gone || self.refused.contains(&number) => {
                self.plan.unchanged += 1;
            }
            None => match self.coverage {
                Coverage::Partial => {
                    self.plan.unchanged += 1;
                }
                Coverage::Complete => {
                    let differences = vec![presence_difference(&before, &before.profile, Presence::Gone)];
                    let change = PersonChange { number, profile: before.profile, presence: Presence::Gone };
                    let today = Membership::Gone;
                    self.missed += usize::from(is_there);
                    self.missing.push(Step { kind: Kind::Leaves, line: None, differences, change, today });
                }
            },
        }
    }

    fn compare(&mut self, number: PersonNumber, row: Row, before: &RosterState) {
        let profile = merged(row.profile, &before.profile, self.columns);
        let presence = presence::said(self.today, &profile, self.words, Some(before.said));
        self.tally.said(before, presence, &profile);
        let differences = differences(before, &profile, presence);
        if differences.is_empty() {
            self.plan.unchanged += 1;
            return;
        }
        let kind = match Passage::of(Some(before.said), presence) {
            Passage::Joined => Kind::Returns,
            Passage::Left => Kind::Leaves,
            Passage::None => Kind::Changes,
        };
        let today = Membership::on(self.today, presence, presence.on(self.today, &profile), &profile);
        let change = PersonChange { number, profile, presence };
        self.plan.steps.push(Step { kind, line: Some(row.line), differences, change, today });
    }

    /// The plan, when everybody was met: whoever is left in the file is new.
    #[must_use]
    pub fn finish(mut self) -> Plan {
        let mut plan = self.plan;
        let joining: HashSet<PersonNumber> = self.rest.keys().cloned().collect();
        for (number, row) in self.rest {
            let presence = presence::said(self.today, &row.profile, self.words, None);
            self.tally.joins(presence, &row.profile);
            let today = Membership::said(self.today, presence, &row.profile);
            let change = PersonChange { number, profile: row.profile, presence };
            plan.steps.push(Step {
                kind: Kind::Joins,
                line: Some(row.line),
                differences: Vec::new(),
                change,
                today,
            });
        }
        self.alike.retain(|(new, _)| joining.contains(new));
        plan.cautions.extend(twins(&self.bare, &self.alike, &joining));
        plan.cautions.extend(self.alike.into_iter().map(|(new, known)| {
            if digits(&new) && digits(&known) {
                Caution::Zeros { new, known }
            } else {
                Caution::Alike { new, known }
            }
        }));
        if self.unread > 0 && !self.missing.is_empty() {
            plan.unchanged += self.missing.len();
            plan.cautions.push(Caution::NobodyLeaves { unread: self.unread });
            self.missing.clear();
            self.missed = 0;
        }
        plan.steps.append(&mut self.missing);
        self.tally.missing(self.missed);
        plan.outgoing = self.tally.finish();
        if plan.outgoing.are_many() {
            plan.cautions.push(Caution::ManyGo(plan.outgoing));
        }
        plan.steps.sort_by(|a, b| a.change.number.cmp(&b.change.number));
        plan
    }
}

/// Those of the file who are new and look like one before them who is new as well; who looks like somebody known is asked about
/// anyway.
fn twins(
    bare: &HashMap<String, Vec<PersonNumber>>,
    alike: &[(PersonNumber, PersonNumber)],
    joining: &HashSet<PersonNumber>,
) -> Vec<Caution> {
    let asked: HashSet<&PersonNumber> = alike.iter().map(|(new, _)| new).collect();
    let is_new = |number: &&PersonNumber| joining.contains(*number) && !asked.contains(*number);
    let mut twins: Vec<(&PersonNumber, &PersonNumber)> = Vec::new();
    for numbers in bare.values() {
        let mut new = numbers.iter().filter(is_new);
        if let Some(one) = new.next() {
            twins.extend(new.map(|other| (one, other)));
        }
    }
    twins.sort_unstable();
    twins.into_iter().map(|(one, other)| Caution::Twins { one: one.clone(), other: other.clone() }).collect()
}

impl Plan {
    /// How many people change in this way.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.steps.iter().filter(|step| step.kind == kind).count()
    }

    /// What is to be saved.
    #[must_use]
    pub fn into_import(self, at: Timestamp, file: Digest) -> RosterImport {
        RosterImport { at, file, people: self.steps.into_iter().map(|step| step.change).collect() }
    }
}

/// What the file says, and what was known where it has no column: a list of new addresses takes nobody's department.
fn merged(said: Profile, before: &Profile, columns: &Columns) -> Profile {
    let kept = |field, said: Option<String>, before: &Option<String>| {
        if columns.has(field) { said } else { before.clone() }
    };
    Profile {
        name: said.name,
        email: kept(Field::Email, said.email, &before.email),
        department: kept(Field::Department, said.department, &before.department),
        manager: kept(Field::Manager, said.manager, &before.manager),
        role: kept(Field::Role, said.role, &before.role),
        employment: kept(Field::Employment, said.employment, &before.employment),
        hired: if columns.has(Field::Hired) { said.hired } else { before.hired },
        leaves: if columns.has(Field::Leaves) { said.leaves } else { before.leaves },
        status: kept(Field::Status, said.status, &before.status),
    }
}

/// What is different, field by field.
#[must_use]
pub fn differences(before: &RosterState, after: &Profile, presence: Presence) -> Vec<Difference> {
    let was = &before.profile;
    let name = |profile: &Profile| Some(profile.name.clone());
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let fields = [
        (Field::Name, name(was), name(after)),
        (Field::Email, was.email.clone(), after.email.clone()),
        (Field::Department, was.department.clone(), after.department.clone()),
        (Field::Manager, was.manager.clone(), after.manager.clone()),
        (Field::Role, was.role.clone(), after.role.clone()),
        (Field::Employment, was.employment.clone(), after.employment.clone()),
        (Field::Hired, day(was.hired), day(after.hired)),
        (Field::Leaves, day(was.leaves), day(after.leaves)),
        (Field::Status, was.status.clone(), after.status.clone()),
    ];
    let mut differences: Vec<Difference> = fields
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| Difference { field: field.word(), before, after })
        .collect();
    if before.said != presence {
        differences.push(presence_difference(before, after, presence));
    }
    differences
}

/// As what somebody is counted, in the words that are said of them elsewhere; where these are the same before and after, because
/// a first or last day decides, in those of what the rosters say.
fn presence_difference(before: &RosterState, after: &Profile, presence: Presence) -> Difference {
    let was = Membership::from(before).words();
    let is = Membership::said(before.day, presence, after).words();
    let (was, is) = if was == is { (word_of(before.said), word_of(presence)) } else { (was, is) };
    Difference { field: "counted as", before: Some(was.to_owned()), after: Some(is.to_owned()) }
}

/// The word for what a roster says of somebody, whatever day it is.
#[must_use]
pub fn word_of(presence: Presence) -> &'static str {
    match presence {
        Presence::Active => Membership::Active.words(),
        Presence::Away => Membership::Away.words(),
        Presence::Gone => Membership::Gone.words(),
    }
}

fn digits(number: &PersonNumber) -> bool {
    number.as_str().bytes().all(|byte| byte.is_ascii_digit())
}
