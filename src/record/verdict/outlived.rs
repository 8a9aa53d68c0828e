//! A record that came when what it says was done would have been over by its own date.

use std::fmt;

use crate::clock::Timestamp;
use crate::phrase::one_or_many;

/// How long ago a record was signed that had outlived its course when it was received.
///
/// A completion counts from its receipt, because a device can be set to any time. So whoever keeps a record for a year and
/// hands it in then would be complete for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlived {
    /// How many whole days lie between the day it says it was signed and its receipt.
    signed_days_before: u64,
    /// For how many days a completion of its version counts.
    counts_for_days: u32,
}

impl Outlived {
    /// Nothing while a completion on the day it was signed would still have counted at receipt.
    #[must_use]
    pub fn of(signed: Timestamp, received: Timestamp, counts_for_days: u32) -> Option<Self> {
        let signed_days_before = received.days_since(signed);
        (signed.plus_days(counts_for_days) <= received)
            .then_some(Self { signed_days_before, counts_for_days })
    }
}

impl Outlived {
    /// What a record is told with at the level of time.
    #[must_use]
    pub fn doubt(self) -> String {
        format!("{self}: it may be an old one, used again")
    }
}

impl fmt::Display for Outlived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { signed_days_before, counts_for_days } = self;
        let days = one_or_many(*signed_days_before, "day", "days");
        write!(
            f,
            "signed {signed_days_before} {days} before it was received, and the course counts for {counts_for_days}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_outlives_its_course_on_the_day_that_a_completion_would_be_over() {
        fn check(signed: &str, days: u32, expected: Option<&str>) {
            let time = |text: &str| text.parse().expect("a time");
            let outlived = Outlived::of(time(signed), time("2026-11-27T04:25:00Z"), days);
            assert_eq!(outlived.map(|outlived| outlived.to_string()).as_deref(), expected, "{signed}");
        }
        let words = "signed 400 days before it was received, and the course counts for 365";
        check("2025-10-23T04:25:00Z", 365, Some(words));
        check("2025-10-23T04:25:00Z", 401, None);
        check("2025-11-27T04:25:01Z", 365, None);
        check(
            "2025-11-27T04:25:00Z",
            365,
            Some("signed 365 days before it was received, and the course counts for 365"),
        );
        check(
            "2026-11-26T04:25:00Z",
            1,
            Some("signed 1 day before it was received, and the course counts for 1"),
        );
        check("2999-01-01T00:00:00Z", 365, None);
    }
}
