//! Item statistics on worked examples: the expected figures come from a script that knows only the formulas.

use std::fs;
use std::path::Path;
use std::time::Instant;

use countersign::quiz::response::Certainty;
use countersign::quiz::statistics::{Cell, Column, Given, ItemFigures, QuizFigures, Responses};
use serde_json::Value;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics").join(name);
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

fn small(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a number")).expect("small")
}

fn responses(data: &Value) -> Responses {
    let mut responses = Responses::default();
    let items = data["items"].as_array().expect("items");
    let columns: Vec<(Column, bool)> = items
        .iter()
        .map(|item| {
            let options = small(&item["options"]);
            (responses.add_column(small(&item["possible"]), options as usize), options > 0)
        })
        .collect();
    for row in data["rows"].as_array().expect("rows") {
        let cells = row.as_array().expect("cells").iter().zip(&columns).filter(|(cell, _)| !cell.is_null());
        let cells = cells.map(|(cell, (column, chooses))| Cell {
            column: *column,
            earned: small(&cell[0]),
            given: if *chooses && cell[1].is_null() { Given::LeftOpen } else { Given::Answered },
            chosen: cell[1].as_u64().map(|_| small(&cell[1])).into_iter().collect(),
            certainty: cell[2].as_str().map(|word| match word {
                "sure" => Certainty::Sure,
                "fairly" => Certainty::Fairly,
                "guessing" => Certainty::Guessing,
                other => panic!("{other} is no certainty"),
            }),
            seconds: small(&cell[3]),
        });
        responses.add_row(cells);
    }
    responses
}

fn same(what: &str, found: Option<f64>, expected: &Value) {
    match (found, expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(wanted)) if (found - wanted).abs() < 1e-9 => {}
        other => panic!("{what}: found and expected {other:?}"),
    }
}

fn same_count(what: &str, found: usize, expected: &Value) {
    assert_eq!(Some(found as u64), expected.as_u64(), "{what}");
}

fn compare_item(what: &str, item: &ItemFigures, expected: &Value) {
    let of = |name: &str| format!("{what}, {name}");
    same_count(&of("attempts"), item.attempts, &expected["attempts"]);
    same_count(&of("apart"), item.apart, &expected["apart"]);
    same_count(&of("left open"), item.left_open, &expected["left_open"]);
    same_count(&of("certainty unsaid"), item.certainty_unsaid, &expected["certainty_unsaid"]);
    same_count(&of("sure and wrong"), item.sure_and_wrong, &expected["sure_and_wrong"]);
    same(&of("facility"), item.facility, &expected["facility"]);
    same(&of("deviation"), item.deviation, &expected["deviation"]);
    same(&of("intended weight"), item.intended_weight, &expected["intended_weight"]);
    same(&of("effective weight"), item.effective_weight, &expected["effective_weight"]);
    same(&of("discrimination"), item.discrimination, &expected["discrimination"]);
    same(&of("efficiency"), item.efficiency, &expected["efficiency"]);
    same(&of("median seconds"), item.median_seconds, &expected["median_seconds"]);
    let choices = expected["choices"].as_array().expect("choices");
    assert_eq!(item.choices.len(), choices.len(), "{what}");
    for (place, (choice, expected)) in item.choices.iter().zip(choices).enumerate() {
        let of = |name: &str| format!("{what}, option {place}, {name}");
        same_count(&of("count"), choice.count, &expected["count"]);
        same(&of("mean rest"), choice.mean_rest, &expected["mean_rest"]);
        same(&of("correlation"), choice.correlation, &expected["correlation"]);
    }
    for (level, expected) in item.calibration.iter().zip(expected["calibration"].as_array().expect("levels"))
    {
        same_count(&of("calibration"), level.count, &expected["count"]);
        same(&of("calibration"), level.facility, &expected["facility"]);
    }
}

fn compare(what: &str, figures: &QuizFigures, expected: &Value) {
    let of = |name: &str| format!("{what}, {name}");
    same_count(&of("attempts"), figures.attempts, &expected["attempts"]);
    same(&of("questions"), Some(figures.questions), &expected["questions"]);
    same(&of("mean"), Some(figures.mean), &expected["mean"]);
    same(&of("median"), Some(figures.median), &expected["median"]);
    same(&of("deviation"), figures.deviation, &expected["deviation"]);
    same(&of("alpha"), figures.alpha, &expected["alpha"]);
    same(&of("error ratio"), figures.error_ratio, &expected["error_ratio"]);
    same(&of("standard error"), figures.standard_error, &expected["standard_error"]);
    let items = expected["items"].as_array().expect("items");
    assert_eq!(figures.items.len(), items.len(), "{what}");
    for (place, (item, expected)) in figures.items.iter().zip(items).enumerate() {
        compare_item(&format!("{what}, question {place}"), item, expected);
    }
}

#[test]
fn the_figures_are_those_of_the_formulas() {
    let expected = read("expected.json");
    for (file, name) in [("complete.json", "complete"), ("drawn.json", "drawn")] {
        compare(name, &responses(&read(file)).figures(), &expected[name]);
    }
}

/// `cargo test --release --test statistics -- --ignored --nocapture` says how long it takes.
#[test]
#[ignore = "a measurement"]
fn time_grows_with_the_number_of_attempts() {
    for learners in [12_500_u32, 25_000, 50_000, 100_000, 200_000] {
        let mut responses = Responses::default();
        let columns: Vec<_> = (0..60).map(|_| responses.add_column(1000, 4)).collect();
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        for _ in 0..learners {
            let first = next(60);
            let drawn = (0..20).map(|step| columns[usize::try_from((first + step * 3) % 60).expect("small")]);
            let cells: Vec<Cell> = drawn
                .map(|column| {
                    let chosen = u32::try_from(next(4)).expect("small");
                    Cell {
                        column,
                        earned: if chosen == 0 { 1000 } else { 0 },
                        given: Given::Answered,
                        chosen: Box::new([chosen]),
                        certainty: Some(Certainty::Fairly),
                        seconds: chosen,
                    }
                })
                .collect();
            responses.add_row(cells);
        }
        let begin = Instant::now();
        let figures = responses.figures();
        println!("{learners} attempts of 20 questions: {:?}, alpha {:?}", begin.elapsed(), figures.alpha);
    }
}
