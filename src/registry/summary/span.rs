//! A span of days, where the officer is.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::clock::Timestamp;

/// A span of days, both ends among them. A record that was received at eleven in the evening belongs to that day, whatever
/// day it was in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Where days begin.
    pub zone: FixedOffset,
}

impl Span {
    /// The day of a moment.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> NaiveDate {
        let utc = DateTime::from_timestamp(at.unix(), 0).unwrap_or(DateTime::UNIX_EPOCH);
        utc.with_timezone(&self.zone).date_naive()
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> u64 {
        u64::try_from((self.to - self.from).num_days() + 1).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_officer() {
        fn check(hours: i32, at: &str, day: &str, inside: bool) {
            let zone = FixedOffset::east_opt(hours * 3600).expect("a zone");
            let date = |text: &str| text.parse::<NaiveDate>().expect("a day");
            let span = Span { from: date("2026-01-01"), to: date("2026-01-31"), zone };
            let found = span.day(at.parse().expect("a time"));
            assert_eq!(
                (found, span.contains(found), span.days()),
                (date(day), inside, 31),
                "{at} at {hours} h"
            );
        }
        check(0, "2026-01-01T00:00:00Z", "2026-01-01", true);
        check(1, "2025-12-31T23:00:00Z", "2026-01-01", true);
        check(1, "2025-12-31T22:59:59Z", "2025-12-31", false);
        check(-5, "2026-02-01T04:59:59Z", "2026-01-31", true);
        check(-5, "2026-02-01T05:00:00Z", "2026-02-01", false);
    }
}
