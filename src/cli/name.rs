//! Names that somebody gives on the command line, and others will read.

use crate::printable;

/// A text that something can be called by. A course that holds hidden characters would not pass `check`.
pub(super) fn parse(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("this text is empty".to_owned());
    }
    match printable::hidden(text).first() {
        Some((_, c)) => Err(format!("this text holds U+{:04X}, which nobody sees", u32::from(*c))),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A course with such a title did not pass `check`, although it was said to be made.
    #[test]
    fn what_nobody_sees_is_no_part_of_a_title() {
        fn check(title: &str, expected: Result<(), &str>) {
            assert_eq!(parse(title).map(drop), expected.map_err(str::to_owned), "{title:?}");
        }
        check("Fake messages, \"#\\ \u{e9} \u{1f44d}", Ok(()));
        check("  ", Err("this text is empty"));
        check("\u{a0}", Err("this text is empty"));
        check("a\u{1b}[31m", Err("this text holds U+001B, which nobody sees"));
        check("a\u{202e}b", Err("this text holds U+202E, which nobody sees"));
        check("two\nlines", Err("this text holds U+000A, which nobody sees"));
    }
}
