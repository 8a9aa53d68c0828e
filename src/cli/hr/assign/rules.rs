//! What recurring rules ask for today.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::course::archive;
use super::super::open::{Registry, of_store};
use super::super::people::Basis;
use super::plan::{Asked, Plan};
use super::version;
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::registry::assign::asked;
use crate::registry::change::RuleSet;
use crate::store::registry::ArchivedCourse;

/// Whom recurring rules ask, each for a course once: where several rules do, by the earliest date.
pub(super) fn plan(registry: &Registry, environment: &Environment, now: Timestamp) -> Result<Plan, Failure> {
    let basis = Basis::load(registry.store(), now)?;
    // Nothing is asked for by when a completion is said to be expiring.
    let reckoning = basis.reckoning(now, 0);
    let archived = archive(registry)?;
    let mut versions: BTreeMap<&CourseId, Arc<ArchivedCourse>> = BTreeMap::new();
    for rule in reckoning.rules {
        if !versions.contains_key(&rule.course) {
            versions.insert(&rule.course, Arc::new(version(&rule.course, None, archived.clone())?));
        }
    }
    let mut plan = Plan::default();
    registry
        .store()
        .dossiers(now, &mut |dossier| {
            let mut due: BTreeMap<&CourseId, (Timestamp, &RuleSet)> = BTreeMap::new();
            for rule in reckoning.rules {
                let Some(at) = asked(rule, &dossier, &reckoning) else { continue };
                let earliest = due.entry(&rule.course).or_insert((at, rule));
                if at < earliest.0 {
                    *earliest = (at, rule);
                }
            }
            let Some(roster) = &dossier.roster else { return Ok(()) };
            plan.asked.extend(due.into_iter().map(|(course, (at, rule))| Asked {
                number: dossier.number.clone(),
                profile: roster.profile.clone(),
                version: Arc::clone(&versions[course]),
                // A day is over when it is over where people are.
                due: environment.calendar.last_moment_of(environment.calendar.day(at)),
                rule: Some(rule.id),
            }));
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    Ok(plan)
}
