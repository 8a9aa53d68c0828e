//! Answers that are typed: texts and numbers.

use crate::author::exchange::html::shortened;
use crate::author::exchange::moodle::fraction::Fraction;
use crate::author::exchange::moodle::reading::Reading;
use crate::author::exchange::moodle::tree::Element;
use crate::author::exchange::numbers::number;
use crate::quiz::mark;
use crate::quiz::question::{Case, Decimal, Drawn, Kind, NumberKey, Points, Question, TextKey};
use crate::quiz::response::Response;

/// `shortanswer`.
pub(super) fn shortanswer(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let case = if element.text_of("usecase") == "1" { Case::Matters } else { Case::Ignored };
    let mut answers = Vec::new();
    for answer in element.all("answer") {
        let fraction = reading.fraction(answer)?;
        reading.lose_feedback(answer);
        answers.push((answer.line, answer.content().to_owned(), fraction));
    }
    text_key(element.line, answers, case, reading).map(Kind::Text)
}

/// The accepted texts; each answer with its line and what it earns.
pub(super) fn text_key(
    line: usize,
    answers: Vec<(usize, String, Fraction)>,
    case: Case,
    reading: &mut Reading<'_>,
) -> Option<TextKey> {
    let mut accepted = Vec::new();
    let mut refused = Vec::new();
    for (line, mut text, fraction) in answers {
        if text.trim().is_empty() && fraction == Fraction::ZERO {
            continue;
        }
        if !fraction.is_full() {
            if fraction != Fraction::ZERO {
                reading.lose(line, format!("{} earns {fraction} % there and nothing here", shortened(&text)));
            }
            refused.push((line, text));
            continue;
        }
        if text.chars().all(|c| c == '*' || c.is_whitespace()) {
            return reading.refuse(line, "an answer accepts every text", "say which texts are right");
        }
        if !reading.facts.own && text.contains("\\*") {
            let message =
                format!("{} asks for an asterisk: here `*` always stands for any text", shortened(&text));
            reading.lose(line, message);
            text = text.replace("\\*", "*");
        }
        accepted.push(text);
    }
    if accepted.is_empty() {
        return reading.refuse(line, "no answer earns everything", "give one answer 100 %");
    }
    let key = TextKey { accepted, case };
    for (line, text) in refused.iter().filter(|(_, text)| !text.contains('*')) {
        if accepts(&key, text) {
            let message = format!(
                "{} does not earn everything there, and here an accepted text fits it",
                shortened(text)
            );
            reading.lose(*line, message);
        }
    }
    Some(key)
}

/// Whether rule 1 takes this text.
fn accepts(key: &TextKey, typed: &str) -> bool {
    let question = Question {
        id: "question".parse().expect("an identifier"),
        revision: std::num::NonZeroU32::MIN,
        topic: "topic".parse().expect("an identifier"),
        points: Points::ONE,
        difficulty: None,
        drawn: Drawn::ByChance,
        prompt: String::new(),
        why: None,
        source: None,
        lesson: None,
        kind: Kind::Text(key.clone()),
    };
    mark::is_right(&question, &Response::Text(typed.to_owned()))
}

/// A number that an answer accepts, as the bank writes it.
pub(super) struct NumberAnswer {
    pub line: usize,
    pub number: String,
    pub tolerance: String,
    pub fraction: Fraction,
}

/// `numerical`.
pub(super) fn numerical(element: &Element, reading: &mut Reading<'_>) -> Option<Kind> {
    let mut answers = Vec::new();
    for answer in element.all("answer") {
        let fraction = reading.fraction(answer)?;
        reading.lose_feedback(answer);
        let (number, tolerance) = (answer.content().to_owned(), answer.text_of("tolerance").to_owned());
        answers.push(NumberAnswer { line: answer.line, number, tolerance, fraction });
    }
    let mut key = number_key(element.line, answers, reading)?;
    key.unit = unit(element, reading);
    Some(Kind::Number(key))
}

/// The number that is right.
pub(super) fn number_key(
    line: usize,
    answers: Vec<NumberAnswer>,
    reading: &mut Reading<'_>,
) -> Option<NumberKey> {
    let mut key: Option<(NumberKey, String)> = None;
    for answer in answers {
        let NumberAnswer { line, number, tolerance, fraction } = answer;
        if number == "*" {
            if fraction != Fraction::ZERO {
                return reading.refuse(line, "an answer accepts every number", "say which number is right");
            }
            continue;
        }
        if !fraction.is_full() {
            if fraction != Fraction::ZERO {
                let off = if matches!(tolerance.as_str(), "" | "0") {
                    String::new()
                } else {
                    format!(" ±{tolerance}")
                };
                reading.lose(line, format!("{number}{off} earns {fraction} % there and nothing here"));
            }
            continue;
        }
        let Some(value) = decimal(&number) else {
            let message =
                format!("{} is not a number with at most 18 digits and 9 decimals", shortened(&number));
            return reading.refuse(line, message, "write it with a decimal point");
        };
        let off = if tolerance.is_empty() { Some(Decimal::ZERO) } else { decimal(&tolerance) };
        let Some(off) = off.filter(|off| !off.is_negative()) else {
            let message =
                format!("the tolerance {} is not a number with at most 9 decimals", shortened(&tolerance));
            return reading.refuse(line, message, "write it with a decimal point");
        };
        if let Some((_, first)) = &key {
            let message =
                format!("{first} and {number} both earn everything, and one number can be right here");
            return reading.refuse(line, message, "ask for one of them, or widen its tolerance");
        }
        key = Some((NumberKey { answer: value, tolerance: off, unit: None }, number));
    }
    match key {
        Some((key, _)) => Some(key),
        None => reading.refuse(line, "no number earns everything", "give one answer 100 %"),
    }
}

/// A number as PHP writes it: `12.5`, `1.0E-6`, or with a decimal comma.
fn decimal(text: &str) -> Option<Decimal> {
    if text.contains('.') { number(text) } else { number(&text.replacen(',', ".", 1)) }
}

/// The unit that stands behind the input.
fn unit(element: &Element, reading: &mut Reading<'_>) -> Option<String> {
    let units: Vec<&Element> =
        element.child("units").map(|units| units.all("unit").collect()).unwrap_or_default();
    let is_one =
        |unit: &&&Element| decimal(unit.text_of("multiplier")).is_none_or(|factor| factor.to_string() == "1");
    let main = units.iter().find(is_one).map(|unit| unit.text_of("unit_name").to_owned());
    let main = main.filter(|unit| !unit.trim().is_empty());
    for unit in units.iter().filter(|unit| main.as_deref() != Some(unit.text_of("unit_name"))) {
        let (name, factor) = (shortened(unit.text_of("unit_name")), unit.text_of("multiplier"));
        reading.lose(unit.line, format!("answers in {name} (factor {factor}) are right there and not here"));
    }
    for (name, message) in [
        ("unitgradingtype", "the unit must be given there and stands behind the input here"),
        ("unitsleft", "the unit stands before the input there and behind it here"),
    ] {
        if let Some(set) = element.child(name).filter(|set| !matches!(set.content(), "" | "0")) {
            reading.lose(set.line, message);
        }
    }
    if let Some(instructions) = element.child("instructions").filter(|text| !text.content().is_empty()) {
        reading.lose(instructions.line, format!("the instructions {}", shortened(instructions.content())));
    }
    main
}
