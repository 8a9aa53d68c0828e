//! Whether every question can be answered fully right.
//!
//! A pass mark of any percentage can be met by whoever answers everything right: marks are shares of what is possible, and
//! a full answer of every kind earns all of it. So a pass mark that cannot be met is always a question that cannot be
//! answered. That is not argued here but tried: the model answer is marked as a learner's would be. What can only be typed
//! must also fit into the input line of both faces, which takes no control characters and so many letters.

use crate::course::{Fault, ReadQuestion, Rule};
use crate::quiz::question::{Gap, GapKind, Kind, TextKey};
use crate::quiz::response::Response;
use crate::quiz::{key, mark};
use crate::training::LONGEST_ANSWER;

/// Every question that nobody can answer fully right.
pub(super) fn check(questions: &[ReadQuestion]) -> impl Iterator<Item = Fault> {
    questions.iter().filter_map(|read| {
        let best = best_answer(&read.question.kind, key::key(&read.question));
        (!mark::is_right(&read.question, &best)).then(|| Fault {
            at: Some(read.at),
            span: Some(read.span.clone()),
            hint: Some(format!(
                "accept a text that can be typed: letters, not control characters, and at most {LONGEST_ANSWER} of them"
            )),
            ..Fault::of_file(
                Rule::Unanswerable,
                &read.file,
                format!("nobody can answer `{}` fully right", read.question.id),
            )
        })
    })
}

/// The best that a learner's hands can do: the model answer, with texts as they arrive from the keyboard.
fn best_answer(kind: &Kind, model: Response) -> Response {
    match (kind, model) {
        (Kind::Text(key), _) => Response::Text(best_typed(key)),
        (Kind::Cloze { gaps, .. }, Response::Map(mut map)) => {
            for Gap { id, kind } in gaps {
                if let GapKind::Text(key) = kind {
                    map.insert(id.to_string(), best_typed(key));
                }
            }
            Response::Map(map)
        }
        (
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::TrueFalse { .. }
            | Kind::Match { .. }
            | Kind::Order { .. }
            | Kind::Number(_)
            | Kind::Cloze { .. }
            | Kind::Scenario { .. },
            model,
        ) => model,
    }
}

/// The first accepted text that can be typed; if there is none, the first as far as it can.
fn best_typed(key: &TextKey) -> String {
    let can_be_typed = |text: &&String| {
        text.chars().count() <= LONGEST_ANSWER && !text.chars().any(|c| c.is_control() && !c.is_whitespace())
    };
    let best = key.accepted.iter().find(can_be_typed).or(key.accepted.first());
    let typed = best.map(String::as_str).unwrap_or_default().chars();
    typed.filter(|c| !c.is_control() || c.is_whitespace()).take(LONGEST_ANSWER).collect()
}
