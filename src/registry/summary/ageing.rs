//! For how long what is overdue has been overdue.

use crate::clock::Timestamp;
use crate::registry::status::days_late;

/// A span of days overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// 1 to 7.
    Week,
    /// 8 to 30.
    Month,
    /// 31 to 90.
    Quarter,
    /// More than 90.
    Longer,
}

impl Age {
    /// All of them, the youngest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Longer];

    /// The span in which so many days lie.
    #[must_use]
    pub fn of(days: u64) -> Self {
        match days {
            0..=7 => Self::Week,
            8..=30 => Self::Month,
            31..=90 => Self::Quarter,
            _ => Self::Longer,
        }
    }

    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Week => "1 to 7 days",
            Self::Month => "8 to 30 days",
            Self::Quarter => "31 to 90 days",
            Self::Longer => "more than 90 days",
        }
    }
}

/// How much is overdue for how long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ageing([u64; Age::ALL.len()]);

impl Ageing {
    /// How much in one span.
    #[must_use]
    pub fn of(&self, age: Age) -> u64 {
        self.0[age as usize]
    }

    /// How much in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    pub(super) fn add(&mut self, due: Timestamp, at: Timestamp) {
        self.0[Age::of(days_late(due, at)) as usize] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_begin_the_second_after_the_day_before() {
        fn check(seconds: u64, days: u64, expected: Age) {
            let due = Timestamp::EPOCH;
            let late = days_late(due, due.plus_seconds(seconds));
            assert_eq!((late, Age::of(late)), (days, expected), "{seconds} s");
        }
        let day = 86_400;
        check(1, 1, Age::Week);
        check(day, 1, Age::Week);
        check(day + 1, 2, Age::Week);
        check(7 * day, 7, Age::Week);
        check(7 * day + 1, 8, Age::Month);
        check(30 * day, 30, Age::Month);
        check(30 * day + 1, 31, Age::Quarter);
        check(90 * day, 90, Age::Quarter);
        check(90 * day + 1, 91, Age::Longer);
    }
}
