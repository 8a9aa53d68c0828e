//! Points in time, handed in from the command line so that a test can be any day.

mod calendar;

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use calendar::Calendar;

/// Something that knows what time it is.
pub trait Clock {
    /// The present moment, in whole seconds UTC.
    fn now(&self) -> Timestamp;
}

/// The clock of the computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Timestamp {
        // A clock that was never set may stand before 1970; chrono would panic there.
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).ok(),
            Err(before) => i64::try_from(before.duration().as_secs()).ok().map(|seconds| -seconds),
        };
        seconds.and_then(Timestamp::from_unix).unwrap_or(Timestamp::EPOCH)
    }
}

/// Seconds of a day.
const DAY: u64 = 86_400;

/// A moment in whole seconds UTC, written `2026-11-22T09:30:00Z` (RFC 3339, always with `Z`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

/// Why a text is not a [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampError;

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time in whole seconds UTC such as 2026-11-22T09:30:00Z")
    }
}

impl std::error::Error for TimestampError {}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);
    /// 0000-01-01T00:00:00Z, the first moment that RFC 3339 can write.
    pub const FIRST: Self = Self::of_unix(-62_167_219_200);
    /// 9999-12-31T23:59:59Z, the last moment that RFC 3339 can write.
    pub const LAST: Self = Self::of_unix(253_402_300_799);

    const fn of_unix(seconds: i64) -> Self {
        match DateTime::from_timestamp(seconds, 0) {
            Some(moment) => Self(moment),
            None => Self::EPOCH,
        }
    }

    /// The moment `seconds` after the epoch; `None` outside the years that RFC 3339 can write (0 to 9999).
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        (Self::FIRST.unix()..=Self::LAST.unix()).contains(&seconds).then(|| Self::of_unix(seconds))
    }

    /// The moment as the operating system counts it, to compare with times of files; before 1970 it is 1970.
    #[must_use]
    pub fn system_time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(u64::try_from(self.unix()).unwrap_or(0))
    }

    /// Seconds since the epoch.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// Day and time at a place, with how far its clocks are from UTC: `2026-11-22 14:05 UTC+02:00`, or `2026-11-22 12:05 UTC`.
    #[must_use]
    pub fn day_and_time(self, place: impl Into<Calendar>) -> String {
        let zone = place.into().offset(self);
        let utc = zone.local_minus_utc() == 0;
        let format = if utc { "%Y-%m-%d %H:%M UTC" } else { "%Y-%m-%d %H:%M UTC%:z" };
        self.0.with_timezone(&zone).format(format).to_string()
    }

    /// This moment and `days` times 24 hours.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        self.plus(TimeDelta::days(i64::from(days)))
    }

    /// The first moment of a day in UTC.
    #[must_use]
    pub fn at_start_of(date: NaiveDate) -> Self {
        Self::from_unix(date.and_time(NaiveTime::MIN).and_utc().timestamp()).unwrap_or(Self::EPOCH)
    }

    /// This moment and `months` months: the same day of the month, or the last one of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let later = self.0.checked_add_months(Months::new(months));
        later.and_then(|later| Self::from_unix(later.timestamp())).unwrap_or(self)
    }

    /// This moment and `minutes` minutes.
    #[must_use]
    pub fn plus_minutes(self, minutes: u32) -> Self {
        self.plus(TimeDelta::minutes(i64::from(minutes)))
    }

    /// The sum, or the last moment that RFC 3339 can write.
    fn plus(self, delta: TimeDelta) -> Self {
        Self::from_unix(self.unix().saturating_add(delta.num_seconds())).unwrap_or(Self::LAST)
    }

    /// This moment and `seconds` seconds; the same moment where RFC 3339 cannot write the sum.
    #[must_use]
    pub fn plus_seconds(self, seconds: u64) -> Self {
        let later = i64::try_from(seconds).ok().and_then(|seconds| self.unix().checked_add(seconds));
        later.and_then(Self::from_unix).unwrap_or(self)
    }

    /// Whole seconds from `earlier` to this moment; 0 when `earlier` is later (clocks get set back).
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> u64 {
        u64::try_from(self.unix() - earlier.unix()).unwrap_or(0)
    }

    /// Whole days of 24 hours from `earlier` to this moment; 0 when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> u64 {
        self.seconds_since(earlier) / DAY
    }

    /// Days of 24 hours from `earlier` to this moment, of which the last has begun at least: a second later it is the first
    /// one. 0 when `earlier` is not before this moment.
    #[must_use]
    pub fn days_begun_since(self, earlier: Self) -> u64 {
        self.seconds_since(earlier).div_ceil(DAY)
    }
}

/// How long a moment is as text.
const LENGTH: usize = SHAPE.len();
const SHAPE: &[u8; 20] = b"0000-00-00T00:00:00Z";

