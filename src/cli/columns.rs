//! Texts of any script in columns of a terminal.

use crate::printable::Printable;

/// Exactly `width` cells: what is too long is cut between characters and ends with `…`, what is short is filled up. Hidden
/// characters are shown before anything is measured.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let text = Printable::new(text).cut(width);
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// At least `width` cells: what is short is filled up, what is long stays whole.
pub(super) fn filled(text: &str, width: usize) -> String {
    let text = Printable::new(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_column_is_as_wide_as_it_is_meant_to_be(text in any::<String>(), width in 0_usize..40) {
            let fitted = fitted(&text, width);
            prop_assert_eq!(Printable::new(&fitted).width(), width, "{:?}", fitted);
        }
    }
}
