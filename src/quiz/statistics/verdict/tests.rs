use super::*;
use crate::quiz::samples;
use crate::quiz::statistics::choices::choices;
use crate::quiz::statistics::{CalibrationFigures, ChoiceFigures};

/// A question without fault: 101 learners, so that twice the standard error of a correlation is 0.2.
fn sound() -> ItemFigures {
    let choice =
        |count, correlation| ChoiceFigures { count, mean_rest: None, correlation: Some(correlation) };
    ItemFigures {
        attempts: 101,
        facility: Some(0.7),
        deviation: Some(0.4),
        intended_weight: None,
        effective_weight: None,
        discrimination: Some(0.4),
        efficiency: None,
        apart: 30,
        choices: vec![choice(15, -0.3), choice(71, 0.4), choice(15, -0.2)],
        left_open: 0,
        median_seconds: None,
        calibration: [CalibrationFigures { count: 50, facility: Some(0.9) }; 3],
        certainty_unsaid: 0,
        sure_and_wrong: 0,
    }
}

fn names(figures: &ItemFigures, guess: Option<f64>) -> Vec<&'static str> {
    let question = samples::single();
    let said = verdicts(figures, &choices(&question), &question.kind, guess, None);
    said.iter().map(Verdict::name).collect()
}

#[test]
fn every_verdict_has_its_bound() {
    fn check(change: impl Fn(&mut ItemFigures), expected: &[&str]) {
        let mut figures = sound();
        change(&mut figures);
        assert_eq!(names(&figures, Some(1.0 / 3.0)), expected, "{figures:?}");
    }
    check(|_| {}, &["fine"]);
    check(|item| item.attempts = 30, &["fine"]);
    check(|item| item.attempts = 29, &[]);
    check(|item| item.attempts = 0, &[]);
    check(|item| item.choices[0].correlation = Some(0.21), &["fools-the-best"]);
    check(|item| item.choices[0].correlation = Some(0.19), &["fine"]);
    check(|item| item.choices[1].correlation = Some(0.9), &["fine"]); // that is the key
    check(
        |item| item.choices[0] = ChoiceFigures { count: 4, mean_rest: None, correlation: Some(0.9) },
        &["unpicked"], // four of a hundred accuse nobody
    );
    check(|item| item.discrimination = Some(-0.21), &["backwards"]);
    check(|item| item.discrimination = Some(-0.19), &["tells-nobody-apart"]);
    check(|item| item.discrimination = Some(0.19), &["tells-nobody-apart"]);
    check(|item| item.discrimination = Some(0.2), &["fine"]);
    check(
        |item| (item.discrimination, item.apart) = (Some(-0.9), 4),
        &["fine"], // nor do four who are different
    );
    check(|item| item.calibration[0].facility = Some(0.49), &["misconception"]);
    check(|item| item.calibration[0] = CalibrationFigures { count: 4, facility: Some(0.0) }, &["fine"]);
    check(|item| item.facility = Some(0.36), &["guessed"]);
    check(|item| item.facility = Some(0.38), &["fine"]);
    check(|item| item.facility = Some(0.95), &["fine"]);
    check(|item| item.facility = Some(0.96), &["too-easy"]);
    check(|item| item.choices[2].count = 5, &["unpicked"]);
    check(|item| item.choices[2].count = 6, &["fine"]);
    check(
        |item| (item.facility, item.choices[2].count) = (Some(0.97), 0),
        &["too-easy"], // where nearly all are right, few can be wrong
    );
    check(
        |item| {
            item.choices[2].correlation = Some(0.5);
            item.calibration[0].facility = Some(0.1);
            item.choices[0].count = 0;
        },
        &["fools-the-best", "misconception", "unpicked"],
    );
}

#[test]
fn what_the_author_says_is_held_beside_what_learners_do() {
    #[track_caller]
    fn check(stated: Difficulty, facility: f64, expected: &[&str]) {
        let figures = ItemFigures { facility: Some(facility), ..sound() };
        let question = samples::single();
        let said = verdicts(&figures, &choices(&question), &question.kind, None, Some(stated));
        assert_eq!(said.iter().map(Verdict::name).collect::<Vec<_>>(), expected, "{stated:?} {facility}");
    }
    check(Difficulty::Easy, 0.50, &["fine"]);
    check(Difficulty::Easy, 0.49, &["not-easy"]);
    check(Difficulty::Easy, 0.34, &["too-hard", "not-easy"]);
    check(Difficulty::Medium, 0.36, &["fine"]);
    check(Difficulty::Medium, 0.95, &["fine"]);
    check(Difficulty::Hard, 0.36, &["fine"]);
    check(Difficulty::Hard, 0.90, &["fine"]);
    check(Difficulty::Hard, 0.91, &["not-hard"]);
    check(Difficulty::Hard, 0.96, &["too-easy", "not-hard"]);
    let few = ItemFigures { attempts: 29, facility: Some(0.1), ..sound() };
    assert_eq!(verdicts(&few, &[], &samples::single().kind, None, Some(Difficulty::Easy)), []);
}

#[test]
fn without_a_guess_few_right_is_too_hard() {
    let mut figures = sound();
    figures.facility = Some(0.34);
    assert_eq!(names(&figures, Some(0.0)), ["too-hard"]);
    assert_eq!(names(&figures, None), ["too-hard"]);
}
