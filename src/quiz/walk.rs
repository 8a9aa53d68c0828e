//! A learner's way through a scenario.

use crate::quiz::question::{Branch, Step};

/// How far a learner has come in a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk<'a> {
    /// Every step passed and what was decided there, in the order of the story.
    pub made: Vec<(&'a Step, &'a Branch)>,
    /// Where the learner stands; `None` when the story has ended.
    pub current: Option<&'a Step>,
    /// Whether every choice fitted the step at which it was made. The walk ends before the first that did not.
    pub fits: Fits,
}

/// Whether a list of choices is a way through the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// Every choice was open where it was made.
    Yes,
    /// Some choice was not.
    No,
}

/// Follows the choices (identifiers of branches) from the first step.
#[must_use]
pub fn walk<'a>(steps: &'a [Step], chosen: &[String]) -> Walk<'a> {
    let mut walk = Walk { made: Vec::new(), current: steps.first(), fits: Fits::Yes };
    for choice in chosen {
        let branch = walk.current.and_then(|step| {
            step.options
                .iter()
                .find(|branch| branch.choice.id.as_str() == choice)
                .map(|branch| (step, branch))
        });
        let Some((step, branch)) = branch else {
            walk.fits = Fits::No;
            break;
        };
        walk.made.push((step, branch));
        walk.current = following(steps, branch);
    }
    walk
}

/// The way of somebody who always decides right.
#[must_use]
pub fn model(steps: &[Step]) -> Vec<(&Step, &Branch)> {
    let mut path = Vec::new();
    let mut current = steps.first();
    while let Some(step) = current {
        let Some(branch) = step.options.iter().find(|branch| branch.choice.right) else { break };
        path.push((step, branch));
        // A course without faults has no story that leads back; this function takes any.
        current = if path.len() < steps.len() { following(steps, branch) } else { None };
    }
    path
}

fn following<'a>(steps: &'a [Step], branch: &Branch) -> Option<&'a Step> {
    let next = branch.next.as_ref()?;
    steps.iter().find(|step| step.id == *next)
}
