//! Days where somebody is.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::{LENGTH, Timestamp};

/// Which day it is at a moment where somebody is, and when a day begins and ends there.
///
/// Many places set their clocks twice a year, so that what is true in January does not say which day it was in July.
#[derive(Debug, Clone, Copy)]
pub struct Calendar(Offset);

/// How far clocks are from UTC.
#[derive(Debug, Clone, Copy)]
enum Offset {
    /// The same all year.
    Fixed(FixedOffset),
    /// As whoever knows the place says of each moment.
    Said(fn(Timestamp) -> FixedOffset),
}

impl From<FixedOffset> for Calendar {
    fn from(offset: FixedOffset) -> Self {
        Self(Offset::Fixed(offset))
    }
}

impl Calendar {
    /// That of a place whose clocks are as far from UTC as `offset` says of each moment.
    #[must_use]
    pub fn of(offset: fn(Timestamp) -> FixedOffset) -> Self {
        Self(Offset::Said(offset))
    }

    /// The day of a moment.
    #[must_use]
    pub fn day(self, at: Timestamp) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// Day and time of a moment, with how far that is from UTC: `2026-11-22 14:05 UTC+02:00`.
    #[must_use]
    pub fn day_and_time(self, at: Timestamp) -> String {
        at.day_and_time(self)
    }

    /// The time of a moment, with how far that is from UTC: `14:05 UTC+02:00`.
    #[must_use]
    pub fn time_of_day(self, at: Timestamp) -> String {
        let utc = self.offset(at).local_minus_utc() == 0;
        self.local(at).format(if utc { "%H:%M UTC" } else { "%H:%M UTC%:z" }).to_string()
    }

    /// What is kept for "until the end of this day": the last second of the day here. A moment at which two days end in two
    /// places could be either of them, so in the few places beyond UTC-10:00 and UTC+13:45 it is the last second of the nearest
    /// place within: up to two hours sooner in the west, a quarter of an hour later in the east.
    #[must_use]
    pub fn last_moment_of(self, day: NaiveDate) -> Timestamp {
        let here = self.end_of(day);
        let within = |ahead: i64| clamped(midnight_in_utc(day).saturating_add(DAY - 1 - ahead));
        here.clamp(within(EASTERNMOST), within(WESTERNMOST))
    }

    /// The day that somebody meant who said "until the end of this day", of which [`Calendar::last_moment_of`] is kept. It is the
    /// same day for whoever is told of it, wherever they are. A moment at which no day ends lies in the day of this place.
    #[must_use]
    pub fn last_day(self, until: Timestamp) -> NaiveDate {
        ended_day(until).unwrap_or_else(|| self.day(until))
    }

    /// The same, and until when that is here where it is not midnight: `2026-12-18`, or
    /// `2026-12-18 (here until 2026-12-19 07:59 UTC+09:00)`.
    #[must_use]
    pub fn until(self, until: Timestamp) -> String {
        let day = self.last_day(until);
        if self.end_of(day) == until {
            day.to_string()
        } else {
            format!("{day} (here until {})", self.day_and_time(until))
        }
    }

    /// A text in which moments stand as programs write them, with each of them as clocks here show it. What is kept and
    /// signed says moments in one way only, and people read them by their own clocks.
    #[must_use]
    pub fn localized(self, text: &str) -> String {
        let mut local = String::with_capacity(text.len() + 8);
        let mut rest = text;
        let mut searched = 0;
        while let Some(end) = rest[searched..].find('Z').map(|found| searched + found + 1) {
            let begin = end.checked_sub(LENGTH);
            let moment = begin.and_then(|begin| Some((begin, rest.get(begin..end)?.parse().ok()?)));
            match moment {
                Some((begin, at)) => {
                    local.push_str(&rest[..begin]);
                    local.push_str(&self.day_and_time(at));
                    rest = &rest[end..];
                    searched = 0;
                }
                None => searched = end,
            }
        }
        local.push_str(rest);
        local
    }

    /// The first second of a day.
    #[must_use]
    pub fn start_of(self, day: NaiveDate) -> Timestamp {
        clamped(self.midnight(day))
    }

    /// The last second of a day.
    #[must_use]
    pub fn end_of(self, day: NaiveDate) -> Timestamp {
        day.succ_opt().map_or(Timestamp::LAST, |next| clamped(self.midnight(next) - 1))
    }

    /// When a day begins, in seconds since the epoch; one that no [`Timestamp`] can say, too.
    fn midnight(self, day: NaiveDate) -> i64 {
        let in_utc = midnight_in_utc(day);
        let ahead = |at: i64| i64::from(self.offset(clamped(at)).local_minus_utc());
        // What clocks show a day before and a day after: nobody sets them twice in between.
        let (before, after) = (in_utc - ahead(in_utc - DAY), in_utc - ahead(in_utc + DAY));
        let shows_midnight = |at: &i64| at + ahead(*at) == in_utc;
        // Where clocks go from midnight to one, the day begins when they are set.
        [before, after].into_iter().find(shows_midnight).unwrap_or(before)
    }

