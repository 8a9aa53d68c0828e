//! Identifiers made of the names and texts of a bank.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

/// As much of a text as makes a readable identifier.
const LENGTH: usize = 40;

/// The text in small letters, digits and hyphens; `fallback` when nothing of it is left.
pub(super) fn slug(text: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in text.nfd().take(400) {
        match c {
            'ß' => slug.push_str("ss"),
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            // The mark of a letter that was taken apart.
            c if unicode_normalization::char::is_combining_mark(c) => {}
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() >= LENGTH {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

/// Identifiers of which each is used once.
#[derive(Debug, Default)]
pub(super) struct Taken {
    used: HashSet<String>,
    /// The number that was tried last for an identifier that many wanted.
    last: HashMap<String, usize>,
}

impl Taken {
    /// This identifier, or `id-2`, `id-3`, … when it is taken.
    pub(super) fn take(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        while !self.used.insert(free.clone()) {
            let number = self.last.entry(id.to_owned()).or_insert(1);
            *number += 1;
            // At most 64 characters, and identifiers are ASCII.
            free = format!("{}-{number}", &id[..id.len().min(56)]);
        }
        free
    }

    /// Whether it is still free; takes it if so.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        fn check(text: &str, expected: &str) {
            assert_eq!(slug(text, "question"), expected);
            assert!(expected.parse::<crate::id::QuestionId>().is_ok());
        }
        check("In-App Browser: Login?", "in-app-browser-login");
        check("Größe & Maß", "grosse-mass");
        check("«…»", "question");
        check("", "question");
        check(&"word ".repeat(100), "word-word-word-word-word-word-word-word");
        let mut taken = Taken::default();
        assert_eq!([taken.take("a"), taken.take("a"), taken.take("a")], ["a", "a-2", "a-3"]);
        assert!(!taken.claim("a-2"));
    }
}
