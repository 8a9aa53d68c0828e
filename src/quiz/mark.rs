//! Marks: what an answer earns (rule 1).
//!
//! Every record names the rule, so a rule that has been used never changes; a better one would be rule 2.

mod order;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::quiz::question::{Choice, Decimal, Gap, GapKind, Kind, NumberKey, Pair, Question, Step};
use crate::quiz::response::Response;
use crate::quiz::walk::{self, Fits};
pub use order::{OrderCounts, order_counts};

/// The marking rule of this module, as records name it.
pub const RULE: u32 = 1;

/// What one answer earned, in thousandths of a point; never more than possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Earned thousandths.
    pub earned: u32,
    /// What a full answer earns.
    pub possible: u32,
}

/// What this response earns: nothing for none, and for a partial one or one that does not fit the question whatever
/// of it is right.
#[must_use]
pub fn mark(question: &Question, response: Option<&Response>) -> Mark {
    let share = response.map_or(Share::NONE, |response| share(&question.kind, response));
    let possible = question.points.get() * 1000;
    Mark { earned: share.of(possible), possible }
}

/// Whether the response earns everything.
#[must_use]
pub fn is_right(question: &Question, response: &Response) -> bool {
    let mark = mark(question, Some(response));
    mark.earned == mark.possible
}

/// Whether these thousandths pass: `100 × earned ≥ pass_percent × possible`.
#[must_use]
pub fn passed(earned: u64, possible: u64, pass_percent: u32) -> bool {
    100 * u128::from(earned) >= u128::from(pass_percent) * u128::from(possible)
}

/// How many whole percent these thousandths are, rounded down, so that 79.9 never looks like the 80 that it is not.
#[must_use]
pub fn percent(earned: u64, possible: u64) -> u32 {
    let percent = (u128::from(earned) * 100).checked_div(u128::from(possible)).unwrap_or(0);
    u32::try_from(percent).unwrap_or(u32::MAX)
}

/// Thousandths as points, without zeros that say nothing: `2`, `1.5`, `0.333`.
#[must_use]
pub fn points(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// So many points of so many: `2 of 3 points`, `0.33 of 1 point`. Both in thousandths; what was earned is told in hundredths, and a part
/// is neither nothing nor all.
#[must_use]
pub fn score(earned: u64, possible: u64) -> String {
    of(&points(hundredths(earned, possible) * 10), possible)
}

/// The same without rounding, for whoever checks a mark.
#[must_use]
pub fn exact_score(earned: u64, possible: u64) -> String {
    of(&points(earned), possible)
}

fn of(earned: &str, possible: u64) -> String {
    let unit = if possible == 1000 { "point" } else { "points" };
    format!("{earned} of {} {unit}", points(possible))
}

fn hundredths(earned: u64, possible: u64) -> u64 {
    let rounded = earned / 10 + u64::from(earned % 10 >= 5);
    if earned == 0 {
        0
    } else if earned < possible {
        // Of less than two hundredths no part can be told, and without room `clamp` panics.
        rounded.clamp(1, possible.div_ceil(10).saturating_sub(1).max(1))
    } else {
        rounded
    }
}

/// Whether the response has the shape of the question and names only what the question has. A record that holds
/// anything else was not written by a learner's answer.
#[must_use]
pub fn is_well_formed(question: &Question, response: &Response) -> bool {
    let distinct = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    match (&question.kind, response) {
        (Kind::Single { options }, Response::Text(id)) => choice(options, id).is_some(),
        (Kind::Multiple { options }, Response::List(ids)) => {
            ids.is_sorted() && distinct(ids) && ids.iter().all(|id| choice(options, id).is_some())
        }
        (Kind::TrueFalse { .. }, Response::Text(id)) => truth(id).is_some(),
        (Kind::Match { pairs, extra }, Response::Map(map)) => {
            let lefts: BTreeSet<&str> = pairs.iter().map(|pair| pair.id.as_str()).collect();
            let extras: BTreeSet<&str> = extra.iter().map(|item| item.id.as_str()).collect();
            map.iter().all(|(left, right)| {
                lefts.contains(left.as_str())
                    && (lefts.contains(right.as_str()) || extras.contains(right.as_str()))
            })
        }
        (Kind::Order { items, .. }, Response::List(ids)) => {
            let known: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
            distinct(ids) && ids.iter().all(|id| known.contains(id.as_str()))
        }
        (Kind::Number(_) | Kind::Text(_), Response::Text(_)) => true,
        (Kind::Cloze { gaps, .. }, Response::Map(map)) => map.iter().all(|(id, value)| {
            gaps.iter().find(|gap| gap.id.as_str() == id).is_some_and(|gap| match &gap.kind {
                GapKind::Choice(options) => choice(options, value).is_some(),
                GapKind::Text(_) | GapKind::Number(_) => true,
            })
        }),
        (Kind::Scenario { steps }, Response::List(ids)) => walk::walk(steps, ids).fits == Fits::Yes,
        (
            Kind::Single { .. } | Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_),
            Response::List(_) | Response::Map(_),
        )
        | (
            Kind::Multiple { .. } | Kind::Order { .. } | Kind::Scenario { .. },
            Response::Text(_) | Response::Map(_),
        )
        | (Kind::Match { .. } | Kind::Cloze { .. }, Response::Text(_) | Response::List(_)) => false,
    }
}

