//! How many completions came in over time.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::span::Span;

/// The steps in which time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From midnight on.
    Day,
    /// From Monday on (ISO 8601).
    Week,
    /// From the first of the month on.
    Month,
    /// From 1 January on.
    Year,
}

impl Period {
    /// Steps of which few enough fit into the span to be looked at one by one.
    #[must_use]
    pub fn fitting(span: Span) -> Self {
        match span.days() {
            0..=190 => Self::Week,
            191..=1_900 => Self::Month,
            _ => Self::Year,
        }
    }

    /// The first day of the step in which a day lies.
    #[must_use]
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let start = match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Year => day.with_ordinal(1),
        };
        start.unwrap_or(day)
    }

    /// The first day of the next step.
    #[must_use]
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.succ_opt(),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
    }

    /// What one is called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// How many completions were received in each step, by the first day of the step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions(BTreeMap<NaiveDate, u64>);

impl Completions {
    pub(super) fn add(&mut self, start: NaiveDate) {
        *self.0.entry(start).or_default() += 1;
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Every step of a span in order, those in which nothing came too.
    #[must_use]
    pub fn steps(&self, span: Span, period: Period) -> Vec<(NaiveDate, u64)> {
        let mut steps = Vec::new();
        let mut next = Some(period.start(span.from));
        while let Some(start) = next.filter(|start| *start <= span.to) {
            steps.push((start, self.0.get(&start).copied().unwrap_or_default()));
            next = period.next(start);
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn steps_begin_where_people_begin_them() {
        fn check(period: Period, at: &str, expected: &str) {
            assert_eq!(period.start(day(at)).to_string(), expected, "{period:?} of {at}");
        }
        check(Period::Week, "2026-11-26", "2026-11-23");
        check(Period::Week, "2026-11-23", "2026-11-23");
        check(Period::Week, "2026-11-22", "2026-11-16");
        check(Period::Week, "2026-01-01", "2025-12-29");
        check(Period::Month, "2026-02-28", "2026-02-01");
        check(Period::Year, "2026-12-31", "2026-01-01");
    }

    #[test]
    fn nothing_is_a_step_too() {
        let span = Span { from: day("2026-01-15"), to: day("2026-03-31") };
        let mut completions = Completions::default();
        completions.add(Period::Month.start(day("2026-03-31")));
        let steps = completions.steps(span, Period::Month);
        let shown: Vec<String> = steps.iter().map(|(start, number)| format!("{start} {number}")).collect();
        assert_eq!(shown, ["2026-01-01 0", "2026-02-01 0", "2026-03-01 1"]);
        assert_eq!(Period::fitting(span), Period::Week);
    }
}
