//! The names that links to headings use, made as GitHub makes them.

use std::collections::{HashMap, HashSet};

use unicode_normalization::char::is_combining_mark;

/// Gives every heading of a document its own anchor.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// How often a name was wanted; the next one gets this number.
    wanted: HashMap<String, usize>,
}

impl Anchors {
    /// The anchors that authors wrote themselves are taken before any is made, so that they keep them.
    pub(super) fn with_explicit<'a>(explicit: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: explicit.map(str::to_owned).collect(), wanted: HashMap::new() }
    }

    /// The anchor of the next heading with this text.
    pub(super) fn next(&mut self, text: &str) -> String {
        let name = slug(text);
        let count = self.wanted.entry(name.clone()).or_insert(0);
        loop {
            let anchor = if *count == 0 { name.clone() } else { format!("{name}-{count}") };
            *count += 1;
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

/// Lower case, spaces as hyphens, nothing but letters, marks, digits, hyphens and underscores. The whole text is
/// put into lower case first: `İ` becomes two characters, and the second one is a mark that stays.
fn slug(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, ' ' | '-' | '_' | '‿');
    text.trim().to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_github_does_it() {
        fn check(text: &str, expected: &str) {
            assert_eq!(slug(text), expected, "{text:?}");
        }
        check("The in-app browser", "the-in-app-browser");
        check("  What? Why!  ", "what-why");
        check("Article 7 (2017)", "article-7-2017");
        check("snake_case & more", "snake_case--more");
        check("Über Äpfel", "über-äpfel");
        check("İstanbul", "i̇stanbul");
        check("国家情报法", "国家情报法");
        check("ΟΔΟΣ", "οδος");
        check("e\u{301}tude", "e\u{301}tude");
        check("🎉", "");
    }

    #[test]
    fn each_heading_has_its_own() {
        let mut anchors = Anchors::with_explicit(["setup"].into_iter());
        let made: Vec<_> =
            ["A", "A", "A-1", "A", "Setup"].into_iter().map(|text| anchors.next(text)).collect();
        assert_eq!(made, ["a", "a-1", "a-1-1", "a-2", "setup-1"]);
    }
}
