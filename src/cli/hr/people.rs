//! Everybody in a registry with how they stand, as it was known at a moment.

use std::collections::BTreeMap;

use clap::Args;

use super::super::error::Failure;
use super::super::printer::Printer;
use super::census::{Groups, Stranger};
use super::dates::AsOf;
use super::open::of_store;
use crate::clock::Timestamp;
use crate::course;
use crate::digest::Digest;
use crate::id::CourseId;
use crate::record::verdict::{Outlived, Reading};
use crate::registry::Dossier;
use crate::registry::change::{RuleSet, Trigger};
use crate::registry::dossier::RecordState;
use crate::registry::policy::{self, Approved};
use crate::registry::row::Filter;
use crate::registry::status::Reckoning;
use crate::registry::terms::Level;
use crate::store::StoreError;
use crate::store::registry::{ArchivedCourse, RegistryStore, Waiting};

/// Says what comes first, when no roster was imported by then. Into a day that was named nothing brings people any more.
pub(super) fn mention_no_roster(
    store: &dyn RegistryStore,
    at: Timestamp,
    named: Option<AsOf>,
    printer: Printer,
) -> Result<(), Failure> {
    let is_known_at = |at| store.on_the_roster(at).map(|known| known.is_some());
    if !is_known_at(at).map_err(|error| of_store(&error))? {
        // Under a clock that is behind there may be one that is not seen.
        let is_known = is_known_at(Timestamp::LAST).map_err(|error| of_store(&error))?;
        printer.advise(if named.is_some() || is_known {
            "no roster was imported by then"
        } else {
            "no roster was imported yet: countersign hr roster import FILE.csv"
        });
    }
    Ok(())
}

/// Within how many days a completion that ends is expiring, unless it is said.
pub(super) const EXPIRING_DAYS: u32 = 30;

/// Of whom, and when.
#[derive(Debug, Args)]
pub(super) struct PeopleArguments {
    /// As it was known at the end of a day, or at a time in UTC; else now
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<AsOf>,
    /// Only this course; may be repeated
    #[arg(long, value_name = "ID")]
    pub(super) course: Vec<CourseId>,
    /// Only people of this department, whatever the case and the accents; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) department: Vec<String>,
    /// Only people with this role, whatever the case and the accents; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) role: Vec<String>,
    /// Within how many days a completion that ends counts as expiring
    #[arg(long, value_name = "DAYS", default_value_t = EXPIRING_DAYS)]
    pub(super) expiring: u32,
}

impl PeopleArguments {
    /// The people and courses that are meant.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            courses: self.course.clone(),
            departments: self.department.clone().into(),
            roles: self.role.clone().into(),
            ..Filter::default()
        }
    }
}

/// Listens for the departments and roles of everybody who passes, where some were named: a slip there would show nothing,
/// without a word.
#[derive(Debug)]
pub(super) struct Listener<'a> {
    departments: &'a [String],
    roles: &'a [String],
    heard: Groups,
}

impl<'a> Listener<'a> {
    /// Somebody named these.
    pub(super) fn new(departments: &'a [String], roles: &'a [String]) -> Self {
        Self { departments, roles, heard: Groups::default() }
    }

    /// Somebody passes.
    pub(super) fn meet(&mut self, dossier: &Dossier) {
        if !(self.departments.is_empty() && self.roles.is_empty()) {
            self.heard.meet(dossier);
        }
    }

    /// Says what nobody had who passed.
    pub(super) fn mention_strangers(&self, printer: Printer) {
        for Stranger { message, hint } in self.heard.strangers(self.departments, self.roles) {
            printer.talk(&format!("note: {message}: {hint}"));
        }
    }
}

/// By what a status is reckoned.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    /// What each course is called, by the version that was added last.
    pub(super) titles: BTreeMap<CourseId, String>,
    validity_days: BTreeMap<Digest, u32>,
    rules: Vec<RuleSet>,
    policies: BTreeMap<CourseId, Timestamp>,
}

