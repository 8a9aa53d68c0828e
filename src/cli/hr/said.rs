//! Words that several `hr` verbs say alike.

use chrono::{DateTime, FixedOffset};

use crate::clock::Timestamp;
use crate::registry::terms::{Level, Treatment};

/// A moment where the officer is, with how far that is from UTC.
pub(super) fn moment(at: Timestamp, zone: FixedOffset) -> String {
    let moment = DateTime::from_timestamp(at.unix(), 0).unwrap_or(DateTime::UNIX_EPOCH);
    moment.with_timezone(&zone).format("%Y-%m-%d %H:%M %:z").to_string()
}

/// `1 person`, `3 people`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_where_the_officer_is() {
        let at: Timestamp = "2026-11-22T23:30:00Z".parse().expect("a time");
        let zone = FixedOffset::east_opt(3600).expect("a zone");
        assert_eq!(moment(at, zone), "2026-11-23 00:30 +01:00");
    }
}
