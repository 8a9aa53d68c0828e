//! What Moodle gives for an answer.

use std::fmt;

use crate::quiz::question::Decimal;

/// Hundred-thousandths of a percent, as many decimals as Moodle writes.
const PER_PERCENT: i128 = 100_000;

/// Percent of a question's points; negative where Moodle takes some off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fraction(i128);

impl Fraction {
    pub(super) const ZERO: Self = Self(0);
    pub(super) const FULL: Self = Self(100 * PER_PERCENT);

    /// Reads percent such as `33.33333` or `-50`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::of(Decimal::parse(text)?, PER_PERCENT)
    }

    /// Reads a share such as `0.5`, as older Moodles wrote it.
    pub(super) fn parse_share(text: &str) -> Option<Self> {
        Self::of(Decimal::parse(text)?, 100 * PER_PERCENT)
    }

    fn of(number: Decimal, unit: i128) -> Option<Self> {
        let divisor = 10_i128.checked_pow(number.scale)?;
        Some(Self(number.mantissa.checked_mul(unit)? / divisor))
    }

    /// `part` of `whole`, the whole being 100 %.
    pub(super) fn share(part: i64, whole: usize) -> Self {
        let whole = i128::try_from(whole.max(1)).unwrap_or(1);
        let exact = i128::from(part) * Self::FULL.0;
        // Half away from zero, as Moodle rounds the fractions of its menu.
        Self((2 * exact + exact.signum() * whole) / (2 * whole))
    }

    /// Whether two are the same up to what rounding to five decimals leaves.
    pub(super) fn agrees(self, other: Self) -> bool {
        (self.0 - other.0).abs() <= PER_PERCENT / 1000
    }

    /// Whether it earns everything.
    pub(super) fn is_full(self) -> bool {
        self.agrees(Self::FULL)
    }

    /// Whether Moodle offers it. It refuses others when it imports.
    pub(super) fn is_on_the_menu(self) -> bool {
        const MENU: [(i64, usize); 19] = [
            (1, 1),
            (9, 10),
            (5, 6),
            (4, 5),
            (3, 4),
            (7, 10),
            (2, 3),
            (3, 5),
            (1, 2),
            (2, 5),
            (1, 3),
            (3, 10),
            (1, 4),
            (1, 5),
            (1, 6),
            (1, 7),
            (1, 8),
            (1, 9),
            (1, 10),
        ];
        let positive = Self(self.0.abs());
        positive == Self::ZERO
            || positive.agrees(Self::share(1, 20))
            || MENU.iter().any(|(part, whole)| positive.agrees(Self::share(*part, *whole)))
    }
}

impl std::ops::Add for Fraction {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Fraction {
    /// The number of percent, without the sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.abs() / PER_PERCENT, self.0.abs() % PER_PERCENT);
        let text = format!("{whole}.{rest:05}");
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_as_moodle_writes_them() {
        fn check(part: i64, whole: usize, text: &str, menu: bool) {
            let share = Fraction::share(part, whole);
            assert_eq!(share.to_string(), text);
            assert_eq!(Fraction::parse(text), Some(share));
            assert_eq!(share.is_on_the_menu(), menu, "{text}");
        }
        check(1, 3, "33.33333", true);
        check(-1, 3, "-33.33333", true);
        check(2, 3, "66.66667", true);
        check(1, 6, "16.66667", true);
        check(1, 1, "100", true);
        check(0, 3, "0", true);
        check(1, 11, "9.09091", false);
        check(1, 20, "5", true);
        assert!(Fraction::parse("33.333").expect("a number").agrees(Fraction::share(1, 3)));
        assert!(!Fraction::parse("33.3").expect("a number").agrees(Fraction::share(1, 3)));
        assert_eq!(Fraction::parse_share("0.5"), Some(Fraction::share(1, 2)));
        assert_eq!(Fraction::parse("half"), None);
    }
}
