use proptest::prelude::*;

use super::*;

fn cell(column: Column, earned: u32) -> Cell {
    Cell { column, earned, given: Given::Answered, chosen: Box::default(), certainty: None, seconds: 1 }
}

/// Learners who all had the questions of these columns, in points.
fn table(rows: &[&[u32]]) -> QuizFigures {
    let mut responses = Responses::default();
    let columns: Vec<_> = rows[0].iter().map(|_| responses.add_column(1000, 0)).collect();
    for row in rows {
        responses.add_row(columns.iter().zip(*row).map(|(column, points)| cell(*column, points * 1000)));
    }
    responses.figures()
}

#[test]
fn nothing_gives_no_figures() {
    let figures = Responses::default().figures();
    assert_eq!((figures.attempts, figures.alpha, figures.deviation), (0, None, None));
    let mut responses = Responses::default();
    let column = responses.add_column(1000, 2);
    assert_eq!(responses.figures().items[0].facility, None);
    responses.add_row([cell(column, 1000)]);
    let item = &responses.figures().items[0];
    assert_eq!((item.facility, item.deviation, item.discrimination), (Some(1.0), None, None));
    assert_eq!(item.intended_weight, Some(1.0));
}

#[test]
fn what_does_not_vary_has_no_discrimination() {
    // The rest score is the same for everybody although no question is: what rounding leaves must not be divided.
    let figures =
        table(&[&[1, 1, 0], &[1, 0, 1], &[1, 1, 0], &[1, 0, 1], &[1, 0, 1], &[1, 0, 1], &[1, 1, 0]]);
    assert_eq!(figures.items[0].discrimination, None);
    assert_eq!(figures.items[0].efficiency, None);
    assert!(figures.items[1].discrimination.is_some_and(|d| (d + 1.0).abs() < 1e-9));
}

#[test]
fn questions_that_agree_are_consistent() {
    let same: &[&[u32]] = &[&[1, 1, 1], &[0, 0, 0], &[1, 1, 1], &[0, 0, 0]];
    let figures = table(same);
    assert!(figures.alpha.is_some_and(|alpha| (alpha - 1.0).abs() < 1e-12), "{:?}", figures.alpha);
    assert!(figures.standard_error.is_some_and(|error| error < 1e-6));
    for item in &figures.items {
        assert!(item.discrimination.is_some_and(|d| (d - 1.0).abs() < 1e-12));
        assert!(item.effective_weight.is_some_and(|weight| (weight - 1.0 / 3.0).abs() < 1e-12));
    }
}

#[test]
fn an_easy_draw_makes_nobody_better() {
    // Two learners of two questions each: everybody is average in what they drew, so nothing tells them apart.
    let mut responses = Responses::default();
    let [easy, hard, common] = [(); 3].map(|()| responses.add_column(1000, 0));
    for earned in [1000, 0] {
        responses.add_row([cell(easy, 1000), cell(common, earned)]);
        responses.add_row([cell(hard, 0), cell(common, earned)]);
    }
    assert_eq!(responses.figures().items[2].discrimination, None);
}

proptest! {
    #[test]
    fn figures_stay_within_their_bounds(
        rows in prop::collection::vec(prop::collection::vec(prop::option::of(0_u32..=3), 4), 0..20),
    ) {
        let mut responses = Responses::default();
        let columns: Vec<_> = (0..4).map(|_| responses.add_column(3000, 0)).collect();
        for row in &rows {
            let cells = columns.iter().zip(row).filter_map(|(column, mark)| mark.map(|mark| cell(*column, mark * 1000)));
            responses.add_row(cells);
        }
        let figures = responses.figures();
        let within = |value: Option<f64>, low: f64, high: f64| value.is_none_or(|value| (low..=high).contains(&value));
        prop_assert!(within(figures.alpha, f64::NEG_INFINITY, 1.0 + 1e-9), "{:?}", figures.alpha);
        for item in &figures.items {
            prop_assert!(within(item.facility, 0.0, 1.0));
            prop_assert!(within(item.discrimination, -1.0 - 1e-9, 1.0 + 1e-9));
            prop_assert!(within(item.efficiency, f64::NEG_INFINITY, 1.0 + 1e-9), "{:?}", item.efficiency);
            prop_assert!(within(item.effective_weight, 0.0, f64::INFINITY));
        }
    }

    #[test]
    fn the_order_of_learners_does_not_matter(marks in prop::collection::vec([0_u32..2, 0_u32..2, 0_u32..2], 3..12)) {
        let rows: Vec<&[u32]> = marks.iter().map(|row| &row[..]).collect();
        let turned: Vec<&[u32]> = rows.iter().rev().copied().collect();
        let close = |left: Option<f64>, right: Option<f64>| match (left, right) {
            (Some(left), Some(right)) => (left - right).abs() < 1e-9,
            (left, right) => left.is_none() && right.is_none(),
        };
        let (left, right) = (table(&rows), table(&turned));
        prop_assert!(close(left.alpha, right.alpha));
        for (left, right) in left.items.iter().zip(&right.items) {
            prop_assert!(close(left.discrimination, right.discrimination));
        }
    }
}
