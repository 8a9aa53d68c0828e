//! A span of days.

use chrono::NaiveDate;

/// A span of days, both ends among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Span {
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days() + 1).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_among_its_days() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let span = Span { from: date("2026-01-01"), to: date("2026-01-31") };
        let days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"];
        assert_eq!(days.map(|day| span.contains(date(day))), [false, true, true, false]);
        assert_eq!(span.days(), 31);
        assert_eq!(Span { from: date("2026-01-01"), to: date("2025-12-01") }.days(), 0);
    }
}
