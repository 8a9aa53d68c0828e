//! Numbers of things in words.

/// `1 question`, `3 questions`.
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many() {
        fn check(number: usize, expected: &str) {
            assert_eq!(counted(number, "question"), expected);
        }
        check(0, "0 questions");
        check(1, "1 question");
        check(2, "2 questions");
    }
}