impl Basis {
    /// Everything that was known at `at`.
    pub(super) fn load(store: &dyn RegistryStore, at: Timestamp) -> Result<Self, Failure> {
        let told = |error: StoreError| of_store(&error);
        let courses = store.courses(at).map_err(told)?;
        let rules = store.rules(at).map_err(told)?;
        let policies = policies(store, &courses, &rules).map_err(told)?;
        let titles = courses.iter().map(|version| (version.course.clone(), version.title.clone())).collect();
        let validity_days = courses.iter().map(|version| (version.digest, version.validity_days)).collect();
        Ok(Self { titles, validity_days, rules, policies })
    }

    /// Whether a record came when a completion on the day it was signed would have been over. Nothing is said of a version
    /// that is not here.
    pub(super) fn outlived(&self, record: &RecordState) -> Option<Outlived> {
        self.outlived_by(&record.version, record.signed_at, record.received_at)
    }

    /// What is said at levels of a record that waits: what was said at receipt, and that it is an old one also when the version
    /// that says so came after it.
    pub(super) fn reasons_by_now(&self, waiting: &Waiting, reading: &Reading) -> Vec<(Level, String)> {
        let mut reasons = waiting.reasons.clone();
        let outlived = reading.record().and_then(|record| {
            self.outlived_by(&record.claims.course.digest, record.created, waiting.received_at)
        });
        let doubt = outlived.map(|outlived| (Level::Time, outlived.doubt()));
        reasons.extend(doubt.filter(|doubt| !waiting.reasons.contains(doubt)));
        reasons
    }

    fn outlived_by(&self, version: &Digest, signed: Timestamp, received: Timestamp) -> Option<Outlived> {
        Outlived::of(signed, received, *self.validity_days.get(version)?)
    }

    /// How long the longest identifier of a course is.
    pub(super) fn longest_course(&self) -> usize {
        self.titles.keys().map(|course| course.as_str().len()).max().unwrap_or_default()
    }

    /// What statuses are reckoned by.
    pub(super) fn reckoning(&self, at: Timestamp, expiring_days: u32) -> Reckoning<'_> {
        Reckoning {
            at,
            validity_days: &self.validity_days,
            rules: &self.rules,
            policies: &self.policies,
            expiring_days,
        }
    }

    /// What a course is called; its id where no version of it is in the archive.
    pub(super) fn title<'a>(&'a self, course: &'a CourseId) -> &'a str {
        self.titles.get(course).map_or(course.as_str(), String::as_str)
    }

    /// Says of courses that were named and are not in the archive that they are not: nothing would be shown of them.
    pub(super) fn mention_unknown(&self, named: &[CourseId], printer: Printer) {
        for course in named.iter().filter(|course| !self.titles.contains_key(*course)) {
            let known: Vec<&str> = self.titles.keys().map(CourseId::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            printer.talk(&format!("note: no course {course} is in the registry; it has: {known}"));
        }
    }
}

/// When the last version with another policy was approved, for courses that a rule about policies is for.
fn policies(
    store: &dyn RegistryStore,
    courses: &[ArchivedCourse],
    rules: &[RuleSet],
) -> Result<BTreeMap<CourseId, Timestamp>, StoreError> {
    let asked = |course: &CourseId| {
        rules.iter().any(|rule| rule.course == *course && matches!(rule.trigger, Trigger::OnNewPolicy { .. }))
    };
    let mut approved = Vec::new();
    for version in courses.iter().filter(|version| asked(&version.course)) {
        let Some(at) = version.approved_at else { continue };
        // What cannot be read any more is said by hr collect and hr log verify; a status need not fail of it.
        let parsed = store.course_files(&version.digest)?.map(course::parse);
        let Some(Ok(parsed)) = parsed else { continue };
        let policy = parsed.policy.as_ref().map(|policy| policy.lesson.digest);
        approved.push(Approved { course: version.course.clone(), policy, at });
    }
    Ok(policy::changes(approved))
}

/// Shows everybody as known at `at`, sorted by number, one at a time.
pub(super) fn each(
    store: &dyn RegistryStore,
    at: Timestamp,
    mut visit: impl FnMut(&Dossier) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut stopped = None;
    let visited = store.dossiers(at, &mut |dossier| {
        visit(&dossier).map_err(|failure| {
            stopped = Some(failure);
            StoreError::Stopped
        })
    });
    match stopped {
        Some(failure) => Err(failure),
        None => visited.map_err(|error| of_store(&error)),
    }
}
