//! Which responses are taken.

use crate::quiz::key::tidy;
use crate::quiz::mark::is_well_formed;
use crate::quiz::question::Question;
use crate::quiz::response::Response;

/// How many characters a typed answer, or a gap filled in, has at most: more than any answer needs, little enough that
/// a record of many attempts stays small.
pub const LONGEST_ANSWER: usize = 1000;

/// A response that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unacceptable;

/// The response as records keep it. What a verifier would not call an answer to this question is refused here, before
/// it is stored, and not when HR looks at the record.
pub(super) fn acceptable(question: &Question, response: Response) -> Result<Response, Unacceptable> {
    let response = tidy(question, response);
    let short = |text: &String| text.chars().nth(LONGEST_ANSWER).is_none();
    let fits = is_well_formed(question, &response)
        && match &response {
            Response::Text(text) => short(text),
            // A list holds identifiers of the question, and so do the keys of a map.
            Response::List(_) => true,
            Response::Map(map) => map.values().all(short),
        };
    if fits { Ok(response) } else { Err(Unacceptable) }
}
