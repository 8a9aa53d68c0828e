//! What a registry says of all its people together, counted one person at a time.
//!
//! Counted are people at work; those on leave are counted apart, those who left only in what they completed. Memory grows
//! with departments, roles and courses, not with people.

pub mod ageing;
pub mod completions;
pub mod counts;
pub mod hires;
pub mod shortlist;
pub mod span;

use std::collections::BTreeMap;

use super::person::PersonNumber;
use super::row::{Filter, Membership, Row};
use super::status::{Kind, Reckoning};
use super::terms::Treatment;
use crate::clock::{Calendar, Timestamp};
use crate::id::CourseId;
use crate::registry::Dossier;
use ageing::Ageing;
use completions::{Completions, Period};
use counts::{Counts, Groups};
use hires::Hires;
use shortlist::Shortlist;
pub use span::Span;

/// What is asked of a registry.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// By what a status is reckoned, and at which moment.
    pub reckoning: Reckoning<'a>,
    /// Of which courses, departments and roles. Whose rows and which statuses does not matter: everybody is counted.
    pub filter: &'a Filter,
    /// The days over which completions and new hires are counted.
    pub span: Span,
    /// Which day a record was received on. One that came at eleven in the evening belongs to that day, whatever day it
    /// was in UTC.
    pub calendar: Calendar,
    /// The steps in which completions are counted.
    pub period: Period,
    /// How many entries each list has at most.
    pub longest: usize,
}

/// How many people are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Population {
    /// At work: those who must be trained.
    pub active: u64,
    /// On leave.
    pub away: u64,
    /// On the roster, and their first day of work is still to come.
    pub to_come: u64,
    /// Not there any more.
    pub gone: u64,
    /// On no roster, with records.
    pub unlisted: u64,
}

/// What a registry says of all its people together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// When this was so.
    pub at: Timestamp,
    /// The days over which completions and new hires were counted.
    pub span: Span,
    /// The steps in which completions were counted.
    pub period: Period,
    /// How many people are known.
    pub population: Population,
    /// Everybody at work who was asked for anything, once, by the course that presses most.
    pub people: Groups,
    /// People at work who were asked for nothing.
    pub asked_nothing: u64,
    /// People at work of whom no record ever came.
    pub without_record: u64,
    /// Records of people on no roster.
    pub unlisted_records: u64,
    /// Records, of whomever, that waited for somebody's decision.
    pub waiting: u64,
    /// Each course.
    pub courses: BTreeMap<CourseId, CourseSummary>,
    /// People at work whose first day lies in the span.
    pub hired: u64,
    /// What they were first asked for, over all courses.
    pub hires: Hires,
    /// Completions over all courses.
    pub completions: Completions,
    /// Whom to look at.
    pub lists: Lists,
}

/// What a registry says of one course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CourseSummary {
    /// Everybody at work whom the course concerns, once.
    pub people: Groups,
    /// Everybody on leave whom it concerns, once.
    pub away: Counts,
    /// For how long it has been overdue.
    pub overdue: Ageing,
    /// What new hires did.
    pub hires: Hires,
    /// Completions, renewals and those of people who left among them.
    pub completions: Completions,
}

/// Whom to look at, what is most pressing first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// Overdue, the longest first.
    pub overdue: List,
    /// Failed, those with the earliest date first.
    pub failed: List,
    /// Expired, the longest first.
    pub expired: List,
    /// Expiring, the soonest first.
    pub expiring: List,
    /// Excepted, the soonest end first.
    pub waived: List,
    /// At work, and no record of them ever came; by number.
    pub without_record: Shortlist<PersonNumber, Silent>,
}

/// A list of people, cut off where it gets long.
pub type List = Shortlist<(Option<Timestamp>, PersonNumber, CourseId), Entry>;

/// A person on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub number: PersonNumber,
    /// What they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<String>,
    /// Whom to tell.
    pub manager: Option<String>,
    /// Which course.
    pub course: CourseId,
    /// The day that matters: due, or the end of a completion or a waiver.
    pub date: Option<Timestamp>,
    /// Who excepted them, and why.
    pub waiver: Option<Grounds>,
}

/// Somebody of whom no record ever came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// Who.
    pub number: PersonNumber,
    /// What they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<String>,
    /// Whom to tell.
    pub manager: Option<String>,
}

/// Why somebody is excepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// Who approved it.
    pub approver: String,
    /// Why.
    pub reason: String,
}

impl Summary {
    /// What is overdue over all courses, by how long.
    #[must_use]
    pub fn overdue(&self, age: ageing::Age) -> u64 {
        self.courses.values().map(|course| course.overdue.of(age)).sum()
    }
}

impl Lists {
    fn new(longest: usize) -> Self {
        let list = || Shortlist::new(longest);
        Self {
            overdue: list(),
            failed: list(),
            expired: list(),
            expiring: list(),
            waived: list(),
            without_record: Shortlist::new(longest),
        }
    }

    fn add(&mut self, row: &Row<'_>) {
        let list = match row.status.kind() {
            Kind::Overdue => &mut self.overdue,
            Kind::Failed => &mut self.failed,
            Kind::Expired => &mut self.expired,
            Kind::Expiring => &mut self.expiring,
            Kind::Waived => &mut self.waived,
            Kind::Complete | Kind::InProgressUnknown | Kind::NotStarted => return,
        };
        let key = (row.status.date(), row.dossier.number.clone(), row.course.clone());
        list.add(key, || entry(row));
    }
}