impl Timestamp {
    /// The moment as text, which stands nowhere but on the stack.
    fn written<T>(self, read: impl FnOnce(&str) -> T) -> T {
        let mut text = *SHAPE;
        let (day, time) = (self.0.date_naive(), self.0.time());
        let year = u32::try_from(day.year()).expect("from year 0 to 9999, as `from_unix` sees to");
        let parts = [
            (0, 4, year),
            (5, 2, day.month()),
            (8, 2, day.day()),
            (11, 2, time.hour()),
            (14, 2, time.minute()),
            (17, 2, time.second()),
        ];
        for (begin, digits, mut number) in parts {
            for digit in text[begin..begin + digits].iter_mut().rev() {
                *digit = b'0' + u8::try_from(number % 10).expect("a digit");
                number /= 10;
            }
        }
        read(str::from_utf8(&text).expect("digits and signs"))
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        at.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written(|text| f.write_str(text))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Exactly one spelling a moment, so that the text can be compared and signed.
        let text: &[u8; LENGTH] = text.as_bytes().try_into().map_err(|_| TimestampError)?;
        let fits = text.iter().zip(SHAPE).all(|(byte, want)| match want {
            b'0' => byte.is_ascii_digit(),
            _ => byte == want,
        });
        if !fits {
            return Err(TimestampError);
        }
        let part = |begin: usize, digits: usize| {
            text[begin..begin + digits].iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
        };
        let year = i32::try_from(part(0, 4)).map_err(|_| TimestampError)?;
        // A leap second is none of ours: it would be written differently.
        let moment = NaiveDate::from_ymd_opt(year, part(5, 2), part(8, 2))
            .and_then(|day| day.and_hms_opt(part(11, 2), part(14, 2), part(17, 2)))
            .ok_or(TimestampError)?;
        Self::from_unix(moment.and_utc().timestamp()).ok_or(TimestampError)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

/// Reads the text where it stands: a record has twenty of them.
struct Text;

impl de::Visitor<'_> for Text {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn a_day_and_a_time_are_those_of_a_zone_and_name_it() {
        let at: Timestamp = "2026-11-22T23:30:59Z".parse().expect("a time");
        let written = |seconds| at.day_and_time(FixedOffset::east_opt(seconds).expect("a time zone"));
        assert_eq!(written(0), "2026-11-22 23:30 UTC");
        assert_eq!(written(3600), "2026-11-23 00:30 UTC+01:00");
        assert_eq!(written(-12_600), "2026-11-22 20:00 UTC-03:30");
    }

    #[test]
    fn every_moment_is_written_as_rfc_3339_does() {
        // Two primes, so that every second, minute, hour and day of a month has its turn.
        for step in 0..20_011 {
            let moment = Timestamp::from_unix(Timestamp::FIRST.unix() + step * 15_769_259).expect("in range");
            let written = moment.to_string();
            assert_eq!(written, moment.0.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            assert_eq!(written.parse(), Ok(moment));
        }
    }

    #[test]
    fn no_sum_leaves_the_years_that_can_be_written() {
        let late: Timestamp = "9999-12-31T00:00:00Z".parse().expect("a time");
        for sum in
            [late.plus_days(u32::MAX), late.plus_minutes(u32::MAX), Timestamp::EPOCH.plus_days(u32::MAX)]
        {
            assert_eq!(sum.to_string(), "9999-12-31T23:59:59Z");
        }
        assert_eq!(late.plus_months(u32::MAX), late);
    }

    #[test]
    fn one_spelling_a_moment() {
        fn check(text: &str, good: bool) {
            let parsed = text.parse::<Timestamp>();
            assert_eq!(parsed.is_ok(), good, "{text}");
            if let Ok(moment) = parsed {
                assert_eq!(moment.to_string(), text);
            }
        }
        check("2026-11-22T09:30:00Z", true);
        check("0000-01-01T00:00:00Z", true);
        check("9999-12-31T23:59:59Z", true);
        check("2026-11-22T09:30:00+00:00", false);
        check("2026-11-22t09:30:00z", false);
        check("2026-11-22T09:30:00.5Z", false);
        check("2026-02-30T09:30:00Z", false);
        check("2026-12-31T23:59:60Z", false);
        check("2026-11-22 09:30:00Z", false);
        check("", false);
    }

    #[test]
    fn a_clock_set_back_gives_no_negative_time() {
        let noon = Timestamp::from_unix(43_200).expect("in range");
        assert_eq!(Timestamp::EPOCH.seconds_since(noon), 0);
        assert_eq!(noon.seconds_since(Timestamp::EPOCH), 43_200);
    }

    #[test]
    fn days_are_counted_whole_or_as_they_begin() {
        fn check(seconds: u64, whole: u64, begun: u64) {
            let later = Timestamp::EPOCH.plus_seconds(seconds);
            let days = (later.days_since(Timestamp::EPOCH), later.days_begun_since(Timestamp::EPOCH));
            assert_eq!(days, (whole, begun), "{seconds} s");
            if seconds > 0 {
                assert_eq!(Timestamp::EPOCH.days_since(later), 0);
                assert_eq!(Timestamp::EPOCH.days_begun_since(later), 0);
            }
        }
        check(0, 0, 0);
        check(1, 0, 1);
        check(86_399, 0, 1);
        check(86_400, 1, 1);
        check(86_401, 1, 2);
        check(400 * 86_400, 400, 400);
    }
}
