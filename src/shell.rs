//! Commands to type next, in words that a shell takes as they are.

/// A path as a shell takes it: one word, and no option.
#[must_use]
pub fn quoted(path: &str) -> String {
    let path = &if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let plain = |c: char| c.is_alphanumeric() || "/._-+~".contains(c);
    if path.chars().all(plain) { path.clone() } else { apart(path) }
}

/// An option and what it is given, as a shell takes the two, whatever that begins with.
#[must_use]
pub fn option(name: &str, value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    // Apart from it it would be taken for another option.
    let between = if value.starts_with('-') { '=' } else { ' ' };
    let value = if !value.is_empty() && value.chars().all(plain) { value.to_owned() } else { apart(value) };
    format!("{name}{between}{value}")
}

/// In quotation marks in which a shell obeys nothing.
fn apart(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
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

    #[test]
    fn options_come_back_with_what_they_were_given() {
        fn check(value: &str, expected: &str) {
            assert_eq!(option("--new", value), expected);
        }
        check("007", "--new 007");
        check("\u{5f20}3", "--new \u{5f20}3");
        check("A 1", "--new 'A 1'");
        check("-7", "--new=-7");
        check("-7 b", "--new='-7 b'");
        check("~root", "--new '~root'");
        check("it's;$(id)", r"--new 'it'\''s;$(id)'");
        check("", "--new ''");
    }
}