/// How far a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing is there, so nothing is earned.
    Not,
    /// Something is still open; what is there is marked all the same.
    Partly,
    /// Nothing is open.
    Wholly,
}

/// How far the question is answered: the one rule by which learners are told what is open and what counts already.
#[must_use]
pub fn answered(question: &Question, response: Option<&Response>) -> Answered {
    let says_something = |response: &Response| match response {
        Response::Text(text) => !text.trim().is_empty(),
        // An order earns as a whole or not at all.
        Response::List(ids) => !ids.is_empty() && !matches!(question.kind, Kind::Order { .. }),
        Response::Map(map) => map.values().any(|value| !value.trim().is_empty()),
    };
    match response {
        Some(response) if is_complete(question, response) => Answered::Wholly,
        Some(response) if says_something(response) => Answered::Partly,
        Some(_) | None => Answered::Not,
    }
}

/// Whether the response fits the question and leaves nothing open. Where a number is asked, what is none is something open.
#[must_use]
pub fn is_complete(question: &Question, response: &Response) -> bool {
    is_well_formed(question, response)
        && match (&question.kind, response) {
            (Kind::Number(_), Response::Text(text)) => is_a_number(text),
            (Kind::Text(_), Response::Text(text)) => !text.trim().is_empty(),
            (Kind::Multiple { .. }, Response::List(ids)) => !ids.is_empty(),
            (Kind::Match { pairs, .. }, Response::Map(map)) => map.len() == pairs.len(),
            (Kind::Order { items, .. }, Response::List(ids)) => ids.len() == items.len(),
            (Kind::Cloze { gaps, .. }, Response::Map(map)) => gaps.iter().all(|gap| is_filled(gap, map)),
            (Kind::Scenario { steps }, Response::List(ids)) => walk::walk(steps, ids).current.is_none(),
            // What is well formed here names its one option.
            (
                Kind::Single { .. }
                | Kind::TrueFalse { .. }
                | Kind::Number(_)
                | Kind::Text(_)
                | Kind::Multiple { .. }
                | Kind::Match { .. }
                | Kind::Order { .. }
                | Kind::Cloze { .. }
                | Kind::Scenario { .. },
                _,
            ) => true,
        }
}

/// Whether what was given to the gaps fills this one: with a number where one is asked, else with anything.
#[must_use]
pub fn is_filled(gap: &Gap, given: &BTreeMap<String, String>) -> bool {
    given.get(gap.id.as_str()).is_some_and(|given| match gap.kind {
        GapKind::Number(_) => is_a_number(given),
        GapKind::Choice(_) | GapKind::Text(_) => !given.trim().is_empty(),
    })
}

fn is_a_number(typed: &str) -> bool {
    Decimal::parse(typed).is_some()
}

/// What has been earned of a whole, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    const NONE: Self = Self { part: 0, whole: 1 };
    const ALL: Self = Self { part: 1, whole: 1 };

    fn new(part: usize, whole: usize) -> Self {
        Self { part: part.min(whole) as u64, whole: whole as u64 }
    }

    fn all_if(right: bool) -> Self {
        if right { Self::ALL } else { Self::NONE }
    }

    /// Rounded half up, the one rounding of the rule.
    fn of(self, possible: u32) -> u32 {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole.max(1)));
        let earned = (2 * u128::from(possible) * part + whole) / (2 * whole);
        u32::try_from(earned).unwrap_or(possible).min(possible)
    }
}

