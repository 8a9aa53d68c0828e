//! Who decides, and why: what the log keeps with a decision.

use super::super::error::Failure;

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
