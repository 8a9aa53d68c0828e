use proptest::prelude::*;

use super::*;
use crate::quiz::question::Question;
use crate::quiz::response::Response;
use crate::quiz::samples;
use crate::quiz::statistics::choices::{Finder, choices};
use crate::quiz::statistics::{Cell, Column, Given, Responses};

fn described(question: &Question, id: &str) -> Described {
    Described {
        question: id.parse().expect("an identifier"),
        revision: question.revision,
        only_in: None,
        prompt: question.prompt.clone(),
        kind: question.kind.clone(),
        choices: choices(question),
        difficulty: question.difficulty,
        guess: None,
    }
}

/// A learner's choice at the sample question: `two` is right.
fn chose(column: Column, option: Option<&str>) -> Cell {
    let finder = Finder::new(&samples::single());
    let response = option.map(|id| Response::Text(id.to_owned()));
    Cell {
        column,
        earned: if option == Some("two") { 1000 } else { 0 },
        given: if option.is_some() { Given::Answered } else { Given::LeftOpen },
        chosen: response.map(|response| finder.chosen(&response)).unwrap_or_default(),
        certainty: None,
        seconds: 10,
    }
}

fn sheet(responses: &Responses, ids: &[&str]) -> Sheet {
    let described = ids.iter().map(|id| described(&samples::single(), id)).collect();
    let about =
        ("course".parse().expect("an identifier"), String::new(), "quiz".parse().expect("an identifier"));
    Sheet::new(about, Vec::new(), responses.figures(), described)
}

fn row<'a>(sheet: &'a Sheet, id: &str) -> &'a Row {
    sheet.rows.iter().find(|row| row.about.question.as_str() == id).expect("a row")
}

#[test]
fn a_question_that_few_had_is_withheld_with_another() {
    let mut responses = Responses::default();
    let [often, rare, rarer, never] = [(); 4].map(|()| responses.add_column(1000, 3));
    for learner in 0..30 {
        let right = if learner % 2 == 0 { Some("two") } else { Some("one") };
        let mut cells = vec![chose(often, right)];
        if learner < 12 {
            cells.push(chose(rare, right));
        }
        if learner > 24 {
            cells.push(chose(rarer, right));
        }
        responses.add_row(cells);
    }
    let _ = never;
    let sheet = sheet(&responses, &["often", "rare", "rarer", "never"]);
    assert!(row(&sheet, "often").figures().is_some());
    assert_eq!(row(&sheet, "rarer").shown, Shown::TooFew);
    assert_eq!(row(&sheet, "rare").shown, Shown::Covers, "5 and 12 are 17, 5 alone could be calculated");
    assert_eq!(row(&sheet, "never").shown, Shown::Nobody);
    let order: Vec<&str> = sheet.rows.iter().map(|row| row.about.question.as_str()).collect();
    assert_eq!(order.first(), Some(&"often"));
    assert_eq!(order.last(), Some(&"never"));
}

#[test]
fn nine_are_too_few_and_ten_are_enough() {
    for (learners, enough) in [(9, false), (10, true)] {
        let mut responses = Responses::default();
        let column = responses.add_column(1000, 3);
        (0..learners).for_each(|_| responses.add_row([chose(column, Some("two"))]));
        let sheet = sheet(&responses, &["only"]);
        assert_eq!(sheet.whole.is_some(), enough);
        assert_eq!(row(&sheet, "only").figures().is_some(), enough);
    }
}

#[test]
fn figures_that_rest_on_two_learners_are_withheld() {
    for (wrong, shown) in [(2, false), (3, true)] {
        let mut responses = Responses::default();
        let [first, second] = [(); 2].map(|()| responses.add_column(1000, 3));
        for learner in 0..20 {
            let option = if learner < wrong { "one" } else { "two" };
            let other = if learner < 8 { "one" } else { "two" };
            responses.add_row([chose(first, Some(option)), chose(second, Some(other))]);
        }
        let sheet = sheet(&responses, &["first", "second"]);
        let figures = row(&sheet, "first").figures().expect("figures");
        assert_eq!(figures.item.discrimination.is_some(), shown, "{wrong}");
        assert_eq!(figures.item.efficiency.is_some(), shown, "{wrong}");
        assert_eq!(figures.item.effective_weight.is_some(), shown, "{wrong}");
        assert_eq!(figures.item.choices.iter().any(|choice| choice.mean_rest.is_some()), shown, "{wrong}");
        // one, two, three: that two are wrong is known, which way they went is not.
        let expected = if shown {
            [Count::Exactly(3), Count::Exactly(17), Count::Exactly(0)]
        } else {
            [Count::Withheld, Count::Exactly(18), Count::Withheld]
        };
        assert_eq!(figures.choices, expected, "{wrong}");
        assert_eq!(figures.left_open, if shown { Count::Exactly(0) } else { Count::Withheld });
        let handed_on: Vec<usize> = figures.item.choices.iter().map(|choice| choice.count).collect();
        assert_eq!(handed_on, if shown { [3, 17, 0] } else { [0, 18, 0] }, "{wrong}");
    }
}

#[test]
fn small_numbers_are_withheld_and_cannot_be_calculated() {
    fn check(cells: &[usize], expected: &[usize]) {
        let hidden = hidden(cells);
        let found: Vec<usize> = (0..cells.len()).filter(|place| hidden[*place]).collect();
        assert_eq!(found, expected, "{cells:?}");
    }
    check(&[8, 3, 0], &[]);
    check(&[0, 0, 0], &[]);
    check(&[8, 1, 0], &[0, 1]); // without the 8 the 1 would be what is missing
    check(&[8, 1, 2], &[1, 2]); // 3 together: 1 and 2 or 2 and 1
    check(&[8, 1, 1], &[0, 1, 2]); // 2 together could only be 1 and 1
    check(&[8, 2, 2], &[1, 2]);
    check(&[9, 5, 1, 0], &[1, 2]);
    check(&[1, 0, 0], &[0, 1, 2]); // that one is wrong is known; which way is not
    check(&[1], &[0]);
}

/// In how many ways numbers of at least `least` make this sum.
fn ways(sum: usize, numbers: usize, least: usize) -> usize {
    match numbers {
        0 => usize::from(sum == 0),
        _ => (least..=sum).map(|first| ways(sum - first, numbers - 1, least)).sum(),
    }
}

proptest! {
    /// Whoever knows the sum and everything shown cannot tell what a withheld number is.
    #[test]
    fn withheld_numbers_have_more_than_one_solution(cells in prop::collection::vec(0_usize..6, 2..5)) {
        let hidden = hidden(&cells);
        let withheld: Vec<usize> =
            cells.iter().zip(&hidden).filter(|(_, h)| **h).map(|(c, _)| *c).collect();
        prop_assert!(cells.iter().zip(&hidden).all(|(count, h)| *h || !(1..FEWEST_TOGETHER).contains(count)));
        if withheld.is_empty() {
            return Ok(());
        }
        // Noughts are withheld after everything else, so that a shown number means that no other is nought, unless
        // some are.
        let noughts = withheld.contains(&0) || !hidden.contains(&false);
        let solutions = ways(withheld.iter().sum(), withheld.len(), usize::from(!noughts));
        prop_assert!(solutions > 1, "{cells:?} {hidden:?}");
    }
}
