//! `Scenario`: a story that branches.

use std::collections::HashMap;

use crate::course::fields::{At, Fields};
use crate::course::kinds::{CHOICE, Rights, check_rights, choice};
use crate::course::source::{did_you_mean, quote};
use crate::course::unique::Unique;
use crate::quiz::question::{Branch, Kind, Step};

/// A step and where it and the `next` of its branches stand.
struct Placed<'t> {
    step: Step,
    at: At<'t>,
    nexts: Vec<Option<At<'t>>>,
}

/// Reads the steps of a scenario.
pub(super) fn read(fields: &Fields<'_>) -> Option<Kind> {
    let steps = fields.required("steps", |at| {
        let (mut steps, mut branches) = (Unique::new("step"), Unique::new("option"));
        let steps = at.list_of(|at| step(at, &mut steps, &mut branches))?;
        if steps.is_empty() {
            return at.wrong("expected at least one step");
        }
        check_ways(&steps).then_some(steps)
    })?;
    Some(Kind::Scenario { steps: steps.into_iter().map(|placed| placed.step).collect() })
}

fn step<'t>(at: At<'t>, steps: &mut Unique, branches: &mut Unique) -> Option<Placed<'t>> {
    let fields = at.group("", &["id", "text", "options"])?;
    let id = fields.required("id", |at| steps.take(at));
    let text = fields.required("text", At::text);
    let options = fields.required("options", |at| {
        let mut texts = Unique::new("option text");
        let options = at.list_of(|at| branch(at, branches, &mut texts))?;
        let rights: Vec<_> = options.iter().map(|(branch, right, _)| (branch.choice.right, *right)).collect();
        check_rights(at, Rights::One, &rights)?;
        Some(options)
    });
    let (mut branches, mut nexts) = (Vec::new(), Vec::new());
    for (branch, _, next) in options? {
        branches.push(branch);
        nexts.push(next);
    }
    Some(Placed { step: Step { id: id?, text: text?, options: branches }, at, nexts })
}

/// The branch, the place of its `right`, its `next`.
fn branch<'t>(at: At<'t>, ids: &mut Unique, texts: &mut Unique) -> Option<(Branch, usize, Option<At<'t>>)> {
    let known: Vec<&str> = CHOICE.iter().copied().chain(["next"]).collect();
    let fields = at.group("", &known)?;
    let choice = choice(&fields, ids, texts);
    let next = fields.optional("next", At::id);
    let right = fields.at("right").map_or(at.start(), At::start);
    Some((Branch { choice: choice?, next: next? }, right, fields.at("next")))
}

/// Whether every `next` names a step, every step can be reached and no way leads back.
fn check_ways(steps: &[Placed<'_>]) -> bool {
    let places: HashMap<&str, usize> =
        steps.iter().enumerate().map(|(place, placed)| (placed.step.id.as_str(), place)).collect();
    let mut good = true;
    let mut ways: Vec<Vec<(usize, At<'_>)>> = Vec::new();
    for placed in steps {
        let mut onward = Vec::new();
        for (branch, at) in placed.step.options.iter().zip(&placed.nexts) {
            let (Some(next), Some(at)) = (&branch.next, at) else { continue };
            if let Some(place) = places.get(next.as_str()) {
                onward.push((*place, *at));
            } else {
                let hint = did_you_mean(next.as_str(), places.keys().copied());
                at.source.fault_with_hint(
                    at.start(),
                    format!("no step is called {}", quote(next.as_str())),
                    hint,
                );
                good = false;
            }
        }
        ways.push(onward);
    }
    let reached = walk_all(&ways, |at, to| {
        let message = format!("this leads back to `{}`, so the story might never end", steps[to].step.id);
        at.source.fault(at.start(), message);
        good = false;
    });
    // A `next` that names nothing would make honest steps look lost.
    if good {
        for (placed, _) in steps.iter().zip(reached).filter(|(_, reached)| !reached) {
            placed.at.source.fault_with_hint(
                placed.at.start(),
                format!("nothing leads to step `{}`", placed.step.id),
                "name it as next of some option; the story begins with the first step".to_owned(),
            );
            good = false;
        }
    }
    good
}

/// Walks from the first step along every way, depth first and with a stack of its own; `back` hears of every way into a
/// step that is being walked. Which steps were reached.
fn walk_all<'t>(ways: &[Vec<(usize, At<'t>)>], mut back: impl FnMut(At<'t>, usize)) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        Open,
        Done,
    }
    let mut states = vec![State::Unseen; ways.len()];
    states[0] = State::Open;
    let mut stack = vec![(0, 0)];
    while let Some((step, next)) = stack.pop() {
        let Some((to, at)) = ways[step].get(next) else {
            states[step] = State::Done;
            continue;
        };
        stack.push((step, next + 1));
        match states[*to] {
            State::Unseen => {
                states[*to] = State::Open;
                stack.push((*to, 0));
            }
            State::Open => back(*at, *to),
            State::Done => {}
        }
    }
    states.into_iter().map(|state| state != State::Unseen).collect()
}
