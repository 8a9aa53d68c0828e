//! Days and moments as officers type them.

use std::str::FromStr;

use chrono::NaiveDate;

use super::super::error::Failure;
use crate::clock::{Calendar, Timestamp};

/// A day of the calendar, as `2026-11-22`: what options that take a day are parsed with.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    // chrono takes days with signs and without zeros, too.
    let shaped = text.len() == 10 && text.is_ascii();
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| shaped);
    day.ok_or_else(|| "expected a day such as 2026-11-22".to_owned())
}

/// The moment that something is told for: a day as people write it, or a moment as programs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AsOf {
    /// The end of a day where the officer is; of today the present.
    Day(NaiveDate),
    /// A moment.
    Moment(Timestamp),
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = day(text).map(Self::Day);
        day.or_else(|error| text.parse().map(Self::Moment).map_err(|_| error))
            .map_err(|error| format!("{error}, or a time such as 2026-11-22T09:30:00Z"))
    }
}

impl AsOf {
    /// The moment that was said, or the present.
    pub(super) fn or_now(
        said: Option<Self>,
        calendar: Calendar,
        now: Timestamp,
    ) -> Result<Timestamp, Failure> {
        said.map_or(Ok(now), |as_of| as_of.moment(calendar, now))
    }

    /// The end of a day, or a moment, also of one that lies ahead: how it stands then, if nothing else comes.
    pub(super) fn also_ahead(self, calendar: Calendar, now: Timestamp) -> Timestamp {
        match self {
            Self::Moment(at) => at,
            Self::Day(day) if calendar.start_of(day) > now => calendar.end_of(day),
            Self::Day(day) => calendar.end_of(day).min(now),
        }
    }

    /// The moment; what has not happened yet is not known.
    fn moment(self, calendar: Calendar, now: Timestamp) -> Result<Timestamp, Failure> {
        let ahead = |shown: String| {
            Err(Failure::new(format!("{shown} lies ahead; it is {} now", calendar.day_and_time(now)))
                .hint("a registry knows what has happened: name a day that is over, or today")
                .hint("how everybody stands on a day to come, if nothing else comes: countersign hr status --as-of DATE"))
        };
        match self {
            Self::Moment(at) if at > now => ahead(calendar.day_and_time(at)),
            Self::Moment(at) => Ok(at),
            Self::Day(day) if calendar.start_of(day) > now => ahead(day.to_string()),
            Self::Day(day) => Ok(calendar.end_of(day).min(now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn a_day_ends_where_the_officer_is() {
        fn check(text: &str, expected: Result<&str, &str>) {
            let calendar = Calendar::from(FixedOffset::east_opt(3600).expect("a zone"));
            let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
            let found = text.parse::<AsOf>().and_then(|as_of| {
                as_of.moment(calendar, now).map(|at| at.to_string()).map_err(|failure| failure.message)
            });
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
        }
        let ahead = |text: &str| {
            let calendar = Calendar::from(FixedOffset::east_opt(3600).expect("a zone"));
            let now = "2026-11-22T12:00:00Z".parse().expect("a time");
            text.parse::<AsOf>().expect("a day").also_ahead(calendar, now).to_string()
        };
        assert_eq!(ahead("2026-11-20"), "2026-11-20T22:59:59Z");
        assert_eq!(ahead("2026-11-22"), "2026-11-22T12:00:00Z");
        assert_eq!(ahead("2026-11-23"), "2026-11-23T22:59:59Z");
        assert_eq!(ahead("2026-11-23T01:00:00Z"), "2026-11-23T01:00:00Z");
        check("2026-11-20", Ok("2026-11-20T22:59:59Z"));
        check("2026-11-22", Ok("2026-11-22T12:00:00Z"));
        check("2026-11-22T11:00:00Z", Ok("2026-11-22T11:00:00Z"));
        check("2026-11-23", Err("2026-11-23 lies ahead; it is 2026-11-22 13:00 UTC+01:00 now"));
        check(
            "2026-11-22T12:00:01Z",
            Err("2026-11-22 13:00 UTC+01:00 lies ahead; it is 2026-11-22 13:00 UTC+01:00 now"),
        );
        let expected = "expected a day such as 2026-11-22, or a time such as 2026-11-22T09:30:00Z";
        for text in ["", "yesterday", "22.11.2026", "2026-11-22 ", "2026-2-30", "2026-02-30", "+26-11-221"] {
            check(text, Err(expected));
        }
    }
}
