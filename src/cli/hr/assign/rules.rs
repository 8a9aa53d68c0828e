//! What recurring rules ask for today.

use std::collections::{BTreeMap, BTreeSet};
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
    let mut versions: BTreeMap<&CourseId, Result<Arc<ArchivedCourse>, Failure>> = BTreeMap::new();
    for RuleSet { course, .. } in reckoning.rules {
        versions
            .entry(course)
            .or_insert_with(|| version(course, None, archived.clone(), registry).map(Arc::new));
    }
    let (mut plan, mut lacking) = (Plan::default(), BTreeSet::new());
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
            for (course, (at, rule)) in due {
                let Ok(version) = &versions[course] else {
                    lacking.insert(course);
                    continue;
                };
                plan.asked.push(Asked {
                    number: dossier.number.clone(),
                    profile: roster.profile.clone(),
                    version: Arc::clone(version),
                    // A day is over when it is over where people are.
                    due: environment.calendar.last_moment_of(environment.calendar.day(at)),
                    rule: Some(rule.id),
                });
            }
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    // What nobody is to be asked for needs no version.
    let refused = versions.into_iter().filter(|(course, _)| lacking.contains(course));
    plan.refused = refused.filter_map(|(course, found)| Some((course.clone(), found.err()?))).collect();
    Ok(plan)
}
