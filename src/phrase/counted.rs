//! One thing or several, in words.

use std::fmt::Display;

/// A number of things: `1 person`, `3 people`.
#[must_use]
pub fn counted<N: Copy + Display + From<u8> + PartialEq>(number: N, one: &str, many: &str) -> String {
    format!("{number} {}", one_or_many(number, one, many))
}

/// The word for so many things.
#[must_use]
pub fn one_or_many<'a, N: Copy + From<u8> + PartialEq>(number: N, one: &'a str, many: &'a str) -> &'a str {
    if number == N::from(1) { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_everything_else_is_many() {
        fn check(number: u64, expected: &str) {
            assert_eq!(counted(number, "person", "people"), expected);
            assert!(expected.ends_with(one_or_many(number, "person", "people")));
        }
        check(0, "0 people");
        check(1, "1 person");
        check(2, "2 people");
        check(1200, "1200 people");
    }
}