    /// How far clocks are from UTC at a moment.
    pub(crate) fn offset(self, at: Timestamp) -> FixedOffset {
        match self.0 {
            Offset::Fixed(offset) => offset,
            Offset::Said(offset) => offset(at),
        }
    }

    fn local(self, at: Timestamp) -> DateTime<FixedOffset> {
        DateTime::<Utc>::from(at).with_timezone(&self.offset(at))
    }
}

/// Seconds of a day.
const DAY: i64 = super::DAY.cast_signed();
/// How far, in seconds, clocks are ahead of UTC at most where a day ends for everybody: on the Chatham Islands in summer. A quarter of
/// an hour further, in Kiritimati, it ends when the day before ends in Hawaii, and more people are there.
const EASTERNMOST: i64 = 13 * 3600 + 45 * 60;
/// How far they are behind it at most, as a negative number.
const WESTERNMOST: i64 = -10 * 3600;
/// Clocks are set to quarters of an hour.
const QUARTER: i64 = 15 * 60;

/// The day that ends with this second somewhere from [`WESTERNMOST`] to [`EASTERNMOST`], where no two places end different days at one
/// moment; none where no day ends then.
fn ended_day(last: Timestamp) -> Option<NaiveDate> {
    let ahead = DAY - 1 - last.unix().rem_euclid(DAY);
    match ahead {
        _ if ahead % QUARTER != 0 => None,
        ..=EASTERNMOST => Some(last.date()),
        _ => last.date().pred_opt(),
    }
}

/// When a day begins in UTC, in seconds since the epoch.
fn midnight_in_utc(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp()
}

