//! What can be chosen in a question, and which of it a response chose.

use std::collections::HashMap;

use crate::quiz::question::{GapKind, Kind, Question};
use crate::quiz::response::Response;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// `option`, in questions with several places to choose at `place/option`: a pair's left and right side, a gap and its
    /// option, a step and its decision.
    pub label: String,
    /// The text of the option in Markdown, or `true` or `false`.
    pub text: String,
    /// Whether choosing it is right.
    pub right: bool,
    /// The place at which it can be chosen, counted from 0; one at most is chosen at a place, unless `Multiple` asks.
    pub place: usize,
}

/// What can be chosen; empty for orders and what is typed.
#[must_use]
pub fn choices(question: &Question) -> Vec<Choosable> {
    let choosable =
        |label: String, text: &str, right, place| Choosable { label, text: text.to_owned(), right, place };
    match &question.kind {
        Kind::Single { options } => options
            .iter()
            .map(|option| choosable(option.id.to_string(), &option.text, option.right, 0))
            .collect(),
        // Every option is ticked or not by itself.
        Kind::Multiple { options } => options
            .iter()
            .enumerate()
            .map(|(place, option)| choosable(option.id.to_string(), &option.text, option.right, place))
            .collect(),
        Kind::TrueFalse { answer } => [true, false]
            .map(|said| choosable(said.to_string(), &said.to_string(), said == *answer, 0))
            .into(),
        Kind::Match { pairs, extra } => {
            let rights: Vec<_> = pairs
                .iter()
                .map(|pair| (&pair.id, &pair.right))
                .chain(extra.iter().map(|item| (&item.id, &item.text)))
                .collect();
            let of_left = |(place, left): (usize, &crate::quiz::question::Pair)| {
                let left_id = left.id.clone();
                let of_right = move |(id, text): &(&crate::id::OptionId, &String)| {
                    choosable(format!("{left_id}/{id}"), text, **id == left_id, place)
                };
                rights.iter().map(of_right).collect::<Vec<_>>()
            };
            pairs.iter().enumerate().flat_map(of_left).collect()
        }
        Kind::Order { .. } | Kind::Number(_) | Kind::Text(_) => Vec::new(),
        Kind::Cloze { gaps, .. } => {
            let mut all = Vec::new();
            for (place, gap) in gaps.iter().enumerate() {
                match &gap.kind {
                    GapKind::Choice(options) => all.extend(options.iter().map(|option| {
                        choosable(format!("{}/{}", gap.id, option.id), &option.text, option.right, place)
                    })),
                    GapKind::Text(_) | GapKind::Number(_) => {}
                }
            }
            all
        }
        Kind::Scenario { steps } => {
            let of_step = |(place, step): (usize, &crate::quiz::question::Step)| {
                let of_branch = |branch: &crate::quiz::question::Branch| {
                    let choice = &branch.choice;
                    choosable(format!("{}/{}", step.id, choice.id), &choice.text, choice.right, place)
                };
                step.options.iter().map(of_branch).collect::<Vec<_>>()
            };
            steps.iter().enumerate().flat_map(of_step).collect()
        }
    }
}

/// Finds the places of chosen options in [`choices`], quickly also for a question with a thousand of them.
#[derive(Debug, Clone)]
pub struct Finder {
    /// By label; for scenarios by the decision alone, whose identifier is unique within the question.
    places: HashMap<String, u32>,
}

impl Finder {
    /// For the responses to this question.
    #[must_use]
    pub fn new(question: &Question) -> Self {
        let key = |label: String| match &question.kind {
            Kind::Scenario { .. } => label.rsplit('/').next().unwrap_or_default().to_owned(),
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Cloze { .. } => label,
        };
        let labels = choices(question).into_iter().map(|choosable| key(choosable.label));
        Self { places: labels.zip(0..).collect() }
    }

    /// The places of what was chosen; what the question does not offer is passed over.
    #[must_use]
    pub fn chosen(&self, response: &Response) -> Box<[u32]> {
        let place = |label: &str| self.places.get(label).copied();
        match response {
            Response::Text(id) => place(id).into_iter().collect(),
            Response::List(ids) => ids.iter().filter_map(|id| place(id)).collect(),
            Response::Map(map) => map.iter().filter_map(|(at, id)| place(&format!("{at}/{id}"))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::key::key;
    use crate::quiz::samples;

    #[test]
    fn the_key_chooses_what_is_right() {
        for question in samples::every_kind() {
            let choices = choices(&question);
            let chosen = Finder::new(&question).chosen(&key(&question));
            let wrong = chosen.iter().find(|place| !choices[**place as usize].right);
            assert_eq!(wrong, None, "{}", question.id);
            let chooses = !matches!(question.kind, Kind::Order { .. } | Kind::Number(_) | Kind::Text(_));
            assert_eq!(!chosen.is_empty(), chooses, "{}", question.id);
        }
    }

    #[test]
    fn what_is_not_offered_is_passed_over() {
        let list = |ids: &[&str]| Response::List(ids.iter().map(ToString::to_string).collect());
        let multiple = Finder::new(&samples::multiple());
        assert_eq!(*multiple.chosen(&list(&["a", "no", "y"])), [0, 4]);
        let scenario = Finder::new(&samples::scenario());
        assert_eq!(*scenario.chosen(&list(&["wait", "tell", "change"])), [1, 2, 4]);
    }
}