fn share(kind: &Kind, response: &Response) -> Share {
    match (kind, response) {
        (Kind::Single { options }, Response::Text(id)) => {
            Share::all_if(choice(options, id).is_some_and(|option| option.right))
        }
        (Kind::Multiple { options }, Response::List(ids)) => multiple(options, ids),
        (Kind::TrueFalse { answer }, Response::Text(id)) => Share::all_if(truth(id) == Some(*answer)),
        (Kind::Match { pairs, .. }, Response::Map(map)) => matching(pairs, map),
        (Kind::Order { items, scoring }, Response::List(ids)) => order::share(items, *scoring, ids),
        (Kind::Number(key), Response::Text(typed)) => Share::all_if(is_number(key, typed)),
        (Kind::Text(key), Response::Text(typed)) => Share::all_if(text::is_accepted(key, typed)),
        (Kind::Cloze { gaps, .. }, Response::Map(map)) => cloze(gaps, map),
        (Kind::Scenario { steps }, Response::List(ids)) => scenario(steps, ids),
        (
            Kind::Single { .. } | Kind::TrueFalse { .. } | Kind::Number(_) | Kind::Text(_),
            Response::List(_) | Response::Map(_),
        )
        | (
            Kind::Multiple { .. } | Kind::Order { .. } | Kind::Scenario { .. },
            Response::Text(_) | Response::Map(_),
        )
        | (Kind::Match { .. } | Kind::Cloze { .. }, Response::Text(_) | Response::List(_)) => Share::NONE,
    }
}

/// max(0, r/R − w/W): a wrong tick costs what it is worth to leave it, so ticking everything earns nothing.
fn multiple(options: &[Choice], ids: &[String]) -> Share {
    let ticked: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let count = |right: bool| {
        let of_kind = options.iter().filter(|option| option.right == right);
        let hit = of_kind.clone().filter(|option| ticked.contains(option.id.as_str())).count() as u64;
        (hit, of_kind.count() as u64)
    };
    let ((right, all_right), (wrong, all_wrong)) = (count(true), count(false));
    let all_wrong = all_wrong.max(1);
    Share {
        part: (right * all_wrong).saturating_sub(wrong * all_right),
        whole: (all_right * all_wrong).max(1),
    }
}

fn matching(pairs: &[Pair], map: &BTreeMap<String, String>) -> Share {
    let right = pairs.iter().filter(|pair| pair_is_right(pair, map)).count();
    Share::new(right, pairs.len())
}

fn cloze(gaps: &[Gap], map: &BTreeMap<String, String>) -> Share {
    Share::new(gaps.iter().filter(|gap| gap_is_right(gap, map)).count(), gaps.len())
}

/// Right choices ÷ the longer of the learner's way and the model way, so that a detour costs and so does stopping.
fn scenario(steps: &[Step], ids: &[String]) -> Share {
    let made = walk::walk(steps, ids).made;
    let right = made.iter().filter(|(_, branch)| branch.choice.right).count();
    Share::new(right, made.len().max(walk::model(steps).len()))
}

pub(super) fn pair_is_right(pair: &Pair, map: &BTreeMap<String, String>) -> bool {
    map.get(pair.id.as_str()).is_some_and(|right| right == pair.id.as_str())
}

pub(super) fn gap_is_right(gap: &Gap, map: &BTreeMap<String, String>) -> bool {
    map.get(gap.id.as_str()).is_some_and(|value| match &gap.kind {
        GapKind::Choice(options) => choice(options, value).is_some_and(|option| option.right),
        GapKind::Text(key) => text::is_accepted(key, value),
        GapKind::Number(key) => is_number(key, value),
    })
}

pub(super) fn choice<'a>(options: &'a [Choice], id: &str) -> Option<&'a Choice> {
    options.iter().find(|option| option.id.as_str() == id)
}

fn truth(id: &str) -> Option<bool> {
    match id {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn is_number(key: &NumberKey, typed: &str) -> bool {
    Decimal::parse(typed).is_some_and(|number| number.is_within(key.tolerance, key.answer))
}

#[cfg(test)]
mod tests;
