//! What would have been right, and what to say about each part of an answer.

use crate::quiz::mark::{choice, gap_is_right, pair_is_right};
use crate::quiz::question::{Gap, GapKind, Kind, Question, TextKey};
use crate::quiz::response::Response;
use crate::quiz::walk;

/// The right response, in the shape that a learner's has. Of several accepted texts it is the first as the trainer
/// wrote it, `*` included.
#[must_use]
pub fn key(question: &Question) -> Response {
    match &question.kind {
        Kind::Single { options } => {
            let right = options.iter().find(|option| option.right);
            Response::Text(right.map(|option| option.id.to_string()).unwrap_or_default())
        }
        Kind::Multiple { options } => {
            let mut right: Vec<String> =
                options.iter().filter(|option| option.right).map(|option| option.id.to_string()).collect();
            right.sort_unstable();
            Response::List(right)
        }
        Kind::TrueFalse { answer } => Response::Text(answer.to_string()),
        Kind::Match { pairs, .. } => {
            Response::Map(pairs.iter().map(|pair| (pair.id.to_string(), pair.id.to_string())).collect())
        }
        Kind::Order { items, .. } => Response::List(items.iter().map(|item| item.id.to_string()).collect()),
        Kind::Number(key) => Response::Text(key.answer.to_string()),
        Kind::Text(key) => Response::Text(first_accepted(key)),
        Kind::Cloze { gaps, .. } => {
            Response::Map(gaps.iter().map(|gap| (gap.id.to_string(), gap_key(gap))).collect())
        }
        Kind::Scenario { steps } => Response::List(
            walk::model(steps).iter().map(|(_, branch)| branch.choice.id.to_string()).collect(),
        ),
    }
}

/// The response as records keep it: the ticks of a `Multiple` sorted and each once, everything else as it is.
#[must_use]
pub fn tidy(question: &Question, response: Response) -> Response {
    match (&question.kind, response) {
        (Kind::Multiple { .. }, Response::List(mut ids)) => {
            ids.sort_unstable();
            ids.dedup();
            Response::List(ids)
        }
        (_, response) => response,
    }
}

/// Whether one part of the response is right: a ticked or unticked option, the chosen option, a pair, an item at its
/// place, a gap, a step of the story that was passed. `None` when the question has no such part, or the learner said
/// nothing about it.
#[must_use]
pub fn part_is_right(question: &Question, response: &Response, part: &str) -> Option<bool> {
    match (&question.kind, response) {
        (Kind::Single { options }, Response::Text(id)) => {
            choice(options, part).filter(|option| option.id.as_str() == id).map(|option| option.right)
        }
        (Kind::Multiple { options }, Response::List(ids)) => {
            choice(options, part).map(|option| option.right == ids.iter().any(|id| id == option.id.as_str()))
        }
        (Kind::TrueFalse { answer }, Response::Text(id)) => {
            (part == id && matches!(part, "true" | "false")).then(|| part == answer.to_string())
        }
        (Kind::Match { pairs, .. }, Response::Map(map)) if map.contains_key(part) => {
            pairs.iter().find(|pair| pair.id.as_str() == part).map(|pair| pair_is_right(pair, map))
        }
        (Kind::Order { items, .. }, Response::List(ids)) => {
            let place = ids.iter().position(|id| id == part)?;
            items.iter().position(|item| item.id.as_str() == part).map(|right| right == place)
        }
        (Kind::Cloze { gaps, .. }, Response::Map(map)) if map.contains_key(part) => {
            gaps.iter().find(|gap| gap.id.as_str() == part).map(|gap| gap_is_right(gap, map))
        }
        (Kind::Scenario { steps }, Response::List(ids)) => {
            let made = walk::walk(steps, ids).made;
            made.iter().find(|(step, _)| step.id.as_str() == part).map(|(_, branch)| branch.choice.right)
        }
        (
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Cloze { .. }
            | Kind::Scenario { .. },
            _,
        ) => None,
    }
}

/// The feedback (Markdown) of every option that was chosen, in the order of the question or the story.
#[must_use]
pub fn feedback<'a>(question: &'a Question, response: &Response) -> Vec<&'a str> {
    match (&question.kind, response) {
        (Kind::Single { options }, Response::Text(id)) => {
            choice(options, id).and_then(|option| option.feedback.as_deref()).into_iter().collect()
        }
        (Kind::Multiple { options }, Response::List(ids)) => {
            let ticked = options.iter().filter(|option| ids.iter().any(|id| id == option.id.as_str()));
            ticked.filter_map(|option| option.feedback.as_deref()).collect()
        }
        (Kind::Cloze { gaps, .. }, Response::Map(map)) => {
            let chosen = gaps.iter().filter_map(|gap| match &gap.kind {
                GapKind::Choice(options) => choice(options, map.get(gap.id.as_str())?),
                GapKind::Text(_) | GapKind::Number(_) => None,
            });
            chosen.filter_map(|option| option.feedback.as_deref()).collect()
        }
        (Kind::Scenario { steps }, Response::List(ids)) => {
            let made = walk::walk(steps, ids).made;
            made.into_iter().filter_map(|(_, branch)| branch.choice.feedback.as_deref()).collect()
        }
        (
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Cloze { .. }
            | Kind::Scenario { .. },
            _,
        ) => Vec::new(),
    }
}

fn first_accepted(key: &TextKey) -> String {
    key.accepted.first().cloned().unwrap_or_default()
}

fn gap_key(gap: &Gap) -> String {
    match &gap.kind {
        GapKind::Choice(options) => {
            options.iter().find(|option| option.right).map(|option| option.id.to_string()).unwrap_or_default()
        }
        GapKind::Text(key) => first_accepted(key),
        GapKind::Number(key) => key.answer.to_string(),
    }
}
