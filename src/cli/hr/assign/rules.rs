//! What recurring rules ask for today.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::super::environment::Environment;
use super::super::super::error::Failure;
use super::super::course::archive;
use super::super::open::{Registry, of_store};
use super::super::rule;
use super::{Asked, Plan, parsed, version};
use crate::clock::Timestamp;
use crate::id::CourseId;
use crate::registry::assign::asked;
use crate::registry::change::RuleSet;
use crate::registry::policy::{self, Approved};
use crate::registry::status::Reckoning;
use crate::store::registry::ArchivedCourse;

/// Whom recurring rules ask, each for a course once: where several rules do, by the earliest date.
pub(super) fn plan(registry: &Registry, environment: &Environment, now: Timestamp) -> Result<Plan, Failure> {
    let rules = rule::rules(registry)?;
    let archived = archive(registry)?;
    let mut versions: BTreeMap<&CourseId, Arc<ArchivedCourse>> = BTreeMap::new();
    for rule in &rules {
        if !versions.contains_key(&rule.course) {
            versions.insert(&rule.course, Arc::new(version(&rule.course, None, archived.clone())?));
        }
    }
    let policies = policies(registry, &archived)?;
    let validity_days = archived.iter().map(|version| (version.digest, version.validity_days)).collect();
    let reckoning = Reckoning {
        at: now,
        validity_days: &validity_days,
        rules: &rules,
        policies: &policies,
        expiring_days: 0,
    };
    let mut plan = Plan::default();
    registry
        .store()
        .dossiers(now, &mut |dossier| {
            let mut due: BTreeMap<&CourseId, (Timestamp, &RuleSet)> = BTreeMap::new();
            for rule in &rules {
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
                due: environment.end_of(environment.day_of(at)),
                rule: Some(rule.id),
            }));
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    Ok(plan)
}

/// When the last version with another policy was approved.
fn policies(
    registry: &Registry,
    archived: &[ArchivedCourse],
) -> Result<BTreeMap<CourseId, Timestamp>, Failure> {
    let mut approved = Vec::new();
    for version in archived {
        if let Some(at) = version.approved_at {
            let policy = parsed(registry, version)?.policy.as_ref().map(|policy| policy.lesson.digest);
            approved.push(Approved { course: version.course.clone(), policy, at });
        }
    }
    Ok(policy::changes(approved))
}
