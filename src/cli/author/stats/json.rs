//! Item statistics as JSON.

use serde_json::{Map, Value, json};

use crate::author::stats::Statistics;
use crate::quiz::question::Difficulty;
use crate::quiz::statistics::QuizFigures;
use crate::quiz::statistics::sheet::{Count, FEWEST_ATTEMPTS, Figures, Row, Sheet, Shown};

/// The whole report. Shares have four decimals: more say nothing and could be calculated with.
pub(super) fn document(statistics: &Statistics) -> Value {
    let left_out: Vec<Value> = statistics
        .left_out
        .iter()
        .map(|left_out| json!({ "fingerprint": left_out.fingerprint, "reason": left_out.reason.words() }))
        .collect();
    json!({
        "read": statistics.read,
        "counted": statistics.counted,
        "leftOut": left_out,
        "fewestAttempts": FEWEST_ATTEMPTS,
        "quizzes": statistics.sheets.iter().map(quiz).collect::<Vec<_>>(),
    })
}

fn quiz(sheet: &Sheet) -> Value {
    json!({
        "course": sheet.course,
        "quiz": sheet.quiz,
        "title": sheet.title,
        "versions": sheet.versions,
        "attempts": sheet.attempts,
        "figures": sheet.whole.as_ref().map(whole),
        "questions": sheet.rows.iter().map(question).collect::<Vec<_>>(),
    })
}

fn whole(figures: &QuizFigures) -> Value {
    json!({
        "questionsPerAttempt": rounded(figures.questions),
        "mean": rounded(figures.mean),
        "median": rounded(figures.median),
        "standardDeviation": figures.deviation.map(rounded),
        "alpha": figures.alpha.map(rounded),
        "errorRatio": figures.error_ratio.map(rounded),
        "standardError": figures.standard_error.map(rounded),
    })
}

fn question(row: &Row) -> Value {
    let about = &row.about;
    let mut object = Map::new();
    object.insert("question".to_owned(), json!(about.question));
    object.insert("revision".to_owned(), json!(about.revision));
    object.insert("onlyIn".to_owned(), json!(about.only_in));
    object.insert("kind".to_owned(), json!(about.kind.name()));
    object.insert("prompt".to_owned(), json!(about.prompt));
    object.insert("difficulty".to_owned(), json!(about.difficulty.map(Difficulty::name)));
    let (shown, figures) = match &row.shown {
        Shown::Nobody => ("nobody", Value::Null),
        Shown::TooFew => ("too-few", Value::Null),
        Shown::Covers => ("withheld", Value::Null),
        Shown::Figures(figures) => ("figures", self::figures(row, figures)),
    };
    object.insert("shown".to_owned(), json!(shown));
    object.insert("figures".to_owned(), figures);
    Value::Object(object)
}

fn figures(row: &Row, figures: &Figures) -> Value {
    let item = &figures.item;
    let verdicts: Vec<Value> = figures
        .verdicts
        .iter()
        .map(|verdict| json!({ "name": verdict.name(), "words": verdict.words() }))
        .collect();
    let choices = row.about.choices.iter().zip(&item.choices).zip(&figures.choices);
    let choices: Vec<Value> = choices
        .map(|((choice, of), number)| {
            json!({
                "option": choice.label,
                "right": choice.right,
                "count": count(*number),
                "meanRest": of.mean_rest.map(rounded),
            })
        })
        .collect();
    let calibration = figures.calibration.map(|levels| {
        let names = ["sure", "fairly", "guessing"];
        let level =
            |((name, number), level): ((&str, &Count), &crate::quiz::statistics::CalibrationFigures)| {
                let value = json!({ "count": count(*number), "facility": level.facility.map(rounded) });
                (name.to_owned(), value)
            };
        Value::Object(names.into_iter().zip(&levels).zip(&item.calibration).map(level).collect())
    });
    let sure_and_wrong = figures.calibration.map(|_| count(figures.sure_and_wrong));
    json!({
        "attempts": item.attempts,
        "facility": item.facility.map(rounded),
        "standardDeviation": item.deviation.map(rounded),
        "guess": row.about.guess.map(rounded),
        "intendedWeight": item.intended_weight.map(rounded),
        "effectiveWeight": item.effective_weight.map(rounded),
        "discrimination": item.discrimination.map(rounded),
        "efficiency": item.efficiency.map(rounded),
        "medianSeconds": item.median_seconds,
        "leftOpen": count(figures.left_open),
        "choices": choices,
        "calibration": calibration,
        "sureAndWrong": sure_and_wrong,
        "verdicts": verdicts,
    })
}

fn count(count: Count) -> Value {
    match count {
        Count::Exactly(number) => json!(number),
        Count::Withheld => Value::Null,
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
