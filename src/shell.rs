//! Commands to type next, in words that a shell takes as they are.

use std::borrow::Cow;

/// How somebody is told commands about a registry: where they have named its folder, the commands name it as well, because in
/// another folder they would be about another registry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Commands {
    /// `--registry DIR`, where it was said.
    registry: Option<&'static str>,
}

impl Commands {
    /// For somebody who has named the folder by this option, as a shell takes it.
    #[must_use]
    pub fn with(registry: &'static str) -> Self {
        Self { registry: Some(registry) }
    }

    /// What is told, with the registry named in its commands where it was named.
    #[must_use]
    pub fn spelled(self, text: &str) -> Cow<'_, str> {
        self.registry.map_or(Cow::Borrowed(text), |option| spelled(text, option))
    }
}

/// A text in which commands about a registry name it by this option. Those that make one name its folder themselves.
fn spelled<'a>(text: &'a str, option: &str) -> Cow<'a, str> {
    const HR: &str = "countersign hr ";
    let mut spelled = String::new();
    let mut rest = text;
    while let Some(end) = rest.find(HR).map(|found| found + HR.len()) {
        let (before, verb) = rest.split_at(end);
        spelled.push_str(before);
        if !["--registry", "init", "restore"].iter().any(|other| verb.starts_with(other)) {
            spelled.push_str(option);
            spelled.push(' ');
        }
        rest = verb;
    }
    if spelled.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(spelled + rest) }
}

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
    fn a_command_names_the_registry_that_was_named() {
        fn check(text: &str, expected: &str) {
            assert_eq!(Commands::with("--registry 'my training'").spelled(text), expected);
            assert_eq!(Commands::default().spelled(text), text);
        }
        check("nothing to type", "nothing to type");
        check(
            "countersign hr log verify says what is wrong",
            "countersign hr --registry 'my training' log verify says what is wrong",
        );
        check(
            "either `countersign hr review`, or countersign hr person 7",
            "either `countersign hr --registry 'my training' review`, or countersign hr --registry 'my training' person 7",
        );
        for own in [
            "countersign hr --registry other backup FILE",
            "a new one: countersign hr init DIR",
            "countersign hr restore FILE DIR",
            "countersign verify FILE",
        ] {
            check(own, own);
        }
    }

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
