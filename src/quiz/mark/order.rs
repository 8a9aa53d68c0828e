//! What an order earns.

use std::collections::{BTreeSet, HashMap};

use super::Share;
use crate::quiz::question::{Item, Kind, OrderScoring, Question};
use crate::quiz::response::Response;

/// What of an order counts, for whoever sees its marks: an item that is in no right place may earn its part, and one that is in
/// the right place nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderCounts {
    /// All of it or nothing.
    Whole,
    /// What stands at these places, from 0, is in the right order to each other.
    Run(Vec<usize>),
}

/// What counts in this response, if it is an order of everything that the question has.
#[must_use]
pub fn order_counts(question: &Question, response: &Response) -> Option<OrderCounts> {
    let (Kind::Order { items, scoring }, Response::List(ids)) = (&question.kind, response) else {
        return None;
    };
    let given = places(items, ids)?;
    Some(match scoring {
        OrderScoring::AllOrNothing => OrderCounts::Whole,
        OrderScoring::Partial => OrderCounts::Run(told_ascent(&given)),
    })
}

/// (L − 1) / (n − 1), L the longest run of items that stand in the right order among themselves.
pub(super) fn share(items: &[Item], scoring: OrderScoring, ids: &[String]) -> Share {
    let Some(given) = places(items, ids) else { return Share::NONE };
    match scoring {
        OrderScoring::AllOrNothing => Share::all_if(given.is_sorted()),
        OrderScoring::Partial => Share::new(longest_ascent(&given).len().saturating_sub(1), items.len() - 1),
    }
}

/// The right place of each of these, if they are all of the items and each once.
fn places(items: &[Item], ids: &[String]) -> Option<Vec<usize>> {
    let places: HashMap<&str, usize> =
        items.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect();
    let given: Vec<usize> = ids.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
    let distinct = given.iter().collect::<BTreeSet<_>>().len();
    (given.len() == ids.len() && distinct == ids.len() && ids.len() == items.len()).then_some(given)
}

/// Of all longest ascents the one that has most members in their right places: whoever reads what counts sees at which places a tick
/// stands.
fn told_ascent(places: &[usize]) -> Vec<usize> {
    // Nobody compares the ticks of so many, and it takes the square of their number.
    if places.len() > 200 {
        return longest_ascent(places);
    }
    // How many members the best ascent that ends here has, how many of them are in place, and which one stands before.
    let mut best: Vec<(usize, usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let before = (0..index).filter(|before| places[*before] < *place);
        let before = before.max_by_key(|before| (best[*before].0, best[*before].1));
        let (length, in_place) = before.map_or((0, 0), |before| (best[before].0, best[before].1));
        best.push((length + 1, in_place + usize::from(*place == index), before));
    }
    let last = (0..best.len()).max_by_key(|index| (best[*index].0, best[*index].1));
    let mut ascent: Vec<usize> = std::iter::successors(last, |index| best[*index].2).collect();
    ascent.reverse();
    ascent
}

/// Where the members of the longest ascending subsequence stand; of a permutation of the key that is the longest common one.
/// Quick for any length (Fredman 1975): `ends[k]` is where the smallest end of an ascent of length `k + 1` stands, and `before`
/// which member stands before each.
pub(super) fn longest_ascent(places: &[usize]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let at = ends.partition_point(|end| places[*end] < *place);
        before.push(at.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(at) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut ascent: Vec<usize> =
        std::iter::successors(ends.last().copied(), |index| before[*index]).collect();
    ascent.reverse();
    ascent
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two that were marked as wrong were told to count, and the one with the tick was not among them.
    #[test]
    fn of_several_longest_ascents_the_one_with_most_in_place_is_told() {
        // Told were the places 2 and 4.
        assert_eq!(told_ascent(&[3, 0, 2, 1]), [1, 2]);
        assert_eq!(told_ascent(&[1, 0, 2, 3]), [1, 2, 3]);
        assert_eq!(told_ascent(&[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn what_is_told_is_as_long_as_what_counts(given in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
            let told = told_ascent(&given);
            prop_assert!(told.is_sorted_by(|one, next| one < next && given[*one] < given[*next]), "{told:?}");
            prop_assert_eq!(told.len(), longest_ascent(&given).len());
            let in_place = |ascent: &[usize]| ascent.iter().filter(|index| given[**index] == **index).count();
            prop_assert!(in_place(&told) >= in_place(&longest_ascent(&given)));
        }
    }
}
