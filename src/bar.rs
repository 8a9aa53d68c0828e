//! Bars of a text, exact to an eighth of a cell.

/// An eighth of a cell, two eighths, and so on.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of this many cells at most for a number of so many. All cells are full for all of it only, and something is never
/// nothing.
#[must_use]
pub fn drawn(number: u64, of: u64, cells: usize) -> String {
    let eighths = eighths(number, of, cells);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// How many eighths of `cells` that bar takes.
#[must_use]
pub fn eighths(number: u64, of: u64, cells: usize) -> usize {
    let all = cells as u64 * 8;
    let eighths = (u128::from(number) * u128::from(all) / u128::from(of.max(1))).min(u128::from(all));
    usize::try_from(eighths).unwrap_or_default().max(usize::from(number > 0 && cells > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_exact_to_an_eighth() {
        assert_eq!([drawn(0, 9, 2), drawn(1, 900, 2), drawn(9, 9, 2), drawn(1, 2, 1)], ["", "▏", "██", "▌"]);
        assert_eq!([drawn(1, 9, 0), drawn(7, 3, 2), drawn(u64::MAX, 1, 1)], ["", "██", "█"]);
    }

    #[test]
    fn lengths_are_in_proportion() {
        let check = |number, of, cells, expected| assert_eq!(eighths(number, of, cells), expected);
        check(0, 0, 10, 0);
        check(0, 5, 10, 0);
        check(5, 5, 10, 80);
        check(1, 2, 10, 40);
        check(1, 3, 3, 8);
        check(2, 3, 1, 5);
        check(1, 1_000_000, 10, 1);
        check(999_999, 1_000_000, 10, 79);
        check(999_999_999_999_999_999, 999_999_999_999_999_999, 200, 1600);
    }
}
