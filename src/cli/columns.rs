//! Texts of any script in columns of a terminal.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::printable::{Printable, cluster_width};

/// Exactly `width` cells: what is too long is cut between characters and ends with `…`, what is short is filled up. Hidden
/// characters are shown before anything is measured.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let missing = width.saturating_sub(Printable::new(&text).width());
    text + &" ".repeat(missing)
}

/// The same without filling up.
pub(super) fn cut(text: &str, width: usize) -> String {
    let text = Printable::new(text);
    if text.width() <= width {
        return text.to_string();
    }
    let (mut kept, mut taken) = (String::new(), 0);
    for cluster in text.as_str().graphemes(true) {
        taken += cluster_width(cluster);
        if taken + 1 > width {
            break;
        }
        kept.push_str(cluster);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// A bar of this many cells at most, exact to an eighth of one; something is never nothing.
pub(super) fn bar(number: u64, of: u64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let all = cells as u64 * 8;
    let eighths = (u128::from(number) * u128::from(all) / u128::from(of.max(1))).min(u128::from(all));
    let eighths = usize::try_from(eighths).unwrap_or_default().max(usize::from(number > 0));
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// A number with a thin mark between thousands.
pub(super) fn grouped(number: u64) -> String {
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

/// How much of something, in whole percent, rounded down: 100 % is all of it.
pub(super) fn percent(number: u64, of: u64) -> String {
    match (u128::from(number) * 100).checked_div(u128::from(of)) {
        Some(percent) => format!("{percent} %"),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_texts_are_cut_and_short_ones_filled_up() {
        fn check(text: &str, width: usize, expected: &str) {
            assert_eq!(fitted(text, width), expected, "{text:?} in {width}");
        }
        check("Ada", 5, "Ada  ");
        check("Ada Byron", 9, "Ada Byron");
        check("Ada Byron", 8, "Ada Byr…");
        // A wide character that does not fit leaves a cell free.
        check("王小明先生", 6, "王小… ");
        check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…");
        check("a\u{202e}b", 10, "a<U+202E>b");
        check("a\u{202e}b", 6, "a<U+2…");
        check("Ada", 0, "");
        check("", 2, "  ");
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [percent(0, 0), percent(1, 3), percent(999, 1000), percent(3, 3)],
            ["–", "33 %", "99 %", "100 %"]
        );
        assert_eq!([bar(0, 9, 2), bar(1, 900, 2), bar(9, 9, 2), bar(1, 2, 1)], ["", "▏", "██", "▌"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_column_is_as_wide_as_it_is_meant_to_be(text in any::<String>(), width in 0_usize..40) {
            let fitted = fitted(&text, width);
            prop_assert_eq!(Printable::new(&fitted).width(), width, "{:?}", fitted);
        }
    }
}
