//! Texts of any script in columns of a terminal.

use crate::printable::Printable;

/// Exactly `width` cells: what is too long is cut between characters and ends with `…`, what is short is filled up. Hidden
/// characters are shown before anything is measured.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let text = Printable::new(text).cut(width);
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A bar of this many cells at most, exact to an eighth of one; something is never nothing.
pub(super) fn bar(number: u64, of: u64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let all = cells as u64 * 8;
    let eighths = (u128::from(number) * u128::from(all) / u128::from(of.max(1))).min(u128::from(all));
    let eighths = usize::try_from(eighths).unwrap_or_default().max(usize::from(number > 0));
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
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
    fn a_bar_shows_that_there_is_something() {
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
