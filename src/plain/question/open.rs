//! What of a question is still open.

use std::collections::BTreeMap;

use super::parts;
use crate::quiz::mark::{Answered, answered};
use crate::quiz::question::{Gap, Kind, Question};
use crate::quiz::response::Response;

/// The places of the gaps or left sides to which nothing is given yet.
pub(in crate::plain) fn open_parts<'i>(
    ids: impl IntoIterator<Item = &'i str>,
    given: &BTreeMap<String, String>,
) -> Vec<usize> {
    let is_open = |id: &str| given.get(id).is_none_or(|value| value.trim().is_empty());
    let open = ids.into_iter().enumerate().filter(|(_, id)| is_open(id));
    open.map(|(index, _)| index).collect()
}

fn open_gaps(gaps: &[Gap], response: Option<&Response>) -> Vec<usize> {
    open_parts(gaps.iter().map(|gap| gap.id.as_str()), parts(response))
}

/// Which gap is asked for: the one the learner went to, or the first open one.
pub(in crate::plain) fn gap_asked(
    question: &Question,
    response: Option<&Response>,
    wanted: Option<usize>,
) -> Option<usize> {
    match &question.kind {
        Kind::Cloze { gaps, .. } => {
            let wanted = wanted.filter(|gap| *gap < gaps.len());
            wanted.or_else(|| open_gaps(gaps, response).first().copied())
        }
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Scenario { .. } => None,
    }
}

/// What is still open in a question that is partly answered.
pub(in crate::plain) fn still_open(question: &Question, response: &Response) -> Option<String> {
    if answered(question, Some(response)) != Answered::Partly {
        return None;
    }
    Some(match &question.kind {
        Kind::Match { pairs, .. } => {
            let open = open_parts(pairs.iter().map(|pair| pair.id.as_str()), parts(Some(response)));
            open_ones(&open, "left side", "left sides")
        }
        Kind::Cloze { gaps, .. } => open_ones(&open_gaps(gaps, Some(response)), "gap", "gaps"),
        Kind::Scenario { .. } => "the story goes on".to_owned(),
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Order { .. }
        | Kind::Number(_)
        | Kind::Text(_) => SOMETHING.to_owned(),
    })
}

const SOMETHING: &str = "something is open";

/// `left sides 2 and 3 are open`, counted from 1.
fn open_ones(indices: &[usize], one: &str, many: &str) -> String {
    let numbers: Vec<String> = indices.iter().map(|index| (index + 1).to_string()).collect();
    match numbers.as_slice() {
        [number] => format!("{one} {number} is open"),
        [numbers @ .., last] => format!("{many} {} and {last} are open", numbers.join(", ")),
        [] => SOMETHING.to_owned(),
    }
}