fn entry(row: &Row<'_>) -> Entry {
    let profile = row.dossier.roster.as_ref().map(|roster| &roster.profile);
    Entry {
        number: row.dossier.number.clone(),
        name: row.name().to_owned(),
        department: profile.and_then(|profile| profile.department.clone()),
        manager: profile.and_then(|profile| profile.manager.clone()),
        course: row.course.clone(),
        date: row.status.date(),
        waiver: row
            .waiver()
            .map(|waiver| Grounds { approver: waiver.approver.clone(), reason: waiver.reason.clone() }),
    }
}

/// Counts people.
#[derive(Debug)]
pub struct Tally<'a> {
    question: Question<'a>,
    everybody: Filter,
    summary: Summary,
}

impl<'a> Tally<'a> {
    /// Nobody is counted yet.
    #[must_use]
    pub fn new(question: Question<'a>) -> Self {
        let summary = Summary {
            at: question.reckoning.at,
            span: question.span,
            period: question.period,
            population: Population::default(),
            people: Groups::default(),
            asked_nothing: 0,
            without_record: 0,
            unlisted_records: 0,
            waiting: 0,
            courses: BTreeMap::new(),
            hired: 0,
            hires: Hires::default(),
            completions: Completions::default(),
            lists: Lists::new(question.longest),
        };
        let everybody =
            Filter { whose: super::row::Whose::Everybody, kinds: Vec::new(), ..question.filter.clone() };
        Self { question, everybody, summary }
    }

    /// Counts a person; each once.
    pub fn add(&mut self, dossier: &Dossier) {
        if !self.everybody.takes_group(dossier) {
            return;
        }
        self.count_records(dossier);
        match Membership::of(dossier) {
            Membership::Active => {
                self.summary.population.active += 1;
                self.count_active(dossier);
            }
            Membership::Away => {
                self.summary.population.away += 1;
                for row in self.everybody.rows(dossier, &self.question.reckoning) {
                    let course = self.summary.courses.entry(row.course).or_default();
                    course.away.add(row.status.kind());
                }
            }
            Membership::ToCome => self.summary.population.to_come += 1,
            Membership::Gone => self.summary.population.gone += 1,
            Membership::Unlisted => {
                let records = dossier.records.iter();
                let records = records.filter(|record| self.everybody.takes_course(&record.course)).count();
                self.summary.population.unlisted += u64::from(records > 0);
                self.summary.unlisted_records += records as u64;
            }
        }
    }

    /// The whole.
    #[must_use]
    pub fn finish(self) -> Summary {
        let mut summary = self.summary;
        for course in summary.courses.values() {
            summary.hires.add_all(&course.hires);
        }
        summary
    }

    fn count_active(&mut self, dossier: &Dossier) {
        let Some(roster) = &dossier.roster else { return };
        let (reckoning, summary) = (&self.question.reckoning, &mut self.summary);
        let is_new = roster.profile.hired.is_some_and(|hired| self.question.span.contains(hired));
        summary.hired += u64::from(is_new);
        if !dossier.records.iter().any(|record| self.everybody.takes_course(&record.course)) {
            summary.without_record += 1;
            summary.lists.without_record.add(dossier.number.clone(), || Silent {
                number: dossier.number.clone(),
                name: roster.profile.name.clone(),
                department: roster.profile.department.clone(),
                manager: roster.profile.manager.clone(),
            });
        }
        let mut pressing: Option<Kind> = None;
        for row in self.everybody.rows(dossier, reckoning) {
            let kind = row.status.kind();
            summary.lists.add(&row);
            if pressing.is_none_or(|other| other.urgency() < kind.urgency()) {
                pressing = Some(kind);
            }
            let due = row.status.date();
            let course = match summary.courses.get_mut(&row.course) {
                Some(course) => course,
                None => summary.courses.entry(row.course.clone()).or_default(),
            };
            course.people.add(&roster.profile, kind);
            if let (Kind::Overdue, Some(due)) = (kind, due) {
                course.overdue.add(due, reckoning.at);
            }
            if is_new {
                course.hires.add(reckoning, dossier, &row.course, kind);
            }
        }
        match pressing {
            Some(kind) => summary.people.add(&roster.profile, kind),
            None => summary.asked_nothing += 1,
        }
    }

    fn count_records(&mut self, dossier: &Dossier) {
        let at = self.question.reckoning.at;
        let (span, period) = (self.question.span, self.question.period);
        let records = dossier.records.iter().filter(|record| record.received_at <= at);
        for record in records.filter(|record| self.everybody.takes_course(&record.course)) {
            let waits = record.treatment == Treatment::Review && record.decision.is_none();
            self.summary.waiting += u64::from(waits);
            let day = self.question.calendar.day(record.received_at);
            if record.passed && record.counts() && span.contains(day) {
                let start = period.start(day);
                self.summary.completions.add(start);
                let course = self.summary.courses.entry(record.course.clone()).or_default();
                course.completions.add(start);
            }
        }
    }
}

#[cfg(test)]
mod tests;
