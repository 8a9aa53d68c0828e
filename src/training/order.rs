//! How the points of an order come about, in the words of both faces.

use crate::quiz::key::part_is_right;
use crate::quiz::mark::{OrderCounts, is_right, order_counts};
use crate::quiz::question::Question;
use crate::quiz::response::Response;

/// Why an answer that puts things in order earned what it did, where the marks at its places do not show it: what comes before
/// what may be right with every place wrong, and the other way round.
#[must_use]
pub fn order_words(question: &Question, response: &Response) -> Option<String> {
    let counts = order_counts(question, response).filter(|_| !is_right(question, response))?;
    let (Response::List(ids), OrderCounts::Run(run)) = (response, &counts) else {
        return some_place_is_right(question, response)
            .then(|| "Only the whole order earns points.".to_owned());
    };
    let places: Vec<String> = run.iter().map(|index| (index + 1).to_string()).collect();
    match places.as_slice() {
        [.., _, _] => {
            let (steps, all) = (places.len() - 1, ids.len() - 1);
            let (last, before) = places.split_last()?;
            let before = before.join(", ");
            Some(format!(
                "What counts is what comes before what: those in places {before} and {last} are in the right order to each other, \
                 {steps} of {all} steps."
            ))
        }
        [] | [_] => some_place_is_right(question, response).then(|| {
            "What counts is what comes before what: no two are in the right order to each other.".to_owned()
        }),
    }
}

fn some_place_is_right(question: &Question, response: &Response) -> bool {
    let Response::List(ids) = response else { return false };
    ids.iter().any(|id| part_is_right(question, response, id) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::question::{Kind, OrderScoring};
    use crate::quiz::samples;

    fn check(question: &Question, ids: &str, expected: Option<&str>) {
        let response = Response::List(ids.split_whitespace().map(str::to_owned).collect());
        assert_eq!(order_words(question, &response).as_deref(), expected, "{ids}");
    }

    /// Every place was marked as wrong beside 0.75 points, and the middle as right beside none.
    #[test]
    fn what_is_earned_is_told_where_the_places_do_not_show_it() {
        let mut question = samples::order();
        check(&question, "a b c d e", None);
        let run = "What counts is what comes before what: those in places 2, 3, 4 and 5 are in the right order to each other, 3 of 4 steps.";
        check(&question, "e a b c d", Some(run));
        let pair = "What counts is what comes before what: those in places 4 and 5 are in the right order to each other, 1 of 4 steps.";
        check(&question, "e d c a b", Some(pair));
        let none = "What counts is what comes before what: no two are in the right order to each other.";
        check(&question, "e d c b a", Some(none));
        check(&question, "a b", None);
        check(&samples::multiple(), "a b", None);
        let Kind::Order { items, .. } = &mut question.kind else { panic!("an order") };
        items.pop();
        check(&question, "d c b a", None);
        let Kind::Order { scoring, .. } = &mut question.kind else { panic!("an order") };
        *scoring = OrderScoring::AllOrNothing;
        check(&question, "a b d c", Some("Only the whole order earns points."));
        check(&question, "d a b c", None);
    }
}
