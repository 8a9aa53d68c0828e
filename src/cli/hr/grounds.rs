//! Who decides, and why: what the log keeps with a decision.

use super::super::error::Failure;
use crate::course::MOST_FOR_LEARNERS;
use crate::printable::Printable;

/// A text that must say something: it stands in the log for years.
pub(super) fn required(what: &str, text: &str) -> Result<String, Failure> {
    said(what, text, "the auditor will read it: say who or why")
}

/// A text without the spaces around it; `hint` is what to do when nothing is left.
fn said(what: &str, text: &str, hint: &'static str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::new(format!("--{what} says nothing")).hint(hint));
    }
    Ok(text.to_owned())
}

/// What a learner is told with an assignment.
#[derive(Debug, Clone, Copy)]
pub(super) enum ForLearners {
    /// Why they are asked, beside the day whenever they look at the course.
    Reason,
    /// Where their record goes.
    DeliverTo,
}

impl ForLearners {
    /// The text that was typed, if it can be signed.
    pub(super) fn read(self, text: &str) -> Result<String, Failure> {
        let (what, hint) = match self {
            Self::Reason => {
                ("reason", "learners and the auditor will read it: say why, or leave out --reason")
            }
            Self::DeliverTo => (
                "deliver-to",
                "learners will read it: say where they send their record, or leave out --deliver-to, and they are told what the course \
                 says",
            ),
        };
        let text = said(what, text, hint)?;
        match unfit(&text) {
            None => Ok(text),
            Some((words, hint)) => Err(Failure::new(format!("--{what} {words}")).hint(hint)),
        }
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
            let refused = ForLearners::Reason.read(reason).expect_err("it does not fit");
            assert_eq!(refused.message, words);
        }
        for fits in
            ["incident 42", &"ä".repeat(MOST_FOR_LEARNERS), &format!(" {} ", "x".repeat(MOST_FOR_LEARNERS))]
        {
            assert_eq!(ForLearners::Reason.read(fits).expect("it fits"), fits.trim());
        }
        check(&"ä".repeat(201), "--reason has 201 characters, and learners are shown 200 at most");
        check("first\nsecond", "--reason goes over more than one line, and learners are shown one");
        check("  ", "--reason says nothing");
        check("a \u{1b}[31mred", "--reason has hidden characters: a <U+001B>[31mred");
        check("a\tb \u{202e}c", "--reason has hidden characters: a<U+0009>b <U+202E>c");
        // Where records go was signed at any length, and with whatever was typed.
        let refused = ForLearners::DeliverTo.read(&"x".repeat(201)).expect_err("it is too long");
        assert_eq!(refused.message, "--deliver-to has 201 characters, and learners are shown 200 at most");
    }

    /// Of where records go, too, it was told to say who or why, for the auditor.
    #[test]
    fn what_is_left_empty_is_asked_for_by_what_it_is() {
        fn check(what: ForLearners, words: &str, asks: &str) {
            let refused = what.read(" ").expect_err("it is empty");
            assert_eq!(refused.message, words);
            let hint = format!("{:?}", refused.hints);
            assert!(hint.contains(asks), "{hint}");
        }
        check(ForLearners::Reason, "--reason says nothing", "say why, or leave out --reason");
        check(ForLearners::DeliverTo, "--deliver-to says nothing", "say where they send their record");
    }
}
