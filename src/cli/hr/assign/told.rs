//! What learners are told with an assignment: by whoever asks them, or else by the course.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::super::super::error::Failure;
use super::super::course::undeliverable;
use super::super::grounds::ForLearners;
use super::super::open::Registry;
use super::plan::Plan;
use super::{AssignArguments, parsed};
use crate::course::Course;
use crate::digest::Digest;

/// What is asked for, by its digest.
pub(super) type Contents = BTreeMap<Digest, Arc<Course>>;

/// What whoever asks says.
pub(super) struct Told {
    pub(super) reason: Option<String>,
    pub(super) deliver_to: Option<String>,
}

impl Told {
    pub(super) fn of(arguments: &AssignArguments) -> Result<Self, Failure> {
        let said = |what: ForLearners, text: &Option<String>| {
            text.as_deref().map(|text| what.read(text)).transpose()
        };
        let reason = said(ForLearners::Reason, &arguments.reason)?;
        Ok(Self { reason, deliver_to: said(ForLearners::DeliverTo, &arguments.deliver_to)? })
    }

    /// The content of each version that is asked for. It must say where records go as a learner can be told, if nobody else does; what
    /// rules ask for otherwise is taken out of the plan.
    pub(super) fn contents(&self, plan: &mut Plan, registry: &Registry) -> Result<Contents, Failure> {
        let mut contents = Contents::new();
        let Plan { asked, refused, .. } = plan;
        for asked in asked.iter() {
            let version = &asked.version;
            let Entry::Vacant(place) = contents.entry(version.digest) else { continue };
            if refused.contains_key(&version.course) {
                continue;
            }
            let course = parsed(registry, version)?;
            match undeliverable(&course).filter(|_| self.deliver_to.is_none()) {
                None => {
                    place.insert(course);
                }
                Some(failure) if asked.rule.is_none() => {
                    return Err(failure.hint("say where records go: --deliver-to TEXT"));
                }
                Some(failure) => {
                    let failure = failure
                        .hint("have it mended in its course.ron, the version raised, and add that one: countersign hr course add --help")
                        .hint("or say where the records of all courses go: --deliver-to TEXT");
                    refused.insert(version.course.clone(), failure);
                }
            }
        }
        asked.retain(|asked| contents.contains_key(&asked.version.digest));
        Ok(contents)
    }
}
