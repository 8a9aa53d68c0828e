//! What of a question is still open.

use std::collections::BTreeMap;
use std::fmt;

use super::parts;
use crate::quiz::mark::{Answered, answered, is_filled};
use crate::quiz::question::{Gap, Kind, Question};
use crate::quiz::response::Response;

/// The places of the left sides to which nothing is given yet.
pub(in crate::plain) fn open_parts<'i>(
    ids: impl IntoIterator<Item = &'i str>,
    given: &BTreeMap<String, String>,
) -> Vec<usize> {
    let is_open = |id: &str| given.get(id).is_none_or(|value| value.trim().is_empty());
    let open = ids.into_iter().enumerate().filter(|(_, id)| is_open(id));
    open.map(|(index, _)| index).collect()
}

/// The places of the gaps that are not filled.
fn open_gaps(gaps: &[Gap], response: Option<&Response>) -> Vec<usize> {
    let given = parts(response);
    let open = gaps.iter().enumerate().filter(|(_, gap)| !is_filled(gap, given));
    open.map(|(index, _)| index).collect()
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
#[derive(Debug, PartialEq, Eq)]
pub(in crate::plain) enum Open {
    /// One of its gaps or left sides: `gap 2`.
    Part(String),
    /// Several of them: `left sides 2 and 3`.
    Parts(String),
    /// The number itself: on the full screen anything can be typed, and is kept.
    Number,
    /// The end of a story.
    Story,
}

/// What is still open in a question that is partly answered.
pub(in crate::plain) fn still_open(question: &Question, response: &Response) -> Option<Open> {
    if answered(question, Some(response)) != Answered::Partly {
        return None;
    }
    match &question.kind {
        Kind::Match { pairs, .. } => {
            let open = open_parts(pairs.iter().map(|pair| pair.id.as_str()), parts(Some(response)));
            Open::parts(&open, "left side", "left sides")
        }
        Kind::Cloze { gaps, .. } => Open::parts(&open_gaps(gaps, Some(response)), "gap", "gaps"),
        Kind::Number(_) => Some(Open::Number),
        Kind::Scenario { .. } => Some(Open::Story),
        // Nothing is given to these, or all.
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Order { .. }
        | Kind::Text(_) => None,
    }
}

impl Open {
    /// Those at these indices, which are said from 1.
    fn parts(indices: &[usize], one: &str, many: &str) -> Option<Self> {
        let numbers: Vec<String> = indices.iter().map(|index| (index + 1).to_string()).collect();
        match numbers.as_slice() {
            [] => None,
            [number] => Some(Self::Part(format!("{one} {number}"))),
            [numbers @ .., last] => Some(Self::Parts(format!("{many} {} and {last}", numbers.join(", ")))),
        }
    }

    /// How it goes on behind “partly answered”. Of a story that is said by the situation.
    pub(in crate::plain) fn tail(&self) -> Option<String> {
        match self {
            Self::Part(open) | Self::Parts(open) => Some(format!("with {open} open")),
            Self::Number => Some("with what is not a number".to_owned()),
            Self::Story => None,
        }
    }
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(open) => write!(f, "{open} is open"),
            Self::Parts(open) => write!(f, "{open} are open"),
            Self::Number => f.write_str("what stands there is not a number"),
            Self::Story => f.write_str("the story goes on"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::samples;

    fn given(parts: &[(&str, &str)]) -> Response {
        Response::Map(parts.iter().map(|(id, value)| (String::from(*id), String::from(*value))).collect())
    }

    #[test]
    fn what_is_open_is_named() {
        let check = |question: &Question, response: &Response, open: &str, tail: Option<&str>| {
            let found = still_open(question, response).expect("it is partly answered");
            assert_eq!((found.to_string().as_str(), found.tail().as_deref()), (open, tail));
        };
        let two = given(&[("a", "b"), ("c", "x")]);
        check(&samples::matching(), &two, "left side 2 is open", Some("with left side 2 open"));
        let one = given(&[("b", "x")]);
        check(
            &samples::matching(),
            &one,
            "left sides 1 and 3 are open",
            Some("with left sides 1 and 3 open"),
        );
        check(&samples::scenario(), &Response::List(vec!["report".to_owned()]), "the story goes on", None);
        let typed = Response::Text("about 50".to_owned());
        let (open, tail) = ("what stands there is not a number", Some("with what is not a number"));
        let number = samples::question("number", Kind::Number(samples::number("530", "5")));
        check(&number, &typed, open, tail);
    }

    /// "Something is open" was said of it, and that every gap is filled.
    #[test]
    fn a_gap_with_what_is_no_number_is_open_and_asked_for() {
        let question = samples::cloze();
        let response = given(&[("law", "seven"), ("word", "secret"), ("year", "in 2017")]);
        assert_eq!(still_open(&question, &response), Some(Open::Part("gap 3".to_owned())));
        assert_eq!(gap_asked(&question, Some(&response), None), Some(2));
    }
}
