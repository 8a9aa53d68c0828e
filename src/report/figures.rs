//! Numbers as people read them.

use crate::phrase::one_or_many;

/// With a comma between thousands: `1,234,567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 person`, `1,200 people`.
#[must_use]
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), one_or_many(number, one, many))
}

/// How much of something, in whole percent, rounded down: `100 %` is all of it, `–` a share of nothing.
#[must_use]
pub fn percent(number: u64, of: u64) -> String {
    match (u128::from(number) * 100).checked_div(u128::from(of)) {
        Some(percent) => format!("{percent} %"),
        None => "–".to_owned(),
    }
}

/// What parts of a whole are of it, in whole percent that add up to 100: rounded down, and what is missing is given to the
/// parts that lost most by that. `100 %` is all of it, as everywhere; `–` are shares of nothing.
#[must_use]
pub fn shares<const N: usize>(parts: [u64; N]) -> [String; N] {
    let whole: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    if whole == 0 {
        return parts.map(|_| "–".to_owned());
    }
    let mut shares = parts.map(|part| u128::from(part) * 100 / whole);
    let lost = parts.map(|part| u128::from(part) * 100 % whole);
    let missing = 100 - shares.iter().sum::<u128>();
    let mut takers: Vec<usize> = (0..N).filter(|&place| lost[place] > 0 && shares[place] < 99).collect();
    takers.sort_by_key(|place| std::cmp::Reverse(lost[*place]));
    // Each lost less than one percent, so more parts lost something than percents are missing.
    for place in takers.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        shares[place] += 1;
    }
    shares.map(|share| format!("{share} %"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Three thirds were 99 %.
    #[test]
    fn shares_add_up() {
        fn check<const N: usize>(parts: [u64; N], expected: [&str; N]) {
            assert_eq!(
                shares(parts),
                expected.map(|share| if share == "–" { "–".to_owned() } else { format!("{share} %") })
            );
        }
        check([1, 1, 1], ["34", "33", "33"]);
        check([2, 3, 1], ["33", "50", "17"]);
        check([999, 1], ["99", "1"]);
        check([9999, 0, 1], ["99", "0", "1"]);
        check([5, 0], ["100", "0"]);
        check([0, 0], ["–", "–"]);
        check([], []);
    }

    proptest! {
        #[test]
        fn whatever_the_parts_are_their_shares_are_a_hundred(parts in any::<[u64; 8]>(), small in prop::array::uniform8(0_u64..9)) {
            for parts in [parts, small] {
                let number = |share: String| share.trim_end_matches(" %").parse::<u128>().ok();
                let shares = shares(parts).map(number);
                let whole: u128 = parts.iter().map(|part| u128::from(*part)).sum();
                for (part, share) in parts.iter().zip(shares) {
                    let Some(share) = share else { prop_assert_eq!(whole, 0); continue };
                    let exact = u128::from(*part) * 100;
                    prop_assert!(share * whole < exact + whole && (share + 1) * whole > exact);
                    prop_assert_eq!(share == 100, u128::from(*part) == whole);
                }
                if whole > 0 {
                    prop_assert_eq!(shares.into_iter().flatten().sum::<u128>(), 100);
                }
            }
        }
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [percent(0, 0), percent(1, 3), percent(999, 1000), percent(3, 3)],
            ["–", "33 %", "99 %", "100 %"]
        );
        let people = [0, 1, 1_200].map(|number| counted(number, "person", "people"));
        assert_eq!(people, ["0 people", "1 person", "1,200 people"]);
    }
}
