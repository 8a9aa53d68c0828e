//! The figures of one question.

use std::collections::BTreeMap;

use super::{CalibrationFigures, Cell, ChoiceFigures, Given, ItemFigures, Row, real};
use crate::quiz::response::Certainty;

/// Shares are sums of thousandths over at most millions of them, so a real spread has a variance far above this and what
/// rounding leaves of none is far below.
const NO_SPREAD: f64 = 1e-20;

/// The figures of a question that these learners had, without its weights, and the covariance of its marks with the whole.
pub(super) fn item(possible: u32, options: usize, seen: &[(&Cell, &Row)]) -> (ItemFigures, Option<f64>) {
    let possible = f64::from(possible.max(1));
    let marks: Vec<f64> = seen.iter().map(|(cell, _)| f64::from(cell.earned) / possible).collect();
    let facility = mean(marks.iter().copied());
    let rests: Vec<Option<f64>> =
        seen.iter().map(|(cell, row)| rest(cell, row, possible, facility)).collect();
    let (marks_with_rest, rest_scores): (Vec<f64>, Vec<f64>) =
        marks.iter().zip(&rests).filter_map(|(mark, rest)| rest.map(|rest| (*mark, rest))).unzip();
    let totals: Vec<f64> = seen.iter().map(|(_, row)| row.deviation).collect();
    let mut seconds: Vec<f64> = seen.iter().map(|(cell, _)| f64::from(cell.seconds)).collect();
    seconds.sort_by(f64::total_cmp);
    let sure = |(cell, mark): &(&Cell, f64)| cell.certainty == Some(Certainty::Sure) && *mark < 0.5;
    let figures = ItemFigures {
        attempts: seen.len(),
        facility,
        deviation: sample_variance(&marks).map(f64::sqrt),
        intended_weight: None,
        effective_weight: None,
        discrimination: correlation(&marks_with_rest, &rest_scores),
        efficiency: efficiency(&marks_with_rest, &rest_scores),
        apart: apart(seen),
        choices: choices(options, seen, &rests),
        left_open: seen.iter().filter(|(cell, _)| cell.given == Given::LeftOpen).count(),
        median_seconds: median(&seconds),
        calibration: [Certainty::Sure, Certainty::Fairly, Certainty::Guessing]
            .map(|level| calibration(level, seen, &marks)),
        certainty_unsaid: seen.iter().filter(|(cell, _)| cell.certainty.is_none()).count(),
        sure_and_wrong: seen.iter().map(|(cell, _)| *cell).zip(marks.iter().copied()).filter(sure).count(),
    };
    (figures, covariance(&marks, &totals).map(|covariance| covariance * possible))
}

/// How far a learner is above or below the average in their other questions, as a share of the points of those. Taking
/// the mean of every question off first makes a lucky draw and an unlucky one comparable, and changes nothing where
/// all had the same questions. `None` when there was no other question.
fn rest(cell: &Cell, row: &Row, possible: f64, facility: Option<f64>) -> Option<f64> {
    let others = row.possible - possible;
    let own = f64::from(cell.earned) - facility.unwrap_or_default() * possible;
    (others > 0.0).then(|| (row.deviation - own) / others)
}

fn apart(seen: &[(&Cell, &Row)]) -> usize {
    let mut frequencies: BTreeMap<u32, usize> = BTreeMap::new();
    for (cell, _) in seen {
        *frequencies.entry(cell.earned).or_default() += 1;
    }
    seen.len() - frequencies.into_values().max().unwrap_or_default()
}

fn calibration(level: Certainty, seen: &[(&Cell, &Row)], marks: &[f64]) -> CalibrationFigures {
    let said = seen.iter().zip(marks).filter(|((cell, _), _)| cell.certainty == Some(level));
    CalibrationFigures { count: said.clone().count(), facility: mean(said.map(|(_, mark)| *mark)) }
}

fn choices(options: usize, seen: &[(&Cell, &Row)], rests: &[Option<f64>]) -> Vec<ChoiceFigures> {
    let scores: Vec<f64> = rests.iter().copied().flatten().collect();
    let all = scores.iter().sum::<f64>();
    let variance = population_variance(&scores);
    let mut counts = vec![(0_usize, 0_usize, 0.0); options];
    for ((cell, _), rest) in seen.iter().zip(rests) {
        for option in &cell.chosen {
            let Some((count, with_rest, sum)) =
                usize::try_from(*option).ok().and_then(|at| counts.get_mut(at))
            else {
                continue;
            };
            *count += 1;
            if let Some(rest) = rest {
                *with_rest += 1;
                *sum += rest;
            }
        }
    }
    let of_option = |(count, with_rest, sum): (usize, usize, f64)| {
        let (chose, everybody) = (real(with_rest), real(scores.len()));
        let share = chose / everybody.max(1.0);
        // Pearson's correlation with a 0-1 variable: (M₁ − M) √(p / (1 − p)) ÷ σ, population σ.
        let correlation = (with_rest > 0 && with_rest < scores.len() && variance > NO_SPREAD)
            .then(|| (sum / chose - all / everybody) * (share / (1.0 - share)).sqrt() / variance.sqrt());
        ChoiceFigures { count, mean_rest: (with_rest > 0).then(|| sum / chose), correlation }
    };
    counts.into_iter().map(of_option).collect()
}

/// The covariance there is ÷ the covariance if the best marks had gone to the best learners.
fn efficiency(marks: &[f64], rests: &[f64]) -> Option<f64> {
    let there_is = covariance(marks, rests)?;
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        values
    };
    let most = covariance(&sorted(marks), &sorted(rests))?;
    (most > NO_SPREAD.sqrt()).then(|| there_is / most)
}

pub(super) fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let (of_left, of_right) = (sample_variance(left)?, sample_variance(right)?);
    let spread = of_left > NO_SPREAD && of_right > NO_SPREAD;
    covariance(left, right).filter(|_| spread).map(|covariance| covariance / (of_left * of_right).sqrt())
}

fn covariance(left: &[f64], right: &[f64]) -> Option<f64> {
    let (mean_left, mean_right) = (mean(left.iter().copied())?, mean(right.iter().copied())?);
    let sum: f64 = left.iter().zip(right).map(|(l, r)| (l - mean_left) * (r - mean_right)).sum();
    (left.len() > 1).then(|| sum / (real(left.len()) - 1.0))
}

pub(super) fn sample_variance(values: &[f64]) -> Option<f64> {
    covariance(values, values)
}

fn population_variance(values: &[f64]) -> f64 {
    let mean_value = mean(values.iter().copied()).unwrap_or_default();
    mean(values.iter().map(|value| (value - mean_value).powi(2))).unwrap_or_default()
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// Of sorted values.
pub(super) fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    match sorted.len() % 2 {
        0 => Some(f64::midpoint(sorted[sorted.len() / 2 - 1], upper)),
        _ => Some(upper),
    }
}
