//! Answers in words.

use super::{Shown, shown, still_open};
use crate::markup::plain;
use crate::plain::session::Session;
use crate::plain::{Stop, words};
use crate::quiz::question::{Branch, Gap, GapKind, Kind, NumberKey, Pair, Question, Step};
use crate::quiz::response::Response;
use crate::quiz::walk::{Fits, walk};

/// Says an answer in sentences behind `lead`: its parts one a line, so that each is heard and found for itself.
pub(in crate::plain) fn say_described(
    session: &mut Session<'_, '_>,
    lead: &str,
    sentences: &[String],
) -> Result<(), Stop> {
    match sentences {
        [] => session.say(&format!("{lead}: nothing.")),
        [sentence] => session.say(&format!("{lead}: {sentence}")),
        sentences => {
            session.say(&format!("{lead}:"))?;
            sentences.iter().try_for_each(|sentence| session.say(sentence))
        }
    }
}

/// An answer in sentences. Parts that the question does not have are said as they stand in the answer.
pub(in crate::plain) fn described(question: &Question, order: &[String], response: &Response) -> Vec<String> {
    match (&question.kind, response) {
        (Kind::Single { .. } | Kind::TrueFalse { .. }, Response::Text(id)) => {
            vec![option(&shown(question, order, None), id)]
        }
        (Kind::Multiple { .. }, Response::List(ids)) => {
            let options = shown(question, order, None);
            let mut ticked: Vec<&String> = ids.iter().collect();
            ticked.sort_by_key(|id| options.iter().position(|option| option.id == id.as_str()));
            ticked.into_iter().map(|id| option(&options, id)).collect()
        }
        (Kind::Order { .. }, Response::List(_))
        | (Kind::Match { .. } | Kind::Cloze { .. }, Response::Map(_)) => {
            let given = places(question, order, response).into_iter().filter(|given| given.words.is_some());
            given.map(|given| given.sentence()).collect()
        }
        (Kind::Number(key), Response::Text(text)) => vec![words::sentence(&with_unit(text, key))],
        (Kind::Text(_), Response::Text(text)) => vec![words::sentence(text)],
        (Kind::Scenario { steps }, Response::List(ids)) => {
            let walked = walk(steps, ids);
            let decision = |(index, (_, branch)): (usize, &(&Step, &Branch))| {
                format!("Decision {}: {}", index + 1, decided(branch))
            };
            let mut decisions: Vec<String> = walked.made.iter().enumerate().map(decision).collect();
            if walked.fits == Fits::No {
                decisions.push("The rest does not fit the story.".to_owned());
            }
            decisions
        }
        (
            Kind::Single { .. }
            | Kind::TrueFalse { .. }
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Multiple { .. }
            | Kind::Order { .. }
            | Kind::Scenario { .. }
            | Kind::Match { .. }
            | Kind::Cloze { .. },
            _,
        ) => vec!["an answer to another kind of question.".to_owned()],
    }
}

/// What is given to one of several places: a left side, a gap, or a place of an order.
pub(super) struct Given {
    /// As [`part_is_right`](crate::quiz::key::part_is_right) takes it.
    pub(super) part: String,
    /// What the place is called.
    name: String,
    /// `None` where nothing is given.
    pub(super) words: Option<String>,
}

impl Given {
    pub(super) fn sentence(&self) -> String {
        format!("{}: {}", self.name, self.words.as_deref().unwrap_or("nothing."))
    }
}

/// What is given to each place of a question that has several, in the order of the places.
pub(super) fn places(question: &Question, order: &[String], response: &Response) -> Vec<Given> {
    match (&question.kind, response) {
        (Kind::Order { items, .. }, Response::List(ids)) => {
            let options = shown(question, order, None);
            let place = |place: usize| Given {
                part: ids.get(place).cloned().unwrap_or_default(),
                name: format!("Place {}", place + 1),
                words: ids.get(place).map(|id| option(&options, id)),
            };
            (0..ids.len().max(items.len())).map(place).collect()
        }
        (Kind::Match { pairs, .. }, Response::Map(map)) => {
            let rights = shown(question, order, None);
            let pair = |pair: &Pair| Given {
                part: pair.id.to_string(),
                name: plain(&pair.left).to_string(),
                words: map.get(pair.id.as_str()).map(|right| option(&rights, right)),
            };
            pairs.iter().map(pair).collect()
        }
        (Kind::Cloze { gaps, .. }, Response::Map(map)) => {
            let fill = |(index, gap): (usize, &Gap)| {
                let words = |value: &String| match &gap.kind {
                    GapKind::Choice(_) => option(&shown(question, order, Some(gap.id.as_str())), value),
                    GapKind::Text(_) => words::sentence(value),
                    GapKind::Number(key) => words::sentence(&with_unit(value, key)),
                };
                Given {
                    part: gap.id.to_string(),
                    name: format!("Gap {}", index + 1),
                    words: map.get(gap.id.as_str()).map(words),
                }
            };
            gaps.iter().enumerate().map(fill).collect()
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

/// What is right to decide in a step of a story.
pub(super) fn best(step: &Step) -> String {
    step.options.iter().find(|branch| branch.choice.right).map(decided).unwrap_or_default()
}

/// What of an answer is new since `before`, in sentences: who answers step by step knows the rest. All of it where nothing is.
fn described_anew(
    question: &Question,
    order: &[String],
    before: Option<&Response>,
    response: &Response,
) -> Vec<String> {
    let all = described(question, order, response);
    let known = before.map(|before| described(question, order, before)).unwrap_or_default();
    let new: Vec<String> = all.iter().filter(|sentence| !known.contains(sentence)).cloned().collect();
    if new.is_empty() { all } else { new }
}

/// What was decided in a step of a story.
pub(in crate::plain) fn decided(branch: &Branch) -> String {
    words::sentence(plain(&branch.choice.text).as_str())
}

/// Number and text of an option.
pub(super) fn option(options: &[Shown<'_>], id: &str) -> String {
    match options.iter().enumerate().find(|(_, option)| option.id == id) {
        Some((index, option)) => format!("{}, {}", index + 1, words::sentence(option.text.as_str())),
        None => words::sentence(id),
    }
}

/// Says what of an answer that is not whole is new since `before`, and which left sides are open: nothing else asks for the
/// next one, as it does for a gap or a step of a story.
pub(in crate::plain) fn say_so_far(
    session: &mut Session<'_, '_>,
    lead: &str,
    question: &Question,
    order: &[String],
    before: Option<&Response>,
    now: &Response,
) -> Result<(), Stop> {
    say_described(session, lead, &described_anew(question, order, before, now))?;
    let open = still_open(question, now).filter(|_| matches!(question.kind, Kind::Match { .. }));
    open.map_or(Ok(()), |open| session.say(&words::sentence(&words::capital(&open.to_string()))))
}

fn with_unit(number: &str, key: &NumberKey) -> String {
    key.unit.as_ref().map_or_else(|| number.to_owned(), |unit| format!("{number} {unit}"))
}
