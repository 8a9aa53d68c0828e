//! Exact decimal numbers, as typed by learners and written by trainers.

use std::fmt;

use crate::quiz::question::Decimal;

/// More digits than anybody types, few enough that no calculation here can overflow 128 bits.
const MAX_WHOLE_DIGITS: usize = 18;
const MAX_DECIMALS: usize = 9;

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// It is not written as one.
    Unreadable,
    /// It has more than 18 digits before the point without the zeros it begins with, or more than 9 behind it.
    TooLong,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// Reads an optional sign, digits and an optional point (`-12.50`), with white space around it trimmed.
    ///
    /// A comma is no point and nothing separates thousands: `1,500` is one thousand five hundred to one learner and
    /// one and a half to another, so it is no number at all, and the face says so before it is handed in.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// The same, for whoever says what is wrong.
    ///
    /// # Errors
    /// When it is no number.
    pub fn read(text: &str) -> Result<Self, NoNumber> {
        let text = text.trim();
        // U+2212 is what a copied minus sign often is.
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || whole.len() + decimals.len() == 0 {
            return Err(NoNumber::Unreadable);
        }
        let (whole, tail) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
        if whole.len() > MAX_WHOLE_DIGITS || decimals.len() > MAX_DECIMALS {
            return Err(NoNumber::TooLong);
        }
        let add = |number: i128, digit: u8| number * 10 + i128::from(digit - b'0');
        let mantissa = whole.bytes().chain(tail.bytes()).fold(0, add);
        let scale = u32::try_from(tail.len()).map_err(|_| NoNumber::TooLong)?;
        Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it lies within `tolerance` of `answer`, both ends included.
    #[must_use]
    pub fn is_within(self, tolerance: Self, answer: Self) -> bool {
        let aligned = |number: Self| {
            let missing = u32::try_from(MAX_DECIMALS).ok()?.checked_sub(number.scale)?;
            number.mantissa.checked_mul(10_i128.checked_pow(missing)?)
        };
        let difference = || aligned(self)?.checked_sub(aligned(answer)?)?.checked_abs();
        difference().is_some_and(|off| aligned(tolerance).is_some_and(|allowed| off <= allowed))
    }
}

impl fmt::Display for Decimal {
    /// As [`Decimal::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = usize::try_from(self.scale).unwrap_or(MAX_DECIMALS);
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, decimals) = padded.split_at(padded.len() - scale);
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{decimals}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        fn check(typed: &str, expected: Option<&str>) {
            assert_eq!(
                Decimal::parse(typed).map(|number| number.to_string()).as_deref(),
                expected,
                "{typed:?}"
            );
        }
        check("530", Some("530"));
        check("  530 ", Some("530"));
        check("+7", Some("7"));
        check("-0.50", Some("-0.5"));
        check("\u{2212}3", Some("-3"));
        check("007.0", Some("7"));
        check(".5", Some("0.5"));
        check("5.", Some("5"));
        check("-0", Some("0"));
        check("0.000000001", Some("0.000000001"));
        check("0.0000000001", None);
        check("999999999999999999.999999999", Some("999999999999999999.999999999"));
        check("1000000000000000000", None);
        check(&format!("{}1", "0".repeat(5000)), Some("1"));
        check("1,5", None);
        check("1 500", None);
        check("1.500.000", None);
        check("1e3", None);
        check("--1", None);
        check("+-1", None);
        check(".", None);
        check("-", None);
        check("", None);
        check("٣", None);
        check("NaN", None);
        let long = ["1000000000000000000", "0.0000000001", "-1000000000000000000.5"];
        assert_eq!(long.map(Decimal::read), [Err(NoNumber::TooLong); 3]);
        let unreadable = ["1,000,000,000,000,000,000", "1.0.0000000001", ""];
        assert_eq!(unreadable.map(Decimal::read), [Err(NoNumber::Unreadable); 3]);
    }

    #[test]
    fn the_tolerance_includes_its_ends() {
        fn check(typed: &str, answer: &str, tolerance: &str, expected: bool) {
            let [typed, answer, tolerance] =
                [typed, answer, tolerance].map(|text| Decimal::parse(text).expect("a number"));
            assert_eq!(typed.is_within(tolerance, answer), expected, "{typed} {answer} {tolerance}");
        }
        check("530", "530", "0", true);
        check("530.0", "530", "0", true);
        check("530.000000001", "530", "0", false);
        check("0.3", "0.2", "0.1", true); // floats would say no
        check("0.1", "0.2", "0.1", true);
        check("0.09", "0.2", "0.1", false);
        check("-1", "1", "2", true);
        check("-999999999999999999", "999999999999999999", "1", false);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..=9) {
            let written = Decimal { mantissa: i128::from(mantissa), scale };
            let number = Decimal::parse(&written.to_string()).expect("own spelling");
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
            prop_assert!(number.is_within(Decimal::ZERO, written));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Decimal::parse(&text);
        }
    }
}
