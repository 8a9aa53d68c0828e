//! Numbers of people and things, as people read them.

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

/// How much of something, in whole percent, rounded down: `100 %` is all of it, `–` a share of nothing.
#[must_use]
pub fn percent(number: u64, of: u64) -> String {
    match (u128::from(number) * 100).checked_div(u128::from(of)) {
        Some(percent) => format!("{percent} %"),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [percent(0, 0), percent(1, 3), percent(999, 1000), percent(3, 3)],
            ["–", "33 %", "99 %", "100 %"]
        );
    }
}
