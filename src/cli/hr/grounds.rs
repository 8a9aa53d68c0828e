//! Who decides, and why: what the log keeps with a decision.

use super::super::error::Failure;
use crate::course::MOST_FOR_LEARNERS;
use crate::printable::Printable;

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

/// What a learner is told with an assignment: why they are asked, beside the day whenever they look at the course, or where
/// their record goes.
pub(super) fn for_learners(what: &str, text: &str) -> Result<String, Failure> {
    let text = required(what, text)?;
    match unfit(&text) {
        None => Ok(text),
        Some((words, hint)) => Err(Failure::new(format!("--{what} {words}")).hint(hint)),
    }
}

/// Why a text is not signed as something that learners are told, and what to do about it.
pub(super) fn unfit(text: &str) -> Option<(String, &'static str)> {
    let number = text.chars().count();
    let shown = Printable::new(text);
    let shorter = "say it in a sentence or two; all else goes into the mail with the assignment";
    if text.contains(['\n', '\r']) {
        Some(("goes over more than one line, and learners are shown one".to_owned(), shorter))
    } else if number > MOST_FOR_LEARNERS {
        let words = format!("has {number} characters, and learners are shown {MOST_FOR_LEARNERS} at most");
        Some((words, shorter))
    } else if shown.as_str() != text {
        // What is signed and logged cannot be mended afterwards.
        Some((format!("has hidden characters: {shown}"), "type it instead of pasting it"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_is_told_why_in_a_line_that_fits() {
        fn check(reason: &str, words: &str) {
            let refused = for_learners("reason", reason).expect_err("it does not fit");
            assert_eq!(refused.message, words);
        }
        for fits in
            ["incident 42", &"ä".repeat(MOST_FOR_LEARNERS), &format!(" {} ", "x".repeat(MOST_FOR_LEARNERS))]
        {
            assert_eq!(for_learners("reason", fits).expect("it fits"), fits.trim());
        }
        check(&"ä".repeat(201), "--reason has 201 characters, and learners are shown 200 at most");
        check("first\nsecond", "--reason goes over more than one line, and learners are shown one");
        check("  ", "--reason says nothing");
        check("a \u{1b}[31mred", "--reason has hidden characters: a <U+001B>[31mred");
        check("a\tb \u{202e}c", "--reason has hidden characters: a<U+0009>b <U+202E>c");
        // Where records go was signed at any length, and with whatever was typed.
        let refused = for_learners("deliver-to", &"x".repeat(201)).expect_err("it is too long");
        assert_eq!(refused.message, "--deliver-to has 201 characters, and learners are shown 200 at most");
    }
}
