//! `Scenario`: a story that branches.

use std::collections::HashMap;
use std::ops::Range;

use crate::course::fields::{At, Fields, all};
use crate::course::kinds::{Rights, check_rights, choice, right_of};
use crate::course::reference;
use crate::course::rule::Rule;
use crate::course::source::{did_you_mean, quote};
use crate::course::unique::Unique;
use crate::id::OptionId;
use crate::quiz::question::{Branch, Kind, Step};

/// A step as far as it could be read: enough to check where the story goes, even if some text in it is wrong.
struct Placed<'t> {
    at: At<'t>,
    id: Option<OptionId>,
    /// The ways on; nothing if some of them could not be read.
    ways: Option<Vec<Way<'t>>>,
    step: Option<Step>,
}

/// Where an option leads, and where the file says so. `None` is the end of the story.
type Way<'t> = Option<(OptionId, At<'t>)>;

/// Reads the steps of a scenario.
pub(super) fn read(fields: &Fields<'_>) -> Option<Kind> {
    let steps = fields.required("steps", |at| {
        let (mut ids, mut branches) = (Unique::new("step"), Unique::new("option"));
        at.at_least(1, "expected at least one step");
        let placed = at.list_of(|at| Some(step(at, &mut ids, &mut branches)))?;
        let known: Option<Vec<_>> = placed
            .iter()
            .map(|placed| Some((placed.id.as_ref()?.as_str(), placed.at, placed.ways.as_deref()?)))
            .collect();
        let good = known.is_none_or(|steps| check_ways(&steps));
        let steps = all(placed.into_iter().map(|placed| placed.step).collect())?;
        (good && !steps.is_empty()).then_some(steps)
    })?;
    Some(Kind::Scenario { steps })
}

fn step<'t>(at: At<'t>, ids: &mut Unique, branches: &mut Unique) -> Placed<'t> {
    let nothing = Placed { at, id: None, ways: None, step: None };
    let Some(fields) = at.group("", reference::STEP.fields) else { return nothing };
    let id: Option<OptionId> = fields.required("id", |at| ids.take(at));
    let text = fields.required("text", At::markdown);
    let options = fields.required("options", |at| {
        let mut texts = Unique::new("option text");
        at.at_least(2, "expected at least two options");
        let read = at.list_of(|at| Some(branch(at, branches, &mut texts)))?;
        let ways: Option<Vec<Way<'_>>> = read.iter().map(|(way, _)| way.clone()).collect();
        let options = all(read.into_iter().map(|(_, option)| option).collect()).and_then(|options| {
            let rights: Vec<_> =
                options.iter().map(|(branch, right)| (branch.choice.right, right.clone())).collect();
            check_rights(at, Rights::One, &rights)?;
            Some(options.into_iter().map(|(branch, _)| branch).collect())
        });
        Some((ways, options))
    });
    let (ways, options) = options.unwrap_or_default();
    let step = id.clone().zip(text).zip(options).map(|((id, text), options)| Step { id, text, options });
    Placed { at: At { source: at.source, node: at.node }, id, ways, step }
}

/// Where a branch leads, if that could be read; and the branch with the place of its `right`, if nothing is wrong.
fn branch<'t>(
    at: At<'t>,
    ids: &mut Unique,
    texts: &mut Unique,
) -> (Option<Way<'t>>, Option<(Branch, Range<usize>)>) {
    let Some(fields) = at.group("", reference::BRANCH.fields) else { return (None, None) };
    let choice = choice(&fields, ids, texts);
    let next: Option<Option<OptionId>> = fields.optional("next", At::id);
    let way = next.clone().map(|next| next.zip(fields.at("next")));
    let branch = choice.zip(next).map(|(choice, next)| (Branch { choice, next }, right_of(&fields)));
    (way, branch)
}

/// Whether every `next` names a step, every step can be reached and no way leads back.
fn check_ways(steps: &[(&str, At<'_>, &[Way<'_>])]) -> bool {
    let places: HashMap<&str, usize> =
        steps.iter().enumerate().map(|(place, (id, ..))| (*id, place)).collect();
    let mut good = true;
    let mut onward: Vec<Vec<(usize, At<'_>)>> = Vec::new();
    for (_, _, ways) in steps {
        let mut of_step = Vec::new();
        for (next, at) in ways.iter().flatten() {
            if let Some(place) = places.get(next.as_str()) {
                of_step.push((*place, *at));
                continue;
            }
            let guess = || did_you_mean(next.as_str(), places.keys().copied());
            let message = format!("no step is called {}", quote(next.as_str()));
            at.source.fault_with_guess(Rule::DeadStep, at.span(), message, guess);
            good = false;
        }
        onward.push(of_step);
    }
    let reached = walk_all(&onward, |at, to| {
        let message = format!("this leads back to `{}`, so the story might never end", steps[to].0);
        at.source.fault_beside(Rule::EndlessStory, at.span(), message, steps[to].1.span(), "this step");
        good = false;
    });
    // A `next` that names nothing would make honest steps look lost.
    if good {
        for ((id, at, _), _) in steps.iter().zip(reached).filter(|(_, reached)| !reached) {
            at.source.fault_with_hint(
                Rule::LostStep,
                at.span(),
                format!("nothing leads to step `{id}`"),
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
    let mut stack = Vec::new();
    if let Some(first) = states.first_mut() {
        *first = State::Open;
        stack.push((0, 0));
    }
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
