//! Numbers as other systems write them, without rounding.

use crate::quiz::question::Decimal;

/// How many decimals ours have at most.
const MOST_DECIMALS: u32 = 9;

/// A number and how far an answer may be off on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub answer: Decimal,
    pub tolerance: Decimal,
}

/// A number, also in the notation with an exponent; `None` if ours cannot hold it exactly.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else { return Decimal::parse(text) };
    let number = Decimal::parse(digits)?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent| (-40..=40).contains(exponent))?;
    // Moving the point is done on the digits themselves, so nothing is rounded.
    let digits = number.mantissa.unsigned_abs().to_string();
    let scale = i32::try_from(number.scale).ok()? - exponent;
    let moved = match usize::try_from(scale) {
        Err(_) => format!("{digits}{}", "0".repeat(usize::try_from(-scale).ok()?)),
        Ok(scale) => {
            let padded = format!("{digits:0>width$}", width = scale + 1);
            let (whole, decimals) = padded.split_at(padded.len() - scale);
            format!("{whole}.{}", decimals.trim_end_matches('0'))
        }
    };
    Decimal::parse(&format!("{}{moved}", if number.is_negative() { "-" } else { "" }))
}

/// The middle of a range and half its width; `None` if the range is empty or its middle has too many decimals.
pub(super) fn tolerance_of(low: Decimal, high: Decimal) -> Option<Interval> {
    let (low, high) = (aligned(low)?, aligned(high)?);
    let sum = low.checked_add(high)?;
    if low > high || sum % 2 != 0 {
        return None;
    }
    let middle = sum / 2;
    Some(Interval { answer: decimal(middle)?, tolerance: decimal(high - middle)? })
}

/// One interval that holds all of these and nothing else, if there is one.
pub(super) fn joined(intervals: &[Interval]) -> Option<Interval> {
    if let [one] = intervals {
        return Some(*one);
    }
    let mut ends = Vec::with_capacity(intervals.len());
    for Interval { answer, tolerance } in intervals {
        let (answer, tolerance) = (aligned(*answer)?, aligned(*tolerance)?);
        ends.push((answer.checked_sub(tolerance)?, answer.checked_add(tolerance)?));
    }
    ends.sort_unstable();
    let (low, mut high) = *ends.first()?;
    for (next_low, next_high) in ends {
        if next_low > high {
            return None;
        }
        high = high.max(next_high);
    }
    tolerance_of(decimal(low)?, decimal(high)?)
}

/// All digits with nine decimals.
fn aligned(number: Decimal) -> Option<i128> {
    number.mantissa.checked_mul(10_i128.checked_pow(MOST_DECIMALS.checked_sub(number.scale)?)?)
}

fn decimal(aligned: i128) -> Option<Decimal> {
    Decimal::parse(&Decimal { mantissa: aligned, scale: MOST_DECIMALS }.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exponents_move_the_point() {
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(number(text).map(|number| number.to_string()).as_deref(), expected, "{text:?}");
        }
        check("3", Some("3"));
        check("-1.5e3", Some("-1500"));
        check("15E-1", Some("1.5"));
        check("1e-9", Some("0.000000001"));
        check("1e-10", None);
        check("10e-10", Some("0.000000001"));
        check("1e17", Some("100000000000000000"));
        check("1e18", None);
        check("1e999999999999", None);
        check("1.5e-2147483648", None);
        check("e5", None);
        check("1,5", None);
    }

    #[test]
    fn ranges_become_a_middle_and_a_tolerance() {
        fn check(low: &str, high: &str, expected: Option<(&str, &str)>) {
            let read = |text| number(text).expect("a number");
            let found = tolerance_of(read(low), read(high));
            let found = found.map(|found| (found.answer.to_string(), found.tolerance.to_string()));
            assert_eq!(found.as_ref().map(|(a, t)| (a.as_str(), t.as_str())), expected, "{low}..{high}");
        }
        check("1", "5", Some(("3", "2")));
        check("1", "2", Some(("1.5", "0.5")));
        check("-5", "-5", Some(("-5", "0")));
        check("5", "1", None);
        check("0", "0.000000001", None);
        check("0", "0.000000002", Some(("0.000000001", "0.000000001")));
        check("-999999999999999999", "999999999999999999", Some(("0", "999999999999999999")));
    }

    #[test]
    fn what_overlaps_is_joined() {
        fn check(given: &[(&str, &str)], expected: Option<(&str, &str)>) {
            let read = |(answer, tolerance): &(&str, &str)| Interval {
                answer: number(answer).expect("a number"),
                tolerance: number(tolerance).expect("a number"),
            };
            let found = joined(&given.iter().map(read).collect::<Vec<_>>());
            let found = found.map(|found| (found.answer.to_string(), found.tolerance.to_string()));
            assert_eq!(found.as_ref().map(|(a, t)| (a.as_str(), t.as_str())), expected, "{given:?}");
        }
        check(&[("3", "0.5")], Some(("3", "0.5")));
        check(&[("3", "2"), ("3", "0.5")], Some(("3", "2")));
        check(&[("3", "1"), ("5", "1")], Some(("4", "2")));
        check(&[("3", "0"), ("3", "0")], Some(("3", "0")));
        check(&[("3", "0"), ("7", "0")], None);
        check(&[("3", "1"), ("6", "1")], None);
        check(&[], None);
    }

    proptest! {
        #[test]
        fn a_range_keeps_its_ends(low in -1_000_000_i64..1_000_000, width in 0_i64..1_000_000) {
            let (low, high) = (i128::from(low) * 2, i128::from(low) * 2 + i128::from(width) * 2);
            let [low, high] = [low, high].map(|mantissa| Decimal { mantissa, scale: 9 });
            let found = tolerance_of(low, high).expect("even");
            prop_assert!(low.is_within(found.tolerance, found.answer));
            prop_assert!(high.is_within(found.tolerance, found.answer));
        }
    }
}
