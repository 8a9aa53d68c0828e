//! Percent weights of answers.

use std::fmt;

use crate::author::exchange::gift::piece::Piece;

/// Units of a percent: Moodle writes five decimals.
const PERCENT: i64 = 100_000;
/// How far a weight may be off the exact share and still mean it: `33.33` is a third, `33` is not.
const ROUNDING: i64 = PERCENT / 100;

/// What an answer earns in the bank, in hundred-thousandths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight(i64);

impl Weight {
    /// 100 %.
    pub(super) const ALL: Self = Self(100 * PERCENT);
    /// 0 %.
    pub(super) const NOTHING: Self = Self(0);

    /// An equal share of 100 % for each of `count` answers, rounded.
    pub(super) fn share_of(count: usize) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX).max(1);
        Self((Self::ALL.0 + count / 2) / count)
    }

    /// Whether it is, up to its sign and rounding, an equal share for each of `count` answers.
    pub(super) fn is_share_of(self, count: usize) -> bool {
        (self.0.abs() - Self::share_of(count).0).abs() <= ROUNDING
    }

    /// Whether it earns something.
    pub(super) fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Without its sign.
    pub(super) fn size(self) -> Self {
        Self(self.0.abs())
    }

    /// As GIFT writes it, without the percent signs.
    pub(super) fn digits(self) -> String {
        let text = format!("{}.{:05}", self.0.abs() / PERCENT, self.0.abs() % PERCENT);
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.digits())
    }
}

/// The weight that an answer begins with, and the answer behind it. Whatever does not look like `%-33.33333%` is text.
pub(super) fn split_weight(piece: Piece<'_>) -> (Option<Weight>, Piece<'_>) {
    let found = || {
        let after = piece.mask().strip_prefix('%')?;
        // Longer numbers are no weights, and a text of megabytes is not searched for a second percent sign.
        let end = after.bytes().take(24).position(|byte| byte == b'%')?;
        Some((parse(&after[..end])?, end + 2))
    };
    match found() {
        Some((weight, end)) => (Some(weight), piece.skip(end)),
        None => (None, piece),
    }
}

fn parse(digits: &str) -> Option<Weight> {
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=3).contains(&whole.len()) || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let padded = format!("{decimals:0<6}");
    let (kept, next) = padded.split_at(5);
    let rounded = i64::from(next.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    let size = whole.parse::<i64>().ok()? * PERCENT + kept.parse::<i64>().ok()? + rounded;
    (size <= Weight::ALL.0).then_some(Weight(if negative { -size } else { size }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::exchange::gift::piece;

    #[test]
    fn weights_are_read_exactly() {
        fn check(raw: &str, expected: Option<(&str, &str)>) {
            let mask = piece::mask(raw);
            let (weight, rest) = split_weight(Piece::new(raw, &mask));
            let found = weight.map(|weight| (weight.digits(), rest.text()));
            let found = found.as_ref().map(|(weight, rest)| (weight.as_str(), rest.as_str()));
            assert_eq!(found, expected, "{raw:?}");
        }
        check("%50%a", Some(("50", "a")));
        check("%-33.33333% a", Some(("-33.33333", "a")));
        check("%100%", Some(("100", "")));
        check("%16.6666666%a", Some(("16.66667", "a")));
        check("%0%a", Some(("0", "a")));
        check("%101%a", None);
        check("%+50%a", None);
        check("% 50%a", None);
        check("%%a", None);
        check("%abc%a", None);
        check("%50 of", None);
        check("50%", None);
        check("%é%", None);
    }

    #[test]
    fn equal_shares() {
        fn check(digits: &str, count: usize, expected: bool) {
            assert_eq!(parse(digits).expect("a weight").is_share_of(count), expected, "{digits} of {count}");
        }
        check("100", 1, true);
        check("50", 2, true);
        check("-50", 2, true);
        check("33.33333", 3, true);
        check("33.33", 3, true);
        check("33.3", 3, false);
        check("33", 3, false);
        check("0", 3, false);
        check("14.28571", 7, true);
        assert_eq!(Weight::share_of(3).to_string(), "33.33333 %");
        assert_eq!(Weight::share_of(0), Weight::ALL);
    }
}
