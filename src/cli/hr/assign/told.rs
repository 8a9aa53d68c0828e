//! What learners are told with an assignment: by whoever asks them, or else by the course.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::super::super::error::Failure;
use super::super::grounds::{ForLearners, unfit};
use super::super::open::Registry;
use super::plan::Asked;
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

    /// The content of each version that is asked for. It must say where records go as a learner can be told, if nobody else does.
    pub(super) fn contents(&self, asked: &[Asked], registry: &Registry) -> Result<Contents, Failure> {
        let mut contents = Contents::new();
        for version in asked.iter().map(|asked| &asked.version) {
            if let Entry::Vacant(place) = contents.entry(version.digest) {
                let course = place.insert(parsed(registry, version)?);
                if self.deliver_to.is_none() {
                    require_fit(course)?;
                }
            }
        }
        Ok(contents)
    }
}

/// Refuses to sign for learners what a course says that its author should not.
fn require_fit(course: &Course) -> Result<(), Failure> {
    let Some((words, _)) = unfit(&course.deliver_to) else { return Ok(()) };
    let course = format!("deliver_to of {} {}", course.id, course.version);
    Err(Failure::new(format!("{course} {words}")).hint("say where records go: --deliver-to TEXT"))
}
