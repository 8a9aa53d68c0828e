//! Numbers and bars as people read them.

/// A bar of this many cells at most, exact to an eighth of one; something is never nothing.
#[must_use]
pub fn bar(number: u64, of: u64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = eighths(number, of, cells);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// How many eighths of `cells` a number takes; something is never nothing.
#[must_use]
pub fn eighths(number: u64, of: u64, cells: usize) -> usize {
    let all = cells as u64 * 8;
    let eighths = (u128::from(number) * u128::from(all) / u128::from(of.max(1))).min(u128::from(all));
    usize::try_from(eighths).unwrap_or_default().max(usize::from(number > 0 && cells > 0))
}

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
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
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
        let people = [0, 1, 1_200].map(|number| counted(number, "person", "people"));
        assert_eq!(people, ["0 people", "1 person", "1,200 people"]);
        assert_eq!([bar(0, 9, 2), bar(1, 900, 2), bar(9, 9, 2), bar(1, 2, 1)], ["", "▏", "██", "▌"]);
        assert_eq!([bar(1, 9, 0), bar(7, 3, 2), bar(u64::MAX, 1, 1)], ["", "██", "█"]);
    }
}
