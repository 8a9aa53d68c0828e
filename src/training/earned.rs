//! How the points of an answer come about, in the words of both faces.

use crate::quiz::key::part_is_right;
use crate::quiz::mark::{OrderCounts, is_right, order_counts};
use crate::quiz::question::{Choice, Kind, OrderScoring, Question};
use crate::quiz::response::Response;

/// How a question of which several options are right is marked: said in its help, beside such a mark, and in the rules of the assessment.
pub const SEVERAL_EARN: &str =
    "the share of wrong ones chosen is taken off that of right ones, down to nothing";

const WHOLE_ORDER_EARNS: &str = "Only the whole order earns points.";

/// What is said beside a question that gives nothing for a part of what it asks for.
#[must_use]
pub fn only_whole_earns(question: &Question) -> Option<&'static str> {
    match question.kind {
        Kind::Order { scoring: OrderScoring::AllOrNothing, .. } => Some(WHOLE_ORDER_EARNS),
        Kind::Order { scoring: OrderScoring::Partial, .. }
        | Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::TrueFalse { .. }
        | Kind::Match { .. }
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Cloze { .. }
        | Kind::Scenario { .. } => None,
    }
}

/// Why an answer earned what it did, where the marks of its parts do not show it.
#[must_use]
pub fn earned_words(question: &Question, response: &Response) -> Option<String> {
    match (&question.kind, response) {
        (Kind::Multiple { options }, Response::List(ids)) => ticks_words(options, ids),
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
        ) => order_words(question, response),
    }
}

/// One that was right among the ticks stood beside no points, and nobody could reckon what a wrong one had cost.
fn ticks_words(options: &[Choice], ids: &[String]) -> Option<String> {
    let is_ticked = |option: &Choice| ids.iter().any(|id| id == option.id.as_str());
    let (right, wrong): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.right);
    let ticked = |options: &[&Choice]| options.iter().filter(|option| is_ticked(option)).count();
    let (right, all_right) = (ticked(&right), right.len());
    let (wrong, all_wrong) = (ticked(&wrong), wrong.len());
    (right > 0 && wrong > 0).then(|| {
        format!(
            "Where several are right, {SEVERAL_EARN}: {right} of {all_right} less {wrong} of {all_wrong}."
        )
    })
}

/// Why an answer that puts things in order earned what it did, where the marks at its places do not show it: what comes before
/// what may be right with every place wrong, and the other way round.
fn order_words(question: &Question, response: &Response) -> Option<String> {
    let counts = order_counts(question, response).filter(|_| !is_right(question, response))?;
    let (Response::List(ids), OrderCounts::Run(run)) = (response, &counts) else {
        return some_place_is_right(question, response).then(|| WHOLE_ORDER_EARNS.to_owned());
    };
    let places: Vec<String> = run.iter().map(|index| (index + 1).to_string()).collect();
    match places.as_slice() {
        [.., _, _] => {
            let (steps, all) = (places.len() - 1, ids.len() - 1);
            let (last, before) = places.split_last()?;
            let before = before.join(", ");
            Some(format!(
                "What counts is what comes before what: those in places {before} and {last} stand in the right order among \
                 themselves, which is {steps} of {all} steps."
            ))
        }
        [] | [_] => some_place_is_right(question, response)
            .then(|| "What counts is what comes before what: no two stand in the right order.".to_owned()),
    }
}

fn some_place_is_right(question: &Question, response: &Response) -> bool {
    let Response::List(ids) = response else { return false };
    ids.iter().any(|id| part_is_right(question, response, id) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::question::OrderScoring;
    use crate::quiz::samples;

    fn check(question: &Question, ids: &str, expected: Option<&str>) {
        let response = Response::List(ids.split_whitespace().map(str::to_owned).collect());
        assert_eq!(earned_words(question, &response).as_deref(), expected, "{ids}");
    }

    /// Every place was marked as wrong beside 0.75 points, and the middle as right beside none.
    #[test]
    fn what_is_earned_is_told_where_the_places_do_not_show_it() {
        let mut question = samples::order();
        check(&question, "a b c d e", None);
        let run = "What counts is what comes before what: those in places 2, 3, 4 and 5 stand in the right order among themselves, which is 3 of 4 steps.";
        check(&question, "e a b c d", Some(run));
        let pair = "What counts is what comes before what: those in places 4 and 5 stand in the right order among themselves, which is 1 of 4 steps.";
        check(&question, "e d c a b", Some(pair));
        let none = "What counts is what comes before what: no two stand in the right order.";
        check(&question, "e d c b a", Some(none));
        check(&question, "a b", None);
        let Kind::Order { items, .. } = &mut question.kind else { panic!("an order") };
        items.pop();
        check(&question, "d c b a", None);
        let Kind::Order { scoring, .. } = &mut question.kind else { panic!("an order") };
        *scoring = OrderScoring::AllOrNothing;
        check(&question, "a b d c", Some("Only the whole order earns points."));
        check(&question, "d a b c", None);
    }

    /// Nothing but the rules of the assessment said it.
    #[test]
    fn what_a_wrong_tick_takes_away_is_told_beside_a_right_one() {
        let question = samples::multiple();
        let check_reckoned = |ids: &str, reckoned: &str| {
            let words = format!("Where several are right, {SEVERAL_EARN}: {reckoned}.");
            check(&question, ids, Some(&words));
        };
        check_reckoned("a b x", "2 of 3 less 1 of 2");
        // To nothing.
        check_reckoned("a x", "1 of 3 less 1 of 2");
        check(&question, "a b", None);
        check(&question, "x y", None);
    }
}
