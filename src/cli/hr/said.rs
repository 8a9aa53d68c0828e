//! Words that several `hr` verbs say alike.

pub(super) use crate::phrase::counted;
use crate::registry::terms::{Level, Treatment};

/// What was said at each level: the level, or as much room below it, and the words.
pub(super) fn reasons(reasons: &[(Level, String)]) -> impl Iterator<Item = (String, &str)> {
    let mut before = None;
    reasons.iter().map(move |(level, words)| {
        let named = if before == Some(*level) { "" } else { level.word() };
        before = Some(*level);
        (format!("  {named:<10} "), words.as_str())
    })
}

/// What happens with a record, for a person.
pub(super) fn treatment(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Accept => "accept",
        Treatment::Review => "review",
        Treatment::Quarantine => "quarantine",
    }
}
