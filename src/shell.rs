//! Commands to type next, in words that a shell takes as they are.

/// A path as a shell takes it: one word, and no option.
#[must_use]
pub fn quoted(path: &str) -> String {
    let path = &if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let plain = |c: char| c.is_alphanumeric() || "/._-+~".contains(c);
    if path.chars().all(plain) { path.clone() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_as_one_word() {
        fn check(path: &str, expected: &str) {
            assert_eq!(quoted(path), expected);
        }
        check("phishing", "phishing");
        check("courses/É-2.course", "courses/É-2.course");
        check("Fake Course", "'Fake Course'");
        check("it's", r"'it'\''s'");
        check("-o", "./-o");
        check("$(id)", "'$(id)'");
    }
}
