//! GIFT answers that are chosen: `=` and `~`, with percent weights, and TRUE or FALSE.

use crate::author::exchange::excerpt::quote;
use crate::author::exchange::gift::piece::Piece;
use crate::author::exchange::gift::reading::{Reading, Refused, stray_sign};
use crate::author::exchange::gift::weight::{Weight, split_weight};
use crate::author::exchange::shelf::option_ids;
use crate::quiz::question::{Choice, Kind};

/// An answer to choose.
struct Answer {
    at: usize,
    sign: Sign,
    weight: Weight,
    text: String,
    feedback: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// `=`: all of it is right.
    Equals,
    /// `~`: wrong, or worth what its weight says.
    Tilde,
}

/// Reads what stands between the braces of a question with `~`.
pub(super) fn read(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Kind, Refused> {
    let answers = read_answers(reading, answers)?;
    let equals = answers.iter().filter(|answer| answer.sign == Sign::Equals).count();
    let rights: Vec<bool> = match equals {
        0 => several(reading, &answers)?,
        1 => one(reading, &answers)?,
        _ => {
            let message = "more than one answer is wholly right, and only one can be chosen";
            let hint = "does an answer hold an `=` of its own? write `\\=`; where several are right, give them weights \
                        such as `~%50%`";
            return Err(reading.refused(answers[0].at, message, hint));
        }
    };
    let texts: Vec<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
    let options = options(reading, &texts, |ids| {
        let answers = answers.iter().zip(&rights).zip(ids);
        let choices = answers.map(|((answer, right), id)| Choice {
            id,
            text: answer.text.clone(),
            right: *right,
            feedback: answer.feedback.clone(),
        });
        choices.collect()
    });
    Ok(if equals == 0 { Kind::Multiple { options } } else { Kind::Single { options } })
}

fn options<T>(
    reading: &mut Reading<'_>,
    texts: &[&str],
    make: impl FnOnce(Vec<crate::id::OptionId>) -> Vec<T>,
) -> Vec<T> {
    let given = reading.facts.take_as("options", |ids| {
        let ids: Vec<&str> = ids.split(',').collect();
        (ids.len() == texts.len()).then(|| ids.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    let given: Option<Vec<&str>> = given.as_ref().map(|ids| ids.iter().map(String::as_str).collect());
    make(option_ids(texts, given.as_deref()).unwrap_or_default())
}

fn read_answers(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Vec<Answer>, Refused> {
    if let Some(at) = stray_sign(answers, &['~', '=']) {
        let sign = if answers.mask()[at..].starts_with('~') { '~' } else { '=' };
        let message = format!("this `{sign}` begins another answer, and it does not look as if it should");
        let hint = format!("write `\\{sign}` for the character itself, or a space before every answer");
        return Err(reading.refused(answers.start + at, message, hint));
    }
    let first = answers.mask().find(['~', '=']).unwrap_or(answers.mask().len());
    if !answers.cut(0..first).is_blank() {
        let message = format!("{} stands before the first answer", quote(&answers.cut(0..first).text()));
        return Err(reading.refused(answers.start, message, "begin every answer with `=` or `~`"));
    }
    let places: Vec<usize> = answers.mask().match_indices(['~', '=']).map(|(at, _)| at).collect();
    let ends = places.iter().skip(1).copied().chain([answers.mask().len()]);
    let mut found = Vec::with_capacity(places.len());
    for (&at, end) in places.iter().zip(ends) {
        let sign = if answers.mask()[at..].starts_with('=') { Sign::Equals } else { Sign::Tilde };
        found.push(answer(reading, sign, answers.cut(at + 1..end))?);
    }
    if found.len() < 2 {
        let message = "there is only one answer, so there is nothing to choose";
        return Err(reading.refused(answers.start, message, "add wrong answers, each with `~` before it"));
    }
    Ok(found)
}

fn answer(reading: &mut Reading<'_>, sign: Sign, piece: Piece<'_>) -> Result<Answer, Refused> {
    let piece = piece.trim();
    let at = piece.start;
    let (weight, body) = split_weight(piece);
    let weight = match (sign, weight) {
        (Sign::Equals, Some(_)) => {
            let message = "`=` is wholly right whatever weight follows; Moodle shows the weight as text";
            return Err(reading.refused(at, message, "write `~%50%` for a part, or `=` alone"));
        }
        (Sign::Equals, None) => Weight::ALL,
        (Sign::Tilde, weight) => weight.unwrap_or(Weight::NOTHING),
    };
    let (text, feedback) = match body.split_once("#") {
        Some((text, feedback)) => (text, Some(feedback)),
        None => (body, None),
    };
    if text.is_blank() {
        let hint = "is there a `~` or `=` too many? the characters themselves are written `\\~` and `\\=`";
        return Err(reading.refused(at, "an answer is empty", hint));
    }
    let text = reading.markdown(text);
    let feedback = reading.feedback(feedback);
    Ok(Answer { at, sign, weight, text, feedback })
}

/// Exactly one `=`: which answers are right, and what their weights say that ours cannot.
fn one(reading: &mut Reading<'_>, answers: &[Answer]) -> Result<Vec<bool>, Refused> {
    for answer in answers.iter().filter(|answer| answer.sign == Sign::Tilde) {
        let text = quote(&answer.text);
        if answer.weight == Weight::ALL {
            let message = format!("{text} is wholly right too, and only one can be chosen");
            return Err(reading.refused(
                answer.at,
                message,
                "give all right answers weights such as `~%50%`",
            ));
        }
        if answer.weight.is_positive() {
            let message = format!("the bank gave {} for {text}; here it earns nothing", answer.weight);
            reading.lost(answer.at, message, "one option is right, the others are wrong");
        } else if answer.weight != Weight::NOTHING {
            let message =
                format!("the bank took {} for {text}; here it only earns nothing", answer.weight.size());
            reading.lost(answer.at, message, "no question earns less than nothing");
        }
    }
    Ok(answers.iter().map(|answer| answer.sign == Sign::Equals).collect())
}

/// Only `~`: every answer with a positive weight is right, and several can be ticked. Rule 1 gives r/R − w/W.
fn several(reading: &mut Reading<'_>, answers: &[Answer]) -> Result<Vec<bool>, Refused> {
    let rights: Vec<bool> = answers.iter().map(|answer| answer.weight.is_positive()).collect();
    let right = rights.iter().filter(|right| **right).count();
    let wrong = answers.len() - right;
    if right == 0 {
        let hint = "begin the right answer with `=`, or give several right ones weights such as `~%50%`";
        return Err(reading.refused(answers[0].at, "no answer earns anything", hint));
    }
    if wrong == 0 {
        let message = "every answer earns something, so ticking all of them would score";
        return Err(reading.refused(answers[0].at, message, "add an answer that is wrong"));
    }
    for answer in answers {
        let text = quote(&answer.text);
        let (share, verb, costs) =
            if answer.weight.is_positive() { (right, "gave", "earns") } else { (wrong, "took", "costs") };
        if !answer.weight.is_share_of(share) {
            let ours = Weight::share_of(share);
            let theirs = if answer.weight == Weight::NOTHING {
                "nothing".to_owned()
            } else {
                answer.weight.size().to_string()
            };
            let message = format!("the bank {verb} {theirs} for {text}; here it {costs} {ours}");
            let hint = "every right option earns the same, every wrong one costs the same, and ticking all earns nothing";
            reading.lost(answer.at, message, hint);
        }
    }
    Ok(rights)
}

/// TRUE or FALSE, if that is what stands there.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word {
        "T" | "TRUE" => Some(true),
        "F" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Reads TRUE or FALSE. With feedback of their own the two become options, which can carry it.
pub(super) fn true_false(reading: &mut Reading<'_>, answers: Piece<'_>, answer: bool) -> Kind {
    let mut parts = answers.split_once("#").map(|(_, feedback)| feedback).into_iter();
    let (wrong, right) = match parts.next().map(|feedback| (feedback.split_once("#"), feedback)) {
        Some((Some((wrong, right)), _)) => (Some(wrong), Some(right)),
        Some((None, wrong)) => (Some(wrong), None),
        None => (None, None),
    };
    let (wrong, right) = (reading.feedback(wrong), reading.feedback(right));
    if wrong.is_none() && right.is_none() {
        return Kind::TrueFalse { answer };
    }
    let (of_true, of_false) = if answer { (right, wrong) } else { (wrong, right) };
    let option = |id: &str, text: &str, right, feedback| {
        Some(Choice { id: id.parse().ok()?, text: text.to_owned(), right, feedback })
    };
    let options = [option("true", "True", answer, of_true), option("false", "False", !answer, of_false)];
    Kind::Single { options: options.into_iter().flatten().collect() }
}
