//! What blind guessing earns.

use std::collections::HashMap;

use crate::quiz::question::{Choice, GapKind, Kind, OrderScoring, Step, TextKey};
use crate::quiz::statistics::real;
use crate::quiz::walk;

/// The longest order whose expected mark is calculated; the time grows with the partitions of the number (5,604 of 30).
const LONGEST_ORDER: usize = 30;

/// The mark to be expected, as a share, of somebody who answers without reading, every possible answer being as likely
/// as every other. Nothing typed is ever right by chance, unless everything is. `None` for very long orders.
#[must_use]
pub fn guess(kind: &Kind) -> Option<f64> {
    match kind {
        Kind::Single { options } => Some(one_of(options)),
        Kind::Multiple { options } => {
            let right = options.iter().filter(|option| option.right).count();
            Some(any_of(right, options.len() - right))
        }
        Kind::TrueFalse { .. } => Some(0.5),
        Kind::Match { pairs, extra } => Some(1.0 / real(pairs.len() + extra.len()).max(1.0)),
        Kind::Order { items, scoring: OrderScoring::AllOrNothing } => {
            Some((-ln_factorial(items.len())).exp())
        }
        Kind::Order { items, scoring: OrderScoring::Partial } => match items.len() {
            0 | 1 => None,
            number if number <= LONGEST_ORDER => Some((expected_ascent(number) - 1.0) / (real(number) - 1.0)),
            _ => None,
        },
        Kind::Number(_) => Some(0.0),
        Kind::Text(key) => Some(typed(key)),
        Kind::Cloze { gaps, .. } => {
            let of_gap = |kind: &GapKind| match kind {
                GapKind::Choice(options) => one_of(options),
                GapKind::Text(key) => typed(key),
                GapKind::Number(_) => 0.0,
            };
            Some(gaps.iter().map(|gap| of_gap(&gap.kind)).sum::<f64>() / real(gaps.len()).max(1.0))
        }
        Kind::Scenario { steps } => Some(story(steps)),
    }
}

fn one_of(options: &[Choice]) -> f64 {
    real(options.iter().filter(|option| option.right).count()) / real(options.len()).max(1.0)
}

fn typed(key: &TextKey) -> f64 {
    let everything = |text: &String| !text.is_empty() && text.chars().all(|c| c == '*');
    if key.accepted.iter().any(everything) { 1.0 } else { 0.0 }
}

/// The mean of max(0, r/R − w/W) over all sets of ticks but the empty one, which cannot be handed in.
fn any_of(all_right: usize, all_wrong: usize) -> f64 {
    let (of_right, of_wrong) = (ln_binomials(all_right), ln_binomials(all_wrong));
    let ln_sets = real(all_right + all_wrong) * std::f64::consts::LN_2;
    let mut expected = 0.0;
    for (right, ln_right) in of_right.iter().enumerate() {
        for (wrong, ln_wrong) in of_wrong.iter().enumerate() {
            let share = real(right) / real(all_right).max(1.0) - real(wrong) / real(all_wrong).max(1.0);
            if share > 0.0 {
                expected += share * (ln_right + ln_wrong - ln_sets).exp();
            }
        }
    }
    expected / (1.0 - (-ln_sets).exp())
}

/// ln C(n, k) for k from 0 to n.
fn ln_binomials(n: usize) -> Vec<f64> {
    (0..=n).map(|k| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)).collect()
}

fn ln_factorial(n: usize) -> f64 {
    (2..=n).map(|factor| real(factor).ln()).sum()
}

/// The expected length of the longest ascending subsequence of a random order of n. By the Robinson–Schensted
/// correspondence the length is the first row of a Young diagram that turns up with probability f² ÷ n!, and by the hook
/// length formula (Frame, Robinson, Thrall 1954) f is n! ÷ the product of the hook lengths.
fn expected_ascent(n: usize) -> f64 {
    let mut diagram = vec![n];
    let mut expected = 0.0;
    loop {
        let ln_probability = ln_factorial(n) - 2.0 * ln_hooks(&diagram);
        expected += real(diagram[0]) * ln_probability.exp();
        if !next_partition(&mut diagram) {
            return expected;
        }
    }
}

