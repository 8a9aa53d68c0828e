//! Comparing what a learner typed with the accepted texts.

use unicode_normalization::UnicodeNormalization;

use crate::quiz::question::{Case, TextKey};

/// Whether one of the accepted texts fits. Nothing typed is never right.
pub(super) fn is_accepted(key: &TextKey, typed: &str) -> bool {
    let typed = normal(typed, key.case);
    !typed.is_empty() && key.accepted.iter().any(|pattern| matches(&normal(pattern, key.case), &typed))
}

/// NFC with white space trimmed and folded to single spaces, in lower case unless capitals matter.
fn normal(text: &str, case: Case) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match case {
        Case::Matters => folded.nfc().collect(),
        // Character by character and with one sigma: `str::to_lowercase` looks at the neighbours, and `*` is none.
        Case::Ignored => {
            let lower = folded.nfc().flat_map(char::to_lowercase);
            lower.map(|letter| if letter == 'ς' { 'σ' } else { letter }).nfc().collect()
        }
    }
}

/// Whether `text` is `pattern` with every `*` replaced by some run of characters.
///
/// What stands between two stars is found at its first place from the left; a later place could only leave less for
/// the rest. So there is nothing to go back to, and no pattern takes longer than text and pattern together.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = text.strip_prefix(head).and_then(|text| text.strip_suffix(tail));
    let Some(mut inner) = inner else { return false };
    for piece in middle.split('*') {
        let Some(at) = inner.find(piece) else { return false };
        inner = &inner[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wildcards_stand_for_any_run() {
        fn check(pattern: &str, text: &str, expected: bool) {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
        check("article 7", "article 7", true);
        check("article 7", "article 77", false);
        check("art* 7", "article 7", true);
        check("art* 7", "art 7", true);
        check("art* 7", "article 17", false);
        check("*7*", "article 7 of the law", true);
        check("*7*", "7", true);
        check("a*a", "a", false); // the two ends may not share a letter
        check("a*a", "aa", true);
        check("ab*ba", "aba", false);
        check("a**b", "ab", true);
        check("*a*b*c*", "xxaxxbxxc", true);
        check("*a*b*c*", "xxaxxcxxb", false);
        check("*ab*ab*", "abxab", true);
        check("*ab*ab*", "abab", true);
        check("*ab*ab*", "aab", false);
        check("*é*", "caféteria", true);
    }

    #[test]
    fn spelling_that_does_not_matter() {
        fn check(accepted: &str, case: Case, typed: &str, expected: bool) {
            let key = TextKey { accepted: vec![accepted.to_owned()], case };
            assert_eq!(is_accepted(&key, typed), expected, "{accepted:?} {typed:?}");
        }
        check("Article 7", Case::Ignored, "  ARTICLE\u{a0}\t 7\n", true);
        check("Article 7", Case::Matters, "Article 7", true);
        check("Article 7", Case::Matters, "article 7", false);
        check("café", Case::Matters, "cafe\u{301}", true);
        check("cafe\u{301}", Case::Ignored, "CAFÉ", true);
        check("ΟΔΟΣ*", Case::Ignored, "οδος", true);
        check("İ", Case::Ignored, "i\u{307}", true);
        check("*", Case::Ignored, " \t", false);
    }

    #[test]
    fn many_stars_take_no_time() {
        let key = TextKey { accepted: vec!["*a".repeat(2_000) + "*b"], case: Case::Ignored };
        assert!(!is_accepted(&key, &"a".repeat(1_000_000)));
    }

    proptest! {
        /// The same question put to a matcher too slow to use and too simple to be wrong.
        #[test]
        fn agrees_with_trying_everything(pattern in "[ab*]{0,7}", text in "[ab]{0,9}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|skip| slow(rest, &text[skip..])),
                    Some((byte, rest)) => text.first() == Some(byte) && slow(rest, &text[1..]),
                }
            }
            prop_assert_eq!(matches(&pattern, &text), slow(pattern.as_bytes(), text.as_bytes()));
        }

        #[test]
        fn a_text_accepts_itself(text in "\\PC{0,20}") {
            prop_assume!(!text.trim().is_empty());
            for case in [Case::Matters, Case::Ignored] {
                let key = TextKey { accepted: vec![text.clone()], case };
                prop_assert!(is_accepted(&key, &text));
            }
        }
    }
}
