//! Who decides, and why: what the log keeps with a decision.

use super::super::error::Failure;
use crate::printable::Printable;

/// The most characters of why somebody is asked: six lines of the smallest screen, beside the day and the lessons.
const MOST_FOR_LEARNERS: usize = 200;

/// A text that must say something: it stands in the log for years.
pub(super) fn required(what: &str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(
            Failure::new(format!("--{what} says nothing")).hint("the auditor will read it: say who or why")
        );
    }
    Ok(text.to_owned())
}

/// Why somebody is asked, which a learner reads beside the day whenever they look at the course.
pub(super) fn for_learners(reason: &str) -> Result<String, Failure> {
    let reason = required("reason", reason)?;
    let number = reason.chars().count();
    let shown = Printable::new(&reason);
    let shorter = "say it in a sentence or two; all else goes into the mail with the assignment";
    let (words, hint) = if reason.contains(['\n', '\r']) {
        ("--reason goes over more than one line, and learners are shown one".to_owned(), shorter)
    } else if number > MOST_FOR_LEARNERS {
        (
            format!("--reason has {number} characters, and learners are shown {MOST_FOR_LEARNERS} at most"),
            shorter,
        )
    } else if shown.as_str() != reason {
        // What is signed and logged cannot be mended afterwards.
        (format!("--reason has hidden characters: {shown}"), "type it instead of pasting it")
    } else {
        return Ok(reason);
    };
    Err(Failure::new(words).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_is_told_why_in_a_line_that_fits() {
        fn check(reason: &str, words: &str) {
            let refused = for_learners(reason).expect_err("it does not fit");
            assert_eq!(refused.message, words);
        }
        for fits in
            ["incident 42", &"ä".repeat(MOST_FOR_LEARNERS), &format!(" {} ", "x".repeat(MOST_FOR_LEARNERS))]
        {
            assert_eq!(for_learners(fits).expect("it fits"), fits.trim());
        }
        check(&"ä".repeat(201), "--reason has 201 characters, and learners are shown 200 at most");
        check("first\nsecond", "--reason goes over more than one line, and learners are shown one");
        check("  ", "--reason says nothing");
        check("a \u{1b}[31mred", "--reason has hidden characters: a <U+001B>[31mred");
        check("a\tb \u{202e}c", "--reason has hidden characters: a<U+0009>b <U+202E>c");
    }
}
