//! What somebody may say of themselves.

use crate::progress::Person;
use crate::record::Assignment;
use crate::training::Trouble;
use crate::training::person::{self, Unfit};

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

/// Refuses what cannot be said of oneself, whichever face it comes from.
pub(super) fn require_fit(person: &Person) -> Result<(), Trouble> {
    let refused = |unfit: Unfit| other(unfit.to_string(), "enter it again");
    person::name(&person.name).map_err(refused)?;
    person::number(&person.number).map_err(refused)?;
    person::email(person.email.as_deref().unwrap_or_default()).map_err(refused)?;
    Ok(())
}
