//! What somebody may say of themselves.

use crate::printable::Printable;
use crate::progress::Person;
use crate::record::Assignment;
use crate::training::Trouble;

use super::troubles::other;

/// Refuses a learner whom an assignment does not name: the employee number tells people apart.
pub(super) fn named_by(assignment: &Assignment, person: &Person) -> Result<(), Trouble> {
    let named = &assignment.claims.person;
    if named.number == person.number {
        return Ok(());
    }
    Err(other(
        format!(
            "the assignment is for {} ({}), and this is {} ({})",
            named.name, named.number, person.name, person.number
        ),
        "check the employee number, or ask HR for an assignment with yours",
    ))
}

/// Refuses characters that nobody sees: with one of them a number is another number, and a name reads differently.
pub(super) fn require_visible(person: &Person) -> Result<(), Trouble> {
    let email = person.email.as_deref().unwrap_or_default();
    for (what, text) in
        [("name", person.name.as_str()), ("employee number", &person.number), ("e-mail", email)]
    {
        let shown = Printable::new(text);
        if shown.as_str() != text {
            return Err(other(
                format!("the {what} has hidden characters: {shown}"),
                "type it instead of pasting it",
            ));
        }
    }
    Ok(())
}
