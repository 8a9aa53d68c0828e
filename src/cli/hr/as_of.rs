//! The moment that a status or a report is about.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone as _};

use super::super::error::Failure;
use super::said::moment;
use crate::clock::Timestamp;

/// A day as people write it, or a moment as programs do.
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
        let moment = || text.parse().map(Self::Moment).ok();
        day.or_else(moment).ok_or_else(|| {
            "expected a day such as 2026-11-22, or a time such as 2026-11-22T09:30:00Z".to_owned()
        })
    }
}

impl AsOf {
    /// The moment; what has not happened yet is not known.
    pub(super) fn moment(self, zone: FixedOffset, now: Timestamp) -> Result<Timestamp, Failure> {
        let ahead = |shown: String| {
            Err(Failure::new(format!("{shown} lies ahead; it is {} now", moment(now, zone)))
                .hint("a registry knows what has happened: name a day that is over, or today"))
        };
        match self {
            Self::Moment(at) if at > now => ahead(moment(at, zone)),
            Self::Moment(at) => Ok(at),
            Self::Day(day) if start(day, zone) > now => ahead(day.to_string()),
            Self::Day(day) => Ok(end(day, zone).min(now)),
        }
    }
}

/// A day of the calendar, as `2026-11-22`.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.is_ascii();
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| shaped)
}

/// The first moment of a day where the officer is.
pub(super) fn start(day: NaiveDate, zone: FixedOffset) -> Timestamp {
    let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).single();
    local.and_then(|local| Timestamp::from_unix(local.timestamp())).unwrap_or(Timestamp::EPOCH)
}

/// The first moment of the day after.
pub(super) fn after(day: NaiveDate, zone: FixedOffset) -> Timestamp {
    day.succ_opt().map_or_else(|| start(day, zone), |next| start(next, zone))
}

/// The last second of a day.
fn end(day: NaiveDate, zone: FixedOffset) -> Timestamp {
    Timestamp::from_unix(after(day, zone).unix() - 1).unwrap_or_else(|| after(day, zone))
}

/// The day of a moment where the officer is.
pub(super) fn date(at: Timestamp, zone: FixedOffset) -> NaiveDate {
    let utc = DateTime::from_timestamp(at.unix(), 0).unwrap_or(DateTime::UNIX_EPOCH);
    utc.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_where_the_officer_is() {
        fn check(text: &str, expected: Result<&str, &str>) {
            let zone = FixedOffset::east_opt(3600).expect("a zone");
            let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
            let found = text.parse::<AsOf>().and_then(|as_of| {
                as_of.moment(zone, now).map(|at| at.to_string()).map_err(|failure| failure.message)
            });
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
        }
        check("2026-11-20", Ok("2026-11-20T22:59:59Z"));
        check("2026-11-22", Ok("2026-11-22T12:00:00Z"));
        check("2026-11-22T11:00:00Z", Ok("2026-11-22T11:00:00Z"));
        check("2026-11-23", Err("2026-11-23 lies ahead; it is 2026-11-22 13:00 +01:00 now"));
        check(
            "2026-11-22T12:00:01Z",
            Err("2026-11-22 13:00 +01:00 lies ahead; it is 2026-11-22 13:00 +01:00 now"),
        );
        let expected = "expected a day such as 2026-11-22, or a time such as 2026-11-22T09:30:00Z";
        for text in ["", "yesterday", "22.11.2026", "2026-11-22 ", "2026-2-30", "2026-02-30", "+26-11-221"] {
            check(text, Err(expected));
        }
    }
}