/// The nearest moment that can be written.
fn clamped(seconds: i64) -> Timestamp {
    let seconds = seconds.clamp(Timestamp::FIRST.unix(), Timestamp::LAST.unix());
    Timestamp::from_unix(seconds).unwrap_or(Timestamp::EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: i32) -> FixedOffset {
        FixedOffset::east_opt(hours * 3600).expect("a time zone")
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn said(at: Timestamp, summer: [&str; 2], winter: i32) -> FixedOffset {
        let is_summer = time(summer[0]) <= at && at < time(summer[1]);
        hours(if is_summer { winter + 1 } else { winter })
    }

    #[test]
    fn a_day_begins_and_ends_by_the_clocks_of_that_day() {
        #[track_caller]
        fn check(calendar: Calendar, day: &str, first: &str, last: &str) {
            let date = day.parse().expect("a day");
            let (start, end) = (calendar.start_of(date), calendar.end_of(date));
            assert_eq!((start.to_string().as_str(), end.to_string().as_str()), (first, last), "{day}");
            assert_eq!((calendar.day(start), calendar.day(end)), (date, date), "{day}");
            let day_before = date.pred_opt().expect("a day");
            assert_eq!(calendar.day(clamped(start.unix() - 1)), day_before, "{day}");
        }
        let east = Calendar::from(hours(14));
        check(east, "2026-11-22", "2026-11-21T10:00:00Z", "2026-11-22T09:59:59Z");
        let west = Calendar::from(hours(-12));
        check(west, "2026-11-22", "2026-11-22T12:00:00Z", "2026-11-23T11:59:59Z");
        // Berlin: at one o'clock UTC.
        let berlin = Calendar::of(|at| said(at, ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"], 1));
        check(berlin, "2026-03-28", "2026-03-27T23:00:00Z", "2026-03-28T22:59:59Z");
        check(berlin, "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z");
        check(berlin, "2026-07-01", "2026-06-30T22:00:00Z", "2026-07-01T21:59:59Z");
        check(berlin, "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z");
        check(berlin, "2026-10-26", "2026-10-25T23:00:00Z", "2026-10-26T22:59:59Z");
        // Santiago: from midnight to one, and from midnight back to eleven.
        let santiago = Calendar::of(|at| said(at, ["2026-09-06T04:00:00Z", "2027-04-04T03:00:00Z"], -4));
        check(santiago, "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T02:59:59Z");
        check(santiago, "2027-04-03", "2027-04-03T03:00:00Z", "2027-04-04T03:59:59Z");
        check(santiago, "2027-04-04", "2027-04-04T04:00:00Z", "2027-04-05T03:59:59Z");
    }

    #[test]
    fn a_time_is_said_as_clocks_showed_it_then() {
        let berlin = Calendar::of(|at| said(at, ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"], 1));
        assert_eq!(berlin.day_and_time(time("2026-07-01T22:30:00Z")), "2026-07-02 00:30 UTC+02:00");
        assert_eq!(berlin.day_and_time(time("2026-12-18T22:59:59Z")), "2026-12-18 23:59 UTC+01:00");
    }

    /// A day that was typed in Berlin was told a day later further east, and one that was typed in Pago Pago everywhere else.
    #[test]
    fn the_day_that_was_typed_is_the_day_that_everybody_is_told() {
        let day: NaiveDate = "2026-12-18".parse().expect("a day");
        let places: Vec<Calendar> = (-12 * 4..=14 * 4)
            .map(|quarter| Calendar::from(FixedOffset::east_opt(quarter * 900).expect("a zone")))
            .collect();
        for (typed, here) in places.iter().enumerate() {
            let until = here.last_moment_of(day);
            for (told, there) in places.iter().enumerate() {
                assert_eq!(there.last_day(until), day, "typed at {typed}, told at {told}");
                assert_eq!(there.until(until) == "2026-12-18", there.end_of(day) == until);
            }
        }
    }

    #[test]
    fn where_a_day_cannot_be_kept_to_its_end_it_ends_with_that_of_the_nearest_place() {
        #[track_caller]
        fn check(quarters: i32, kept: &str, told: &str) {
            let calendar = Calendar::from(FixedOffset::east_opt(quarters * 900).expect("a zone"));
            let until = calendar.last_moment_of("2026-12-18".parse().expect("a day"));
            assert_eq!((until.to_string().as_str(), calendar.until(until).as_str()), (kept, told));
        }
        check(-48, "2026-12-19T09:59:59Z", "2026-12-18 (here until 2026-12-18 21:59 UTC-12:00)");
        check(-44, "2026-12-19T09:59:59Z", "2026-12-18 (here until 2026-12-18 22:59 UTC-11:00)");
        check(-40, "2026-12-19T09:59:59Z", "2026-12-18");
        check(0, "2026-12-18T23:59:59Z", "2026-12-18");
        check(52, "2026-12-18T10:59:59Z", "2026-12-18");
        check(55, "2026-12-18T10:14:59Z", "2026-12-18");
        check(56, "2026-12-18T10:14:59Z", "2026-12-18 (here until 2026-12-19 00:14 UTC+14:00)");
    }

    #[test]
    fn a_day_that_ends_elsewhere_is_told_with_when_it_ends_here() {
        let day = "2026-12-18".parse().expect("a day");
        let (berlin, tokyo) = (Calendar::from(hours(1)), Calendar::from(hours(9)));
        let told = tokyo.until(berlin.last_moment_of(day));
        assert_eq!(told, "2026-12-18 (here until 2026-12-19 07:59 UTC+09:00)");
        // No day ends here.
        assert_eq!(
            tokyo.until(time("2026-12-18T16:00:00Z")),
            "2026-12-19 (here until 2026-12-19 01:00 UTC+09:00)"
        );
    }

    #[test]
    fn moments_in_a_text_are_told_by_the_clocks_of_the_place() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(Calendar::from(hours(1)).localized(text), expected);
        }
        check("", "");
        check(
            "not after it was received at 2026-11-26T16:12:55Z",
            "not after it was received at 2026-11-26 17:12 UTC+01:00",
        );
        check(
            "at 2026-11-26T23:12:55Z, after 2026-12-18T22:59:59Z.",
            "at 2026-11-27 00:12 UTC+01:00, after 2026-12-18 23:59 UTC+01:00.",
        );
        check(
            "2026-11-26T16:12:55Z2026-11-26T16:12:55Z",
            "2026-11-26 17:12 UTC+01:002026-11-26 17:12 UTC+01:00",
        );
        for other in [
            "Z",
            "ZZ",
            "2026-11-26T16:12:55",
            "2026-13-26T16:12:55Z",
            "Zoë Z. äöüäöüäöüäöüäZ",
            "26-11-26T16:12:55Z",
        ] {
            check(other, other);
        }
    }

    #[test]
    fn where_the_calendar_ends_nothing_breaks() {
        let west = Calendar::from(hours(-5));
        let last: NaiveDate = "9999-12-31".parse().expect("a day");
        assert_eq!(west.end_of(last), Timestamp::LAST);
        assert_eq!(west.end_of(NaiveDate::MAX), Timestamp::LAST);
        assert_eq!(west.start_of(NaiveDate::MIN), Timestamp::FIRST);
        assert_eq!(west.last_moment_of(NaiveDate::MAX), Timestamp::LAST);
        assert_eq!(west.last_moment_of(NaiveDate::MIN), Timestamp::FIRST);
        assert_eq!(west.last_day(Timestamp::LAST), last);
        let east = Calendar::from(hours(5));
        assert_eq!(east.until(Timestamp::LAST), "9999-12-31 (here until +10000-01-01 04:59 UTC+05:00)");
    }
}
