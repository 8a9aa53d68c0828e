//! GIFT answers that are matched: `=left -> right`.

use crate::author::exchange::excerpt::quote;
use crate::author::exchange::gift::piece::Piece;
use crate::author::exchange::gift::reading::{Format, Reading, Refused, stray_sign};
use crate::author::exchange::html;
use crate::author::exchange::shelf::option_ids;
use crate::quiz::question::{Item, Kind, Pair};

/// Reads what stands between the braces of a question with `=` and `->`. A right side without a left one is too many.
pub(super) fn read(reading: &mut Reading<'_>, answers: Piece<'_>) -> Result<Kind, Refused> {
    if let Some(at) = stray_sign(answers, &['=']) {
        let message = "this `=` begins another pair, and it does not look as if it should";
        return Err(reading.refused(answers.start + at, message, "write `\\=` for the character itself"));
    }
    let mut parts = answers.split('=');
    if let Some(before) = parts.next().filter(|before| !before.is_blank()) {
        let message = format!("{} stands before the first pair", quote(&before.text()));
        return Err(reading.refused(before.start, message, "begin every pair with `=`"));
    }
    let mut sides = Vec::new();
    for part in parts {
        let Some((left, right)) = part.split_once("->") else {
            let message = format!("{} has no `->`", quote(&part.text()));
            return Err(reading.refused(
                part.trim().start,
                message,
                "every pair is written `=left -> right`",
            ));
        };
        if right.is_blank() {
            let message = if left.is_blank() {
                "one answer has neither side".to_owned()
            } else {
                format!("{} has no right side", quote(&left.text()))
            };
            return Err(reading.refused(
                part.trim().start,
                message,
                "every pair is written `=left -> right`",
            ));
        }
        let left = if left.is_blank() { None } else { Some(reading.markdown(left)) };
        // Moodle shows right sides as plain text. Whoever writes the question in Markdown means these too.
        let right = match reading.format {
            Format::Markdown => right.text(),
            Format::Moodle | Format::Html | Format::Plain => html::literal(&right.text()),
        };
        sides.push((left, right));
    }
    if sides.iter().filter(|(left, _)| left.is_some()).count() < 2 {
        let message = "there are fewer than two pairs, so there is nothing to match";
        return Err(reading.refused(answers.start, message, "add pairs, each written `=left -> right`"));
    }
    Ok(kind(reading, sides))
}

fn kind(reading: &mut Reading<'_>, sides: Vec<(Option<String>, String)>) -> Kind {
    let texts: Vec<&str> = sides.iter().map(|(left, right)| left.as_deref().unwrap_or(right)).collect();
    let given = reading.facts.take_as("options", |ids| {
        let ids: Vec<String> = ids.split(',').map(str::to_owned).collect();
        (ids.len() == texts.len()).then_some(ids)
    });
    let given: Option<Vec<&str>> = given.as_ref().map(|ids| ids.iter().map(String::as_str).collect());
    let ids = option_ids(&texts, given.as_deref()).unwrap_or_default();
    let (mut pairs, mut extra) = (Vec::new(), Vec::new());
    for (id, (left, right)) in ids.into_iter().zip(sides) {
        match left {
            Some(left) => pairs.push(Pair { id, left, right }),
            None => extra.push(Item { id, text: right }),
        }
    }
    Kind::Match { pairs, extra }
}