fn ln_hooks(diagram: &[usize]) -> f64 {
    let mut sum = 0.0;
    for (row, length) in diagram.iter().enumerate() {
        for column in 0..*length {
            let below = diagram[row + 1..].iter().filter(|other| **other > column).count();
            sum += real(length - column + below).ln();
        }
    }
    sum
}

/// The next partition in descending order; `false` after the last, which is all ones.
fn next_partition(parts: &mut Vec<usize>) -> bool {
    let mut left = 0;
    while parts.last() == Some(&1) {
        parts.pop();
        left += 1;
    }
    let Some(last) = parts.last_mut() else { return false };
    *last -= 1;
    left += 1;
    let most = *last;
    while left > 0 {
        let part = left.min(most);
        parts.push(part);
        left -= part;
    }
    true
}

/// Right choices ÷ the longer of the way taken and the model way, when every choice at a step is as likely.
///
/// The mark is linear in the right choices once the length of the way is known, so it is enough to carry, for every
/// length, the probability of standing at a step and the right choices expected there.
fn story(steps: &[Step]) -> f64 {
    let model = walk::model(steps).len();
    let places: HashMap<&str, usize> =
        steps.iter().enumerate().map(|(place, step)| (step.id.as_str(), place)).collect();
    let mut here = vec![(0.0, 0.0); steps.len()];
    if let Some(first) = here.first_mut() {
        *first = (1.0, 0.0);
    }
    let mut expected = 0.0;
    // No path is longer than there are steps, because none leads back.
    for made in 1..=steps.len() {
        let mut next = vec![(0.0, 0.0); steps.len()];
        for (step, (probability, right)) in steps.iter().zip(&here) {
            let choices = real(step.options.len()).max(1.0);
            for branch in step.options.iter().filter(|_| *probability > 0.0) {
                let gain = if branch.choice.right { *probability } else { 0.0 };
                let right = (right + gain) / choices;
                match branch.next.as_ref().and_then(|next| places.get(next.as_str())) {
                    Some(place) => {
                        next[*place].0 += probability / choices;
                        next[*place].1 += right;
                    }
                    None => expected += right / real(made.max(model)),
                }
            }
        }
        here = next;
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::samples;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn ticks_as_if_every_set_had_been_tried() {
        fn check(right: u32, wrong: u32) {
            let (all_right, all_wrong) = (f64::from(right), f64::from(wrong));
            let of_set = |set: u32| {
                let hit = f64::from((set & ((1 << right) - 1)).count_ones());
                let miss = f64::from((set >> right).count_ones());
                (hit / all_right - miss / all_wrong).max(0.0)
            };
            let sets = 1_u32 << (right + wrong);
            let expected = (1..sets).map(of_set).sum::<f64>() / f64::from(sets - 1);
            close(any_of(right as usize, wrong as usize), expected);
        }
        for (right, wrong) in [(1, 1), (1, 3), (2, 2), (3, 2), (5, 4)] {
            check(right, wrong);
        }
        assert!(any_of(500, 500) < 0.02, "a thousand options overflow nothing");
    }

    #[test]
    fn orders_as_if_every_one_had_been_tried() {
        // Means of the longest ascent over all n! orders, OEIS A003316 ÷ n!.
        for (n, sum, orders) in
            [(1, 1.0, 1.0), (2, 3.0, 2.0), (3, 12.0, 6.0), (4, 58.0, 24.0), (5, 335.0, 120.0)]
        {
            close(expected_ascent(n), sum / orders);
        }
        let longest = expected_ascent(LONGEST_ORDER);
        assert!(longest > 7.0 && longest < 2.0 * 30_f64.sqrt(), "{longest}");
    }

    #[test]
    fn every_kind_has_a_guess() {
        fn check(question: &crate::quiz::question::Question, expected: f64) {
            close(guess(&question.kind).expect("a guess"), expected);
        }
        check(&samples::single(), 1.0 / 3.0);
        let all = samples::every_kind();
        for question in &all {
            let guess = guess(&question.kind).expect("a guess");
            assert!((0.0..1.0).contains(&guess), "{}: {guess}", question.id);
        }
    }
}
