//! GIFT answers that are typed: texts with `=` and numbers with `#`.

use crate::author::exchange::excerpt::quote;
use crate::author::exchange::gift::piece::Piece;
use crate::author::exchange::gift::reading::{Reading, Refused, stray_sign};
use crate::author::exchange::gift::weight::{Weight, split_weight};
use crate::author::exchange::numbers::{Interval, joined, number, tolerance_of};
use crate::quiz::question::{Case, Decimal, Kind, NumberKey, TextKey};

/// A typed answer.
struct Answer {
    at: usize,
    weight: Weight,
    text: String,
    feedback: Option<String>,
}

/// Reads what stands between the braces of a short-answer question.
pub(super) fn text(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Kind, Refused> {
    let (full, partial) = graded(reading, answers)?;
    for answer in &partial {
        // `=%0%*` says something to whoever is wrong, and that is all it does.
        if answer.weight.is_positive() {
            let text = quote(&answer.text);
            let message = format!("the bank gave {} for {text}; here it earns nothing", answer.weight);
            reading.lost(
                answer.at,
                message,
                "a typed text is right or wrong: list it as accepted if it is good enough",
            );
        }
    }
    let mut accepted = Vec::with_capacity(full.len());
    for answer in &full {
        if answer.text.contains("\\*") {
            let message =
                format!("{} means the star itself; here a star stands for any text", quote(&answer.text));
            reading.lost(answer.at, message, "accepted texts know no other star");
        }
        let text = answer.text.replace("\\*", "*");
        if text.chars().all(|c| c == '*' || c.is_whitespace()) {
            let message = "this answer accepts every text";
            return Err(reading.refused(
                answer.at,
                message,
                "write the text that is right: stars alone leave no answer wrong",
            ));
        }
        accepted.push(text);
    }
    keep_feedback(reading, &full, &partial);
    let case = reading.facts.take_as("case", |case| (case == "matters").then_some(Case::Matters));
    Ok(Kind::Text(TextKey { accepted, case: case.unwrap_or(Case::Ignored) }))
}

/// Reads what stands between the braces of a question with `#`, which is cut off already.
pub(super) fn numeric(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Kind, Refused> {
    let (answers, wrong) = match answers.find("~") {
        Some(at) => (answers.cut(0..at), Some(answers.skip(at + 1))),
        None => (answers, None),
    };
    let (full, mut partial) = graded(reading, answers)?;
    let mut intervals = Vec::with_capacity(full.len());
    for answer in &full {
        let interval =
            interval(&answer.text).map_err(|(message, hint)| reading.refused(answer.at, message, hint))?;
        intervals.push(interval);
    }
    let key = joined(&intervals).ok_or_else(|| {
        let numbers: Vec<String> = full.iter().map(|answer| quote(&answer.text)).collect();
        let message =
            format!("several numbers are right: {}; ours is one number with a tolerance", numbers.join(", "));
        reading.refused(answers.start, message, "make a question of each, or a choice")
    })?;
    for answer in &partial {
        let text = quote(&answer.text);
        if answer.weight.is_positive() {
            let message = format!(
                "the bank gave {} for {text}; outside the full answer it earns nothing here",
                answer.weight
            );
            reading.lost(
                answer.at,
                message,
                "a number is right or wrong: widen the tolerance if it is good enough",
            );
        }
    }
    if let Some(wrong) = wrong {
        let feedback = reading.feedback(wrong.split_once("#").map(|(_, feedback)| feedback));
        let any = Answer { at: wrong.start, weight: Weight::NOTHING, text: "*".to_owned(), feedback };
        partial.push(any);
    }
    keep_feedback(reading, &full, &partial);
    let unit = reading.facts.take("unit").filter(|unit| !unit.trim().is_empty());
    Ok(Kind::Number(NumberKey { answer: key.answer, tolerance: key.tolerance, unit }))
}

/// The answers that earn everything, at least one, and the others.
fn graded(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<(Vec<Answer>, Vec<Answer>), Refused> {
    if let Some(at) = stray_sign(answers, &['=']) {
        let message = "this `=` begins another answer, and it does not look as if it should";
        let hint = "write `\\=` for the character itself, or a space before every answer";
        return Err(reading.refused(answers.start + at, message, hint));
    }
    let has_signs = answers.has("=");
    let mut found = Vec::new();
    for (index, part) in answers.split('=').enumerate() {
        let part = part.trim();
        if part.is_blank() {
            // Nothing stands before the first sign.
            if index > 0 {
                return Err(reading.refused(
                    part.start,
                    "an answer is empty",
                    "the character itself is written `\\=`",
                ));
            }
            continue;
        }
        if index == 0 && has_signs {
            let message = format!("{} stands before the first answer", quote(&part.text()));
            return Err(reading.refused(part.start, message, "begin every answer with `=`"));
        }
        found.push(answer(reading, part)?);
    }
    if found.is_empty() {
        return Err(reading.refused(
            answers.start,
            "there is no answer",
            "write one, such as `{=Bern}` or `{#3:0.5}`",
        ));
    }
    let at = found[0].at;
    let (full, partial): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|answer| answer.weight == Weight::ALL);
    if full.is_empty() {
        let message = "no answer earns everything";
        return Err(reading.refused(at, message, "ours are right or wrong: give one answer 100 %"));
    }
    Ok((full, partial))
}

fn answer(reading: &mut Reading<'_>, part: Piece<'_>) -> Result<Answer, Refused> {
    let (weight, body) = split_weight(part);
    let (text, feedback) = match body.split_once("#") {
        Some((text, feedback)) => (text, Some(feedback)),
        None => (body, None),
    };
    let text = Reading::typed(text);
    if text.trim().is_empty() {
        return Err(reading.refused(part.start, "an answer is empty", "write the accepted text behind `=`"));
    }
    let feedback = reading.feedback(feedback);
    Ok(Answer { at: part.start, weight: weight.unwrap_or(Weight::ALL), text, feedback })
}

/// Typed answers have no feedback of their own. What was said about the one right answer can be said to everybody
/// afterwards; the rest is lost.
fn keep_feedback(reading: &mut Reading<'_>, full: &[Answer], partial: &[Answer]) {
    let mut of_full = full.iter().filter(|answer| answer.feedback.is_some());
    if let (Some(answer), None, None) = (of_full.next(), of_full.next(), &reading.why) {
        reading.why = answer.feedback.clone();
        let message =
            format!("the feedback on {} is shown to everybody here, after answering", quote(&answer.text));
        reading.lost(answer.at, message, "see that `why` reads well after a wrong answer too");
    } else {
        for answer in full {
            lose_feedback(reading, answer);
        }
    }
    for answer in partial {
        lose_feedback(reading, answer);
    }
}

fn lose_feedback(reading: &mut Reading<'_>, answer: &Answer) {
    if let Some(feedback) = &answer.feedback {
        let whom = if answer.text == "*" { "any other answer".to_owned() } else { quote(&answer.text) };
        let message = format!("the feedback on {whom} is lost: {}", quote(feedback));
        reading.lost(answer.at, message, "typed answers have no feedback of their own: say it in `why`");
    }
}

/// `3`, `3:0.5` or `1..5`.
fn interval(text: &str) -> Result<Interval, (String, &'static str)> {
    const HINT: &str = "write decimals (up to 9) behind a point, and thousands without a sign between";
    let read = |text: &str| {
        number(text).ok_or_else(|| (format!("{} cannot be read as a number", quote(text)), HINT))
    };
    if let Some((low, high)) = text.split_once("..").filter(|(low, _)| !low.is_empty()) {
        let (low, high) = (read(low)?, read(high)?);
        return tolerance_of(low, high).ok_or_else(|| {
            (format!("{} is no range", quote(text)), "write the lower number first, with 8 decimals at most")
        });
    }
    let (answer, tolerance) = match text.split_once(':').filter(|(answer, _)| !answer.is_empty()) {
        Some((answer, tolerance)) => (read(answer)?, read(tolerance)?),
        None => (read(text)?, Decimal::ZERO),
    };
    if tolerance.is_negative() {
        return Err((
            format!("the tolerance in {} is negative", quote(text)),
            "a tolerance reaches to both sides",
        ));
    }
    Ok(Interval { answer, tolerance })
}
