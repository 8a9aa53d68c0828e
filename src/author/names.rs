//! Identifiers made of names and texts, and titles made of them.

use std::collections::HashMap;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use crate::id::IdError;

/// The longest identifier.
pub(super) const MOST: usize = 64;
/// How much of a text is looked at for an identifier, in characters.
const LOOKED_AT: usize = 200;

/// Identifiers that are taken, so that the next one is another.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// To every name that was asked for, the number that the next of its kind gets.
    next: HashMap<String, usize>,
}

impl Names {
    /// `wanted`, or `wanted-2`, `wanted-3`, … if it is taken. `wanted` is an identifier.
    pub(super) fn take<T: FromStr<Err = IdError>>(&mut self, wanted: &str) -> Option<T> {
        let mut name = wanted.to_owned();
        while self.next.contains_key(&name) {
            let number = self.next.entry(wanted.to_owned()).or_insert(2);
            let suffix = format!("-{number}");
            *number += 1;
            // Identifiers are ASCII, so every byte is a place to cut.
            name = format!("{}{suffix}", &wanted[..wanted.len().min(MOST - suffix.len())]);
        }
        let id = name.parse().ok()?;
        self.next.insert(name, 2);
        Some(id)
    }
}

/// An identifier that reads like `text`, at most `most` characters; `None` if nothing of it can be spelt. An identifier
/// is its own.
pub(super) fn slug(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    if text.parse::<crate::id::QuestionId>().is_ok() {
        return Some(text.to_owned());
    }
    let mut slug = String::new();
    // Compatibility decomposition turns `é` into `e` and a mark, and the mark is no letter of ours.
    for c in text.chars().take(LOOKED_AT).nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => slug.push_str("ss"),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            // What stands inside a word or on a letter parts nothing.
            '\'' | '\u{2019}' => {}
            c if unicode_normalization::char::is_combining_mark(c) => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    if slug.len() > most {
        let whole_word = slug[..=most].rfind('-').filter(|at| *at > 0);
        slug.truncate(whole_word.unwrap_or(most));
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A file name or identifier as a title: `phishing-basics` is "Phishing basics". `None` if there is nothing to be read.
pub(super) fn title(name: &str) -> Option<String> {
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// `a`, `b`, … `z`, `27`, `28`, …: what an option is called that has no words.
pub(super) fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index @ 0..26) => char::from(b'a' + index).to_string(),
        Ok(_) | Err(_) => (index + 1).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OptionId;

    #[test]
    fn slugs_read_like_the_text() {
        fn check(text: &str, most: usize, expected: Option<&str>) {
            assert_eq!(slug(text, most).as_deref(), expected, "{text:?}");
        }
        check("Grant's tomb?", 40, Some("grants-tomb"));
        check("  What is   2+2 ", 40, Some("what-is-2-2"));
        check("Überprüfung der Straße", 40, Some("uberprufung-der-strasse"));
        check("one two three four", 8, Some("one-two"));
        check("one two three four", 7, Some("one-two"));
        check("Incomprehensibilities!", 6, Some("incomp"));
        check("two--phones-", 4, Some("two--phones-"));
        check("-x", 40, Some("x"));
        check("国家情报法", 40, None);
        check("???", 40, None);
        check("", 40, None);
    }

    #[test]
    fn titles_read_like_the_name() {
        fn check(name: &str, expected: Option<&str>) {
            assert_eq!(title(name).as_deref(), expected, "{name:?}");
        }
        check("phishing-basics", Some("Phishing basics"));
        check("My Bank_2026", Some("My Bank 2026"));
        check("_über--all-", Some("Über all"));
        check("国", Some("国"));
        check("_-", None);
        check("", None);
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        let mut take = |wanted| names.take::<OptionId>(wanted).expect("an identifier").to_string();
        assert_eq!(take("a"), "a");
        assert_eq!(take("a-2"), "a-2");
        assert_eq!(take("a"), "a-3");
        assert_eq!(take("a"), "a-4");
        let long = "b".repeat(64);
        assert_eq!(take(&long), long);
        assert_eq!(take(&long), format!("{}-2", "b".repeat(62)));
        assert_eq!(letter(0), "a");
        assert_eq!(letter(25), "z");
        assert_eq!(letter(26), "27");
    }

    #[test]
    fn ten_thousand_times_the_same_name_take_no_time() {
        let mut names = Names::default();
        for _ in 0..10_000 {
            assert!(names.take::<OptionId>("same").is_some());
        }
    }
}
