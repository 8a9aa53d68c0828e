//! `Cloze`: a text with gaps.

use std::collections::HashMap;
use std::ops::Range;

use crate::course::fields::{At, Fields, all};
use crate::course::kinds::{Rights, choices, member_id, number, text};
use crate::course::reference;
use crate::course::rule::Rule;
use crate::course::source::{did_you_mean, quote};
use crate::course::unique::Unique;
use crate::quiz::question::{Gap, GapKind, Kind};

/// Reads a cloze text and its gaps.
pub(super) fn read(fields: &Fields<'_>) -> Option<Kind> {
    let gaps = fields.required("gaps", gaps);
    // The text is checked against the gaps even if some other field of a gap is wrong.
    let ids = gaps.as_ref().map(|(ids, _)| ids.as_slice());
    let text = fields.required("text", |at| {
        let text = at.markdown()?;
        match ids {
            Some(ids) => check_text(at, &text, ids).then_some(text),
            None => Some(text),
        }
    });
    Some(Kind::Cloze { text: text?, gaps: gaps?.1? })
}

/// The identifier of every gap with its place, and the gaps themselves if nothing in them is wrong. Nothing at all if
/// not even the identifiers could be read.
#[expect(clippy::type_complexity, reason = "two halves of one list, used once, right here")]
fn gaps(at: At<'_>) -> Option<(Vec<(String, At<'_>)>, Option<Vec<Gap>>)> {
    let mut taken = Unique::new("gap");
    at.at_least(1, "expected at least one gap");
    let read = at.list_of(|at| Some(gap(at, &mut taken)))?;
    if read.is_empty() {
        return None;
    }
    let ids = read.iter().map(|(id, _)| id.clone()).collect();
    Some((all(ids)?, all(read.into_iter().map(|(_, gap)| gap).collect())))
}

fn gap<'t>(at: At<'t>, taken: &mut Unique) -> (Option<(String, At<'t>)>, Option<Gap>) {
    let Some((name, fields)) = at.named_group() else { return (None, None) };
    let known = match name {
        Some("Choice") => reference::CHOICE_GAP,
        Some("Text") => reference::TEXT_GAP,
        Some("Number") => reference::NUMBER_GAP,
        _ => {
            let guess = || did_you_mean(name.unwrap_or_default(), ["Choice", "Text", "Number"]);
            let message = "a gap is a Choice(…), a Text(…) or a Number(…)";
            at.source.fault_with_guess(Rule::UnknownKind, at.span(), message, guess);
            return (None, None);
        }
    };
    let fields = at.fields(fields, known.fields);
    let id = fields.required("id", |at| member_id(at, "gap", taken));
    let kind = match name {
        Some("Choice") => fields.required("options", |at| choices(at, Rights::One)).map(GapKind::Choice),
        Some("Text") => text(&fields).map(GapKind::Text),
        _ => number(&fields).map(GapKind::Number),
    };
    let named = id.as_ref().map(|id| (id.to_string(), fields.at("id").unwrap_or(at)));
    (named, id.zip(kind).map(|(id, kind)| Gap { id, kind }))
}

/// Whether every gap stands in the text once, nothing else does, and the order is that of the list.
fn check_text(at: At<'_>, text: &str, gaps: &[(String, At<'_>)]) -> bool {
    // The place in the file of the n-th `{{` of the text; braces cannot be mistaken unless they are escaped.
    let written = at.written();
    let mut opened = written.match_indices("{{").map(|(offset, _)| {
        let rest = &written[offset + 2..];
        let gap = &rest[..rest.find("{{").unwrap_or(rest.len())];
        at.start() + offset..at.start() + offset + gap.find("}}").map_or(2, |end| end + 4)
    });
    let mut found: Vec<&str> = Vec::new();
    let mut good = true;
    let mut wrong = |span: Range<usize>, message: String, guess: &dyn Fn() -> Option<String>| {
        at.source.fault_with_guess(Rule::BadGap, span, message, guess);
        good = false;
    };
    let places: HashMap<&str, usize> =
        gaps.iter().enumerate().map(|(place, (id, _))| (id.as_str(), place)).collect();
    let mut used = vec![false; gaps.len()];
    for piece in text.split("{{").skip(1) {
        let span = opened.next().unwrap_or(at.span());
        let Some((id, _)) = piece.split_once("}}") else {
            wrong(span, "`{{` without `}}`".to_owned(), &|| None);
            continue;
        };
        match places.get(id) {
            Some(place) if used[*place] => {
                wrong(span, format!("gap `{id}` stands in the text twice"), &|| None);
            }
            Some(place) => {
                used[*place] = true;
                found.push(id);
            }
            None => {
                let guess = || did_you_mean(id, gaps.iter().map(|(id, _)| id.as_str()));
                wrong(span, format!("no gap is called {}", quote(id)), &guess);
            }
        }
    }
    for ((id, place), used) in gaps.iter().zip(&used) {
        if !used {
            wrong(place.span(), format!("the text has no `{{{{{id}}}}}`"), &|| None);
        }
    }
    let listed = gaps.iter().zip(&used).filter(|(_, used)| **used).map(|(gap, _)| gap);
    if let Some((_, (id, place))) = found.iter().zip(listed).find(|(found, (id, _))| *found != id) {
        let hint = || Some("list the gaps in the order of the text".to_owned());
        wrong(place.span(), format!("gap `{id}` stands elsewhere in the text than in this list"), &hint);
    }
    good
}
